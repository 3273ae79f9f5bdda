//! Reading what people paste.
//!
//! Text in, a [`Document`] out: never an error, never a panic, nothing lost. Whatever is wrong with the
//! text is a [`Problem`] at its place. Every format reduces to four things: [`Setting`], [`Usage`],
//! [`Dependency`] and [`Observed`], each with the [`Span`] of bytes that it was read from.
//! What is *not* here: Kafka versions and rules. Of the catalog only component and key *names* are used,
//! to detect what a text is.

#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

mod addresses;
mod apps;
mod build;
mod charts;
mod client_names;
mod clients;
mod code;
mod connector;
mod containers;
mod edit;
mod embedded;
mod environment;
mod format;
mod guards;
pub mod have;
pub mod intake;
mod jaas;
mod jars;
mod jmxtrans;
mod kind;
mod lines;
pub mod listing;
mod live;
mod log4j;
mod loggers;
mod lookalikes;
mod metric_names;
mod metrics;
mod native;
mod packages;
mod part;
mod passed_on;
mod patches;
mod platform;
mod prefix;
mod printed;
mod program_commands;
pub mod properties;
mod reader;
mod recipes;
mod releases;
mod secrets;
mod services;
mod shell;
mod signs;
mod tokens;
mod tool_names;

pub use build::project::settle;
pub use format::{FORMATS, read, read_as, read_aside};

/// All formats, as judging asks for them.
pub const READER: kafka_upgrade_document::Reader =
    kafka_upgrade_document::Reader { reread: read_aside, settle };

pub use kafka_upgrade_document::{
    Asked, Dependency, Document, Ecosystem, Encoding, Given, Kind, LineIndex, MAX_FILE_BYTES, Observation,
    Observed, Place, PlatformSign, Problem, Resource, Setting, Settled, Shared, Span, Tool, Transitive,
    Units, Usage, UsageKind,
};
pub use reader::Format;
