//! The module itself: what the library gives JavaScript, linked and optimised as a whole.

use kafka_upgrade_wasm as _;

fn main() {}
