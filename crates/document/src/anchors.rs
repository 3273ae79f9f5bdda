//! Where a text may have one of many literals, in one scan.
//!
//! Three neighbouring bytes of each literal, its anchor, are a bit of a small set; where a text has such three bytes, the
//! caller compares the literals themselves. An automaton for the same literals is a hundred times the bytes of the page.
//! Invariant: no place of a literal is left out.

use crate::slice::Slice as _;

/// Bytes of an anchor.
pub const ANCHOR_BYTES: usize = 3;

/// The anchors of some literals.
#[derive(Clone, Copy, Debug)]
pub struct Anchors([u64; 64]);

impl Anchors {
    /// The first bytes of each literal are its anchor. A literal shorter than an anchor is a mistake of the caller,
    /// and is never found.
    #[must_use]
    pub const fn of(literals: &[&str]) -> Self {
        let mut set = [0; 64];
        let mut left = literals;
        while let [literal, rest @ ..] = left {
            if let [one, two, three, ..] = literal.as_bytes() {
                set = with(set, bit(number([*one, *two, *three])));
            }
            left = rest;
        }
        Self(set)
    }

    /// A set of anchors that are listed themselves.
    #[must_use]
    pub const fn listed(anchors: &[[u8; ANCHOR_BYTES]]) -> Self {
        let mut set = [0; 64];
        let mut left = anchors;
        while let [anchor, rest @ ..] = left {
            set = with(set, bit(number(*anchor)));
            left = rest;
        }
        Self(set)
    }

    /// The bytes at which a text has what may be an anchor.
    pub fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        let mut last = 0;
        text.bytes().enumerate().filter_map(move |(at, byte)| {
            last = (last << 8 | byte as u32) & 0xff_ffff;
            let start = at.checked_sub(ANCHOR_BYTES - 1)?;
            self.has(last).then_some(start)
        })
    }

    fn has(&self, anchor: u32) -> bool {
        let bit = bit(anchor);
        self.0.get(bit as usize >> 6).is_some_and(|word| word >> (bit & 63) & 1 == 1)
    }
}

/// Three bytes as one number.
const fn number([one, two, three]: [u8; ANCHOR_BYTES]) -> u32 {
    (one as u32) << 16 | (two as u32) << 8 | three as u32
}

/// The index of an anchor's bit, one of 4,096: one product for each byte of a text is what a scan costs.
const fn bit(anchor: u32) -> u32 {
    anchor.wrapping_mul(0x9e37_79b1) >> 20
}

const fn with(mut set: [u64; 64], bit: u32) -> [u64; 64] {
    let mut left: &mut [u64] = &mut set;
    let mut at = bit >> 6;
    while let [word, rest @ ..] = left {
        if at == 0 {
            *word |= 1 << (bit & 63);
            break;
        }
        at -= 1;
        left = rest;
    }
    set
}

/// Literals with their anchors.
#[derive(Clone, Copy, Debug)]
pub struct Literals {
    anchors: Anchors,
    words: &'static [&'static str],
}

impl Literals {
    /// Those of a list, each of at least [`ANCHOR_BYTES`] bytes.
    #[must_use]
    pub const fn of(words: &'static [&'static str]) -> Self {
        Self { anchors: Anchors::of(words), words }
    }

    /// Whether a text has one of them.
    #[must_use]
    pub fn are_in(&self, text: &str) -> bool {
        self.places(text).next().is_some()
    }

    /// The bytes at which a text has one of them.
    pub fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        self.anchors.places(text).filter(move |at| {
            let rest = text.as_bytes().slice(*at..);
            // Most places are of no literal, or of one: a call for each literal to compare would be what a scan costs.
            self.words
                .iter()
                .any(|word| rest.first() == word.as_bytes().first() && rest.starts_with(word.as_bytes()))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_place_of_a_literal_is_found_and_few_others_are() {
        const LITERALS: &[&str] = &["ERROR", "xception", "is not a recognized option", "ERR", "Kä"];
        const ANCHORS: Anchors = Anchors::of(LITERALS);
        let text = "[x] ERROR Exception: zookeeper is not a recognized option ERROR Kä";
        let found: Vec<usize> = ANCHORS.places(text).collect();
        for literal in LITERALS {
            for (at, _) in text.match_indices(literal) {
                assert!(found.contains(&at), "{literal} at {at}");
            }
        }
        let plain = "[2026-04-07 07:00:00,001] INFO Kafka version: 4.1.2 (org.apache.kafka.common.utils.AppInfoParser)";
        assert!(ANCHORS.places(plain).count() <= 2, "{:?}", ANCHORS.places(plain).collect::<Vec<_>>());
        assert_eq!(ANCHORS.places("ab").count(), 0);
    }

    #[test]
    fn literals_are_found_where_they_are_and_nowhere_else() {
        const WORDS: &[&str] = &["ERROR", "xception", "is not a recognized option", "ERR"];
        let text = "ERROR xceptio ERRO is not a recognized optio xception ERR";
        let want: BTreeSet<usize> =
            WORDS.iter().flat_map(|word| text.match_indices(word).map(|(at, _)| at)).collect();
        assert_eq!(
            Literals::of(WORDS).places(text).collect::<Vec<_>>(),
            want.into_iter().collect::<Vec<_>>()
        );
        assert!(!Literals::of(WORDS).are_in("xceptio and is not a recognized optio"));
    }
}
