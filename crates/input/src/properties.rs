//! `.properties` files: what one is, and whose keys it sets. The syntax is in `kafka-upgrade-syntax`.

mod evidence;
mod nested;

pub(crate) use evidence::are_settings;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Document, Encoding, Kind};
pub use kafka_upgrade_syntax::properties::*;

use kafka_upgrade_document::{EmbeddedFile, Observed, Problem, Setting, Span, paths, template};

use crate::loggers::{classes, is_of_application, loggers};
use crate::{Format, kind, passed_on, prefix, printed};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format =
    Format { name: "properties", extensions: &["properties"], names: &[], sniff, read: document };

/// Objects of JSON under such a name.
pub(crate) const NESTED: Format = Format {
    name: "objects in properties",
    extensions: &[],
    names: &[],
    sniff: |path, text| {
        let is_named = evidence::of_name(path) == evidence::Name::Properties;
        if is_named && nested::is_one(text) { 60 } else { 0 }
    },
    read: nested::read,
};

/// Any text can be read as properties, so there has to be evidence: the name, or lines of that form with keys of
/// Kafka's. Less is asked of a text without a name that says something, as somebody gave it by itself.
fn sniff(path: &str, text: &str) -> u8 {
    match evidence::of_name(path) {
        evidence::Name::Properties => 20,
        evidence::Name::Nothing if evidence::is_of_kafka(text) => 10,
        _ => 0,
    }
}

/// A template for both modes has the settings of each in branches. If it is ready for 4.0, its settings of ZooKeeper
/// in branches do not count; those outside of branches always apply.
fn take_branch_of_kraft(text: &str, settings: &mut [Setting]) {
    if settings.iter().any(|one| one.key == "process.roles") {
        let branches = template::branches(text);
        let is_branch = |at: u32| branches.iter().any(|branch| branch.contains(&(at as usize)));
        let of_zookeeper = settings.iter_mut().filter(|one| one.key.starts_with("zookeeper."));
        of_zookeeper.filter(|one| is_branch(one.span.start)).for_each(|one| one.effective = false);
    }
}

/// Values without the quotes that HOCON has around them, where nearly all have them.
fn unquote(settings: &mut [Setting]) {
    let inner = |setting: &Setting| {
        let value = setting.value.trim();
        value.strip_prefix('"')?.strip_suffix('"').map(str::to_owned)
    };
    let quoted = settings.iter().filter(|one| inner(one).is_some()).count();
    if quoted < 2 || quoted * 3 < settings.len() * 2 {
        return;
    }
    for setting in settings {
        if let Some(value) = inner(setting) {
            setting.value = value;
            let Span { start, end } = setting.value_span;
            if end - start >= 2 {
                setting.value_span = Span::new(start + 1, end - 1);
            }
        }
    }
}

/// What an example leaves empty is for somebody else to fill in; whether there is any of it.
fn leave_open(settings: &mut [Setting]) -> bool {
    let mut open = settings.iter_mut().filter(|one| one.value.trim().is_empty()).peekable();
    let any = open.peek().is_some();
    open.for_each(|one| one.effective = false);
    any
}

/// Reads a text that is known to be of properties.
#[must_use]
pub fn document(path: &str, text: &str, stated: Option<Component>, encoding: Encoding) -> Document {
    let (mut settings, mut problems) = (Vec::new(), Vec::new());
    let masked = template::mask(text);
    read_masked(text, &masked, encoding, &mut settings, &mut problems);
    if masked.has_statements {
        take_branch_of_kraft(text, &mut settings);
    }
    if evidence::of_name(path) == evidence::Name::Nothing {
        unquote(&mut settings);
    }
    let mut is_template = masked.is_template || settings.iter().any(Setting::has_placeholder);
    if template::plain_name(path) != path {
        is_template |= leave_open(&mut settings);
    }
    let (kind, component, other) = match stated {
        Some(component) => (kind::kind_of(component), Some(component), None),
        None => kind::detect(path, &settings),
    };
    let mut observations = Vec::new();
    if let Some(found) = other {
        observations = found.observations;
        let parts = passed_on::parts(found.passes, &settings);
        // What another program passes on is judged, whatever else is in its file.
        if !parts.is_empty() || found.is_beside {
            let kind = Kind::ApplicationConfig;
            return Document { kind, parts, observations, problems, ..Document::default() };
        }
        problems.insert(0, Problem { message: found.message, span: Span::default(), fatal: false });
    }
    // A test's broker gets the rest from what starts it.
    let is_of_tests = component == Some(Component::BROKER)
        && paths::parts(path).any(|folder| matches!(folder, "test" | "tests" | "fixtures" | "testdata"));
    // A delta is put onto a whole.
    let is_of_tests = is_of_tests || path.ends_with(".delta");
    // A login alone is put beside the rest, as Confluent's operator takes it.
    let is_of_tests = is_of_tests || settings.iter().all(|one| one.key.starts_with("sasl."));
    let is_partial = (is_template || is_of_tests) && component.is_some();
    // Somebody who states whose file it is has a file.
    let is_printed = stated.is_none() && component.is_some_and(|one| printed::keep_set(one, &mut settings));
    let kind = if is_printed { Kind::LiveOutput } else { kind };
    let mut document =
        Document { kind, component, settings, observations, problems, is_partial, ..Document::default() };
    if is_of_application(path, document.kind, text) {
        let message =
            "This configures the logging of an application, not of Kafka. Nothing in it was checked."
                .to_owned();
        document.kind = Kind::NotKafka;
        document.problems = vec![Problem { message, span: Span::default(), fatal: false }];
    }
    if document.kind == Kind::Log4jProperties {
        document.usages = classes(&document.settings);
    }
    if matches!(document.kind, Kind::Log4jProperties | Kind::Log4j2Properties) {
        document.usages.extend(loggers(&document.settings));
    }
    prefix::assign(&mut document);
    document
}

/// Reads a file within another text as lines of properties; `None` where nothing says whose they are.
///
/// Folded lines, which are not as written, are not read; in a string with escapes each is where it is written.
pub(crate) fn within(file: &EmbeddedFile) -> Option<Document> {
    let EmbeddedFile { name, place, text, written, is_escaped } = file;
    if !is_escaped && text.text.trim().lines().count() != written.text.trim().lines().count() {
        return None;
    }
    let source = if *is_escaped { text } else { written };
    let (mut settings, _) = read(&source.text, Encoding::Utf8);
    let (kind, component, other) = kind::detect(name, &settings);
    let moved = |span: Span| source.moved(span);
    let asking = other.into_iter().flat_map(|found| found.observations);
    let observations = asking.map(|one| Observed { span: moved(one.span), ..one }).collect();
    let mut document = Document { observations, ..Document::default() };
    if component.is_none() && !matches!(kind, Kind::Log4jProperties | Kind::Log4j2Properties) {
        return Some(document);
    }
    settings.iter_mut().for_each(|setting| setting.place(moved));
    // Entrypoints often append the node id, so the file alone is incomplete.
    let is_whole = name.ends_with(".properties")
        && ["node.id", "broker.id"].iter().any(|key| kind::last(&settings, key).is_some());
    // A template is no text of properties yet.
    let is_template = written.text.contains("{{");
    let is_partial =
        is_template || !name.ends_with(".properties") || kind == Kind::BrokerProperties && !is_whole;
    let mut part = Document {
        kind: if is_template { Kind::Containers } else { kind },
        component,
        usages: if kind == Kind::Log4jProperties && !is_template { classes(&settings) } else { Vec::new() },
        settings,
        place: Some(*place),
        is_partial,
        is_escaped: *is_escaped,
        ..Document::default()
    };
    prefix::assign(&mut part);
    document.parts.push(part);
    Some(document)
}
