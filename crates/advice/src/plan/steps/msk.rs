//! Plans for Amazon MSK: what its API does in place, on which conditions, and what it does not offer.
//!
//! Nobody but Amazon stops, formats or finalises a node there, so no step does. Names of commands, options and states are
//! those of botocore's model of the API; which releases there are is the service's own list, with its date.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_catalog::clients;
use kafka_upgrade_report::{HopKind, Mode};
use kafka_upgrade_sorted::Sorted as _;

use super::actions::Actions;
use super::{NewStep, Writer, clients as of_clients, dashed, is_plain, minor, upgrade};
use crate::inventory;
use crate::plan::upgrade_path::{Hop, WITHOUT_ZOOKEEPER};

/// The version that migrates in place.
const BRIDGE: Release = Release::new(3, 9, 0);
/// First release that the service runs without ZooKeeper.
const FIRST_KRAFT: Release = Release::new(3, 7, 0);
/// Documentation of the migration's conditions.
const MIGRATION: &str = "https://docs.aws.amazon.com/msk/latest/developerguide/zk-to-kraft-migration.html";

/// The version that the service offers for a release: its name for the newest one that is not newer.
struct Offer {
    /// `4.0.x`.
    name: String,
    release: Release,
    date: &'static str,
}

fn offers() -> Vec<Offer> {
    let versions = clients::product("amazon-msk").into_iter().flat_map(clients::versions);
    let mut offers: Vec<Offer> = versions
        .filter_map(|(name, carried)| {
            let is_minor = name.matches('.').count() == 1;
            let name = if is_minor { format!("{name}.x") } else { name.to_owned() };
            Some(Offer { name, release: inventory::release(carried.kafka)?, date: carried.date })
        })
        .collect();
    offers.order_by_key(|one| one.release);
    offers
}

/// The name under which the service upgrades to a release.
fn version(name: &str, mode: Mode) -> String {
    let release = inventory::release(name);
    let kraft = mode == Mode::Kraft && release.is_some_and(|release| release >= FIRST_KRAFT);
    if kraft { format!("{name}.kraft") } else { name.to_owned() }
}

/// Waits until nothing is under way any more.
const ACTIVE: &str = "until aws kafka describe-cluster-v2 --cluster-arn $CLUSTER_ARN --query ClusterInfo.State --output text | grep -q ACTIVE; do sleep 60; done";
/// Every change has to give the current version of the cluster.
const CURRENT: &str = "$(aws kafka describe-cluster-v2 --cluster-arn $CLUSTER_ARN --query ClusterInfo.CurrentVersion --output text)";

/// The name of the cluster, where a file of Terraform's has it.
fn cluster<'c>(writer: &'c Writer<'_, '_>) -> Option<&'c str> {
    let resources = writer.case.files.iter().flat_map(|read| &read.document.resources);
    let mut clusters = resources.filter(|one| one.kind == "aws_msk_cluster" && is_plain(&one.name));
    let (Some(one), None) = (clusters.next(), clusters.next()) else { return None };
    Some(&one.name)
}

fn upgrade(target: &str) -> String {
    format!(
        "aws kafka update-cluster-kafka-version --cluster-arn $CLUSTER_ARN --current-version {CURRENT} \
         --target-kafka-version {target} --configuration-info Arn=$CONFIGURATION_ARN,Revision=$REVISION"
    )
}

const LAST_OPERATION: &str = "aws kafka list-cluster-operations-v2 --cluster-arn $CLUSTER_ARN --max-results 5 --query 'ClusterOperationInfoList[].[OperationType,OperationState,StartTime]' --output text";

pub(super) fn write(writer: &mut Writer<'_, '_>, hops: &[Hop]) {
    let (Some(first), Some(last)) = (hops.first().copied(), hops.last().copied()) else { return };
    if last.to < writer.from {
        back(writer, first, last);
        return;
    }
    of_clients::before(writer, hops);
    let offers = offers();
    let fits = |to: Release| {
        let of_minor = offers.iter().rfind(|one| one.release.first_of_minor() == to.first_of_minor());
        of_minor.or_else(|| offers.iter().rfind(|one| one.release <= to))
    };
    let asked = writer.case.to;
    let Some(target) = fits(asked) else { return };
    prepare(writer, first, target, asked);
    settings(writer, asked.min(target.release));
    if writer.from < upgrade::BOUNDS_SEGMENTS && target.release >= upgrade::BOUNDS_SEGMENTS {
        upgrade::check_segments(writer, Hop { to: target.release, ..first });
    }
    let zookeeper =
        first.mode == Mode::Zookeeper || hops.iter().any(|hop| hop.kind == HopKind::MigrateToKraft);
    let mut at = writer.from;
    let bridge = fits(BRIDGE);
    if zookeeper {
        let end = if target.release >= WITHOUT_ZOOKEEPER { bridge } else { Some(target) };
        if let Some(end) = end.filter(|end| end.release.first_of_minor() > at.first_of_minor()) {
            roll(writer, at, end, Mode::Zookeeper);
            at = end.release;
        }
        if hops.iter().any(|hop| hop.kind == HopKind::MigrateToKraft) {
            migrate(writer, at);
        }
    }
    if target.release.first_of_minor() > at.first_of_minor() {
        roll(writer, at, target, Mode::Kraft);
        at = target.release;
    }
    finalize(writer, at);
    of_clients::after(writer, hops);
}

fn prepare(writer: &mut Writer<'_, '_>, first: Hop, target: &Offer, asked: Release) {
    let at = Hop { kind: HopKind::Prepare, to: first.from, ..first };
    writer.hop(at, "What Amazon MSK offers and requires".to_owned());
    let mut actions = Actions::default();
    actions.push(
        "aws kafka list-clusters-v2 --query 'ClusterInfoList[].[ClusterName,ClusterArn,State]' --output text",
    );
    actions.push(match cluster(writer) {
        Some(name) => format!(
            "CLUSTER_ARN=$(aws kafka list-clusters-v2 --cluster-name-filter {name} --query \
             'ClusterInfoList[0].ClusterArn' --output text)"
        ),
        None => "CLUSTER_ARN=  # of the cluster that is upgraded".to_owned(),
    });
    actions.push("BOOTSTRAP=$(aws kafka get-bootstrap-brokers --cluster-arn $CLUSTER_ARN --query 'BootstrapBrokerStringSaslIam || BootstrapBrokerStringTls || BootstrapBrokerString' --output text)");
    actions.push("aws kafka get-compatible-kafka-versions --cluster-arn $CLUSTER_ARN");
    actions.push("aws kafka list-kafka-versions --query 'KafkaVersions[].[Version,Status]' --output text");
    let missing = target.release.first_of_minor() < asked.first_of_minor();
    let (title, why) = if missing {
        (
            format!("Choose {}: Amazon MSK is not known to offer {}", target.name, minor(asked)),
            format!(
                "The list of supported versions from {} ends with {}, so the plan leads there. If the commands list \
                 {} today, use that version in the last upgrade of this plan instead. To run a release that MSK does \
                 not offer, copy the topics to another platform with MirrorMaker 2.",
                target.date,
                target.name,
                minor(asked)
            ),
        )
    } else {
        (
            format!("Check that the service offers {} for this cluster", target.name),
            format!(
                "MSK offered {} in its list of {}; which versions this cluster can go to directly depends on the one \
                 that it runs, on its type (Standard, Express) and on the region, and the fourth line lists them. A \
                 serverless cluster has no version: Amazon upgrades it, and only the clients are yours.",
                target.name, target.date
            ),
        )
    };
    writer.step(NewStep {
        id: format!("choose-target-{}", dashed(target.release)),
        title,
        why: &why,
        actions,
        verify: "TargetVersions of the fourth line has the version that the next upgrade goes to.",
        undo: Ok("Nothing was changed."),
    });
    let mut actions = Actions::from(vec![
        "aws kafka describe-cluster-v2 --cluster-arn $CLUSTER_ARN --query \
         'ClusterInfo.[State,CurrentVersion,Provisioned.CurrentBrokerSoftwareInfo]'",
        "aws kafka get-bootstrap-brokers --cluster-arn $CLUSTER_ARN",
        LAST_OPERATION,
    ]);
    actions.push(writer.under_replicated(first.from));
    writer.step(NewStep {
        id: format!("before-you-begin-{}", dashed(target.release)),
        title: "Before you begin: ACTIVE, nothing under-replicated, capacity for one broker less".to_owned(),
        why: "MSK restarts the brokers one at a time, and an upgrade cannot be undone. Topics need a replication factor of 2 or more (3 is better) and a min.insync.replicas below it; clients need brokers of more than one zone in bootstrap.servers; and the brokers have to use less than 60 % of their CPU (CpuUser + CpuSystem in CloudWatch), because each takes over its neighbour's partitions. No reassignment may be running. Run Kafka's tools on a machine in the VPC, from an unpacked release; with IAM they need aws-msk-iam-auth on the class path. MSK has no backup: first copy what must not be lost to S3 or to another cluster.",
        actions: actions.expect("ACTIVE"),
        verify: "The state is ACTIVE, no operation is under way, no partition is under-replicated (UnderReplicatedPartitions is 0 in CloudWatch).",
        undo: Ok("Nothing was changed."),
    });
}

fn settings(writer: &mut Writer<'_, '_>, to: Release) {
    let why = format!(
        "The brokers' settings are an MSK configuration with revisions; the upgrade names one. The findings list what \
         {} refuses: remove log.message.format.version and inter.broker.protocol.version before 4.x. You can set only \
         the keys of MSK's list: Amazon manages listeners, security, process.roles, zookeeper.connect, controller.* \
         and the number of disks. A new revision has no effect until the cluster uses it.",
        minor(to)
    );
    let mut actions = Actions::default();
    actions.push("aws kafka list-configurations --query 'Configurations[].[Name,Arn,LatestRevision.Revision]' --output text");
    actions.push("CONFIGURATION_ARN=  # of the configuration that the cluster uses");
    actions.push("aws kafka update-configuration --arn $CONFIGURATION_ARN --server-properties fileb://server.properties");
    actions.push("REVISION=$(aws kafka describe-configuration --arn $CONFIGURATION_ARN --query LatestRevision.Revision --output text)");
    actions.push("# if the configuration does not list the new version, create another one: aws kafka create-configuration --name NAME --server-properties fileb://server.properties");
    actions.push(writer.tool("kafka-configs.sh", "--describe --entity-type topics"));
    writer.step(NewStep {
        id: format!("change-settings-{}", dashed(to)),
        title: format!("Write a configuration revision that {} accepts", minor(to)),
        why: &why,
        actions,
        verify: "A check of server.properties and of the output of the last command for this target shows no error.",
        undo: Ok("Earlier revisions are kept; name the older one."),
    });
}

fn roll(writer: &mut Writer<'_, '_>, from: Release, to: &Offer, mode: Mode) {
    let hop = Hop { kind: HopKind::Upgrade, from, to: to.release, mode };
    writer.hop(hop, format!("Amazon MSK to {}", version(&to.name, mode)));
    let target = version(&to.name, mode);
    let mut actions = Actions::from(vec![upgrade(&target), ACTIVE.to_owned(), LAST_OPERATION.to_owned()]);
    actions.push(writer.under_replicated(to.release));
    let terraform = if cluster(writer).is_some() {
        " Write version and revision into Terraform's file as well, or its next apply finds a difference."
    } else {
        ""
    };
    let why = format!(
        "update-cluster-kafka-version restarts each broker on {target}; with the configuration revision in the same \
         call they restart once. The service raises the inter-broker protocol or the metadata version itself. If \
         get-compatible-kafka-versions does not list {target} for this cluster, first go to the newest that it \
         lists.{terraform}"
    );
    writer.step(NewStep {
        id: format!("roll-brokers-{}", dashed(to.release)),
        title: format!("Upgrade the cluster to {target}"),
        why: &why,
        actions: actions.expect("UPDATE_COMPLETE"),
        verify: "The operation is UPDATE_COMPLETE, the state ACTIVE, no partition is under-replicated, and clients work. An operation that ends in UPDATE_FAILED leaves the cluster on its version: its ErrorInfo (describe-cluster-operation-v2) gives the reason; correct it and call again. In the state HEALING, wait.",
        undo: Err("MSK does not downgrade. If you have to be able to go back, set up a cluster of the old version before this step, with MirrorMaker 2 between them."),
    });
}

fn migrate(writer: &mut Writer<'_, '_>, at: Release) {
    let hop = Hop { kind: HopKind::MigrateToKraft, from: at, to: at, mode: Mode::Kraft };
    writer.hop(hop, "From ZooKeeper to KRaft in place, on 3.9.x".to_owned());
    let mut actions = Actions::default();
    actions.push("aws kafka describe-cluster-v2 --cluster-arn $CLUSTER_ARN --query 'ClusterInfo.Provisioned.[BrokerNodeGroupInfo.InstanceType,BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess,OpenMonitoring,length(BrokerNodeGroupInfo.ClientSubnets)]'");
    actions.push(writer.tool("kafka-configs.sh", "--describe --entity-type brokers"));
    actions.push(format!(
        "aws kafka update-connectivity --cluster-arn $CLUSTER_ARN --current-version {CURRENT} --zookeeper-access \
         Enabled=false"
    ));
    actions.push(ACTIVE);
    let why = format!(
        "Since August 2026 MSK migrates clusters in place, older ones too. The conditions: the cluster runs 3.9.x and \
         is ACTIVE; Standard brokers are in three availability zones and are not kafka.t3.small; access of clients to \
         ZooKeeper is off (third line; Express has none); public access and open monitoring are not both on; \
         advertised.listeners is not set dynamically (second line). Every tool and client has to use the brokers \
         (--bootstrap-server): the ZooKeeper address is gone afterwards. See {MIGRATION}. If a cluster cannot fulfil \
         them, copy it to a new one of 3.9.x.kraft with MirrorMaker 2 or MSK Replicator."
    );
    writer.step(NewStep {
        id: "migrate-meet-conditions".to_owned(),
        title: "Prepare the cluster for the migration".to_owned(),
        why: &why,
        actions,
        verify: "Three subnets and an instance type other than kafka.t3.small are printed; the second command prints no advertised.listeners; the state is ACTIVE again.",
        undo: Ok("Switch access to ZooKeeper on again with Enabled=true."),
    });
    let mut actions =
        Actions::from(vec![upgrade("3.9.x.kraft"), ACTIVE.to_owned(), LAST_OPERATION.to_owned()]);
    actions.push(writer.under_replicated(at));
    writer.step(NewStep {
        id: "migrate-brokers-to-kraft".to_owned(),
        title: "Migrate with the target version 3.9.x.kraft".to_owned(),
        why: "The same call as for an upgrade, with a version that ends in .kraft: MSK adds controllers, rolls the brokers until they register with them, and removes the ZooKeeper nodes. The cluster serves clients meanwhile; do not change topics or settings. Rehearse it on a cluster of the same shape.",
        actions: actions.expect("UPDATE_COMPLETE"),
        verify: "The operation is UPDATE_COMPLETE, CurrentBrokerSoftwareInfo shows 3.9.x.kraft, no partition is under-replicated, and ActiveControllerCount in CloudWatch sums to 1.",
        undo: Err("There is no way back to ZooKeeper; if the operation fails, MSK keeps the cluster on 3.9.x and its support goes on from there."),
    });
}

fn finalize(writer: &mut Writer<'_, '_>, at: Release) {
    let hop = Hop { kind: HopKind::Finalize, from: at, to: at, mode: Mode::Kraft };
    writer.hop(hop, "After the upgrade".to_owned());
    writer.step(NewStep {
        id: format!("finalize-metadata-{}", dashed(at)),
        title: "Check what the service finalised".to_owned(),
        why: "MSK raises the inter-broker protocol, the metadata version and features itself at the end of an upgrade; there is nothing to run, and its brokers do not let customers do it. The list shows which group and transaction protocols clients get.",
        actions: Actions::from(vec![writer.tool("kafka-features.sh", "describe")]),
        verify: "metadata.version is that of the new release. If the brokers refuse the command, nothing is wrong.",
        undo: Err("MSK does not lower what it finalised."),
    });
}

fn back(writer: &mut Writer<'_, '_>, first: Hop, last: Hop) {
    writer.hop(Hop { kind: HopKind::Prepare, ..first }, "No downgrade in place".to_owned());
    let why = format!(
        "MSK does not downgrade a cluster. Create a new one with {} and copy topics and groups to it with MirrorMaker \
         2 or MSK Replicator; move the clients when the copy has caught up.",
        minor(last.to)
    );
    writer.step(NewStep {
        id: format!("new-cluster-{}", dashed(last.to)),
        title: format!("Create a new cluster of {} and copy to it", minor(last.to)),
        why: &why,
        actions: Actions::from(vec![
            "aws kafka create-cluster-v2 --cluster-name NAME --provisioned file://provisioned.json",
        ]),
        verify: "The lag of the copy is 0 for every topic, and groups' offsets are there.",
        undo: Ok("The old cluster is untouched; move the clients back."),
    });
}
