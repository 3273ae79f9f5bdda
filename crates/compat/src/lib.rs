//! Computations over versions: which client reaches which broker, the upgrade path from release to release, metadata
//! and feature levels.
//!
//! What is *not* here: files, findings, and what people are asked to do. Nothing in here has seen a text.

#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod cell;
pub mod clients;
pub mod levels;
pub mod libraries;
pub mod operations;
pub mod upgrade_path;
