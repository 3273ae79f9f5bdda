//! What a tree is read into, and its entries as settings. What is *not* here: which entries are settings.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_sorted::Gather as _;
use kafka_upgrade_syntax::tree::Node;

use super::variables;
use crate::part::setting;
use crate::{Document, Setting, Span};

/// A tree's text, and what was read from it so far.
pub(super) struct Reader<'t, 'd> {
    pub(super) text: &'t str,
    pub(super) document: &'d mut Document,
    /// Kinds of the resources of the text, once somebody asks.
    kinds: OnceCell<BTreeSet<&'t str>>,
    /// Whether the text has words of each of [`WORDS`], once somebody asks.
    says: [OnceCell<bool>; WORDS.len()],
}

/// Something that may be named anywhere in a text, by its words in [`WORDS`].
#[derive(Clone, Copy, Debug)]
pub(super) enum Named {
    /// As a word or a variable.
    Zookeeper,
    /// Resources of Amazon MSK in tools of others.
    Msk,
    /// The operator once of Banzai Cloud.
    Koperator,
}

/// The words, in the order of [`Named`].
const WORDS: [&[&str]; 3] =
    [&["ookeeper", "OOKEEPER"], &["aws:msk", "msk.aws", "kafka.aws."], &["banzaicloud.io/"]];

impl<'t, 'd> Reader<'t, 'd> {
    pub(super) fn new(text: &'t str, document: &'d mut Document) -> Self {
        Self { text, document, kinds: OnceCell::new(), says: Default::default() }
    }

    /// Whether the text has a resource of a kind.
    pub(super) fn has_kind(&self, kind: &str) -> bool {
        let of_line = |line: &'t str| line.trim().strip_prefix("kind:").map(str::trim);
        self.kinds.get_or_init(|| self.text.lines().filter_map(of_line).gather()).contains(kind)
    }

    /// Whether the text names something anywhere.
    pub(super) fn says(&self, what: Named) -> bool {
        let is_said = |words: &[&str]| words.iter().any(|word| self.text.contains(word));
        let at = what as usize;
        let cell = self.says.get(at).zip(WORDS.get(at));
        cell.is_some_and(|(cell, words)| *cell.get_or_init(|| is_said(words)))
    }

    /// The scalars of a map as settings.
    pub(super) fn settings(&self, node: &Node) -> Vec<Setting> {
        let entries = node.entries().iter();
        entries.filter_map(|(key, value)| Some(setting(key, value.scalar()?))).collect()
    }

    /// A part of these settings.
    pub(super) fn part(
        &mut self,
        component: Component,
        place: Span,
        settings: Vec<Setting>,
        is_partial: bool,
    ) {
        if !settings.is_empty() {
            let is_partial = is_partial || settings.iter().any(Setting::has_placeholder);
            let mut part = Document { settings, ..super::part(component, place, is_partial) };
            variables::finish(&mut part);
            self.document.parts.push(part);
        }
    }
}
