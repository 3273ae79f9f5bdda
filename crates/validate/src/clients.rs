//! What producers, consumers and admin clients have in common.

use super::view::View;

/// Keys that programs usually set in code: a file without them is not refused for it.
pub(crate) const FROM_CODE: [&str; 6] = [
    "bootstrap.servers",
    "key.serializer",
    "value.serializer",
    "key.deserializer",
    "value.deserializer",
    "application.id",
];

/// Whether SASL is on and its mechanism empty (checked from 3.3 on).
pub(crate) fn check(view: &mut View<'_>) {
    let (protocol, mechanism) = ("security.protocol", "sasl.mechanism");
    if !view.since(3, 3) || !view.has(protocol) || !view.has(mechanism) {
        return;
    }
    let has_sasl = view.text(protocol).is_some_and(|text| text.to_ascii_uppercase().starts_with("SASL_"));
    if has_sasl && view.text(mechanism).is_some_and(str::is_empty) {
        view.refuse(mechanism, "missing-mechanism", "With SASL the mechanism must not be empty.");
    }
}
