//! Text as Markdown takes it.

use crate::spans::pieces;

/// A number with its noun.
pub(super) fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// One line of text that is no markup, but for what stands between two single backticks, which is code. A longer run of
/// backticks comes from a value and is text like any other.
pub(super) fn plain(text: &str) -> String {
    written(text, false)
}

/// As [`plain`], for a cell of a table: a bar ends it even in code, so what holds one is written as text.
pub(super) fn cell(text: &str) -> String {
    written(text, true)
}

fn written(text: &str, in_cell: bool) -> String {
    let mut written = String::with_capacity(text.len() + 16);
    for piece in pieces(text) {
        if piece.code && !(in_cell && piece.text.contains('|')) {
            span(&mut written, &piece.text);
        } else {
            escaped(&mut written, &piece.text);
        }
    }
    written
}

/// Code, between more backticks than are in it.
fn span(out: &mut String, code: &str) {
    if code.trim().is_empty() {
        return;
    }
    let longest = code.split(|sign| sign != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest + 1);
    let blank = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    out.push_str(&format!("{fence}{blank}{code}{blank}{fence}"));
}

/// Text whose signs mean nothing to Markdown.
fn escaped(out: &mut String, text: &str) {
    let mut signs = text.chars().peekable();
    let mut before = out.chars().next_back().unwrap_or(' ');
    while let Some(sign) = signs.next() {
        // Within a word it is no emphasis: `a_b` is left as it is.
        let inside = before.is_alphanumeric() && signs.peek().is_some_and(|next| next.is_alphanumeric());
        let begins = out.is_empty();
        // What a line of a list with numbers, and a heading's underline, would begin with.
        let numbers = matches!(sign, '.' | ')')
            && signs.peek().is_none_or(|next| next.is_whitespace())
            && out.len() < 10
            && out.bytes().all(|byte| byte.is_ascii_digit());
        match crate::text::shown(sign) {
            '_' if inside => out.push('_'),
            '&' => out.push_str("&amp;"),
            sign @ ('\\' | '*' | '_' | '[' | ']' | '<' | '`' | '~' | '|') => {
                out.push('\\');
                out.push(sign);
            }
            sign @ ('#' | '>' | '+' | '-' | '=' | ':') if begins => {
                out.push('\\');
                out.push(sign);
            }
            sign if numbers && !begins => {
                out.push('\\');
                out.push(sign);
            }
            sign => out.push(sign),
        }
        before = sign;
    }
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
    use pulldown_cmark::{Event, Options, Parser};

    use super::*;
    use crate::spans::single_ticks;

    #[test]
    fn what_came_out_of_a_file_is_no_markup() {
        assert_eq!(plain("<b> *a* [x](y) |"), r"\<b> \*a\* \[x\](y) \|");
        assert_eq!(plain("# a_b _c_ >= 1"), r"\# a_b \_c\_ >= 1");
        assert_eq!(plain("set `a_b|<c>` to 1\n\n# now"), "set `a_b|<c>` to 1 # now");
        assert_eq!(cell("set `a_b|<c>` to 1"), r"set a_b\|\<c> to 1");
        assert_eq!(plain("one ` alone & \u{202e}"), "one \\` alone &amp; \u{fffd}");
        assert_eq!(plain("`` <img src=x>"), r"\`\` \<img src=x>");
        assert_eq!(plain("is `` ` ``"), r"is \`\` \` \`\`");
        assert_eq!(plain("`a``b` 1"), "```a``b``` 1");
    }

    /// Signs with a meaning, alone and in the combinations that make one.
    const SIGNS: &[&str] = &[
        "`",
        "``",
        "```",
        "<img src=x onerror=alert(1)>",
        "![i](http://e/x)",
        "[l](http://e)",
        "<http://e>",
        "*",
        "**",
        "_",
        "__",
        "~",
        "~~~",
        "#",
        "> ",
        "- ",
        "+ ",
        "1. ",
        "1) ",
        "===",
        "---",
        "|",
        "\\",
        "&lt;",
        "&",
        "<!--",
        "-->",
        "\n",
        "\n\n",
        " ",
        "a",
        "b_c",
        "é",
        "\u{202e}",
        "\u{1b}[31m",
        "\t",
        "[x]: http://e",
        "<a>",
        "</a>",
        "<?",
        "]]>",
        "$x$",
        ":--|:--",
        "\r",
    ];

    /// Values of every two signs, and longer ones that are chosen by a simple generator.
    fn values() -> Vec<String> {
        let pairs = SIGNS.iter().flat_map(|one| SIGNS.iter().map(move |other| format!("{one}{other}")));
        let mut state = 7_u64;
        let mut next = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize
        };
        let long = (0..4000)
            .map(|_| (0..3 + next() % 9).filter_map(|_| SIGNS.get(next() % SIGNS.len())).copied().collect());
        let long: Vec<String> = long.collect();
        pairs.chain(long).collect()
    }

    /// What a renderer makes of it: its text without blanks, and everything that is more than text.
    fn rendered(markdown: &str) -> (String, Vec<String>) {
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
        let mut text = String::new();
        let mut marks = Vec::new();
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Text(part) | Event::Code(part) => text += &part,
                Event::SoftBreak | Event::End(_) => {}
                Event::Start(tag) => {
                    marks.push(format!("{tag:?}").split(['(', ' ']).next().unwrap_or_default().to_owned())
                }
                other => marks.push(format!("{other:?}")),
            }
        }
        (without_blanks(&text), marks)
    }

    fn without_blanks(text: &str) -> String {
        text.chars().filter(|sign| !sign.is_whitespace()).collect()
    }

    /// The text that a value stands for: its single backticks that pair mean code.
    fn meant(value: &str) -> String {
        let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut left = single_ticks(&line) / 2 * 2;
        let bytes = line.as_bytes();
        let tick = |at: Option<usize>| at.and_then(|at| bytes.get(at)) == Some(&b'`');
        let kept = line.char_indices().filter(|(at, _)| {
            let single = tick(Some(*at)) && !tick(at.checked_sub(1)) && !tick(at.checked_add(1));
            let drops = single && left > 0;
            left -= usize::from(drops);
            !drops
        });
        without_blanks(&kept.map(|(_, sign)| crate::text::shown(sign)).collect::<String>())
    }

    #[test]
    fn any_value_is_text_in_a_real_renderer_wherever_it_stands() {
        for value in values() {
            let (meant, line) = (meant(&value), plain(&value));
            if line.is_empty() {
                continue;
            }
            let (text, marks) = rendered(&format!("- **message** (a)\n  {line}\n  behind\n"));
            assert_eq!(text, format!("message(a){meant}behind"), "{value:?} as {line:?}");
            assert_eq!(marks, ["List", "Item", "Strong"], "{value:?} as {line:?}");
            let (text, marks) = rendered(&format!("- x {line}, y\n"));
            assert_eq!((text, marks.len()), (format!("x{meant},y"), 2), "{value:?} as {line:?}");
            let in_table = cell(&value);
            let (text, marks) = rendered(&format!("| |\n|---|\n| x {in_table} |\n"));
            assert_eq!(text, format!("x{meant}"), "{value:?} as {in_table:?}");
            assert_eq!(
                marks,
                ["Table", "TableHead", "TableCell", "TableRow", "TableCell"],
                "{value:?} as {in_table:?}"
            );
            let mut fenced = String::new();
            block(&mut fenced, &value, "  ");
            assert_eq!(
                rendered(&format!("- x\n\n{fenced}")).1.last().map(String::as_str),
                Some("CodeBlock"),
                "{value:?}"
            );
        }
    }

    #[test]
    fn a_fence_is_longer_than_those_in_the_text() {
        let mut out = String::new();
        block(&mut out, "a\n````\nb\u{1b}", "  ");
        assert_eq!(out, "  `````\n  a\n  ````\n  b\u{fffd}\n  `````\n");
    }
}
