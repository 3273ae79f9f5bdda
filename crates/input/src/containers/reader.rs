//! What a tree is read into, and its entries as settings. What is *not* here: which entries are settings.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_syntax::tree::{Node, Scalar};

use super::variables;
use crate::{Document, Setting, Span};

/// A tree's text, and what was read from it so far.
pub(super) struct Reader<'t, 'd> {
    pub(super) text: &'t str,
    pub(super) document: &'d mut Document,
}

impl Reader<'_, '_> {
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

/// A key with its value.
pub(super) fn setting(key: &Scalar, value: &Scalar) -> Setting {
    Setting {
        component: None,
        key: key.text.clone(),
        prefix: String::new(),
        value: value.text.clone(),
        span: Span::new(key.span.start.min(value.span.start), value.span.end.max(key.span.end)),
        key_span: key.span,
        value_span: value.span,
        effective: true,
    }
}
