//! What runs against releases: the target beside the names, equal neighbours as one cell, reasons below their row.

use kafka_upgrade_report::{CellVerdict, Matrix, MatrixCell, MatrixRow, Report};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::{Callback, Html, KeyboardEvent, TargetCast, classes, html};

use crate::components::reasons::{Props as Why, reasons};
use crate::components::rich::breakable;
use crate::state::Action;
use crate::texts::{self, matrix as words};
use crate::verdict::{self, target};

pub(crate) struct Props<'a> {
    pub(crate) report: &'a Report,
    /// Row and column whose reasons are open.
    pub(crate) open: Option<(usize, usize)>,
    pub(crate) send: &'a Callback<Action>,
}

impl Props<'_> {
    fn matrix(&self) -> &Matrix {
        &self.report.matrix
    }

    /// The target's column; the newest where it has none.
    fn target(&self) -> usize {
        target(self.report)
    }

    /// The other columns, without releases older than the one that runs: nobody goes there.
    fn others(&self) -> Vec<usize> {
        let from = self.report.path.from.as_deref().map(number);
        let columns = self.matrix().columns.iter().enumerate();
        let ahead = columns.filter(|(at, release)| {
            *at != self.target() && from.as_ref().is_none_or(|from| number(release) >= *from)
        });
        ahead.map(|(at, _)| at).collect()
    }
}

/// A release as numbers, to be compared.
fn number(release: &str) -> Vec<u32> {
    release.split('.').map(|part| part.parse().unwrap_or_default()).collect()
}

pub(crate) fn matrix(props: &Props<'_>) -> Html {
    let (matrix, target, others) = (props.matrix(), props.target(), props.others());
    let groups = matrix.rows.chunk_by(|one, next| one.sense == next.sense);
    let mut start = 0;
    let groups: Vec<_> = groups
        .map(|rows| {
            let first = start;
            start += rows.len();
            group(first, rows, &others, props)
        })
        .collect();
    html! {
        <section class="panel mx" aria-labelledby="matrix-caption">
            <div class="matrix-box" role="group" aria-labelledby="matrix-caption" tabindex="0">
                <table id="matrix" onkeydown={Callback::from(|event| go(&event))}>
                    <caption id="matrix-caption" class="visually-hidden">{words::CAPTION}</caption>
                    <colgroup><col class="names" /><col class="aim" />if !others.is_empty() { <col class="between" /> }{ for others.iter().map(|_| html! { <col /> }) }</colgroup>
                    <thead><tr>
                        <th scope="col">{words::YOU_RUN}</th>
                        <th scope="col" class="target"><b>{matrix.columns.get(target)}</b>{words::TARGET}</th>
                        if !others.is_empty() { <td class="between" /> }
                        { for others.iter().map(|at| {
                            let release = matrix.columns.get(*at);
                            let now = props.report.path.from.as_ref() == release;
                            html! { <th scope="col">if now { <><b>{release}</b>{words::NOW}</> } else { {release} }</th> }
                        }) }
                    </tr></thead>
                    { for groups }
                </table>
            </div>
        </section>
    }
}

/// Rows of one sense; `first` is the index of the first.
fn group(first: usize, rows: &[MatrixRow], others: &[usize], props: &Props<'_>) -> Html {
    let last = props.matrix().rows.len() - 1;
    let width = others.len() + 2 + usize::from(!others.is_empty());
    html! {
        <tbody>
            <tr class="group">
                <th scope="rowgroup">{ rows.first().map(|row| row.sense.title()) }</th><td class="target" />
                if !others.is_empty() { <td colspan={(others.len() + 1).to_string()} /> }
            </tr>
            { for rows.iter().zip(first..).map(|(row, at)| {
                let open = props.open.filter(|(open, _)| *open == at).and_then(|(_, column)| row.cells.get(column));
                html! {
                    <>
                        <tr>
                            <th scope="row" title={place(row)}>{ breakable(&row.subject) }{" "}{row.version.clone()}</th>
                            { cell(at, &[props.target()], row, classes!("target", (at == last).then_some("last")), props) }
                            if !others.is_empty() { <td class="between" /> }
                            { for runs(row, others).iter().map(|run| cell(at, run, row, classes!(), props)) }
                        </tr>
                        if let Some(cell) = open {
                            <tr class="opened" id="reasons"><td colspan={width.to_string()}>
                                { reasons(&Why { report: props.report, row, cell, send: props.send }) }
                            </td></tr>
                        }
                    </>
                }
            }) }
        </tbody>
    }
}

/// The place that names it; absent where no file does.
fn place(row: &MatrixRow) -> Option<String> {
    let path = row.path.as_ref().filter(|path| *path != kafka_upgrade_protocol::STATED)?;
    Some(texts::place(path, row.line))
}

/// Neighbouring columns that come to the same.
fn runs<'a>(row: &MatrixRow, others: &'a [usize]) -> Vec<&'a [usize]> {
    let shown = |at: &usize| {
        let cell = row.cells.get(*at)?;
        // Words such as "runs now" and "direct" both mean that it works, so these cells are merged.
        Some((cell.verdict, (cell.verdict != CellVerdict::Works).then_some(&cell.word)))
    };
    others.chunk_by(|one, next| shown(one) == shown(next)).collect()
}

/// One cell over all columns of `run`; it opens the reasons of the first of them.
fn cell(at: usize, run: &[usize], row: &MatrixRow, class: yew::Classes, props: &Props<'_>) -> Html {
    let Some((column, shown)) = run.first().and_then(|column| Some((*column, row.cells.get(*column)?)))
    else {
        return html! {};
    };
    let open = props.open.is_some_and(|(row, open)| row == at && run.contains(&open));
    let onclick = props.send.reform(move |_| Action::OpenCell((!open).then_some((at, column))));
    let (tone, sign) = verdict::cell(shown.verdict);
    let target = column == props.target();
    // The tab key goes down the target's column, arrow keys everywhere.
    let tabindex = if target || open { "0" } else { "-1" };
    html! {
        <td class={classes!("c", tone, class)} colspan={run.len().to_string()}>
            <button id={format!("cell-{at}-{column}")} class="cell" {onclick} {tabindex} title={words::title(shown)}
                aria-expanded={open.to_string()} aria-controls={open.then_some("reasons")}>
                <span aria-hidden="true">{sign}</span>{" "}{word(run, row, shown)}
            </button>
        </td>
    }
}

/// The word of a cell; where neighbours that are one cell have several, the plain one.
fn word<'a>(run: &[usize], row: &MatrixRow, shown: &'a MatrixCell) -> &'a str {
    let same = run.iter().all(|at| row.cells.get(*at).is_some_and(|cell| cell.word == shown.word));
    if same { &shown.word } else { words::WORKS }
}

/// To the neighbour that an arrow key names, in the order of the table.
fn go(event: &KeyboardEvent) {
    let (down, right) = match event.key().as_str() {
        "ArrowRight" => (0, 1),
        "ArrowLeft" => (0, -1),
        "ArrowDown" => (1, 0),
        "ArrowUp" => (-1, 0),
        _ => return,
    };
    let Some(here) = event.target_dyn_into::<HtmlElement>() else { return };
    let Ok(rows) = gloo::utils::document().query_selector_all("#matrix tr:has(.cell)") else { return };
    let rows: Vec<Vec<HtmlElement>> = (0..rows.length()).filter_map(|at| cells(rows.get(at)?)).collect();
    let place = rows.iter().enumerate().find_map(|(row, cells)| {
        cells.iter().position(|cell| cell.id() == here.id()).map(|column| (row, column))
    });
    let Some((row, column)) = place else { return };
    let beside = rows
        .get(row.saturating_add_signed(down))
        .and_then(|cells| cells.get(column.saturating_add_signed(right)).or(cells.last()));
    if let Some(beside) = beside {
        event.prevent_default();
        // A cell that cannot take the focus cannot be seen either.
        let _ = beside.focus();
    }
}

fn cells(row: web_sys::Node) -> Option<Vec<HtmlElement>> {
    let found = row.dyn_into::<web_sys::Element>().ok()?.query_selector_all(".cell").ok()?;
    Some((0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect())
}
