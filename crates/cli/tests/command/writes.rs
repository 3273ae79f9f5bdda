//! Texts that the command writes: fixes, converted logging files, drafts of a migration.

use super::{Folder, ZOOKEEPER_ERA, run, run_with};

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
fn a_log4j_1_file_is_converted_and_what_is_lost_is_reported_with_its_line() {
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

/// A broker's file with a password, before its migration to KRaft.
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
fn a_plan_without_drafts_is_reported() {
    let folder = Folder::new("no-drafts").with("producer.properties", "bootstrap.servers=b:9092\nacks=all\n");
    let outcome = run(&folder, "check --from 3.9 --to 4.0 --write-drafts out producer.properties");
    assert_eq!(outcome.code, 0, "{}", outcome.out);
    assert!(outcome.err.contains("drafts no files"), "{}", outcome.err);
}

#[test]
fn json_covers_secrets_in_drafts_unless_a_flag_shows_them() {
    let folder = Folder::new("json-secrets").with("server.properties", WITH_PASSWORD);
    let check = "check --from 3.9 --to 4.0 --format json server.properties";
    let covered = run(&folder, check);
    assert!(!covered.out.contains("hunter2") && covered.out.contains("ssl.keystore.password=*******"));
    let whole = run(&folder, &format!("{check} --with-secrets"));
    assert!(whole.out.contains("ssl.keystore.password=hunter2"));
}
