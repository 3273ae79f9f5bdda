//! `cargo xtask new-note` and `new-check`: the files that a rule is made of, begun.
//!
//! What is *not* here: any words of a rule. What they leave blank the build refuses by file and field, so that nothing
//! half-written is taken.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

/// What ids of each kind begin with; the same table is in `crates/rules/build/schema.rs`.
const KINDS: &[(&str, &str)] = &[
    ("removed", "removed-"),
    ("renamed", "renamed-"),
    ("default", "changed-default-"),
    ("refused", "refused-value-"),
    ("deprecated", "deprecated-"),
    ("requires", "requires-"),
    ("note", "note-"),
];

/// Begins the note of a setting: `crates/rules/notes/<since>/<id>.toml`.
pub fn note(root: &Path, since: &str, id: &str, subject: &str) -> Result<PathBuf> {
    let condition = format!("{{ setting = \"{subject}\", components = [\"broker\"] }}");
    write_note(root, since, id, subject, &condition)
}

/// Begins a check in code: its note, its file, and its lines in `checks/mod.rs`.
pub fn check(root: &Path, since: &str, id: &str, subject: &str) -> Result<PathBuf> {
    let (_, name) = of_kind(id)?;
    let module = name.replace('-', "_");
    let folder = root.join("crates/rules/src/checks");
    let file = folder.join(format!("{module}.rs"));
    ensure!(!file.exists(), "{} is there already", file.display());
    let list = folder.join("mod.rs");
    let text = fs::read_to_string(&list).with_context(|| list.display().to_string())?;
    let listed =
        listed(&text, &module).context("checks/mod.rs has no list of checks that can be added to")?;
    write_note(root, since, id, subject, "{ check = true, components = [\"broker\"] }")?;
    fs::write(&file, check_text(id))?;
    fs::write(&list, listed)?;
    Ok(file)
}

fn of_kind(id: &str) -> Result<(&'static str, &str)> {
    let plain = !id.is_empty()
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    ensure!(plain, "an id is of lower case letters, digits and hyphens: {id}");
    let found = KINDS.iter().find_map(|(kind, prefix)| Some((*kind, id.strip_prefix(prefix)?)));
    match found.filter(|(_, name)| !name.is_empty()) {
        Some(found) => Ok(found),
        None => {
            let prefixes: Vec<&str> = KINDS.iter().map(|(_, prefix)| *prefix).collect();
            bail!("{id} begins with none of {}", prefixes.join(", "))
        }
    }
}

fn write_note(root: &Path, since: &str, id: &str, subject: &str, condition: &str) -> Result<PathBuf> {
    let (kind, _) = of_kind(id)?;
    let known = root.join(format!("crates/catalog/data/releases/{since}.json"));
    ensure!(known.exists(), "{since} is no release that is recorded");
    let folder = root.join("crates/rules/notes").join(since);
    fs::create_dir_all(&folder)?;
    let file = folder.join(format!("{id}.toml"));
    ensure!(!file.exists(), "{} is there already", file.display());
    let text = format!(
        "since = \"{since}\"\n\
         kind = \"{kind}\"\n\
         subject = \"{subject}\"\n\
         match = {condition}\n\
         message = \"\"\n\
         why = \"\"\n\
         do = \"\"\n\
         references = []\n\
         \n\
         [[example]]\n\
         path = \" -> {since}\"\n\
         file = \"server.properties\"\n\
         text = \"\"\"\n\
         {subject}=\n\
         \"\"\"\n\
         findings = 1\n\
         \n\
         [[example]]\n\
         path = \"{since} -> {since}\"\n\
         file = \"server.properties\"\n\
         text = \"\"\"\n\
         {subject}=\n\
         \"\"\"\n\
         findings = 0\n"
    );
    fs::write(&file, text)?;
    Ok(file)
}

fn check_text(id: &str) -> String {
    format!(
        "use super::{{Check, crossed, report_at}};\n\
         use crate::diagnostic::Diagnostics;\n\
         use crate::upgrade::Upgrade;\n\
         \n\
         const ID: &str = \"{id}\";\n\
         \n\
         pub(super) const CHECK: Check = Check {{ applies, run, reports: &[ID] }};\n\
         \n\
         fn applies(case: &Upgrade<'_>) -> bool {{\n\
         \x20   crossed(case, ID).is_some()\n\
         }}\n\
         \n\
         fn run(sink: &mut Diagnostics<'_, '_>) {{\n\
         \x20   let case = sink.case;\n\
         \x20   for (file, read) in case.files.iter().enumerate() {{\n\
         \x20       for setting in &read.document.settings {{\n\
         \x20           report_at(sink, ID, file, setting, &[]);\n\
         \x20       }}\n\
         \x20   }}\n\
         }}\n"
    )
}

/// `checks/mod.rs` with one more module, in the order of the alphabet, and at the end of the list.
fn listed(text: &str, module: &str) -> Option<String> {
    let line = format!("mod {module};");
    let name = |one: &str| one.rsplit("mod ").next().map(|rest| rest.trim_end_matches(';').to_owned());
    let is_module = |one: &&str| one.contains("mod ") && one.ends_with(';') && !one.starts_with(' ');
    let after = text.lines().filter(is_module).find(|one| name(one).as_deref() > Some(module));
    let with_module = match after {
        Some(after) => text.replacen(after, &format!("{line}\n{after}"), 1),
        None => {
            let last = text.lines().rfind(is_module)?;
            text.replacen(last, &format!("{last}\n{line}"), 1)
        }
    };
    let (before, list) = with_module.split_once("CHECKS: &[Check] = &[\n")?;
    let (entries, rest) = list.split_once("];")?;
    Some(format!("{before}CHECKS: &[Check] = &[\n{entries}    {module}::CHECK,\n];{rest}"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_check_is_listed_in_its_place() {
        let before = "mod across;\npub(crate) mod roles;\n\nstatic CHECKS: &[Check] = &[\n    across::CHECK,\n];\n// end\n";
        let want = "mod across;\nmod bridge;\npub(crate) mod roles;\n\nstatic CHECKS: &[Check] = &[\n    across::CHECK,\n    bridge::CHECK,\n];\n// end\n";
        assert_eq!(listed(before, "bridge").as_deref(), Some(want));
        assert!(listed(before, "tokens").unwrap().contains("pub(crate) mod roles;\nmod tokens;\n"));
        assert_eq!(listed("mod across;\n", "bridge"), None);
    }

    #[test]
    fn a_check_begins_with_the_names_that_checks_use() {
        let words = |text: &str| -> BTreeSet<String> {
            let words = text.split(|one: char| !one.is_ascii_alphanumeric() && one != '_');
            words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
        };
        let mut used = BTreeSet::new();
        let mut folders = vec![crate::root().join("crates/rules/src/checks")];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => used.extend(words(&fs::read_to_string(path).unwrap())),
                }
            }
        }
        // The name of its own constant apart.
        let is_unknown = |word: &String| word != "ID" && !used.contains(word);
        let unknown: Vec<_> = words(&check_text("id")).into_iter().filter(is_unknown).collect();
        assert_eq!(unknown, [""; 0], "the template is older than the checks");
    }

    #[test]
    fn the_files_of_a_rule_are_begun_and_never_replaced() {
        let root = std::env::temp_dir().join(format!("kafka-upgrade-scaffold-{}", std::process::id()));
        let releases = root.join("crates/catalog/data/releases");
        let checks = root.join("crates/rules/src/checks");
        fs::create_dir_all(&releases).unwrap();
        fs::create_dir_all(&checks).unwrap();
        fs::write(releases.join("4.0.0.json"), "{}").unwrap();
        fs::write(checks.join("mod.rs"), "mod across;\nstatic CHECKS: &[Check] = &[\n];\n").unwrap();
        let file = note(&root, "4.0.0", "removed-some-key", "some.key").unwrap();
        let text = fs::read_to_string(&file).unwrap();
        assert!(text.starts_with("since = \"4.0.0\"\nkind = \"removed\"\nsubject = \"some.key\"\n"));
        assert!(note(&root, "4.0.0", "removed-some-key", "some.key").is_err());
        assert!(note(&root, "9.9.9", "removed-other-key", "other.key").is_err());
        assert!(note(&root, "4.0.0", "gone-some-key", "some.key").is_err());
        assert!(check(&root, "4.0.0", "note-two-keys", "some.key").is_ok());
        assert!(checks.join("two_keys.rs").exists());
        assert!(fs::read_to_string(checks.join("mod.rs")).unwrap().contains("    two_keys::CHECK,\n"));
        fs::remove_dir_all(&root).unwrap();
    }
}
