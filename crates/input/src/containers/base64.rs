//! Base64, as Amazon's tools print configurations in it. What is *not* here: other alphabets.

/// The text that is written in base64; `None` where it is none, or no UTF-8.
pub(super) fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0_u32);
    for byte in text.bytes().filter(|byte| !byte.is_ascii_whitespace()) {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            b'=' => break,
            _ => return None,
        };
        bits = (bits << 6) | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from((bits >> count) & 0xff).ok()?);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn what_is_written_in_base64_is_read_and_other_texts_are_not() {
        assert_eq!(decode("YT0xCmI9Mgo=").as_deref(), Some("a=1\nb=2\n"));
        assert_eq!(decode("YQ==").as_deref(), Some("a"));
        assert_eq!(decode("a.b=1"), None);
        assert_eq!(decode("/w=="), None);
    }
}
