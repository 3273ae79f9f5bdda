//! What the reader's containers are called, and how commands reach them; examples where no file names any.

use std::cell::Cell;

use kafka_upgrade_catalog::{Platform, Release};
use kafka_upgrade_document::{Resource, paths};
use kafka_upgrade_report::{Action, Mode};

use super::compose_file::ComposeFile;
use super::image::Image;
use super::runner::Runner;
use crate::plan::steps::{Writer, is_plain};
use crate::upgrade::CheckedFile;

/// Names from the reader's files, or example names.
pub(super) struct Names {
    pub(super) platform: Platform,
    /// For `Platform::Compose`: what starts the containers.
    pub(super) runner: Runner,
    /// The Nomad job, or the task family.
    pub(super) job: String,
    /// Whether the Kafka chart is a subchart of the reader's own chart.
    pub(super) is_subchart: bool,
    /// Services of brokers, or StatefulSets.
    pub(super) nodes: Vec<Node>,
    /// ` -n NAMESPACE`, or nothing.
    pub(super) namespace: String,
    /// The text that runs them: `docker-compose.yml`.
    pub(super) file: String,
    /// The service of ZooKeeper.
    pub(super) zookeeper: String,
    /// The Compose file as the step before left it, while it is drafted.
    pub(super) drafted: Cell<Option<ComposeFile>>,
}

pub(super) struct Node {
    pub(super) name: String,
    pub(super) container: String,
    pub(super) image: Image,
    /// The image as it is written.
    pub(super) written: String,
    /// Pods of a StatefulSet.
    pub(super) replicas: u32,
}

/// At most this many pods are named one by one.
pub(super) const MAX_PODS: u32 = 9;

/// At most this many services are named one by one.
pub(super) const MAX_NODES: usize = 9;

impl Names {
    pub(super) fn of(writer: &Writer<'_, '_>) -> Self {
        let case = writer.case;
        let platform = case.running.platform;
        let files = || case.files.iter().filter(|read| !read.is_part);
        let resources =
            || files().flat_map(|read| read.document.resources.iter().map(move |one| (read.path, one)));
        let is_node = |one: &Resource| one.value("role") == Some("broker") && is_name(&one.name);
        let of_brokers: Vec<(&str, &Resource)> =
            resources().filter(|(_, one)| is_node(one)).take(MAX_NODES).collect();
        let mut nodes: Vec<Node> = of_brokers
            .iter()
            .map(|(_, one)| Node {
                name: one.name.clone(),
                container: one.value("container").filter(|name| is_name(name)).unwrap_or("kafka").to_owned(),
                image: Image::new(one.value("image").unwrap_or_default()),
                written: one.value("image").unwrap_or_default().to_owned(),
                replicas: one.value("replicas").and_then(|one| one.parse().ok()).unwrap_or(1),
            })
            .collect();
        if nodes.is_empty() {
            let artifact = case
                .inventory
                .items
                .iter()
                .find(|item| item.name.ends_with("/kafka") || item.name.contains("/cp-"));
            let image = artifact.map(|item| format!("{}:{}", item.name, item.version));
            // The charts that are known bring Bitnami's along.
            let of_chart = if platform == Platform::Helm { "bitnami/kafka" } else { "" };
            let image = image.unwrap_or_else(|| of_chart.to_owned());
            let name = if platform == Platform::Helm { "kafka-broker" } else { "kafka" };
            nodes.push(Node {
                name: name.to_owned(),
                container: "kafka".to_owned(),
                image: Image::new(&image),
                written: String::new(),
                replicas: 3,
            });
        }
        let is_signed = |read: &CheckedFile<'_>| {
            read.document.platforms.iter().any(|sign| sign.platform == platform && sign.runs)
        };
        let signs = files().find(|read| is_signed(read));
        let file = of_brokers.first().map(|(path, _)| *path).or_else(|| signs.map(|read| read.path));
        // A chart's own file names the charts that it brings along; values are in another one.
        let is_chart = |path: &str| matches!(paths::file_name(path), "Chart.yaml" | "requirements.yaml");
        let is_values = |path: &&str| {
            let name = paths::file_name(path);
            name.contains("values") && (name.ends_with(".yaml") || name.ends_with(".yml"))
        };
        let file = match file.filter(|path| is_chart(path)) {
            Some(_) => files().map(|read| read.path).find(is_values),
            None => file,
        };
        let file = file.map(paths::file_name).filter(|name| is_name(name));
        let runner = Runner::of(writer, file);
        let job = resources().find(|(_, one)| one.kind == "job" && is_name(&one.name));
        let otherwise = match platform {
            Platform::Compose => "docker-compose.yml",
            Platform::Helm => "values.yaml",
            _ => "kafka.yaml",
        };
        let namespace =
            of_brokers.first().and_then(|(_, one)| one.namespace.as_deref()).filter(|name| is_plain(name));
        let zookeeper =
            resources().find(|(_, one)| one.value("role") == Some("zookeeper") && is_name(&one.name));
        Self {
            platform,
            runner,
            job: job.map_or_else(|| "kafka".to_owned(), |(_, one)| one.name.clone()),
            is_subchart: resources().any(|(_, one)| one.kind == "subchart")
                || files().any(|read| is_chart(read.path) && is_signed(read)),
            nodes,
            namespace: namespace.map(|name| format!(" -n {name}")).unwrap_or_default(),
            file: file
                .filter(|name| runner != Runner::Compose || name.ends_with("ml"))
                .unwrap_or(otherwise)
                .to_owned(),
            zookeeper: zookeeper.map_or_else(|| "zookeeper".to_owned(), |(_, one)| one.name.clone()),
            drafted: Cell::new(None),
        }
    }

    /// The image of the first node, which stands for all of them.
    pub(super) fn image(&self) -> Image {
        self.nodes.first().map_or_else(|| Image::new(""), |node| node.image.clone())
    }

    /// The image that runs a release there.
    pub(super) fn image_at(&self, release: Release, mode: Mode) -> String {
        let image = self.image();
        if self.platform == Platform::Helm { image.in_chart(release, mode) } else { image.at(release, mode) }
    }

    /// Prefix of a command that runs inside a broker's container.
    pub(super) fn exec(&self) -> String {
        let name = self.nodes.first().map_or("kafka", |node| node.name.as_str());
        match self.platform {
            Platform::Compose => self.exec_in(name),
            Platform::Kubernetes => {
                format!("kubectl{} exec {name}-0 -c {} -- ", self.namespace, self.container())
            }
            _ => format!("kubectl{} exec {name}-0 -- ", self.namespace),
        }
    }

    pub(super) fn container(&self) -> &str {
        self.nodes.first().map_or("kafka", |node| node.container.as_str())
    }

    /// The same for ZooKeeper's container.
    pub(super) fn exec_zookeeper(&self, what: &str) -> String {
        match self.platform {
            Platform::Compose => format!("{}{what}", self.exec_in(&self.zookeeper)),
            _ => format!("kubectl{} exec {}-0 -- {what}", self.namespace, self.zookeeper),
        }
    }

    /// Where settings are changed, in words.
    pub(super) fn settings(&self) -> String {
        match self.platform {
            Platform::Compose => self.settings_of_containers(),
            Platform::Helm => format!("{} (extraConfig, overrideConfiguration, or extraEnvVars)", self.file),
            _ => format!("{} (`env` of the container, or the ConfigMap that it mounts)", self.file),
        }
    }

    /// Brings the chart's release to its changed values.
    pub(super) fn helm_upgrade(&self) -> Vec<String> {
        let Self { namespace, file, is_subchart, .. } = self;
        if *is_subchart {
            let upgrade = format!("helm upgrade{namespace} RELEASE . -f {file}");
            return vec!["helm dependency update .".to_owned(), upgrade];
        }
        let chart = "oci://registry-1.docker.io/bitnamicharts/kafka --version $CHART";
        vec![format!("helm upgrade{namespace} RELEASE {chart} -f {file}")]
    }

    /// Applies a changed file, one node after the other.
    pub(super) fn roll(&self, change: &str) -> Vec<Action> {
        let mut actions = Vec::new();
        match self.platform {
            Platform::Compose => return self.roll_containers(change),
            Platform::Helm => {
                actions.push(Action::Put {
                    on: "the chart's release".to_owned(),
                    path: self.file.clone(),
                    what: change.to_owned(),
                });
                if self.is_subchart {
                    actions.push(Action::Put {
                        on: "the chart's release".to_owned(),
                        path: "Chart.yaml".to_owned(),
                        what: "with version: $CHART of the dependency kafka".to_owned(),
                    });
                }
                for command in self.helm_upgrade() {
                    actions.push(Action::Run { on: "any machine with helm".to_owned(), command });
                }
                let wait = format!(
                    "kubectl{} rollout status statefulset -l app.kubernetes.io/name=kafka --timeout=30m",
                    self.namespace
                );
                actions.push(Action::Wait { on: "any machine with kubectl".to_owned(), command: wait });
            }
            _ => {
                for Node { name, replicas, .. } in &self.nodes {
                    let run = |rest: String| format!("kubectl{} {rest}", self.namespace);
                    let on = || name.clone();
                    let strategy = run(format!(
                        "patch statefulset {name} -p '{{\"spec\":{{\"updateStrategy\":{{\"type\":\"OnDelete\"}}}}}}'"
                    ));
                    actions.push(Action::Run { on: on(), command: strategy });
                    actions.push(Action::Put { on: on(), path: self.file.clone(), what: change.to_owned() });
                    actions.push(Action::Run { on: on(), command: run(format!("apply -f {}", self.file)) });
                    actions.push(Action::Note {
                        text: format!("each pod of {name}, the one of the active controller last:"),
                    });
                    for pod in (0..(*replicas).min(MAX_PODS)).rev() {
                        actions.push(Action::Start {
                            on: format!("{name}-{pod}"),
                            commands: vec![run(format!("delete pod {name}-{pod}"))],
                        });
                        actions.push(Action::Wait {
                            on: format!("{name}-{pod}"),
                            command: run(format!(
                                "wait pod/{name}-{pod} --for=condition=Ready --timeout=30m"
                            )),
                        });
                    }
                }
            }
        }
        actions
    }
}

/// A name of a service or file that a shell takes for nothing else.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('-')
        && name.bytes().all(|one| one.is_ascii_alphanumeric() || matches!(one, b'-' | b'.' | b'_'))
}
