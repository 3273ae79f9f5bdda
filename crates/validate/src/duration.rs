//! ISO 8601 durations as `java.time.Duration.parse` takes them.

/// Whether the text is a duration that is not negative: `P1DT2H`, `PT0.5S`, `pt-5M` is not.
pub(crate) fn is_not_negative(text: &str) -> bool {
    parse(text).is_some_and(|nanoseconds| nanoseconds >= 0)
}

/// Nanoseconds; `None` when it is no duration or too long for one.
fn parse(text: &str) -> Option<i128> {
    let (negate, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let text = text.strip_prefix(['P', 'p'])?;
    let (days, time) = match text.split_once(['T', 't']) {
        // A `T` needs something behind it.
        Some((_, "")) => return None,
        Some((days, time)) => (days, time),
        None => (text, ""),
    };
    if days.is_empty() && time.is_empty() {
        return None;
    }
    let mut total: i128 = 0;
    if !days.is_empty() {
        let number = days.strip_suffix(['D', 'd'])?;
        total += whole(number)?.checked_mul(86_400_000_000_000)?;
    }
    let mut rest = time;
    for (unit, nanoseconds) in [('H', 3_600_000_000_000_i128), ('M', 60_000_000_000)] {
        if let Some((number, behind)) = rest.split_once([unit, unit.to_ascii_lowercase()]) {
            total += whole(number)?.checked_mul(nanoseconds)?;
            rest = behind;
        }
    }
    if !rest.is_empty() {
        let number = rest.strip_suffix(['S', 's'])?;
        let (seconds, fraction) = number.split_once(['.', ',']).unwrap_or((number, ""));
        if fraction.len() > 9 || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let fraction: i128 = format!("0{fraction:0<9}").parse().ok()?;
        total += whole(seconds)?.checked_mul(1_000_000_000)?;
        total += if seconds.starts_with('-') { -fraction } else { fraction };
    }
    let total = if negate { -total } else { total };
    // A duration holds its seconds in 64 bits.
    i64::try_from(total / 1_000_000_000).ok().map(|_| total)
}

fn whole(text: &str) -> Option<i128> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse::<i64>().ok().map(i128::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_java_reads_them() {
        for right in [
            "P1D",
            "PT1H30M",
            "PT0.5S",
            "pt5s",
            "P1DT2H3M4.000000005S",
            "+PT1S",
            "-PT-1S",
            "PT+5M",
            "PT0S",
            "PT1.S",
        ] {
            assert!(is_not_negative(right), "{right}");
        }
        for wrong in [
            "",
            "P",
            "PT",
            "P1DT",
            "1D",
            "PT1",
            "P1H",
            "PT1D",
            "PT1M1H",
            "PT-1S",
            "P1W",
            "PT1.0000000001S",
            " PT1S",
        ] {
            assert!(!is_not_negative(wrong), "{wrong}");
        }
    }
}
