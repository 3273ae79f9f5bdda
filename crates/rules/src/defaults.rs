//! Keys that are not set: defaults that change under them.
//!
//! One finding a key and component, whatever the number of files. It has no place in a text, and belongs to a
//! file only when that is the only one that relies on the default. A key that is new at the target has no
//! default that changed, unless a note says that its behaviour did.

use kafka_upgrade_catalog::{self as catalog, Component, Default, Definition, Release};
use kafka_upgrade_sorted::Sorted as _;

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::facts;
use crate::notes::{self, ChangeKind};
use crate::rule::{Computed, Rule};
use crate::upgrade::{CheckedFile, Upgrade};
use crate::words::{self, kebab};

/// Reports every default that changes under a key that is not set.
pub(crate) fn judge(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    if case.from.is_some_and(|from| from >= case.to) {
        return;
    }
    let mut components: Vec<Component> = case.files.iter().flat_map(parts).collect();
    // Notes about keys that may be newer than the source; few, and asked for each new key.
    let newer: Vec<_> = notes::notes().filter(|note| note.new_key).collect();
    components.order();
    components.dedup();
    for component in components {
        match case.from {
            Some(from) => {
                for change in catalog::changes(component, from, case.to) {
                    let Some(new) = change.after else { continue };
                    let first = || {
                        let has_note = newer.iter().any(|note| note.subject == change.key);
                        has_note.then(|| first(component, change.key)).flatten()
                    };
                    if let Some(old) = change.before.or_else(first)
                        && facts::differs(&old, &new)
                    {
                        judge_key(component, &old, &new, sink);
                    }
                }
            }
            None => {
                for key in facts::varying(component) {
                    if let Some(new) = catalog::definition(component, key, case.to)
                        && let Some((_, old)) = facts::default_since(component, key, case.to)
                    {
                        judge_key(component, &old, &new, sink);
                    }
                }
            }
        }
    }
}

/// The oldest release that can run with these files: one that knows every key that all of them set.
fn at_least(case: &Upgrade<'_>, component: Component) -> Release {
    let of_file = |read: &CheckedFile<'_>| {
        let own = read.document.settings.iter().filter(|one| read.component_of(one) == Some(component));
        own.filter_map(|setting| facts::came(component, &setting.key)).max()
    };
    let files = case.files.iter().filter(|read| parts(read).any(|part| part == component));
    files.map(|read| of_file(read).unwrap_or(catalog::oldest())).min().unwrap_or(catalog::oldest())
}

/// What the first release that has a key says of it.
fn first(component: Component, key: &str) -> Option<Definition> {
    catalog::history(component, key).next().map(|era| era.definition)
}

/// Whose keys a file may leave unset: its own component's, and those of the connectors inside MirrorMaker.
fn parts(read: &CheckedFile<'_>) -> impl Iterator<Item = Component> + use<> {
    let inner: &[Component] = match read.component {
        Some(Component::MM2) => &[Component::MM2_SOURCE, Component::MM2_CHECKPOINT],
        _ => &[],
    };
    read.component.into_iter().chain(inner.iter().copied())
}

fn judge_key(component: Component, old: &Definition, new: &Definition, sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let key = new.key;
    let note = notes::about(key)
        .filter(|note| note.kind == ChangeKind::Default && note.since <= case.to)
        .filter(|note| note.components.iter().any(|name| facts::names(component, name)))
        .max_by_key(|note| note.since);
    // What was not meant for users has no default that users relied on, unless a note says otherwise.
    if note.map_or(old.internal, |note| note.silent) {
        return;
    }
    let mut unset = case.files.iter().enumerate().filter(|(_, read)| {
        parts(read).any(|part| part == component)
            && read.setting(component, key).is_none()
            && note.is_none_or(|note| case.applies(note, read, component))
    });
    let Some((file, _)) = unset.next() else { return };
    let place = if unset.next().is_none() { Location::file(file) } else { Location::NOWHERE };
    let Some((since, _)) = facts::default_since(component, key, case.to) else { return };
    if case.from.is_none() && since <= at_least(case, component) {
        return;
    }
    let (old, new) = (shown(key, old), shown(key, new));
    match note {
        // A default can change again after the release for which its note was written.
        Some(note) => {
            sink.note(note, Some(component), Some(since), place, &[("old", &old), ("new", &new)]);
        }
        None => report(component, key, (&old, &new, since), place, sink),
    }
}

fn report(
    component: Component,
    key: &str,
    (old, new, since): (&str, &str, Release),
    place: Location,
    sink: &mut Diagnostics<'_, '_>,
) {
    let who = words::who(component);
    let draft = Diagnostic::info(Rule::computed(Computed::ChangedDefault, &kebab(key)), place)
        .subject(key.to_owned())
        .component(Some(component))
        .change(ChangeKind::Default)
        .since(Some(since))
        .message(format!("`{key}` is not set here; its default goes from {old} to {new}."))
        .why(format!(
            "{since} brought the new default. A {who} that does not set the key follows it with the upgrade."
        ))
        .action(format!("Nothing, if the new value suits; otherwise set `{key}` to what it has been."));
    sink.push(draft);
}

fn shown(key: &str, definition: &Definition) -> String {
    match definition.default {
        Default::Text("") => "an empty value".to_owned(),
        Default::Text("9223372036854775807") => "unlimited".to_owned(),
        Default::Text(text) if words::is_number(text) => text.to_owned(),
        Default::Text(text) => format!("`{}`", words::shown_value(key, text)),
        Default::Null | Default::Required => "no value".to_owned(),
    }
}
