//! Variables of an image that it makes settings of, and those that it takes for itself.
//!
//! Each image has its rule: which beginning a variable has to have, and what its underscores become. Sources: the
//! start scripts of the images (apache/kafka: `KafkaDockerWrapper`; Confluent: `env_to_props`; Bitnami: `libkafka.sh`;
//! wurstmeister: `start-kafka.sh`; Debezium: `docker-entrypoint.sh`). What is *not* here: whether the key exists.

use kafka_upgrade_catalog::Component;

use crate::kind::is_key_of;

/// How an image makes settings of its variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mapping {
    /// Whose settings they are; `None` where the image makes none.
    pub(crate) component: Option<Component>,
    /// What a variable begins with.
    start: &'static str,
    /// What underscores stand for.
    underscores: Underscores,
    /// Settings that the variables do not give stand in a file inside of the image.
    pub(crate) has_file: bool,
    /// Where `listeners` is not set, it listens at the ports that it advertises.
    pub(crate) listens_as_advertised: bool,
    /// Only keys that some release knows are taken, since nobody knows what the image does.
    guessed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Underscores {
    /// One is a dot, two are one, three are a dash.
    Counted,
    /// Each is a dot, but for the names of protocols.
    Protocols,
    /// Each is a dot.
    Dots,
}

impl Mapping {
    pub(crate) const NONE: Self = Self {
        component: None,
        start: "KAFKA_",
        underscores: Underscores::Counted,
        has_file: true,
        listens_as_advertised: false,
        guessed: false,
    };
    pub(crate) const APACHE: Self =
        Self { component: Some(Component::BROKER), has_file: false, ..Self::NONE };
    pub(crate) const CONFLUENT: Self = Self { listens_as_advertised: true, ..Self::APACHE };
    pub(crate) const CONFLUENT_CONNECT: Self =
        Self { component: Some(Component::CONNECT_DISTRIBUTED), start: "CONNECT_", ..Self::APACHE };
    pub(crate) const DEBEZIUM: Self =
        Self { underscores: Underscores::Dots, has_file: true, ..Self::CONFLUENT_CONNECT };
    pub(crate) const BITNAMI: Self =
        Self { start: "KAFKA_CFG_", underscores: Underscores::Protocols, has_file: true, ..Self::APACHE };
    pub(crate) const WURSTMEISTER: Self =
        Self { underscores: Underscores::Dots, has_file: true, ..Self::APACHE };
    pub(crate) const DEBEZIUM_KAFKA: Self =
        Self { underscores: Underscores::Dots, has_file: true, ..Self::APACHE };
    pub(crate) const GUESSED: Self = Self { has_file: true, guessed: true, ..Self::APACHE };
    pub(crate) const GUESSED_CONNECT: Self =
        Self { has_file: true, guessed: true, ..Self::CONFLUENT_CONNECT };

    /// Derives it from a variable that only a node or worker has, if the image's name is not known.
    pub(crate) fn of_variable(variable: &str) -> Option<Self> {
        match variable.strip_prefix("KAFKA_CFG_").or_else(|| variable.strip_prefix("KAFKA_")) {
            Some(
                "PROCESS_ROLES" | "ADVERTISED_LISTENERS" | "ZOOKEEPER_CONNECT" | "CONTROLLER_QUORUM_VOTERS",
            ) => Some(Self::GUESSED),
            _ if variable == "CONNECT_CONFIG_STORAGE_TOPIC" => Some(Self::GUESSED_CONNECT),
            _ => None,
        }
    }

    /// The key that a variable sets; `None` when it sets none.
    pub(crate) fn key(&self, variable: &str) -> Option<String> {
        let component = self.component?;
        if is_own(variable) {
            return None;
        }
        let mut rest = variable.strip_prefix(self.start);
        if self.guessed && component == Component::BROKER {
            // Images that are built on Bitnami's keep its names.
            rest = variable.strip_prefix("KAFKA_CFG_").or(rest);
        }
        if *self == Self::DEBEZIUM && DEBEZIUM.contains(&variable)
            || *self == Self::DEBEZIUM_KAFKA && DEBEZIUM_KAFKA.contains(&variable)
        {
            rest = Some(variable);
        }
        let key = rest?.to_ascii_lowercase().replace('_', ".");
        let key = match self.underscores {
            Underscores::Counted => key.replace("...", "-").replace("..", "_"),
            Underscores::Protocols => {
                key.replace("sasl.ssl", "sasl_ssl").replace("sasl.plaintext", "sasl_plaintext")
            }
            Underscores::Dots => key,
        };
        // Workers hand keys with these beginnings to their clients.
        let is_clients = |key: &str| {
            let clients = [
                ("producer.", Component::PRODUCER),
                ("consumer.", Component::CONSUMER),
                ("admin.", Component::ADMIN),
            ];
            component == Component::CONNECT_DISTRIBUTED
                && clients
                    .iter()
                    .any(|(start, client)| key.strip_prefix(start).is_some_and(|key| is_key_of(*client, key)))
        };
        let is_known = || is_key_of(component, &key) || is_clients(&key);
        (!key.is_empty() && (!self.guessed || is_known())).then_some(key)
    }
}

/// Variables of Debezium's image that need no beginning.
const DEBEZIUM: &[&str] = &[
    "BOOTSTRAP_SERVERS",
    "CONFIG_STORAGE_TOPIC",
    "GROUP_ID",
    "KEY_CONVERTER",
    "OFFSET_FLUSH_INTERVAL_MS",
    "OFFSET_FLUSH_TIMEOUT_MS",
    "OFFSET_STORAGE_TOPIC",
    "STATUS_STORAGE_TOPIC",
    "VALUE_CONVERTER",
];

/// Likewise, of its image of a broker.
const DEBEZIUM_KAFKA: &[&str] =
    &["ADVERTISED_LISTENERS", "BROKER_ID", "LISTENERS", "NODE_ID", "ZOOKEEPER_CONNECT"];

/// Whether scripts or images use the variable themselves.
fn is_own(variable: &str) -> bool {
    const OWN: &[&str] = &[
        "CLUSTER_ID",
        "CLUSTERID",
        "CREATE_TOPICS",
        "DEBUG",
        "HEAP",
        "HOME",
        "JMX_HOSTNAME",
        "JMX_PORT",
        "LOG",
        "SSL_KEYSTORE_CREDENTIALS",
        "SSL_KEYSTORE_FILENAME",
        "SSL_KEY_CREDENTIALS",
        "SSL_TRUSTSTORE_CREDENTIALS",
        "SSL_TRUSTSTORE_FILENAME",
        "VERSION",
    ];
    let Some((_, rest)) = variable.split_once('_') else { return true };
    rest.ends_with("_OPTS")
        || rest == "OPTS"
        || rest.starts_with("LOG4J_")
        || rest.starts_with("TOOLS_LOG4J")
        || OWN.contains(&rest)
}
