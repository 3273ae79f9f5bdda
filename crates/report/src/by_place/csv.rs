//! Findings as a table for spreadsheets, a row for each place (RFC 4180).

use super::entries;
use crate::text::shown;
use crate::{Context, Format, Report};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "csv",
    about: "findings as a table, a row a place, for spreadsheets",
    extension: "csv",
    media: "text/csv",
    quotes: false,
    writes,
};

const HEAD: &str = "severity,confidence,owner,rule,subject,path,line,column,since,message,do\r\n";

fn writes(report: &Report, _: &Context<'_>) -> String {
    let mut out = HEAD.to_owned();
    for entry in entries(report) {
        let (finding, spot) = (entry.finding, &entry.spot);
        let number = |number: Option<u32>| number.map_or(String::new(), |number| number.to_string());
        let cells = [
            finding.severity.name(),
            finding.confidence.name(),
            finding.owner.name(),
            spot.rule,
            spot.subject,
            spot.path.unwrap_or_default(),
            &number(spot.line),
            &number(spot.column),
            finding.since.as_deref().unwrap_or_default(),
            spot.message,
            &finding.action,
        ];
        out += &cells.map(cell).join(",");
        out += "\r\n";
    }
    out
}

/// A cell. Spreadsheets take one that begins like a formula for one, so such a text begins with an apostrophe.
fn cell(text: &str) -> String {
    let visible: String = text.chars().map(shown).collect();
    let visible = if visible.starts_with(['=', '+', '-', '@']) { format!("'{visible}") } else { visible };
    if visible.contains([',', '"']) { format!("\"{}\"", visible.replace('"', "\"\"")) } else { visible }
}
