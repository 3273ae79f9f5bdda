//! Commands of Windows, written as a shell would have them: batch files and PowerShell.
//!
//! What they have in common with a shell is enough to be read as one. Invariant: what is written anew is as long as
//! the text, byte by byte, so that each place is that of the text.

use kafka_upgrade_document::{Slice as _, paths};
/// Whether a file's name says that it is for Windows.
pub(super) fn is_named(path: &str) -> bool {
    let end = path.rsplit('.').next().unwrap_or_default();
    ["bat", "cmd", "ps1"].iter().any(|known| known.eq_ignore_ascii_case(end))
}

/// Whether a word names a script of Kafka's for Windows.
pub(super) fn is_script(word: &str) -> bool {
    let word = word.trim_matches(['"', '\'']);
    let name = paths::file_name(word);
    name.ends_with(".bat") && crate::tool_names::is_tool(super::calls::stem(word))
}

/// The text as a shell's; `None` where it is for another system.
pub(super) fn as_shell(path: &str, text: &str) -> Option<String> {
    let is_it = is_named(path)
        || !text.starts_with("#!")
            && text.contains(".bat")
            && text.split_ascii_whitespace().take(2_000).any(is_script);
    if !is_it {
        return None;
    }
    let mut written = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let body = line.trim_end_matches(['\n', '\r']);
        let ending = line.slice(body.len()..);
        let trimmed = body.trim_start();
        let start = trimmed.trim_start_matches('@').get(..4).unwrap_or_default();
        if start.eq_ignore_ascii_case("rem ") || trimmed.starts_with("::") {
            written.extend(std::iter::repeat_n(' ', body.len()));
            written.push_str(ending);
            continue;
        }
        let bare = body.trim_end_matches(['^', '`']);
        let continued = bare.len() < body.len();
        let first = written.len();
        written.push_str(&assignment(bare).unwrap_or_else(|| bare.to_owned()).replace('\\', "/"));
        drives(&mut written, first);
        // `@` keeps a batch file quiet, `&` starts what PowerShell has between quotes.
        let lead = bare.len() - bare.trim_start().len();
        if bare.trim_start().starts_with(['@', '&']) {
            written.replace_range(first + lead..first + lead + 1, " ");
        }
        if continued {
            written.extend(std::iter::repeat_n(
                ' ',
                body.len() - bare.len() - 1 + ending.len().saturating_sub(1),
            ));
            written.push('\\');
            written.push_str(if ending.is_empty() { "" } else { "\n" });
        } else {
            written.push_str(ending);
        }
    }
    Some(written)
}

/// `set NAME=value`, `set "NAME=value"` and `$env:NAME = "value"` with the name next to the value.
fn assignment(line: &str) -> Option<String> {
    let trimmed = line.trim_start();
    let (before, behind) = line.split_once('=')?;
    let head = trimmed.get(..4).unwrap_or_default();
    let powershell = trimmed.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("$env:"));
    if !powershell && !head.eq_ignore_ascii_case("set ") {
        return None;
    }
    let name = before.trim().rsplit([' ', ':', '"']).next().unwrap_or_default();
    if !kafka_upgrade_syntax::shell::is_name(name) {
        return None;
    }
    if powershell {
        // Blanks around `=` go in front of the name, so that the value keeps its place.
        let written = format!("{name}={}", behind.trim_start());
        let room = line.len().checked_sub(written.len())?;
        return Some(format!("{}{written}", " ".repeat(room)));
    }
    // A batch file's value goes up to the end of the line; a form feed is a blank that parts no words of a shell.
    let start = before.rfind(name)?;
    let value = behind.replace([' ', '\t', '"', '\'', '&', '|', ';'], "\u{c}");
    Some(format!("{}{}={value}", " ".repeat(start), before.get(start..)?))
}

/// Takes the drives from paths that begin a word.
fn drives(written: &mut String, first: usize) {
    let line = written.split_off(first);
    let mut before = ' ';
    let mut rest = line.as_str();
    while let Some(char) = rest.chars().next() {
        let begins = char.is_ascii_alphabetic() && rest.get(1..3) == Some(":/");
        let length = if begins && " \"'=\u{c}".contains(before) { 2 } else { char.len_utf8() };
        written.push_str(if length == 2 && begins { "//" } else { rest.slice(..length) });
        before = char;
        rest = rest.slice(length..);
    }
}
