//! Moving the metadata from ZooKeeper to KRaft controllers, on the release before the one that has no ZooKeeper.

use kafka_upgrade_report::{Action, Mode};

use super::actions::{Actions, run_on};
use super::cluster::{Cluster, is_printed};
use super::upgrade::{self, BROKERS, CONTROLLERS};
use super::zookeeper;
use super::{NewStep, Writer};
use crate::levels;
use crate::plan;
use crate::plan::upgrade_path::{Hop, Migration};

/// Where to run commands that ask the active controller.
const ACTIVE: &str = "the active controller";

/// What to do where one of the steps breaks off in the middle, whatever runs the nodes.
pub(super) const PROVISION_BREAKS_OFF: &str = " If a controller does not start, the brokers do not notice: read its log, and begin again with an empty metadata folder.";
pub(super) const SWITCH_ON_BREAKS_OFF: &str = " If it stops halfway, nothing is lost: brokers with and without the lines work together on ZooKeeper, and the copy begins only when the last one has registered. Until it is completed the active controller's log shows which brokers it waits for, or why it failed; go on when that is mended, or take the way back.";
pub(super) const MOVE_BREAKS_OFF: &str = " If it stops halfway, nothing is lost: brokers of both modes work together. Mend the broker that failed or restore its file, then go on.";
pub(super) const FINISH_BREAKS_OFF: &str = " If it stops halfway, mend the controller that failed and go on: once a controller without the lines has become the active one, the migration is over, and none may get the lines back.";

pub(super) fn write(writer: &mut Writer<'_, '_>, hop: Hop) {
    writer.hop(hop, format!("From ZooKeeper to KRaft, on {}", hop.to));
    // A migration that has begun is continued from the phase that the files show.
    let done = plan::finalized(writer.case).migration;
    if done.is_none_or(|phase| phase <= Migration::MoveBrokers) {
        upgrade::before(writer, Hop { mode: Mode::Zookeeper, ..hop });
    }
    if done.is_none() {
        provision(writer, hop);
    }
    if done.is_none_or(|phase| phase <= Migration::SwitchOn) {
        join_brokers(writer, hop);
    }
    if done.is_none_or(|phase| phase <= Migration::MoveBrokers) {
        move_brokers(writer, hop);
    }
    finish(writer, hop);
    writer.finalized = hop.to;
    writer.levels = levels::finalized_by(hop.to);
}

fn provision(writer: &mut Writer<'_, '_>, hop: Hop) {
    let mut why = format!(
        "Three or five controllers of {} form the quorum that takes over the metadata. They need node ids that no \
         broker has and the cluster id from ZooKeeper, and they start with the migration enabled. The brokers have \
         inter.broker.protocol.version={} by now, and each needs its id in broker.id: first copy a generated one from \
         meta.properties into the file.",
        hop.to,
        super::minor(hop.to)
    );
    why.push_str(PROVISION_BREAKS_OFF);
    if writer.cluster.secured {
        why.push_str(
            " Controllers cannot authenticate with SCRAM; otherwise secure them like the brokers. With an authorizer, \
             the principals of brokers and controllers have to be in super.users.",
        );
    }
    if writer.cluster.controller_config.contains("controller-admin") {
        why.push_str(
            " config/controller-admin.properties stands for a file with protocol and credentials for the controllers' \
             listener; they differ from those of the brokers' listeners.",
        );
    }
    if writer.cluster.zookeeper_tls {
        why.push_str(zookeeper::TLS);
    }
    if several_folders(writer) {
        why.push_str(
            " The brokers have several log.dirs: until the migration is done, a broker stops when any of them fails.",
        );
    }
    let shell = writer.cluster.zookeeper_shell();
    let mut commands = Actions::from(vec![
        format!(
            "CLUSTER_ID=$({shell} get /cluster/id 2>/dev/null | sed -n 's/.*\"id\":\"\\([^\"]*\\)\".*/\\1/p'); echo \
             $CLUSTER_ID"
        ),
        "# on each controller, with the log.dirs of its own machine:".to_owned(),
    ]);
    let file = "config/controller.properties";
    let on = || CONTROLLERS.to_owned();
    commands.push(Action::Install { on: on(), release: hop.to.to_string() });
    commands.push(put(CONTROLLERS, file, "the draft from 1-provision/node-ID/"));
    commands.push(run_on(
        CONTROLLERS,
        format!("bin/kafka-storage.sh format --cluster-id $CLUSTER_ID --config {file}"),
    ));
    commands.push(Action::Start {
        on: on(),
        commands: vec![format!("bin/kafka-server-start.sh -daemon {file}")],
    });
    commands.push(quorum(writer, "describe --status"));
    commands.push(quorum(writer, "describe --replication"));
    writer.step(NewStep {
        id: "migrate-provision-controllers".to_owned(),
        title: "Set up the KRaft controllers".to_owned(),
        why: &why,
        actions: commands,
        verify: "A cluster id is printed. The quorum has a leader, every controller is in the last output, and no Lag grows. The brokers still use ZooKeeper.",
        undo: Ok("Stop the controllers and delete their metadata folders; nothing else has changed."),
    });
}

/// Replaces a file on a node.
fn put(on: &str, path: &str, what: &str) -> Action {
    Action::Put { on: on.to_owned(), path: path.to_owned(), what: what.to_owned() }
}

/// Whether the controllers have a leader.
fn quorum(writer: &Writer<'_, '_>, what: &str) -> String {
    let Cluster { controller, controller_config, .. } = &writer.cluster;
    format!("bin/kafka-metadata-quorum.sh --bootstrap-controller {controller}{controller_config} {what}")
}

/// Whether a broker has more than one folder for its logs.
fn several_folders(writer: &Writer<'_, '_>) -> bool {
    let folders = writer.case.files.iter().filter_map(|read| read.broker_setting("log.dirs"));
    folders.into_iter().any(|setting| setting.value.contains(','))
}

/// Whether the migration is switched on in the file of every broker, so that none is drafted for it.
fn brokers_know(writer: &Writer<'_, '_>) -> bool {
    let files = writer.case.files.iter();
    let mut brokers =
        files.filter(|read| read.is_broker() && read.roles.broker && !is_printed(read)).peekable();
    brokers.peek().is_some()
        && brokers.all(|read| {
            let switch = read.broker_setting("zookeeper.metadata.migration.enable");
            switch.is_some_and(|one| one.value.trim().eq_ignore_ascii_case("true"))
        })
}

fn join_brokers(writer: &mut Writer<'_, '_>, hop: Hop) {
    let shell = writer.cluster.zookeeper_shell();
    let undo = format!(
        "Stop the controllers and delete their metadata folders; immediately afterwards run {shell} delete \
         /controller, so that a broker becomes the controller again, and {shell} delete /migration. Then restart the \
         brokers one at a time with their files of the previous step."
    );
    let broker = writer.nodes.broker.clone();
    let mut commands = Actions::from(Vec::from_iter(writer.active_controller(hop.to, Mode::Zookeeper)));
    let know = brokers_know(writer);
    let place = (!know).then(|| put(BROKERS, &broker, "the draft from 2-switch-on/"));
    commands.extend(writer.restart(BROKERS, &broker, hop.to, place));
    commands.push(writer.under_replicated(hop.to));
    commands.push(quorum(writer, "describe --status"));
    commands.push("# on the active controller (LeaderId), when the last broker is back:".to_owned());
    commands.push(run_on(
        ACTIVE,
        "grep 'Completed migration of metadata from ZooKeeper to KRaft' logs/server.log",
    ));
    let mut why = "Each broker connects to the controllers (zookeeper.metadata.migration.enable, the quorum, controller.listener.names) and keeps writing to ZooKeeper. When the last one is back, the controllers copy the metadata, and from then on they write to both. Do not change topics or settings meanwhile. Restart the controller (brokerid in the output of the first line) last.".to_owned();
    why.push_str(SWITCH_ON_BREAKS_OFF);
    if know {
        why.push_str(" The brokers' files have these lines already: restart only the brokers that still run without them.");
    }
    writer.step(NewStep {
        id: "migrate-switch-on".to_owned(),
        title: "Enable the migration in the brokers, one at a time".to_owned(),
        why: &why,
        actions: commands.expect("Completed migration of metadata from ZooKeeper to KRaft"),
        verify: "The active controller's server.log shows that the migration of the metadata is completed (or its metric kafka.controller:type=KafkaController,name=ZkMigrationState is 1). The line is not in controller.log.",
        undo: Ok(&undo),
    });
}

fn move_brokers(writer: &mut Writer<'_, '_>, hop: Hop) {
    let broker = writer.nodes.broker.clone();
    let place = put(BROKERS, &broker, "the draft from 3-kraft/");
    let mut commands = Actions::from(writer.restart(BROKERS, &broker, hop.to, Some(place)));
    commands.push(writer.under_replicated(hop.to));
    commands.push(writer.tool("kafka-metadata-quorum.sh", "describe --replication"));
    let shell = writer.cluster.zookeeper_shell();
    let undo = format!(
        "As long as the controllers write to ZooKeeper as well: restore the broker's file of the previous step and \
         restart it. If all go back to ZooKeeper, then stop the controllers and delete their metadata folders; \
         immediately afterwards run {shell} delete /controller and {shell} delete /migration, then restart the \
         brokers one at a time with their files from before the migration."
    );
    writer.step(NewStep {
        id: "migrate-brokers-to-kraft".to_owned(),
        title: "Restart the brokers in KRaft mode, one at a time".to_owned(),
        why: &format!("Each broker gets process.roles and node.id (the number that was broker.id) and loses every zookeeper.* setting, broker.id, inter.broker.protocol.version and control.plane.listener.name; AclAuthorizer becomes StandardAuthorizer. The controllers still write to ZooKeeper as well.{MOVE_BREAKS_OFF}"),
        actions: commands,
        verify: "Every broker is an observer in the last command's output, every controller is there too, and no Lag grows.",
        undo: Ok(&undo),
    });
}

fn finish(writer: &mut Writer<'_, '_>, hop: Hop) {
    let mut commands = Actions::from(vec![
        "# again, on every ZooKeeper server and on every controller: a backup of both, as before the upgrade",
    ]);
    commands.push(upgrade::back_up_zookeeper());
    commands.push(upgrade::back_up_metadata(writer));
    commands.push(quorum(writer, "describe --status"));
    let controller =
        writer.nodes.controller.clone().unwrap_or_else(|| "config/controller.properties".to_owned());
    let what = "the draft from 4-finish/: without zookeeper.metadata.migration.enable and zookeeper.*";
    let place = put(CONTROLLERS, &controller, what);
    commands.extend(writer.restart(CONTROLLERS, &controller, hop.to, Some(place)));
    commands.push(quorum(writer, "describe --replication"));
    writer.step(NewStep {
        id: "migrate-finish".to_owned(),
        title: "End the migration on the controllers".to_owned(),
        why: &format!("Without zookeeper.metadata.migration.enable and the zookeeper.* settings the controllers stop writing to ZooKeeper. Rehearse it on a copy, and first run the cluster for some days as it is after the previous step: after this step there is no way back. Restart the active controller (LeaderId) last.{FINISH_BREAKS_OFF}"),
        actions: commands,
        verify: "The backups are on another machine. After every restart the quorum has a leader, every controller is in the last output, and no Lag grows. When all controllers are done, the ZooKeeper servers can be shut down.",
        undo: Err("There is no way back to ZooKeeper after this."),
    });
}
