//! Whether a regular expression is one that Java would compile. A rough judge: brackets, quantifiers, escapes.
//!
//! What is *not* here: matching. Constructs that are rare in topic patterns pass.

/// Whether the pattern's groups, classes, quantifiers and escapes are well formed.
pub(crate) fn is_valid(pattern: &str) -> bool {
    let mut characters = pattern.chars().peekable();
    let mut groups = 0_u32;
    let mut repeatable = false;
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                None => return false,
                Some('Q') => {
                    // Literal up to `\E` or to the end.
                    while let Some(literal) = characters.next() {
                        if literal == '\\' && characters.next_if_eq(&'E').is_some() {
                            break;
                        }
                    }
                    repeatable = true;
                }
                Some(_) => repeatable = true,
            },
            '[' => {
                if !class(&mut characters) {
                    return false;
                }
                repeatable = true;
            }
            '(' => {
                groups += 1;
                repeatable = false;
                if characters.next_if_eq(&'?').is_some() {
                    match characters.next() {
                        Some(':' | '=' | '!' | '>' | '<' | 'i' | 'd' | 'm' | 's' | 'u' | 'x' | 'U' | '-') => {
                        }
                        _ => return false,
                    }
                }
            }
            ')' => {
                // A `)` that closes nothing is refused.
                let Some(less) = groups.checked_sub(1) else { return false };
                groups = less;
                repeatable = true;
            }
            '*' | '+' | '?' if !repeatable => return false,
            '*' | '+' | '?' => {
                // A second sign makes it reluctant or possessive; a third dangles.
                if characters.next_if(|next| matches!(next, '?' | '+')).is_some() {
                    repeatable = false;
                } else {
                    repeatable = !matches!(characters.peek(), Some('*'));
                }
            }
            '{' => {
                let mut count = String::new();
                loop {
                    match characters.next() {
                        Some('}') => break,
                        Some(digit @ ('0'..='9' | ',')) => count.push(digit),
                        _ => return false,
                    }
                }
                let (from, to) = count.split_once(',').unwrap_or((&count, ""));
                let most = to.parse::<u64>();
                if !from
                    .parse::<u64>()
                    .is_ok_and(|from| most.as_ref().map_or(to.is_empty(), |most| from <= *most))
                {
                    return false;
                }
                repeatable = false;
            }
            '|' | '^' => repeatable = false,
            _ => repeatable = true,
        }
    }
    groups == 0
}

/// Reads a character class whose `[` is read; false when it never ends.
fn class(characters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> bool {
    let mut depth = 1_u32;
    let _ = characters.next_if_eq(&'^');
    // A `]` right at the start stands for itself.
    let mut first = true;
    while let Some(character) = characters.next() {
        match character {
            '\\' if characters.next().is_none() => return false,
            '[' => depth += 1,
            ']' if !first => {
                depth -= 1;
                if depth == 0 {
                    return true;
                }
            }
            _ => {}
        }
        first = false;
    }
    false
}

/// Whether the whole text matches; `None` for patterns with more than literals, `.`, `*`, `+` and `?`, of which this
/// module cannot decide.
pub(crate) fn matches(pattern: &str, text: &str) -> Option<bool> {
    // Each part: the character (none: any), whether it may be absent, and whether it may repeat.
    let mut parts: Vec<(Option<char>, bool, bool)> = Vec::new();
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        match character {
            '.' => parts.push((None, false, false)),
            '*' | '+' | '?' => {
                let last = parts.last_mut().filter(|(_, absent, repeats)| !absent && !repeats)?;
                last.1 = character != '+';
                last.2 = character != '?';
            }
            '\\' => {
                let literal = characters.next().filter(|next| !next.is_alphanumeric())?;
                parts.push((Some(literal), false, false));
            }
            '[' | '(' | ')' | '{' | '|' | '^' | '$' => return None,
            literal => parts.push((Some(literal), false, false)),
        }
    }
    // How far into the pattern each prefix of the text can have come: a set, so that time stays within bounds.
    let mut reached = vec![false; parts.len() + 1];
    *reached.first_mut()? = true;
    skip(&parts, &mut reached);
    for character in text.chars() {
        let mut next = vec![false; parts.len() + 1];
        for (at, (wanted, _, repeats)) in parts.iter().enumerate() {
            if reached.get(at) == Some(&true) && wanted.is_none_or(|wanted| wanted == character) {
                for place in [Some(at + 1), repeats.then_some(at)].into_iter().flatten() {
                    if let Some(place) = next.get_mut(place) {
                        *place = true;
                    }
                }
            }
        }
        skip(&parts, &mut next);
        reached = next;
    }
    reached.last().copied()
}

/// Parts that may be absent are passed over.
fn skip(parts: &[(Option<char>, bool, bool)], reached: &mut [bool]) {
    for (at, (_, absent, _)) in parts.iter().enumerate() {
        if *absent
            && reached.get(at) == Some(&true)
            && let Some(next) = reached.get_mut(at + 1)
        {
            *next = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_patterns_are_matched_and_others_are_left_alone() {
        for (pattern, text) in [("d.q", "dlq"), (".*", ""), ("a+b?c", "aac"), ("x\\.y", "x.y")] {
            assert_eq!(matches(pattern, text), Some(true), "{pattern} {text}");
        }
        for (pattern, text) in [("d.q", "dq"), ("a+", ""), ("x\\.y", "xzy"), ("a*", "b")] {
            assert_eq!(matches(pattern, text), Some(false), "{pattern} {text}");
        }
        assert_eq!(matches("(a|b)", "a"), None);
        assert_eq!(matches("a*?", "a"), None);
    }

    #[test]
    fn broken_patterns_are_told_from_sound_ones() {
        for right in ["", "a.*", "^(a|b)-[0-9]+$", "a{2,3}", "[]a]", "\\Q(\\E", "a++", "(?i)x", "[a[b]]"] {
            assert!(is_valid(right), "{right}");
        }
        for wrong in ["*", "(", ")", "[", "[a", "a{2", "a{3,2}", "\\", "(?z)", "+a", "a**"] {
            assert!(!is_valid(wrong), "{wrong}");
        }
    }
}
