//! The request that most tests make: two releases and files, and nothing stated beside them.
//!
//! What else several tests share has a file of its own in this folder.

pub(crate) mod corpus;
pub(crate) mod notes;

use kafka_upgrade_catalog::Release;
use kafka_upgrade_session::{File, Request};

/// A test that states more sets it before `..request(…)`.
pub(crate) const fn request<'a>(from: Option<Release>, to: Release, files: &'a [File<'a>]) -> Request<'a> {
    Request { from, ..Request::new(to, files) }
}
