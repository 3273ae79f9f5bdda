//! What a rule reports of its own example: its words with every hole filled.

use kafka_upgrade_report::Finding;
use kafka_upgrade_rules::{File, Request, Sample, examples};

use crate::check;

/// The finding of the first example in which the rule of that id is to be reported; `None` without one.
#[must_use]
pub fn example(id: &str) -> Option<Finding> {
    examples(id).iter().filter(|sample| sample.findings > 0).find_map(|sample| of_sample(id, sample))
}

fn of_sample(id: &str, sample: &Sample) -> Option<Finding> {
    let (from, to) = sample.path.split_once(" -> ")?;
    let have: Vec<&str> = Some(sample.have).filter(|have| !have.is_empty()).into_iter().collect();
    let files = [File::new(sample.file, sample.text)];
    let report = check(&Request {
        from: Some(from.parse().ok()?),
        have: &have,
        ..Request::new(to.parse().ok()?, &files)
    });
    report.findings.into_iter().find(|finding| finding.rule == id)
}
