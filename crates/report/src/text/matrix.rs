//! The compatibility matrix in a terminal: a line a row, releases with the same word together, and below it what
//! is to be said of the target.

use super::WIDTH;
use super::style::{Painter, Style};
use crate::{CellVerdict, MatrixCell, MatrixRow, Report, Sense};

pub(super) fn write(out: &mut Painter, report: &Report, verbose: bool) {
    let mut sense = None;
    let good = |row: &&MatrixRow| {
        !verbose && cell(row, report).is_some_and(|cell| cell.verdict == CellVerdict::Works)
    };
    for row in report.matrix.rows.iter().filter(|row| !good(row)) {
        if sense.replace(row.sense) != Some(row.sense) {
            out.paint(Style::Strong, heading(row.sense));
            out.plain("\n");
        }
        let version = row.version.as_deref().unwrap_or("of unknown version");
        let subject = format!("{} {version}", row.subject);
        let subject = if row.sense == Sense::Features { row.subject.clone() } else { subject };
        out.wrapped("  - ", &format!("{subject}: {}", words(row)), WIDTH);
        let target = cell(row, report).filter(|_| verbose);
        if let Some(cell) =
            target.filter(|cell| !matches!(cell.verdict, CellVerdict::Works | CellVerdict::Neutral))
        {
            out.wrapped("      ", &format!("At {}: {}", cell.release, cell.reason), WIDTH);
        }
    }
    let works = report.matrix.rows.iter().filter(good).count() as u32;
    if works > 0 {
        let rows = super::count(works, "row of the matrix works", "rows of the matrix work");
        out.plain(&format!("{rows} with {}.\n", report.path.to));
    }
    if sense.is_some() || works > 0 {
        out.plain("\n");
    }
}

/// What a row says of the target.
fn cell<'a>(row: &'a MatrixRow, report: &Report) -> Option<&'a MatrixCell> {
    row.cells.iter().find(|cell| cell.release == report.path.to)
}

const fn heading(sense: Sense) -> &'static str {
    match sense {
        Sense::BrokerUpgrade => "Brokers, as they run, to a release:",
        Sense::ClientBroker => "Clients, as they are, with brokers of a release:",
        Sense::ClientUpgrade => "Client libraries, and the code and files that use them, to a release:",
        Sense::Runtime => "Java and Scala that a release needs:",
        Sense::Features => "Metadata version and features of a release:",
    }
}

/// `3.9.2 works; 4.0.2 to 4.4.0 works in part`.
fn words(row: &MatrixRow) -> String {
    let mut words = String::new();
    for group in row.cells.chunk_by(|one, other| one.word == other.word) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        if !words.is_empty() {
            words.push_str("; ");
        }
        words.push_str(&first.release);
        if group.len() > 1 {
            words.push_str(" to ");
            words.push_str(&last.release);
        }
        words.push(' ');
        words.push_str(&first.word);
    }
    words
}
