//! Lines of the CSV files below `data`, for tables.

use std::path::Path;

/// All lines of a file except its header.
pub(crate) struct Rows {
    /// The file's name, for error messages.
    pub(crate) file: String,
    records: Vec<csv::StringRecord>,
}

impl Rows {
    /// Reads a file; fails unless every line has as many fields as the header.
    pub(crate) fn read(folder: &Path, name: &str) -> Self {
        let path = folder.join(name);
        let file = path.display().to_string();
        let read = csv::Reader::from_path(&path).and_then(|mut reader| reader.records().collect());
        let records = read.unwrap_or_else(|error| panic!("{file}: {error}"));
        Self { file, records }
    }

    /// The fields of every line.
    pub(crate) fn fields<const N: usize>(&self) -> impl Iterator<Item = [&str; N]> {
        self.records.iter().map(|record| {
            let fields: Vec<&str> = record.iter().collect();
            fields.try_into().unwrap_or_else(|fields: Vec<&str>| {
                panic!("{}: {N} fields, not `{}`", self.file, fields.join(","))
            })
        })
    }

    /// The same of a file whose last two fields are a source and a date.
    pub(crate) fn dated<const N: usize>(&self) -> impl Iterator<Item = [&str; N]> {
        self.fields().inspect(|fields| {
            let [.., source, date] = fields.as_slice() else { panic!("{}: too few fields", self.file) };
            assert!(date.len() == 10 && date.split('-').count() == 3, "{}: `{date}` is no date", self.file);
            assert!(!source.is_empty(), "{}: no source in `{}`", self.file, fields.join(","));
        })
    }
}
