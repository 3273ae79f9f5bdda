//! How far two keys are apart, for slips of the pen only.
//!
//! One letter too many, too few, wrong, or two swapped; or the same letters with other separators
//! (`log_dirs`, `logDirs`). Nothing farther: keys of plugins look like Kafka's on purpose.

/// Whether one is the other with one slip, or written with other separators. Not so for equal keys.
pub(crate) fn one_slip_apart(a: &str, b: &str) -> bool {
    a != b
        && a.is_ascii()
        && b.is_ascii()
        && (same_letters(a, b) || (a.len().min(b.len()) >= 8 && one_edit(a.as_bytes(), b.as_bytes())))
}

fn same_letters(a: &str, b: &str) -> bool {
    let letters = |text: &'_ str| -> Vec<u8> {
        text.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase()).collect()
    };
    a.len().abs_diff(b.len()) <= 6 && letters(a) == letters(b)
}

fn one_edit(a: &[u8], b: &[u8]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    let rest = |text: &'_ [u8], skip: usize| -> Vec<u8> { text.iter().skip(same + skip).copied().collect() };
    // A number at the slip distinguishes siblings (`volume1`, `volume2`); that is no slip.
    let digit = |text: &[u8]| text.get(same).is_some_and(u8::is_ascii_digit);
    if digit(short) || digit(long) {
        return false;
    }
    if short.len() < long.len() {
        return rest(short, 0) == rest(long, 1);
    }
    let swapped = short.get(same) == long.get(same + 1) && short.get(same + 1) == long.get(same);
    rest(short, 1) == rest(long, 1) || (swapped && rest(short, 2) == rest(long, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelt_keys_are_near_and_other_keys_are_not() {
        for (wrong, right) in [
            ("num.partiton", "num.partition"),
            ("num.partittion", "num.partition"),
            ("num.partitoin", "num.partition"),
            ("num.pertition", "num.partition"),
            ("log_dirs", "log.dirs"),
            ("logRetentionMs", "log.retention.ms"),
        ] {
            assert!(one_slip_apart(wrong, right) && one_slip_apart(right, wrong), "{wrong}");
        }
        for (one, other) in [
            ("num.partition", "num.partition"),
            ("log.retention.ms", "log.retention.minutes"),
            ("log.dir", "log.dirs"),
            ("my.plugin.volume1", "my.plugin.volume2"),
            ("client.id", "client.ip"),
        ] {
            let near = one_slip_apart(one, other);
            assert_eq!(near, one == "client.id", "{one}");
        }
    }
}
