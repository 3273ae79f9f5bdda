//! Judging what was read against Kafka's own facts.
//!
//! One way in: [`check`], or [`Run`] in slices. Pure: no input or output, no clock, no randomness, nothing of JavaScript; the same
//! request gives the same report, native and in the browser. What is *not* here: input formats, output formats.

mod case;
mod checked_file;
mod checks;
mod code;
mod computed;
mod defaults;
mod draft;
mod engine;
mod facts;
pub mod failures;
mod fate;
mod findings;
mod fix;
mod inventory;
mod levels;
mod life;
mod loggers;
mod manual;
mod matrix;
mod metrics;
mod named;
mod near;
mod notes;
mod options;
mod patches;
mod path;
mod place;
mod plan;
mod refusals;
mod request;
mod run;
mod safety;
mod texts;
mod unknown;
mod usages;
mod words;

pub use matrix::operations;
pub use named::{Named, about, named};
pub use notes::{Note, NoteKind, Remedy, Sample, examples, note, notes};
pub use request::{File, Request, SAID};
pub use run::{Parsed, Progress, Run, Stated, check};
