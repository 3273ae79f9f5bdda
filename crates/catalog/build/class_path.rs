//! Which clients Streams of each minor runs with, from `data/class_path.csv`.

use std::path::Path;

use crate::rows::Rows;
use crate::strings::declare;

/// Minors of Streams and of the first and last clients that it links with, and what older and newer ones lack.
type Row<'t> = ((u8, u8), (u8, u8), (u8, u8), &'t str, &'t str);

/// Table `CLASS_PATHS`, sorted by the minor of Streams.
pub(crate) fn tables(folder: &Path) -> String {
    let read = Rows::read(folder, "class_path.csv");
    let file = &read.file;
    let minor = |text: &str| {
        let numbers =
            text.split_once('.').and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse().ok()?)));
        let (major, minor): (u8, u8) = numbers.unwrap_or_else(|| panic!("{file}: `{text}` is no minor"));
        (major, minor)
    };
    let mut rows = Vec::new();
    for [streams, first, last, below, above, _date] in read.fields() {
        rows.push((minor(streams), minor(first), minor(last), below, above));
    }
    rows.sort_unstable();
    let release = |(major, minor): (u8, u8)| format!("Release::new({major}, {minor}, 0)");
    let row = |(streams, first, last, below, above): &Row<'_>| {
        format!(
            "ClassPath {{ streams: {}, first: {}, last: {}, below: {below:?}, above: {above:?} }}",
            release(*streams),
            release(*first),
            release(*last)
        )
    };
    declare("CLASS_PATHS", "ClassPath", &rows.iter().map(row).collect::<Vec<_>>())
}
