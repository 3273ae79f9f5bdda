//! A part of a text or of a list, by a range that the code has computed and that is therefore always there.
//!
//! The page must not stop over a wrong range, tests and fuzzers must. What is *not* here: ranges that may well reach
//! beyond the end, which `get` is for.

use std::fmt::Debug;
use std::slice::SliceIndex;

/// The part under a range.
pub trait Slice<I> {
    /// The part; empty if the range is invalid, for which a debug build panics.
    fn slice(&self, range: I) -> &Self;
}

impl<I: SliceIndex<Self, Output = Self> + Clone + Debug> Slice<I> for str {
    fn slice(&self, range: I) -> &Self {
        let part = self.get(range.clone());
        debug_assert!(part.is_some(), "{range:?} is no place of {} bytes of text", self.len());
        part.unwrap_or_default()
    }
}

impl<T, I: SliceIndex<Self, Output = Self> + Clone + Debug> Slice<I> for [T] {
    fn slice(&self, range: I) -> &Self {
        let part = self.get(range.clone());
        debug_assert!(part.is_some(), "{range:?} is no place of {} items", self.len());
        part.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Slice as _;

    #[test]
    fn a_valid_range_gives_its_part() {
        assert_eq!("a → b".slice(2..5), "→");
        assert_eq!([1, 2, 3].slice(1..), [2, 3]);
        assert_eq!("".slice(..0), "");
    }

    #[test]
    #[cfg(debug_assertions)]
    fn an_invalid_range_panics_in_a_debug_build() {
        let wrong = [|| "a → b".slice(3..).len(), || "abc".slice(2..9).len(), || [1].slice(2..).len()];
        for one in wrong {
            assert!(std::panic::catch_unwind(one).is_err());
        }
    }
}
