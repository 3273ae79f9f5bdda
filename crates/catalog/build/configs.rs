//! Configuration keys: one row an era, sorted by component, key, release.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::data::{Facts, Key};
use crate::eras::eras;
use crate::hash;
use crate::strings::{Table, declare};

/// The artifact that holds the definitions of a component.
fn artifact(component: &str) -> &'static str {
    match component {
        "admin" | "consumer" | "producer" => "kafka-clients",
        "streams" => "kafka-streams",
        "json-converter" => "connect-json",
        "mm2-client" => "connect-mirror-client",
        "remote-log-metadata" => "kafka-storage",
        name if name.starts_with("smt.") => "connect-transforms",
        name if name.starts_with("connect") => "connect-runtime",
        name if name.starts_with("mm2") => "connect-mirror",
        _ => "kafka",
    }
}

/// Tables `SLOTS`, `KEYS`, `DEFINITIONS`, `VALIDATORS`, `ROWS`, `COMPONENTS`, `NEIGHBOURS`.
pub(crate) fn tables(facts: &[Facts]) -> String {
    let components: BTreeSet<&str> =
        facts.iter().flat_map(|facts| facts.configs.keys().map(String::as_str)).collect();
    let keys: BTreeSet<&str> = facts
        .iter()
        .flat_map(|facts| facts.configs.values().flat_map(|keys| keys.keys().map(String::as_str)))
        .collect();
    let keys: Vec<&str> = keys.into_iter().collect();
    let (mut definitions, mut validators) = (Table::default(), Table::default());
    validators.index("Validator::None".to_owned());
    let (mut rows, mut ranges, mut neighbours) = (Vec::new(), Vec::new(), Vec::new());

    for (at, component) in components.iter().enumerate() {
        let start = rows.len();
        for (key_at, key) in keys.iter().enumerate() {
            let found = facts.iter().map(|facts| facts.configs.get(*component)?.get(*key).cloned());
            for era in eras(found) {
                let place = format!("{component} {key} in {}", facts[era.first].release);
                let definition = definitions.index(definition(&era.value, &mut validators, &place));
                rows.push(format!(
                    "Row {{ key: {key_at}, definition: {definition}, first: {}, last: {} }}",
                    era.first, era.last
                ));
            }
        }
        ranges.push(format!("({component:?}, {start}, {})", rows.len()));
        for (release, facts) in facts.iter().enumerate() {
            let from = &facts.artifacts.get(artifact(component));
            if let Some(from) = from
                && **from != facts.release
                && facts.configs.contains_key(*component)
            {
                let [major, minor, patch] = numbers(from);
                neighbours.push(format!("({release}, {at}, Release::new({major}, {minor}, {patch}))"));
            }
        }
    }
    let slots: Vec<String> = slots(&keys).iter().map(u16::to_string).collect();
    let keys: Vec<String> = keys.iter().map(|key| format!("{key:?}")).collect();
    [
        declare("SLOTS", "u16", &slots),
        declare("KEYS", "&str", &keys),
        validators.declare("VALIDATORS", "Validator"),
        definitions.declare("DEFINITIONS", "Packed"),
        declare("ROWS", "Row", &rows),
        declare("COMPONENTS", "(&str, u16, u16)", &ranges),
        declare("NEIGHBOURS", "(u8, u8, Release)", &neighbours),
    ]
    .concat()
}

/// Marks an empty slot: the lookup ends its search there, and no key has this index.
const EMPTY: u16 = u16::MAX;

/// Indices of the keys, each at the first free slot from its own on.
fn slots(keys: &[&str]) -> Vec<u16> {
    assert!(keys.len() * 2 <= hash::SLOTS, "{} keys want more slots", keys.len());
    let mut slots = vec![EMPTY; hash::SLOTS];
    for (at, key) in keys.iter().enumerate() {
        let mut slot = hash::slot(key);
        while slots[slot] != EMPTY {
            slot = (slot + 1) % hash::SLOTS;
        }
        slots[slot] = u16::try_from(at).expect("few keys");
    }
    slots
}

fn numbers(release: &str) -> [u8; 3] {
    let mut numbers = release.split('.').map(|number| number.parse().expect("the import wrote it"));
    std::array::from_fn(|_| numbers.next().expect("three numbers"))
}

fn definition(key: &Key, validators: &mut Table, place: &str) -> String {
    let default = match &key.default {
        None => "Default::Required".to_owned(),
        Some(None) => "Default::Null".to_owned(),
        Some(Some(text)) => format!("Default::Text({text:?})"),
    };
    let validator = match &key.validator {
        None => 0,
        Some(structure) => validators.index(validator(structure, place)),
    };
    let dynamic = match key.dynamic.as_deref() {
        None => "None",
        Some("read-only") => "Some(UpdateMode::ReadOnly)",
        Some("per-broker") => "Some(UpdateMode::PerBroker)",
        Some("cluster-wide") => "Some(UpdateMode::ClusterWide)",
        Some(other) => panic!("{place}: update mode `{other}` is not known"),
    };
    let machine = match key.machine.as_deref() {
        None => "None",
        Some("jdk") => "Some(Machine::Jdk)",
        Some("tmpdir") => "Some(Machine::TemporaryFolder)",
        Some(other) => panic!("{place}: machine `{other}` is not known"),
    };
    format!(
        "Packed {{ value_type: ValueType::{}, default: {default}, validator: {validator}, importance: Importance::{}, deprecated: {}, internal: {}, dynamic: {dynamic}, machine: {machine} }}",
        capitalised(&key.value_type),
        capitalised(&key.importance),
        key.deprecated,
        key.internal,
    )
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A validator as a Rust expression. What `says` shows to people is left out, and so is null among allowed texts:
/// no file can hold it.
fn validator(structure: &Value, place: &str) -> String {
    let Value::Object(members) = structure else { panic!("{place}: a validator is an object") };
    let flag = |name: &str| match members.get(name) {
        None => "None".to_owned(),
        Some(Value::Bool(value)) => format!("Some({value})"),
        Some(_) => panic!("{place}: `{name}` is not true or false"),
    };
    for (name, value) in members {
        return match name.as_str() {
            "range" => {
                let [min, max] = value.as_array().map(Vec::as_slice).unwrap_or_default() else {
                    panic!("{place}: a range has two ends")
                };
                format!("Validator::Range({}, {})", bound(min, place), bound(max, place))
            }
            "in" => format!("Validator::In(&{:?})", texts(value, place)),
            "in_ignore_case" => format!("Validator::InIgnoringCase(&{:?})", texts(value, place)),
            "list_in" => format!(
                "Validator::ListIn {{ allowed: &{:?}, empty: {}, null: {} }}",
                texts(value, place),
                flag("empty"),
                flag("null")
            ),
            "empty" | "null" | "says" | "of" | "fields" => continue,
            "non_null" => "Validator::NonNull".to_owned(),
            "non_empty" => "Validator::NonEmpty".to_owned(),
            "non_empty_no_control" => "Validator::NonEmptyWithoutControlCharacters".to_owned(),
            "list_size" => format!("Validator::ListSize({value})"),
            "lambda" | "custom" => {
                format!("Validator::Code({:?})", value.as_str().expect("the import writes text"))
            }
            "all" => {
                let parts: Vec<String> = value
                    .as_array()
                    .map(Vec::as_slice)
                    .unwrap_or_default()
                    .iter()
                    .map(|part| validator(part, place))
                    .collect();
                format!("Validator::All(&[{}])", parts.join(", "))
            }
            other => panic!("{place}: validator member `{other}` is not known"),
        };
    }
    panic!("{place}: a validator without a known member")
}

fn bound(value: &Value, place: &str) -> String {
    match value {
        Value::Null => "None".to_owned(),
        Value::Number(number) if number.is_f64() => {
            let number = number.as_f64().unwrap_or_default();
            assert!(
                (number * 1000.0).fract() == 0.0,
                "{place}: a bound is shown with three decimal places at most"
            );
            format!("Some(Bound::Double({number:?}))")
        }
        Value::Number(number) => format!("Some(Bound::Whole({number}))"),
        _ => panic!("{place}: a bound is a number"),
    }
}

fn texts(value: &Value, place: &str) -> Vec<String> {
    let Value::Array(items) = value else { panic!("{place}: a list of texts is a list") };
    let text = |item: &Value| item.as_str().unwrap_or_else(|| panic!("{place}: not a text")).to_owned();
    items.iter().filter(|item| !item.is_null()).map(text).collect()
}
