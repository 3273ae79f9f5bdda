//! A `.properties` text that is worked on: comments and order stay.

use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Lines, Setting, Span, TextEdit, apply};
use kafka_upgrade_sorted::Sorted as _;

/// The text and what it sets.
pub(super) struct Sheet {
    text: String,
    lines: &'static Lines,
    settings: Vec<Setting>,
}

impl Sheet {
    pub(super) fn new(text: String, lines: &'static Lines) -> Self {
        let settings = settings(&text, lines);
        Self { text, lines, settings }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Removes every entry whose key matches.
    pub(super) fn take_out(&mut self, is: impl Fn(&str) -> bool) {
        let gone = self.settings.iter().filter(|setting| is(&key_of(setting)));
        let edits = gone
            .map(|setting| TextEdit { span: (self.lines.whole)(&self.text, setting), text: String::new() })
            .collect();
        self.apply(edits);
    }

    /// Gives the key a value, in its place where it has one.
    pub(super) fn set(&mut self, key: &str, value: &str) {
        self.set_all([(key, value)]);
    }

    /// Gives each key its value, in its place where it has one; of a key that is given twice the last value counts.
    pub(super) fn set_all<'k>(&mut self, entries: impl IntoIterator<Item = (&'k str, &'k str)>) {
        let mut values: BTreeMap<&str, &str> = BTreeMap::new();
        let mut keys = Vec::new();
        for (key, value) in entries {
            if values.insert(key, value).is_none() {
                keys.push(key);
            }
        }
        let mut there = BTreeSet::new();
        let mut edits = Vec::new();
        for setting in self.settings.iter().filter(|setting| setting.effective) {
            let key = key_of(setting);
            if let Some((key, value)) = values.get_key_value(key.as_str())
                && there.insert((*key).to_owned())
            {
                edits.push((self.lines.replace)(setting, value));
            }
        }
        self.apply(edits);
        let new = keys.iter().filter(|key| !there.contains(**key));
        self.add_all(new.filter_map(|key| Some((*key, *values.get(key)?))).collect::<Vec<_>>());
    }

    /// Gives an entry another key.
    pub(super) fn rename(&mut self, key: &str, new: &str) {
        let same = self.settings.iter().filter(|setting| key_of(setting) == key);
        let edits =
            same.map(|setting| TextEdit { span: setting.key_span, text: (self.lines.key)(new) }).collect();
        self.apply(edits);
    }

    /// Adds a line of comment at the end.
    pub(super) fn comment(&mut self, words: &str) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.text.push_str(self.lines.comment);
        self.text.push_str(words);
        self.text.push('\n');
    }

    /// Adds an entry at the end.
    pub(super) fn add(&mut self, key: &str, value: &str) {
        self.add_all([(key, value)]);
    }

    /// Adds entries at the end.
    pub(super) fn add_all<'k>(&mut self, entries: impl IntoIterator<Item = (&'k str, &'k str)>) {
        // The text is parsed once, after all of them: nothing in between reads the result.
        let mut last: Option<String> = None;
        for (key, value) in entries {
            // How an entry is added depends only on the end of the text, which is the entry added last.
            let edit = (self.lines.append)(last.as_ref().unwrap_or(&self.text), key, value);
            match last {
                Some(_) => self.text.push_str(&edit.text),
                None => self.text = apply(&self.text, std::slice::from_ref(&edit)),
            }
            last = Some(edit.text);
        }
        if last.is_some() {
            self.settings = settings(&self.text, self.lines);
        }
    }

    fn apply(&mut self, mut edits: Vec<TextEdit>) {
        if edits.is_empty() {
            return;
        }
        edits.order_by_key(|edit| edit.span);
        let mut end = 0;
        edits.retain(|edit| {
            let apart = edit.span.start >= end;
            end = end.max(edit.span.end);
            apart
        });
        self.text = apply(&self.text, &edits);
        self.settings = settings(&self.text, self.lines);
    }
}

/// The whole key, with its prefix.
pub(super) fn key_of(setting: &Setting) -> String {
    format!("{}{}", setting.prefix, setting.key)
}

fn settings(text: &str, lines: &Lines) -> Vec<Setting> {
    (lines.read)(text, Some(Component::BROKER)).settings
}

/// Whether a place lies in an entry.
pub(super) fn holds(setting: &Setting, place: Span) -> bool {
    setting.span.start <= place.start && place.end <= setting.span.end
}
