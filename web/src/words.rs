//! The page's own words for a report. Texts about Kafka come with the report.

use kafka_upgrade_report::{
    CellVerdict, CheckOutcome, Evidence, Kind, MatrixCell, MatrixRow, ProofKind, Report, Sense, Severity,
    Verdict,
};

use crate::components::matrix_target as target;
use crate::groups::Group;

/// A number with its noun.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// Class and sign of a verdict in the matrix; never shown without its word.
pub(crate) fn cell(verdict: CellVerdict) -> (&'static str, char) {
    let class = match verdict {
        CellVerdict::Works => "ok",
        CellVerdict::WorksWithChanges => "warning",
        CellVerdict::Refused => "error",
        CellVerdict::Neutral => "neutral",
        CellVerdict::Unknown => "unknown",
    };
    (class, verdict.sign())
}

/// What a cell shows beside its word: that it was seen, that nothing is promised.
pub(crate) fn aside(cell: &MatrixCell) -> Option<String> {
    let works = matches!(cell.verdict, CellVerdict::Works | CellVerdict::WorksWithChanges);
    let ran = (cell.evidence == Evidence::Ran).then_some("ran");
    let promise = match (cell.supported, works) {
        (Some(false), true) => Some("not supported"),
        (Some(true), false) if cell.verdict == CellVerdict::Refused => Some("supported"),
        _ => None,
    };
    let words: Vec<_> = ran.into_iter().chain(promise).collect();
    (!words.is_empty()).then(|| words.join(" · "))
}

/// A place as it is shown: `compose.yml:4`.
pub(crate) fn place(path: &str, line: Option<u32>) -> String {
    match line {
        Some(line) => format!("{path}:{line}"),
        None => path.to_owned(),
    }
}

/// What a file is, from its kind in the report.
pub(crate) fn kind(kind: &str) -> &str {
    Kind::parse(kind).map_or(kind, |kind| kind.title())
}

/// How a finding is known, in one sentence.
pub(crate) fn proof(by: ProofKind, release: &str) -> String {
    let of = if release.is_empty() { "Kafka".to_owned() } else { format!("Kafka {release}") };
    match by {
        ProofKind::Validator => format!("The start-up validation of {of} itself shows it."),
        ProofKind::Javac => format!("The compiler refuses it against the jars of {of}."),
        ProofKind::Broker => format!("It was run against a broker of {of}."),
        ProofKind::Rehearsal => format!("It was seen in a rehearsed upgrade to {of}."),
        ProofKind::Jars => format!("The jars of {of} themselves show it."),
        ProofKind::Docs => format!("From the documentation of {of}; it was not run here."),
    }
}

/// A KIP by its number, anything else by its whole title.
pub(crate) fn short(title: &str) -> String {
    match title.split_once(':') {
        Some((kip, _)) if kip.starts_with("KIP-") => kip.to_owned(),
        _ => title.to_owned(),
    }
}

/// Whether the report would show more if the reader stated the running release, or how metadata is kept.
pub(crate) fn asks(report: &Report) -> bool {
    report.path.from.is_none() && report.matrix.rows.iter().any(|row| row.sense == Sense::BrokerUpgrade)
}

/// The rows of the matrix with this verdict at the target.
fn rows_at_target(report: &Report, verdict: CellVerdict) -> impl Iterator<Item = &MatrixRow> {
    let target = target(report);
    report
        .matrix
        .rows
        .iter()
        .filter(move |row| row.cells.get(target).is_some_and(|cell| cell.verdict == verdict))
}

/// The verdict in two parts, the emphasised one and the rest of the sentence, with its class first.
///
/// It counts things to do, not lines, and is never better than the matrix next to it.
pub(crate) fn verdict(report: &Report, groups: &[Group]) -> (&'static str, String, String) {
    let to = &report.path.to;
    let of = |severity: Severity| groups.iter().filter(|group| group.severity == severity).count();
    let (errors, warnings, notes) = (of(Severity::Error), of(Severity::Warning), of(Severity::Info));
    let known = report.files.iter().any(|file| file.kind != "unknown" && file.kind != "not-kafka");
    if !known {
        return ("unknown", "No verdict:".into(), "nothing here is known to be Kafka's.".into());
    }
    let differ =
        if warnings == 1 { "1 works differently".to_owned() } else { format!("{warnings} work differently") };
    let breaks = if errors == 1 { "1 thing breaks".to_owned() } else { format!("{errors} things break") };
    if errors > 0 {
        let rest = if warnings > 0 { format!("{breaks}, {differ}.") } else { format!("{breaks}.") };
        return ("error", before(Verdict::Blocked, to, ':'), rest);
    }
    let named = |row: &MatrixRow| {
        format!("{} {}", row.subject, row.version.as_deref().unwrap_or_default()).trim_end().to_owned()
    };
    if let Some(row) = rows_at_target(report, CellVerdict::Refused).find(|row| row.sense != Sense::Features) {
        return ("error", before(Verdict::Blocked, to, ':'), format!("see {} in the matrix.", named(row)));
    }
    if asks(report) {
        return ("unknown", "No verdict yet:".into(), "what runs now is not known.".into());
    }
    if let Some(row) =
        rows_at_target(report, CellVerdict::Unknown).next().filter(|_| report.verdict == Verdict::Unknown)
    {
        return ("unknown", "No verdict yet:".into(), format!("{} at {to} is not known.", named(row)));
    }
    if report.verdict == Verdict::Unknown {
        return (
            "unknown",
            "No verdict yet:".into(),
            "something here could not be judged; the notes name it.".into(),
        );
    }
    if warnings > 0 {
        let things =
            if warnings == 1 { "1 thing works".to_owned() } else { format!("{warnings} things work") };
        return (
            "warning",
            before(Verdict::ActionNeeded, to, ':'),
            format!("nothing breaks, {things} differently."),
        );
    }
    if let Some(row) = rows_at_target(report, CellVerdict::WorksWithChanges).next() {
        return (
            "warning",
            before(Verdict::ActionNeeded, to, ':'),
            format!("nothing breaks, see {} in the matrix.", named(row)),
        );
    }
    if let Some(shown) = report.plan.misfits().next() {
        return ("warning", before(Verdict::ActionNeeded, to, ':'), format!("{}.", shown.text));
    }
    if notes > 0 {
        return (
            "ok",
            before(Verdict::Review, to, ','),
            format!("with {} to read first.", count(notes, "note", "notes")),
        );
    }
    let ran = report.checks.iter().filter(|check| check.outcome == CheckOutcome::Ran);
    (
        "ok",
        before(Verdict::Ready, to, ':'),
        format!("{} ran, nothing found.", count(ran.count(), "check", "checks")),
    )
}

/// The verdict with the release that it is about.
fn before(verdict: Verdict, to: &str, sign: char) -> String {
    format!("{} {to}{sign}", verdict.before_target())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Action, Incoming, State};
    use yew::Reducible;

    fn verdict_of(text: &str, to: &'static str) -> String {
        let state = std::rc::Rc::new(State::new()).reduce(Action::SetTo(Some(to.into())));
        let state = state.reduce(Action::Add(vec![Incoming::text("a.properties", text)]));
        let report = crate::checker::check(&state);
        let (_, first, rest) = verdict(&report, &crate::groups::groups(&report));
        format!("{first} {rest}")
    }

    #[test]
    fn the_verdict_is_one_sentence_that_can_be_read_out() {
        let blocked = verdict_of("zookeeper.connect=zk:2181\nbroker.id=1\nlog.dirs=/d\n", "4.0.2");
        assert!(blocked.starts_with("Not ready for 4.0.2: ") && blocked.ends_with('.'), "{blocked}");
    }

    #[test]
    fn a_text_that_nothing_is_known_of_gets_no_verdict() {
        assert_eq!(
            verdict_of("motd=A Minecraft Server\nlevel-name=world\n", "4.0.2"),
            "No verdict: nothing here is known to be Kafka's."
        );
    }
}
