//! What has to be right before the brokers move, and what follows them: clients, Streams, Connect, MirrorMaker.

use kafka_upgrade_catalog::clients::ProductKind;
use kafka_upgrade_catalog::{self as catalog, Component, Release};
use kafka_upgrade_report::HopKind;

use super::{Draft, Writer};
use crate::inventory::Item;
use crate::plan::route::Leg;

/// Oldest clients that brokers of 4.0 take, and oldest brokers that clients of 4.0 take (KIP-896).
const FLOOR: Release = Release::new(2, 1, 0);
/// Streams of this release and later restarts once; older ones need `upgrade.from` and two restarts.
const ONE_BOUNCE: Release = Release::new(3, 5, 0);
/// The oldest `upgrade.from` that Streams of 4.2 takes.
const OLDEST_FROM: Release = Release::new(2, 4, 0);

pub(super) fn before(writer: &mut Writer<'_, '_>, legs: &[Leg]) {
    let Some(first) = legs.first() else { return };
    let old = old_clients(writer);
    let mirror = writer.case.inventory.of_kind(ProductKind::MirrorMaker1).next().is_some();
    if !writer.crosses_4_0() {
        return;
    }
    let at = Leg { kind: HopKind::Clients, to: first.from, ..*first };
    writer.hop(at, "Clients that brokers of 4.0 still take".to_owned());
    let old = if old.is_empty() {
        String::new()
    } else {
        format!(" Too old by what is known here: {}.", old.join(", "))
    };
    let why = format!(
        "From 4.0 brokers refuse requests in versions that came before Kafka 2.1, and say so only by closing the \
         connection. Java clients, Streams and Connect have to be 2.1 or newer; of other libraries the matrix shows \
         what works.{old}"
    );
    let mut commands = Vec::new();
    if writer.from >= Release::new(3, 7, 0) || legs.iter().any(|leg| leg.from >= Release::new(3, 7, 0)) {
        commands.push("bin/kafka-run-class.sh org.apache.kafka.tools.JmxTool --jmx-url service:jmx:rmi:///jndi/rmi://localhost:9999/jmxrmi --object-name 'kafka.network:type=RequestMetrics,name=DeprecatedRequestsPerSec,*' --one-time true".to_owned());
    }
    writer.step(Draft {
        id: "upgrade-clients-first".to_owned(),
        title: "Bring clients older than 2.1 to a newer release".to_owned(),
        why: &why,
        commands,
        verify: "On 3.7 to 3.9 DeprecatedRequestsPerSec stays at 0 for a whole cycle of batch jobs; its tags name the API, the version and the client software.",
        undo: Ok("Clients can go back as long as the brokers are older than 4.0."),
    });
    if mirror {
        writer.step(Draft {
            id: "replace-mirror-maker-1".to_owned(),
            title: "Replace MirrorMaker 1 by MirrorMaker 2".to_owned(),
            why: "MirrorMaker 1 is gone in 4.0. MirrorMaker 2 names mirrored topics with the source's alias unless IdentityReplicationPolicy is set, so consumers have to agree with it.",
            commands: vec!["bin/connect-mirror-maker.sh config/connect-mirror-maker.properties".to_owned()],
            verify: "Both run side by side until MirrorMaker 2 has caught up, then the old one stops.",
            undo: Ok("Start MirrorMaker 1 again from its consumer group's offsets."),
        });
    }
}

/// Titles and versions of what is below the floor.
fn old_clients(writer: &Writer<'_, '_>) -> Vec<String> {
    let inventory = &writer.case.inventory;
    let kinds = [ProductKind::Client, ProductKind::Streams, ProductKind::Connect];
    let items = kinds.into_iter().flat_map(|kind| inventory.of_kind(kind));
    let old = items.filter(|item| item.release.is_some_and(|release| release < FLOOR));
    old.map(|item| format!("{} {}", item.title(), item.version)).collect()
}

pub(super) fn after(writer: &mut Writer<'_, '_>, legs: &[Leg]) {
    let (Some(first), Some(last)) = (legs.first(), legs.last()) else { return };
    let case = writer.case;
    let streams = case.has(Component::STREAMS);
    let connect = case.has(Component::CONNECT_DISTRIBUTED) || case.has(Component::CONNECT_STANDALONE);
    let clients =
        case.has(Component::PRODUCER) || case.inventory.of_kind(ProductKind::Framework).next().is_some();
    let code = case.files.iter().any(|read| !read.document.usages.is_empty());
    if !(streams || connect || clients || code) {
        return;
    }
    let at = Leg { kind: HopKind::Clients, from: first.from, to: last.to, mode: last.mode };
    writer.hop(at, format!("What uses the cluster to {}", last.to));
    change(writer, last.to);
    if connect {
        roll_connect(writer, last.to);
    }
    if streams {
        roll_streams(writer, last.to);
    }
}

fn change(writer: &mut Writer<'_, '_>, to: Release) {
    let java = catalog::java_of_clients(to);
    let why = format!(
        "Clients may stay at their release as long as they like; when they go to {to}, their configuration and code have \
         to fit it. It runs on Java {java} or newer."
    );
    writer.step(Draft {
        id: "change-clients".to_owned(),
        title: format!("Get configuration and code of clients ready for {to}"),
        why: &why,
        commands: Vec::new(),
        verify: "The code compiles against the new library and its tests run; the files check clean here.",
        undo: Ok("Go back to the library from before; the brokers take both."),
    });
}

fn roll_connect(writer: &mut Writer<'_, '_>, to: Release) {
    let java = catalog::java_of_servers(to);
    let why = format!(
        "Workers of two releases can share a group while they roll. Workers of {to} need Java {java}, and every \
         connector, converter and transform has to run there."
    );
    writer.step(Draft {
        id: "roll-connect".to_owned(),
        title: format!("Restart Connect workers on {to}, one at a time"),
        why: &why,
        commands: vec![
            "bin/connect-distributed.sh -daemon config/connect-distributed.properties".to_owned(),
            "curl -s localhost:8083/connectors?expand=status".to_owned(),
        ],
        verify: "Every connector and task is RUNNING before the next worker goes down.",
        undo: Ok("Start the worker of the release from before."),
    });
}

fn roll_streams(writer: &mut Writer<'_, '_>, to: Release) {
    let running =
        writer.case.inventory.of_kind(ProductKind::Streams).filter_map(|item: &Item| item.release).min();
    let from = running.unwrap_or(writer.from);
    let undo = "Going back across 4.0 means deleting state.dir first: older releases cannot read the new RocksDB files.";
    if from >= ONE_BOUNCE {
        writer.step(Draft {
            id: "roll-streams".to_owned(),
            title: format!("Restart Streams applications on {to}, one instance at a time"),
            why: "Since 3.5 no change of the rebalance protocol stands in between, so one round of restarts does.",
            commands: Vec::new(),
            verify: "The application is RUNNING and its lag is what it was.",
            undo: Ok(undo),
        });
        return;
    }
    let bridge = if from < OLDEST_FROM && to >= Release::new(4, 2, 0) {
        format!(
            " {to} takes no upgrade.from older than 2.4, so the application goes through a release from 2.4 to 4.1 first."
        )
    } else {
        String::new()
    };
    let from = super::minor(from);
    let why = format!(
        "Instances of releases before 3.5 and of {to} understand each other only while upgrade.from says so: one round of \
         restarts with it, one without it.{bridge}"
    );
    writer.step(Draft {
        id: "roll-streams-twice".to_owned(),
        title: format!("Restart Streams applications on {to} twice"),
        why: &why,
        commands: vec![
            format!("upgrade.from={from}"),
            "# restart every instance on the new release, then take the line out and restart every instance again".to_owned(),
        ],
        verify: "After each round every instance is RUNNING before the next round begins.",
        undo: Ok(undo),
    });
}
