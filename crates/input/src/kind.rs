//! What a `.properties` text is, detected by its keys.
//!
//! Keys that only one component reads decide; the catalog's list of owners decides between components where
//! none of them is set; the file's name only breaks ties. What is *not* here: what the keys do.
//!
//! Decision: a text without a key of Kafka is [`Kind::Unknown`], whatever its name, and a text that is
//! plainly another program's is [`Kind::NotKafka`] with a first problem that names the program.

use std::cmp::Ordering;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::paths;

use crate::lookalikes;
use crate::{Kind, Setting};

/// Points of a key that only one component reads.
const ONE: u32 = 20;

/// Points of a key that a component cannot be without, or that decides alone.
const ALONE: u32 = 100;

/// Keys that distinguish one component from the others, with their points; sorted by
/// length, then by name, since lengths are compared faster than names.
const DISTINCTIVE: &[(&str, Component, u32)] = &[
    ("acks", Component::PRODUCER, ONE),
    ("log.dir", Component::BROKER, ONE),
    ("node.id", Component::BROKER, ALONE),
    ("group.id", Component::CONSUMER, ALONE),
    ("log.dirs", Component::BROKER, ALONE),
    ("broker.id", Component::BROKER, ALONE),
    ("host.name", Component::BROKER, ONE),
    ("linger.ms", Component::PRODUCER, ONE),
    ("state.dir", Component::STREAMS, ONE),
    ("tasks.max", Component::CONNECTOR_SOURCE, ONE),
    ("batch.size", Component::PRODUCER, ONE),
    ("broker.rack", Component::BROKER, ONE),
    ("super.users", Component::BROKER, ONE),
    ("max.block.ms", Component::PRODUCER, ONE),
    ("upgrade.from", Component::STREAMS, ONE),
    ("buffer.memory", Component::PRODUCER, ONE),
    ("process.roles", Component::BROKER, ALONE),
    ("application.id", Component::STREAMS, ALONE),
    ("cleanup.policy", Component::TOPIC, ONE),
    ("key.serializer", Component::PRODUCER, ALONE),
    ("num.io.threads", Component::BROKER, ONE),
    ("num.partitions", Component::BROKER, ONE),
    ("connector.class", Component::CONNECTOR_SOURCE, ONE),
    ("fetch.min.bytes", Component::CONSUMER, ONE),
    ("isolation.level", Component::CONSUMER, ONE),
    ("ssl.client.auth", Component::BROKER, ONE),
    ("key.deserializer", Component::CONSUMER, ALONE),
    ("log.retention.ms", Component::BROKER, ONE),
    ("max.poll.records", Component::CONSUMER, ONE),
    ("metadata.log.dir", Component::BROKER, ONE),
    ("transactional.id", Component::PRODUCER, ONE),
    ("value.serializer", Component::PRODUCER, ALONE),
    ("auto.offset.reset", Component::CONSUMER, ONE),
    ("default.key.serde", Component::STREAMS, ONE),
    ("fetch.max.wait.ms", Component::CONSUMER, ONE),
    ("group.instance.id", Component::CONSUMER, ONE),
    ("log.segment.bytes", Component::BROKER, ONE),
    ("message.max.bytes", Component::BROKER, ONE),
    ("partitioner.class", Component::PRODUCER, ONE),
    ("zookeeper.connect", Component::BROKER, ALONE),
    ("zookeeper.set.acl", Component::BROKER, ONE),
    ("application.server", Component::STREAMS, ONE),
    ("enable.auto.commit", Component::CONSUMER, ONE),
    ("enable.idempotence", Component::PRODUCER, ONE),
    ("log.cleaner.enable", Component::BROKER, ONE),
    ("log.cleanup.policy", Component::BROKER, ONE),
    ("num.stream.threads", Component::STREAMS, ONE),
    ("value.deserializer", Component::CONSUMER, ALONE),
    ("default.value.serde", Component::STREAMS, ONE),
    ("delete.topic.enable", Component::BROKER, ONE),
    ("delivery.timeout.ms", Component::PRODUCER, ONE),
    ("log.retention.bytes", Component::BROKER, ONE),
    ("log.retention.hours", Component::BROKER, ONE),
    ("max.warmup.replicas", Component::STREAMS, ONE),
    ("num.network.threads", Component::BROKER, ONE),
    ("advertised.listeners", Component::BROKER, ONE),
    ("config.storage.topic", Component::CONNECT_DISTRIBUTED, ALONE),
    ("max.poll.interval.ms", Component::CONSUMER, ONE),
    ("num.replica.fetchers", Component::BROKER, ONE),
    ("num.standby.replicas", Component::STREAMS, ONE),
    ("offset.storage.topic", Component::CONNECT_DISTRIBUTED, ALONE),
    ("processing.guarantee", Component::STREAMS, ONE),
    ("status.storage.topic", Component::CONNECT_DISTRIBUTED, ALONE),
    ("authorizer.class.name", Component::BROKER, ONE),
    ("log.retention.minutes", Component::BROKER, ONE),
    ("transaction.timeout.ms", Component::PRODUCER, ONE),
    ("zookeeper.sync.time.ms", Component::BROKER, ONE),
    ("acceptable.recovery.lag", Component::STREAMS, ONE),
    ("auto.commit.interval.ms", Component::CONSUMER, ONE),
    ("emit.heartbeats.enabled", Component::MM2, ONE),
    ("replica.fetch.max.bytes", Component::BROKER, ONE),
    ("replica.lag.time.max.ms", Component::BROKER, ONE),
    ("sasl.enabled.mechanisms", Component::BROKER, ONE),
    ("allow.auto.create.topics", Component::CONSUMER, ONE),
    ("controller.quorum.voters", Component::BROKER, ALONE),
    ("emit.checkpoints.enabled", Component::MM2, ONE),
    ("group.consumer.assignors", Component::BROKER, ONE),
    ("offset.flush.interval.ms", Component::CONNECT_STANDALONE, ONE),
    ("socket.request.max.bytes", Component::BROKER, ONE),
    ("socket.send.buffer.bytes", Component::BROKER, ONE),
    ("auto.create.topics.enable", Component::BROKER, ONE),
    ("broker.session.timeout.ms", Component::BROKER, ONE),
    ("cache.max.bytes.buffering", Component::STREAMS, ONE),
    ("controller.listener.names", Component::BROKER, ONE),
    ("offsets.retention.minutes", Component::BROKER, ONE),
    ("controlled.shutdown.enable", Component::BROKER, ONE),
    ("default.replication.factor", Component::BROKER, ONE),
    ("inter.broker.listener.name", Component::BROKER, ONE),
    ("log.message.format.version", Component::BROKER, ONE),
    ("statestore.cache.max.bytes", Component::STREAMS, ONE),
    ("broker.id.generation.enable", Component::BROKER, ONE),
    ("socket.receive.buffer.bytes", Component::BROKER, ONE),
    ("auto.leader.rebalance.enable", Component::BROKER, ONE),
    ("offset.storage.file.filename", Component::CONNECT_STANDALONE, ALONE),
    ("zookeeper.session.timeout.ms", Component::BROKER, ONE),
    ("inter.broker.protocol.version", Component::BROKER, ONE),
    ("partition.assignment.strategy", Component::CONSUMER, ONE),
    ("transaction.state.log.min.isr", Component::BROKER, ONE),
    ("listener.security.protocol.map", Component::BROKER, ONE),
    ("security.inter.broker.protocol", Component::BROKER, ONE),
    ("unclean.leader.election.enable", Component::BROKER, ONE),
    ("log.retention.check.interval.ms", Component::BROKER, ONE),
    ("zookeeper.connection.timeout.ms", Component::BROKER, ONE),
    ("group.initial.rebalance.delay.ms", Component::BROKER, ONE),
    ("offsets.topic.replication.factor", Component::BROKER, ONE),
    ("remote.log.storage.system.enable", Component::BROKER, ONE),
    ("config.storage.replication.factor", Component::CONNECT_DISTRIBUTED, ONE),
    ("num.recovery.threads.per.data.dir", Component::BROKER, ONE),
    ("offset.storage.replication.factor", Component::CONNECT_DISTRIBUTED, ONE),
    ("status.storage.replication.factor", Component::CONNECT_DISTRIBUTED, ONE),
    ("controller.quorum.bootstrap.servers", Component::BROKER, ALONE),
    ("zookeeper.metadata.migration.enable", Component::BROKER, ONE),
    ("sasl.mechanism.inter.broker.protocol", Component::BROKER, ONE),
    ("group.coordinator.rebalance.protocols", Component::BROKER, ONE),
    ("max.in.flight.requests.per.connection", Component::PRODUCER, ONE),
    ("transaction.state.log.replication.factor", Component::BROKER, ONE),
    ("producer.purgatory.purge.interval.requests", Component::BROKER, ONE),
    ("share.coordinator.state.topic.replication.factor", Component::BROKER, ONE),
];

/// Components that a text can be recognised as, with common parts of their file names. Among equals the first wins: a
/// file with only the keys that all clients share is an admin client's, while a broker's file always has keys that
/// nothing else has.
const CANDIDATES: &[(Component, &[&str])] = &[
    (Component::ADMIN, &["admin", "client", "command", "credentials"]),
    (Component::PRODUCER, &["producer"]),
    (Component::CONSUMER, &["consumer"]),
    (Component::STREAMS, &["streams"]),
    (Component::CONNECT_DISTRIBUTED, &["connect-distributed", "worker"]),
    (Component::CONNECT_STANDALONE, &["connect-standalone"]),
    (Component::MM2, &["mm2", "mirror"]),
    (Component::TOPIC, &["topic"]),
    (Component::GROUP, &["group"]),
    (Component::CLIENT_METRICS, &["metrics"]),
    (Component::BROKER, &["server", "broker", "controller", "kraft"]),
];

/// The kind of text that configures a component.
#[must_use]
pub(crate) fn kind_of(component: Component) -> Kind {
    match component {
        Component::BROKER | Component::REMOTE_LOG_METADATA => Kind::BrokerProperties,
        Component::PRODUCER => Kind::ProducerProperties,
        Component::CONSUMER => Kind::ConsumerProperties,
        Component::ADMIN => Kind::AdminProperties,
        Component::STREAMS => Kind::StreamsProperties,
        Component::CONNECT_DISTRIBUTED | Component::CONNECT_STANDALONE => Kind::ConnectWorkerProperties,
        Component::MM2 | Component::MM2_CLIENT => Kind::MirrorMakerProperties,
        Component::TOPIC | Component::GROUP | Component::CLIENT_METRICS => Kind::EntityProperties,
        _ => Kind::ConnectorProperties,
    }
}

/// What the text is, and whose keys it sets, or which other program's it is.
pub(crate) fn detect(
    path: &str,
    settings: &[Setting],
) -> (Kind, Option<Component>, Option<lookalikes::Found>) {
    if let Some(kind) = logging(settings) {
        return (kind, None, None);
    }
    let has = |key: &str| settings.iter().any(|setting| setting.key == key);
    let mirrors = last(settings, "clusters").filter(|_| !has("connector.class"));
    if settings.iter().any(|setting| is_flow(&setting.key))
        || mirrors.is_some_and(|clusters| has_cluster(clusters, settings))
    {
        return (Kind::MirrorMakerProperties, Some(Component::MM2), None);
    }
    if let Some(class) = last(settings, "connector.class") {
        return (Kind::ConnectorProperties, Some(connector(class, settings)), None);
    }
    if let Some(found) = lookalikes::decided(settings).or_else(|| lookalikes::named(path, settings)) {
        return (found.kind, None, Some(found));
    }
    // Where every second key is plainly Kafka's, no other program is looked for.
    let votes = Votes::count(settings);
    if votes.distinctive * 2 < settings.len()
        && let Some(found) = lookalikes::find(settings)
    {
        return (found.kind, None, Some(found));
    }
    // Consumers of before 0.9 found the brokers in ZooKeeper.
    let is_of_group = has("group.id") && has("zookeeper.connect");
    if is_of_group && !["broker.id", "node.id", "log.dirs", "log.dir", "listeners"].into_iter().any(has) {
        return (Kind::ConsumerProperties, Some(Component::CONSUMER), None);
    }
    let component = elect(votes, path, settings);
    // Only a broker knows the users that it lets in.
    let is_login = component == Some(Component::ADMIN) && lets_in(settings) && !has("bootstrap.servers");
    let component = if is_login { Some(Component::BROKER) } else { component };
    (component.map_or(Kind::Unknown, kind_of), component, None)
}

/// Whether a login names users with their passwords, `user_alice="…"`, as brokers have them.
fn lets_in(settings: &[Setting]) -> bool {
    let is_user = |word: &str| word.starts_with("user_") && word.contains('=');
    let mut logins = settings.iter().filter(|one| one.key == "sasl.jaas.config");
    logins.any(|login| login.value.split_ascii_whitespace().any(is_user))
}

/// The value that counts of a key.
pub(crate) fn last<'a>(settings: &'a [Setting], key: &str) -> Option<&'a str> {
    settings.iter().rfind(|setting| setting.key == key).map(|setting| setting.value.trim())
}

/// `us->eu.topics`, and not an arrow somewhere in a longer word.
fn is_flow(key: &str) -> bool {
    let Some((source, rest)) = key.split_once("->") else { return false };
    let Some((target, _)) = rest.split_once('.') else { return false };
    !source.is_empty() && !target.is_empty()
}

/// Whether a key begins with the alias of one of these clusters.
fn has_cluster(clusters: &str, settings: &[Setting]) -> bool {
    let of = |key: &str, alias: &str| key.strip_prefix(alias).is_some_and(|rest| rest.starts_with('.'));
    let mut aliases = clusters.split(',').map(str::trim).filter(|alias| !alias.is_empty());
    aliases.any(|alias| settings.iter().any(|setting| of(&setting.key, alias)))
}

fn logging(settings: &[Setting]) -> Option<Kind> {
    let (mut one, mut two) = (0, 0);
    for setting in settings {
        let key = setting.key.as_str();
        if key.starts_with("log4j.") {
            one += 1;
        } else if key == "rootLogger"
            || ["rootLogger.", "appender.", "logger."].iter().any(|start| key.starts_with(start))
        {
            two += 1;
        }
    }
    match (one, two) {
        (0, 0) => None,
        _ if one + two < settings.len().div_ceil(3) => None,
        _ if one >= two => Some(Kind::Log4jProperties),
        _ => Some(Kind::Log4j2Properties),
    }
}

/// Which sort of connector: the class says so, else whether it reads topics.
fn connector(class: &str, settings: &[Setting]) -> Component {
    let name = class.rsplit('.').next().unwrap_or_default();
    let reads_topics = ["topics", "topics.regex"].iter().any(|key| last(settings, key).is_some());
    match name {
        "MirrorSourceConnector" | "MirrorSource" => Component::MM2_SOURCE,
        "MirrorCheckpointConnector" | "MirrorCheckpoint" => Component::MM2_CHECKPOINT,
        "MirrorHeartbeatConnector" | "MirrorHeartbeat" => Component::MM2_HEARTBEAT,
        _ if name.contains("Source") => Component::CONNECTOR_SOURCE,
        _ if name.contains("Sink") || reads_topics => Component::CONNECTOR_SINK,
        _ => Component::CONNECTOR_SOURCE,
    }
}

/// The order of [`DISTINCTIVE`].
fn order(one: &str, other: &str) -> Ordering {
    one.len().cmp(&other.len()).then_with(|| one.cmp(other))
}

fn distinctive(key: &str) -> Option<(Component, u32)> {
    let found = DISTINCTIVE.binary_search_by(|(known, ..)| order(known, key)).ok()?;
    DISTINCTIVE.get(found).map(|(_, component, points)| (*component, *points))
}

/// Points of each of [`CANDIDATES`].
struct Votes {
    scores: [u32; CANDIDATES.len()],
    /// How many keys are distinctive.
    distinctive: usize,
}

impl Votes {
    fn count(settings: &[Setting]) -> Self {
        let mut votes = Self { scores: [0; CANDIDATES.len()], distinctive: 0 };
        for setting in settings {
            let key = setting.key.as_str();
            if let Some((component, points)) = distinctive(key) {
                votes.add(component, points);
            } else if key.starts_with("listener.name.") || key.starts_with("controller.quorum.") {
                votes.add(Component::BROKER, ONE);
            }
        }
        votes
    }

    fn add(&mut self, component: Component, points: u32) {
        let candidate = CANDIDATES.iter().position(|(candidate, _)| *candidate == component);
        if let Some(score) = candidate.and_then(|at| self.scores.get_mut(at)) {
            *score += points;
            self.distinctive += 1;
        }
    }
}

fn elect(mut votes: Votes, path: &str, settings: &[Setting]) -> Option<Component> {
    let has = |key: &str| settings.iter().any(|setting| setting.key == key);
    let worker = has("key.converter") || has("value.converter");
    let distributed = ["config.storage.topic", "offset.storage.topic", "status.storage.topic", "group.id"];
    if worker {
        // Nothing but a worker has converters at its top level; a group makes it a distributed one.
        let file = has("offset.storage.file.filename");
        let group = !file && distributed.iter().any(|key| has(key));
        votes.add(if group { Component::CONNECT_DISTRIBUTED } else { Component::CONNECT_STANDALONE }, 1000);
    }
    if votes.distinctive == 0 {
        owners(settings, &mut votes.scores);
    }
    let scores = votes.scores;
    if scores.iter().all(|score| *score == 0) {
        return None;
    }
    let name = paths::file_name(path).to_ascii_lowercase();
    let mut best: Option<(u32, Component)> = None;
    for ((component, words), score) in CANDIDATES.iter().zip(scores) {
        let named = words.iter().any(|word| name.contains(word));
        let score = if score > 0 && named { score * 2 + 1 } else { score * 2 };
        if score > 0 && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, *component));
        }
    }
    let (_, component) = best?;
    // One or two keys that another program may have as well do not make the text Kafka's.
    let few = votes.distinctive * 3 < settings.len() && scores.iter().all(|score| *score < ALONE);
    (!few || known(component, settings) > 0).then_some(component)
}

/// If no key decides: the number of keys that each component knows in some release. A text with hardly any known key
/// gets no component.
fn owners(settings: &[Setting], scores: &mut [u32; CANDIDATES.len()]) {
    for ((component, _), score) in CANDIDATES.iter().zip(scores) {
        *score += known(*component, settings);
    }
}

/// Number of keys that the component knows; 0 if fewer than a third, or if all of them are common words (`name`,
/// `port`, `topics`).
fn known(component: Component, settings: &[Setting]) -> u32 {
    let mut own = false;
    let known = settings.iter().filter(|setting| {
        let known = is_key_of(component, &setting.key);
        own |= known && setting.key.contains('.');
        known
    });
    let known = known.count();
    if own && known * 3 >= settings.len() { known as u32 } else { 0 }
}

/// Whether some release of the component knows the key.
pub(crate) fn is_key_of(component: Component, key: &str) -> bool {
    kafka_upgrade_catalog::history(component, key).next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telling_keys_are_sorted_and_each_is_listed_once() {
        assert!(DISTINCTIVE.is_sorted_by(|(left, ..), (right, ..)| order(left, right).is_lt()));
    }
}
