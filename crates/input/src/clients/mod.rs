//! Configuration of clients that are no Java clients, and of programs that have one inside: which protocol version they are
//! set to.
//!
//! Sarama (in Go code, Beats, Telegraf, the OpenTelemetry Collector) speaks what its `Version` says, librdkafka what
//! `api.version.request` and `broker.version.fallback` say. Their keys are not Java's, so none is judged as such. What is
//! *not* here: which versions a release refuses.

mod connectors;
mod ksql;
mod protocol;
mod source;
mod spark;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::Slice as _;
use kafka_upgrade_document::{ClientVersion, EmbeddedFile, SourceText};
use kafka_upgrade_syntax::properties;
use kafka_upgrade_syntax::tree::{Node, Style, toml, yaml};

use crate::client_names::LIBRDKAFKA;
use crate::tokens;
use crate::{Dependency, Document, Ecosystem, Encoding, Format, Kind, Observation, Setting, Span, kind};

pub(crate) use self::ksql::FORMAT as KSQL;
pub(crate) use self::source::FORMAT as SOURCE;

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "client configuration",
    extensions: &[],
    names: &["telegraf.conf", "filebeat.yml", "fluent.conf", "td-agent.conf", "burrow.toml"],
    sniff,
    read,
};

/// What librdkafka speaks when it may not ask brokers and has no fallback.
const LIBRDKAFKA_DEFAULT: &str = "0.10.0";

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 64_000;

/// What a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Telegraf,
    Beats,
    Collector,
    Librdkafka,
    Fluentd,
    Burrow,
    Logstash,
    Flink,
}

fn sort(path: &str, text: &str) -> Option<Sort> {
    let beginning = text.slice(..text.floor_char_boundary(BEGINNING_BYTES));
    if !beginning.contains("kafka") && !beginning.contains("sarama") && !beginning.contains("broker") {
        return None;
    }
    let lines: Vec<&str> = beginning.lines().map(str::trim).collect();
    let has_line = |is_one: &dyn Fn(&str) -> bool| lines.iter().any(|line| is_one(line));
    if has_line(&|line| line.starts_with("[[inputs.kafka_consumer") || line.starts_with("[[outputs.kafka")) {
        return Some(Sort::Telegraf);
    }
    if has_line(&|line| {
        line.starts_with("@type kafka") || line.starts_with("type kafka") || line.starts_with("@type rdkafka")
    }) {
        return Some(Sort::Fluentd);
    }
    let has = |sign: &str| beginning.contains(sign);
    if has_line(&|line| line.starts_with("[client-profile.")) && has("class-name") {
        return Some(Sort::Burrow);
    }
    if has_line(&|line| line == "kafka {" || line == "kafka{") && has("=>") && (has("input") || has("output"))
    {
        return Some(Sort::Logstash);
    }
    let tight: String =
        if has("'connector'") { beginning.split_whitespace().collect() } else { String::new() };
    if tight.contains("'connector'='kafka'") || tight.contains("'connector'='upsert-kafka'") {
        return Some(Sort::Flink);
    }
    let is_yaml = |line: &str| line.starts_with("output.kafka:") || line.starts_with("output.kafka.");
    let of_beats = has_line(&is_yaml)
        || has_line(&|line| line == "output:")
            && has_line(&|line| line == "kafka:")
            && beginning.contains("beat.")
        || has_line(&|line| line == "filebeat.inputs:" || line == "filebeat:")
            && has_line(&|line| line == "- type: kafka" || line == "type: kafka");
    if of_beats {
        return Some(Sort::Beats);
    }
    let at_top = |name: &str| beginning.lines().any(|line| line.trim_end() == name);
    let of_collector = (at_top("exporters:") || at_top("receivers:")) && at_top("service:");
    if of_collector && has_line(&|line| line == "kafka:" || line.starts_with("kafka/")) {
        return Some(Sort::Collector);
    }
    let is_librdkafka = |line: &str| {
        let key = line.split(['=', ' ']).next().unwrap_or_default();
        line.contains('=') && LIBRDKAFKA.contains(&key)
    };
    // Java's properties may contain one of these by mistake; if Java's own keys are present too, the file is Java's.
    let is_java = has_line(&|line| {
        line.contains(".deserializer") || line.contains(".serializer") || line.contains(".jaas.config")
    });
    (!path.ends_with(".properties.sample") && !is_java && has_line(&is_librdkafka))
        .then_some(Sort::Librdkafka)
}

fn sniff(path: &str, text: &str) -> u8 {
    match sort(path, text) {
        // Low, so that any format with better evidence wins.
        Some(Sort::Librdkafka) => 25,
        Some(Sort::Collector | Sort::Beats) => 75,
        Some(_) => 92,
        None => 0,
    }
}

fn read(path: &str, text: &str, _: Option<Component>, encoding: Encoding) -> Document {
    let mut document = Document { kind: Kind::ApplicationConfig, ..Document::default() };
    match sort(path, text) {
        Some(Sort::Telegraf) => telegraf(text, &mut document),
        Some(Sort::Beats) => {
            let roots = yaml::read(text).roots;
            beats(&roots, &mut document);
            roots.iter().for_each(|root| beats_of_values(text, root, &mut document));
        }
        Some(Sort::Collector) => collector(&yaml::read(text).roots, &mut document),
        Some(Sort::Librdkafka) => librdkafka(text, encoding, &mut document),
        Some(Sort::Fluentd) => fluentd(text, &mut document),
        Some(Sort::Burrow) => burrow(text, &mut document),
        Some(Sort::Logstash) => logstash(text, &mut document),
        Some(Sort::Flink) => document.parts.extend(flink(text)),
        None => {}
    }
    document
}

/// Adds the protocol versions that a text of any format sets for clients.
pub(crate) fn find_protocol_versions(path: &str, text: &str, document: &mut Document) {
    protocol::find(path, text, document);
    of_operators(text, document);
    spark::find(text, document);
}

/// Reads the configuration of a client that is a file within another text; `None` where it is none.
pub(crate) fn within(file: &EmbeddedFile) -> Option<Document> {
    let (name, text) = (file.name.as_str(), file.text.text.as_str());
    sort(name, text).filter(|sort| *sort != Sort::Librdkafka)?;
    let mut document = read(name, text, None, Encoding::Utf8);
    document.relocate(&file.text);
    Some(document)
}

fn add(document: &mut Document, client: &str, version: &str, span: Span) {
    let version = version.trim().trim_start_matches(['v', 'V']);
    if version.starts_with(|one: char| one.is_ascii_digit()) {
        let client = ClientVersion { name: client.to_owned(), version: version.to_owned() };
        document.observe(Observation::ProtocolVersion(client), span);
    }
}

/// Telegraf's own default is the oldest version that it can speak.
fn telegraf(text: &str, document: &mut Document) {
    const DEFAULT: &str = "0.10.2.0";
    let tree = toml::read(text);
    for root in &tree.roots {
        for path in [["inputs", "kafka_consumer"], ["outputs", "kafka"]] {
            for plugin in root.at(&path).map(Node::items).unwrap_or_default() {
                match plugin.get("version").and_then(Node::scalar) {
                    Some(version) => add(document, "Telegraf", &version.text, version.span),
                    None => {
                        let first = plugin.entries().first().map(|(key, _)| key.span).unwrap_or_default();
                        add(document, "Telegraf (by default)", DEFAULT, first);
                    }
                }
            }
        }
    }
}

/// Configurations of Beats and of the Collector in resources of their operators.
fn of_operators(text: &str, document: &mut Document) {
    if !text.contains("OpenTelemetryCollector") && !text.contains("beat.k8s.elastic.co") {
        return;
    }
    for root in &yaml::read(text).roots {
        let is_one = matches!(root.get("kind").and_then(Node::text), Some("OpenTelemetryCollector" | "Beat"));
        if let Some(config) = root.at(&["spec", "config"]).filter(|_| is_one) {
            beats(std::slice::from_ref(config), document);
            collector(std::slice::from_ref(config), document);
        }
    }
}

fn beats(roots: &[Node], document: &mut Document) {
    for root in roots {
        let dotted = root.get("output.kafka.version").and_then(Node::scalar);
        let nested = root.get("output.kafka").or_else(|| root.at(&["output", "kafka"]));
        let version = dotted.or_else(|| nested?.get("version")?.scalar());
        if let Some(version) = version {
            add(document, "Beats (Sarama)", &version.text, version.span);
        }
        // Filebeat reads from Kafka as well.
        let inputs = root.get("filebeat.inputs").or_else(|| root.at(&["filebeat", "inputs"]));
        for input in inputs.map(Node::items).unwrap_or_default() {
            let is_kafka = input.get("type").and_then(Node::text) == Some("kafka");
            if let Some(version) = input.get("version").and_then(Node::scalar).filter(|_| is_kafka) {
                add(document, "Beats (Sarama)", &version.text, version.span);
            }
        }
    }
}

/// Configurations of Beats that are texts in values of their charts.
fn beats_of_values(text: &str, node: &Node, document: &mut Document) {
    match node {
        Node::Scalar(body) if body.style == Style::Block && body.text.contains("output.kafka") => {
            let mut inner = Document::default();
            beats(&yaml::read(&body.text).roots, &mut inner);
            inner.relocate(&SourceText::resolved(text, &body.text, body.span));
            document.observations.append(&mut inner.observations);
        }
        Node::Scalar(_) => {}
        tree => {
            tree.items().iter().for_each(|item| beats_of_values(text, item, document));
            tree.entries().iter().for_each(|(_, value)| beats_of_values(text, value, document));
        }
    }
}

fn collector(roots: &[Node], document: &mut Document) {
    for root in roots {
        let parts = ["exporters", "receivers"].into_iter().filter_map(|part| root.get(part));
        for (name, plugin) in parts.flat_map(Node::entries) {
            let is_kafka = name.text.split('/').next().is_some_and(|name| name.starts_with("kafka"));
            if let Some(version) = plugin.get("protocol_version").and_then(Node::scalar).filter(|_| is_kafka)
            {
                add(document, "OpenTelemetry Collector (protocol_version)", &version.text, version.span);
            }
        }
    }
}

/// Where it may not ask brokers what they serve, it speaks the version of its fallback.
fn librdkafka(text: &str, encoding: Encoding, document: &mut Document) {
    let (settings, _) = properties::read(text, encoding);
    let of = |key: &str| settings.iter().rfind(|one| one.key == key);
    let off = of("api.version.request").filter(|one| one.value.trim().eq_ignore_ascii_case("false"));
    if let Some(off) = off {
        let fallback = of("broker.version.fallback");
        let version = fallback.map_or(LIBRDKAFKA_DEFAULT, |one| one.value.as_str());
        let span = fallback.map_or(off.span, |one| one.span);
        add(document, "librdkafka (api.version.request=false)", version, span);
    }
}

/// Burrow asks ZooKeeper for nothing but its own lock since 1.0, and old consumers' offsets; its profile is Sarama's.
fn burrow(text: &str, document: &mut Document) {
    for root in &toml::read(text).roots {
        for (_, profile) in root.get("client-profile").map(Node::entries).unwrap_or_default() {
            if let Some(version) = profile.get("kafka-version").and_then(Node::scalar) {
                add(document, "Burrow (kafka-version)", &version.text, version.span);
            }
        }
        for (_, consumer) in root.get("consumer").map(Node::entries).unwrap_or_default() {
            let class = consumer.get("class-name").and_then(Node::scalar);
            if let Some(class) = class.filter(|class| class.text == "kafka_zk") {
                asks_zookeeper(document, "Burrow", class.span);
            }
        }
    }
}

fn asks_zookeeper(document: &mut Document, program: &'static str, span: Span) {
    document.observe(Observation::AsksZookeeper(program), span);
}

/// Logstash's input of before 5.0 found brokers in ZooKeeper.
fn logstash(text: &str, document: &mut Document) {
    for token in tokens::read(text, tokens::Comments::Hash) {
        if token.text == "zk_connect" {
            asks_zookeeper(document, "Logstash's Kafka input", token.span);
        }
    }
}

/// Options of a table of Flink's: `'properties.KEY' = 'VALUE'`.
fn flink(text: &str) -> Option<Document> {
    let tokens = tokens::read(text, tokens::Comments::Dashes);
    let mut settings = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let key = token.text.strip_prefix("properties.").filter(|_| token.kind == tokens::TokenKind::Text);
        let value = tokens.get(at + 2).filter(|value| value.kind == tokens::TokenKind::Text);
        let (Some(key), Some("="), Some(value)) = (key, tokens.get(at + 1).map(|one| one.text), value) else {
            continue;
        };
        let inner = |span: Span| Span::new(span.start + 1, span.end.saturating_sub(1).max(span.start + 1));
        let is_known = |component| kind::is_key_of(component, key);
        let clients = [Component::CONSUMER, Component::PRODUCER];
        settings.extend(clients.into_iter().find(|component| is_known(*component)).map(|component| {
            Setting {
                component: Some(component),
                key: key.to_owned(),
                prefix: "properties.".to_owned(),
                value: value.text.to_owned(),
                span: Span::new(token.span.start, value.span.end),
                key_span: inner(token.span),
                value_span: inner(value.span),
                effective: true,
            }
        }));
    }
    let place = settings.first()?.key_span;
    Some(Document {
        kind: Kind::ApplicationConfig,
        component: Some(Component::CONSUMER),
        settings,
        place: Some(place),
        is_partial: true,
        ..Document::default()
    })
}

/// `kafka` and its older outputs are those of ruby-kafka, `rdkafka2` that of rdkafka-ruby.
fn fluentd(text: &str, document: &mut Document) {
    let mut start = 0;
    for whole in text.split_inclusive('\n') {
        let line = whole.trim();
        let at = start + (whole.len() - whole.trim_start().len());
        start += whole.len();
        let Some(kind) = line.strip_prefix("@type ").or_else(|| line.strip_prefix("type ")).map(str::trim)
        else {
            continue;
        };
        let (ecosystem, artifact) = match kind {
            "kafka" | "kafka2" | "kafka_group" | "kafka_buffered" => (Ecosystem::Name, "fluentd-ruby-kafka"),
            "rdkafka" | "rdkafka2" | "rdkafka_group" => (Ecosystem::RubyGems, "rdkafka"),
            _ => continue,
        };
        let span = Span::new(at as u32, (at + line.len()) as u32);
        document.dependencies.push(Dependency {
            ecosystem,
            artifact: artifact.to_owned(),
            version: String::new(),
            span,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(path: &str, text: &str) -> Vec<String> {
        let document = crate::read(path, text, None);
        document
            .observations
            .iter()
            .filter(|one| matches!(one.what, Observation::ProtocolVersion(_)))
            .map(|one| one.what.value())
            .collect()
    }

    #[test]
    fn protocol_versions_are_read_in_each_format() {
        for (path, text, want) in [
            (
                "telegraf.conf",
                "[[outputs.kafka]]\n  brokers = [\"k:9092\"]\n  version = \"2.1.0\"\n",
                "Telegraf 2.1.0",
            ),
            (
                "telegraf.conf",
                "[[inputs.kafka_consumer]]\n  brokers = [\"k:9092\"]\n",
                "Telegraf (by default) 0.10.2.0",
            ),
            (
                "values.yaml",
                "daemonset:\n  config:\n    filebeat.yml: |\n      output.kafka:\n        hosts: [k]\n        version: 0.10.0.0\n",
                "Beats (Sarama) 0.10.0.0",
            ),
            (
                "c.yml",
                "contexts:\n  default:\n    brokers:\n      - k:9092\n    kafkaversion: 1.1.0\n",
                "kafkactl (kafkaVersion) 1.1.0",
            ),
            ("metricbeat.yml", "output.kafka:\n  hosts: [k]\n  version: 1.0.0\n", "Beats (Sarama) 1.0.0"),
            (
                "a.yaml",
                "receivers:\n  kafka/in:\n    protocol_version: 2.0.0\nservice:\n  x: y\n",
                "OpenTelemetry Collector (protocol_version) 2.0.0",
            ),
            (
                "c.conf",
                "metadata.broker.list=k\napi.version.request=false\n",
                "librdkafka (api.version.request=false) 0.10.0",
            ),
            (
                "filebeat.yml",
                "filebeat.inputs:\n  - type: log\n    version: 9\n  - type: kafka\n    version: 0.11.0.0\n",
                "Beats (Sarama) 0.11.0.0",
            ),
            (
                "c.yaml",
                "env:\n  - name: KAFKA_PRODUCER_PROTOCOL_VERSION\n    value: \"1.0.0\"\n",
                "Jaeger (Sarama) 1.0.0",
            ),
            ("c.env", "KAFKA_CONSUMER_PROTOCOL_VERSION=0.11.0\n", "Jaeger (Sarama) 0.11.0"),
            (
                "r.conf",
                "action(type=\"omkafka\" confParam=[\"api.version.request=false\", \"broker.version.fallback=0.9.0\"])\n",
                "librdkafka (api.version.request=false) 0.9.0",
            ),
            (
                "m.go",
                "package m\nimport \"github.com/Shopify/sarama\"\nvar v = sarama.V1_0_0_0\n",
                "Sarama (Version) 1.0.0.0",
            ),
        ] {
            assert_eq!(all(path, text), [want], "{path}");
        }
    }

    #[test]
    fn a_client_without_a_protocol_version_has_none() {
        assert!(all("c.conf", "metadata.broker.list=k\ngroup.id=a\n").is_empty());
        assert!(all("m.go", "package m\nimport \"github.com/IBM/sarama\"\n// v = sarama.V1_0_0_0\nfunc f(v sarama.Version) {}\n").is_empty());
        assert!(all("m.go", "package m\nfunc main() {}\n").is_empty());
        assert!(all("c.properties", "bootstrap.servers=k\nkey.deserializer=x\nsasl.username=a\n").is_empty());
    }
}
