//! What one component is given: each key once, with the value that counts.

use std::borrow::Cow;

use kafka_upgrade_sorted::Sorted as _;

/// Up to so many settings are gone through one by one.
const FEW: usize = 48;

/// Effective settings of one component, looked up by key.
///
/// Invariant: sorted by key, each key once; where a key was given twice the later one counts.
#[derive(Clone, Debug, Default)]
pub struct Settings<'a> {
    entries: Vec<Entry<'a>>,
}

/// One effective setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'a> {
    /// The key as its component knows it.
    pub key: &'a str,
    /// The value, not trimmed.
    pub value: &'a str,
    /// Whatever the caller knows the setting by, such as its place in a document.
    pub index: usize,
}

impl<'a> FromIterator<(&'a str, &'a str, usize)> for Settings<'a> {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str, usize)>>(settings: I) -> Self {
        let mut entries: Vec<_> =
            settings.into_iter().map(|(key, value, index)| Entry { key, value, index }).collect();
        // Stable, and from the back, so that of equal keys the last one is kept.
        entries.reverse();
        entries.order_by_key(|entry| entry.key);
        entries.dedup_by_key(|entry| entry.key);
        Self { entries }
    }
}

impl<'a> Settings<'a> {
    /// The setting of that key, if there is one.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry<'a>> {
        self.at(self.place(key)?)
    }

    /// Where the key stands in [`Settings::iter`].
    pub(super) fn place(&self, key: &str) -> Option<usize> {
        // Few keys are sooner gone through: most differ in length, which is seen without a look at the letters.
        if self.entries.len() <= FEW {
            return self.entries.iter().position(|entry| entry.key == key);
        }
        self.entries.binary_search_by(|entry| entry.key.cmp(key)).ok()
    }

    pub(super) fn at(&self, place: usize) -> Option<&Entry<'a>> {
        self.entries.get(place)
    }

    /// Whether the key is set, to whatever value.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.get(key).is_some()
    }

    /// All settings, sorted by key.
    pub fn iter(&self) -> impl Iterator<Item = &Entry<'a>> {
        self.entries.iter()
    }

    /// The settings whose key starts with `prefix`, sorted by key.
    pub fn with_prefix<'s, 'p>(
        &'s self,
        prefix: &'p str,
    ) -> impl Iterator<Item = &'s Entry<'a>> + use<'s, 'p, 'a> {
        let from = self.entries.partition_point(|entry| entry.key < prefix);
        self.entries.iter().skip(from).take_while(move |entry| entry.key.starts_with(prefix))
    }
}

/// One reason for which a release's own validation would refuse the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal<'a> {
    /// The key that is refused, or that is missing.
    pub key: Cow<'a, str>,
    /// [`Entry::index`] of the setting that is refused; `None` when the key is not set.
    pub setting: Option<usize>,
    /// What is wrong, with the bound and its unit; never quotes a secret.
    pub message: String,
    /// Which rule refuses it: stable, in kebab case.
    pub rule: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_of_equal_keys_counts() {
        let settings: Settings<'_> = [("b", "1", 0), ("a", "2", 1), ("b", "3", 2)].into_iter().collect();
        assert_eq!(settings.get("b"), Some(&Entry { key: "b", value: "3", index: 2 }));
        assert_eq!(settings.iter().map(|entry| entry.key).collect::<Vec<_>>(), ["a", "b"]);
        assert!(!settings.has("c"));
    }

    #[test]
    fn a_prefix_finds_its_own_keys_only() {
        let settings: Settings<'_> =
            [("a.b", "", 0), ("a", "", 1), ("a.c", "", 2), ("ab", "", 3)].into_iter().collect();
        assert_eq!(settings.with_prefix("a.").map(|entry| entry.key).collect::<Vec<_>>(), ["a.b", "a.c"]);
    }
}
