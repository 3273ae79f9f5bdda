//! Tools and their options, from `data/tools.csv`: each with the releases in which its own help lists it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::data::Facts;
use crate::strings::declare;

/// Table `TOOLS`, sorted by name, each with its options sorted by name.
pub(crate) fn tables(folder: &Path, facts: &[Facts]) -> String {
    let path = folder.join("tools.csv");
    let file = path.display();
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{file}: {error}"));
    let at = |release: &str| {
        let found = facts.iter().position(|facts| facts.release == release);
        found.unwrap_or_else(|| panic!("{file}: `{release}` has no file of facts"))
    };
    let mut tools: BTreeMap<&str, (String, Vec<String>)> = BTreeMap::new();
    for line in text.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let [tool, option, first, last, deprecated] = fields[..] else {
            panic!("{file}: `{line}` has not five")
        };
        let deprecated =
            if deprecated.is_empty() { "None".to_owned() } else { format!("Some({})", at(deprecated)) };
        let row = format!(
            "OptionRow {{ name: {option:?}, first: {}, last: {}, deprecated: {deprecated} }}",
            at(first),
            at(last)
        );
        if option.is_empty() {
            tools.insert(tool, (row, Vec::new()));
        } else {
            let (_, options) =
                tools.get_mut(tool).unwrap_or_else(|| panic!("{file}: no line of {tool} itself"));
            options.push(row);
        }
    }
    let rows: Vec<String> = tools
        .iter()
        .map(|(tool, (own, options))| format!("({tool:?}, {own}, &[{}])", options.join(", ")))
        .collect();
    declare("TOOLS", "(&str, OptionRow, &[OptionRow])", &rows)
}
