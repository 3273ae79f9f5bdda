//! Settings of a Log4j 1 configuration, whichever of its two syntaxes it is written in.
//!
//! XML can configure nothing that properties cannot, so it is read as properties. What is *not* here: what the
//! settings mean.

use kafka_upgrade_document::{Encoding, Setting, Span};

use crate::properties;
use crate::tree::xml::{self, Element};

/// The settings of a Log4j 1 configuration; XML is read as the properties that mean the same.
#[must_use]
pub fn settings(text: &str) -> Vec<Setting> {
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return properties::read(text, Encoding::Utf8).0;
    }
    let mut settings = Vec::new();
    xml::read(text).iter().for_each(|root| configuration(root, &mut settings));
    settings
}

/// A whole configuration; elements around it are searched, no deeper than elements are kept.
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

/// An element with a class, its parameters and its own elements.
fn component(key: &str, element: &Element, settings: &mut Vec<Setting>) {
    // No real name is that long, and it would be repeated for every element inside.
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
