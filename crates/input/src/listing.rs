//! What was understood of each text, before any judgement, as one serialised shape: what `read` prints.
//!
//! Field names are a contract. What is *not* here: judgements. Keys are whole, with their prefixes.

use serde::Serialize;

use crate::{Document, LineIndex, Span, Units, UsageKind};

/// Every text that was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Listing {
    /// In the order in which they were given.
    pub files: Vec<ListedFile>,
}

/// One text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListedFile {
    /// As it was given.
    pub path: String,
    /// [`crate::Kind::name`].
    pub kind: String,
    /// Whose keys it sets; `null` when that is not known.
    pub component: Option<String>,
    /// Keys and values in the order of the text; of a duplicate key the last counts.
    pub settings: Vec<ListedSetting>,
    /// Classes, methods, options, metrics and paths that it names.
    pub usages: Vec<ListedUsage>,
    /// Libraries, images and runtimes with their versions.
    pub dependencies: Vec<ListedDependency>,
    /// What a live cluster printed.
    pub observations: Vec<ListedObservation>,
    /// What is wrong with the text itself.
    pub problems: Vec<ListedProblem>,
}

/// 1-based place, end column exclusive; serialised into what has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListedPlace {
    /// Line of the first character.
    pub line: u32,
    /// Column of the first character.
    pub column: u32,
    /// Line of the end.
    pub end_line: u32,
    /// Column one past the last character.
    pub end_column: u32,
}

/// A key with its value, from the key's first character to the value's last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListedSetting {
    /// The whole key, escapes resolved.
    pub key: String,
    /// The value as Kafka reads it.
    pub value: String,
    /// Where.
    #[serde(flatten)]
    pub place: ListedPlace,
}

/// Something of Kafka that a text names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListedUsage {
    /// `class`, `member`, `option`, `system-property`, `metric`, `path`, `java-option` or `logger`.
    pub kind: &'static str,
    /// Its full name.
    pub name: String,
    /// What is given to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// Where.
    #[serde(flatten)]
    pub place: ListedPlace,
}

/// A library, image or runtime.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListedDependency {
    /// Who gives out its name: `maven`, `npm`, `image` and so on.
    pub ecosystem: &'static str,
    /// What it is.
    pub artifact: String,
    /// Its version as written.
    pub version: String,
    /// Where.
    #[serde(flatten)]
    pub place: ListedPlace,
}

/// What a live cluster printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListedObservation {
    /// What it is about.
    pub subject: String,
    /// What was printed.
    pub value: String,
    /// Where.
    #[serde(flatten)]
    pub place: ListedPlace,
}

/// Something that is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ListedProblem {
    /// What, and what to do about it.
    pub message: String,
    /// 1-based line.
    pub line: u32,
    /// 1-based column.
    pub column: u32,
}

impl ListedFile {
    /// What was understood of one text; columns are counted in `units`.
    #[must_use]
    pub fn new(path: &str, text: &str, document: &Document, units: Units) -> Self {
        let index = LineIndex::new(text);
        let place = |span: Span| {
            let place = index.place(span, text, units);
            let (line, column, end_line, end_column) =
                (place.line, place.column, place.end_line, place.end_column);
            ListedPlace { line, column, end_line, end_column }
        };
        Self {
            path: path.to_owned(),
            kind: document.kind.name().to_owned(),
            component: document.component.map(|component| component.name().to_owned()),
            settings: document
                .all()
                .flat_map(|document| &document.settings)
                .map(|setting| ListedSetting {
                    key: format!("{}{}", setting.prefix, setting.key),
                    value: setting.value.clone(),
                    place: place(Span::new(setting.key_span.start, setting.value_span.end)),
                })
                .collect(),
            usages: document
                .all()
                .flat_map(|document| &document.usages)
                .map(|usage| ListedUsage {
                    kind: usage_kind(usage.kind),
                    name: usage.name.clone(),
                    value: usage.value.clone(),
                    place: place(usage.span),
                })
                .collect(),
            dependencies: document
                .all()
                .flat_map(|document| &document.dependencies)
                .map(|dependency| ListedDependency {
                    ecosystem: dependency.ecosystem.name(),
                    artifact: dependency.artifact.clone(),
                    version: dependency.version.clone(),
                    place: place(dependency.span),
                })
                .collect(),
            observations: document
                .all()
                .flat_map(|document| &document.observations)
                .map(|observation| ListedObservation {
                    subject: observation.what.subject().to_owned(),
                    value: observation.what.value(),
                    place: place(observation.span),
                })
                .collect(),
            problems: document
                .problems
                .iter()
                .map(|problem| {
                    let ListedPlace { line, column, .. } = place(problem.span);
                    ListedProblem { message: problem.message.clone(), line, column }
                })
                .collect(),
        }
    }
}

impl ListedFile {
    /// Covers the secrets of the document that it was made from, wherever `cover` finds them; the value of a setting
    /// that holds one is covered there however short it is.
    pub fn cover_secrets(&mut self, document: &Document, cover: impl Fn(&str) -> String) {
        let settings = document.all().flat_map(|document| &document.settings);
        for (listed, setting) in self.settings.iter_mut().zip(settings) {
            listed.key = cover(&listed.key);
            listed.value = cover(&listed.value);
            let span = setting.value_span;
            let first = document.secrets.partition_point(|secret| secret.span.start < span.start);
            let inside =
                document.secrets.iter().skip(first).take_while(|secret| secret.span.start < span.end);
            for secret in inside.filter(|secret| !secret.context.is_empty()) {
                listed.value = listed.value.replace(&secret.value, &"*".repeat(secret.value.chars().count()));
            }
        }
        let names =
            self.usages.iter_mut().flat_map(|usage| std::iter::once(&mut usage.name).chain(&mut usage.value));
        let versions = self.dependencies.iter_mut().flat_map(|one| [&mut one.artifact, &mut one.version]);
        let values = self.observations.iter_mut().flat_map(|one| [&mut one.subject, &mut one.value]);
        let messages = self.problems.iter_mut().map(|problem| &mut problem.message);
        for text in names.chain(versions).chain(values).chain(messages).chain([&mut self.path]) {
            *text = cover(text);
        }
    }
}

const fn usage_kind(kind: UsageKind) -> &'static str {
    match kind {
        UsageKind::Class => "class",
        UsageKind::Member => "member",
        UsageKind::Option => "option",
        UsageKind::SystemProperty => "system-property",
        UsageKind::Metric => "metric",
        UsageKind::Path => "path",
        UsageKind::JavaOption => "java-option",
        UsageKind::Logger => "logger",
    }
}
