//! What the standard library costs the page too much for: sorting, which is compiled once here whatever is sorted, and the
//! case of letters ([`case`]).
//!
//! The standard library's sort is compiled again for each type and each comparison, 4 KB a time: 310 KB of the page
//! before this crate. Here the sort moves indices, and only the comparison and one swap are compiled for each type.
//! What is *not* here: any type of ours. Invariants: the sort is stable; `clippy.toml` bans the others in the core.

#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod case;

use std::cmp::Ordering;

/// Stable sorting of a slice.
pub trait Sorted<T> {
    /// Sorts as [`slice::sort`] does.
    fn order(&mut self)
    where
        T: Ord,
    {
        self.order_by(T::cmp);
    }

    /// Sorts as [`slice::sort_by`] does.
    fn order_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// Sorts as [`slice::sort_by_key`] does; the key is asked for with each comparison.
    fn order_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.order_by(|one, other| key(one).cmp(&key(other)));
    }
}

impl<T> Sorted<T> for [T] {
    fn order_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let places = places(self.len(), &mut |one, other| match (self.get(one), self.get(other)) {
            (Some(one), Some(other)) => compare(one, other).is_gt(),
            _ => false,
        });
        follow(places, &mut |one, other| self.swap(one, other));
    }
}

/// Collecting into a sorted set or map, which `collect` would sort first with a sort of its own.
pub trait Gather: Iterator + Sized {
    /// Adds one item after the other.
    fn gather<C: Default + Extend<Self::Item>>(self) -> C {
        let mut all = C::default();
        all.extend(self);
        all
    }
}

impl<I: Iterator> Gather for I {}

/// For each place the index of what belongs there. Merges runs of two, four, eight … indices.
fn places(length: usize, is_behind: &mut dyn FnMut(usize, usize) -> bool) -> Vec<usize> {
    let mut places: Vec<usize> = (0..length).collect();
    // Most of what is sorted here was read in order.
    if (1..length).all(|at| !is_behind(at - 1, at)) {
        return places;
    }
    let mut width = 1;
    while width < length {
        let mut merged = Vec::with_capacity(length);
        for run in places.chunks(2 * width) {
            let (mut left, mut right) = run.split_at(width.min(run.len()));
            while let ([one, rest @ ..], [other, others @ ..]) = (left, right) {
                if is_behind(*one, *other) {
                    merged.push(*other);
                    right = others;
                } else {
                    merged.push(*one);
                    left = rest;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        places = merged;
        width *= 2;
    }
    places
}

/// Moves everything to its place, one circle of places after the other.
fn follow(mut places: Vec<usize>, swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..places.len() {
        let mut at = start;
        while let Some(place) = places.get_mut(at) {
            let next = std::mem::replace(place, at);
            if next == start {
                break;
            }
            swap(at, next);
            at = next;
        }
    }
}

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "compared with the standard library")]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::*;

    /// Numbers that look random and are the same in each run.
    fn numbers(length: usize, below: u32) -> Vec<(u32, usize)> {
        let mut seed = 12_345_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) % below
        };
        (0..length).map(|at| (next(), at)).collect()
    }

    #[test]
    fn the_order_is_that_of_the_standard_library_and_equals_stay_as_they_were() {
        for length in (0..70).chain([255, 256, 257, 1_000]) {
            for below in [1, 3, 1_000_000] {
                let given = numbers(length, below);
                let mut expected = given.clone();
                expected.sort_by_key(|(number, _)| *number);
                let mut sorted = given.clone();
                sorted.order_by_key(|(number, _)| *number);
                assert_eq!(sorted, expected, "{length} below {below}");
                expected.sort_by(|one, other| other.cmp(one));
                sorted.order_by(|one, other| other.cmp(one));
                assert_eq!(sorted, expected, "{length} below {below}, the other way round");
                sorted.order();
                assert!(sorted.is_sorted());
            }
        }
    }

    #[test]
    fn what_is_gathered_is_what_is_collected() {
        let numbers = numbers(100, 20);
        let (set, map): (BTreeSet<u32>, BTreeMap<u32, usize>) =
            (numbers.iter().map(|(number, _)| *number).gather(), numbers.iter().copied().gather());
        assert_eq!(set, numbers.iter().map(|(number, _)| *number).collect());
        assert_eq!(map, numbers.into_iter().collect(), "the last of equal keys counts");
    }
}
