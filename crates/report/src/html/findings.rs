//! What was found, the worst first.

use super::{count, escaped, paragraph, text};
use crate::{Confidence, Finding, Report, Severity, Spot};

/// Places that are listed in sight.
const IN_SIGHT: usize = 5;

pub(super) fn write(out: &mut String, report: &Report) {
    for severity in Severity::ALL {
        let mut of = report.findings.iter().filter(|finding| finding.severity == severity).peekable();
        if of.peek().is_none() {
            continue;
        }
        let class = if severity == Severity::Info { "" } else { severity.name() };
        let (sign, title) = (severity.sign(), severity.heading());
        *out += &format!("<h2 class=\"{class}\">{sign} {title}</h2>\n<ul>\n");
        for finding in of {
            entry(out, finding);
        }
        *out += "</ul>\n";
    }
}

fn entry(out: &mut String, finding: &Finding) {
    *out += "<li><h4>";
    text(out, &finding.message);
    *out += "</h4>\n";
    if let Some(at) = place(&finding.own_spot()) {
        *out += "<p class=\"faint\">";
        text(out, &at);
        *out += "</p>\n";
    }
    paragraph(out, "<b>Do:</b> ", &finding.action);
    paragraph(out, "", &finding.why);
    match finding.confidence {
        Confidence::Certain => {}
        Confidence::Likely => *out += "<p>Likely: the text all but says so.</p>\n",
        Confidence::Possible => *out += "<p>Possible: the text may mean something else.</p>\n",
    }
    further(out, finding);
    *out += "<p class=\"faint\">";
    for page in finding.references.iter().filter(|page| page.url.starts_with("https://")) {
        *out += "<a href=\"";
        escaped(out, &page.url);
        *out += "\">";
        text(out, &page.title);
        *out += "</a>, ";
    }
    *out += "rule <code>";
    escaped(out, &finding.rule);
    *out += "</code></p></li>\n";
}

/// Where it is, after its message.
pub(super) fn place(spot: &Spot<'_>) -> Option<String> {
    let path = spot.path?;
    Some(spot.line.map_or(path.to_owned(), |line| format!("{path}, line {line}")))
}

/// The further places of the same cause, each with its own subject where it is another one.
fn further(out: &mut String, finding: &Finding) {
    let number = finding.places.len();
    if number == 0 {
        return;
    }
    let many = number > IN_SIGHT;
    let (start, end) =
        if many { ("<details><summary>", "</summary>") } else { ("<div class=\"faint\">", "") };
    *out +=
        &format!("{start}Also in {}:{end}\n<ul class=\"plain faint\">\n", count(number, "place", "places"));
    for spot in finding.spots().skip(1) {
        let Some(at) = place(&spot) else { continue };
        *out += "<li>";
        let subject = if spot.subject == finding.subject { "" } else { spot.subject };
        text(out, &if subject.is_empty() { at } else { format!("{at} ({subject})") });
        *out += "</li>\n";
    }
    *out += if many { "</ul></details>\n" } else { "</ul></div>\n" };
}
