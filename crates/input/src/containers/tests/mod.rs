//! Each format of containers has a file; here is what they share.

mod dockerfiles;
mod kubernetes;
mod services;

use kafka_upgrade_catalog::Component;

use crate::{Document, Kind, read};

fn dependencies(path: &str, text: &str) -> Vec<String> {
    let document = read(path, text, None);
    assert_eq!(document.kind, Kind::Containers, "{text}");
    let dependencies = document.dependencies.iter();
    dependencies.map(|one| format!("{} {} at {}", one.artifact, one.version, one.span.of(text))).collect()
}

/// Each part as its component and its settings; of each the key as written and as it is read.
fn parts(document: &Document, text: &str) -> Vec<String> {
    let part = |part: &Document| {
        let mut line = part.component.map_or("-", Component::name).to_owned();
        if part.is_partial {
            line.push('?');
        }
        for setting in &part.settings {
            let (key, value) = (setting.key_span.of(text), setting.value_span.of(text));
            line.push_str(&format!(" {key}:{}{}={}", setting.prefix, setting.key, setting.value));
            if value != setting.value {
                line.push_str(&format!("~{value}"));
            }
        }
        line
    };
    document.parts.iter().map(part).collect()
}

fn parts_of(text: &str) -> Vec<String> {
    let document = read("", text, None);
    assert_eq!(document.kind, Kind::Containers, "{text}");
    parts(&document, text)
}

#[test]
fn files_of_other_programs_are_read_without_findings() {
    let texts = [
        "apiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {containers: [{image: nginx:1, env: [{name: A, value: b}], command: [a]}]}}}\n",
        "services:\n  db:\n    image: postgres:15\n    environment: {POSTGRES_PASSWORD: x}\n",
        "services:\n  web:\n    build: .\n    environment: [\"A=b\"]\n    command: java -jar app.jar\n",
    ];
    for text in texts {
        let document = read("", text, None);
        assert_eq!(document.kind, Kind::Containers, "{text}");
        assert!(document.parts.is_empty() && document.usages.is_empty() && document.problems.is_empty());
    }
    for text in [
        "lockfileVersion: '9.0'\nsettings:\n  a: b\n",
        "groups:\n- name: kafka\n  rules:\n  - alert: X\n",
        "Configuration:\n  Loggers:\n    Root: {level: INFO}\n",
        "- hosts: all\n  tasks: []\n",
        "image is a word: here\n",
    ] {
        assert_ne!(read("", text, None).kind, Kind::Containers, "{text}");
    }
}
