//! Which property of a framework is which key of Kafka's.
//!
//! Sources: Spring Boot's `KafkaProperties`, Spring Cloud Stream's Kafka binders, SmallRye's Kafka connector as
//! Quarkus and other MicroProfile servers have it, Micronaut's `kafka`, Camel's `KafkaConfiguration`. What is *not* here: where properties stand.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_sorted::case::Case as _;

use crate::environment::is_known;

/// A key of Kafka's that a property sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mapped {
    /// Whose it is; `None` for a key that all clients of the application get.
    pub(super) component: Option<Component>,
    /// What distinguishes clients of one component: the name of a channel or binding. Empty for all.
    pub(super) client: String,
    pub(super) key: String,
    pub(super) unit: Unit,
}

/// How a framework writes a value that Kafka takes as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// As Kafka takes it.
    Plain,
    /// `5s`, `PT5S`, or milliseconds.
    Duration,
    /// `16KB`, or bytes.
    Size,
    /// With dashes for underscores.
    Word,
}

/// What may follow the prefix of a property's name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rest {
    /// A key of Kafka's, whatever it is.
    Key,
    /// A key of Kafka's, or something of the framework's own.
    Known,
    /// A name of the framework's own for a key.
    Typed,
    /// A name of Camel's for a key.
    Camel,
}

const CONSUMER: Option<Component> = Some(Component::CONSUMER);
const PRODUCER: Option<Component> = Some(Component::PRODUCER);
const ADMIN: Option<Component> = Some(Component::ADMIN);
const STREAMS: Option<Component> = Some(Component::STREAMS);

/// Beginnings of names; `*` is any one part. The first that fits counts.
const STARTS: &[(&str, Option<Component>, Rest)] = &[
    ("spring.kafka.properties", None, Rest::Key),
    ("spring.kafka.consumer.properties", CONSUMER, Rest::Key),
    ("spring.kafka.producer.properties", PRODUCER, Rest::Key),
    ("spring.kafka.admin.properties", ADMIN, Rest::Key),
    ("spring.kafka.streams.properties", STREAMS, Rest::Key),
    ("spring.kafka.consumer", CONSUMER, Rest::Typed),
    ("spring.kafka.producer", PRODUCER, Rest::Typed),
    ("spring.kafka.admin", ADMIN, Rest::Typed),
    ("spring.kafka.streams", STREAMS, Rest::Typed),
    ("spring.kafka", None, Rest::Typed),
    ("spring.cloud.stream.kafka.streams.binder.configuration", STREAMS, Rest::Key),
    ("spring.cloud.stream.kafka.streams.binder.functions.*.configuration", STREAMS, Rest::Key),
    ("spring.cloud.stream.kafka.streams.bindings.*.consumer.configuration", STREAMS, Rest::Key),
    ("spring.cloud.stream.kafka.streams.bindings.*.producer.configuration", STREAMS, Rest::Key),
    ("spring.cloud.stream.kafka.binder.configuration", None, Rest::Key),
    ("spring.cloud.stream.kafka.binder.consumerproperties", CONSUMER, Rest::Key),
    ("spring.cloud.stream.kafka.binder.producerproperties", PRODUCER, Rest::Key),
    ("spring.cloud.stream.kafka.bindings.*.consumer.configuration", CONSUMER, Rest::Key),
    ("spring.cloud.stream.kafka.bindings.*.producer.configuration", PRODUCER, Rest::Key),
    ("spring.cloud.stream.kafka.default.consumer.configuration", CONSUMER, Rest::Key),
    ("spring.cloud.stream.kafka.default.producer.configuration", PRODUCER, Rest::Key),
    ("mp.messaging.incoming.*", CONSUMER, Rest::Known),
    ("mp.messaging.outgoing.*", PRODUCER, Rest::Known),
    ("mp.messaging.connector.smallrye-kafka", None, Rest::Known),
    ("mp.messaging.connector.helidon-kafka", None, Rest::Known),
    ("mp.messaging.connector.liberty-kafka", None, Rest::Known),
    ("debezium.sink.kafka.producer", PRODUCER, Rest::Known),
    ("camel.component.kafka.additional-properties", None, Rest::Known),
    ("camel.component.kafka.configuration.additional-properties", None, Rest::Known),
    ("camel.component.kafka.configuration", None, Rest::Camel),
    ("camel.component.kafka", None, Rest::Camel),
    ("quarkus.kafka-streams", STREAMS, Rest::Typed),
    ("kafka-streams", STREAMS, Rest::Key),
    ("kafka.consumers.*", CONSUMER, Rest::Known),
    ("kafka.producers.*", PRODUCER, Rest::Known),
    ("kafka.streams.*", STREAMS, Rest::Known),
    ("kafka", None, Rest::Known),
];

/// Frameworks' own names, without dashes, with the keys that they set; those for every sort of client have no
/// component.
const TYPED: &[(&str, Option<Component>, &str, Unit)] = &[
    ("bootstrapservers", None, "bootstrap.servers", Unit::Plain),
    ("clientid", None, "client.id", Unit::Plain),
    ("security.protocol", None, "security.protocol", Unit::Plain),
    ("ssl.keypassword", None, "ssl.key.password", Unit::Plain),
    ("ssl.keystorelocation", None, "ssl.keystore.location", Unit::Plain),
    ("ssl.keystorepassword", None, "ssl.keystore.password", Unit::Plain),
    ("ssl.keystoretype", None, "ssl.keystore.type", Unit::Plain),
    ("ssl.truststorelocation", None, "ssl.truststore.location", Unit::Plain),
    ("ssl.truststorepassword", None, "ssl.truststore.password", Unit::Plain),
    ("ssl.truststoretype", None, "ssl.truststore.type", Unit::Plain),
    ("ssl.protocol", None, "ssl.protocol", Unit::Plain),
    ("autocommitinterval", CONSUMER, "auto.commit.interval.ms", Unit::Duration),
    ("autooffsetreset", CONSUMER, "auto.offset.reset", Unit::Plain),
    ("enableautocommit", CONSUMER, "enable.auto.commit", Unit::Plain),
    ("fetchmaxwait", CONSUMER, "fetch.max.wait.ms", Unit::Duration),
    ("fetchminsize", CONSUMER, "fetch.min.bytes", Unit::Size),
    ("groupid", CONSUMER, "group.id", Unit::Plain),
    ("heartbeatinterval", CONSUMER, "heartbeat.interval.ms", Unit::Duration),
    ("isolationlevel", CONSUMER, "isolation.level", Unit::Word),
    ("keydeserializer", CONSUMER, "key.deserializer", Unit::Plain),
    ("maxpollinterval", CONSUMER, "max.poll.interval.ms", Unit::Duration),
    ("maxpollrecords", CONSUMER, "max.poll.records", Unit::Plain),
    ("valuedeserializer", CONSUMER, "value.deserializer", Unit::Plain),
    ("acks", PRODUCER, "acks", Unit::Plain),
    ("batchsize", PRODUCER, "batch.size", Unit::Size),
    ("buffermemory", PRODUCER, "buffer.memory", Unit::Size),
    ("compressiontype", PRODUCER, "compression.type", Unit::Plain),
    ("keyserializer", PRODUCER, "key.serializer", Unit::Plain),
    ("retries", PRODUCER, "retries", Unit::Plain),
    ("valueserializer", PRODUCER, "value.serializer", Unit::Plain),
    ("applicationid", STREAMS, "application.id", Unit::Plain),
    ("applicationserver", STREAMS, "application.server", Unit::Plain),
    ("cachemaxsizebuffering", STREAMS, "cache.max.bytes.buffering", Unit::Size),
    ("replicationfactor", STREAMS, "replication.factor", Unit::Plain),
    ("statedir", STREAMS, "state.dir", Unit::Plain),
    ("statestorecachemaxsize", STREAMS, "statestore.cache.max.bytes", Unit::Size),
];

/// Names of Camel's that do not spell a key of Kafka's.
const CAMEL: &[(&str, Option<Component>, &str)] = &[
    ("brokers", None, "bootstrap.servers"),
    ("partitioner", PRODUCER, "partitioner.class"),
    ("partitionassignor", CONSUMER, "partition.assignment.strategy"),
    ("requestrequiredacks", PRODUCER, "acks"),
    ("compressioncodec", PRODUCER, "compression.type"),
    ("buffermemorysize", PRODUCER, "buffer.memory"),
    ("producerbatchsize", PRODUCER, "batch.size"),
    ("maxinflightrequest", PRODUCER, "max.in.flight.requests.per.connection"),
    ("consumerrequesttimeoutms", CONSUMER, "request.timeout.ms"),
    ("kerberosinitcmd", None, "sasl.kerberos.kinit.cmd"),
];

/// What a property sets, by its name: `spring.kafka.consumer.auto-offset-reset`.
pub(super) fn mapped(name: &str) -> Option<Mapped> {
    // A profile of Quarkus.
    let name = match name.strip_prefix('%') {
        Some(rest) => rest.split_once('.')?.1,
        None => name,
    };
    STARTS.iter().find_map(|(start, component, rest)| {
        let behind = behind(name, start)?;
        let (component, key, unit) = match rest {
            Rest::Typed => typed(behind, *component).map(|(key, unit)| (*component, key.to_owned(), unit))?,
            Rest::Key => (*component, behind.to_owned(), Unit::Plain),
            Rest::Known => {
                (*component, is_known(behind, *component).then(|| behind.to_owned())?, Unit::Plain)
            }
            Rest::Camel => of_camel(behind).map(|(component, key)| (component, key, Unit::Plain))?,
        };
        let client = if start.contains('*') { name.strip_suffix(behind).unwrap_or(name) } else { "" };
        Some(Mapped { component, client: client.to_owned(), key, unit })
    })
}

/// The key of a name of Camel's: one that it has for itself, or a key's own words, `session-timeout-ms`.
fn of_camel(name: &str) -> Option<(Option<Component>, String)> {
    let plain = canonical(name);
    if let Some((_, component, key)) = CAMEL.iter().find(|(known, ..)| *known == plain) {
        return Some((*component, (*key).to_owned()));
    }
    let mut key = String::with_capacity(name.len() + 4);
    for one in name.chars() {
        match one {
            '-' | '_' => key.push('.'),
            upper if upper.is_ascii_uppercase() => {
                key.push('.');
                key.push(upper.to_ascii_lowercase());
            }
            one => key.push(one),
        }
    }
    let owner = [CONSUMER, PRODUCER].into_iter().find(|one| is_known(&key, *one))?;
    let both = is_known(&key, CONSUMER) && is_known(&key, PRODUCER);
    Some((if both { None } else { owner }, key))
}

/// What is behind the beginning of a name; upper case, dashes and underscores make no difference.
fn behind<'n>(name: &'n str, start: &str) -> Option<&'n str> {
    let mut rest = name;
    for part in start.split('.') {
        let (one, behind) = rest.split_once('.')?;
        if part != "*" && canonical(one) != canonical(part) {
            return None;
        }
        rest = behind;
    }
    (!rest.is_empty()).then_some(rest)
}

fn typed(name: &str, component: Option<Component>) -> Option<(&'static str, Unit)> {
    let name = canonical(name);
    let found = TYPED.iter().find(|(known, of, ..)| *known == name && (of.is_none() || *of == component));
    found.map(|(.., key, unit)| (*key, *unit))
}

fn canonical(name: &str) -> String {
    name.chars().filter(|one| !matches!(one, '-' | '_')).map(kafka_upgrade_sorted::case::lower).collect()
}

impl Unit {
    /// The value as Kafka takes it; as written where it cannot be converted.
    pub(super) fn read(self, value: &str) -> String {
        let number = match self {
            Self::Plain => None,
            Self::Duration => milliseconds(value),
            Self::Size => bytes(value),
            Self::Word => return value.replace('-', "_").lower(),
        };
        number.map_or_else(|| value.to_owned(), |number| number.to_string())
    }
}

fn milliseconds(value: &str) -> Option<u64> {
    let value = value.trim();
    let plain =
        value.strip_prefix("PT").or_else(|| value.strip_prefix("pt")).unwrap_or(value).to_ascii_lowercase();
    let (number, unit) = number(&plain)?;
    let one = match unit {
        "" | "ms" => 1,
        "s" => 1000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    number.checked_mul(one)
}

fn bytes(value: &str) -> Option<u64> {
    let plain = value.trim().to_ascii_uppercase();
    let (number, unit) = number(&plain)?;
    let one = match unit {
        "" | "B" => 1,
        "KB" => 1 << 10,
        "MB" => 1 << 20,
        "GB" => 1 << 30,
        _ => return None,
    };
    number.checked_mul(one)
}

fn number(text: &str) -> Option<(u64, &str)> {
    let end = text.find(|one: char| !one.is_ascii_digit()).unwrap_or(text.len());
    let (digits, unit) = text.split_at_checked(end)?;
    Some((digits.parse().ok()?, unit))
}
