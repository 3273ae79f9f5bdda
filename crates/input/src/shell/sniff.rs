//! Whether a text is a shell script, or commands as somebody types them.
//!
//! Only the beginning is looked at. A line counts when a tool of Kafka's stands where a command begins and what
//! follows is what arguments look like; a sentence that begins with a tool's name is none.

use super::calls::{stem, wrapped};
use super::{units, windows};
use crate::tool_names::is_tool;
use kafka_upgrade_document::{Literals, Slice as _, paths, template};

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 40_000;

pub(super) fn sniff(path: &str, text: &str) -> u8 {
    let end = text.floor_char_boundary(BEGINNING_BYTES);
    let text = text.slice(..end).trim_start_matches('\u{feff}');
    if let Some(line) = text.strip_prefix("#!").and_then(|rest| rest.lines().next()) {
        let shell = ["sh", "bash", "dash", "ksh", "zsh", "ash"]
            .iter()
            .any(|shell| line.split(['/', ' ']).any(|part| part == *shell));
        return if shell { 95 } else { 0 };
    }
    if units::is_unit(text) {
        return if units::is_kafkas(text) { 90 } else { 0 };
    }
    let named = [".sh", ".bash", ".zsh", ".ksh"].iter().any(|ending| path.ends_with(ending));
    // As scripts of shells are, whatever they do with it.
    let of_windows = windows::is_named(path) && names_kafka(text);
    let (mut signs, mut others) = (0u32, 0u32);
    for line in text.lines() {
        let line = line.trim();
        if line.starts_with("FROM ") || line.starts_with("apiVersion:") || line == "services:" {
            others += 1;
        }
        signs += u32::from(is_sign(line));
    }
    // Commands in values of YAML are read as values, with what is beside them.
    let plain = template::plain_name(path);
    let is_tree = [".yaml", ".yml"].iter().any(|ending| plain.ends_with(ending));
    match (named, signs, others) {
        (true, ..) => 80,
        (false, 0, _) if of_windows => 60,
        (false, 0, _) => 0,
        (false, _, 0) if is_tree => 30,
        (false, _, 1..) => 5,
        (false, _, 0) => 75,
    }
}

/// Whether a line that is no comment names Kafka.
fn names_kafka(text: &str) -> bool {
    let is_comment = |line: &str| {
        let start = line.trim_start_matches('@').get(..4).unwrap_or_default();
        line.starts_with([':', '#']) || start.eq_ignore_ascii_case("rem ")
    };
    text.lines().map(str::trim_start).any(|line| !is_comment(line) && line.contains("kafka"))
}

/// Options that set what a container of Kafka's is started with.
const VARIABLES: Literals = Literals::of(&[
    "-e KAFKA_",
    "--env KAFKA_",
    "--env=KAFKA_",
    "-e CONNECT_",
    "--env CONNECT_",
    "--env=CONNECT_",
]);

fn is_sign(line: &str) -> bool {
    if line.starts_with('#') || line.is_empty() {
        return false;
    }
    let line = behind_time(line);
    // Options of a Java program, each on a line of its own.
    if line.starts_with("-Dlog4j.configuration=") || line.starts_with("-Dzookeeper.") {
        return true;
    }
    let set = line.trim_start_matches('@');
    if ["set ", "set \"", "$env:"]
        .iter()
        .any(|start| set.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start)))
        && set
            .split_once('=')
            .is_some_and(|(name, _)| name.contains("KAFKA_") && name.trim_end().ends_with("_OPTS"))
    {
        return true;
    }
    if line.split_ascii_whitespace().take(2).any(windows::is_script) {
        return true;
    }
    if let Some((command, _)) = line.split_once("<<") {
        let first = command.split_ascii_whitespace().find(|word| *word != "sudo" && *word != "$");
        return matches!(first, Some("cat" | "tee")) && command.contains(['>', '/', '.']);
    }
    // A container of Kafka's that is started by hand, on a line of its own or a continued one.
    if VARIABLES.are_in(line) {
        return true;
    }
    let exported = line.strip_prefix("export ").unwrap_or(line);
    if let Some((name, _)) = exported.split_once('=')
        && name.starts_with("KAFKA_")
        && name.ends_with("_OPTS")
    {
        return true;
    }
    // Within a line: behind `&&`, `|`, `;`, `$(`.
    line.split(['&', '|', ';', '(', '`']).any(is_call)
}

/// A line of a crontab without the five words that say when, and the user behind them.
fn behind_time(line: &str) -> &str {
    let is_time = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit() || b"*/,-".contains(&byte));
    let (mut rest, mut count) = (line, 0);
    while let Some((word, behind)) = rest.split_once([' ', '\t']).filter(|(word, _)| is_time(word)) {
        rest = behind.trim_start();
        count += usize::from(!word.is_empty());
    }
    if count != 5 {
        return line;
    }
    // The table of the system names a user.
    rest.split_once(' ')
        .filter(|(user, _)| kafka_upgrade_syntax::shell::is_name(user))
        .map_or(rest, |(_, command)| command)
}

/// Whether a command begins with a tool, a prompt and what runs other commands aside.
fn is_call(part: &str) -> bool {
    let mut words = part.split_ascii_whitespace().enumerate().peekable();
    while let Some((place, word)) = words.next() {
        let word = word.trim_start_matches(['"', '\'']);
        let next = words.peek().map(|(_, next)| *next);
        let name = stem(word);
        let script = name.len() < paths::file_name(word).len();
        let kafkas = ["kafka-", "connect-", "zookeeper-"].iter().any(|start| name.starts_with(start));
        if kafkas && (script || is_tool(name) || wrapped(name).is_some()) && !word.contains(['=', ',', ':']) {
            return next.map_or(script, is_argument);
        }
        if name == "java" {
            return next.is_some_and(|next| next.starts_with('-'))
                && part.contains("kafka")
                && (part.contains("-cp ") || part.contains("-D") || part.contains("-classpath "));
        }
        let passes = matches!(
            word,
            "$" | "%"
                | ">"
                | "sudo"
                | "bash"
                | "sh"
                | "nohup"
                | "exec"
                | "time"
                | "env"
                | "if"
                | "while"
                | "until"
                | "then"
                | "do"
                | "!"
                | "docker"
                | "podman"
                | "kubectl"
                | "run"
                | "compose"
                | "docker-compose"
                | "--"
        ) || (place > 0 && word.starts_with('-'))
            || word.contains('=')
            || word.ends_with(['$', '#'])
            || place < 12 && is_runner(part);
        if !passes {
            return false;
        }
    }
    false
}

fn is_runner(part: &str) -> bool {
    const RUNNERS: &[&str] = &["docker ", "kubectl ", "podman ", "ssh ", "sudo ", "docker-compose "];
    let part = part.trim_start().trim_start_matches("$ ");
    RUNNERS.iter().any(|runner| part.starts_with(runner)) || part.starts_with('[')
}

/// What follows a tool: an option, a file, a continuation, the end of the command.
fn is_argument(word: &str) -> bool {
    word.starts_with(['-', '\\', '>', '$', '<'])
        || word.contains('/')
        || word.ends_with(".properties")
        || word.contains(':') && !word.ends_with(':')
        || word.split('.').count() > 2 && word.split('.').all(|part| !part.is_empty())
        || matches!(
            word,
            "format"
                | "random-uuid"
                | "info"
                | "describe"
                | "upgrade"
                | "downgrade"
                | "list"
                | "get-brokers"
                | "ls"
                | "localhost"
        )
}
