//! What the catalog knows of a key, in words.

use kafka_upgrade_catalog::{Bound, Change, Default, Definition, UpdateMode, Validator};

/// A default.
pub(crate) fn default(definition: &Definition) -> String {
    match definition.default {
        Default::Required => "has to be set".into(),
        Default::Null => "null".into(),
        Default::Text("") => "empty".into(),
        Default::Text(text) => text.replace(',', ", "),
    }
}

/// What a running broker does with a new value.
pub(crate) const fn update(definition: &Definition) -> &'static str {
    match definition.dynamic {
        None => "",
        Some(UpdateMode::ReadOnly) => "reads it at the next start",
        Some(UpdateMode::PerBroker) => "takes it over, broker by broker",
        Some(UpdateMode::ClusterWide) => "takes it over, in the whole cluster",
    }
}

/// What a validator accepts.
pub(crate) fn accepts(validator: &Validator) -> String {
    let list = |texts: &[&str]| texts.join(", ");
    match validator {
        Validator::None => "any value of its type".into(),
        Validator::Range(Some(low), Some(high)) => format!("{} to {}", bound(low), bound(high)),
        Validator::Range(Some(low), None) => format!("{} or more", bound(low)),
        Validator::Range(None, Some(high)) => format!("{} or less", bound(high)),
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
        Validator::All(all) => {
            all.iter().map(accepts).filter(|words| words != "anything").collect::<Vec<_>>().join("; ")
        }
        Validator::Code(_) => "what its own code accepts".into(),
    }
}

/// What became of a key, in a few words.
pub(crate) fn became(change: &Change) -> String {
    match (&change.before, &change.after) {
        (None, _) => "is new".into(),
        (_, None) => "is removed".into(),
        (Some(before), Some(after)) if before.default != after.default => {
            format!("default {} → {}", default(before), default(after))
        }
        (Some(before), Some(after)) if before.deprecated != after.deprecated => "is deprecated".into(),
        (Some(before), Some(after)) if before.validator != after.validator => {
            let (was, is) = (accepts(before.validator), accepts(after.validator));
            if was == is { "is checked differently".into() } else { format!("accepts {is}, accepted {was}") }
        }
        (Some(before), Some(after)) if before.value_type != after.value_type => {
            format!("type {:?} → {:?}", before.value_type, after.value_type).to_lowercase()
        }
        _ => "changes in a detail".into(),
    }
}

fn bound(bound: &Bound) -> String {
    match bound {
        Bound::Whole(number) => number.to_string(),
        Bound::Double(number) => number.to_string(),
    }
}
