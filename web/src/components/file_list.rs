//! The files as a list, worst first, with a search; files with the same findings are one row.

use std::collections::BTreeMap;
use std::rc::Rc;

use kafka_upgrade_report::{Report, Severity};
use kafka_upgrade_sorted::case::Case as _;
use kafka_upgrade_sorted::{Gather as _, Sorted as _};
use web_sys::HtmlInputElement;
use yew::{AttrValue, Callback, Html, InputEvent, Properties, TargetCast, component, html, use_state_eq};

use crate::components::changes::name_of;
use crate::components::empty::OpenFiles;
use crate::state::{Action, Incoming, PASTED, SourceFile};
use crate::texts::{self, files as words};

/// From so many files on there is a search, and so many alike are one row.
const MANY: usize = 4;

/// How many rows are shown at first, and more at each click.
const BATCH: usize = 60;

/// A row: files that are alike, with what was found in each.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    /// Ids and paths.
    pub(crate) files: Vec<(u32, AttrValue)>,
    kind: AttrValue,
    found: Vec<(Severity, AttrValue)>,
}

#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    pub(crate) rows: Rc<Vec<Row>>,
    pub(crate) active: u32,
    pub(crate) files: usize,
    pub(crate) send: Callback<Action>,
}

/// The rows of the list. Files are alike when they are of one kind, lie in one folder and have the same findings.
pub(crate) fn rows(files: &[SourceFile], report: Option<&Report>) -> Vec<Row> {
    let mut found: BTreeMap<&str, Vec<(Severity, AttrValue)>> = BTreeMap::new();
    for finding in report.map_or(&[][..], |report| &report.findings) {
        for spot in finding.spots() {
            let entry = (finding.severity, AttrValue::from(format!("{} {:?}", spot.rule, spot.line)));
            found.entry(spot.path.unwrap_or_default()).or_default().push(entry);
        }
    }
    let kinds: BTreeMap<&str, &str> = report
        .map_or(&[][..], |report| &report.files)
        .iter()
        .map(|file| (file.path.as_str(), file.kind.as_str()))
        .gather();
    // A folder with a file for each broker, or a folder for each broker with a file of one name.
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for file in files {
        *names.entry(name_of(&file.path)).or_default() += 1;
    }
    let mut alike: BTreeMap<_, Vec<(u32, AttrValue)>> = BTreeMap::new();
    for file in files {
        let mut found = found.remove(&*file.path).unwrap_or_default();
        found.order();
        let kind = kinds.get(&*file.path).copied().unwrap_or_default();
        let name = name_of(&file.path);
        let folder = file.path.strip_suffix(name).unwrap_or_default();
        let shared = if names.get(name).is_some_and(|times| *times >= MANY) { name } else { folder };
        alike.entry((kind, shared, found)).or_default().push((file.id, file.path.clone()));
    }
    let mut rows: Vec<Row> = alike
        .into_iter()
        .flat_map(|((kind, _, found), files)| {
            // Before there is an answer, nothing is known to be alike.
            let size = if files.len() >= MANY && !kind.is_empty() { files.len() } else { 1 };
            let kind = AttrValue::from(words::kind(kind).to_owned());
            let rows = files.chunks(size).map(|files| Row {
                files: files.to_vec(),
                kind: kind.clone(),
                found: found.clone(),
            });
            rows.collect::<Vec<_>>()
        })
        .collect();
    rows.order_by_key(|row| (row.worst(), row.files.first().map(|(id, _)| *id)));
    rows
}

impl Row {
    fn worst(&self) -> (u8, std::cmp::Reverse<usize>) {
        let worst = self.found.iter().map(|(severity, _)| *severity).min();
        let rank = match worst {
            Some(Severity::Error) => 0,
            Some(Severity::Warning) => 1,
            Some(Severity::Info) => 2,
            None => 3,
        };
        (rank, std::cmp::Reverse(self.found.iter().filter(|(severity, _)| Some(*severity) == worst).count()))
    }

    fn name(&self) -> String {
        match self.files.as_slice() {
            [(_, first), .., (_, last)] if name_of(first) == name_of(last) => words::from_to(first, last),
            [(_, first), .., (_, last)] => words::from_to(first, name_of(last)),
            [(_, only)] => only.to_string(),
            [] => String::new(),
        }
    }
}

#[component]
pub(crate) fn FileList(props: &Props) -> Html {
    let query = use_state_eq(String::new);
    let shown = use_state_eq(|| BATCH);
    let add = props.send.reform(|_| Action::Add(vec![Incoming::text(PASTED, "")]));
    let oninput = {
        let query = query.clone();
        Callback::from(move |event: InputEvent| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                query.set(input.value().lower());
            }
        })
    };
    let hits: Vec<_> = props
        .rows
        .iter()
        .filter(|row| {
            query.is_empty() || row.files.iter().any(|(_, path)| path.lower().contains(query.as_str()))
        })
        .collect();
    let rest = hits.len().saturating_sub(*shown);
    let more = {
        let shown = shown.clone();
        Callback::from(move |_| shown.set(*shown + BATCH))
    };
    html! {
        <div class="fl">
            <div class="top">
                <h2>{texts::files(props.files)}</h2>
                if props.files > MANY {
                    <input type="search" aria-label={words::FILTER_FILES} placeholder={words::FILTER} {oninput} autocomplete="off" spellcheck="false" />
                } else {
                    <span class="end" />
                }
                <button class="btn quiet" id="add-text" onclick={add}>{words::ADD}</button>
                <OpenFiles />
                if props.files > 1 { <button id="close-all" class="btn quiet" onclick={props.send.reform(|_| Action::Clear)}>{words::CLOSE_ALL}</button> }
            </div>
            if props.files > 1 {
                <ul class="files" aria-label={words::FILES}>
                    { for hits.iter().take(*shown).map(|row| entry(row, props)) }
                    if rest > 0 { <li><button onclick={more}><span /><span>{texts::show_more(rest.min(BATCH), rest)}</span></button></li> }
                </ul>
            }
        </div>
    }
}

fn entry(row: &Row, props: &Props) -> Html {
    let Some(id) = row.files.first().map(|(id, _)| *id) else { return html! {} };
    let onclick = props.send.reform(move |_| Action::Show(id));
    let here = row.files.iter().any(|(id, _)| *id == props.active);
    let worst = row.found.iter().map(|(severity, _)| *severity).min();
    let number = row.found.iter().filter(|(severity, _)| Some(*severity) == worst).count();
    let (class, sign, word) = match worst {
        Some(worst) => (worst.name(), worst.sign(), worst.heading()),
        // No answer, or none any more.
        None if row.kind.is_empty() => ("", "", words::NOT_CHECKED),
        None => ("ok", "✓", words::NOTHING_FOUND),
    };
    let times = if row.files.len() > 1 { words::alike(row.files.len()) } else { row.kind.to_string() };
    html! {
        <li key={id}>
            <button id={format!("file-{id}")} {onclick} aria-current={here.then_some("true")}>
                <span class={class}><span role="img" aria-label={word}>{sign}</span>if number > 0 { {format!(" {number}")} }</span>
                <span class="name">{row.name()}</span><small>{times}</small>
            </button>
        </li>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::State;
    use yew::Reducible;

    #[test]
    fn many_files_that_are_alike_are_one_row_and_the_worst_comes_first() {
        let bad = "zookeeper.connect=z:1\nlog.dirs=/d\n";
        let mut files: Vec<_> =
            (0..20).map(|at| Incoming::text(&format!("brokers/b-{at}.properties"), bad)).collect();
        files.insert(0, Incoming::text("notes.txt", "nothing of interest\n"));
        files.push(Incoming::text("other/b.properties", bad));
        files.extend((0..9).map(|at| Incoming::text(&format!("host-{at}/server.properties"), bad)));
        let state = Rc::new(State::new()).reduce(Action::Add(files));
        let rows = rows(&state.files, Some(&crate::checker::check(&state)));
        let shown: Vec<_> = rows.iter().map(|row| (row.name(), row.files.len())).collect();
        assert_eq!(shown.len(), 4, "{shown:?}");
        assert!(
            shown.contains(&("host-0/server.properties … host-8/server.properties".into(), 9)),
            "{shown:?}"
        );
        assert!(shown.contains(&("brokers/b-0.properties … b-19.properties".into(), 20)), "{shown:?}");
        assert_eq!(shown.last().map(|(name, _)| name.as_str()), Some("notes.txt"));
    }
}
