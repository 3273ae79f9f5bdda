//! What YAML says of a cluster besides its settings: that ZooKeeper runs beside it, in inventories and charts, and what
//! Amazon's tools and templates have of one.
//!
//! What is *not* here: resources of Kafka's operators ([`kubernetes`]), and images.

use kafka_upgrade_catalog::{Component, Mode};
use kafka_upgrade_document::Encoding;
use kafka_upgrade_syntax::properties;
use kafka_upgrade_syntax::tree::{Node, Scalar, Style};

use super::reader::{Named, Reader};
use super::{base64, kubernetes};
use crate::platform::mode_of_version;
use crate::{Dependency, Ecosystem, Observation, Setting, Span};

/// The version of Scala of the Kafka that a role installs.
pub(super) const SCALA_OF_ROLE: &str = "kafka_scala_version";

impl Reader<'_, '_> {
    /// Groups of hosts, as Confluent's playbooks name them: nodes of ZooKeeper or controllers beside brokers.
    pub(super) fn inventory(&mut self, node: &Node) {
        let group = |name: &str| {
            let found = node.entries().iter().find(|(key, _)| key.text == name);
            found.filter(|(_, group)| group.get("hosts").is_some()).map(|(key, _)| key.span)
        };
        match (group("zookeeper"), group("kafka_controller"), group("kafka_broker")) {
            (Some(span), _, Some(_)) => self.mode(Mode::Zookeeper, span),
            (None, Some(span), Some(_)) => self.mode(Mode::Kraft, span),
            _ => {}
        }
    }

    /// The switches of a chart that runs Kafka with a ZooKeeper beside it.
    pub(super) fn chart(&mut self, values: &Node) {
        let enabled = |name: &str| {
            let scalar = values.at(&[name, "enabled"])?.scalar()?;
            Some((scalar.text.as_str(), scalar.span))
        };
        // Confluent's old chart has a chart for each part; Bitnami's may use a ZooKeeper that is there already.
        if let (Some(("true", span)), Some(_)) = (enabled("cp-zookeeper"), values.get("cp-kafka")) {
            return self.mode(Mode::Zookeeper, span);
        }
        let elsewhere = values.at(&["externalZookeeper", "servers"]).filter(|one| !one.items().is_empty());
        if let (Some(_), Some(("false", span))) = (elsewhere, enabled("kraft")) {
            return self.mode(Mode::Zookeeper, span);
        }
        let image = values.at(&["image", "repository"]).and_then(Node::text).unwrap_or_default();
        let is_kafkas = values.get("kraft").is_some() || image.ends_with("/kafka");
        let Some(("true", span)) = enabled("zookeeper") else {
            // Controllers are what it runs in place of ZooKeeper.
            let controllers = values.at(&["controller", "replicaCount"]).and_then(Node::scalar);
            let controllers = controllers.filter(|one| one.text.parse::<u32>().is_ok_and(|count| count > 0));
            let is_off = enabled("kraft").is_some_and(|(value, _)| value != "true");
            if let Some(controllers) = controllers.filter(|_| image.ends_with("/kafka") && !is_off) {
                self.mode(Mode::Kraft, controllers.span);
            }
            return;
        };
        if is_kafkas && enabled("kraft").is_none_or(|(value, _)| value == "false") {
            self.mode(Mode::Zookeeper, span);
        }
    }

    /// What Amazon's tools and templates say of a cluster: its version, and its ZooKeeper.
    pub(super) fn cloud(&mut self, key: &Scalar, value: &Node) {
        if key.text == "ServerProperties" {
            self.server_properties(key, value);
        }
        // Koperator's resource has the addresses of ZooKeeper where it runs on one.
        if key.text == "zkAddresses" && self.says(Named::Koperator) && !value.items().is_empty() {
            self.mode(Mode::Zookeeper, key.span);
        }
        // Of the binder in Spring Cloud Stream, as charts and packages have it.
        if key.text == "binder"
            && let Some(host) = value.at(&["kafka", "zk", "host"]).and_then(Node::scalar)
            && !host.text.is_empty()
        {
            self.document.observe(Observation::AsksZookeeper("Spring Cloud Stream's binder"), host.span);
        }
        let Some(value) = value.scalar().filter(|value| !value.text.is_empty()) else { return };
        match key.text.as_str() {
            "kRaft" if value.text == "true" && self.says(Named::Koperator) => {
                self.mode(Mode::Kraft, key.span);
            }
            // Koperator's own image says Scala's version before Kafka's: 2.13-3.9.1.
            "clusterImage" if self.says(Named::Koperator) => {
                let tag = value.text.rsplit_once(':').map_or("", |(_, tag)| tag);
                let version = tag.rsplit('-').next().unwrap_or_default();
                let end = value.span.end;
                if version.starts_with(|one: char| one.is_ascii_digit())
                    && value.span.of(self.text).ends_with(version)
                {
                    self.document.dependencies.push(Dependency {
                        ecosystem: Ecosystem::Name,
                        artifact: "kafka".to_owned(),
                        version: version.to_owned(),
                        span: Span::new(end - version.len() as u32, end),
                    });
                }
            }
            "KafkaVersion" | "kafkaVersion" if key.text == "KafkaVersion" || self.says(Named::Msk) => {
                self.version_of_msk(value);
            }
            "ZookeeperConnectString" => self.mode(Mode::Zookeeper, value.span),
            // What cp-ansible installs on each machine.
            "confluent_package_version" if value.text.starts_with(|one: char| one.is_ascii_digit()) => {
                self.document.dependencies.push(Dependency {
                    ecosystem: Ecosystem::Name,
                    artifact: "confluent platform".to_owned(),
                    version: value.text.clone(),
                    span: value.span,
                });
            }
            _ => {}
        }
    }

    /// The version of a cluster of Amazon's.
    fn version_of_msk(&mut self, value: &Scalar) {
        if !value.text.starts_with(|one: char| one.is_ascii_digit()) {
            return;
        }
        self.document.dependencies.push(Dependency {
            ecosystem: Ecosystem::Name,
            artifact: "amazon msk".to_owned(),
            // MSK writes `3.7.x.kraft` and `3.6.0.tiered` for its own builds.
            version: value.text.replace(".kraft", "").replace(".tiered", "").replace(".x", ""),
            span: value.span,
        });
        if let Some(mode) = mode_of_version(&value.text) {
            self.mode(mode, value.span);
        }
    }

    /// Settings of MSK as a template joins them of lines, or as the tool prints them in base64.
    fn server_properties(&mut self, key: &Scalar, value: &Node) {
        let mut settings = Vec::new();
        match value {
            Node::Scalar(scalar) if scalar.style != Style::Block => {
                let lines = if scalar.text.contains('=')
                    && scalar.text.contains('.')
                    && !scalar.text.ends_with('=')
                {
                    Some(scalar.text.clone())
                } else {
                    base64::decode(&scalar.text)
                };
                let lines = lines.unwrap_or_default();
                settings.extend(properties::read(&lines, Encoding::Utf8).0.into_iter().map(|one| Setting {
                    span: scalar.span,
                    key_span: scalar.span,
                    value_span: scalar.span,
                    ..one
                }));
            }
            Node::Scalar(_) => {}
            tree => {
                let mut open = vec![tree];
                while let Some(node) = open.pop() {
                    settings.extend(node.scalar().and_then(kubernetes::line));
                    open.extend(node.items().iter().rev());
                    open.extend(node.entries().iter().rev().map(|(_, value)| value));
                }
            }
        }
        if !settings.is_empty() {
            self.part(Component::BROKER, key.span, settings, true);
        }
    }

    /// The Kafka that a role installs: its archive is named by the versions of Scala and of itself.
    pub(super) fn role(&mut self, root: &Node) {
        let version = root.get("kafka_version").and_then(Node::scalar);
        let is_number = |version: &&Scalar| version.text.starts_with(|one: char| one.is_ascii_digit());
        if let Some(version) = version.filter(is_number).filter(|_| root.get(SCALA_OF_ROLE).is_some()) {
            self.document.dependencies.push(Dependency {
                ecosystem: Ecosystem::Name,
                artifact: "kafka".to_owned(),
                version: version.text.clone(),
                span: version.span,
            });
        }
    }

    fn mode(&mut self, mode: Mode, span: Span) {
        self.document.observe(Observation::Mode(mode), span);
    }
}
