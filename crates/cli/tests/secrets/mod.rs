//! Secrets in every form in which they come: each sample plants a value of its own, which the reader has to record and
//! no output may show. The same number of values that are no secrets has to stay readable.

#![expect(clippy::expect_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test may panic")]

mod samples;

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use kafka_upgrade_document::secrets::Secret;
use samples::{Sample, plain, secret};

/// A folder with the texts, and their names.
fn written(name: &str, samples: &[Sample]) -> (PathBuf, Vec<String>) {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("an old folder can be removed");
    }
    let files = samples.iter().map(|sample| {
        let path = folder.join(&sample.path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder can be made");
        fs::write(path, &sample.text).expect("a file can be written");
        sample.path.clone()
    });
    let files = files.collect();
    (folder, files)
}

/// What the command prints, on both streams.
fn printed(folder: &PathBuf, arguments: &[&str], files: &[String]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_kafka-upgrade-check"))
        .args(arguments)
        .args(files)
        .current_dir(folder)
        .output()
        .expect("the command runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

const CHECK: &[&str] = &["check", "--from=2.8", "--to=4.0", "--fail-on=never"];

/// Every command and format that prints what files hold.
fn outputs() -> Vec<Vec<&'static str>> {
    let formats = ["--format=json", "--format=text", "--format=markdown"];
    let mut outputs: Vec<Vec<&str>> = formats
        .iter()
        .map(|format| CHECK.iter().copied().chain([*format, "--mode=zookeeper"]).collect())
        .collect();
    outputs.extend([vec!["read"], vec!["read", "--format=json"], vec!["fix", "--dry-run"]]);
    outputs
}

fn recorded(sample: &Sample) -> Vec<Secret> {
    kafka_upgrade_input::read(&sample.path, &sample.text, None).secrets
}

#[test]
fn every_secret_is_recorded() {
    let samples = secret();
    assert!(samples.len() >= 166, "{} samples", samples.len());
    let missed: Vec<String> = samples
        .iter()
        .filter(|sample| !recorded(sample).iter().any(|secret| secret.value.contains(&sample.value)))
        .map(|sample| format!("{}: {}\n{}", sample.path, sample.value, sample.text))
        .collect();
    assert!(missed.is_empty(), "{} of {} samples\n{}", missed.len(), samples.len(), missed.join("\n"));
}

#[test]
fn no_secret_is_printed_and_with_secrets_they_are() {
    let samples = secret();
    let (folder, files) = written("secret-samples", &samples);
    let mut shown_with = vec![false; samples.len()];
    let mut leaks = Vec::new();
    for arguments in outputs() {
        let text = printed(&folder, &arguments, &files);
        for sample in samples.iter().filter(|sample| text.contains(&sample.value)) {
            let line = text.lines().find(|line| line.contains(&sample.value));
            leaks.push(format!("{arguments:?} {}: {}", sample.path, line.unwrap_or_default()));
        }
        if arguments.contains(&"--format=markdown") || arguments == ["read"] {
            continue;
        }
        let all: Vec<&str> = arguments.iter().copied().chain(["--with-secrets"]).collect();
        let text = printed(&folder, &all, &files);
        for (shown, sample) in shown_with.iter_mut().zip(&samples) {
            *shown |= text.contains(&sample.value);
        }
    }
    assert!(leaks.is_empty(), "{} leaks\n{}", leaks.len(), leaks.join("\n"));
    let shown = shown_with.iter().filter(|shown| **shown).count();
    assert!(shown * 2 > samples.len(), "only {shown} of {} samples would be printed at all", samples.len());
}

#[test]
fn what_is_no_secret_stays_readable() {
    let samples = plain();
    assert!(samples.len() >= 166, "{} samples", samples.len());
    let (folder, files) = written("plain-samples", &samples);
    for arguments in [vec!["read", "--format=json"], [CHECK, &["--format=json"]].concat()] {
        let all: Vec<&str> = arguments.iter().copied().chain(["--with-secrets"]).collect();
        let (covered, whole) = (printed(&folder, &arguments, &files), printed(&folder, &all, &files));
        let differs = covered.lines().zip(whole.lines()).find(|(one, other)| one != other);
        assert!(differs.is_none(), "{arguments:?}: {differs:?}");
    }
    let wrong: Vec<String> = samples
        .iter()
        .flat_map(|sample| {
            recorded(sample)
                .into_iter()
                .map(move |secret| format!("{}: {secret:?}\n{}", sample.path, sample.text))
        })
        .collect();
    assert!(wrong.is_empty(), "{} values\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn what_is_stated_to_run_is_covered_too() {
    for (number, said) in [
        "kafka 2.8 with password={S}",
        "brokers 2.8 at https://ops:{S}@registry.example.org",
        "librdkafka {S}",
        "kafka 3.2, token {S}",
        "kafka 3.2 Authorization: Bearer {S}",
    ]
    .iter()
    .enumerate()
    {
        let value = format!("qT7x{number}Lw0XyCb");
        let have = format!("--have={}", said.replace("{S}", &value));
        for format in ["--format=json", "--format=text", "--format=markdown"] {
            let text = printed(&PathBuf::from("."), &["check", "--fail-on=never", format, &have], &[]);
            let line = text.lines().find(|line| line.contains(&value));
            assert!(line.is_none(), "{said} {format}: {line:?}");
        }
    }
}

#[test]
fn a_covered_text_gives_the_findings_of_the_text() {
    let samples = secret();
    let mut differ = Vec::new();
    for sample in &samples {
        let secrets = recorded(sample);
        let cover = kafka_upgrade_report::Cover::new(
            secrets.iter().map(|one| (one.context.as_str(), one.value.as_str())),
        );
        let covered = cover.text(&sample.text);
        assert_eq!(covered.lines().count(), sample.text.lines().count(), "{}", sample.path);
        // If the finding is about how the value is written, covering the value removes it.
        if sample.text.contains("\\u12\n") || sample.text.contains('é') {
            continue;
        }
        let (before, after) = (findings(&sample.path, &sample.text), findings(&sample.path, &covered));
        if before != after {
            let only = |one: &Found, other: &Found| -> Found {
                one.iter().filter(|of| !other.contains(of)).cloned().collect()
            };
            differ.push(format!(
                "{}\n{covered}\n{:?} -> {:?}",
                sample.path,
                only(&before, &after),
                only(&after, &before)
            ));
        }
    }
    assert!(differ.is_empty(), "{} samples\n{}", differ.len(), differ.join("\n"));
}

#[test]
fn a_failure_that_is_explained_shows_none() {
    let value = "quartzOsprey77";
    let failure = format!(
        "org.apache.kafka.common.config.ConfigException: Invalid value {value} for configuration ssl.keystore.password: wrong"
    );
    let text = printed(&PathBuf::from("."), &["explain", &failure], &[]);
    assert!(text.contains("ssl.keystore.password") && !text.contains(value), "{text}");
}

/// Rule, line and column.
type Found = Vec<(String, Option<u32>, Option<u32>)>;

/// What is found in one text.
fn findings(path: &str, text: &str) -> Found {
    let release = |name| kafka_upgrade_catalog::resolve(name).expect("a release");
    let files = [kafka_upgrade_rules::File::new(path, text)];
    let report = kafka_upgrade_session::check(&kafka_upgrade_rules::Request {
        from: Some(release("2.8")),
        ..kafka_upgrade_rules::Request::new(release("4.0"), &files)
    });
    report.findings.into_iter().map(|one| (one.rule, one.line, one.column)).collect()
}
