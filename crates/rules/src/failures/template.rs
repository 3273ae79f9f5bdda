//! Templates of messages: literal text with holes, `Invalid value {value} for configuration {key}`.
//!
//! The first literal may stand anywhere in a line; a hole takes what stands between two literals, as short as it can.
//! What a hole may hold follows from its name. Invariant: linear in the line for each literal.

/// Which signs a hole holds.
fn signs(hole: &str) -> fn(char) -> bool {
    match hole.trim_end_matches(|one: char| one.is_ascii_digit()) {
        "key" | "feature" | "topic" => |one| one.is_ascii_alphanumeric() || "._-".contains(one),
        "class" => |one| one.is_ascii_alphanumeric() || "._$/".contains(one),
        "option" | "api" | "name" => |one| one.is_ascii_alphanumeric() || "_-".contains(one),
        "number" | "level" => |one| one.is_ascii_digit(),
        "release" => |one| one.is_ascii_digit() || one == '.',
        _ => |_| true,
    }
}

/// Bytes of the longest thing that a hole holds.
const MAX_HOLE_BYTES: usize = 400;

fn fits(hole: &str, text: &str) -> bool {
    // `NoClassDefFoundError: Could not initialize class …` names its class further on.
    let is_word = hole == "class" && text == "Could";
    text.len() <= MAX_HOLE_BYTES
        && text.chars().all(signs(hole))
        && (hole == "value" || !text.is_empty())
        && !is_word
}

/// What the holes of a template hold in the part of a line that begins with its first literal, in their order; `None`
/// where the line is of another sort.
pub(super) fn matched<'l>(template: &'static str, line: &'l str) -> Option<Vec<(&'static str, &'l str)>> {
    let first = template.split('{').next().unwrap_or_default();
    // An exception may come without its message.
    if template.get(first.len()..) == Some("{reason}") && first.strip_suffix(": ") == Some(line.trim_end()) {
        return Some(vec![("reason", "")]);
    }
    rest(template.get(first.len()..)?, line.strip_prefix(first)?)
}

/// How much a template says: an exception with any message says least, one without holes more than any with some, then
/// the one with fewer and the longer one.
pub(super) fn weight(template: &str) -> (bool, std::cmp::Reverse<usize>, usize) {
    (!template.ends_with(": {reason}"), std::cmp::Reverse(template.matches('{').count()), template.len())
}

/// The rest of a template, which begins with a hole or is empty, at the beginning of the rest of a line.
fn rest<'l>(mut template: &'static str, mut line: &'l str) -> Option<Vec<(&'static str, &'l str)>> {
    let mut holes = Vec::new();
    while let Some((name, behind)) = template.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
        let literal = behind.split('{').next().unwrap_or_default();
        let end = match literal {
            // The last hole takes everything that its sort allows.
            "" => {
                let is_of_hole = signs(name);
                let end = line.find(|one: char| !is_of_hole(one)).unwrap_or(line.len());
                end.min(line.floor_char_boundary(MAX_HOLE_BYTES))
            }
            _ => line.find(literal)?,
        };
        let held = line.get(..end)?;
        if !fits(name, held) {
            return None;
        }
        holes.push((name, held));
        line = line.get(end + literal.len()..)?;
        template = behind.get(literal.len()..)?;
    }
    Some(holes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_hold_what_stands_between_the_literals() {
        for (template, line, want) in [
            (
                "Invalid value {value} for configuration {key}: {reason}",
                "Invalid value 1 for configuration a.b: must be",
                Some(vec!["1", "a.b", "must be"]),
            ),
            ("feature {feature}. {more}", "feature c. d", Some(vec!["c", "d"])),
            ("feature {feature}. {more}", "feature a b. feature c. d", None),
            ("plain", "plain here", Some(vec![])),
            ("plain", "nothing", None),
            ("level {level}", "level x", None),
            ("AException: {reason}", "AException: x", Some(vec!["x"])),
            ("AException: {reason}", "AException", Some(vec![""])),
            ("NoClassDefFoundError: {class}", "NoClassDefFoundError: Could not initialize class a.B", None),
        ] {
            let found = matched(template, line)
                .map(|holes| holes.into_iter().map(|(_, held)| held).collect::<Vec<_>>());
            assert_eq!(found, want, "{template}");
        }
    }
}
