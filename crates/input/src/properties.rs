//! `.properties` files: what one is, and whose keys it sets. The syntax is in `kafka-upgrade-syntax`.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Document, Encoding, Kind};
pub use kafka_upgrade_syntax::properties::*;

use crate::{Format, kind, log4j, prefix};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format =
    Format { name: "properties", extensions: &["properties"], names: &[], sniff, read: document };

/// Any text can be read as properties, so this is the last resort and never surer than that.
fn sniff(_: &str, _: &str) -> u8 {
    10
}

/// Reads a text that is known to be of properties.
#[must_use]
pub fn document(path: &str, text: &str, component: Option<Component>, encoding: Encoding) -> Document {
    let (settings, mut problems) = read(text, encoding);
    let (kind, component, other) = match component {
        Some(component) => (kind::kind_of(component), Some(component), None),
        None => kind::detect(path, &settings),
    };
    problems.splice(0..0, other);
    let mut document = Document { kind, component, settings, problems, ..Document::default() };
    if document.kind == Kind::Log4jProperties {
        document.usages = log4j::classes(&document.settings);
    }
    prefix::assign(&mut document);
    document
}
