//! Sentences that people write about failures, as in notes and runbooks: they begin as messages do, and report none.
//!
//! What is *not* here: lines with a level, an exception or a place, which no sentence of these has.

/// What such a sentence is about, behind `Error` or `Errors`.
const TOPICS: &[&str] = &[
    "handling",
    "code",
    "codes",
    "budget",
    "budgets",
    "rate",
    "rates",
    "log",
    "logs",
    "logging",
    "message",
    "messages",
    "queue",
    "queues",
    "topic",
    "topics",
    "recovery",
    "reporting",
    "tracking",
    "monitoring",
    "management",
    "policy",
    "strategy",
    "strategies",
    "scenario",
    "scenarios",
    "case",
    "cases",
    "type",
    "types",
    "class",
    "classes",
    "responses",
    "conditions",
    "paths",
    "alerts",
];

/// Whether a line that starts like a message is a sentence that somebody wrote.
pub(super) fn is_prose(line: &str) -> bool {
    let mut words = line.split([' ', '\t']).filter(|word| !word.is_empty());
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    let third = words.next().unwrap_or_default();
    is_of_topic(first, second, third) || is_question(first, second) || is_habit(line)
}

/// `Error handling: …`, `Error codes are …`, `Error budget`: not `Error handling request …`.
fn is_of_topic(first: &str, second: &str, third: &str) -> bool {
    let ends = second.ends_with([':', '.', ',', ';']) || ends_noun(third);
    ["Error", "ERROR"].contains(&first)
        && ends
        && TOPICS.contains(&second.trim_end_matches([':', '.', ',', ';']))
}

/// Whether what stands behind a noun begins its verb, or another part of the sentence.
fn ends_noun(word: &str) -> bool {
    [
        "", "is", "are", "and", "in", "with", "of", "goes", "go", "by", "per", "should", "must", "will",
        "has", "have", "-", "–", "|",
    ]
    .contains(&word)
}

/// `Error: what to do when …`.
fn is_question(first: &str, second: &str) -> bool {
    first.ends_with(':')
        && ["what", "how", "why", "when", "who", "What", "How", "Why", "When", "Who"].contains(&second)
}

/// `Failed messages are retried`, `Invalid records go to …`: what happens each time, of several things.
fn is_habit(line: &str) -> bool {
    const VERBS: &[&str] = &["are", "go", "get", "should", "will", "were", "end"];
    const STARTS: &[&str] =
        &["Failed", "Invalid", "Missing", "Unknown", "Unsupported", "Unhandled", "Uncaught", "Conflicting"];
    let mut words = line.split(' ');
    let is_one = words.next().is_some_and(|first| STARTS.contains(&first));
    let words: Vec<&str> = words.take(5).collect();
    let at = words.iter().position(|word| VERBS.contains(word));
    let plural = |word: &&str| {
        word.len() > 3 && word.ends_with('s') && word.bytes().all(|one| one.is_ascii_lowercase())
    };
    is_one && at.and_then(|at| words.get(at.checked_sub(1)?)).is_some_and(plural)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_about_failures_are_no_failures() {
        for text in [
            "Error handling: the consumer retries three times",
            "Error handling is done in the listener.",
            "Error codes and what they mean",
            "ERROR logs go to the archive",
            "Error: what to do when a broker is down",
            "Failed messages are retried by the consumer.",
            "Failed and late records go to a dead letter topic",
            "Invalid records are skipped",
            "Unknown topics should be created by hand",
        ] {
            assert!(is_prose(text), "{text}");
        }
        for text in [
            "Error handling request Request(processor=1)",
            "Error handling message of topic orders",
            "Error: Could not find or load main class kafka.Kafka",
            "Error: replication factor: 3 larger than available brokers: 1",
            "Error while executing topic command : Topic 'a' already exists",
            "Error message could not be read from broker",
            "Failed to construct kafka consumer",
            // It states one, whoever wrote it.
            "Failed to upgrade our cluster last week, so we try again",
            "Failed messages: 3",
            "Invalid value -5 for configuration retries",
            "Missing required argument \"[topic]\"",
            "Unknown topics or partitions",
            "Unsupported version of protocol",
            "Unable to read additional data from server",
            "Cannot assign requested address",
        ] {
            assert!(!is_prose(text), "{text}");
        }
    }
}
