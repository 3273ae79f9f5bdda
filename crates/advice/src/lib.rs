//! What to do with what was found: the compatibility matrix, the upgrade plan with its drafts, checks by hand.
//!
//! What is *not* here: how findings come about (`rules`), and computations over versions alone (`compat`).

#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod manual;
pub mod matrix;
pub mod plan;
pub mod unknown;

// What is judged and how, under the names that it has there.
use kafka_upgrade_rules::{
    LEAST_SEGMENT_BYTES, diagnostic, engine, inventory, levels, notes, patches, platform, upgrade,
};
