//! Maps of settings by their own names, in trees of anybody: variables of Ansible, values of charts, topics of other
//! operators, configuration of applications, what clouds take and print.
//!
//! Evidence is in the keys: half of them are names with dots that some component of Kafka has. Whatever holds such a
//! map adds to it, so each is partial. What is *not* here: settings as lines of one text.

use super::clusters::SCALA_OF_ROLE;
use super::kubernetes;
use crate::environment::{Mapping, is_of_client};
use crate::part::setting;
use crate::part::{is_kafkas, of_settings, with_settings};
use crate::{Document, Kind, Setting, kind};
use kafka_upgrade_document::{Slice as _, paths};
use kafka_upgrade_syntax::tree::{Node, Scalar};

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 64_000;

/// Endings of names that trees have.
const ENDINGS: &[&str] = &[".yaml", ".yml", ".json", ".template", ".sls"];

/// How sure a text holds such a map: less than any format that knows what it reads.
pub(super) fn sniff(path: &str, text: &str) -> u8 {
    let name = kafka_upgrade_document::template::plain_name(path);
    let file = paths::file_name(name);
    // `values.j2` is what a chart gets.
    let named = ENDINGS.iter().any(|ending| file.ends_with(ending)) || file == "values";
    let beginning = text.slice(..text.floor_char_boundary(BEGINNING_BYTES));
    if !named && (file.contains('.') || !is_tree(beginning)) {
        return 0;
    }
    let is_entry = |line: &str| {
        let inner = line.trim_start().trim_start_matches("- ");
        let key = inner.split_once(':').map(|(key, _)| key.trim().trim_matches(['"', '\'']));
        let has_options = || line.contains("-XX:") && line.to_ascii_lowercase().contains("kafka");
        let is_variable = |name: &str| is_of_client(name) || Mapping::of_variable(name).is_some();
        let named = inner.strip_prefix("name:").is_some_and(|name| is_variable(name.trim()));
        let of_file = inner.strip_prefix("line:").and_then(|line| line.split_once('='));
        let is_line = of_file.is_some_and(|(key, _)| is_kafkas(key.trim().trim_matches(['"', '\''])));
        let is_item = ITEMS.iter().any(|(name, _)| {
            let inner = inner.trim_start_matches(['{', ' ']);
            let value = inner.strip_prefix(name).and_then(|rest| rest.strip_prefix(':'));
            let value = value.map(|value| value.split([',', '}']).next().unwrap_or_default());
            value.is_some_and(|value| is_kafkas(value.trim().trim_matches(['"', '\''])))
        });
        is_item
            || key.is_some_and(|key| is_kafkas(key) || has_options() || is_variable(key))
            || named
            || is_line
    };
    // A file of a client's or a broker's in a value of a chart.
    let of_body = |line: &str| {
        let line = line.trim_end();
        let key =
            line.trim_start().strip_suffix(['|', '-', '+']).map(|key| key.trim_end_matches(['|', '-', '>']));
        let key = key.map(|key| key.trim_end().trim_end_matches(':').trim_matches(['"', '\'']));
        key.is_some_and(|key| !key.contains(' ') && FILES.iter().any(|ending| key.ends_with(ending)))
    };
    let has_line = |name: &str| beginning.lines().any(|line| line.trim() == name);
    // Lines of properties below a key, whatever it is called.
    let opens = |line: &str| {
        let line = line.trim_end();
        line.ends_with(": |") || line.ends_with(": |-") || line.ends_with(": |+")
    };
    let is_set = |line: &str| {
        line.starts_with([' ', '\t']) && line.split_once('=').is_some_and(|(key, _)| is_kafkas(key.trim()))
    };
    let has_lines = || {
        let mut lines = beginning.lines().skip_while(|line| !opens(line)).skip(1);
        lines.any(is_set)
    };
    let of_chart = |line: &str| {
        let chart = line.trim_start().trim_start_matches("- ").strip_prefix("chart:");
        chart.is_some_and(|chart| chart.trim().trim_matches(['"', '\'']).ends_with("/kafka"))
    };
    let both = || has_line("kafka:") && has_line("zookeeper:");
    let of_charts = has_line("cp-kafka:")
        // Values of a chart that has both as charts of its own.
        || both() && ["replicaCount:", "replicas:"].iter().any(|sign| beginning.contains(sign))
        || has_line("externalZookeeper:")
        || beginning.lines().any(of_chart) && beginning.contains("zookeeper");
    let installs = |line: &str| line.trim_start().starts_with("confluent_package_version:");
    let of_role = |line: &str| line.starts_with(SCALA_OF_ROLE);
    let of_playbooks = (has_line("zookeeper:") || has_line("kafka_controller:")) && has_line("kafka_broker:")
        || beginning.lines().any(|line| installs(line) || of_role(line));
    let of_cloud = beginning.contains("AWS::MSK::")
        || beginning.contains("kafkaVersion:")
            && ["aws:msk", "msk.aws", "kafka.aws."].iter().any(|sign| beginning.contains(sign))
        || beginning.contains("ServerProperties") && beginning.contains("MSK::")
        || beginning.contains("\"ServerProperties\"") && beginning.contains("arn:aws:kafka")
        || beginning.contains("\"KafkaVersion\"") && beginning.contains("CurrentBrokerSoftwareInfo");
    let has_body = beginning.contains("kafka") && beginning.lines().any(of_body);
    let of_binder = has_line("binder:") && has_line("kafka:") && has_line("zk:");
    // Strimzi's images of brokers, by the tag alone.
    let is_tag = |line: &str| line.trim_start().starts_with("tag:") && line.contains("-kafka-");
    let of_tag = beginning.lines().any(is_tag);
    if of_binder
        || of_tag
        || of_cloud
        || of_playbooks
        || of_charts
        || has_body
        || has_lines()
        || beginning.lines().any(is_entry)
    {
        35
    } else {
        0
    }
}

/// Whether a text without a name is a tree and no list of settings, whose lines may have colons as well.
fn is_tree(text: &str) -> bool {
    let sets = |line: &str| line.find('=').is_some_and(|at| line.find(':').is_none_or(|colon| at < colon));
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let begins = lines.clone().next().is_some_and(|line| line.starts_with(['{', '[']) || line == "---");
    begins || (!lines.clone().any(sets) && lines.any(|line| line.ends_with(':')))
}

/// What a map is a configuration of, if it is one.
pub(super) fn part(key: &Scalar, node: &Node) -> Option<Document> {
    let settings: Vec<Setting> =
        node.entries().iter().filter_map(|(name, value)| Some(setting(name, value.scalar()?))).collect();
    of_settings(&key.text, key.span, settings)
}

/// Endings of names of files that a tree may hold.
const FILES: &[&str] = &[".yml", ".yaml", ".properties", ".conf", ".toml"];

/// What lists of settings call a key and its value, as loops of Ansible's tasks and other tools have them.
const ITEMS: &[(&str, &str)] =
    &[("key", "value"), ("name", "value"), ("option", "value"), ("property", "value"), ("setting", "value")];

/// A list whose items are a key and its value each: `- {key: log.dirs, value: /srv/kafka}`.
pub(super) fn list(key: &Scalar, node: &Node) -> Option<Document> {
    let settings = node.items().iter().map(|item| {
        ITEMS
            .iter()
            .find_map(|(name, value)| Some(setting(item.get(name)?.scalar()?, item.get(value)?.scalar()?)))
    });
    let settings: Option<Vec<Setting>> = settings.collect();
    of_settings(&key.text, key.span, settings?)
}

/// A line that a task of Ansible's puts into a file of Kafka's: `path` or `dest` with the file, `line` with the setting.
pub(super) fn line_in_file(node: &Node) -> Option<Document> {
    let path = ["path", "dest"].iter().find_map(|name| node.get(name)?.scalar())?;
    if !path.text.ends_with(".properties") {
        return None;
    }
    let scalar = |name: &str| node.get(name).and_then(Node::scalar);
    let setting = match (scalar("line"), scalar("option"), scalar("value")) {
        (Some(line), ..) => kubernetes::line(line),
        (_, Some(option), Some(value)) => Some(setting(option, value)),
        _ => None,
    };
    let setting = setting.filter(|one| is_kafkas(&one.key))?;
    let component = kind::detect(&path.text, std::slice::from_ref(&setting)).1?;
    Some(with_settings(Kind::ApplicationConfig, component, vec![setting], path.span))
}

/// A whole tree that is one such map.
pub(super) fn root(node: &Node) -> Option<Document> {
    let (first, _) = node.entries().first()?;
    part(&Scalar { text: String::new(), ..first.clone() }, node)
}
