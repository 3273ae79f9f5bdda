//! Report v1: the one serialised shape of what was found.
//!
//! What is *not* here: how a finding came about. Invariants: no maps and no 64-bit numbers, so that every
//! reader sees the same; lists are sorted, so that the same input gives the same bytes.

mod format;
mod json;
mod schema;
mod text;

pub use format::{Context, FORMATS, Format, Source, format};
pub use schema::{
    Check, CheckOutcome, Confidence, Detected, Edit, FileReport, Finding, Fix, Mode, Path, Reference,
    Refusal, Report, SCHEMA, Severity, Summary, Tool, Verdict,
};
