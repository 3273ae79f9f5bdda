//! Relations between the keys of Connect workers and connectors.

use super::fault::{Fault, quote};
use super::view::View;

/// A distributed worker: how workers sign requests among themselves.
pub(crate) fn distributed(view: &mut View<'_>) {
    let (generator, size) = ("inter.worker.key.generation.algorithm", "inter.worker.key.size");
    let name = view.text(generator).unwrap_or_default().to_ascii_uppercase();
    if name.starts_with("SUNTLS") && !view.is_refused(generator) {
        view.refuse(generator, "refused-algorithm", "The algorithm makes no keys for workers.");
    }
    if let (true, Some(bits)) = (view.has(size), view.whole(size))
        && !takes(&name, bits)
        && !view.is_refused(size)
    {
        let message = format!(
            "{bits} bits are no size of a key for {}.",
            quote(view.text(generator).unwrap_or_default())
        );
        view.refuse_for(size, size, "refused-relation", message);
    }
    // Before 3.3 it is the generator's name that is looked for.
    let signature = if view.since(3, 3) { "inter.worker.signature.algorithm" } else { generator };
    let verification = "inter.worker.verification.algorithms";
    if !view.has_any(&[signature, verification])
        || view.is_refused(signature)
        || view.is_refused(verification)
    {
        return;
    }
    let Some(algorithm) = view.text(signature) else { return };
    if !view.list(verification).any(|item| item == algorithm) {
        let message = format!("{} is not among `{verification}`.", quote(algorithm));
        view.refuse_for(signature, verification, "refused-relation", message);
    }
}

/// Sizes in bits that Java's own key generators take.
fn takes(generator: &str, bits: i64) -> bool {
    match generator {
        "AES" => matches!(bits, 128 | 192 | 256),
        "ARCFOUR" | "RC4" | "RC2" => (40..=1024).contains(&bits),
        "BLOWFISH" => (32..=448).contains(&bits) && bits % 8 == 0,
        "CHACHA20" => bits == 256,
        "DES" => bits == 56,
        "DESEDE" | "TRIPLEDES" => matches!(bits, 112 | 168),
        "HMACMD5" | "HMACSHA1" => true,
        _ if generator.starts_with("HMAC") => bits >= 40,
        _ => true,
    }
}

const CONVERTERS: &[&str] = &[
    "json.JsonConverter",
    "storage.StringConverter",
    "converters.BooleanConverter",
    "converters.ByteArrayConverter",
    "converters.DoubleConverter",
    "converters.FloatConverter",
    "converters.IntegerConverter",
    "converters.LongConverter",
    "converters.ShortConverter",
];
const HEADER_CONVERTERS: &[&str] = &["storage.SimpleHeaderConverter"];

/// A converter has to be one; only Java's and Kafka's own classes are known not to be.
pub(crate) fn converter(key: &str, class: &str) -> Result<(), Fault> {
    let is_header = key.starts_with("header.");
    let known = class.strip_prefix("org.apache.kafka.").map(|name| {
        let name = name.strip_prefix("connect.").unwrap_or_default();
        // All but the JSON converter convert headers as well.
        HEADER_CONVERTERS.contains(&name) == is_header && (is_header || CONVERTERS.contains(&name))
            || (is_header && CONVERTERS.contains(&name))
    });
    if known == Some(false) || class.starts_with("java.") {
        return Err(Fault::new("refused-class", format!("{} is no converter.", quote(class))));
    }
    Ok(())
}
