//! Variables of a container: settings of the program in it, and what its scripts pass to Java.

use kafka_upgrade_document::{Embedded, SourceText, Variable};
use kafka_upgrade_syntax::properties;

use crate::environment::{Mapping, is_for_java};
use crate::loggers::logger;
use crate::{Document, Problem, Setting, Span, Usage, prefix};

/// `kafka.log.LogCleaner=WARN,kafka.controller=INFO`, as the images take loggers.
fn loggers(value: &SourceText) -> Vec<Usage> {
    let mut start = 0;
    let mut usages = Vec::new();
    for one in value.text.split_inclusive(',') {
        let name = one.split(['=', ',']).next().unwrap_or_default();
        let before = name.len() - name.trim_start().len();
        if !name.trim().is_empty() {
            let span = value.part(start + before, start + before + name.trim().len());
            usages.push(logger(name.trim(), span));
        }
        start += one.len();
    }
    usages
}

/// Reads the variables of one container: a part with its settings, if they are any.
pub(super) fn read(
    variables: &[Variable],
    mapping: &Mapping,
    place: Span,
    is_partial: bool,
    document: &mut Document,
) {
    for variable in variables.iter().filter(|one| is_for_java(&one.name.text)) {
        let of_kafka = variable.name.text.starts_with("KAFKA_");
        document.embed(Embedded::JavaOptions { options: variable.value.clone(), of_kafka });
    }
    let levels = variables.iter().filter(|one| one.name.text.ends_with("_LOG4J_LOGGERS"));
    document.usages.extend(levels.flat_map(|one| loggers(&one.value)));
    // Whoever came from Bitnami's image has its names still.
    let of_bitnami = |one: &&Variable| one.name.text.starts_with("KAFKA_CFG_");
    if *mapping == Mapping::APACHE || *mapping == Mapping::CONFLUENT {
        let left = variables.iter().find(of_bitnami);
        document.problems.extend(left.and_then(|one| foreign_name(one, mapping)));
    }
    let settings = variables.iter().filter_map(|variable| {
        let value = with_defaults(&variable.value.text);
        Some(Setting {
            component: None,
            key: mapping.key(&variable.name.text)?,
            prefix: String::new(),
            value,
            span: variable.span,
            key_span: variable.name.part(0, variable.name.text.len()),
            value_span: variable.value.part(0, variable.value.text.len()),
            effective: true,
        })
    });
    let mut settings: Vec<_> = settings.collect();
    if mapping.listens_as_advertised {
        settings.extend(listeners(&settings));
    }
    if let Some(component) = mapping.component.filter(|_| !settings.is_empty()) {
        let is_partial = is_partial || mapping.has_file || settings.iter().any(Setting::has_placeholder);
        let mut part = Document { settings, ..super::part(component, place, is_partial) };
        finish(&mut part);
        document.parts.push(part);
    }
}

/// The problem of a variable named for Bitnami's image, which this image turns into an unknown key.
fn foreign_name(variable: &Variable, mapping: &Mapping) -> Option<Problem> {
    let name = variable.name.text.as_str();
    let (key, meant) = (mapping.key(name)?, name.replacen("KAFKA_CFG_", "KAFKA_", 1));
    let message = format!(
        "`{name}` is a name of Bitnami's image. This one makes `{key}` of it, which Kafka does not know: write \
         `{meant}`, and the others that begin so alike."
    );
    Some(Problem { message, span: variable.name.part(0, name.len()), fatal: false })
}

/// The listeners that an image makes of those that it advertises, where they are written.
fn listeners(settings: &[Setting]) -> Option<Setting> {
    if settings.iter().any(|one| one.key == "listeners") {
        return None;
    }
    let advertised = settings.iter().rfind(|one| one.key == "advertised.listeners")?;
    let listener = |one: &str| {
        let (name, address) = one.split_once("://").unwrap_or(("", one));
        let port = address.rsplit(':').next().unwrap_or_default();
        format!("{}://0.0.0.0:{port}", name.trim())
    };
    let value = advertised.value.split(',').map(listener).collect::<Vec<_>>().join(",");
    Some(Setting { key: "listeners".to_owned(), value, ..advertised.clone() })
}

/// Says whose each setting of a part is, and which of several of one key counts. What `<<` merges and the container
/// has for itself is set twice on purpose, so nothing is reported for it.
pub(super) fn finish(part: &mut Document) {
    properties::mark_duplicates(&mut part.settings, &mut Vec::new());
    prefix::assign(part);
}

/// A value with what `${NAME:-value}` stands for while nobody sets the variable; others stay as written.
pub(super) fn with_defaults(value: &str) -> String {
    let mut filled = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, from)) = rest.split_once('$') {
        filled.push_str(before);
        let Some((inner, behind)) = braced(from) else {
            filled.push('$');
            rest = from;
            continue;
        };
        match inner.split_once('-') {
            // The value of an expression that cuts something off, such as `${HOSTNAME##*-}`, is not known.
            Some((name, value)) if is_name(name.strip_suffix(':').unwrap_or(name)) => {
                filled.push_str(value);
            }
            _ => {
                filled.push_str("${");
                filled.push_str(inner);
                filled.push('}');
            }
        }
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// What is in the braces with which a text begins, and what is behind them. No name is longer than that.
pub(super) fn braced(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('{')?;
    let end = inner.bytes().take(500).position(|byte| b"{}".contains(&byte))?;
    Some((inner.get(..end)?, inner.get(end..)?.strip_prefix('}')?))
}

#[cfg(test)]
mod tests {
    use super::with_defaults;

    #[test]
    fn a_default_replaces_its_variable_but_an_expression_that_cuts_something_off_stays() {
        for (text, want) in [
            ("${A:-b}c", "bc"),
            ("${A-b}", "b"),
            ("${HOSTNAME##*-}", "${HOSTNAME##*-}"),
            ("${A%-x}", "${A%-x}"),
            ("${A:?set it - please}", "${A:?set it - please}"),
        ] {
            assert_eq!(with_defaults(text), want);
        }
    }
}
