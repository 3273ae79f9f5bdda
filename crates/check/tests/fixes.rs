//! Which fixes are called safe: those that can go out before anything is upgraded, and take nothing away that is needed.

#![expect(clippy::expect_used, reason = "tests")]

use crate::common::request;
use kafka_upgrade_catalog as catalog;
use kafka_upgrade_report::{Fix, Mode, Report, Verdict};
use kafka_upgrade_session::{File, Request, check};

fn run(from: Option<&str>, to: &str, mode: Option<Mode>, files: &[File<'_>]) -> Report {
    let release = |text: &str| catalog::resolve(text).expect("a release");
    check(&Request { mode, ..request(from.map(release), release(to), files) })
}

/// The fix of what is found about a subject.
fn fix<'r>(report: &'r Report, subject: &str) -> &'r Fix {
    let about = report.findings.iter().filter(|one| one.subject == subject);
    about.filter_map(|one| one.fix.as_ref()).next().expect("a finding with a fix")
}

const NODE: &str = "process.roles=broker\nnode.id=4\ncontroller.quorum.voters=1@c:9093\n\
    controller.listener.names=CONTROLLER\nlisteners=PLAINTEXT://b:9092\n";

/// The text with all safe fixes of its report applied.
fn fixed(report: &Report, text: &str) -> String {
    let fixes = report.findings.iter().filter_map(|one| one.fix.as_ref()).filter(|fix| fix.safe);
    let mut edits: Vec<_> = fixes.flat_map(|fix| &fix.edits).collect();
    edits.sort_by_key(|edit| std::cmp::Reverse(edit.start));
    let mut text = text.to_owned();
    for edit in edits {
        text.replace_range(edit.start as usize..edit.end as usize, &edit.text);
    }
    text
}

#[test]
fn the_only_line_that_says_what_runs_stays() {
    for line in ["inter.broker.protocol.version=3.2\n", "log.message.format.version=3.2\n"] {
        let text = format!("{NODE}{line}");
        let report = run(None, "4.4", None, &[File::new("server.properties", &text)]);
        assert_eq!(report.verdict, Verdict::Blocked, "{line}");
        let after = fixed(&report, &text);
        assert!(after.contains(line), "{after}");
        let again = run(None, "4.4", None, &[File::new("server.properties", &after)]);
        assert_eq!(again.verdict, Verdict::Blocked, "{line}");
    }
    // Both lines set the key, and both would be removed together.
    let both = format!("{NODE}inter.broker.protocol.version=3.2\nlog.message.format.version=3.2\n");
    let report = run(None, "4.4", None, &[File::new("server.properties", &both)]);
    let again = run(None, "4.4", None, &[File::new("server.properties", &fixed(&report, &both))]);
    assert_eq!(again.path.from.as_deref(), Some("3.2.3"));
    // No line has to show the release when the request states it.
    let text = format!("{NODE}inter.broker.protocol.version=3.9\n");
    let report = run(Some("3.9"), "4.0", None, &[File::new("server.properties", &text)]);
    assert!(fix(&report, "inter.broker.protocol.version").safe);
}

#[test]
fn evidence_in_another_file_is_enough_unless_it_goes_too() {
    let text = format!("{NODE}inter.broker.protocol.version=3.9\n");
    let compose = "services:\n  b:\n    image: apache/kafka:3.9.0\n";
    let files = [File::new("a/server.properties", &text), File::new("b/docker-compose.yml", compose)];
    let report = run(None, "4.0", None, &files);
    assert_eq!(report.path.from.as_deref(), Some("3.9.0"));
    let twin = text.replace("node.id=4", "node.id=5");
    let files = [File::new("a/server.properties", &text), File::new("b/server.properties", &twin)];
    let report = run(None, "4.0", None, &files);
    let fixes = report.findings.iter().filter(|one| one.subject == "inter.broker.protocol.version");
    assert!(fixes.filter_map(|one| one.fix.as_ref()).all(|fix| !fix.safe));
}

#[test]
fn a_fixed_file_keeps_its_kind() {
    let text = "log.message.format.version=3.0\nlog.retention.ms=abc\nfoo=1\nbar=2\nbaz=3\n";
    let report = run(Some("3.9"), "4.4", None, &[File::new("x.properties", text)]);
    let again = run(Some("3.9"), "4.4", None, &[File::new("x.properties", &fixed(&report, text))]);
    assert_eq!(again.files.first().map(|one| &one.kind), report.files.first().map(|one| &one.kind));
    assert_eq!(again.verdict, Verdict::Blocked);
}

#[test]
fn alternatives_have_one_fix_per_line_and_repeated_lines_are_removed_together() {
    const KEY: &str = "log.message.format.version=3.0\n";
    let places = |text: &str, name: &str| {
        let report = run(Some("3.9"), "4.1", None, &[File::new(name, text)]);
        let mut about = report.findings.into_iter().filter(|one| one.subject == "log.message.format.version");
        let one = about.next_back().expect("a finding");
        let further = one.places.iter().map(|place| place.edits.len());
        std::iter::once(one.fix.expect("a fix").edits.len()).chain(further).collect::<Vec<_>>()
    };
    let alternatives =
        format!("{NODE}{{% if a %}}\n{KEY}{{% elif b %}}\n{KEY}{{% else %}}\n{KEY}{{% endif %}}\n");
    assert_eq!(places(&alternatives, "server.properties.j2"), [1, 1, 1], "each its own line");
    let repeated = format!("{NODE}{KEY}log.dirs=/d\n{KEY}num.io.threads=8\n{KEY}");
    assert_eq!(places(&repeated, "server.properties"), [3], "the two before would count next");
}

#[test]
fn a_key_that_the_running_release_does_not_know_waits_for_its_hop() {
    // The new name came with 3.6 beside the old one, which went with 4.0.
    let text = format!("{NODE}log.message.timestamp.difference.max.ms=5000\n");
    let file = [File::new("server.properties", &text)];
    let subject = "log.message.timestamp.difference.max.ms";
    assert!(fix(&run(Some("3.9"), "4.1", None, &file), subject).safe);
    let early = run(Some("3.5"), "4.1", None, &file);
    let early = fix(&early, subject);
    assert!(!early.safe);
    assert!(early.title.ends_with(" (with the upgrade to 3.6, not before)"), "{}", early.title);
}

#[test]
fn a_line_stays_for_a_release_that_does_not_know_what_is_set_beside_it() {
    // The new name came with 2.8; a broker of 2.7 without broker.id would be given another number.
    let text = "broker.id=4\nnode.id=4\nzookeeper.connect=z:2181\nlisteners=PLAINTEXT://b:9092\n";
    for (from, safe) in [(Some("2.7"), false), (None, false), (Some("3.9"), true)] {
        let report = run(from, "4.4", None, &[File::new("server.properties", text)]);
        assert_eq!(fix(&report, "broker.id").safe, safe, "{from:?}");
    }
}

#[test]
fn where_nobody_knows_what_runs_the_new_keys_stand_beside_the_old_one() {
    for (key, value, new) in [
        ("log.message.timestamp.difference.max.ms", "5000", "log.message.timestamp.before.max.ms=5000\n"),
        (
            "log.message.timestamp.difference.max.ms",
            "-1",
            "log.message.timestamp.after.max.ms=9223372036854775807\n",
        ),
        ("metrics.jmx.blacklist", "kafka.*", "metrics.jmx.exclude=kafka.*\n"),
    ] {
        let text = format!("{NODE}{key}={value}\n");
        let report = run(None, "4.1", None, &[File::new("server.properties", &text)]);
        let one = fix(&report, key);
        assert!(one.safe, "{}", one.title);
        let text = fixed(&report, &text);
        assert!(text.contains(new) && text.contains(&format!("{key}={value}\n")), "{text}");
        for from in [None, Some("3.9"), Some("2.8")] {
            let report = run(from, "4.1", None, &[File::new("server.properties", &text)]);
            let about = report.findings.iter().filter(|finding| finding.subject == key);
            for finding in about {
                assert!(finding.rule.starts_with("left-over-"), "{}", finding.rule);
                assert!(
                    finding.fix.as_ref().is_some_and(|fix| !fix.safe),
                    "the old release still reads the line"
                );
            }
        }
    }
}

#[test]
fn a_value_that_is_refused_is_not_carried_over() {
    for (value, safe) in [("-1", true), ("-2", false), ("5000", true), ("x", false)] {
        let text = format!("{NODE}log.message.timestamp.difference.max.ms={value}\n");
        let report = run(Some("3.9"), "4.1", Some(Mode::Kraft), &[File::new("server.properties", &text)]);
        assert_eq!(fix(&report, "log.message.timestamp.difference.max.ms").safe, safe, "{value}");
    }
}

#[test]
fn no_limit_is_written_as_the_new_keys_take_it() {
    let text = format!("{NODE}log.message.timestamp.difference.max.ms = -1\nx=-1\n");
    let report = run(Some("3.9"), "4.1", Some(Mode::Kraft), &[File::new("server.properties", &text)]);
    let limit = "9223372036854775807";
    let want = format!(
        "{NODE}log.message.timestamp.before.max.ms = {limit}\nlog.message.timestamp.after.max.ms = {limit}\nx=-1\n"
    );
    assert_eq!(fixed(&report, &text), want);
}

#[test]
fn a_tool_that_is_called_by_its_path_is_of_the_release_that_the_path_names() {
    for (path, safe) in [
        ("/opt/confluent-5.1.2/bin/kafka-console-producer", false),
        ("/opt/confluent-7.4.1/bin/kafka-console-producer", true),
        ("/opt/kafka_2.12-2.1.0/bin/kafka-console-producer.sh", false),
        ("/opt/kafka/bin/kafka-console-producer.sh", true),
    ] {
        let script = format!("#!/bin/sh\n{path} --broker-list b:9092 --topic t\n");
        let report = run(Some("3.9"), "4.2", None, &[File::new("x.sh", &script)]);
        let found =
            report.findings.iter().find(|one| one.message.contains("broker-list")).expect("a finding");
        assert_eq!(found.fix.as_ref().map(|fix| fix.safe), Some(safe), "{path}");
    }
}

#[test]
fn an_option_is_renamed_where_both_releases_have_it() {
    let script = |line: &str| format!("#!/bin/sh\n{line}\n");
    let new = script(
        "kafka-console-consumer.sh --bootstrap-server b:9092 --topic t --consumer.config c.properties",
    );
    let report = run(Some("3.9"), "4.2", None, &[File::new("x.sh", &new)]);
    let early =
        report.findings.iter().find(|one| one.message.contains("consumer.config")).expect("a finding");
    let early = early.fix.as_ref().expect("a fix");
    assert!(!early.safe, "{early:?}");
    assert!(early.title.ends_with(" (with the upgrade to 4.2, not before)"), "{}", early.title);

    let old = script("kafka-console-producer.sh --broker-list b:9092 --topic t");
    for (from, safe) in [("2.4", false), ("2.8", true), ("3.9", true)] {
        let report = run(Some(from), "4.2", None, &[File::new("x.sh", &old)]);
        let found =
            report.findings.iter().find(|one| one.message.contains("broker-list")).expect("a finding");
        assert_eq!(found.fix.as_ref().map(|fix| fix.safe), Some(safe), "{from}");
    }
}

#[test]
fn fixes_that_are_safe_are_safe_together() {
    let text = format!(
        "{NODE}log.message.format.version=3.0\nlog.message.timestamp.difference.max.ms=5\n\
         delegation.token.master.key=s\nmetrics.jmx.blacklist=x\n"
    );
    let report = run(Some("3.9"), "4.0", Some(Mode::Kraft), &[File::new("server.properties", &text)]);
    let after = fixed(&report, &text);
    let again = run(Some("3.9"), "4.0", Some(Mode::Kraft), &[File::new("server.properties", &after)]);
    assert_eq!(again.summary.error, 0, "{after}\n{:#?}", again.findings);
    for release in ["3.9", "4.0"] {
        let only = run(Some(release), release, Some(Mode::Kraft), &[File::new("server.properties", &after)]);
        assert_eq!(only.summary.error, 0, "{release}: {:#?}", only.findings);
    }
}
