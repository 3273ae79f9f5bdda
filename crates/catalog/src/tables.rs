//! The packed facts as `build/` wrote them. Static data: nothing is parsed or allocated to read them.
//!
//! `first` and `last` are indices of [`RECORDED`], the releases that have facts of their own.

use crate::model::{
    Api, Bound, Carried, Chooses, ClassPath, Decides, Default, Feature, Importance, Inside, Machine,
    MetadataVersion, Product, ProductKind, Quirk, QuirkKind, UpdateMode, Validator, ValueType, Version,
};
use crate::release::Release;

/// A release with facts of its own.
pub(crate) struct Recorded {
    pub(crate) release: Release,
    pub(crate) java_servers: u8,
    pub(crate) java_clients: u8,
    pub(crate) scala: &'static [&'static str],
}

/// A key of one component in one era.
pub(crate) struct Row {
    pub(crate) key: u16,
    pub(crate) definition: u16,
    pub(crate) first: u8,
    pub(crate) last: u8,
}

/// A definition without its key; many keys share one.
pub(crate) struct Packed {
    pub(crate) value_type: ValueType,
    pub(crate) default: Default,
    pub(crate) validator: u16,
    pub(crate) importance: Importance,
    pub(crate) deprecated: bool,
    pub(crate) internal: bool,
    pub(crate) dynamic: Option<UpdateMode>,
    pub(crate) machine: Option<Machine>,
}

pub(crate) struct ApiRow {
    pub(crate) api: Api,
    pub(crate) first: u8,
    pub(crate) last: u8,
}

pub(crate) struct MetadataRow {
    pub(crate) version: MetadataVersion,
    pub(crate) first: u8,
    pub(crate) last: u8,
}

pub(crate) struct FeatureRow {
    pub(crate) feature: Feature,
    pub(crate) first: u8,
    pub(crate) last: u8,
}

pub(crate) struct ClassRow {
    pub(crate) name: &'static str,
    /// Indices of the classes directly above it that have rows of their own.
    pub(crate) supers: &'static [u16],
    pub(crate) first: u8,
    pub(crate) last: u8,
    /// First and last of the releases in between that lack it.
    pub(crate) gap: Option<(u8, u8)>,
    pub(crate) deprecated: Option<u8>,
}

pub(crate) struct MemberRow {
    pub(crate) class: u16,
    pub(crate) signature: &'static str,
    pub(crate) first: u8,
    pub(crate) last: u8,
    pub(crate) gap: Option<(u8, u8)>,
    pub(crate) deprecated: Option<u8>,
    /// Earlier than `last` if others accept its calls afterwards.
    pub(crate) declared: u8,
}

/// Classes of one package that are not public API and that some release lacks.
pub(crate) struct PackageRow {
    pub(crate) name: &'static str,
    /// Of the package itself.
    pub(crate) first: u8,
    pub(crate) last: u8,
    /// Simple names with a blank between, each with two letters before it: its first and its last release.
    pub(crate) lost: &'static str,
}

/// The API versions that a library supports for one API, from one version of the library until the next row of the
/// same API.
pub(crate) struct RangeRow {
    pub(crate) api: u8,
    pub(crate) min: i8,
    pub(crate) max: i8,
    pub(crate) chooses: Chooses,
    pub(crate) since: u8,
}

/// Versions of a library that were run at brokers.
pub(crate) struct Ran {
    pub(crate) library: &'static str,
    pub(crate) variant: &'static str,
    pub(crate) versions: &'static [Version],
    pub(crate) brokers: &'static [Version],
    pub(crate) date: &'static str,
}

/// What is inside of a product, from one version of it on.
pub(crate) struct EmbedRow {
    pub(crate) product: &'static str,
    pub(crate) since: Version,
    pub(crate) library: &'static str,
    pub(crate) inside: Inside,
}

/// An option of a tool, or the tool itself with an empty name.
pub(crate) struct OptionRow {
    pub(crate) name: &'static str,
    pub(crate) first: u8,
    pub(crate) last: u8,
    pub(crate) deprecated: Option<u8>,
}

/// A method whose result is a class that has a row.
pub(crate) struct ReturnRow {
    pub(crate) class: u16,
    pub(crate) method: &'static str,
    pub(crate) returns: u16,
}

include!(concat!(env!("OUT_DIR"), "/tables.rs"));
