//! What the rules of a component look at: its settings, with the release's defaults behind them.
//!
//! A getter answers with the value that Kafka would work with: the one that is set, read as its type, else the
//! default of the release; `None` for null, for a key that the release does not define and for a value that is
//! refused already. So a rule that needs two values says nothing when one of them is wrong by itself.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;

use kafka_upgrade_catalog::{Component, Default, Definition, Release};
use kafka_upgrade_sorted::Gather as _;

use super::facts;
use super::fault::Fault;
use super::settings::{Entry, Refusal, Settings};
use super::{list, number};

/// Settings of one component at one release, and the refusals found so far, in the order in which Kafka finds them.
pub(crate) struct View<'a> {
    pub(crate) settings: &'a Settings<'a>,
    pub(crate) component: Component,
    pub(crate) release: Release,
    /// Definitions of the settings, in the settings' order.
    definitions: Vec<Option<Definition>>,
    refusals: Vec<Refusal<'a>>,
}

impl<'a> View<'a> {
    pub(crate) fn new(settings: &'a Settings<'a>, component: Component, release: Release) -> Self {
        let definitions =
            settings.iter().map(|entry| facts::definition(component, entry.key, release)).collect();
        Self { settings, component, release, definitions, refusals: Vec::new() }
    }

    /// The settings whose keys the release defines, with their definitions.
    pub(crate) fn defined(&self) -> impl Iterator<Item = (&'a Entry<'a>, Definition)> {
        self.settings
            .iter()
            .zip(&self.definitions)
            .filter_map(|(entry, definition)| Some((entry, (*definition)?)))
    }

    pub(crate) fn into_refusals(self) -> Vec<Refusal<'a>> {
        self.refusals
    }

    /// Whether the release is `major.minor` or newer.
    pub(crate) fn since(&self, major: u8, minor: u8) -> bool {
        (self.release.major, self.release.minor) >= (major, minor)
    }

    pub(crate) fn definition(&self, key: &str) -> Option<Definition> {
        match self.settings.place(key) {
            Some(place) => self.definitions.get(place).copied().flatten(),
            None => facts::definition(self.component, key, self.release),
        }
    }

    /// The setting of a key that the release defines.
    pub(crate) fn entry(&self, key: &str) -> Option<&'a Entry<'a>> {
        let place = self.settings.place(key)?;
        self.definitions.get(place).copied().flatten()?;
        self.settings.at(place)
    }

    /// Whether a key is set that the release defines.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Whether one of the keys is set. If none is, the rule concerns only defaults, which every release accepts.
    pub(crate) fn has_any(&self, keys: &[&str]) -> bool {
        keys.iter().any(|key| self.has(key))
    }

    /// The text of a value, trimmed, or of the default; not read as any type.
    pub(crate) fn text(&self, key: &str) -> Option<&'a str> {
        match self.entry(key) {
            Some(entry) => Some(number::trim(entry.value)),
            None => match self.definition(key)?.default {
                Default::Text(text) => Some(text),
                Default::Required | Default::Null => None,
            },
        }
    }

    /// The items of a list-typed value.
    pub(crate) fn list(&self, key: &str) -> impl Iterator<Item = &'a str> + Clone + use<'a> {
        list::items(self.text(key).unwrap_or_default())
    }

    /// A value of type int, long or short.
    pub(crate) fn whole(&self, key: &str) -> Option<i64> {
        number::whole(self.text(key)?, i64::MIN, i64::MAX)
    }

    /// Two whole numbers, if at least one of them is set: the defaults fit each other.
    pub(crate) fn pair(&self, first: &str, second: &str) -> Option<(i64, i64)> {
        if self.has(first) || self.has(second) {
            Some((self.whole(first)?, self.whole(second)?))
        } else {
            None
        }
    }

    /// Whether a key with that beginning is set.
    pub(crate) fn has_prefix(&self, prefix: &str) -> bool {
        self.settings.with_prefix(prefix).next().is_some()
    }

    /// A value of type boolean; a key without one is false.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.text(key).is_some_and(|text| text.eq_ignore_ascii_case("true"))
    }

    /// Refuses a key.
    pub(crate) fn refuse(
        &mut self,
        key: impl Into<Cow<'a, str>>,
        rule: &'static str,
        message: impl fmt::Display,
    ) {
        let key = key.into();
        let setting = self.settings.get(&key).map(|entry| entry.index);
        self.refusals.push(Refusal { key, setting, message: message.to_string(), rule });
    }

    /// Refuses the key that Kafka names, at the setting that brought it about when that is another one.
    pub(crate) fn refuse_for(
        &mut self,
        key: &'a str,
        cause: &str,
        rule: &'static str,
        message: impl fmt::Display,
    ) {
        let setting = self.settings.get(key).or_else(|| self.settings.get(cause)).map(|entry| entry.index);
        self.refusals.push(Refusal { key: Cow::Borrowed(key), setting, message: message.to_string(), rule });
    }

    /// Refuses a key that Kafka names, at a setting of another name.
    pub(crate) fn refuse_at(&mut self, key: String, setting: Option<usize>, fault: Fault) {
        self.refusals.push(Refusal {
            key: Cow::Owned(key),
            setting,
            message: fault.message,
            rule: fault.rule,
        });
    }

    /// Refuses a key unless it is refused already.
    pub(crate) fn refuse_once(&mut self, key: &'a str, fault: Fault) {
        if !self.is_refused(key) {
            self.refuse(key, fault.rule, fault.message);
        }
    }

    /// What is refused so far: keys with their settings.
    pub(crate) fn refused_places(&self) -> BTreeSet<(String, Option<usize>)> {
        self.refusals.iter().map(|refusal| (refusal.key.to_string(), refusal.setting)).gather()
    }

    /// Adds a refusal that was found in a part, unless it is known; `nowhere` is the index of settings that are not
    /// in the file.
    pub(crate) fn adopt(
        &mut self,
        refusal: Refusal<'a>,
        nowhere: usize,
        known: &mut BTreeSet<(String, Option<usize>)>,
    ) {
        let setting = refusal.setting.filter(|index| *index != nowhere);
        if known.insert((refusal.key.to_string(), setting)) {
            self.refusals.push(Refusal { setting, ..refusal });
        }
    }

    /// Whether this very key was refused before.
    pub(crate) fn is_refused(&self, key: &str) -> bool {
        self.refusals.iter().any(|refusal| refusal.key == key)
    }
}
