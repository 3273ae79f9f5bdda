//! The core as its callers use it: [`check`] in one go, or a [`Session`] that follows edits.
//!
//! Synchronous WebAssembly cannot be cancelled, so a page judges in slices: it calls [`Session::step`] until there is
//! a report, and whatever it puts or removes in between starts over. Pure: no input or output, no clock, no
//! randomness, nothing of JavaScript.

#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

mod answers;
mod example;
mod fixes;
mod groups;
mod report;
mod run;
mod session;

pub use example::example;
pub use fixes::{Fixed, apply_safe, fix};
pub use kafka_upgrade_rules::{File, Request, SAID};
pub use run::{Parsed, Progress, Run, Stated, check, check_read};
pub use session::{Options, Session, Slice};
