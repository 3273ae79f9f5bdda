//! Covering secrets where something leaves: what a terminal shows ends up in logs of continuous integration, what is
//! exported in tickets.
//!
//! A cover knows values and nothing about where they came from; which values are secrets is decided by the readers.
//! Invariants: what is covered is as wide as what was there, so that marks stay under their places; line breaks stay;
//! time is linear in the text.

use std::borrow::Cow;
use std::collections::BTreeSet;

use kafka_upgrade_sorted::Sorted as _;

/// Values that are covered in every text that leaves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cover {
    /// Sorted by their texts, each once.
    patterns: Vec<Pattern>,
    /// For each pair of bytes whether a pattern begins with it, indexed by both.
    begins: Vec<bool>,
}

/// A text to search for, and the part of it to cover.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pattern {
    text: String,
    /// Where the value begins in it, in bytes.
    value: usize,
    /// Whether the value must not touch a letter or digit, since short values and words also occur within other
    /// words.
    alone: bool,
}

impl Cover {
    /// Covers each value wherever what stands before it (often nothing) stands there as well.
    #[must_use]
    pub fn new<'v>(values: impl IntoIterator<Item = (&'v str, &'v str)>) -> Self {
        let values = values.into_iter().filter(|(_, value)| !value.is_empty());
        let mut patterns: Vec<Pattern> = values
            .map(|(before, value)| Pattern {
                text: format!("{before}{value}"),
                value: before.len(),
                alone: !before.is_empty() || value.bytes().all(|byte| byte.is_ascii_alphabetic()),
            })
            .collect();
        patterns.order();
        patterns.dedup();
        let mut begins = vec![false; if patterns.is_empty() { 0 } else { 1 << 16 }];
        for pattern in &patterns {
            let all = match *pattern.text.as_bytes() {
                [first, second, ..] => pair(first, second)..=pair(first, second),
                [first] => pair(first, 0)..=pair(first, u8::MAX),
                [] => continue,
            };
            begins.get_mut(all).into_iter().flatten().for_each(|begins| *begins = true);
        }
        Self { patterns, begins }
    }

    /// Without values that are plain words: `client`, `clientListen`, `strimzi-`.
    #[must_use]
    pub fn without_words(&self) -> Self {
        let is_none = |pattern: &&Pattern| !is_words(pattern.text.get(pattern.value..).unwrap_or_default());
        Self {
            patterns: self.patterns.iter().filter(is_none).cloned().collect(),
            begins: self.begins.clone(),
        }
    }

    /// Whether there is nothing to cover.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// How many different values are covered.
    #[must_use]
    pub fn count(&self) -> usize {
        let values = self.patterns.iter().filter_map(|pattern| pattern.text.get(pattern.value..));
        values.collect::<BTreeSet<_>>().len()
    }

    /// The text with every value as stars.
    #[must_use]
    pub fn text<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let ranges = self.ranges(text);
        if ranges.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut covered = String::with_capacity(text.len());
        let mut from = 0;
        for (start, end) in ranges {
            covered.push_str(text.get(from..start).unwrap_or_default());
            let value = text.get(start.max(from)..end).unwrap_or_default();
            covered.extend(
                value.chars().map(|sign| if matches!(sign, '\n' | '\r' | '\t') { sign } else { '*' }),
            );
            from = end;
        }
        covered.push_str(text.get(from..).unwrap_or_default());
        Cow::Owned(covered)
    }

    /// What is covered of a text: ranges of bytes in their order, not overlapping.
    fn ranges(&self, text: &str) -> Vec<(usize, usize)> {
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        if self.is_empty() {
            return ranges;
        }
        let seconds = text.bytes().skip(1).chain([0]);
        for (at, (first, second)) in text.bytes().zip(seconds).enumerate() {
            if self.begins.get(pair(first, second)) == Some(&true) {
                self.at(text, at, &mut ranges);
            }
        }
        ranges.order();
        ranges.dedup_by(|next, before| {
            let joins = next.0 <= before.1;
            if joins {
                before.1 = before.1.max(next.1);
            }
            joins
        });
        ranges
    }

    /// Adds the values of all patterns that begin there.
    fn at(&self, text: &str, at: usize, ranges: &mut Vec<(usize, usize)>) {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let mut left = self.patterns.as_slice();
        let mut depth = 0;
        while !left.is_empty() {
            // Of patterns with the same beginning, those that end here come first.
            while let Some(pattern) = left.first().filter(|pattern| pattern.text.len() == depth) {
                let (start, end) = (at + pattern.value, at + depth);
                if !pattern.alone || is_alone(text, start, end, pattern.value == 0) {
                    ranges.push((start, end));
                }
                left = left.get(1..).unwrap_or_default();
            }
            let Some(byte) = rest.get(depth) else { return };
            let of = |pattern: &Pattern| pattern.text.as_bytes().get(depth).copied();
            let first = left.partition_point(|pattern| of(pattern) < Some(*byte));
            let last = left.partition_point(|pattern| of(pattern) <= Some(*byte));
            left = left.get(first..last).unwrap_or_default();
            depth += 1;
        }
    }
}

fn pair(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

/// Letters of a word, on average over those of a name in camel case.
const SHORTEST_WORD: usize = 3;

/// Whether a value is nothing but words and signs between them; nobody makes a word of one or two letters.
fn is_words(value: &str) -> bool {
    let is_word = |word: &str| {
        let neighbours = word.bytes().zip(word.bytes().skip(1));
        let joints = neighbours.filter(|(one, next)| one.is_ascii_lowercase() && next.is_ascii_uppercase());
        word.len() >= SHORTEST_WORD * (joints.count() + 1)
    };
    !value.bytes().any(|byte| byte.is_ascii_digit() || !byte.is_ascii())
        && value.split(|sign: char| !sign.is_ascii_alphabetic()).filter(|word| !word.is_empty()).all(is_word)
}

fn is_alone(text: &str, start: usize, end: usize, both: bool) -> bool {
    let touches = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    let before = both && touches(text.get(..start).and_then(|before| before.chars().next_back()));
    !before && !touches(text.get(end..).and_then(|behind| behind.chars().next()))
}

#[cfg(test)]
mod tests {
    use super::Cover;

    #[test]
    fn a_value_is_covered_wherever_it_stands_and_as_wide_as_it_is() {
        let cover = Cover::new([("", "Hq7-Vb2xW9"), ("", "é-secret"), ("", "hunter")]);
        assert_eq!(cover.text("a Hq7-Vb2xW9b, é-secret\n"), "a **********b, ********\n");
        assert_eq!(cover.text("hunter, hunters"), "******, hunters");
        assert_eq!(cover.text("nothing"), "nothing");
    }

    #[test]
    fn a_short_value_is_covered_in_its_place_alone() {
        let cover = Cover::new([("password=", "abx"), ("", "abcdef1"), ("", "abcdef12")]);
        assert_eq!(cover.text("abx password=abx, password=abxc"), "abx password=***, password=abxc");
        assert_eq!(cover.text("abcdef12"), "********");
    }

    #[test]
    fn only_what_nobody_would_call_a_file_is_covered_in_names() {
        let values =
            ["client", "clientListen", "strimzi-", "kafka_ssl", "QzXvBnMkLp", "hunter2", "Kx-7", "é-pass"];
        let names = Cover::new(values.map(|value| ("", value))).without_words();
        for (path, want) in [
            ("client/clientListen_a.config", "client/clientListen_a.config"),
            ("strimzi-kafka_ssl.yaml", "strimzi-kafka_ssl.yaml"),
            ("a/QzXvBnMkLp.yaml", "a/**********.yaml"),
            ("hunter2/Kx-7/é-pass", "*******/****/******"),
        ] {
            assert_eq!(names.text(path), want);
        }
    }

    #[test]
    fn values_that_begin_alike_are_found_in_one_pass() {
        let values: Vec<String> = (0..2000).map(|number| format!("{}{number:05}", "k".repeat(20))).collect();
        let cover = Cover::new(values.iter().map(|value| ("", value.as_str())));
        let text = values.join(" ");
        assert!(!cover.text(&text).contains('k'));
    }
}
