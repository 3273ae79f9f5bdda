//! The verdict on a report, worked out of its matrix and its findings. Its words are in [`crate::texts::verdict`].

use kafka_upgrade_report::{CellVerdict, CheckOutcome, MatrixRow, Report, Sense, Severity, Verdict};

use crate::groups::Group;
use crate::texts::{self, verdict as words};

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

/// The target's column in the matrix; the newest where it has none.
pub(crate) fn target(report: &Report) -> usize {
    let columns = &report.matrix.columns;
    let found = columns.iter().position(|column| *column == report.path.to);
    found.unwrap_or(columns.len().saturating_sub(1))
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
        return ("unknown", words::NO_VERDICT.into(), words::NOT_KAFKA.into());
    }
    if errors > 0 {
        return ("error", words::before(Verdict::Blocked, to), words::breaks(errors, warnings));
    }
    let named = |row: &MatrixRow| texts::versioned(&row.subject, row.version.as_deref().unwrap_or_default());
    if let Some(row) = rows_at_target(report, CellVerdict::Refused).find(|row| row.sense != Sense::Features) {
        return ("error", words::before(Verdict::Blocked, to), words::refused(&named(row)));
    }
    if asks(report) {
        return ("unknown", words::NO_VERDICT_YET.into(), words::RUNS_UNKNOWN.into());
    }
    if report.verdict == Verdict::Unknown {
        let row = rows_at_target(report, CellVerdict::Unknown).next();
        let why = row.map_or_else(|| words::NOT_JUDGED.to_owned(), |row| words::unknown_row(&named(row), to));
        return ("unknown", words::NO_VERDICT_YET.into(), why);
    }
    let action = || words::before(Verdict::ActionNeeded, to);
    if warnings > 0 {
        return ("warning", action(), words::differs(warnings));
    }
    if let Some(row) = rows_at_target(report, CellVerdict::WorksWithChanges).next() {
        return ("warning", action(), words::row_differs(&named(row)));
    }
    if let Some(shown) = report.plan.misfits().next() {
        return ("warning", action(), words::misfit(&shown.text));
    }
    if notes > 0 {
        return ("ok", words::before_with(Verdict::Review, to), words::notes(notes));
    }
    let ran = report.checks.iter().filter(|check| check.outcome == CheckOutcome::Ran);
    ("ok", words::before(Verdict::Ready, to), words::nothing_found(ran.count()))
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
            "No verdict: nothing here was recognized as Kafka's."
        );
    }
}
