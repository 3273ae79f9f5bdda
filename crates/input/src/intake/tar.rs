//! tar archives (POSIX ustar and pax, and GNU's long names), as a stream.

use super::folder::is_readable;
use super::packed::{Choose, Entry, MAX_ENTRIES, MAX_TEXT_BYTES, Refused, plain};
use crate::MAX_FILE_BYTES;
use kafka_upgrade_document::Slice as _;

/// Headers and contents come in pieces of this many bytes.
const BLOCK: usize = 512;

/// A pax header or a long name is never longer: 1 MiB.
const MAX_NAME_BYTES: u64 = 1024 * 1024;

/// Reads an archive piece by piece. Bytes of a file are kept only where its name may be wanted.
#[derive(Default)]
pub(super) struct Reader {
    /// What is there of a block that is not complete.
    block: Vec<u8>,
    body: Body,
    /// Name for the next entry, where a header before it has one.
    name: Option<String>,
    found: Vec<(String, Result<Vec<u8>, Refused>)>,
    kept: usize,
    /// Two blocks of zeros, or none but these, end an archive.
    ended: bool,
    headers: usize,
}

/// What the bytes behind a header are.
#[derive(Default)]
struct Body {
    left: u64,
    /// Up to the next block.
    padding: u64,
    what: What,
    bytes: Vec<u8>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum What {
    /// Nothing that is kept.
    #[default]
    Skipped,
    /// The file that was found last.
    File,
    /// A name of more than 100 bytes, as GNU writes it.
    LongName,
    /// Records of a pax header.
    Pax,
}

impl Reader {
    /// Goes on with the next piece.
    pub(super) fn take(&mut self, mut piece: &[u8]) -> Result<(), Refused> {
        while !piece.is_empty() && !self.ended {
            if self.body.left + self.body.padding > 0 {
                piece = self.body(piece)?;
                continue;
            }
            let (head, behind) = piece.split_at(piece.len().min(BLOCK - self.block.len()));
            self.block.extend_from_slice(head);
            piece = behind;
            if self.block.len() == BLOCK {
                let block = std::mem::take(&mut self.block);
                self.header(&block)?;
            }
        }
        Ok(())
    }

    /// The files that are wanted of those that were found; see [`super::archive::open`].
    pub(super) fn end(mut self, choose: &mut Choose<'_>) -> Result<Vec<Entry>, Refused> {
        if self.body.left > 0 || (!self.block.is_empty() && !self.ended) {
            return Err(Refused::Damaged);
        }
        let paths: Vec<&str> = self.found.iter().map(|(path, _)| path.as_str()).collect();
        let is_ignore = |path: &str| path == ".gitignore" || path.ends_with("/.gitignore");
        let ignores: Vec<(&str, &[u8])> = self
            .found
            .iter()
            .filter_map(|(path, content)| {
                is_ignore(path).then_some((path.as_str(), content.as_deref().ok()?))
            })
            .collect();
        let wanted = choose(&paths, &ignores);
        let mut taken = wanted.into_iter().filter_map(|at| {
            let (path, content) = self.found.get_mut(at)?;
            Some(Entry { path: path.clone(), content: std::mem::replace(content, Ok(Vec::new())) })
        });
        Ok(taken.by_ref().collect())
    }

    fn body<'a>(&mut self, piece: &'a [u8]) -> Result<&'a [u8], Refused> {
        let length = |left: u64| usize::try_from(left).unwrap_or(usize::MAX).min(piece.len());
        if self.body.left == 0 {
            let skipped = length(self.body.padding);
            self.body.padding -= skipped as u64;
            return Ok(piece.slice(skipped..));
        }
        let (own, behind) = piece.split_at(length(self.body.left));
        self.body.left -= own.len() as u64;
        match self.body.what {
            What::Skipped => {}
            What::File => {
                self.kept += own.len();
                if self.kept > MAX_TEXT_BYTES {
                    return Err(Refused::Unpacked);
                }
                if let Some((_, Ok(content))) = self.found.last_mut() {
                    content.extend_from_slice(own);
                }
            }
            What::LongName | What::Pax => self.body.bytes.extend_from_slice(own),
        }
        if self.body.left == 0 {
            let bytes = std::mem::take(&mut self.body.bytes);
            match self.body.what {
                What::LongName => self.name = Some(text(&bytes)),
                What::Pax => self.name = pax_path(&bytes).or(self.name.take()),
                What::Skipped | What::File => {}
            }
        }
        Ok(behind)
    }

    fn header(&mut self, block: &[u8]) -> Result<(), Refused> {
        if block.iter().all(|byte| *byte == 0) {
            self.ended = true;
            return Ok(());
        }
        self.headers += 1;
        // Pax writes a header of its own before each entry.
        if self.headers > 2 * MAX_ENTRIES {
            return Err(Refused::Entries);
        }
        let field = |from: usize, to: usize| block.slice(from..to);
        // The sum is of all bytes, its own taken for blanks.
        let sum: u64 = block.iter().map(|byte| u64::from(*byte)).sum();
        let own: u64 = field(148, 156).iter().map(|byte| u64::from(*byte)).sum();
        if octal(field(148, 156)) != Some(sum - own + 8 * 32) {
            return Err(Refused::Damaged);
        }
        let size = octal(field(124, 136)).ok_or(Refused::Damaged)?;
        let kind = block.get(156).copied().unwrap_or_default();
        self.body = Body {
            left: size,
            padding: (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64,
            ..Body::default()
        };
        match kind {
            b'0' | 0 => {
                let short = || {
                    let prefix =
                        if field(257, 263) == b"ustar\0" { text(field(345, 500)) } else { String::new() };
                    format!("{prefix}/{}", text(field(0, 100)))
                };
                let path = plain(&self.name.take().unwrap_or_else(short));
                let is_kept = is_readable(&path) || path.ends_with(".gitignore");
                let content = if !is_kept {
                    Ok(Vec::new())
                } else if size > MAX_FILE_BYTES as u64 {
                    Err(Refused::Unpacked)
                } else {
                    self.body.what = What::File;
                    Ok(Vec::new())
                };
                self.found.push((path, content));
            }
            b'L' | b'x' if size > MAX_NAME_BYTES => return Err(Refused::Damaged),
            b'L' => self.body.what = What::LongName,
            b'x' => self.body.what = What::Pax,
            // Folders, links, devices and what is said of all entries.
            _ => self.name = None,
        }
        Ok(())
    }
}

/// Up to the first NUL.
fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(bytes.slice(..end)).into_owned()
}

/// Digits with blanks or NULs around them. Files of more than 8 GB are written otherwise.
fn octal(field: &[u8]) -> Option<u64> {
    let digits =
        field.iter().skip_while(|byte| **byte == b' ').take_while(|byte| !matches!(**byte, 0 | b' '));
    let mut number = 0_u64;
    for digit in digits {
        let digit = digit.checked_sub(b'0').filter(|digit| *digit < 8)?;
        number = number.checked_mul(8)?.checked_add(u64::from(digit))?;
    }
    Some(number)
}

/// `path` of records such as `27 path=some/long/name\n`, whose number is the length of the record.
fn pax_path(mut rest: &[u8]) -> Option<String> {
    let mut path = None;
    while !rest.is_empty() {
        let blank = rest.iter().position(|byte| *byte == b' ')?;
        let length: usize = text(rest.get(..blank)?).parse().ok()?;
        let record = rest.get(blank + 1..length)?;
        if let Some(value) = record.strip_prefix(b"path=") {
            path = Some(text(value.strip_suffix(b"\n").unwrap_or(value)));
        }
        rest = rest.get(length..).filter(|_| length > 0)?;
    }
    path
}
