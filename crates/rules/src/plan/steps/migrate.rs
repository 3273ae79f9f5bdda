//! Moving the metadata from ZooKeeper to KRaft controllers, on the release before the one that has no ZooKeeper.

use super::cluster::Cluster;
use super::{Draft, Writer};
use crate::plan::route::Leg;

pub(super) fn write(writer: &mut Writer<'_, '_>, leg: Leg) {
    writer.hop(leg, format!("From ZooKeeper to KRaft, on {}", leg.to));
    provision(writer, leg);
    join_brokers(writer, leg);
    move_brokers(writer, leg);
    finish(writer);
    writer.finalized = leg.to;
}

fn provision(writer: &mut Writer<'_, '_>, leg: Leg) {
    let mut why = format!(
        "Three or five controllers of {} form the quorum that takes the metadata over. They need node ids that no broker \
         has and the cluster id that ZooKeeper holds, and they start with the migration switched on. The brokers have \
         inter.broker.protocol.version={} by now, and each has its number in broker.id: one that was generated stands in \
         meta.properties and goes into the file first.",
        leg.to,
        super::minor(leg.to)
    );
    if writer.cluster.secured {
        why.push_str(
            " Controllers cannot authenticate by SCRAM; the rest is as on the brokers, and with an authorizer the \
             principals of brokers and controllers are in super.users.",
        );
    }
    let commands = vec![
        format!("bin/zookeeper-shell.sh {} get /cluster/id", writer.cluster.zookeeper),
        "CLUSTER_ID=  # the id that the line before printed".to_owned(),
        "bin/kafka-storage.sh format --cluster-id $CLUSTER_ID --config config/controller.properties"
            .to_owned(),
        "bin/kafka-server-start.sh -daemon config/controller.properties".to_owned(),
        quorum(writer),
    ];
    writer.step(Draft {
        id: "migrate-provision-controllers".to_owned(),
        title: "Set up the KRaft controllers".to_owned(),
        why: &why,
        commands,
        verify: "The quorum has a leader and every controller is a voter. The brokers still use ZooKeeper.",
        undo: Ok("Stop the controllers and delete their metadata folders; nothing else has changed."),
    });
}

/// Whether the controllers have a leader.
fn quorum(writer: &Writer<'_, '_>) -> String {
    let Cluster { controller, secured, .. } = &writer.cluster;
    let config = if *secured { " --command-config config/admin.properties" } else { "" };
    format!("bin/kafka-metadata-quorum.sh --bootstrap-controller {controller}{config} describe --status")
}

fn join_brokers(writer: &mut Writer<'_, '_>, leg: Leg) {
    let check = writer.under_replicated(leg.to);
    let undo = format!(
        "Stop the controllers and delete their metadata folders; at once after that \
         bin/zookeeper-shell.sh {0} delete /controller, so that a broker becomes the controller again, and delete \
         /migration. Then restart the brokers one at a time with their files of the step before.",
        writer.cluster.zookeeper
    );
    writer.step(Draft {
        id: "migrate-switch-on".to_owned(),
        title: "Switch the migration on in the brokers, one at a time".to_owned(),
        why: "Each broker learns of the controllers and keeps writing to ZooKeeper. When the last one is back, the controllers copy the metadata and from then on write to both. Topics and settings are best left alone meanwhile.",
        commands: vec![
            "# in every server.properties: zookeeper.metadata.migration.enable=true, the quorum, controller.listener.names"
                .to_owned(),
            "bin/kafka-server-stop.sh".to_owned(),
            "bin/kafka-server-start.sh -daemon config/server.properties".to_owned(),
            check,
            "grep 'Completed migration of metadata from ZooKeeper to KRaft' logs/controller.log".to_owned(),
        ],
        verify: "The active controller logs that the migration of the metadata is completed.",
        undo: Ok(&undo),
    });
}

fn move_brokers(writer: &mut Writer<'_, '_>, leg: Leg) {
    let commands = vec![
        "bin/kafka-server-stop.sh".to_owned(),
        "bin/kafka-server-start.sh -daemon config/server.properties".to_owned(),
        writer.under_replicated(leg.to),
        writer.tool("kafka-metadata-quorum.sh", "describe --replication"),
    ];
    writer.step(Draft {
        id: "migrate-brokers-to-kraft".to_owned(),
        title: "Restart the brokers in KRaft mode, one at a time".to_owned(),
        why: "Each broker gets process.roles and node.id (the number that was broker.id) and loses every zookeeper.* setting, broker.id, inter.broker.protocol.version and control.plane.listener.name; AclAuthorizer becomes StandardAuthorizer. The controllers still write to ZooKeeper as well.",
        commands,
        verify: "Every broker is an observer in the last command's output, and none of them lags.",
        undo: Ok("As long as the controllers write to ZooKeeper as well: put the broker's file of the step before back and restart it. If all go back to ZooKeeper, continue with how the step before is undone."),
    });
}

fn finish(writer: &mut Writer<'_, '_>) {
    let quorum = quorum(writer);
    writer.step(Draft {
        id: "migrate-finish".to_owned(),
        title: "Take the controllers out of the migration".to_owned(),
        why: "Without zookeeper.metadata.migration.enable and the zookeeper.* settings the controllers stop writing to ZooKeeper. Rehearse it on a copy, and let the step before run for days: this one ends the way back.",
        commands: vec![
            "# in every controller.properties: without zookeeper.metadata.migration.enable and zookeeper.*"
                .to_owned(),
            "bin/kafka-server-stop.sh".to_owned(),
            "bin/kafka-server-start.sh -daemon config/controller.properties".to_owned(),
            quorum,
        ],
        verify: "The quorum has a leader after every restart. When all controllers are through, the ZooKeeper servers can be switched off.",
        undo: Err("There is no way back to ZooKeeper after this."),
    });
}
