//! Findings about versions that another file of the report holds.

#![expect(clippy::expect_used, reason = "tests")]

use kafka_upgrade_input::Units;
use kafka_upgrade_rules::{File, Request, check};

/// `RULE at PATH:LINE` of what is wrong with a client.
fn told(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<_> = files.iter().map(|(path, text)| File::new(path, text)).collect();
    let request = Request {
        from: "3.9.2".parse().ok(),
        to: "4.0.2".parse().expect("a release"),
        mode: None,
        component: None,
        files: &files,
        have: &[],
        units: Units::Characters,
    };
    let findings = check(&request).findings.into_iter().filter(|one| one.rule.contains("client"));
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
fn an_old_client_is_told_once_where_its_version_stands() {
    let properties = "# versions\norg.gradle.parallel=true\nkafkaVersion=0.10.2.1\n";
    let files = [("app/build.gradle", BUILD), ("lib/build.gradle", BUILD), ("gradle.properties", properties)];
    assert_eq!(told(&files), ["requires-newer-client at gradle.properties:3"]);
    let newer = properties.replace("0.10.2.1", "3.9.2");
    assert_eq!(told(&[("app/build.gradle", BUILD), ("gradle.properties", &newer)]), [""; 0]);
    assert_eq!(told(&files[..2]), [""; 0]);
    assert_eq!(told(&files[2..]), [""; 0]);
    // In one file it is told there.
    let alone = format!("ext.kafkaVersion = '0.10.2.1'\n{BUILD}");
    assert_eq!(told(&[("build.gradle", &alone)]), ["requires-newer-client at build.gradle:1"]);
}
