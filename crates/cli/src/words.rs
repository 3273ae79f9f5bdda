//! Definitions of the catalog in words.

use kafka_upgrade_catalog::{Default, Definition, Validator};

/// The default, or words for a missing one.
pub(crate) fn default(definition: &Definition) -> String {
    let text = match definition.default {
        Default::Required => return "(required)".to_owned(),
        Default::Null => return "(not set)".to_owned(),
        Default::Text("") => "(empty)".to_owned(),
        Default::Text(text) => text.to_owned(),
    };
    if definition.machine.is_some() { format!("{text} (differs from machine to machine)") } else { text }
}

/// Type and bounds.
pub(crate) fn values(definition: &Definition) -> String {
    let sort = format!("{:?}", definition.value_type).to_lowercase();
    match validator(definition.validator) {
        Some(bounds) => format!("{sort}, {bounds}"),
        None => sort,
    }
}

fn validator(bounds: &Validator) -> Option<String> {
    Some(match bounds {
        Validator::None => return None,
        Validator::Range(least, most) => match (least, most) {
            (Some(least), Some(most)) => format!("{least} to {most}"),
            (Some(least), None) => format!("at least {least}"),
            (None, Some(most)) => format!("at most {most}"),
            (None, None) => return None,
        },
        Validator::In(values) => format!("one of {}", values.join(", ")),
        Validator::InIgnoringCase(values) => format!("one of {} in any case", values.join(", ")),
        Validator::ListIn { allowed, empty, null } => {
            let items = if allowed.is_empty() { "anything".to_owned() } else { allowed.join(", ") };
            let empty = match empty {
                Some(true) => ", may be empty, no duplicates",
                Some(false) => ", not empty, no duplicates",
                None => "",
            };
            format!("items of {items}{empty}{}", if *null == Some(false) { ", not null" } else { "" })
        }
        Validator::NonNull => "not null".to_owned(),
        Validator::NonEmpty => "not empty".to_owned(),
        Validator::NonEmptyWithoutControlCharacters => "not empty, no control characters".to_owned(),
        Validator::ListSize(most) => format!("at most {most} items"),
        Validator::All(parts) => {
            let parts: Vec<String> = parts.iter().filter_map(validator).collect();
            parts.join(" and ")
        }
        Validator::Code(name) => format!("checked by {name}"),
    })
}
