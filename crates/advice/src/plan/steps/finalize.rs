//! Finalising: from here on the cluster uses what the new release brought, and it cannot be undone, or only in part.

use std::fmt::Write as _;

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::{Action, Mode};

use super::actions::Actions;
use super::{NewStep, Writer, dashed, minor};
use crate::levels::{self, ELIGIBLE_LEADER_REPLICAS, Levels, MAKES_DYNAMIC, Quorum};
use crate::plan::upgrade_path::{self, Hop, PRODUCTION, WITHOUT_ZOOKEEPER};

pub(super) fn write(writer: &mut Writer<'_, '_>, hop: Hop) {
    if hop.to < hop.from {
        writer.hop(hop, format!("Lower the metadata version to that of {}", hop.to));
        lower(writer, hop);
        wait_for_snapshot(writer, hop);
    } else if hop.mode == Mode::Zookeeper {
        writer.hop(hop, format!("Inter-broker protocol to {}", minor(hop.to)));
        raise_protocol(writer, hop);
    } else {
        writer.hop(hop, format!("Finalise {}", minor(hop.to)));
        check_registered(writer, hop);
        set_min_isr(writer, hop);
        choose_quorum(writer, hop);
        finalize(writer, hop);
        writer.levels = levels::finalized_by(hop.to);
    }
    writer.finalized = hop.to;
}

fn raise_protocol(writer: &mut Writer<'_, '_>, hop: Hop) {
    let to = minor(hop.to);
    let mut commands = Actions::from(vec![writer.put_protocol(&to)]);
    commands.extend(writer.active_controller(hop.to, hop.mode));
    if writer.from < Release::new(3, 0, 0) && hop.to >= Release::new(3, 0, 0) {
        commands.push(
            "# remove log.message.format.version where it is set: beside protocol 3.0 or newer it has no effect"
                .to_owned(),
        );
    }
    let broker = writer.nodes.broker.clone();
    commands.extend(writer.restart("each broker", &broker, hop.to, None));
    commands.push(writer.under_replicated(hop.to));
    let why = format!(
        "All brokers run {}, so they can use its protocol. Change the line in every server.properties, then restart \
         the brokers one at a time once more; restart the controller (brokerid in the output of the second line) \
         last. If it stops halfway, nothing is lost: brokers with either line work together. Mend the broker that \
         failed, then go on.",
        hop.to
    );
    raise_step(writer, hop, &why, commands);
}

/// The step in which the brokers begin to use the new inter-broker protocol, wherever they run.
pub(super) fn raise_step(writer: &mut Writer<'_, '_>, hop: Hop, why: &str, actions: Actions) {
    let to = minor(hop.to);
    let undo =
        format!("Brokers older than {} can no longer join once the first one uses the new protocol.", hop.to);
    writer.step(NewStep {
        id: format!("raise-protocol-{}", dashed(hop.to)),
        title: format!("Set the inter-broker protocol to {to} and restart one at a time"),
        why,
        actions,
        verify: "No partition is under-replicated, and no broker logs UnsupportedVersionException.",
        undo: Err(&undo),
    });
}

/// Whether finalising enables eligible leader replicas, which makes `min.insync.replicas` a setting of the cluster.
fn switches_elr_on(writer: &Writer<'_, '_>, to: Release) -> bool {
    let after = levels::finalized_by(to);
    after.contains_key(ELIGIBLE_LEADER_REPLICAS) && !writer.levels.contains_key(ELIGIBLE_LEADER_REPLICAS)
}

/// Whether to name the features one by one, so that `kraft.version` stays as it is. A quorum not known to be dynamic
/// is treated as static: naming the features does not harm a dynamic one either.
fn by_name(writer: &Writer<'_, '_>, to: Release) -> bool {
    to >= MAKES_DYNAMIC && writer.quorum != Quorum::Dynamic
}

/// The arguments that finalise a release and leave the quorum as it is.
fn upgrade_arguments(writer: &Writer<'_, '_>, to: Release) -> String {
    if to < WITHOUT_ZOOKEEPER {
        return format!("upgrade --metadata {}", minor(to));
    }
    if !by_name(writer, to) {
        return format!("upgrade --release-version {}", minor(to));
    }
    levels::upgrade_by_name(to)
}

/// The arguments that lower levels to those of an older release. `--release-version` fails as a whole if one feature
/// is already below that release's level, so only the features that have to go down are named.
fn downgrade_arguments(now: &Levels, before: &Levels, to: Release) -> String {
    let mut arguments = format!("downgrade --metadata {}", minor(to));
    for (name, level) in now {
        let target = before.get(name).copied().unwrap_or_default();
        if target < *level {
            let _ = write!(arguments, " --feature {name}={target}");
        }
    }
    arguments
}

fn check_registered(writer: &mut Writer<'_, '_>, hop: Hop) {
    let to = minor(hop.to);
    let mut commands = Actions::from(vec![writer.tool("kafka-metadata-quorum.sh", "describe --replication")]);
    commands.push(writer.brokers(hop.to));
    let arguments = upgrade_arguments(writer, hop.to);
    commands.push(writer.tool("kafka-features.sh", &format!("{arguments} --dry-run")));
    let why = format!(
        "The controllers refuse to finalise while a registered controller or broker does not support the new levels, \
         even one that was removed long ago (KAFKA-20295). kafka-metadata-quorum.sh describe --status and the number \
         of brokers do not show a controller that is down; a dry run asks the controllers and changes nothing. \
         Unregister a broker that is gone for good with kafka-cluster.sh unregister --id ID. A controller that is \
         gone cannot be unregistered below metadata version 4.4-IV2: start one node on {} with its node.id and an \
         empty metadata folder, as a controller of this cluster, so that it registers again, then stop it. In a static \
         quorum it needs itself in its own controller.quorum.voters, beside the others; their files stay.",
        hop.to
    );
    writer.step(NewStep {
        id: format!("check-registered-nodes-{}", dashed(hop.to)),
        title: format!("Check that every registered controller and broker supports {to}"),
        why: &why,
        actions: commands,
        verify: "The first output lists every node and no Lag grows in it, no broker is fenced, and the dry run names no node that \"only supports versions\".",
        undo: Ok("Nothing was changed."),
    });
}

fn set_min_isr(writer: &mut Writer<'_, '_>, hop: Hop) {
    if !switches_elr_on(writer, hop.to) {
        return;
    }
    let describe = |entity: &str, all: &str| format!("--describe --entity-type brokers {entity}{all}");
    let mut commands =
        Actions::from(vec![writer.tool("kafka-configs.sh", &describe("--entity-default", ""))]);
    let value = match writer.nodes.min_isr {
        Some(value) => value.to_string(),
        None => {
            let ask = writer.tool("kafka-configs.sh", "--describe --entity-type brokers --all");
            commands.push(format!(
                "MIN_ISR=$({ask} | sed -n 's/^ *min\\.insync\\.replicas=\\([0-9]*\\) .*/\\1/p' | sort -n | tail -1); \
                 echo $MIN_ISR"
            ));
            "$MIN_ISR".to_owned()
        }
    };
    commands.push("# only if the first line shows no min.insync.replicas:".to_owned());
    let alter =
        format!("--alter --entity-type brokers --entity-default --add-config min.insync.replicas={value}");
    commands.push(writer.tool("kafka-configs.sh", &alter));
    let why = format!(
        "Finalising {} turns on eligible leader replicas. min.insync.replicas is then a setting of the whole cluster: \
         if the cluster has none, the controllers write the value of the active controller's own file, or 1, and that \
         overrides the line in every broker's file. A value that the cluster already has stays, so set it first. \
         Topics with their own min.insync.replicas keep it.",
        minor(hop.to)
    );
    let from_files = "the cluster's min.insync.replicas is the one that the brokers had";
    writer.step(NewStep {
        id: format!("set-min-insync-replicas-{}", dashed(hop.to)),
        title: "Set min.insync.replicas for the whole cluster before finalising".to_owned(),
        why: &why,
        actions: commands,
        verify: &format!("Run the first line again: {from_files}. Add the same line to every controller's file as well."),
        undo: Ok(&format!(
            "{} (only before eligible leader replicas are on; afterwards the cluster's value can be changed, but not \
             deleted).",
            writer.tool(
                "kafka-configs.sh",
                "--alter --entity-type brokers --entity-default --delete-config min.insync.replicas"
            )
        )),
    });
}

fn choose_quorum(writer: &mut Writer<'_, '_>, hop: Hop) {
    if !by_name(writer, hop.to) {
        return;
    }
    let to = minor(hop.to);
    let known = match writer.quorum {
        Quorum::Static => "This quorum is static (kraft.version 0).",
        _ => "If the first line shows kraft.version 0, this quorum is static.",
    };
    let why = format!(
        "{known} `kafka-features.sh upgrade --release-version {to}` would also raise kraft.version to 1 and make it \
         dynamic permanently: kraft.version cannot be lowered. The next step names each feature instead and leaves \
         the quorum as it is; you can still make it dynamic later. In a dynamic quorum a command adds and removes \
         controllers, but a controller that is formatted again, or gets a new disk, is a new voter: it has to be \
         removed and added with kafka-metadata-quorum.sh remove-controller and add-controller, and automation that \
         wipes controllers breaks the quorum."
    );
    writer.step(NewStep {
        id: format!("choose-quorum-{}", dashed(hop.to)),
        title: "Choose whether the controller quorum stays static".to_owned(),
        why: &why,
        actions: Actions::from(vec![writer.tool("kafka-features.sh", "describe")]),
        verify: "You have decided: the next step's command as written leaves the quorum as it is; the one in its comment makes a static quorum dynamic permanently.",
        undo: Ok("Nothing was changed."),
    });
}

fn finalize(writer: &mut Writer<'_, '_>, hop: Hop) {
    let to = minor(hop.to);
    let after = levels::finalized_by(hop.to);
    let mut commands =
        Actions::from(vec![writer.tool("kafka-features.sh", &upgrade_arguments(writer, hop.to))]);
    let by_name = by_name(writer, hop.to);
    if by_name {
        let whole = writer.tool("kafka-features.sh", &format!("upgrade --release-version {to}"));
        commands.push(format!("# or, to make a static quorum dynamic as well, permanently: {whole}"));
    }
    commands.push(writer.tool("kafka-features.sh", "describe"));
    let elr = switches_elr_on(writer, hop.to);
    if elr {
        commands.push(writer.tool("kafka-configs.sh", "--describe --entity-type brokers --entity-default"));
    }
    let brings = rising(&writer.levels, &after);
    let mut why =
        "The cluster stays at the previous metadata version until the new one is finalised.".to_owned();
    if !brings.is_empty() {
        let _ = write!(why, " This turns on {brings}.");
    }
    if by_name {
        why.push_str(
            " kraft.version stays at 0 on a static quorum. If you run the command in the comment, replace \
             controller.quorum.voters with controller.quorum.bootstrap.servers in every file afterwards.",
        );
    } else if hop.to >= MAKES_DYNAMIC {
        why.push_str(" The quorum is dynamic already (kraft.version 1).");
    }
    why.push_str(
        " If the command is refused or breaks off, the brokers go on with the levels that describe shows as finalised: \
         mend what the message names, and run it again for those that are missing.",
    );
    let mut undo = way_back(writer, hop.to, &after);
    if by_name {
        let text = match &mut undo {
            Ok(text) | Err(text) => text,
        };
        text.push_str(" kraft.version cannot be lowered: a quorum that was made dynamic stays dynamic.");
    }
    let level = levels::newest_level(hop.to).map_or_else(|| to.clone(), |version| version.name.to_owned());
    let mut verify =
        format!("kafka-features.sh describe shows metadata.version with FinalizedVersionLevel {level}");
    if !brings.is_empty() {
        let _ = write!(verify, ", and {brings}");
    }
    verify.push('.');
    if elr {
        verify.push_str(" The last line shows the min.insync.replicas that was set before.");
    }
    writer.step(NewStep {
        id: format!("finalize-metadata-{}", dashed(hop.to)),
        title: format!("Finalise the metadata version and features of {to}"),
        why: &why,
        actions: commands.expect(format!("FinalizedVersionLevel: {level}")),
        verify: &verify,
        undo: undo.as_deref().map_err(String::as_str),
    });
}

/// Levels that rise, as "group.version 1 and transaction.version 2".
fn rising(before: &Levels, after: &Levels) -> String {
    let risen = after.iter().filter(|(name, level)| before.get(*name).is_none_or(|had| had < *level));
    let mut risen: Vec<String> = risen.map(|(name, level)| format!("{name} {level}")).collect();
    let last = risen.pop().unwrap_or_default();
    if risen.is_empty() { last } else { format!("{} and {last}", risen.join(", ")) }
}

/// How the metadata version is lowered again, or why it cannot be.
fn way_back(writer: &Writer<'_, '_>, to: Release, after: &Levels) -> Result<String, String> {
    let from = writer.finalized;
    let crosses = from < WITHOUT_ZOOKEEPER && to >= WITHOUT_ZOOKEEPER;
    let groups = if crosses {
        " Brokers older than 3.4.1 also cannot read what consumer groups write under the new rebalance protocol."
    } else {
        ""
    };
    if from < PRODUCTION {
        return Err(format!(
            "There is no way back to {from} after this: it has no metadata versions.{groups}"
        ));
    }
    if let Some(barrier) = upgrade_path::barrier(to, from) {
        return Err(format!(
            "There is no way back to {from} after this: the metadata format changes with {}.{groups}",
            barrier.name
        ));
    }
    let lower = writer.tool("kafka-features.sh", &downgrade_arguments(after, &writer.levels, from));
    let wait = snapshot_wait(writer);
    Ok(format!(
        "`{lower}` lowers it again, because the metadata format does not change between {from} and {to}. Before any \
         node goes back to {from}, every node needs a metadata snapshot taken after that; without one it stops with \
         \"No MetadataVersion with feature level\" when it replays the raise. Snapshots are written once an hour \
         (metadata.log.max.snapshot.interval.ms). On each node, right after lowering it: `{wait}`."
    ))
}

/// A command that returns once a node has written a new snapshot.
fn snapshot_wait(writer: &Writer<'_, '_>) -> String {
    let folders = writer.nodes.all_metadata.iter().map(|folder| format!("{folder}/__cluster_metadata-0"));
    let folders = Vec::from_iter(folders);
    // On each node only that node's own folder exists.
    let others = if folders.len() > 1 { " 2>/dev/null" } else { "" };
    format!(
        "touch lowered; until find {} -name '*.checkpoint' -newer lowered{others} | grep -q .; do sleep 10; done",
        folders.join(" ")
    )
}

fn lower(writer: &mut Writer<'_, '_>, hop: Hop) {
    // The brokers still run the newer release, so its tools are used.
    let to = minor(hop.to);
    let arguments = downgrade_arguments(&writer.levels, &levels::finalized_by(hop.to), hop.to);
    let describe = writer.tool("kafka-features.sh", "describe");
    let commands =
        Actions::from(vec![describe.clone(), writer.tool("kafka-features.sh", &arguments), describe]);
    let why = format!(
        "{} cannot read metadata of a version that it does not know. The command lowers only the features that are \
         above its own levels: --release-version would fail as a whole if a feature is below them, such as \
         kraft.version 0 of a static quorum. Leave features out of the command that the first line already shows at \
         0. kraft.version stays; it cannot be lowered.",
        hop.to
    );
    writer.step(NewStep {
        id: format!("lower-metadata-{}", dashed(hop.to)),
        title: format!("Lower the metadata version and features to those of {to}"),
        why: &why,
        actions: commands,
        verify: "The last line shows the lower levels as finalised.",
        undo: Ok(&format!("{}.", writer.tool("kafka-features.sh", &upgrade_arguments(writer, hop.from)))),
    });
}

fn wait_for_snapshot(writer: &mut Writer<'_, '_>, hop: Hop) {
    let why = format!(
        "A node of {} that replays the log from before the level was lowered reads the newer level there and stops: \
         \"No MetadataVersion with feature level\". A snapshot taken afterwards prevents this. Every controller and \
         broker writes one on its own, once an hour or after 20 MiB of records \
         (metadata.log.max.snapshot.interval.ms, metadata.log.max.record.bytes.between.snapshots).",
        hop.to
    );
    writer.step(NewStep {
        id: format!("wait-for-snapshot-{}", dashed(hop.to)),
        title: "Wait until every node has a snapshot taken after the level was lowered".to_owned(),
        why: &why,
        actions: Actions::from(vec![
            Action::Note { text: "on every controller and broker:".to_owned() },
            Action::Wait { on: "each broker and controller".to_owned(), command: snapshot_wait(writer) },
        ]),
        verify: "The second command has returned on every node.",
        undo: Ok("Nothing was changed."),
    });
}
