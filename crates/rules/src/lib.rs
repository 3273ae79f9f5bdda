//! Judging what was read against Kafka's own facts.
//!
//! One way in: [`check`]. Pure: no input or output, no clock, no randomness, nothing of JavaScript; the same
//! request gives the same report, native and in the browser. What is *not* here: input formats, output formats.

mod request;

pub use request::{File, Request};
