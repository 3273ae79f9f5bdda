//! Plans for brokers in containers: Compose, plain manifests of Kubernetes, and charts.
//!
//! A node's release is its image, its settings are variables of it, and it is restarted by what started it. Checks,
//! topics' settings and finalising are those of any cluster, run in a container. What is *not* here: scripts that start,
//! stop or format a node; the images do that.

mod commands;
mod compose_file;
mod draft;
mod image;
mod migrate;
mod names;
mod runner;

use kafka_upgrade_catalog::Platform;
use kafka_upgrade_report::{Action, HopKind, Mode};

use self::names::Names;
use self::runner::Runner;
use super::actions::Actions;
use super::{NewStep, Writer, clients, dashed, finalize, minor, upgrade};
use crate::plan::upgrade_path::{Hop, PRODUCTION, WITHOUT_ZOOKEEPER, ZOOKEEPER_3_8};

/// How tools run in a container, up to the tool, and how their names end there.
pub(super) fn tools(writer: &Writer<'_, '_>) -> (String, &'static str) {
    let names = Names::of(writer);
    if names.runner == Runner::Ecs {
        return ("bin/".to_owned(), ".sh");
    }
    let (folder, ending) = names.image().tools();
    (format!("{}{folder}", names.exec()), ending)
}

/// The file with credentials that tools use where they run.
pub(super) fn credentials(writer: &Writer<'_, '_>) -> &'static str {
    if Names::of(writer).runner == Runner::Ecs {
        super::cluster::ON_MACHINES
    } else {
        super::cluster::IN_A_POD
    }
}

pub(super) fn write(writer: &mut Writer<'_, '_>, hops: &[Hop]) {
    let names = Names::of(writer);
    names.drafted.set(draft::begin(writer, &names));
    // Tools run on another machine than the task.
    if names.runner == Runner::Ecs && writer.cluster.servers.starts_with("localhost") {
        writer.cluster.servers = "$BOOTSTRAP".to_owned();
    }
    let back = writer.case.to < writer.from;
    if !back {
        clients::before(writer, hops);
    }
    for hop in hops {
        match hop.kind {
            HopKind::Upgrade => roll_hop(writer, &names, *hop, back),
            HopKind::MigrateToKraft => migrate::write(writer, &names, *hop),
            HopKind::Finalize if hop.mode == Mode::Zookeeper && !back => raise(writer, &names, *hop),
            HopKind::Finalize => finalize::write(writer, *hop),
            HopKind::Prepare | HopKind::Clients => {}
        }
    }
    if !back {
        clients::after(writer, hops);
    }
}

/// Whether Compose runs the containers, as far as anything shows what does.
pub(super) fn is_compose(writer: &Writer<'_, '_>) -> bool {
    Names::of(writer).runner == Runner::Compose
}

fn roll_hop(writer: &mut Writer<'_, '_>, names: &Names, hop: Hop, back: bool) {
    let patch = hop.from.first_of_minor() == hop.to.first_of_minor();
    let verb = if back { "back to" } else { "to" };
    writer.hop(hop, format!("Containers {verb} Kafka {}", hop.to));
    if !back {
        upgrade::choose_patch(writer, hop.to, "broker", "");
        before(writer, names, hop);
        choose_image(writer, names, hop);
        if hop.mode == Mode::Zookeeper && hop.from == writer.from && !patch {
            pin(writer, names, hop);
        }
        upgrade::settings(writer, hop);
        if hop.from < upgrade::BOUNDS_SEGMENTS && hop.to >= upgrade::BOUNDS_SEGMENTS {
            upgrade::check_segments(writer, hop);
        }
        let crosses = hop.from < WITHOUT_ZOOKEEPER && hop.to >= WITHOUT_ZOOKEEPER;
        if crosses && writer.finalized <= writer.from && hop.mode == Mode::Kraft && !writer.migrated() {
            upgrade::check_features(writer, hop);
        }
        if hop.mode == Mode::Zookeeper && hop.from < ZOOKEEPER_3_8 && hop.to >= ZOOKEEPER_3_8 {
            check_zookeeper(writer, names, hop);
        }
    }
    roll(writer, names, hop, back);
    if !patch && !back {
        upgrade::verify(writer, hop);
    }
}

fn before(writer: &mut Writer<'_, '_>, names: &Names, hop: Hop) {
    // The volumes of all nodes are backed up, whichever of them hold metadata.
    if writer.plan.steps.iter().any(|step| step.id.starts_with("before-you-begin")) {
        return;
    }
    let mut actions = Actions::from(vec![writer.brokers(hop.from), writer.under_replicated(hop.from)]);
    match names.platform {
        Platform::Compose => actions.extend(names.written_down()),
        Platform::Helm => {
            actions.push(format!("helm list{}", names.namespace));
            actions.push(format!("helm get values{} RELEASE -o yaml > values-before.yaml", names.namespace));
            actions.push(format!("kubectl{} get pods,pvc", names.namespace));
        }
        _ => {
            actions.push(format!(
                "kubectl{} get statefulset,configmap,service,pvc -o yaml > kafka-before.yaml",
                names.namespace
            ));
            actions.push(format!("kubectl{} get pods", names.namespace));
        }
    }
    let volumes = match names.platform {
        Platform::Compose => {
            "A node whose data is not in a volume loses it when its container is recreated: first check that every \
             broker, controller and ZooKeeper server has a named volume (or a bind mount) for its data."
        }
        _ => {
            "The data is in the persistent volume claims; a volume snapshot of each is the backup. Check that a \
             PodDisruptionBudget allows only one pod to be down."
        }
    };
    let release = if names.platform == Platform::Helm {
        " RELEASE stands for the name in the first column of the list."
    } else {
        ""
    };
    let why = format!("Start with every broker up and no reassignment running. {volumes}{release}");
    writer.step(NewStep {
        id: format!("before-you-begin-{}", dashed(hop.to)),
        title: "Before you begin: all nodes up, nothing moving, data in volumes, a backup".to_owned(),
        why: &why,
        actions,
        verify: "Every broker answers, no partition is under-replicated, every node's data is in a volume, and the backups are elsewhere.",
        undo: Ok("Nothing was changed."),
    });
}

fn choose_image(writer: &mut Writer<'_, '_>, names: &Names, hop: Hop) {
    let image = names.image();
    let mut actions = Actions::default();
    let new = names.image_at(hop.to, hop.mode);
    if names.platform == Platform::Helm {
        actions.push("helm show chart oci://registry-1.docker.io/bitnamicharts/kafka --version $CHART");
        actions.push("helm show values oci://registry-1.docker.io/bitnamicharts/kafka --version $CHART > values-new.yaml");
    }
    actions.push(format!("docker pull {new}"));
    actions.push(format!("docker run --rm --entrypoint id {new}"));
    actions.push(format!("docker run --rm --entrypoint java {new} $KAFKA_JVM_PERFORMANCE_OPTS $KAFKA_GC_LOG_OPTS $KAFKA_OPTS -version"));
    let chart = if names.platform == Platform::Helm {
        format!(" {}", image::chart(hop.to, hop.mode))
    } else {
        String::new()
    };
    let why = format!(
        "{}{chart} The image contains its own Java, so the JVM options in its variables (KAFKA_JVM_PERFORMANCE_OPTS, \
         KAFKA_GC_LOG_OPTS, KAFKA_OPTS, KAFKA_HEAP_OPTS) have to be ones that this Java knows: the last line prints a \
         version, or the option that would keep the container from starting.",
        if names.platform == Platform::Helm {
            image.advice_in_chart(hop.to, hop.mode)
        } else {
            image.advice(hop.to, hop.mode)
        }
    );
    writer.step(NewStep {
        id: format!("choose-image-{}", dashed(hop.to)),
        title: format!("Choose the image for {}: {new}", hop.to),
        why: &why,
        actions,
        verify: "The image can be pulled; the user id that it prints owns the data in the volumes (otherwise chown them once, while the node is stopped); Java prints its version.",
        undo: Ok("Nothing was changed."),
    });
}

fn pin(writer: &mut Writer<'_, '_>, names: &Names, hop: Hop) {
    let image = names.image();
    let from = minor(hop.from);
    let variable = image.variable("inter.broker.protocol.version");
    let mut actions = Actions::default();
    actions.push(Action::Put {
        on: "each broker".to_owned(),
        path: names.settings(),
        what: format!("with {variable}: \"{from}\""),
    });
    writer.step(NewStep {
        id: format!("pin-protocol-{}", dashed(hop.to)),
        title: format!("Pin the inter-broker protocol to {from}"),
        why: "During the rolling upgrade brokers of both releases talk to each other. As long as this is set, you can roll back. It takes effect with the new image, in the same restart.",
        actions,
        verify: "Every broker has the line, in quotes: 3.10 without them is the number 3.1.",
        undo: Ok("Remove the line while all brokers still run the old release."),
    });
}

fn check_zookeeper(writer: &mut Writer<'_, '_>, names: &Names, hop: Hop) {
    let actions = Actions::from(vec![
        names.exec_zookeeper("zkServer.sh version"),
        names.exec_zookeeper("zkServer.sh status"),
    ]);
    writer.step(NewStep {
        id: format!("check-zookeeper-{}", dashed(hop.to)),
        title: "Check that ZooKeeper's image is 3.5 or newer".to_owned(),
        why: "From 3.6 on, brokers use a ZooKeeper client that does not work with servers before 3.5; Kafka's upgrade notes ask for 3.8.3 or newer. Change ZooKeeper's image before any broker's, one server at a time.",
        actions,
        verify: "Every server reports 3.5 or newer, preferably 3.8.3 or newer.",
        undo: Ok("Go back to ZooKeeper's old image while no broker of the new release runs."),
    });
}

fn roll(writer: &mut Writer<'_, '_>, names: &Names, hop: Hop, back: bool) {
    let new = names.image_at(hop.to, hop.mode);
    let mut actions = Actions::default();
    if hop.mode == Mode::Kraft && hop.from >= PRODUCTION {
        actions.push(writer.tool("kafka-metadata-quorum.sh", "describe --status"));
    }
    let change = match names.platform {
        Platform::Compose => format!("with image: {new}"),
        Platform::Helm => {
            let (repository, tag) = new.rsplit_once(':').unwrap_or((&new, ""));
            let of = if names.is_subchart { "kafka." } else { "" };
            match repository.strip_prefix("$REGISTRY/") {
                Some(repository) => format!(
                    "with {of}image.registry: $REGISTRY, {of}image.repository: {repository} and {of}image.tag: {tag}"
                ),
                None => format!("with {of}image.repository: {repository} and {of}image.tag: {tag}"),
            }
        }
        _ => format!("with image: {new} (kubectl set image does the same)"),
    };
    if writer.case.mode == Some(Mode::Zookeeper) && hop.mode == Mode::Kraft {
        let controllers = match names.platform {
            Platform::Helm => "the controllers roll with the same command, before the brokers".to_owned(),
            Platform::Compose => "first controller1, controller2 and controller3, one at a time, the active one last: the image, stop and up as below".to_owned(),
            _ => "first the pods of StatefulSet kafka-controller, one at a time, the active one last: the image, apply and delete as below".to_owned(),
        };
        actions.push(Action::Note { text: controllers });
    }
    actions.extend(names.roll(&change));
    actions.push(writer.under_replicated(hop.to));
    if hop.mode == Mode::Kraft && hop.to >= PRODUCTION {
        actions.push(writer.tool("kafka-metadata-quorum.sh", "describe --replication"));
    }
    let drafted = " A draft of the file has the new image and what that image needs; it does not have the changes that the findings ask for.";
    let how = match names.platform {
        Platform::Compose => names.how_containers_roll(),
        Platform::Helm => {
            "The chart rolls controllers and brokers by their StatefulSets, the highest number first. \
             terminationGracePeriodSeconds has to be long enough for a controlled shutdown. CHART stands for the \
             version of the chart with this Kafka."
        }
        _ => {
            "With the strategy OnDelete nothing restarts until its pod is deleted: controllers first, the active one \
             (LeaderId) last, then brokers, one at a time. terminationGracePeriodSeconds has to be long enough for a \
             controlled shutdown, minutes rather than Kubernetes' default of 30 seconds."
        }
    };
    let undo = if back {
        "Go back to the newer image in the same way.".to_owned()
    } else if hop.mode == Mode::Kraft {
        format!(
            "Go back to the image of {} in the same way: possible until the metadata version is finalised.",
            hop.from
        )
    } else {
        format!(
            "Go back to the image of {} in the same way: possible as long as the protocol is pinned.",
            hop.from
        )
    };
    let id = format!("roll-brokers-{}", dashed(hop.to));
    let patch = hop.from.first_of_minor() == hop.to.first_of_minor();
    let pinned = (hop.mode == Mode::Zookeeper && hop.from == writer.from && !patch).then(|| minor(hop.from));
    let folder = hop.to.to_string();
    let edit = draft::on_image(names, hop, pinned.as_deref());
    let migrating = draft::change(writer, names, (&id, &folder), edit);
    writer.step(NewStep {
        id: id.clone(),
        title: format!("Restart every node with the image of {}, one at a time", hop.to),
        why: &if writer.case.mode == Some(Mode::Kraft) && !back {
            format!("{how}{}{drafted}", upgrade::ROLL_BREAKS_OFF)
        } else if migrating {
            format!("{how}{}{}", upgrade::ROLL_BREAKS_OFF, draft::DRAFTED)
        } else {
            format!("{how}{}", upgrade::ROLL_BREAKS_OFF)
        },
        actions,
        verify: "Before you stop the next node: the previous one is up with the new image, no partition is under-replicated, and its log has no FATAL and no recurring ERROR.",
        undo: Ok(&undo),
    });
    draft::draft(writer, names, hop, &id);
}

fn raise(writer: &mut Writer<'_, '_>, names: &Names, hop: Hop) {
    let to = minor(hop.to);
    writer.hop(hop, format!("Inter-broker protocol to {to}"));
    let image = names.image();
    let variable = image.variable("inter.broker.protocol.version");
    let mut actions = Actions::from(names.roll(&format!("with {variable}: \"{to}\"")));
    actions.push(writer.under_replicated(hop.to));
    let why = "All brokers run the new image, so they can use its protocol. Remove a variable for log.message.format.version at the same time. If it stops halfway, nothing is lost: brokers with either value work together. Mend the one that failed, then go on.";
    let folder = format!("protocol-{to}");
    let step = format!("raise-protocol-{}", dashed(hop.to));
    let drafted = draft::change(writer, names, (&step, &folder), draft::with_protocol(names, hop.to));
    let why = if drafted { format!("{why}{}", draft::DRAFTED) } else { why.to_owned() };
    finalize::raise_step(writer, hop, &why, actions);
    writer.finalized = hop.to;
}
