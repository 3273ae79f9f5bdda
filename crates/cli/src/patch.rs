//! What `fix --dry-run` prints: a unified diff that `patch -p1` and `git apply` take.

use std::fmt::Write;

use similar::{ChangeTag, TextDiff};

/// The changes of one file; empty when there are none. Lines end where `patch` ends them, at LF alone.
pub(crate) fn of(path: &str, before: &str, after: &str) -> String {
    if before == after {
        return String::new();
    }
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive('\n').collect(), after.split_inclusive('\n').collect());
    let difference = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
    let mut patch = format!("--- {}\n+++ {}\n", name('a', path), name('b', path));
    for hunk in difference.unified_diff().context_radius(3).iter_hunks() {
        let _infallible = writeln!(patch, "{}", hunk.header());
        for change in hunk.iter_changes() {
            patch.push(match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            });
            patch.push_str(change.value());
            // For `patch` a lone CR ends no line.
            if !change.value().ends_with('\n') {
                patch.push_str("\n\\ No newline at end of file\n");
            }
        }
    }
    patch
}

/// A path behind the letter that `-p1` takes off, quoted as git quotes it where it has signs that would end the line or
/// change how it shows.
fn name(side: char, path: &str) -> String {
    let path = format!("{side}/{}", path.trim_start_matches('/'));
    let plain = |sign: char| sign.is_ascii_graphic() && !matches!(sign, '"' | '\\') || sign == ' ';
    if path.chars().all(|sign| plain(sign) || sign.is_alphanumeric()) {
        return path;
    }
    let mut quoted = String::from("\"");
    for sign in path.chars() {
        match sign {
            '"' | '\\' => quoted.extend(['\\', sign]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            sign if plain(sign) || sign.is_alphanumeric() => quoted.push(sign),
            sign => {
                let mut bytes = [0; 4];
                for byte in sign.encode_utf8(&mut bytes).bytes() {
                    let _infallible = write!(quoted, "\\{byte:03o}");
                }
            }
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lone_cr_ends_no_line_of_a_patch() {
        let patch = of("x", "a=1\rb=2\r", "a=1\r");
        assert_eq!(
            patch,
            "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a=1\rb=2\r\n\\ No newline at end of file\n+a=1\r\n\\ No newline at end of file\n"
        );
        assert_eq!(of("x", "a=1\r\nb=2\r\n", "a=1\r\n"), "--- a/x\n+++ b/x\n@@ -1,2 +1 @@\n a=1\r\n-b=2\r\n");
    }

    #[test]
    fn no_name_ends_its_line() {
        assert_eq!(name('a', "/etc/kafka/server.properties"), "a/etc/kafka/server.properties");
        assert_eq!(name('a', "caf\u{e9} x"), "a/caf\u{e9} x");
        assert_eq!(name('b', "d\n--- x/\"q\".p"), "\"b/d\\n--- x/\\\"q\\\".p\"");
        assert_eq!(name('b', "\u{202e}\u{1b}["), "\"b/\\342\\200\\256\\033[\"");
    }
}
