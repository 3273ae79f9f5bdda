//! A file as it was read, with its place in the request. What is *not* here: judgement.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Document, LineIndex, Setting, Slice as _};
use kafka_upgrade_sorted::Sorted as _;

use crate::kept::KeptFor;
use crate::refused_since::RefusedSince;

/// Values of a chart that are on or off, by their paths.
pub(crate) type Switches = BTreeMap<String, bool>;

/// One file as it was read.
#[derive(Clone, Debug)]
pub struct CheckedFile<'a> {
    /// As it was given.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// What was read from it.
    pub document: Rc<Document>,
    /// Whose keys it sets.
    pub component: Option<Component>,
    /// Of a broker file: which of the two it is.
    pub roles: Roles,
    /// Whether it is a part of the file before it, whose path and text it has.
    pub is_part: bool,
    /// What it is kept for beside files for others.
    pub kept_for: Option<KeptFor<'a>>,
    /// Keys that scripts delete before a server starts.
    pub(crate) deleted: Rc<BTreeSet<String>>,
    /// Of a chart's template: what the chart's values switch on and off.
    pub(crate) switches: Option<Rc<Switches>>,
    /// The first release that refuses each key, as far as that has been worked out.
    pub(crate) refused: RefCell<RefusedSince>,
    /// Indices of effective settings, sorted by key and component, the first of each.
    by_key: Vec<u32>,
    /// Indices of all settings, sorted by key, prefix and whether they are effective.
    by_name: OnceCell<Vec<u32>>,
    /// Where the lines of the text begin; shared with the parts of the text, of which there may be thousands.
    lines: Rc<OnceCell<LineIndex>>,
}

/// What `process.roles` makes of a broker file. Without it, it is a broker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Roles {
    /// It serves clients.
    pub broker: bool,
    /// It is one of the controllers of a KRaft quorum.
    pub controller: bool,
}

impl<'a> CheckedFile<'a> {
    /// The file with its roles worked out.
    pub fn new(
        path: &'a str,
        text: &'a str,
        document: impl Into<Rc<Document>>,
        component: Option<Component>,
    ) -> Self {
        let document = document.into();
        let roles = Roles { broker: true, controller: false };
        let (refused, by_key, lines) = (RefCell::default(), Vec::new(), Rc::default());
        let is_part = false;
        let (kept_for, switches) = (None, None);
        let mut read = Self {
            path,
            text,
            document,
            component,
            roles,
            is_part,
            kept_for,
            deleted: Rc::default(),
            switches,
            refused,
            by_key,
            by_name: OnceCell::new(),
            lines,
        };
        read.by_key = read.places();
        if let Some(roles) = read.setting(Component::BROKER, "process.roles") {
            let has = |role| roles.value.split(',').any(|one| one.trim() == role);
            let controller = has("controller");
            read.roles = Roles { broker: has("broker") || !controller, controller };
        }
        read
    }

    /// The file and behind it its parts, which are taken out of the document; a stated component is that of the whole.
    pub fn with_parts(
        path: &'a str,
        text: &'a str,
        document: Document,
        stated: Option<Component>,
    ) -> Vec<Self> {
        Self::of_documents(path, text, &with_its_parts(document), stated)
    }

    /// The same from [`with_its_parts`], which may be used again.
    pub(crate) fn of_documents(
        path: &'a str,
        text: &'a str,
        documents: &[Rc<Document>],
        stated: Option<Component>,
    ) -> Vec<Self> {
        let Some((whole, parts)) = documents.split_first() else { return Vec::new() };
        let whole = Self::new(path, text, Rc::clone(whole), stated.or(whole.component));
        let parts: Vec<_> = parts.iter().map(|part| whole.part(Rc::clone(part), part.component)).collect();
        std::iter::once(whole).chain(parts).collect()
    }

    /// A part of this file.
    pub fn part(&self, document: impl Into<Rc<Document>>, component: Option<Component>) -> Self {
        let part = Self::new(self.path, self.text, document, component);
        Self { is_part: true, lines: Rc::clone(&self.lines), ..part }
    }

    /// Where the lines of the text begin.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.text))
    }

    /// Whose key a setting is.
    pub fn component_of(&self, setting: &Setting) -> Option<Component> {
        // A prefix names its own component; without one the file's counts, which the reader may have overruled.
        if setting.prefix.is_empty() { self.component.or(setting.component) } else { setting.component }
    }

    /// The setting of that key that counts.
    pub fn setting(&self, component: Component, key: &str) -> Option<&Setting> {
        let wanted = (key, Some(component));
        let place = self.by_key.binary_search_by(|at| self.known_by(*at).cmp(&Some(wanted))).ok()?;
        self.document.settings.get(*self.by_key.get(place)? as usize)
    }

    /// The settings of a key with this prefix, in the order of the text: either those that count, or those that later
    /// ones override.
    pub(crate) fn settings_named<'s>(
        &'s self,
        key: &str,
        prefix: &str,
        effective: bool,
    ) -> impl Iterator<Item = &'s Setting> {
        let name = |at: u32| {
            let setting = self.document.settings.get(at as usize)?;
            Some((setting.key.as_str(), setting.prefix.as_str(), setting.effective))
        };
        let all = self.by_name.get_or_init(|| {
            let mut all: Vec<u32> = (0_u32..).zip(&self.document.settings).map(|(at, _)| at).collect();
            all.order_by_key(|at| (name(*at), *at));
            all
        });
        let wanted = Some((key, prefix, effective));
        let begins = all.partition_point(|at| name(*at) < wanted);
        let ends = all.partition_point(|at| name(*at) <= wanted);
        all.slice(begins..ends).iter().filter_map(|at| self.document.settings.get(*at as usize))
    }

    fn places(&self) -> Vec<u32> {
        let all = (0_u32..).zip(&self.document.settings).filter(|(_, setting)| setting.effective);
        let mut places: Vec<u32> = all.map(|(at, _)| at).collect();
        places.order_by_key(|at| self.known_by(*at));
        places.dedup_by_key(|at| self.known_by(*at));
        places
    }

    /// What a setting is looked up by.
    fn known_by(&self, at: u32) -> Option<(&str, Option<Component>)> {
        let setting = self.document.settings.get(at as usize)?;
        Some((setting.key.as_str(), self.component_of(setting)))
    }

    /// The setting that counts, of a broker file; `None` for any other file.
    pub fn broker_setting(&self, key: &str) -> Option<&Setting> {
        if self.is_broker() { self.setting(Component::BROKER, key) } else { None }
    }

    /// Whether it is a broker's or controller's file.
    pub fn is_broker(&self) -> bool {
        self.component == Some(Component::BROKER)
    }
}

/// A document without its parts, and those behind it.
pub(crate) fn with_its_parts(mut document: Document) -> Vec<Rc<Document>> {
    let parts = std::mem::take(&mut document.parts);
    std::iter::once(document).chain(parts).map(Rc::new).collect()
}
