//! Report v1: the one serialised shape of what was found.
//!
//! What is *not* here: how a finding came about. Invariants: no maps and no 64-bit numbers, so that every
//! reader sees the same; lists are sorted, so that the same input gives the same bytes.

#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

mod by_place;
mod cover;
mod format;
mod html;
mod json;
mod markdown;
mod schema;
mod spans;
mod text;
mod without_secrets;
mod writer;

pub use cover::Cover;
pub use format::{FORMATS, format};
pub use json::{FORMAT as JSON, write as json, write_to as json_to};
pub use kafka_upgrade_catalog::Kind;
pub use markdown::{FORMAT as MARKDOWN, write as markdown};
pub use schema::{
    Action, CellVerdict, Check, CheckOutcome, Cluster, Confidence, Detected, DraftFile, Edit, Evidence,
    FileReport, Finding, Fix, Hop, HopKind, Matrix, MatrixCell, MatrixRow, Mode, Operation, Owner,
    PastedError, Path, Place, Plan, Pointer, Proof, ProofKind, Reference, Refusal, Rehearsal, Report, SCHEMA,
    Sense, Severity, Shown, Spot, Step, Summary, Tool, Verdict,
};
pub use without_secrets::without_secrets;
pub use writer::{Context, Format, Source};
