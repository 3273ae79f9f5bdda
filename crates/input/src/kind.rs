//! What a `.properties` text is, told by its keys.
//!
//! Keys that only one component reads decide; the catalog's list of owners decides between components where
//! none of them is set; the file's name only breaks ties. What is *not* here: what the keys do.
//!
//! Decision: a text without a key of Kafka is [`Kind::Unknown`], whatever its name, and a text that is
//! plainly another program's is [`Kind::NotKafka`] with a first problem that names the program.

use kafka_upgrade_catalog::Component;

use crate::lookalikes;
use crate::{Kind, Problem, Setting, Span};

/// Points of a key that only one component reads.
const ONE: u32 = 20;

/// Points of a key that a component cannot be without, or that decides alone.
const ALONE: u32 = 100;

/// Keys that tell one component from the others, sorted, with their points.
const TELLING: &[(&str, Component, u32)] = &[
    ("acks", Component::PRODUCER, ONE),
    ("advertised.listeners", Component::BROKER, ONE),
    ("allow.auto.create.topics", Component::CONSUMER, ONE),
    ("application.id", Component::STREAMS, ALONE),
    ("application.server", Component::STREAMS, ONE),
    ("authorizer.class.name", Component::BROKER, ONE),
    ("auto.commit.interval.ms", Component::CONSUMER, ONE),
    ("auto.create.topics.enable", Component::BROKER, ONE),
    ("auto.leader.rebalance.enable", Component::BROKER, ONE),
    ("auto.offset.reset", Component::CONSUMER, ONE),
    ("batch.size", Component::PRODUCER, ONE),
    ("broker.id", Component::BROKER, ALONE),
    ("broker.id.generation.enable", Component::BROKER, ONE),
    ("broker.rack", Component::BROKER, ONE),
    ("broker.session.timeout.ms", Component::BROKER, ONE),
    ("buffer.memory", Component::PRODUCER, ONE),
    ("cleanup.policy", Component::TOPIC, ONE),
    ("clusters", Component::MM2, ONE),
    ("config.storage.replication.factor", Component::CONNECT_DISTRIBUTED, ONE),
    ("config.storage.topic", Component::CONNECT_DISTRIBUTED, ALONE),
    ("connector.class", Component::CONNECTOR_SOURCE, ONE),
    ("controlled.shutdown.enable", Component::BROKER, ONE),
    ("controller.listener.names", Component::BROKER, ONE),
    ("controller.quorum.bootstrap.servers", Component::BROKER, ALONE),
    ("controller.quorum.voters", Component::BROKER, ALONE),
    ("default.key.serde", Component::STREAMS, ONE),
    ("default.replication.factor", Component::BROKER, ONE),
    ("default.value.serde", Component::STREAMS, ONE),
    ("delete.topic.enable", Component::BROKER, ONE),
    ("delivery.timeout.ms", Component::PRODUCER, ONE),
    ("emit.checkpoints.enabled", Component::MM2, ONE),
    ("emit.heartbeats.enabled", Component::MM2, ONE),
    ("enable.auto.commit", Component::CONSUMER, ONE),
    ("enable.idempotence", Component::PRODUCER, ONE),
    ("fetch.max.wait.ms", Component::CONSUMER, ONE),
    ("fetch.min.bytes", Component::CONSUMER, ONE),
    ("group.consumer.assignors", Component::BROKER, ONE),
    ("group.coordinator.rebalance.protocols", Component::BROKER, ONE),
    ("group.id", Component::CONSUMER, ALONE),
    ("group.initial.rebalance.delay.ms", Component::BROKER, ONE),
    ("group.instance.id", Component::CONSUMER, ONE),
    ("host.name", Component::BROKER, ONE),
    ("inter.broker.listener.name", Component::BROKER, ONE),
    ("inter.broker.protocol.version", Component::BROKER, ONE),
    ("isolation.level", Component::CONSUMER, ONE),
    ("key.deserializer", Component::CONSUMER, ALONE),
    ("key.serializer", Component::PRODUCER, ALONE),
    ("linger.ms", Component::PRODUCER, ONE),
    ("listener.security.protocol.map", Component::BROKER, ONE),
    ("log.cleaner.enable", Component::BROKER, ONE),
    ("log.cleanup.policy", Component::BROKER, ONE),
    ("log.dir", Component::BROKER, ONE),
    ("log.dirs", Component::BROKER, ALONE),
    ("log.message.format.version", Component::BROKER, ONE),
    ("log.retention.bytes", Component::BROKER, ONE),
    ("log.retention.check.interval.ms", Component::BROKER, ONE),
    ("log.retention.hours", Component::BROKER, ONE),
    ("log.retention.minutes", Component::BROKER, ONE),
    ("log.retention.ms", Component::BROKER, ONE),
    ("log.segment.bytes", Component::BROKER, ONE),
    ("max.block.ms", Component::PRODUCER, ONE),
    ("max.in.flight.requests.per.connection", Component::PRODUCER, ONE),
    ("max.poll.interval.ms", Component::CONSUMER, ONE),
    ("max.poll.records", Component::CONSUMER, ONE),
    ("message.max.bytes", Component::BROKER, ONE),
    ("metadata.log.dir", Component::BROKER, ONE),
    ("node.id", Component::BROKER, ALONE),
    ("num.io.threads", Component::BROKER, ONE),
    ("num.network.threads", Component::BROKER, ONE),
    ("num.partitions", Component::BROKER, ONE),
    ("num.recovery.threads.per.data.dir", Component::BROKER, ONE),
    ("num.replica.fetchers", Component::BROKER, ONE),
    ("num.standby.replicas", Component::STREAMS, ONE),
    ("num.stream.threads", Component::STREAMS, ONE),
    ("offset.flush.interval.ms", Component::CONNECT_STANDALONE, ONE),
    ("offset.storage.file.filename", Component::CONNECT_STANDALONE, ALONE),
    ("offset.storage.replication.factor", Component::CONNECT_DISTRIBUTED, ONE),
    ("offset.storage.topic", Component::CONNECT_DISTRIBUTED, ALONE),
    ("offsets.retention.minutes", Component::BROKER, ONE),
    ("offsets.topic.replication.factor", Component::BROKER, ONE),
    ("partition.assignment.strategy", Component::CONSUMER, ONE),
    ("partitioner.class", Component::PRODUCER, ONE),
    ("process.roles", Component::BROKER, ALONE),
    ("processing.guarantee", Component::STREAMS, ONE),
    ("producer.purgatory.purge.interval.requests", Component::BROKER, ONE),
    ("remote.log.storage.system.enable", Component::BROKER, ONE),
    ("replica.fetch.max.bytes", Component::BROKER, ONE),
    ("replica.lag.time.max.ms", Component::BROKER, ONE),
    ("sasl.enabled.mechanisms", Component::BROKER, ONE),
    ("sasl.mechanism.inter.broker.protocol", Component::BROKER, ONE),
    ("security.inter.broker.protocol", Component::BROKER, ONE),
    ("share.coordinator.state.topic.replication.factor", Component::BROKER, ONE),
    ("socket.receive.buffer.bytes", Component::BROKER, ONE),
    ("socket.request.max.bytes", Component::BROKER, ONE),
    ("socket.send.buffer.bytes", Component::BROKER, ONE),
    ("ssl.client.auth", Component::BROKER, ONE),
    ("state.dir", Component::STREAMS, ONE),
    ("status.storage.replication.factor", Component::CONNECT_DISTRIBUTED, ONE),
    ("status.storage.topic", Component::CONNECT_DISTRIBUTED, ALONE),
    ("super.users", Component::BROKER, ONE),
    ("tasks.max", Component::CONNECTOR_SOURCE, ONE),
    ("transaction.state.log.min.isr", Component::BROKER, ONE),
    ("transaction.state.log.replication.factor", Component::BROKER, ONE),
    ("transaction.timeout.ms", Component::PRODUCER, ONE),
    ("transactional.id", Component::PRODUCER, ONE),
    ("unclean.leader.election.enable", Component::BROKER, ONE),
    ("upgrade.from", Component::STREAMS, ONE),
    ("value.deserializer", Component::CONSUMER, ALONE),
    ("value.serializer", Component::PRODUCER, ALONE),
    ("zookeeper.connect", Component::BROKER, ALONE),
    ("zookeeper.connection.timeout.ms", Component::BROKER, ONE),
    ("zookeeper.metadata.migration.enable", Component::BROKER, ONE),
    ("zookeeper.session.timeout.ms", Component::BROKER, ONE),
    ("zookeeper.set.acl", Component::BROKER, ONE),
    ("zookeeper.sync.time.ms", Component::BROKER, ONE),
];

/// Components that a text can be found to be, and what their files are often called.
/// Of those that fit equally the first is taken: a file with nothing but what all clients share is an admin's.
const CANDIDATES: &[(Component, &[&str])] = &[
    (Component::ADMIN, &["admin", "client", "command", "credentials"]),
    (Component::BROKER, &["server", "broker", "controller", "kraft"]),
    (Component::PRODUCER, &["producer"]),
    (Component::CONSUMER, &["consumer"]),
    (Component::STREAMS, &["streams"]),
    (Component::CONNECT_DISTRIBUTED, &["connect-distributed", "worker"]),
    (Component::CONNECT_STANDALONE, &["connect-standalone"]),
    (Component::MM2, &["mm2", "mirror"]),
    (Component::TOPIC, &["topic"]),
    (Component::GROUP, &["group"]),
    (Component::CLIENT_METRICS, &["metrics"]),
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

/// What the text is, and whose keys it sets; a problem names another program.
pub(crate) fn detect(path: &str, settings: &[Setting]) -> (Kind, Option<Component>, Option<Problem>) {
    if let Some(kind) = logging(settings) {
        return (kind, None, None);
    }
    let has = |key: &str| settings.iter().any(|setting| setting.key == key);
    if settings.iter().any(|setting| is_flow(&setting.key)) || (has("clusters") && !has("connector.class")) {
        return (Kind::MirrorMakerProperties, Some(Component::MM2), None);
    }
    if let Some(class) = last(settings, "connector.class") {
        return (Kind::ConnectorProperties, Some(connector(class, settings)), None);
    }
    // Where every second key is plainly Kafka's, no other program is looked for.
    let votes = Votes::count(settings);
    if votes.told * 2 < settings.len()
        && let Some((kind, message)) = lookalikes::find(settings)
    {
        let problem = Problem { message, span: Span::default(), fatal: false };
        return (kind, None, Some(problem));
    }
    let component = elect(votes, path, settings);
    (component.map_or(Kind::Unknown, kind_of), component, None)
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

fn telling(key: &str) -> Option<(Component, u32)> {
    let found = TELLING.binary_search_by(|(known, ..)| (*known).cmp(key)).ok()?;
    TELLING.get(found).map(|(_, component, points)| (*component, *points))
}

/// Points of each of [`CANDIDATES`].
struct Votes {
    scores: [u32; CANDIDATES.len()],
    /// How many keys tell something.
    told: usize,
}

impl Votes {
    fn count(settings: &[Setting]) -> Self {
        let mut votes = Self { scores: [0; CANDIDATES.len()], told: 0 };
        for setting in settings {
            let key = setting.key.as_str();
            if let Some((component, points)) = telling(key) {
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
            self.told += 1;
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
    if votes.told == 0 {
        owners(settings, &mut votes.scores);
    }
    let scores = votes.scores;
    if scores.iter().all(|score| *score == 0) {
        return None;
    }
    let name = path.rsplit(['/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
    let mut best: Option<(u32, Component)> = None;
    for ((component, words), score) in CANDIDATES.iter().zip(scores) {
        let named = words.iter().any(|word| name.contains(word));
        let score = if score > 0 && named { score * 2 + 1 } else { score * 2 };
        if score > 0 && best.is_none_or(|(most, _)| score > most) {
            best = Some((score, *component));
        }
    }
    best.map(|(_, component)| component)
}

/// Where no key decides: how many of the keys each component knows in some release. A text of which hardly
/// anything is known is nobody's.
fn owners(settings: &[Setting], scores: &mut [u32; CANDIDATES.len()]) {
    for ((component, _), score) in CANDIDATES.iter().zip(scores) {
        let known = settings.iter().filter(|setting| is_key_of(*component, &setting.key)).count();
        if known * 3 >= settings.len() {
            *score += known as u32;
        }
    }
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
        assert!(TELLING.is_sorted_by(|(left, ..), (right, ..)| left < right));
    }
}
