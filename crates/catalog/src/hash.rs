//! Where a key stands in the table `SLOTS`, for `build/` that fills it and for the lookup that reads it.
//!
//! A search by halves over some 900 sorted keys compares ten texts, most of which begin alike; a check of one
//! file asks for a hundred keys. The table is 4 KiB. FNV-1a: short keys, and nobody to defend against.

/// Number of slots: a power of two, at least twice the number of keys.
pub(crate) const SLOTS: usize = 2048;

/// The slot where the search for a key starts; it goes on to the next slots, and from the last to the first.
pub(crate) fn slot(key: &str) -> usize {
    let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let hash = key.bytes().fold(0x811c_9dc5, mix);
    (hash ^ (hash >> 15)) as usize % SLOTS
}
