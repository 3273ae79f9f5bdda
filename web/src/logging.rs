//! A Log4j 1 file made into one for Log4j 2: a file of its own, with what could not be carried over as notices.

use crate::state::{Action, Incoming};
use crate::texts::frame as texts;

/// What happens once the file of that path was converted: the text, and remarks by their lines.
pub(crate) fn converted(path: &str, text: String, remarks: &[(u32, String)]) -> Vec<Action> {
    let name = name(path);
    let mut actions = vec![Action::DismissNotices];
    if !remarks.is_empty() {
        actions.push(Action::Notice(texts::converted(&name, path, remarks.len())));
    }
    actions.extend(remarks.iter().map(|(line, message)| Action::Notice(texts::of_line(*line, message))));
    actions.push(Action::Add(vec![Incoming::text(&name, text)]));
    actions
}

/// `config/tools-log4j.properties` as `config/tools-log4j2.yaml`.
fn name(path: &str) -> String {
    let (folder, file) = path.rfind('/').map_or(("", path), |at| path.split_at(at + 1));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    match stem.split_once("log4j") {
        Some((before, after)) => format!("{folder}{before}log4j2{after}.yaml"),
        None => format!("{folder}log4j2.yaml"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::State;
    use std::rc::Rc;
    use yew::Reducible;

    #[test]
    fn the_new_file_is_named_after_the_old_one() {
        assert_eq!(name("config/tools-log4j.properties"), "config/tools-log4j2.yaml");
        assert_eq!(name("pasted"), "log4j2.yaml");
    }

    #[test]
    fn a_converted_file_is_added_and_shown_and_losses_are_listed() {
        let page = Rc::new(State::new());
        let text = "log4j.rootLogger=INFO, out\n";
        let page = page.reduce(Action::Add(vec![Incoming::text("log4j.properties", text)]));
        let actions = converted("log4j.properties", "Configuration:\n".into(), &[(2, "it is lost".into())]);
        let page = actions.into_iter().fold(page, |page, action| page.reduce(action));
        assert_eq!(
            page.files.last().map(|file| (file.id, file.path.as_str())),
            Some((page.active, "log4j2.yaml"))
        );
        assert!(page.notices.iter().any(|notice| notice.starts_with("Line 2: ")), "{:?}", page.notices);
        assert_eq!(page.files.first().map(|file| &*file.text), Some(text), "the old file stays");
    }
}
