//! Bytes of a file as text: which encodings are taken, which are known and refused, and how large a file may be.
//!
//! One decision for the command and the page. What is *not* here: reading files, messages with their names.

use crate::encoding::Encoding;

/// Larger files are no configuration: 16 MiB.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;

/// A file's text, and how its bytes became text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text. A byte order mark of UTF-8 is kept, as Kafka reads it too; that of a wide encoding is dropped.
    pub text: String,
    /// UTF-8, or Latin-1 where the bytes are no UTF-8.
    pub encoding: Encoding,
    /// The encoding of the bytes, if it is one that Kafka does not read.
    pub wide: Option<Wide>,
}

/// UTF-16 or UTF-32, as editors and shells of Windows write it. Kafka reads neither: the text is checked as the same
/// text in UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wide {
    /// Bytes of a unit: 2 or 4.
    unit: usize,
    big: bool,
    mark: bool,
}

impl Wide {
    /// `UTF-16` or `UTF-32`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        if self.unit == 2 { "UTF-16" } else { "UTF-32" }
    }

    /// A text in this encoding, with the byte order mark that the file had.
    #[must_use]
    pub fn encode(self, text: &str) -> Vec<u8> {
        let mark = self.mark.then_some('\u{feff}');
        let mut bytes = Vec::with_capacity(text.len() * self.unit);
        for sign in mark.into_iter().chain(text.chars()) {
            if self.unit == 4 {
                let sign = u32::from(sign);
                bytes.extend(if self.big { sign.to_be_bytes() } else { sign.to_le_bytes() });
            } else {
                for unit in sign.encode_utf16(&mut [0; 2]) {
                    bytes.extend(if self.big { unit.to_be_bytes() } else { unit.to_le_bytes() });
                }
            }
        }
        bytes
    }

    /// The text without its mark; `None` where the bytes are not of this encoding throughout.
    fn decode(self, bytes: &[u8]) -> Option<String> {
        let (units, rest) = (bytes.chunks_exact(self.unit), bytes.len() % self.unit);
        if rest > 0 {
            return None;
        }
        let number = |unit: &[u8]| {
            let shift = |number: u32, byte: &u8| (number << 8) | u32::from(*byte);
            if self.big { unit.iter().fold(0, shift) } else { unit.iter().rev().fold(0, shift) }
        };
        let text: Option<String> = if self.unit == 4 {
            units.map(|unit| char::from_u32(number(unit))).collect()
        } else {
            char::decode_utf16(units.map(|unit| number(unit) as u16)).map(Result::ok).collect()
        };
        text.map(|text| text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
    }
}

/// Why bytes are no text here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undecodable {
    /// More than [`MAX_FILE_BYTES`].
    TooLarge,
    /// They begin as UTF-16 or UTF-32, and are not that throughout.
    Damaged(&'static str),
    /// Anything else with NUL bytes, or with more control characters than a text has.
    Binary,
}

/// Text as Kafka would get it: UTF-8, else Latin-1, which is what `java.util.Properties` reads. UTF-16 and UTF-32 are
/// decoded as well, with a byte order mark or without.
///
/// # Errors
///
/// Bytes that are no text of either, or too many.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, Undecodable> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(Undecodable::TooLarge);
    }
    if let Some(wide) = wide(&bytes) {
        let text = wide.decode(&bytes).ok_or(Undecodable::Damaged(wide.name()))?;
        return Ok(Decoded { text, encoding: Encoding::Utf8, wide: Some(wide) });
    }
    if bytes.contains(&0) {
        return Err(Undecodable::Binary);
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(Decoded { text, encoding: Encoding::Utf8, wide: None }),
        Err(error) => {
            let bytes = error.into_bytes();
            // Text in Latin-1 has hardly any control characters; in compressed bytes every tenth byte is one.
            let controls =
                bytes.iter().filter(|byte| byte.is_ascii_control() && !is_in_texts(**byte)).count();
            if controls * 50 > bytes.len() {
                return Err(Undecodable::Binary);
            }
            let text = bytes.into_iter().map(char::from).collect();
            Ok(Decoded { text, encoding: Encoding::Latin1, wide: None })
        }
    }
}

/// White space, and what colours a log.
const fn is_in_texts(control: u8) -> bool {
    control.is_ascii_whitespace() || control == 0x1b
}

/// The wide encoding shown by a byte order mark, or by NUL bytes: of ASCII letters three of four bytes are 0 in
/// UTF-32, and every other one in UTF-16.
fn wide(bytes: &[u8]) -> Option<Wide> {
    const SAMPLE: usize = 4096;
    // The mark of UTF-32 begins as that of UTF-16 does.
    const MARKS: [(&[u8], usize, bool); 4] = [
        (&[0xff, 0xfe, 0, 0], 4, false),
        (&[0, 0, 0xfe, 0xff], 4, true),
        (&[0xff, 0xfe], 2, false),
        (&[0xfe, 0xff], 2, true),
    ];
    if let Some((_, unit, big)) = MARKS.into_iter().find(|(mark, ..)| bytes.starts_with(mark)) {
        return Some(Wide { unit, big, mark: true });
    }
    let of_place = |unit: usize, at: usize| bytes.iter().take(SAMPLE).skip(at).step_by(unit);
    let zeros =
        |unit: usize, at: usize| of_place(unit, at).count() > 0 && of_place(unit, at).all(|byte| *byte == 0);
    let letters = |unit: usize, at: usize| {
        of_place(unit, at).all(|byte| !byte.is_ascii_control() || byte.is_ascii_whitespace())
    };
    let is = |unit: usize, big: bool| {
        let low = if big { unit - 1 } else { 0 };
        letters(unit, low) && (0..unit).filter(|at| *at != low).all(|at| zeros(unit, at))
    };
    let found =
        [(4, false), (4, true), (2, false), (2, true)].into_iter().find(|(unit, big)| is(*unit, *big));
    found.map(|(unit, big)| Wide { unit, big, mark: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "broker.id=1\nname=\u{e9}\u{1f980}\n";

    #[test]
    fn wide_encodings_are_decoded_and_written_back_as_they_were() {
        for unit in [2, 4] {
            for big in [false, true] {
                let marked = Wide { unit, big, mark: true };
                let bytes = marked.encode(TEXT);
                let decoded = decode(bytes.clone()).unwrap();
                assert_eq!((&*decoded.text, decoded.wide), (TEXT, Some(marked)));
                assert_eq!(marked.encode(&decoded.text), bytes);
                // Without a mark the encoding shows in the NUL bytes of ASCII characters.
                let plain = Wide { unit, big, mark: false };
                let decoded = decode(plain.encode("broker.id=1\n")).unwrap();
                assert_eq!((&*decoded.text, decoded.wide), ("broker.id=1\n", Some(plain)));
            }
        }
        assert_eq!(decode(vec![0xff, 0xfe]).map(|one| one.text), Ok(String::new()));
    }

    #[test]
    fn a_wide_text_that_is_cut_or_damaged_is_refused_by_its_name() {
        let cut = |mut bytes: Vec<u8>| {
            bytes.pop();
            decode(bytes)
        };
        let [two, four] = [2, 4].map(|unit| Wide { unit, big: false, mark: true });
        assert_eq!(cut(two.encode(TEXT)), Err(Undecodable::Damaged("UTF-16")));
        assert_eq!(cut(four.encode(TEXT)), Err(Undecodable::Damaged("UTF-32")));
        // Half of a surrogate pair.
        assert_eq!(decode(vec![0xff, 0xfe, 0x3e, 0xd8, b'a', 0]), Err(Undecodable::Damaged("UTF-16")));
    }

    #[test]
    fn binaries_are_no_text_with_nul_bytes_or_without() {
        assert_eq!(decode(b"a=b\0c".to_vec()), Err(Undecodable::Binary));
        assert_eq!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0".to_vec()), Err(Undecodable::Binary));
        let packed: Vec<u8> = (0..4000_u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let packed: Vec<u8> = packed.into_iter().filter(|byte| *byte != 0).collect();
        assert_eq!(decode(packed), Err(Undecodable::Binary));
        let log = b"\x1b[31mERROR\x1b[0m caf\xe9 \x1b[1mbroker\x1b[0m\n".repeat(50);
        assert_eq!(decode(log).map(|one| one.encoding), Ok(Encoding::Latin1));
    }

    #[test]
    fn what_is_no_utf_8_is_latin_1_and_a_mark_stays() {
        let latin = decode(b"a=caf\xe9".to_vec()).map(|one| (one.text, one.encoding));
        assert_eq!(latin, Ok(("a=caf\u{e9}".to_owned(), Encoding::Latin1)));
        let marked = decode(b"\xef\xbb\xbfa=b".to_vec()).map(|one| (one.text, one.encoding));
        assert_eq!(marked, Ok(("\u{feff}a=b".to_owned(), Encoding::Utf8)));
        assert_eq!(decode(Vec::new()).map(|one| (one.encoding, one.wide)), Ok((Encoding::Utf8, None)));
    }

    #[test]
    fn a_file_may_have_so_many_bytes_and_no_more() {
        assert!(decode(vec![b'a'; MAX_FILE_BYTES]).is_ok());
        assert_eq!(decode(vec![b'a'; MAX_FILE_BYTES + 1]), Err(Undecodable::TooLarge));
    }
}
