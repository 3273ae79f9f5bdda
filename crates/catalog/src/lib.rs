//! What each Apache Kafka release says of itself.
//!
//! Facts only: they are extracted from Kafka's own jars (`extract/`) and never typed by hand. A release without
//! facts of its own is answered from the nearest patch of its minor, a part of a release that is not published
//! from the nearest release that has it; [`Definition::facts_from`] says which.
//!
//! What is *not* here: judgements, texts for people, anything about the files that somebody pastes.
//! Invariants: nothing is parsed or allocated at start; lookups are binary searches over static tables.

#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

pub mod class_path;
pub mod client_apis;
pub mod clients;
mod component;
mod configs;
mod hash;
pub mod java_options;
mod kind;
mod members;
mod mode;
mod model;
mod order;
mod packages;
mod platform;
mod protocol;
mod release;
mod releases;
mod tables;
pub mod tools;

pub use component::Component;
pub use configs::{
    Change, Definition, KeyEra, changes, components, components_of, definition, definitions, history, keys,
};
pub use kind::Kind;
pub use members::{
    Life, Member, Signature, class, class_name, classes, had, is_around, left_behind, members, overloads,
    returns, supertypes,
};
pub use mode::Mode;
pub use model::{
    Api, Bound, Default, Feature, Importance, Machine, MetadataVersion, UpdateMode, Validator, ValueType,
};
pub use order::reading_place;
pub use packages::{any_class, internal_class, internal_classes, package, packages};
pub use platform::Platform;
pub use protocol::{api, apis, features, metadata_versions};
pub use release::{ParseReleaseError, Release};
pub use releases::{
    UnknownRelease, date, facts_of, java_of_clients, java_of_servers, minors, newest, oldest, releases,
    resolve, scala,
};
