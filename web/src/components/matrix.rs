//! What runs against releases: a table whose cells open their reasons below their row.

use kafka_upgrade_report::{Matrix, MatrixCell, MatrixRow, Report};
use kafka_upgrade_rules::SAID;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::{Callback, Html, KeyboardEvent, Properties, TargetCast, classes, component, html};

use crate::components::reasons::Reasons;
use crate::components::rich::breakable;
use crate::shared::Shared;
use crate::state::Action;
use crate::words;

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) report: Shared<Report>,
    /// Row and column whose reasons are open.
    pub(crate) open: Option<(usize, usize)>,
    pub(crate) send: Callback<Action>,
}

impl Props {
    fn matrix(&self) -> &Matrix {
        &self.report.matrix
    }

    /// The target's column; the newest where it has none.
    fn target(&self) -> usize {
        let columns = &self.matrix().columns;
        let found = columns.iter().position(|column| *column == self.report.path.to);
        found.unwrap_or(columns.len().saturating_sub(1))
    }
}

#[component]
pub(crate) fn MatrixView(props: &Props) -> Html {
    let (matrix, target) = (props.matrix(), props.target());
    let groups = matrix.rows.chunk_by(|one, next| one.sense == next.sense);
    let mut start = 0;
    let groups = groups.map(|rows| {
        let first = start;
        start += rows.len();
        group(first, rows, props)
    });
    let has = |aside: &str| {
        let cells = matrix.rows.iter().flat_map(|row| &row.cells);
        cells.filter_map(words::aside).any(|words| words.contains(aside))
    };
    html! {
        <div class="matrix">
            <div class="matrix-box" role="region" aria-labelledby="matrix-caption" tabindex="0">
                <table id="matrix" onkeydown={Callback::from(|event| go(&event))}>
                    <caption id="matrix-caption">{"What you run, against each release. Open a cell for its reasons; arrow keys go from cell to cell."}</caption>
                    <thead><tr>
                        <th scope="col">{"You run"}</th>
                        { for matrix.columns.iter().enumerate().map(|(at, column)| html! {
                            <th scope="col" class={classes!((at == target).then_some("target"))}>
                                {column}
                                if at == target { <small>{"target"}</small> }
                                else if props.report.path.from.as_ref() == Some(column) { <small>{"runs now"}</small> }
                            </th>
                        }) }
                    </tr></thead>
                    { for groups }
                </table>
            </div>
            if has("ran") { <p class="faint">{"“ran”: also seen with that client at a real broker, with the date in its reasons."}</p> }
            if has("not supported") { <p class="faint">{"“not supported”: it works, and the project promises nothing."}</p> }
        </div>
    }
}

/// Rows of one sense; `first` is the index of the first.
fn group(first: usize, rows: &[MatrixRow], props: &Props) -> Html {
    let columns = (props.matrix().columns.len() + 1).to_string();
    html! {
        <tbody>
            <tr class="group"><th colspan={columns.clone()} scope="rowgroup"><span>{ rows.first().map(|row| words::sense(row.sense)) }</span></th></tr>
            { for rows.iter().zip(first..).map(|(row, at)| {
                let open = props.open.filter(|(open, _)| *open == at).and_then(|(_, column)| row.cells.get(column));
                html! {
                    <>
                        <tr>
                            <th scope="row">
                                <span>{ breakable(&row.subject) }{" "}{row.version.clone()}</span>
                                if let Some(path) = row.path.as_ref().filter(|path| *path != SAID) { <small>{words::place(path, row.line)}</small> }
                            </th>
                            { for row.cells.iter().enumerate().map(|(column, shown)| cell((at, column), shown, props)) }
                        </tr>
                        if let Some(cell) = open {
                            <tr class="opened" id="reasons"><td colspan={columns.clone()}>
                                <Reasons report={props.report.clone()} row={row.clone()} cell={cell.clone()} send={props.send.clone()} />
                            </td></tr>
                        }
                    </>
                }
            }) }
        </tbody>
    }
}

fn cell((row, column): (usize, usize), cell: &MatrixCell, props: &Props) -> Html {
    let open = props.open == Some((row, column));
    let onclick = props.send.reform(move |_| Action::OpenCell((!open).then_some((row, column))));
    let (class, sign) = words::cell(cell.verdict);
    let target = column == props.target();
    // The tab key goes down the target's column, arrow keys everywhere.
    let tabindex = if target || open { "0" } else { "-1" };
    html! {
        <td class={classes!(target.then_some("target"))}>
            <button id={format!("cell-{row}-{column}")} class={classes!("sev", "cell", class)} {onclick} {tabindex}
                aria-expanded={open.to_string()} aria-controls={open.then_some("reasons")}>
                <span aria-hidden="true">{sign}</span>{&cell.word}
            </button>
            if let Some(aside) = words::aside(cell) { <small>{aside}</small> }
        </td>
    }
}

/// To the neighbour that an arrow key names.
fn go(event: &KeyboardEvent) {
    let (down, right) = match event.key().as_str() {
        "ArrowRight" => (0, 1),
        "ArrowLeft" => (0, -1),
        "ArrowDown" => (1, 0),
        "ArrowUp" => (-1, 0),
        _ => return,
    };
    let id = event.target_dyn_into::<HtmlElement>().map(|cell| cell.id()).unwrap_or_default();
    let place = id.strip_prefix("cell-").and_then(|place| place.split_once('-'));
    let Some((Ok(row), Ok(column))) = place.map(|(row, column)| (row.parse::<i32>(), column.parse::<i32>()))
    else {
        return;
    };
    let beside =
        gloo::utils::document().get_element_by_id(&format!("cell-{}-{}", row + down, column + right));
    if let Some(beside) = beside.and_then(|beside| beside.dyn_into::<HtmlElement>().ok()) {
        event.prevent_default();
        // A cell that cannot take the focus cannot be seen either.
        let _ = beside.focus();
    }
}
