//! The fate of a key that no note speaks of, computed from what the releases say of themselves.
//!
//! Gone, deprecated, or unknown to every release and one slip away from a key that is known. A key that no
//! release knows is otherwise left alone: plugins own keys.

use kafka_upgrade_catalog::{Component, definition};
use kafka_upgrade_document::Setting;
use kafka_upgrade_report::{Confidence, Severity};

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::facts;
use crate::fix;
use crate::notes::{ChangeKind, Note, Remedy};
use crate::rule::{Computed, Rule, Thing};
use crate::upgrade::CheckedFile;
use crate::words::{self, kebab};

/// Reports what becomes of one key.
pub(crate) fn fate(
    file: usize,
    read: &CheckedFile<'_>,
    setting: &Setting,
    component: Component,
    sink: &mut Diagnostics<'_, '_>,
) {
    let case = sink.case;
    let key = setting.key.as_str();
    if let Some(known) = definition(component, key, case.to) {
        let was = |from| definition(component, key, from).is_some_and(|before| before.deprecated);
        if known.deprecated && case.from.is_none_or(|from| from < case.to && !was(from)) {
            deprecated(file, setting, component, sink);
        }
    } else if let Some(gone) = facts::gone(component, key, case.to) {
        if case.crosses(gone.since) && case.from.is_none_or(|from| definition(component, key, from).is_some())
        {
            removed(file, read, setting, component, gone, sink);
        }
    } else {
        misspelled(file, setting, component, sink);
    }
}

fn removed(
    file: usize,
    read: &CheckedFile<'_>,
    setting: &Setting,
    component: Component,
    gone: facts::Gone,
    sink: &mut Diagnostics<'_, '_>,
) {
    let (key, who, to) = (&setting.key, words::who(component), sink.case.to);
    let (message, why) = if facts::refuses_unknown(component) {
        let message = format!("{to} refuses `{key}`: a {who} cannot be given it.");
        (
            message,
            format!(
                "{} is the last release that knows this setting, and a {who} takes none that is not known.",
                gone.last
            ),
        )
    } else {
        let message = format!("`{key}` has no effect: the {who} of {to} does not read it.");
        (
            message,
            format!(
                "{} is the last release that knows this setting. The line is logged as unknown at start, and what it set is as if it were not there.",
                gone.last
            ),
        )
    };
    let draft = Diagnostic::error(
        Rule::computed(Computed::Removed(Thing::Setting), &kebab(key)),
        Location::span(file, setting.key_span),
    )
    .subject(key.clone())
    .component(Some(component))
    .since(Some(gone.since))
    .change(ChangeKind::Removed)
    .message(message)
    .why(why)
    .action("Find out what this setting did here, then remove the line.")
    .fix(fix::mend(read, setting, Remedy::Remove, false));
    sink.push(draft);
}

/// Reports a removed key whose replacement is also set, so that removing it loses nothing; returns whether the key is
/// one.
pub(crate) fn left_over(
    note: &Note,
    (file, read, setting): (usize, &CheckedFile<'_>, &Setting),
    sink: &mut Diagnostics<'_, '_>,
) -> bool {
    let component = read.component_of(setting).filter(|one| !facts::refuses_unknown(*one));
    let new = note.remedy.filter(|_| note.is_of_a_key_that_goes());
    let new = new.and_then(|remedy| fix::set_beside(read, setting, remedy));
    let Some((component, new)) = component.zip(new) else { return false };
    let knows = |release| new.iter().all(|key| definition(component, key, release).is_some());
    let first = facts::recorded().map(|(release, _)| *release).find(|release| knows(*release));
    let since = first.map_or_else(String::new, |first| format!(" {}.{} or newer", first.major, first.minor));
    let key = &setting.key;
    let names: Vec<_> = new.iter().map(|one| format!("`{one}`")).collect();
    let (names, verb) = (names.join(" and "), if names.len() > 1 { "are" } else { "is" });
    let place = Location::span(file, setting.key_span);
    let draft = Diagnostic::info(Rule::computed(Computed::LeftOver, &kebab(key)), place)
        .subject(key.clone())
        .component(Some(component))
        .message(format!(
            "`{key}` is left over: {} does not read it, and {names} {verb} set beside it.",
            sink.case.to
        ))
        .why("Releases that know the new name follow that one; the old line is logged as unknown at start.")
        .action(format!("Remove the line once everything that reads this file runs{since}."))
        .fix(fix::mend(read, setting, Remedy::Remove, false));
    sink.push(draft);
    true
}

fn deprecated(file: usize, setting: &Setting, component: Component, sink: &mut Diagnostics<'_, '_>) {
    let key = &setting.key;
    let to = sink.case.to;
    let since = facts::deprecated_since(component, key, to).unwrap_or(to);
    // A choice that Kafka offers for the time until a later release: nobody has to do anything yet.
    let came_so = facts::before(since).is_some_and(|before| definition(component, key, before).is_none());
    let severity = if came_so { Severity::Info } else { Severity::Warning };
    let draft = Diagnostic::new(
        severity,
        Rule::computed(Computed::Deprecated(Thing::Setting), &kebab(key)),
        Location::span(file, setting.key_span),
    )
    .subject(key.clone())
    .component(Some(component))
    .since(Some(since))
    .change(ChangeKind::Deprecated)
    .message(format!("`{key}` is deprecated from {since}; it still works in {to}."))
    .why("Kafka's own sources mark the setting as deprecated. A later release drops it.")
    .action(format!(
        "Look up in the documentation of {to} what takes its place, and change over before that release."
    ));
    sink.push(draft);
}

fn misspelled(file: usize, setting: &Setting, component: Component, sink: &mut Diagnostics<'_, '_>) {
    let to = sink.case.to;
    let Some(near) = facts::near(component, &setting.key, to) else { return };
    // Whoever sets both means both.
    if sink.case.files.get(file).is_some_and(|read| read.setting(component, near).is_some()) {
        return;
    }
    let key = &setting.key;
    let draft = Diagnostic::info(Rule::computed(Computed::UnknownSetting, &kebab(key)), Location::span(file, setting.key_span)).confidence(Confidence::Possible).subject(key.clone()).component(Some(component)).message(format!("No release of Kafka knows `{key}`; is `{near}` meant?")).why(format!(
            "A {} ignores settings that it does not know, apart from a line in its log. Plugins may read settings of their own.",
            words::who(component)
        )).action(format!("Correct the key if it is meant to be `{near}`.")).replacement(Some(near.to_owned()));
    sink.push(draft);
}
