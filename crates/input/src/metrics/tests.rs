use super::*;
use crate::UsageKind;

/// Name and written text of each metric.
fn metrics(text: &str) -> Vec<(String, String)> {
    let document = crate::read("", text, None);
    assert_eq!(document.kind, Kind::Metrics, "{text}");
    assert!(document.problems.is_empty(), "{:?}", document.problems);
    let usages = document.usages.iter();
    usages.map(|usage| (usage.name.clone(), usage.span.of(text).to_owned())).collect()
}

fn names(text: &str) -> Vec<String> {
    metrics(text).into_iter().map(|(name, _)| name).collect()
}

const EXPORTER: &str = r#"---
lowercaseOutputName: true
includeObjectNames:
  - "kafka.server:name=*,type=SessionExpireListener"
  - java.lang:*
excludeObjectNames: ["kafka.server:type=Fetch"]
rules:
  # kafka.server<type=Comment>
  - pattern: kafka.controller<type=(ControllerStats|KafkaController), name=(.+)PerSec\w*><>Count
    name: kafka_controller_$1_$2_total
  - pattern: "kafka\\.(\\w+)<type=(.+), name=(.+)><>Value"
  - pattern: 'kafka.producer<type=producer-metrics, client-id=(.+)><>(iotime-total|io-waittime-total):'
  - pattern: kafka.server<type=KafkaServer, name=BrokerState><>Value
  - pattern: kafka.(consumer|admin.client)<type=(.+)-metrics, (.+)=(.+)><>(iotime-total)
  - pattern: kafka.(.+)<type=app-info><>(.+)
"#;

#[test]
fn patterns_of_the_jmx_exporter_are_mbeans_where_they_are_plain() {
    let found = metrics(EXPORTER);
    let want = [
        ("kafka.server:type=SessionExpireListener,name=*", "kafka.server:name=*,type=SessionExpireListener"),
        ("kafka.controller:type=ControllerStats,name=*", "ControllerStats"),
        ("kafka.controller:type=KafkaController,name=*", "KafkaController"),
        ("kafka.producer:type=producer-metrics,client-id=*:iotime-total", "iotime-total"),
        ("kafka.producer:type=producer-metrics,client-id=*:io-waittime-total", "io-waittime-total"),
        ("kafka.server:type=KafkaServer,name=BrokerState", "kafka.server<type=KafkaServer, name=BrokerState"),
        ("kafka.admin.client:type=*,*=*:iotime-total", "iotime-total"),
        ("kafka.consumer:type=*,*=*:iotime-total", "iotime-total"),
        ("kafka.*:type=app-info", "kafka.(.+)<type=app-info"),
    ];
    let found: Vec<_> = found.iter().map(|(name, written)| (name.as_str(), written.as_str())).collect();
    assert_eq!(found, want);
}

#[test]
fn a_group_within_a_name_is_each_of_its_alternatives() {
    let text = "rules:\n- pattern: 'kafka.server<type=SessionExpireListener, name=ZooKeeper(Disconnects|Expires)PerSec\\w*><>Count'\n";
    let listener = "kafka.server:type=SessionExpireListener,name=ZooKeeper";
    assert_eq!(names(text), [format!("{listener}DisconnectsPerSec"), format!("{listener}ExpiresPerSec")]);
}

#[test]
fn queries_of_prometheus_name_metrics_and_their_labels_and_texts_do_not() {
    let text = r#"
groups:
- name: kafka
  rules:
  - alert: KafkaGone
    expr: |
      sum by (kafka_cluster) (rate(kafka_server_a_total{kafka_label="kafka_text"}[5m])) / on(kafka_x)
        group_left kafka_server_b > 0 and {__name__=~"kafka_c|kafka_d", job!="x"}
    annotations:
      description: kafka_server_described is high
  - record: job:kafka_e:sum
    expr: "sum(kafka_e{job=\"kafka_j\"}) - kafka_f"
"#;
    let want = ["kafka_server_a_total", "kafka_server_b", "kafka_c", "kafka_d", "kafka_e", "kafka_f"];
    assert_eq!(names(text), want);
    assert!(metrics(text).iter().all(|(name, written)| name == written));
    let crd = format!(
        "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nspec:\n  {}",
        text.trim().replace('\n', "\n  ")
    );
    assert_eq!(names(&crd), want);
}

#[test]
fn dashboards_name_metrics_in_panels_rows_variables_and_annotations() {
    let text = r#"{"__inputs": [], "annotations": {"list": [{"expr": "changes(kafka_a[1m])"}]},
"panels": [{"title": "kafka_title", "targets": [{"expr": "kafka_b{topic=~\"$kafka_topic\"}\n+kafka_c"}]},
  {"panels": [{"targets": [{"expr": "${kafka_var:csv} or kafka_d"}]}]}],
"templating": {"list": [{"definition": "label_values(kafka_e, x)", "query": {"query": "label_values(kafka_e, x)"}}]},
"schemaVersion": 38}"#;
    assert_eq!(names(text), ["kafka_a", "kafka_b", "kafka_c", "kafka_d", "kafka_e"]);
}

#[test]
fn other_dashboards_and_rules_are_read_and_name_nothing() {
    for text in [
        r#"{"panels": [{"targets": [{"expr": "node_load1"}]}], "schemaVersion": 38}"#,
        "groups:\n- name: x\n  rules:\n  - alert: Down\n    expr: up == 0\n",
        "lowercaseOutputName: true\nrules:\n- pattern: 'java.lang<type=Memory>'\n",
    ] {
        assert!(names(text).is_empty(), "{text}");
    }
}

#[test]
fn files_of_other_programs_are_not_claimed() {
    for text in [
        "{\"name\": \"x\", \"dependencies\": {\"kafkajs\": \"1\"}}",
        "apiVersion: apps/v1\nkind: Deployment\nspec:\n  groups:\n  expr: x\n",
        "services:\n  kafka:\n    image: apache/kafka:3.9.0\n",
        "kafka.bootstrap.servers=x\n",
        "on:\n  push:\njobs:\n  x:\n    expr: y\n",
        "",
    ] {
        assert_eq!(sniff("", text), 0, "{text}");
    }
}

#[test]
fn collectors_name_mbeans_and_attributes_beside_them() {
    let telegraf = "[[inputs.jolokia2_agent]]\n  urls = [\"http://h/jolokia\"]\n[[inputs.jolokia2_agent.metric]]\n  name = \"c\"\n  mbean = \"kafka.controller:name=*,type=KafkaController\"\n[[inputs.jolokia2_agent.metric]]\n  mbean = \"kafka.producer:type=producer-metrics,client-id=*\"\n  paths = [\"iotime-total\", \"Value\"]\n";
    let of_producer = "kafka.producer:type=producer-metrics,client-id=*:iotime-total";
    assert_eq!(names(telegraf), ["kafka.controller:type=KafkaController,name=*", of_producer]);
    let datadog = "init_config:\n  conf:\n    - include:\n        bean: kafka.producer:type=producer-metrics,client-id=*\n        attribute:\n          iotime-total:\n            metric_type: gauge\n    - exclude:\n        bean: kafka.server:type=X\n";
    assert_eq!(names(datadog), [of_producer]);
}

#[test]
fn requests_shown_by_exporters_and_by_jmx_are_reported_once() {
    let text = "# HELP kafka_a_total x\n# TYPE kafka_a_total counter\nkafka_a_total{x=\"1\"} 2.0\nkafka_a_total{x=\"2\"} 2.0\nkafka_b 1\nkafka_c_Value{name=\"D\",} 0\nkafka_c_Value{name=\"E\",} 0\n";
    assert_eq!(names(text), ["kafka_a_total", "kafka_b", "kafka_c:name=D", "kafka_c:name=E"]);
    let text = "kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec\nkafka.server:type=app-info,id=1\n";
    assert_eq!(names(text).len(), 2);
}

#[test]
fn a_file_in_a_config_map_is_read_at_its_place() {
    let text = "lowercaseOutputName:\nkind: PrometheusRule\ndata:\n  jmx.yml: |\n    rules:\n    - pattern: kafka.server<type=é, name=X><>Value\n  board.json: |\n    {\"panels\": [{\"targets\": [{\"expr\": \"kafka_a\"}]}]}\n";
    let want = [("kafka.server:type=é,name=X", "kafka.server<type=é, name=X"), ("kafka_a", "kafka_a")];
    let found = metrics(text);
    let found: Vec<_> = found.iter().map(|(name, written)| (name.as_str(), written.as_str())).collect();
    assert_eq!(found, want);
}

#[test]
fn broken_texts_are_read_up_to_their_fault_and_nothing_is_fatal() {
    let text = "{\"panels\": [{\"targets\": [{\"expr\": \"kafka_a\"}, }";
    let document = crate::read("", text, None);
    assert_eq!(document.usages.len(), 1);
    assert!(document.problems.iter().all(|problem| !problem.fatal) && document.problems.len() == 1);
}

#[test]
fn any_query_and_any_pattern_ends() {
    let parts = [
        "kafka",
        "_a",
        ":",
        "<",
        ">",
        "><>",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "|",
        "\\",
        "\\\\",
        "\"",
        "'",
        "`",
        "$",
        "${",
        "type=",
        "name=",
        ",",
        "=",
        ".",
        "-",
        " ",
        "\n",
        "é",
        "\u{1f600}",
        "__name__",
        "=~",
        "by",
        "\\w",
        "*",
        "+",
        "?",
        "x",
    ];
    let mut number = 5_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..(number >> 40) % 16 {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(parts.get((number >> 33) as usize % parts.len()).copied().unwrap_or_default());
        }
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let attributes = [("a-b".to_owned(), Span::default())];
        for named in
            [names::flat(&text, 0, true), names::flat(&text, 0, false), names::beans(&text, 0, &attributes)]
        {
            assert!(named.len() <= 64 * 16);
            for one in named {
                let span = one.span;
                assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} of {text:?}");
            }
        }
    }
}

#[test]
fn a_config_map_of_containers_names_metrics_at_their_places() {
    let text = "apiVersion: v1\nkind: ConfigMap\ndata:\n  a.yml: |\n    lowercaseOutputName: true\n    rules:\n    - pattern: kafka.server<type=A><>Value\n  b.json: |\n    {\"panels\": [{\"targets\": [{\"expr\": \"kafka_a{x=\\\"{{ y }}\\\"}\"}]}], \"schemaVersion\": 1}\n";
    let document = crate::read("", text, None);
    assert_eq!(document.kind, Kind::Containers);
    let found: Vec<_> = document.usages.iter().map(|one| (one.name.as_str(), one.span.of(text))).collect();
    assert_eq!(found, [("kafka.server:type=A", "kafka.server<type=A"), ("kafka_a", "kafka_a")]);
}

#[test]
fn dashboards_of_other_makers_are_read_by_their_queries() {
    let new_relic = r#"{"pages": [{"widgets": [{"rawConfiguration": {"nrqlQueries": [{"query": "SELECT latest(kafka_server_a) FROM Metric"}]}}]}]}"#;
    assert_eq!(names(new_relic), ["kafka_server_a"]);
    let datadog = r#"{"widgets": [{"definition": {"requests": [{"q": "avg:kafka.b.c{*} by {host}"}]}}]}"#;
    assert_eq!(names(datadog), ["avg:kafka.b.c"]);
}

#[test]
fn a_command_that_asks_jmx_names_its_mbean() {
    let text =
        "kafka-run-class.sh kafka.tools.JmxTool --object-name 'kafka.server:type=A,name=B' --one-time true\n";
    let document = crate::read("", text, None);
    let metrics = document.usages.iter().filter(|one| one.kind == UsageKind::Metric);
    let metrics: Vec<_> = metrics.map(|one| (one.name.as_str(), one.span.of(text))).collect();
    assert_eq!(metrics, [("kafka.server:type=A,name=B", "kafka.server:type=A,name=B")]);
}

#[test]
fn what_an_exporter_without_rules_makes_has_its_name_in_a_label() {
    let text = "groups:\n- alert: x\n  expr: kafka_controller_KafkaController_Value{job=\"x\", name=\"TopicsToDeleteCount\"} > 0 or kafka_a_Count{name=~\"B|C\"} or kafka_total{name=\"D\"} or kafka_e_Value{name!=\"F\"} or kafka_g_Value + up{name=\"H\"}\n";
    let of_controller = "kafka_controller_KafkaController:name=TopicsToDeleteCount";
    assert_eq!(
        names(text),
        [of_controller, "kafka_a:name=B", "kafka_a:name=C", "kafka_total", "kafka_e_Value", "kafka_g_Value"]
    );
}

#[test]
fn collectors_that_are_written_in_json_name_mbeans() {
    let text = r#"[{"type": "read", "mbean": "kafka.server:name=A,type=B", "attribute": "Count"}]"#;
    assert_eq!(names(text), ["kafka.server:type=B,name=A"]);
}

#[test]
fn rules_that_ask_for_what_is_printed_are_rules_and_what_is_printed_is_not() {
    let asked = "rules:\n- pattern: kafka.network<type=RequestMetrics, name=DeprecatedRequestsPerSec, request=(.+), version=(.+)><>Count\n";
    assert_eq!(names(asked).len(), 1);
    let mounted = format!(
        "apiVersion: v1\nkind: ConfigMap\ndata:\n  a.yml: |\n    {}",
        asked.trim().replace('\n', "\n    ")
    );
    assert_eq!(crate::read("", &mounted, None).kind, Kind::Containers);
    let printed = "kafka.network:type=RequestMetrics,name=DeprecatedRequestsPerSec,request=Fetch,version=2\n";
    assert_eq!(crate::read("", printed, None).kind, Kind::LiveOutput);
}

#[test]
fn attributes_of_datadog_are_those_of_the_domain_and_type_beside_them() {
    let text = "init_config:\n  is_jmx: true\n  conf:\n    - include:\n        domain: kafka.producer\n        type: producer-metrics\n        \
                attribute:\n          bufferpool-wait-time-total: {alias: a.b}\n    - include:\n        domain: java.lang\n        attribute: [Count-x]\n";
    assert_eq!(
        metrics(text),
        [(
            "kafka.producer:type=producer-metrics:bufferpool-wait-time-total".to_owned(),
            "bufferpool-wait-time-total".to_owned()
        )]
    );
}

#[test]
fn dashboards_and_alerts_of_google_are_read() {
    let board = "{\"dashboardFilters\": [], \"mosaicLayout\": {\"tiles\": [{\"widget\": {\"xyChart\": {\"dataSets\": [{\"timeSeriesQuery\": {\"prometheusQuery\": \"sum(kafka_controller_kafkacontroller_activecontrollercount{a})\"}}]}}}]}}";
    let alert = "{\"conditions\": [{\"conditionThreshold\": {\"filter\": \"metric.type = \\\"prometheus.googleapis.com/kafka_controller_kafkacontroller_activebrokercount_value/unknown\\\"\"}}]}";
    for (text, name) in [
        (board, "kafka_controller_kafkacontroller_activecontrollercount"),
        (alert, "kafka_controller_kafkacontroller_activebrokercount_value"),
    ] {
        let document = crate::read("a.json", text, None);
        assert_eq!(document.kind, crate::Kind::Metrics);
        let names: Vec<_> = document.usages.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, [name]);
    }
}

#[test]
fn rules_whose_labels_are_called_as_kubernetes_calls_things_are_rules() {
    let text = "rules:\n  - pattern: kafka.producer<type=(.+), client-id=(.+)><>(.+)-total\n    name: a\n    labels:\n      kind: \"$3\"\n";
    assert_eq!(crate::read("jmx.yaml", text, None).kind, crate::Kind::Metrics);
    let text = text.replace("rules:", "apiVersion: v1\nkind: ConfigMap\nrules:");
    assert_ne!(crate::read("jmx.yaml", &text, None).kind, crate::Kind::Metrics);
}
