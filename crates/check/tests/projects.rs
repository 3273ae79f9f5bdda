//! Findings about versions that another file of the report holds.

#![expect(clippy::expect_used, reason = "tests")]

use crate::common::request;
use kafka_upgrade_report::Report;
use kafka_upgrade_session::{File, check};

fn report(files: &[File<'_>]) -> Report {
    check(&request("3.9.2".parse().ok(), "4.0.2".parse().expect("a release"), files))
}

/// `RULE at PATH:LINE` of what is wrong with a client.
fn findings(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<_> = files.iter().map(|(path, text)| File::new(path, text)).collect();
    let findings = report(&files).findings.into_iter().filter(|one| one.rule.starts_with("requires-"));
    let place = |path: Option<String>, line: Option<u32>| {
        format!("{}:{}", path.unwrap_or_default(), line.unwrap_or_default())
    };
    findings.map(|one| format!("{} at {}", one.rule, place(one.path, one.line))).collect()
}

const BUILD: &str = "dependencies {
    implementation \"org.apache.kafka:kafka-clients:$kafkaVersion\"
    implementation \"org.apache.kafka:kafka-streams:$kafkaVersion\"
}
";

#[test]
fn an_old_client_is_found_once_at_its_version() {
    let properties = "# versions\norg.gradle.parallel=true\nkafkaVersion=0.10.2.1\n";
    let files = [("app/build.gradle", BUILD), ("lib/build.gradle", BUILD), ("gradle.properties", properties)];
    assert_eq!(findings(&files), ["requires-newer-client at gradle.properties:3"]);
    let newer = properties.replace("0.10.2.1", "3.9.2");
    assert_eq!(findings(&[("app/build.gradle", BUILD), ("gradle.properties", &newer)]), [""; 0]);
    assert_eq!(findings(&files[..2]), [""; 0]);
    assert_eq!(findings(&files[2..]), [""; 0]);
    // In a single file it is found there.
    let alone = format!("ext.kafkaVersion = '0.10.2.1'\n{BUILD}");
    assert_eq!(findings(&[("build.gradle", &alone)]), ["requires-newer-client at build.gradle:1"]);
}

#[test]
fn a_transitive_library_is_reported_as_such() {
    let tree = "[INFO] +- org.springframework.kafka:spring-kafka:jar:1.1.0.RELEASE:compile
[INFO] |  \\- org.apache.kafka:kafka-clients:jar:0.10.0.1:compile
[INFO] +- org.apache.kafka:connect-runtime:jar:3.9.0:compile
[INFO] |  +- org.apache.kafka:kafka-log4j-appender:jar:3.9.0:compile
[INFO] |  \\- ch.qos.reload4j:reload4j:jar:1.2.25:compile
[INFO] \\- a.b:c:jar:1:compile
[INFO]    \\- org.slf4j:slf4j-reload4j:jar:1.7.36:compile
";
    let messages = |text: &str| {
        let files = [File::new("tree.txt", text)];
        let found = report(&files)
            .findings
            .into_iter()
            .filter(|one| one.line.is_some() && one.rule != "unknown-client");
        let end = |message: &str| message.split_once(" It is ").map(|(_, end)| end.to_owned());
        found.map(|one| format!("{} {}", one.rule, end(&one.message).unwrap_or_default())).collect::<Vec<_>>()
    };
    // Log4j 1 disappears with the Connect that depends on it, and stays where another library does.
    let want = [
        "requires-newer-client a transitive dependency of `org.springframework.kafka:spring-kafka`.",
        "requires-log4j-2 a transitive dependency of `a.b:c`.",
    ];
    assert_eq!(messages(tree), want);
    let named = "+--- org.apache.kafka:kafka-clients:0.10.0.1\n";
    assert_eq!(messages(named), ["requires-newer-client "]);
}
