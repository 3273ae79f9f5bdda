//! ZIP and tar archives, and what is packed by gzip: which files they hold, and the bytes of those that are read.
//!
//! Invariants: nothing here panics, whatever the bytes; memory is bounded by the limits below, whatever an archive says
//! of itself. What is *not* here: which files are read, and what their bytes mean.

use super::packed::{
    Choose, Entry, MAX_ARCHIVE_BYTES, MAX_TEXT_BYTES, MAX_UNPACKED_BYTES, Refused, inflate_into,
};
use super::{tar, zip};

/// What kind of archive bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packed {
    /// ZIP, as jars are too.
    Zip,
    /// tar.
    Tar,
    /// gzip, with a tar archive or one file in it.
    Gzip,
    /// Known by name only.
    Foreign(&'static str),
}

/// What bytes begin with, and what that is.
const MAGIC: &[(&[u8], Packed)] = &[
    (b"PK\x03\x04", Packed::Zip),
    (b"PK\x05\x06", Packed::Zip),
    (b"\x1f\x8b", Packed::Gzip),
    (b"7z\xbc\xaf\x27\x1c", Packed::Foreign("7z")),
    (b"\xfd7zXZ\0", Packed::Foreign("xz")),
    (b"BZh", Packed::Foreign("bzip2")),
    (b"\x28\xb5\x2f\xfd", Packed::Foreign("zstd")),
    (b"Rar!\x1a\x07", Packed::Foreign("RAR")),
];

/// The kind of archive that bytes are, by what they begin with; `None` where they are none that is known.
#[must_use]
pub fn kind(bytes: &[u8]) -> Option<Packed> {
    let found = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind);
    // A text may begin with the letters of bzip2; its archive goes on with a digit and a number of its own.
    let found = found.filter(|kind| *kind != Packed::Foreign("bzip2") || bytes.get(4..7) == Some(b"1AY"));
    found.or_else(|| (bytes.get(257..262) == Some(b"ustar")).then_some(Packed::Tar))
}

/// The files whose bytes are wanted. `choose` is given the paths of all, in the order of the archive, and the bytes of
/// each `.gitignore`; it returns which are wanted. Other files are not unpacked, or dropped at once.
///
/// # Errors
/// Where nothing of the archive is read.
pub fn open(kind: Packed, bytes: &[u8], name: &str, choose: &mut Choose<'_>) -> Result<Vec<Entry>, Refused> {
    if bytes.len() > MAX_ARCHIVE_BYTES {
        return Err(Refused::Large);
    }
    match kind {
        Packed::Zip => zip::open(bytes, choose),
        Packed::Tar => {
            let mut reader = tar::Reader::default();
            reader.take(bytes)?;
            reader.end(choose)
        }
        Packed::Gzip => gzip(bytes, name, choose),
        Packed::Foreign(kind) => Err(Refused::Foreign(kind)),
    }
}

/// The members of a gzip file, RFC 1952, one behind the other: a tar archive, or one file.
fn gzip(bytes: &[u8], name: &str, choose: &mut Choose<'_>) -> Result<Vec<Entry>, Refused> {
    let (mut rest, mut all, mut held) = (bytes, 0_usize, Vec::new());
    let mut archive: Option<tar::Reader> = None;
    while rest.starts_with(b"\x1f\x8b") {
        let body = gzip_body(rest).ok_or(Refused::Damaged)?;
        let used = inflate_into(body, &mut |piece| {
            all += piece.len();
            if all > MAX_UNPACKED_BYTES {
                return Err(Refused::Unpacked);
            }
            if let Some(archive) = &mut archive {
                return archive.take(piece);
            }
            held.extend_from_slice(piece);
            if kind(&held) == Some(Packed::Tar) {
                let mut reader = tar::Reader::default();
                reader.take(&std::mem::take(&mut held))?;
                archive = Some(reader);
            } else if held.len() > MAX_TEXT_BYTES {
                return Err(Refused::Unpacked);
            }
            Ok(())
        })?;
        // A checksum and a size; what is damaged does not inflate, or its headers do not add up.
        rest = body.get(used..).and_then(|rest| rest.get(8..)).ok_or(Refused::Damaged)?;
    }
    match archive {
        Some(archive) => archive.end(choose),
        None => {
            let file = name.rsplit('/').next().unwrap_or_default();
            let path = file.strip_suffix(".gz").unwrap_or(file).to_owned();
            Ok(vec![Entry { path, content: Ok(held) }])
        }
    }
}

/// What is behind the header of a gzip member.
fn gzip_body(bytes: &[u8]) -> Option<&[u8]> {
    let (flags, mut rest) = (*bytes.get(3)?, bytes.get(10..)?);
    if *bytes.get(2)? != 8 {
        return None;
    }
    if flags & 4 != 0 {
        let length = usize::from(u16::from_le_bytes([*rest.first()?, *rest.get(1)?]));
        rest = rest.get(2 + length..)?;
    }
    // A name and a comment, each with a NUL at its end.
    for flag in [8, 16] {
        if flags & flag != 0 {
            let end = rest.iter().position(|byte| *byte == 0)?;
            rest = rest.get(end + 1..)?;
        }
    }
    if flags & 2 != 0 { rest.get(2..) } else { Some(rest) }
}
