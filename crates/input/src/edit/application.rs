//! Edits of a framework's properties: `.properties` lines, or entries of YAML.
//!
//! A key that is spelled over several levels of YAML is left alone, and a name of the framework's own is not renamed:
//! only the framework knows its successor.

use kafka_upgrade_document::{Editor, Setting, Span, TextEdit};

use super::{entries, properties};

pub(super) static EDITOR: Editor = Editor { entry: "property", remove, rename, split, value, lines: None };

fn remove(text: &str, settings: &[&Setting]) -> Option<Vec<TextEdit>> {
    let over_levels = |one: &&Setting| {
        let written = written(text, one);
        is_yaml(text, one) && written != one.key && one.key.ends_with(written)
    };
    let language = language(text, settings.first()?);
    (!settings.iter().any(over_levels)).then(|| (language.remove)(text, settings)).flatten()
}

fn rename(text: &str, setting: &Setting, key: &str) -> Option<TextEdit> {
    (written(text, setting) == setting.key).then(|| {
        let start = text.get(..setting.key_span.end as usize).and_then(|before| before.rfind(&setting.key));
        let start = start.map_or(setting.key_span.start, |start| start as u32);
        let span = Span::new(start, start + setting.key.len() as u32);
        TextEdit { span, text: key.to_owned() }
    })
}

fn split(_: &str, _: &Setting, _: &[&str]) -> Option<Vec<TextEdit>> {
    None
}

fn value(text: &str, setting: &Setting, value: &str) -> Option<TextEdit> {
    // What the framework converts is not written as Kafka takes it.
    let same = setting.value_span.of(text).trim() == setting.value.trim();
    same.then(|| (language(text, setting).value)(text, setting, value)).flatten()
}

fn language(text: &str, setting: &Setting) -> &'static Editor {
    if is_yaml(text, setting) { &entries::EDITOR } else { &properties::EDITOR }
}

fn is_yaml(text: &str, setting: &Setting) -> bool {
    let between = Span::new(setting.key_span.end, setting.value_span.start).of(text);
    between.contains(':') && !between.contains('=')
}

/// The key as it is written, without brackets and quotes.
fn written<'t>(text: &'t str, setting: &Setting) -> &'t str {
    setting.key_span.of(text).trim_matches(['[', ']', '"', '\''])
}

#[cfg(test)]
mod tests {
    use kafka_upgrade_document::apply;

    use super::*;
    use crate::read;

    const YAML: &str = "spring:\n  kafka:\n    consumer:\n      auto-offset-reset: latest # why\n      properties:\n        \
                        check.crcs: true\n        \"[max.poll.records]\": 5\n        max:\n          poll.interval.ms: 7\n";
    const PROPERTIES: &str = "spring.kafka.consumer.auto-offset-reset=latest\nspring.kafka.consumer.properties.check.crcs = true\n\
                              spring.kafka.consumer.fetch-max-wait=2s\n";

    fn setting(text: &str, key: &str) -> Setting {
        let document = read("", text, None);
        let mut all = document.parts.iter().flat_map(|part| &part.settings);
        all.find(|one| one.key == key).expect("a setting").clone()
    }

    fn edited(text: &str, edits: Vec<TextEdit>) -> String {
        apply(text, &edits)
    }

    #[test]
    fn a_property_goes_with_its_line_unless_its_key_is_spelled_over_several() {
        for (text, key, line) in [
            (YAML, "auto.offset.reset", "      auto-offset-reset: latest # why\n"),
            (YAML, "check.crcs", "        check.crcs: true\n"),
            (YAML, "max.poll.records", "        \"[max.poll.records]\": 5\n"),
            (PROPERTIES, "check.crcs", "spring.kafka.consumer.properties.check.crcs = true\n"),
        ] {
            let edits = remove(text, &[&setting(text, key)]).expect("a line of its own");
            assert_eq!(edited(text, edits), text.replace(line, ""), "{key}");
        }
        assert!(remove(YAML, &[&setting(YAML, "max.poll.interval.ms")]).is_none());
    }

    #[test]
    fn only_what_is_written_as_kafka_has_it_is_renamed_or_given_another_value() {
        let renamed = |text: &str, key: &str| {
            rename(text, &setting(text, key), "new.key").map(|edit| edited(text, vec![edit]))
        };
        let expected = |text: &str, key: &str| Some(text.replace(key, "new.key"));
        assert_eq!(renamed(PROPERTIES, "check.crcs"), expected(PROPERTIES, "check.crcs"));
        assert_eq!(renamed(YAML, "check.crcs"), expected(YAML, "check.crcs"));
        assert_eq!(renamed(YAML, "max.poll.records"), expected(YAML, "max.poll.records"));
        assert_eq!(renamed(YAML, "auto.offset.reset"), None);
        assert!(value(PROPERTIES, &setting(PROPERTIES, "fetch.max.wait.ms"), "1").is_none());
        let set = value(PROPERTIES, &setting(PROPERTIES, "check.crcs"), "false").expect("it can be set");
        assert_eq!(edited(PROPERTIES, vec![set]), PROPERTIES.replace("= true", "= false"));
    }
}
