//! What brokers before 4.0 are asked for: ZooKeeper, migration, protocol and message format versions.

use super::super::metadata;
use super::super::view::View;
use super::listeners::{CONTROLLERS, normalised};
use super::network::Network;
use super::{Roles, logs, voters};

const PROTOCOL: &str = "inter.broker.protocol.version";
const MIGRATION: &str = "zookeeper.metadata.migration.enable";
const CONTROL_PLANE: &str = "control.plane.listener.name";

/// Place of the protocol version that the brokers use; none from 4.0 on.
pub(super) fn protocol(view: &mut View<'_>, roles: Roles) -> Option<usize> {
    if view.since(4, 0) {
        return None;
    }
    let place = metadata::place(view.text(PROTOCOL)?, view.release);
    if roles.zookeeper() {
        return place;
    }
    if !view.since(3, 3) {
        return place;
    }
    if view.has(PROTOCOL) && place.is_some_and(|place| !metadata::is_at_least(place, "3.0-IV1")) {
        view.refuse(PROTOCOL, "refused-version", "KRaft needs 3.0-IV1 or newer.");
    }
    // In KRaft mode the version is what the cluster's metadata says, whatever stands here.
    metadata::place("3.0-IV1", view.release)
}

pub(super) fn identity(view: &mut View<'_>, roles: Roles) {
    let migrates = view.flag(MIGRATION);
    if !roles.zookeeper() {
        let number = if view.since(3, 1) {
            view.whole("node.id").or_else(|| view.whole("broker.id"))
        } else {
            own_number(view)
        };
        if number.is_none_or(|node| node < 0)
            && !(view.whole("node.id") == Some(-1)
                && view.whole("broker.id").is_some_and(|broker| broker >= 0)
                && !view.has("node.id"))
            && !view.is_refused("node.id")
        {
            view.refuse(
                "node.id",
                "missing-required",
                "A process with roles has to have a number of its own.",
            );
        }
        if migrates && view.text("zookeeper.connect").is_none() {
            view.refuse(MIGRATION, "missing-zookeeper", "Migration needs `zookeeper.connect` as well.");
        }
        return;
    }
    if view.text("zookeeper.connect").is_none() {
        view.refuse(
            "zookeeper.connect",
            "missing-required",
            "Without `process.roles`, ZooKeeper has to be given.",
        );
    }
    let Some(broker) = own_number(view) else { return };
    let cause = if view.has("broker.id") { "broker.id" } else { "node.id" };
    if view.flag("broker.id.generation.enable") {
        let most = view.whole("reserved.broker.max.id").unwrap_or(1000);
        if migrates && broker < 0 && view.since(3, 9) {
            view.refuse_for(
                "broker.id",
                cause,
                "refused-identity",
                "Migration needs a number that is not generated.",
            );
        }
        if broker < -1 || broker > most {
            let message = format!("{broker} has to be from -1 to `reserved.broker.max.id` ({most}).");
            view.refuse_for("broker.id", cause, "refused-range", message);
        }
    } else if broker < 0 {
        view.refuse_for(
            "broker.id",
            cause,
            "refused-range",
            "The number has to be at least 0 when none is generated.",
        );
    }
}

fn own_number(view: &View<'_>) -> Option<i64> {
    let node = view.whole("node.id");
    if !view.since(3, 1) {
        return node.filter(|node| *node >= 0).or_else(|| view.whole("broker.id"));
    }
    if view.has("broker.id") { view.whole("broker.id") } else { node }
}

/// Controllers' listeners in ZooKeeper mode, for which only a migration has use.
pub(super) fn controllers(view: &mut View<'_>, network: &Network<'_>, protocol: Option<usize>) {
    if !view.flag(MIGRATION) {
        if !network.controllers.is_empty() {
            view.refuse(
                CONTROLLERS,
                "refused-without-kraft",
                "The key has to be empty without `process.roles`.",
            );
        }
        return;
    }
    if view.since(3, 9) && own_number(view).is_some_and(|broker| broker < 0) {
        view.refuse("broker.id", "refused-identity", "Migration needs a number that is not generated.");
    }
    if !voters::has_quorum(view) {
        let message = format!("Migration needs `{}` or `{}`.", voters::BOOTSTRAP, voters::VOTERS);
        view.refuse(MIGRATION, "missing-quorum", message);
    }
    if network.controllers.is_empty() {
        view.refuse(CONTROLLERS, "missing-controller-listener", "Migration needs the controllers' listener.");
    }
    let Some(place) = protocol else { return };
    if !metadata::is_at_least(place, "3.4-IV0") {
        view.refuse(PROTOCOL, "refused-version", "Migration needs 3.4 or newer.");
    }
    if logs::count(view) > 1 && !metadata::is_at_least(place, "3.7-IV2") {
        view.refuse(
            PROTOCOL,
            "refused-version",
            "Migration with several log directories needs 3.7-IV2 or newer.",
        );
    }
}

/// The control plane's listener, and message formats against the protocol version.
pub(super) fn formats(view: &mut View<'_>, network: &Network<'_>, protocol: Option<usize>) {
    if let Some(name) = view.text(CONTROL_PLANE) {
        let name = normalised(name);
        if network.protocols.as_ref().is_ok_and(|protocols| protocols.get(&name).is_none())
            || !network.is_advertised(&name)
        {
            view.refuse(CONTROL_PLANE, "refused-listener", "It has to be one of the advertised listeners.");
        } else if network.inter_broker(view).is_ok_and(|(inter_broker, _)| inter_broker == name) {
            view.refuse(
                CONTROL_PLANE,
                "refused-listener",
                "It has to differ from the listener between brokers.",
            );
        }
    }
    let Some(place) = protocol else { return };
    let format = "log.message.format.version";
    if !metadata::is_at_least(place, "3.0-IV0")
        && let Some(wanted) = view.text(format).and_then(|text| metadata::place(text, view.release))
        && record(wanted) > record(place)
    {
        let message = format!("The format is newer than what `{PROTOCOL}` can carry.");
        view.refuse_for(format, PROTOCOL, "refused-version", message);
    }
    let codec = "offsets.topic.compression.codec";
    if view.has(codec) && view.whole(codec) == Some(4) && record(place) < 2 {
        view.refuse(codec, "refused-version", "zstd needs a protocol version of 2.1 or newer.");
    }
}

/// Version of the record format.
fn record(place: usize) -> u8 {
    u8::from(metadata::is_at_least(place, "0.10.0-IV0"))
        + u8::from(metadata::is_at_least(place, "0.11.0-IV0"))
}
