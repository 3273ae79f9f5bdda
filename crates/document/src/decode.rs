//! Bytes of a file as text: which encodings are taken, which are known and refused, and how large a file may be.
//!
//! One decision for the command and the page. What is *not* here: reading files, messages with their names.

use crate::encoding::Encoding;

/// Larger files are no configuration: 16 MiB.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;

/// A file's text, and how its bytes became text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// A byte order mark of UTF-8 stays in it, as Kafka reads it too.
    pub text: String,
    /// UTF-8, or Latin-1 where the bytes are no UTF-8.
    pub encoding: Encoding,
}

/// Why bytes are no text here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecodable {
    /// More than [`MAX_FILE_BYTES`].
    TooLarge,
    /// Two bytes a character, with a byte order mark or without.
    Utf16,
    /// Four bytes a character, with a byte order mark or without.
    Utf32,
    /// Anything else with NUL bytes.
    Binary,
}

/// Text as Kafka would get it: UTF-8, else Latin-1, which is what `java.util.Properties` reads.
///
/// # Errors
///
/// Bytes that are no text of either, or too many.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, Undecodable> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(Undecodable::TooLarge);
    }
    // The mark of UTF-32 begins as that of UTF-16 does.
    if bytes.starts_with(&[0xff, 0xfe, 0, 0]) || bytes.starts_with(&[0, 0, 0xfe, 0xff]) {
        return Err(Undecodable::Utf32);
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Undecodable::Utf16);
    }
    if bytes.contains(&0) {
        return Err(wide(&bytes));
    }
    Ok(match String::from_utf8(bytes) {
        Ok(text) => Decoded { text, encoding: Encoding::Utf8 },
        Err(error) => {
            let text = error.into_bytes().into_iter().map(char::from).collect();
            Decoded { text, encoding: Encoding::Latin1 }
        }
    })
}

/// What NUL bytes mean: in text of ASCII letters, three of four bytes are 0 in UTF-32, and every other one in UTF-16.
fn wide(bytes: &[u8]) -> Undecodable {
    const SAMPLE: usize = 4096;
    let zeros = |width: usize, at: usize| {
        let of_place = || bytes.iter().take(SAMPLE).skip(at).step_by(width);
        of_place().count() > 0 && of_place().all(|byte| *byte == 0)
    };
    let letters = |width: usize, at: usize| {
        let mut of_place = bytes.iter().take(SAMPLE).skip(at).step_by(width);
        of_place.all(|byte| !byte.is_ascii_control() || byte.is_ascii_whitespace())
    };
    if bytes.len().is_multiple_of(4) && ((zeros(4, 2) && zeros(4, 3)) || (zeros(4, 0) && zeros(4, 1))) {
        return Undecodable::Utf32;
    }
    let is_utf16 = (letters(2, 0) && zeros(2, 1)) || (zeros(2, 0) && letters(2, 1));
    if bytes.len().is_multiple_of(2) && is_utf16 { Undecodable::Utf16 } else { Undecodable::Binary }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str, width: usize, big: bool, mark: bool) -> Vec<u8> {
        let mark = mark.then_some('\u{feff}');
        let signs = mark.into_iter().chain(text.chars()).map(u32::from);
        signs
            .flat_map(|sign| {
                let bytes = sign.to_be_bytes();
                let mut unit: Vec<u8> = bytes.iter().copied().skip(4 - width).collect();
                if !big {
                    unit.reverse();
                }
                unit
            })
            .collect()
    }

    #[test]
    fn each_wide_encoding_is_called_by_its_name() {
        for big in [false, true] {
            for mark in [false, true] {
                assert_eq!(
                    decode(wide("broker.id=1\n", 2, big, mark)),
                    Err(Undecodable::Utf16),
                    "{big} {mark}"
                );
                assert_eq!(
                    decode(wide("broker.id=1\n", 4, big, mark)),
                    Err(Undecodable::Utf32),
                    "{big} {mark}"
                );
            }
        }
        assert_eq!(decode(b"a=b\0c".to_vec()), Err(Undecodable::Binary));
        assert_eq!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0".to_vec()), Err(Undecodable::Binary));
    }

    #[test]
    fn what_is_no_utf_8_is_latin_1_and_a_mark_stays() {
        let latin = decode(b"a=caf\xe9".to_vec()).map(|one| (one.text, one.encoding));
        assert_eq!(latin, Ok(("a=caf\u{e9}".to_owned(), Encoding::Latin1)));
        let marked = decode(b"\xef\xbb\xbfa=b".to_vec()).map(|one| (one.text, one.encoding));
        assert_eq!(marked, Ok(("\u{feff}a=b".to_owned(), Encoding::Utf8)));
        assert_eq!(decode(Vec::new()).map(|one| one.encoding), Ok(Encoding::Utf8));
    }

    #[test]
    fn a_file_may_have_so_many_bytes_and_no_more() {
        assert!(decode(vec![b'a'; MAX_FILE_BYTES]).is_ok());
        assert_eq!(decode(vec![b'a'; MAX_FILE_BYTES + 1]), Err(Undecodable::TooLarge));
    }
}
