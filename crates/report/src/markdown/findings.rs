//! What was found, the worst first.

use super::words::plain;
use crate::{Confidence, Finding, Report, Severity};

pub(super) fn write(out: &mut String, report: &Report) {
    *out += "\n## Findings\n";
    if report.findings.is_empty() {
        *out += "\nNothing was found.\n";
        return;
    }
    for (severity, title) in
        [(Severity::Error, "Errors"), (Severity::Warning, "Warnings"), (Severity::Info, "Notes")]
    {
        let mut of = report.findings.iter().filter(|finding| finding.severity == severity).peekable();
        if of.peek().is_some() {
            *out += &format!("\n### {title}\n\n");
        }
        for finding in of {
            tell(out, finding);
        }
    }
}

fn tell(out: &mut String, finding: &Finding) {
    *out += &format!("- **{}**{}\n", plain(&finding.message), place(finding));
    for text in [&finding.why, &finding.action] {
        if !text.is_empty() {
            *out += &format!("  {}\n", plain(text));
        }
    }
    match finding.confidence {
        Confidence::Certain => {}
        Confidence::Likely => *out += "  Likely: the text all but says so.\n",
        Confidence::Possible => *out += "  Possible: the text may mean something else.\n",
    }
    let links = finding.references.iter().map(|page| format!("[{}]({})", plain(&page.title), page.url));
    let links: Vec<_> = links.chain([format!("rule `{}`", finding.rule)]).collect();
    *out += &format!("  {}\n", links.join(", "));
}

/// Where it is, after its message.
pub(super) fn place(finding: &Finding) -> String {
    match (&finding.path, finding.line) {
        (Some(path), Some(line)) => format!(" ({}, line {line})", plain(path)),
        (Some(path), None) => format!(" ({})", plain(path)),
        (None, _) => String::new(),
    }
}
