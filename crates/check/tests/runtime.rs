//! Which Java and Scala a build, a plugin and a program need.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_session::{File, Request, check};

fn rules(files: &[(&str, &str)]) -> Vec<String> {
    let files: Vec<_> = files.iter().map(|(path, text)| File::new(path, text)).collect();
    let to = Release::new(4, 0, 0);
    let request = Request { from: "3.9.0".parse().ok(), ..Request::new(to, &files) };
    let findings = check(&request).findings.into_iter();
    findings
        .filter(|one| one.rule.contains("java") || one.rule.contains("scala"))
        .map(|one| one.rule)
        .collect()
}

#[test]
fn a_build_that_uses_no_kafka_itself_is_judged_by_the_whole_project() {
    let root = ("build.gradle", "sourceCompatibility = 11");
    let worker = ("worker/build.gradle", "implementation 'org.apache.kafka:connect-runtime:3.9.0'");
    let client = ("client/build.gradle", "implementation 'org.apache.kafka:kafka-clients:3.9.0'");
    assert_eq!(rules(&[root, client, worker]), ["requires-java-of-servers"]);
    assert_eq!(rules(&[root, client]), [""; 0]);
    let of_client = (
        "client/build.gradle",
        "sourceCompatibility = 11\nimplementation 'org.apache.kafka:kafka-clients:3.9.0'",
    );
    assert_eq!(rules(&[of_client, worker]), [""; 0]);
    let scala = ("build.sbt", "scalaVersion := \"2.12.18\"");
    assert_eq!(rules(&[scala]), ["removed-scala-2-12"]);
    assert_eq!(rules(&[scala, client]), [""; 0]);
}

#[test]
fn class_files_of_a_plugin_run_in_the_newer_java_of_the_worker() {
    let api = "implementation 'org.apache.kafka:connect-api:3.9.0'\n";
    let level = format!("sourceCompatibility = 11\n{api}");
    let severity = |text: &str| {
        let files = [File::new("build.gradle", text)];
        let to = Release::new(4, 0, 0);
        let request = Request { from: "3.9.0".parse().ok(), ..Request::new(to, &files) };
        let mut findings = check(&request).findings.into_iter();
        findings.find(|one| one.rule == "requires-java-of-servers").map(|one| one.severity.name().to_owned())
    };
    assert_eq!(severity(&level).as_deref(), Some("info"));
    let compiles = format!("java {{ toolchain {{ languageVersion = JavaLanguageVersion.of(11) }} }}\n{api}");
    assert_eq!(severity(&compiles).as_deref(), Some("error"));
    let worker = format!("{level}implementation 'org.apache.kafka:connect-runtime:3.9.0'\n");
    assert_eq!(severity(&worker).as_deref(), Some("error"));
}

#[test]
fn a_module_without_kafka_says_nothing_of_its_neighbours() {
    let old = ("web/build.gradle", "sourceCompatibility = 8");
    let client = ("client/build.gradle", "implementation 'org.apache.kafka:kafka-clients:3.9.0'");
    assert_eq!(rules(&[old, client]), [""; 0]);
    let above = ("build.gradle", old.1);
    assert_eq!(rules(&[above, client]), ["requires-java-of-clients"]);
    let properties = ("gradle.properties", "javaVersion=8\n");
    assert_eq!(rules(&[properties, client]), ["requires-java-of-clients"]);
    let catalog = ("gradle/libs.versions.toml", "[versions]\njava = \"8\"\n[libraries]\n");
    assert_eq!(rules(&[catalog, client]), ["requires-java-of-clients"]);
    // A module that speaks to Kafka gets it through another library.
    let spring = (
        "web/build.gradle",
        "sourceCompatibility = 8\nimplementation 'org.springframework.kafka:spring-kafka:3.0.0'",
    );
    assert_eq!(rules(&[spring, client]), ["requires-java-of-clients"]);
    // A folder whose name begins alike is another folder.
    assert_eq!(rules(&[("cli/build.gradle", old.1), client]), [""; 0]);
}
