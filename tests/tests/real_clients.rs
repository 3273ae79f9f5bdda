//! The catalog's API versions against what real clients met at real brokers (`clients/`, 71 client versions,
//! 6 brokers): what a broker advertises, which requests it answered and at which it closed the connection.

use std::collections::BTreeMap;

use kafka_upgrade_catalog::{self as catalog, Api, Release};
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
        // A connection that is closed at one request leaves those behind it unanswered too.
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
