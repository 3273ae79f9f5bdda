//! Variables of an image that it makes settings of, and those that it takes for itself.
//!
//! Each image has its rule: which beginning a variable has to have, and what its underscores become. Sources: the
//! start scripts of the images (apache/kafka: `KafkaDockerWrapper`; Confluent: `env_to_props`; Bitnami: `libkafka.sh`;
//! wurstmeister: `start-kafka.sh`; Debezium: `docker-entrypoint.sh`). What is *not* here: whether the key exists.

use kafka_upgrade_catalog::Component;

use crate::kind::is_key_of;

/// How an image makes settings of its variables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mapping {
    /// Whose settings they are; `None` where the image makes none.
    pub(super) component: Option<Component>,
    /// What a variable begins with.
    start: &'static str,
    /// What underscores stand for.
    underscores: Underscores,
    /// Settings that the variables do not give stand in a file inside of the image.
    pub(super) has_file: bool,
    /// Where `listeners` is not set, it listens at the ports that it advertises.
    pub(super) listens_as_advertised: bool,
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
    pub(super) const NONE: Self = Self {
        component: None,
        start: "KAFKA_",
        underscores: Underscores::Counted,
        has_file: true,
        listens_as_advertised: false,
        guessed: false,
    };
    pub(super) const APACHE: Self =
        Self { component: Some(Component::BROKER), has_file: false, ..Self::NONE };
    pub(super) const CONFLUENT: Self = Self { listens_as_advertised: true, ..Self::APACHE };
    pub(super) const CONFLUENT_CONNECT: Self =
        Self { component: Some(Component::CONNECT_DISTRIBUTED), start: "CONNECT_", ..Self::APACHE };
    pub(super) const DEBEZIUM: Self =
        Self { underscores: Underscores::Dots, has_file: true, ..Self::CONFLUENT_CONNECT };
    pub(super) const BITNAMI: Self =
        Self { start: "KAFKA_CFG_", underscores: Underscores::Protocols, has_file: true, ..Self::APACHE };
    pub(super) const WURSTMEISTER: Self =
        Self { underscores: Underscores::Dots, has_file: true, ..Self::APACHE };
    pub(super) const DEBEZIUM_KAFKA: Self =
        Self { underscores: Underscores::Dots, has_file: true, ..Self::APACHE };
    pub(super) const GUESSED: Self = Self { has_file: true, guessed: true, ..Self::APACHE };
    pub(super) const GUESSED_CONNECT: Self =
        Self { has_file: true, guessed: true, ..Self::CONFLUENT_CONNECT };

    /// Where the name of the image does not identify it: from a variable that nothing but a node or worker has.
    pub(super) fn of_variable(variable: &str) -> Option<Self> {
        match variable.strip_prefix("KAFKA_CFG_").or_else(|| variable.strip_prefix("KAFKA_")) {
            Some(
                "PROCESS_ROLES" | "ADVERTISED_LISTENERS" | "ZOOKEEPER_CONNECT" | "CONTROLLER_QUORUM_VOTERS",
            ) => Some(Self::GUESSED),
            _ if variable == "CONNECT_CONFIG_STORAGE_TOPIC" => Some(Self::GUESSED_CONNECT),
            _ => None,
        }
    }

    /// The key that a variable sets; `None` when it sets none.
    pub(super) fn key(&self, variable: &str) -> Option<String> {
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
        (!key.is_empty() && (!self.guessed || is_key_of(component, &key))).then_some(key)
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

/// Whether it is one that scripts and images take for themselves.
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

#[cfg(test)]
mod tests {
    use crate::containers::image::Image;

    fn key(image: &str, variable: &str) -> String {
        Image::new(image).mapping().key(variable).unwrap_or_default()
    }

    #[test]
    fn each_image_makes_its_own_of_underscores() {
        for (image, variable, want) in [
            ("apache/kafka", "KAFKA_LOG_RETENTION_HOURS", "log.retention.hours"),
            ("apache/kafka", "KAFKA_A__B___C", "a_b-c"),
            ("confluentinc/cp-kafka", "KAFKA_ZOOKEEPER_CONNECT", "zookeeper.connect"),
            ("confluentinc/cp-kafka-connect", "CONNECT_GROUP_ID", "group.id"),
            ("confluentinc/cp-kafka-connect", "KAFKA_GROUP_ID", ""),
            ("bitnami/kafka", "KAFKA_CFG_LISTENER_NAME_SASL_SSL_X", "listener.name.sasl_ssl.x"),
            ("bitnamilegacy/kafka", "KAFKA_LOG_DIRS", ""),
            ("wurstmeister/kafka", "KAFKA_ADVERTISED_HOST_NAME", "advertised.host.name"),
            ("debezium/connect", "CONFIG_STORAGE_TOPIC", "config.storage.topic"),
            (
                "debezium/connect",
                "CONNECT_CONNECTOR_CLIENT_CONFIG_OVERRIDE_POLICY",
                "connector.client.config.override.policy",
            ),
            ("corp/my-kafka", "KAFKA_CFG_LOG_DIRS", "log.dirs"),
            ("corp/my-kafka", "KAFKA_SOMETHING_ELSE", ""),
            ("postgres", "KAFKA_LOG_DIRS", ""),
            ("confluentinc/cp-schema-registry", "KAFKA_LOG_DIRS", ""),
        ] {
            assert_eq!(key(image, variable), want, "{image} {variable}");
        }
    }

    #[test]
    fn what_scripts_take_for_themselves_is_no_key() {
        for variable in [
            "KAFKA_HEAP_OPTS",
            "KAFKA_OPTS",
            "KAFKA_LOG4J_LOGGERS",
            "KAFKA_LOG4J_ROOT_LOGLEVEL",
            "KAFKA_JMX_PORT",
            "KAFKA_VERSION",
            "KAFKA_CREATE_TOPICS",
            "CLUSTER_ID",
            "KAFKA_TOOLS_LOG4J_LOGLEVEL",
            "KAFKA_",
            "KAFKA",
        ] {
            for image in ["apache/kafka", "confluentinc/cp-kafka", "wurstmeister/kafka"] {
                assert_eq!(key(image, variable), "", "{image} {variable}");
            }
        }
    }
}
