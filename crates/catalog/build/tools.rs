//! Tools and their options, from `data/tools.csv`: each with the releases in which its own help lists it.

use std::collections::BTreeMap;
use std::path::Path;

use crate::data::Facts;
use crate::rows::Rows;
use crate::strings::declare;

/// Table `TOOLS`, sorted by name, each with its options sorted by name.
pub(crate) fn tables(folder: &Path, facts: &[Facts]) -> String {
    let rows = Rows::read(folder, "tools.csv");
    let file = &rows.file;
    let at = |release: &str| {
        let found = facts.iter().position(|facts| facts.release == release);
        found.unwrap_or_else(|| panic!("{file}: `{release}` has no file of facts"))
    };
    let mut tools: BTreeMap<&str, (String, Vec<String>)> = BTreeMap::new();
    for [tool, option, first, last, deprecated] in rows.fields() {
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
