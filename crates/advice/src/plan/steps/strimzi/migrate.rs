//! From ZooKeeper to KRaft by Strimzi's annotation, with the last line of operators that does it.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::{DraftFile, HopKind, Mode};

use super::ladder::Ladder;
use super::{FIRST_WITHOUT_ZOOKEEPER, LAST_WITH_ZOOKEEPER, Names, metadata_version};
use crate::plan::steps::actions::Actions;
use crate::plan::steps::{NewStep, Writer};
use crate::plan::upgrade_path::Hop;

pub(super) fn write(writer: &mut Writer<'_, '_>, names: &Names, at: Release, ladder: &Ladder) {
    let hop = Hop { kind: HopKind::MigrateToKraft, from: at, to: at, mode: Mode::Kraft };
    writer.hop(hop, format!("From ZooKeeper to KRaft, with operator {LAST_WITH_ZOOKEEPER} and Kafka {at}"));
    let begun = names.kraft.as_deref();
    if !names.has_pools && begun != Some("migration") {
        node_pools(writer, names);
    }
    if begun != Some("migration") {
        controllers(writer, names);
    }
    migrate(writer, names, ladder);
    enable(writer, names, at);
    clean(writer, names, at);
}

/// Waits until the operator reports a state of the migration.
fn until(names: &Names, state: &str) -> String {
    names.kubectl(&format!(
        "wait kafka/{} --for=jsonpath='{{.status.kafkaMetadataState}}'={state} --timeout=60m",
        names.cluster
    ))
}

/// A pool of nodes; `storage` is a map in the flow style of YAML.
fn pool(names: &Names, name: &str, role: &str, replicas: &str, storage: &str) -> String {
    let namespace = names.namespace.trim().trim_start_matches("-n ");
    let namespace = if namespace.is_empty() { String::new() } else { format!("  namespace: {namespace}\n") };
    format!(
        "apiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaNodePool\nmetadata:\n  name: {name}\n{namespace}  labels:\n    \
         strimzi.io/cluster: {}\nspec:\n  replicas: {replicas}\n  roles:\n    - {role}\n  storage: {storage}\n",
        names.cluster
    )
}

/// Adds a draft of a resource to a step.
fn draft(writer: &mut Writer<'_, '_>, step: &str, path: &str, text: String) {
    writer.plan.drafts.push(DraftFile { step: step.to_owned(), path: path.to_owned(), source: None, text });
}

fn node_pools(writer: &mut Writer<'_, '_>, names: &Names) {
    if let Some(storage) = &names.storage {
        let text = pool(names, "kafka", "broker", &names.replicas, storage);
        draft(writer, "migrate-node-pools", "1-node-pools/kafka.yaml", text);
    }
    let mut actions = Actions::default();
    actions.push(names.kubectl("apply -f 1-node-pools/kafka.yaml"));
    actions.push(names.annotate("strimzi.io/node-pools=enabled"));
    actions.push(names.ready());
    actions.push(names.kubectl(&format!("get kafkanodepool,pods -l strimzi.io/cluster={}", names.cluster)));
    let why = format!(
        "The brokers become a KafkaNodePool named kafka, so that pods and claims keep their names ({}-kafka-0 …): \
         kind KafkaNodePool, label strimzi.io/cluster: {}, spec.replicas: {}, spec.roles: [broker], and spec.storage, \
         resources and jvmOptions as they are in spec.kafka of the Kafka resource. Another name would create new \
         brokers. With the annotation the operator takes replicas and storage from the pool; you can remove them from \
         spec.kafka afterwards.",
        names.cluster, names.cluster, names.replicas
    );
    writer.step(NewStep {
        id: "migrate-node-pools".to_owned(),
        title: "Move the brokers into a KafkaNodePool".to_owned(),
        why: &why,
        actions,
        verify: "The pool kafka lists the brokers' ids, no pod was recreated, and the Kafka resource is Ready.",
        undo: Ok("Remove the annotation strimzi.io/node-pools; spec.kafka still has replicas and storage. Then delete the KafkaNodePool."),
    });
}

fn controllers(writer: &mut Writer<'_, '_>, names: &Names) {
    let storage = r#"{"type": "jbod", "volumes": [{"id": 0, "type": "persistent-claim", "size": "20Gi", "kraftMetadata": "shared", "deleteClaim": false}]}"#;
    let text = pool(names, "controller", "controller", "3", storage);
    draft(writer, "migrate-provision-controllers", "2-controllers/controller.yaml", text);
    let mut actions = Actions::default();
    actions.push(names.kubectl("apply -f 2-controllers/controller.yaml"));
    actions.push(names.kubectl(&format!("get kafkanodepool -l strimzi.io/cluster={}", names.cluster)));
    let why = format!(
        "A second KafkaNodePool named controller, label strimzi.io/cluster: {}, spec.replicas: 3 and spec.roles: \
         [controller]; its storage is persistent (one volume with kraftMetadata: shared), since metadata on ephemeral \
         storage is lost with the pod. The migration works only with dedicated controllers. Its pods start with the \
         next step.",
        names.cluster
    );
    writer.step(NewStep {
        id: "migrate-provision-controllers".to_owned(),
        title: "Add a KafkaNodePool of controllers".to_owned(),
        why: &why,
        actions,
        verify: "The pool controller is there; no controller pod runs yet, and the brokers are untouched.",
        undo: Ok("Delete the KafkaNodePool of the controllers."),
    });
}

fn migrate(writer: &mut Writer<'_, '_>, names: &Names, ladder: &Ladder) {
    let cluster = &names.cluster;
    let mut actions = Actions::default();
    actions.push(names.annotate("strimzi.io/kraft=migration"));
    actions.push(until(names, "KRaftPostMigration"));
    actions.push(names.kubectl(&format!("get kafka {cluster} -o jsonpath='{{.status.kafkaMetadataState}}'")));
    actions.push(writer.under_replicated(writer.from));
    let why = format!(
        "With the annotation strimzi.io/kraft: migration the operator deploys the controllers, rolls the brokers \
         until they register, and lets the controllers copy the metadata. status.kafkaMetadataState (column METADATA \
         STATE) goes from ZooKeeper through KRaftMigration and KRaftDualWriting to KRaftPostMigration and stays \
         there: both ZooKeeper and the controllers are written to. The operator has to be of the \
         {LAST_WITH_ZOOKEEPER} line, or older but at least 0.40; {FIRST_WITHOUT_ZOOKEEPER} and later do not support \
         ZooKeeper and do not touch such a cluster ({}, {}). If the state stops moving, the operator's log shows \
         which pod it waits for; nothing is lost, and the rollback below still works.",
        ladder.source(),
        ladder.date()
    );
    let undo = format!(
        "{}; when the state is KRaftDualWriting again delete the KafkaNodePool of the controllers, then {}: the operator \
         removes the znodes of the migration, and the state goes to ZooKeeper.",
        names.annotate("strimzi.io/kraft=rollback"),
        names.annotate("strimzi.io/kraft=disabled")
    );
    writer.step(NewStep {
        id: "migrate-brokers-to-kraft".to_owned(),
        title: "Annotate the Kafka resource with strimzi.io/kraft: migration".to_owned(),
        why: &why,
        actions: actions.expect("KRaftPostMigration"),
        verify: "status.kafkaMetadataState is KRaftPostMigration, every pod is ready, no partition is under-replicated. Leave it in this state for some days under normal load.",
        undo: Ok(&undo),
    });
}

fn enable(writer: &mut Writer<'_, '_>, names: &Names, at: Release) {
    let mut actions = Actions::default();
    actions.push("# again: volume snapshots of the claims of ZooKeeper and of the controllers");
    actions.push(names.annotate("strimzi.io/kraft=enabled"));
    actions.push(until(names, "KRaft"));
    actions.push(
        names.kubectl(&format!("get kafka {} -o jsonpath='{{.status.kafkaMetadataState}}'", names.cluster)),
    );
    actions.push(names.kubectl(&format!("get pods -l strimzi.io/cluster={}", names.cluster)));
    let why = format!(
        "With strimzi.io/kraft: enabled the operator rolls the controllers out of the migration (PreKRaft, then \
         KRaft) and deletes the ZooKeeper pods. This is done on Kafka {at}; no release of Kafka goes back to \
         ZooKeeper afterwards."
    );
    writer.step(NewStep {
        id: "migrate-finish".to_owned(),
        title: "Annotate the Kafka resource with strimzi.io/kraft: enabled".to_owned(),
        why: &why,
        actions: actions.expect("KRaft"),
        verify: "status.kafkaMetadataState is KRaft, no ZooKeeper pod is left, every pod is ready.",
        undo: Err("There is no way back to ZooKeeper after this."),
    });
}

fn clean(writer: &mut Writer<'_, '_>, names: &Names, at: Release) {
    let level = metadata_version(at);
    let mut actions = Actions::default();
    actions.push(names.kubectl(&format!(
        "patch kafka {} --type json -p '[{{\"op\":\"remove\",\"path\":\"/spec/zookeeper\"}}]'",
        names.cluster
    )));
    actions.push(names.patch(&format!(
        "\"metadataVersion\":\"{level}\",\"config\":{{\"inter.broker.protocol.version\":null,\"log.message.format.version\":null}}"
    )));
    actions.push(names.ready());
    actions.push(names.kubectl("get pvc -l strimzi.io/name"));
    let why = format!(
        "spec.zookeeper, and inter.broker.protocol.version and log.message.format.version in spec.kafka.config, no \
         longer have an effect, and the operators from {FIRST_WITHOUT_ZOOKEEPER} on do not know them. \
         spec.kafka.metadataVersion replaces them. Make the same changes to the files in version control, or the next \
         apply restores the old ones."
    );
    writer.step(NewStep {
        id: "migrate-clean-resource".to_owned(),
        title: "Remove ZooKeeper from the Kafka resource".to_owned(),
        why: &why,
        actions,
        verify: "The resource is Ready without warnings; remaining claims of ZooKeeper can be deleted.",
        undo: Ok("You can add the fields again; they have no effect."),
    });
}
