//! Texts into trees and tokens, each with its place: `.properties`, JSON, YAML, TOML, XML, shell.
//!
//! What is *not* here: what any text means, and Kafka. Invariants: parsing never fails and never panics; what is
//! wrong with a text is a `Problem` at its place, and what stands before it is kept.

#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod log4j;
pub mod properties;
pub mod shell;
pub mod tree;
