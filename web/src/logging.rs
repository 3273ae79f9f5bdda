//! A Log4j 1 file made into one for Log4j 2: a file of its own, with what could not be carried over as notices.

use kafka_upgrade_log4j::{Form, convert};

use crate::state::{Action, Incoming, SourceFile};
use crate::words;

/// What happens when the reader asks for it.
pub(crate) fn converted(file: &SourceFile) -> Vec<Action> {
    let (text, remarks) = convert(&file.text, Form::Yaml);
    let name = name(&file.path);
    let mut actions = vec![Action::DismissNotices];
    if !remarks.is_empty() {
        let lines = words::count(remarks.len(), "line needs a look", "lines need a look");
        actions.push(Action::Notice(format!("{name} was made of {}; {lines}:", file.path)));
    }
    actions.extend(
        remarks.iter().map(|remark| Action::Notice(format!("Line {}: {}", remark.line, remark.message))),
    );
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
    fn a_converted_file_is_added_and_shown_and_what_is_lost_is_said() {
        let page = Rc::new(State::new(kafka_upgrade_catalog::newest()));
        let text = "log4j.rootLogger=INFO, out\nlog4j.appender.out=org.example.Telegraph\n";
        let page = page.reduce(Action::Add(vec![Incoming::text("log4j.properties", text)]));
        let actions = page.files.first().map(converted).unwrap_or_default();
        let page = actions.into_iter().fold(page, |page, action| page.reduce(action));
        assert_eq!(
            page.files.last().map(|file| (file.id, file.path.as_str())),
            Some((page.active, "log4j2.yaml"))
        );
        assert!(page.notices.iter().any(|notice| notice.starts_with("Line 2: ")), "{:?}", page.notices);
        assert_eq!(page.files.first().map(|file| &*file.text), Some(text), "the old file stays");
    }
}
