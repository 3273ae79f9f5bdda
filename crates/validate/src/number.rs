//! Numbers and text as Java reads them.
//!
//! Kafka hands a trimmed value to `Integer.parseInt`, `Double.parseDouble` and their like. This module answers what
//! those answer: which texts are numbers at all, and which number. What is *not* here: bounds, lists, keys.

/// What `String.trim` leaves: everything up to and including the blank goes, at both ends; nothing else does.
pub(crate) fn trim(text: &str) -> &str {
    text.trim_matches(|character: char| character <= ' ')
}

/// The first code units of decimal digit runs that Java knows in the Basic Multilingual Plane, beside ASCII.
///
/// `Integer.parseInt` takes any of them (`１０` is ten); `Double.parseDouble` takes none.
const ZEROS: [u16; 36] = [
    0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6,
    0x0E50, 0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0,
    0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
];

fn digit(character: char) -> Option<i128> {
    if let Some(digit) = character.to_digit(10) {
        return Some(i128::from(digit));
    }
    let code = u16::try_from(u32::from(character)).ok()?;
    let zero = ZEROS.iter().copied().rfind(|zero| *zero <= code)?;
    let digit = code - zero;
    (digit < 10).then_some(i128::from(digit))
}

/// A whole number between `min` and `max`, as `Integer.parseInt` and `Long.parseLong` read one.
///
/// One sign of either kind, at least one digit, no blanks, no exponent. `None` when it is not a number or too large.
pub(crate) fn whole(text: &str, min: i64, max: i64) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() {
        return None;
    }
    let mut number: i128 = 0;
    for character in digits.chars() {
        number = number * 10 + digit(character)?;
        if number > 1 << 64 {
            return None;
        }
    }
    let number = i64::try_from(if negative { -number } else { number }).ok()?;
    (min..=max).contains(&number).then_some(number)
}

/// Whether a text that [`whole`] does not take would be a whole number if only it were smaller.
pub(crate) fn is_digits(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.chars().all(|character| digit(character).is_some())
}

/// A floating point number as `Double.parseDouble` reads one: `1e3`, `5d`, `.5`, `0x1p3`, `NaN`, `-Infinity`.
pub(crate) fn double(text: &str) -> Option<f64> {
    let text = trim(text);
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text.strip_prefix('+').unwrap_or(text)),
    };
    match rest {
        "NaN" => return Some(f64::NAN),
        "Infinity" => return Some(sign * f64::INFINITY),
        _ => {}
    }
    let body = rest.strip_suffix(['f', 'F', 'd', 'D']);
    if let Some(hexadecimal) = rest.strip_prefix("0x").or_else(|| rest.strip_prefix("0X")) {
        // A hexadecimal mantissa may end in `d` or `f`; the exponent that follows it is decimal and obligatory.
        return hexadecimal_double(hexadecimal).map(|number| sign * number);
    }
    decimal_double(body.unwrap_or(rest)).map(|number| sign * number)
}

fn decimal_double(text: &str) -> Option<f64> {
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let ascii_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if (whole.is_empty() && fraction.is_empty()) || !ascii_digits(whole) || !ascii_digits(fraction) {
        return None;
    }
    if !exponent.is_none_or(is_exponent) {
        return None;
    }
    let (mut digits, mut power) = (0_u64, exponent.map_or(0, small_exponent));
    for (part, is_fraction) in [(whole, 0), (fraction, 1)] {
        for byte in part.bytes() {
            // What one more digit would not change any more is left out.
            if digits < MAX_DIGITS {
                digits = digits * 10 + u64::from(byte - b'0');
                power -= is_fraction;
            } else {
                power += 1 - is_fraction;
            }
        }
    }
    Some(scaled(digits, power))
}

/// Above it a number has seventeen digits or more, as many as a double distinguishes.
const MAX_DIGITS: u64 = 10_000_000_000_000_000;

/// An exponent; one too long for the type is far outside what a double can hold, on its own side.
fn small_exponent(text: &str) -> i32 {
    let number = text.parse().unwrap_or(if text.starts_with('-') { i32::MIN } else { i32::MAX });
    number.clamp(-100_000_000, 100_000_000)
}

/// Digits times a power of ten. Exact where both are exact doubles, which is 15 digits and 22 places; otherwise as near as a few
/// roundings leave it, which no range notices. The standard library's answer is exact always, and brings a table of 10 KB
/// that nothing compresses.
fn scaled(digits: u64, power: i32) -> f64 {
    let mut number = digits as f64;
    let mut left = if digits == 0 { 0 } else { power.clamp(-400, 400) };
    while left != 0 {
        let step = left.clamp(-22, 22);
        let ten = (0..step.abs()).fold(1.0, |ten, _| ten * 10.0);
        number = if step > 0 { number * ten } else { number / ten };
        left -= step;
    }
    number
}

fn is_exponent(text: &str) -> bool {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn hexadecimal_double(text: &str) -> Option<f64> {
    let (mantissa, exponent) = text.split_once(['p', 'P'])?;
    let exponent = exponent.strip_suffix(['f', 'F', 'd', 'D']).unwrap_or(exponent);
    if !is_exponent(exponent) {
        return None;
    }
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let mut number = 0.0_f64;
    for character in whole.chars() {
        number = number * 16.0 + f64::from(character.to_digit(16)?);
    }
    let mut place = 1.0 / 16.0;
    for character in fraction.chars() {
        number += f64::from(character.to_digit(16)?) * place;
        place /= 16.0;
    }
    let exponent = if number == 0.0 { 0 } else { small_exponent(exponent).clamp(-4096, 4096) };
    let step = if exponent < 0 { 0.5 } else { 2.0 };
    Some((0..exponent.abs()).fold(number, |number, _| number * step))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn int(text: &str) -> Option<i64> {
        whole(text, i64::from(i32::MIN), i64::from(i32::MAX))
    }

    #[test]
    fn whole_numbers_are_read_as_java_reads_them() {
        assert_eq!(int("+5"), Some(5));
        assert_eq!(int("-0"), Some(0));
        assert_eq!(int("007"), Some(7));
        assert_eq!(int("１２"), Some(12));
        assert_eq!(int("-2147483648"), Some(-2_147_483_648));
        for wrong in ["", "+", "-", "+-5", "1e3", "1_000", "0x10", "5L", " 5", "5.0", "2147483648", "½", "²"]
        {
            assert_eq!(int(wrong), None, "{wrong}");
        }
        assert_eq!(whole(&"9".repeat(400), i64::MIN, i64::MAX), None);
        assert_eq!(whole("-9223372036854775808", i64::MIN, i64::MAX), Some(i64::MIN));
        assert_eq!(whole("9223372036854775808", i64::MIN, i64::MAX), None);
    }

    #[test]
    fn floating_point_numbers_are_read_as_java_reads_them() {
        for (text, number) in [
            ("1e3", 1000.0),
            ("5d", 5.0),
            (".5", 0.5),
            ("5.", 5.0),
            ("-1.5E-1f", -0.15),
            ("0x1p3", 8.0),
            ("0x.8p1d", 1.0),
            ("+Infinity", f64::INFINITY),
            ("1e999999999999", f64::INFINITY),
            ("\t 5 ", 5.0),
        ] {
            assert_eq!(double(text), Some(number), "{text}");
        }
        assert!(double("-NaN").is_some_and(f64::is_nan));
        for wrong in
            ["", ".", "e3", "1e", "inf", "nan", "infinity", "0x1", "0x1p", "1dd", "１", "1,5", "1 e3", "NaNd"]
        {
            assert_eq!(double(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn numbers_as_people_write_them_are_exact_and_others_are_near() {
        for text in [
            "0.1",
            "0.15",
            "123456789.012345",
            "1e22",
            "1e-22",
            "0.000001",
            "0.99999999999999999",
            "1.0000000000000002",
        ] {
            assert_eq!(double(text), text.parse().ok(), "{text}");
        }
        for text in [
            "1.7976931348623157e308",
            "2.2250738585072014e-308",
            "0.1234567890123456789",
            "123456789012345678901234567890",
            "1e-300",
        ] {
            let (number, exact): (f64, f64) = (double(text).unwrap(), text.parse().unwrap());
            assert!((number / exact - 1.0).abs() < 1e-14, "{text}: {number}");
        }
        assert_eq!(double(&format!("{}1", "0".repeat(500))), Some(1.0));
        assert_eq!(double(&format!("0.{}1e400", "0".repeat(399))), Some(1.0));
        assert_eq!(double("1e-999999999999"), Some(0.0));
    }

    #[test]
    fn trimming_takes_control_characters_and_leaves_other_spaces() {
        assert_eq!(trim("\u{1}\t a b \r\n"), "a b");
        assert_eq!(trim("\u{a0}5\u{2003}"), "\u{a0}5\u{2003}");
    }
}
