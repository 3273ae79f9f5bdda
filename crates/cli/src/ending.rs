//! How the command ends.

use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ending {
    /// Nothing that should make the command fail.
    Clean,
    /// Something that should make it fail.
    Found,
    /// Bad usage, or something could not be read.
    Unreadable,
    /// Something could not be judged, and the arguments ask for a failure then.
    Unknown,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Clean => Self::SUCCESS,
            Ending::Found => Self::from(1),
            Ending::Unreadable => Self::from(2),
            Ending::Unknown => Self::from(3),
        }
    }
}
