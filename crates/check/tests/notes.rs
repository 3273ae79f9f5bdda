//! Every example of every note, run as its author wrote it.

#![expect(clippy::unwrap_used, reason = "tests")]

use crate::common::notes as note_files;
use kafka_upgrade_document::UsageKind;
use kafka_upgrade_report::{Finding, Report};
use kafka_upgrade_rules::{ChangeKind, Remedy, note, notes};
use kafka_upgrade_validate as validate;
use note_files::schema::{self, Example};
use note_files::{note_files, run};

/// The findings of a rule, each as often as it has places.
fn of<'r>(report: &'r Report, id: &str) -> Vec<&'r Finding> {
    let all =
        report.findings.iter().flat_map(|finding| finding.spots().map(move |spot| (spot.rule, finding)));
    all.filter(|(rule, _)| *rule == id).map(|(_, finding)| finding).collect()
}

fn apply(text: &str, finding: &Finding) -> String {
    let mut fixed = text.to_owned();
    let path = finding.path.as_deref().unwrap();
    for edit in finding.fix_in(path).unwrap().edits.iter().rev() {
        fixed.replace_range(edit.start as usize..edit.end as usize, &edit.text);
    }
    fixed
}

#[test]
fn every_note_is_in_the_table_under_the_name_of_its_file() {
    let files = note_files();
    assert_eq!(files.len(), notes().len());
    for (folder, stem, file) in &files {
        let note = note(stem).unwrap_or_else(|| panic!("{stem}"));
        assert_eq!(note.since.to_string(), *folder, "{stem}");
        assert_eq!(note.subject, file.subject, "{stem}");
    }
    assert!(notes().is_sorted_by_key(|note| note.id));
}

#[test]
fn every_example_finds_what_it_says() {
    let mut wrong = Vec::new();
    for (_, id, note) in note_files() {
        for example in &note.example {
            let report = run(example, &example.text);
            let found = of(&report, &id);
            if found.len() as u32 != example.findings {
                let kind = &report.files.iter().find(|file| file.path == example.file).unwrap().kind;
                wrong.push(format!(
                    "{id}: {} of {} on {} ({kind}):\n{}",
                    found.len(),
                    example.findings,
                    example.path,
                    example.text
                ));
            }
            for finding in found {
                for text in [&finding.message, &finding.why, &finding.action] {
                    assert!(schema::holes(text).next().is_none(), "{id}: a hole stays open in: {text}");
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_fix_takes_its_finding_away_and_gives_the_text_that_the_note_says() {
    for (_, id, note) in note_files() {
        for example in note.example.iter().filter(|example| example.findings > 0) {
            let report = run(example, &example.text);
            for finding in of(&report, &id).into_iter().filter(|finding| finding.fix.is_some()) {
                let text = apply(&example.text, finding);
                let left = of(&run(example, &text), &id).len();
                // An import of another class of that name also removes the findings where the class is used.
                assert!(left < example.findings as usize, "{id}: the fix leaves it in\n{text}");
                if let Some(fixed) = &example.fixed {
                    assert_eq!(text, *fixed, "{id}");
                }
            }
        }
    }
}

#[test]
fn the_same_release_on_both_ends_gives_no_crossing_finding() {
    for (_, id, note) in note_files() {
        for example in &note.example {
            let to = example.path.split_once(" -> ").unwrap().1;
            let same = Example {
                path: format!("{to} -> {to}"),
                mode: example.mode,
                file: example.file.clone(),
                text: String::new(),
                also: example.also.clone(),
                have: None,
                findings: 0,
                fixed: None,
            };
            let report = run(&same, &example.text);
            for finding in &report.findings {
                assert_eq!(finding.since, None, "{id} on {to}: {finding:?}");
            }
        }
    }
}

#[test]
fn what_a_note_says_is_gone_is_gone_from_the_catalog_in_that_release() {
    for note in notes().filter(|note| matches!(note.kind, ChangeKind::Removed | ChangeKind::Renamed)) {
        for key in note.settings {
            let of_note: Vec<_> = kafka_upgrade_catalog::components_of(key)
                .filter(|component| note.components.contains(&component.name()))
                .collect();
            let known = |release| {
                of_note.iter().any(|one| kafka_upgrade_catalog::definition(*one, key, release).is_some())
            };
            let before = kafka_upgrade_catalog::releases().rfind(|release| *release < note.since).unwrap();
            assert!(!known(note.since), "{}: {} has {key}", note.id, note.since);
            assert!(of_note.is_empty() || known(before), "{}: {before} has no {key}", note.id);
        }
    }
}

#[test]
fn what_takes_the_place_of_a_key_exists_in_the_release_that_drops_it() {
    for note in notes() {
        let successors: &[&str] = match note.remedy {
            Some(Remedy::Rename(ref key)) => std::slice::from_ref(key),
            Some(Remedy::Split(keys)) => keys,
            _ => continue,
        };
        for key in successors {
            let mut components = kafka_upgrade_catalog::components_of(key).peekable();
            // Settings that a plugin reads by itself are in no catalog.
            if components.peek().is_some() {
                let exists = components.any(|component| {
                    note.components.contains(&component.name())
                        && kafka_upgrade_catalog::definition(component, key, note.since).is_some()
                });
                assert!(exists, "{}: {key}", note.id);
            }
        }
    }
}

#[test]
fn what_a_note_says_of_a_default_changes_in_that_release() {
    for note in notes().filter(|note| note.kind == ChangeKind::Default) {
        let before = kafka_upgrade_catalog::releases().rfind(|release| *release < note.since).unwrap();
        let changes = note.settings.iter().any(|key| {
            kafka_upgrade_catalog::components_of(key).any(|component| {
                let at = |release| kafka_upgrade_catalog::definition(component, key, release);
                let default = |release| at(release).map(|definition| definition.default);
                note.components.contains(&component.name()) && default(before) != default(note.since)
            })
        });
        assert!(changes, "{}: nothing changes from {before} to {}", note.id, note.since);
    }
}

#[test]
fn every_value_that_a_note_calls_refused_is_a_class_or_refused_by_the_release_too() {
    for note in notes().filter(|note| note.kind == ChangeKind::Refused && !note.values.is_empty()) {
        for value in
            note.values.iter().filter(|value| !value.contains(".apache.") && !value.starts_with("kafka."))
        {
            for key in note.settings {
                let refuses = |name: &&&str| {
                    let Some(component) = kafka_upgrade_catalog::Component::parse(name) else { return false };
                    let settings = [(*key, *value, 0)].into_iter().collect();
                    let refusals = validate::refusals(component, &settings, note.since);
                    refusals.iter().any(|refusal| refusal.key == *key && refusal.setting.is_some())
                };
                assert!(note.components.iter().any(|name| refuses(&name)), "{}: {key}={value}", note.id);
            }
        }
    }
}

/// Each class that is imported from Kafka by name, with an import of its whole package instead.
fn with_wildcards(text: &str) -> String {
    let line = |line: &str| {
        let import = line.strip_prefix("import org.apache.kafka.").and_then(|rest| rest.strip_suffix(';'));
        let class = import.and_then(|import| import.rsplit_once('.'));
        let class = class.filter(|(package, class)| {
            let is_package =
                package.rsplit('.').next().unwrap().starts_with(|one: char| one.is_ascii_lowercase());
            is_package && class.starts_with(|one: char| one.is_ascii_uppercase())
        });
        class.map_or_else(|| line.to_owned(), |(package, _)| format!("import org.apache.kafka.{package}.*;"))
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_class_that_its_package_brings_is_found_as_one_that_is_imported_by_name() {
    let (mut compared, mut wrong) = (0, Vec::new());
    for (_, id, file) in note_files() {
        for example in file.example.iter().filter(|one| one.file.ends_with(".java") && one.findings > 0) {
            let all = with_wildcards(&example.text);
            if all == example.text.trim_end() || all == example.text {
                continue;
            }
            let is_import = |line: u32| {
                example.text.lines().nth(line as usize - 1).is_some_and(|line| line.starts_with("import "))
            };
            let lines = |text: &str| {
                let report = run(example, text);
                let found = report.findings.iter().flat_map(Finding::spots).filter(|spot| spot.rule == id);
                let mut lines: Vec<u32> =
                    found.filter_map(|spot| spot.line).filter(|line| !is_import(*line)).collect();
                lines.sort_unstable();
                lines
            };
            let (by_name, by_package) = (lines(&example.text), lines(&all));
            compared += usize::from(!by_name.is_empty());
            if by_name != by_package {
                wrong.push(format!("{id}: {by_name:?} by name, {by_package:?} by package"));
            }
        }
    }
    assert!(compared > 20, "{compared} examples import a class by name");
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn every_class_that_a_note_looks_at_is_known_below_its_package() {
    let named = notes().flat_map(|note| note.usages.iter().map(move |(kind, name)| (note.id, *kind, *name)));
    let mut wrong = Vec::new();
    for (id, kind, name) in named {
        let class = name.split(['#', '$']).next().unwrap();
        let Some((package, simple)) = class.rsplit_once('.') else { continue };
        let is_class = matches!(kind, UsageKind::Class | UsageKind::Member) && simple != "*";
        if !is_class || !class.starts_with("org.apache.kafka.") {
            continue;
        }
        let text = format!(
            "import {package}.*;\n\nclass A {{\n    Object of({simple} one) {{ return one.next(); }}\n}}\n"
        );
        let document = kafka_upgrade_input::read("A.java", &text, None);
        if !document.usages.iter().any(|usage| usage.name.starts_with(class)) {
            wrong.push(format!("{id}: {class}"));
        }
    }
    wrong.sort();
    wrong.dedup();
    assert_eq!(wrong, [""; 0]);
}
