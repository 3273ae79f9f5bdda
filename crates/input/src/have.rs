//! What runs, in somebody's own words: `brokers 2.8 on ZooKeeper, Java 11, librdkafka@1.9.2`.
//!
//! Names that the catalog knows (one to four words) with the versions beside them become [`Dependency`]s, the mode
//! an [`Observation`]. A name that nobody knows keeps its version, so that it is answered with "unknown", not with
//! silence. What is *not* here: what the versions mean.

use crate::{Dependency, Document, Ecosystem, Kind, Observation, Problem, Span};

/// Words that join the others and say nothing.
const FILLERS: &[&str] = &[
    "a", "against", "all", "and", "apache", "are", "at", "cluster", "clusters", "have", "in", "is",
    "library", "mode", "my", "of", "on", "our", "plus", "release", "run", "running", "runs", "some", "still",
    "the", "use", "uses", "using", "v", "version", "versions", "we", "with",
];

/// Longest name, in words.
const LONGEST: usize = 4;

/// Reads such a text; each line, and what is between commas, is on its own.
#[must_use]
pub fn read(text: &str) -> Document {
    let mut document = Document { kind: Kind::Inventory, ..Document::default() };
    let mut start = 0;
    for clause in text.split_inclusive([',', ';', '\n', '(', ')']) {
        Clause::new(clause.trim_end_matches([',', ';', '\n', '(', ')']), start).read(&mut document);
        start += clause.len();
    }
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
        words.retain(|word| !word.text.is_empty());
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
                let message = "Where to go is not said here; the target release is chosen on its own.";
                document.problems.push(problem(message.to_owned(), *word));
                at += 2;
            } else if is_version(word.text) {
                before = word.text.contains('.').then_some(*word);
                at += 1;
            } else if word.is(FILLERS) && self.name(at).is_none() {
                at += 1;
            } else {
                at = self.item(at, before.take(), document);
            }
        }
        if let Some(version) = before {
            let message = format!("Nothing says what is of version {}.", version.text);
            document.problems.push(problem(message, version));
        }
    }

    /// ZooKeeper or KRaft; the number of words that say so.
    fn mode(&self, at: usize, document: &mut Document) -> Option<usize> {
        let word = self.words.get(at)?;
        let next = self.words.get(at + 1);
        let not = word.is(&["no", "without"]) && next.is_some_and(|next| next.is(&["zookeeper", "zk"]));
        let (value, mut taken) = match () {
            () if not => ("kraft", 2),
            () if word.is(&["zookeeper", "zk"]) => ("zookeeper", 1),
            () if word.is(&["kraft"]) => ("kraft", 1),
            () => return None,
        };
        // ZooKeeper's own version says nothing about Kafka.
        if self.words.get(at + taken).is_some_and(|word| is_version(word.text)) {
            taken += 1;
        }
        let span = Span::new(word.start as u32, word.end() as u32);
        document.observations.push(Observation { subject: "mode".to_owned(), value: value.to_owned(), span });
        Some(taken)
    }

    /// The longest known name that begins here: its number of words.
    fn name(&self, at: usize) -> Option<usize> {
        (1..=LONGEST)
            .rev()
            .find(|length| self.words.get(at..at + length).is_some_and(|words| is_name(&joined(words))))
    }

    /// The words that stand before a version and are nothing that is known: `schema registry 7.5`.
    fn unknown_name(&self, at: usize) -> usize {
        let rest = self.words.get(at + 1..).unwrap_or_default().iter().take(LONGEST);
        let more = rest.enumerate().take_while(|(ahead, word)| {
            !is_version(word.text) && !word.is(FILLERS) && self.name(at + 1 + ahead).is_none()
        });
        let length = 1 + more.count();
        if self.words.get(at + length).is_some_and(|word| is_version(word.text)) { length } else { 1 }
    }

    /// A name with its version; where to go on.
    fn item(&self, at: usize, before: Option<Word<'t>>, document: &mut Document) -> usize {
        let known = self.name(at);
        let length = known.unwrap_or_else(|| self.unknown_name(at));
        let words = self.words.get(at..at + length).unwrap_or_default();
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return at + 1 };
        let mut next = at + length;
        while self.words.get(next).is_some_and(|word| word.is(FILLERS) && self.name(next).is_none()) {
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
    let words: Vec<_> = words.iter().map(|word| word.text.to_lowercase()).collect();
    words.join(" ")
}

/// `librdkafka@1.9.2`, `kafka==3.4`, `kafka-3.4.0` and `java17` as name and version.
fn parts(word: Word<'_>) -> Vec<Word<'_>> {
    let whole = vec![word];
    if is_version(word.text) || is_name(&word.text.to_lowercase()) {
        return whole;
    }
    let digit = |at: &usize| word.text.get(*at..).is_some_and(is_version);
    let separated =
        word.text.match_indices(['@', ':', '=', '-', '_', '/']).map(|(at, mark)| (at, at + mark.len()));
    let attached = word.text.char_indices().filter(|(_, one)| one.is_ascii_digit()).map(|(at, _)| (at, at));
    let attached = attached
        .take(1)
        .filter(|(at, _)| word.text.get(..*at).is_some_and(|name| is_name(&name.to_lowercase())));
    let Some((end, start)) = separated.chain(attached).find(|(_, start)| digit(start)) else { return whole };
    let name = word.text.get(..end).unwrap_or_default().trim_end_matches(['@', ':', '=', '-', '_', '/']);
    let version = word.text.get(start..).unwrap_or_default();
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
        things.extend(document.observations.iter().map(|one| one.value.clone()));
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
    }

    #[test]
    fn an_unknown_name_keeps_its_version_and_one_without_a_version_is_said() {
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
