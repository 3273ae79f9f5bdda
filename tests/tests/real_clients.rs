//! The catalog's API versions against what real clients got from real brokers (`clients/`, 71 client versions,
//! 6 brokers): what a broker advertises, which requests it answered and at which it closed the connection; and the
//! matrix's verdicts against what became of each operation.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use kafka_upgrade_catalog::{self as catalog, Api, Release};
use kafka_upgrade_compat::clients::operations;
use kafka_upgrade_report::{CellVerdict, Evidence, Operation, Sense};
use kafka_upgrade_rules::Request;
use serde_json::Value;

fn rows(text: &'static str) -> impl Iterator<Item = Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("one object a line"))
}

fn text<'a>(row: &'a Value, name: &str) -> &'a str {
    row[name].as_str().unwrap_or_else(|| panic!("`{name}` in {row}"))
}

fn release(row: &Value) -> Release {
    let release: Release = text(row, "broker").parse().expect("a release");
    assert_eq!(catalog::facts_of(release), release, "{release} has facts of its own");
    release
}

/// Brokers of 4.x name Produce from 0, for old librdkafka's sake, and close the connection at 0 to 2 (KAFKA-18659).
fn is_known_to_differ(api: &Api, release: Release) -> bool {
    api.name == "Produce" && release.major == 4
}

#[test]
fn brokers_advertise_the_ranges_that_their_jars_name() {
    let mut compared = 0;
    for row in rows(include_str!("../clients/outcomes/broker_apis.jsonl")) {
        let release = release(&row);
        let key = row["api_key"].as_u64().and_then(|key| u16::try_from(key).ok()).expect("a key");
        let api = catalog::api(release, key).unwrap_or_else(|| panic!("{release} has no API {key}"));
        let advertised = (row["min"].as_i64(), row["max"].as_i64());
        let named = (Some(i64::from(api.min)), Some(i64::from(api.stable_max)));
        if is_known_to_differ(api, release) && text(&row, "listener") == "broker" {
            assert_eq!((advertised.0, advertised.1), (Some(0), named.1), "{} at {release}", api.name);
            assert_eq!(api.min, 3);
        } else {
            assert_eq!(advertised, named, "{} at {release}", api.name);
        }
        compared += 1;
    }
    assert!(compared > 600, "only {compared} ranges were compared");
}

#[test]
fn brokers_answer_what_is_in_the_range_and_close_the_connection_at_the_rest() {
    let (mut answered, mut refused, mut differing) = (0, 0, BTreeMap::new());
    for row in rows(include_str!("../clients/outcomes/clients.jsonl")) {
        let release = release(&row);
        let closed: Vec<&str> =
            row["closed"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        // If a connection is closed at one request, those sent after it stay unanswered too.
        let first_closed_only = closed.len() == 1;
        for request in row["apis"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let (name, version) = request.rsplit_once(" v").expect("NAME vN");
            let version: i16 = version.parse().expect("a number");
            let api = catalog::apis(release).find(|api| api.name == name);
            let served = api.is_some_and(|api| (api.min..=api.max).contains(&version));
            match (served, closed.contains(&request)) {
                (true, false) => answered += 1,
                (false, true) => refused += 1,
                (true, true) if !first_closed_only || name == "Metadata" || name == "Fetch" => {}
                // An unknown version of ApiVersions is answered with version 0, so that clients can start over.
                (false, false) if name == "ApiVersions" => {}
                (served, closed) => {
                    *differing.entry((release, request.to_owned(), served, closed)).or_insert(0) += 1
                }
            }
        }
    }
    assert!(differing.is_empty(), "(release, request, served, closed): how often\n{differing:#?}");
    assert!(answered > 15_000 && refused > 300, "{answered} answered, {refused} refused");
}

/// One entry of `clients/differences.toml`.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Difference {
    client: String,
    versions: Vec<String>,
    brokers: Vec<String>,
    operations: Vec<String>,
    /// What became of it for real.
    outcome: String,
    because: String,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Differences {
    difference: Vec<Difference>,
}

/// The client as somebody would state it, and the setting that it ran with.
fn stated(row: &Value) -> (String, &'static str) {
    let client = match text(row, "client") {
        "Shopify/sarama" | "IBM/sarama" => "sarama",
        "segmentio/kafka-go" => "kafka-go",
        "kafka" => "kafka-rust",
        other => other,
    };
    let (version, variant) =
        text(row, "client_version").split_once('+').unwrap_or((text(row, "client_version"), ""));
    let variant = match variant {
        "" => "",
        "V2_1_0_0" => "Config.Version=V2_1_0_0",
        "api_version=0.10.2" => "api_version=0.10.2",
        other => panic!("{other} is no variant that is known here"),
    };
    (format!("{client} {version}"), variant)
}

/// The operations of the matrix's cell of that client at that broker.
fn computed(client: &str, variant: &'static str, broker: Release) -> Vec<Operation> {
    if !variant.is_empty() {
        let (library, version) = client.split_once(' ').expect("a name and a version");
        let library = if library == "sarama" { "sarama" } else { "kafka-python" };
        return operations(library, variant, version, broker).expect("a known version");
    }
    let report = kafka_upgrade_session::check(&Request { have: &[client], ..Request::new(broker, &[]) });
    let row = report
        .matrix
        .rows
        .iter()
        .find(|row| row.sense == Sense::ClientBroker)
        .unwrap_or_else(|| panic!("no row for {client}"));
    let cell =
        row.cells.iter().find(|cell| cell.release == broker.to_string()).expect("the target is a column");
    assert_ne!(cell.verdict, CellVerdict::Unknown, "{client} at {broker}: {}", cell.reason);
    assert_eq!(cell.evidence, Evidence::Ran, "{client} at {broker}");
    cell.operations.clone()
}

#[test]
fn the_matrix_matches_the_real_outcome_of_every_operation() {
    let text_of = include_str!("../clients/differences.toml");
    let known: Differences = toml::from_str(text_of).expect("the file of differences is right");
    let mut explained = vec![0; known.difference.len()];
    let (mut equal, mut differing, mut cells) = (0, Vec::new(), BTreeMap::new());
    for row in rows(include_str!("../clients/outcomes/clients.jsonl")) {
        let broker = release(&row);
        let (client, variant) = stated(&row);
        let operations = cells
            .entry((client.clone(), variant, broker))
            .or_insert_with(|| computed(&client, variant, broker));
        let operation = operations.iter().find(|operation| operation.name == text(&row, "op"));
        let ours = operation.map_or("not-supported-by-library", |operation| match operation.verdict {
            CellVerdict::Works => "ok",
            CellVerdict::Refused => "refused",
            other => panic!("{other:?} of an operation"),
        });
        // A client that retries until its time is up has been refused as well.
        let real = match text(&row, "outcome") {
            "timeout" => "refused",
            other => other,
        };
        if ours == real {
            equal += 1;
            continue;
        }
        let explains = |difference: &Difference| {
            let names = |list: &[String], name: &str| list.iter().any(|one| one == text(&row, name));
            difference.client == text(&row, "client")
                && difference.outcome == text(&row, "outcome")
                && names(&difference.versions, "client_version")
                && names(&difference.brokers, "broker")
                && names(&difference.operations, "op")
        };
        match known.difference.iter().position(explains) {
            Some(at) => explained[at] += 1,
            None => differing.push(format!(
                "{client} {variant} at {broker}, {}: we say {ours}, it got {real}",
                text(&row, "op")
            )),
        }
    }
    assert!(differing.is_empty(), "{} differ:\n{}", differing.len(), differing.join("\n"));
    for (difference, count) in known.difference.iter().zip(&explained) {
        let parts = [&difference.versions, &difference.brokers, &difference.operations];
        let all: usize = parts.iter().map(|part| part.len()).product();
        assert_eq!(*count, all, "an entry explains what does not differ: {difference:?}");
        assert!(difference.because.len() > 20, "no reason: {difference:?}");
    }
    let all = equal + explained.iter().sum::<usize>();
    assert!(equal * 1000 >= all * 990, "only {equal} of {all} operations are as computed");
}
