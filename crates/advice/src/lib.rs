//! What to do with what was found: the compatibility matrix, the upgrade plan with its drafts, checks by hand.
//!
//! What is *not* here: how findings come about (`rules`), and computations over versions alone (`compat`).

#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod manual;
pub mod matrix;
pub mod plan;
pub mod unknown;

// The code that judges, under the names that the modules of this crate use for it.
use kafka_upgrade_rules::{
    LEAST_SEGMENT_BYTES, diagnostic, engine, inventory, levels, notes, patches, platform, upgrade,
};
