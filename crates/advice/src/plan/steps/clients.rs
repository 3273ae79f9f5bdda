//! What has to be right before the brokers move, and what follows them: clients, Streams, Connect, MirrorMaker.

use kafka_upgrade_catalog::clients::{Product, ProductKind};
use kafka_upgrade_catalog::{self as catalog, Component, Platform, Release, Validator};
use kafka_upgrade_report::HopKind;
use kafka_upgrade_sorted::Sorted as _;

use super::actions::Actions;
use super::{NewStep, Writer, dashed, upgrade};
use crate::inventory::{Item, clients_beside};
use crate::matrix;
use crate::plan::upgrade_path::{Hop, WITHOUT_ZOOKEEPER};

/// At most this many running things are looked at.
const MAX_ITEMS: usize = 200;
/// Oldest clients that brokers of 4.0 take, and oldest brokers that clients of 4.0 take (KIP-896).
const FLOOR: Release = Release::new(2, 1, 0);
/// First release that counts requests which 4.0 refuses (KIP-896).
const COUNTS: Release = Release::new(3, 7, 0);
/// Streams of this release and later restarts once; older ones need `upgrade.from` and two restarts.
const ONE_BOUNCE: Release = Release::new(3, 5, 0);
/// Together with 4.0, a release whose state stores older releases cannot read.
const STATE_OF_4_3: Release = Release::new(4, 3, 0);
/// First release with MirrorMaker 2.
const MIRROR_MAKER: Release = Release::new(2, 4, 0);
/// Id of MirrorMaker 2 in the catalog.
const MIRROR_MAKER_2: &str = "mirror-maker-2";

pub(super) fn before(writer: &mut Writer<'_, '_>, hops: &[Hop]) {
    let Some(first) = hops.first().filter(|_| writer.crosses_4_0()) else { return };
    let at = Hop { kind: HopKind::Clients, to: first.from, ..*first };
    writer.hop(at, "Clients that brokers of 4.0 still accept".to_owned());
    let old = old_clients(writer);
    let old =
        if old.is_empty() { String::new() } else { format!(" Known to be too old: {}.", old.join(", ")) };
    // Releases that count refused requests, which the upgrade path may leave out.
    let counts = |release: Release| release >= COUNTS && release < WITHOUT_ZOOKEEPER;
    let stop = if counts(first.from) || hops.iter().any(|hop| counts(hop.to)) {
        ""
    } else {
        " The plan for that stop is the one to the target 3.9."
    };
    let why = format!(
        "From 4.0 on, brokers refuse requests in API versions from before Kafka 2.1, and simply close the connection. \
         Java clients, Streams and Connect have to be 2.1 or newer; for other libraries the matrix shows what works. \
         Brokers of 3.7 to 3.9 count what 4.0 refuses, by client software \
         (kafka.network:type=RequestMetrics,name=DeprecatedRequestsPerSec): if there are many clients or unknown \
         ones, stop at 3.9 until it stays at 0.{stop} This takes longest, so start here; it has to be done before the \
         brokers reach 4.0.{old}"
    );
    writer.step(NewStep {
        id: "upgrade-clients-first".to_owned(),
        title: "Upgrade clients that are older than 2.1".to_owned(),
        why: &why,
        actions: if writer.on_machines() {
            upgrade::connected_clients(writer.from).into()
        } else {
            Actions::default()
        },
        verify: "The matrix shows no application's client library as refused at 4.0.",
        undo: Ok("Clients can go back as long as the brokers are older than 4.0."),
    });
    if writer.case.inventory.of_kind(ProductKind::MirrorMaker1).next().is_some() {
        writer.step(NewStep {
            id: "replace-mirror-maker-1".to_owned(),
            title: "Replace MirrorMaker 1 with MirrorMaker 2".to_owned(),
            why: "MirrorMaker 1 is removed in 4.0. MirrorMaker 2 prefixes the names of mirrored topics with the source's alias unless replication.policy.class is IdentityReplicationPolicy, and consumers have to use those names.",
            actions: if writer.on_machines() { mirror_maker_2(writer.from).into() } else { Actions::default() },
            verify: "MirrorMaker 2 has caught up while both run side by side; only then stop the old one.",
            undo: Ok("Start MirrorMaker 1 again from its consumer group's offsets."),
        });
    }
}

/// How MirrorMaker 2 is started: it came with 2.4, and a newer release of it works with older brokers.
fn mirror_maker_2(at: Release) -> Vec<String> {
    let start = "bin/connect-mirror-maker.sh config/connect-mirror-maker.properties".to_owned();
    if at >= MIRROR_MAKER {
        return vec![start];
    }
    let bridge = catalog::releases().rfind(|release| *release < WITHOUT_ZOOKEEPER).unwrap_or(at);
    let java = catalog::java_of_servers(bridge);
    vec![format!("# {at} has no MirrorMaker 2; from an unpacked {bridge}, on Java {java} or newer:"), start]
}

/// Titles and versions of what brokers of 4.0 refuse, or do not support.
fn old_clients(writer: &Writer<'_, '_>) -> Vec<String> {
    let case = writer.case;
    let old = case.inventory.items.iter().take(MAX_ITEMS).filter(|item| {
        (item.release.is_some_and(|release| release < FLOOR)
            || matrix::loss(item, case.from, case.to).is_some())
            && clients_beside(item, &case.files).is_none()
    });
    let clients = old.filter(|item| {
        item.product.is_some_and(|product| {
            !matches!(
                product.kind,
                ProductKind::Broker | ProductKind::Distribution | ProductKind::Java | ProductKind::Scala
            )
        })
    });
    clients.map(|item| format!("{} {}", item.title(), item.version)).collect()
}

pub(super) fn after(writer: &mut Writer<'_, '_>, hops: &[Hop]) {
    let (Some(first), Some(last)) = (hops.first(), hops.last()) else { return };
    let case = writer.case;
    let streams = case.has(Component::STREAMS);
    let connects = |product: &Product| product.id != MIRROR_MAKER_2;
    let named = |mirror: bool| {
        let mut items = case.inventory.of_kind(ProductKind::Connect);
        items.any(|item| item.product.is_some_and(|product| connects(product) != mirror))
    };
    let of_file = |component: Component| case.files.iter().any(|read| read.component == Some(component));
    let connect =
        named(false) || of_file(Component::CONNECT_DISTRIBUTED) || of_file(Component::CONNECT_STANDALONE);
    let mirror = (named(true) || of_file(Component::MM2)) && last.to >= MIRROR_MAKER;
    let clients =
        case.has(Component::PRODUCER) || case.inventory.of_kind(ProductKind::Framework).next().is_some();
    let code = case.files.iter().any(|read| !read.document.usages.is_empty());
    if !(streams || connect || mirror || clients || code) {
        return;
    }
    let at = Hop { kind: HopKind::Clients, from: first.from, to: last.to, mode: last.mode };
    writer.hop(at, format!("Clients and applications to {}", last.to));
    change(writer, last.to);
    // The operator's own resources are handled in a separate step.
    let by_operator =
        matches!(writer.case.running.platform, Platform::Strimzi | Platform::ConfluentForKubernetes);
    if connect && !by_operator {
        roll_connect(writer, last.to);
    }
    if mirror && !by_operator {
        roll_mirror_maker(writer, last.to);
    }
    if streams {
        upgrade::choose_patch(writer, last.to, "streams", "Streams ");
        roll_streams(writer, last.to);
    }
}

fn change(writer: &mut Writer<'_, '_>, to: Release) {
    let java = catalog::java_of_clients(to);
    let why = format!(
        "Clients can stay at their release; to upgrade them to {to}, their configuration and code have to fit it. It \
         needs Java {java} or newer."
    );
    writer.step(NewStep {
        id: "change-clients".to_owned(),
        title: format!("Prepare the configuration and code of clients for {to}"),
        why: &why,
        actions: Actions::default(),
        verify: "The code compiles against the new library and its tests pass; a check of the files shows no error.",
        undo: Ok("Go back to the previous library; the brokers accept both."),
    });
}

fn roll_connect(writer: &mut Writer<'_, '_>, to: Release) {
    let java = catalog::java_of_servers(to);
    let why = format!(
        "During the roll, workers of both releases can share a group. Workers of {to} need Java {java}, and every \
         connector, converter and transform has to run on it."
    );
    writer.step(NewStep {
        id: "roll-connect".to_owned(),
        title: format!("Restart Connect workers on {to}, one at a time"),
        why: &why,
        actions: workers(writer, "bin/connect-distributed.sh -daemon config/connect-distributed.properties"),
        verify: "Every connector and task is RUNNING before you stop the next worker.",
        undo: Ok("Start the worker on the previous release."),
    });
}

/// How a node of Connect is restarted on another release, and what its connectors do then.
fn workers(writer: &Writer<'_, '_>, start: &str) -> Actions {
    let mut actions = Actions::default();
    match writer.case.running.platform {
        Platform::Compose if !super::containers::is_compose(writer) => {
            actions.push("# restart the worker's container with the new image, as the brokers'");
        }
        Platform::Compose => actions.push("docker compose up -d --no-deps connect"),
        Platform::Kubernetes | Platform::Helm | Platform::Strimzi | Platform::ConfluentForKubernetes => {
            actions.push("kubectl get deployment,statefulset,pods | grep -i connect");
        }
        Platform::Msk => {
            actions.push("aws kafkaconnect list-connectors");
            return actions;
        }
        Platform::Host | Platform::ConfluentPlatform | Platform::OtherManaged => actions.push(start),
    }
    actions.push("curl -s 'localhost:8083/connectors?expand=status'");
    actions
}

fn roll_mirror_maker(writer: &mut Writer<'_, '_>, to: Release) {
    let why = format!(
        "MirrorMaker 2 runs on Connect and needs Java {}. From 4.0 on, it changes topic settings of the cluster that \
         it copies to with a request that brokers before 2.3 do not know.",
        catalog::java_of_servers(to)
    );
    writer.step(NewStep {
        id: "roll-mirror-maker-2".to_owned(),
        title: format!("Restart MirrorMaker 2 on {to}, one node at a time"),
        why: &why,
        actions: workers(writer, "bin/connect-mirror-maker.sh config/connect-mirror-maker.properties"),
        verify: "record-age-ms and replication-latency-ms of kafka.connect.mirror:type=MirrorSourceConnector are as before.",
        undo: Ok("Start the node on the previous release; its offsets are kept in the cluster."),
    });
}

fn roll_streams(writer: &mut Writer<'_, '_>, to: Release) {
    let running =
        writer.case.inventory.of_kind(ProductKind::Streams).filter_map(|item: &Item| item.release).min();
    let known = running.is_some();
    let from = running.unwrap_or(writer.from);
    // The oldest release that `upgrade.from` still allows; anything older upgrades by way of a release that it
    // allows.
    let oldest = upgrade_from(to).next();
    if let Some(oldest) = oldest.filter(|oldest| from < *oldest)
        && let Some(bridge) = bridge_for(from, to)
    {
        let why = format!(
            "{to} accepts no upgrade.from older than {}, so instances of {} and of {to} cannot work together; \
             {bridge} works with both.",
            super::minor(oldest),
            super::minor(from)
        );
        bounce(writer, from, bridge, why);
        bounce_or_roll(writer, bridge, to, true);
        return;
    }
    bounce_or_roll(writer, from, to, known);
}

/// Values of `upgrade.from` that a release takes, as releases, oldest first.
fn upgrade_from(release: Release) -> impl Iterator<Item = Release> {
    let definition = catalog::definition(Component::STREAMS, "upgrade.from", release);
    let values = definition.map_or(&[][..], |definition| match definition.validator {
        Validator::In(values) => values,
        _ => &[],
    });
    let mut values: Vec<Release> = values.iter().filter_map(|value| value.parse().ok()).collect();
    values.order();
    values.into_iter().filter(|value| value.major > 0)
}

/// The newest release before the target that still accepts an old one in `upgrade.from`.
fn bridge_for(from: Release, to: Release) -> Option<Release> {
    let takes =
        |release: &Release| *release < to && upgrade_from(*release).next().is_some_and(|one| one <= from);
    catalog::releases().rfind(takes)
}

fn bounce_or_roll(writer: &mut Writer<'_, '_>, from: Release, to: Release, known: bool) {
    if from < ONE_BOUNCE {
        let guess = if known {
            ""
        } else {
            " The application's release is not known; it is assumed to be the brokers'."
        };
        let why = format!(
            "Instances of releases before 3.5 and of {to} work together only while upgrade.from is set: restart all \
             instances once with it, then once without it.{guess}"
        );
        bounce(writer, from, to, why);
        return;
    }
    writer.step(NewStep {
        id: format!("roll-streams-{}", dashed(to)),
        title: format!("Restart Streams applications on {to}, one instance at a time"),
        why: "The rebalance protocol has not changed since 3.5, so one round of restarts is enough.",
        actions: Actions::default(),
        verify: "Every instance is RUNNING and its lag is as before.",
        undo: Ok(&way_back(from, to)),
    });
}

fn bounce(writer: &mut Writer<'_, '_>, from: Release, to: Release, why: String) {
    writer.step(NewStep {
        id: format!("roll-streams-twice-{}", dashed(to)),
        title: format!("Restart Streams applications on {to} twice"),
        why: &why,
        actions: Actions::from(vec![
            format!(
                "# restart every instance on {to} with upgrade.from={} in its configuration,",
                super::minor(from)
            ),
            "# then remove the line and restart every instance again".to_owned(),
        ]),
        verify: "After each round every instance is RUNNING before the next round begins.",
        undo: Ok(&way_back(from, to)),
    });
}

/// How instances go back, which depends on what their state was written by.
fn way_back(from: Release, to: Release) -> String {
    let mut text = if from < ONE_BOUNCE && to >= ONE_BOUNCE {
        format!(
            "Restart every instance with upgrade.from={} again, then on the old release without it.",
            super::minor(from)
        )
    } else {
        "Restart the instances on the old release.".to_owned()
    };
    let writers = [STATE_OF_4_3, WITHOUT_ZOOKEEPER];
    if let Some(writer) = writers.into_iter().find(|writer| from < *writer && to >= *writer) {
        text.push_str(&format!(
            " Delete each instance's state.dir first: releases before {} cannot read what newer ones write there.",
            super::minor(writer)
        ));
    }
    text
}
