//! Keys that are not set: defaults that change under them.
//!
//! One finding a key and component, whatever the number of files. It has no place in a text, and belongs to a
//! file only when that is the only one that relies on the default. A key that is new at the target has no
//! default that changed, unless a note says that its behaviour did.

use kafka_upgrade_catalog::{self as catalog, Component, Default, Definition, Release};
use kafka_upgrade_report::{Confidence, Severity};

use crate::case::Case;
use crate::draft::{At, Draft, Sink};
use crate::facts;
use crate::notes::{self, NoteKind};
use crate::words::{self, kebab};

/// Tells every default that changes under a key that is not set.
pub(crate) fn judge(sink: &mut Sink<'_, '_>) {
    let case = sink.case;
    if case.from.is_some_and(|from| from >= case.to) {
        return;
    }
    let mut components: Vec<Component> = case.files.iter().filter_map(|read| read.component).collect();
    components.sort_unstable();
    components.dedup();
    for component in components {
        match case.from {
            Some(from) => {
                for change in catalog::changes(component, from, case.to) {
                    if change.before.zip(change.after).is_some_and(|(old, new)| facts::differs(&old, &new)) {
                        judge_key(component, change.key, sink);
                    }
                }
            }
            None => facts::varying(component).iter().for_each(|key| judge_key(component, key, sink)),
        }
    }
}

fn judge_key(component: Component, key: &'static str, sink: &mut Sink<'_, '_>) {
    let case = sink.case;
    let Some((old, new, since)) = change(case, component, key) else { return };
    let note = notes::about(key)
        .filter(|note| note.kind == NoteKind::Default && (note.silent || case.crosses(note.since)))
        .filter(|note| note.components.iter().any(|name| facts::names(component, name)))
        .max_by_key(|note| note.since);
    let unset: Vec<usize> = case
        .files
        .iter()
        .enumerate()
        .filter(|(_, read)| read.component == Some(component) && read.setting(component, key).is_none())
        .filter(|(_, read)| note.is_none_or(|note| case.applies(note, read, component)))
        .map(|(file, _)| file)
        .collect();
    let place = match unset.as_slice() {
        [] => return,
        [file] => At::file(*file),
        _ => At::NOWHERE,
    };
    // What was not meant for users has no default that users relied on, unless a note says otherwise.
    if note.is_none() && old.internal {
        return;
    }
    let (old, new) = (shown(key, &old), shown(key, &new));
    match note {
        Some(note) => sink.note(note, component.name(), place, &[("old", &old), ("new", &new)], None),
        None => tell(component, key, (&old, &new, since), place, sink),
    }
}

/// The default before and after, and the release that brought the new one.
fn change(case: &Case<'_>, component: Component, key: &str) -> Option<(Definition, Definition, Release)> {
    let new = catalog::definition(component, key, case.to)?;
    let (since, before) = facts::default_since(component, key, case.to)?;
    let old = match case.from {
        Some(from) => catalog::definition(component, key, from)?,
        None => before,
    };
    facts::differs(&old, &new).then_some((old, new, since))
}

fn tell(
    component: Component,
    key: &str,
    (old, new, since): (&str, &str, Release),
    place: At,
    sink: &mut Sink<'_, '_>,
) {
    let who = words::who(component);
    let draft = Draft {
        rule: format!("changed-default-{}", kebab(key)).into(),
        severity: Severity::Info,
        confidence: Confidence::Certain,
        subject: key.to_owned(),
        component: Some(component.name()),
        since: Some(since),
        place,
        message: format!("`{key}` is not set here; its default goes from {old} to {new}."),
        why: format!(
            "{since} brought the new default. A {who} that does not set the key follows it with the upgrade."
        ),
        action: format!("Nothing, if the new value suits; otherwise set `{key}` to what it has been."),
        replacement: None,
        references: &[],
        fix: None,
    };
    sink.push(draft, NoteKind::Default);
}

fn shown(key: &str, definition: &Definition) -> String {
    match definition.default {
        Default::Text("") => "an empty value".to_owned(),
        Default::Text("9223372036854775807") => "unlimited".to_owned(),
        Default::Text(text) if text.parse::<f64>().is_ok() => text.to_owned(),
        Default::Text(text) => format!("`{}`", words::shown_value(key, text)),
        Default::Null | Default::Required => "no value".to_owned(),
    }
}
