//! What the catalog says of a key, in words.

use kafka_upgrade_catalog::{self as catalog, Bound, Default, Definition, Validator};
pub(crate) use kafka_upgrade_catalog::{Component, Release};

/// Every release that can be named, newest first.
pub(crate) fn releases() -> impl Iterator<Item = Release> {
    catalog::releases().rev()
}

/// The newest release.
pub(crate) fn newest() -> Release {
    catalog::newest()
}

/// Whether it is the newest release.
pub(crate) fn is_newest(release: Release) -> bool {
    release == catalog::newest()
}

/// How new a release is, in a few words.
pub(crate) fn newest_of(release: Release) -> String {
    if is_newest(release) {
        return "newest release".into();
    }
    let newest = catalog::minors().any(|newest| newest == release);
    let which = if newest { "newest patch" } else { "not the newest patch" };
    format!("{which} of {}.{}", release.major, release.minor)
}

/// Releases that most people who are asked will find themselves in, the oldest first.
pub(crate) fn common() -> impl Iterator<Item = Release> {
    let often = [(2, 8), (3, 4), (3, 6), (3, 7), (3, 9), (4, 0), (4, 1)];
    catalog::minors().filter(move |release| often.contains(&(release.major, release.minor)))
}

/// Components that a file can be said to be of.
pub(crate) fn components() -> impl Iterator<Item = Component> {
    Component::ALL.iter().copied()
}

/// Whether any release has a key of that name.
pub(crate) fn is_key(subject: &str) -> bool {
    catalog::components_of(subject).next().is_some()
}

/// A default in words.
pub(crate) fn default(definition: &Definition) -> String {
    match definition.default {
        Default::Required => "has to be set".into(),
        Default::Null => "null".into(),
        Default::Text("") => "empty".into(),
        Default::Text(text) => text.replace(',', ", "),
    }
}

/// What a running broker does with a new value.
pub(crate) fn update(definition: &Definition) -> &'static str {
    match definition.dynamic {
        None => "",
        Some(catalog::UpdateMode::ReadOnly) => "restarts for it",
        Some(catalog::UpdateMode::PerBroker) => "takes it, broker by broker",
        Some(catalog::UpdateMode::ClusterWide) => "takes it, for the cluster",
    }
}

/// What a validator takes, in words.
pub(crate) fn takes(validator: &Validator) -> String {
    let list = |texts: &[&str]| texts.join(", ");
    match validator {
        Validator::None => "all of its type".into(),
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
            all.iter().map(takes).filter(|words| words != "anything").collect::<Vec<_>>().join("; ")
        }
        Validator::Code(_) => "what its own code accepts".into(),
    }
}

fn bound(bound: &Bound) -> String {
    match bound {
        Bound::Whole(number) => number.to_string(),
        Bound::Double(number) => number.to_string(),
    }
}
