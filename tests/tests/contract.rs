//! What `check` and `read` print as JSON is what `tests/schema` declares, and the schemas declare nothing else.
//!
//! Every text of the corpus is read and judged, and one of each kind that it does not have; what no text produces is proved
//! on a document made by hand.
//! What is *not* here: whether a report is right.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Result, anyhow};
use boon::{Compiler, SchemaIndex, Schemas};
use kafka_upgrade_document::{
    Dependency, Document, Ecosystem, Kind, Observation, Observed, Span, Units, Usage, UsageKind,
};
use kafka_upgrade_input::listing::{ListedFile, Listing};
use kafka_upgrade_report::{Context, Rehearsal, Report};
use kafka_upgrade_rules::{File, Request};
use serde_json::{Value, json};

const PATHS: [(Option<&str>, &str); 5] =
    [(Some("2.8"), "3.9"), (Some("3.4"), "4.0"), (Some("3.9"), "4.4"), (None, "4.4"), (Some("4.0"), "4.0")];

const HOSTILE: [&str; 6] = [
    "",
    "\0\u{1}\u{7f}\u{fffd}=\0\n\u{fffd}",
    "ключ=значение 😀\nbroker.id=١\n",
    "\u{feff}broker.id=1\nzookeeper.connect=a:1\n",
    "broker.id=\\u12\nlog.dirs=\\uXYZW\n",
    "=\n:\n\\",
];

/// Kinds of text that the corpus does not have.
const FURTHER: [(&str, &str); 7] = [
    ("admin.properties", "bootstrap.servers=a:9092\ndefault.api.timeout.ms=60000\nclient.id=x\n"),
    ("connect-file-sink.properties", "name=s\nconnector.class=FileStreamSink\ntasks.max=1\ntopics=t\n"),
    (
        "log4j.properties",
        "log4j.rootLogger=INFO, out\nlog4j.appender.out=org.apache.log4j.ConsoleAppender\n\
         log4j.logger.kafka.log.LogCleaner=INFO\n",
    ),
    (
        "log4j2.properties",
        "rootLogger.level=INFO\nappender.out.type=Console\nappender.out.name=out\n\
         logger.kafka.name=kafka\nlogger.kafka.level=INFO\n",
    ),
    (
        "log4j.xml",
        "<log4j:configuration xmlns:log4j=\"http://jakarta.apache.org/log4j/\">\
         <logger name=\"kafka.controller\"/></log4j:configuration>",
    ),
    (
        "log4j2.yaml",
        "Configuration:\n  Loggers:\n    Root:\n      level: INFO\n    Logger:\n      - name: kafka.controller\n",
    ),
    ("upgrade.sh", "#!/bin/sh\nbin/kafka-topics.sh --zookeeper z:2181 --list\n"),
];

/// What runs, in words.
const HAVE: [&str; 3] = [
    "brokers 3.4 on ZooKeeper, java 11, librdkafka 1.7.0, kafkajs 2.2.4, streams 3.1, frob 1.2",
    "kafka 3.9 kraft, java 17, kafka-clients 0.10.0.1, sarama 1.38.1, spring boot 2.7.1, faust",
    "librdkafka, 😀 1.0, kafka-clients latest, confluent platform 1",
];

struct Contract {
    schemas: Schemas,
    index: SchemaIndex,
    text: Value,
}

impl Contract {
    fn read(name: &str) -> Result<Self> {
        let path = here("schema").join(name);
        let text = serde_json::from_str(&fs::read_to_string(&path)?)?;
        let mut schemas = Schemas::new();
        let path = path.to_str().ok_or_else(|| anyhow!("a path that is no text"))?;
        let index =
            Compiler::new().compile(path, &mut schemas).map_err(|error| anyhow!("{name}: {error:#}"))?;
        Ok(Self { schemas, index, text })
    }

    fn refuses(&self, value: &Value) -> Option<String> {
        self.schemas.validate(value, self.index).err().map(|error| format!("{error:#}"))
    }
}

fn here(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

fn texts() -> Result<Vec<(String, String)>> {
    let mut texts: Vec<_> =
        HOSTILE.iter().enumerate().map(|(at, text)| (format!("hostile-{at}"), (*text).to_owned())).collect();
    texts.extend(FURTHER.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    for entry in fs::read_dir(here("corpus"))? {
        let path = entry?.path();
        if path.is_file() && !path.to_string_lossy().contains(".snap") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            texts.push((name, String::from_utf8_lossy(&fs::read(&path)?).into_owned()));
        }
    }
    // What runs in words is given beside the files.
    let of_files = Kind::all().filter(|kind| *kind != Kind::Inventory);
    let missing: Vec<&str> = of_files.filter(|kind| !has_kind(&texts, *kind)).map(Kind::name).collect();
    assert!(missing.is_empty(), "the corpus has no text of these kinds: {missing:?}");
    Ok(texts)
}

fn has_kind(texts: &[(String, String)], kind: Kind) -> bool {
    texts.iter().any(|(path, text)| kafka_upgrade_input::read(path, text, None).kind == kind)
}

/// Every report, made once for all tests.
fn reports() -> Result<&'static [(String, Value)]> {
    static REPORTS: LazyLock<Result<Vec<(String, Value)>>> = LazyLock::new(all_reports);
    REPORTS.as_deref().map_err(|error| anyhow!("{error:#}"))
}

fn all_reports() -> Result<Vec<(String, Value)>> {
    let json = kafka_upgrade_report::format("json").ok_or_else(|| anyhow!("there is no json"))?;
    let release = |text: &str| kafka_upgrade_catalog::resolve(text).map_err(|_| anyhow!("{text} is unknown"));
    let mut reports = Vec::new();
    let mut add =
        |title: String, path: (Option<&str>, &str), files: &[File<'_>], have: &[&str]| -> Result<()> {
            let mut report: Report = kafka_upgrade_session::check(&Request {
                from: path.0.map(release).transpose()?,
                have,
                ..Request::new(release(path.1)?, files)
            });
            // Whether a hop was rehearsed depends on what was recorded last.
            let [date, from, to, security] = ["2026-11-29", "3.9.2", "4.1.2", "scram"].map(str::to_owned);
            report.plan.rehearsed.push(Rehearsal { hop: 1, date, from, to, security, seconds: 60 });
            let printed = json.write(&report, &Context::default());
            reports.push((title, serde_json::from_str(&printed)?));
            Ok(())
        };
    for (path, text) in texts()? {
        for (from, to) in PATHS {
            add(format!("{path}, {from:?} to {to}"), (from, to), &[File::new(&path, &text)], &[])?;
        }
    }
    for have in HAVE {
        for (from, to) in PATHS {
            add(format!("{have}, {from:?} to {to}"), (from, to), &[], &[have])?;
        }
    }
    // One cause in several files, and another file that is not recognised.
    let broker =
        "zookeeper.connect=z:2181\ninter.broker.protocol.version=3.4\ndelegation.token.master.key=x\n";
    let files = [
        ("a.properties", broker),
        ("b.properties", broker),
        ("x.properties", "a=1\n"),
        ("y.properties", "a=1\n"),
    ];
    let files: Vec<_> = files.iter().map(|(path, text)| File::new(path, text)).collect();
    add("several files".to_owned(), (Some("3.4"), "4.0"), &files, &[])?;
    // A log, and the file that its failure points at.
    let log = "[2026-11-29 03:12:44,117] ERROR Exiting Kafka (kafka.Kafka$)\n\
               org.apache.kafka.common.config.ConfigException: Invalid value maybe for configuration log.cleaner.enable: Expected value to be either true or false\n\
               [2026-11-29 03:12:45,117] ERROR Something that Kafka never prints (kafka.server.X)\n";
    let files =
        [File::new("a.properties", "log.cleaner.enable=maybe\nbroker.id=1\n"), File::new("server.log", log)];
    add("a log".to_owned(), (None, "4.0"), &files, &[])?;
    // Output of the plan's commands.
    let listed =
        "Dynamic configs for topic orders are:\n  segment.bytes=1048576 sensitive=false synonyms={}\n";
    let files = [
        File::new("server.properties", "process.roles=broker\nnode.id=1\n"),
        File::new("listed.txt", listed),
    ];
    add("output".to_owned(), (Some("3.9"), "4.1"), &files, &[])?;
    // Two projects, which are two clusters.
    let compose = |version: &str| {
        format!(
            "services:\n  kafka:\n    image: apache/kafka:{version}\n    environment:\n      KAFKA_NODE_ID: 1\n\
             \x20     KAFKA_PROCESS_ROLES: broker,controller\n"
        )
    };
    let (old, new) = (compose("3.7.0"), compose("4.0.0"));
    let files = [File::new("a/compose.yml", &old), File::new("b/compose.yml", &new)];
    add("two clusters".to_owned(), (None, "4.4"), &files, &[])?;
    Ok(reports)
}

fn listings() -> Result<Vec<(String, Value)>> {
    let mut listings = Vec::new();
    let mut list = |path: &str, text: &str, document: &Document| -> Result<()> {
        let files = vec![ListedFile::new(path, text, document, Units::Characters)];
        listings.push((path.to_owned(), serde_json::to_value(Listing { files })?));
        Ok(())
    };
    for (path, text) in texts()? {
        list(&path, &text, &kafka_upgrade_input::read(&path, &text, None))?;
    }
    let span = Span::new(0, 1);
    let usage = |kind| Usage { value: Some("b".to_owned()), ..Usage::new(kind, "a", span) };
    let by_hand = Document {
        usages: [
            UsageKind::Class,
            UsageKind::Member,
            UsageKind::Option,
            UsageKind::SystemProperty,
            UsageKind::Metric,
            UsageKind::Path,
        ]
        .map(usage)
        .into(),
        dependencies: vec![Dependency {
            ecosystem: Ecosystem::Maven,
            artifact: "a".to_owned(),
            version: "1".to_owned(),
            span,
        }],
        observations: vec![Observed { what: Observation::BrokerVersion("1".to_owned()), span }],
        ..Document::default()
    };
    list("by hand", "a", &by_hand)?;
    Ok(listings)
}

/// Every property that the schema names, as a path.
fn named(schema: &Value, at: &str, into: &mut BTreeSet<String>) {
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{at}/{name}");
        named(inner, &path, into);
        into.insert(path);
    }
    if schema["items"].is_object() {
        named(&schema["items"], at, into);
    }
}

/// Every member that a value has, as a path.
fn present(value: &Value, at: &str, into: &mut BTreeSet<String>) {
    for (name, inner) in value.as_object().into_iter().flatten() {
        let path = format!("{at}/{name}");
        // Of a cluster these are as at the top, where the schema names them.
        if !["/clusters/plan", "/clusters/summary"].contains(&path.as_str()) {
            present(inner, &path, into);
        }
        into.insert(path);
    }
    for inner in value.as_array().into_iter().flatten() {
        present(inner, at, into);
    }
}

fn holds(name: &str, printed: &[(String, Value)]) -> Result<()> {
    let contract = Contract::read(name)?;
    let (mut promised, mut seen) = (BTreeSet::new(), BTreeSet::new());
    named(&contract.text, "", &mut promised);
    for (of, value) in printed {
        assert_eq!(contract.refuses(value), None, "{of}");
        present(value, "", &mut seen);
    }
    assert_eq!(promised, seen, "left: what {name} names; right: what is printed");
    Ok(())
}

#[test]
fn the_schema_names_every_kind_of_text_and_no_other() -> Result<()> {
    let schema = Contract::read("report-v1.json")?;
    let named = schema.text["$defs"]["kind"]["enum"].as_array().ok_or_else(|| anyhow!("no kinds"))?;
    let named: Vec<&str> = named.iter().filter_map(Value::as_str).collect();
    let known: Vec<&str> = Kind::all().map(Kind::name).collect();
    assert_eq!(named, known);
    Ok(())
}

#[test]
fn every_report_matches_its_schema_and_the_schema_names_nothing_else() -> Result<()> {
    holds("report-v1.json", reports()?)
}

/// The verdicts, from best to worst.
const VERDICTS: [&str; 5] = ["ready", "review", "unknown", "action-needed", "blocked"];

fn rank(verdict: &str) -> Option<usize> {
    VERDICTS.iter().position(|one| *one == verdict)
}

#[test]
fn the_verdict_is_the_worst_that_findings_and_matrix_say() -> Result<()> {
    let mut ranks = BTreeSet::new();
    for (title, report) in reports()? {
        let verdict =
            report["verdict"].as_str().and_then(rank).ok_or_else(|| anyhow!("{title}: no verdict"))?;
        ranks.insert(verdict);
        let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
        let findings = list(&report["findings"]);
        let count = |severity: &str| findings.iter().filter(|one| one["severity"] == severity).count() as u64;
        let mut worst = 0;
        for (severity, means) in [("info", "review"), ("warning", "action-needed"), ("error", "blocked")] {
            assert_eq!(report["summary"][severity].as_u64(), Some(count(severity)), "{title}");
            worst = worst.max(rank(means).filter(|_| count(severity) > 0).unwrap_or_default());
        }
        let rows = list(&report["matrix"]["rows"]);
        let cells = rows.iter().flat_map(|row| list(&row["cells"]));
        for cell in cells.filter(|cell| cell["release"] == report["path"]["to"]) {
            let means = match cell["verdict"].as_str() {
                Some("refused") => "blocked",
                Some("unknown") => "unknown",
                _ => continue,
            };
            worst = worst.max(rank(means).unwrap_or_default());
        }
        assert!(verdict >= worst, "{title}: {} beside {}", VERDICTS[verdict], VERDICTS[worst]);
    }
    assert_eq!(ranks.len(), VERDICTS.len(), "the corpus has a report of every verdict");
    Ok(())
}

#[test]
fn every_listing_matches_its_schema_and_the_schema_names_nothing_else() -> Result<()> {
    holds("read-v1.json", &listings()?)
}

#[test]
fn an_invented_a_missing_and_a_mistyped_member_are_refused() -> Result<()> {
    for (name, printed) in [("report-v1.json", reports()?), ("read-v1.json", &listings()?)] {
        let contract = Contract::read(name)?;
        let (_, good) = printed.first().ok_or_else(|| anyhow!("nothing is printed"))?;
        assert_eq!(contract.refuses(good), None);
        for place in ["", "/files/0"] {
            let spoil = |change: fn(&mut serde_json::Map<String, Value>)| -> Result<Value> {
                let mut bad = good.clone();
                let object = bad.pointer_mut(place).and_then(Value::as_object_mut);
                change(object.ok_or_else(|| anyhow!("{place} is no object"))?);
                Ok(bad)
            };
            let invented = spoil(|object| drop(object.insert("invented".to_owned(), json!(1))))?;
            let missing = spoil(|object| drop(object.remove("path").or(object.remove("files"))))?;
            let mistyped = spoil(|object| object.values_mut().for_each(|value| *value = json!(1.5)))?;
            for bad in [invented, missing, mistyped] {
                assert!(contract.refuses(&bad).is_some(), "{name} takes {bad}");
            }
        }
    }
    Ok(())
}
