//! What runs, in somebody's own words: `brokers 2.8 on ZooKeeper, Java 11, librdkafka@1.9.2`.
//!
//! Names that the catalog knows (one to four words) with the versions beside them become [`Dependency`]s, the mode
//! an [`Observation`]. A name that nobody knows keeps its version, so that it is answered with "unknown", not with
//! silence; a known one that is only a part of it (`alpakka kafka 3.0`, `kafka ui 0.7`) is not taken for the whole.
//! What is *not* here: what the versions mean.

use kafka_upgrade_catalog::Mode;
use kafka_upgrade_catalog::clients::{self, ProductKind};
use kafka_upgrade_document::Slice as _;
use kafka_upgrade_sorted::case::Case as _;

use crate::{Dependency, Document, Ecosystem, Kind, Observation, Problem, Span};

/// Words that join the others and say nothing.
const FILLERS: &[&str] = &[
    "a", "against", "all", "and", "apache", "are", "at", "cluster", "clusters", "have", "in", "is",
    "library", "mode", "my", "of", "on", "our", "plus", "release", "run", "running", "runs", "some", "still",
    "the", "use", "uses", "using", "v", "version", "versions", "we", "with",
];

/// Words that tell apart several of a kind or state a purpose, and so do not make a known name another program's.
const PLAIN: &[&str] = &[
    "app",
    "application",
    "applications",
    "apps",
    "container",
    "containers",
    "current",
    "currently",
    "dev",
    "docker",
    "existing",
    "instance",
    "instances",
    "legacy",
    "live",
    "main",
    "managed",
    "new",
    "node",
    "nodes",
    "old",
    "older",
    "onprem",
    "on-prem",
    "open",
    "source",
    "pod",
    "pods",
    "prod",
    "production",
    "qa",
    "self-hosted",
    "self-managed",
    "server",
    "servers",
    "service",
    "services",
    "single",
    "staging",
    "stock",
    "test",
    "testing",
    "three",
    "two",
    "upgraded",
    "vanilla",
];

/// Longest name, in words.
const MAX_NAME_WORDS: usize = 4;

/// Reads such a text; each line, and what is between commas, is on its own.
#[must_use]
pub fn read(text: &str) -> Document {
    let mut document = Document { kind: Kind::Inventory, ..Document::default() };
    let mut start = 0;
    for clause in text.split_inclusive([',', ';', '\n', '(', ')']) {
        Clause::new(clause.trim_end_matches([',', ';', '\n', '(', ')']), start).read(&mut document);
        start += clause.len();
    }
    document.secrets = kafka_upgrade_document::secrets::of_text(text);
    document.platforms = crate::platform::stated(text);
    document
}

/// A word of the text.
#[derive(Clone, Copy)]
struct Word<'t> {
    text: &'t str,
    start: usize,
}

impl Word<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn is(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.text.eq_ignore_ascii_case(word))
    }
}

/// What stands between two commas.
struct Clause<'t> {
    words: Vec<Word<'t>>,
}

impl<'t> Clause<'t> {
    fn new(text: &'t str, start: usize) -> Self {
        let mut words = Vec::new();
        for text_of_word in text.split_whitespace() {
            // Both are of the same text, so the distance of their beginnings is the place.
            let at = start + (text_of_word.as_ptr() as usize - text.as_ptr() as usize);
            words.extend(parts(Word { text: text_of_word.trim_end_matches(['.', ':']), start: at }));
        }
        // A sign alone joins words: `kafka 3.4 + ZooKeeper`, `brokers 3.4 & java 17`.
        words.retain(|word| word.text.contains(char::is_alphanumeric));
        Self { words }
    }

    fn read(&self, document: &mut Document) {
        let mut at = 0;
        // A version that stands before its name: "3.4 brokers".
        let mut before: Option<Word<'t>> = None;
        while let Some(word) = self.words.get(at) {
            if let Some(taken) = self.mode(at, document) {
                at += taken;
            } else if word.is(&["to"]) && self.words.get(at + 1).is_some_and(|next| is_version(next.text)) {
                let message = "The target release is not read here; choose it separately.";
                document.problems.push(problem(message.to_owned(), *word));
                at += 2;
            } else if is_version(word.text) {
                before = word.text.contains('.').then_some(*word);
                at += 1;
            } else if word.is(FILLERS) && self.name(at).is_none() {
                at += 1;
            } else if let Some(taken) = self.place(at) {
                at += taken;
            } else {
                at = self.item(at, before.take(), document);
            }
        }
        if let Some(version) = before {
            let message = format!("It is not clear what version {} belongs to.", version.text);
            document.problems.push(problem(message, version));
        }
    }

    /// ZooKeeper or KRaft; the number of words that say so.
    fn mode(&self, at: usize, document: &mut Document) -> Option<usize> {
        let word = self.words.get(at)?;
        let next = self.words.get(at + 1);
        let not = word.is(&["no", "without"]) && next.is_some_and(|next| next.is(&["zookeeper", "zk"]));
        let (mode, mut taken) = match () {
            () if not => (Mode::Kraft, 2),
            () if word.is(&["zookeeper", "zk"]) => (Mode::Zookeeper, 1),
            () if word.is(&["kraft"]) => (Mode::Kraft, 1),
            () => return None,
        };
        // ZooKeeper's own version says nothing about Kafka.
        if self.words.get(at + taken).is_some_and(|word| is_version(word.text)) {
            taken += 1;
        }
        let span = Span::new(word.start as u32, word.end() as u32);
        document.observe(Observation::Mode(mode), span);
        Some(taken)
    }

    /// Where it runs: a service or a tool whose name says nothing of a version, as in `aiven kafka 3.7` and `kafka 3.7 on
    /// kubernetes`; its number of words.
    fn place(&self, at: usize) -> Option<usize> {
        let taken = (1..=MAX_NAME_WORDS).rev().find(|length| {
            let words = self.words.get(at..at + length);
            words.is_some_and(|words| crate::platform::is_stated(&joined(words)))
        })?;
        let has_version = self.words.get(at + taken).is_some_and(|next| is_version(next.text));
        (!has_version && self.name(at).is_none()).then_some(taken)
    }

    /// The longest known name that begins here: its number of words.
    fn name(&self, at: usize) -> Option<usize> {
        (1..=MAX_NAME_WORDS)
            .rev()
            .find(|length| self.words.get(at..at + length).is_some_and(|words| is_name(&joined(words))))
    }

    /// Number of words before a version that together are no known name: `schema registry 7.5`, and around a known
    /// name `alpakka kafka 3.0`. Runtimes and ZooKeeper never belong to another name.
    fn unknown_name(&self, at: usize) -> usize {
        let mut length = 1;
        while length <= MAX_NAME_WORDS {
            let Some(word) = self.words.get(at + length) else { return 1 };
            if is_version(word.text) {
                return length;
            }
            let known = self.name(at + length);
            if word.is(FILLERS) && known.is_none() || self.is_apart(at + length) {
                return 1;
            }
            length += known.unwrap_or(1);
        }
        1
    }

    /// Whether a name begins here that never belongs to a longer name: ZooKeeper, KRaft, Java and Scala.
    fn is_apart(&self, at: usize) -> bool {
        let words = self.name(at).and_then(|length| self.words.get(at..at + length));
        let runs = words.and_then(|words| clients::by_alias(&joined(words)));
        let mode =
            self.words.get(at).is_some_and(|word| word.is(&["zookeeper", "zk", "kraft", "no", "without"]));
        mode || runs.is_some_and(|one| matches!(one.kind, ProductKind::Java | ProductKind::Scala))
    }

    /// How many words of an item belong to its name: a known name, unless other words between it and its version make
    /// it another program's.
    fn length(&self, at: usize) -> usize {
        let Some(known) = self.name(at) else { return self.unknown_name(at) };
        if self.is_apart(at) {
            return known;
        }
        let follows = |word: &&Word<'_>| !is_version(word.text) && !word.is(FILLERS) && !word.is(PLAIN);
        let next = at + known;
        let another = self.words.get(next).is_some_and(|word| follows(&word))
            && self.name(next).is_none()
            && !self.is_apart(next);
        match self.unknown_name(at) {
            whole if another && whole > known => whole,
            _ => known,
        }
    }

    /// A name with its version; where to go on.
    fn item(&self, at: usize, before: Option<Word<'t>>, document: &mut Document) -> usize {
        // `our production kafka 3.4` is a Kafka.
        if self.name(at).is_none() && self.words.get(at).is_some_and(|word| word.is(PLAIN)) {
            return at + 1;
        }
        let length = self.length(at);
        let known = self.name(at).filter(|known| *known == length);
        let words = self.words.slice(at..at + length);
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return at + 1 };
        let mut next = at + length;
        let joins = |word: &Word<'_>| word.is(FILLERS) || word.is(PLAIN);
        while self.words.get(next).is_some_and(|word| joins(word) && self.name(next).is_none()) {
            next += 1;
        }
        let after = self.words.get(next).filter(|word| is_version(word.text));
        let version = after.copied().or(before);
        if known.is_none() && version.is_none() {
            let message = format!(
                "`{}` is nothing that is known here. Name what runs with its version, such as `librdkafka 1.9.2`.",
                first.text
            );
            document.problems.push(problem(message, *first));
            return at + 1;
        }
        let ends = [first.start, last.end()].into_iter();
        let ends = ends.chain(version.iter().flat_map(|version| [version.start, version.end()]));
        let (start, end) = ends.fold((usize::MAX, 0), |(start, end), one| (start.min(one), end.max(one)));
        document.dependencies.push(Dependency {
            ecosystem: Ecosystem::Name,
            artifact: joined(words),
            version: version.map(|word| number(word.text).to_owned()).unwrap_or_default(),
            span: Span::new(start as u32, end as u32),
        });
        if after.is_some() { next + 1 } else { at + length }
    }
}

fn is_name(name: &str) -> bool {
    kafka_upgrade_catalog::clients::by_alias(name).is_some()
}

/// Lower case, with single blanks.
fn joined(words: &[Word<'_>]) -> String {
    let words: Vec<_> = words.iter().map(|word| word.text.lower()).collect();
    words.join(" ")
}

/// `librdkafka@1.9.2`, `kafka==3.4`, `kafka-3.4.0` and `java17` as name and version.
fn parts(word: Word<'_>) -> Vec<Word<'_>> {
    let whole = vec![word];
    if is_version(word.text) || is_name(&word.text.lower()) {
        return whole;
    }
    let digit = |at: &usize| word.text.get(*at..).is_some_and(is_version);
    let separated =
        word.text.match_indices(['@', ':', '=', '-', '_', '/']).map(|(at, mark)| (at, at + mark.len()));
    let attached = word.text.char_indices().filter(|(_, one)| one.is_ascii_digit()).map(|(at, _)| (at, at));
    let attached =
        attached.take(1).filter(|(at, _)| word.text.get(..*at).is_some_and(|name| is_name(&name.lower())));
    let Some((end, start)) = separated.chain(attached).find(|(_, start)| digit(start)) else { return whole };
    let name = word.text.slice(..end).trim_end_matches(['@', ':', '=', '-', '_', '/']);
    let version = word.text.slice(start..);
    vec![Word { text: name, start: word.start }, Word { text: version, start: word.start + start }]
}

/// `3`, `3.4`, `v3.4.1`, `7.4.0-ccs`, `2.8.x`, `>=1.9`.
fn is_version(text: &str) -> bool {
    let number = number(text);
    number.starts_with(|first: char| first.is_ascii_digit())
        && number.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '.' | '-' | '+' | '_'))
}

/// Without what stands before the first digit.
fn number(text: &str) -> &str {
    text.trim_start_matches(['v', 'V', '>', '=', '^', '~'])
}

fn problem(message: String, word: Word<'_>) -> Problem {
    Problem { message, span: Span::new(word.start as u32, word.end() as u32), fatal: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn things(text: &str) -> Vec<String> {
        let document = read(text);
        let dependencies = document.dependencies.iter();
        let mut things: Vec<_> =
            dependencies.map(|one| format!("{} {}", one.artifact, one.version)).collect();
        things.extend(document.observations.iter().map(|one| one.what.value()));
        things.extend(document.problems.iter().map(|one| format!("problem at {}", one.span.of(text))));
        things
    }

    #[test]
    fn what_runs_is_said_in_many_ways() {
        let said = "brokers 2.8 on ZooKeeper, Java 11, Streams 3.1, librdkafka 1.9, kafkajs 2.2, Connect 3.4";
        let want = [
            "brokers 2.8",
            "java 11",
            "streams 3.1",
            "librdkafka 1.9",
            "kafkajs 2.2",
            "connect 3.4",
            "zookeeper",
        ];
        assert_eq!(things(said), want);
        let said = "kafka 3.4.0 zookeeper java 11 librdkafka 1.9.2";
        assert_eq!(things(said), ["kafka 3.4.0", "java 11", "librdkafka 1.9.2", "zookeeper"]);
        let said = "kafka:v3.4.0 kraft; librdkafka@1.9.2\nkafkajs==2.2.4 and java17";
        assert_eq!(things(said), ["kafka 3.4.0", "librdkafka 1.9.2", "kafkajs 2.2.4", "java 17", "kraft"]);
        assert_eq!(things("3 brokers on 3.4.0 without zookeeper"), ["brokers 3.4.0", "kraft"]);
        assert_eq!(things("3.4 brokers"), ["brokers 3.4"]);
        assert_eq!(things("Kafka 3.2.1 + ZooKeeper 3.8.0"), ["kafka 3.2.1", "zookeeper"]);
        assert_eq!(things("brokers 3.4 & java 17 / scala 2.13"), ["brokers 3.4", "java 17", "scala 2.13"]);
        assert_eq!(things("our three production kafka 3.4 nodes"), ["kafka 3.4"]);
        assert_eq!(things("kafka server version 3.4"), ["kafka server 3.4"]);
        assert_eq!(things("kafka cluster on zookeeper 3.4.14"), ["kafka cluster ", "zookeeper"]);
        assert_eq!(things("kafka streams app 3.4"), ["kafka streams 3.4"]);
    }

    #[test]
    fn a_known_name_that_is_a_part_of_another_is_not_taken_for_it() {
        for (said, name) in [
            ("frobakka kafka 3.0", "frobakka kafka 3.0"),
            ("frob connectors kafka 1.0", "frob connectors kafka 1.0"),
            ("frob hubs for kafka 1.0", "frob hubs for kafka 1.0"),
            ("frob kafka client 4.3", "frob kafka client 4.3"),
            ("frob rdkafka 0.36.2", "frob rdkafka 0.36.2"),
            ("kafka frob 0.7", "kafka frob 0.7"),
            ("kafka frob exporter 1.7.0", "kafka frob exporter 1.7.0"),
        ] {
            assert_eq!(things(said), [name]);
        }
        assert_eq!(things("kafka 3.4 frob 1.2"), ["kafka 3.4", "frob 1.2"]);
        assert_eq!(things("kafka 3.4, frob kafka 1.2"), ["kafka 3.4", "frob kafka 1.2"]);
        assert_eq!(things("kafka with frob 1.2"), ["kafka ", "frob 1.2"]);
        assert_eq!(things("kafka streams 3.1 java 11"), ["kafka streams 3.1", "java 11"]);
        assert_eq!(things("confluent platform kafka 3.4"), ["confluent platform ", "kafka 3.4"]);
    }

    #[test]
    fn an_unknown_name_keeps_its_version_and_one_without_a_version_is_a_problem() {
        assert_eq!(things("frobnicator 1.2"), ["frobnicator 1.2"]);
        assert_eq!(things("great old frobnicator 1.2 java 17"), ["great old frobnicator 1.2", "java 17"]);
        assert_eq!(things("frob java 17"), ["java 17", "problem at frob"]);
        assert_eq!(things("frobnicator, java 17"), ["java 17", "problem at frobnicator"]);
        assert_eq!(things("kafka 3.9 to 4.1"), ["kafka 3.9", "problem at to"]);
        assert_eq!(things("4.1"), ["problem at 4.1"]);
        assert_eq!(things(""), Vec::<String>::new());
    }

    #[test]
    fn a_place_is_from_the_name_to_its_version() {
        let said = "java 17,  librdkafka is at 1.9.2 now";
        let document = read(said);
        let places: Vec<_> = document.dependencies.iter().map(|one| one.span.of(said)).collect();
        assert_eq!(places, ["java 17", "librdkafka is at 1.9.2"]);
    }
}
