//! Findings by rule: what is one thing to do is one entry, however many places it has.

use kafka_upgrade_sorted::case::{self, Case as _};
use std::collections::BTreeMap;

use kafka_upgrade_report::{Finding, Fix, Report, Severity};
use kafka_upgrade_sorted::Sorted as _;
use yew::AttrValue;

/// Findings of one rule about one subject that ask for the same thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub(crate) severity: Severity,
    /// Indices of the report's findings, in its order; never empty.
    pub(crate) at: Vec<usize>,
}

impl Group {
    /// The finding that stands for all.
    pub(crate) fn first<'a>(&self, report: &'a Report) -> Option<&'a Finding> {
        report.findings.get(*self.at.first()?)
    }

    /// The findings in the order of the report.
    pub(crate) fn findings<'a>(&self, report: &'a Report) -> impl Iterator<Item = (usize, &'a Finding)> {
        self.at.iter().filter_map(|at| Some((*at, report.findings.get(*at)?)))
    }

    /// Every place: index of the finding, path, line from 1.
    pub(crate) fn places<'a>(&self, report: &'a Report) -> Vec<(usize, &'a str, Option<u32>)> {
        let spots =
            self.findings(report).flat_map(|(at, finding)| finding.spots().map(move |spot| (at, spot)));
        spots.filter_map(|(at, spot)| Some((at, spot.path?, spot.line))).collect()
    }

    /// The fixes of all places, file by file.
    pub(crate) fn fixes(&self, report: &Report) -> Vec<(AttrValue, Fix)> {
        self.findings(report).flat_map(|(_, finding)| crate::state::fixes(finding)).collect()
    }
}

/// All groups, worst first; of the same severity in the order of the report.
pub(crate) fn groups(report: &Report) -> Vec<Group> {
    let mut by_cause: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, finding) in report.findings.iter().enumerate() {
        let cause = (finding.severity, &*finding.rule, &*finding.subject, &*finding.action);
        by_cause.entry(cause).or_default().push(at);
    }
    let mut groups: Vec<_> =
        by_cause.into_iter().map(|((severity, ..), at)| Group { severity, at }).collect();
    groups.order_by_key(|group| (group.severity, group.at.first().copied()));
    groups
}

/// What the reader narrows the list to; empty: everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    pub(crate) query: String,
    pub(crate) severity: Option<Severity>,
    pub(crate) component: String,
    pub(crate) path: String,
    pub(crate) hop: String,
}

impl Filter {
    /// Whether anything is left out.
    pub(crate) fn is_on(&self) -> bool {
        *self != Self::default()
    }

    /// Whether a finding is shown.
    pub(crate) fn shows(&self, finding: &Finding) -> bool {
        let is = |wanted: &str, value: Option<&str>| wanted.is_empty() || value == Some(wanted);
        self.severity.is_none_or(|severity| severity == finding.severity)
            && is(&self.component, finding.component.as_deref())
            && (self.path.is_empty() || finding.spots_in(&self.path).next().is_some())
            && is(&self.hop, finding.hop.as_deref())
            && self.has_words(finding)
    }

    /// Every word of the query is somewhere in it, in any case.
    fn has_words(&self, finding: &Finding) -> bool {
        let texts = [
            Some(finding.rule.as_str()),
            Some(&finding.subject),
            Some(&finding.message),
            Some(&finding.action),
            Some(&finding.why),
            finding.replacement.as_deref(),
        ];
        let places = finding.spots().filter_map(|spot| spot.path);
        let texts: Vec<_> = texts.into_iter().flatten().chain(places).map(|text| text.lower()).collect();
        let query = self.query.lower();
        query.split_whitespace().all(|word| texts.iter().any(|text| text.contains(word)))
    }
}

/// What the reader wants to see together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum By {
    /// By how bad it is.
    #[default]
    Rule,
    /// By the file that it is in first.
    File,
    /// By the stop of the upgrade path where it matters.
    Stop,
    /// By the proposals that brought it.
    Kip,
}

/// What a row shows: the strong line, the sentence below it, and what else is to be done.
pub(crate) struct Lines {
    pub(crate) strong: String,
    pub(crate) below: String,
    pub(crate) rest: String,
}

/// The strong line is the action with its subject; for a note, or if there is nothing to do, it is the message.
pub(crate) fn lines(finding: &Finding) -> Lines {
    let (first, rest) = sentence(&finding.action);
    let idle = first.is_empty() || first.starts_with("Nothing");
    if idle || finding.severity == Severity::Info {
        let (strong, more) = sentence(&finding.message);
        let below = if idle { more } else { finding.action.as_str() };
        let rest = if idle { finding.action.as_str() } else { more };
        return Lines { strong: strong.into(), below: below.into(), rest: rest.into() };
    }
    let subject = finding.subject.as_str();
    let named = subject.is_empty() || subject.contains(' ') || first.contains(subject);
    let strong = if named { first.to_owned() } else { format!("`{subject}`: {}", uncapitalized(first)) };
    Lines { strong, below: finding.message.clone(), rest: rest.into() }
}

/// What stands behind a colon; names and shortcuts keep their capitals.
fn uncapitalized(sentence: &str) -> String {
    let mut signs = sentence.chars();
    match (signs.next(), signs.clone().next()) {
        (Some(first), Some(second)) if case::is_lower(second) || second == ' ' => {
            [case::lower(first)].into_iter().chain(signs).collect()
        }
        _ => sentence.to_owned(),
    }
}

/// The first sentence without its full stop, and the others.
fn sentence(text: &str) -> (&str, &str) {
    let mut quoted = false;
    let following = text.chars().skip(1).map(Some).chain([None]);
    let end = text.char_indices().zip(following).find(|((_, sign), next)| {
        quoted ^= *sign == '`';
        *sign == '.' && !quoted && next.is_none_or(char::is_whitespace)
    });
    match end {
        Some(((at, _), _)) => {
            (text.get(..at).unwrap_or(text), text.get(at + 1..).unwrap_or_default().trim_start())
        }
        None => (text, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Action, Incoming, State};
    use std::rc::Rc;
    use yew::Reducible;

    fn report(files: usize) -> Rc<Report> {
        let text = "zookeeper.connect=zk:2181\nbroker.id=1\nlog.dirs=/d\ndelegation.token.master.key=x\n";
        let files = (0..files).map(|at| Incoming::text(&format!("broker-{at}.properties"), text));
        let state = Rc::new(State::new());
        crate::checker::check(&state.reduce(Action::Add(files.collect())))
    }

    #[test]
    fn the_same_thing_in_many_files_is_one_entry_and_the_worst_comes_first() {
        let (one, many) = (report(1), report(30));
        let rules = |report: &Report| -> Vec<(String, usize)> {
            let groups = groups(report);
            assert!(groups.is_sorted_by_key(|group| group.severity));
            groups
                .iter()
                .map(|group| {
                    (group.first(report).map_or("", |one| &one.rule).into(), group.places(report).len())
                })
                .collect()
        };
        let token = "removed-delegation-token-master-key";
        assert!(rules(&one).contains(&(token.into(), 1)));
        assert!(rules(&many).contains(&(token.into(), 30)));
    }

    #[test]
    fn every_word_has_to_be_found_and_every_filter_to_hold() {
        let report = report(2);
        let shown = |filter: &Filter| report.findings.iter().filter(|one| filter.shows(one)).count();
        let query = |query: &str| Filter { query: query.into(), ..Filter::default() };
        assert_eq!(shown(&Filter::default()), report.findings.len());
        assert_eq!(shown(&query("TOKEN broker-1")), 1);
        assert_eq!(shown(&query("token broker-7")), 0);
        assert_eq!(shown(&Filter { path: "broker-1.properties".into(), ..query("token") }), 1);
        assert_eq!(shown(&Filter { severity: Some(Severity::Info), ..query("delegation") }), 0);
    }

    #[test]
    fn the_strong_line_names_the_subject_and_the_action_and_no_dot_in_a_name_ends_it() {
        let mut finding = report(1).findings.first().cloned().unwrap();
        (finding.subject, finding.message) = ("a.b".into(), "It is gone. Nobody reads it.".into());
        for (severity, action, strong, below, rest) in [
            (
                Severity::Error,
                "Rename `a.b` to 3.9. Keep it.",
                "Rename `a.b` to 3.9",
                "It is gone. Nobody reads it.",
                "Keep it.",
            ),
            (
                Severity::Error,
                "Remove the line.",
                "`a.b`: remove the line",
                "It is gone. Nobody reads it.",
                "",
            ),
            (Severity::Warning, "Set `x. y`", "`a.b`: set `x. y`", "It is gone. Nobody reads it.", ""),
            (Severity::Error, "Nothing. It goes.", "It is gone", "Nobody reads it.", "Nothing. It goes."),
            (Severity::Info, "Look at it.", "It is gone", "Look at it.", "Nobody reads it."),
            (Severity::Error, "", "It is gone", "Nobody reads it.", ""),
        ] {
            (finding.severity, finding.action) = (severity, action.into());
            let lines = lines(&finding);
            assert_eq!((&*lines.strong, &*lines.below, &*lines.rest), (strong, below, rest), "{action}");
        }
    }
}
