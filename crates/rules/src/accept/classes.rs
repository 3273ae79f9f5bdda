//! Class names: which ones a release could load.
//!
//! A class of somebody's own may be on the class path or not, and nothing that is pasted tells. So a name is refused
//! only where it cannot be the name of a class.

use kafka_upgrade_catalog::Release;

/// Whether `Class.forName` could find the name at all.
pub(crate) fn is_loadable(name: &str, _release: Release) -> bool {
    // `[Ljava.lang.String;` and `[I` load, though no key wants them.
    let is_array = name.starts_with('[');
    let name = match name.strip_prefix('[') {
        Some(array) => array.trim_start_matches('[').trim_end_matches(';'),
        None => name,
    };
    // No program keeps its classes outside of packages; a bare name is one that lacks its package.
    (name.contains('.') || is_array)
        && name.split('.').all(|part| {
            let mut characters = part.chars();
            characters.next().is_some_and(|first| first.is_alphabetic() || matches!(first, '_' | '$'))
                && characters
                    .all(|character| character.is_alphanumeric() || matches!(character, '_' | '$' | '-'))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_cannot_be_classes_are_refused() {
        let release = Release::new(4, 0, 0);
        for right in ["com.example.Mine", "a.B$C", "[Ljava.lang.String;", "com.example.Größe"] {
            assert!(is_loadable(right, release), "{right}");
        }
        for wrong in [
            "",
            "Mine",
            "com.example.",
            "com..Mine",
            "com/example/Mine",
            "1Mine",
            "com.example.Mine.class,b",
            "a b",
        ] {
            assert!(!is_loadable(wrong, release), "{wrong}");
        }
    }
}
