//! What somebody asks.

use kafka_upgrade_catalog::{Component, Platform, Release};
use kafka_upgrade_document::{Encoding, Units};
use kafka_upgrade_report::Mode;

/// What to check, for an upgrade from where to where.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// Release that runs now; detected from the files when it is not said.
    pub from: Option<Release>,
    /// Release to get to.
    pub to: Release,
    /// How the cluster keeps its metadata now; detected from the files when it is not said.
    pub mode: Option<Mode>,
    /// How the brokers are run, for the plan; detected from the files when it is not said.
    pub platform: Option<Platform>,
    /// Overrules what the files seem to be.
    pub component: Option<Component>,
    /// The files, in any order.
    pub files: &'a [File<'a>],
    /// What runs, in the reader's own words, such as `brokers 2.8 on ZooKeeper, librdkafka 1.9`.
    pub have: &'a [&'a str],
    /// How columns (and offsets of edits) are counted.
    pub units: Units,
}

impl<'a> Request<'a> {
    /// These files against a release, with nothing else stated; columns are counted in characters.
    #[must_use]
    pub const fn new(to: Release, files: &'a [File<'a>]) -> Self {
        Self {
            from: None,
            to,
            mode: None,
            platform: None,
            component: None,
            files,
            have: &[],
            units: Units::Characters,
        }
    }
}

/// The name under which [`Request::have`] is reported; each of its texts is a line.
pub const SAID: &str = "what runs";

/// One text with the name it was given under.
#[derive(Clone, Copy, Debug)]
pub struct File<'a> {
    /// Path as given; only its last part and extension say anything, and less than the text does.
    pub path: &'a str,
    /// The text itself.
    pub text: &'a str,
    /// Overrules what this file seems to be, unless the request overrules all of them.
    pub component: Option<Component>,
    /// How its bytes became text.
    pub encoding: Encoding,
}

impl<'a> File<'a> {
    /// A file that is what it seems to be.
    #[must_use]
    pub const fn new(path: &'a str, text: &'a str) -> Self {
        Self { path, text, component: None, encoding: Encoding::Utf8 }
    }
}
