//! What each Apache Kafka release says of itself.
//!
//! Facts only: they are extracted from Kafka's own jars (`extract/`) and never typed by hand.
//! What is *not* here: judgements, texts for people, anything about the files that somebody pastes.

mod component;
mod release;

pub use component::Component;
pub use release::{ParseReleaseError, Release};
