//! Configuration that code makes, before it is known whose it is.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::Span;

/// A key with its value, put into a map or properties.
#[derive(Debug)]
pub(crate) struct ConfigEntry<'a> {
    /// The variable that holds the map, and the method in which it does.
    pub(crate) map: (usize, &'a str),
    pub(crate) key: String,
    pub(crate) prefix: &'static str,
    pub(crate) component: Option<Component>,
    /// The constant's class is shared by all clients.
    pub(crate) shared: bool,
    pub(crate) value: Option<String>,
    pub(crate) key_span: Span,
    pub(crate) value_span: Span,
}

/// A map that is passed to something whose component is known.
#[derive(Debug)]
pub(crate) struct ConfigSink<'a> {
    pub(crate) component: Component,
    pub(crate) map: (usize, &'a str),
    /// The bytes of the argument, if the map is created there.
    pub(crate) span: Span,
}
