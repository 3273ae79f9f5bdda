use kafka_upgrade_sorted::Sorted as _;

use super::{Recorder, is_cover, of_text};
use crate::{Document, Kind};

fn values(path: &str, text: &str, kind: Kind) -> Vec<String> {
    let document = Document { kind, ..Document::default() };
    Recorder::new(path, text, &document).finish().into_iter().map(|secret| secret.value).collect()
}

#[test]
fn values_are_found_by_their_shape() {
    for (text, value) in [
        ("x=https://u:p4ssw0rd@h/x", "p4ssw0rd"),
        ("x=https://t0k3nvalue@h/x", "t0k3nvalue"),
        ("zookeeper.connect=u:p4ssw0rd@zk1:2181,zk2:2181", "p4ssw0rd"),
        ("curl -u u:p4ssw0rd http://x", "u:p4ssw0rd"),
        ("Authorization: Basic dXNlcjpwNHNzdzByZA==", "p4ssw0rd"),
        ("AKIAABCDEFGHIJKLMNOP", "AKIAABCDEFGHIJKLMNOP"),
        ("-----BEGIN PRIVATE KEY-----\nMIIabcdef\n-----END PRIVATE KEY-----", "MIIabcdef"),
        ("digest:super:p4ssw0rd", "p4ssw0rd"),
        ("ConfigException: Invalid value p4ssw0rd for configuration ssl.key.password: no", "p4ssw0rd"),
    ] {
        let found = values("", text, Kind::ShellScript);
        assert!(found.iter().any(|one| one == value), "{text}: {found:?}");
    }
}

#[test]
fn what_has_such_a_shape_and_is_no_secret_is_left() {
    for text in [
        "image: apache/kafka:3.7.0@sha256:0123456789abcdef",
        "controller.quorum.voters=1@h:9093,2@h2:9093",
        "mailto:ops@example.org",
        "ssh kafka@example.org",
        "pkg:maven/org.apache.kafka/kafka-clients@3.9.0",
        "x=https://${USER}:${PASSWORD}@h/x",
        "the basic idea of 2 brokers",
    ] {
        assert_eq!(values("", text, Kind::ShellScript), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_short_or_common_value_is_known_by_its_place_alone() {
    let secrets =
        of_text("ssl.key.password=abc\nssl.keystore.password=kafka\nssl.truststore.password=orchid-77");
    let known: Vec<_> = secrets.iter().map(|one| (one.context.as_str(), one.value.as_str())).collect();
    assert_eq!(known, [("ssl.key.password=", "abc"), ("ssl.keystore.password=", "kafka"), ("", "orchid-77")]);
}

#[test]
fn backslashes_that_continue_a_secret_are_not_covered() {
    let text = "ssl.keystore.password=orchid\\\n   lantern\nx=1";
    let mut found = values("a.properties", text, Kind::BrokerProperties);
    found.order();
    found.dedup();
    assert_eq!(found, ["lantern", "orchid"]);
}

#[test]
fn a_login_keeps_its_module_and_its_users_names() {
    let text = "sasl.jaas.config=a.PlainLoginModule required username=\"reader\" password=\"orchid77\" user_x=\"lantern\";";
    assert_eq!(values("a.properties", text, Kind::BrokerProperties), ["orchid77", "lantern"]);
}

#[test]
fn a_cover_is_recognised_and_is_no_secret_itself() {
    assert!(is_cover(" **** ") && !is_cover("*") && !is_cover("a***"));
    assert_eq!(of_text("ssl.key.password=********"), []);
}

#[test]
fn one_long_line_takes_as_long_as_many_short_ones() {
    let text = "password=orchid77 'token: a \"secret=b ".repeat(20_000);
    assert!(values("", &text, Kind::ShellScript).len() > 1);
}
