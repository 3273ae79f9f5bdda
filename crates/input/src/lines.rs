//! What a text that no format takes sets of Kafka's: templates of charts, recipes of tools that set machines up, lists of
//! variables, steps of a pipeline.
//!
//! Evidence is in each line: a key of Kafka's by its own name with a value, a class of Kafka's as a value, a variable that
//! Kafka's scripts hand to Java, the package that a broker comes in. A line that merely names Kafka is none. What is *not*
//! here: texts that have a format, prose, data and what programs print. Invariant: one pass over the lines.

use std::collections::BTreeSet;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Embedded, Slice as _, SourceText, paths, template};

use crate::client_names::LIBRDKAFKA;
use crate::environment::is_for_java;
use crate::part::{is_kafkas, of_settings};
use crate::{Dependency, Document, Ecosystem, Kind, Setting, Span, Usage, UsageKind, addresses};

/// Endings of prose, of data, and of what has readers enough.
const OTHERS: &[&str] = &[
    "", "csv", "cue", "htm", "html", "ipynb", "json", "ksql", "lock", "log", "md", "proto", "rst", "sql",
    "svg", "txt", "xml",
];

/// Keys that a broker cannot be without.
const NODE: &[&str] = &["broker.id", "node.id", "process.roles", "log.dirs"];

/// Signs between a key and its value.
const SETS: [char; 2] = ['=', ':'];

/// Settings that stand apart by more lines are of two blocks.
const MAX_GAP: usize = 3;

/// At most this many classes are kept of one text.
const MAX_CLASSES: usize = 50;

/// Adds what the lines of a text set; its kind stays unknown where they set nothing.
pub(crate) fn find(path: &str, text: &str, document: &mut Document) {
    let file = paths::file_name(template::plain_name(path));
    let ending = paths::file_name(path).rsplit_once('.').map_or("", |(_, ending)| ending);
    let plain = file.rsplit_once('.').map_or("tmpl", |(_, ending)| ending);
    // A text without a name may be prose.
    let is_nameless = ending.is_empty() && !path.contains('/');
    if is_nameless || !["afka", "KAFKA_"].iter().any(|one| text.contains(one)) {
        return;
    }
    let is_other = OTHERS.contains(&ending) || OTHERS.contains(&plain);
    if is_other && !matches!(ending, "json" | "xml") {
        return;
    }
    if addresses::has_one(text) || passes_on(text) {
        document.kind = Kind::ApplicationConfig;
        document.problems.clear();
    }
    if is_other {
        return;
    }
    let mut found = Found {
        keys: BTreeSet::new(),
        blocks: Vec::new(),
        versions: BTreeSet::new(),
        is_clients: false,
        is_closed: false,
        last: 0,
        signs: 0,
    };
    // Lines of another program's properties may be named as Kafka's are.
    found.is_closed = plain == "properties";
    let mut at = 0;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        found.line(number, at, line.trim_end(), document);
        at += line.len();
    }
    // One key may be anybody's, unless the file is Kafka's by its name.
    let is_named = paths::parts(path).any(|part| part.contains("kafka"));
    found.signs += usize::from(!found.is_closed && packages(path, text, document));
    let least = if is_named { 1 } else { 2 };
    if found.keys.len() < least && found.signs == 0 {
        document.embedded.clear();
        return;
    }
    document.kind = Kind::ApplicationConfig;
    document.problems.clear();
    // Branches of a template exclude each other, and keys of librdkafka's take other values than Java's.
    if !found.is_clients && !template::mask(text).has_statements {
        let parts = found.blocks.into_iter().filter(|block| block.len() > 1).filter_map(|block| {
            // What is a broker's may be passed on to anything, unless it is all of a broker.
            let is_whole = block.iter().any(|one| NODE.contains(&one.key.as_str()));
            let part = of_settings("", block.first()?.key_span, block)?;
            (is_whole || part.component != Some(Component::BROKER))
                .then_some(Document { is_escaped: true, ..part })
        });
        document.parts.extend(parts);
    }
}

/// Whether a template writes all settings that it is given: `{{key}}={{value}}`, `<%= k %>=<%= v %>`.
fn passes_on(text: &str) -> bool {
    text.lines().map(str::trim_start).any(|line| {
        let tags = [("{{", "}}="), ("<%=", "%>=")];
        tags.iter().any(|(open, close)| {
            let behind = line.strip_prefix(open).and_then(|rest| rest.split_once(close));
            behind.is_some_and(|(key, value)| !key.contains(open) && value.trim_start().starts_with(open))
        })
    })
}

/// What was seen so far.
struct Found<'t> {
    keys: BTreeSet<&'t str>,
    blocks: Vec<Vec<Setting>>,
    versions: BTreeSet<&'t str>,
    is_clients: bool,
    /// Only classes count.
    is_closed: bool,
    /// The line of the last setting.
    last: usize,
    /// Whatever else is Kafka's for certain.
    signs: usize,
}

impl<'t> Found<'t> {
    fn line(&mut self, number: usize, at: usize, line: &'t str, document: &mut Document) {
        let body = line.trim_start();
        if body.is_empty() || ["#", "//", "--", ";", "* ", "<!--"].iter().any(|sign| body.starts_with(sign)) {
            return;
        }
        if line.contains("org.apache.kafka.") {
            self.classes(at, line, document);
            self.imports(at, line, document);
        }
        if self.is_closed {
            if line.contains("kafka_2.1") {
                self.versions(at, line, document);
            }
            return;
        }
        if line.contains("_OPTS") {
            self.variables(at, line, document);
        }
        if line.contains("kafka_2.1") || line.contains("ersion") || line.contains("ERSION") {
            self.versions(at, line, document);
        }
        // `- name: "bootstrap.servers"`, with its value on a line of its own.
        if let Some(name) = body.trim_start_matches("- ").strip_prefix("name:") {
            let name = name.trim_matches([' ', '"', '\'']);
            if is_kafkas(name) || LIBRDKAFKA.contains(&name) {
                self.keys.insert(name);
            }
        }
        if let Some((setting, key)) =
            setting(at, line).filter(|(_, key)| is_kafkas(key) || LIBRDKAFKA.contains(key))
        {
            self.is_clients |= LIBRDKAFKA.contains(&key);
            self.keys.insert(key);
            match self.blocks.last_mut().filter(|_| number - self.last <= MAX_GAP) {
                Some(block) => block.push(setting),
                None => self.blocks.push(vec![setting]),
            }
            self.last = number;
        }
    }

    /// `valueConverter: org.apache.kafka.common.serialization.StringSerializer`.
    fn classes(&mut self, at: usize, line: &str, document: &mut Document) {
        for (start, _) in line.match_indices("org.apache.kafka.") {
            let (before, name) = line.split_at_checked(start).unwrap_or_default();
            let end = name
                .find(|one: char| !one.is_ascii_alphanumeric() && !"._$".contains(one))
                .unwrap_or(name.len());
            let (name, behind) = name.split_at_checked(end).unwrap_or_default();
            let simple = name.rsplit('.').next().unwrap_or_default();
            let is_value =
                before.trim_end_matches(['"', '\'', '\\']).trim_end().ends_with(['=', ':', '>', ',', '(']);
            if is_value
                && simple.starts_with(|one: char| one.is_ascii_uppercase())
                && (behind.is_empty() || behind.starts_with(['"', '\'', '\\', ',', ';', ' ', ')']))
                && document.usages.len() < MAX_CLASSES
            {
                let span = Span::new((at + start) as u32, (at + start + end) as u32);
                document.usages.push(Usage { guessed: true, ..Usage::new(UsageKind::Class, name, span) });
                self.signs += 1;
            }
        }
    }

    /// `(:import (org.apache.kafka.clients.producer KafkaProducer ProducerRecord))` of Clojure, on one line, and
    /// `(:import org.apache.kafka.clients.producer.ProducerRecord)`.
    fn imports(&mut self, at: usize, line: &str, document: &mut Document) {
        for (start, word) in line.match_indices("(:import org.apache.kafka.").take(MAX_CLASSES) {
            let first = start + word.len() - "org.apache.kafka.".len();
            let name = line.slice(first..).split([' ', ')']).next().unwrap_or_default();
            if name
                .rsplit('.')
                .next()
                .is_some_and(|class| class.starts_with(|one: char| one.is_ascii_uppercase()))
            {
                let span = Span::new((at + first) as u32, (at + first + name.len()) as u32);
                document.usages.push(Usage { guessed: true, ..Usage::new(UsageKind::Class, name, span) });
                self.signs += 1;
            }
        }
        for (start, _) in
            line.match_indices("(org.apache.kafka.").chain(line.match_indices("[org.apache.kafka."))
        {
            let inner = line.slice(start + 1..);
            let inner = inner.slice(..inner.find([')', ']']).unwrap_or(inner.len()));
            let Some((package, _)) = inner.split_once(' ') else { continue };
            let mut from = package.len();
            for class in inner.slice(from..).split_inclusive(' ') {
                let name = class.trim();
                let first = at + start + 1 + from;
                from += class.len();
                if name.starts_with(|one: char| one.is_ascii_uppercase())
                    && document.usages.len() < MAX_CLASSES
                {
                    let span = Span::new(first as u32, (first + name.len()) as u32);
                    let whole = format!("{package}.{name}");
                    document
                        .usages
                        .push(Usage { guessed: true, ..Usage::new(UsageKind::Class, &whole, span) });
                    self.signs += 1;
                }
            }
        }
    }

    /// `'KAFKA_HEAP_OPTS' => '-Xmx1g'`, `export KAFKA_OPTS=…`, `variable('KAFKA_OPTS', …)`.
    fn variables(&mut self, at: usize, line: &str, document: &mut Document) {
        let is_of_name = |one: char| one.is_ascii_uppercase() || one.is_ascii_digit() || one == '_';
        let mut from = 0;
        while let Some(start) =
            line.get(from..).and_then(|rest| rest.find("KAFKA_")).map(|found| from + found)
        {
            let rest = line.slice(start..);
            let name = rest.slice(..rest.find(|one| !is_of_name(one)).unwrap_or(rest.len()));
            from = start + name.len();
            let behind = line.slice(from..).trim_start_matches(['"', '\'', ' ', ']']);
            if !is_for_java(name) || !behind.starts_with(['=', ':', ',']) {
                continue;
            }
            self.signs += 1;
            let value = behind.trim_start_matches(['=', '>', ':', ',', ' ', '"', '\'', '[']);
            if value.starts_with('-') {
                let start = at + line.len() - value.len();
                let value = value.trim_end_matches(['"', '\'', ',', ']', ' ']);
                let options = SourceText::plain(value, start as u32);
                document.embed(Embedded::JavaOptions { options, of_kafka: true });
                return;
            }
        }
    }

    /// `/opt/kafka_2.13-3.9.0` is a broker with its Scala; a number behind a variable may be of a client's protocol too.
    fn versions(&mut self, at: usize, line: &'t str, document: &mut Document) {
        for (start, _) in line.match_indices("kafka_2.1") {
            let behind = line.slice(start + "kafka_2.1".len()..);
            let scala = behind.trim_start_matches(|one: char| one.is_ascii_digit());
            let Some(rest) = scala.strip_prefix('-').filter(|_| behind.len() - scala.len() < 2) else {
                continue;
            };
            let version = number(rest);
            if version.is_empty() {
                continue;
            }
            self.signs += 1;
            if self.versions.insert(version) && self.versions.len() == 1 {
                let from = at + line.len() - rest.len();
                document.dependencies.push(kafka("kafka", version, from));
            }
        }
        let words = ["kafka_version", "KAFKA_VERSION", "kafkaVersion", "kafka-version"];
        let sets = |word: &str| {
            let behind = line
                .split_once(word)
                .map_or("", |(_, behind)| behind)
                .trim_start_matches(['"', '\'', ' ', '?']);
            behind.starts_with(SETS)
                && !number(behind.trim_start_matches(['=', ':', '>', ' ', '"', '\'', '['])).is_empty()
        };
        self.signs += usize::from(words.iter().any(|word| sets(word)));
    }
}

/// The version with which a text begins, if it has two numbers.
fn number(text: &str) -> &str {
    let end = text.find(|one: char| !one.is_ascii_digit() && one != '.').unwrap_or(text.len());
    let version = text.slice(..end).trim_end_matches('.');
    if version.starts_with(|one: char| one.is_ascii_digit()) && version.contains('.') { version } else { "" }
}

fn kafka(artifact: &str, version: &str, from: usize) -> Dependency {
    let span = Span::new(from as u32, (from + version.len()) as u32);
    Dependency {
        ecosystem: Ecosystem::Name,
        artifact: artifact.to_owned(),
        version: version.to_owned(),
        span,
    }
}

/// What a line sets, with its key: `key=value`, `- "key: value"`, `'key' => 'value',`.
fn setting(at: usize, line: &str) -> Option<(Setting, &str)> {
    let body = line.trim_start_matches([' ', '\t', '-', '+', '"', '\'']);
    let length = body.find(|one: char| !one.is_ascii_alphanumeric() && !"._-".contains(one))?;
    let key = body.slice(..length);
    let behind = body.slice(length..).trim_start_matches(['"', '\'', ' ']);
    if !key.contains('.') || !behind.starts_with(SETS) {
        return None;
    }
    let value = behind.trim_start_matches(['=', ':', '>', ' ', '"', '\'']);
    let start = at + line.len() - value.len();
    let value = value.trim_end_matches([' ', '"', '\'', ',', ';']);
    let first = at + line.len() - body.len();
    let (key_span, value_span) = (
        Span::new(first as u32, (first + length) as u32),
        Span::new(start as u32, (start + value.len()) as u32),
    );
    let setting = Setting {
        component: None,
        key: key.to_owned(),
        prefix: String::new(),
        value: value.to_owned(),
        span: Span::new(key_span.start, value_span.end.max(key_span.end)),
        key_span,
        value_span,
        effective: true,
    };
    Some((setting, key))
}

/// Packages of a broker in Confluent's repository; clients come from there too, and take no part.
const PACKAGES: &[&str] =
    &["confluent-platform", "confluent-kafka-2", "confluent-server", "confluent-community"];

/// Where Confluent's repositories are.
const REPOSITORIES: &[&str] =
    &["packages.confluent.io/deb/", "packages.confluent.io/rpm/", "packages.confluent.io/archive/"];

/// Where pipelines are written, whose machines get the tools alone.
const PIPELINES: &[&str] =
    &[".github/", ".gitlab-ci", ".travis", ".circleci/", ".semaphore/", "azure-pipelines"];

/// Adds the Confluent Platform whose packages a text installs: its repository is of one minor.
fn packages(path: &str, text: &str, document: &mut Document) -> bool {
    if !PACKAGES.iter().any(|package| text.contains(package)) {
        return false;
    }
    let of = |repository: &str| {
        let is_comment = |line: &str| line.trim_start().starts_with(['#', ';']);
        let mut lines = text.split('\n').filter(|line| !is_comment(line));
        let (line, at) = lines.find_map(|line| Some((line, line.find(repository)?)))?;
        let version = number(line.slice(at + repository.len()..));
        let from = line.as_ptr().addr() - text.as_ptr().addr() + at + repository.len();
        (!version.is_empty()).then_some((version, from))
    };
    let Some((version, from)) = REPOSITORIES.iter().find_map(|repository| of(repository)) else {
        return false;
    };
    if !PIPELINES.iter().any(|pipeline| path.contains(pipeline)) {
        document.dependencies.push(kafka("confluent platform", version, from));
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::{Document, Kind, read};

    fn taken(document: &Document) -> Vec<String> {
        let usages = document.usages.iter().map(|one| one.name.clone());
        let named = document.dependencies.iter().map(|one| format!("{} {}", one.artifact, one.version));
        let parts = document.parts.iter().flat_map(|part| &part.settings);
        usages.chain(named).chain(parts.map(|one| format!("{}={}", one.key, one.value))).collect()
    }

    #[test]
    fn lines_of_any_text_are_read_for_what_is_kafkas_by_its_own_name() {
        for (path, text, expected) in [
            (
                "sink-config.yml",
                "connector:\n  kafka: x\n  valueConverter: org.apache.kafka.common.serialization.StringSerializer\n",
                &["org.apache.kafka.common.serialization.StringSerializer"][..],
            ),
            (
                "service.pp",
                "class kafka::service {\n$env = {\n  'KAFKA_HEAP_OPTS' => '-Xmx1g',\n  'KAFKA_JMX_OPTS'  => $jmx,\n}\n}\n",
                &["-Xmx1g"],
            ),
            ("env.erb", "<%= render_variable('KAFKA_OPTS', node['kafka']['opts']) %>\n", &[]),
            (
                "verify.yml",
                "- name: is kafka there\n  stat:\n    path: '/opt/kafka_2.13-3.8.1'\n",
                &["kafka 3.8.1"],
            ),
            (
                "tests/kafka/files.yml",
                "file:\n  /etc/kafka:\n    contains:\n      - \"log.dirs=/var/lib\"\n      - \"broker.id=1\"\n",
                &["log.dirs=/var/lib", "broker.id=1"],
            ),
            (
                "_helpers.tpl",
                "{{- define \"kafka\" -}}\n\"bootstrap.servers\": {{ .x }}\n\"socket.keepalive.enable\": true\n",
                &[],
            ),
            (
                "_relay.tpl",
                "kafka:\n  - name: \"bootstrap.servers\"\n    value: x\n  - name: \"sasl.mechanism\"\n",
                &[],
            ),
            (
                "connect-distributed.properties.j2",
                "{# kafka_connect #}\n{% for key, value in all|dictsort %}\n{{key}}={{value}}\n{% endfor %}\n",
                &[],
            ),
            (
                "producer.clj",
                "(ns a\n  (:import (org.apache.kafka.clients.producer KafkaProducer ProducerRecord)))\n",
                &[
                    "org.apache.kafka.clients.producer.KafkaProducer",
                    "org.apache.kafka.clients.producer.ProducerRecord",
                ],
            ),
            (
                "data.clj",
                "(ns a\n  (:import org.apache.kafka.clients.producer.ProducerRecord\n           [org.a B]))\n",
                &["org.apache.kafka.clients.producer.ProducerRecord"],
            ),
            (
                "application.properties",
                "spring.main.x=1\nquarkus.debezium.offset.storage=org.apache.kafka.connect.storage.MemoryOffsetBackingStore\n",
                &["org.apache.kafka.connect.storage.MemoryOffsetBackingStore"],
            ),
            ("properties.erb", "# kafka\n<% @config.map do |k,v| -%>\n<%= k %>=<%= v %>\n<% end -%>\n", &[]),
            ("environment.properties", "kafka=C:\\Tools\\kafka_2.11-1.0.1\nother=1\n", &["kafka 1.0.1"]),
            ("tox.ini", "setenv =\n  kafka11: KAFKA_VERSION = 1.1.0\n", &[]),
            (
                "kafka/init.sls",
                "setup:\n  pkgrepo.managed:\n    - name: deb http://packages.confluent.io/deb/5.1 stable main\n  pkg.installed:\n    - name: confluent-kafka-2.11\n",
                &["confluent platform 5.1"],
            ),
        ] {
            let document = read(path, text, None);
            assert_eq!(document.kind, Kind::ApplicationConfig, "{path}");
            assert_eq!(taken(&document), expected, "{path}");
        }
    }

    #[test]
    fn a_text_that_merely_names_kafka_stays_unknown() {
        for (path, text) in [
            ("a.yml", "description: Kafka, see org.apache.kafka.common.KafkaException and KAFKA_OPTS\n"),
            ("a.yml", "# KAFKA_OPTS=-Xmx1g\n# retention.ms=1\n# segment.bytes=2\nkafka: true\n"),
            ("a.yml", "owner: kafka\nsome:\n  - \"host.name=x\"\n"),
            ("a.csv", "kafka\nretention.ms=1\nsegment.bytes=2\n"),
            (
                "a.yml",
                "run: wget https://packages.confluent.io/deb/7.0/archive.key && apt install librdkafka-dev\n",
            ),
            (
                "kafka/a.properties",
                "secor.kafka=x\nsecor.a=1\nsecor.b=1\nsecor.c=1\nsecor.d=1\nzookeeper.session.timeout.ms=1\n",
            ),
            ("a.yml", "kafka_version: \"{{ version }}\"\n"),
        ] {
            assert_eq!(read(path, text, None).kind, Kind::Unknown, "{text}");
        }
    }
}
