//! Versions that another file of the same project holds: `gradle.properties`, a version catalog, `buildSrc`, a parent.
//!
//! Files of one tool resolve variables from those beside or above them, the nearest first; Maven's from their parents, by
//! name. What is *not* here: reading. Invariant: where two files that are equally near differ, nothing is said.

use std::collections::BTreeMap;

use super::script::{last, resolve};
use super::{MAX_STEPS, MAX_VERSION_BYTES};
use crate::{Document, Given, Settled, Span, Tool};

/// Names and versions of libraries that other files of the project define, in the order of the files.
#[must_use]
pub fn settle(files: &[(&str, &Document)]) -> Vec<Settled> {
    if files.iter().all(|(_, document)| document.shared.asks.is_empty()) {
        return Vec::new();
    }
    let mut project = Project::of(files);
    let mut all = Vec::new();
    for (file, (_, document)) in files.iter().enumerate() {
        for asked in &document.shared.asks {
            let start = document.dependencies.partition_point(|one| one.span < asked.span);
            let same = document.dependencies.iter().enumerate().skip(start);
            let mut same = same.take_while(|(_, one)| one.span == asked.span);
            let Some((dependency, found)) = same.find(|(_, one)| one.artifact == asked.artifact) else {
                continue;
            };
            let own = |text: &str, otherwise: &str| {
                if text.is_empty() { otherwise.to_owned() } else { text.to_owned() }
            };
            let (name, version) = (own(&asked.name, &found.artifact), own(&asked.version, &found.version));
            // If a name cannot be resolved, the part that is known is kept.
            let artifact =
                project.resolve(file, &name, MAX_STEPS).map_or_else(|| found.artifact.clone(), |one| one.0);
            let Some((version, place)) = project.resolve(file, &version, MAX_STEPS) else { continue };
            if version.starts_with(|first: char| first.is_ascii_digit()) || version == found.version {
                let place = place.unwrap_or((file, found.span));
                all.push(Settled { file, dependency, artifact, version, place });
            }
        }
    }
    all
}

/// A value, and where it stands.
type Value = Option<(String, (usize, Span))>;

struct Project<'d> {
    files: Vec<(Scope, &'d Document)>,
    /// For each variable the files that define it, by index, with the last definition in the file.
    given: BTreeMap<&'d str, BTreeMap<usize, &'d Given>>,
    /// Maven's files by their names.
    named: BTreeMap<&'d str, Vec<usize>>,
    /// What was looked up before, by the file that asks.
    known: BTreeMap<(usize, String), Value>,
}

/// Folders of a file's path.
struct Scope {
    /// Where it stands.
    folder: String,
    /// The folder whose files, with those below it, may use its variables.
    covers: String,
}

impl Scope {
    fn of(path: &str) -> Self {
        let path = path.replace('\\', "/");
        let (folder, _) = path.trim_start_matches("./").rsplit_once('/').unwrap_or_default();
        let parts = folder.split('/').filter(|part| !part.is_empty());
        // What is made for the whole of a build stands in a folder of its own.
        let own = ["gradle", "buildSrc", "build-logic", "buildLogic", "project"];
        let covers: Vec<_> = parts.clone().take_while(|part| !own.contains(part)).collect();
        Self { folder: parts.collect::<Vec<_>>().join("/"), covers: covers.join("/") }
    }

    fn is_covered_by(&self, other: &Self) -> bool {
        let rest = self.folder.strip_prefix(&other.covers);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || other.covers.is_empty())
    }
}

impl<'d> Project<'d> {
    fn of(files: &[(&str, &'d Document)]) -> Self {
        let mut given: BTreeMap<&str, BTreeMap<usize, &Given>> = BTreeMap::new();
        let mut named: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (file, (_, document)) in files.iter().enumerate() {
            for one in &document.shared.gives {
                given.entry(&one.name).or_default().insert(file, one);
            }
            if document.shared.tool == Tool::Maven && !document.shared.name.is_empty() {
                named.entry(&document.shared.name).or_default().push(file);
            }
        }
        let files = files.iter().map(|(path, document)| (Scope::of(path), *document)).collect();
        Self { files, given, named, known: BTreeMap::new() }
    }

    /// A text with its variables resolved, and where the last one stands when it is the whole of the text.
    fn resolve(&mut self, file: usize, text: &str, steps: usize) -> Option<(String, Option<(usize, Span)>)> {
        let mut place = None;
        let mut count = 0;
        let whole = resolve(text, &mut |name| {
            let (value, at) = self.get(file, name, steps)?;
            (place, count) = (Some(at), count + 1);
            Some(value)
        })?;
        let alone = count == 1 && text.starts_with('$') && (text.ends_with('}') || !text.contains('{'));
        (whole.len() <= MAX_VERSION_BYTES).then_some((whole, place.filter(|_| alone)))
    }

    /// What a variable holds for a file.
    fn get(&mut self, file: usize, name: &str, steps: usize) -> Value {
        let key = (file, name.to_owned());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        // A cycle of variables ends here with no value.
        self.known.insert(key.clone(), None);
        let value = self.look_up(file, name, steps);
        self.known.insert(key, value.clone());
        value
    }

    fn look_up(&mut self, file: usize, name: &str, steps: usize) -> Value {
        let steps = steps.checked_sub(1)?;
        let (giver, given) = self.giver(file, name).or_else(|| {
            // Entries of a catalog are looked up by their full name only.
            let of_catalog = name.starts_with("libs.") || self.tool(file) == Some(Tool::Maven);
            if of_catalog { None } else { self.giver(file, last(name)) }
        })?;
        if !given.value.contains('$') {
            return Some((given.value.clone(), (giver, given.span)));
        }
        // Maven resolves properties where they are used.
        let context = if self.tool(file) == Some(Tool::Maven) { file } else { giver };
        let itself = given.value.trim_start_matches("${").trim_end_matches('}');
        let (value, place) = if context == file && (itself == name || itself == given.name) {
            let (value, place) = self.beyond(file, &given.name)?;
            (value, Some(place))
        } else {
            self.resolve(context, &given.value, steps)?
        };
        Some((value, place.unwrap_or((giver, given.span))))
    }

    /// A variable of the same name that another file has: `val v: String by project`.
    fn beyond(&self, file: usize, name: &str) -> Value {
        let (giver, given) = self.nearest(file, name, true)?;
        (!given.value.contains('$')).then(|| (given.value.clone(), (giver, given.span)))
    }

    fn tool(&self, file: usize) -> Option<Tool> {
        self.files.get(file).map(|(_, document)| document.shared.tool)
    }

    /// The file that defines a variable for another file: that file itself, or the nearest one that it may resolve
    /// from.
    fn giver(&self, file: usize, name: &str) -> Option<(usize, &'d Given)> {
        let own = self.given.get(name)?.get(&file);
        own.map(|own| (file, *own)).or_else(|| self.nearest(file, name, false))
    }

    fn nearest(&self, file: usize, name: &str, plain: bool) -> Option<(usize, &'d Given)> {
        let givers = self.given.get(name)?;
        let (scope, document) = self.files.get(file)?;
        if document.shared.tool == Tool::Maven {
            let mut parent = document.shared.parent.as_str();
            for _ in 0..MAX_STEPS {
                let parents = self.named.get(parent)?;
                let given = parents.iter().filter_map(|file| Some((*file, *givers.get(file)?)));
                if let Some(found) = agreed(given) {
                    return found;
                }
                parent = parents.first().and_then(|file| self.files.get(*file))?.1.shared.parent.as_str();
            }
            return None;
        }
        let covering = givers.iter().filter(|(giver, given)| {
            let other = self.files.get(**giver);
            **giver != file
                && !(plain && given.value.contains('$'))
                && other.is_some_and(|(other, of)| {
                    of.shared.tool == document.shared.tool && scope.is_covered_by(other)
                })
        });
        let nearness = |giver: usize| self.files.get(giver).map_or(0, |(scope, _)| scope.covers.len());
        let most = covering.clone().map(|(giver, _)| nearness(*giver)).max()?;
        let nearest = covering.filter(|(giver, _)| nearness(**giver) == most);
        agreed(nearest.map(|(giver, given)| (*giver, *given)))?
    }
}

/// The first definition if all agree; `Some(None)` if they differ, `None` if there are none.
fn agreed<'d>(mut all: impl Iterator<Item = (usize, &'d Given)>) -> Option<Option<(usize, &'d Given)>> {
    let first = all.next()?;
    Some(all.all(|(_, other)| other.value == first.1.value).then_some(first))
}
