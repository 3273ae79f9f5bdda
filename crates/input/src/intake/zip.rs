//! ZIP archives (APPNOTE 6.3): the directory at the end, and entries that are stored or deflated.

use crc::{CRC_32_ISO_HDLC, Crc, NoTable};
use kafka_upgrade_document::Slice as _;

use super::packed::{Choose, Entry, MAX_ENTRIES, MAX_TEXT_BYTES, Refused, inflate_into, plain};
use crate::MAX_FILE_BYTES;

/// The checksum of ISO 3309, bit by bit: no table for a few texts.
const CRC: Crc<u32, NoTable> = Crc::<u32, NoTable>::new(&CRC_32_ISO_HDLC);

/// A line of the directory.
struct Listed<'a> {
    path: String,
    flags: u16,
    method: u16,
    /// CRC-32 of the content.
    sum: u32,
    packed: usize,
    size: usize,
    /// From the entry's local header on.
    at: &'a [u8],
}

/// See [`super::archive::open`].
pub(super) fn open(bytes: &[u8], choose: &mut Choose<'_>) -> Result<Vec<Entry>, Refused> {
    let listed = directory(bytes)?;
    let ignores: Vec<(&Listed<'_>, Vec<u8>)> = listed
        .iter()
        .filter(|one| one.path == ".gitignore" || one.path.ends_with("/.gitignore"))
        .filter_map(|one| Some((one, content(one).ok()?)))
        .collect();
    let ignores: Vec<(&str, &[u8])> =
        ignores.iter().map(|(one, text)| (one.path.as_str(), text.as_slice())).collect();
    let paths: Vec<&str> = listed.iter().map(|one| one.path.as_str()).collect();
    let wanted = choose(&paths, &ignores);
    let (mut entries, mut all) = (Vec::new(), 0);
    for one in wanted.into_iter().filter_map(|at| listed.get(at)) {
        let content = content(one);
        all += content.as_ref().map_or(0, Vec::len);
        if all > MAX_TEXT_BYTES {
            return Err(Refused::Unpacked);
        }
        entries.push(Entry { path: one.path.clone(), content });
    }
    Ok(entries)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn size_at(bytes: &[u8], at: usize) -> Option<usize> {
    usize::try_from(u32_at(bytes, at)?).ok()
}

/// All files that the archive lists. Sizes and names are those of the directory: a local header may have none.
fn directory(bytes: &[u8]) -> Result<Vec<Listed<'_>>, Refused> {
    let end = bytes.len().saturating_sub(22 + usize::from(u16::MAX));
    let tail = bytes.slice(end..);
    let end = tail.windows(4).rposition(|four| four == b"PK\x05\x06").ok_or(Refused::Damaged)?;
    let end = tail.slice(end..);
    let count = u16_at(end, 10).ok_or(Refused::Damaged)?;
    let start = u32_at(end, 16).ok_or(Refused::Damaged)?;
    if count == u16::MAX || start == u32::MAX {
        return Err(Refused::Foreign("ZIP64"));
    }
    if usize::from(count) > MAX_ENTRIES {
        return Err(Refused::Entries);
    }
    let mut rest =
        usize::try_from(start).ok().and_then(|start| bytes.get(start..)).ok_or(Refused::Damaged)?;
    let mut listed = Vec::new();
    for _ in 0..count {
        let (one, behind) = line(bytes, rest).ok_or(Refused::Damaged)?;
        rest = behind;
        listed.extend(one);
    }
    Ok(listed)
}

/// One line of the directory, without one for a folder, and what is behind it.
fn line<'a>(bytes: &'a [u8], rest: &'a [u8]) -> Option<(Option<Listed<'a>>, &'a [u8])> {
    let rest = rest.strip_prefix(b"PK\x01\x02")?;
    let length = |at: usize| u16_at(rest, at).map(usize::from);
    let (name, extra, comment) = (length(24)?, length(26)?, length(28)?);
    let name_end = 42 + name;
    let behind = rest.get(name_end + extra + comment..)?;
    let name = rest.get(42..name_end)?;
    // Names that are no UTF-8 are of a code page that the archive does not name.
    let path = String::from_utf8_lossy(name);
    if path.ends_with('/') || path.ends_with('\\') {
        return Some((None, behind));
    }
    let listed = Listed {
        path: plain(&path),
        flags: u16_at(rest, 4)?,
        method: u16_at(rest, 6)?,
        sum: u32_at(rest, 12)?,
        packed: size_at(rest, 16)?,
        size: size_at(rest, 20)?,
        at: bytes.get(size_at(rest, 38)?..)?,
    };
    Some((Some(listed), behind))
}

fn content(one: &Listed<'_>) -> Result<Vec<u8>, Refused> {
    if one.flags & 1 != 0 {
        return Err(Refused::Encrypted);
    }
    if one.size > MAX_FILE_BYTES {
        return Err(Refused::Unpacked);
    }
    let packed = || {
        let rest = one.at.strip_prefix(b"PK\x03\x04")?;
        let start = 26 + usize::from(u16_at(rest, 22)?) + usize::from(u16_at(rest, 24)?);
        rest.get(start..)?.get(..one.packed)
    };
    let packed = packed().ok_or(Refused::Damaged)?;
    let mut content = Vec::new();
    match one.method {
        0 => content.extend_from_slice(packed),
        8 => {
            inflate_into(packed, &mut |piece| {
                // More data than the stated size is an error, and may be a zip bomb.
                if content.len() + piece.len() > one.size {
                    return Err(Refused::Damaged);
                }
                content.extend_from_slice(piece);
                Ok(())
            })?;
        }
        9 => return Err(Refused::Foreign("deflate64")),
        12 => return Err(Refused::Foreign("bzip2")),
        14 => return Err(Refused::Foreign("LZMA")),
        93 => return Err(Refused::Foreign("zstd")),
        _ => return Err(Refused::Foreign("other")),
    }
    if content.len() == one.size && CRC.checksum(&content) == one.sum {
        Ok(content)
    } else {
        Err(Refused::Damaged)
    }
}
