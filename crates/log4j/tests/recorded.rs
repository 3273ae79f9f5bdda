//! Log4j 1 files converted for Log4j 2, beside what the real libraries made of both: `tests/log4j/record.sh` loaded
//! them with reload4j and with Log4j 2, as YAML and as properties, and recorded the one outcome that all three gave.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::fs;
use std::path::{Path, PathBuf};

use kafka_upgrade_log4j::{Form, convert};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/log4j")
}

/// Names of the Log4j 1 files, and those without their endings.
fn names() -> Vec<(String, String)> {
    let files = fs::read_dir(folder()).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let parts = files.filter_map(|file| {
        Some((file.clone(), file.rsplit_once('.')?.0.to_owned(), file.rsplit_once('.')?.1.to_owned()))
    });
    parts
        .filter(|(.., ending)| ["properties", "xml"].contains(&ending.as_str()))
        .map(|(file, stem, _)| (file, stem))
        .collect()
}

fn read(name: &str) -> String {
    fs::read_to_string(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn each_file_gives_what_the_real_libraries_agreed_on() {
    let names = names();
    assert!(names.len() >= 5, "{names:?}");
    for (file, name) in names {
        let text = read(&file);
        assert_eq!(convert(&text, Form::Yaml).0, read(&format!("converted/{name}.yaml")), "{name}");
        assert_eq!(
            convert(&text, Form::Properties).0,
            read(&format!("converted/{name}.properties")),
            "{name}"
        );
        let outcome = read(&format!("converted/{name}.outcome"));
        assert!(outcome.contains("logger root ") && outcome.contains("appender "), "{name}");
    }
}

#[test]
fn the_recorded_outcome_has_what_the_file_asks_for() {
    let outcome = read("converted/broker.outcome");
    for line in [
        "logger root INFO [kafkaAppender, stdout]",
        "logger kafka.controller.KafkaController TRACE [controllerAppender]",
        "logger kafka.network.RequestChannel$ WARN [requestAppender]",
        "logger org.apache.zookeeper.ClientCnxn ERROR [kafkaAppender, stdout]",
        "appender controllerAppender file LOGS/controller.log append true at 104857600 bytes, keeps 10 from ALL as \
         [2026-01-02 03:04:05] WARN what happened (org.apache.kafka.Some)\\n",
    ] {
        assert!(outcome.lines().any(|one| one == line), "{line} is not in\n{outcome}");
    }
}
