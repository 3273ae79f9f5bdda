//! Finalising: from here on the cluster uses what the new release brought, and there is no way back, or less of one.

use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_report::Mode;

use super::{Draft, Writer, dashed, minor};
use crate::levels;
use crate::plan::route::{self, Leg, PRODUCTION, WITHOUT_ZOOKEEPER};

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
    writer.finalized = leg.to;
}

fn unpin_protocol(writer: &mut Writer<'_, '_>, leg: Leg) {
    let to = minor(leg.to);
    let check = writer.under_replicated(leg.to);
    let mut commands = vec![format!("inter.broker.protocol.version={to}")];
    if writer.from < Release::new(3, 0, 0) && leg.to >= Release::new(3, 0, 0) {
        commands.push(
            "# take log.message.format.version out where it is set: beside protocol 3.0 or newer it has no effect"
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
    let (flag, to) = level_flag(leg.to, leg.to);
    let commands = vec![
        writer.tool("kafka-features.sh", &format!("upgrade {flag} {to}")),
        writer.tool("kafka-features.sh", "describe"),
    ];
    let brings = features_between(writer.finalized, leg.to);
    let why = format!(
        "The cluster keeps to the metadata version from before until it is told otherwise.{}",
        if brings.is_empty() { String::new() } else { format!(" This switches on {brings}.") }
    );
    let undo = way_back(writer.finalized, leg.to);
    let level = levels::newest_level(leg.to).map_or_else(|| to.clone(), |version| version.name.to_owned());
    writer.step(Draft {
        id: format!("finalize-metadata-{}", dashed(leg.to)),
        title: format!("Finalise the metadata version and features of {to}"),
        why: &why,
        commands,
        verify: &format!("The last command shows metadata.version with FinalizedVersionLevel {level}."),
        undo: undo.as_deref().map_err(String::as_str),
    });
}

/// Features whose level for new clusters rises on the way, as "group.version 1 and transaction.version 2".
fn features_between(from: Release, to: Release) -> String {
    let level = |release: Release, name: &str| {
        let newest = levels::newest_level(release).map_or("", |version| version.name);
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

/// How the metadata version is lowered again, or why it cannot be.
fn way_back(from: Release, to: Release) -> Result<String, String> {
    let crosses = from < WITHOUT_ZOOKEEPER && to >= WITHOUT_ZOOKEEPER;
    let groups = if crosses {
        " What consumer groups write under the new rebalance protocol, no broker older than 3.4.1 reads either."
    } else {
        ""
    };
    if from < PRODUCTION {
        return Err(format!(
            "There is no way back to {from} after this: it knows no metadata versions.{groups}"
        ));
    }
    if let Some(barrier) = route::barrier(to, from) {
        return Err(format!(
            "There is no way back to {from} after this: the form of the metadata changes with {}.{groups}",
            barrier.name
        ));
    }
    let (flag, level) = level_flag(from, to);
    Ok(format!(
        "bin/kafka-features.sh downgrade {flag} {level} lowers it again, as the form of the metadata does not change \
         between {from} and {to}; then the brokers can go back as well. kraft.version alone never goes down."
    ))
}

/// How kafka-features.sh is told a level: since 4.0 as a release, which takes the features along.
fn level_flag(level: Release, tool: Release) -> (&'static str, String) {
    (if tool >= WITHOUT_ZOOKEEPER { "--release-version" } else { "--metadata" }, minor(level))
}

fn lower(writer: &mut Writer<'_, '_>, leg: Leg) {
    // The brokers still run the newer release, and so do its tools.
    let (flag, to) = level_flag(leg.to, leg.from);
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
