//! Resources of the operators that run Kafka: Strimzi's, and Confluent's for Kubernetes.
//!
//! The operators add settings of their own, so what stands here is a part of each configuration. Images and commands
//! in them are read like those of any other resource, by `walk`.

use kafka_upgrade_catalog::{Component, Mode};
use kafka_upgrade_document::{Embedded, SourceText};

use super::image::Image;
use super::reader::Reader;
use crate::loggers::logger;
use crate::part::setting;
use crate::{Dependency, Ecosystem, Observation, Setting, Span, Usage, UsageKind, kind};
use kafka_upgrade_syntax::tree::{Node, Scalar};

/// Reads a resource; anything else is left alone, and `false`.
pub(super) fn read(node: &Node, reader: &mut Reader<'_, '_>) -> bool {
    let (Some(api), Some(kind)) =
        (node.get("apiVersion").and_then(Node::text), node.get("kind").and_then(Node::text))
    else {
        return false;
    };
    let Some(spec) = node.get("spec") else { return false };
    let resource = Resource { node, spec };
    if api.starts_with("kafka.strimzi.io/") || api.starts_with("core.strimzi.io/") {
        resource.strimzi(kind, reader);
    } else if api.starts_with("platform.confluent.io/") {
        resource.confluent(kind, reader);
    } else {
        return false;
    }
    true
}

struct Resource<'n> {
    node: &'n Node,
    spec: &'n Node,
}

impl Resource<'_> {
    fn strimzi(&self, kind: &str, reader: &mut Reader<'_, '_>) {
        use Component as Of;
        self.java_properties(reader);
        self.loggers(reader);
        self.named_loggers(reader);
        match kind {
            "Kafka" => {
                self.version(&["kafka", "version"], "kafka", reader);
                if let Some(level) = self.spec.at(&["kafka", "metadataVersion"]).and_then(Node::scalar) {
                    let (feature, level_text) = ("metadata.version".to_owned(), level.text.clone());
                    reader.document.observe(Observation::Level { feature, level: level_text }, level.span);
                }
                self.strimzi_mode(reader);
                self.config(self.spec.at(&["kafka", "config"]), Of::BROKER, reader);
            }
            "KafkaConnect" | "KafkaConnectS2I" => {
                self.version(&["version"], "kafka connect", reader);
                self.config(self.spec.get("config"), Of::CONNECT_DISTRIBUTED, reader);
                self.plugins(reader);
            }
            "KafkaConnector" => self.connector("config", "tasksMax", reader),
            "KafkaMirrorMaker" => {
                self.version(&["version"], "kafka-mirror-maker", reader);
                self.config(self.spec.at(&["consumer", "config"]), Of::CONSUMER, reader);
                self.config(self.spec.at(&["producer", "config"]), Of::PRODUCER, reader);
            }
            "KafkaMirrorMaker2" => {
                self.version(&["version"], "mirrormaker 2", reader);
                self.mirrors(reader);
            }
            "KafkaTopic" => {
                let settings = self.spec.get("config").map(|config| reader.settings(config));
                reader.part(Of::TOPIC, self.place(), settings.unwrap_or_default(), false);
            }
            "KafkaBridge" => {
                for (client, component) in
                    [("producer", Of::PRODUCER), ("consumer", Of::CONSUMER), ("adminClient", Of::ADMIN)]
                {
                    self.config(self.spec.at(&[client, "config"]), component, reader);
                }
            }
            _ => {}
        }
    }

    fn confluent(&self, kind: &str, reader: &mut Reader<'_, '_>) {
        // Images stand under names of their own.
        if let Some(image) = self.spec.at(&["image", "application"]).and_then(Node::scalar) {
            reader.document.dependencies.extend(Image::new(&image.text).dependencies(image.span));
        }
        self.confluent_mode(kind, reader);
        let component = match kind {
            "Kafka" | "KRaftController" => Component::BROKER,
            "Connect" => Component::CONNECT_DISTRIBUTED,
            "Connector" => return self.connector("configs", "taskMax", reader),
            "KafkaTopic" => {
                let settings = self.spec.get("configs").map(|config| reader.settings(config));
                return reader.part(Component::TOPIC, self.place(), settings.unwrap_or_default(), false);
            }
            _ => return,
        };
        let lines = self.spec.at(&["configOverrides", "server"]).map(Node::items).unwrap_or_default();
        let settings = lines.iter().filter_map(Node::scalar).filter_map(line).collect();
        reader.part(component, self.place(), settings, true);
        for option in self.spec.at(&["configOverrides", "jvm"]).map(Node::items).unwrap_or_default() {
            if let Some(option) = option.scalar() {
                let options = SourceText::resolved(reader.text, &option.text, option.span);
                reader.document.embed(Embedded::JavaOptions { options, of_kafka: true });
            }
        }
    }

    /// The mode is shown by the dependency of `Kafka`, otherwise by which of the other two resources is present.
    /// During a migration both are.
    fn confluent_mode(&self, kind: &str, reader: &mut Reader<'_, '_>) {
        let dependency = |name| entry(self.spec.get("dependencies"), name).filter(|_| kind == "Kafka");
        let own = self.node.get("kind").and_then(Node::scalar).map(|kind| kind.span).unwrap_or_default();
        let found = match kind {
            "Zookeeper" if !reader.has_kind("KRaftController") => Some((Mode::Zookeeper, own)),
            "KRaftController" if !reader.has_kind("Zookeeper") => Some((Mode::Kraft, own)),
            _ => dependency("zookeeper")
                .map(|(key, _)| (Mode::Zookeeper, key.span))
                .or_else(|| dependency("kRaftController").map(|(key, _)| (Mode::Kraft, key.span))),
        };
        if let Some((mode, span)) = found {
            reader.document.observe(Observation::Mode(mode), span);
        }
    }

    /// The loggers of an operator's resource, in the form of either Log4j.
    fn named_loggers(&self, reader: &mut Reader<'_, '_>) {
        for path in [&["kafka", "logging", "loggers"][..], &["logging", "loggers"]] {
            for (key, value) in self.spec.at(path).map(Node::entries).unwrap_or_default() {
                let usages = &mut reader.document.usages;
                if let Some(name) = key.text.strip_prefix("log4j.logger.") {
                    let start = key.span.end.saturating_sub(name.len() as u32);
                    usages.push(logger(name, Span::new(start, key.span.end)));
                } else if let Some(name) = value.scalar().filter(|_| key.text.ends_with(".name")) {
                    usages.push(logger(&name.text, name.span));
                }
            }
        }
    }

    /// The name of the resource, or what it is.
    fn place(&self) -> Span {
        let name = self.node.at(&["metadata", "name"]).or_else(|| self.node.get("kind"));
        name.and_then(Node::scalar).map(|name| name.span).unwrap_or_default()
    }

    /// A version of something, by the name that people call it.
    fn version(&self, path: &[&str], name: &str, reader: &mut Reader<'_, '_>) {
        if let Some(version) =
            self.spec.at(path).and_then(Node::scalar).filter(|version| !version.text.is_empty())
        {
            reader.document.dependencies.push(Dependency {
                ecosystem: Ecosystem::Name,
                artifact: name.to_owned(),
                version: version.text.clone(),
                span: version.span,
            });
        }
    }

    fn config(&self, config: Option<&Node>, component: Component, reader: &mut Reader<'_, '_>) {
        let settings = config.map(|config| reader.settings(config)).unwrap_or_default();
        reader.part(component, self.place(), settings, true);
    }

    /// ZooKeeper is there until the annotation says that the cluster is without it.
    fn strimzi_mode(&self, reader: &mut Reader<'_, '_>) {
        let annotation =
            self.node.at(&["metadata", "annotations", "strimzi.io/kraft"]).and_then(Node::scalar);
        if let Some(kraft) = annotation.filter(|annotation| annotation.text == "enabled") {
            reader.document.observe(Observation::Mode(Mode::Kraft), kraft.span);
        } else if let Some((key, _)) = entry(Some(self.spec), "zookeeper") {
            reader.document.observe(Observation::Mode(Mode::Zookeeper), key.span);
        }
    }

    /// Loggers by names of Log4j 1, of Kafka or of the resource itself.
    fn loggers(&self, reader: &mut Reader<'_, '_>) {
        for path in [
            &["kafka", "logging", "loggers"][..],
            &["logging", "loggers"],
            &["zookeeper", "logging", "loggers"],
        ] {
            let loggers = self.spec.at(path).map(Node::entries).unwrap_or_default();
            let is_old = |key: &str| key.starts_with("log4j.") || key.ends_with("root.logger.level");
            if let Some((key, _)) = loggers.iter().find(|(key, _)| is_old(&key.text)) {
                reader.document.observe(Observation::Log4j1Loggers(key.text.clone()), key.span);
            }
        }
    }

    /// A connector: its class and its settings, with what stands beside them.
    fn connector(&self, config: &str, tasks: &str, reader: &mut Reader<'_, '_>) {
        let mut settings = Vec::new();
        let named = self.node.get("metadata").and_then(|metadata| entry(Some(metadata), "name"));
        let beside = [
            ("name", named),
            ("connector.class", entry(Some(self.spec), "class")),
            ("tasks.max", entry(Some(self.spec), tasks)),
        ];
        for (name, found) in beside {
            if let Some((key, value)) = found.and_then(|(key, value)| Some((key, value.scalar()?))) {
                settings.push(Setting { key: name.to_owned(), ..setting(key, value) });
            }
        }
        settings.extend(self.spec.get(config).map(|config| reader.settings(config)).unwrap_or_default());
        if let (_, Some(component), _) = kind::detect("", &settings) {
            reader.part(component, self.place(), settings, false);
        }
    }

    /// What Strimzi builds into the image of Connect.
    fn plugins(&self, reader: &mut Reader<'_, '_>) {
        for plugin in self.spec.at(&["build", "plugins"]).map(Node::items).unwrap_or_default() {
            for artifact in plugin.get("artifacts").map(Node::items).unwrap_or_default() {
                let text = |key| artifact.get(key).and_then(Node::scalar);
                if let (Some(group), Some(name), Some(version)) =
                    (text("group"), text("artifact"), text("version"))
                {
                    reader.document.dependencies.push(Dependency {
                        ecosystem: Ecosystem::Maven,
                        artifact: format!("{}:{}", group.text, name.text),
                        version: version.text.clone(),
                        span: version.span,
                    });
                }
            }
        }
    }

    /// MirrorMaker 2: the clusters' settings are those of clients, that of its own cluster a Connect worker's too.
    fn mirrors(&self, reader: &mut Reader<'_, '_>) {
        let own = self.spec.get("connectCluster").and_then(Node::text).unwrap_or_default();
        for cluster in self.spec.get("clusters").map(Node::items).unwrap_or_default() {
            let is_own = cluster.get("alias").and_then(Node::text) == Some(own);
            let component = if is_own { Component::CONNECT_DISTRIBUTED } else { Component::MM2_CLIENT };
            self.config(cluster.get("config"), component, reader);
        }
        self.config(self.spec.at(&["target", "config"]), Component::CONNECT_DISTRIBUTED, reader);
        for mirror in self.spec.get("mirrors").map(Node::items).unwrap_or_default() {
            for (name, component) in [
                ("sourceConnector", Component::MM2_SOURCE),
                ("checkpointConnector", Component::MM2_CHECKPOINT),
                ("heartbeatConnector", Component::MM2_HEARTBEAT),
            ] {
                self.config(mirror.at(&[name, "config"]), component, reader);
            }
            self.config(mirror.at(&["source", "config"]), Component::MM2_CLIENT, reader);
        }
    }

    /// `jvmOptions.javaSystemProperties`, of the resource or of Kafka in it.
    fn java_properties(&self, reader: &mut Reader<'_, '_>) {
        for options in
            [self.spec.get("jvmOptions"), self.spec.at(&["kafka", "jvmOptions"])].into_iter().flatten()
        {
            for property in options.get("javaSystemProperties").map(Node::items).unwrap_or_default() {
                if let Some(name) = property.get("name").and_then(Node::scalar) {
                    reader.document.usages.push(Usage {
                        value: property.get("value").and_then(Node::text).map(str::to_owned),
                        ..Usage::new(UsageKind::SystemProperty, &name.text, name.span)
                    });
                }
            }
            for (name, value) in options.get("-XX").map(Node::entries).unwrap_or_default() {
                let value = match value.text() {
                    Some("true") => Some("+"),
                    Some("false") => Some("-"),
                    other => other,
                };
                reader.document.usages.push(Usage {
                    value: value.map(str::to_owned),
                    ..Usage::new(UsageKind::JavaOption, &name.text, name.span)
                });
            }
        }
    }
}

/// The key of a map with its value.
fn entry<'n>(node: Option<&'n Node>, key: &str) -> Option<(&'n Scalar, &'n Node)> {
    node?.entries().iter().rfind(|(name, _)| name.text == key).map(|(name, value)| (name, value))
}

/// `key=value` in one scalar.
pub(super) fn line(scalar: &Scalar) -> Option<Setting> {
    let (key, value) = scalar.text.split_once('=')?;
    let part =
        |from: usize, to: usize| Span::new(scalar.span.start + from as u32, scalar.span.start + to as u32);
    let end = scalar.text.len();
    Some(Setting {
        component: None,
        key: key.trim().to_owned(),
        prefix: String::new(),
        value: value.trim().to_owned(),
        span: scalar.span,
        key_span: part(0, key.trim_end().len()),
        value_span: part(end - value.trim_start().len(), end),
        effective: true,
    })
}
