//! JUnit's XML: a suite for each file, a case for each finding in it, which fails at the severity of an error and of a
//! warning; a file without any is one case that passes.

use std::collections::BTreeMap;

use kafka_upgrade_sorted::Gather as _;

use super::{Entry, entries};
use crate::text::shown;
use crate::{Context, Format, Report, Severity};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "junit",
    about: "test results, for build servers",
    extension: "junit.xml",
    media: "application/xml",
    quotes: false,
    writes,
};

fn writes(report: &Report, _: &Context<'_>) -> String {
    let entries = entries(report);
    let mut by_path: BTreeMap<Option<&str>, Vec<&Entry<'_>>> =
        report.files.iter().map(|file| (Some(file.path.as_str()), Vec::new())).gather();
    for entry in &entries {
        by_path.entry(entry.spot.path).or_default().push(entry);
    }
    // Findings without a file come last.
    let nowhere = by_path.remove(&None).map(|entries| ("the cluster", entries));
    let suites: Vec<_> = by_path
        .into_iter()
        .map(|(path, entries)| (path.unwrap_or_default(), entries))
        .chain(nowhere)
        .collect();
    let failures = entries.iter().filter(|entry| fails(entry)).count();
    let tests: usize = suites.iter().map(|(_, entries)| entries.len().max(1)).sum();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"Kafka Upgrade Check\" tests=\"{tests}\" failures=\"{failures}\">\n"
    );
    for (path, entries) in &suites {
        suite(&mut out, path, entries);
    }
    out + "</testsuites>\n"
}

fn suite(out: &mut String, path: &str, entries: &[&Entry<'_>]) {
    let failures = entries.iter().filter(|entry| fails(entry)).count();
    let name = escaped(path);
    *out += &format!(
        "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">\n",
        entries.len().max(1)
    );
    if entries.is_empty() {
        *out += &format!("    <testcase classname=\"{name}\" name=\"nothing found\"/>\n");
    }
    for entry in entries {
        let spot = &entry.spot;
        let line = spot.line.map_or(String::new(), |line| format!(":{line}"));
        let case = format!(
            "    <testcase classname=\"{name}\" name=\"{}{line} {}\"",
            escaped(spot.rule),
            escaped(spot.subject)
        );
        let text = escaped(&entry.text());
        if fails(entry) {
            let severity = entry.finding.severity.name();
            let message = escaped(spot.message);
            *out += &format!(
                "{case}>\n      <failure type=\"{severity}\" message=\"{message}\">{name}{line}: {text}</failure>\n    </testcase>\n"
            );
        } else {
            *out += &format!("{case}>\n      <system-out>{text}</system-out>\n    </testcase>\n");
        }
    }
    *out += "  </testsuite>\n";
}

fn fails(entry: &Entry<'_>) -> bool {
    entry.finding.severity != Severity::Info
}

/// Text and values of attributes: no markup, and no sign that XML has not.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars().map(shown) {
        match sign {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => escaped.push(char::REPLACEMENT_CHARACTER),
            sign => escaped.push(sign),
        }
    }
    escaped
}
