//! From ZooKeeper to KRaft in containers: controllers beside the brokers, then variables, one node at a time.

use kafka_upgrade_catalog::Platform;
use kafka_upgrade_report::Action;

use super::draft;
use super::names::Names;
use super::runner::Runner;
use crate::levels;
use crate::plan::steps::actions::Actions;
use crate::plan::steps::migrate::{
    FINISH_BREAKS_OFF, MOVE_BREAKS_OFF, PROVISION_BREAKS_OFF, SWITCH_ON_BREAKS_OFF,
};
use crate::plan::steps::{NewStep, Writer, minor};
use crate::plan::upgrade_path::{self, Hop, Migration};

pub(super) fn write(writer: &mut Writer<'_, '_>, names: &Names, hop: Hop) {
    writer.hop(hop, format!("From ZooKeeper to KRaft, on {}", hop.to));
    let done = upgrade_path::finalized(writer.case).migration;
    if done.is_none_or(|phase| phase <= Migration::MoveBrokers) {
        super::before(writer, names, hop);
    }
    if done.is_none() {
        provision(writer, names, hop);
    }
    if done.is_none_or(|phase| phase <= Migration::SwitchOn) {
        switch_on(writer, names, hop);
    }
    if done.is_none_or(|phase| phase <= Migration::MoveBrokers) {
        move_brokers(writer, names, hop);
    }
    finish(writer, names, hop);
    writer.finalized = hop.to;
    writer.levels = levels::finalized_by(hop.to);
}

/// Where controllers are added, and how they start.
fn start(names: &Names) -> Vec<String> {
    match names.platform {
        Platform::Compose if names.runner != Runner::Compose => {
            vec!["# start controller1, controller2 and controller3 as the brokers are started".to_owned()]
        }
        Platform::Compose => {
            vec!["docker compose up -d --no-deps controller1 controller2 controller3".to_owned()]
        }
        Platform::Helm => names.helm_upgrade(),
        _ => vec![
            format!("kubectl{} apply -f controllers.yaml", names.namespace),
            format!("kubectl{} rollout status statefulset/kafka-controller", names.namespace),
        ],
    }
}

fn provision(writer: &mut Writer<'_, '_>, names: &Names, hop: Hop) {
    let image = names.image();
    let mut actions = Actions::default();
    actions.push(format!("{}grep cluster.id {}/meta.properties", names.exec(), image.data()));
    let path = match names.platform {
        Platform::Compose => format!("{}, services controller1, controller2 and controller3", names.file),
        Platform::Helm => names.file.clone(),
        _ => "controllers.yaml, StatefulSet kafka-controller".to_owned(),
    };
    let what = if names.platform == Platform::Helm {
        "with kraft.enabled: true, kraft.clusterId (or existingClusterIdSecret), controller.controllerOnly: true, controller.replicaCount: 3, controller.zookeeperMigrationMode: true and broker.zookeeperMigrationMode: true".to_owned()
    } else {
        let variable = |key: &str| image.variable(key);
        // The name of a service is an address of its container; in Kubernetes it may be one of nobody's.
        let listener = match names.platform {
            Platform::Compose => "CONTROLLER://controller1:9093 (controller2, controller3)",
            _ => "CONTROLLER://:9093",
        };
        format!(
            "with the image of the brokers and {}: controller, {}: 3001 (3002, 3003), {}: \
             3001@controller1:9093,3002@controller2:9093,3003@controller3:9093, {}: CONTROLLER, {}: \
             {listener}, {}: \"true\", {} as the brokers have it, the cluster id that was printed, and a \
             volume of its own",
            variable("process.roles"),
            variable("node.id"),
            variable("controller.quorum.voters"),
            variable("controller.listener.names"),
            variable("listeners"),
            variable("zookeeper.metadata.migration.enable"),
            variable("zookeeper.connect"),
        )
    };
    actions.push(Action::Put { on: "three controllers".to_owned(), path, what });
    let on = "three controllers".to_owned();
    actions.push(Action::Start { on, commands: start(names) });
    let why = format!(
        "Three controllers of {} form the quorum that takes over the metadata; they have node ids that no broker has \
         and the cluster's id, and they start with the migration enabled. The image formats their volumes. Secure the \
         controllers' listener like that of the brokers: with an authorizer, whoever connects has to be in \
         super.users. Controllers cannot authenticate with SCRAM. The brokers' data is at {} unless log.dirs is \
         set.{PROVISION_BREAKS_OFF}",
        hop.to,
        image.data()
    );
    let drafted = draft::change(
        writer,
        names,
        ("migrate-provision-controllers", "1-provision"),
        draft::with_controllers(names, hop),
    );
    let drafted = if drafted { draft::DRAFTED_WITH_ID } else { "" };
    writer.step(NewStep {
        id: "migrate-provision-controllers".to_owned(),
        title: "Set up the KRaft controllers beside the brokers".to_owned(),
        why: &format!("{why}{drafted}"),
        actions: actions.expect("cluster.id="),
        verify: "The cluster id is printed; the controllers run, and one of their logs shows that it became the leader. The brokers still use ZooKeeper.",
        undo: Ok("Stop the controllers and delete their volumes; nothing else has changed."),
    });
}

fn switch_on(writer: &mut Writer<'_, '_>, names: &Names, hop: Hop) {
    let image = names.image();
    let what = if names.platform == Platform::Helm {
        "with broker.zookeeperMigrationMode: true (from the previous step)".to_owned()
    } else {
        format!(
            "with {}: \"true\", {} and {} as the controllers have them, and CONTROLLER in {}",
            image.variable("zookeeper.metadata.migration.enable"),
            image.variable("controller.quorum.voters"),
            image.variable("controller.listener.names"),
            image.variable("listener.security.protocol.map")
        )
    };
    let mut actions = Actions::from(names.roll(&what));
    actions.push(writer.under_replicated(hop.to));
    actions.push(match names.platform {
        Platform::Compose if names.runner != Runner::Compose => "# in the log of the controller that leads: Completed migration of metadata from ZooKeeper to KRaft".to_owned(),
        Platform::Compose => "docker compose logs controller1 controller2 controller3 | grep 'Completed migration of metadata from ZooKeeper to KRaft'".to_owned(),
        _ => format!("kubectl{} logs -l app.kubernetes.io/component=controller-eligible --tail=-1 | grep 'Completed migration of metadata from ZooKeeper to KRaft'", names.namespace),
    });
    let undo = format!(
        "Stop the controllers and delete their volumes; immediately afterwards run {} and {}, so that a broker \
         becomes the controller again; then restart the brokers one at a time without the lines.",
        names.exec_zookeeper("zkCli.sh delete /controller"),
        names.exec_zookeeper("zkCli.sh delete /migration")
    );
    let drafted =
        draft::change(writer, names, ("migrate-switch-on", "2-switch-on"), draft::with_migration(names));
    let drafted = if drafted { draft::DRAFTED } else { "" };
    writer.step(NewStep {
        id: "migrate-switch-on".to_owned(),
        title: "Enable the migration in the brokers, one at a time".to_owned(),
        why: &format!("Each broker connects to the controllers and keeps writing to ZooKeeper. When the last one is back, the controllers copy the metadata, and from then on they write to both. Do not change topics or settings meanwhile.{SWITCH_ON_BREAKS_OFF}{drafted}"),
        actions: actions.expect("Completed migration of metadata from ZooKeeper to KRaft"),
        verify: "One controller's log shows that the migration of the metadata is completed, and no partition is under-replicated.",
        undo: Ok(&undo),
    });
}

fn move_brokers(writer: &mut Writer<'_, '_>, names: &Names, hop: Hop) {
    let image = names.image();
    let what = if names.platform == Platform::Helm {
        "with broker.zookeeperMigrationMode: false".to_owned()
    } else {
        format!(
            "with {}: broker, {} with the number that was {}{}, and without every ZOOKEEPER variable, {} and the old \
             id; AclAuthorizer becomes org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            image.variable("process.roles"),
            image.variable("node.id"),
            image.variable("broker.id"),
            // Bitnami's image reads it from the folder; the others do not start without it.
            if image.is_bitnamis() { "" } else { ", CLUSTER_ID with the cluster's id" },
            image.variable("inter.broker.protocol.version")
        )
    };
    let mut actions = Actions::from(names.roll(&what));
    actions.push(writer.under_replicated(hop.to));
    actions.push(writer.tool("kafka-metadata-quorum.sh", "describe --replication"));
    let drafted =
        draft::change(writer, names, ("migrate-brokers-to-kraft", "3-kraft"), draft::in_kraft_mode(names));
    let drafted = if drafted { draft::DRAFTED } else { "" };
    writer.step(NewStep {
        id: "migrate-brokers-to-kraft".to_owned(),
        title: "Restart the brokers in KRaft mode, one at a time".to_owned(),
        why: &format!("The controllers still write to ZooKeeper as well, so this can be undone.{MOVE_BREAKS_OFF}{drafted}"),
        actions,
        verify: "Every broker is an observer in the last output, every controller is there too, and no Lag grows.",
        undo: Ok("As long as the controllers write to ZooKeeper as well: restore the variables of the previous step and restart the broker."),
    });
}

fn finish(writer: &mut Writer<'_, '_>, names: &Names, hop: Hop) {
    let image = names.image();
    let mut actions = Actions::default();
    actions.push("# again: a backup of the volumes of ZooKeeper and of the controllers");
    let (path, what) = match names.platform {
        Platform::Helm => (
            names.file.clone(),
            "with controller.zookeeperMigrationMode: false, zookeeper.enabled: false and without externalZookeeper".to_owned(),
        ),
        _ => (
            format!("{}, each controller", names.file),
            format!(
                "without {} and {}",
                image.variable("zookeeper.metadata.migration.enable"),
                image.variable("zookeeper.connect")
            ),
        ),
    };
    actions.push(Action::Put { on: "each controller".to_owned(), path, what });
    let commands = match names.platform {
        Platform::Compose if names.runner == Runner::Compose => ["controller1", "controller2", "controller3"]
            .iter()
            .map(|name| format!("docker compose up -d --no-deps {name}"))
            .collect(),
        _ => start(names),
    };
    actions.push(Action::Start { on: "each controller, one at a time".to_owned(), commands });
    actions.push(writer.tool("kafka-metadata-quorum.sh", "describe --replication"));
    if names.platform == Platform::Compose && names.runner == Runner::Compose {
        actions.push(format!("docker compose rm -sf {}", names.zookeeper));
    }
    let why = format!(
        "With this change the controllers stop writing to ZooKeeper. First run the cluster for some days as it is \
         after the previous step, on Kafka {}: after this step there is no way back. Remove the ZooKeeper service and \
         its depends_on at the end.{FINISH_BREAKS_OFF}",
        minor(hop.to)
    );
    let drafted = draft::change(writer, names, ("migrate-finish", "4-finish"), draft::without_migration());
    let drafted = if drafted { draft::DRAFTED } else { "" };
    writer.step(NewStep {
        id: "migrate-finish".to_owned(),
        title: "End the migration on the controllers and remove ZooKeeper".to_owned(),
        why: &format!("{why}{drafted}"),
        actions,
        verify: "After every restart the quorum has a leader, every controller is in the output, and no Lag grows; clients still work once ZooKeeper is removed.",
        undo: Err("There is no way back to ZooKeeper after this."),
    });
}
