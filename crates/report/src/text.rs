//! The report for a person at a terminal: what, the source line with a mark under the exact place, why, what to
//! do, where to read on; at the end one sentence with the verdict and the counts.
//!
//! Invariant: text that came out of a file cannot steer the terminal: control signs are shown, not sent.

mod matrix;
mod plan;
mod source;
mod style;

use crate::{Confidence, Context, FileReport, Finding, Format, Mode, Report, Severity, Verdict};
use source::Quoted;
pub(crate) use style::shown;
use style::{Painter, Style};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format =
    Format { name: "text", about: "for people, with the lines it is about", writes };

/// Width to which explanations are wrapped.
const WIDTH: usize = 96;

fn writes(report: &Report, context: &Context<'_>) -> String {
    let mut out = Painter::new(context.colour);
    // Findings come sorted by file, so each text is cut into lines once.
    let mut path = None;
    let mut lines: Vec<&str> = Vec::new();
    for finding in &report.findings {
        if finding.path.as_deref() != path {
            path = finding.path.as_deref();
            let source = context.sources.iter().find(|source| Some(source.path) == path);
            lines = source.map(|source| source::lines(source.text).collect()).unwrap_or_default();
        }
        tell(&mut out, finding, &lines);
    }
    for file in &report.files {
        refusals(&mut out, file, report);
    }
    matrix::write(&mut out, report);
    plan::write(&mut out, &report.plan);
    if !report.manual.is_empty() {
        out.paint(Style::Strong, "No file can show these; check them by hand:");
        out.plain("\n");
        for sentence in &report.manual {
            out.wrapped("  - ", sentence, WIDTH);
        }
        out.plain("\n");
    }
    verdict(&mut out, report);
    out.finish()
}

fn tell(out: &mut Painter, finding: &Finding, lines: &[&str]) {
    let style = severity_style(finding.severity);
    out.paint(style, severity_name(finding.severity));
    out.paint(style, &format!("[{}]", finding.rule));
    out.paint(Style::Strong, &format!(": {}", finding.message));
    out.plain("\n");
    match (&finding.path, finding.line, finding.column) {
        (Some(path), Some(line), Some(column)) => {
            let quoted = Quoted::new(lines, finding);
            let margin = quoted.as_ref().map_or(1, |quoted| quoted.margin);
            out.paint(Style::Frame, &format!("{:margin$}--> ", ""));
            out.plain(&format!("{path}:{line}:{column}\n"));
            if let Some(quoted) = quoted {
                quoted.write(out, style);
            }
        }
        (Some(path), ..) => {
            out.paint(Style::Frame, " --> ");
            out.plain(&format!("{path}\n"));
        }
        _ => {}
    }
    note(out, "why", &finding.why);
    note(out, "do", &finding.action);
    if let Some(fix) = &finding.fix {
        let how = if fix.safe { " (`fix` does it)" } else { " (needs a second look)" };
        note(out, "fix", &format!("{}{how}", fix.title));
    }
    match finding.confidence {
        Confidence::Certain => {}
        Confidence::Likely => note(out, "sure", "likely: the text all but says so"),
        Confidence::Possible => note(out, "sure", "possibly: the text may mean something else"),
    }
    for reference in &finding.references {
        note(out, "see", &format!("{} {}", reference.title, reference.url));
    }
    out.plain("\n");
}

fn note(out: &mut Painter, name: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    out.paint(Style::Frame, "  = ");
    out.paint(Style::Strong, name);
    let hang = " ".repeat(4 + name.len() + 2);
    out.hanging(": ", &hang, text, WIDTH);
}

/// What the target itself would say, for what no finding has said already.
fn refusals(out: &mut Painter, file: &FileReport, report: &Report) {
    let told = |subject: &str| {
        report.findings.iter().any(|finding| {
            finding.severity == Severity::Error
                && (finding.spots_in(&file.path)).any(|spot| spot.subject == subject)
        })
    };
    let untold: Vec<_> = file.refusals.iter().filter(|refusal| !told(&refusal.subject)).collect();
    if untold.is_empty() {
        return;
    }
    out.paint(Style::Strong, &format!("Kafka {} refuses {} as it stands:", report.path.to, file.path));
    out.plain("\n");
    for refusal in untold {
        let place = refusal.line.map_or(String::new(), |line| format!("line {line}: "));
        out.wrapped("  - ", &format!("{place}{}", refusal.message), WIDTH);
    }
    out.plain("\n");
}

fn verdict(out: &mut Painter, report: &Report) {
    let (style, word) = match report.verdict {
        Verdict::Blocked => (Style::Error, "Blocked"),
        Verdict::ActionNeeded => (Style::Warning, "Action needed"),
        Verdict::Unknown => (Style::Warning, "Unknown"),
        Verdict::Review => (Style::Info, "Review"),
        Verdict::Ready => (Style::Good, "Ready"),
    };
    out.paint(style, word);
    let from = report.path.from.as_deref().map_or("an unknown release".to_owned(), str::to_owned);
    let mode = match report.path.mode {
        Some(Mode::Zookeeper) => " in ZooKeeper mode",
        Some(Mode::Kraft) => " in KRaft mode",
        None => "",
    };
    let files = count(report.files.len() as u32, "file", "files");
    let summary = report.summary;
    let counts = format!(
        "{}, {}, {} info in {files}.",
        count(summary.error, "error", "errors"),
        count(summary.warning, "warning", "warnings"),
        summary.info
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
        out.wrapped("  ", "Without --from everything is shown that could apply on the way.", WIDTH);
    }
}

fn count(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

const fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

const fn severity_style(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::Error,
        Severity::Warning => Style::Warning,
        Severity::Info => Style::Info,
    }
}
