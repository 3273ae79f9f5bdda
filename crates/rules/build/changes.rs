//! What a release says differently from the one before it, and what explains it: a note, or a reason why none is
//! needed (`reasons.toml`).
//!
//! Reads the catalog's files themselves, so that a release can be compared as soon as its file is written. Shared by
//! `cargo xtask import-kafka` and by the test that wants everything explained. What is *not* here: what is new;
//! nothing breaks by that.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value};

/// Something that is no longer as it was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// Component, or `classes`, `apis`, `features`, `metadata_versions`.
    pub section: String,
    /// Key, class, member (`CLASS#member`), API or level.
    pub name: String,
    pub what: What,
    pub old: String,
    pub new: String,
}

/// In which respect.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// It is not there any more.
    Gone,
    /// Another default.
    Default,
    /// Another type, or a validator that may refuse what was taken.
    Values,
    /// It is deprecated from here on.
    Deprecated,
    /// It can no longer be changed while a broker runs, or only for all brokers alike.
    Dynamic,
    /// It is no longer meant for users.
    Internal,
    /// Anything else, of what is not a setting.
    Other,
}

/// Why changes need no note.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// The release that changed it, as the catalog's file is called; none: any.
    pub release: Option<String>,
    pub what: Vec<What>,
    /// `section/name`; `*` at either end of one of both is any.
    pub names: Vec<String>,
    pub why: String,
}

#[derive(Deserialize)]
struct Reasons {
    reason: Vec<Reason>,
}

/// Everything that explains changes.
pub struct Explanations {
    /// Notes by what they name: kind, release, components.
    notes: BTreeMap<String, Vec<Named>>,
    pub reasons: Vec<Reason>,
}

struct Named {
    kind: String,
    since: Vec<u32>,
    components: Vec<String>,
}

impl Explanations {
    /// From the folder of the crate `rules`.
    pub fn read(rules: &Path) -> Result<Self, String> {
        let text =
            |path: &Path| fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()));
        let reasons: Reasons = toml::from_str(&text(&rules.join("reasons.toml"))?)
            .map_err(|error| format!("reasons.toml: {error}"))?;
        let mut notes: BTreeMap<String, Vec<Named>> = BTreeMap::new();
        for path in files(&rules.join("notes"))? {
            let note: toml::Table =
                toml::from_str(&text(&path)?).map_err(|error| format!("{}: {error}", path.display()))?;
            let Some(matches) = note.get("match").and_then(toml::Value::as_table) else { continue };
            let word =
                |name: &str| note.get(name).and_then(toml::Value::as_str).unwrap_or_default().to_owned();
            let named = ["setting", "class", "member"].into_iter().flat_map(|field| list(matches.get(field)));
            let names: BTreeSet<_> = named.chain([word("subject")]).collect();
            for name in names {
                notes.entry(name).or_default().push(Named {
                    kind: word("kind"),
                    since: number(&word("since")),
                    components: list(matches.get("components")),
                });
            }
        }
        Ok(Self { notes, reasons: reasons.reason })
    }

    /// Whether a note speaks of it.
    pub fn noted(&self, change: &Change, release: &str) -> bool {
        let release = number(release);
        let of = |name: &str| self.notes.get(name).map(Vec::as_slice).unwrap_or_default();
        let class = change.name.split(['#', '$']).next().unwrap_or_default();
        let member = change.name.split('(').next().unwrap_or_default();
        let names: BTreeSet<_> = [change.name.as_str(), class, member].into_iter().collect();
        names.into_iter().flat_map(of).any(|note| {
            let same_minor = note.since.get(..2) == release.get(..2);
            let earlier = note.since <= release;
            let component = note.components.is_empty()
                || note.components.contains(&change.section)
                || (change.section == "broker" && note.components.iter().any(|one| one == "controller"));
            component
                && match (change.what, note.kind.as_str()) {
                    // A default can change again after the release for which its note was written.
                    (What::Default, "default" | "note" | "requires") => earlier || same_minor,
                    (What::Values, "refused" | "requires" | "note") => earlier || same_minor,
                    (What::Gone, "removed" | "renamed") | (What::Deprecated, "deprecated") => same_minor,
                    (What::Gone, "refused") => same_minor,
                    (What::Dynamic | What::Internal | What::Other, _) => same_minor,
                    _ => false,
                }
        })
    }

    /// Places of the reasons that fit.
    pub fn reasoned(&self, change: &Change, release: &str) -> Vec<usize> {
        let fits = |reason: &Reason| {
            reason.release.as_deref().is_none_or(|one| one == release)
                && reason.what.contains(&change.what)
                && reason.names.iter().any(|name| {
                    let (section, name) = name.split_once('/').unwrap_or(("*", name));
                    stands_for(section, &change.section) && stands_for(name, &change.name)
                })
        };
        (0..self.reasons.len()).filter(|at| self.reasons.get(*at).is_some_and(fits)).collect()
    }
}

/// Releases with a file of their own, oldest first.
pub fn recorded(releases: &Path) -> Result<Vec<String>, String> {
    let mut found: Vec<String> =
        files(releases)?.iter().filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
    found.sort_by_key(|release| number(release));
    Ok(found)
}

/// What the newer of two texts says differently, sorted.
pub fn changes(old: &str, new: &str) -> Result<Vec<Change>, String> {
    let read = |text: &str| serde_json::from_str::<Value>(text).map_err(|error| error.to_string());
    let (old, new) = (read(old)?, read(new)?);
    let mut changes = Vec::new();
    for (component, keys) in object(&old, "configs") {
        // A component of which the newer release published nothing is not gone.
        let Some(now) = new["configs"].get(component).and_then(Value::as_object) else { continue };
        for (key, before) in keys.as_object().into_iter().flatten() {
            let mut push = |what, old: String, new: String| {
                changes.push(Change { section: component.clone(), name: key.clone(), what, old, new });
            };
            match now.get(key) {
                None => push(What::Gone, before.to_string(), String::new()),
                Some(after) => of_key(before, after, push),
            }
        }
    }
    of_classes(&old, &new, &mut changes);
    for section in ["apis", "features", "metadata_versions"] {
        let named = |release: &Value| -> BTreeMap<String, String> {
            let entries = release[section].as_array().into_iter().flatten();
            let name = |one: &Value| {
                let level = if section == "features" { one["level"].to_string() } else { String::new() };
                format!("{} {level}", one["name"].as_str().unwrap_or_default()).trim_end().to_owned()
            };
            entries.map(|one| (name(one), one.to_string())).collect()
        };
        let (before, after) = (named(&old), named(&new));
        for (name, old) in before {
            let (section, new) = (section.to_owned(), after.get(&name).cloned().unwrap_or_default());
            let what = if new.is_empty() { What::Gone } else { What::Other };
            if old != new {
                changes.push(Change { section, name, what, old, new });
            }
        }
    }
    changes.sort();
    Ok(changes)
}

fn of_key(before: &Value, after: &Value, mut push: impl FnMut(What, String, String)) {
    let said = |value: &Value, field: &str| value.get(field).map(Value::to_string).unwrap_or_default();
    let mut differs = |field: &str, what: What, counts: bool| {
        let (old, new) = (said(before, field), said(after, field));
        if counts && old != new {
            push(what, old, new);
        }
    };
    // What depends on the machine that asked is no default of a release, and newer releases write nothing otherwise.
    let nothing = |value: &Value| matches!(value.get("default"), Some(Value::Null)) || value["default"] == "";
    let fixed = before.get("machine").is_none() && after.get("machine").is_none();
    differs("default", What::Default, fixed && !(nothing(before) && nothing(after)));
    differs("type", What::Values, true);
    differs("validator", What::Values, narrows(before.get("validator"), after.get("validator")));
    differs("deprecated", What::Deprecated, after.get("deprecated").is_some());
    differs("dynamic", What::Dynamic, before.get("dynamic").is_some());
    differs("internal", What::Internal, after.get("internal").is_some());
}

/// Whether a validator may refuse what the one before it took.
fn narrows(old: Option<&Value>, new: Option<&Value>) -> bool {
    let Some(new) = new.and_then(Value::as_object) else { return false };
    let empty = Map::new();
    let old = old.and_then(Value::as_object).unwrap_or(&empty);
    let limit = |of: &Map<String, Value>, at: usize| of.get("range").and_then(|range| range[at].as_f64());
    if new.contains_key("range") {
        let lower = limit(new, 0).is_some_and(|bound| limit(old, 0).is_none_or(|was| was < bound));
        let upper = limit(new, 1).is_some_and(|bound| limit(old, 1).is_none_or(|was| was > bound));
        return lower || upper;
    }
    for list in ["in", "list_in", "in_ignore_case"] {
        if let Some(now) = new.get(list).and_then(Value::as_array) {
            let before = old.get(list).or_else(|| old.get("in")).and_then(Value::as_array);
            let taken =
                now.is_empty() || before.is_some_and(|before| before.iter().all(|one| now.contains(one)));
            // `null` cannot be written into a file; an empty value can.
            let empties =
                new.get("empty") == Some(&Value::Bool(false)) && old.get("empty") != new.get("empty");
            return !taken || empties;
        }
    }
    !new.contains_key("non_null") && plain(&Value::Object(old.clone())) != plain(&Value::Object(new.clone()))
}

/// A validator without the words that it says, and without the packages of classes: both change by themselves.
fn plain(validator: &Value) -> Value {
    match validator {
        Value::Object(parts) => {
            let kept = parts.iter().filter(|(name, _)| !["says", "of"].contains(&name.as_str()));
            Value::Object(kept.map(|(name, part)| (name.clone(), plain(part))).collect())
        }
        Value::Array(parts) => parts.iter().map(plain).collect(),
        Value::String(text) => text.trim_end_matches('$').rsplit(['.', '$']).next().unwrap_or(text).into(),
        other => other.clone(),
    }
}

fn of_classes(old: &Value, new: &Value, changes: &mut Vec<Change>) {
    let artifacts: BTreeSet<_> =
        object(new, "classes").filter_map(|(_, class)| class["in"].as_str()).collect();
    for (name, before) in object(old, "classes") {
        let mut push = |name: String, what| {
            let (section, old, new) = ("classes".to_owned(), String::new(), String::new());
            changes.push(Change { section, name, what, old, new });
        };
        let Some(after) = new["classes"].get(name) else {
            if before["in"].as_str().is_some_and(|artifact| artifacts.contains(artifact)) {
                push(name.clone(), What::Gone);
            }
            continue;
        };
        if before.get("deprecated").is_none() && after.get("deprecated").is_some() {
            push(name.clone(), What::Deprecated);
        }
        let members = |class: &Value| -> BTreeMap<String, bool> {
            let members = class["members"].as_array().into_iter().flatten().filter_map(Value::as_str);
            members.map(|one| (short(one), one.ends_with(" deprecated"))).collect()
        };
        let now = members(after);
        for (member, was_deprecated) in members(before) {
            match now.get(&member) {
                None => push(format!("{name}#{member}"), What::Gone),
                Some(true) if !was_deprecated => push(format!("{name}#{member}"), What::Deprecated),
                Some(_) => {}
            }
        }
    }
}

/// `method a(b) c deprecated` as `a(b)`, `new (b)` as `new(b)`.
fn short(member: &str) -> String {
    let named = member.strip_prefix("method ").or_else(|| member.strip_prefix("field ")).unwrap_or(member);
    match named.split_once(')') {
        Some((name, _)) => format!("{})", name.replace("new (", "new(")),
        None => named.split(' ').next().unwrap_or(named).to_owned(),
    }
}

fn object<'v>(value: &'v Value, name: &str) -> impl Iterator<Item = (&'v String, &'v Value)> {
    value[name].as_object().into_iter().flatten()
}

/// Whether a name with `*` at either end stands for another.
fn stands_for(pattern: &str, name: &str) -> bool {
    match (pattern.strip_prefix('*'), pattern.strip_suffix('*')) {
        (Some(end), None) => name.ends_with(end),
        (None, Some(beginning)) => name.starts_with(beginning),
        (Some(_), Some(_)) => name.contains(pattern.trim_matches('*')),
        (None, None) => name == pattern,
    }
}

fn list(value: Option<&toml::Value>) -> Vec<String> {
    match value {
        Some(toml::Value::String(one)) => vec![one.clone()],
        Some(toml::Value::Array(many)) => {
            many.iter().filter_map(|one| Some(one.as_str()?.to_owned())).collect()
        }
        _ => Vec::new(),
    }
}

fn number(release: &str) -> Vec<u32> {
    release.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

/// Every file below a folder whose name is not in capitals: those are no notes.
fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))? {
        let path = entry.map_err(|error| error.to_string())?.path();
        let is_note =
            path.file_stem().is_some_and(|stem| !stem.to_string_lossy().starts_with(char::is_uppercase));
        if path.is_dir() {
            found.append(&mut files(&path)?);
        } else if is_note {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Every class, and every member as `CLASS#member(arguments)`, that a release has.
pub fn names(text: &str) -> Result<BTreeSet<String>, String> {
    let release: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let mut names = BTreeSet::new();
    for (class, entry) in object(&release, "classes") {
        let members = entry["members"].as_array().into_iter().flatten().filter_map(Value::as_str);
        names.extend(members.map(|member| format!("{class}#{}", short(member))));
        names.insert(class.clone());
    }
    Ok(names)
}
