//! Services, workloads, charts and resources of operators, by their names.
//!
//! What is *not* here: their settings, images and commands as such (`containers`).

use kafka_upgrade_catalog::Platform;
use kafka_upgrade_document::paths;
use kafka_upgrade_syntax::tree::{Node, Scalar, Style, yaml};

use super::{broker_place, is_broker_image};
use crate::{Document, Kind, PlatformSign, Resource, Span};

/// Workloads that Kubernetes starts pods from.
const WORKLOADS: &[&str] = &["StatefulSet", "Deployment", "DaemonSet", "ReplicaSet", "Pod", "Job"];

/// The image of Strimzi's cluster operator.
const OPERATOR: &str = "strimzi/operator";

/// Ends of variables that brokers are configured with.
const OF_BROKERS: &[&str] =
    &["PROCESS_ROLES", "ZOOKEEPER_CONNECT", "ADVERTISED_LISTENERS", "BROKER_ID", "CONTROLLER_QUORUM_VOTERS"];

/// At most this many resources are kept of one text.
pub(super) const MAX_RESOURCES: usize = 256;

pub(super) fn read(path: &str, text: &str, document: &mut Document, signs: &mut Vec<PlatformSign>) {
    let place = broker_place(document);
    if is_dockerfile(text) {
        // An image of one's own; what starts it is another file's matter.
        signs.extend(place.map(|span| sign(Platform::Compose, "an image", false, span)));
        return;
    }
    let tree = yaml::read(text);
    let mut reader = Reader { path, text, place, resources: Vec::new(), signs };
    for root in &tree.roots {
        reader.root(root);
    }
    if document.kind == Kind::Containers {
        document.resources = reader.resources;
        document.resources.truncate(MAX_RESOURCES);
    }
}

fn is_dockerfile(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_start);
    lines.any(|line| line.get(..5).is_some_and(|word| word.eq_ignore_ascii_case("FROM ")))
}

pub(super) const fn sign(platform: Platform, name: &'static str, runs: bool, span: Span) -> PlatformSign {
    PlatformSign { platform, name, runs, span }
}

struct Reader<'t, 's> {
    path: &'t str,
    text: &'t str,
    /// Where a broker runs in the text.
    place: Option<Span>,
    resources: Vec<Resource>,
    signs: &'s mut Vec<PlatformSign>,
}

impl Reader<'_, '_> {
    fn root(&mut self, root: &Node) {
        let kind = root.get("kind").and_then(Node::text).unwrap_or_default();
        let api = root.get("apiVersion").and_then(Node::text);
        if kind.ends_with("List") && !root.get("items").map(Node::items).unwrap_or_default().is_empty() {
            root.get("items").map(Node::items).unwrap_or_default().iter().for_each(|item| self.root(item));
        } else if let (Some(api), false) = (api, kind.is_empty()) {
            self.resource(root, api, kind);
        } else if root.get("services").is_some_and(|services| !services.entries().is_empty()) {
            self.services(root.get("services").map(Node::entries).unwrap_or_default());
        } else if root.get("jobs").is_none() {
            self.chart(root);
        }
    }

    /// Compose's services.
    fn services(&mut self, services: &[(Scalar, Node)]) {
        let mut of_brokers = None;
        for (name, service) in services {
            let image = service.get("image").and_then(Node::text).unwrap_or_default();
            let role = role(image, service);
            if role == "broker" && of_brokers.is_none() {
                of_brokers = Some(name.span);
            }
            let mut values = vec![("role", role.to_owned())];
            if !image.is_empty() {
                values.push(("image", image.to_owned()));
            }
            if let Some(container) = service.get("container_name").and_then(Node::text) {
                values.push(("container", container.to_owned()));
            }
            self.push("service", &name.text, None, values, name.span);
        }
        if let Some(span) = of_brokers.or(self.place) {
            self.signs.push(sign(Platform::Compose, "Docker Compose", true, span));
        }
    }

    fn resource(&mut self, root: &Node, api: &str, kind: &str) {
        let name = root.at(&["metadata", "name"]).and_then(Node::scalar);
        let namespace = root.at(&["metadata", "namespace"]).and_then(Node::text).map(str::to_owned);
        let span =
            name.or_else(|| root.get("kind").and_then(Node::scalar)).map(|one| one.span).unwrap_or_default();
        let name = name.map(|one| one.text.clone()).unwrap_or_default();
        let is_operators = api.contains("strimzi.io/") || api.starts_with("platform.confluent.io/");
        let mut values = Vec::new();
        if is_operators {
            let at = |path: &[&str]| root.at(path).and_then(Node::text).map(str::to_owned);
            values.extend(at(&["metadata", "annotations", "strimzi.io/kraft"]).map(|one| ("kraft", one)));
            values.extend(
                at(&["metadata", "annotations", "strimzi.io/node-pools"]).map(|one| ("node-pools", one)),
            );
            values.extend(at(&["metadata", "labels", "strimzi.io/cluster"]).map(|one| ("cluster", one)));
            values.extend(
                at(&["spec", "kafka", "version"])
                    .or_else(|| at(&["spec", "version"]))
                    .map(|one| ("version", one)),
            );
            values.extend(at(&["spec", "kafka", "metadataVersion"]).map(|one| ("metadata-version", one)));
            values.extend(
                at(&["spec", "kafka", "replicas"])
                    .or_else(|| at(&["spec", "replicas"]))
                    .map(|one| ("replicas", one)),
            );
            values.extend(
                at(&["spec", "image", "application"])
                    .or_else(|| at(&["spec", "kafka", "image"]))
                    .map(|one| ("image", one)),
            );
            values.extend(at(&["status", "kafkaMetadataState"]).map(|one| ("state", one)));
            values.extend(at(&["status", "operatorLastSuccessfulVersion"]).map(|one| ("operator", one)));
            values.extend(root.at(&["spec", "zookeeper"]).map(|_| ("zookeeper", "true".to_owned())));
            let storage = root.at(&["spec", "kafka", "storage"]).filter(|one| !one.entries().is_empty());
            values.extend(storage.map(|one| ("storage", flow(one))));
            values.push(("api", api.to_owned()));
            values.extend(listener(root));
            let roles = root.at(&["spec", "roles"]).map(Node::items).unwrap_or_default();
            let roles: Vec<&str> = roles.iter().filter_map(Node::text).collect();
            if !roles.is_empty() {
                values.push(("roles", roles.join(",")));
            }
            self.push(kind, &name, namespace, values, span);
            return;
        }
        if matches!(kind, "HelmRelease" | "Application" | "HelmChart") {
            if let Some(place) = chart_name(root) {
                self.signs.push(sign(Platform::Helm, "Helm", true, place));
            }
            return;
        }
        let is_workload = WORKLOADS.contains(&kind);
        if is_workload && containers(root).iter().any(is_operator) {
            values.push(("role", "operator".to_owned()));
            self.push(kind, &name, namespace, values, span);
            return;
        }
        let of_broker = is_workload.then(|| pod(root)).flatten();
        if let Some(container) = of_broker {
            let text = |key| container.get(key).and_then(Node::text).map(str::to_owned);
            values.extend(text("image").map(|image| ("image", image)));
            values.extend(text("name").map(|name| ("container", name)));
            let replicas = root.at(&["spec", "replicas"]).and_then(Node::text);
            values.extend(replicas.map(|replicas| ("replicas", replicas.to_owned())));
            values.push(("role", "broker".to_owned()));
            self.signs.push(self.of_manifest(span));
            self.push(kind, &name, namespace, values, span);
        } else if let Some(place) = self.place {
            // A map of files, or variables, of a broker.
            if matches!(kind, "ConfigMap" | "Secret") {
                self.signs.push(self.of_manifest(place));
            }
        }
    }

    /// A manifest, or a chart's template of one.
    fn of_manifest(&self, span: Span) -> PlatformSign {
        if self.text.contains("{{ .Values") || self.text.contains("{{- ") || self.text.contains("{{ include")
        {
            sign(Platform::Helm, "a chart's template", true, span)
        } else {
            sign(Platform::Kubernetes, "Kubernetes", true, span)
        }
    }

    /// Values of a chart, or the chart itself.
    fn chart(&mut self, root: &Node) {
        let file = paths::file_name(self.path);
        let dependencies = root.get("dependencies").map(Node::items).unwrap_or_default();
        let is_kafka = |one: &&Node| one.get("name").and_then(Node::text) == Some("kafka");
        if let Some(name) = dependencies.iter().find(is_kafka).and_then(|one| one.get("name")?.scalar()) {
            self.signs.push(sign(Platform::Helm, "Helm", true, name.span));
            return;
        }
        let has = |key: &str| root.get(key).is_some_and(|value| !value.entries().is_empty());
        let named = file.starts_with("values") && (file.ends_with(".yaml") || file.ends_with(".yml"));
        let shaped = root.at(&["image", "repository"]).is_some()
            || has("kraft") && (has("zookeeper") || has("controller"))
            || has("zookeeper") && (has("broker") || has("kafka"));
        let first = root.entries().first().map(|(key, _)| key.span);
        // Values of a chart that is part of another one stand below its name.
        let of_part = root.get("kafka").filter(|_| named && !shaped);
        let is_part = of_part.is_some_and(|part| {
            [
                "image",
                "controller",
                "broker",
                "kraft",
                "zookeeper",
                "replicaCount",
                "extraConfig",
                "listeners",
            ]
            .iter()
            .any(|key| part.get(key).is_some())
        });
        if let Some(span) = first.filter(|_| is_part) {
            self.push("subchart", "kafka", None, Vec::new(), span);
        }
        let of_kafka = self.place.is_some() || has("kraft") || root.get("kafkaVersion").is_some();
        if (named || shaped) && of_kafka {
            let span = self.place.or(first).unwrap_or_default();
            self.signs.push(sign(Platform::Helm, "Helm", true, span));
        }
    }

    fn push(
        &mut self,
        kind: &str,
        name: &str,
        namespace: Option<String>,
        values: Vec<(&'static str, String)>,
        span: Span,
    ) {
        self.resources.push(Resource {
            kind: kind.to_owned(),
            name: name.to_owned(),
            namespace,
            values,
            span,
        });
    }
}

/// A value in YAML's flow style, which is JSON where every text is quoted.
fn flow(node: &Node) -> String {
    match node {
        Node::Scalar(scalar) => {
            let plain = scalar.style == Style::Plain
                && (scalar.text.parse::<u64>().is_ok() || matches!(scalar.text.as_str(), "true" | "false"));
            if plain { scalar.text.clone() } else { format!("{:?}", scalar.text) }
        }
        Node::List(items) => format!("[{}]", items.iter().map(flow).collect::<Vec<_>>().join(", ")),
        Node::Map(entries) => {
            let pairs = entries.iter().map(|(key, value)| format!("{:?}: {}", key.text, flow(value)));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

/// What a container is for, by its image and its variables.
pub(super) fn role(image: &str, container: &Node) -> &'static str {
    let name = image.rsplit('/').next().unwrap_or_default().split([':', '@']).next().unwrap_or_default();
    if name.contains("zookeeper") {
        return "zookeeper";
    }
    let variables = ["environment", "env", "Env"].into_iter().filter_map(|key| container.get(key));
    let of_broker = |name: &str| name.contains("KAFKA") && OF_BROKERS.iter().any(|end| name.ends_with(end));
    let has = variables.into_iter().any(|variables| {
        let keys = variables.entries().iter().map(|(key, _)| key.text.as_str());
        let items = variables.items().iter().filter_map(|item| {
            item.get("name").and_then(Node::text).or_else(|| item.text()?.split('=').next())
        });
        keys.chain(items).any(of_broker)
    });
    if has || is_broker_image(&artifact(image)) { "broker" } else { "other" }
}

/// `apache/kafka` of `registry:5000/apache/kafka:3.9.0`.
fn artifact(image: &str) -> String {
    let image = image.split('@').next().unwrap_or_default();
    let (name, _) = image.rsplit_once(':').filter(|(_, tag)| !tag.contains('/')).unwrap_or((image, ""));
    let mut folders = name.rsplit('/');
    let program = folders.next().unwrap_or_default();
    folders.next().map_or_else(|| program.to_owned(), |owner| format!("{owner}/{program}"))
}

/// The containers of a workload.
fn containers(root: &Node) -> &[Node] {
    let paths: [&[&str]; 2] = [&["spec", "template", "spec", "containers"], &["spec", "containers"]];
    paths.into_iter().find_map(|path| root.at(path)).map(Node::items).unwrap_or_default()
}

/// Whether a container is Strimzi's operator, which runs no broker itself.
fn is_operator(container: &Node) -> bool {
    let image = container.get("image").and_then(Node::text).unwrap_or_default();
    artifact(image) == OPERATOR
}

/// The port that tools in a pod of Strimzi's brokers use, of a listener without TLS and login where there is one.
fn listener(root: &Node) -> Vec<(&'static str, String)> {
    let listeners = root.at(&["spec", "kafka", "listeners"]).map(Node::items).unwrap_or_default();
    let is_open = |one: &&Node| {
        one.get("tls").and_then(Node::text) == Some("false") && one.get("authentication").is_none()
    };
    let open = listeners.iter().find(is_open);
    let port = open.or_else(|| listeners.first()).and_then(|one| one.get("port")?.text());
    let port = port.filter(|port| port.parse::<u16>().is_ok());
    let secured = (open.is_none() && port.is_some()).then(|| ("secured", "true".to_owned()));
    port.map(|port| ("port", port.to_owned())).into_iter().chain(secured).collect()
}

/// The container of a broker in a workload.
fn pod(root: &Node) -> Option<&Node> {
    containers(root).iter().find(|one| {
        let image = one.get("image").and_then(Node::text).unwrap_or_default();
        role(image, one) == "broker"
    })
}

/// Where a release of a chart of Kafka names it.
fn chart_name(root: &Node) -> Option<Span> {
    let paths: [&[&str]; 3] =
        [&["spec", "chart", "spec", "chart"], &["spec", "source", "chart"], &["spec", "chart"]];
    let names = paths.into_iter().filter_map(|path| root.at(path)?.scalar());
    names.into_iter().find(|name| name.text == "kafka" || name.text.ends_with("/kafka")).map(|name| name.span)
}
