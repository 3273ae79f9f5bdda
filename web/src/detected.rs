//! What runs, as detected in files.

use kafka_upgrade_protocol::STATED;
use kafka_upgrade_report::{Detected, Report};

/// What runs, as detected in files: each product and version once, with the first place that names it.
pub(crate) fn in_files(report: &Report) -> Vec<Detected> {
    let mut seen: Vec<Detected> = Vec::new();
    for row in &report.matrix.rows {
        let (Some(path), Some(line), Some(version)) = (&row.path, row.line, &row.version) else { continue };
        let known = seen.iter().any(|seen| seen.what == row.subject && seen.value == *version);
        if path != STATED && !known {
            seen.push(Detected {
                what: row.subject.clone(),
                value: version.clone(),
                because: String::new(),
                path: path.clone(),
                line,
            });
        }
    }
    seen
}
