//! YAML about containers, whatever program it is for: wherever a map names an image, it is a container.
//!
//! So Compose's services, Kubernetes' workloads and lists of them, charts' templates and the services of a build
//! server are read alike. Resources of Kafka's operators are in [`kubernetes`], files within the text in [`super::bodies`], and
//! what else names a cluster's version or ZooKeeper in [`super::clusters`].

use kafka_upgrade_catalog::{Mode, clients as products};
use kafka_upgrade_document::{Embedded, SourceText, Variable, template};
use kafka_upgrade_syntax::tree::{Node, Scalar, Tree, json, yaml};

use super::image::Image;
use super::reader::{Named, Reader};
use super::variables::{self, with_defaults};
use super::{kubernetes, maps, neighbours};
use crate::environment::Mapping;
use crate::{Document, Observation, Span, kind};

/// Keys whose values are commands.
pub(super) const COMMANDS: &[&str] = &[
    "command",
    "args",
    "entrypoint",
    "test",
    "run",
    "script",
    "before_install",
    "install",
    "before_script",
    "after_script",
    "after_success",
    "commands",
    "cmd",
    "cmds",
    "argv",
    "shell",
    "ansible.builtin.shell",
    "ansible.builtin.command",
    "runcmd",
];

/// Keys whose values are variables.
const VARIABLES: &[&str] =
    &["environment", "env", "extraEnvVars", "extraEnv", "variables", "literals", "Env"];

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
    let mut reader = Reader::new(text, document);
    for root in &roots {
        reader.document.parts.extend(maps::root(root));
        reader.role(root);
        reader.walk(root, None, false);
    }
    // Kafka never reads this file; if it is broken, the program that starts the containers refuses it.
    document.problems.extend(problem.map(|problem| crate::Problem { fatal: false, ..problem }));
}

/// Reads containers in a tree of another language.
pub(super) fn read_tree(text: &str, root: &Node, document: &mut Document) {
    let before = document.parts.len();
    Reader::new(text, document).containers(root, None);
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
            self.document.parts.extend(maps::line_in_file(node));
            self.patch(node);
            is_read |= kubernetes::read(node, self);
            let (started, exported) = self.commands(node);
            let name = node.get("name").and_then(Node::scalar).map(|name| name.span).or(name);
            self.container(node, name, started, exported);
            for (key, value) in entries {
                self.body(node, key, value);
                self.cloud(key, value);
                self.java_options(key, value);
                if key.text == "data" && node.get("kind").and_then(Node::text) == Some("ConfigMap") {
                    self.variables_of_map(key, value);
                }
                if !is_read && !VARIABLES.contains(&key.text.as_str()) {
                    self.document.parts.extend(maps::list(key, value));
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
        for item in node.items() {
            self.body_of_list(name, item);
            self.walk(item, name, is_read);
        }
    }

    /// Variables that a patch (RFC 6902) adds to a container: `op`, `path` and `value`.
    fn patch(&mut self, node: &Node) {
        let text = |key: &str| node.get(key).and_then(Node::text).unwrap_or_default();
        let (Some(value), true) = (node.get("value"), ["add", "replace"].contains(&text("op"))) else {
            return;
        };
        if !text("path").split('/').any(|part| part == "env") {
            return;
        }
        let variables = self.variables(value);
        let Some(span) = variables.first().map(|one| one.span) else { return };
        let mapping = variables.iter().find_map(|one| Mapping::of_variable(&one.name.text));
        self.document
            .embed(Embedded::Variables { variables: variables.clone(), of_any_program: mapping.is_none() });
        if let Some(mapping) = mapping {
            variables::read(&variables, &mapping, span, true, self.document);
        }
    }

    /// The variables that a ConfigMap has for containers elsewhere.
    fn variables_of_map(&mut self, key: &Scalar, data: &Node) {
        let variables = self.variables(data);
        self.document.embed(Embedded::Variables { variables: variables.clone(), of_any_program: false });
        if let Some(mapping) = variables.iter().find_map(|one| Mapping::of_variable(&one.name.text)) {
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
            let options = SourceText::resolved(self.text, &value.text, value.span);
            self.document.embed(Embedded::JavaOptions { options, of_kafka: true });
        }
    }

    /// The image of a map, and its variables.
    fn container(&mut self, node: &Node, name: Option<Span>, starts_kafka: bool, exported: Vec<Variable>) {
        let text_of = |node: Option<&Node>| node.and_then(Node::text).map(with_defaults).unwrap_or_default();
        // `docker inspect` and `nomad job inspect` print names that begin with capitals.
        let printed = || node.get("Image").filter(|_| node.get("Env").is_some());
        let of_task = || node.at(&["Config", "image"]).filter(|_| node.get("Driver").is_some());
        let (image, span) = match node.get("image").or_else(printed).or_else(of_task) {
            Some(Node::Scalar(scalar)) => {
                let tag = text_of(node.get("imageTag"));
                (Image::of_parts(&with_defaults(&scalar.text), &tag), scalar.span)
            }
            Some(chart @ Node::Map(_)) => {
                let Some(name) = chart.get("repository").or_else(|| chart.get("name")).and_then(Node::scalar)
                else {
                    let tag = chart.get("tag").and_then(Node::scalar);
                    let alone = tag.map(|tag| Image::of_parts("", &tag.text).dependencies(tag.span));
                    return self.document.dependencies.extend(alone.unwrap_or_default());
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
                (Image::new(&with_defaults(&name.text)), name.span)
            }
            // Built from a Dockerfile, or only part of a container defined elsewhere: only its variables identify it.
            None if node.get("build").is_some() || VARIABLES.iter().any(|key| node.get(key).is_some()) => {
                (Image::default(), Span::default())
            }
            _ => return,
        };
        if !image.is_java() {
            self.document.dependencies.extend(image.dependencies(span));
        }
        if starts_kafka && image.is_of_kraft() && !self.says(Named::Zookeeper) {
            self.document.observe(Observation::Mode(Mode::Kraft), span);
        }
        // Its own options are ZooKeeper's, under Kafka's names, and go with it.
        if image.is_zookeeper() {
            return;
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
        self.document.observations.extend(neighbours::asking(&image.name, &image.tag, &variables));
        if mapping == Mapping::NONE && products::product_of("image", &image.name).is_none() {
            mapping =
                variables.iter().find_map(|one| Mapping::of_variable(&one.name.text)).unwrap_or(mapping);
        }
        if products::product_of("image", &image.name).is_none()
            && (image.uses_kafka(&variables) || names_brokers(node))
        {
            // The client library inside is not known, but the program takes part.
            self.document.observe(Observation::Client(image.as_client()), span);
        }
        if !starts_kafka {
            mapping.component = None;
        }
        if !variables.is_empty() {
            let of_any_program = mapping.component.is_none();
            self.document.embed(Embedded::Variables { variables: variables.clone(), of_any_program });
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
        self.variables_in(self.text, node)
    }

    /// The same, in a tree of another text.
    pub(super) fn variables_in(&self, text: &str, node: &Node) -> Vec<Variable> {
        let word = |scalar: &Scalar| SourceText::resolved(text, &scalar.text, scalar.span);
        let pair = |name: &Scalar, value: &Scalar| Variable {
            name: word(name),
            value: word(value),
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
                // Tests of Goss have the command for a key, and what it has to print behind it.
                Node::Map(entries) => {
                    for (command, _) in entries.iter().filter(|(one, _)| one.text.contains("kafka-")) {
                        let command = SourceText::resolved(self.text, &command.text, command.span);
                        self.document.embed(Embedded::Commands(command));
                    }
                }
            }
            for word in words.iter().filter(|word| word.text.contains("export ")) {
                exported.extend(exports(word));
            }
            if matches!(*key, "command" | "entrypoint" | "args") && !words.is_empty() {
                starts &= words.iter().any(|word| starts_image(&word.text));
            }
            match words.first() {
                Some(word) if matches!(value, Node::Scalar(_)) => {
                    self.document.embed(Embedded::Commands(word.clone()));
                }
                Some(first) if first.text.starts_with("CMD") => {
                    let rest: Vec<_> = words.iter().skip(1).cloned().collect();
                    self.document.embed(match (first.text.as_str(), rest.first()) {
                        ("CMD-SHELL", Some(line)) => Embedded::Commands(line.clone()),
                        _ => Embedded::Command(rest),
                    });
                }
                // Arguments go on what the command begins.
                Some(_) if matches!(*key, "command" | "args") => line.append(&mut words),
                Some(_) => self.document.embed(Embedded::Command(words)),
                None => {}
            }
        }
        if !line.is_empty() {
            self.document.embed(Embedded::Command(line));
        }
        (starts, exported)
    }

    /// Settings by their own names, whose component their names identify.
    fn overrides(&mut self, key: &Scalar, node: &Node) {
        let settings = self.settings(node);
        if let (_, Some(component), _) = kind::detect("", &settings) {
            self.part(component, key.span, settings, true);
        }
    }
}

/// Whether values of a chart beside an image have the address of brokers: `kafka: {brokers: …}`, `kafkaBrokers: …`.
fn names_brokers(node: &Node) -> bool {
    let is_address = |key: &str| {
        let key = key.to_ascii_lowercase();
        ["broker", "bootstrap", "server", "host", "url", "address"].iter().any(|word| key.contains(word))
    };
    // A service of Compose may have such keys too, but only in a chart is `image` a map.
    let is_chart = matches!(node.get("image"), Some(Node::Map(_)));
    is_chart
        && node.entries().iter().any(|(key, value)| {
            let of_kafka = key.text.to_ascii_lowercase().contains("kafka");
            match value {
                Node::Map(entries) if of_kafka => entries.iter().any(|(key, value)| {
                    is_address(&key.text) && value.scalar().is_none_or(|value| !value.text.trim().is_empty())
                }),
                Node::Scalar(value) => of_kafka && is_address(&key.text) && !value.text.trim().is_empty(),
                _ => false,
            }
        })
}

/// The variables that `export` names in commands.
fn exports(commands: &SourceText) -> impl Iterator<Item = Variable> + '_ {
    let (all, _) = kafka_upgrade_syntax::shell::commands(&commands.text);
    let exports = all.into_iter().filter(|one| one.words.first().is_some_and(|name| name.text == "export"));
    let assigned = exports.flat_map(|one| one.words.into_iter().skip(1));
    assigned.filter_map(|word| Variable::of_word(&word.within(commands)))
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
