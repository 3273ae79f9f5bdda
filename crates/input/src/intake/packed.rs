//! What the kinds of archives share: limits, why one is not read, what comes out of it, and the inflater.

use kafka_upgrade_document::Slice as _;
use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZError, MZFlush, MZStatus};

/// Larger archives hold more than configuration: 64 MiB.
pub const MAX_ARCHIVE_BYTES: usize = 64 * 1024 * 1024;

/// At most this much may be unpacked from one archive: 256 MiB. A zip bomb unpacks to a thousand times its size.
pub const MAX_UNPACKED_BYTES: usize = 256 * 1024 * 1024;

/// At most this much text is read from one archive: 64 MiB.
pub const MAX_TEXT_BYTES: usize = 64 * 1024 * 1024;

/// At most this many files may be in one archive or folder.
pub const MAX_ENTRIES: usize = 20_000;

/// Why an archive is not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// It ends in the middle, or its parts contradict each other.
    Damaged,
    /// Files in it are encrypted.
    Encrypted,
    /// More than [`MAX_ARCHIVE_BYTES`].
    Large,
    /// More than [`MAX_UNPACKED_BYTES`], or more than [`MAX_TEXT_BYTES`] of texts.
    Unpacked,
    /// More than [`MAX_ENTRIES`].
    Entries,
    /// An archive of another kind, or packed by another method.
    Foreign(&'static str),
}

/// A file of an archive.
#[derive(Debug)]
pub struct Entry {
    /// With slashes, without what would lead out of a folder.
    pub path: String,
    /// Its bytes, or why they cannot be had.
    pub content: Result<Vec<u8>, Refused>,
}

/// Chooses of all paths which are read, by their index; beside them the bytes of each `.gitignore`.
pub type Choose<'a> = dyn FnMut(&[&str], &[(&str, &[u8])]) -> Vec<usize> + 'a;

/// A path as a name: no drive, no leading slash, no step upwards. It is shown and never looked up.
pub(super) fn plain(path: &str) -> String {
    let path = path.replace('\\', "/");
    let parts = path.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}

/// What is inflated at a time.
const CHUNK: usize = 32 * 1024;

/// Unpacks deflated bytes piece by piece; returns how many bytes of `packed` were used.
///
/// # Errors
/// Where the bytes are damaged, or `take` refuses a piece.
pub(super) fn inflate_into(
    packed: &[u8],
    take: &mut dyn FnMut(&[u8]) -> Result<(), Refused>,
) -> Result<usize, Refused> {
    let mut state = InflateState::new_boxed(DataFormat::Raw);
    let mut output = vec![0; CHUNK];
    let mut used = 0;
    loop {
        let rest = packed.slice(used..);
        let step = inflate(&mut state, rest, &mut output, MZFlush::None);
        used += step.bytes_consumed;
        take(output.slice(..step.bytes_written))?;
        match step.status {
            Ok(MZStatus::StreamEnd) => return Ok(used),
            Ok(_) | Err(MZError::Buf) if step.bytes_written + step.bytes_consumed > 0 => {}
            _ => return Err(Refused::Damaged),
        }
    }
}
