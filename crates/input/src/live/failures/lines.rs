//! What single lines of a failure are: frames, gaps between them, causes, lines of a build; and what two messages share.
//!
//! What is *not* here: whether a line begins a failure (`messages`).

use super::messages::is_frame_of_ruby;
use crate::Span;

/// Where a message stands; of one that was unescaped, the whole line.
pub(super) fn place(message: &str, line: &str, start: usize) -> Span {
    let at = (message.as_ptr() as usize).wrapping_sub(line.as_ptr() as usize);
    let (from, to) = if at < line.len() {
        (at, (at + message.trim_end().len()).min(line.len()))
    } else {
        (line.len() - line.trim_start().len(), line.len())
    };
    Span::new((start + from) as u32, (start + to) as u32)
}

pub(super) fn without_numbers(message: &str) -> String {
    let mut key = String::with_capacity(message.len().min(240));
    let mut was_digit = false;
    for one in message.chars().take(240) {
        let is_digit = one.is_ascii_digit();
        if !(is_digit && was_digit) {
            key.push(if is_digit { '#' } else { one });
        }
        was_digit = is_digit;
    }
    key
}

pub(super) fn without_cause(message: &str) -> &str {
    ["Caused by: ", "Suppressed: ", "Wrapped by: "]
        .iter()
        .find_map(|start| message.strip_prefix(start))
        .unwrap_or(message)
}

/// `method Producer.close() is not applicable`: what a compiler found instead of what the code calls.
pub(super) fn is_candidate(message: &str) -> bool {
    let message = message.strip_prefix("[ERROR]").unwrap_or(message).trim_start();
    ["method ", "constructor "].iter().any(|start| message.starts_with(start))
        && message.trim_end().ends_with(" is not applicable")
}

/// `symbol: class A` below an error of javac's, in Maven's output as well.
pub(super) fn is_symbol(message: &str) -> bool {
    message.strip_prefix("[ERROR]").unwrap_or(message).trim_start().starts_with("symbol: ")
}

/// A line of npm's, node-gyp's or make's, which report one failure in many.
pub(super) fn is_of_build(message: &str) -> bool {
    ["npm ERR!", "npm error", "gyp ERR!", "make: *** ", "make[", "node-librdkafka.target"]
        .iter()
        .any(|start| message.starts_with(start))
}

/// `... 12 more` and what else stands between frames.
pub(super) fn is_gap(text: &str) -> bool {
    text.starts_with("... ")
        || is_frame_of_ruby(text)
        || text.starts_with("at ")
        || text.starts_with("[CIRCULAR")
}

/// `a.b.C.m` of `at a.b.C.m(C.java:1)`, also with a loader's or module's name before it.
pub(super) fn frame(line: &str) -> Option<&str> {
    let inner = ["at ", "~ at ", "在 "].iter().find_map(|start| line.strip_prefix(start))?;
    let method = inner.split('(').next()?.trim_end();
    let method = method.rsplit('/').next()?;
    (method.contains('.') && !method.contains(' ')).then_some(method)
}

pub(super) fn is_kafka_class(name: &str) -> bool {
    [
        "org.apache.kafka.",
        "kafka.",
        "org.springframework.kafka.",
        "io.strimzi.",
        "io.confluent.",
        "reactor.kafka.",
        "org.apache.zookeeper.",
        "Confluent.Kafka.",
    ]
    .iter()
    .any(|start| name.starts_with(start))
}
