//! Lines with which programs report that something failed: exceptions, errors of tools, compilers and the JVM, in logs of
//! any kind and in pasted parts of them.
//!
//! A line counts for its form (`messages`), not for its words; what it means is a question to the rules. `wrapping` takes
//! off what collectors of logs write around it. Invariants: linear in the text; of a failure that repeats one is kept, with its
//! count.

mod healthy;
mod lines;
mod localized;
mod messages;
mod others;
mod prose;
mod signs;
mod wrapping;

use kafka_upgrade_document::Slice as _;
use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_document::Failure;

use crate::{Kind, Span};
use healthy::{HARMLESS_HEADS, HEALTHY};
use lines::{
    frame, is_candidate, is_gap, is_kafka_class, is_of_build, is_symbol, place, without_cause,
    without_numbers,
};
use messages::{is_status, message, status};
pub(super) use others::is_of_another;
use signs::{has_sign, is_near_kafka};
use wrapping::{Level, is_exception, strip, unwrap};

/// Whether a line has the form of a failure, and something in it that Kafka's programs or its JVM print.
pub(super) fn is_one(line: &str) -> bool {
    let line = &*localized::english(line);
    has_sign(line)
        && !HEALTHY.iter().any(|part| line.contains(part))
        && unwrap(line).iter().any(|one| {
            message(&one.text, one.level)
                .is_some_and(|(message, _)| is_near_kafka(message) || is_near_kafka(line))
        })
}

/// Whether a line has the form of a failure, whatever program's.
pub(super) fn is_form(line: &str) -> bool {
    let line = &*localized::english(line);
    has_sign(line) && unwrap(line).iter().any(|one| message(&one.text, one.level).is_some())
}

/// `Ours.java:3: error: …`, `[ERROR] /src/Ours.java:[3,8] …`, `e: file:///src/Ours.kt:3:8 …`: a compiler's error.
pub(super) fn is_of_compiler(line: &str) -> bool {
    let line = &*localized::english(line);
    let has_place = [".java:", ".scala:", ".kt:"].iter().any(|end| line.contains(end));
    has_place
        && (line.contains(": error: ")
            || ["[ERROR] ", "[error] ", "e: "].iter().any(|start| line.starts_with(start)))
}

/// Whether a text names Kafka, a client of it or one of its tools.
pub(super) fn names_kafka(text: &str) -> bool {
    is_near_kafka(text)
}

/// Whether a compiler's output names a class that only the clients and Streams have.
pub(super) fn names_api(text: &str) -> bool {
    const CLASSES: &[&str] = &[
        "ConsumerRecord",
        "ProducerRecord",
        "ConsumerGroupMetadata",
        "ConsumerRebalanceListener",
        "OffsetAndMetadata",
        "TopicPartition",
        "KStream",
        "KTable",
        "StreamsBuilder",
        "ProcessorSupplier",
        "TopologyTestDriver",
        "DescribeTopicsResult",
        "consumer.poll(",
        "producer.send(",
    ];
    CLASSES.iter().any(|class| text.contains(class))
}

/// Whether a line is one of a log: with a time, or a JSON record with one.
pub(super) fn is_of_log(line: &str) -> bool {
    wrapping::time(strip(line).0).is_some()
        || (line.starts_with('{') && line.contains("\":") && line.contains("time"))
}

/// Failures that are kept of one text.
const MAX_FAILURES: usize = 200;
/// Bytes of a message that are kept.
const MAX_MESSAGE_BYTES: usize = 1200;
const MAX_FRAMES: usize = 12;
/// Bytes of a text that somebody cut out of a longer one.
const MAX_CUT_BYTES: usize = 3000;
/// Bytes of a formatted record of JSON.
const MAX_RECORD_BYTES: usize = 16_000;
const MAX_MORE_BYTES: usize = 700;
/// Bytes of a line that are looked at: longer ones are data.
const MAX_LINE_BYTES: usize = 64_000;

/// What is read so far of a text.
#[derive(Default)]
pub(super) struct Failures {
    found: Vec<Failure>,
    /// Numbers of failures by their messages without digits.
    known: BTreeMap<String, usize>,
    entry: u32,
    /// The one that frames and further lines belong to.
    last: Option<usize>,
    /// Whether the open entry has its exception: another one without `Caused by` starts a new failure.
    has_exception: bool,
    /// Whether anything of the entry that is open names Kafka.
    of_kafka: bool,
    /// Where the failures of that entry begin.
    begins: usize,
    in_entry: Vec<usize>,
    /// Whether the text is of Kubernetes: conditions and events are failures there.
    of_status: bool,
    /// Whether the text of Kubernetes names Kafka anywhere.
    names_kafka: bool,
    /// Whether the last message is one of a build's.
    is_of_build: bool,
    /// Whether its conditions are those of Strimzi, whose resources are ready or `NotReady`.
    of_strimzi: bool,
    /// Whether the text is another program's.
    of_another: bool,
    /// Whether nothing but blank lines was read yet.
    is_begun: bool,
    /// Whether a file of Kafka's is in the Python trace that is open.
    of_trace: bool,
    /// Whether it is the start of an image whose script goes on where directories are formatted already.
    goes_on: bool,
    /// Whether the text is a short one that names Kafka: all of it is about it, and whoever pasted it asks about each line.
    is_cut: bool,
    /// The line before, and where it begins, unless it was a failure itself.
    before: Option<(String, usize)>,
    /// A record of JSON that somebody formatted, as far as it is read, and where it begins.
    spread: Option<(String, usize)>,
}

impl Failures {
    pub(super) fn new(text: &str) -> Self {
        let signs = ["type: NotReady", "NotReady", "Events:", "Last State:", "LAST SEEN", "reason: "];
        let of_status = signs.iter().any(|sign| text.contains(sign));
        let is_cut =
            text.len() <= MAX_CUT_BYTES && is_near_kafka(text) && !wrapping::has_several_sources(text);
        let start = text.slice(..text.floor_char_boundary(MAX_LINE_BYTES));
        Self {
            of_status,
            is_cut,
            names_kafka: of_status && is_near_kafka(text),
            of_strimzi: of_status && text.contains("type: NotReady"),
            of_another: is_of_another(text),
            goes_on: start.contains("===> Launching"),
            ..Self::default()
        }
    }

    /// Reads a line that begins at a byte of the text; whether a failure is in it.
    pub(super) fn read(&mut self, line: &str, start: usize) -> bool {
        let Some((record, begins)) = self.spread.as_mut() else {
            if line.trim() == "{" {
                self.spread = Some((line.to_owned(), start));
                return false;
            }
            return self.read_line(line, start);
        };
        record.push('\n');
        record.push_str(line);
        let indentation = |text: &str| text.len() - text.trim_start().len();
        let ends = ["}", "},"].contains(&line.trim()) && indentation(line) == indentation(record);
        let begins = *begins;
        if ends {
            let record = std::mem::take(record);
            self.spread = None;
            // What is no record of a log is read line by line, as is everything else.
            return self.read_line(&record, begins) || self.read_spread(&record, begins);
        }
        if record.len() > MAX_RECORD_BYTES {
            let record = std::mem::take(record);
            self.spread = None;
            return self.read_spread(&record, begins);
        }
        false
    }

    /// The lines of what is no record after all.
    fn read_spread(&mut self, text: &str, mut start: usize) -> bool {
        let mut any = false;
        for line in text.split('\n') {
            any |= self.read_line(line, start);
            start += line.len() + 1;
        }
        any
    }

    fn read_line(&mut self, line: &str, start: usize) -> bool {
        let line = line.slice(..line.floor_char_boundary(MAX_LINE_BYTES));
        let english = localized::english(line);
        let known = self.found.len();
        let any = self.read_english(&english, start);
        if *english != *line {
            let whole = Span::new(start as u32, (start + line.len()) as u32);
            self.found.iter_mut().skip(known).for_each(|failure| failure.span = whole);
        }
        any
    }

    /// A trace that was pasted without its first line is a failure all the same.
    fn read_cut_trace(&mut self, line: &str, start: usize) -> bool {
        if self.is_begun {
            return false;
        }
        let (text, time) = strip(line);
        if text.is_empty() {
            return false;
        }
        self.is_begun = true;
        let Some(frame) = frame(text).filter(|frame| is_kafka_class(frame)) else { return false };
        self.add(text, Level::Lesser, line, place(text, line, start), time);
        if let Some(failure) = self.found.last_mut() {
            // What is below it may say more.
            (failure.is_asked, failure.frames) = (true, vec![frame.to_owned()]);
        }
        self.of_kafka = true;
        true
    }

    fn read_english(&mut self, line: &str, start: usize) -> bool {
        if self.read_cut_trace(line, start) {
            return true;
        }
        if self.goes_on && line.contains("is already formatted. Use --ignore-formatted") {
            return false;
        }
        let trimmed = line.trim_start();
        if trimmed.starts_with("Traceback (") {
            self.of_trace = false;
        }
        self.of_trace |= trimmed.starts_with("File \"") && is_near_kafka(trimmed);
        let before = self.before.take();
        if is_table_of_options(line)
            && let Some((text, start)) = before.filter(|(text, _)| !text.starts_with("This tool "))
        {
            // Tools print why they refuse their arguments right before the list of them.
            let span = place(&text, &text, start);
            self.close();
            self.add(&text, Level::Error, &text, span, None);
            self.has_exception = true;
            return true;
        }
        let could_be = has_sign(line) || (self.of_status && is_status(line));
        if !could_be {
            let is_short = (8..300).contains(&line.len()) && !line.starts_with([' ', '\t']);
            self.before = is_short.then(|| (line.to_owned(), start));
            if self.last.is_none() {
                self.of_words(line, start);
            } else {
                self.further(line);
            }
            return false;
        }
        let mut any = false;
        for one in unwrap(line) {
            if let Some((message, level)) = message(&one.text, one.level).or_else(|| self.status(&one.text)) {
                let span = place(message, line, start);
                self.add(
                    message,
                    level,
                    &one.text,
                    span,
                    one.time.as_deref().or_else(|| wrapping::time(&one.text).map(|(time, _)| time)),
                );
                let is_state = trimmed.starts_with("Reason:") && self.names_kafka;
                self.of_kafka |= self.of_strimzi || is_state;
                any = true;
            } else {
                self.further(&one.text);
            }
        }
        if !any && self.last.is_none() {
            self.of_words(line, start);
        }
        if !any && (8..300).contains(&line.len()) && !line.starts_with([' ', '\t']) {
            self.before = Some((line.to_owned(), start));
        }
        // A record of JSON names its logger in a field of its own.
        self.of_kafka |= any && is_near_kafka(line);
        any
    }

    /// A line whose words may be those of a failure, though its form is not.
    fn of_words(&mut self, line: &str, start: usize) {
        let (text, time) = strip(line);
        if self.is_cut && !self.of_status && text.len() > 8 && !messages::is_of_code(line) {
            let span = place(text, line, start);
            self.add(text, Level::Lesser, line, span, time);
            self.close();
        }
    }

    fn status<'l>(&self, line: &'l str) -> Option<(&'l str, Level)> {
        if !self.of_status {
            return None;
        }
        status(line)
    }

    fn add(&mut self, message: &str, level: Level, line: &str, span: Span, time: Option<&str>) {
        let inner = without_cause(message);
        // A cause, or the exception that a line of a log announced, belongs to what is open.
        let continues = self.last.is_some()
            && (inner.len() < message.len()
                || (is_of_build(message) && self.is_of_build)
                || is_symbol(message)
                || is_candidate(message)
                || (is_exception(message) && wrapping::time(line).is_none() && !self.has_exception));
        if !continues {
            self.close();
        }
        self.has_exception |= is_exception(inner) || inner.starts_with("Exception in thread");
        self.is_of_build = is_of_build(message);
        self.of_kafka |= is_near_kafka(line)
            || std::mem::take(&mut self.of_trace)
            || ((is_of_compiler(line) || is_symbol(inner)) && names_api(line));
        let inner = inner.slice(..inner.floor_char_boundary(MAX_MESSAGE_BYTES)).trim_end();
        let key = without_numbers(inner);
        if let Some(known) = self.known.get(&key).copied() {
            // A new headline above a known cause reports the same failure.
            for head in self.in_entry.iter().filter(|at| continues && **at >= self.begins) {
                if let Some(failure) = self.found.get_mut(*head) {
                    (failure.is_error, failure.is_asked) = (false, false);
                }
            }
            if let Some(failure) = self.found.get_mut(known) {
                failure.count = failure.count.saturating_add(1);
                if let Some(time) = time {
                    match &mut failure.times {
                        Some((_, last)) => time.clone_into(last),
                        None => failure.times = Some((time.to_owned(), time.to_owned())),
                    }
                }
            }
            self.last = Some(known);
            self.in_entry.push(known);
            return;
        }
        if self.found.len() >= MAX_FAILURES {
            return;
        }
        self.known.insert(key, self.found.len());
        self.last = Some(self.found.len());
        self.in_entry.push(self.found.len());
        self.found.push(Failure {
            entry: self.entry,
            message: inner.to_owned(),
            span,
            is_error: level == Level::Error,
            is_asked: level == Level::Warning
                && self.is_cut
                && !HEALTHY.iter().any(|part| line.contains(part)),
            count: 1,
            times: time.map(|time| (time.to_owned(), time.to_owned())),
            ..Failure::default()
        });
    }

    /// A line that is no message of its own: a frame, more of the message, or the next record of the log.
    fn further(&mut self, line: &str) {
        let Some(last) = self.last else { return };
        let (text, _) = strip(line);
        if let Some(frame) = frame(text) {
            self.of_kafka |= is_kafka_class(frame) && self.in_entry.contains(&last);
            if let Some(failure) = self
                .found
                .get_mut(last)
                .filter(|failure| failure.count == 1 && failure.frames.len() < MAX_FRAMES)
            {
                failure.frames.push(frame.to_owned());
            }
            return;
        }
        if text.is_empty() || is_gap(text) {
            return;
        }
        let is_record = wrapping::time(text).is_some()
            || text.starts_with("[INFO]")
            || text.starts_with("INFO")
            || text.starts_with('{')
            || text.starts_with("$ ");
        if is_record {
            self.close();
            return;
        }
        self.of_kafka |= is_near_kafka(text);
        if let Some(failure) = self
            .found
            .get_mut(last)
            .filter(|failure| failure.count == 1 && failure.more.len() + text.len() < MAX_MORE_BYTES)
        {
            if !failure.more.is_empty() {
                failure.more.push(' ');
            }
            failure.more.push_str(text);
        }
    }

    /// Ends the entry that is open.
    fn close(&mut self) {
        for at in self.in_entry.drain(..) {
            if let Some(failure) = self.found.get_mut(at) {
                failure.of_kafka |= self.of_kafka;
            }
        }
        if self.found.len() > self.begins {
            self.entry += 1;
            self.begins = self.found.len();
        }
        (self.last, self.of_kafka, self.has_exception) = (None, false, false);
    }

    /// All of them, in the order of the text.
    pub(super) fn finish(mut self) -> Vec<Failure> {
        if self.of_another {
            return Vec::new();
        }
        if let Some((text, start)) = self.spread.take() {
            self.read_spread(&text, start);
        }
        self.close();
        let is_head = |one: &Failure| HARMLESS_HEADS.iter().any(|head| one.message.contains(head));
        let harmless: BTreeSet<u32> =
            self.found.iter().filter(|one| is_head(one)).map(|one| one.entry).collect();
        self.found.retain(|one| !harmless.contains(&one.entry));
        for failure in self.found.iter_mut().filter(|_| self.is_cut) {
            failure.of_kafka = true;
        }
        self.found
    }
}

/// The failures of a text that another format reads, such as the state in a manifest, or that none does.
pub(crate) fn find(text: &str, kind: Kind) -> Vec<Failure> {
    let mut failures = Failures::new(text);
    // A session of a shell is about its commands, and they are read for what they are.
    let is_session = failures.is_cut && kind == Kind::ShellScript;
    failures.is_cut &= kind == Kind::Unknown || failures.of_status;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        failures.read(line.trim_end_matches(['\n', '\r']), start);
        start += line.len();
    }
    // What a compiler misses may be named by its simple name.
    let is_of_compiler = |message: &str| {
        ["symbol: ", "nresolved reference", "is undefined for the type "]
            .iter()
            .any(|sign| message.contains(sign))
    };
    failures
        .finish()
        .into_iter()
        .filter_map(|mut failure| {
            failure.of_kafka |= is_session && failure.is_error;
            (failure.of_kafka || is_of_compiler(&failure.message)).then_some(failure)
        })
        .collect()
}

/// The head of the list of options that Kafka's tools print behind what is wrong with their arguments.
pub(super) fn is_table_of_options(line: &str) -> bool {
    line.starts_with("Option ") && line.trim_end().ends_with(" Description")
}

#[cfg(test)]
mod tests;
