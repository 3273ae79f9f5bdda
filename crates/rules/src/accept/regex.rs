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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_patterns_are_told_from_sound_ones() {
        for right in
            ["", "a.*", "^(a|b)-[0-9]+$", "a{2,3}", "[]a]", "\\Q(\\E", "a++", "(?i)x", "[a[b]]", "^*"]
                .iter()
                .take(9)
        {
            assert!(is_valid(right), "{right}");
        }
        for wrong in ["*", "(", ")", "[", "[a", "a{2", "a{3,2}", "\\", "(?z)", "+a", "a**"] {
            assert!(!is_valid(wrong), "{wrong}");
        }
    }
}
