//! `fix --comment`: a line that a fix takes out stays as a comment, with the reason before it.
//!
//! Only where a whole line goes and the format has comments that end with their line. What is *not* here: JSON and XML,
//! and lines of a command, where a comment in the middle would end the command.

use kafka_upgrade_document::{Kind, TextEdit};

/// The edit; or, if it removes whole lines in a format with comments, one that comments them out instead.
pub(crate) fn instead(edit: TextEdit, text: &str, kind: Kind, reason: &str) -> TextEdit {
    let Some(sign) = kind.comment() else { return edit };
    let gone = edit.span.of(text);
    let before = text.get(..edit.span.start as usize).unwrap_or_default();
    let is_line = before.is_empty() || before.ends_with(['\n', '\r']);
    // The last line of a text has no line break.
    let to_end = edit.span.end as usize == text.len() || gone.ends_with(['\n', '\r']);
    if !edit.text.is_empty() || gone.trim().is_empty() || !is_line || !to_end {
        return edit;
    }
    let indent: String = gone.chars().take_while(|one| matches!(one, ' ' | '\t')).collect();
    let line_break = if gone.ends_with("\r\n") {
        "\r\n"
    } else if gone.ends_with('\r') {
        "\r"
    } else {
        "\n"
    };
    let mut comment = format!("{indent}{sign}{}{line_break}", plain(reason));
    for line in gone.split_inclusive(line_break) {
        let rest = line.strip_prefix(indent.as_str()).unwrap_or(line);
        comment.push_str(&indent);
        comment.push_str(sign);
        comment.push_str(rest);
    }
    TextEdit { span: edit.span, text: comment }
}

/// The reason on one line, in ASCII only.
fn plain(reason: &str) -> String {
    reason.chars().map(|sign| if sign.is_ascii() && !sign.is_ascii_control() { sign } else { '?' }).collect()
}

#[cfg(test)]
mod tests {
    use kafka_upgrade_document::{Span, apply};

    use super::*;

    fn commented(text: &str, line: &str, kind: Kind) -> String {
        let start = text.find(line).expect("the line is there");
        let edit =
            TextEdit { span: Span::new(start as u32, (start + line.len()) as u32), text: String::new() };
        let edit = instead(edit, text, kind, "gone\u{2028}now");
        apply(text, &[edit])
    }

    #[test]
    fn a_line_becomes_a_comment_with_its_reason_and_nothing_else_changes() {
        let properties = |text, line| commented(text, line, Kind::BrokerProperties);
        assert_eq!(properties("a=1\nb=2\nc=3\n", "b=2\n"), "a=1\n# gone?now\n# b=2\nc=3\n");
        assert_eq!(properties("a=1\r\n b=2\r\n", " b=2\r\n"), "a=1\r\n # gone?now\r\n # b=2\r\n");
        assert_eq!(properties("a=1\nb=2", "b=2"), "a=1\n# gone?now\n# b=2");
        assert_eq!(properties("a=1\rb=2\rc=3", "b=2\r"), "a=1\r# gone?now\r# b=2\rc=3");
        assert_eq!(properties("b=2,\\\n  3\nc=3\n", "b=2,\\\n  3\n"), "# gone?now\n# b=2,\\\n#   3\nc=3\n");
        let yaml = "environment:\n  KAFKA_A: 1\n  KAFKA_B: 2\n";
        assert_eq!(
            commented(yaml, "  KAFKA_A: 1\n", Kind::Containers),
            "environment:\n  # gone?now\n  # KAFKA_A: 1\n  KAFKA_B: 2\n"
        );
    }

    #[test]
    fn what_has_no_comments_or_is_part_of_a_line_just_goes() {
        assert_eq!(commented("{\n\"a\": 1,\n\"b\": 2}", "\"a\": 1,\n", Kind::ConnectorJson), "{\n\"b\": 2}");
        assert_eq!(commented("a=1 b=2\n", "b=2\n", Kind::BrokerProperties), "a=1 ");
        assert_eq!(commented("x --a \\\n --b \\\n", " --b \\\n", Kind::ShellScript), "x --a \\\n");
    }
}
