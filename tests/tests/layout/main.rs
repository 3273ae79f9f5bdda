//! The walls of the house: which crate may depend on which, and no two files that import each other in a circle.
//!
//! Crates: dependencies as `cargo metadata` lists them, those of tests too. Files: what `use` items name, followed
//! through re-exports to the file that defines it. What is *not* here: paths without a `use`, and tests. `texts` holds that
//! what the page shows is written in one room.

#![allow(clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::Value;

mod lexer;
mod texts;

/// Which crates of ours a crate may depend on. A crate that is not listed may not be there.
const CRATES: &[(&str, &[&str])] = &[
    ("catalog", &[]),
    ("sorted", &[]),
    ("document", &["catalog"]),
    ("syntax", &["document", "sorted"]),
    ("jvm", &["catalog", "document", "sorted"]),
    ("log4j", &["syntax", "document", "sorted"]),
    ("input", &["catalog", "document", "syntax", "jvm", "sorted"]),
    ("validate", &["catalog", "sorted"]),
    ("report", &["catalog", "sorted"]),
    ("compat", &["catalog", "report"]),
    ("rules", &["catalog", "compat", "document", "report", "validate", "sorted"]),
    ("advice", &["catalog", "compat", "document", "report", "rules", "sorted"]),
    ("check", &["advice", "catalog", "document", "input", "report", "rules", "sorted"]),
    ("cli", &["catalog", "check", "document", "input", "log4j", "protocol", "report", "rules", "syntax"]),
    ("wasm", &["catalog", "check", "document", "input", "log4j", "protocol", "report", "rules", "sorted"]),
    ("protocol", &["report"]),
    ("web", &["protocol", "report", "sorted"]),
    ("xtask", &[]),
];

/// Further crates that a crate's tests may use. Only these may come from a layer above it.
const IN_TESTS: &[(&str, &str)] =
    &[("catalog", "sorted"), ("document", "sorted"), ("check", "validate"), ("web", "wasm")];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

#[test]
fn crates_depend_on_those_below_them_alone() -> Result<()> {
    let mut command = Command::new(env!("CARGO"));
    command.args(["metadata", "--no-deps", "--offline", "--format-version", "1"]).current_dir(root());
    let metadata: Value = serde_json::from_slice(&command.output().context("cargo metadata")?.stdout)?;
    let packages = metadata["packages"].as_array().context("packages")?;
    let folder = |path: &Value| {
        let path = Path::new(path.as_str().unwrap_or_default());
        path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    };
    let mut seen = BTreeSet::new();
    for package in packages {
        let manifest = Path::new(package["manifest_path"].as_str().unwrap_or_default());
        let name = folder(&Value::from(manifest.parent().map(|path| path.to_string_lossy().into_owned())));
        if name == "tests" {
            continue;
        }
        let allowed = CRATES.iter().find(|(known, _)| *known == name);
        let (_, allowed) = allowed.ok_or_else(|| anyhow!("{name} has no row in the table of crates"))?;
        for dependency in package["dependencies"].as_array().context("dependencies")? {
            let ours = dependency["path"].is_string();
            let below = folder(&dependency["path"]);
            let in_tests = dependency["kind"] == "dev" && IN_TESTS.contains(&(&name, &below));
            ensure!(
                !ours || in_tests || allowed.contains(&below.as_str()),
                "{name} may not depend on {below}"
            );
        }
        seen.insert(name);
    }
    ensure!(seen.len() >= 15, "packages are missing: {seen:?}");
    Ok(())
}

#[test]
fn no_two_files_import_each_other_in_a_circle() -> Result<()> {
    let mut roots: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(root().join("crates"))? {
        roots.push(entry?.path());
    }
    roots.extend([root().join("web"), root().join("tests")]);
    for folder in roots {
        let files = files(&folder.join("src"))?;
        ensure!(!files.is_empty(), "{} has no files", folder.display());
        let circles = circles(&imports(&files));
        let circles: Vec<_> = circles
            .iter()
            .map(|circle| circle.iter().map(|module| module.join("::")).collect::<Vec<_>>())
            .collect();
        ensure!(circles.is_empty(), "{}: files import each other in circles: {circles:?}", folder.display());
    }
    Ok(())
}

#[test]
fn no_reader_of_a_format_calls_that_of_another() -> Result<()> {
    let files = files(&root().join("crates/input/src"))?;
    let name = |module: &Module| module.first().cloned().unwrap_or_default();
    let has_format =
        |text: &str| text.contains("const FORMAT: Format =") || text.contains(": Format = Format");
    let readers: BTreeSet<String> =
        files.iter().filter(|(_, text)| has_format(text)).map(|(module, _)| name(module)).collect();
    ensure!(readers.len() >= 12, "readers are missing: {readers:?}");
    for (module, text) in files.iter().filter(|(module, _)| readers.contains(&name(module))) {
        let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
        let inline = readers.iter().filter(|reader| code.contains(&format!("crate::{reader}::"))).cloned();
        let imported = uses(text).into_iter().filter_map(|one| {
            one.path.strip_prefix("crate::").and_then(|path| path.split("::").next()).map(str::to_owned)
        });
        let other = inline.chain(imported).find(|other| readers.contains(other) && *other != name(module));
        ensure!(
            other.is_none(),
            "{} calls the reader {other:?}; it may leave an `Embedded`",
            module.join("::")
        );
    }
    Ok(())
}

#[test]
fn every_file_of_tests_is_part_of_its_program() -> Result<()> {
    let mut programs = 0;
    let mut packages = vec![root().join("tests")];
    for entry in std::fs::read_dir(root().join("crates"))? {
        packages.push(entry?.path());
    }
    for folder in packages {
        let manifest = std::fs::read_to_string(folder.join("Cargo.toml"))?;
        if !manifest.contains("autotests = false") {
            continue;
        }
        programs += 1;
        let tests = folder.join("tests");
        let program = std::fs::read_to_string(tests.join("main.rs"))?;
        for entry in std::fs::read_dir(&tests)? {
            let path = entry?.path();
            let is_program = path.is_dir() && path.join("main.rs").exists();
            let is_file = path.extension().is_some_and(|extension| extension == "rs");
            let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let is_part = name == "main" || program.lines().any(|line| line == format!("mod {name};"));
            let is_named = manifest.contains(&format!("[[test]]\nname = \"{name}\"\n"));
            ensure!(is_part || is_named || !(is_program || is_file), "{} is in no program", path.display());
        }
    }
    ensure!(programs >= 8, "programs of tests are missing");
    Ok(())
}

/// Files that may be longer: uniform data.
const LONG: &[&str] = &["crates/cli/tests/secrets/samples.rs"];

#[test]
fn no_file_is_too_long_to_be_one_idea() -> Result<()> {
    let mut folders = vec![root().join("crates"), root().join("web"), root().join("tests")];
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                count += 1;
                let name = path.strip_prefix(root())?.to_string_lossy().replace('\\', "/");
                let most = if name.starts_with("crates/rules/src/checks/") { 150 } else { 500 };
                let lines = std::fs::read_to_string(&path)?.lines().count();
                let is_excused = LONG.contains(&name.as_str());
                ensure!(
                    lines <= most || is_excused,
                    "{name} has {lines} lines, {most} are enough for one idea"
                );
                ensure!(lines > most || !is_excused, "{name} is no longer too long");
            }
        }
    }
    ensure!(count > 500, "{count} files were found");
    Ok(())
}

#[test]
fn circles_are_found_through_nested_uses_and_reexports() {
    let file = |module: &str, text: &str| {
        let module = module.split("::").filter(|part| !part.is_empty()).map(str::to_owned).collect();
        (module, text.to_owned())
    };
    let files = BTreeMap::from([
        file("", "mod a;\nmod b;\npub use b::{\n    B,\n    inner::{D},\n}; // use a::A;"),
        file("a", "use crate::{B, other};\nconst TEXT: &str = \"use crate::b;\";"),
        file("b", "mod inner;\nuse super::a::A;"),
        file("b::inner", "#[cfg(test)]\nmod tests { use crate::a::A; }"),
    ]);
    let found = circles(&imports(&files));
    assert_eq!(found, [vec![vec!["a".to_owned()], vec!["b".to_owned()]]]);
}

type Module = Vec<String>;

/// The text of every file that is no test, by its module.
fn files(source: &Path) -> Result<BTreeMap<Module, String>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![source.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            if path.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            let place = path.strip_prefix(source)?.with_extension("");
            let mut module: Module = place.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            if module.iter().any(|part| part == "tests") {
                continue;
            }
            if module.last().is_some_and(|last| ["lib", "main", "mod"].contains(&last.as_str())) {
                module.pop();
            }
            files.entry(module).or_insert_with(String::new).push_str(&std::fs::read_to_string(&path)?);
        }
    }
    Ok(files)
}

/// A name that a `use` item imports, as its whole path; a glob as the path before it.
struct Use {
    path: String,
    is_public: bool,
}

/// The `use` items of a file, each on lines of its own.
fn uses(text: &str) -> Vec<Use> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default().trim());
    let mut uses = Vec::new();
    let mut open: Option<(bool, String)> = None;
    for line in lines {
        match &mut open {
            Some((_, item)) => item.push_str(line),
            None => {
                open = line.split_once("use ").and_then(|(before, rest)| {
                    let before = before.trim();
                    (before.is_empty() || before.starts_with("pub") && !before.contains(' '))
                        .then(|| (!before.is_empty(), rest.to_owned()))
                });
            }
        }
        if let Some((is_public, item)) = open.take_if(|(_, item)| item.contains(';')) {
            let mut paths = Vec::new();
            expand("", item.trim_end_matches(';'), &mut paths);
            uses.extend(paths.into_iter().map(|path| Use { path, is_public }));
        }
    }
    uses
}

/// `a::{b, c::{d}}` as `a::b` and `a::c::d`.
fn expand(prefix: &str, item: &str, into: &mut Vec<String>) {
    let item = item.trim();
    let Some((before, inner)) = item.split_once('{') else {
        let name = item.split(" as ").next().unwrap_or_default().trim();
        let name = name.strip_suffix("::*").unwrap_or(name);
        into.push(format!("{prefix}{name}").trim_end_matches("::self").to_owned());
        return;
    };
    let prefix = format!("{prefix}{}", before.trim());
    let inner = inner.trim_end().strip_suffix('}').unwrap_or(inner);
    let (mut depth, mut start) = (0, 0);
    for (at, letter) in inner.char_indices().chain([(inner.len(), ',')]) {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                let part = inner.get(start..at).unwrap_or_default().trim();
                if !part.is_empty() {
                    expand(&prefix, part, into);
                }
                start = at + 1;
            }
            _ => {}
        }
    }
}

/// The imports of each file from the others. Names that it re-exports from files below it do not count.
fn imports(files: &BTreeMap<Module, String>) -> BTreeMap<Module, BTreeSet<Module>> {
    let uses: BTreeMap<&Module, Vec<Use>> = files.iter().map(|(file, text)| (file, uses(text))).collect();
    let one = |file: &Module| {
        let targets = uses[file].iter().filter_map(|one| {
            let target = defined_in(file, &one.path, &uses, 0)?;
            let hands_on = one.is_public && target.starts_with(file);
            (target != *file && !hands_on).then_some(target)
        });
        (file.clone(), targets.collect())
    };
    files.keys().map(one).collect()
}

/// The file that defines what `path` names in `file`; `None` for what comes from elsewhere.
fn defined_in(file: &Module, path: &str, uses: &BTreeMap<&Module, Vec<Use>>, steps: usize) -> Option<Module> {
    let mut parts: Vec<&str> = path.split("::").collect();
    let mut module: Module = match *parts.first()? {
        "crate" => Vec::new(),
        "self" | "super" => file.clone(),
        child => {
            let inside = [file.as_slice(), &[child.to_owned()]].concat();
            uses.contains_key(&inside).then(|| file.clone())?
        }
    };
    while let Some(first) = parts.first().filter(|part| ["crate", "self", "super"].contains(part)) {
        if *first == "super" {
            module.pop();
        }
        parts.remove(0);
    }
    while let Some(next) = parts.first() {
        let inside = [module.as_slice(), &[(*next).to_owned()]].concat();
        if !uses.contains_key(&inside) {
            break;
        }
        module = inside;
        parts.remove(0);
    }
    let reexport = parts.first().and_then(|name| {
        let named = |one: &&Use| one.path.rsplit("::").next() == Some(name);
        uses.get(&module)?.iter().find(named)
    });
    match reexport {
        Some(one) if steps < 8 => defined_in(&module, &one.path, uses, steps + 1),
        _ => Some(module),
    }
}

/// Groups of files that reach each other, each sorted.
fn circles(imports: &BTreeMap<Module, BTreeSet<Module>>) -> Vec<Vec<Module>> {
    let reached = |from: &Module| {
        let mut reached: BTreeSet<&Module> = BTreeSet::new();
        let mut open: Vec<&Module> = imports[from].iter().collect();
        while let Some(next) = open.pop() {
            if reached.insert(next) {
                open.extend(imports.get(next).into_iter().flatten());
            }
        }
        reached
    };
    let all: BTreeMap<&Module, BTreeSet<&Module>> =
        imports.keys().map(|module| (module, reached(module))).collect();
    let mut circles = BTreeSet::new();
    for (module, own) in &all {
        let circle: Vec<Module> = own
            .iter()
            .filter(|other| all.get(**other).is_some_and(|theirs| theirs.contains(module)))
            .map(|other| (*other).clone())
            .collect();
        if circle.len() > 1 {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

#[test]
fn no_two_decisions_share_a_number() -> Result<()> {
    let mut numbers: BTreeMap<String, String> = BTreeMap::new();
    for entry in std::fs::read_dir(root().join("docs/decisions"))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if let Some((number, _)) = name.split_once('-') {
            let other = numbers.insert(number.to_owned(), name.clone());
            assert_eq!(other, None, "{name} has the number of another");
        }
    }
    let last = numbers.len();
    ensure!(last > 30, "{last} decisions were found");
    assert_eq!(numbers.keys().next_back().map(String::as_str), Some(format!("{last:03}").as_str()));
    Ok(())
}
