//! YAML about containers, whatever program it is for: wherever a map names an image, it is a container.
//!
//! So Compose's services, Kubernetes' workloads and lists of them, charts' templates and the services of a build
//! server are read alike. Resources of Kafka's operators are in [`kubernetes`].

use kafka_upgrade_catalog::{Component, clients as products};
use kafka_upgrade_document::SourceText;

use super::env::Mapping;
use super::image::Image;
use super::reader::Reader;
use super::variables::{self, Variable, filled_in};
use super::{base64, kubernetes, maps, neighbours};
use crate::properties;
use crate::shell;
use crate::{Dependency, Document, Ecosystem, Kind, Observation, Setting, Span, kind, prefix};
use crate::{apps, clients, connector, log4j, metrics};
use kafka_upgrade_document::{Encoding, template};
use kafka_upgrade_syntax::tree::{Node, Scalar, Style, Tree, json, yaml};

/// Keys whose values are commands.
const COMMANDS: &[&str] = &["command", "args", "entrypoint", "test", "run", "script"];

/// Keys whose values are variables.
const VARIABLES: &[&str] = &["environment", "env", "extraEnvVars", "extraEnv", "variables", "literals"];

/// Keys whose bodies are YAML of their own: values of a chart, patches.
const BODIES: &[&str] = &["values", "valuesContent", "patch", "defaultValues"];

/// Keys that bring variables or files from elsewhere.
const ELSEWHERE: &[&str] = &["env_file", "envFrom", "extraEnvVarsCM", "extraEnvVarsSecret", "extends"];

/// Keys of a chart whose values are settings by their own names.
const OVERRIDES: &[&str] =
    &["overrideConfiguration", "configurationOverrides", "extraConfigYaml", "configOverride"];

/// Reads such a text.
pub(super) fn read(text: &str, document: &mut Document) {
    let is_json = template::mask(text).text.trim_start_matches('\u{feff}').trim_start().starts_with('{');
    // A map in braces is JSON, or YAML in flow style.
    let json = is_json.then(|| json::read(text)).filter(|tree| !tree.is_cut());
    let Tree { roots, problem } = json.unwrap_or_else(|| yaml::read(text));
    let mut reader = Reader { text, document };
    for root in &roots {
        reader.document.parts.extend(maps::root(root));
        reader.walk(root, None, false);
    }
    // Kafka reads none of it: its programs are started by others, who refuse the file.
    document.problems.extend(problem.map(|problem| crate::Problem { fatal: false, ..problem }));
}

/// Reads containers in a tree of another language.
pub(crate) fn read_tree(text: &str, root: &Node, document: &mut Document) {
    let before = document.parts.len();
    Reader { text, document }.containers(root, None);
    let kind = document.kind;
    document.parts.iter_mut().skip(before).for_each(|part| part.kind = kind);
}

impl Reader<'_, '_> {
    /// The containers alone: images with their variables, and variables that say what they are for.
    fn containers(&mut self, node: &Node, name: Option<Span>) {
        if let Node::Map(_) = node {
            let name = node.get("name").and_then(Node::scalar).map(|name| name.span).or(name);
            self.container(node, name, true, Vec::new());
        }
        node.entries().iter().for_each(|(key, value)| self.containers(value, Some(key.span)));
        node.items().iter().for_each(|item| self.containers(item, name));
    }

    /// Goes through a tree, which is no deeper than trees are kept; `name` is the key that a node stands behind, and
    /// `is_read` holds below a resource whose settings are read as its operator has them.
    fn walk(&mut self, node: &Node, name: Option<Span>, mut is_read: bool) {
        if let Node::Map(entries) = node {
            self.chart(node);
            self.inventory(node);
            is_read |= kubernetes::read(node, self);
            let (started, exported) = self.commands(node);
            let name = node.get("name").and_then(Node::scalar).map(|name| name.span).or(name);
            self.container(node, name, started, exported);
            for (key, value) in entries {
                if let Some(body) = value.scalar().filter(|body| is_file(body)) {
                    self.body(key, body);
                }
                self.cloud(key, value);
                self.java_options(key, value);
                if key.text == "data" && node.get("kind").and_then(Node::text) == Some("ConfigMap") {
                    self.variables_of_map(key, value);
                }
                let is_map = matches!(value, Node::Map(_));
                if OVERRIDES.contains(&key.text.as_str()) {
                    self.overrides(key, value);
                } else if is_map && !is_read && !VARIABLES.contains(&key.text.as_str()) {
                    self.document.parts.extend(maps::part(key, value));
                }
            }
        }
        node.entries().iter().for_each(|(key, value)| self.walk(value, Some(key.span), is_read));
        node.items().iter().for_each(|item| self.walk(item, name, is_read));
    }

    /// The variables that a ConfigMap has for containers elsewhere.
    fn variables_of_map(&mut self, key: &Scalar, data: &Node) {
        let variables = self.variables(data);
        let named: Vec<_> =
            variables.iter().map(|one| (one.name.clone(), one.value.clone(), one.span)).collect();
        self.document.parts.extend(apps::of_variables(self.text, &named));
        if let Some(mapping) = variables.iter().find_map(|one| Mapping::told_by(&one.name.text)) {
            variables::read(&variables, &mapping, key.span, true, self.document);
        }
    }

    /// Options of Java in a variable of a playbook or a value of a chart whose name is Kafka's.
    fn java_options(&mut self, key: &Scalar, value: &Node) {
        let name = key.text.to_ascii_lowercase();
        let is_kafkas = name.contains("kafka") || matches!(name.as_str(), "heapopts" | "jvmopts");
        // What containers get as variables is read with them.
        let is_variable = key.text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
        let Some(value) = value.scalar().filter(|_| is_kafkas && !is_variable) else { return };
        if value
            .text
            .split_ascii_whitespace()
            .any(|word| word.starts_with("-XX:") || word.starts_with("-Xlog"))
        {
            let word = SourceText::resolved(self.text, &value.text, value.span);
            super::take(shell::read_options(&word, true), self.document);
        }
    }

    /// Groups of hosts, as Confluent's playbooks name them: nodes of ZooKeeper beside brokers.
    fn inventory(&mut self, node: &Node) {
        let group = |name: &str| {
            let found = node.entries().iter().find(|(key, _)| key.text == name);
            found.filter(|(_, group)| group.get("hosts").is_some()).map(|(key, _)| key.span)
        };
        if let (Some(span), Some(_)) = (group("zookeeper"), group("kafka_broker")) {
            self.mode("zookeeper", span);
        }
    }

    /// The switches of a chart that runs Kafka with a ZooKeeper beside it.
    fn chart(&mut self, values: &Node) {
        let enabled = |name: &str| {
            let scalar = values.at(&[name, "enabled"])?.scalar()?;
            Some((scalar.text.as_str(), scalar.span))
        };
        let Some(("true", span)) = enabled("zookeeper") else { return };
        let image = values.at(&["image", "repository"]).and_then(Node::text).unwrap_or_default();
        let is_kafkas = values.get("kraft").is_some() || image.ends_with("/kafka");
        if is_kafkas && enabled("kraft").is_none_or(|(value, _)| value == "false") {
            self.mode("zookeeper", span);
        }
    }

    /// What Amazon's tools and templates say of a cluster: its version, and its ZooKeeper.
    fn cloud(&mut self, key: &Scalar, value: &Node) {
        if key.text == "ServerProperties" {
            self.server_properties(key, value);
        }
        let Some(value) = value.scalar().filter(|value| !value.text.is_empty()) else { return };
        match key.text.as_str() {
            "KafkaVersion" if value.text.starts_with(|one: char| one.is_ascii_digit()) => {
                self.document.dependencies.push(Dependency {
                    ecosystem: Ecosystem::Name,
                    artifact: "amazon msk".to_owned(),
                    // MSK writes `3.7.x.kraft` and `3.6.0.tiered` for its own builds.
                    version: value.text.replace(".kraft", "").replace(".tiered", "").replace(".x", ""),
                    span: value.span,
                });
                if value.text.ends_with(".kraft") {
                    self.mode("kraft", value.span);
                }
            }
            "ZookeeperConnectString" => self.mode("zookeeper", value.span),
            _ => {}
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

    fn mode(&mut self, mode: &str, span: Span) {
        let (subject, value) = ("mode".to_owned(), mode.to_owned());
        self.document.observations.push(Observation { subject, value, span });
    }

    /// The image of a map, and its variables.
    fn container(&mut self, node: &Node, name: Option<Span>, starts_kafka: bool, exported: Vec<Variable>) {
        let text_of = |node: Option<&Node>| node.and_then(Node::text).map(filled_in).unwrap_or_default();
        let (image, span) = match node.get("image") {
            Some(Node::Scalar(scalar)) => {
                let tag = text_of(node.get("imageTag"));
                (Image::of_parts(&filled_in(&scalar.text), &tag), scalar.span)
            }
            Some(chart @ Node::Map(_)) => {
                let Some(name) = chart.get("repository").or_else(|| chart.get("name")).and_then(Node::scalar)
                else {
                    return;
                };
                let tag = chart.get("tag").and_then(Node::scalar).filter(|tag| !tag.text.is_empty());
                let image = Image::of_parts(&name.text, tag.map_or("", |tag| &tag.text));
                (image, tag.map_or(name.span, |tag| tag.span))
            }
            // A service of GitLab's has its image for a name.
            None if node.get("name").and_then(Node::text).is_some_and(|name| name.contains(['/', ':']))
                && node.get("variables").is_some() =>
            {
                let Some(name) = node.get("name").and_then(Node::scalar) else { return };
                (Image::new(&filled_in(&name.text)), name.span)
            }
            // Made from a Dockerfile, or a part of a container that stands elsewhere: only its variables tell what it is.
            None if node.get("build").is_some() || VARIABLES.iter().any(|key| node.get(key).is_some()) => {
                (Image::default(), Span::default())
            }
            _ => return,
        };
        if !image.is_java() {
            self.document.dependencies.extend(image.dependencies(span));
        }
        let mut mapping = image.mapping();
        let place_of_variables = VARIABLES.iter().find_map(|name| {
            node.entries().iter().find(|(key, _)| key.text == *name).map(|(key, _)| key.span)
        });
        let variables: Vec<_> = node
            .entries()
            .iter()
            .filter(|(key, _)| VARIABLES.contains(&key.text.as_str()))
            .flat_map(|(_, node)| self.variables(node))
            .chain(exported)
            .collect();
        self.document.observations.extend(neighbours::asking(&image.name, &variables));
        let named: Vec<_> =
            variables.iter().map(|one| (one.name.clone(), one.value.clone(), one.span)).collect();
        self.document.parts.extend(apps::of_variables(self.text, &named));
        if mapping == Mapping::NONE && products::product_of("image", &image.name).is_none() {
            mapping = variables.iter().find_map(|one| Mapping::told_by(&one.name.text)).unwrap_or(mapping);
        }
        if products::product_of("image", &image.name).is_none() && image.uses_kafka(&variables) {
            // What it is built with nobody knows from here, but it takes part.
            let (subject, value) = ("client".to_owned(), image.title());
            self.document.observations.push(Observation { subject, value, span });
        }
        if !starts_kafka {
            mapping.component = None;
        }
        if mapping.component.is_none() {
            self.document.parts.extend(apps::of_any_variables(self.text, &named));
        }
        let place = name.or(place_of_variables).unwrap_or(span);
        variables::read(&variables, &mapping, place, self.has_more(node), self.document);
    }

    /// Whether other variables or a file of settings come from elsewhere.
    fn has_more(&self, node: &Node) -> bool {
        let mounts = |key: &str| {
            let mounted = node.get(key).map(Node::items).unwrap_or_default();
            mounted
                .iter()
                .filter_map(|one| {
                    one.text().or_else(|| one.get("mountPath").or_else(|| one.get("target"))?.text())
                })
                .any(|path| {
                    [
                        "server.properties",
                        "/mnt/shared/config",
                        "/mounted/config",
                        "/etc/kafka/kafka.properties",
                    ]
                    .iter()
                    .any(|sign| path.contains(sign))
                })
        };
        let from_elsewhere = |one: &Node| one.get("valueFrom").is_some();
        let variables = ["env", "extraEnvVars"].into_iter().filter_map(|key| node.get(key));
        variables.flat_map(Node::items).any(from_elsewhere)
            || ELSEWHERE.iter().any(|key| node.get(key).is_some())
            || mounts("volumes")
            || mounts("volumeMounts")
            || mounts("configs")
    }

    /// Variables as a map, a list of `NAME=value`, or a list of `{name: …, value: …}`.
    fn variables(&self, node: &Node) -> Vec<Variable> {
        let word = |scalar: &Scalar| SourceText::resolved(self.text, &scalar.text, scalar.span);
        let pair = |name: &Scalar, value: &Scalar| Variable {
            name: word(name),
            value: SourceText::resolved(self.text, &value.text, value.span),
            span: Span::new(name.span.start.min(value.span.start), name.span.end.max(value.span.end)),
        };
        // A block of Terraform's for each.
        if let (Some(Node::Scalar(name)), Some(Node::Scalar(value))) = (node.get("name"), node.get("value")) {
            return vec![pair(name, value)];
        }
        let of_map = node.entries().iter().filter_map(|(name, value)| Some(pair(name, value.scalar()?)));
        let of_list = node.items().iter().filter_map(|item| match item {
            Node::Scalar(scalar) => Variable::of_word(&word(scalar)),
            map => Some(pair(map.get("name")?.scalar()?, map.get("value")?.scalar()?)),
        });
        of_map.chain(of_list).collect()
    }

    /// Reads the commands of a map; whether its image is left to start what it is for, and what it finds as variables.
    fn commands(&mut self, node: &Node) -> (bool, Vec<Variable>) {
        let mut exported = Vec::new();
        let mut line: Vec<SourceText> = Vec::new();
        let mut starts = true;
        for key in COMMANDS {
            let Some(value) = node.get(key) else { continue };
            let mut words = Vec::new();
            match value {
                Node::Scalar(scalar) => {
                    words.push(SourceText::resolved(self.text, &scalar.text, scalar.span))
                }
                Node::List(items) => {
                    words.extend(
                        items
                            .iter()
                            .filter_map(Node::scalar)
                            .map(|one| SourceText::resolved(self.text, &one.text, one.span)),
                    );
                }
                Node::Map(_) => {}
            }
            for word in words.iter().filter(|word| word.text.contains("export ")) {
                exported.extend(shell::exported(word).iter().filter_map(Variable::of_word));
            }
            if matches!(*key, "command" | "entrypoint" | "args") && !words.is_empty() {
                starts &= words.iter().any(|word| starts_image(&word.text));
            }
            match words.first() {
                Some(word) if matches!(value, Node::Scalar(_)) => {
                    super::take(shell::read_text(word), self.document);
                }
                Some(first) if first.text.starts_with("CMD") => {
                    let rest: Vec<_> = words.iter().skip(1).cloned().collect();
                    match (first.text.as_str(), rest.first()) {
                        ("CMD-SHELL", Some(line)) => super::take(shell::read_text(line), self.document),
                        _ => super::take(shell::read_words(rest), self.document),
                    }
                }
                // Arguments go on what the command begins.
                Some(_) if matches!(*key, "command" | "args") => line.append(&mut words),
                Some(_) => super::take(shell::read_words(words), self.document),
                None => {}
            }
        }
        super::take(shell::read_words(line), self.document);
        (starts, exported)
    }

    /// The body of a file that stands in the text line by line: properties of whatever sort, or a script.
    fn body(&mut self, key: &Scalar, body: &Scalar) {
        let name = key.text.as_str();
        let written = body.span.of(self.text);
        if name.ends_with(".sh") || body.text.starts_with("#!") {
            let word = SourceText::resolved(self.text, &body.text, body.span);
            super::take(shell::read_text(&word), self.document);
            return;
        }
        if let Some(usages) = metrics::within(self.text, name, body) {
            self.document.usages.extend(usages);
            return;
        }
        let inner = SourceText::resolved(self.text, &body.text, body.span);
        let is_yaml =
            name.ends_with(".yaml") || name.ends_with(".yml") || body.text.starts_with("apiVersion:");
        if (is_yaml || BODIES.contains(&name))
            && clients::within(name, &inner).is_none()
            && apps::within(name, &inner).is_none()
            && super::sniff::sniff("x.yaml", &body.text) > 0
        {
            let mut found = Document { kind: Kind::Containers, ..Document::default() };
            read(&body.text, &mut found);
            found.relocate(&|span: Span| inner.part(span.start as usize, span.end as usize));
            self.document.dependencies.extend(found.dependencies);
            self.document.observations.extend(found.observations);
            self.document.usages.extend(found.usages);
            self.document.settings.extend(found.settings);
            self.document.parts.extend(found.parts);
            return;
        }
        if let Some(found) = clients::within(name, &inner).or_else(|| apps::within(name, &inner)) {
            self.document.observations.extend(found.observations);
            self.document.dependencies.extend(found.dependencies);
            let whole = Kind::Containers;
            self.document.parts.extend(found.parts.into_iter().map(|part| Document { kind: whole, ..part }));
            return;
        }
        let connectors =
            connector::within(&SourceText::resolved(self.text, &body.text, body.span), Kind::Containers);
        if !connectors.is_empty() {
            self.document.parts.extend(connectors);
            return;
        }
        // Folded lines are not what is written; in a string with escapes each is where it is written.
        let is_escaped = body.style != Style::Block;
        if !is_escaped && body.text.trim().lines().count() != written.trim().lines().count() {
            return;
        }
        let (mut settings, _) =
            properties::read(if is_escaped { &inner.text } else { written }, Encoding::Utf8);
        let (kind, component, other) = kind::detect(name, &settings);
        let logging = matches!(kind, Kind::Log4jProperties | Kind::Log4j2Properties);
        let moved = |span: Span| {
            if is_escaped {
                inner.part(span.start as usize, span.end as usize)
            } else {
                Span::new(span.start + body.span.start, span.end + body.span.start)
            }
        };
        let asking = other.into_iter().flat_map(|found| found.observations);
        self.document.observations.extend(asking.map(|one| Observation { span: moved(one.span), ..one }));
        if component.is_none() && !logging {
            return;
        }
        settings.iter_mut().for_each(|setting| setting.place(moved));
        // What starts the container often adds which of several it is.
        let is_whole = name.ends_with(".properties")
            && ["node.id", "broker.id"].iter().any(|key| kind::last(&settings, key).is_some());
        // A template is no text of properties yet.
        let is_template = written.contains("{{");
        let is_partial =
            is_template || !name.ends_with(".properties") || kind == Kind::BrokerProperties && !is_whole;
        let kind = if is_template { Kind::Containers } else { kind };
        let place = Some(key.span);
        let usages = if kind == Kind::Log4jProperties { log4j::classes(&settings) } else { Vec::new() };
        let mut part = Document {
            kind,
            component,
            settings,
            usages,
            place,
            is_partial,
            is_escaped,
            ..Document::default()
        };
        prefix::assign(&mut part);
        self.document.parts.push(part);
    }

    /// Settings by their own names, whose owner their names tell.
    fn overrides(&mut self, key: &Scalar, node: &Node) {
        let settings = self.settings(node);
        if let (_, Some(component), _) = kind::detect("", &settings) {
            self.part(component, key.span, settings, true);
        }
    }
}

/// Whether a value is the text of a file: lines of their own, or a string with line breaks, as `kubectl get` prints them.
fn is_file(value: &Scalar) -> bool {
    value.style == Style::Block || value.style == Style::Double && value.text.contains('\n')
}

/// Whether a command starts what its image is for, and so makes settings of its variables.
fn starts_image(command: &str) -> bool {
    [
        "/etc/confluent/docker/run",
        "/etc/confluent/docker/launch",
        "kafka-server-start",
        "/opt/bitnami/scripts",
        "__cacert_entrypoint",
        "entrypoint",
        "start-kafka",
        "/etc/kafka/docker/",
        "connect-distributed",
    ]
    .iter()
    .any(|sign| command.contains(sign))
}
