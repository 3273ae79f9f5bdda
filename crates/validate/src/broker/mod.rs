//! Relations between the keys of a broker or controller: what `KafkaConfig` checks once every key is read.
//!
//! The order of the checks is Kafka's own, so that the first refusal is the one that it would stop at.

mod groups;
mod listeners;
mod logs;
mod network;
mod quorum;
mod voters;
mod zookeeper;

use kafka_upgrade_catalog::Component;

use super::fault::Fault;
use super::view::View;

/// What a process is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Roles {
    pub(super) broker: bool,
    pub(super) controller: bool,
}

impl Roles {
    fn read(view: &View<'_>) -> Self {
        let has = |role: &str| view.list("process.roles").any(|item| item == role);
        Self { broker: has("broker"), controller: has("controller") }
    }

    /// No role: a broker that keeps its metadata in ZooKeeper.
    pub(super) const fn zookeeper(self) -> bool {
        !self.broker && !self.controller
    }
}

/// Whether a required key is given under its other name: `broker.id` and `node.id` stand for each other.
pub(super) fn has_synonym(view: &View<'_>, key: &str) -> bool {
    view.component == Component::BROKER && key == "node.id" && view.has("broker.id") && view.since(3, 1)
}

/// The key under which Kafka refuses a value: a `node.id` that is no number fails as `broker.id`, which it is
/// copied to and which is read first.
pub(super) fn named_for(view: &View<'_>, key: &'static str, fault: &Fault) -> &'static str {
    let copied =
        view.component == Component::BROKER && key == "node.id" && !view.has("broker.id") && view.since(3, 1);
    if copied && fault.rule == "refused-type" { "broker.id" } else { key }
}

/// Why a `broker.id` would be refused as the `node.id` that it is copied to.
pub(super) fn copied_number(view: &View<'_>) -> Option<Fault> {
    if view.component != Component::BROKER || view.has("node.id") || !view.since(3, 1) {
        return None;
    }
    let number = view.entry("broker.id")?;
    let definition = view.definition("node.id")?;
    let fault = super::value::judge(&definition, number.value, view.release).err()?;
    (fault.rule != "refused-type").then_some(fault)
}

/// Checks everything that follows the reading of the single values.
pub(super) fn check(view: &mut View<'_>) {
    let roles = Roles::read(view);
    if !view.since(4, 2)
        && let Some(role) = super::list::duplicate(view.list("process.roles"))
    {
        view.refuse("process.roles", "refused-duplicate", format!("The role `{role}` comes twice."));
    }
    if view.since(3, 9) {
        groups::check(view);
    } else {
        groups::first_of_old(view);
    }
    let network = network::Network::read(view, roles);
    if view.since(3, 1) {
        network.early_start(view);
    }
    if !view.since(3, 9) {
        groups::assignors_of_old(view);
    }
    if !view.since(4, 1) {
        network::connection_overrides(view);
    }
    let protocol = zookeeper::protocol(view, roles);
    rebalance_protocols(view, roles);
    identity(view, roles);
    if !view.since(3, 1) {
        quorum::ids_of_3_0(view, roles);
    }
    logs::check(view);
    if !view.since(3, 9) {
        groups::acks_of_old(view);
    }
    if !view.since(3, 1) {
        network.early_start(view);
    }
    network.advertised(view);
    if !view.since(3, 1) {
        network.between_brokers(view);
    }
    if view.since(3, 1) {
        quorum::check(view, roles, &network);
    } else {
        quorum::listeners_of_3_0(view, roles, &network);
    }
    if roles.zookeeper() && view.since(3, 1) && !view.since(4, 0) {
        zookeeper::controllers(view, &network, protocol);
    }
    network.brokers(view, roles);
    if view.since(4, 3) && roles.broker {
        logs::cordoned(view);
    }
    network.routable(view);
    if !view.since(4, 0) {
        zookeeper::formats(view, &network, protocol);
    }
    network.inter_broker_mechanism(view, protocol);
    network::limits(view);
    if view.since(3, 0) {
        principal_builder(view);
    }
    if !view.since(3, 9) {
        groups::last_of_old(view);
    }
}

fn rebalance_protocols(view: &mut View<'_>, roles: Roles) {
    let key = "group.coordinator.rebalance.protocols";
    if !view.has(key) || view.definition(key).is_none() || view.is_refused(key) {
        return;
    }
    let has = |name: &str| view.list(key).any(|item| item.eq_ignore_ascii_case(name));
    if !has("classic") {
        view.refuse(key, "refused-value", "The `classic` protocol cannot be left out.");
    } else if has("consumer") && roles.zookeeper() && !view.since(4, 0) {
        view.refuse(key, "refused-value", "The `consumer` protocol needs KRaft.");
    }
}

/// `node.id`, `broker.id` and what ZooKeeper mode asks for.
fn identity(view: &mut View<'_>, roles: Roles) {
    if view.since(3, 1)
        && view.has("node.id")
        && view.has("broker.id")
        && let Some((node, broker)) = view.pair("node.id", "broker.id")
        && node != broker
    {
        view.refuse("node.id", "refused-identity", "`node.id` and `broker.id` have to be the same number.");
    }
    if !view.since(4, 0) {
        zookeeper::identity(view, roles);
    }
}

fn principal_builder(view: &mut View<'_>) {
    let key = "principal.builder.class";
    let Some(class) = view.entry(key).map(|entry| super::number::trim(entry.value)) else { return };
    let known = class.starts_with("java.") || class.starts_with("org.apache.kafka.");
    if known && !class.ends_with(".DefaultKafkaPrincipalBuilder") && !view.is_refused(key) {
        view.refuse(key, "refused-class", "The class has to implement `KafkaPrincipalSerde` as well.");
    }
}
