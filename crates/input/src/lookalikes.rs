//! Files of other programs that end in `.properties`, and are pasted by mistake or with a whole folder.
//!
//! What is *not* here: reading them. Invariant: nothing that Kafka itself reads is taken for another's.

use crate::{Kind, Setting};

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
}

const LOOKALIKES: &[Lookalike] = &[
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
    },
    Lookalike {
        says: "This looks like Spring's application.properties, with nothing under `spring.kafka.`. Nothing in it \
               was checked.",
        kind: Kind::NotKafka,
        keys: &["server.port", "server.servlet.context-path"],
        starts: &["spring.", "management.endpoint", "logging.level."],
        least: 1,
    },
    Lookalike {
        says: "This looks like Quarkus' application.properties, with nothing under `kafka.` or `mp.messaging.`. \
               Nothing in it was checked.",
        kind: Kind::NotKafka,
        keys: &[],
        starts: &["quarkus.", "mp.messaging.", "%dev.", "%test.", "%prod."],
        least: 1,
    },
    Lookalike {
        says: "This looks like Gradle's properties, not a configuration of Kafka. Nothing in it was checked.",
        kind: Kind::NotKafka,
        keys: &["distributionBase", "distributionPath", "distributionUrl", "kotlin.code.style"],
        starts: &["org.gradle.", "systemProp.", "android."],
        least: 1,
    },
    Lookalike {
        says: "This looks like Schema Registry's configuration, not one of Kafka's own. Nothing in it was \
               checked.",
        kind: Kind::NotKafka,
        keys: &["schema.registry.group.id", "schema.compatibility.level"],
        starts: &["kafkastore."],
        least: 1,
    },
    Lookalike {
        says: "This looks like ksqlDB's server configuration, not one of Kafka's own. Nothing in it was checked.",
        kind: Kind::NotKafka,
        keys: &[],
        starts: &["ksql."],
        least: 1,
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
    },
    Lookalike {
        says: "This looks like a configuration of SonarQube, not of Kafka. Nothing in it was checked.",
        kind: Kind::NotKafka,
        keys: &[],
        starts: &["sonar."],
        least: 1,
    },
    Lookalike {
        says: "This looks like Maven's pom.properties, not a configuration of Kafka. Nothing in it was checked.",
        kind: Kind::NotKafka,
        keys: &["artifactId", "groupId"],
        starts: &[],
        least: 2,
    },
];

impl Lookalike {
    fn knows(&self, key: &str) -> bool {
        self.keys.contains(&key) || self.starts.iter().any(|start| key.starts_with(start))
    }
}

/// The program whose file this is, when most of the keys say so.
pub(crate) fn find(settings: &[Setting]) -> Option<(Kind, String)> {
    LOOKALIKES.iter().find_map(|lookalike| {
        let known = settings.iter().filter(|setting| lookalike.knows(&setting.key)).count();
        let enough = known >= lookalike.least && known * 3 >= settings.len();
        enough.then(|| (lookalike.kind, lookalike.says.to_owned()))
    })
}
