//! Why a cell of the matrix has its verdict: the reason, how it is known, what is promised, the operations.

use kafka_upgrade_report::{CellVerdict, Evidence, MatrixCell, MatrixRow, Operation, Report, Sense};
use yew::{Callback, Html, html};

use crate::components::found::found;
use crate::components::rich::rich;
use crate::state::Action;
use crate::words;

pub(crate) struct Props<'a> {
    pub(crate) report: &'a Report,
    pub(crate) row: &'a MatrixRow,
    pub(crate) cell: &'a MatrixCell,
    pub(crate) send: &'a Callback<Action>,
}

pub(crate) fn reasons(props: &Props<'_>) -> Html {
    let Props { row, cell, .. } = props;
    let close = props.send.reform(|_| Action::OpenCell(None));
    let what = [Some(row.subject.as_str()), row.version.as_deref()]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ");
    let against = match row.sense {
        Sense::BrokerUpgrade => ", upgraded to",
        Sense::ClientBroker => " against brokers of",
        Sense::ClientUpgrade | Sense::Runtime => " with",
        Sense::Features => " at",
    };
    html! {
        <div class="reasons">
            <h2>{format!("{what}{against} {}: {}", cell.release, cell.word)}</h2>
            <p>{ rich(&cell.reason) }</p>
            <dl class="after">
                <dt>{"Known"}</dt><dd>{ known(cell, row.sense) }</dd>
                if let Some(supported) = cell.supported { <dt>{"Supported"}</dt><dd>{ promise(supported, cell.verdict) }</dd> }
            </dl>
            { operations(&cell.operations) }
            { found(props.report, &cell.findings, "Findings behind it", props.send) }
            <button class="close" onclick={close} aria-label="Close the reasons">{"×"}</button>
        </div>
    }
}

fn known(cell: &MatrixCell, sense: Sense) -> &'static str {
    match (cell.evidence, cell.verdict, sense) {
        (Evidence::Ran, ..) => "worked out, and seen with this client at a real broker",
        (_, CellVerdict::Unknown, _) => "not known here",
        (_, _, Sense::ClientBroker) => "worked out from the API versions that both sides speak",
        _ => "worked out from what the release declares",
    }
}

fn promise(supported: bool, verdict: CellVerdict) -> &'static str {
    match (supported, verdict) {
        (true, CellVerdict::Refused) => "the project promises it, and yet it does not work",
        (true, _) => "yes, the project promises it",
        (false, CellVerdict::Works | CellVerdict::WorksWithChanges) => {
            "no: it works, and the project promises nothing"
        }
        (false, _) => "no",
    }
}

/// Those that an API decides in a table, the others in a line.
fn operations(operations: &[Operation]) -> Html {
    let (verified, plain): (Vec<_>, Vec<_>) = operations
        .iter()
        .partition(|operation| operation.api.is_some() || operation.verdict != CellVerdict::Works);
    html! {
        <>
            if !verified.is_empty() {
                <div class="scroll"><table class="operations">
                    <caption>{"Operations, with the API that decides"}</caption>
                    <thead><tr><th scope="col">{"Operation"}</th><th scope="col">{"API"}</th><th scope="col">{"Client speaks"}</th><th scope="col">{"Broker serves"}</th></tr></thead>
                    <tbody>{ for verified.iter().map(|operation| html! {
                        <tr>
                            <th scope="row">{ mark(operation) }</th>
                            <td>{operation.api.clone().unwrap_or_else(|| "–".into())}</td>
                            <td>{range(operation.client, "not at all")}</td>
                            <td>{range(operation.broker, "not at all")}</td>
                        </tr>
                    }) }</tbody>
                </table></div>
            }
            if !plain.is_empty() {
                <ul class="row operations" aria-label="Operations that work">{ for plain.iter().map(|operation| html! { <li>{ mark(operation) }</li> }) }</ul>
            }
        </>
    }
}

fn mark(operation: &Operation) -> Html {
    let (class, sign) = words::cell(operation.verdict);
    let word = match operation.verdict {
        CellVerdict::Works | CellVerdict::WorksWithChanges => "works: ",
        CellVerdict::Neutral => "",
        CellVerdict::Refused => "refused: ",
        CellVerdict::Unknown => "unknown: ",
    };
    html! {
        <span class={format!("tag {class}")}>
            <span aria-hidden="true">{sign}</span><span class="visually-hidden">{word}</span>{operation.name.replace('-', " ")}
        </span>
    }
}

fn range(range: Option<[i16; 2]>, none: &str) -> String {
    match range {
        Some([low, high]) if low == high => low.to_string(),
        Some([low, high]) => format!("{low} to {high}"),
        None => none.to_owned(),
    }
}
