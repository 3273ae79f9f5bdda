//! Why a cell of the matrix has its verdict: the reason, how it is known, what is promised, the operations.

use kafka_upgrade_report::{CellVerdict, MatrixCell, MatrixRow, Operation, Report};
use yew::{Callback, Html, classes, html};

use crate::components::found::found;
use crate::components::rich::rich;
use crate::state::Action;
use crate::texts::{self, matrix as words};
use crate::verdict;

pub(crate) struct Props<'a> {
    pub(crate) report: &'a Report,
    pub(crate) row: &'a MatrixRow,
    pub(crate) cell: &'a MatrixCell,
    pub(crate) send: &'a Callback<Action>,
}

pub(crate) fn reasons(props: &Props<'_>) -> Html {
    let Props { row, cell, .. } = props;
    let close = props.send.reform(|_| Action::OpenCell(None));
    let what = texts::versioned(&row.subject, row.version.as_deref().unwrap_or_default());
    html! {
        <div class="reasons">
            <h2>{words::heading(&what, row.sense, &cell.release, &cell.word)}</h2>
            <p>{ rich(&cell.reason) }</p>
            <dl class="after">
                <dt>{words::KNOWN}</dt><dd>{words::known(cell, row.sense)}</dd>
                if let Some(supported) = cell.supported { <dt>{words::SUPPORTED}</dt><dd>{words::promise(supported, cell.verdict)}</dd> }
            </dl>
            { operations(&cell.operations) }
            { found(props.report, &cell.findings, words::FINDINGS, props.send) }
            <button class="close" onclick={close} aria-label={words::CLOSE}>{"×"}</button>
        </div>
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
                    <caption>{words::OPERATIONS}</caption>
                    <thead><tr><th scope="col">{words::OPERATION}</th><th scope="col">{words::API}</th><th scope="col">{words::CLIENT}</th><th scope="col">{words::BROKER}</th></tr></thead>
                    <tbody>{ for verified.iter().map(|operation| html! {
                        <tr>
                            <th scope="row">{ mark(operation) }</th>
                            <td>{operation.api.clone().unwrap_or_else(|| "–".into())}</td>
                            <td>{words::versions(operation.client)}</td>
                            <td>{words::versions(operation.broker)}</td>
                        </tr>
                    }) }</tbody>
                </table></div>
            }
            if !plain.is_empty() {
                <ul class="row operations" aria-label={words::WORK}>{ for plain.iter().map(|operation| html! { <li>{ mark(operation) }</li> }) }</ul>
            }
        </>
    }
}

fn mark(operation: &Operation) -> Html {
    let (class, sign) = verdict::cell(operation.verdict);
    let word = words::before_operation(operation.verdict);
    html! {
        <span class={classes!("tag", class)}>
            <span aria-hidden="true">{sign}</span><span class="visually-hidden">{word}</span>{operation.name.replace('-', " ")}
        </span>
    }
}
