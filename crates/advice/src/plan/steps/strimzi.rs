//! Plans for Strimzi: releases of the operator, and fields and annotations of its resources.
//!
//! Which operator carries which Kafka comes from the catalog (Strimzi's own `kafka-versions.yaml`, with its date). The
//! ladder climbs from operator to operator over Kafka releases that both carry, so that a rung changes one thing.
//! What is *not* here: commands that stop or format nodes: the operator does both.

mod ladder;
mod migrate;

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::Resource;
use kafka_upgrade_report::{HopKind, Mode};

use self::ladder::{Ladder, Rung};
use super::actions::Actions;
use super::{NewStep, Writer, clients, dashed, is_plain, minor, upgrade};
use crate::levels;
use crate::plan::upgrade_path::{Hop, WITHOUT_ZOOKEEPER};

/// The last line of operators that runs ZooKeeper and migrates, and the first that does neither.
const LAST_WITH_ZOOKEEPER: &str = "0.45";
const FIRST_WITHOUT_ZOOKEEPER: &str = "0.46.0";

/// Names from the reader's files, or from Strimzi's own examples.
struct Names {
    cluster: String,
    /// ` -n NAMESPACE`, or nothing.
    namespace: String,
    /// A pod of a broker.
    pod: String,
    /// The Deployment of the operator, and ` -n NAMESPACE` or nothing.
    operator: (String, String),
    connects: Vec<String>,
    mirrors: Vec<String>,
    has_mirror_maker_1: bool,
    has_pools: bool,
    replicas: String,
    /// What the annotation says already.
    kraft: Option<String>,
    /// `spec.kafka.version`.
    version: Option<Release>,
    /// `spec.kafka.storage`, in the flow style of YAML.
    storage: Option<String>,
}

impl Names {
    fn of(writer: &Writer<'_, '_>) -> Self {
        let files = writer.case.files.iter().filter(|read| !read.is_part);
        let resources: Vec<&Resource> = files
            .flat_map(|read| &read.document.resources)
            .filter(|one| one.value("api").is_some_and(|api| api.contains("strimzi.io/")))
            .collect();
        let of_kind = |kind: &'static str| resources.iter().copied().filter(move |one| one.kind == kind);
        let named = |kind| -> Vec<String> {
            of_kind(kind).map(|one| one.name.clone()).filter(|name| is_plain(name)).collect()
        };
        let kafka = of_kind("Kafka").next();
        let cluster = kafka.map(|one| one.name.clone()).filter(|name| is_plain(name));
        let cluster = cluster.unwrap_or_else(|| "my-cluster".to_owned());
        let namespace = kafka.and_then(|one| one.namespace.as_deref()).filter(|name| is_plain(name));
        let pools: Vec<&Resource> = of_kind("KafkaNodePool").collect();
        let of_brokers =
            pools.iter().find(|pool| pool.value("roles").is_none_or(|roles| roles.contains("broker")));
        let pool = of_brokers.map(|pool| pool.name.as_str()).filter(|name| is_plain(name)).unwrap_or("kafka");
        let replicas = kafka.and_then(|one| one.value("replicas")).filter(|one| one.parse::<u32>().is_ok());
        let files = writer.case.files.iter().filter(|read| !read.is_part);
        let mut all = files.flat_map(|read| &read.document.resources);
        let operator = all.find(|one| one.value("role") == Some("operator") && is_plain(&one.name));
        let of_operator = operator.and_then(|one| one.namespace.as_deref()).filter(|name| is_plain(name));
        Self {
            pod: format!("{cluster}-{pool}-0"),
            operator: (
                operator.map_or_else(|| "strimzi-cluster-operator".to_owned(), |one| one.name.clone()),
                of_operator.map(|name| format!(" -n {name}")).unwrap_or_default(),
            ),
            namespace: namespace.map(|name| format!(" -n {name}")).unwrap_or_default(),
            connects: named("KafkaConnect"),
            mirrors: named("KafkaMirrorMaker2"),
            has_mirror_maker_1: of_kind("KafkaMirrorMaker").next().is_some(),
            has_pools: !pools.is_empty()
                || kafka.is_some_and(|one| one.value("node-pools") == Some("enabled")),
            replicas: replicas.unwrap_or("3").to_owned(),
            kraft: kafka.and_then(|one| one.value("kraft")).map(str::to_owned),
            version: kafka.and_then(|one| one.value("version")?.parse().ok()),
            storage: kafka.and_then(|one| one.value("storage")).map(str::to_owned),
            cluster,
        }
    }

    fn kubectl(&self, rest: &str) -> String {
        format!("kubectl{} {rest}", self.namespace)
    }

    fn kubectl_of_operator(&self, rest: &str) -> String {
        format!("kubectl{} {rest}/{}", self.operator.1, self.operator.0)
    }

    fn annotate(&self, annotation: &str) -> String {
        self.kubectl(&format!("annotate kafka {} {annotation} --overwrite", self.cluster))
    }

    /// Changes fields of the resource's `spec.kafka`, given as JSON without braces.
    fn patch(&self, fields: &str) -> String {
        self.kubectl(&format!(
            "patch kafka {} --type merge -p '{{\"spec\":{{\"kafka\":{{{fields}}}}}}}'",
            self.cluster
        ))
    }

    fn ready(&self) -> String {
        self.kubectl(&format!("wait kafka/{} --for=condition=Ready --timeout=30m", self.cluster))
    }
}

/// Whether both are patches of one minor.
fn same_minor(one: Release, other: Release) -> bool {
    one.first_of_minor() == other.first_of_minor()
}

/// How tools in a broker's pod reach it: the address, and whether they need credentials; as its resource has it.
pub(super) fn listener(writer: &Writer<'_, '_>) -> Option<(String, bool)> {
    let files = writer.case.files.iter().filter(|read| !read.is_part);
    let mut resources = files.flat_map(|read| &read.document.resources);
    let kafka = resources.find(|one| one.kind == "Kafka" && one.value("port").is_some())?;
    Some((format!("localhost:{}", kafka.value("port")?), kafka.value("secured").is_some()))
}

/// Prefix of tools that run in a broker's pod.
pub(super) fn tools(writer: &Writer<'_, '_>) -> String {
    let names = Names::of(writer);
    names.kubectl(&format!("exec {} -c kafka -- bin/", names.pod))
}

pub(super) fn write(writer: &mut Writer<'_, '_>, hops: &[Hop]) {
    let names = Names::of(writer);
    let ladder = Ladder::new();
    let (Some(first), Some(last)) = (hops.first(), hops.last()) else { return };
    if last.to < writer.from {
        back(writer, &names, *first, *last);
        return;
    }
    clients::before(writer, hops);
    let offered = ladder.offered(writer.case.to);
    let target = offered.unwrap_or(writer.case.to);
    prepare(writer, &names, &ladder, *first, target);
    let migrates = hops.iter().any(|hop| hop.kind == HopKind::MigrateToKraft);
    // Where only the minor was stated, the resource tells which patch runs.
    let mut at = names.version.filter(|one| same_minor(*one, writer.from)).unwrap_or(writer.from);
    if first.mode == Mode::Zookeeper || migrates {
        let end = ladder.bridge(at).min(target);
        climb(writer, &names, &ladder.rungs(at, end, Some(LAST_WITH_ZOOKEEPER)), &mut at, Mode::Zookeeper);
        if migrates {
            migrate::write(writer, &names, at, &ladder);
        }
    }
    if target > at {
        climb(writer, &names, &ladder.rungs(at, target, None), &mut at, Mode::Kraft);
    }
    if writer.case.to >= WITHOUT_ZOOKEEPER || first.mode == Mode::Kraft {
        finalize(writer, &names, at);
    }
    integrations(writer, &names, at);
    clients::after(writer, hops);
}

fn prepare(writer: &mut Writer<'_, '_>, names: &Names, ladder: &Ladder, first: Hop, target: Release) {
    let at = Hop { kind: HopKind::Prepare, to: first.from, ..first };
    writer.hop(at, "Before the upgrade".to_owned());
    let asked = writer.case.to;
    if target < asked {
        let why = format!(
            "No known operator supports {asked}: {} is the newest ({}, {}), and it supports Kafka up to {target}. The \
             plan leads to {target}, the newest that Strimzi offers; a later operator may support more, see \
             https://strimzi.io/downloads/.",
            ladder.newest(),
            ladder.source(),
            ladder.date()
        );
        writer.step(NewStep {
            id: format!("choose-target-{}", dashed(target)),
            title: format!("Choose {target}: Strimzi does not support {asked}"),
            why: &why,
            actions: Actions::default(),
            verify: "You have decided on the target, or have read the release notes of a newer operator.",
            undo: Ok("Nothing was changed."),
        });
    }
    let mut actions = Actions::default();
    actions.push(names.kubectl(
        "get kafka,kafkanodepool,kafkatopic,kafkauser,kafkaconnect,kafkaconnector,kafkamirrormaker2 -o yaml > \
         strimzi-backup.yaml",
    ));
    actions.push(names.kubectl(&format!(
        "get kafka {} -o jsonpath='{{.status.kafkaVersion}} {{.status.operatorLastSuccessfulVersion}} \
         {{.status.kafkaMetadataState}}'",
        names.cluster
    )));
    actions.push(names.kubectl(&format!("get pods -l strimzi.io/cluster={}", names.cluster)));
    actions.push(writer.under_replicated(first.from));
    actions.push(names.kubectl(&format!("get kafkarebalance -l strimzi.io/cluster={}", names.cluster)));
    let zookeeper = if writer.case.mode == Some(Mode::Zookeeper) {
        " Take volume snapshots of the ZooKeeper pods' claims as well (data-*-zookeeper-*): they hold the metadata."
    } else {
        " Take volume snapshots of the controllers' claims as well: they hold the metadata."
    };
    let tools = if writer.cluster.secured {
        format!(
            ": each of its listeners asks for TLS or a login, so {} stands for a file with security.protocol, the \
             truststore and the credentials of an administrator, which you put into the pod.",
            writer.cluster.admin
        )
    } else {
        ", against a listener without TLS; if every listener uses TLS or SASL they need --command-config with a file in the pod.".to_owned()
    };
    let why = format!(
        "The operator rolls pods itself, and waits only for what it can see. A running rebalance, or a pod that is \
         not ready, stops a rollout halfway. The resources are the configuration, so the first line is its \
         backup.{zookeeper} Tools run in the pod of a broker{tools}"
    );
    writer.step(NewStep {
        id: format!("before-you-begin-{}", dashed(target)),
        title: "Before you begin: every pod ready, nothing moving, a backup".to_owned(),
        why: &why,
        actions,
        verify: "The releases of Kafka and of the operator are printed; every pod is Running and ready, no partition is under-replicated, and no KafkaRebalance is Rebalancing.",
        undo: Ok("Nothing was changed."),
    });
    if names.has_mirror_maker_1 {
        writer.step(NewStep {
            id: "replace-mirror-maker-1-resource".to_owned(),
            title: "Replace the KafkaMirrorMaker resource with KafkaMirrorMaker2".to_owned(),
            why: "Operators from 0.46.0 on do not run MirrorMaker 1: its resource would be ignored and its pods removed. IdentityReplicationPolicy keeps the topics' names as they are.",
            actions: Actions::from(vec![names.kubectl("get kafkamirrormaker")]),
            verify: "No KafkaMirrorMaker resource is left; the KafkaMirrorMaker2 is Ready and has caught up.",
            undo: Ok("Apply the old resource again, as long as the operator is older than 0.46.0."),
        });
    }
    let why = format!(
        "The findings list what Kafka {target} refuses or interprets differently. The keys are in spec.kafka.config \
         of the Kafka resource, those of topics in KafkaTopic; the operator writes the broker's file from them, and \
         the broker starts only if it accepts the file. Kafka 4.x logs with Log4j 2: spec.kafka.logging and \
         ConfigMaps with Log4j 1 names change too."
    );
    let mut actions = Actions::from(vec![names.kubectl(&format!("get kafka {} -o yaml", names.cluster))]);
    actions.push(names.kubectl("get kafkatopic -o yaml"));
    writer.step(NewStep {
        id: format!("change-settings-{}", dashed(target)),
        title: format!("Prepare the resources' settings for {target}"),
        why: &why,
        actions,
        verify: "A check of the resources for this target shows no error.",
        undo: Ok("Apply the resources of the backup."),
    });
    if first.from < upgrade::BOUNDS_SEGMENTS && target >= upgrade::BOUNDS_SEGMENTS {
        upgrade::check_segments(writer, Hop { to: target, ..first });
    }
}

/// Adds a step for each rung: an operator, and the Kafka release that it brings the cluster to.
fn climb(writer: &mut Writer<'_, '_>, names: &Names, rungs: &[Rung], at: &mut Release, mode: Mode) {
    for rung in rungs {
        let hop = Hop { kind: HopKind::Upgrade, from: *at, to: rung.kafka, mode };
        writer.hop(hop, format!("Operator {} and Kafka {}", rung.operator, rung.kafka));
        if rung.needs_v1 {
            convert(writer, names, rung);
        }
        operator(writer, names, rung, *at);
        if rung.kafka != *at {
            kafka(writer, names, rung, *at, mode);
        }
        *at = rung.kafka;
    }
}

/// The resources become those of the `v1` API, which 1.0.0 alone understands.
fn convert(writer: &mut Writer<'_, '_>, names: &Names, rung: &Rung) {
    let why = "Operators from 1.0.0 on support only the v1 API. Convert the resources while an operator of 0.49 to 0.51 runs, which supports both v1beta2 and v1; if an older one runs, upgrade it to 0.51.0 first. Before 0.49, change KafkaUser resources to spec.authorization.acls[].operations instead of operation. The tool comes with those releases (v1-api-conversion).";
    let mut actions = Actions::default();
    let image = "-o jsonpath='{.spec.template.spec.containers[0].image}'";
    actions.push(format!("{} {image}", names.kubectl_of_operator("get deployment")));
    actions.push("bin/v1-api-conversion.sh convert-file --file kafka.yaml --in-place");
    actions.push("bin/v1-api-conversion.sh convert-resource --all-namespaces");
    actions.push("bin/v1-api-conversion.sh crd-upgrade");
    actions.push(names.kubectl("get crd kafkas.kafka.strimzi.io -o jsonpath='{.status.storedVersions}'"));
    writer.step(NewStep {
        id: format!("convert-resources-to-v1-{}", rung.dashed()),
        title: "Convert the resources to apiVersion kafka.strimzi.io/v1, before operator 1.0.0".to_owned(),
        why,
        actions: actions.expect("v1"),
        verify: "The last line shows v1 as the only stored version, and the files in version control have kafka.strimzi.io/v1.",
        undo: Ok("With an operator below 1.0.0 the resources can be applied as v1beta2 again."),
    });
}

fn operator(writer: &mut Writer<'_, '_>, names: &Names, rung: &Rung, at: Release) {
    let together = if rung.carries_before {
        String::new()
    } else {
        format!(
            " It does not support {at}: it reports the version as unsupported and does not touch the cluster until \
             spec.kafka.version is {} (next step), so do both without a pause.",
            rung.kafka
        )
    };
    let why = format!(
        "Operator {} supports Kafka {}. Replace its custom resource definitions first: Helm does not do that in an \
         upgrade. {}The brokers keep running; pods roll once if the new operator changes their image.{together}",
        rung.operator, rung.carries, rung.kubernetes
    );
    let release = &rung.operator;
    let mut actions = Actions::default();
    actions.push(format!(
        "kubectl replace -f \
         https://github.com/strimzi/strimzi-kafka-operator/releases/download/{release}/strimzi-crds-{release}.yaml"
    ));
    actions.push(format!(
        "helm{} upgrade strimzi-cluster-operator oci://quay.io/strimzi-helm/strimzi-kafka-operator --version {release} \
         --reuse-values",
        names.operator.1
    ));
    actions.push("# or, installed from files: kubectl replace -f install/cluster-operator (with the namespace in its RoleBindings)");
    actions.push(names.kubectl_of_operator("rollout status deployment"));
    actions.push(names.ready());
    writer.step(NewStep {
        id: format!("upgrade-operator-{}", rung.dashed()),
        title: format!("Upgrade the operator to {release}"),
        why: &why,
        actions,
        verify: "The operator's log names its release, and the Kafka resource is Ready with an observedGeneration that is its generation.",
        undo: Ok("Install the previous release of the operator again; the resource definitions of the newer one stay."),
    });
}

fn kafka(writer: &mut Writer<'_, '_>, names: &Names, rung: &Rung, from: Release, mode: Mode) {
    let to = rung.kafka;
    let mut actions = Actions::default();
    let (why, undo) = if mode == Mode::Zookeeper {
        let pinned = minor(from);
        actions.push(names.patch(&format!("\"config\":{{\"inter.broker.protocol.version\":\"{pinned}\"}}")));
        actions.push(names.patch(&format!("\"version\":\"{to}\"")));
        actions.push(names.ready());
        actions.push(writer.under_replicated(to));
        actions.push(
            names.patch(&format!("\"config\":{{\"inter.broker.protocol.version\":\"{}\"}}", minor(to))),
        );
        actions.push(names.ready());
        (
            format!(
                "The operator rolls the brokers one at a time when spec.kafka.version changes, the controller last. \
                 inter.broker.protocol.version stays at {pinned} until all run {to}, then it is raised with one more \
                 roll; log.message.format.version, if it is set, is raised in the same way. Change a spec.kafka.image \
                 of your own with the version."
            ),
            format!("Until the protocol is raised (the fifth line): set spec.kafka.version back to {from}."),
        )
    } else {
        let level = metadata_version(from);
        actions.push(names.patch(&format!("\"metadataVersion\":\"{level}\"")));
        actions.push(names.patch(&format!("\"version\":\"{to}\"")));
        actions.push(names.ready());
        actions.push(names.kubectl(&format!(
            "get pods -l strimzi.io/cluster={} -o jsonpath='{{range .items[*]}}{{.metadata.name}} \
             {{.spec.containers[0].image}}{{\"\\n\"}}{{end}}'",
            names.cluster
        )));
        actions.push(writer.under_replicated(to));
        (
            format!(
                "Set spec.kafka.metadataVersion to the level that is finalised now before you change \
                 spec.kafka.version: otherwise the operator raises the metadata version itself as soon as the roll is \
                 done, and you cannot go back. If {from} is not finalised yet, this finalises it. The operator rolls \
                 controllers before brokers, the active one last. Change a spec.kafka.image of your own with the \
                 version."
            ),
            format!(
                "Set spec.kafka.version back to {from}: possible as long as spec.kafka.metadataVersion is {level} and \
                 the operator supports {from}."
            ),
        )
    };
    let why = format!(
        "{why} If it stops halfway, nothing is lost: nodes of both releases work together, and the resource's \
         status.conditions and the operator's log name the pod that it waits for. Mend that; the operator goes on by \
         itself, or set the version back."
    );
    writer.step(NewStep {
        id: format!("roll-brokers-{}", dashed(to)),
        title: format!("Set spec.kafka.version to {to}"),
        why: &why,
        actions,
        verify: &format!("The Kafka resource is Ready and its status.kafkaVersion is {to}; every pod's image is of that release, no partition is under-replicated."),
        undo: Ok(&undo),
    });
}

/// What `spec.kafka.metadataVersion` holds for a release.
fn metadata_version(release: Release) -> String {
    levels::newest_level(release).map_or_else(|| minor(release), |version| version.name.to_owned())
}

fn finalize(writer: &mut Writer<'_, '_>, names: &Names, at: Release) {
    let hop = Hop { kind: HopKind::Finalize, from: at, to: at, mode: Mode::Kraft };
    writer.hop(hop, format!("Finalise {}", minor(at)));
    let level = metadata_version(at);
    let mut actions = Actions::from(vec![names.patch(&format!("\"metadataVersion\":\"{level}\""))]);
    actions.push(names.ready());
    actions.push(
        names.kubectl(&format!("get kafka {} -o jsonpath='{{.status.kafkaMetadataVersion}}'", names.cluster)),
    );
    let why = format!(
        "On this platform spec.kafka.metadataVersion finalises the release; run a day of normal load first. The \
         operator raises only metadata.version. Other features (group.version, transaction.version, \
         eligible.leader.replicas.version) stay where they are, and so does kraft.version. Do not run \
         kafka-features.sh upgrade --release-version {} in a pod: it would raise them all, make the static quorum \
         that the operator sets up dynamic permanently, and set the cluster's min.insync.replicas.",
        minor(at)
    );
    writer.step(NewStep {
        id: format!("finalize-metadata-{}", dashed(at)),
        title: format!("Set spec.kafka.metadataVersion to {level}"),
        why: &why,
        actions: actions.expect(level.clone()),
        verify: &format!("The last line prints {level}, and the resource has no warning about the metadata version."),
        undo: Err("The operator lowers the metadata version only where Kafka can do it without loss: not across a change of the metadata format. Treat this as the point of no return."),
    });
}

fn integrations(writer: &mut Writer<'_, '_>, names: &Names, at: Release) {
    if names.connects.is_empty() && names.mirrors.is_empty() {
        return;
    }
    let hop = Hop { kind: HopKind::Clients, from: writer.from, to: at, mode: Mode::Kraft };
    writer.hop(hop, format!("Connect and MirrorMaker 2 to {at}"));
    let mut actions = Actions::default();
    for (kind, name) in names
        .connects
        .iter()
        .map(|name| ("kafkaconnect", name))
        .chain(names.mirrors.iter().map(|name| ("kafkamirrormaker2", name)))
    {
        actions.push(names.kubectl(&format!(
            "patch {kind} {name} --type merge -p '{{\"spec\":{{\"version\":\"{at}\"}}}}'"
        )));
        actions.push(names.kubectl(&format!("wait {kind}/{name} --for=condition=Ready --timeout=30m")));
    }
    actions.push(names.kubectl("get kafkaconnector"));
    writer.step(NewStep {
        id: "roll-connect-resources".to_owned(),
        title: "Set spec.version of KafkaConnect and KafkaMirrorMaker2".to_owned(),
        why: "Without spec.version they follow the operator's default immediately; with it you choose when, after the brokers. Rebuild an image of your own on the new base, with plugins that run on Java 17. The user and topic operators are upgraded with the cluster operator and need no step.",
        actions,
        verify: "Every resource is Ready, and every connector and task is RUNNING.",
        undo: Ok("Set spec.version to the previous release, as long as the operator supports it."),
    });
}

fn back(writer: &mut Writer<'_, '_>, names: &Names, first: Hop, last: Hop) {
    let to = last.to;
    writer.hop(
        Hop { kind: HopKind::Upgrade, from: first.from, to, mode: last.mode },
        format!("Back to Kafka {to}"),
    );
    let level = metadata_version(to);
    let mut actions = Actions::default();
    if last.mode == Mode::Kraft {
        actions.push(names.patch(&format!("\"metadataVersion\":\"{level}\"")));
        actions.push(names.ready());
        actions.push(
            names.kubectl(&format!(
                "get kafka {} -o jsonpath='{{.status.kafkaMetadataVersion}}'",
                names.cluster
            )),
        );
    }
    actions.push(names.patch(&format!("\"version\":\"{to}\"")));
    actions.push(names.ready());
    writer.step(NewStep {
        id: format!("roll-brokers-{}", dashed(to)),
        title: format!("Set spec.kafka.version back to {to}"),
        why: "The operator lowers the metadata version where Kafka can do it, then rolls the nodes. It has to support the older release: an operator that does not will not touch the cluster.",
        actions,
        verify: "The metadata version is the older one before the version changes, and the resource is Ready at the end.",
        undo: Ok("Set the newer version again."),
    });
}
