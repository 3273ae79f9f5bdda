//! The shape of a note file, shared by `build.rs` and the tests so that both read the same thing.
//!
//! Unknown fields are errors: a misspelled `replacment` must not become a silent nothing.

use std::collections::BTreeMap;

use kafka_upgrade_catalog::Mode;
use serde::Deserialize;

/// One file `notes/<release>/<id>.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteFile {
    /// First release in which it holds; the folder's name.
    pub since: String,
    /// First release in which it no longer holds, such as the patch that mended it.
    pub until: Option<String>,
    pub kind: Kind,
    /// The key, class, option or library that people look for.
    pub subject: String,
    #[serde(rename = "match")]
    pub matches: Match,
    pub replacement: Option<String>,
    /// Only where it differs from what the kind says.
    pub severity: Option<Severity>,
    pub confidence: Option<Confidence>,
    pub message: String,
    pub why: String,
    #[serde(rename = "do")]
    pub action: String,
    pub references: Vec<Reference>,
    pub fix: Option<Fix>,
    /// False when the fix wants a second look.
    pub safe: Option<bool>,
    /// True, of a default: releases without the key behaved as its first default says.
    #[serde(default)]
    pub new_key: bool,
    /// True: the computed finding about this subject is not worth reporting, and `why` says why.
    #[serde(default)]
    pub silent: bool,
    pub example: Vec<Example>,
}

/// Also the prefix of the note's id.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    Removed,
    Renamed,
    Default,
    Refused,
    Deprecated,
    Requires,
    Note,
}

impl Kind {
    /// What ids of this kind begin with.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Removed => "removed-",
            Self::Renamed => "renamed-",
            Self::Default => "changed-default-",
            Self::Refused => "refused-value-",
            Self::Deprecated => "deprecated-",
            Self::Requires => "requires-",
            Self::Note => "note-",
        }
    }
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
    Info,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    Certain,
    Likely,
    Possible,
}

/// When the note applies. Either settings, or things that are used, or `check`, or `presence` is there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Match {
    /// One key or several.
    pub setting: Option<OneOrMany>,
    /// Classes by their binary names; `org.apache.x.*` is everything below.
    pub class: Option<OneOrMany>,
    /// Members of classes, `CLASS#poll(long)`; without parentheses every overload.
    pub member: Option<OneOrMany>,
    /// Tools and their options: `kafka-topics.sh --zookeeper`, or `kafka-topics.sh` alone.
    pub option: Option<OneOrMany>,
    /// Java system properties.
    pub property: Option<OneOrMany>,
    /// Metrics, as Kafka names them; `*` at the end is any rest.
    pub metric: Option<OneOrMany>,
    /// Paths in Kafka's distribution; `*` at the end is any rest.
    pub path: Option<OneOrMany>,
    /// Loggers that a configuration of the logging names.
    pub logger: Option<OneOrMany>,
    /// Libraries and images, `maven:org.apache.kafka:kafka-log4j-appender`, `image:wurstmeister/kafka`.
    pub dependency: Option<OneOrMany>,
    /// True: the condition is code in `src/checks`; the note brings the words.
    #[serde(default)]
    pub check: bool,
    /// True: it is reported once a report when something of `components` is there at all.
    #[serde(default)]
    pub presence: bool,
    /// True: it holds at the target whatever the source is; only a `check` can see that.
    #[serde(default)]
    pub state: bool,
    /// Component names; `broker` and `controller` distinguish the roles of a broker file. What is used needs none.
    #[serde(default)]
    pub components: Vec<String>,
    /// Only these values (of a key, an option or a system property), compared without regard to case; `*x*` is any
    /// with `x` in it.
    pub value: Option<OneOrMany>,
    /// Any value but these.
    pub except: Option<OneOrMany>,
    /// Other keys that must have one of these values (`*`: any).
    #[serde(default)]
    pub when: BTreeMap<String, OneOrMany>,
    /// Keys that must not be set.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Texts that the file must not hold anywhere: signs of a server that gives the same another meaning.
    #[serde(default)]
    pub unless_text: Vec<String>,
    /// A Java system property that no file may set.
    pub unless_property: Option<String>,
    /// True: in a program's own tests nothing comes of it, so that it is an info there.
    #[serde(default)]
    pub idle_in_tests: bool,
    /// A word by which code, or the file of a server, shows that it counts on what changes; without it the finding is an info.
    pub looks_for: Option<String>,
    /// Only in this mode.
    pub mode: Option<Mode>,
}

impl Match {
    /// Everything used that it names, as (variant of `UsageKind`, name).
    pub fn usages(&self) -> Vec<(&'static str, &str)> {
        let kinds = [
            ("Class", &self.class),
            ("Member", &self.member),
            ("Option", &self.option),
            ("SystemProperty", &self.property),
            ("Metric", &self.metric),
            ("Path", &self.path),
            ("Logger", &self.logger),
        ];
        kinds
            .into_iter()
            .flat_map(|(kind, names)| {
                names.iter().flat_map(OneOrMany::list).map(move |name| (kind, name.as_str()))
            })
            .collect()
    }

    /// The libraries and images that it names, as (name of the ecosystem, artifact).
    pub fn dependencies(&self) -> Vec<(&str, &str)> {
        let names = self.dependency.iter().flat_map(OneOrMany::list);
        names.map(|name| name.split_once(':').unwrap_or(("", name))).collect()
    }
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    pub fn list(&self) -> &[String] {
        match self {
            Self::One(one) => std::slice::from_ref(one),
            Self::Many(many) => many,
        }
    }
}

/// What an edit does, when the new file means the same at the target.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Fix {
    /// Put this key in place of the key.
    Rename(String),
    /// Put these keys, each with the same value, in place of the key.
    Split(Vec<String>),
    /// Put this value in place of the value.
    Value(String),
    /// Take the entry out: `fix = { remove = true }`.
    Remove(bool),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    pub title: String,
    pub url: String,
}

/// A file with the number of findings that this note gives on it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// `3.9.0 -> 4.0.0`; `? -> 4.0.0` when the source is not known.
    pub path: String,
    pub mode: Option<Mode>,
    pub file: String,
    pub text: String,
    /// Other files of the same request: name and text.
    #[serde(default)]
    pub also: BTreeMap<String, String>,
    /// What runs, in words, beside the file.
    pub have: Option<String>,
    /// Findings of this note's id.
    pub findings: u32,
    /// The text after its fix, where the note has one.
    pub fixed: Option<String>,
}

/// Who gives out names of libraries; those of `Ecosystem` in `crates/input`.
const ECOSYSTEMS: [&str; 11] =
    ["maven", "npm", "pypi", "go", "cargo", "rubygems", "packagist", "nuget", "hex", "image", "name"];

/// What the type cannot say. `folder` and `stem` are those of the file.
pub fn faults(note: &NoteFile, folder: &str, stem: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |wrong: bool, text: String| {
        if wrong {
            faults.push(text);
        }
    };
    fault(note.since != folder, format!("`since` is {} in the folder {folder}", note.since));
    fault(
        !stem.starts_with(note.kind.prefix()),
        format!("the name of a note of this kind begins with `{}`", note.kind.prefix()),
    );
    let kebab = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    fault(!stem.bytes().all(kebab) || stem.contains("--"), "the name is not kebab case".to_owned());
    let uses = !note.matches.usages().is_empty() || !note.matches.dependencies().is_empty();
    fault(!uses && note.matches.components.is_empty(), "`match.components` is empty".to_owned());
    let conditions = [note.matches.setting.is_some(), uses, note.matches.check, note.matches.presence];
    fault(
        conditions.iter().filter(|one| **one).count() != 1,
        "`match` has exactly one of: `setting`; things that are used; `check = true`; `presence = true`"
            .to_owned(),
    );
    for (ecosystem, artifact) in note.matches.dependencies() {
        fault(
            !ECOSYSTEMS.contains(&ecosystem),
            format!("`match.dependency`: `{ecosystem}` of `{artifact}` gives out no names"),
        );
    }
    fault(
        uses && matches!(note.fix, Some(Fix::Split(_) | Fix::Remove(_))),
        "what is used can be renamed or its value be set, no more".to_owned(),
    );
    fault(note.matches.state && !note.matches.check, "`match.state` without `check`".to_owned());
    fault(
        note.kind == Kind::Renamed && note.replacement.is_none(),
        "a renamed key has a `replacement`".to_owned(),
    );
    for (name, text) in [("message", &note.message), ("why", &note.why), ("do", &note.action)] {
        fault(text.trim() != text || text.is_empty(), format!("`{name}` is empty or has blanks around it"));
        fault(text.contains('!'), format!("`{name}` shouts"));
        fault(text.to_lowercase().contains("please"), format!("`{name}` says please"));
        fault(!text.is_empty() && !text.ends_with('.'), format!("`{name}` is not a sentence"));
        fault(text.matches('`').count() % 2 == 1, format!("`{name}` has a backtick too many or too few"));
        if !note.matches.check {
            for hole in holes(text) {
                let known = ["value", "old", "new", "from", "to", "key", "name"];
                fault(!known.contains(&hole), format!("`{name}` has an unknown {{{hole}}}"));
            }
        }
    }
    fault(note.references.is_empty(), "`references` is empty".to_owned());
    for reference in &note.references {
        fault(!reference.url.starts_with("https://"), format!("`{}` is no address", reference.url));
        fault(reference.title.is_empty(), "a reference has no title".to_owned());
    }
    let fires = note.example.iter().any(|example| example.findings > 0);
    let silent = note.example.iter().any(|example| example.findings == 0);
    fault(!silent, "no example where it is silent".to_owned());
    fault(!fires && !note.silent, "no example where it fires".to_owned());
    for example in &note.example {
        fault(
            example.path.split(" -> ").count() != 2,
            format!("`{}` is no path `3.9.0 -> 4.0.0`", example.path),
        );
    }
    faults
}

/// The names between braces: `value` in "is {value}".
pub fn holes(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| {
        let (name, _) = rest.split_once('}')?;
        let plain = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        plain.then_some(name)
    })
}
