//! Brokers that tests start with ZooKeeper: Testcontainers, and the embedded ones of Spring.
//!
//! What is *not* here: Kafka's own server classes, which are usages like any other.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::Slice as _;
use kafka_upgrade_sorted::Sorted as _;

use crate::environment::Mapping;
use crate::kind::is_key_of;
use crate::{Observation, Observed, Setting, Span};

/// What is in the text, and what it is called.
const SIGNS: &[(&str, &str)] = &[
    (".withEmbeddedZookeeper(", "Testcontainers' `withEmbeddedZookeeper`"),
    (".withExternalZookeeper(", "Testcontainers' `withExternalZookeeper`"),
    ("new EmbeddedKafkaRule(", "Spring's `EmbeddedKafkaRule`"),
    ("withEnv(\"KAFKA_ZOOKEEPER_CONNECT\"", "a container with `KAFKA_ZOOKEEPER_CONNECT`"),
    ("new EmbeddedKafkaZKBroker(", "Spring's `EmbeddedKafkaZKBroker`"),
    ("EmbeddedKafkaZKBroker(", "Spring's `EmbeddedKafkaZKBroker`"),
    (OF_KAFKA, "an `EmbeddedZookeeper` of Kafka's own tests"),
    ("EmbeddedZooKeeperConfig(", "embedded-kafka's ZooKeeper"),
    ("EmbeddedZooKeeperConfig.zooKeeper", "Kafka for JUnit's `EmbeddedZooKeeperConfig`"),
    ("EmbeddedKafka.startZooKeeper(", "embedded-kafka's `startZooKeeper`"),
];

/// Other projects have a class of that name as well, and Kafka's is in `kafka.zk`.
const OF_KAFKA: &str = "new EmbeddedZookeeper(";

/// Calls that set one key of a broker that a test starts: `key, value`.
const SETTERS: &[&str] = &["BrokerProperty(", "brokerProperty("];

/// A setting of such a broker, by calls and annotations of the test kits, and by variables of its container.
pub(super) fn settings(text: &str) -> Vec<Setting> {
    let mut found = Vec::new();
    for (at, sign) in
        SETTERS.iter().flat_map(|sign| text.match_indices(sign)).filter(|(at, _)| is_code(text, *at))
    {
        let from = at + sign.len();
        let Some((key, behind)) = literal(text, from) else { continue };
        let Some((value, _)) = literal_behind_comma(text, behind) else { continue };
        found.extend(setting(text, key.of(text), key, value, Span::new(at as u32, value.end)));
    }
    for (at, sign) in text.match_indices("withEnv(").filter(|(at, _)| is_code(text, *at)) {
        let from = at + sign.len();
        let Some((name, behind)) = literal(text, from) else { continue };
        let Some((value, _)) = literal_behind_comma(text, behind) else { continue };
        if let Some(key) = Mapping::CONFLUENT.key(name.of(text)) {
            found.extend(setting(text, &key, name, value, Span::new(at as u32, value.end)));
        }
    }
    for (at, sign) in text.match_indices("brokerProperties").filter(|(at, _)| is_code(text, *at)) {
        let rest = text.slice(at + sign.len()..);
        let rest = rest.slice(..rest.floor_char_boundary(MAX_ARGUMENTS_BYTES));
        let Some(inner) = rest.trim_start().strip_prefix('=').map(str::trim_start) else { continue };
        let Some(inner) = inner.strip_prefix(['{', '[']).or_else(|| inner.strip_prefix("Array(")) else {
            continue;
        };
        let mut from = at + sign.len() + rest.len() - (rest.len() - rest.find(inner).unwrap_or_default());
        let end = from + inner.find(['}', ']', ')']).unwrap_or(inner.len());
        while let Some((pair, behind)) = literal(text, from).filter(|(_, behind)| *behind <= end) {
            from = behind;
            let Some((key, value)) = pair.of(text).split_once('=') else { continue };
            let key_span = Span::new(pair.start, pair.start + key.trim_end().len() as u32);
            let value_span = Span::new(pair.end - value.len() as u32, pair.end);
            found.extend(setting(text, key.trim(), key_span, value_span, pair));
        }
    }
    found.order_by_key(|one| one.key_span);
    found.dedup_by_key(|one| one.key_span);
    found
}

fn setting(text: &str, key: &str, key_span: Span, value_span: Span, span: Span) -> Option<Setting> {
    is_key_of(Component::BROKER, key).then(|| Setting {
        component: Some(Component::BROKER),
        key: key.to_owned(),
        prefix: String::new(),
        value: value_span.of(text).to_owned(),
        span,
        key_span,
        value_span,
        effective: true,
    })
}

/// The text literal that begins here or behind blanks, without its quotes, and the byte behind it.
fn literal(text: &str, from: usize) -> Option<(Span, usize)> {
    let rest = text.get(from..)?;
    let skipped = rest.len() - rest.trim_start_matches([' ', '\n', '\r', '\t', ',']).len();
    let inner = rest.get(skipped..)?.strip_prefix('"')?;
    let length =
        inner.find(['"', '\n']).filter(|end| inner.get(*end..).is_some_and(|end| end.starts_with('"')))?;
    let start = from + skipped + 1;
    Some((Span::new(start as u32, (start + length) as u32), start + length + 1))
}

fn literal_behind_comma(text: &str, from: usize) -> Option<(Span, usize)> {
    let rest = text.get(from..)?;
    rest.trim_start().starts_with(',').then(|| literal(text, from)).flatten()
}

/// Bytes of an annotation's arguments.
const MAX_ARGUMENTS_BYTES: usize = 2_000;

/// Every such broker, in the order of the text.
pub(super) fn find(text: &str) -> Vec<Observed> {
    let mut found: Vec<Observed> = Vec::new();
    let others = |sign: &str| sign == OF_KAFKA && !text.contains("kafka.zk");
    for (sign, what) in SIGNS.iter().filter(|(sign, _)| !others(sign)) {
        for (at, _) in text.match_indices(sign).filter(|(at, _)| is_code(text, *at)) {
            let start = at + sign.len() - sign.trim_start_matches('.').len();
            found.push(observation(what, start, at + sign.trim_end_matches('(').len()));
        }
    }
    for (at, sign) in text.match_indices("@EmbeddedKafka(").filter(|(at, _)| is_code(text, *at)) {
        let rest = text.slice(at + sign.len()..);
        let rest = rest.slice(..rest.floor_char_boundary(MAX_ARGUMENTS_BYTES));
        let arguments = rest.split(')').next().unwrap_or_default();
        let plain: String = arguments.chars().filter(|one| !one.is_whitespace()).collect();
        if plain.contains("kraft=false") {
            let start = at + sign.len() + arguments.find("kraft").unwrap_or_default();
            found.push(observation("Spring's `@EmbeddedKafka(kraft = false)`", start, start + "kraft".len()));
        }
    }
    found.extend(first_container(text));
    found.extend(embedded_kafka(text));
    found.order_by_key(|one| one.span);
    found.dedup_by(|one, other| one.span.end == other.span.end);
    found
}

/// The first `KafkaContainer` of Testcontainers, whose images have their own ZooKeeper unless somebody asks for KRaft mode.
fn first_container(text: &str) -> Option<Observed> {
    const CLASS: &str = "org.testcontainers.containers.KafkaContainer";
    let says_mode = ["withKraft(", "Zookeeper(", "KAFKA_ZOOKEEPER_CONNECT", "PROCESS_ROLES"];
    if !text.contains(CLASS) || says_mode.iter().any(|sign| text.contains(sign)) {
        return None;
    }
    let (at, sign) = text.match_indices("KafkaContainer(").find(|(at, _)| {
        is_code(text, *at) && text.get(..*at).is_some_and(|before| before.ends_with([' ', '(', '=']))
    })?;
    let what = "Testcontainers' first `KafkaContainer` without `withKraft`";
    Some(observation(what, at, at + sign.len() - 1))
}

/// The port of ZooKeeper in the configuration of the library embedded-kafka, whose releases for 4.0 have none.
fn embedded_kafka(text: &str) -> impl Iterator<Item = Observed> {
    const NAMES: &[&str] = &["zooKeeperPort", "customZookeeperProperties"];
    let is_used = text.contains("embeddedkafka");
    let places = NAMES.iter().flat_map(|name| text.match_indices(name)).filter(move |(at, name)| {
        let rest = text.slice(at + name.len()..).trim_start();
        is_used && is_code(text, *at) && rest.starts_with('=') && !rest.starts_with("==")
    });
    places.map(|(at, name)| observation("embedded-kafka's ZooKeeper", at, at + name.len()))
}

fn observation(what: &'static str, start: usize, end: usize) -> Observed {
    Observed { what: Observation::TestWithZookeeper(what), span: Span::new(start as u32, end as u32) }
}

/// Whether no comment begins before it in its line.
fn is_code(text: &str, at: usize) -> bool {
    let line = text.slice(..at).rsplit('\n').next().unwrap_or_default();
    !line.contains("//") && !line.trim_start().starts_with('*')
}
