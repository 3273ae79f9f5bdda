//! Texts of programs beside Kafka that few words make out, where no format takes them: bindings of cloud functions,
//! components of Dapr, parameters of operators, variables of Ansible's roles, charts, dashboards.
//!
//! Evidence is a table: what the file is called, and words that all have to stand in lines that are no comments. What is
//! *not* here: settings; these programs have their own, so that none is judged by Kafka's rules. Invariant: a row never
//! takes a text that merely names Kafka.

use std::collections::BTreeSet;

use kafka_upgrade_document::{Slice as _, paths, template};

use crate::{Document, Kind, Span, Usage, containers, metric_names};

/// Ends of file names, none for any; words that all have to be there; what the text is.
type Row = (&'static [&'static str], &'static [&'static str], Kind);

/// What each program's files are known by.
const ROWS: &[Row] = &[
    // Azure Functions.
    (&[".json"], &["\"brokerList\"", "\"kafka", "\"bindings\""], Kind::ApplicationConfig),
    (&["host.json"], &["\"extensions\"", "\"kafka\""], Kind::ApplicationConfig),
    (&["local.settings.json"], &["\"BrokerList\""], Kind::ApplicationConfig),
    // Dapr says of its component for Kafka which version it speaks.
    (&["metadata.yaml", "metadata.yml"], &["schemaVersion:", "name: brokers"], Kind::ApplicationConfig),
    // KUDO's operator takes the settings of brokers as parameters.
    (&["params.yaml", "params.yml"], &["kudo.dev/", "parameters:"], Kind::ApplicationConfig),
    (&["scala-steward.conf"], &["\"org.apache.kafka\""], Kind::BuildFile),
    // Amazon's names of the metrics of MSK.
    (&[], &["\"AWS/Kafka\""], Kind::Metrics),
    // Saved objects of Kibana.
    (&[".ndjson"], &["\"attributes\"", "kafka_"], Kind::Metrics),
];

/// Words of lines that are looked at, in bytes.
const MAX_BYTES: usize = 4_000_000;

/// At most this many names of metrics are kept of one text.
const MAX_NAMES: usize = 500;

/// Takes a text for what its words make it; its kind stays unknown where they make it nothing.
pub(crate) fn find(path: &str, text: &str, document: &mut Document) {
    let file = paths::file_name(template::plain_name(path));
    let text = text.slice(..text.floor_char_boundary(MAX_BYTES));
    if !["afka", "AFKA"].iter().any(|one| text.contains(one)) {
        return;
    }
    let is_row = |(names, words, _): &&Row| {
        (names.is_empty() || names.iter().any(|name| file.ends_with(name)))
            && words.iter().all(|word| has(text, word))
    };
    let is_yaml = [".yml", ".yaml"].iter().any(|ending| file.ends_with(ending));
    let kind = match ROWS.iter().find(is_row) {
        Some((.., kind)) => *kind,
        None if file == "Chart.yaml" && is_chart(text, document) => Kind::Containers,
        None if is_yaml && (is_of_role(path) && has_variables(path, text) || has_version(text)) => {
            Kind::ApplicationConfig
        }
        None => return,
    };
    document.kind = kind;
    document.problems.clear();
    if kind == Kind::Metrics {
        metrics(text, document);
    }
}

/// Lines of a text that say something to its program, with where they begin.
fn said(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_comment = |line: &str| ["#", "//", ";"].iter().any(|sign| line.trim_start().starts_with(sign));
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(move |line| {
        at += line.len();
        (at - line.len(), line)
    });
    lines.filter(move |(_, line)| !is_comment(line))
}

fn has(text: &str, word: &str) -> bool {
    text.contains(word) && said(text).any(|(_, line)| line.contains(word))
}

/// The metrics of exporters that a text names, each once.
fn metrics(text: &str, document: &mut Document) {
    let mut seen = BTreeSet::new();
    for (at, _) in text.match_indices("kafka_") {
        let is_of_name = |one: char| one.is_ascii_alphanumeric() || one == '_';
        if text.slice(..at).ends_with(is_of_name) || document.usages.len() >= MAX_NAMES {
            continue;
        }
        let name = text.slice(at..);
        let name = name.slice(..name.find(|one| !is_of_name(one)).unwrap_or(name.len()));
        if seen.insert(name) {
            let named = metric_names::flat(name, at as u32, false);
            document.usages.extend(named.into_iter().map(Usage::from));
        }
    }
}

/// Names of charts for Kafka and for what is beside it.
const CHARTS: &[&str] = &["kafka", "strimzi", "cmak"];

/// Whether a chart runs Kafka or a program beside it: it is called so, is found by such words, or names images of it.
fn is_chart(text: &str, document: &mut Document) -> bool {
    let mut is_one = ["- kafka", "- confluent"].iter().all(|word| has(text, word));
    for (start, line) in said(text) {
        let body = line.trim_start().trim_start_matches("- ");
        let (key, value) = body.split_once(':').unwrap_or_default();
        let value = value.trim();
        if key == "name" && line.starts_with("name") {
            is_one |= CHARTS.iter().any(|name| value.contains(name));
        } else if key == "image" && value.contains("kafka") {
            let from = start + (value.as_ptr().addr() - line.as_ptr().addr());
            let span = Span::new(from as u32, (from + value.len()) as u32);
            document.dependencies.extend(containers::image_dependencies(value, span));
            is_one = true;
        }
    }
    is_one
}

/// Whether a file holds variables of Ansible's roles or of machines.
fn is_of_role(path: &str) -> bool {
    let is_folder = |part| matches!(part, "defaults" | "vars" | "host_vars" | "group_vars");
    paths::parts(paths::folder(path)).any(is_folder)
}

/// Least variables of Kafka's in a role that is not Kafka's by its name.
const MIN_VARIABLES: usize = 2;

/// Whether variables are of a role for Kafka, whatever they are called, or several are called after Kafka.
fn has_variables(path: &str, text: &str) -> bool {
    let is_name =
        |key: &str| !key.is_empty() && key.bytes().all(|one| one.is_ascii_alphanumeric() || one == b'_');
    let keys = said(text).filter_map(|(_, line)| line.split_once(':')).map(|(key, _)| key);
    let keys: Vec<&str> = keys.filter(|key| is_name(key)).collect();
    let of_kafka = keys.iter().filter(|key| key.starts_with("kafka_") || key.starts_with("zookeeper_"));
    let is_kafkas = paths::parts(path).any(|part| part.contains("kafka"));
    is_kafkas && !keys.is_empty() || of_kafka.count() >= MIN_VARIABLES
}

/// Whether values of a chart say a version of Kafka's, `kafka: version: 2.8.1`, whatever its templates make of it.
fn has_version(text: &str) -> bool {
    let mut above: Option<usize> = None;
    said(text).any(|(_, line)| {
        let body = line.trim_start();
        let indent = line.len() - body.len();
        let Some((key, value)) = body.split_once(':').filter(|_| !body.is_empty()) else { return false };
        let value = value.trim().trim_matches(['"', '\'']);
        if key == "kafka" && value.is_empty() {
            above = Some(indent);
            return false;
        }
        if above.is_some_and(|above| indent <= above) {
            above = None;
        }
        let is_number = value.starts_with(|one: char| one.is_ascii_digit()) && value.contains('.');
        above.is_some() && matches!(key, "version" | "imageTag" | "kafkaVersion") && is_number
    })
}

#[cfg(test)]
mod tests {
    use crate::{Kind, read};

    #[test]
    fn files_of_programs_beside_kafka_are_known_by_few_words() {
        for (path, text, kind) in [
            (
                "orders/function.json",
                "{\"bindings\": [{\"type\": \"kafkaTrigger\", \"topic\": \"t\", \"brokerList\": \"Brokers\"}]}\n",
                Kind::ApplicationConfig,
            ),
            (
                "host.json",
                "{\"extensions\": {\n  \"kafka\": {\"maxBatchSize\": 3}\n}}\n",
                Kind::ApplicationConfig,
            ),
            (
                "local.settings.json.example",
                "{\"Values\": {\n  \"BrokerList\": \"\",\n  \"topic\": \"{MY_KAFKA_TOPIC}\"\n}}\n",
                Kind::ApplicationConfig,
            ),
            (
                "kafka/metadata.yaml",
                "schemaVersion: v1\ntype: pubsub\nname: kafka\nmetadata:\n  - name: brokers\n    required: true\n",
                Kind::ApplicationConfig,
            ),
            (
                "operator/params.yaml",
                "apiVersion: kudo.dev/v1beta1\nparameters:\n  - name: LOG_HOURS\n    description: of Kafka\n",
                Kind::ApplicationConfig,
            ),
            (
                ".scala-steward.conf",
                "updates.pin = [ { groupId = \"org.apache.kafka\", version = \"2.8.\" } ]\n",
                Kind::BuildFile,
            ),
            (
                "dashboard.json.tpl",
                "{\"widgets\": [{\"properties\": {\"metrics\": [[\"AWS/Kafka\", \"CpuUser\"]]}}]}\n",
                Kind::Metrics,
            ),
            ("Chart.yaml", "apiVersion: v2\nname: my-kafka\nappVersion: 3.9.0\n", Kind::Containers),
            (
                "Chart.yaml",
                "name: schemas\nversion: 1.0.0\nkeywords:\n- confluent\n- kafka\n",
                Kind::Containers,
            ),
            ("roles/kafka/defaults/main.yml", "---\nheap: 1g\n# of Kafka\n", Kind::ApplicationConfig),
            ("group_vars/all.yml", "kafka_port: 9092\nkafka_home: /opt\n", Kind::ApplicationConfig),
            ("values.yaml", "kafka:\n  appName: k\n  version: 2.2.0\n", Kind::ApplicationConfig),
        ] {
            assert_eq!(read(path, text, None).kind, kind, "{path}: {text}");
        }
    }

    #[test]
    fn a_chart_names_the_images_that_it_runs() {
        let text = "apiVersion: v2\nname: a\nannotations:\n  images: |\n    - name: kafka\n      image: docker.io/bitnami/kafka:3.9.0-debian-12-r1\n";
        let document = read("Chart.yaml", text, None);
        let all = document.dependencies.iter();
        let all: Vec<_> = all.map(|one| format!("{} {}", one.artifact, one.version)).collect();
        assert_eq!(all.len(), 1, "{all:?}");
        assert!(all[0].starts_with("bitnami/kafka 3.9.0"), "{all:?}");
    }

    #[test]
    fn saved_objects_of_kibana_name_metrics_once() {
        let text = "{\"attributes\":{\"a\":\"{\\\"field\\\":\\\"prometheus.metrics.kafka_server_replicamanager_underreplicatedpartitions\\\"}\"}}\n";
        let document = read("overview.ndjson", &text.repeat(2), None);
        assert_eq!((document.kind, document.usages.len()), (Kind::Metrics, 1));
    }

    #[test]
    fn what_merely_names_kafka_is_none_of_these() {
        for (path, text) in [
            ("function.json", "{\"bindings\": [{\"type\": \"httpTrigger\", \"name\": \"kafka\"}]}\n"),
            ("host.json", "{\"extensions\": {\"http\": {}}, \"name\": \"kafka-app\"}\n"),
            ("params.yaml", "parameters:\n  - name: KAFKA\n"),
            ("metadata.yaml", "name: kafka\ntype: pubsub\n"),
            ("Chart.yaml", "apiVersion: v2\nname: shop\nkeywords:\n  - kafka\n"),
            ("roles/web/defaults/main.yml", "---\nheap: 1g\nkafka_topic: a\n"),
            ("roles/kafka/defaults/main.yml", "---\n# kafka\n"),
            ("values.yaml", "kafka:\n  enabled: true\nredis:\n  version: 7.0.1\n"),
            ("values.yaml", "# kafka:\n#   version: 2.2.0\n"),
            ("a.ndjson", "{\"attributes\": {\"title\": \"Kafka\"}}\n"),
        ] {
            assert_eq!(read(path, text, None).kind, Kind::Unknown, "{path}: {text}");
        }
    }
}
