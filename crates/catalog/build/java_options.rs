//! Options that Java refuses to start with, from `data/java_options.csv`: each as a real Java answered.

use std::path::Path;

use crate::rows::Rows;
use crate::strings::declare;

/// Table `JAVA_OPTIONS`, sorted by name, each with the number of the Java that refused it.
pub(crate) fn tables(folder: &Path) -> String {
    let read = Rows::read(folder, "java_options.csv");
    let file = &read.file;
    let mut rows: Vec<(&str, u8)> = Vec::new();
    for [name, _asked, java, _date] in read.fields() {
        let java = java.split('.').next().and_then(|major| major.parse().ok());
        rows.push((name, java.unwrap_or_else(|| panic!("{file}: `{name}` names no Java"))));
    }
    rows.sort_unstable();
    let rows: Vec<String> = rows.iter().map(|(name, java)| format!("({name:?}, {java})")).collect();
    declare("JAVA_OPTIONS", "(&str, u8)", &rows)
}
