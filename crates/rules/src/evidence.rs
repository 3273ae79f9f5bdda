//! What a text shows around a finding that keeps it from happening: tests on the same line, copies, scripts that delete
//! a setting, arguments of a build that others give.
//!
//! What is *not* here: branches of tests (`input`'s guards), and what becomes of the finding (`context`).

use std::collections::BTreeSet;
use std::rc::Rc;

use kafka_upgrade_document::{Slice as _, Span, paths};
use kafka_upgrade_sorted::Gather as _;

use crate::checked_file::CheckedFile;

/// Words of the line up to a place.
fn line_before(text: &str, span: Span) -> &str {
    text.slice(..span.start as usize).rsplit('\n').next().unwrap_or_default()
}

/// Whether a test of the same line asks for the file: `[ -f bin/x.sh ] && bin/x.sh`, `command -v x.sh && x.sh`.
pub(crate) fn is_asked_before(text: &str, span: Span) -> bool {
    const ASKS: [&str; 6] = ["-f ", "-e ", "-x ", "command -v ", "which ", "type "];
    let name = paths::file_name(span.of(text));
    line_before(text, span).rsplit_once("&&").is_some_and(|(test, _)| {
        test.contains(name) && ASKS.iter().any(|sign| test.contains(sign)) && !test.contains("! ")
    })
}

/// Whether `COPY` or `ADD` of a Dockerfile puts a file of one's own there, on this line or on another.
pub(crate) fn is_copied_there(text: &str, span: Span) -> bool {
    let named = span.of(text);
    text.lines().any(|line| {
        let words = || line.split_whitespace();
        matches!(words().next(), Some("COPY" | "ADD"))
            && words().nth(2).is_some()
            && words().last().is_some_and(|target| target.ends_with(named))
    })
}

/// Whether a script writes the file itself: `cat > config/x <<EOF`.
pub(crate) fn writes(text: &str, named: &str) -> bool {
    let mut places =
        text.match_indices(named).map(|(at, _)| text.slice(..at).trim_end_matches(['"', '\'', ' ']));
    places.any(|before| before.ends_with('>') && !before.ends_with(">>"))
}

/// Tells each file which keys scripts delete before a server starts, `sed -e '/zookeeper.connect/d'`, whatever cluster
/// they are of.
pub fn assign_deleted(files: &mut [CheckedFile<'_>]) {
    let scripts =
        files.iter().filter(|read| !read.is_part && read.text.contains("/d") && read.text.contains("sed "));
    let keys: BTreeSet<String> =
        scripts.flat_map(|read| read.text.lines()).filter_map(deleted).map(str::to_owned).gather();
    let keys = Rc::new(keys);
    files.iter_mut().filter(|_| !keys.is_empty()).for_each(|read| read.deleted = Rc::clone(&keys));
}

/// The key that a line of a script deletes.
fn deleted(line: &str) -> Option<&str> {
    let (before, _) = line.split_once("/d")?;
    let (_, key) = before.rsplit_once('/')?;
    let key = key.trim_start_matches('^');
    (key.contains('.') && key.bytes().all(|one| one.is_ascii_alphanumeric() || b".-_".contains(&one)))
        .then_some(key)
}

/// Whether a program asks whether Kafka is older than 4.0: `if kafka_version() < (4, 0)`.
pub(crate) fn asks_for_4_0(text: &str) -> bool {
    const NUMBERS: [&str; 5] = ["(4, 0", "(4,0", "\"4.0", "'4.0", "V4_0_0"];
    text.lines().any(|line| {
        NUMBERS.iter().any(|number| line.contains(number)) && line.contains(['<', '>']) && {
            let line = line.to_ascii_lowercase();
            line.contains("kafka") && line.contains("version")
        }
    })
}

/// The argument of a Dockerfile that a place takes its version from.
pub(crate) fn argument<'t>(read: &CheckedFile<'t>, span: Span) -> Option<&'t str> {
    if !paths::file_name(read.path).contains("Dockerfile") {
        return None;
    }
    let start = read.text.slice(..span.start as usize).rfind('\n').map_or(0, |at| at + 1);
    let line = read.text.slice(start..).lines().next()?;
    let (_, rest) = line.split_once("${").or_else(|| line.split_once('$'))?;
    let end = rest.find(|one: char| !one.is_ascii_alphanumeric() && one != '_')?;
    let name = rest.get(..end).filter(|name| name.contains("JAVA") || name.contains("JDK"))?;
    read.text
        .lines()
        .any(|line| line.trim().strip_prefix("ARG ").is_some_and(|rest| rest.starts_with(name)))
        .then_some(name)
}

/// Whether a text sets a variable to a Java that servers of 4.0 and newer run on.
pub(crate) fn gives_newer_java(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let value = text.slice(at + name.len()..);
        let Some(value) = value.strip_prefix('=').or_else(|| value.strip_prefix(": ")) else { return false };
        let value = value.trim_start_matches(['"', '\'']);
        let end = value.find(|one: char| !one.is_ascii_digit()).unwrap_or(value.len());
        value.get(..end).and_then(|number| number.parse::<u16>().ok()).is_some_and(|java| java >= 17)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_scripts_delete_name_a_key() {
        assert_eq!(deleted("  sed -e '/zookeeper.connect/d' \\"), Some("zookeeper.connect"));
        assert_eq!(deleted("sed -e '/^#/d' -e '/^$/d' config/server.properties"), None);
        assert_eq!(deleted("cd /etc/kafka/data"), None);
    }

    #[test]
    fn a_script_writes_what_it_directs_its_output_to() {
        assert!(writes("cat > config/log4j.properties <<-'EOF'\n", "config/log4j.properties"));
        assert!(!writes("sed -i s/a/b/ config/log4j.properties\n", "config/log4j.properties"));
        assert!(!writes("echo a >> config/log4j.properties\n", "config/log4j.properties"));
    }

    #[test]
    fn programs_ask_for_the_version_of_kafka() {
        assert!(asks_for_4_0("        if env_kafka_version() < (4, 0):\n"));
        assert!(!asks_for_4_0("version = '4.0.0'\nif python_version < (4, 0):\n"));
    }

    #[test]
    fn a_newer_java_is_given_by_an_assignment() {
        assert!(gives_newer_java("JAVA_VERSION=\"17\"\n", "JAVA_VERSION"));
        assert!(gives_newer_java("  JAVA_VERSION: 21\n", "JAVA_VERSION"));
        assert!(!gives_newer_java("JAVA_VERSION=\"11\"\n", "JAVA_VERSION"));
        assert!(!gives_newer_java("JAVA_VERSION=$x # 17\n", "JAVA_VERSION"));
    }
}
