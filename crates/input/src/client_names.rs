//! Which packages may be clients of Kafka, by their names alone, and the keys by which librdkafka is known.
//!
//! What is *not* here: packages that the catalog knows.

/// Keys of librdkafka that no Java client has.
pub(crate) const LIBRDKAFKA: &[&str] = &[
    "metadata.broker.list",
    "sasl.mechanisms",
    "sasl.username",
    "sasl.password",
    "ssl.ca.location",
    "ssl.certificate.location",
    "ssl.key.location",
    "api.version.request",
    "api.version.fallback.ms",
    "broker.version.fallback",
    "queued.min.messages",
    "queued.max.messages.kbytes",
    "queue.buffering.max.ms",
    "queue.buffering.max.messages",
    "enable.auto.offset.store",
    "socket.keepalive.enable",
    "statistics.interval.ms",
    "message.send.max.retries",
    "fetch.wait.max.ms",
    "sasl.kerberos.keytab",
    "sasl.kerberos.principal",
    "enable.ssl.certificate.verification",
    "broker.address.family",
    "topic.metadata.refresh.interval.ms",
    "topic.metadata.refresh.sparse",
    "topic.metadata.propagation.max.ms",
    "enable.partition.eof",
    "enable.gapless.guarantee",
    "queue.buffering.max.kbytes",
    "message.timeout.ms",
    "delivery.report.only.error",
    "fetch.error.backoff.ms",
    "sasl.oauthbearer.config",
    "sasl.oauthbearer.method",
    "ssl.ca.pem",
    "ssl.certificate.pem",
    "ssl.key.pem",
    "broker.address.ttl",
    "coordinator.query.interval.ms",
];

/// Whether a package that nobody here knows may be a client, or have one inside: by its name, unless that is one for
/// tests, types, or another program of the kind.
pub(crate) fn may_be_client(name: &str) -> bool {
    const OTHERS: &[&str] =
        &["testcontainers", "@types/", "types-", "avro", "schema", "serializer", "mock", "lint"];
    // Clients whose names do not say so.
    const CLIENTS: &[&str] = &["poseidon", "hermann", "sinek", "kaffe", "klife", "waterdrop", "quixstreams"];
    let name = name.to_ascii_lowercase();
    (["kafka", "goka"].iter().any(|sign| name.contains(sign)) || CLIENTS.contains(&name.as_str()))
        && !OTHERS.iter().any(|other| name.contains(other))
}
