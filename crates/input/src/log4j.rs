//! Logging as XML, YAML or JSON, recognised; what it names is in `loggers`. `.properties` of either Log4j are those of
//! `kind`.
//!
//! What Log4j 1 is configured with is in `kafka-upgrade-syntax`. What is *not* here: converting it.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::Slice as _;

use kafka_upgrade_document::{Document, Encoding, Kind, Usage};
use kafka_upgrade_syntax::log4j::settings;
use kafka_upgrade_syntax::tree::xml::Element;
use kafka_upgrade_syntax::tree::{Node, json, xml, yaml};

use crate::Format;
use crate::loggers::{classes, is_of_application, logger, loggers};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "logging",
    extensions: &[],
    names: &["log4j.xml", "log4j2.xml", "log4j2.yaml", "log4j2.yml", "log4j2.json"],
    sniff,
    read,
};

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 8_000;

fn sniff(_: &str, text: &str) -> u8 {
    if kind(text).is_some() { 92 } else { 0 }
}

fn read(path: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: kind(text).unwrap_or_default(), ..Document::default() };
    if is_of_application(path, document.kind, text) {
        return Document { kind: Kind::NotKafka, ..Document::default() };
    }
    match document.kind {
        Kind::Log4jXml => {
            let settings = settings(text);
            document.usages = classes(&settings);
            document.usages.extend(loggers(&settings));
        }
        Kind::Log4j2Markup => document.usages = named_in(text),
        _ => {}
    }
    document
}

/// The loggers of a Log4j 2 configuration in XML, YAML or JSON.
fn named_in(text: &str) -> Vec<Usage> {
    let mut usages = Vec::new();
    match text.trim_start_matches('\u{feff}').trim_start().as_bytes().first() {
        Some(b'<') => xml::read(text).iter().for_each(|root| elements(root, &mut usages)),
        Some(b'{') => json::read(text).roots.iter().for_each(|root| nodes(root, &mut usages)),
        _ => yaml::read(text).roots.iter().for_each(|root| nodes(root, &mut usages)),
    }
    usages
}

fn is_logger(kind: &str) -> bool {
    ["Logger", "AsyncLogger"].iter().any(|known| known.eq_ignore_ascii_case(kind))
}

fn elements(element: &Element, usages: &mut Vec<Usage>) {
    if let Some(name) = element.attribute("name").filter(|_| is_logger(&element.name)) {
        usages.push(logger(&name.text, name.span));
    }
    element.children.iter().for_each(|child| elements(child, usages));
}

fn nodes(node: &Node, usages: &mut Vec<Usage>) {
    for (key, value) in node.entries() {
        let one = std::slice::from_ref(value);
        let loggers = if value.items().is_empty() { one } else { value.items() };
        for name in
            loggers.iter().filter(|_| is_logger(&key.text)).filter_map(|one| one.get("name")?.scalar())
        {
            usages.push(logger(&name.text, name.span));
        }
        nodes(value, usages);
    }
    node.items().iter().for_each(|item| nodes(item, usages));
}

fn kind(text: &str) -> Option<Kind> {
    let end = text.floor_char_boundary(BEGINNING_BYTES);
    let text = text.slice(..end).trim_start_matches('\u{feff}').trim_start();
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
        rest = rest.slice(start + 1..);
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
