//! javac as the judge of findings in code: Java files, and javac's answers to them at each release.
//!
//! Files come from two places: [`cases`] writes them from the difference between the public API of neighbouring
//! releases, and `tests/javac/cases` holds those written by hand. Generated ones are not stored, only javac's answers
//! and a fingerprint. What is *not* here: our own findings (`tests/tests/javac.rs` compares).

pub mod api;
pub mod cases;
pub mod forms;
pub mod others;
pub mod record;
pub mod recording;
pub mod source;

use std::path::PathBuf;

/// The newest patch of each minor, in order; neighbours are compared.
pub const RELEASES: [&str; 15] = [
    "2.8.2", "3.0.2", "3.1.2", "3.2.3", "3.3.2", "3.4.1", "3.5.2", "3.6.2", "3.7.2", "3.8.1", "3.9.2",
    "4.0.2", "4.1.2", "4.2.2", "4.3.1",
];

/// Each release with the one after it.
pub fn neighbours() -> impl Iterator<Item = (&'static str, &'static str)> {
    RELEASES.into_iter().zip(RELEASES.into_iter().skip(1))
}

/// Where the recordings and the hand-written files are.
#[must_use]
pub fn folder() -> PathBuf {
    xtask::root().join("tests/javac")
}

/// FNV-1a: the same on every machine and of every version of the standard library.
#[must_use]
pub fn fingerprint<'a>(texts: impl IntoIterator<Item = &'a str>) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for text in texts {
        for byte in text.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}
