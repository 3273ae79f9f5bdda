//! Files within a YAML text: values that are properties, scripts, or YAML of their own.
//!
//! What is *not* here: maps whose keys are settings ([`super::maps`]). Invariants: what is found is where it is written,
//! also in a string with escapes; folded lines, which are not as written, are not read.

use kafka_upgrade_document::{Encoding, SourceText};
use kafka_upgrade_syntax::tree::{Node, Scalar, Style};

use super::reader::Reader;
use super::{sniff, walk};
use crate::{Document, Kind, Observation, Span};
use crate::{apps, clients, connector, kind, log4j, metrics, prefix, properties, shell};

/// Keys whose bodies are YAML of their own: values of a chart, patches.
const BODIES: &[&str] = &["values", "valuesContent", "patch", "defaultValues"];

impl Reader<'_, '_> {
    /// Reads a value that is the text of a file: properties of whatever sort, a script, or YAML.
    pub(super) fn body(&mut self, key: &Scalar, value: &Node) {
        let Some(body) = value.scalar().filter(|value| is_file(value)) else { return };
        let name = key.text.as_str();
        let written = body.span.of(self.text);
        let inner = SourceText::resolved(self.text, &body.text, body.span);
        if name.ends_with(".sh") || body.text.starts_with("#!") {
            super::take(shell::read_text(&inner), self.document);
            return;
        }
        if let Some(usages) = metrics::within(self.text, name, body) {
            self.document.usages.extend(usages);
            return;
        }
        if let Some(found) = clients::within(name, &inner).or_else(|| apps::within(name, &inner)) {
            self.document.observations.extend(found.observations);
            self.document.dependencies.extend(found.dependencies);
            let whole = Kind::Containers;
            self.document.parts.extend(found.parts.into_iter().map(|part| Document { kind: whole, ..part }));
            return;
        }
        let is_yaml =
            name.ends_with(".yaml") || name.ends_with(".yml") || body.text.starts_with("apiVersion:");
        if (is_yaml || BODIES.contains(&name)) && sniff::sniff("x.yaml", &body.text) > 0 {
            let mut found = Document { kind: Kind::Containers, ..Document::default() };
            walk::read(&body.text, &mut found);
            found.relocate(&|span: Span| inner.part(span.start as usize, span.end as usize));
            self.document.dependencies.extend(found.dependencies);
            self.document.observations.extend(found.observations);
            self.document.usages.extend(found.usages);
            self.document.settings.extend(found.settings);
            self.document.parts.extend(found.parts);
            return;
        }
        let connectors = connector::within(&inner, Kind::Containers);
        if !connectors.is_empty() {
            self.document.parts.extend(connectors);
            return;
        }
        // Folded lines are not what is written; in a string with escapes each is where it is written.
        let is_escaped = body.style != Style::Block;
        if !is_escaped && body.text.trim().lines().count() != written.trim().lines().count() {
            return;
        }
        let (mut settings, _) =
            properties::read(if is_escaped { &inner.text } else { written }, Encoding::Utf8);
        let (kind, component, other) = kind::detect(name, &settings);
        let logging = matches!(kind, Kind::Log4jProperties | Kind::Log4j2Properties);
        let moved = |span: Span| {
            if is_escaped {
                inner.part(span.start as usize, span.end as usize)
            } else {
                Span::new(span.start + body.span.start, span.end + body.span.start)
            }
        };
        let asking = other.into_iter().flat_map(|found| found.observations);
        self.document.observations.extend(asking.map(|one| Observation { span: moved(one.span), ..one }));
        if component.is_none() && !logging {
            return;
        }
        settings.iter_mut().for_each(|setting| setting.place(moved));
        // What starts the container often adds which of several it is.
        let is_whole = name.ends_with(".properties")
            && ["node.id", "broker.id"].iter().any(|key| kind::last(&settings, key).is_some());
        // A template is no text of properties yet.
        let is_template = written.contains("{{");
        let is_partial =
            is_template || !name.ends_with(".properties") || kind == Kind::BrokerProperties && !is_whole;
        let kind = if is_template { Kind::Containers } else { kind };
        let place = Some(key.span);
        let usages = if kind == Kind::Log4jProperties { log4j::classes(&settings) } else { Vec::new() };
        let mut part = Document {
            kind,
            component,
            settings,
            usages,
            place,
            is_partial,
            is_escaped,
            ..Document::default()
        };
        prefix::assign(&mut part);
        self.document.parts.push(part);
    }
}

/// Whether a value is the text of a file: lines of their own, or a string with line breaks, as `kubectl get` prints them.
fn is_file(value: &Scalar) -> bool {
    value.style == Style::Block || value.style == Style::Double && value.text.contains('\n')
}
