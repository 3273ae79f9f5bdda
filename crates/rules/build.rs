//! Reads `notes/<release>/<id>.toml`, refuses what is wrong with the file named, and writes one static table.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a build script stops at the first thing that is wrong"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use kafka_upgrade_catalog::{Component, Mode, Release};

#[path = "build/schema.rs"]
#[allow(dead_code, unreachable_pub, missing_docs, reason = "shared with the tests, which use other parts")]
mod schema;

#[path = "build/failures.rs"]
mod failures;

use schema::{Confidence, Fix, Kind, NoteFile, OneOrMany, Severity};

fn main() {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build/schema.rs");
    println!("cargo::rerun-if-changed=notes");
    let notes = read_all(&root.join("notes"));
    let out = PathBuf::from(env::var("OUT_DIR").unwrap()).join("notes.rs");
    fs::write(&out, table(&notes)).unwrap();
    fs::write(out.with_file_name("facts.rs"), varying() + &recorded()).unwrap();
    println!("cargo::rerun-if-changed=build/failures.rs");
    fs::write(out.with_file_name("failures.rs"), failures::table(&root.join("failures"))).unwrap();
}

/// Every note by its id; stops with the file named at the first that is wrong.
fn read_all(folder: &Path) -> BTreeMap<String, NoteFile> {
    let mut notes = BTreeMap::new();
    for release in entries(folder) {
        println!("cargo::rerun-if-changed={}", release.display());
        let name = release.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(
            name.parse::<Release>().is_ok_and(|parsed| parsed.to_string() == name),
            "{}: not a release such as 4.0.0",
            release.display()
        );
        for file in entries(&release) {
            println!("cargo::rerun-if-changed={}", file.display());
            let shown = file.display();
            // Files in capitals are about notes and none themselves.
            if file.file_stem().is_some_and(|stem| stem == "COVERAGE") {
                continue;
            }
            assert!(file.extension().is_some_and(|extension| extension == "toml"), "{shown}: not a .toml");
            let stem = file.file_stem().unwrap().to_str().unwrap().to_owned();
            let note: NoteFile = toml::from_str(&fs::read_to_string(&file).unwrap())
                .unwrap_or_else(|error| panic!("{shown}: {error}"));
            let mut faults = schema::faults(&note, &name, &stem);
            let release: Release = name.parse().unwrap();
            let exists = |release: Release| kafka_upgrade_catalog::releases().any(|known| known == release);
            if !exists(release) {
                faults.push(format!("`since`: there is no release {name}"));
            }
            if let Some(until) = &note.until
                && !until.parse().is_ok_and(|until| exists(until) && until > release)
            {
                faults.push(format!("`until`: {until} is no later release"));
            }
            for component in &note.matches.components {
                if component != "controller" && Component::parse(component).is_none() {
                    faults.push(format!("`match.components`: nothing is called {component}"));
                }
            }
            assert!(faults.is_empty(), "{shown}:\n  {}", faults.join("\n  "));
            assert!(notes.insert(stem, note).is_none(), "{shown}: the id is there twice");
        }
    }
    notes
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> = fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .filter(|path| !path.file_name().unwrap().to_string_lossy().starts_with('.'))
        .collect();
    entries.sort();
    entries
}

/// Rust source: the notes sorted by id, and for each key the notes that speak of it.
fn table(notes: &BTreeMap<String, NoteFile>) -> String {
    let mut source = String::from("pub(super) static NOTES: &[Note] = &[\n");
    let mut by_key: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (at, (id, note)) in notes.iter().enumerate() {
        write_note(&mut source, id, note);
        for key in note.matches.setting.iter().flat_map(OneOrMany::list) {
            by_key.entry((key.len(), key)).or_default().push(at);
        }
    }
    source.push_str("];\npub(super) static BY_KEY: &[(&str, &[u16])] = &[\n");
    for ((_, key), at) in by_key {
        writeln!(source, "({key:?}, &{at:?}),").unwrap();
    }
    source.push_str("];\n");
    by_name(&mut source, notes);
    examples(&mut source, notes);
    source
}

/// The notes' examples in a table of their own, which what never asks for it does not carry.
fn examples(source: &mut String, notes: &BTreeMap<String, NoteFile>) {
    source.push_str("pub(super) static EXAMPLES: &[(&str, &[super::Sample])] = &[\n");
    for (id, note) in notes {
        write!(source, "({id:?}, &[").unwrap();
        for example in &note.example {
            let schema::Example { path, file, text, have, findings, .. } = example;
            let have = have.as_deref().unwrap_or_default();
            write!(
                source,
                "super::Sample {{ path: {path:?}, file: {file:?}, text: {text:?}, have: {have:?}, findings: {findings} }}, "
            )
            .unwrap();
        }
        source.push_str("]),\n");
    }
    source.push_str("];\n");
}

/// For each thing that is used, by the part of its name before `#`, a blank or `*`, the notes that speak of it.
fn by_name(source: &mut String, notes: &BTreeMap<String, NoteFile>) {
    let mut by_name: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (at, note) in notes.values().enumerate() {
        let usages = note.matches.usages().into_iter().map(|(_, name)| name);
        for name in usages.chain(note.matches.dependencies().into_iter().map(|(_, name)| name)) {
            let beginning = name.split(['#', ' ', '*']).next().unwrap_or(name);
            by_name.entry(beginning).or_default().insert(at);
        }
    }
    source.push_str("pub(super) static BY_NAME: &[(&str, &[u16])] = &[\n");
    for (name, at) in by_name {
        let at = Vec::from_iter(at);
        writeln!(source, "({name:?}, &{at:?}),").unwrap();
    }
    source.push_str("];\n");
}

fn write_note(source: &mut String, id: &str, note: &NoteFile) {
    let write = |release: &str| {
        let Release { major, minor, patch } = release.parse().unwrap();
        format!("Release::new({major}, {minor}, {patch})")
    };
    let matches = &note.matches;
    let list = |values: Option<&OneOrMany>| values.map(OneOrMany::list).unwrap_or_default().to_vec();
    let when: Vec<_> = matches.when.iter().map(|(key, values)| (key, values.list())).collect();
    let references: Vec<_> = note.references.iter().map(|one| (&one.title, &one.url)).collect();
    let fix = match &note.fix {
        None => "None".to_owned(),
        Some(Fix::Rename(key)) => format!("Some(Remedy::Rename({key:?}))"),
        Some(Fix::Split(keys)) => format!("Some(Remedy::Split(&{keys:?}))"),
        Some(Fix::Value(value)) => format!("Some(Remedy::Value({value:?}))"),
        Some(Fix::Remove(_)) => "Some(Remedy::Remove)".to_owned(),
    };
    let mut field = |name: &str, value: String| writeln!(source, "{name}: {value},").unwrap();
    field("Note { id", format!("{id:?}"));
    field("since", write(&note.since));
    field(
        "until",
        note.until.as_deref().map_or("None".to_owned(), |until| format!("Some({})", write(until))),
    );
    field("kind", format!("ChangeKind::{:?}", note.kind));
    field("subject", format!("{:?}", note.subject));
    field("settings", format!("&{:?}", list(matches.setting.as_ref())));
    let usages =
        matches.usages().into_iter().map(|(kind, name)| format!("(super::UsageKind::{kind}, {name:?})"));
    field("usages", format!("&[{}]", usages.collect::<Vec<_>>().join(", ")));
    field("dependencies", format!("&{:?}", matches.dependencies()));
    field("presence", matches.presence.to_string());
    field("components", format!("&{:?}", matches.components));
    field("values", format!("&{:?}", list(matches.value.as_ref())));
    field("except", format!("&{:?}", list(matches.except.as_ref())));
    let when: Vec<_> = when.iter().map(|(key, values)| format!("({key:?}, &{values:?})")).collect();
    field("when", format!("&[{}]", when.join(", ")));
    field("unless", format!("&{:?}", matches.unless));
    field("unless_text", format!("&{:?}", matches.unless_text));
    field("unless_property", format!("{:?}", matches.unless_property));
    field("idle_in_tests", format!("{}", matches.idle_in_tests));
    field("looks_for", format!("{:?}", matches.looks_for));
    field("mode", matches.mode.map_or("None".to_owned(), |mode: Mode| format!("Some(Mode::{mode:?})")));
    field("state", matches.state.to_string());
    field("replacement", format!("{:?}", note.replacement));
    let severity = note.severity.unwrap_or(match note.kind {
        Kind::Removed | Kind::Renamed | Kind::Refused | Kind::Requires => Severity::Error,
        Kind::Deprecated => Severity::Warning,
        Kind::Default | Kind::Note => Severity::Info,
    });
    field("severity", format!("Severity::{severity:?}"));
    field("confidence", format!("Confidence::{:?}", note.confidence.unwrap_or(Confidence::Certain)));
    field("message", format!("{:?}", note.message));
    field("why", format!("{:?}", note.why));
    field("action", format!("{:?}", note.action));
    field("references", format!("&{references:?}"));
    field("remedy", fix);
    field("safe", note.safe.unwrap_or(true).to_string());
    field("new_key", note.new_key.to_string());
    field("silent", format!("{} }}", note.silent));
}

/// For each component the keys whose default is not the same in all releases.
fn varying() -> String {
    let mut source = String::from("static VARYING: &[(&str, &[&str])] = &[\n");
    for component in kafka_upgrade_catalog::components() {
        let varies = |key: &&str| {
            let eras = kafka_upgrade_catalog::history(component, key);
            let defaults: BTreeSet<_> = eras.map(|era| format!("{:?}", era.definition.default)).collect();
            defaults.len() > 1
        };
        let keys: Vec<_> = kafka_upgrade_catalog::keys().filter(varies).collect();
        writeln!(source, "({:?}, &{keys:?}),", component.name()).unwrap();
    }
    source.push_str("];\n");
    source
}

/// Each release with facts of its own, and the first release of which they speak.
fn recorded() -> String {
    use kafka_upgrade_catalog::{facts_of, releases};
    let mut source = String::from("static RECORDED: &[(Release, Release)] = &[\n");
    let write = |release: Release| {
        let Release { major, minor, patch } = release;
        format!("Release::new({major}, {minor}, {patch})")
    };
    for release in releases().filter(|release| facts_of(*release) == *release) {
        let first = releases().find(|other| facts_of(*other) == release).unwrap_or(release);
        writeln!(source, "({}, {}),", write(release), write(first)).unwrap();
    }
    source.push_str("];\n");
    source
}
