//! `read`, and what is taken as input: folders, standard input, encodings.

use serde_json::{Value, json};

use super::{Folder, run, run_with};

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
fn read_shows_keys_values_places_and_problems() {
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
