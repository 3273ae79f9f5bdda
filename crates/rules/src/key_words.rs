//! What the catalog knows of a key, in words: defaults with their units, what is accepted, what became of it.

use kafka_upgrade_catalog::{Change, Default, Definition, UpdateMode, Validator};
use kafka_upgrade_sorted::case::Case as _;

/// A default, with the larger unit where the key counts small ones.
#[must_use]
pub fn default(definition: &Definition) -> String {
    match definition.default {
        Default::Required => "has to be set".into(),
        Default::Null => "null".into(),
        Default::Text("") => "empty".into(),
        Default::Text(text) => with_unit(definition.key, text),
    }
}

/// Larger units, the largest first: of what keys in milliseconds and in bytes count.
const MILLISECONDS: &[(u64, &str, &str)] =
    &[(86_400_000, "day", "days"), (3_600_000, "h", "h"), (60_000, "min", "min"), (1_000, "s", "s")];
const BYTES: &[(u64, &str, &str)] =
    &[(1 << 40, "TiB", "TiB"), (1 << 30, "GiB", "GiB"), (1 << 20, "MiB", "MiB"), (1 << 10, "KiB", "KiB")];

/// A value with its unit, and with the larger unit that it is a whole number of: `18000 ms (18 s)`.
#[must_use]
pub fn with_unit(key: &str, text: &str) -> String {
    let (unit, larger) = match key.rsplit('.').next() {
        Some("ms") => ("ms", MILLISECONDS),
        Some("bytes") => ("bytes", BYTES),
        _ => return text.replace(',', ", "),
    };
    let Ok(number) = text.parse::<u64>() else { return text.to_owned() };
    if number == i64::MAX.unsigned_abs() {
        return format!("{text} {unit} (unlimited)");
    }
    let whole = larger.iter().find(|(size, ..)| number >= *size && number.is_multiple_of(*size));
    whole.map_or_else(
        || format!("{text} {unit}"),
        |(size, one, many)| {
            let count = number / size;
            format!("{text} {unit} ({count} {})", if count == 1 { one } else { many })
        },
    )
}

/// What a running broker does with a new value.
#[must_use]
pub const fn update(definition: &Definition) -> &'static str {
    match definition.dynamic {
        None => "",
        Some(UpdateMode::ReadOnly) => "reads it at the next start",
        Some(UpdateMode::PerBroker) => "takes it over, broker by broker",
        Some(UpdateMode::ClusterWide) => "takes it over, in the whole cluster",
    }
}

/// What a definition accepts, with units where the key counts in some.
#[must_use]
pub fn accepts(definition: &Definition) -> String {
    accepted(definition.key, definition.validator)
}

fn accepted(key: &str, validator: &Validator) -> String {
    let number = |number: &str| with_unit(key, number);
    let list = |texts: &[&str]| texts.join(", ");
    match validator {
        Validator::None => "any value of its type".into(),
        Validator::Range(Some(low), Some(high)) => format!("{low} to {}", number(&high.to_string())),
        Validator::Range(Some(low), None) => format!("{} or more", number(&low.to_string())),
        Validator::Range(None, Some(high)) => format!("{} or less", number(&high.to_string())),
        Validator::Range(None, None) | Validator::NonNull => "anything".into(),
        Validator::In(texts) => list(texts),
        Validator::InIgnoringCase(texts) => format!("{}, in any case", list(texts)),
        Validator::ListIn { allowed, empty, .. } => {
            let of =
                if allowed.is_empty() { "a list".to_owned() } else { format!("a list of {}", list(allowed)) };
            if *empty == Some(false) { format!("{of}, not empty") } else { of }
        }
        Validator::NonEmpty => "anything but an empty text".into(),
        Validator::NonEmptyWithoutControlCharacters => "a text without control characters, not empty".into(),
        Validator::ListSize(size) => format!("a list of at most {size}"),
        Validator::All(all) => all
            .iter()
            .map(|one| accepted(key, one))
            .filter(|words| words != "anything")
            .collect::<Vec<_>>()
            .join("; "),
        Validator::Code(_) => "what its own code accepts".into(),
    }
}

/// What became of a key, in a few words.
#[must_use]
pub fn became(change: &Change) -> String {
    match (&change.before, &change.after) {
        (None, _) => "is new".into(),
        (_, None) => "is removed".into(),
        (Some(before), Some(after)) if before.default != after.default => {
            format!("default {} → {}", default(before), default(after))
        }
        (Some(before), Some(after)) if before.deprecated != after.deprecated => "is deprecated".into(),
        (Some(before), Some(after)) if before.validator != after.validator => {
            let (was, is) = (accepts(before), accepts(after));
            if was == is { "is checked differently".into() } else { format!("accepts {is}, accepted {was}") }
        }
        (Some(before), Some(after)) if before.value_type != after.value_type => {
            format!("type {:?} → {:?}", before.value_type, after.value_type).lower()
        }
        _ => "changes in a detail".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::with_unit;

    #[test]
    fn a_value_has_its_unit_and_a_larger_one_where_that_is_exact() {
        assert_eq!(with_unit("zookeeper.session.timeout.ms", "18000"), "18000 ms (18 s)");
        assert_eq!(with_unit("retention.ms", "604800000"), "604800000 ms (7 days)");
        assert_eq!(with_unit("a.ms", "1500"), "1500 ms");
        assert_eq!(with_unit("flush.ms", "9223372036854775807"), "9223372036854775807 ms (unlimited)");
        assert_eq!(with_unit("log.segment.bytes", "1073741824"), "1073741824 bytes (1 GiB)");
        assert_eq!(with_unit("a.bytes", "-1"), "-1");
        assert_eq!(with_unit("a.list", "a,b"), "a, b");
        assert_eq!(with_unit("a.ms", "0"), "0 ms");
    }
}
