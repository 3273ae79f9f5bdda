//! Findings in a terminal, the worst first: short, or with everything that is known of them.
//!
//! Short is what one acts on: the message, the line with its mark, what to do; of an info the message alone.

use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_sorted::Gather as _;

use super::WIDTH;
use super::source::{self, Quoted};
use super::style::{Painter, Style};
use crate::{Confidence, Context, Finding, ProofKind, Report, Severity, Spot};

/// Further places that the short form names.
const MAX_PLACES: usize = 3;

/// The texts, cut into lines once.
type Lines<'a> = BTreeMap<&'a str, Vec<&'a str>>;

pub(super) fn write(out: &mut Painter, report: &Report, context: &Context<'_>) {
    let quoted: BTreeSet<&str> =
        report.findings.iter().filter_map(|finding| finding.path.as_deref()).gather();
    let texts = context.sources.iter().filter(|text| quoted.contains(text.path));
    let lines: Lines<'_> = texts.map(|text| (text.path, source::lines(text.text).collect())).gather();
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let mut found = false;
        for finding in report.findings.iter().filter(|finding| finding.severity == severity) {
            found = true;
            if context.verbose {
                full(out, finding, &lines);
            } else if severity == Severity::Info {
                in_one_line(out, finding);
            } else {
                short(out, finding, &lines);
            }
        }
        if found && severity == Severity::Info && !context.verbose {
            out.plain("\n");
        }
    }
}

fn in_one_line(out: &mut Painter, finding: &Finding) {
    headline(out, finding);
    let Some(at) = place(&finding.own_spot()) else {
        out.plain("\n");
        return;
    };
    let more = match finding.places.len() {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    out.plain(" (");
    out.plain(&at);
    out.plain(&format!("{more})\n"));
}

fn short(out: &mut Painter, finding: &Finding, lines: &Lines<'_>) {
    headline(out, finding);
    out.plain("\n");
    quoted(out, finding, lines);
    let fixed = finding.fix.as_ref().filter(|fix| fix.safe);
    let action = match fixed {
        Some(_) => format!("{} (`fix` does it)", finding.action),
        None => finding.action.clone(),
    };
    note(out, "do", &action);
    further(out, finding, MAX_PLACES);
    out.plain("\n");
}

fn full(out: &mut Painter, finding: &Finding, lines: &Lines<'_>) {
    headline(out, finding);
    out.plain("\n");
    quoted(out, finding, lines);
    further(out, finding, usize::MAX);
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
    if let Some(proof) = &finding.evidence {
        let of = proof.release.as_ref().map_or(String::new(), |release| format!(" of {release}"));
        note(out, "known", &format!("{}{of}", evidence(proof.by)));
    }
    for reference in &finding.references {
        note(out, "see", &format!("{} {}", reference.title, reference.url));
    }
    out.plain("\n");
}

const fn evidence(by: ProofKind) -> &'static str {
    match by {
        ProofKind::Validator => "from the start-up validation",
        ProofKind::Javac => "from the compiler, against the jars",
        ProofKind::Broker => "from a running broker",
        ProofKind::Rehearsal => "from a cluster on which the plan was run",
        ProofKind::Jars => "from the jars",
        ProofKind::Docs => "from the documentation",
    }
}

fn headline(out: &mut Painter, finding: &Finding) {
    let style = Style::of(finding.severity);
    out.paint(style, &format!("{}[{}]", finding.severity.name(), finding.rule));
    out.paint(Style::Strong, &format!(": {}", finding.message));
}

/// `path`, `path:line:column`; `None` where it is about no file.
fn place(spot: &Spot<'_>) -> Option<String> {
    let path = spot.path?;
    Some(match (spot.line, spot.column) {
        (Some(line), Some(column)) => format!("{path}:{line}:{column}"),
        _ => path.to_owned(),
    })
}

fn quoted(out: &mut Painter, finding: &Finding, lines: &Lines<'_>) {
    let spot = finding.own_spot();
    let Some(at) = place(&spot) else { return };
    let quoted = spot.path.and_then(|path| lines.get(path)).and_then(|lines| Quoted::new(lines, &spot));
    let margin = quoted.as_ref().map_or(1, |quoted| quoted.margin);
    out.paint(Style::Frame, &format!("{:margin$}--> ", ""));
    out.plain(&at);
    out.plain("\n");
    if let Some(quoted) = quoted {
        quoted.write(out, Style::of(finding.severity));
    }
}

/// The further places of the cause, each with its own subject where it is another one.
fn further(out: &mut Painter, finding: &Finding, limit: usize) {
    let mut places: Vec<String> = finding
        .spots()
        .skip(1)
        .take(limit)
        .filter_map(|spot| {
            let at = place(&spot)?;
            Some(if spot.subject == finding.subject { at } else { format!("{at} ({})", spot.subject) })
        })
        .collect();
    if let Some(more) = finding.places.len().checked_sub(limit).filter(|more| *more > 0) {
        places.push(format!("and {more} more"));
    }
    note(out, "also", &places.join(", "));
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
