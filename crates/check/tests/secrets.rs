//! Every key that a release keeps from being shown is kept from being shown here.

use std::collections::BTreeSet;

use crate::common::{corpus, request};
use kafka_upgrade_catalog::{Component, Release, ValueType, definitions, newest, releases};
use kafka_upgrade_document::Encoding;
use kafka_upgrade_input::{READER, read_as};
use kafka_upgrade_report::{Context, FORMATS, Source};
use kafka_upgrade_session::{File, check};

/// Passwords that Kafka's own keys hold, by component.
fn keys(component: Component) -> BTreeSet<&'static str> {
    let of = |release| definitions(component, release).filter(|one| one.value_type == ValueType::Password);
    releases().flat_map(of).map(|one| one.key).collect()
}

#[test]
fn the_password_of_every_key_of_that_type_is_printed_in_no_format() {
    let mut tried = 0;
    for component in Component::ALL {
        let keys = keys(*component);
        tried += keys.len();
        // Each key is set twice to different values, so that a finding points at its line, and once misspelt.
        let lines = keys.iter().enumerate().flat_map(|(number, key)| {
            let value = format!("Kestrel{number}topsecret");
            let wrong = key.replacen("ss", "s", 1);
            [format!("{key}={value}"), format!("{key} : {value}2"), format!("{wrong} = {value}")]
        });
        let text = format!("zookeeper.connect=zk:2181\n{}\n", lines.collect::<Vec<_>>().join("\n"));
        let file = File { component: Some(*component), ..File::new("a.properties", &text) };
        let report = check(&request(Some(Release::new(3, 9, 0)), newest(), &[file]));
        let sources = [Source { path: "a.properties", text: &text }];
        for format in FORMATS {
            let printed = format.write(&report, &Context { sources: &sources, ..Context::default() });
            let line = printed.lines().find(|line| line.contains("topsecret"));
            assert_eq!(line, None, "{} as {}", component.name(), format.name);
        }
        let text_format = FORMATS.first().unwrap();
        let open = Context { sources: &sources, with_secrets: true, ..Context::default() };
        assert!(keys.is_empty() || text_format.write(&report, &open).contains("topsecret"));
    }
    assert!(tried > 30, "{tried} keys");
}

#[test]
fn a_text_that_is_read_again_for_its_fixes_is_the_same_but_for_its_secrets() {
    let mut had_secrets = 0;
    for (path, text) in corpus::files() {
        let mut first = read_as(&path, &text, None, Encoding::Utf8);
        let again = (READER.reread)(&path, &text, None, Encoding::Utf8);
        assert!(again.secrets.is_empty(), "{path}");
        had_secrets += usize::from(!first.secrets.is_empty());
        first.secrets.clear();
        assert_eq!(format!("{again:?}"), format!("{first:?}"), "{path}");
    }
    assert!(had_secrets > 0, "none has secrets");
}
