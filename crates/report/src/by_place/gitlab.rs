//! GitLab's code quality: a list of issues, of which a merge request shows those that are new.

use serde_json::{Value, json};

use super::{Entry, entries, in_repository};
use crate::json::visible;
use crate::{Context, Format, Report, Severity};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "gitlab",
    about: "code quality, for merge requests on GitLab",
    extension: "gitlab.json",
    media: "application/json",
    quotes: false,
    writes,
};

fn writes(report: &Report, _: &Context<'_>) -> String {
    let first = report.files.first().map_or("", |file| file.path.as_str());
    let issues: Vec<Value> = entries(report).iter().map(|entry| issue(entry, first)).collect();
    visible(&issues)
}

fn issue(entry: &Entry<'_>, first: &str) -> Value {
    let Entry { finding, spot, fingerprint } = entry;
    let severity = match finding.severity {
        Severity::Error => "critical",
        Severity::Warning => "minor",
        Severity::Info => "info",
    };
    json!({
        "description": entry.text(),
        "check_name": spot.rule,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {
            "path": in_repository(spot.path.unwrap_or(first)),
            "lines": { "begin": spot.line.unwrap_or(1) },
        },
    })
}
