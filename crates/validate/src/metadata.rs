//! Protocol and metadata versions as `inter.broker.protocol.version` and its like take them.

use kafka_upgrade_catalog::Release;

/// Every version that a setting could name, in order. The part before `-IV` is the release.
const VERSIONS: [&str; 57] = [
    "0.8.0",
    "0.8.1",
    "0.8.2",
    "0.9.0",
    "0.10.0-IV0",
    "0.10.0-IV1",
    "0.10.1-IV0",
    "0.10.1-IV1",
    "0.10.1-IV2",
    "0.10.2-IV0",
    "0.11.0-IV0",
    "0.11.0-IV1",
    "0.11.0-IV2",
    "1.0-IV0",
    "1.1-IV0",
    "2.0-IV0",
    "2.0-IV1",
    "2.1-IV0",
    "2.1-IV1",
    "2.1-IV2",
    "2.2-IV0",
    "2.2-IV1",
    "2.3-IV0",
    "2.3-IV1",
    "2.4-IV0",
    "2.4-IV1",
    "2.5-IV0",
    "2.6-IV0",
    "2.7-IV0",
    "2.7-IV1",
    "2.7-IV2",
    "2.8-IV0",
    "2.8-IV1",
    "3.0-IV0",
    "3.0-IV1",
    "3.1-IV0",
    "3.2-IV0",
    "3.3-IV0",
    "3.3-IV1",
    "3.3-IV2",
    "3.3-IV3",
    "3.4-IV0",
    "3.5-IV0",
    "3.5-IV1",
    "3.5-IV2",
    "3.6-IV0",
    "3.6-IV1",
    "3.6-IV2",
    "3.7-IV0",
    "3.7-IV1",
    "3.7-IV2",
    "3.7-IV3",
    "3.7-IV4",
    "3.8-IV0",
    "3.9-IV0",
    "4.0-IV0",
    "4.0-IV1",
];

/// Place of a version in the order of all; `None` for what the release does not know.
///
/// `3.4`, `3.4.1` and `3.4-IV0` are all taken; only the first two numbers (three of `0.x`) say anything.
pub(crate) fn place(text: &str, release: Release) -> Option<usize> {
    let numbers = if text.starts_with("0.") { 3 } else { 2 };
    // Java's split drops what is empty at the end: `3.4.` is `3.4`.
    let mut parts: Vec<&str> = text.split('.').collect();
    while parts.len() > 1 && parts.last().is_some_and(|part| part.is_empty()) {
        parts.pop();
    }
    let key = if parts.len() <= numbers { text.to_owned() } else { parts.get(..numbers)?.join(".") };
    if let Some(place) = VERSIONS.iter().position(|version| *version == key) {
        return (is_production(place, release) || release.major == 3 && release.minor == 9).then_some(place);
    }
    let prefix = format!("{key}-IV");
    VERSIONS
        .iter()
        .rposition(|version| version.starts_with(&prefix))
        .filter(|place| is_production(*place, release))
}

fn is_production(place: usize, release: Release) -> bool {
    VERSIONS.get(place).and_then(|version| version.split("-IV").next()).is_some_and(|version| {
        let mut numbers = version.split('.').map(|number| number.parse::<u8>().unwrap_or(u8::MAX));
        let of = (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default());
        of <= (release.major, release.minor)
    })
}

/// Whether the version at `place` is that of `text` or newer.
pub(crate) fn is_at_least(place: usize, text: &str) -> bool {
    VERSIONS.iter().position(|version| *version == text).is_some_and(|wanted| place >= wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_accepted_in_short_and_long_form() {
        let release = Release::new(3, 9, 2);
        for right in ["3.4", "3.4.1", "3.4-IV0", "0.10.2", "0.10.2.1", "2.8-IV1", "3.9", "4.0-IV0", "0.9.0"] {
            assert!(place(right, release).is_some(), "{right}");
        }
        for wrong in ["", "3", "3.10", "4.0", "3.4-IV7", "0.10", "x"] {
            assert!(place(wrong, release).is_none(), "{wrong}");
        }
        assert!(place("3.5", Release::new(3, 4, 0)).is_none());
    }
}
