//! Finalising: from here on the cluster uses what the new release brought, and there is no way back, or less of one.

use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_report::Mode;

use super::{Draft, Writer, dashed, minor};
use crate::plan::route::{self, Leg, WITHOUT_ZOOKEEPER};

pub(super) fn write(writer: &mut Writer<'_, '_>, leg: Leg) {
    if leg.to < leg.from {
        writer.hop(leg, format!("Metadata version back to that of {}", leg.to));
        lower(writer, leg);
    } else if leg.mode == Mode::Zookeeper {
        writer.hop(leg, format!("Protocol between brokers to {}", minor(leg.to)));
        unpin_protocol(writer, leg);
    } else {
        writer.hop(leg, format!("Finalise {}", minor(leg.to)));
        finalize(writer, leg);
    }
}

fn unpin_protocol(writer: &mut Writer<'_, '_>, leg: Leg) {
    let to = minor(leg.to);
    let check = writer.tool("kafka-topics.sh", "--describe --under-replicated-partitions");
    let mut commands = vec![format!("inter.broker.protocol.version={to}")];
    if writer.from < Release::new(3, 0, 0) && leg.to >= Release::new(3, 0, 0) {
        commands.push(
            "# take log.message.format.version out: from 3.0 on it has no effect beside protocol 3.0"
                .to_owned(),
        );
    }
    commands.push("bin/kafka-server-stop.sh".to_owned());
    commands.push("bin/kafka-server-start.sh -daemon config/server.properties".to_owned());
    commands.push(check);
    let why = format!(
        "All brokers run {}, so they can speak its protocol. The line changes in every server.properties, then the \
         brokers restart one at a time once more.",
        leg.to
    );
    let undo = format!(
        "Brokers older than {} can no longer join once the first one speaks the new protocol.",
        leg.to
    );
    writer.step(Draft {
        id: format!("raise-protocol-{}", dashed(leg.to)),
        title: format!("Set the protocol between brokers to {to} and restart one at a time"),
        why: &why,
        commands,
        verify: "No partition is under-replicated, and no broker logs UnsupportedVersionException.",
        undo: Err(&undo),
    });
}

fn finalize(writer: &mut Writer<'_, '_>, leg: Leg) {
    let to = minor(leg.to);
    let flag = if leg.to >= WITHOUT_ZOOKEEPER { "--release-version" } else { "--metadata" };
    let commands = vec![
        writer.tool("kafka-features.sh", &format!("upgrade {flag} {to}")),
        writer.tool("kafka-features.sh", "describe"),
    ];
    let brings = features_between(writer.from, leg.to);
    let why = format!(
        "The cluster keeps to the metadata version from before until it is told otherwise.{}",
        if brings.is_empty() { String::new() } else { format!(" This switches on {brings}.") }
    );
    let (reversible, undo) = way_back(writer.from.max(Release::new(3, 3, 0)), leg.to);
    writer.step(Draft {
        id: format!("finalize-metadata-{}", dashed(leg.to)),
        title: format!("Finalise the metadata version and features of {to}"),
        why: &why,
        commands,
        verify: "FinalizedVersionLevel of metadata.version is that of the new release on every line of the output.",
        undo: if reversible { Ok(&undo) } else { Err(&undo) },
    });
}

/// Features whose level for new clusters rises on the way, as "group.version 1 and transaction.version 2".
fn features_between(from: Release, to: Release) -> String {
    let level = |release: Release, name: &str| {
        let newest = route::newest_level(release).map_or("", |version| version.name);
        let known = |bootstrap: &str| {
            let at =
                |name: &str| catalog::metadata_versions(to).find(|one| one.name == name).map(|one| one.level);
            at(bootstrap).is_some_and(|needs| at(newest).is_some_and(|has| needs <= has))
        };
        catalog::features(to)
            .filter(|feature| feature.name == name && feature.production && known(feature.bootstrap))
            .map(|feature| feature.level)
            .max()
            .unwrap_or_default()
    };
    let mut names: Vec<&str> = catalog::features(to).map(|feature| feature.name).collect();
    names.dedup();
    let risen = names.into_iter().filter(|name| *name != "kraft.version").filter_map(|name| {
        let (before, after) = (level(from, name), level(to, name));
        (after > before).then(|| format!("{name} {after}"))
    });
    let mut risen: Vec<String> = risen.collect();
    let last = risen.pop().unwrap_or_default();
    if risen.is_empty() { last } else { format!("{} and {last}", risen.join(", ")) }
}

/// Whether the metadata version can be lowered again, and in which words.
fn way_back(from: Release, to: Release) -> (bool, String) {
    if let Some(barrier) = route::barrier(to, from) {
        let groups = if from < WITHOUT_ZOOKEEPER && to >= WITHOUT_ZOOKEEPER {
            " Consumer groups that have used the new rebalance protocol would not be read by anything older than 3.4.1 either."
        } else {
            ""
        };
        let text = format!(
            "There is no way back to {from} after this: the form of the metadata changes with {}.{groups}",
            barrier.name
        );
        return (false, text);
    }
    let text = format!(
        "bin/kafka-features.sh downgrade lowers the metadata version again: its form does not change between {from} \
         and {to}. kraft.version alone never goes down."
    );
    (true, text)
}

fn lower(writer: &mut Writer<'_, '_>, leg: Leg) {
    let to = minor(leg.to);
    let flag = if leg.to >= WITHOUT_ZOOKEEPER { "--release-version" } else { "--metadata" };
    let commands = vec![
        writer.tool("kafka-features.sh", "describe"),
        writer.tool("kafka-features.sh", &format!("downgrade {flag} {to}")),
    ];
    let why = format!(
        "{} does not read metadata of a version that it does not know. Features that it lacks have to be switched off \
         first; kraft.version cannot go down.",
        leg.to
    );
    writer.step(Draft {
        id: format!("lower-metadata-{}", dashed(leg.to)),
        title: format!("Lower the metadata version and features to those of {to}"),
        why: &why,
        commands,
        verify: "kafka-features.sh describe shows the lower level as finalised.",
        undo: Ok("Finalise the newer release again."),
    });
}
