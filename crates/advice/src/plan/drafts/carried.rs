//! What a controller decides with, and therefore takes over from the brokers' files.
//!
//! Found by reading what `ControllerServer`, `ControllerApis`, `ControllerConfigurationValidator`,
//! `ReplicationControlManager`, `ConfigurationControlManager` with `KafkaConfigSchema`, `QuorumController`,
//! `SharedServer`, `SocketServer` and `DelegationTokenManager` of 3.9 to 4.4 take from a controller's own configuration.
//! What is *not* here: listeners and how the nodes authenticate (`security`), and what each node has for itself (threads,
//! buffers, limits of connections).

use kafka_upgrade_catalog::{self as catalog, Component};

use super::sheet;
use crate::upgrade::CheckedFile;

/// Only the controllers act on these in KRaft mode; what a broker's file says has no effect any more.
const DECISIONS: &[&str] = &[
    "alter.config.policy.class.name",
    "auto.leader.rebalance.enable",
    "create.topic.policy.class.name",
    "default.replication.factor",
    "delete.topic.enable",
    "leader.imbalance.check.interval.seconds",
    "leader.imbalance.per.broker.percentage",
    "num.partitions",
    "remote.log.storage.system.enable",
    "unclean.leader.election.interval.ms",
];

/// Defaults of topics, `ServerTopicConfigSynonyms`. The controllers validate topic settings against their own values
/// (`retention.ms` against `local.retention.ms`, for one), use `unclean.leader.election.enable` and
/// `min.insync.replicas` in elections, and report these values as the settings of a new topic.
const TOPIC_DEFAULTS: &[&str] = &[
    "compression.gzip.level",
    "compression.lz4.level",
    "compression.type",
    "compression.zstd.level",
    "log.cleaner.delete.retention.ms",
    "log.cleaner.max.compaction.lag.ms",
    "log.cleaner.min.cleanable.ratio",
    "log.cleaner.min.compaction.lag.ms",
    "log.cleanup.policy",
    "log.flush.interval.messages",
    "log.flush.interval.ms",
    "log.flush.scheduler.interval.ms",
    "log.index.interval.bytes",
    "log.index.size.max.bytes",
    "log.local.retention.bytes",
    "log.local.retention.ms",
    "log.message.timestamp.after.max.ms",
    "log.message.timestamp.before.max.ms",
    "log.message.timestamp.difference.max.ms",
    "log.message.timestamp.type",
    "log.preallocate",
    "log.remote.copy.lag.bytes",
    "log.remote.copy.lag.ms",
    "log.retention.bytes",
    "log.retention.hours",
    "log.retention.minutes",
    "log.retention.ms",
    "log.roll.hours",
    "log.roll.jitter.hours",
    "log.roll.jitter.ms",
    "log.roll.ms",
    "log.segment.bytes",
    "log.segment.delete.delay.ms",
    "message.max.bytes",
    "min.insync.replicas",
    "unclean.leader.election.enable",
];

/// Permissions and quotas, the same on every node. A request that a broker forwards also has to fit the controllers'
/// size limit.
const ACCESS: &[&str] = &[
    "allow.everyone.if.no.acl.found",
    "authorizer.class.name",
    "client.quota.callback.class",
    "connections.max.reauth.ms",
    "principal.builder.class",
    "security.providers",
    "socket.request.max.bytes",
    "super.users",
];

/// Families of keys of the same kind.
const STARTS: &[&str] = &[
    "broker.heartbeat.",
    "broker.session.",
    "config.providers",
    "controller.performance.",
    "controller.quorum.append.",
    "controller.quorum.election.",
    "controller.quorum.fetch.",
    "controller.quorum.request.",
    "controller.quorum.retry.",
    "controller.quota.",
    "delegation.token.",
    "metadata.log.max.",
    "metadata.log.segment.",
    "metadata.max.",
    "quota.window.",
];

/// Keys that load a custom class. The class gets the whole file, and may read keys that Kafka does not define.
const CLASSES: &[&str] = &[
    "alter.config.policy.class.name",
    "authorizer.class.name",
    "client.quota.callback.class",
    "config.providers",
    "create.topic.policy.class.name",
    "principal.builder.class",
    "security.providers",
];

/// The settings of a broker's file that its controllers take over, in its order.
pub(super) fn decisions<'r>(read: &'r CheckedFile<'_>) -> Vec<(String, &'r str)> {
    let foreign = CLASSES.iter().any(|key| {
        read.broker_setting(key).is_some_and(|one| !one.value.trim().is_empty() && !is_of_kafka(&one.value))
    });
    settings(read, |key| {
        let listed = [DECISIONS, TOPIC_DEFAULTS, ACCESS].iter().any(|keys| keys.contains(&key));
        listed || STARTS.iter().any(|start| key.starts_with(start)) || (foreign && is_unknown(key))
    })
}

/// Settings of the file that count, in its order.
pub(super) fn settings<'r>(read: &'r CheckedFile<'_>, is: impl Fn(&str) -> bool) -> Vec<(String, &'r str)> {
    let settings = read.document.settings.iter().filter(|setting| setting.effective);
    let named = settings.map(|setting| (sheet::key_of(setting), setting.value.as_str()));
    named.filter(|(key, _)| is(key)).collect()
}

fn is_of_kafka(class: &str) -> bool {
    ["kafka.", "org.apache.kafka."].iter().any(|start| class.trim().starts_with(start))
}

/// Whether no release has the key: it then belongs to a class that is not part of Kafka.
fn is_unknown(key: &str) -> bool {
    catalog::history(Component::BROKER, key).next().is_none()
        && !["listener.name.", "zookeeper.", "ssl.", "sasl."].iter().any(|start| key.starts_with(start))
}
