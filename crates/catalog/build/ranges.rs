//! What client libraries speak, what is inside of products, and what was run: tables of `data/clients`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::data::Facts;
use crate::strings::declare;

type Version = [u16; 3];

/// One line of a CSV file without quotes, with the file's name for complaints.
pub(crate) struct Rows {
    file: String,
    rows: Vec<Vec<String>>,
}

impl Rows {
    /// Reads a file; each line has as many fields as its head.
    pub(crate) fn read(folder: &Path, name: &str) -> Self {
        let path = folder.join(name);
        let file = path.display().to_string();
        let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
        let fields = text.lines().next().expect("a head").split(',').count();
        let rows: Vec<Vec<String>> =
            text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect();
        for row in &rows {
            assert!(row.len() == fields, "{file}: {fields} fields, not `{}`", row.join(","));
        }
        Self { file, rows }
    }

    /// Fields of every line; the last, the date, is held to be one.
    fn dated<const N: usize>(&self) -> impl Iterator<Item = [&str; N]> {
        self.rows.iter().map(|row| {
            let fields: Vec<&str> = row.iter().map(String::as_str).collect();
            let date = fields.last().copied().unwrap_or_default();
            assert!(date.len() == 10 && date.split('-').count() == 3, "{}: `{date}` is no date", self.file);
            let source = fields.get(fields.len() - 2).copied().unwrap_or_default();
            assert!(!source.is_empty(), "{}: no source in `{}`", self.file, row.join(","));
            fields.try_into().unwrap_or_else(|_| panic!("{}: {N} fields, not `{}`", self.file, row.join(",")))
        })
    }
}

/// Tables `LIBRARIES`, `RANGES`, `SINCE`, `LACKS`, `EMBEDS` and `RAN`.
pub(crate) fn tables(folder: &Path, facts: &[Facts]) -> String {
    ranges(&Rows::read(folder, "ranges.csv"), facts)
        + &lacks(&Rows::read(folder, "lacks.csv"))
        + &ran(&Rows::read(folder, "ran.csv"))
        + &embeds(&Rows::read(folder, "embeds.csv"))
}

fn ranges(rows: &Rows, facts: &[Facts]) -> String {
    let newest = facts.last().expect("a release");
    let key = |name: &str| {
        let api = newest.apis.iter().find(|api| api.name == name);
        api.map_or_else(|| panic!("{}: no API is called `{name}`", rows.file), |api| api.key)
    };
    let mut libraries: BTreeMap<(&str, &str), BTreeMap<(u16, Version), String>> = BTreeMap::new();
    let mut versions = BTreeSet::new();
    for [library, variant, api, since, min, max, chooses, _, _] in rows.dated() {
        let range: (i8, i8) = (number(min), number(max));
        assert!(range.0 <= range.1, "{}: {library} {since} {api} is empty", rows.file);
        let chooses = match chooses {
            "negotiates" => "Negotiates",
            "fixed" => "Fixed",
            "configured" => "Configured",
            other => panic!("{}: `{other}` is no way to choose", rows.file),
        };
        versions.insert(version(since));
        let row = format!("min: {}, max: {}, chooses: Chooses::{chooses}", range.0, range.1);
        let before = libraries.entry((library, variant)).or_default().insert((key(api), version(since)), row);
        assert!(before.is_none(), "{}: {library} {since} {api} is there twice", rows.file);
    }
    let versions: Vec<Version> = versions.into_iter().collect();
    let (mut heads, mut packed) = (Vec::new(), Vec::new());
    for ((library, variant), ranges) in libraries {
        let first = packed.len();
        for ((api, since), row) in ranges {
            let since = versions.binary_search(&since).expect("it was put in");
            packed.push(format!("RangeRow {{ api: {api}, {row}, since: {since} }}"));
        }
        heads.push(format!("({library:?}, {variant:?}, {first}, {})", packed.len()));
    }
    let versions: Vec<String> = versions.iter().map(|one| format!("Version({one:?})")).collect();
    declare("LIBRARIES", "(&str, &str, u16, u16)", &heads)
        + &declare("RANGES", "RangeRow", &packed)
        + &declare("SINCE", "Version", &versions)
}

fn lacks(rows: &Rows) -> String {
    let lines = rows.dated().map(|[library, since, operation, _, _]| {
        format!("({library:?}, Version({:?}), {operation:?})", version(since))
    });
    declare("LACKS", "(&str, Version, &str)", &lines.collect::<Vec<_>>())
}

fn ran(rows: &Rows) -> String {
    let lines = rows.rows.iter().map(|row| {
        let [library, variant, versions, brokers, date] = row.as_slice() else { panic!("{}: five", rows.file) };
        let list = |text: &str| text.split(' ').map(|one| format!("Version({:?}), ", version(one))).collect::<String>();
        format!(
            "Ran {{ library: {library:?}, variant: {variant:?}, versions: &[{}], brokers: &[{}], date: {date:?} }}",
            list(versions),
            list(brokers)
        )
    });
    declare("RAN", "Ran", &lines.collect::<Vec<_>>())
}

fn embeds(rows: &Rows) -> String {
    let mut lines: Vec<(&str, Version, String)> = Vec::new();
    for [product, since, library, of, _, _] in rows.dated() {
        let inside = match of {
            "same" => "Inside::Same".to_owned(),
            "unknown" => "Inside::Unknown".to_owned(),
            of => format!("Inside::Version({of:?})"),
        };
        let at = version(since);
        let row = format!(
            "EmbedRow {{ product: {product:?}, since: Version({at:?}), library: {library:?}, inside: {inside} }}"
        );
        lines.push((product, at, row));
    }
    lines.sort();
    declare("EMBEDS", "EmbedRow", &lines.into_iter().map(|(_, _, row)| row).collect::<Vec<_>>())
}

fn version(text: &str) -> Version {
    let mut version = [0; 3];
    for (at, part) in text.split('.').take(3).enumerate() {
        version[at] = part.parse().unwrap_or_else(|_| panic!("`{text}` is no version"));
    }
    version
}

fn number(text: &str) -> i8 {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is no API version"))
}
