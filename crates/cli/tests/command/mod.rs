//! The command as programs call it: flags, exit codes, standard output and standard error.

#![expect(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

mod explain;
mod facts;
mod files;
mod read;
mod writes;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;

const ZOOKEEPER_ERA: &str = "\
# broker 0
broker.id=0
zookeeper.connect=zk1:2181
inter.broker.protocol.version=3.4
delegation.token.master.key=secret
log.dirs=/data/1,\\
  /data/2
";

/// A folder of the test's own.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        if path.exists() {
            fs::remove_dir_all(&path).expect("an old folder can be removed");
        }
        fs::create_dir_all(&path).expect("a folder can be made");
        Self(path)
    }

    fn with(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder can be made");
        fs::write(path, content).expect("a file can be written");
        self
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).expect("the file is there")
    }
}

struct Outcome {
    code: i32,
    out: String,
    err: String,
}

impl Outcome {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err))
    }
}

/// Runs the command in the folder, with a text for standard input.
fn run_with(folder: &Folder, arguments: &[&str], input: &[u8], variables: &[(&str, &str)]) -> Outcome {
    let mut child = Command::new(env!("CARGO_BIN_EXE_kafka-upgrade-check"))
        .args(arguments)
        .current_dir(&folder.0)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .envs(variables.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    // A command that rejects its arguments does not read its input.
    let _gone = child.stdin.take().expect("standard input").write_all(input);
    let output = child.wait_with_output().expect("the command ends");
    // Output about a Latin-1 file is in Latin-1, so it contains replacement characters here.
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    Outcome {
        code: output.status.code().expect("an exit code"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

fn run(folder: &Folder, arguments: &str) -> Outcome {
    let arguments: Vec<&str> = arguments.split_whitespace().collect();
    run_with(folder, &arguments, b"", &[])
}

/// The lines at which something is reported of a key, as a finding of its own or as a place of one.
fn places<'a>(report: &'a Value, subject: &str) -> Vec<&'a Value> {
    let findings = report["findings"].as_array().expect("findings").iter();
    let spots = findings.flat_map(|finding| {
        std::iter::once(finding).chain(finding["places"].as_array().into_iter().flatten())
    });
    spots.filter(|spot| spot["subject"] == subject).map(|spot| &spot["line"]).collect()
}

#[test]
fn a_zookeeper_era_broker_is_blocked_each_key_at_its_line() {
    let folder = Folder::new("blocked").with("server.properties", ZOOKEEPER_ERA);
    let outcome =
        run(&folder, "check --from 3.4.0 --to 4.0.0 --mode zookeeper --format json server.properties");
    assert_eq!(outcome.code, 1, "{}", outcome.err);
    let report = outcome.json();
    assert_eq!(report["schema"], 1);
    assert_eq!(report["verdict"], "blocked");
    assert_eq!(report["path"]["from"], "3.4.0");
    assert_eq!(report["path"]["mode"], "zookeeper");
    assert_eq!(report["files"][0]["kind"], "broker-properties");
    assert_eq!(places(&report, "zookeeper.connect"), [3]);
    assert_eq!(places(&report, "inter.broker.protocol.version"), [4]);
    assert_eq!(places(&report, "delegation.token.master.key"), [5]);
    assert_eq!(places(&report, "process.roles"), [&Value::Null]);
}

#[test]
fn the_same_release_on_both_ends_crosses_nothing() {
    let folder = Folder::new("same").with("server.properties", ZOOKEEPER_ERA);
    let outcome =
        run(&folder, "check --from 3.4.0 --to 3.4.0 --mode zookeeper --format json server.properties");
    assert_eq!(outcome.code, 0, "{}", outcome.out);
}

#[test]
fn fail_on_sets_from_which_severity_the_command_fails() {
    let folder = Folder::new("fail-on").with("server.properties", ZOOKEEPER_ERA);
    let check = "check --from 3.4.0 --to 4.0.0 server.properties --fail-on";
    assert_eq!(run(&folder, &format!("{check} never")).code, 0);
    assert_eq!(run(&folder, &format!("{check} error")).code, 1);
    assert_eq!(run(&folder, &format!("{check} info")).code, 1);
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_and_the_others_are_reported() {
    let folder = Folder::new("unreadable")
        .with("server.properties", ZOOKEEPER_ERA)
        .with("binary.properties", b"a=b\0c")
        .with("wide.properties", b"\xff\xfea\0=\0b");
    let outcome = run(
        &folder,
        "check --from 3.4.0 --to 4.0.0 --format json missing.properties binary.properties wide.properties \
         server.properties",
    );
    assert_eq!(outcome.code, 2);
    assert_eq!(places(&outcome.json(), "zookeeper.connect"), [3]);
    assert!(outcome.err.contains("error: missing.properties cannot be read: "), "{}", outcome.err);
    assert!(
        outcome.err.contains("error: binary.properties was not read: it is a binary file."),
        "{}",
        outcome.err
    );
    assert!(
        outcome.err.contains("error: wide.properties was not read: it begins as UTF-16 and is damaged"),
        "{}",
        outcome.err
    );
}

#[test]
fn what_is_not_known_exits_with_3_where_that_is_asked_and_nothing_is_worse() {
    let folder = Folder::new("unknown").with("server.properties", ZOOKEEPER_ERA);
    let code = |rest: &[&str]| {
        let start = ["check", "--from", "3.9", "--to", "4.0", "--have", "frob-client 1.2"];
        run_with(&folder, &[&start[..], rest].concat(), b"", &[]).code
    };
    let json = ["check", "--from", "3.9", "--to", "4.0", "--have", "frob-client 1.2", "--format", "json"];
    assert_eq!(run_with(&folder, &json, b"", &[]).json()["verdict"], "unknown");
    assert_eq!(code(&[]), 0);
    assert_eq!(code(&["--fail-on", "error"]), 0);
    assert_eq!(code(&["--fail-on", "never"]), 0);
    assert_eq!(code(&["--fail-on", "unknown"]), 3);
    assert_eq!(code(&["--fail-on", "unknown", "server.properties"]), 1, "an error is worse");
    assert_eq!(code(&["--fail-on", "never", "server.properties"]), 0);
}

#[test]
fn bad_usage_exits_with_2_and_names_what_is_wrong() {
    let folder = Folder::new("usage").with("a.properties", "a=b");
    for (arguments, message) in [
        ("check", "<PATH>..."),
        ("check --from 3.4.0.1 a.properties", "3.4.0.1"),
        ("check --to 9.9.9 a.properties", "9.9.9"),
        (
            "check --format xml a.properties",
            "[possible values: text, json, markdown, html, sarif, junit, github, gitlab, csv]",
        ),
        ("check --mode raft a.properties", "[possible values: zookeeper, kraft]"),
        ("check --component brokers a.properties", "it has broker, topic, group"),
        ("explain removed-nothing", "there is no rule and no key `removed-nothing`"),
        ("check .git", "cannot be read"),
    ] {
        let outcome = run(&folder, arguments);
        assert_eq!(outcome.code, 2, "{arguments}");
        assert!(outcome.err.contains(message), "{arguments}: {}", outcome.err);
    }
}

#[test]
fn colour_is_for_terminals_and_those_who_force_it() {
    let folder = Folder::new("colour").with("a.properties", ZOOKEEPER_ERA);
    let arguments = ["check", "--from", "3.4.0", "--to", "4.0.0", "a.properties"];
    let coloured =
        |variables: &[(&str, &str)]| run_with(&folder, &arguments, b"", variables).out.contains('\u{1b}');
    assert!(!coloured(&[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "0")]));
}

#[test]
fn check_quotes_the_line_and_ends_with_the_verdict() {
    let folder = Folder::new("quote").with("a.properties", ZOOKEEPER_ERA);
    let outcome = run(&folder, "check --from 3.4.0 --to 4.0.0 --mode zookeeper a.properties");
    let quoted = "5 | delegation.token.master.key=******\n  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^\n";
    assert!(outcome.out.contains(quoted), "{}", outcome.out);
    assert!(outcome.out.contains("\nBlocked: from 3.4.0 in ZooKeeper mode to 4.0.0. "), "{}", outcome.out);
}

/// What a broker of the years before 3.0 has in its file.
const TYPICAL: &str = "\
broker.id=1
listeners=PLAINTEXT://:9092
advertised.listeners=PLAINTEXT://kafka1:9092
num.network.threads=3
num.io.threads=8
log.dirs=/var/lib/kafka
num.partitions=3
offsets.topic.replication.factor=3
transaction.state.log.replication.factor=3
transaction.state.log.min.isr=2
min.insync.replicas=2
log.retention.hours=168
inter.broker.protocol.version=2.8
log.message.format.version=2.8
zookeeper.connect=zk1:2181,zk2:2181,zk3:2181/kafka
";

#[test]
fn the_answer_for_a_typical_broker_fits_in_sixty_lines_and_the_whole_is_a_flag_away() {
    let folder = Folder::new("short").with("server.properties", TYPICAL);
    let short = run(&folder, "check --from 2.8 server.properties").out;
    assert!(short.lines().count() <= 60, "{} lines\n{short}", short.lines().count());
    assert!(short.starts_with("error[removed-zookeeper-connect]"), "{short}");
    let at = |text: &str| short.find(text).unwrap_or_else(|| panic!("no {text}\n{short}"));
    assert!(at("\nwarning[") < at("\ninfo["), "{short}");
    assert!(!short.contains("https://") && !short.contains("bin/kafka"), "{short}");
    let whole = run(&folder, "check --from 2.8 --verbose server.properties").out;
    assert!(
        whole.contains("  = why: ") && whole.contains("https://") && whole.contains("bin/kafka"),
        "{whole}"
    );
}

#[test]
fn what_runs_can_be_stated_without_a_file() {
    let folder = Folder::new("said");
    let said = "brokers 2.8 on ZooKeeper, java 11";
    let arguments = ["check", "--to", "4.0", "--format", "json", "--have", said, "--have", "librdkafka 1.9"];
    let report = run_with(&folder, &arguments, b"", &[]).json();
    assert_eq!(report["path"]["from"], "2.8.2");
    assert_eq!(report["path"]["mode"], "zookeeper");
    assert_eq!(report["files"][0]["kind"], "inventory");

    let outcome = run(&folder, "check --to 4.0");
    assert_eq!(outcome.code, 2, "{}", outcome.out);
    assert!(outcome.err.contains("PATH"), "{}", outcome.err);
}
