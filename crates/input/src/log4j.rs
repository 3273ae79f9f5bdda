//! Logging as XML, YAML or JSON, recognised, and the classes that Log4j 1 is configured with. `.properties` of either Log4j are those of `kind`.
//!
//! What Log4j 1 is configured with is in `kafka-upgrade-syntax`. What is *not* here: converting it.

use kafka_upgrade_catalog::Component;

use kafka_upgrade_document::{Document, Encoding, Kind, Setting, Usage, UsageKind};
use kafka_upgrade_syntax::log4j::settings;

use crate::Format;

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

fn read(path: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: kind(text).unwrap_or_default(), ..Document::default() };
    if is_of_application(path, document.kind, text) {
        return Document { kind: Kind::NotKafka, ..Document::default() };
    }
    if document.kind == Kind::Log4jXml {
        document.usages = classes(&settings(text));
    }
    document
}

/// Whether a logging configuration lies among the resources of an application and names nothing of Kafka's.
pub(crate) fn is_of_application(path: &str, kind: Kind, text: &str) -> bool {
    const FOLDERS: &[&str] = &["src/main/", "src/test/", "src/it/", "WEB-INF/", "/resources/"];
    let path = path.replace('\\', "/");
    matches!(kind, Kind::Log4jProperties | Kind::Log4j2Properties | Kind::Log4jXml)
        && FOLDERS.iter().any(|folder| path.contains(folder))
        && !text.to_ascii_lowercase().contains("kafka")
        && !path.to_ascii_lowercase().contains("kafka")
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
