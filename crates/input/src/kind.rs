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

/// Keys that tell one component from the others, sorted.
const TELLING: &[(&str, Component)] = &[
    ("acks", Component::PRODUCER),
    ("advertised.listeners", Component::BROKER),
    ("allow.auto.create.topics", Component::CONSUMER),
    ("application.id", Component::STREAMS),
    ("application.server", Component::STREAMS),
    ("authorizer.class.name", Component::BROKER),
    ("auto.commit.interval.ms", Component::CONSUMER),
    ("auto.create.topics.enable", Component::BROKER),
    ("auto.leader.rebalance.enable", Component::BROKER),
    ("auto.offset.reset", Component::CONSUMER),
    ("batch.size", Component::PRODUCER),
    ("broker.id", Component::BROKER),
    ("broker.id.generation.enable", Component::BROKER),
    ("broker.rack", Component::BROKER),
    ("broker.session.timeout.ms", Component::BROKER),
    ("buffer.memory", Component::PRODUCER),
    ("cleanup.policy", Component::TOPIC),
    ("clusters", Component::MM2),
    ("config.storage.replication.factor", Component::CONNECT_DISTRIBUTED),
    ("config.storage.topic", Component::CONNECT_DISTRIBUTED),
    ("connector.class", Component::CONNECTOR_SOURCE),
    ("controlled.shutdown.enable", Component::BROKER),
    ("controller.listener.names", Component::BROKER),
    ("controller.quorum.bootstrap.servers", Component::BROKER),
    ("controller.quorum.voters", Component::BROKER),
    ("default.key.serde", Component::STREAMS),
    ("default.replication.factor", Component::BROKER),
    ("default.value.serde", Component::STREAMS),
    ("delete.topic.enable", Component::BROKER),
    ("delivery.timeout.ms", Component::PRODUCER),
    ("emit.checkpoints.enabled", Component::MM2),
    ("emit.heartbeats.enabled", Component::MM2),
    ("enable.auto.commit", Component::CONSUMER),
    ("enable.idempotence", Component::PRODUCER),
    ("fetch.max.wait.ms", Component::CONSUMER),
    ("fetch.min.bytes", Component::CONSUMER),
    ("group.consumer.assignors", Component::BROKER),
    ("group.coordinator.rebalance.protocols", Component::BROKER),
    ("group.id", Component::CONSUMER),
    ("group.initial.rebalance.delay.ms", Component::BROKER),
    ("group.instance.id", Component::CONSUMER),
    ("host.name", Component::BROKER),
    ("inter.broker.listener.name", Component::BROKER),
    ("inter.broker.protocol.version", Component::BROKER),
    ("isolation.level", Component::CONSUMER),
    ("key.deserializer", Component::CONSUMER),
    ("key.serializer", Component::PRODUCER),
    ("linger.ms", Component::PRODUCER),
    ("listener.security.protocol.map", Component::BROKER),
    ("log.cleaner.enable", Component::BROKER),
    ("log.cleanup.policy", Component::BROKER),
    ("log.dir", Component::BROKER),
    ("log.dirs", Component::BROKER),
    ("log.message.format.version", Component::BROKER),
    ("log.retention.bytes", Component::BROKER),
    ("log.retention.check.interval.ms", Component::BROKER),
    ("log.retention.hours", Component::BROKER),
    ("log.retention.minutes", Component::BROKER),
    ("log.retention.ms", Component::BROKER),
    ("log.segment.bytes", Component::BROKER),
    ("max.block.ms", Component::PRODUCER),
    ("max.in.flight.requests.per.connection", Component::PRODUCER),
    ("max.poll.interval.ms", Component::CONSUMER),
    ("max.poll.records", Component::CONSUMER),
    ("message.max.bytes", Component::BROKER),
    ("metadata.log.dir", Component::BROKER),
    ("node.id", Component::BROKER),
    ("num.io.threads", Component::BROKER),
    ("num.network.threads", Component::BROKER),
    ("num.partitions", Component::BROKER),
    ("num.recovery.threads.per.data.dir", Component::BROKER),
    ("num.replica.fetchers", Component::BROKER),
    ("num.standby.replicas", Component::STREAMS),
    ("num.stream.threads", Component::STREAMS),
    ("offset.flush.interval.ms", Component::CONNECT_STANDALONE),
    ("offset.storage.file.filename", Component::CONNECT_STANDALONE),
    ("offset.storage.replication.factor", Component::CONNECT_DISTRIBUTED),
    ("offset.storage.topic", Component::CONNECT_DISTRIBUTED),
    ("offsets.retention.minutes", Component::BROKER),
    ("offsets.topic.replication.factor", Component::BROKER),
    ("partition.assignment.strategy", Component::CONSUMER),
    ("partitioner.class", Component::PRODUCER),
    ("process.roles", Component::BROKER),
    ("processing.guarantee", Component::STREAMS),
    ("producer.purgatory.purge.interval.requests", Component::BROKER),
    ("remote.log.storage.system.enable", Component::BROKER),
    ("replica.fetch.max.bytes", Component::BROKER),
    ("replica.lag.time.max.ms", Component::BROKER),
    ("sasl.enabled.mechanisms", Component::BROKER),
    ("sasl.mechanism.inter.broker.protocol", Component::BROKER),
    ("security.inter.broker.protocol", Component::BROKER),
    ("share.coordinator.state.topic.replication.factor", Component::BROKER),
    ("socket.receive.buffer.bytes", Component::BROKER),
    ("socket.request.max.bytes", Component::BROKER),
    ("socket.send.buffer.bytes", Component::BROKER),
    ("ssl.client.auth", Component::BROKER),
    ("state.dir", Component::STREAMS),
    ("status.storage.replication.factor", Component::CONNECT_DISTRIBUTED),
    ("status.storage.topic", Component::CONNECT_DISTRIBUTED),
    ("super.users", Component::BROKER),
    ("tasks.max", Component::CONNECTOR_SOURCE),
    ("transaction.state.log.min.isr", Component::BROKER),
    ("transaction.state.log.replication.factor", Component::BROKER),
    ("transaction.timeout.ms", Component::PRODUCER),
    ("transactional.id", Component::PRODUCER),
    ("unclean.leader.election.enable", Component::BROKER),
    ("upgrade.from", Component::STREAMS),
    ("value.deserializer", Component::CONSUMER),
    ("value.serializer", Component::PRODUCER),
    ("zookeeper.connect", Component::BROKER),
    ("zookeeper.connection.timeout.ms", Component::BROKER),
    ("zookeeper.metadata.migration.enable", Component::BROKER),
    ("zookeeper.session.timeout.ms", Component::BROKER),
    ("zookeeper.set.acl", Component::BROKER),
    ("zookeeper.sync.time.ms", Component::BROKER),
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
    let known = settings.iter().filter(|setting| telling(&setting.key).is_some()).count();
    if known * 2 < settings.len()
        && let Some((kind, message)) = lookalikes::find(settings)
    {
        let problem = Problem { message, span: Span::default(), fatal: false };
        return (kind, None, Some(problem));
    }
    let component = vote(path, settings);
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

fn telling(key: &str) -> Option<Component> {
    let found = TELLING.binary_search_by(|(known, _)| (*known).cmp(key)).ok()?;
    TELLING.get(found).map(|(_, component)| *component)
}

fn vote(path: &str, settings: &[Setting]) -> Option<Component> {
    let mut scores = [0u32; CANDIDATES.len()];
    let mut add = |component: Component, points: u32| {
        let candidate = CANDIDATES.iter().position(|(candidate, _)| *candidate == component);
        if let Some(score) = candidate.and_then(|at| scores.get_mut(at)) {
            *score += points;
        }
    };
    let has = |key: &str| settings.iter().any(|setting| setting.key == key);
    let worker = has("key.converter") || has("value.converter");
    let distributed = ["config.storage.topic", "offset.storage.topic", "status.storage.topic", "group.id"];
    if worker {
        // Nothing but a worker has converters at its top level; a group makes it a distributed one.
        let file = has("offset.storage.file.filename");
        let group = !file && distributed.iter().any(|key| has(key));
        add(if group { Component::CONNECT_DISTRIBUTED } else { Component::CONNECT_STANDALONE }, 1000);
    }
    for setting in settings {
        let key = setting.key.as_str();
        match telling(key) {
            Some(Component::CONNECTOR_SOURCE) | None => {}
            Some(component) => add(component, if is_decisive(key) { 100 } else { 20 }),
        }
        if key.starts_with("listener.name.") || key.starts_with("controller.quorum.") {
            add(Component::BROKER, 20);
        }
    }
    let told = scores.iter().any(|score| *score > 0);
    if !told {
        owners(settings, &mut scores);
    }
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

/// Keys that a component cannot be without, or that no other would ever have.
fn is_decisive(key: &str) -> bool {
    matches!(
        key,
        "process.roles"
            | "node.id"
            | "broker.id"
            | "log.dirs"
            | "zookeeper.connect"
            | "controller.quorum.voters"
            | "controller.quorum.bootstrap.servers"
            | "application.id"
            | "key.serializer"
            | "value.serializer"
            | "key.deserializer"
            | "value.deserializer"
            | "group.id"
            | "config.storage.topic"
            | "offset.storage.topic"
            | "status.storage.topic"
            | "offset.storage.file.filename"
    )
}

/// Where no key decides: how many of the keys each component knows in some release.
fn owners(settings: &[Setting], scores: &mut [u32; CANDIDATES.len()]) {
    let client = |key: &str| {
        matches!(key, "bootstrap.servers" | "client.id" | "request.timeout.ms" | "default.api.timeout.ms")
            || ["security.", "sasl.", "ssl."].iter().any(|start| key.starts_with(start))
    };
    let knows = |component: Component, key: &str| match component {
        Component::PRODUCER => client(key) || key == "compression.type",
        Component::CONSUMER | Component::ADMIN => client(key),
        _ => false,
    };
    for ((component, _), score) in CANDIDATES.iter().zip(scores) {
        let known = settings.iter().filter(|setting| knows(*component, &setting.key)).count();
        *score += known as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telling_keys_are_sorted_and_each_is_listed_once() {
        assert!(TELLING.is_sorted_by(|(left, _), (right, _)| left < right));
    }
}
