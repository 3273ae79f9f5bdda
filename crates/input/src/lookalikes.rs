//! Files of other programs that end in `.properties`, and are pasted by mistake, with a whole folder, or because they
//! stand beside Kafka: registries, proxies, consoles, monitors.
//!
//! Of a program beside Kafka its ZooKeeper is kept, as 4.0 takes that away from it. What is *not* here: what it
//! passes on to its clients ([`crate::passed_on`]). Invariant: nothing that Kafka itself reads is taken for another's.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::paths;

use crate::{Kind, Observation, Observed, Setting};

struct Lookalike {
    /// What the message calls the file.
    says: &'static str,
    kind: Kind,
    /// Whole keys that the program has and Kafka has not.
    keys: &'static [&'static str],
    /// Beginnings of keys, likewise.
    starts: &'static [&'static str],
    /// How many of its keys have to be there.
    least: usize,
    /// Keys, or beginnings that end in a dot, of which one is enough: nothing else has them.
    decides: &'static [&'static str],
    /// Of a program that works with Kafka: its name, and the keys with which it asks Kafka's ZooKeeper.
    zookeeper: Option<(&'static str, &'static [&'static str])>,
    /// Beginnings of its keys behind which stand those of Kafka's clients in it, and whose, where it is one client's.
    passes: Passes,
}

/// Beginnings of keys, and the client that gets what is behind them.
pub(crate) type Passes = &'static [(&'static str, Option<Component>)];

/// What a file of another program is.
pub(crate) struct Found {
    pub(crate) kind: Kind,
    /// What the message calls the file.
    pub(crate) message: String,
    /// Where it asks Kafka's ZooKeeper.
    pub(crate) observations: Vec<Observed>,
    /// What it passes on to Kafka's clients.
    pub(crate) passes: Passes,
    /// Whether the program works with Kafka, so that its file says where brokers are.
    pub(crate) is_beside: bool,
}

const NONE: Lookalike = Lookalike {
    says: "",
    kind: Kind::NotKafka,
    keys: &[],
    starts: &[],
    least: 1,
    decides: &[],
    zookeeper: None,
    passes: &[],
};

const LOOKALIKES: &[Lookalike] = &[
    Lookalike {
        says: "This is `meta.properties`, which Kafka itself writes into each log directory. It says which node and \
               cluster the directory belongs to and is never edited, so nothing in it was checked.",
        keys: &["version", "broker.id", "node.id", "cluster.id", "directory.id"],
        least: 2,
        decides: &[],
        ..NONE
    },
    Lookalike {
        says: "This looks like Minecraft's server.properties, not Kafka's. Nothing in it was checked.",
        kind: Kind::NotKafka,
        keys: &[
            "allow-flight",
            "allow-nether",
            "difficulty",
            "enable-command-block",
            "enable-rcon",
            "gamemode",
            "generate-structures",
            "level-name",
            "level-seed",
            "level-type",
            "max-players",
            "max-world-size",
            "motd",
            "online-mode",
            "pvp",
            "rcon.password",
            "resource-pack",
            "server-ip",
            "server-port",
            "simulation-distance",
            "spawn-protection",
            "view-distance",
            "white-list",
        ],
        starts: &[],
        least: 2,
        ..NONE
    },
    Lookalike {
        says: "This is ZooKeeper's own configuration (`clientPort`, `dataDir`), which Kafka does not read. \
               Kafka 4.0 and newer run without ZooKeeper; the broker's file says whether this cluster still \
               uses it.",
        kind: Kind::NotKafka,
        keys: &[
            "clientPort",
            "dataDir",
            "dataLogDir",
            "initLimit",
            "maxClientCnxns",
            "secureClientPort",
            "syncLimit",
            "tickTime",
        ],
        starts: &["autopurge."],
        least: 2,
        ..NONE
    },
    Lookalike {
        says: "This looks like Spring's application.properties, with nothing under `spring.kafka.`. Nothing in it \
               was checked.",
        kind: Kind::NotKafka,
        keys: &["server.port", "server.servlet.context-path"],
        starts: &["spring.", "management.endpoint", "logging.level."],
        least: 1,
        ..NONE
    },
    Lookalike {
        says: "This looks like Quarkus' application.properties, with nothing under `kafka.` or `mp.messaging.`. \
               Nothing in it was checked.",
        kind: Kind::NotKafka,
        keys: &[],
        starts: &["quarkus.", "mp.messaging.", "%dev.", "%test.", "%prod."],
        least: 1,
        ..NONE
    },
    Lookalike {
        says: "This looks like Gradle's properties, not a configuration of Kafka. Nothing in it was checked.",
        kind: Kind::NotKafka,
        keys: &["distributionBase", "distributionPath", "distributionUrl", "kotlin.code.style"],
        starts: &["org.gradle.", "systemProp.", "android."],
        least: 1,
        ..NONE
    },
    Lookalike {
        says: "This looks like Schema Registry's configuration, not one of Kafka's own. Nothing in it was \
               checked.",
        kind: Kind::NotKafka,
        keys: &["schema.registry.group.id", "schema.compatibility.level"],
        starts: &["kafkastore."],
        least: 1,
        decides: &[
            "kafkastore.bootstrap.servers",
            "kafkastore.connection.url",
            "kafkastore.topic",
            "kafkastore.",
        ],
        zookeeper: Some(("Schema Registry", &["kafkastore.connection.url"])),
        passes: &[("kafkastore.", None)],
    },
    Lookalike {
        says: "This looks like ksqlDB's server configuration, not one of Kafka's own. Nothing in it was checked.",
        kind: Kind::NotKafka,
        keys: &[],
        starts: &["ksql."],
        least: 1,
        decides: &["ksql."],
        passes: &[("ksql.streams.", Some(Component::STREAMS))],
        ..NONE
    },
    Lookalike {
        says: "This looks like Cruise Control's configuration, not one of Kafka's own. Nothing in it was checked.",
        kind: Kind::NotKafka,
        keys: &[
            "capacity.config.file",
            "cluster.configs.file",
            "sample.store.class",
            "default.goals",
            "hard.goals",
        ],
        starts: &["webserver."],
        least: 2,
        decides: &[
            "capacity.config.file",
            "failed.brokers.zk.path",
            "metric.sampler.class",
            "topic.config.provider.class",
            "webserver.http.port",
            "sample.store.class",
            "partition.metric.sample.store.topic",
        ],
        zookeeper: Some(("Cruise Control", &["zookeeper.connect"])),
        ..NONE
    },
    Lookalike {
        says: "This looks like Control Center's configuration, not one of Kafka's own. Nothing in it was checked but \
               its ZooKeeper.",
        starts: &["confluent.controlcenter."],
        decides: &["confluent.controlcenter."],
        zookeeper: Some(("Control Center", &["zookeeper.connect"])),
        passes: &[("confluent.controlcenter.streams.", Some(Component::STREAMS))],
        ..NONE
    },
    Lookalike {
        says: "This looks like the configuration of Confluent's REST Proxy, not one of Kafka's own. Nothing in it was \
               checked but its ZooKeeper.",
        keys: &[
            "id",
            "schema.registry.url",
            "consumer.request.timeout.ms",
            "consumer.instance.timeout.ms",
            "host.name",
        ],
        starts: &["kafka.rest.", "client."],
        least: 2,
        decides: &["kafka.rest.", "consumer.instance.timeout.ms", "simpleconsumer.pool.size.max"],
        zookeeper: Some(("REST Proxy", &["zookeeper.connect"])),
        passes: &[
            ("client.", None),
            ("producer.", Some(Component::PRODUCER)),
            ("consumer.", Some(Component::CONSUMER)),
            ("admin.", Some(Component::ADMIN)),
        ],
        ..NONE
    },
    Lookalike {
        says: "This looks like the configuration of Kafka Manager (CMAK), not one of Kafka's own. Nothing in it was \
               checked but its ZooKeeper.",
        starts: &["kafka-manager.", "cmak.", "pinned-dispatcher."],
        decides: &["kafka-manager.", "cmak."],
        zookeeper: Some(("CMAK", &["kafka-manager.zkhosts", "cmak.zkhosts"])),
        ..NONE
    },
    Lookalike {
        says: "This looks like the configuration of Debezium's connector for Cassandra, which runs by itself. Nothing in \
               it was checked.",
        decides: &[
            "cassandra.config",
            "commit.log.relocation.dir",
            "commit.log.real.time.processing.enabled",
        ],
        ..NONE
    },
    Lookalike {
        says: "This looks like a configuration of SonarQube, not of Kafka. Nothing in it was checked.",
        kind: Kind::NotKafka,
        keys: &[],
        starts: &["sonar."],
        least: 1,
        ..NONE
    },
    Lookalike {
        says: "This looks like Maven's pom.properties, not a configuration of Kafka. Nothing in it was checked.",
        kind: Kind::NotKafka,
        keys: &["artifactId", "groupId"],
        starts: &[],
        least: 2,
        ..NONE
    },
];

impl Lookalike {
    fn knows(&self, key: &str) -> bool {
        self.keys.contains(&key) || self.starts.iter().any(|start| key.starts_with(start))
    }

    fn is_decided_by(&self, key: &str) -> bool {
        self.decides.iter().any(|sign| key == *sign || sign.ends_with('.') && key.starts_with(sign))
    }

    fn has_enough(&self, settings: &[Setting]) -> bool {
        let known = settings.iter().filter(|setting| self.knows(&setting.key)).count();
        known >= self.least && known * 3 >= settings.len()
    }

    fn found(&self, settings: &[Setting]) -> Found {
        let mut observations = Vec::new();
        if let Some((program, keys)) = self.zookeeper {
            let asking = settings.iter().filter(|one| keys.contains(&one.key.as_str()));
            observations.extend(
                asking
                    .filter(|one| !one.value.trim().is_empty())
                    .map(|one| Observed { what: Observation::AsksZookeeper(program), span: one.span }),
            );
        }
        let is_address =
            |one: &Setting| one.key == "bootstrap.servers" || one.key.ends_with(".bootstrap.servers");
        let asks = !observations.is_empty();
        let is_beside = !self.passes.is_empty() || self.zookeeper.is_some();
        Found {
            kind: self.kind,
            message: self.says.to_owned(),
            observations,
            passes: self.passes,
            is_beside: is_beside && (asks || settings.iter().any(is_address)),
        }
    }
}

/// Whether a key is one of another program's, whichever.
pub(crate) fn is_known(key: &str) -> bool {
    LOOKALIKES.iter().skip(1).any(|one| one.knows(key) || one.is_decided_by(key))
}

/// The program whose file this is by its name, where its keys alone may be a Connect worker's: ksqlDB serves HTTP too.
pub(crate) fn named(path: &str, settings: &[Setting]) -> Option<Found> {
    let has = |key: &str| settings.iter().any(|one| one.key == key);
    let is_named = paths::file_name(path).starts_with("ksql");
    let is_one = is_named && has("bootstrap.servers") && !has("config.storage.topic") && !has("group.id");
    let known = LOOKALIKES.iter().find(|one| one.decides.contains(&"ksql.")).filter(|_| is_one);
    known.map(|lookalike| lookalike.found(settings))
}

/// The program whose file this is beyond doubt, whatever else it sets: a key that no other program has decides.
pub(crate) fn decided(settings: &[Setting]) -> Option<Found> {
    let is_decided = |one: &&Lookalike| settings.iter().any(|setting| one.is_decided_by(&setting.key));
    if let Some(lookalike) = LOOKALIKES.iter().find(is_decided) {
        return Some(lookalike.found(settings));
    }
    // A file that Kafka writes itself has few keys, and all of them are its own.
    let meta = LOOKALIKES.first().filter(|meta| {
        settings.len() >= meta.least
            && settings.iter().all(|setting| meta.keys.contains(&setting.key.as_str()))
            && settings.iter().any(|setting| setting.key == "version")
    });
    // A REST Proxy's listeners are addresses of HTTP.
    let is = |key: &str, sign: &str| {
        settings.iter().any(|one| one.key == key && one.value.trim_start().starts_with(sign))
    };
    let serves_http = is("listeners", "http") && settings.iter().any(|one| one.key == "schema.registry.url");
    let proxy = LOOKALIKES.iter().filter(|_| serves_http).find(|one| one.decides.contains(&"kafka.rest."));
    meta.or(proxy).map(|lookalike| lookalike.found(settings))
}

/// The program whose file this is, when most of the keys say so.
pub(crate) fn find(settings: &[Setting]) -> Option<Found> {
    LOOKALIKES.iter().skip(1).find(|one| one.has_enough(settings)).map(|lookalike| lookalike.found(settings))
}
