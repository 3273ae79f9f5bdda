//! Commands of GitHub's workflows: a line for each place of a finding, which the runner shows beside the code.

use super::{entries, in_repository};
use crate::text::shown;
use crate::{Context, Format, Report, Severity};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "github",
    about: "annotations of GitHub's workflows",
    extension: "github.txt",
    media: "text/plain",
    quotes: false,
    writes,
};

fn writes(report: &Report, _: &Context<'_>) -> String {
    let mut out = String::new();
    for entry in entries(report) {
        let spot = &entry.spot;
        let command = match entry.finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info => "notice",
        };
        let mut properties = Vec::new();
        if let Some(path) = spot.path {
            properties.push(format!("file={}", property(in_repository(path))));
        }
        // The runner takes columns for places in one line only.
        let is_one_line = spot.line == spot.end_line;
        let columns = (spot.column, spot.end_column);
        let (column, end_column) = if is_one_line { columns } else { (None, None) };
        let numbers =
            [("line", spot.line), ("endLine", spot.end_line), ("col", column), ("endColumn", end_column)];
        let given = numbers.into_iter().filter_map(|(name, number)| Some(format!("{name}={}", number?)));
        properties.extend(given);
        properties.push(format!("title={}", property(spot.rule)));
        out += &format!("::{command} {}::{}\n", properties.join(","), data(&entry.text()));
    }
    let summary = report.summary;
    let counts = format!("{} errors, {} warnings, {} infos", summary.error, summary.warning, summary.info);
    // The log itself ends in this way; the runner does not take it for a command.
    out + &format!("{}: Kafka to {}. {counts}.\n", report.verdict.title(), report.path.to)
}

/// Text behind the two colons.
fn data(text: &str) -> String {
    let visible: String = text.chars().map(shown).collect();
    visible.replace('%', "%25")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
