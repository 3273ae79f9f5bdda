//! Whether a text is one about containers. Only its beginning is looked at, line by line; no tree is built.

use kafka_upgrade_document::template;
use kafka_upgrade_document::{Slice as _, paths};

use super::walk::COMMANDS;
use super::{bodies, maps};
use crate::environment::{Mapping, is_of_client};
use kafka_upgrade_syntax::tree::yaml::unfolded;

/// Bytes that are looked at; charts begin with long comments.
const BEGINNING_BYTES: usize = 16_000;

/// Beginnings of lines that only Compose files, Kubernetes' or Helm's have, without indentation.
const TOP: &[&str] = &["apiVersion:", "services:", "configurationOverrides:", "overrideConfiguration:"];

/// How sure the text is one.
pub(super) fn sniff(path: &str, text: &str) -> u8 {
    if is_dockerfile(path, text) || is_environment(text) {
        return 90;
    }
    let beginning = beginning(text);
    let start = beginning.trim_start();
    if start.starts_with(['{', '[']) {
        let is_resource = beginning.contains("\"apiVersion\"") && beginning.contains("\"kind\"");
        // Programs of every kind have an image and an environment in JSON.
        let signs = Signs::of(beginning);
        let starts_kafka = signs.image
            && signs.inside
            && ["\"KAFKA_", "\"SPRING_KAFKA_"].iter().any(|name| beginning.contains(name));
        let is_told =
            is_resource || starts_kafka || (signs.services && signs.image) || (signs.resource && signs.kind);
        return if is_told { 60 } else { maps::sniff(path, text) };
    }
    // A chart prints its notes to people, and recipes of make have colons as well.
    let is_other = ["NOTES.txt", "Makefile", ".mk"].iter().any(|name| path.ends_with(name));
    // A file named `.json` that does not begin like JSON holds notes or commands.
    let is_json = template::plain_name(path).ends_with(".json") && !start.starts_with(['/', '#']);
    if start.starts_with('<') || is_other || is_json {
        return 0;
    }
    // Its services may name images alone.
    if path.ends_with(".gitlab-ci.yml") && beginning.contains("kafka") {
        return 70;
    }
    let sum = match Signs::of(beginning).sum() {
        0 => maps::sniff(path, text),
        sum => sum,
    };
    let name = paths::file_name(template::plain_name(path));
    let is_yaml = !name.contains('.') || name.ends_with(".yaml") || name.ends_with(".yml");
    let is_command = |line: &str| runs_tool(line) || is_file(line);
    // Above a script: it is in lines of YAML.
    if sum == 0 && is_yaml && has_folded_tool(beginning) {
        return 78;
    }
    if sum == 0 && is_yaml && beginning.lines().any(is_command) {
        return 40;
    }
    sum
}

/// Whether a line runs a tool of Kafka's: an entry of a list of commands, or the value of a key.
fn runs_tool(line: &str) -> bool {
    const RUNNERS: &[&str] = &["docker", "kubectl", "podman", "sudo", "exec", "ssh"];
    let line = line.trim_start().trim_start_matches("- ");
    let value = match line.split_once(": ") {
        Some((key, value)) if !key.contains([' ', '/']) => value,
        _ => line,
    };
    let is_call = |part: &str| {
        let words: Vec<&str> = part.split_ascii_whitespace().collect();
        let is_run = words.first().is_some_and(|first| RUNNERS.contains(first));
        let at = words.iter().position(|word| {
            let base = word.rsplit('/').next().unwrap_or_default();
            let stem = base.strip_suffix(".sh").unwrap_or(base);
            ["kafka-", "connect-", "zookeeper-"].iter().any(|start| stem.starts_with(start))
                && crate::tool_names::is_tool(stem)
        });
        at.filter(|at| *at == 0 || is_run)
            .and_then(|at| words.get(at + 1))
            .is_some_and(|next| next.starts_with('-') || next.contains('/') || next.ends_with(".properties"))
    };
    !line.starts_with('#') && value.trim_matches(['"', '\'']).split(['&', '|', ';', '(']).any(is_call)
}

/// Whether a command goes over several lines of YAML and has a tool of Kafka's in one of them: `shell: >` of Ansible.
fn has_folded_tool(text: &str) -> bool {
    let opens = |line: &str| {
        let entry = line.trim_start().trim_start_matches("- ").split_once(':');
        entry
            .is_some_and(|(key, value)| COMMANDS.contains(&key) && value.trim_start().starts_with(['>', '|']))
    };
    let is_tool = |word: &str| {
        let base = word.rsplit('/').next().unwrap_or_default();
        let stem = base.strip_suffix(".sh").unwrap_or(base);
        base.len() < word.len() && kafka_upgrade_catalog::tools::is_tool(stem)
    };
    text.lines().any(opens) && text.split_ascii_whitespace().any(is_tool)
}

/// Whether a file of Kafka's is written by the text: `path: /etc/kafka/server.properties`.
fn is_file(line: &str) -> bool {
    let entry = line.trim_start().trim_start_matches("- ").split_once(": ");
    entry.is_some_and(|(key, value)| {
        bodies::NAMES.contains(&key) && value.contains("kafka") && value.trim().ends_with(".properties")
    })
}

/// What the lines say.
#[derive(Default)]
struct Signs {
    resource: bool,
    kind: bool,
    services: bool,
    image: bool,
    inside: bool,
    chart: bool,
    jobs: bool,
    other: bool,
}

impl Signs {
    fn of(beginning: &str) -> Self {
        let mut signs = Self::default();
        unfolded(beginning).lines().for_each(|line| signs.look(line));
        signs
    }

    fn look(&mut self, line: &str) {
        let inner = line.trim_start();
        let inner = inner.strip_prefix("- ").unwrap_or(inner).trim_start();
        let starts = |start: &str| inner.starts_with(start);
        let at_top = !line.starts_with([' ', '\t']);
        self.resource |= starts("apiVersion:");
        self.kind |= starts("kind:");
        self.image |= starts("image:") || starts("repository:") || starts("Image:");
        self.inside |= [
            "environment:",
            "env:",
            "Env:",
            "variables:",
            "stages:",
            "ports:",
            "command:",
            "build:",
            "volumes:",
            "depends_on:",
        ]
        .into_iter()
        .any(starts);
        self.chart |= TOP.iter().skip(2).any(|top| starts(top))
            || ["extraConfig:", "extraEnvVars:", "imageTag:", "tag:"].into_iter().any(starts);
        if at_top {
            self.services |= starts("services:");
            self.jobs |= starts("jobs:");
            // Maps that only charts of Kafka have.
            self.chart |= matches!(inner.trim_end(), "kraft:" | "externalZookeeper:");
            // A lock file of pnpm, Prometheus' rules and JMX exporter's, logging.
            self.other |= ["lockfileVersion:", "groups:", "rules:", "Configuration:", "openapi:"]
                .into_iter()
                .any(starts);
        }
    }

    const fn sum(&self) -> u8 {
        match self {
            Self { resource: true, kind: true, .. } => 90,
            Self { other: true, .. } => 0,
            Self { services: true, image: true, .. } => 90,
            Self { services: true, inside: true, .. } => 70,
            Self { jobs: true, image: true, .. } => 70,
            Self { image: true, chart: true, .. } => 70,
            Self { image: true, inside: true, .. } => 60,
            Self { chart: true, .. } => 30,
            _ => 0,
        }
    }
}

/// Whether every line sets a variable, and one of them only a node or a client of an application has.
pub(super) fn is_environment(text: &str) -> bool {
    has_variables(text, |name| is_node(name) || is_of_client(name))
}

/// Whether one of the variables is one that only a node has.
pub(super) fn is_nodes(text: &str) -> bool {
    has_variables(text, is_node)
}

fn is_node(name: &str) -> bool {
    Mapping::of_variable(name) == Some(Mapping::GUESSED)
        || matches!(name, "KAFKA_ZOOKEEPER_CONNECT" | "KAFKA_CFG_ZOOKEEPER_CONNECT")
}

fn has_variables(text: &str, is_meant: impl Fn(&str) -> bool) -> bool {
    let mut is_nodes = false;
    // What the beginning cuts off is a name at the worst.
    for line in beginning(text).lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let Some((name, _)) = line.split_once('=') else { return false };
        let name = name.strip_prefix("export ").map_or(name, str::trim_start);
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            return false;
        }
        is_nodes |= is_meant(name);
    }
    is_nodes
}

/// Whether its first instruction is one that builds an image.
pub(super) fn is_dockerfile(path: &str, text: &str) -> bool {
    let file = paths::file_name(path).to_ascii_lowercase();
    let named = ["dockerfile", "containerfile"].iter().any(|name| {
        file.starts_with(name) || file.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'))
    });
    let lines = beginning(text).lines().map(str::trim);
    let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#')).peekable();
    let word = |line: &str, word: &str| {
        line.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
            && line.get(word.len()..).is_some_and(|rest| rest.starts_with([' ', '\t']))
    };
    let first = lines.find(|line| !word(line, "ARG"));
    let Some(first) = first.filter(|line| word(line, "FROM")) else { return false };
    // A sentence, or SQL, may begin so as well.
    let mut words = first.split_ascii_whitespace().skip(1).filter(|word| !word.starts_with("--"));
    let (_, next) = (words.next(), words.next());
    next.is_none_or(|next| next.eq_ignore_ascii_case("AS")) && (named || first.starts_with("FROM"))
}

fn beginning(text: &str) -> &str {
    let end = text.floor_char_boundary(BEGINNING_BYTES);
    text.slice(..end).trim_start_matches('\u{feff}')
}
