//! What runs against releases: the target first, then the releases on the upgrade path, equal neighbours as one.

use super::{escaped, text};
use crate::{CellVerdict, Evidence, MatrixCell, MatrixRow, Report, Sense};

pub(super) fn write(out: &mut String, report: &Report) {
    let matrix = &report.matrix;
    if matrix.rows.is_empty() {
        return;
    }
    *out += "<h2>What you run, against releases</h2>\n";
    for sense in Sense::ALL {
        let mut rows = matrix.rows.iter().filter(|row| row.sense == sense).peekable();
        if rows.peek().is_none() {
            continue;
        }
        *out += &format!(
            "<h3>{}</h3>\n<table>\n<thead><tr><th scope=\"col\">You run</th><th scope=\"col\">",
            sense.title()
        );
        text(out, &format!("{}, the target", report.path.to));
        *out += "</th><th scope=\"col\">On the upgrade path</th></tr></thead>\n<tbody>\n";
        rows.for_each(|row| entry(out, row, &report.path.to));
        *out += "</tbody>\n</table>\n";
    }
}

fn entry(out: &mut String, row: &MatrixRow, to: &str) {
    *out += "<tr><th scope=\"row\">";
    text(out, format!("{} {}", row.subject, row.version.as_deref().unwrap_or_default()).trim_end());
    *out += "</th><td data-of=\"";
    escaped(out, to);
    *out += "\">";
    if let Some(cell) = row.cells.iter().find(|cell| cell.release == to) {
        at_target(out, cell);
    }
    *out += "</td><td class=\"faint\" data-of=\"On the upgrade path\">";
    let others: Vec<&MatrixCell> = row.cells.iter().filter(|cell| cell.release != to).collect();
    let runs = others.chunk_by(|one, next| one.verdict == next.verdict && one.word == next.word);
    let runs: Vec<String> = runs
        .filter_map(|run| {
            let (first, last) = (run.first()?, run.last()?);
            let until = if run.len() > 1 { format!(" to {}", last.release) } else { String::new() };
            Some(format!("{}{until}: {} {}", first.release, first.verdict.sign(), first.word))
        })
        .collect();
    text(out, &runs.join("; "));
    *out += "</td></tr>\n";
}

fn at_target(out: &mut String, cell: &MatrixCell) {
    *out += &format!("<b class=\"{}\">{} ", class(cell.verdict), cell.verdict.sign());
    text(out, &cell.word);
    *out += "</b><br>";
    text(out, &cell.reason);
    if cell.supported == Some(false) && cell.verdict == CellVerdict::Works {
        *out += " Not supported by the project.";
    }
    if cell.evidence == Evidence::Ran {
        *out += " Seen with a real client.";
    }
    let refused = cell.operations.iter().filter(|operation| operation.verdict != CellVerdict::Works);
    let refused: Vec<_> = refused.map(|operation| operation.name.as_str()).collect();
    if !refused.is_empty() {
        out.push(' ');
        text(out, &format!("Not: {}.", refused.join(", ")));
    }
}

/// Class of a verdict.
const fn class(verdict: CellVerdict) -> &'static str {
    match verdict {
        CellVerdict::Works => "ok",
        CellVerdict::WorksWithChanges => "warning",
        CellVerdict::Refused => "error",
        CellVerdict::Neutral | CellVerdict::Unknown => "",
    }
}
