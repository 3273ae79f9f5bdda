//! The formats that can be read, and which of them a text is.

use std::borrow::Cow;

use kafka_upgrade_catalog::Component;

use kafka_upgrade_document::secrets::Secret;
use kafka_upgrade_document::{Slice as _, Usage, UsageKind, template};
use kafka_upgrade_sorted::Sorted as _;

use crate::{
    Document, Encoding, Format, Kind, Problem, Span, apps, build, charts, clients, code, connector,
    containers, edit, embedded, guards, jaas, jars, jmxtrans, lines, live, log4j, metrics, native, packages,
    patches, platform, program_commands, properties, recipes, releases, secrets, services, shell, signs,
};

/// Every format, in the order in which they are asked.
pub const FORMATS: &[Format] = &[
    code::JAVA,
    code::KOTLIN,
    code::SCALA,
    shell::FORMAT,
    log4j::FORMAT,
    connector::FORMAT,
    containers::FORMAT,
    containers::HELPERS,
    metrics::FORMAT,
    apps::FORMAT,
    apps::hocon::FORMAT,
    apps::beans::FORMAT,
    apps::logback::FORMAT,
    apps::flume::FORMAT,
    jaas::FORMAT,
    jars::FORMAT,
    jars::OF_JAR,
    build::MAVEN,
    build::GRADLE,
    build::CATALOG,
    build::VARIABLES,
    build::TREE,
    build::LOCKS,
    build::LICENCES,
    build::SBT,
    build::CLOJURE,
    clients::FORMAT,
    clients::SOURCE,
    clients::KSQL,
    recipes::FORMAT,
    containers::TERRAFORM,
    live::FORMAT,
    packages::NPM,
    packages::PYTHON,
    packages::CONDA,
    packages::GO,
    packages::RUST,
    packages::RUBY,
    packages::PHP,
    packages::DOTNET,
    packages::BEAM,
    packages::OTHER,
    packages::CONFIGURE,
    native::FORMAT,
    services::FORMAT,
    jmxtrans::FORMAT,
    patches::FORMAT,
    properties::NESTED,
    properties::FORMAT,
];

/// Reads a text, whatever it is. `path` is the name it was given under and says less than the text does;
/// `component` overrules what the text seems to be.
#[must_use]
pub fn read(path: &str, text: &str, component: Option<Component>) -> Document {
    read_as(path, text, component, Encoding::Utf8)
}

/// As [`read`], for a text whose bytes were not UTF-8.
#[must_use]
pub fn read_as(path: &str, text: &str, component: Option<Component>, encoding: Encoding) -> Document {
    read_with(path, text, component, encoding, secrets::find)
}

/// As [`read_as`], without a look for secrets: of a text that nobody will be shown.
#[must_use]
pub fn read_aside(path: &str, text: &str, component: Option<Component>, encoding: Encoding) -> Document {
    read_with(path, text, component, encoding, |_, _, _| Vec::new())
}

/// What finds the secrets of a text as it was read.
type FindSecrets = fn(path: &str, text: &str, document: &Document) -> Vec<Secret>;

/// As [`read_as`], with another look for secrets.
pub(crate) fn read_with(
    path: &str,
    text: &str,
    component: Option<Component>,
    encoding: Encoding,
    secrets: FindSecrets,
) -> Document {
    if u32::try_from(text.len()).is_err() {
        let message = "This text has more than 4 GiB and was not read.".to_owned();
        let problem = Problem { message, span: Span::default(), fatal: false };
        return Document { problems: vec![problem], ..Document::default() };
    }
    let text = &*with_line_feeds(text);
    let files = if component.is_none() { patches::files(path, text) } else { Vec::new() };
    if files.is_empty() {
        return read_one(path, text, component, encoding, secrets);
    }
    let mut document = Document::default();
    for file in files {
        for (text, is_after) in [(&file.before, false), (&file.after, true)] {
            let read = read_one(&file.path, &text.text, None, encoding, secrets);
            patches::add(&mut document, read, text, is_after);
        }
    }
    let of_text = secrets(path, text, &document);
    document.secrets.extend(of_text);
    document.secrets.order();
    document.secrets.dedup();
    finish(document)
}

/// Reads a text that is one file.
fn read_one(
    path: &str,
    text: &str,
    component: Option<Component>,
    encoding: Encoding,
    secrets: FindSecrets,
) -> Document {
    // Texts of licences, and notices with them, quote anything.
    if build::LICENCES.is_named(path) && component.is_none() && (build::LICENCES.sniff)(path, text) == 0 {
        return Document::default();
    }
    let mut document = match (choose(path, text), component) {
        // If somebody states the component, the text is a configuration.
        (Some(format), Some(_)) if gives_way(format, path, text) || !is_sure(format, path, text) => {
            properties::document(path, text, component, encoding)
        }
        (Some(format), _) => (format.read)(path, text, component, encoding),
        (None, Some(_)) => properties::document(path, text, component, encoding),
        (None, None) => Document::default(),
    };
    let is_source = clients::SOURCE.is_named(path);
    if is_source && component.is_none() {
        program_commands::find(text, &mut document);
        if document.kind == Kind::Unknown && !document.embedded.is_empty() {
            document.kind = Kind::ApplicationConfig;
        }
    }
    embedded::read_all(&mut document);
    if document.kind == Kind::Containers {
        containers::finish(text, &mut document);
    }
    clients::find_protocol_versions(path, text, &mut document);
    recipes::find_clouds(path, text, &mut document);
    charts::find(text, &mut document);
    build::finish(text, &mut document);
    // A file that sets the protocol version of a client configures one, whatever else is in it.
    if document.kind == Kind::Unknown && !document.observations.is_empty() {
        document.kind = Kind::ApplicationConfig;
    }
    // Source code contains messages that a program can print, not ones that it printed.
    if !is_source {
        add_failures(path, text, &mut document);
    }
    if document.kind == Kind::Unknown {
        add_properties(text, &mut document);
        if !is_source {
            lines::find(path, text, &mut document);
            for find in [releases::find, recipes::find_tasks, signs::find] {
                if document.kind == Kind::Unknown {
                    find(path, text, &mut document);
                }
            }
            embedded::read_all(&mut document);
        }
    }
    // An application without settings of its framework may have its own.
    if document.kind == Kind::NotKafka && document.observations.is_empty() && apps::FORMAT.is_named(path) {
        let mut own = Document::default();
        lines::find(path, text, &mut own);
        if own.kind != Kind::Unknown {
            document = own;
        }
    }
    if document.kind != Kind::Unknown {
        guards::find(path, text, &mut document);
    }
    document.secrets = secrets(path, text, &document);
    platform::find(path, text, &mut document);
    finish(document)
}

/// Within its limits and with places to edit.
fn finish(mut document: Document) -> Document {
    if let Some(first) = document.parts.get(MAX_PARTS) {
        let message = format!(
            "This text holds {} configurations; the first {MAX_PARTS} are read. Check the rest as a text of its own.",
            document.parts.len()
        );
        let span = first.settings.first().map(|setting| setting.span).unwrap_or_default();
        document.problems.push(Problem { message, span, fatal: false });
        document.parts.truncate(MAX_PARTS);
    }
    edit::assign(&mut document);
    document
}

/// At most this many options of Java are kept of one text.
const MAX_PROPERTIES: usize = 50;

/// Kafka's own properties of Java in a text that nothing else reads, such as variables for somebody's start script.
fn add_properties(text: &str, document: &mut Document) {
    let found = text.match_indices("-Dorg.apache.kafka.").take(MAX_PROPERTIES);
    let properties = found.map(|(at, _)| {
        let rest = text.slice(at + 2..);
        let is_of_name = |one: char| one.is_ascii_alphanumeric() || matches!(one, '.' | '_' | '-');
        let length = rest.find(|one| !is_of_name(one)).unwrap_or(rest.len());
        let span = Span::new((at + 2) as u32, (at + 2 + length) as u32);
        Usage::new(UsageKind::SystemProperty, rest.slice(..length), span)
    });
    document.usages.extend(properties);
    if !document.usages.is_empty() {
        document.kind = Kind::ApplicationConfig;
    }
}

/// Failures in a text that is read as something else: the state in a manifest, a session of a shell.
fn add_failures(path: &str, text: &str, document: &mut Document) {
    let may_hold = matches!(
        document.kind,
        Kind::Containers
            | Kind::ShellScript
            | Kind::Unknown
            | Kind::NotKafka
            | Kind::Inventory
            | Kind::BuildFile
    );
    const SIGNS: &[&str] = &[
        "NotReady",
        "Exception",
        "Caused by: ",
        "ERROR",
        "Error",
        "Warning  ",
        "FATAL",
        "error:",
        "is not recognized as ",
        "input line is too long",
    ];
    let of_compiler = || {
        ["error: cannot find symbol", "nresolved reference", ".java:["].iter().any(|sign| text.contains(sign))
    };
    // A build file in XML has them in comments only.
    let may_hold = may_hold && !(document.kind == Kind::BuildFile && text.trim_start().starts_with('<'))
        || (matches!(document.kind, Kind::JavaSource | Kind::KotlinSource | Kind::ScalaSource)
            && of_compiler())
        // The status of a resource, cut out of it.
        || (document.kind == Kind::ApplicationConfig && text.contains("type: NotReady"));
    let is_unknown = document.kind == Kind::Unknown;
    if may_hold && (is_unknown || SIGNS.iter().any(|sign| text.contains(sign)) || of_compiler()) {
        document.failures = live::failures::find(text, document.kind);
        let is_quoted = is_unknown && !document.failures.is_empty() && live::quotes(path, text);
        if is_quoted {
            document.failures.clear();
        }
        if is_unknown && document.failures.iter().any(|one| one.of_kafka && (one.is_error || one.is_asked)) {
            document.kind = Kind::LiveOutput;
        }
    }
}

/// The text with line feeds for carriage returns that stand alone, as old editors end their lines: most languages take
/// them as such, and their parsers here do not. Every byte keeps its place.
fn with_line_feeds(text: &str) -> Cow<'_, str> {
    let alone = |(at, _): (usize, &str)| text.as_bytes().get(at + 1) != Some(&b'\n');
    if !text.match_indices('\r').any(alone) {
        return Cow::Borrowed(text);
    }
    let mut changed = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        changed.push(if sign == '\r' && signs.peek() != Some(&'\n') { '\n' } else { sign });
    }
    Cow::Owned(changed)
}

/// Configurations of one text that are judged; each costs as much as a file.
const MAX_PARTS: usize = 64;

/// Whether a format has more than the keys to go by, or the name says its language.
fn is_sure(format: &Format, path: &str, text: &str) -> bool {
    const SURE: u8 = 50;
    let is_tree =
        [".yaml", ".yml", ".json"].iter().any(|ending| template::plain_name(path).ends_with(ending));
    is_tree || (format.sniff)(path, &template::mask(text).text) >= SURE
}

/// Formats whose texts are lines of settings all the same once somebody states whose they are.
const LINES: &[&str] = &[
    apps::hocon::FORMAT.name,
    build::VARIABLES.name,
    clients::FORMAT.name,
    jaas::FORMAT.name,
    jars::FORMAT.name,
];

/// Whether a text of a format is read as settings where somebody states whose they are.
fn gives_way(format: &Format, path: &str, text: &str) -> bool {
    match format.name {
        // Without a framework, properties are those of the client itself.
        name if name == apps::FORMAT.name => !apps::is_yaml(text),
        name if name == clients::SOURCE.name => !format.is_named(path),
        name => LINES.contains(&name),
    }
}

/// The format that is surest of the text; among equals the file name decides; `None` if none is sure.
fn choose(path: &str, text: &str) -> Option<&'static Format> {
    // Helpers of a chart are pieces of anything.
    if containers::is_helper(path) {
        return Some(&containers::HELPERS).filter(|format| (format.sniff)(path, text) > 0);
    }
    // Source files of languages that are searched only for clients contain snippets in any other format.
    let is_source = clients::SOURCE.is_named(path);
    // The tags of a template say nothing about the language around them.
    let text = &*template::mask(text).text;
    FORMATS
        .iter()
        .filter(|format| !is_source || format.is_named(path))
        .map(|format| ((format.sniff)(path, text), format))
        .filter(|(sure, _)| *sure > 0)
        .max_by_key(|(sure, format)| (*sure, format.is_named(path)))
        .map(|(_, format)| format)
}
