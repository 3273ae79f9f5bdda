//! The report as Markdown, for a ticket or a merge request: verdict, matrix, findings, and the plan as a checklist.
//!
//! Invariants: what came out of a file is text, never markup; no line of a file is quoted, and of drafted files the
//! secrets are covered.

mod findings;
mod matrix;
mod plan;
mod words;

use crate::schema::counted;
use crate::{Context, Format, Report, Severity};
use words::{count, plain};

/// The format's entry in [`crate::FORMATS`].
pub const FORMAT: Format = Format {
    name: "markdown",
    about: "for tickets, the plan as a checklist",
    extension: "md",
    media: "text/markdown",
    quotes: false,
    writes,
};

/// Writes the report; secrets are covered unless the context says otherwise.
#[must_use]
pub fn write(report: &Report, context: &Context<'_>) -> String {
    FORMAT.write(report, context)
}

fn writes(report: &Report, context: &Context<'_>) -> String {
    let mut out = String::new();
    headline(&mut out, report);
    matrix::write(&mut out, report);
    findings::write(&mut out, report);
    if report.clusters.is_empty() {
        plan::write(&mut out, report, &report.plan, context.ticked);
    }
    for cluster in &report.clusters {
        out += &format!("\n## Cluster {}\n\n", plain(&cluster.name));
        out += &format!("{}\n", plain(&cluster.sentence(&report.path.to)));
        let files: Vec<String> = cluster.files.iter().map(|path| plain(path)).collect();
        out += &format!("\nIts files: {}.\n", files.join(", "));
        plan::write(&mut out, report, &cluster.plan, context.ticked);
    }
    if !report.manual.is_empty() {
        out += "\n## Check by hand\n\nNo file can show these.\n\n";
        for sentence in &report.manual {
            out += &format!("- {}\n", plain(sentence));
        }
    }
    let tool = &report.tool;
    out += &format!(
        "\nWritten by Kafka Upgrade Check {}; it knows Kafka up to {}.\n",
        plain(&tool.version),
        plain(&tool.catalog_newest)
    );
    out
}

fn headline(out: &mut String, report: &Report) {
    let path = &report.path;
    let from = path.from.as_deref().unwrap_or("an unknown release");
    let mode = path.mode.map_or(String::new(), |mode| format!(" {}", mode.phrase()));
    let word = report.verdict.before_target();
    let summary = report.summary;
    *out += &format!("# Kafka from {} to {}\n\n", plain(from), plain(&path.to));
    *out += &format!(
        "**{word} {}**: from {}{mode}. {}, {}, {} in {}.\n",
        plain(&path.to),
        plain(from),
        summary.counted(Severity::Error),
        summary.counted(Severity::Warning),
        counted(summary.info, Severity::Info.word()),
        count(report.files.len(), "file", "files"),
    );
    if !path.detected.is_empty() {
        *out += "\n";
    }
    for seen in &path.detected {
        *out += &format!(
            "- {} {}: {} ({}, line {})\n",
            plain(&seen.what),
            plain(&seen.value),
            plain(&seen.because),
            plain(&seen.path),
            seen.line
        );
    }
}
