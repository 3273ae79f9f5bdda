//! The matrix, and the reasons of a cell.

use kafka_upgrade_report::{CellVerdict, Evidence, MatrixCell, Sense};

pub(crate) const CAPTION: &str =
    "What you run, against each release. Open a cell for its reasons; arrow keys go from cell to cell.";
pub(crate) const YOU_RUN: &str = "You run";
pub(crate) const TARGET: &str = "target";
pub(crate) const NOW: &str = "now";
/// Where neighbours that are one cell have several words.
pub(crate) const WORKS: &str = "works";

/// What a cell leaves to its reasons: that it was seen running, that nothing is promised.
pub(crate) fn title(cell: &MatrixCell) -> String {
    let works = matches!(cell.verdict, CellVerdict::Works | CellVerdict::WorksWithChanges);
    let ran = (cell.evidence == Evidence::Ran).then_some("ran");
    let promise = match (cell.supported, works) {
        (Some(false), true) => Some("not supported"),
        (Some(true), false) if cell.verdict == CellVerdict::Refused => Some("supported"),
        _ => None,
    };
    match (ran, promise) {
        (None, None) => cell.word.clone(),
        (Some(one), None) | (None, Some(one)) => format!("{} ({one})", cell.word),
        (Some(ran), Some(promise)) => format!("{} ({ran} · {promise})", cell.word),
    }
}

// Reasons.
pub(crate) const CLOSE: &str = "Close the reasons";
pub(crate) const KNOWN: &str = "Known";
pub(crate) const SUPPORTED: &str = "Supported";
pub(crate) const FINDINGS: &str = "Findings behind this";

/// What runs, against which release, and what becomes of it.
pub(crate) fn heading(what: &str, sense: Sense, release: &str, word: &str) -> String {
    let against = match sense {
        Sense::BrokerUpgrade => ", upgraded to",
        Sense::ClientBroker => " against brokers of",
        Sense::ClientUpgrade | Sense::Runtime => " with",
        Sense::Features => " at",
    };
    format!("{what}{against} {release}: {word}")
}

pub(crate) fn known(cell: &MatrixCell, sense: Sense) -> &'static str {
    match (cell.evidence, cell.verdict, sense) {
        (Evidence::Ran, ..) => "computed, and confirmed with this client against a real broker",
        (_, CellVerdict::Unknown, _) => "not known here",
        (_, _, Sense::ClientBroker) => "computed from the API versions that both sides support",
        _ => "computed from what the release declares",
    }
}

pub(crate) fn promise(supported: bool, verdict: CellVerdict) -> &'static str {
    match (supported, verdict) {
        (true, CellVerdict::Refused) => "the project supports it, yet it does not work",
        (true, _) => "yes, by the project",
        (false, CellVerdict::Works | CellVerdict::WorksWithChanges) => {
            "no: it works, but the project does not support it"
        }
        (false, _) => "no",
    }
}

// Operations.
pub(crate) const OPERATIONS: &str = "Operations, with the API that decides";
pub(crate) const OPERATION: &str = "Operation";
pub(crate) const API: &str = "API";
pub(crate) const CLIENT: &str = "Client supports";
pub(crate) const BROKER: &str = "Broker supports";
pub(crate) const WORK: &str = "Operations that work";

pub(crate) fn before_operation(verdict: CellVerdict) -> &'static str {
    match verdict {
        CellVerdict::Works | CellVerdict::WorksWithChanges => "works: ",
        CellVerdict::Neutral => "",
        CellVerdict::Refused => "refused: ",
        CellVerdict::Unknown => "unknown: ",
    }
}

/// Versions of an API.
pub(crate) fn versions(range: Option<[i16; 2]>) -> String {
    match range {
        Some([low, high]) if low == high => low.to_string(),
        Some([low, high]) => format!("{low} to {high}"),
        None => "not at all".to_owned(),
    }
}
