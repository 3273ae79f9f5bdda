//! Everything that a release takes away, defaults otherwise, refuses or deprecates has its explanation.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::UsageKind;
use kafka_upgrade_rules::ChangeKind;

#[path = "../build/changes.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    clippy::pedantic,
    clippy::indexing_slicing,
    reason = "shared with xtask"
)]
mod changes;
use changes::{Change, Explanations};

/// Each recorded release with what changed from the one before it.
fn all() -> Vec<(String, Vec<Change>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/data/releases");
    let releases = changes::recorded(&folder).unwrap();
    let text = |release: &String| fs::read_to_string(folder.join(format!("{release}.json"))).unwrap();
    let pairs = releases.windows(2);
    pairs
        .map(|pair| {
            let [before, release] = pair else { unreachable!("windows of two") };
            (release.clone(), changes::changes(&text(before), &text(release)).unwrap())
        })
        .collect()
}

#[test]
fn every_change_of_every_release_has_a_note_or_a_reason_and_every_reason_is_needed() {
    let explanations = Explanations::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let mut unexplained = Vec::new();
    let mut needed = BTreeSet::new();
    for (release, changes) in all() {
        for change in changes.iter().filter(|change| !explanations.noted(change, &release)) {
            let reasons = explanations.reasoned(change, &release);
            if reasons.is_empty() {
                let Change { section, name, what, old, new } = change;
                unexplained.push(format!("{release} {section}/{name} {what:?}: {old} -> {new}"));
            }
            needed.extend(reasons);
        }
    }
    assert!(
        unexplained.is_empty(),
        "{} without note or reason:\n{}",
        unexplained.len(),
        unexplained.join("\n")
    );
    for (at, reason) in explanations.reasons.iter().enumerate() {
        assert!(needed.contains(&at), "nothing needs this reason: {reason:?}");
        assert!(reason.why.ends_with('.') && reason.why.len() > 20, "{reason:?}");
    }
}

#[test]
fn a_change_that_nobody_knew_of_is_not_explained() {
    let explanations = Explanations::read(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let old = r#"{"configs": {"broker": {"num.things": {"type": "int", "default": "1"}}}}"#;
    let new = r#"{"configs": {"broker": {"num.things": {"type": "int", "default": "2"}}}}"#;
    let found = changes::changes(old, new).unwrap();
    let [change] = found.as_slice() else { panic!("{found:?}") };
    assert!(!explanations.noted(change, "4.5.0"));
    assert_eq!(explanations.reasoned(change, "4.5.0"), Vec::<usize>::new());
}

#[test]
fn what_went_and_what_changed_is_named_by_its_section_and_name() {
    let old = r#"{"configs": {"broker": {"a": {"type": "int", "default": "1"}, "b": {"type": "int"}}},
        "classes": {"x.Y": {"in": "kafka", "members": ["method c()", "method d() void", "new (int)"]}}}"#;
    let new = r#"{"configs": {"broker": {"a": {"type": "int", "default": "2"}, "c": {"type": "int"}}},
        "classes": {"x.Y": {"in": "kafka", "members": ["method c()", "method d() void deprecated"]}}}"#;
    let found = changes::changes(old, new).unwrap();
    let named: Vec<_> =
        found.iter().map(|one| format!("{:?} {}/{}", one.what, one.section, one.name)).collect();
    let want =
        ["Default broker/a", "Gone broker/b", "Deprecated classes/x.Y#d()", "Gone classes/x.Y#new(int)"];
    assert_eq!(named, want);
}

#[test]
fn a_changed_validator_counts_only_if_it_may_refuse_values_accepted_before() {
    let of = |validator: &str| {
        format!(r#"{{"configs": {{"broker": {{"a": {{"type": "int", "validator": {validator}}}}}}}}}"#)
    };
    let narrower = |old: &str, new: &str| !changes::changes(&of(old), &of(new)).unwrap().is_empty();
    assert!(narrower(r#"{"range": [0, 9]}"#, r#"{"range": [1, 9]}"#));
    assert!(narrower(r#"{"range": [0, null]}"#, r#"{"range": [0, 9]}"#));
    assert!(!narrower(r#"{"range": [1, 9]}"#, r#"{"range": [0, null]}"#));
    assert!(narrower(r#"{"in": ["a", "b"]}"#, r#"{"in": ["a", "c"]}"#));
    assert!(!narrower(r#"{"in": ["a"]}"#, r#"{"in": ["a", "b"]}"#));
    assert!(!narrower(r#"{"custom": "old.Place$Check$"}"#, r#"{"custom": "new.place.Check"}"#));
    assert!(narrower(r#"{"custom": "a.Check"}"#, r#"{"custom": "a.OtherCheck"}"#));
}

/// Names that release notes use but no jar ever had, as the notes that list them say.
const NEVER_THERE: [&str; 3] = [
    "kafka.coordinator.group.OffsetsMessageFormatter",
    "kafka.coordinator.group.GroupMetadataMessageFormatter",
    "kafka.coordinator.transaction.TransactionLogMessageFormatter",
];

/// Members of classes that are internal: the catalog has the classes alone. `javap` of `kafka-clients` 3.9.1 and 4.1.2
/// showed that it is gone.
const OF_INTERNAL_CLASSES: [&str; 1] = ["org.apache.kafka.clients.ApiVersions#maxUsableProduceMagic"];

#[test]
fn a_class_or_member_that_a_note_calls_gone_was_there_before_and_is_not_from_then_on() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../catalog/data/releases");
    let releases = changes::recorded(&folder).unwrap();
    let names = releases.iter().map(|release| {
        let text = fs::read_to_string(folder.join(format!("{release}.json"))).unwrap();
        (release.parse::<Release>().unwrap(), changes::names(&text).unwrap())
    });
    let names: Vec<_> = names.collect();
    let mut wrong = Vec::new();
    for note in kafka_upgrade_rules::notes() {
        let gone = matches!(note.kind, ChangeKind::Removed | ChangeKind::Renamed);
        let is_code = |kind: &UsageKind| matches!(kind, UsageKind::Class | UsageKind::Member);
        let is_known = |name: &str| !name.ends_with('*') && !OF_INTERNAL_CLASSES.contains(&name);
        for (_, name) in note.usages.iter().filter(|(kind, name)| is_code(kind) && is_known(name)) {
            let has = |names: &BTreeSet<String>| {
                let overload = format!("{name}(");
                names.contains(*name)
                    || names.range(overload.clone()..).next().is_some_and(|one| one.starts_with(&overload))
            };
            let (before, after): (Vec<_>, Vec<_>) =
                names.iter().partition(|(release, _)| *release < note.since);
            let was = before.iter().any(|(_, names)| has(names)) || NEVER_THERE.contains(name);
            let is = after.iter().any(|(_, names)| has(names));
            // A class that inherits a method is listed as well, since code says by which class it calls it.
            let inherited = !gone && name.contains("AdminClient#");
            if !was || gone == is && !inherited {
                wrong.push(format!("{}: {name}: before {was}, from {} on {is}", note.id, note.since));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
