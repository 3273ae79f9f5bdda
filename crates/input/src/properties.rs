//! `.properties` files: what one is, and whose keys it sets. The syntax is in `kafka-upgrade-syntax`.

mod evidence;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Document, Encoding, Kind};
pub use kafka_upgrade_syntax::properties::*;

use kafka_upgrade_document::template;
use kafka_upgrade_document::{Problem, Setting, Span};

use crate::{Format, kind, log4j, prefix};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format =
    Format { name: "properties", extensions: &["properties"], names: &[], sniff, read: document };

/// Any text can be read as properties, so there has to be evidence: the name, or lines of that form with keys of
/// Kafka's. Less is asked of a text without a name that says something, as somebody gave it by itself.
fn sniff(path: &str, text: &str) -> u8 {
    match evidence::of_name(path) {
        evidence::Name::Properties => 20,
        evidence::Name::Nothing if evidence::is_of_kafka(text) => 10,
        _ => 0,
    }
}

/// A template that has both modes has them in branches of their own: of those that are ready for 4.0 the other's
/// settings say nothing.
fn take_branch_of_kraft(settings: &mut [Setting]) {
    if settings.iter().any(|one| one.key == "process.roles") {
        let of_zookeeper = settings.iter_mut().filter(|one| one.key.starts_with("zookeeper."));
        of_zookeeper.for_each(|one| one.effective = false);
    }
}

/// Reads a text that is known to be of properties.
#[must_use]
pub fn document(path: &str, text: &str, component: Option<Component>, encoding: Encoding) -> Document {
    let (mut settings, mut problems) = (Vec::new(), Vec::new());
    let masked = template::mask(text);
    read_masked(text, &masked, encoding, &mut settings, &mut problems);
    if masked.has_statements {
        take_branch_of_kraft(&mut settings);
    }
    let is_template = masked.is_template || settings.iter().any(Setting::has_placeholder);
    let (kind, component, other) = match component {
        Some(component) => (kind::kind_of(component), Some(component), None),
        None => kind::detect(path, &settings),
    };
    let other = other.map(|found| {
        problems.insert(0, Problem { message: found.message, span: Span::default(), fatal: false });
        found.observations
    });
    let observations = other.unwrap_or_default();
    // A test's broker gets the rest from what starts it.
    let is_of_tests =
        component == Some(Component::BROKER) && path.split(['/', '\\']).any(|folder| folder == "test");
    let is_partial = (is_template || is_of_tests) && component.is_some();
    let mut document =
        Document { kind, component, settings, observations, problems, is_partial, ..Document::default() };
    if log4j::is_of_application(path, document.kind, text) {
        let message =
            "This configures the logging of an application, not of Kafka. Nothing in it was checked."
                .to_owned();
        document.kind = Kind::NotKafka;
        document.problems = vec![Problem { message, span: Span::default(), fatal: false }];
    }
    if document.kind == Kind::Log4jProperties {
        document.usages = log4j::classes(&document.settings);
    }
    if matches!(document.kind, Kind::Log4jProperties | Kind::Log4j2Properties) {
        document.usages.extend(log4j::loggers(&document.settings));
    }
    prefix::assign(&mut document);
    document
}
