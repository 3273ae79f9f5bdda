//! What crosses crate borders, and the browser that some of it needs.
//!
//! What is *not* here: tests of one crate. Each file in `tests/` states what it is for.

#![allow(
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "programs of maintainers and what tests share: a panic fails the run"
)]

pub mod browser;
pub mod cases;
pub mod driver;
pub mod firefox;
pub mod javac;
pub mod record;
pub mod size;
mod turn;
pub mod verdicts;
