//! Whose settings are read from files of each sort: `settings.txt`, made up for this test. A file begins with a line
//! `=== what it is | path | component key=value; …`.

use kafka_upgrade_catalog::Mode;
use kafka_upgrade_input::{Observation, read};

#[test]
fn settings_are_read_wherever_they_stand_and_are_whose_they_are() {
    let samples = include_str!("settings.txt").split("=== ").filter(|sample| !sample.is_empty());
    let mut wrong = Vec::new();
    for sample in samples {
        let (heading, text) = sample.split_once('\n').expect("a heading and a text");
        let parts: Vec<&str> = heading.split('|').map(str::trim).collect();
        let [what, path, expected] = parts[..] else { panic!("{heading}") };
        let document = read(path, text, None);
        let settings = document.all().flat_map(|part| part.settings.iter().map(|one| (part.component, one)));
        let mut read: Vec<String> = settings
            .map(|(part, one)| {
                let component = one.component.or(part).map_or("-", |one| one.name());
                format!("{component} {}={}", one.key, one.value)
            })
            .collect();
        let mut expected: Vec<String> = expected.split("; ").map(str::to_owned).collect();
        read.sort();
        expected.sort();
        if read != expected {
            wrong.push(format!("{what}: {}", read.join("; ")));
        }
        for one in document.all().flat_map(|part| &part.settings) {
            let written = one.value_span.of(text);
            let is_base64 = path == "rev.json";
            assert!(
                is_base64
                    || written.contains(one.value.as_str())
                    || one.key_span.of(text).contains(&one.value),
                "{what}: {written}"
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn options_of_java_in_variables_of_playbooks_and_groups_of_hosts_are_read() {
    let vars = "kafka_jvm_performance_opts: \"-XX:+UseConcMarkSweepGC\"\nother_opts: \"-XX:+UseParNewGC\"\n";
    let options: Vec<String> =
        read("group_vars/kafka.yml", vars, None).usages.iter().map(|one| one.name.clone()).collect();
    assert_eq!(options, ["UseConcMarkSweepGC"]);
    let hosts = "zookeeper:\n  hosts:\n    zk1:\nkafka_broker:\n  hosts:\n    k1:\n";
    let document = read("hosts.yml", hosts, None);
    let modes: Vec<_> = document.observations.iter().map(|one| one.what.clone()).collect();
    assert_eq!(modes, [Observation::Mode(Mode::Zookeeper)]);
}

#[test]
fn what_only_looks_like_kafkas_is_not_taken_for_it() {
    for (what, path, text) in [
        ("TLS of any server", "vars.yml", "ksql:\n  properties:\n    ssl.client.auth: 'true'\n"),
        (
            "another program's map",
            "clusterConfigs.json",
            "{ \"config\": { \"an.example.config\": false, \"min.insync.replicas\": 1 } }",
        ),
        (
            "a text inside of source",
            "a_test.go",
            "package a\nvar x = `\nnode.id=1\nprocess.roles=broker\n`\n",
        ),
        (
            "Debezium for Cassandra",
            "config.properties",
            "connector.name=t\ncassandra.config=/c.yaml\noffset.flush.interval.ms=1\nkafka.producer.retries=3\n",
        ),
        ("a recipe of make", "Makefile", "all: test\nkafka.version: x\nlog.dirs: y\n"),
    ] {
        let document = read(path, text, None);
        assert!(document.component.is_none() && document.parts.is_empty(), "{what}");
    }
    let template = read(
        "Dockerfile-x.j2",
        "FROM {{ item.image }}\nRUN yum -y install rpm \\\n && yum clean all\n",
        None,
    );
    assert!(template.problems.is_empty(), "{:?}", template.problems);
    let both = read(
        "server.properties.j2",
        "{% if kraft %}\nprocess.roles=broker\n{% else %}\nzookeeper.connect=zk\n{% endif %}\n",
        None,
    );
    let counted: Vec<_> =
        both.settings.iter().filter(|one| one.effective).map(|one| one.key.as_str()).collect();
    assert_eq!(counted, ["process.roles"]);
    let of_a_test = read("a/src/test/resources/kafka.properties", "num.io.threads=1\nlog.dirs=/x\n", None);
    assert!(of_a_test.is_partial);
}
