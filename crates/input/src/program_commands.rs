//! Tools of Kafka's that programs run: `subprocess.run(["kafka-topics.sh", "--list"])`, `system("kafka-topics.sh …")`.
//!
//! A text counts when its first word is one of the tools, by its file or its name, and an option follows. What is *not*
//! here: commands that are put together from variables.

use kafka_upgrade_document::{Embedded, SourceText};

use crate::Document;
use crate::shell::stem;
use crate::tokens::{Comments, Token, TokenKind, read};
use crate::tool_names::is_tool;

/// Words of one command.
const MAX_WORDS: usize = 100;

/// Whether a text is a command that runs a tool of Kafka's with an option.
pub(crate) fn runs_tool(text: &str) -> bool {
    const RUNNERS: &[&str] = &["docker", "docker-compose", "podman", "kubectl", "ssh"];
    let mut words =
        text.split_ascii_whitespace().skip_while(|word| matches!(*word, "sudo" | "exec")).peekable();
    // Within a container or on another machine, behind options of whatever runs it there.
    if words.peek().is_some_and(|first| RUNNERS.contains(first)) {
        while words.next_if(|word| !is_script(word)).is_some() {}
    }
    words.next().is_some_and(is_script)
        && words.next().is_some_and(|next| next.starts_with('-') || next.contains('/'))
}

/// Whether a line has a tool among its words.
pub(crate) fn names_tool(line: &str) -> bool {
    !line.trim_start().starts_with('#') && line.split_ascii_whitespace().any(is_script)
}

fn is_script(word: &str) -> bool {
    let name = stem(word);
    is_tool(name) && name.contains('-') && !word.contains(['=', ',', ':'])
}

/// Leaves the commands of a program to the reader of commands.
pub(crate) fn find(text: &str, document: &mut Document) {
    if !["kafka-", "zookeeper-shell", "connect-"].iter().any(|start| text.contains(start)) {
        return;
    }
    let slashes = text.contains("//") && !text.contains("\n# ");
    let tokens = read(text, if slashes { Comments::Slashes } else { Comments::Hash });
    for (at, token) in tokens.iter().enumerate().filter(|(_, one)| one.kind == TokenKind::Text) {
        if runs_tool(token.text) {
            if is_passed(&tokens, at) {
                document.embed(Embedded::Commands(SourceText::plain(token.text, token.span.start + 1)));
            }
        } else if is_script(token.text) {
            let words = list(&tokens, at);
            if words.get(1).is_some_and(|next| next.text.starts_with('-')) {
                document.embed(Embedded::Command(words));
            }
        }
    }
}

/// Whether a text is what a call is given, alone or first: what a program prints or compares has words around it.
fn is_passed(tokens: &[Token<'_>], at: usize) -> bool {
    const RUNS: &[&str] = &[
        "system",
        "run",
        "call",
        "check_output",
        "check_call",
        "popen",
        "exec",
        "execSync",
        "spawn",
        "sh",
        "shell",
        "Popen",
        "shell_exec",
        "command",
        "push",
    ];
    let before =
        |steps: usize| at.checked_sub(steps).and_then(|at| tokens.get(at)).map_or("", |one| one.text);
    let name = before(2).rsplit('.').next().unwrap_or_default();
    let is_call = before(1) == "(" && RUNS.contains(&name);
    // Backticks run what they hold in Ruby and PHP.
    is_call || RUNS.contains(&before(1).rsplit('.').next().unwrap_or_default())
}

/// Texts that follow each other with commas between them.
fn list(tokens: &[Token<'_>], at: usize) -> Vec<SourceText> {
    let mut words = Vec::new();
    for pair in tokens.get(at..).unwrap_or_default().chunks(2).take(MAX_WORDS) {
        let Some(text) = pair.first().filter(|one| one.kind == TokenKind::Text) else { break };
        words.push(SourceText::plain(text.text, text.span.start + 1));
        if pair.get(1).is_none_or(|one| one.text != ",") {
            break;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_is_run_by_itself_or_where_its_program_is() {
        for command in [
            "kafka-topics.sh --list",
            "sudo kafka-topics.sh --list",
            "docker compose exec kafka kafka-topics --zookeeper zk:2181 --list",
            "kubectl -n data exec kafka-0 -- /opt/kafka/bin/kafka-topics.sh --list",
        ] {
            assert!(runs_tool(command), "{command}");
        }
        for command in [
            "docker compose up kafka-topics",
            "docker compose exec web sh -c ls",
            "echo kafka-topics.sh --list",
        ] {
            assert!(!runs_tool(command), "{command}");
        }
    }
}
