//! What reading a text gives, whatever its format.
//!
//! A [`Document`] holds four things: [`Setting`], [`Usage`], [`Dependency`] and [`Observed`], each with the
//! [`Span`] of bytes that it was read from, and the [`Problem`]s of the text itself. Readers fill it and rules judge
//! it; this crate lies below both, so that a rule cannot depend on a format.
//! What is *not* here: reading, and Kafka's versions. Of the catalog only component names are used.

#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

mod anchors;
mod decode;
mod document;
mod edit;
mod embedded;
mod encoding;
mod failure;
mod guard;
mod member_name;
mod observation;
pub mod paths;
mod reader;
mod secret;
pub mod secrets;
mod slice;
mod source_text;
mod span;
pub mod template;

pub use anchors::{ANCHOR_BYTES, Anchors, Literals};
pub use decode::{Decoded, MAX_FILE_BYTES, Undecodable, Wide, decode};
pub use document::{
    Asked, Dependency, Document, Ecosystem, Editor, EmbeddedAt, Given, Lines, PlatformSign, Problem,
    Resource, Setting, Settled, Shared, Tool, Transitive, Usage, UsageKind,
};
pub use edit::{TextEdit, apply};
pub use embedded::{Embedded, EmbeddedFile, Variable};
pub use encoding::Encoding;
pub use failure::{Failure, NOT_FOUND, NOT_RECOGNIZED};
pub use guard::{Comparison, Guard, Test};
pub use kafka_upgrade_catalog::Kind;
pub use member_name::{Arguments, MemberName};
pub use observation::{ClientRequest, ClientVersion, Observation, Observed};
pub use reader::Reader;
pub use slice::Slice;
pub use source_text::SourceText;
pub use span::{LineIndex, Place, Span, Units};
