//! Moving the metadata from ZooKeeper to KRaft controllers, on the release before the one that has no ZooKeeper.

use super::{Draft, Writer};
use crate::plan::route::Leg;

pub(super) fn write(writer: &mut Writer<'_, '_>, leg: Leg) {
    writer.hop(leg, format!("From ZooKeeper to KRaft, on {}", leg.to));
    provision(writer, leg);
    join_brokers(writer);
    move_brokers(writer);
    finish(writer);
}

fn provision(writer: &mut Writer<'_, '_>, leg: Leg) {
    let why = format!(
        "Three or five controllers of {} form the quorum that takes the metadata over. They need node ids that no broker \
         has and the cluster id that ZooKeeper holds, and they start with the migration switched on. \
         The brokers have inter.broker.protocol.version={} by now.",
        leg.to,
        super::minor(leg.to)
    );
    writer.step(Draft {
        id: "migrate-provision-controllers".to_owned(),
        title: "Set up the KRaft controllers".to_owned(),
        why: &why,
        commands: vec![
            "bin/zookeeper-shell.sh ZOOKEEPER:2181 get /cluster/id".to_owned(),
            "bin/kafka-storage.sh format --cluster-id CLUSTER_ID --config config/controller.properties"
                .to_owned(),
            "bin/kafka-server-start.sh -daemon config/controller.properties".to_owned(),
            "bin/kafka-metadata-quorum.sh --bootstrap-controller CONTROLLER:9093 describe --status"
                .to_owned(),
        ],
        verify: "The quorum has a leader and every controller is a voter. The brokers still use ZooKeeper.",
        undo: Ok("Stop the controllers and delete their metadata folders; nothing else has changed."),
    });
}

fn join_brokers(writer: &mut Writer<'_, '_>) {
    let check = writer.tool("kafka-topics.sh", "--describe --under-replicated-partitions");
    writer.step(Draft {
        id: "migrate-switch-on".to_owned(),
        title: "Switch the migration on in the brokers, one at a time".to_owned(),
        why: "Each broker learns of the controllers and keeps writing to ZooKeeper. When the last one is back, the controllers copy the metadata and from then on write to both.",
        commands: vec![
            "zookeeper.metadata.migration.enable=true".to_owned(),
            "bin/kafka-server-stop.sh".to_owned(),
            "bin/kafka-server-start.sh -daemon config/server.properties".to_owned(),
            check,
            "grep 'Completed migration of metadata from ZooKeeper to KRaft' logs/controller.log".to_owned(),
        ],
        verify: "The active controller logs that the migration of the metadata is completed.",
        undo: Ok("Take the migration settings out of the brokers one at a time, stop the controllers, delete /controller and /migration in ZooKeeper."),
    });
}

fn move_brokers(writer: &mut Writer<'_, '_>) {
    let check = writer.tool("kafka-topics.sh", "--describe --under-replicated-partitions");
    writer.step(Draft {
        id: "migrate-brokers-to-kraft".to_owned(),
        title: "Restart the brokers in KRaft mode, one at a time".to_owned(),
        why: "Each broker gets process.roles and node.id (the number that was broker.id) and loses every zookeeper.* setting, broker.id, inter.broker.protocol.version and control.plane.listener.name. Metadata is still written to ZooKeeper as well.",
        commands: vec![
            "bin/kafka-server-stop.sh".to_owned(),
            "bin/kafka-server-start.sh -daemon config/server.properties".to_owned(),
            check,
        ],
        verify: "Every broker is registered with the controllers: kafka-metadata-quorum.sh describe --replication lists it as an observer.",
        undo: Ok("Put the broker's file of the step before back and restart it, as long as the controllers still write to ZooKeeper."),
    });
}

fn finish(writer: &mut Writer<'_, '_>) {
    writer.step(Draft {
        id: "migrate-finish".to_owned(),
        title: "Take the controllers out of the migration".to_owned(),
        why: "Without zookeeper.metadata.migration.enable and zookeeper.connect the controllers stop writing to ZooKeeper. Rehearse it on a copy, and let the step before run for days: this one ends the way back.",
        commands: vec![
            "# remove zookeeper.metadata.migration.enable and zookeeper.connect from every controller.properties".to_owned(),
            "bin/kafka-server-stop.sh".to_owned(),
            "bin/kafka-server-start.sh -daemon config/controller.properties".to_owned(),
            "bin/kafka-metadata-quorum.sh --bootstrap-controller CONTROLLER:9093 describe --status".to_owned(),
        ],
        verify: "The quorum has a leader after every restart; kafka.controller:type=KafkaController,name=ZkMigrationState is 0 or gone. ZooKeeper can be switched off.",
        undo: Err("There is no way back to ZooKeeper after this."),
    });
}
