//! The command as programs call it: flags, exit codes, standard output and standard error.

#![expect(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may panic")]

mod explain;
mod files;

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

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
    // A command that refuses its arguments reads nothing.
    let _gone = child.stdin.take().expect("standard input").write_all(input);
    let output = child.wait_with_output().expect("the command ends");
    // What comes out of a Latin-1 file is Latin-1, and shown with signs of replacement here.
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
fn no_way_to_go_crosses_nothing() {
    let folder = Folder::new("same").with("server.properties", ZOOKEEPER_ERA);
    let outcome =
        run(&folder, "check --from 3.4.0 --to 3.4.0 --mode zookeeper --format json server.properties");
    assert_eq!(outcome.code, 0, "{}", outcome.out);
}

#[test]
fn fail_on_says_from_which_severity_the_command_fails() {
    let folder = Folder::new("fail-on").with("server.properties", ZOOKEEPER_ERA);
    let check = "check --from 3.4.0 --to 4.0.0 server.properties --fail-on";
    assert_eq!(run(&folder, &format!("{check} never")).code, 0);
    assert_eq!(run(&folder, &format!("{check} error")).code, 1);
    assert_eq!(run(&folder, &format!("{check} info")).code, 1);
}

#[test]
fn a_file_that_cannot_be_read_is_said_and_the_others_are_reported() {
    let folder = Folder::new("unreadable")
        .with("server.properties", ZOOKEEPER_ERA)
        .with("binary.properties", b"a=b\0c")
        .with("wide.properties", b"\xff\xfea\0=\0b\0");
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
    assert!(outcome.err.contains("error: wide.properties was not read: it is UTF-16"), "{}", outcome.err);
}

#[test]
fn bad_usage_exits_with_2_and_says_what_is_wrong() {
    let folder = Folder::new("usage").with("a.properties", "a=b");
    for (arguments, message) in [
        ("check", "<PATH>..."),
        ("check --from 3.4.0.1 a.properties", "3.4.0.1"),
        ("check --to 9.9.9 a.properties", "9.9.9"),
        (
            "check --format xml a.properties",
            "[possible values: text, json, markdown, sarif, junit, github, gitlab, csv]",
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
fn a_folder_is_walked_in_order_and_what_is_passed_over_is_named() {
    let folder = Folder::new("walked")
        .with("config/b.properties", "b=1")
        .with("config/a/z.properties", "node.id=1\nz=1\ny=1\nx=1\nw=1")
        .with("config/a/other.properties", "z=1")
        .with("config/a/wrapper.properties", "distributionUrl=x")
        .with("config/c.PROPERTIES", "node.id=1")
        .with("config/notes.txt", "hello")
        .with("config/compose.yaml", "services:\n  b:\n    image: apache/kafka:3.7.0\n")
        .with("config/picture.png", "x")
        .with("config/node_modules/x/package.json", "{\"dependencies\": {}}")
        .with("config/.git/x.properties", "x=1");
    let outcome = run(&folder, "read --format json config config/b.properties");
    let paths: Vec<Value> =
        outcome.json()["files"].as_array().expect("files").iter().map(|file| file["path"].clone()).collect();
    assert_eq!(
        paths,
        ["config/a/z.properties", "config/b.properties", "config/c.PROPERTIES", "config/compose.yaml"]
    );
    assert!(outcome.err.contains("note: config holds 1 file that was not read"), "{}", outcome.err);
    assert!(outcome.err.contains("config/picture.png"), "{}", outcome.err);
    assert!(outcome.err.contains("4 files that have nothing to do with Kafka"), "{}", outcome.err);
    assert_eq!(outcome.code, 0);
    let empty = Folder::new("walked-empty").with("config/notes.txt", "hello");
    let outcome = run(&empty, "check --from 3.9 --to 4.1 --format json config");
    assert_eq!((outcome.code, outcome.json()["verdict"].as_str()), (0, Some("ready")));
    assert_eq!(outcome.json()["files"].as_array().map(Vec::len), Some(0));
    assert!(outcome.err.contains("config holds nothing to check"), "{}", outcome.err);
}

#[test]
fn standard_input_has_the_name_that_it_is_given() {
    let folder = Folder::new("standard-input");
    let arguments = ["read", "--format", "json", "--stdin-name", "prod/server.properties", "-"];
    let outcome = run_with(&folder, &arguments, b"node.id=1", &[]);
    assert_eq!(outcome.json()["files"][0]["path"], "prod/server.properties");
    assert_eq!(outcome.code, 0);
}

#[test]
fn two_inputs_of_one_name_are_not_mixed_up() {
    let folder = Folder::new("two-names").with("a.properties", "node.id=1");
    let arguments =
        ["read", "--format", "json", "--stdin-name", "a.properties", "-", "a.properties", "a.properties"];
    let outcome = run_with(&folder, &arguments, b"node.id=2", &[]);
    assert_eq!(outcome.json()["files"].as_array().map(Vec::len), Some(1));
    assert!(
        outcome.err.contains("error: standard input and a file are both called a.properties"),
        "{}",
        outcome.err
    );
    assert_eq!(outcome.code, 2);
}

#[test]
fn read_tells_keys_values_places_and_problems() {
    let folder = Folder::new("read");
    let text = "node.id=1\n\tlog.dirs : /a,\\\n  /b\nclient.id=caf\u{e9}\nnode.id=\\u0032\nx=\\u12\n";
    let outcome = run_with(&folder, &["read", "--format", "json", "-"], text.as_bytes(), &[]);
    let expected = json!({
        "files": [{
            "path": "stdin",
            "kind": "broker-properties",
            "component": "broker",
            "settings": [
                { "key": "node.id", "value": "1", "line": 1, "column": 1, "end_line": 1, "end_column": 10 },
                { "key": "log.dirs", "value": "/a,/b", "line": 2, "column": 2, "end_line": 3, "end_column": 5 },
                { "key": "client.id", "value": "cafÃ©", "line": 4, "column": 1, "end_line": 4, "end_column": 15 },
                { "key": "node.id", "value": "2", "line": 5, "column": 1, "end_line": 5, "end_column": 15 },
                { "key": "x", "value": "\\u12", "line": 6, "column": 1, "end_line": 6, "end_column": 7 },
            ],
            "usages": [],
            "dependencies": [],
            "observations": [],
            "problems": [
                {
                    "message": "`node.id` is set again further down, and the last one counts: this line has no \
                                effect. Remove the one that is not meant.",
                    "line": 1,
                    "column": 1,
                },
                {
                    "message": "This value has characters outside of ASCII. Kafka reads the file as Latin-1: saved \
                                as UTF-8, each of them becomes two or more others. Write them as `\\u` and four \
                                hexadecimal digits.",
                    "line": 4,
                    "column": 14,
                },
                {
                    "message": "`\\u12` is not a character: four hexadecimal digits have to follow `\\u`. Kafka \
                                refuses the whole file for it (Malformed \\uxxxx encoding). For a backslash write \
                                `\\\\`.",
                    "line": 6,
                    "column": 3,
                },
            ],
        }],
    });
    assert_eq!(outcome.json(), expected);
}

#[test]
fn read_as_text_is_one_line_a_setting() {
    let folder = Folder::new("read-text");
    let outcome = run_with(&folder, &["read", "-"], b"acks=all\nlinger.ms 5\n\nclient.id=a\\nb\n", &[]);
    let expected =
        "stdin: producer-properties, producer\n  1  acks = all\n  2  linger.ms = 5\n  4  client.id = a\\nb\n";
    assert_eq!(outcome.out, expected);
}

#[test]
fn bytes_that_are_not_utf_8_are_latin_1() {
    let folder = Folder::new("latin-1").with("a.properties", b"client.id=caf\xe9");
    let outcome = run(&folder, "read --format json a.properties");
    assert_eq!(outcome.json()["files"][0]["settings"][0]["value"], "caf\u{e9}");
    assert!(
        outcome.err.contains("note: a.properties is not UTF-8; it is read as Latin-1"),
        "{}",
        outcome.err
    );
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
fn fix_changes_what_is_safe_and_no_other_byte() {
    let text = b"# caf\xe9\r\nprocess.roles=broker\r\n delegation.token.master.key : s \r\nx=\xe9";
    let folder = Folder::new("fix").with("a.properties", text);
    let dry = run(&folder, "fix --dry-run --from 3.9.0 --to 4.0.0 a.properties");
    assert_eq!(dry.code, 0, "{}", dry.err);
    assert!(dry.out.starts_with("--- a/a.properties\n+++ b/a.properties\n@@ "), "{}", dry.out);
    assert!(
        dry.out.contains("\n- delegation.token.master.key : s \r\n+ delegation.token.secret.key : s \r\n"),
        "{}",
        dry.out
    );
    assert_eq!(folder.read("a.properties"), text, "a dry run changes nothing");
    let fixed = run(&folder, "fix --from 3.9.0 --to 4.0.0 a.properties");
    assert_eq!((fixed.code, fixed.out.as_str()), (0, ""), "{}", fixed.err);
    let expected = b"# caf\xe9\r\nprocess.roles=broker\r\n delegation.token.secret.key : s \r\nx=\xe9";
    assert_eq!(folder.read("a.properties"), expected);
    assert!(fixed.err.contains("note: a.properties: 1 fix applied."), "{}", fixed.err);
    run(&folder, "fix --from 3.9.0 --to 4.0.0 a.properties");
    assert_eq!(folder.read("a.properties"), expected, "fixing again changes nothing");
}

#[test]
fn fix_is_a_filter_for_standard_input() {
    let folder = Folder::new("fix-filter");
    let arguments = ["fix", "--from", "3.9.0", "--to", "4.0.0", "-"];
    let outcome = run_with(&folder, &arguments, b"node.id=1\ndelegation.token.master.key=s\n", &[]);
    assert_eq!(outcome.out, "node.id=1\ndelegation.token.secret.key=s\n");
}

#[test]
fn diff_tells_gone_changed_and_new_keys_of_each_component() {
    let folder = Folder::new("diff");
    let outcome = run(&folder, "diff 3.9 4.0.0 --component broker");
    assert_eq!(outcome.code, 0);
    let lines: Vec<&str> = outcome.out.lines().collect();
    assert_eq!(lines[..2], ["broker", "  gone"]);
    for line in [
        "    zookeeper.connect",
        "    num.recovery.threads.per.data.dir: 1 -> 2",
        "    process.roles: (empty) -> (required)",
        "    log.segment.bytes: int, at least 14 -> int, at least 1048576",
        "    share.coordinator.threads = 1",
    ] {
        assert!(lines.contains(&line), "{line}\n{}", outcome.out);
    }
    assert!(lines[lines.len() - 1].starts_with("3.9.2 and 4.0.0 differ in "), "{}", outcome.out);
    let everything = run(&folder, "diff 3.9 4.0");
    let classes = everything.out.split("\nclasses\n").nth(1).expect("a section of classes");
    assert!(classes.starts_with("  gone\n    kafka."), "{classes}");
    assert!(classes.contains("\n    org.apache.kafka.streams.processor.TaskMetadata\n"), "{classes}");
    assert!(classes.trim_end().ends_with(" classes and members are gone or newly deprecated."), "{classes}");
    let same = run(&folder, "diff 4.0.2 4.0.2");
    assert_eq!(same.out, "4.0.2 and 4.0.2 say the same of every key.\n");
    let borrowed = run(&folder, "diff 4.3.1 4.4.0 --component mm2");
    assert_eq!(borrowed.out, "4.3.1 and 4.4.0 say the same of every key of mm2, 4.4.0 as 4.3.1 has it.\n");
}

#[test]
fn versions_says_whose_facts_stand_for_a_release() {
    let folder = Folder::new("versions");
    let outcome = run(&folder, "versions");
    let line = |release: &str| {
        let found = outcome.out.lines().find(|line| line.starts_with(release));
        found.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line("3.9.0"), "3.9.0 2024-11-06 8, 8 2.12, 2.13 of 3.9.2");
    assert_eq!(line("4.0.0"), "4.0.0 2025-03-18 17, 11 2.13 its own");
    assert!(line("4.4.0").contains("its own, but "), "{}", line("4.4.0"));
}

#[test]
fn what_runs_can_be_said_without_a_file() {
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

#[test]
fn a_log4j_1_file_is_converted_and_what_is_lost_is_said_with_its_line() {
    let text = "log4j.rootLogger=INFO, out\nlog4j.appender.out=org.apache.log4j.ConsoleAppender\n\
        log4j.appender.out.layout=org.apache.log4j.SimpleLayout\n";
    let folder = Folder::new("convert")
        .with("log4j.properties", text)
        .with("odd.properties", format!("{text}log4j.renderer.x=y\n"))
        .with("server.properties", ZOOKEEPER_ERA);
    let clean = run(&folder, "convert log4j.properties");
    assert_eq!((clean.code, clean.err.as_str()), (0, ""));
    assert!(clean.out.starts_with("Configuration:\n  Appenders:\n    Console:\n"), "{}", clean.out);
    let odd = run(&folder, "convert odd.properties --to properties");
    assert_eq!(odd.code, 1);
    assert!(odd.out.starts_with("appender.a1.type = Console\n"), "{}", odd.out);
    assert!(odd.err.contains("odd.properties:4: `log4j.renderer.x`"), "{}", odd.err);
    let other = run(&folder, "convert server.properties");
    assert_eq!((other.code, other.out.as_str()), (2, ""));
}

/// A broker's file with a password, on its way to KRaft.
const WITH_PASSWORD: &str = "\
broker.id=0
zookeeper.connect=zk1:2181
listeners=SASL_SSL://b0:9093
security.inter.broker.protocol=SASL_SSL
ssl.keystore.location=/etc/kafka/keystore.p12
ssl.keystore.password=hunter2
log.dirs=/data
";

#[test]
fn drafts_are_written_whole_and_none_over_a_file_or_outside_of_the_folder() {
    let folder = Folder::new("write-drafts").with("conf/server.properties", WITH_PASSWORD).with("in/x", "");
    let check = "check --from 3.9 --to 4.0 --write-drafts out/new";
    let outcome = run(&folder, &format!("{check} conf/server.properties"));
    assert_eq!(outcome.code, 1, "{}", outcome.err);
    let migrating = "out/new/2-switch-on/conf/server.properties";
    let draft = String::from_utf8(folder.read(migrating)).expect("text");
    assert!(draft.contains("ssl.keystore.password=hunter2"), "{draft}");
    assert!(draft.contains("zookeeper.metadata.migration.enable=true"), "{draft}");
    assert!(outcome.err.contains("server.properties is written"), "{}", outcome.err);
    let again = run(&folder, &format!("{check} conf/server.properties"));
    assert_eq!(again.code, 2);
    assert!(again.err.contains("was not written"), "{}", again.err);
    let beside = run(&folder, &format!("{check} in/../conf/server.properties"));
    assert!(folder.0.join("out/new/2-switch-on/in/conf/server.properties").exists(), "{}", beside.err);
}

#[test]
fn drafts_of_nothing_are_told() {
    let folder = Folder::new("no-drafts").with("producer.properties", "bootstrap.servers=b:9092\nacks=all\n");
    let outcome = run(&folder, "check --from 3.9 --to 4.0 --write-drafts out producer.properties");
    assert_eq!(outcome.code, 0, "{}", outcome.out);
    assert!(outcome.err.contains("drafts no files"), "{}", outcome.err);
}

#[test]
fn json_covers_secrets_in_drafts_unless_it_is_told_not_to() {
    let folder = Folder::new("json-secrets").with("server.properties", WITH_PASSWORD);
    let check = "check --from 3.9 --to 4.0 --format json server.properties";
    let covered = run(&folder, check);
    assert!(!covered.out.contains("hunter2") && covered.out.contains("ssl.keystore.password=*******"));
    let whole = run(&folder, &format!("{check} --with-secrets"));
    assert!(whole.out.contains("ssl.keystore.password=hunter2"));
}
