//! Where an application finds Kafka, under keys of its own: `kafka: brokers: [host:9092]`, `app.kafka.bootstrap.servers=…`,
//! `TB_KAFKA_SERVERS=kafka:9092`.
//!
//! Evidence is a key that names Kafka and a place, or one that names a place below a key that names Kafka, and a value
//! that is an address or is filled in. What is *not* here: what the application makes of it. Invariant: one pass over
//! the lines.

use kafka_upgrade_document::{Slice as _, template};

/// Words of keys for where Kafka is.
const PLACES: &[&str] = &[
    "bootstrap",
    "broker",
    "server",
    "seed",
    "host",
    "address",
    "endpoint",
    "zookeeper",
    "zkstr",
    "zkconnect",
    "zknodes",
    "zkurl",
    "connectionurl",
];

/// Keys of clients, as applications write them below or behind the word, without what their parts are joined by.
const OF_CLIENTS: &[&str] = &[
    "groupid",
    "consumergroup",
    "autooffsetreset",
    "enableautocommit",
    "securityprotocol",
    "saslmechanism",
    "saslmechanisms",
    "compressiontype",
    "maxpollrecords",
    "sessiontimeoutms",
    "requiredacks",
];

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 64_000;

/// A key that names Kafka, above others.
struct Above {
    indent: usize,
    /// Whether it ends with the next line that is no deeper, or with the next table of TOML.
    is_table: bool,
}

/// Whether a text says where an application finds Kafka.
pub(crate) fn has_one(text: &str) -> bool {
    let text = text.slice(..text.floor_char_boundary(BEGINNING_BYTES));
    let mut above: Option<Above> = None;
    // Whether the lines before named a place, whose addresses follow, or a variable, whose value follows.
    let mut is_awaited = false;
    for line in text.lines() {
        let body = line.trim_start();
        if body.is_empty() || ["#", "//", "--", ";", "*", "!"].iter().any(|sign| body.starts_with(sign)) {
            continue;
        }
        let indent = line.len() - body.len();
        let entry = body.trim_start_matches(['-', ' ', '{', ',']);
        if attributes(entry)
            .is_some_and(|(key, value)| names_kafka(key) && is_place(key) && is_address(value))
        {
            return true;
        }
        if is_awaited && is_address(entry) {
            return true;
        }
        let Some((key, value)) = pair(entry) else {
            // `[sinks.kafka]`, `kafka {`.
            let name = entry.trim_matches(['[', ']', '{', ' ', '"']);
            let is_table = body.starts_with('[') && body.ends_with(']');
            if names_kafka(name) && (is_table || body.ends_with('{')) && !name.contains(' ') {
                above = Some(Above { indent, is_table });
            } else if above.as_ref().is_some_and(|above| above.ends(indent, is_table, body)) {
                above = None;
            }
            continue;
        };
        if above.as_ref().is_some_and(|above| above.ends(indent, false, body)) {
            above = None;
        }
        let value = value.trim();
        if key == "name" || key == "Name" {
            let name = value.trim_matches(['"', '\'', ',', ' ']);
            is_awaited = names_kafka(name) && is_place(name);
            continue;
        }
        let of_kafka = names_kafka(key);
        // Hardly anybody else has the word.
        let plain = flat(key);
        let is_bootstrap = plain.ends_with("bootstrapservers") || plain.ends_with("bootstrapaddrs");
        let is_named =
            is_bootstrap || is_place(key) && (of_kafka || above.is_some()) || is_awaited && is_value(key);
        // A sample leaves the list empty.
        let is_sample = above.is_some()
            && matches!(&*plain, "brokers" | "brokerlist" | "bootstrapservers")
            && matches!(value, "[]" | "[ ]" | "\"\"" | "''");
        let of_client = !value.is_empty()
            && OF_CLIENTS.iter().any(|known| match plain.strip_suffix(known) {
                Some("") => above.is_some(),
                Some(before) => before.ends_with("kafka") || before.ends_with("kafkaconsumer"),
                None => false,
            });
        if of_client
            || is_named && (is_address(value) || of_kafka && is_host(key, value) || is_sample)
            || of_kafka && has_brokers_port(value)
        {
            return true;
        }
        let is_open = value.trim_matches(['[', '{', '|', '>', '-']).is_empty();
        is_awaited = is_named && is_open;
        if of_kafka && is_open && above.is_none() {
            above = Some(Above { indent, is_table: false });
        }
        // `type: kafka` says it of its neighbours.
        if matches!(key, "type" | "connector" | "inputs") && value.trim_matches(['"', '\'', ',']) == "kafka" {
            above = Some(Above { indent: indent.saturating_sub(1), is_table: false });
        }
    }
    false
}

impl Above {
    fn ends(&self, indent: usize, is_table: bool, body: &str) -> bool {
        if self.is_table { is_table } else { indent <= self.indent && !body.starts_with(['-', '[']) }
    }
}

/// A key with what stands behind it.
fn pair(entry: &str) -> Option<(&str, &str)> {
    let entry = entry.trim_start_matches(['"', '\'']);
    let entry = entry.strip_prefix("export ").unwrap_or(entry);
    let end = entry.find(|one: char| !one.is_ascii_alphanumeric() && !"._-".contains(one))?;
    let (key, behind) = entry.split_at_checked(end)?;
    let behind = behind.trim_start_matches(['"', '\'', ' ', '?', ']']);
    let value = behind.strip_prefix(['=', ':'])?;
    (!key.is_empty()).then_some((key, value))
}

/// `<env name="KAFKA_BROKERS" value="k:9092" />`, as programs that start others keep variables.
fn attributes(entry: &str) -> Option<(&str, &str)> {
    let of = |name: &str| entry.split_once(name)?.1.split('"').next();
    entry.strip_prefix('<')?;
    Some((of(" name=\"")?, of(" value=\"")?))
}

fn names_kafka(key: &str) -> bool {
    key.as_bytes().windows(5).any(|word| word.eq_ignore_ascii_case(b"kafka"))
}

fn is_place(key: &str) -> bool {
    let flat = flat(key);
    PLACES.iter().any(|word| flat.contains(word))
}

/// A key without what its parts are joined by.
fn flat(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).map(|one| one.to_ascii_lowercase()).collect()
}

/// A broker by its name alone, as `kafka.seed.broker.host=localhost` has it.
fn is_host(key: &str, value: &str) -> bool {
    let key = key.to_ascii_lowercase();
    let value = value.trim_matches(['"', '\'', ',', ' ']);
    ["broker", "bootstrap", "seed"].iter().any(|word| key.contains(word))
        && ["host", "address", "list", "servers"].iter().any(|word| key.contains(word))
        && value.starts_with(|one: char| one.is_ascii_lowercase())
        && !matches!(value, "true" | "false" | "null")
        && value.bytes().all(|one| one.is_ascii_alphanumeric() || b".-_,".contains(&one))
}

fn is_value(key: &str) -> bool {
    matches!(key, "value" | "Value" | "default")
}

/// `k.example:9092`, under a key that names Kafka and no place.
fn has_brokers_port(value: &str) -> bool {
    let value = value.trim_matches(['"', '\'', ',', ' ']);
    ["9092", "9093", "9094", "9096", "9098"]
        .iter()
        .any(|port| value.strip_suffix(port).is_some_and(|host| host.ends_with(':')))
        && is_address(value)
}

/// `host:9092`, `${BROKERS}`, a list that begins so; no address of the web.
fn is_address(value: &str) -> bool {
    let value = value.trim_matches(['"', '\'', ',', ' ', '[', ']', '=', '>', '-']);
    // Of a list the first.
    let value = value.split(',').next().unwrap_or_default().trim_end_matches(['"', '\'', ' ']);
    let has_port = || {
        value.match_indices(':').any(|(at, _)| {
            let digits = value.slice(at + 1..).bytes().take_while(u8::is_ascii_digit).count();
            let before = value.slice(..at).bytes().next_back();
            (4..=5).contains(&digits)
                && before.is_some_and(|one| one.is_ascii_alphanumeric() || b"}]>".contains(&one))
        })
    };
    let is_filled_in =
        || value.starts_with(['<', '$', '{', '%', '@', '#']) && template::has_placeholder(value);
    !value.starts_with("http")
        && (is_filled_in()
            || !value.contains([' ', '\t']) && (has_port() || template::has_placeholder(value)))
}

#[cfg(test)]
mod tests {
    use crate::{Kind, read};

    #[test]
    fn an_application_that_is_told_where_kafka_is_is_one() {
        for (path, text) in [
            ("a.properties", "app.kafka.bootstrap.servers=${HOST:localhost}:9092\napp.x=1\n"),
            ("config.yml", "Kafka:\n  Brokers: [\"a.example:9091\", \"b.example:9092\"]\n"),
            ("kafka-hdfs.pull", "job.name=A\nkafka.brokers=kafka:9092,other:9092\n"),
            ("clusters.properties", "kafka.cluster.zkStr.one=localhost:2181/one\n"),
            ("config.yaml", "kafka:\n  brokers:\n    - \"b-0.example:9092\"\n  sasl:\n    enabled: false\n"),
            (
                "dev.yaml",
                "kafka:\n  tls: false\n  clusters:\n    test:\n      brokers:\n        - 127.0.0.1:9092\n",
            ),
            (
                "sink.yaml",
                "sinks:\n  out:\n    type: kafka\n    inputs: [a]\n    bootstrap_servers: 10.14.22.123:9092\n",
            ),
            ("sink.toml", "[sinks.kafka]\ntopic = \"a\"\nbootstrap_servers = \"10.1.1.1:9092\"\n"),
            ("c.json", "{\n  \"kafka_bootstrap_servers\": \"localhost:9092\"\n}\n"),
            (
                "task.json",
                "[{\"environment\": [\n  {\n    \"name\": \"APP_KAFKA_BOOTSTRAP_SERVERS\",\n    \"value\": \"${brokers}\"\n  }\n]}]\n",
            ),
            (
                "appsettings.json",
                "{\n  \"Kafka\": {\n    \"ProducerSettings\": {\n      \"BootstrapServers\": \"localhost:9092\"\n    }\n  }\n}\n",
            ),
            ("b.conf", "kafka.broker.list=\"{{ ingestion_brokers }}\"\n"),
            (
                "application.properties",
                "spring.main.banner-mode=off\napp.kafka.bootstrap.servers=${HOST:localhost}:9092\n",
            ),
            (
                "proxy.yaml",
                "# Kafka\nvirtualClusters:\n  - name: a\n    targetCluster:\n      bootstrapServers: broker-1:9092\n",
            ),
            ("secor.yml", "kafka.seed.broker.host: localhost\nkafka.seed.broker.port: 9092\n"),
            (
                "job.properties",
                "systems.in.samza.factory=a.kafka.Factory\nsystems.in.producer.bootstrap.servers=localhost:9092\n",
            ),
            ("cluster.yaml", "# Kafka\nspec:\n  bootstrapAddrs:\n  - \"b-1.example:9098\"\n"),
            ("run.yaml", "stream:\n  kafka_socket: \"alerts.example:9092\"\n"),
            ("pipeline.yaml", "source:\n  kafka:\n    topics:\n      - name: a\n        group_id: b\n"),
            ("a.toml", "[kafka]\nauto-offset-reset = \"earliest\"\n"),
            ("b.env", "APP_KAFKA_SECURITY_PROTOCOL=SASL_SSL\n"),
            ("reference.yaml", "kafka:\n  brokers: [ ]\n  clientId: a\n"),
            ("a.env", "TB_KAFKA_SERVERS=kafka:9092\n"),
            ("b.env", "# librdkafka\nconsumerConf__BootstrapServers=k1:9092,k2:9092\n"),
            (
                ".idea/runConfigurations/core.xml",
                "<component>\n  <env name=\"APP_KAFKA_BROKERS\" value=\"localhost:9092\" />\n</component>\n",
            ),
            ("a.conf", "kafka {\n  hosts = [\"kafka:9092\"]\n}\n"),
        ] {
            assert_eq!(read(path, text, None).kind, Kind::ApplicationConfig, "{path}: {text}");
        }
    }

    #[test]
    fn a_key_or_a_word_alone_is_none() {
        for (path, text) in [
            ("a.properties", "kafka.enabled=true\nkafka.topic=a\nserver.port=8080\n"),
            ("a.yaml", "kafka:\n  enabled: true\nredis:\n  server: redis:6379\n"),
            ("a.yaml", "# kafka.brokers: a:9092\nkafka: true\n"),
            ("a.yaml", "kafka:\n  brokers: 3\n"),
            ("a.xml", "<component>\n  <env name=\"KAFKA_TOPIC\" value=\"localhost:9092\" />\n</component>\n"),
            ("a.yaml", "kafka:\n  topic: a\nredis:\n  group_id: b\n"),
            ("a.yaml", "kafka_note: see http://a:9092\nkafka_ui: ui:8080\nbrokers: []\n"),
            ("a.yaml", "kafka_broker_list: false\nkafka_broker_class: a.b\n"),
            ("a.yaml", "kafka_ui_server: http://ui:8080\n"),
            ("a.yaml", "topic: kafka-server:9092 and more words\n"),
            ("a.yaml", "type: kafka\nname: sink\nredis:\n  server: redis:6379\n"),
        ] {
            assert_ne!(read(path, text, None).kind, Kind::ApplicationConfig, "{path}: {text}");
        }
    }
}
