//! Branches that some releases alone get: what a script, a template or a playbook does behind a test for the version.
//!
//! What is *not* here: how a language writes its tests. A test that is not understood makes no guard, so that what stands
//! behind it is judged like anything else.

use std::cmp::Ordering;

use kafka_upgrade_catalog::Release;

use crate::Span;

/// A part of a text that is used only under conditions: a branch of a script, a block of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guard {
    /// The part, without the test itself.
    pub span: Span,
    /// The conditions, each with the result that it must have; all of them must hold.
    pub tests: Vec<(Test, bool)>,
}

/// One test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// Compares the release of Kafka with another one, using as many numbers as are written.
    Version {
        /// The comparison.
        is: Comparison,
        /// The numbers of the other.
        than: Vec<u32>,
    },
    /// The release is like one of these patterns, in which `*` stands for anything.
    Like(Vec<String>),
    /// The file that the part names exists; if it does not, another part is used.
    FileExists,
    /// The file that the part names exists; if it does not, nothing else is done.
    OnlyIfFileExists,
    /// One of these values of the chart is set.
    Set(Vec<String>),
}

/// How one release is to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// Older.
    Less,
    /// Older or the same.
    LessOrEqual,
    /// The same.
    Equal,
    /// The same or newer.
    GreaterOrEqual,
    /// Newer.
    Greater,
}

impl Guard {
    /// Whether the part is never used if everything runs on this release.
    #[must_use]
    pub fn is_dead_in(&self, release: Release) -> bool {
        self.tests.iter().any(|(test, wanted)| test.holds_in(release).is_some_and(|holds| holds != *wanted))
    }

    /// Whether the part is not used while a chart's values are those in its own file.
    #[must_use]
    pub fn is_off(&self, is_on: impl Fn(&str) -> Option<bool>) -> bool {
        self.tests.iter().any(|(test, wanted)| match test {
            Test::Set(names) if *wanted => names.iter().all(|name| is_on(name) == Some(false)),
            Test::Set(names) => names.iter().any(|name| is_on(name) == Some(true)),
            _ => false,
        })
    }

    /// Whether another part is used if a file does not exist.
    #[must_use]
    pub fn asks_for_file(&self) -> bool {
        self.tests.iter().any(|(test, _)| *test == Test::FileExists)
    }

    /// Whether nothing is done if a file does not exist.
    #[must_use]
    pub fn needs_file(&self) -> bool {
        self.tests.iter().any(|(test, _)| *test == Test::OnlyIfFileExists)
    }
}

impl Test {
    /// `None` if the test does not depend on the release.
    fn holds_in(&self, release: Release) -> Option<bool> {
        let numbers = [release.major, release.minor, release.patch].map(u32::from);
        match self {
            Self::Version { is, than } => {
                let order = numbers.iter().take(than.len()).cmp(than.iter());
                Some(match is {
                    Comparison::Less => order == Ordering::Less,
                    Comparison::LessOrEqual => order != Ordering::Greater,
                    Comparison::Equal => order == Ordering::Equal,
                    Comparison::GreaterOrEqual => order != Ordering::Less,
                    Comparison::Greater => order == Ordering::Greater,
                })
            }
            Self::Like(patterns) => {
                let name = release.to_string();
                Some(patterns.iter().any(|pattern| is_like(&name, pattern)))
            }
            Self::FileExists | Self::OnlyIfFileExists | Self::Set(_) => None,
        }
    }
}

/// Whether a name is the pattern's, in which each `*` stands for anything.
fn is_like(name: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => name == pattern,
        Some((start, rest)) => name.strip_prefix(start).is_some_and(|behind| {
            rest.is_empty()
                || (0..=behind.len()).filter_map(|at| behind.get(at..)).any(|behind| is_like(behind, rest))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(is: Comparison, than: &[u32]) -> Test {
        Test::Version { is, than: than.to_vec() }
    }

    #[test]
    fn as_many_numbers_count_as_are_written() {
        let at = Release::new(4, 3, 1);
        for (test, holds) in [
            (version(Comparison::Less, &[4]), false),
            (version(Comparison::LessOrEqual, &[3, 9]), false),
            (version(Comparison::Equal, &[4]), true),
            (version(Comparison::Greater, &[4]), false),
            (version(Comparison::GreaterOrEqual, &[4, 0, 0]), true),
            (version(Comparison::Less, &[4, 3, 2]), true),
            (Test::Like(vec!["4.*".to_owned()]), true),
            (Test::Like(vec!["3.*".to_owned(), "2.*".to_owned()]), false),
            (Test::Like(vec!["*".to_owned()]), true),
            (Test::Like(vec!["4.*.1".to_owned()]), true),
        ] {
            assert_eq!(test.holds_in(at), Some(holds), "{test:?}");
            let guard = |wanted| Guard { span: Span::default(), tests: vec![(test.clone(), wanted)] };
            assert_eq!((guard(true).is_dead_in(at), guard(false).is_dead_in(at)), (!holds, holds));
        }
    }

    #[test]
    fn a_test_for_a_file_does_not_depend_on_the_release() {
        let guard = Guard { span: Span::default(), tests: vec![(Test::FileExists, true)] };
        assert!(guard.asks_for_file() && !guard.is_dead_in(Release::new(4, 0, 0)));
    }
}
