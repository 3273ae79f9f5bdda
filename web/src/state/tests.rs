use kafka_upgrade_report::{Edit, Fix};
use yew::Reducible;

use super::*;

fn stated(texts: &[&str]) -> Action {
    let thing = |text: &&str| Thing { text: (*text).into(), label: (*text).into(), problem: None };
    Action::Stated(texts.iter().map(thing).collect())
}

fn page() -> Rc<State> {
    Rc::new(State::new())
}

fn with(text: &str) -> Rc<State> {
    page().reduce(Action::Add(vec![Incoming::text("server.properties", text)]))
}

fn fix(start: u32, end: u32, text: &str) -> Fix {
    Fix { title: "Change it".into(), edits: vec![Edit { start, end, text: text.into() }], safe: true }
}

#[test]
fn two_files_of_one_name_are_both_kept_and_the_same_text_twice_is_one() {
    let state = with("a=1").reduce(Action::Add(vec![Incoming::text("server.properties", "b=2")]));
    let paths: Vec<_> = state.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths, ["server.properties", "server.properties (2)"]);
    let state = state.reduce(Action::Add(vec![Incoming::text("server.properties", "a=1")]));
    assert_eq!((state.files.len(), state.active), (2, 1));
}

#[test]
fn what_is_typed_before_the_page_shows_the_first_letter_is_of_the_same_text() {
    let state = page().reduce(Action::Typed("a".into())).reduce(Action::Typed("a=1".into()));
    let texts: Vec<_> = state.files.iter().map(|file| (file.path.as_str(), &*file.text)).collect();
    assert_eq!(texts, [("pasted", "a=1")]);
    assert_eq!(state.history, [], "nothing to undo");
}

/// The page with an empty report of what is on it, so that fixes may be applied.
fn checked(state: &Rc<State>) -> Rc<State> {
    let report = Shared::from(crate::checker::check(state));
    state.clone().reduce(Action::Checked(state.revision, report, Rc::default()))
}

fn text(state: &State, at: usize) -> &str {
    state.files.get(at).map_or("", |file| &file.text)
}

#[test]
fn fixes_are_applied_together_and_every_byte_outside_of_them_stays() {
    let state = checked(&with("a=1\r\nb=2\r\nc=3"));
    let path = state.files[0].path.clone();
    let fixes = vec![(path.clone(), fix(10, 11, "d")), (path, fix(0, 5, ""))];
    let state = state.reduce(Action::Apply(fixes));
    assert_eq!(text(&state, 0), "b=2\r\nd=3");
}

#[test]
fn what_waits_for_a_stop_behind_the_migration_is_a_file_of_kraft_mode() {
    let text = "broker.id=1\nlog.dirs=/d\nlisteners=SSL://b:9092\ninter.broker.protocol.version=3.4\n\
                security.inter.broker.protocol=SSL\nzookeeper.connect=z:2182\nzookeeper.ssl.client.enable=true\n\
                authorizer.class.name=kafka.security.authorizer.AclAuthorizer\nsuper.users=User:a\n\
                delegation.token.master.key=k\n";
    let state = checked(&with(text));
    let stops = state.stops_with_fixes();
    let today = stops.iter().find(|stop| stop.number == 0).expect("fixes for today");
    assert!(today.changes[0].2.contains("zookeeper.ssl.client.enable"), "{}", today.changes[0].2);
    let late: Vec<_> = stops.iter().filter(|stop| stop.number > 0).collect();
    assert!(!late.is_empty());
    for stop in late {
        let (path, before, after) = &stop.changes[0];
        assert_eq!((path.as_str(), &**before), ("server.properties", text));
        assert!(after.contains("process.roles=broker") && !after.contains("zookeeper."), "{after}");
        assert!(after.contains("delegation.token.secret.key"), "{after}");
    }
}

#[test]
fn a_fix_of_a_text_that_changed_since_is_not_applied() {
    let state = checked(&with("a=1")).reduce(Action::Edit(1, "aa=1".into()));
    let fixed = state.clone().reduce(Action::Apply(vec![(state.files[0].path.clone(), fix(0, 1, "b"))]));
    assert_eq!(text(&fixed, 0), "aa=1");
}

#[test]
fn undo_works_in_all_files_after_more_fixes_and_after_typing() {
    let state = with("a=1\n").reduce(Action::Add(vec![Incoming::text("b", "a=2\n")]));
    let both: Vec<_> = state.files.iter().map(|file| (file.path.clone(), fix(0, 1, "new"))).collect();
    let state = checked(&checked(&state).reduce(Action::Apply(both)));
    assert_eq!((text(&state, 0), text(&state, 1)), ("new=1\n", "new=2\n"));
    assert_eq!(state.changes().len(), 2);
    let state = state.reduce(Action::Apply(vec![("b".into(), fix(4, 5, "3"))])).reduce(Action::Show(1));
    let typed = state.reduce(Action::Edit(1, "new=1\nmine\n".into()));
    assert_eq!(text(&typed, 1), "new=3\n");
    let undone = typed.reduce(Action::Undo).reduce(Action::Undo);
    assert_eq!((text(&undone, 0), text(&undone, 1)), ("a=1\nmine\n", "a=2\n"));
    assert!(undone.history.is_empty() && undone.reduce(Action::Undo).history.is_empty());
}

#[test]
fn text_typed_over_a_fix_is_kept_and_the_page_reports_that_it_did_not_undo() {
    let state = checked(&with("a=1\n"));
    let state = state.clone().reduce(Action::Apply(vec![(state.files[0].path.clone(), fix(0, 1, "new"))]));
    let state = state.reduce(Action::Edit(1, "newest=1\nnext=2\n".into()));
    let state = state.reduce(Action::Edit(1, "nXw=1\n".into())).reduce(Action::Undo);
    assert_eq!((text(&state, 0), state.history.len()), ("nXw=1\n", 1));
    assert!(state.toast.as_ref().is_some_and(|toast| toast.text.starts_with("Not undone")));
}

#[test]
fn a_closed_file_comes_back_where_it_was_and_so_does_everything_that_was_cleared() {
    let state = with("a=1").reduce(Action::Add(vec![Incoming::text("other", "b=2")]));
    let state = state.reduce(stated(&["java 11"]));
    let closed = state.clone().reduce(Action::Close(1)).reduce(Action::Show(2)).reduce(Action::Undo);
    assert_eq!(closed.files, state.files);
    let cleared = state.clone().reduce(Action::Clear);
    assert!(cleared.is_empty());
    let back = cleared.reduce(Action::Undo);
    assert_eq!((&back.files, &back.have), (&state.files, &state.have));
}

#[test]
fn after_a_fix_the_next_finding_is_selected_and_takes_the_focus() {
    let state =
        checked(&with("process.roles=broker\nnode.id=1\nlog.dirs=/d\ndelegation.token.master.key=x\n"));
    let Some((path, fix)) =
        state.findings().iter().find_map(|one| Some((one.path.clone()?, one.fix.clone()?)))
    else {
        unreachable!("nothing to fix in {:?}", state.findings())
    };
    let fixed = checked(&state.clone().reduce(Action::Apply(vec![(path.into(), fix)])));
    assert!(fixed.focus > state.focus);
    assert_eq!(fixed.selected.is_some(), !fixed.findings().is_empty());
}

#[test]
fn a_report_of_an_older_text_is_not_shown() {
    let state = with("a=1");
    let report = Shared::from(crate::checker::check(&state));
    let edited = state.clone().reduce(Action::Edit(1, "a=2".into()));
    assert!(
        edited
            .clone()
            .reduce(Action::Checked(state.revision, report.clone(), Rc::default()))
            .report
            .is_none()
    );
    assert!(state.clone().reduce(Action::Checked(state.revision, report, Rc::default())).report.is_some());
}

#[test]
fn closing_a_file_shows_its_neighbour_and_closing_the_last_shows_none() {
    let state = with("a=1").reduce(Action::Add(vec![Incoming::text("other", "b=2")]));
    let state = state.reduce(Action::Close(2));
    assert_eq!(state.active, 1);
    let state = state.reduce(Action::Close(1));
    assert_eq!((state.active, state.files.len()), (0, 0));
}

#[test]
fn stepping_goes_through_what_is_listed_and_stops_at_its_ends() {
    let state = checked(&with("zookeeper.connect=zk:2181\nbroker.id=1\nlog.dirs=/d\n"));
    let listed = state.listed();
    assert!(listed.len() > 1);
    let first_of = |group: Option<&crate::groups::Group>| group.and_then(|group| group.at.first()).copied();
    let first = state.clone().reduce(Action::Step(1));
    assert_eq!(first.selected, first_of(listed.first()));
    assert_eq!(first.reduce(Action::Step(-1)).selected, first_of(listed.first()));
    assert_eq!(state.reduce(Action::Step(-1)).selected, first_of(listed.last()));
}

#[test]
fn typing_the_same_text_changes_nothing() {
    let state = with("a=1");
    let same = state.clone().reduce(Action::Edit(1, "a=1".into()));
    assert_eq!((same.revision, text(&same, 0)), (state.revision, "a=1"));
}

#[test]
fn what_is_stated_twice_is_listed_once_and_can_be_removed() {
    let have = |state: &State| state.have.iter().map(|thing| thing.text.clone()).collect::<Vec<_>>();
    let state = page().reduce(stated(&["java 11", "librdkafka 1.9.2"]));
    let same = state.clone().reduce(stated(&["librdkafka 1.9.2"]));
    assert!(Rc::ptr_eq(&state, &same));
    assert_eq!(have(&state), ["java 11", "librdkafka 1.9.2"]);
    let state = state.reduce(Action::Unsay(0)).reduce(Action::Unsay(7));
    assert_eq!(have(&state), ["librdkafka 1.9.2"]);
}

#[test]
fn a_slow_check_is_shown_as_running_until_its_report_is_there() {
    let state = page().reduce(stated(&["kafka 3.4.0", "zookeeper", "librdkafka 1.9.2"]));
    let slow = state.clone().reduce(Action::Slow(state.revision));
    assert!(slow.slow && slow.is_checking());
    assert!(!checked(&slow).slow && !checked(&slow).is_checking());
    assert!(!checked(&state).reduce(Action::Slow(state.revision)).slow, "it is there already");
    assert!(!state.clone().reduce(Action::Slow(state.revision - 1)).slow, "it was superseded");
}

#[test]
fn the_filter_narrows_the_findings_and_never_the_first_screen() {
    let state = checked(&with("zookeeper.connect=zk:2181\nbroker.id=1\nlog.dirs=/d\n"));
    let all = state.listed().len();
    let state = state.reduce(Action::Filter(Severity::Error));
    assert!(state.panel == Panel::Findings && state.listed().len() < all);
    assert_eq!(state.clone().reduce(Action::Open(Panel::Overview)).listed().len(), all);
    assert_eq!(state.reduce(Action::Filter(Severity::Error)).listed().len(), all, "once more shows all");
}

#[test]
fn a_tick_goes_on_and_off_and_those_of_other_upgrade_paths_stay() {
    let state = page().reduce(Action::Ticked(["other path".into()].into()));
    let state = state.reduce(Action::Tick("a".into())).reduce(Action::Tick("b".into()));
    let state = state.reduce(Action::Tick("a".into()));
    assert!(!state.ticked.contains("a") && state.ticked.contains("b"));
    let state = state.reduce(Action::ClearTicks(vec!["a".into(), "b".into()]));
    assert_eq!(state.ticked.iter().map(AttrValue::as_str).collect::<Vec<_>>(), ["other path"]);
}

#[test]
fn a_check_that_failed_leaves_the_texts_and_no_half_answer_until_something_changes() {
    let state = checked(&with("a=1")).reduce(Action::Edit(1, "a=2".into()));
    let failed = state.reduce(Action::Failed("unreachable".into()));
    assert_eq!(
        (failed.stopped.clone(), text(&failed, 0)),
        (Some(Stopped::Failed("unreachable".into())), "a=2")
    );
    assert!(failed.report.is_none() && failed.groups.is_empty());
    assert!(failed.clone().reduce(Action::Again).stopped.is_none());
    assert!(failed.reduce(Action::Edit(1, "a=3".into())).stopped.is_none());
}

#[test]
fn a_check_that_was_cancelled_is_not_taken_for_an_answer() {
    let state = checked(&with("a=1\n")).reduce(Action::Edit(1, "b=1\n".into())).reduce(Action::Cancel);
    assert!(state.is_checking() && state.stopped == Some(Stopped::Cancelled));
    let fixed = state.clone().reduce(Action::Apply(vec![(state.files[0].path.clone(), fix(0, 1, "c"))]));
    assert_eq!(text(&fixed, 0), "b=1\n", "a fix of the text before was applied");
}

#[test]
fn what_the_fix_of_the_selected_finding_changes_is_shown_with_the_lines_around_it() {
    let text = "# one\n# two\nprocess.roles=broker\nnode.id=4\ncontroller.quorum.voters=1@c:9093\n\
                controller.listener.names=C\ndelegation.token.master.key=secret\nlog.dirs=/d\n# last\n";
    let state = checked(&with(text));
    assert_eq!(state.preview(), None, "nothing is selected");
    let at = state.findings().iter().position(|one| one.rule == "removed-delegation-token-master-key");
    let state = state.reduce(Action::Select(at));
    let shown = state.preview().unwrap();
    assert_eq!((&*shown.path, shown.above), ("server.properties", 5));
    assert_eq!(
        shown.before,
        "controller.listener.names=C\ndelegation.token.master.key=secret\nlog.dirs=/d\n"
    );
    assert!(shown.after.contains("\ndelegation.token.secret.key=secret\n"), "{}", shown.after);
    assert!(shown.after.ends_with("log.dirs=/d\n"), "{}", shown.after);
    // A text that has changed since has none.
    assert_eq!(state.reduce(Action::Edit(1, "a=1".into())).preview(), None);
}
