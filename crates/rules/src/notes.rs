//! The hand-written notes: what facts cannot say about them.
//!
//! `build.rs` turns `notes/<release>/<id>.toml` into one static table, sorted by id; nothing is parsed when
//! the program runs. What is *not* here: when a note applies to a file, see `life`, `defaults` and `usages`.

use kafka_upgrade_catalog::{self as catalog, Default, Release};
use kafka_upgrade_document::UsageKind;
use kafka_upgrade_report::{Confidence, Mode, Severity};
use kafka_upgrade_sorted::Sorted as _;

/// What somebody wrote about one change.
#[derive(Debug)]
pub struct Note {
    /// The rule's id: stem of the note's file, kebab case.
    pub id: &'static str,
    /// First release in which it holds.
    pub since: Release,
    /// First release in which it no longer holds, such as the patch that mended it.
    pub until: Option<Release>,
    /// What sort of change it is.
    pub kind: ChangeKind,
    /// The key, class, option or library that it is about.
    pub subject: &'static str,
    /// The keys that it looks at; none when the condition is another.
    pub settings: &'static [&'static str],
    /// The classes, members, options, properties, metrics and paths that it looks at.
    pub usages: &'static [(UsageKind, &'static str)],
    /// The libraries and images that it looks at: who gives out the name, and the name.
    pub dependencies: &'static [(&'static str, &'static str)],
    /// True: it is reported once a report when something of its components is there at all.
    pub presence: bool,
    /// Components that it applies to; `broker` and `controller` distinguish the roles of a broker file.
    pub components: &'static [&'static str],
    /// Only these values; none: any.
    pub values: &'static [&'static str],
    /// Not these values.
    pub except: &'static [&'static str],
    /// Other keys that must have one of these values (`*`: any).
    pub when: &'static [(&'static str, &'static [&'static str])],
    /// Keys that must not be set.
    pub unless: &'static [&'static str],
    /// Texts that the file must not hold anywhere.
    pub unless_text: &'static [&'static str],
    /// A Java system property that no file may set.
    pub unless_property: Option<&'static str>,
    /// In a program's own tests nothing comes of it.
    pub idle_in_tests: bool,
    /// A word by which code, or the file of a server, shows that it counts on what changes; without it the finding is an info.
    pub looks_for: Option<&'static str>,
    /// Only in this mode.
    pub mode: Option<Mode>,
    /// True: it holds at the target whatever the source is.
    pub state: bool,
    /// What takes its place.
    pub replacement: Option<&'static str>,
    /// How bad.
    pub severity: Severity,
    /// How sure.
    pub confidence: Confidence,
    /// What happens to whom; may hold `{value}`, `{old}`, `{new}`, `{from}`, `{to}`.
    pub message: &'static str,
    /// Why; the same holes.
    pub why: &'static str,
    /// What to do; the same holes.
    pub action: &'static str,
    /// Titles and addresses.
    pub references: &'static [(&'static str, &'static str)],
    /// What an edit can do about it.
    pub remedy: Option<Remedy>,
    /// Whether that edit can be applied without a second look.
    pub safe: bool,
    /// True, of a default: releases without the key behaved as its first default says.
    pub new_key: bool,
    /// True: the computed finding about the subject is not reported, and [`Note::why`] says why.
    pub silent: bool,
}

impl Note {
    /// Whether it is about something that is gone at the target, under a new name or none.
    pub(crate) const fn is_of_a_key_that_goes(&self) -> bool {
        matches!(self.kind, ChangeKind::Removed | ChangeKind::Renamed)
    }

    /// Whether an upgrade from one release to another passes what it speaks of.
    #[must_use]
    pub fn is_crossed(&self, from: Release, to: Release) -> bool {
        !self.state && from < self.since && self.since <= to && self.until.is_none_or(|until| to < until)
    }

    /// One of its texts before it is about anything in particular: what each hole stands for, in words.
    #[must_use]
    pub fn plain(&self, text: &str) -> String {
        let to = self.since.to_string();
        let clients = catalog::java_of_clients(self.since).to_string();
        let servers = catalog::java_of_servers(self.since).to_string();
        let (old, new) = self.defaults();
        let holes = [
            ("value", "that value"),
            ("old", old.as_str()),
            ("new", new.as_str()),
            ("key", self.subject),
            ("name", self.subject),
            ("from", "the release that runs"),
            ("to", to.as_str()),
            ("java", "of that age"),
            ("clients", clients.as_str()),
            ("servers", servers.as_str()),
        ];
        let mut plain = text.to_owned();
        for (hole, words) in holes {
            plain = plain.replace(&format!("{{{hole}}}"), words);
        }
        // A placeholder that only the check can fill is shown as its name.
        plain.replace(['{', '}'], "")
    }

    /// The default before the release of the note and in it, as a sentence takes them.
    fn defaults(&self) -> (String, String) {
        let is_of =
            |of: &catalog::Component| self.components.is_empty() || self.components.contains(&of.name());
        let component = catalog::components_of(self.subject).find(is_of);
        let mut eras: Vec<_> =
            component.into_iter().flat_map(|component| catalog::history(component, self.subject)).collect();
        // Facts are those of one patch of each minor release, which may be a later one than the note names.
        let minor = |release: Release| (release.major, release.minor);
        eras.retain(|era| minor(era.first) <= minor(self.since));
        let shown =
            |era: Option<&catalog::KeyEra>, otherwise: &str| match era.map(|era| era.definition.default) {
                Some(Default::Text("")) => "an empty value".to_owned(),
                Some(Default::Text(text)) if crate::words::is_number(text) => text.to_owned(),
                Some(Default::Text(text)) => format!("`{text}`"),
                Some(Default::Null | Default::Required) => "no value".to_owned(),
                None => otherwise.to_owned(),
            };
        let new = eras.last();
        let is_other =
            |era: &&catalog::KeyEra| new.is_some_and(|new| new.definition.default != era.definition.default);
        (shown(eras.iter().rev().find(is_other), "another value"), shown(new, "another value"))
    }

    /// Whether its condition is code in `checks`.
    pub const fn is_reported_by_code(&self) -> bool {
        self.settings.is_empty() && self.usages.is_empty() && self.dependencies.is_empty() && !self.presence
    }
}

/// An example of a note: a file on an upgrade path, and how often the note finds something in it.
#[derive(Debug)]
pub struct Sample {
    /// `3.9.0 -> 4.0.0`.
    pub path: &'static str,
    /// Name of the file.
    pub file: &'static str,
    /// Its text.
    pub text: &'static str,
    /// What runs beside it, in words; often empty.
    pub have: &'static str,
    /// How many findings.
    pub findings: u32,
}

/// The examples of the note with this id.
#[must_use]
pub fn examples(id: &str) -> &'static [Sample] {
    let at = table::EXAMPLES.binary_search_by(|(known, _)| str::cmp(known, id)).ok();
    at.and_then(|at| table::EXAMPLES.get(at)).map(|(_, examples)| *examples).unwrap_or_default()
}

/// What sort of change a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// The key is gone.
    Removed,
    /// The key is gone and another took its place.
    Renamed,
    /// The default changed under a key that is not set.
    Default,
    /// Values are refused that were taken before.
    Refused,
    /// The key still works and will go.
    Deprecated,
    /// Something must be set.
    Requires,
    /// Something to know.
    Note,
}

/// What an edit can do about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Put this key in place of the key.
    Rename(&'static str),
    /// Put these keys, each with the same value, in place of the key.
    Split(&'static [&'static str]),
    /// Put this value in place of the value.
    Value(&'static str),
    /// Take the entry out.
    Remove,
}

mod table {
    use super::{ChangeKind, Confidence, Mode, Note, Release, Remedy, Severity};

    include!(concat!(env!("OUT_DIR"), "/notes.rs"));
}

/// Every note, sorted by id.
pub fn notes() -> impl ExactSizeIterator<Item = &'static Note> {
    table::NOTES.iter()
}

/// The note with this id.
#[must_use]
pub fn note(id: &str) -> Option<&'static Note> {
    place(id).map(|(_, note)| note)
}

/// The note with this id and its place among all.
pub fn place(id: &str) -> Option<(usize, &'static Note)> {
    let at = table::NOTES.binary_search_by(|note| note.id.cmp(id)).ok()?;
    table::NOTES.get(at).map(|note| (at, note))
}

/// The notes that speak of this key, sorted by id.
pub fn about(key: &str) -> impl Iterator<Item = &'static Note> + use<> {
    // Sorted by length first: two numbers are compared sooner than two texts that begin alike.
    let at = table::BY_KEY.binary_search_by(|(known, _)| (known.len(), *known).cmp(&(key.len(), key))).ok();
    let (_, places) = at.and_then(|at| table::BY_KEY.get(at)).copied().unwrap_or_default();
    places.iter().filter_map(|at| table::NOTES.get(usize::from(*at)))
}

/// The notes that speak of something that is used, or of a library, whose name begins like this one: candidates,
/// sorted by id.
pub fn naming(name: &str) -> Vec<&'static Note> {
    let mut places = Vec::new();
    // Names are few and short; every beginning that ends at a border of the name can have notes.
    let borders = name.char_indices().map(|(at, _)| at).chain([name.len()]);
    for beginning in borders.filter_map(|end| name.get(..end)) {
        if let Ok(at) = table::BY_NAME.binary_search_by(|(known, _)| str::cmp(known, beginning)) {
            let found = table::BY_NAME.get(at).map(|(_, places)| *places).unwrap_or_default();
            places.extend_from_slice(found);
        }
    }
    places.order();
    places.dedup();
    places.into_iter().filter_map(|at| table::NOTES.get(usize::from(at))).collect()
}
