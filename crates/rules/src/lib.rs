//! Judging what was read against Kafka's own facts.
//!
//! One way in: [`engine::find`] over a [`case::Upgrade`]. Pure: no input or output, no clock, no randomness, nothing of
//! JavaScript. What is *not* here: input and output formats, and what follows from findings (`advice`).

#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

mod administration;
mod build_files;
pub mod charts;
mod checked_file;
mod checks;
pub mod clusters;
mod code;
mod computed;
mod context;
mod defaults;
pub mod diagnostic;
pub mod engine;
pub mod evidence;
mod explanation;
mod facts;
pub mod failures;
mod fate;
pub mod findings;
mod fix;
pub mod inventory;
pub mod kept;
pub mod key_words;
mod leftovers;
pub mod levels;
mod life;
mod loggers;
mod mentions;
mod metrics;
mod named;
mod near;
pub mod notes;
mod options;
pub mod patches;
pub mod path;
mod place;
pub mod platform;
mod programs;
pub mod refusals;
mod refused_since;
mod request;
pub mod rule;
pub mod safety;
mod test_files;
mod texts;
mod understood;
pub mod unknown;
mod unused;
pub mod upgrade;
pub mod upgrade_path;
mod usages;
mod whose_logging;
mod words;

pub use explanation::Explanation;
pub use facts::LEAST_SEGMENT_BYTES;
pub use named::Named;
pub use notes::{ChangeKind, Note, Remedy, Sample, examples, note, notes};
pub use request::{File, Request, SAID};
pub use rule::Rule;
