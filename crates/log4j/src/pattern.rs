//! Patterns of layouts and of dates: what Log4j 1 writes as one thing and Log4j 2 as another.

use kafka_upgrade_document::Slice as _;

/// A conversion pattern. Log4j 1 and 2 mean different things by one name of a date format.
pub(super) fn conversion(pattern: &str) -> String {
    pattern.replace("{ISO8601}", "{DEFAULT}")
}

/// The suffix that a `DatePattern` adds to a file name: quoted text as it is, the rest as `%d{…}`.
pub(super) fn date(pattern: &str) -> String {
    let (start, rest) = literal(pattern);
    let reversed: String = rest.chars().rev().collect();
    let (end, middle) = literal(&reversed);
    let middle: String = middle.chars().rev().collect();
    let end: String = end.chars().rev().collect();
    if middle.is_empty() { format!("{start}{end}") } else { format!("{start}%d{{{middle}}}{end}") }
}

/// Text in front that is no part of the date, without its quotes, and the rest.
fn literal(pattern: &str) -> (String, &str) {
    let mut text = String::new();
    let mut rest = pattern;
    loop {
        if let Some((quoted, behind)) = rest.strip_prefix('\'').and_then(|rest| rest.split_once('\'')) {
            text.push_str(if quoted.is_empty() { "'" } else { quoted });
            rest = behind;
        } else if let Some(first) =
            rest.chars().next().filter(|first| !first.is_ascii_alphabetic() && *first != '\'')
        {
            text.push(first);
            rest = rest.slice(first.len_utf8()..);
        } else {
            return (text, rest);
        }
    }
}

/// A size as Log4j 1 writes it: `10MB`, `512KB`, `1024`.
pub(super) fn size(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_uppercase();
    let (number, unit) = ["KB", "MB", "GB"]
        .iter()
        .find_map(|unit| text.strip_suffix(unit).map(|number| (number.trim(), *unit)))
        .unwrap_or((text.as_str(), ""));
    let valid = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    valid.then(|| if unit.is_empty() { number.to_owned() } else { format!("{number} {unit}") })
}
