//! What was found, the worst first.

use super::words::{count, plain};
use crate::{Confidence, Finding, Report, Severity, Spot};

pub(super) fn write(out: &mut String, report: &Report) {
    *out += "\n## Findings\n";
    if report.findings.is_empty() {
        *out += "\nNothing was found.\n";
        return;
    }
    for severity in Severity::ALL {
        let mut of = report.findings.iter().filter(|finding| finding.severity == severity).peekable();
        if of.peek().is_some() {
            *out += &format!("\n### {}\n\n", severity.plural());
        }
        for finding in of {
            entry(out, finding);
        }
    }
}

fn entry(out: &mut String, finding: &Finding) {
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
    further(out, finding);
}

/// Where it is, after its message.
pub(super) fn place(finding: &Finding) -> String {
    at(&finding.own_spot()).map_or(String::new(), |at| format!(" ({at})"))
}

fn at(spot: &Spot<'_>) -> Option<String> {
    let path = plain(spot.path?);
    Some(spot.line.map_or(path.clone(), |line| format!("{path}, line {line}")))
}

/// The further places of the same cause, each with its own subject where it is another one.
fn further(out: &mut String, finding: &Finding) {
    if finding.places.is_empty() {
        return;
    }
    *out += &format!("\n  Also in {}:\n\n", count(finding.places.len(), "place", "places"));
    for spot in finding.spots().skip(1) {
        let Some(at) = at(&spot) else { continue };
        let subject = if spot.subject == finding.subject {
            String::new()
        } else {
            format!(" ({})", plain(spot.subject))
        };
        *out += &format!("  - {at}{subject}\n");
    }
}
