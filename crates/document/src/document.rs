//! What reading a text gives, whatever the format.

use kafka_upgrade_catalog::{Component, Kind, Platform};

use crate::secret::Secret;
use crate::{Embedded, Failure, Guard, MemberName, Observation, Observed, SourceText, Span, TextEdit};

/// Everything that was read from one text.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// What the text is.
    pub kind: Kind,
    /// The component whose keys it sets, where it is a configuration of one.
    pub component: Option<Component>,
    /// Keys with values, in the order of the text. A duplicate key is listed twice, the effective one last.
    pub settings: Vec<Setting>,
    /// Classes, methods, options, metrics and paths that the text names.
    pub usages: Vec<Usage>,
    /// Libraries, images and runtimes with their versions.
    pub dependencies: Vec<Dependency>,
    /// What it shows of clusters and programs that run, in the order of the text.
    pub observations: Vec<Observed>,
    /// Failures that programs reported, in the order of the text.
    pub failures: Vec<Failure>,
    /// What is wrong with the text itself, in the order of the text.
    pub problems: Vec<Problem>,
    /// Values that must not be shown, in the order of the text; those of its parts are among the whole's.
    pub secrets: Vec<Secret>,
    /// Configurations of their own that the text holds, each of one component: services of a Compose file,
    /// connectors of a list, blocks of a log. Of the kind of the whole, or `.properties` that stand in it line by
    /// line; without parts or problems of their own.
    pub parts: Vec<Self>,
    /// For a part: where the text names what it configures, as a service, a resource or a file.
    pub place: Option<Span>,
    /// Whether the component also has settings elsewhere, as in a file of its image, with its operator or in another
    /// text. A setting missing here may be set there.
    pub is_partial: bool,
    /// For a build file: what it provides to other files of its project, and what it needs from them.
    pub shared: Shared,
    /// How to edit its settings; `None` where they cannot be edited.
    pub editor: Option<&'static Editor>,
    /// Whether it is inside a string with escapes, so that its lines cannot be edited as lines.
    pub is_escaped: bool,
    /// Signs of how Kafka is run, in the order of the text.
    pub platforms: Vec<PlatformSign>,
    /// What runs the nodes of a cluster by name: services, workloads, resources of an operator, in the order of the
    /// text.
    pub resources: Vec<Resource>,
    /// Texts of other languages inside it; empty once these have been read too.
    pub embedded: Vec<EmbeddedAt>,
    /// For a whole text: the parts that apply only under a condition. Nested ones are all listed.
    pub guards: Vec<Guard>,
    /// Of a chart's values: those that are on or off, by their paths.
    pub switches: Vec<(String, bool)>,
}

/// A text within another one, and its position among what its reader found: everything has to end up in the order of
/// the text, since of two equal keys the last is used.
#[derive(Clone, Debug)]
pub struct EmbeddedAt {
    /// The text.
    pub embedded: Embedded,
    /// How many parts were found before it.
    pub parts: usize,
    /// How many observations were made before it.
    pub observations: usize,
}

impl Document {
    /// Leaves a text of another language to the reader that knows it.
    pub fn embed(&mut self, embedded: Embedded) {
        let (parts, observations) = (self.parts.len(), self.observations.len());
        self.embedded.push(EmbeddedAt { embedded, parts, observations });
    }

    /// Notes what the text shows.
    pub fn observe(&mut self, what: Observation, span: Span) {
        self.observations.push(Observed { what, span });
    }

    /// Moves every span from this text to the text around it; `outer` is this text as written there.
    pub fn relocate(&mut self, outer: &SourceText) {
        let moved = |span: Span| outer.moved(span);
        self.settings.iter_mut().for_each(|one| one.place(moved));
        self.embedded.iter_mut().for_each(|one| one.embedded.relocate(outer));
        let spans = (self.usages.iter_mut().map(|one| &mut one.span))
            .chain(self.dependencies.iter_mut().map(|one| &mut one.span))
            .chain(self.observations.iter_mut().map(|one| &mut one.span))
            .chain(self.problems.iter_mut().map(|one| &mut one.span))
            .chain(&mut self.place);
        spans.for_each(|span| *span = moved(*span));
        self.parts.iter_mut().for_each(|part| part.relocate(outer));
    }

    /// Itself and its parts.
    pub fn all(&self) -> impl Iterator<Item = &Self> {
        std::iter::once(self).chain(&self.parts)
    }
}

/// A key with its value, as Kafka would read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Whose key it is; differs from the document's where a file sets keys of several
    /// (`producer.acks` in a Connect worker).
    pub component: Option<Component>,
    /// The key as its component knows it: escapes resolved, a component prefix removed.
    pub key: String,
    /// What stood before the key and says where it applies (`producer.`, `a->b.`); often empty.
    pub prefix: String,
    /// The value with its escapes resolved and its continuation lines joined; not trimmed.
    pub value: String,
    /// The whole entry: from the first byte of the key's line to the end of the value's last line,
    /// without the last line break.
    pub span: Span,
    /// The key with its prefix as written.
    pub key_span: Span,
    /// The value as written; empty and after the separator when there is none.
    pub value_span: Span,
    /// False when the same key comes again later in the text and that later value counts.
    pub effective: bool,
}

impl Setting {
    /// Whether all or part of the value is filled in before Kafka reads it, so that it is not known here.
    #[must_use]
    pub fn has_placeholder(&self) -> bool {
        crate::template::has_placeholder(&self.value)
    }

    /// Puts it where it stands in the text around the one that it was read from.
    pub fn place(&mut self, moved: impl Fn(Span) -> Span) {
        for span in [&mut self.span, &mut self.key_span, &mut self.value_span] {
            *span = moved(*span);
        }
    }
}

/// Something of Kafka that a text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// What sort of thing it is.
    pub kind: UsageKind,
    /// Its full name, see [`UsageKind`].
    pub name: String,
    /// The parts of that name, where it is a member's.
    pub member: Option<MemberName>,
    /// What is given to it: the value of an option or a system property.
    pub value: Option<String>,
    /// Where it is named.
    pub span: Span,
    /// True if the text does not show whose it is, so that the reading is a guess.
    pub guessed: bool,
}

impl Usage {
    /// Something that is named for certain, without a value; for members see [`Usage::of_member`].
    #[must_use]
    pub fn new(kind: UsageKind, name: impl Into<String>, span: Span) -> Self {
        Self { kind, name: name.into(), member: None, value: None, span, guessed: false }
    }

    /// A member of a class.
    #[must_use]
    pub fn of_member(member: MemberName, span: Span) -> Self {
        Self { member: Some(member.clone()), ..Self::new(UsageKind::Member, member.to_string(), span) }
    }
}

/// What sort of thing a [`Usage`] names, and how its name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UsageKind {
    /// A class, interface, enum or trait by its binary name: `org.apache.kafka.clients.admin.Admin`,
    /// `org.apache.kafka.common.requests.DescribeLogDirsResponse$LogDirInfo`.
    Class,
    /// A method, constructor, field or constant of a class, see [`MemberName`].
    Member,
    /// A tool of Kafka's, or one of its options: `kafka-topics.sh`, `kafka-topics.sh --zookeeper`.
    Option,
    /// A Java system property: `org.apache.kafka.sasl.oauthbearer.allowed.urls`.
    SystemProperty,
    /// A metric or MBean name as the text has it.
    Metric,
    /// A path in Kafka's distribution: `config/kraft/server.properties`.
    Path,
    /// An option for the Java that starts something of Kafka's, without `-XX:`, sign and value: `UseConcMarkSweepGC`;
    /// with its dash if it is of another sort: `-Xincgc`.
    JavaOption,
    /// A logger that a configuration of the logging names: `kafka.log.LogCleaner`.
    Logger,
}

/// A library, image or runtime in some version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dependency {
    /// The registry that its name belongs to.
    pub ecosystem: Ecosystem,
    /// What it is, in its own registry's words: `org.apache.kafka:kafka-clients`, `librdkafka`, `apache/kafka`.
    pub artifact: String,
    /// The version as written, with variables of the same text resolved; empty when the text does not say it.
    pub version: String,
    /// Where it is written.
    pub span: Span,
}

/// What a build file provides to other files of its project, and what it needs from them (`settle` of the readers).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shared {
    /// The build tool: only files of the same tool resolve versions from each other.
    pub tool: Tool,
    /// Of Maven: the project's own `artifactId`.
    pub name: String,
    /// Of Maven: the `artifactId` of its parent.
    pub parent: String,
    /// Its variables; of one that is given twice the last counts.
    pub gives: Vec<Given>,
    /// Libraries whose names or versions are said by variables.
    pub asks: Vec<Asked>,
    /// Libraries that the build does not name itself, in the order of the text.
    pub transitive: Vec<Transitive>,
    /// Spans of versions that are lower bounds: a newer version may run.
    pub at_least: Vec<Span>,
}

impl Shared {
    /// The library that pulls in the transitive one at a place; empty if the text only shows that it is transitive.
    #[must_use]
    pub fn transitive_by(&self, span: Span) -> Option<&str> {
        let behind = self.transitive.partition_point(|one| one.span.start <= span.start);
        let one = self.transitive.get(behind.checked_sub(1)?)?;
        (span.end <= one.span.end).then_some(&one.by)
    }
}

/// A library that another one depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transitive {
    /// Its name and version.
    pub span: Span,
    /// Which one the build names itself; empty where that is not said.
    pub by: String,
}

/// The tool that reads a build file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// Its files need no others.
    #[default]
    Other,
    /// Properties are inherited from parents.
    Maven,
    /// Variables come from files in the same folder and in those above.
    Gradle,
    /// As Gradle's.
    Sbt,
}

/// A variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its name as other files use it.
    pub name: String,
    /// What it holds, other variables as `${name}`.
    pub value: String,
    /// Where the value stands.
    pub span: Span,
}

/// A library of [`Document::dependencies`] that variables are used for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// As the dependency has it.
    pub span: Span,
    /// As the dependency has it.
    pub artifact: String,
    /// The name with its variables as `$name` or `${name}`; empty where it is as the dependency has it.
    pub name: String,
    /// The version, likewise.
    pub version: String,
}

/// A library whose name or version another file of its project defines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// Number of its file.
    pub file: usize,
    /// Number of the dependency in its file.
    pub dependency: usize,
    /// Its whole name.
    pub artifact: String,
    /// Its version.
    pub version: String,
    /// The file and the place where its version stands.
    pub place: (usize, Span),
}

/// Who gives out the name of a [`Dependency`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ecosystem {
    /// Maven coordinates, `group:artifact`.
    Maven,
    /// npm package.
    Npm,
    /// Python package, normalised: lower case with `-`.
    PyPi,
    /// Go module path.
    Go,
    /// Rust crate.
    Cargo,
    /// Ruby gem.
    RubyGems,
    /// PHP package, `vendor/name`.
    Packagist,
    /// .NET package.
    NuGet,
    /// Erlang or Elixir package.
    Hex,
    /// Container image without registry host and tag: `apache/kafka`.
    Image,
    /// A program or library by its own name, as people say it: `java`, `scala`, `librdkafka`, `zookeeper`.
    Name,
}

impl Ecosystem {
    /// The name in data files and listings.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Maven => "maven",
            Self::Npm => "npm",
            Self::PyPi => "pypi",
            Self::Go => "go",
            Self::Cargo => "cargo",
            Self::RubyGems => "rubygems",
            Self::Packagist => "packagist",
            Self::NuGet => "nuget",
            Self::Hex => "hex",
            Self::Image => "image",
            Self::Name => "name",
        }
    }
}

/// A place of a text that shows how Kafka is run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlatformSign {
    /// What it shows.
    pub platform: Platform,
    /// What it is called there: `Strimzi`, `Aiven`, `StatefulSet`.
    pub name: &'static str,
    /// Whether the text runs brokers on that platform; otherwise it only mentions it, as a client's address does.
    pub runs: bool,
    /// Where.
    pub span: Span,
}

/// Something of a platform that has a name of the reader's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resource {
    /// As its platform calls it: `service`, `StatefulSet`, `Kafka`, `KafkaNodePool`.
    pub kind: String,
    /// Its name; empty where the text gives none.
    pub name: String,
    /// Its namespace, where the text gives one.
    pub namespace: Option<String>,
    /// Further values, under names of this program: `image`, `container`, `replicas`, `version`, `kraft`.
    pub values: Vec<(&'static str, String)>,
    /// Where its name, or else its kind, stands.
    pub span: Span,
}

impl Resource {
    /// Whether it runs brokers.
    #[must_use]
    pub fn runs_brokers(&self) -> bool {
        matches!(self.kind.as_str(), "Kafka" | "KafkaNodePool") || self.value("role") == Some("broker")
    }

    /// One of its values.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str())
    }
}

/// Something that is wrong with the text itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What, and what to do about it, in one or two sentences.
    pub message: String,
    /// Where.
    pub span: Span,
    /// True when Kafka would refuse the whole file for it.
    pub fatal: bool,
}

/// How to edit settings in one language. A reader attaches it to a document, for fixes and drafts. Each function
/// answers `None` if it cannot make the change without affecting others.
#[derive(Debug)]
pub struct Editor {
    /// What a setting is called: a line, an entry.
    pub entry: &'static str,
    /// Takes settings out.
    pub remove: fn(text: &str, settings: &[&Setting]) -> Option<Vec<TextEdit>>,
    /// Changes the key of a setting, keeping its prefix.
    pub rename: fn(text: &str, setting: &Setting, key: &str) -> Option<TextEdit>,
    /// Replaces a setting by several keys, each with its value.
    pub split: fn(text: &str, setting: &Setting, keys: &[&str]) -> Option<Vec<TextEdit>>,
    /// Changes the value of a setting.
    pub value: fn(text: &str, setting: &Setting, value: &str) -> Option<TextEdit>,
    /// How whole files are written, in a language of lines.
    pub lines: Option<&'static Lines>,
}

/// Writes files of a language whose entries are lines.
#[derive(Debug)]
pub struct Lines {
    /// The whole entry, with the line break that ends it.
    pub whole: fn(text: &str, setting: &Setting) -> Span,
    /// A setting's key and value in its place, from the key's first byte on.
    pub replace: fn(setting: &Setting, value: &str) -> TextEdit,
    /// A key as it is written.
    pub key: fn(key: &str) -> String,
    /// Adds a setting at the end.
    pub append: fn(text: &str, key: &str, value: &str) -> TextEdit,
    /// What a comment begins with.
    pub comment: &'static str,
    /// Reads such a text, whatever it looks like.
    pub read: fn(text: &str, component: Option<Component>) -> Document,
}
