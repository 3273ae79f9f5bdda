//! Names of the parts of Kafka that own configuration keys.

use std::fmt;

/// A part of Kafka that owns configuration keys, by the name that command, report and page use.
///
/// Copied freely; two are equal when their names are. A controller is a [`Component::BROKER`] whose
/// `process.roles` says so. Transforms and predicates are `smt.CLASS` and `smt.predicates.CLASS`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Component(&'static str);

macro_rules! components {
    ($($constant:ident = $name:literal, $doc:literal;)*) => {
        impl Component {
            $(#[doc = $doc] pub const $constant: Self = Self($name);)*
            /// Every component with a fixed name, in the order in which menus list them.
            pub const ALL: &'static [Self] = &[$(Self::$constant),*];
        }
    };
}

components! {
    BROKER = "broker", "Broker or controller: `server.properties`.";
    TOPIC = "topic", "Topic-level configuration.";
    GROUP = "group", "Group-level configuration (4.0 and newer).";
    CLIENT_METRICS = "client-metrics", "Client metrics subscriptions (3.7 and newer).";
    PRODUCER = "producer", "Producer.";
    CONSUMER = "consumer", "Consumer.";
    ADMIN = "admin", "Admin client.";
    STREAMS = "streams", "Kafka Streams application.";
    CONNECT_DISTRIBUTED = "connect-distributed", "Connect worker, distributed.";
    CONNECT_STANDALONE = "connect-standalone", "Connect worker, standalone.";
    CONNECTOR_SOURCE = "connector-source", "Source connector: the keys that Connect itself reads.";
    CONNECTOR_SINK = "connector-sink", "Sink connector: the keys that Connect itself reads.";
    MM2 = "mm2", "MirrorMaker 2 as a whole: `mm2.properties`.";
    MM2_SOURCE = "mm2-source", "`MirrorSourceConnector`.";
    MM2_CHECKPOINT = "mm2-checkpoint", "`MirrorCheckpointConnector`.";
    MM2_HEARTBEAT = "mm2-heartbeat", "`MirrorHeartbeatConnector`.";
    MM2_CLIENT = "mm2-client", "`MirrorClient`.";
    JSON_CONVERTER = "json-converter", "`JsonConverter`.";
    REMOTE_LOG_METADATA = "remote-log-metadata", "Topic-based remote log metadata manager.";
}

impl Component {
    /// A component whose name comes from the catalog's own data.
    #[must_use]
    pub(crate) const fn named(name: &'static str) -> Self {
        Self(name)
    }

    /// The component of that name; `None` for a name that nothing in Kafka has.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        crate::configs::components().find(|component| component.0 == name)
    }

    /// The name that command, report and page use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Component {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
