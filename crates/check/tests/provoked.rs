//! What real programs printed when they were started wrongly (`tests/failures`), against the explanations.
//!
//! What is *not* here: Java; the recordings are read. A healthy program's log is held silent by `clean`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::common::request;
use kafka_upgrade_report::Severity;
use kafka_upgrade_rules::failures::failures;
use kafka_upgrade_session::{File, check};

#[test]
fn what_real_programs_printed_is_explained() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/failures/recorded");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut explained: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut open = BTreeSet::new();
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        let release = file.file_stem().unwrap().to_string_lossy();
        for block in text.split("### ").skip(1) {
            let (case, text) = block.split_once('\n').unwrap();
            let rules = rules(text);
            if rules.is_empty() || rules.contains("failure-not-known") {
                open.insert(format!("{case} of {release}"));
            } else {
                explained.entry(case.to_owned()).or_default().extend(rules);
            }
        }
    }
    assert!(explained.len() >= 120, "{} different failures are explained", explained.len());
    let mut table = String::new();
    for (case, rules) in &explained {
        writeln!(table, "{case}: {}", Vec::from_iter(rules.iter().map(String::as_str)).join(", ")).unwrap();
    }
    writeln!(table, "\nnot explained:").unwrap();
    for case in &open {
        writeln!(table, "{case}").unwrap();
    }
    insta::with_settings!({ snapshot_path => "../../../tests/failures", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("explained", table);
    });
}

/// What real clients of many languages reported against brokers from 3.9.2 to 4.4.0 (`tests/clients/outcomes`).
#[test]
fn what_real_clients_reported_is_explained() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/clients/outcomes/clients.jsonl");
    // Written by the programs that ran them, not by the libraries.
    let own =
        ["no such operation", "no result in", "UnsupportedOperationException", "gave None", "last log line"];
    let (mut known, mut open) = (BTreeSet::new(), BTreeSet::new());
    for line in fs::read_to_string(file).unwrap().lines() {
        let outcome: serde_json::Value = serde_json::from_str(line).unwrap();
        // Bare names are arguments that the program passes and the library does not take.
        let is_own = |error: &&str| {
            !error.contains(' ') || error.starts_with("enable_") || own.iter().any(|own| error.contains(own))
        };
        let Some(error) = outcome["error"].as_str().filter(|error| !is_own(error)) else { continue };
        let error = error.replace(" <- ", "\nCaused by: ");
        let client = outcome["client"].as_str().unwrap();
        let rules = rules(&format!("{client}: starting\n{error}\n"));
        let list =
            if rules.is_empty() || rules.contains("failure-not-known") { &mut open } else { &mut known };
        list.insert(without_numbers(&error));
    }
    // It says nothing of Kafka: a socket that ended.
    let ended = ["*fmt.wrapError: EOF (# messages)"];
    assert_eq!(open, ended.map(str::to_owned).into());
    assert!(known.len() > 30, "{} different errors", known.len());
}

fn without_numbers(text: &str) -> String {
    text.split(|one: char| one.is_ascii_digit()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("#")
}

/// Every error of the protocol of the newest release (`tests/failures/protocol-errors.txt`), as clients of Java, Go and
/// Python write it.
#[test]
fn every_error_of_the_protocol_is_explained() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let recorded = fs::read_to_string(folder.join("../../tests/failures/protocol-errors.txt")).unwrap();
    let listed = fs::read_to_string(folder.join("../rules/errors.txt")).unwrap();
    let listed: BTreeSet<_> = listed.lines().map(|line| line.rsplit_once(' ').unwrap().0).collect();
    let mut wrong = Vec::new();
    for line in recorded.lines() {
        let [code, name, class, message] = *line.splitn(4, ' ').collect::<Vec<_>>() else { panic!("{line}") };
        assert!(listed.contains(&*format!("{code} {name}")), "errors.txt has no {code} {name}");
        let title: String = name
            .split('_')
            .map(|word| word.split_at(1))
            .map(|(first, rest)| format!("{first}{} ", rest.to_lowercase()))
            .collect();
        for text in [
            format!("{class}: {message}"),
            // Many logs have the class alone.
            format!("[2026-01-01 00:00:00,000] ERROR Sending failed (kafka.server.KafkaServer)\n{class}\n"),
            format!("[2026-01-01 00:00:00,000] ERROR unable to ask the kafka broker: {name}: it says no"),
            format!("2026/01/01 00:00:00 ERROR kafka: [{code}] {}: it says no", title.trim_end()),
            format!("kafka.errors.{}Error: [Error {code}] it says no", title.replace(' ', "")),
        ] {
            let rules = rules(&text);
            // As warnings in a log these are ignored; as errors each has an explanation.
            let is_other = |rule: &str| ["failure-not-known", "failure-missing-class"].contains(&rule);
            if rules.is_empty() || rules.iter().any(|rule| is_other(rule)) {
                wrong.push(format!("{text}: {rules:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What brokers, ZooKeeper, Connect, MirrorMaker, clients, Streams and tools log while they work.
#[test]
fn logs_of_healthy_programs_give_nothing() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/failures/healthy");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 7, "{} logs", files.len());
    for file in &files {
        let found = rules(&fs::read_to_string(file).unwrap());
        assert!(found.is_empty(), "{}: {found:?}", file.display());
    }
}

/// Warnings of healthy programs, each pasted by itself; an unknown warning must then be reported.
#[test]
fn what_healthy_programs_warn_of_is_known() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/failures/healthy");
    let mut lines = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        lines.extend(text.lines().filter(|line| line.contains("] WARN ")).map(str::to_owned));
    }
    assert!(lines.len() > 8, "{} warnings", lines.len());
    for line in lines {
        let found = rules(&line);
        assert!(!found.contains("failure-not-known"), "{line}: {found:?}");
    }
    let odd = "[2026-11-29 03:00:00,000] WARN [Consumer clientId=c] The consumer saw an odd thing (org.apache.kafka.clients.consumer.KafkaConsumer)";
    assert!(rules(odd).contains("failure-not-known"));
    // Beside a failure that is explained it is not asked about.
    let refused = "[2026-11-29 03:00:00,000] ERROR Exiting Kafka (kafka.Kafka$)\njava.lang.ClassNotFoundException: kafka.security.authorizer.AclAuthorizer\n";
    assert!(!rules(&format!("{odd}\n{refused}")).contains("failure-not-known"));
}

/// Sentences about failures are not failures; a message that begins the same way is one.
#[test]
fn notes_about_failures_report_none() {
    for notes in [
        "Error handling: the Kafka consumer retries failed records three times.\n",
        "# Our Kafka\nError handling: failed records go to a dead letter topic.\nFailed messages are retried by the Kafka consumer.\n",
        "Kafka runbook\n\nError: what to do when a broker is down\nFailed brokers are restarted by systemd.\n",
    ] {
        assert_eq!(rules(notes), BTreeSet::new(), "{notes}");
    }
    for message in [
        "Error handling message of topic orders in the Kafka consumer\n",
        "Failed messages: 3 of the Kafka consumer\n",
        "Failed to upgrade our Kafka cluster\n",
    ] {
        assert!(rules(message).contains("failure-not-known"), "{message}");
    }
}

/// An error if the target still has the failure, a warning if the upgrade removes it.
#[test]
fn how_bad_a_failure_is_follows_from_the_target() {
    let between = "org.apache.kafka.common.errors.InvalidRequestException: Received request api key ADD_PARTITIONS_TO_TXN with version 4 which is not enabled";
    let authorizer = "java.lang.ClassNotFoundException: kafka.security.authorizer.AclAuthorizer";
    let older = "org.apache.kafka.common.errors.UnsupportedVersionException: The node does not support METADATA with version in range [13,13]. The supported range is [0,12].";
    let java = "java.lang.UnsupportedClassVersionError: kafka/Kafka has been compiled by a more recent version of the Java Runtime (class file version 61.0), this version of the Java Runtime only recognizes class file versions up to 55.0";
    for (text, to, want) in [
        (between, "3.7.0", Severity::Error),
        (between, "4.1.0", Severity::Warning),
        (authorizer, "4.0.0", Severity::Error),
        (authorizer, "3.9.0", Severity::Warning),
        (older, "3.6.0", Severity::Error),
        (older, "4.0.0", Severity::Warning),
        (java, "4.0.0", Severity::Error),
    ] {
        let files = [File::new("output.log", text)];
        let findings = check(&request(None, to.parse().unwrap(), &files)).findings;
        let found = findings.iter().find(|finding| finding.rule.starts_with("failure-"));
        assert_eq!(found.map(|finding| finding.severity), Some(want), "{text} to {to}");
    }
}

#[test]
fn every_example_gives_the_finding_that_it_is_an_example_of() {
    let wrong: Vec<String> = failures()
        .flat_map(|failure| failure.examples.iter().map(move |example| (failure.id, *example)))
        .filter_map(|(id, example)| {
            let found = rules(example);
            (!found.contains(&format!("failure-{id}"))).then(|| format!("{id}: {example:?} gives {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn rules(text: &str) -> BTreeSet<String> {
    let files = [File::new("output.log", text)];
    let request = request(None, kafka_upgrade_catalog::newest(), &files);
    let findings = check(&request).findings;
    findings.into_iter().map(|finding| finding.rule).filter(|rule| rule.starts_with("failure-")).collect()
}

/// javac names what it found in place of what the code calls.
#[test]
fn calls_with_arguments_that_a_release_took_away_are_explained() {
    for (text, member) in [
        (
            "Sender.java:52: error: no suitable method found for close(int,TimeUnit)\n        producer.close(10, TimeUnit.SECONDS);\n                ^\n    method KafkaProducer.close() is not applicable\n      (actual and formal argument lists differ in length)\n",
            "KafkaProducer.close",
        ),
        (
            "Lag.java:19: error: method committed in interface Consumer<K,V> cannot be applied to given types;\n        consumer.committed(tp);\n  required: Set<TopicPartition>\n",
            "Consumer.committed",
        ),
        (
            "[ERROR] /src/Sender.java:[52,17] no suitable method found for sendOffsetsToTransaction(java.util.Map<a.B,c.D>,java.lang.String)\n[ERROR]     method org.apache.kafka.clients.producer.Producer.sendOffsetsToTransaction(java.util.Map<a.B,c.D>,e.F) is not applicable\n",
            "Producer.sendOffsetsToTransaction",
        ),
    ] {
        let files = [File::new("build.log", text)];
        let found = check(&request(None, kafka_upgrade_catalog::newest(), &files)).findings;
        let rules: Vec<_> = found.iter().map(|one| (one.rule.as_str(), one.subject.as_str())).collect();
        let is_it = |(rule, subject): &(&str, &str)| {
            *rule == "failure-compiler-missing-symbol" && subject.ends_with(member)
        };
        assert!(rules.iter().any(is_it), "{member}: {rules:?}");
        assert!(!rules.iter().any(|(rule, _)| *rule == "failure-not-known"), "{member}: {rules:?}");
    }
    // A call to another library is not reported.
    let other = "A.java:3: error: no suitable method found for close(int)\n    method Widget.close() is not applicable\n";
    assert!(!rules(other).contains("failure-compiler-missing-symbol"));
}

#[test]
fn scripts_that_windows_does_not_find_are_explained() {
    for (text, rule, words) in [
        (
            "C:\\kafka>kafka-topics.sh --list\n'kafka-topics.sh' is not recognized as an internal or external command,\noperable program or batch file.\n",
            "failure-script-absent",
            "kafka-topics.bat",
        ),
        (
            "PS C:\\kafka> kafka-topics.sh --list\nkafka-topics.sh: The term 'kafka-topics.sh' is not recognized as a name of a cmdlet, function, script file, or executable program.\n",
            "failure-script-absent",
            "kafka-topics.bat",
        ),
        (
            "C:\\kafka>bin\\windows\\kafka-mirror-maker.bat\n'bin\\windows\\kafka-mirror-maker.bat' is not recognized as an internal or external command,\n",
            "failure-script-absent",
            "4.0.0 removed it",
        ),
        (
            "PS C:\\kafka> .\\bin\\windows\\zookeeper-server-start.bat\n.\\bin\\windows\\zookeeper-server-start.bat : The term '.\\bin\\windows\\zookeeper-server-start.bat' is not recognized as the name of a cmdlet, function, script file, or operable program.\n",
            "failure-zookeeper-scripts-gone",
            "KRaft",
        ),
    ] {
        let files = [File::new("console.txt", text)];
        let found = check(&request(None, kafka_upgrade_catalog::newest(), &files)).findings;
        let one = found.iter().find(|one| one.rule == rule);
        let one = one
            .unwrap_or_else(|| panic!("{text}: {:?}", found.iter().map(|one| &one.rule).collect::<Vec<_>>()));
        let said = format!("{} {} {}", one.message, one.why, one.action);
        assert!(said.contains(words), "{text}: {said}");
    }
}

/// Of what a log repeats there is one finding, with how often, and the first and the last time.
#[test]
fn what_a_log_repeats_is_counted_with_its_times() {
    let one = |time: &str| {
        format!(
            "[2026-11-29 {time},000] ERROR Fatal error during KafkaServer startup (kafka.server.KafkaServer)\njava.io.IOException: No space left on device\n"
        )
    };
    let text = ["03:00:00", "03:00:07", "03:01:00"].map(one).concat();
    let files = [File::new("broker.log", &text)];
    let report = check(&request(None, kafka_upgrade_catalog::newest(), &files));
    let found: Vec<_> = report.findings.iter().filter(|one| one.rule == "failure-disk-full").collect();
    assert_eq!(found.len(), 1);
    let said = "3 times, first at 2026-11-29 03:00:00,000, last at 2026-11-29 03:01:00,000";
    assert!(found[0].why.contains(said), "{}", found[0].why);
    let error = report.errors.iter().find(|one| one.rule == "failure-disk-full").unwrap();
    assert_eq!((error.count, error.line), (3, 2));
    assert_eq!(error.first.as_deref(), Some("2026-11-29 03:00:00,000"));
    assert_eq!(error.last.as_deref(), Some("2026-11-29 03:01:00,000"));
}

/// Timeouts of other libraries, ZooKeeper's other users and what an image prints at each start.
#[test]
fn failures_of_others_are_not_taken_for_kafkas() {
    for text in [
        "org.apache.zookeeper.KeeperException$SessionExpiredException: KeeperErrorCode = Session expired for /hbase/master\n\tat org.apache.hadoop.hbase.zookeeper.ZKUtil.getData(ZKUtil.java:686)\n",
        "[INFO] --- elasticsearch-maven-plugin:6.19:runforked ---\nOpenJDK 64-Bit Server VM warning: Option UseConcMarkSweepGC was deprecated in version 9.0 and will likely be removed in a future release.\n",
        "kafka-1  | ===> Using provided cluster id x ...\nkafka-1  | Log directory /data is already formatted. Use --ignore-formatted to ignore this directory and format the others.\nkafka-1  | ===> Launching kafka ...\n",
    ] {
        assert_eq!(rules(text), BTreeSet::new(), "{text}");
    }
    let pool = "ERROR the kafka sampler got no samples\njava.util.concurrent.TimeoutException\n\tat java.util.concurrent.FutureTask.get(FutureTask.java:205)\n";
    assert_eq!(rules(pool), BTreeSet::from(["failure-not-known".to_owned()]));
    let admin =
        format!("{pool}\tat org.apache.kafka.common.internals.KafkaFutureImpl.get(KafkaFutureImpl.java:1)\n");
    assert_eq!(rules(&admin), BTreeSet::from(["failure-request-timed-out".to_owned()]));
}

/// Whoever pasted it is not told that all is well.
#[test]
fn a_failure_that_is_not_understood_is_never_ready() {
    use kafka_upgrade_report::Verdict;
    for text in [
        "[ERROR] /src/A.java:[94,17] cannot find symbol<br/>[2022-02-24T15:41:22.539Z] [ERROR]   symbol:   class ConsumerRecords<br/>",
        "\tat kafka.Kafka$.main(Kafka.scala:91)\n\tat kafka.Kafka.main(Kafka.scala)\n",
        "Kafka::Consumer caught exception: Java::JavaLang::IllegalStateException\nIterator is in failed state\n",
        "|Kafka Connect failed to start\nconnect is [DOWN]\n",
    ] {
        let files = [File::new("stdin", text)];
        let report = check(&request(None, kafka_upgrade_catalog::newest(), &files));
        assert_eq!(report.verdict, Verdict::Unknown, "{text}");
        let asks = |one: &kafka_upgrade_report::Finding| one.action.contains("the lines before it");
        assert!(report.findings.iter().any(asks), "{text}: {:?}", report.findings);
    }
}
