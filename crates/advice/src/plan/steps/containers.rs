//! Plans for brokers in containers: Compose, plain manifests of Kubernetes, and charts.
//!
//! A node's release is its image, its settings are variables of it, and it is restarted by what started it. Checks,
//! topics' settings and finalising are those of any cluster, run in a container. What is *not* here: scripts that start,
//! stop or format a node; the images do that.

mod draft;
mod image;
mod migrate;
mod names;

use kafka_upgrade_catalog::Platform;
use kafka_upgrade_report::{Action, HopKind, Mode};

use self::names::Names;
use super::actions::Actions;
use super::{NewStep, Writer, clients, dashed, finalize, minor, upgrade};
use crate::plan::route::{Leg, PRODUCTION, WITHOUT_ZOOKEEPER, ZOOKEEPER_3_8};

/// How tools run in a container, up to the tool, and how their names end there.
pub(super) fn tools(writer: &Writer<'_, '_>) -> (String, &'static str) {
    let names = Names::of(writer);
    let (folder, ending) = names.image().tools();
    (format!("{}{folder}", names.exec()), ending)
}

pub(super) fn write(writer: &mut Writer<'_, '_>, legs: &[Leg]) {
    let names = Names::of(writer);
    let back = writer.case.to < writer.from;
    if !back {
        clients::before(writer, legs);
    }
    for leg in legs {
        match leg.kind {
            HopKind::Upgrade => roll_leg(writer, &names, *leg, back),
            HopKind::MigrateToKraft => migrate::write(writer, &names, *leg),
            HopKind::Finalize if leg.mode == Mode::Zookeeper && !back => raise(writer, &names, *leg),
            HopKind::Finalize => finalize::write(writer, *leg),
            HopKind::Prepare | HopKind::Clients => {}
        }
    }
    if !back {
        clients::after(writer, legs);
    }
}

fn roll_leg(writer: &mut Writer<'_, '_>, names: &Names, leg: Leg, back: bool) {
    let patch = leg.from.first_of_minor() == leg.to.first_of_minor();
    let verb = if back { "back to" } else { "to" };
    writer.hop(leg, format!("Containers {verb} Kafka {}", leg.to));
    if !back {
        upgrade::choose_patch(writer, leg.to, "broker", "");
        if leg.from == writer.from {
            before(writer, names, leg);
        }
        choose_image(writer, names, leg);
        if leg.mode == Mode::Zookeeper && leg.from == writer.from && !patch {
            pin(writer, names, leg);
        }
        upgrade::settings(writer, leg);
        if leg.from < upgrade::BOUNDS_SEGMENTS && leg.to >= upgrade::BOUNDS_SEGMENTS {
            upgrade::check_segments(writer, leg);
        }
        let crosses = leg.from < WITHOUT_ZOOKEEPER && leg.to >= WITHOUT_ZOOKEEPER;
        if crosses && writer.finalized <= writer.from && leg.mode == Mode::Kraft {
            upgrade::check_features(writer, leg);
        }
        if leg.mode == Mode::Zookeeper && leg.from < ZOOKEEPER_3_8 && leg.to >= ZOOKEEPER_3_8 {
            check_zookeeper(writer, names, leg);
        }
    }
    roll(writer, names, leg, back);
    if !patch && !back {
        upgrade::verify(writer, leg);
    }
}

fn before(writer: &mut Writer<'_, '_>, names: &Names, leg: Leg) {
    let mut actions = Actions::from(vec![writer.brokers(leg.from), writer.under_replicated(leg.from)]);
    match names.platform {
        Platform::Compose => {
            actions.push("docker compose config > compose-before.yml");
            actions.push("docker compose ps -a");
            actions.push("docker volume ls");
            actions.push("# for every volume of a node, while its service is stopped: docker run --rm -v VOLUME:/from:ro -v $PWD:/to busybox tar czf /to/VOLUME.tar.gz -C /from .");
        }
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
        id: format!("before-you-begin-{}", dashed(leg.to)),
        title: "Before you begin: all nodes up, nothing moving, data in volumes, a backup".to_owned(),
        why: &why,
        actions,
        verify: "Every broker answers, no partition is under-replicated, every node's data is in a volume, and the backups are elsewhere.",
        undo: Ok("Nothing was changed."),
    });
}

fn choose_image(writer: &mut Writer<'_, '_>, names: &Names, leg: Leg) {
    let image = names.image();
    let mut actions = Actions::default();
    let new = image.at(leg.to, leg.mode);
    if names.platform == Platform::Helm {
        actions.push("helm show chart oci://registry-1.docker.io/bitnamicharts/kafka --version $CHART");
        actions.push("helm show values oci://registry-1.docker.io/bitnamicharts/kafka --version $CHART > values-new.yaml");
    }
    actions.push(format!("docker pull {new}"));
    actions.push(format!("docker run --rm --entrypoint id {new}"));
    actions.push(format!("docker run --rm --entrypoint java {new} $KAFKA_JVM_PERFORMANCE_OPTS $KAFKA_GC_LOG_OPTS $KAFKA_OPTS -version"));
    let chart = if names.platform == Platform::Helm {
        format!(" {}", image::chart(leg.to, leg.mode))
    } else {
        String::new()
    };
    let why = format!(
        "{}{chart} The image contains its own Java, so the JVM options in its variables (KAFKA_JVM_PERFORMANCE_OPTS, \
         KAFKA_GC_LOG_OPTS, KAFKA_OPTS, KAFKA_HEAP_OPTS) have to be ones that this Java knows: the last line prints a \
         version, or the option that would keep the container from starting.",
        image.advice(leg.to, leg.mode)
    );
    writer.step(NewStep {
        id: format!("choose-image-{}", dashed(leg.to)),
        title: format!("Choose the image for {}: {new}", leg.to),
        why: &why,
        actions,
        verify: "The image can be pulled; the user id that it prints owns the data in the volumes (otherwise chown them once, while the node is stopped); Java prints its version.",
        undo: Ok("Nothing was changed."),
    });
}

fn pin(writer: &mut Writer<'_, '_>, names: &Names, leg: Leg) {
    let image = names.image();
    let from = minor(leg.from);
    let variable = image.variable("inter.broker.protocol.version");
    let mut actions = Actions::default();
    actions.push(Action::Put {
        on: "each broker".to_owned(),
        path: names.settings(),
        what: format!("with {variable}: \"{from}\""),
    });
    writer.step(NewStep {
        id: format!("pin-protocol-{}", dashed(leg.to)),
        title: format!("Pin the inter-broker protocol to {from}"),
        why: "During the rolling upgrade brokers of both releases talk to each other. As long as this is set, you can roll back. It takes effect with the new image, in the same restart.",
        actions,
        verify: "Every broker has the line, in quotes: 3.10 without them is the number 3.1.",
        undo: Ok("Remove the line while all brokers still run the old release."),
    });
}

fn check_zookeeper(writer: &mut Writer<'_, '_>, names: &Names, leg: Leg) {
    let actions = Actions::from(vec![
        names.exec_zookeeper("zkServer.sh version"),
        names.exec_zookeeper("zkServer.sh status"),
    ]);
    writer.step(NewStep {
        id: format!("check-zookeeper-{}", dashed(leg.to)),
        title: "Check that ZooKeeper's image is 3.5 or newer".to_owned(),
        why: "From 3.6 on, brokers use a ZooKeeper client that does not work with servers before 3.5; Kafka's upgrade notes ask for 3.8.3 or newer. Change ZooKeeper's image before any broker's, one server at a time.",
        actions,
        verify: "Every server reports 3.5 or newer, preferably 3.8.3 or newer.",
        undo: Ok("Go back to ZooKeeper's old image while no broker of the new release runs."),
    });
}

fn roll(writer: &mut Writer<'_, '_>, names: &Names, leg: Leg, back: bool) {
    let image = names.image();
    let new = image.at(leg.to, leg.mode);
    let mut actions = Actions::default();
    if leg.mode == Mode::Kraft && leg.from >= PRODUCTION {
        actions.push(writer.tool("kafka-metadata-quorum.sh", "describe --status"));
    }
    let change = match names.platform {
        Platform::Compose => format!("with image: {new}"),
        Platform::Helm => {
            let (repository, tag) = new.rsplit_once(':').unwrap_or((&new, ""));
            format!("with image.repository: {repository} and image.tag: {tag}")
        }
        _ => format!("with image: {new} (kubectl set image does the same)"),
    };
    if writer.case.mode == Some(Mode::Zookeeper) && leg.mode == Mode::Kraft {
        let controllers = match names.platform {
            Platform::Helm => "the controllers roll with the same command, before the brokers".to_owned(),
            Platform::Compose => "first controller1, controller2 and controller3, one at a time, the active one last: the image, stop and up as below".to_owned(),
            _ => "first the pods of StatefulSet kafka-controller, one at a time, the active one last: the image, apply and delete as below".to_owned(),
        };
        actions.push(Action::Note { text: controllers });
    }
    actions.extend(names.roll(&change));
    actions.push(writer.under_replicated(leg.to));
    if leg.mode == Mode::Kraft && leg.to >= PRODUCTION {
        actions.push(writer.tool("kafka-metadata-quorum.sh", "describe --replication"));
    }
    let drafted = " A draft of the file has the new image and what that image needs; it does not have the changes that the findings ask for.";
    let how = match names.platform {
        Platform::Compose => {
            "One service at a time: controllers first, then brokers; `docker compose up -d` without a name would \
             restart all at once. The stop waits up to 300 seconds for a controlled shutdown (Compose's default of 10 \
             seconds kills the broker). A cluster of one node is down while it restarts."
        }
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
    } else if leg.mode == Mode::Kraft {
        format!(
            "Go back to the image of {} in the same way: possible until the metadata version is finalised.",
            leg.from
        )
    } else {
        format!(
            "Go back to the image of {} in the same way: possible as long as the protocol is pinned.",
            leg.from
        )
    };
    let id = format!("roll-brokers-{}", dashed(leg.to));
    writer.step(NewStep {
        id: id.clone(),
        title: format!("Restart every node with the image of {}, one at a time", leg.to),
        why: &if writer.case.mode == Some(Mode::Kraft) && !back { format!("{how}{drafted}") } else { how.to_owned() },
        actions,
        verify: "Before you stop the next node: the previous one is up with the new image, no partition is under-replicated, and its log has no FATAL and no recurring ERROR.",
        undo: Ok(&undo),
    });
    draft::draft(writer, names, leg, &id);
}

fn raise(writer: &mut Writer<'_, '_>, names: &Names, leg: Leg) {
    let to = minor(leg.to);
    writer.hop(leg, format!("Inter-broker protocol to {to}"));
    let image = names.image();
    let variable = image.variable("inter.broker.protocol.version");
    let mut actions = Actions::from(names.roll(&format!("with {variable}: \"{to}\"")));
    actions.push(writer.under_replicated(leg.to));
    let why = "All brokers run the new image, so they can use its protocol. Remove a variable for log.message.format.version at the same time.";
    finalize::raise_step(writer, leg, why, actions);
    writer.finalized = leg.to;
}
