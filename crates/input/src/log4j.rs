//! Logging as XML, YAML or JSON, recognised, and what Log4j 1 is told. `.properties` of either Log4j are those of `kind`.
//!
//! Log4j 1 as XML says nothing that it cannot be told in properties, so it is read as such: [`settings`]. What is *not*
//! here: what they mean; `kafka-upgrade-rules` converts them.

use kafka_upgrade_catalog::Component;

use crate::tree::xml::{self, Element};
use crate::{Document, Encoding, Format, Kind, Setting, Span, Usage, UsageKind, properties};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "logging",
    extensions: &[],
    names: &["log4j.xml", "log4j2.xml", "log4j2.yaml", "log4j2.yml", "log4j2.json"],
    sniff,
    read,
};

/// Bytes that are looked at.
const ENOUGH: usize = 8_000;

fn sniff(_: &str, text: &str) -> u8 {
    if kind(text).is_some() { 92 } else { 0 }
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: kind(text).unwrap_or_default(), ..Document::default() };
    if document.kind == Kind::Log4jXml {
        document.usages = classes(&settings(text));
    }
    document
}

/// The settings of a Log4j 1 configuration, as its `.properties` have them; one of XML is read as such.
#[must_use]
pub fn settings(text: &str) -> Vec<Setting> {
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return properties::read(text, Encoding::Utf8).0;
    }
    let mut settings = Vec::new();
    xml::read(text).iter().for_each(|root| configuration(root, &mut settings));
    settings
}

/// The classes that appenders, layouts and filters of Log4j 1 are made of.
pub(crate) fn classes(settings: &[Setting]) -> Vec<Usage> {
    let of_class = settings.iter().filter(|setting| {
        let made = setting.key.strip_prefix("log4j.appender.");
        made.is_some_and(|rest| !rest.contains('.') || rest.ends_with(".layout"))
    });
    let usage = |setting: &Setting| Usage {
        kind: UsageKind::Class,
        name: setting.value.trim().to_owned(),
        value: None,
        span: setting.value_span,
        guessed: false,
    };
    of_class.map(usage).collect()
}

/// A whole configuration; elements around it are gone into, no deeper than elements are kept.
fn configuration(element: &Element, settings: &mut Vec<Setting>) {
    match element.name.as_str() {
        "appender" => {
            let name = element.attribute("name").map(|name| name.text.as_str()).unwrap_or_default();
            component(&format!("log4j.appender.{name}"), element, settings);
        }
        "logger" | "category" => {
            let name = element.attribute("name").map(|name| name.text.as_str()).unwrap_or_default();
            logger(&format!("log4j.logger.{name}"), element, settings);
            if let Some(additive) = element.attribute("additivity") {
                settings.push(setting(
                    format!("log4j.additivity.{name}"),
                    additive.text.clone(),
                    additive.span,
                ));
            }
        }
        "root" => logger("log4j.rootLogger", element, settings),
        _ => {
            if let Some(threshold) = element.attribute("threshold") {
                settings.push(setting("log4j.threshold".to_owned(), threshold.text.clone(), threshold.span));
            }
            element.children.iter().for_each(|child| configuration(child, settings));
        }
    }
}

/// Something with a class, its parameters, and what it is made of.
fn component(key: &str, element: &Element, settings: &mut Vec<Setting>) {
    // Names that long are nobody's, and would be written again for everything that is inside.
    if key.len() > 500 {
        return;
    }
    if let Some(class) = element.attribute("class") {
        settings.push(setting(key.to_owned(), class.text.clone(), class.span));
    }
    let mut filters = 0;
    for child in &element.children {
        match (child.name.as_str(), child.attribute("name"), child.attribute("value")) {
            ("param", Some(name), Some(value)) => {
                settings.push(setting(format!("{key}.{}", name.text), value.text.clone(), value.span));
            }
            ("filter", ..) => {
                filters += 1;
                component(&format!("{key}.filter.{filters}"), child, settings);
            }
            ("appender-ref", ..) => {
                if let Some(reference) = child.attribute("ref") {
                    settings.push(setting(
                        format!("{key}.appender-ref"),
                        reference.text.clone(),
                        reference.span,
                    ));
                }
            }
            (name, ..) => component(&format!("{key}.{name}"), child, settings),
        }
    }
}

/// `LEVEL, appender, appender`, at the logger's own name.
fn logger(key: &str, element: &Element, settings: &mut Vec<Setting>) {
    let level = element.child("level").or_else(|| element.child("priority"));
    let mut value =
        level.and_then(|level| level.attribute("value")).map_or_else(String::new, |level| level.text.clone());
    for reference in element.children.iter().filter(|child| child.name == "appender-ref") {
        value.push_str(", ");
        value.push_str(reference.attribute("ref").map(|name| name.text.as_str()).unwrap_or_default());
    }
    settings.push(setting(key.to_owned(), value, element.name_span));
}

fn setting(key: String, value: String, span: Span) -> Setting {
    let prefix = String::new();
    Setting { component: None, key, prefix, value, span, key_span: span, value_span: span, effective: true }
}

fn kind(text: &str) -> Option<Kind> {
    let end = text.floor_char_boundary(ENOUGH);
    let text = text.get(..end).unwrap_or_default().trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('<') {
        // The one has a namespace or its own document type, the other begins in upper case.
        let one = text.contains("<log4j:configuration") || text.contains("<!DOCTYPE log4j:configuration");
        let two = element(text, "Configuration")
            .is_some_and(|rest| rest.contains("ppenders") || rest.contains("oggers"));
        return match (one, two) {
            (true, _) => Some(Kind::Log4jXml),
            (false, true) => Some(Kind::Log4j2Markup),
            _ => None,
        };
    }
    let mut lines = text.lines().filter(|line| {
        let line = line.trim();
        !line.is_empty() && !line.starts_with('#') && line != "---"
    });
    let first = lines.next()?.trim_end();
    let holds =
        lines.any(|line| matches!(line.trim(), "Appenders:" | "Loggers:" | "appenders:" | "loggers:"));
    (matches!(first, "Configuration:" | "configuration:") && holds).then_some(Kind::Log4j2Markup)
}

/// What follows the opening of the first element, where it has that name.
fn element<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        rest = rest.get(start + 1..).unwrap_or_default();
        if rest.starts_with("!--") {
            rest = rest.split_once("-->").map_or("", |(_, behind)| behind);
        } else if !rest.starts_with(['?', '!']) {
            return rest.strip_prefix(name).filter(|rest| rest.starts_with([' ', '>', '\n', '\r', '\t']));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logging_is_known_by_what_it_holds_and_other_files_of_its_shape_are_not() {
        for (text, want) in [
            ("<Configuration>\n<Loggers/></Configuration>", Some(Kind::Log4j2Markup)),
            (
                "<?xml version='1.0'?>\n<!-- <a> -->\n<Configuration status='x'><Appenders/>",
                Some(Kind::Log4j2Markup),
            ),
            ("<log4j:configuration xmlns:log4j='x'><root/>", Some(Kind::Log4jXml)),
            ("# x\nConfiguration:\n  Loggers:\n    Root:\n", Some(Kind::Log4j2Markup)),
            ("<configuration><appender name='x'/></configuration>", None),
            ("<project><Configuration>Loggers</Configuration></project>", None),
            ("Configuration:\n  a: b\n", None),
            ("services:\n  Loggers:\n", None),
            ("", None),
        ] {
            assert_eq!(kind(text), want, "{text}");
        }
    }
}
