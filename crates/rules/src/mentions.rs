//! Where files name what a failure may be about, kept with what is judged so that it is gathered once.
//!
//! What is *not* here: what is gathered, and what a name is compared with (`failures::pointers`).

use std::cell::OnceCell;

/// Where the files name what failures are about, sorted by the name's hash, then in the order of the files.
#[derive(Debug, Default)]
pub struct Mentions(pub(crate) OnceCell<Vec<Entry>>);

/// One place where something is named.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The hash of the name.
    pub(crate) name: u32,
    /// Number of the file in the request.
    pub(crate) file: usize,
    pub(crate) what: What,
}

/// An index into what the file, or the inventory, holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum What {
    Setting(usize),
    Usage(usize),
    Item(usize),
}
