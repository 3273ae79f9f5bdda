//! The report for a person at a terminal: the worst first, at the end one sentence with the verdict and the counts.
//! Short unless [`Context::verbose`]: what one acts on, so that the answer for one broker fits a screen or two.
//!
//! Invariant: text that came out of a file cannot steer the terminal: control signs are shown, not sent.

mod findings;
mod matrix;
mod plan;
mod source;
mod style;

use std::collections::BTreeSet;

use kafka_upgrade_sorted::Gather as _;

use crate::{Cluster, Context, FileReport, Finding, Format, Report, Severity, Verdict};
pub(crate) use style::shown;
use style::{Painter, Style};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "text",
    about: "for people, with the lines it is about",
    extension: "txt",
    media: "text/plain",
    quotes: true,
    writes,
};

/// Width to which explanations are wrapped.
const WIDTH: usize = 96;

fn writes(report: &Report, context: &Context<'_>) -> String {
    let mut out = Painter::new(context.colour);
    findings::write(&mut out, report, context);
    let errors = report.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let reported: BTreeSet<_> =
        errors.flat_map(Finding::spots).map(|spot| (spot.path, spot.subject)).gather();
    for file in &report.files {
        refusals(&mut out, file, &report.path.to, &reported);
    }
    matrix::write(&mut out, report, context.verbose);
    if report.clusters.is_empty() {
        plan::write(&mut out, &report.plan, context.verbose);
    }
    for cluster in &report.clusters {
        of_cluster(&mut out, cluster, &report.path.to, context.verbose);
    }
    by_hand(&mut out, &report.manual, context.verbose);
    verdict(&mut out, report);
    if !context.verbose {
        more(&mut out, report);
    }
    out.finish()
}

/// One of several clusters: what it is, its verdict and its plan.
fn of_cluster(out: &mut Painter, cluster: &Cluster, to: &str, verbose: bool) {
    out.paint(Style::Strong, &format!("Cluster {}", cluster.name));
    out.plain("\n");
    out.wrapped("  ", &cluster.sentence(to), WIDTH);
    if verbose {
        out.wrapped("  ", &format!("Its files: {}.", cluster.files.join(", ")), WIDTH);
    }
    plan::write(out, &cluster.plan, verbose);
    if cluster.plan.hops.is_empty() && cluster.plan.why_not.is_none() {
        out.plain("\n");
    }
}

fn by_hand(out: &mut Painter, sentences: &[String], verbose: bool) {
    if sentences.is_empty() || !verbose {
        return;
    }
    out.paint(Style::Strong, "No file can show these; check them by hand:");
    out.plain("\n");
    for sentence in sentences {
        out.wrapped("  - ", sentence, WIDTH);
    }
    out.plain("\n");
}

/// What the short form leaves out, and how to get it.
fn more(out: &mut Painter, report: &Report) {
    let mut left_out = Vec::new();
    if !report.findings.is_empty() {
        left_out.push("why");
    }
    if !report.plan.steps.is_empty() {
        left_out.push("the plan's commands");
    }
    if !report.manual.is_empty() {
        left_out.push("what to check by hand");
    }
    let what = match left_out.as_slice() {
        [] => return,
        [one] => (*one).to_owned(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    };
    out.wrapped("  ", &format!("`--verbose` adds {what}; `explain RULE` has one rule in full."), WIDTH);
}

/// What the target itself would say, for what no finding has said already.
fn refusals(out: &mut Painter, file: &FileReport, to: &str, reported: &BTreeSet<(Option<&str>, &str)>) {
    let is_reported = |subject: &str| reported.contains(&(Some(file.path.as_str()), subject));
    let further: Vec<_> = file.refusals.iter().filter(|refusal| !is_reported(&refusal.subject)).collect();
    if further.is_empty() {
        return;
    }
    out.paint(Style::Strong, &format!("Kafka {to} refuses {} as it stands:", file.path));
    out.plain("\n");
    for refusal in further {
        let place = refusal.line.map_or(String::new(), |line| format!("line {line}: "));
        out.wrapped("  - ", &format!("{place}{}", refusal.message), WIDTH);
    }
    out.plain("\n");
}

fn verdict(out: &mut Painter, report: &Report) {
    let style = match report.verdict {
        Verdict::Blocked => Style::Error,
        Verdict::ActionNeeded | Verdict::Unknown => Style::Warning,
        Verdict::Review => Style::Info,
        Verdict::Ready => Style::Good,
    };
    out.paint(style, report.verdict.title());
    let from = report.path.from.as_deref().map_or("an unknown release".to_owned(), str::to_owned);
    let mode = report.path.mode.map_or(String::new(), |mode| format!(" {}", mode.phrase()));
    let files = count(report.files.len() as u32, "file", "files");
    let summary = report.summary;
    let counts = format!(
        "{}, {}, {} in {files}.",
        summary.counted(Severity::Error),
        summary.counted(Severity::Warning),
        summary.counted(Severity::Info),
    );
    out.paint(Style::Strong, &format!(": from {from}{mode} to {}. {counts}", report.path.to));
    out.plain("\n");
    for detected in &report.path.detected {
        let place = format!("{}, line {}", detected.path, detected.line);
        out.wrapped(
            "  ",
            &format!("{} {}: {} ({place})", detected.what, detected.value, detected.because),
            WIDTH,
        );
    }
    if report.path.from.is_none() {
        out.wrapped("  ", "Without --from, everything that could apply on the upgrade path is shown.", WIDTH);
    }
}

fn count(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
