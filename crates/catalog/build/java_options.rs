//! Options that Java refuses to start with, from `data/java_options.csv`: each as a real Java answered.

use std::fs;
use std::path::Path;

use crate::strings::declare;

/// Table `JAVA_OPTIONS`, sorted by name, each with the number of the Java that refused it.
pub(crate) fn tables(folder: &Path) -> String {
    let path = folder.join("java_options.csv");
    let file = path.display();
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
    let mut rows: Vec<(&str, u8)> = Vec::new();
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let [name, _asked, java, _date] = fields[..] else { panic!("{file}: `{line}` has not four") };
        let java = java.split('.').next().and_then(|major| major.parse().ok());
        rows.push((name, java.unwrap_or_else(|| panic!("{file}: `{line}` names no Java"))));
    }
    rows.sort_unstable();
    let rows: Vec<String> = rows.iter().map(|(name, java)| format!("({name:?}, {java})")).collect();
    declare("JAVA_OPTIONS", "(&str, u8)", &rows)
}
