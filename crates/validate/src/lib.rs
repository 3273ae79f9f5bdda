//! Whether a release's own start-up validation would take a set of settings, and what it would refuse.
//!
//! Reimplements, over the catalog's definitions, what `ConfigDef` and the configuration classes of each component do:
//! types ([`value`]), validators, required keys, and the relations between keys that are code in Kafka (one module a
//! component). What is *not* here: findings, severities, anything about the text the settings came from.
//!
//! Invariants: the first refusal is the one that Kafka itself would name; those after it are found independently, so
//! that a person sees all of them at once. Nothing is asked of keys that are not set, but for required ones and for
//! what a relation needs. Secrets are never quoted.

#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

mod address;
mod broker;
mod classes;
mod client_metrics;
mod clients;
mod connect;
mod connector;
mod consumer;
mod duration;
mod facts;
mod fault;
mod group;
mod list;
mod metadata;
mod mirror_maker;
mod named;
mod number;
mod pairs;
mod producer;
mod regex;
mod settings;
mod streams;
mod topic;
mod value;
mod view;

use kafka_upgrade_catalog::{Component, Default, Release, reading_place};
use kafka_upgrade_sorted::Sorted as _;
use view::View;

pub use settings::{Entry, Refusal, Settings};

/// Everything for which `release` would refuse the settings; empty when it accepts them.
///
/// A component or release that the catalog does not know refuses nothing.
#[must_use]
pub fn refusals<'a>(component: Component, settings: &'a Settings<'a>, release: Release) -> Vec<Refusal<'a>> {
    let mut view = View::new(settings, component, release);
    match component {
        Component::TOPIC => topic::unknown_names(&mut view, "topic"),
        Component::GROUP => group::names(&mut view),
        Component::CLIENT_METRICS => topic::unknown_names(&mut view, "client metrics"),
        _ => {}
    }
    definitions(&mut view);
    relations(&mut view);
    view.into_refusals()
}

/// The refusals of an incomplete configuration: only those that no further setting could prevent.
#[must_use]
pub fn refusals_of_part<'a>(
    component: Component,
    settings: &'a Settings<'a>,
    release: Release,
) -> Vec<Refusal<'a>> {
    let mut view = View::new(settings, component, release);
    for (entry, definition) in View::new(settings, component, release).defined() {
        if let Err(fault) = value::judge(&definition, entry.value, release) {
            view.refuse(entry.key, fault.rule, fault.message);
        }
    }
    match component {
        Component::TOPIC => topic::unknown_names(&mut view, "topic"),
        // Both keys are set here, so no further setting can prevent the conflict.
        Component::CONSUMER if view.has("group.protocol") => consumer::group_protocol(&mut view),
        _ => {}
    }
    view.into_refusals()
}

/// Types, validators and required keys, in the order in which the component defines its keys.
fn definitions(view: &mut View<'_>) {
    // The key that Kafka names, the one that brought it about, and why.
    let mut found: Vec<(&str, &str, fault::Fault)> = Vec::new();
    for (entry, definition) in view.defined() {
        if let Err(fault) = value::judge(&definition, entry.value, view.release) {
            found.push((named_for(view, definition.key, &fault), definition.key, fault));
        }
    }
    if let Some(fault) = broker::copied_number(view) {
        found.push(("node.id", "broker.id", fault));
    }
    for key in facts::required(view.component).iter().copied() {
        if !view.has(key)
            && view.definition(key).is_some_and(|definition| definition.default == Default::Required)
            && !is_from_code(view.component, key)
            && !broker::has_synonym(view, key)
        {
            found.push((
                key,
                key,
                fault::Fault::new("missing-required", "The key is required and has no default."),
            ));
        }
    }
    if found.len() > 1 {
        // Keys that are not among the component's own come last.
        let place = |key: &str| reading_place(view.component, key, view.release).unwrap_or(usize::MAX);
        let mut placed: Vec<_> = found.into_iter().map(|one| (place(one.0), one)).collect();
        placed.order_by_key(|(place, _)| *place);
        found = placed.into_iter().map(|(_, one)| one).collect();
    }
    for (key, cause, fault) in found {
        view.refuse_for(key, cause, fault.rule, fault.message);
    }
}

/// The key under which Kafka refuses a value, which is another one in two places.
fn named_for(view: &View<'_>, key: &'static str, fault: &fault::Fault) -> &'static str {
    match fault.rule {
        // The casts' own code names the key of another transform.
        "refused-cast" => "renames",
        _ => broker::named_for(view, key, fault),
    }
}

/// Relations between keys, which each component has as code.
fn relations(view: &mut View<'_>) {
    match view.component {
        Component::BROKER => broker::check(view),
        Component::PRODUCER => producer::check(view),
        Component::CONSUMER => consumer::check(view),
        Component::ADMIN => clients::check(view),
        Component::STREAMS => streams::check(view),
        Component::TOPIC => topic::check(view),
        Component::GROUP => group::check(view),
        Component::CLIENT_METRICS => client_metrics::check(view),
        Component::CONNECTOR_SOURCE => connector::source(view),
        Component::CONNECTOR_SINK => connector::sink(view),
        Component::MM2 => mirror_maker::check(view),
        Component::MM2_SOURCE | Component::MM2_CHECKPOINT | Component::MM2_HEARTBEAT => {
            mirror_maker::policy(view);
        }
        Component::CONNECT_DISTRIBUTED => connect::distributed(view),
        _ => {}
    }
}

/// Whether a program (for a converter: the worker) would supply the key.
fn is_from_code(component: Component, key: &str) -> bool {
    match component {
        Component::PRODUCER | Component::CONSUMER | Component::ADMIN | Component::STREAMS => {
            clients::FROM_CODE.contains(&key)
        }
        Component::JSON_CONVERTER => key == "converter.type",
        _ => false,
    }
}

#[cfg(test)]
mod tests;
