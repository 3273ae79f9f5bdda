//! Plans for Confluent for Kubernetes: images and resources of its operator, and its own migration job.

use kafka_upgrade_document::Resource;
use kafka_upgrade_report::{HopKind, Mode};

use super::actions::Actions;
use super::confluent_versions::platform_of;
use super::{NewStep, Writer, clients, dashed, is_plain, minor, upgrade};
use crate::plan::upgrade_path::Hop;

struct Names {
    kafka: String,
    namespace: String,
    /// Resources beside the brokers by kind, name and image, in the order in which they are upgraded.
    others: Vec<(&'static str, String, String)>,
}

/// Kinds of such resources.
const OTHERS: [&str; 5] = ["SchemaRegistry", "Connect", "KsqlDB", "KafkaRestProxy", "ControlCenter"];

impl Names {
    fn of(writer: &Writer<'_, '_>) -> Self {
        let files = writer.case.files.iter().filter(|read| !read.is_part);
        let of_operator =
            |one: &&Resource| one.value("api").is_some_and(|api| api.starts_with("platform.confluent.io/"));
        let resources: Vec<&Resource> =
            files.flat_map(|read| &read.document.resources).filter(of_operator).collect();
        let kafka = resources.iter().find(|one| one.kind == "Kafka");
        let others = OTHERS.into_iter().flat_map(|kind| {
            let of_kind = resources.iter().filter(move |one| one.kind == kind && is_plain(&one.name));
            of_kind.filter_map(move |one| {
                let image = one.value("image")?.rsplit_once(':').map(|(image, _)| image)?;
                is_image(image).then(|| (kind, one.name.clone(), image.to_owned()))
            })
        });
        let others = others.collect();
        let name = kafka.map(|one| one.name.clone()).filter(|name| is_plain(name));
        let namespace = kafka.and_then(|one| one.namespace.clone()).filter(|name| is_plain(name));
        Self {
            kafka: name.unwrap_or_else(|| "kafka".to_owned()),
            namespace: namespace.unwrap_or_else(|| "confluent".to_owned()),
            others,
        }
    }

    fn kubectl(&self, rest: &str) -> String {
        format!("kubectl -n {} {rest}", self.namespace)
    }
}

/// Whether a shell takes the name of an image for nothing else.
fn is_image(name: &str) -> bool {
    name.bytes().all(|one| one.is_ascii_alphanumeric() || b"/.-_:".contains(&one))
}

/// Prefix of tools that run in a broker's pod, and the suffix of their names there.
pub(super) fn tools(writer: &Writer<'_, '_>) -> String {
    let names = Names::of(writer);
    names.kubectl(&format!("exec {}-0 -c {} -- ", names.kafka, names.kafka))
}

pub(super) fn write(writer: &mut Writer<'_, '_>, hops: &[Hop]) {
    let names = Names::of(writer);
    let back = writer.case.to < writer.from;
    if !back {
        clients::before(writer, hops);
    }
    let Some(first) = hops.first().copied() else { return };
    let target = writer.case.to;
    writer.hop(Hop { kind: HopKind::Prepare, to: first.from, ..first }, "Before the upgrade".to_owned());
    let line = platform_of(target).unwrap_or_default();
    let mut actions = Actions::default();
    actions.push(
        names.kubectl(
            "get kafka,kraftcontroller,zookeeper,connect,kafkatopic -o yaml > confluent-backup.yaml",
        ),
    );
    actions.push(format!("helm -n {} list", names.namespace));
    actions.push(names.kubectl("get pods"));
    actions.push(writer.under_replicated(first.from));
    let why = format!(
        "Confluent Platform {line} contains Kafka {target}. Each release of the operator supports a few lines of \
         Confluent Platform (a table in its documentation shows which): upgrade the operator first, with its resource \
         definitions, through a release in between if one is needed. From 8.0 on, the platform has no ZooKeeper and \
         logs with Log4j 2, and the old metrics reporter and Control Center need their successors; cp-server needs a \
         licence, confluent-local and cp-kafka do not. Remove the settings that the findings name from \
         spec.configOverrides.server before the image changes: they keep a pod from starting."
    );
    writer.step(NewStep {
        id: format!("before-you-begin-{}", dashed(target)),
        title: format!("Before you begin: an operator that supports Confluent Platform {line}, and a backup"),
        why: &why,
        actions,
        verify: "Every pod is ready, no partition is under-replicated, and the documentation lists the line for the operator's release.",
        undo: Ok("Nothing was changed."),
    });
    let mut actions = Actions::default();
    actions.push("helm repo update confluentinc");
    actions.push("helm show crds confluentinc/confluent-for-kubernetes | kubectl apply --server-side=true --force-conflicts -f -");
    actions.push(format!(
        "helm upgrade confluent-operator confluentinc/confluent-for-kubernetes -n {} --reuse-values",
        names.namespace
    ));
    actions.push(names.kubectl("rollout status deployment/confluent-operator"));
    writer.step(NewStep {
        id: "upgrade-operator".to_owned(),
        title: "Upgrade the operator to a release that supports both lines".to_owned(),
        why: "The annotation platform.confluent.io/block-reconcile=true on each resource keeps a new operator from rolling pods before you want it.",
        actions,
        verify: "The operator runs, and the pods did not restart, or restarted one after the other.",
        undo: Ok("helm rollback confluent-operator; the resource definitions stay."),
    });
    writer.step(NewStep {
        id: format!("change-settings-{}", dashed(target)),
        title: format!("Prepare spec.configOverrides and the topics for {}", minor(target)),
        why: "The findings list what the target refuses or interprets differently, each with its place.",
        actions: Actions::from(vec![
            names.kubectl(&format!("get kafka {} -o yaml", names.kafka)),
            writer.tool("kafka-configs.sh", "--describe --entity-type topics"),
        ]),
        verify: "A check of the resources and of the output for this target shows no error.",
        undo: Ok("Apply the resources of the backup."),
    });
    if writer.from < upgrade::BOUNDS_SEGMENTS && target >= upgrade::BOUNDS_SEGMENTS {
        upgrade::check_segments(writer, Hop { to: target, ..first });
    }
    for hop in hops {
        match hop.kind {
            HopKind::Upgrade => roll(writer, &names, *hop),
            HopKind::MigrateToKraft => migrate(writer, &names, *hop),
            _ => {}
        }
    }
    if !back {
        clients::after(writer, hops);
    }
}

fn roll(writer: &mut Writer<'_, '_>, names: &Names, hop: Hop) {
    let Some(line) = platform_of(hop.to) else { return };
    writer.hop(hop, format!("Confluent Platform {line} (Kafka {})", minor(hop.to)));
    let patch = |kind: &str, name: &str| {
        names.kubectl(&format!(
            "patch {kind} {name} --type merge -p \
             '{{\"spec\":{{\"image\":{{\"application\":\"confluentinc/cp-server:{line}.0\"}}}}}}'"
        ))
    };
    let mut actions = Actions::default();
    if hop.mode == Mode::Kraft {
        actions.push(patch("kraftcontroller", "kraftcontroller"));
        actions
            .push(names.kubectl(
                "wait kraftcontroller --all --for=jsonpath='{.status.phase}'=RUNNING --timeout=60m",
            ));
    } else {
        actions.push("# ZooKeeper first: spec.image of the Zookeeper resource to the same line");
        actions.push(
            names.kubectl("wait zookeeper --all --for=jsonpath='{.status.phase}'=RUNNING --timeout=60m"),
        );
    }
    actions.push(patch("kafka", &names.kafka));
    actions.push(names.kubectl(&format!(
        "wait kafka/{} --for=jsonpath='{{.status.phase}}'=RUNNING --timeout=60m",
        names.kafka
    )));
    actions.push(writer.under_replicated(hop.to));
    for (kind, name, image) in &names.others {
        let kind = kind.to_ascii_lowercase();
        actions.push(names.kubectl(&format!(
            "patch {kind} {name} --type merge -p '{{\"spec\":{{\"image\":{{\"application\":\"{image}:{line}.0\"}}}}}}'"
        )));
        actions.push(names.kubectl(&format!(
            "wait {kind}/{name} --for=jsonpath='{{.status.phase}}'=RUNNING --timeout=60m"
        )));
    }
    let why = format!(
        "spec.image.application (and spec.image.init, the operator's own release) of each resource names the line; \
         use its newest patch. Controllers or ZooKeeper go first, then Kafka, then Schema Registry, Connect, ksqlDB, \
         REST and Control Center. The operator rolls the pods one at a time, the controller last, and raises the \
         inter-broker protocol or the metadata version of {} itself when all are done. If it stops halfway, nothing is \
         lost: nodes of both releases work together; kubectl describe and the pod's log say what the operator waits \
         for, and it goes on by itself when that is mended.",
        minor(hop.to)
    );
    writer.step(NewStep {
        id: format!("roll-brokers-{}", dashed(hop.to)),
        title: format!("Set the images to Confluent Platform {line}"),
        why: &why,
        actions,
        verify: "Every resource is RUNNING with all replicas ready, and no partition is under-replicated.",
        undo: Ok("Set the previous images again, as long as the operator has not raised the protocol or the metadata version."),
    });
}

fn migrate(writer: &mut Writer<'_, '_>, names: &Names, hop: Hop) {
    writer.hop(hop, format!("From ZooKeeper to KRaft, on Kafka {}", minor(hop.to)));
    let mut actions = Actions::default();
    actions.push("# kraftcontroller.yaml: kind KRaftController, 3 replicas, the image of Kafka, annotation platform.confluent.io/kraft-migration-hold-krc-creation: \"true\"");
    actions.push(names.kubectl("apply -f kraftcontroller.yaml"));
    actions.push("# migration.yaml: kind KRaftMigrationJob, spec.dependencies with the ZooKeeper, Kafka and KRaftController resources");
    actions.push(names.kubectl("apply -f migration.yaml"));
    actions.push(names.kubectl("get kraftmigrationjob -o jsonpath='{.items[*].status.phase}'"));
    actions.push(writer.under_replicated(hop.to));
    let undo = format!(
        "{}: possible in SETUP, MIGRATE and DUAL-WRITE; it may ask you to remove znodes.",
        names.kubectl("annotate kraftmigrationjob NAME platform.confluent.io/kraft-migration-trigger-rollback-to-zk=true --overwrite")
    );
    writer.step(NewStep {
        id: "migrate-brokers-to-kraft".to_owned(),
        title: "Run a KRaftMigrationJob up to DUAL-WRITE".to_owned(),
        why: "The operator (2.8.4, 2.9.2 or newer) migrates without an upgrade in the same job, on Confluent Platform 7.6 or newer: it starts the controllers, rolls the brokers, and stays in DUAL-WRITE until you decide. It locks the resources meanwhile; pause other tools that apply them (GitOps). With operators from 3.0 on, the KRaftController needs platform.confluent.io/use-log4j1: \"true\" for the 7.x image. If it stops in a phase, nothing is lost: the brokers still have ZooKeeper, the job's status.conditions say what it waits for, and the way back below holds.",
        actions: actions.expect("DUAL-WRITE"),
        verify: "The phase is DUAL-WRITE, every pod is ready, no partition is under-replicated. Leave it in this state for some days.",
        undo: Ok(&undo),
    });
    let mut actions = Actions::default();
    actions.push(names.kubectl("annotate kraftmigrationjob NAME platform.confluent.io/kraft-migration-trigger-finalize-to-kraft=true --overwrite"));
    actions.push(names.kubectl("get kraftmigrationjob -o jsonpath='{.items[*].status.phase}'"));
    actions.push(names.kubectl("annotate kraftmigrationjob NAME platform.confluent.io/kraft-migration-release-cr-lock=true --overwrite"));
    actions.push(names.kubectl("get zookeeper"));
    writer.step(NewStep {
        id: "migrate-finish".to_owned(),
        title: "Finalise the migration and remove ZooKeeper".to_owned(),
        why: "After the annotation the controllers stop writing to ZooKeeper. Write the changed resources to version control (spec.dependencies.kRaftController for spec.dependencies.zookeeper) before you release the lock and delete the Zookeeper resource.",
        actions: actions.expect("COMPLETE"),
        verify: "The phase is COMPLETE, and the brokers are ready without ZooKeeper.",
        undo: Err("There is no way back to ZooKeeper after this."),
    });
}
