//! Connectors: transforms and predicates have keys of their own behind their aliases, and a sink has to have topics.

use std::collections::BTreeSet;

use kafka_upgrade_catalog::{Component, Default, Definition, Importance, ValueType};
use kafka_upgrade_sorted::Sorted as _;

use super::fault::{Fault, quote};
use super::value;
use super::view::View;
use super::{classes, facts, list, number, regex};

const TRANSFORMS: &str = "org.apache.kafka.connect.transforms.";

/// Transforms that have one class for keys and values; the others are `CLASS$Key` and `CLASS$Value`.
const WHOLE: [&str; 6] =
    ["DropHeaders", "Filter", "InsertHeader", "RegexRouter", "TimestampRouter", "ValueToKey"];

pub(crate) fn source(view: &mut View<'_>) {
    plugins(view);
}

pub(crate) fn sink(view: &mut View<'_>) {
    plugins(view);
    let (topics, pattern, letters) = ("topics", "topics.regex", "errors.deadletterqueue.topic.name");
    let has = |key: &str| view.text(key).is_some_and(|text| !text.is_empty());
    let (has_topics, has_pattern) = (has(topics), has(pattern));
    if has_topics && has_pattern {
        view.refuse(topics, "refused-together", format!("Only one of it and `{pattern}` may be set."));
    } else if !has_topics && !has_pattern {
        view.refuse(topics, "missing-topics", format!("A sink needs `{topics}` or `{pattern}`."));
    } else if let Some(queue) = view.text(letters).filter(|queue| !queue.is_empty())
        && view.list(topics).any(|topic| topic == queue)
    {
        view.refuse_for(
            topics,
            letters,
            "refused-value",
            format!("The dead letter queue {} is read.", quote(queue)),
        );
    } else if let (Some(expression), Some(queue)) = (view.text(pattern), view.text(letters))
        && has_pattern
        && !queue.is_empty()
        && regex::matches(expression, queue) == Some(true)
    {
        view.refuse_for(
            pattern,
            letters,
            "refused-value",
            format!("The dead letter queue {} is read.", quote(queue)),
        );
    }
}

/// What is found wrong behind an alias.
struct Wrong {
    /// The key that Kafka names.
    named: String,
    /// The key as it stands in the file.
    key: String,
    fault: Fault,
}

/// Everything behind the aliases of transforms, then of predicates: their classes first, then their values.
fn plugins(view: &mut View<'_>) {
    let mut wrong: Vec<Wrong> = Vec::new();
    let mut usable: Vec<(String, Option<Component>)> = Vec::new();
    for kind in ["transforms", "predicates"] {
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        for alias in list::items(view.text(kind).unwrap_or_default()) {
            if !seen.insert(alias) {
                continue;
            }
            let prefix = format!("{kind}.{alias}.");
            match class(view, &prefix, kind == "predicates") {
                Ok(component) => usable.push((prefix, component)),
                Err(fault) => {
                    let key = format!("{prefix}type");
                    wrong.push(Wrong { named: key.clone(), key, fault });
                }
            }
        }
    }
    for (prefix, component) in usable {
        values(view, &prefix, component, &mut wrong);
    }
    for Wrong { named, key, fault } in wrong {
        let setting = view.settings.get(&key).map(|entry| entry.index);
        view.refuse_at(named, setting, fault);
    }
}

/// The component that holds the keys of an alias's class, if it is one of Kafka's own.
fn class(view: &View<'_>, prefix: &str, is_predicate: bool) -> Result<Option<Component>, Fault> {
    let Some(class) = view.settings.get(&format!("{prefix}type")).map(|entry| number::trim(entry.value))
    else {
        return Err(Fault::new("missing-required", "The alias needs a class."));
    };
    let component = component_of(class, is_predicate);
    if !classes::is_loadable(class, view.release) || class.starts_with("java.") || component == Err(()) {
        let what = if is_predicate { "predicate" } else { "transform" };
        return Err(Fault::new(
            "refused-class",
            format!("{} is no {what} that could be used.", quote(class)),
        ));
    }
    Ok(component.unwrap_or_default())
}

/// Types are checked under the whole key; validators of the class see its own part of it only. Every transform has
/// `predicate` and `negate`, whatever its class.
fn values(view: &View<'_>, prefix: &str, component: Option<Component>, wrong: &mut Vec<Wrong>) {
    let settings = view.settings;
    // Embedded keys are not read in the order of their definition: required ones come first, then by importance.
    let mut found: Vec<((bool, u8), String, Fault)> = Vec::new();
    let negate = settings.get(&format!("{prefix}negate")).filter(|_| prefix.starts_with("transforms."));
    if let Some(entry) = negate {
        if !settings.has(&format!("{prefix}predicate")) {
            let fault = Fault::new("refused-relation", "There is no predicate to negate.");
            wrong.push(Wrong { named: entry.key.to_owned(), key: entry.key.to_owned(), fault });
        }
        if let Err(fault) = value::read(ValueType::Boolean, entry.value, view.release) {
            found.push(((true, 1), "negate".to_owned(), fault));
        }
    }
    if let Some(component) = component {
        for entry in settings.with_prefix(prefix) {
            let key = entry.key.get(prefix.len()..).unwrap_or_default();
            if let Some(definition) = facts::definition(component, key, view.release)
                && let Err(fault) = value::judge(&definition, entry.value, view.release)
            {
                found.push((place(&definition), key.to_owned(), fault));
            }
        }
        for key in facts::required(component) {
            let definition = facts::definition(component, key, view.release);
            if let Some(definition) = definition.filter(|definition| definition.default == Default::Required)
                && !settings.has(&format!("{prefix}{key}"))
            {
                let fault = Fault::new("missing-required", "The key is required and has no default.");
                found.push((place(&definition), (*key).to_owned(), fault));
            }
        }
    }
    found.order_by(|(a, key_a, _), (b, key_b, _)| (a, key_a).cmp(&(b, key_b)));
    for (_, own, fault) in found {
        let key = format!("{prefix}{own}");
        let by_type = matches!(fault.rule, "refused-type" | "missing-required");
        wrong.push(Wrong { named: if by_type { key.clone() } else { own }, key, fault });
    }
}

fn place(definition: &Definition) -> (bool, u8) {
    let importance = match definition.importance {
        Importance::High => 0,
        Importance::Medium => 1,
        Importance::Low => 2,
    };
    (definition.default != Default::Required, importance)
}

/// The component that holds a class's keys: none for what is not Kafka's own, `Err` for what is but cannot be used.
fn component_of(class: &str, is_predicate: bool) -> Result<Option<Component>, ()> {
    let Some(name) = class.strip_prefix(TRANSFORMS) else {
        return if class.starts_with("org.apache.kafka.") { Err(()) } else { Ok(None) };
    };
    if let Some(name) = name.strip_prefix("predicates.") {
        return if is_predicate {
            Component::parse(&format!("smt.predicates.{name}")).map(Some).ok_or(())
        } else {
            Err(())
        };
    }
    let (name, part) = name.split_once('$').map_or((name, None), |(name, part)| (name, Some(part)));
    let usable = matches!((WHOLE.contains(&name), part), (true, None) | (false, Some("Key" | "Value")));
    if is_predicate || !usable {
        Err(())
    } else {
        Component::parse(&format!("smt.{name}")).map(Some).ok_or(())
    }
}
