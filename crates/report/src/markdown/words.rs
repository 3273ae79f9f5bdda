//! Text as Markdown takes it.

/// A number with its noun.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// One line of text that is no markup, but for what stands between backticks, which is code.
pub(super) fn plain(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    // A backtick without a second one is a sign like any other.
    let pairs = text.matches('`').count() / 2 * 2;
    let (mut ticks, mut before) = (0, ' ');
    let mut signs = text.split_whitespace().flat_map(|word| word.chars().chain([' '])).peekable();
    while let Some(sign) = signs.next() {
        let in_code = ticks % 2 == 1;
        // Within a word it is no emphasis: `a_b` is left as it is.
        let inside = before.is_alphanumeric() && signs.peek().is_some_and(|next| next.is_alphanumeric());
        match crate::text::shown(sign) {
            '`' if ticks < pairs => {
                ticks += 1;
                written.push('`');
            }
            // A table ends its cell at it, in code as well.
            '|' => written.push_str("\\|"),
            '_' if inside => written.push('_'),
            sign @ ('#' | '>' | '+' | '-') if !written.is_empty() => written.push(sign),
            sign @ ('\\' | '*' | '_' | '[' | ']' | '<' | '`' | '~' | '#' | '>' | '+' | '-') if !in_code => {
                written.push('\\');
                written.push(sign);
            }
            '&' if !in_code => written.push_str("&amp;"),
            sign => written.push(sign),
        }
        before = sign;
    }
    written.truncate(written.trim_end().len());
    written
}

/// A block of code, its fence longer than any in it, each line indented.
pub(super) fn block(out: &mut String, text: &str, indent: &str) {
    let longest = text.split(|sign| sign != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest.max(2) + 1);
    *out += &format!("{indent}{fence}\n");
    for line in text.lines() {
        let shown: String =
            line.chars().map(|sign| if sign == '\t' { sign } else { crate::text::shown(sign) }).collect();
        *out += &format!("{indent}{shown}\n");
    }
    *out += &format!("{indent}{fence}\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_out_of_a_file_is_no_markup() {
        assert_eq!(plain("<b> *a* [x](y) |"), r"\<b> \*a\* \[x\](y) \|");
        assert_eq!(plain("# a_b _c_ >= 1"), r"\# a_b \_c\_ >= 1");
        assert_eq!(plain("set `a_b|<c>` to 1\n\n# now"), r"set `a_b\|<c>` to 1 # now");
        assert_eq!(plain("one ` alone & \u{202e}"), "one \\` alone &amp; \u{fffd}");
    }

    #[test]
    fn a_fence_is_longer_than_those_in_the_text() {
        let mut out = String::new();
        block(&mut out, "a\n````\nb\u{1b}", "  ");
        assert_eq!(out, "  `````\n  a\n  ````\n  b\u{fffd}\n  `````\n");
    }
}
