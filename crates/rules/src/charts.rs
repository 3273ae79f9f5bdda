//! What the values of a chart switch on and off, for its templates.
//!
//! Templates and values may be taken for different clusters, so this is looked up among all files of a request. What is
//! *not* here: what becomes of findings in a part that is off (`context`).

use std::collections::BTreeMap;
use std::rc::Rc;

use kafka_upgrade_document::paths::folder;
use kafka_upgrade_sorted::Gather as _;

use crate::checked_file::{CheckedFile, Switches};

/// Gives each template the values of its chart.
pub fn assign(files: &mut [CheckedFile<'_>]) {
    let mut charts: BTreeMap<String, Rc<Switches>> = BTreeMap::new();
    for read in files.iter().filter(|read| !read.is_part && !read.document.switches.is_empty()) {
        let values: Switches = read.document.switches.iter().cloned().gather();
        charts.insert(folder(read.path).to_owned(), Rc::new(values));
    }
    if charts.is_empty() {
        return;
    }
    for read in files {
        read.switches = chart(read.path).and_then(|chart| charts.get(chart)).cloned();
    }
}

/// The folder of the chart that a template is of.
fn chart(path: &str) -> Option<&str> {
    let (before, _) = path.split_once("templates/")?;
    before.strip_suffix('/').or(before.is_empty().then_some(before))
}
