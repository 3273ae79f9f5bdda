//! What runs against releases: one table a sense, and below it the reasons of the target's column.

use super::words::{cell as in_cell, plain};
use crate::{CellVerdict, Evidence, MatrixCell, MatrixRow, Report, Sense};

pub(super) fn write(out: &mut String, report: &Report) {
    let matrix = &report.matrix;
    if matrix.rows.is_empty() {
        return;
    }
    *out += "\n## What runs, against releases\n";
    for sense in Sense::ALL {
        let rows: Vec<_> = matrix.rows.iter().filter(|row| row.sense == sense).collect();
        if rows.is_empty() {
            continue;
        }
        let columns = matrix.columns.iter().map(|column| {
            if *column == report.path.to {
                format!(" **{}** |", in_cell(column))
            } else {
                format!(" {} |", in_cell(column))
            }
        });
        *out += &format!("\n### {}\n\n| |{}\n", sense.title(), columns.collect::<String>());
        *out += &format!("|---|{}\n", "---|".repeat(matrix.columns.len()));
        for row in &rows {
            let cells =
                row.cells.iter().map(|cell| format!(" {} {} |", cell.verdict.sign(), in_cell(&cell.word)));
            *out += &format!("| {} |{}\n", in_cell(&name(row)), cells.collect::<String>());
        }
        *out += "\n";
        for row in rows {
            if let Some(cell) = row.cells.iter().find(|cell| cell.release == report.path.to) {
                reason(out, row, cell);
            }
        }
    }
}

fn reason(out: &mut String, row: &MatrixRow, cell: &MatrixCell) {
    *out += &format!("- **{}, {}**: {}", plain(&name(row)), plain(&cell.release), plain(&cell.reason));
    match cell.supported {
        Some(false) if cell.verdict == CellVerdict::Works => *out += " Not supported by the project.",
        _ => {}
    }
    if cell.evidence == Evidence::Ran {
        *out += " Seen with a real client.";
    }
    let refused: Vec<_> = cell
        .operations
        .iter()
        .filter(|operation| operation.verdict != CellVerdict::Works)
        .map(|operation| plain(&operation.name))
        .collect();
    if !refused.is_empty() {
        *out += &format!(" Not: {}.", refused.join(", "));
    }
    *out += "\n";
}

fn name(row: &MatrixRow) -> String {
    match &row.version {
        Some(version) => format!("{} {version}", row.subject),
        None => row.subject.clone(),
    }
}
