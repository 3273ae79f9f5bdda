//! A `.properties` text that is worked on: comments and order stay.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Encoding, Setting, Span};
use kafka_upgrade_input::properties;
use kafka_upgrade_input::properties::edit::{self, TextEdit};

use crate::fix;

/// The text and what it sets.
pub(super) struct Sheet {
    text: String,
    settings: Vec<Setting>,
}

impl Sheet {
    pub(super) fn new(text: String) -> Self {
        let settings = settings(&text);
        Self { text, settings }
    }

    pub(super) fn into_text(self) -> String {
        self.text
    }

    /// Takes out every entry of such a key.
    pub(super) fn take_out(&mut self, is: impl Fn(&str) -> bool) {
        let gone = self.settings.iter().filter(|setting| is(&key_of(setting)));
        let edits = gone
            .map(|setting| TextEdit { span: fix::whole(setting, &self.text), text: String::new() })
            .collect();
        self.apply(edits);
    }

    /// Gives the key a value, in its place where it has one.
    pub(super) fn set(&mut self, key: &str, value: &str) {
        let effective = self.settings.iter().find(|setting| setting.effective && key_of(setting) == key);
        match effective.map(|setting| edit::replace_value(setting, value)) {
            Some(edit) => self.apply(vec![edit]),
            None => self.add(key, value),
        }
    }

    /// Gives an entry another key.
    pub(super) fn rename(&mut self, key: &str, new: &str) {
        let same = self.settings.iter().filter(|setting| key_of(setting) == key);
        let edits =
            same.map(|setting| TextEdit { span: setting.key_span, text: edit::escape_key(new) }).collect();
        self.apply(edits);
    }

    /// Adds a line of comment at the end.
    pub(super) fn comment(&mut self, words: &str) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        self.text.push_str("# ");
        self.text.push_str(words);
        self.text.push('\n');
    }

    /// Adds an entry at the end.
    pub(super) fn add(&mut self, key: &str, value: &str) {
        let edit = edit::append_entry(&self.text, key, value);
        self.apply(vec![edit]);
    }

    /// Adds entries at the end.
    pub(super) fn add_all<'k>(&mut self, entries: impl IntoIterator<Item = (&'k str, &'k str)>) {
        // One reading for all of them: what is added last decides, and none of it is looked at in between.
        let mut entries = entries.into_iter();
        if let Some((key, value)) = entries.next() {
            self.add(key, value);
            for (key, value) in entries {
                self.text.push_str(&edit::escape_key(key));
                self.text.push('=');
                self.text.push_str(&edit::escape_value(value));
                self.text.push('\n');
            }
            self.settings = settings(&self.text);
        }
    }

    fn apply(&mut self, mut edits: Vec<TextEdit>) {
        if edits.is_empty() {
            return;
        }
        edits.sort_by_key(|edit| edit.span);
        let mut end = 0;
        edits.retain(|edit| {
            let apart = edit.span.start >= end;
            end = end.max(edit.span.end);
            apart
        });
        self.text = edit::apply(&self.text, &edits);
        self.settings = settings(&self.text);
    }
}

/// The whole key, with its prefix.
pub(super) fn key_of(setting: &Setting) -> String {
    format!("{}{}", setting.prefix, setting.key)
}

fn settings(text: &str) -> Vec<Setting> {
    properties::document("server.properties", text, Some(Component::BROKER), Encoding::Utf8).settings
}

/// Whether a place lies in an entry.
pub(super) fn holds(setting: &Setting, place: Span) -> bool {
    setting.span.start <= place.start && place.end <= setting.span.end
}
