//! Which releases of the clients have every class and member that Streams of a release calls.
//!
//! Source: `data/class_path.csv`, which `tests/classpath/record.py` writes: it looks for the target of each call of one
//! jar in the other. What is *not* here: whether the two behave together.

use crate::Release;
pub use crate::model::ClassPath;
use crate::tables::CLASS_PATHS;

/// The clients that Streams of a release links with; `None` for a release that was not examined.
#[must_use]
pub fn of_streams(streams: Release) -> Option<&'static ClassPath> {
    CLASS_PATHS.iter().find(|row| row.streams == streams.first_of_minor())
}

/// What Streams of one release calls and clients of another lack; `None` if nothing is missing, or the pair was not
/// examined.
#[must_use]
pub fn missing(streams: Release, clients: Release) -> Option<&'static str> {
    let row = of_streams(streams)?;
    let clients = clients.first_of_minor();
    let lacks = match () {
        () if clients < row.first => row.below,
        () if clients > row.last => row.above,
        () => return None,
    };
    Some(lacks).filter(|lacks| !lacks.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_fits_its_own_clients_and_not_those_that_lack_what_it_calls() {
        let lacks = |streams: (u8, u8), clients: (u8, u8)| {
            missing(Release::new(streams.0, streams.1, 1), Release::new(clients.0, clients.1, 1))
        };
        for row in CLASS_PATHS.iter() {
            assert_eq!(missing(row.streams, row.streams), None, "{row:?}");
            assert!(row.first <= row.streams && row.streams <= row.last, "{row:?}");
        }
        assert_eq!(lacks((3, 9), (4, 0)), None);
        assert!(lacks((3, 9), (4, 1)).is_some_and(|what| what.ends_with("MessageUtil.toByteBuffer")));
        assert!(lacks((4, 0), (3, 9)).is_some_and(|what| what.ends_with("AutoOffsetResetStrategy")));
        assert!(lacks((4, 4), (4, 3)).is_some_and(|what| what.ends_with("LogContext")));
        assert_eq!(lacks((99, 0), (4, 0)), None);
    }
}
