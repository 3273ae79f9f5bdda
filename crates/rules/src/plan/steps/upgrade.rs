//! Bringing brokers and controllers to another release, one after the other.

use kafka_upgrade_catalog as catalog;
use kafka_upgrade_catalog::clients::ProductKind;
use kafka_upgrade_report::Mode;

use super::{Draft, Writer, dashed, minor, mode_word};
use crate::plan::route::{Leg, WITHOUT_ZOOKEEPER};

pub(super) fn write(writer: &mut Writer<'_, '_>, leg: Leg) {
    let back = leg.to < leg.from;
    let verb = if back { "back to" } else { "to" };
    writer.hop(leg, format!("Brokers {verb} {}, in {} mode", leg.to, mode_word(leg.mode)));
    if back {
        roll(writer, leg);
        return;
    }
    java(writer, leg);
    settings(writer, leg);
    if leg.mode == Mode::Kraft && leg.to >= WITHOUT_ZOOKEEPER && leg.from < WITHOUT_ZOOKEEPER {
        check_features(writer, leg);
    }
    // Once pinned it stays so until the protocol is raised at the end.
    let patch = leg.from.first_of_minor() == leg.to.first_of_minor();
    if leg.mode == Mode::Zookeeper && leg.from == writer.from && !patch {
        pin_protocol(writer, leg);
    }
    roll(writer, leg);
    if !patch {
        verify(writer, leg);
    }
}

/// Only where the release wants another Java than the one before.
fn java(writer: &mut Writer<'_, '_>, leg: Leg) {
    let (before, after) = (catalog::java_of_servers(leg.from), catalog::java_of_servers(leg.to));
    if before == after {
        return;
    }
    let runs = writer.case.inventory.of_kind(ProductKind::Java).find(|item| !item.version.is_empty());
    let runs = runs.map(|item| format!(" What runs now is Java {}.", item.version)).unwrap_or_default();
    let why = format!(
        "Brokers, controllers, Connect and the command line tools of {} do not start on an older Java; {} runs on \
         Java {after} too if its release notes list it, so the Java can be changed first.{runs}",
        leg.to, leg.from
    );
    writer.step(Draft {
        id: format!("install-java-{after}-{}", dashed(leg.to)),
        title: format!("Install Java {after} on every node"),
        why: &why,
        commands: vec!["java -version".to_owned()],
        verify: "Every node prints the new version, and JAVA_HOME of the service names it.",
        undo: Ok("Point JAVA_HOME back at the Java from before."),
    });
}

fn settings(writer: &mut Writer<'_, '_>, leg: Leg) {
    let why = format!(
        "What {} refuses or reads differently is listed here as findings; each names its place. Settings that are kept \
         in the cluster overrule the files, so they are looked through too.",
        leg.to
    );
    let commands = vec![
        writer.tool("kafka-configs.sh", "--describe --entity-type brokers --all"),
        writer.tool("kafka-configs.sh", "--describe --entity-type topics"),
    ];
    writer.step(Draft {
        id: format!("change-settings-{}", dashed(leg.to)),
        title: format!("Get the settings ready for {}", leg.to),
        why: &why,
        commands,
        verify: "The changed files check clean here for this target.",
        undo: Ok("Put the old files back; keep a copy of each before it is changed."),
    });
}

fn check_features(writer: &mut Writer<'_, '_>, leg: Leg) {
    let command = writer.tool("kafka-features.sh", "describe");
    let why = format!("{} does not start on a cluster whose metadata version is below 3.3-IV3.", leg.to);
    writer.step(Draft {
        id: format!("check-metadata-version-{}", dashed(leg.to)),
        title: "See that the metadata version is at least 3.3-IV3".to_owned(),
        why: &why,
        commands: vec![command],
        verify: "FinalizedVersionLevel of metadata.version is 3.3-IV3 or newer. If it is older, finalise it at the release that runs now first.",
        undo: Ok("Nothing was changed."),
    });
}

fn pin_protocol(writer: &mut Writer<'_, '_>, leg: Leg) {
    let from = minor(leg.from);
    let mut commands = vec![format!("inter.broker.protocol.version={from}")];
    if leg.from < catalog::Release::new(3, 0, 0) {
        commands.push(format!("log.message.format.version={from}"));
    }
    let why = "Brokers of both releases talk to each other while the upgrade rolls; the older ones understand their own protocol only. As long as this is set, the way back is open.";
    writer.step(Draft {
        id: format!("pin-protocol-{}", dashed(leg.to)),
        title: format!("Pin the protocol between brokers to {from} in every server.properties"),
        why,
        commands,
        verify: "Every broker's file has the line; it takes effect with the restart of the next step.",
        undo: Ok("Take the lines out again while all brokers still run the old release."),
    });
}

fn roll(writer: &mut Writer<'_, '_>, leg: Leg) {
    let check = writer.tool("kafka-topics.sh", "--describe --under-replicated-partitions");
    let mut commands = vec!["bin/kafka-server-stop.sh".to_owned()];
    commands.push(format!("# install {} on this node, with its changed server.properties", leg.to));
    commands.push("bin/kafka-server-start.sh -daemon config/server.properties".to_owned());
    commands.push(check);
    if leg.mode == Mode::Kraft {
        commands.push(writer.tool("kafka-metadata-quorum.sh", "describe --status"));
    }
    let who = if leg.mode == Mode::Kraft {
        "Controllers first, the active one last, then the brokers. Each comes back into the quorum or the in-sync replicas before the next one goes down."
    } else {
        "The broker that is the controller goes last, so that it moves only once. Each comes back into the in-sync replicas before the next one goes down."
    };
    let undo = match (leg.to < leg.from, leg.mode) {
        (true, _) => "Bring the node to the newer release again.".to_owned(),
        (false, Mode::Kraft) => format!(
            "Bring a node back to {} the same way. That is possible until the metadata version is finalised.",
            leg.from
        ),
        (false, Mode::Zookeeper) => format!(
            "Bring a node back to {} the same way. That is possible as long as inter.broker.protocol.version is pinned.",
            leg.from
        ),
    };
    writer.step(Draft {
        id: format!("roll-brokers-{}", dashed(leg.to)),
        title: format!("Restart every node on {}, one at a time", leg.to),
        why: who,
        commands,
        verify: "No partition is under-replicated and the node's log has no ERROR before the next node is stopped.",
        undo: Ok(&undo),
    });
}

fn verify(writer: &mut Writer<'_, '_>, leg: Leg) {
    let commands = vec![
        writer.tool("kafka-broker-api-versions.sh", "| grep -c 'id:'"),
        writer.tool("kafka-topics.sh", "--describe --unavailable-partitions"),
        writer.tool("kafka-consumer-groups.sh", "--describe --all-groups"),
    ];
    let undo = format!("Until the next step the brokers can be rolled back to {}.", leg.from);
    writer.step(Draft {
        id: format!("verify-{}", dashed(leg.to)),
        title: "Let it run, and watch it".to_owned(),
        why: "What comes next cannot be taken back, or only in part. A day with its usual load shows what an hour does not: latency, lag of consumers, requests that fail.",
        commands,
        verify: "Every broker answers, no partition is unavailable, consumer lag and request latency are what they were.",
        undo: Ok(&undo),
    });
}
