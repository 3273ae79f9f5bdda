//! What roles, voters and controller listeners ask of each other in KRaft mode.

use super::super::fault::quote;
use super::super::view::View;
use super::Roles;
use super::listeners::{CONTROLLERS, LISTENERS, MAP, normalised};
use super::network::Network;
use super::voters::{BOOTSTRAP, VOTERS, has_quorum, number, voter_ids};

pub(super) fn check(view: &mut View<'_>, roles: Roles, network: &Network<'_>) {
    if roles.zookeeper() {
        return;
    }
    if !has_quorum(view) {
        let message = format!("`{BOOTSTRAP}` or `{VOTERS}` has to name the controllers.");
        view.refuse_for("process.roles", "process.roles", "missing-quorum", message);
    }
    if !view.since(4, 0) && view.text("control.plane.listener.name").is_some() {
        view.refuse("control.plane.listener.name", "refused-in-kraft", "The key is not for KRaft mode.");
    }
    let ids = voter_ids(view);
    let node = number(view);
    if roles.broker && !view.since(3, 9) && network.advertises_controller_names() {
        let message = format!("The listeners of `{CONTROLLERS}` must not be advertised.");
        view.refuse("advertised.listeners", "refused-controller-listener", message);
    }
    if roles.broker && !roles.controller {
        broker_only(view, network, node.is_some_and(|node| ids.contains(&node)));
    } else {
        if !roles.broker {
            controller_only(view, network);
        }
        if node.is_some_and(|node| !ids.is_empty() && !ids.contains(&node)) {
            let message = format!("A controller's `node.id` has to be among `{VOTERS}`.");
            view.refuse_for("process.roles", VOTERS, "refused-voters", message);
        }
        if network.controller_hosts(view).is_some_and(|hosts| hosts.is_empty()) {
            view.refuse(
                CONTROLLERS,
                "missing-controller-listener",
                format!("No controller listener is in `{LISTENERS}`."),
            );
        } else if let Some(missing) = network.missing_controller_listener() {
            let message = format!("{} is not in `{LISTENERS}`.", quote(missing));
            view.refuse(CONTROLLERS, "missing-controller-listener", message);
        }
    }
}

fn controller_only_before_3_9(view: &mut View<'_>, network: &Network<'_>) {
    let advertised = "advertised.listeners";
    if view.text(advertised).is_some() && (view.since(3, 3) || network.advertises_anything()) {
        view.refuse(advertised, "refused-role", "A mere controller advertises nothing.");
    } else if network.advertises_anything() {
        let message =
            format!("A mere controller's `{LISTENERS}` must hold those of `{CONTROLLERS}` and no others.");
        view.refuse_for(LISTENERS, CONTROLLERS, "refused-listener", message);
    }
}

/// What brokers of 3.0 ask of their number among the voters; those of 2.8 ask nothing yet.
pub(super) fn ids_of_3_0(view: &mut View<'_>, roles: Roles) {
    if roles.zookeeper() || !view.since(3, 0) {
        return;
    }
    let ids = voter_ids(view);
    let is_voter = number(view).is_some_and(|node| ids.contains(&node));
    if ids.is_empty() {
        let message = format!("`{VOTERS}` has to name the controllers.");
        view.refuse_for("process.roles", VOTERS, "missing-quorum", message);
    } else if roles.controller && !is_voter {
        let message = format!("A controller's `node.id` has to be among `{VOTERS}`.");
        view.refuse_for("process.roles", VOTERS, "refused-voters", message);
    } else if !roles.controller && is_voter {
        let message = format!("A `node.id` of a mere broker must not be among `{VOTERS}`.");
        view.refuse_for("process.roles", VOTERS, "refused-voters", message);
    }
    for key in ["alter.config.policy.class.name", "create.topic.policy.class.name"] {
        if view.has(key) && !view.is_refused(key) {
            view.refuse(key, "refused-in-kraft", "The key is not for KRaft mode.");
        }
    }
}

/// What brokers of 2.8 and 3.0 ask of the controllers' listeners.
pub(super) fn listeners_of_3_0(view: &mut View<'_>, roles: Roles, network: &Network<'_>) {
    if view.since(3, 0) && roles.controller && !network.has_controller_listener() {
        let message = format!("No controller listener is in `{LISTENERS}`.");
        view.refuse(CONTROLLERS, "missing-controller-listener", message);
    }
    if network.advertises_controllers() {
        let message = format!("The listeners of `{CONTROLLERS}` must not be advertised.");
        view.refuse("advertised.listeners", "refused-controller-listener", message);
    }
}

fn broker_only(view: &mut View<'_>, network: &Network<'_>, is_voter: bool) {
    if is_voter {
        let message = format!("A `node.id` of a mere broker must not be among `{VOTERS}`.");
        view.refuse_for("process.roles", VOTERS, "refused-voters", message);
    }
    if network.controllers.is_empty() {
        if !view.is_refused(CONTROLLERS) {
            view.refuse(
                CONTROLLERS,
                "missing-controller-listener",
                "A broker has to know the controllers' listener.",
            );
        }
        return;
    }
    if network.has_controller_listener() {
        let message = format!("A mere broker must not have a controller listener in `{LISTENERS}`.");
        view.refuse(CONTROLLERS, "refused-controller-listener", message);
    }
    if let Ok(protocols) = &network.protocols
        && let Some(unknown) =
            network.controllers.iter().find(|name| protocols.get(&normalised(name)).is_none())
    {
        let message = format!("The controller listener {} has no protocol in `{MAP}`.", quote(unknown));
        view.refuse(CONTROLLERS, "refused-controller-listener", message);
    }
    if view.flag("controller.quorum.auto.join.enable") {
        let message = "Only a controller can join the quorum by itself.";
        view.refuse("controller.quorum.auto.join.enable", "refused-role", message);
    }
}

fn controller_only(view: &mut View<'_>, network: &Network<'_>) {
    if !view.since(3, 9) {
        return controller_only_before_3_9(view, network);
    }
    if let (Some(hosts), Ok(listeners)) = (network.controller_hosts(view), &network.listeners)
        && hosts.len() != listeners.len()
    {
        let message =
            format!("A mere controller's `{LISTENERS}` must hold those of `{CONTROLLERS}` and no others.");
        view.refuse_for(LISTENERS, CONTROLLERS, "refused-listener", message);
    }
    let name = "inter.broker.listener.name";
    if view.since(4, 0) && view.text(name).is_some() {
        match network.inter_broker(view) {
            Ok((listener, _)) if network.controllers.iter().any(|controller| *controller == listener) => {
                let message = format!("A mere controller's listener must not be that of `{name}`.");
                view.refuse(CONTROLLERS, "refused-controller-listener", message);
            }
            Ok(_) => {}
            Err((key, fault)) => view.refuse_once(key, fault),
        }
    }
}
