//! Release numbers of Apache Kafka.

use std::fmt;
use std::str::FromStr;

/// A release of Apache Kafka, such as 3.9.1. Ordered as releases are numbered.
///
/// Three numbers, as every release since 1.0.0 has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release {
    /// First number: 4 of 4.0.2.
    pub major: u8,
    /// Second number: 0 of 4.0.2.
    pub minor: u8,
    /// Third number: 2 of 4.0.2.
    pub patch: u8,
}

/// The text is not a release number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseReleaseError;

impl Release {
    /// The release with these three numbers, whether or not there is one.
    #[must_use]
    pub const fn new(major: u8, minor: u8, patch: u8) -> Self {
        Self { major, minor, patch }
    }

    /// The first release of the same minor: 4.0.0 for 4.0.2.
    #[must_use]
    pub const fn first_of_minor(self) -> Self {
        Self { patch: 0, ..self }
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl fmt::Display for ParseReleaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a release number such as 4.0.2")
    }
}

impl std::error::Error for ParseReleaseError {}

impl FromStr for Release {
    type Err = ParseReleaseError;

    /// Reads `3.9.1`, `v3.9.1` and `3.9` (as 3.9.0).
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut numbers = text.trim().trim_start_matches(['v', 'V']).split('.');
        let mut next = |missing: Option<u8>| match numbers.next() {
            Some(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
                number.parse::<u8>().map_err(|_| ParseReleaseError)
            }
            Some(_) => Err(ParseReleaseError),
            None => missing.ok_or(ParseReleaseError),
        };
        let release = Self { major: next(None)?, minor: next(None)?, patch: next(Some(0))? };
        if numbers.next().is_some() { Err(ParseReleaseError) } else { Ok(release) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn releases_are_ordered_as_they_are_numbered() {
        assert!(Release::new(3, 10, 0) > Release::new(3, 9, 2));
        assert!(Release::new(4, 0, 0) > Release::new(3, 10, 9));
    }

    #[test]
    fn a_release_reads_what_it_prints_and_refuses_the_rest() {
        assert_eq!("3.9.1".parse(), Ok(Release::new(3, 9, 1)));
        assert_eq!("v4.0".parse(), Ok(Release::new(4, 0, 0)));
        for wrong in ["", "4", "4.", "4.0.", "4.0.0.0", "4.x", "+4.0", "4.0.0-rc1", "400.0"] {
            assert_eq!(wrong.parse::<Release>(), Err(ParseReleaseError), "{wrong}");
        }
    }
}
