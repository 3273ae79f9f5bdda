//! Bringing brokers and controllers to another release, one after the other.

use kafka_upgrade_catalog::clients::ProductKind;
use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_report::{HopKind, Mode};

use super::{Draft, Writer, dashed, minor, mode_word};
use crate::patches;
use crate::plan::route::{Leg, PRODUCTION, WITHOUT_ZOOKEEPER, ZOOKEEPER_3_8};

/// First releases whose kafka-configs.sh shows all settings of a broker, and those of topics, by way of the brokers.
const CONFIGS_BY_BROKERS: Release = Release::new(2, 5, 0);
/// First release whose kafka-consumer-groups.sh takes all groups at once.
const ALL_GROUPS: Release = Release::new(2, 4, 0);
/// First release that counts requests in versions that 4.0 refuses (KIP-896).
const COUNTS_OLD_REQUESTS: Release = Release::new(3, 7, 0);
/// First release that tells which client software is connected (KIP-511).
const TELLS_CLIENTS: Release = Release::new(2, 5, 0);
/// First release where the JMX tool has its class of today.
const JMX_TOOL: Release = Release::new(3, 5, 0);

pub(super) fn write(writer: &mut Writer<'_, '_>, leg: Leg) {
    let back = leg.to < leg.from;
    let crosses = leg.from < WITHOUT_ZOOKEEPER && leg.to >= WITHOUT_ZOOKEEPER;
    if crosses {
        let at = Leg { kind: HopKind::Prepare, to: leg.from, ..leg };
        writer.hop(at, format!("What {} needs first", leg.to));
        check_clients(writer, leg);
        java(writer, leg);
    }
    let verb = if back { "back to" } else { "to" };
    writer.hop(leg, format!("Brokers {verb} {}, in {} mode", leg.to, mode_word(leg.mode)));
    // Patches of one minor know the same protocol and metadata versions.
    let patch = leg.from.first_of_minor() == leg.to.first_of_minor();
    if back {
        if leg.mode == Mode::Zookeeper && !patch {
            check_protocol(writer, leg);
        }
        roll(writer, leg, patch);
        return;
    }
    choose_patch(writer, leg.to, "broker", "");
    settings(writer, leg);
    if crosses && writer.finalized == writer.from && leg.mode == Mode::Kraft {
        check_features(writer, leg);
    }
    if leg.mode == Mode::Zookeeper && leg.from < ZOOKEEPER_3_8 && leg.to >= ZOOKEEPER_3_8 {
        check_zookeeper(writer, leg);
    }
    // Once pinned it stays so until the protocol is raised at the end.
    if leg.mode == Mode::Zookeeper && leg.from == writer.from && !patch {
        pin_protocol(writer, leg);
    }
    roll(writer, leg, patch);
    if !patch {
        verify(writer, leg);
    }
}

/// Where a release has a fault that a later patch of its minor mends; `of` stands before the releases.
pub(super) fn choose_patch(writer: &mut Writer<'_, '_>, to: Release, component: &str, of: &str) {
    let Some(better) = patches::better(to, component) else { return };
    writer.step(Draft {
        id: format!("choose-patch-of-{component}-{}", dashed(to)),
        title: format!("Take {of}{better} instead of {to}"),
        why: &format!(
            "{} Choose {better} as the target for a plan that leads there.",
            patches::why(to, component)
        ),
        commands: Vec::new(),
        verify: &format!("What gets installed is {of}{better}."),
        undo: Ok("Nothing was changed."),
    });
}

/// How to look at a metric of a broker.
pub(super) fn metric(at: Release, name: &str) -> String {
    let class = if at < JMX_TOOL { "kafka.tools.JmxTool" } else { "org.apache.kafka.tools.JmxTool" };
    format!(
        "bin/kafka-run-class.sh {class} --jmx-url service:jmx:rmi:///jndi/rmi://localhost:9999/jmxrmi --object-name \
         '{name}' --one-time true"
    )
}

/// The names and versions of connected clients, where a release tells them.
pub(super) fn connected_clients(at: Release) -> Option<String> {
    const NAME: &str =
        "kafka.server:type=socket-server-metrics,clientSoftwareName=*,clientSoftwareVersion=*,*";
    (at >= TELLS_CLIENTS).then(|| metric(at, NAME))
}

fn check_clients(writer: &mut Writer<'_, '_>, leg: Leg) {
    const COUNTED: &str = "kafka.network:type=RequestMetrics,name=DeprecatedRequestsPerSec,*";
    let counts = leg.from >= COUNTS_OLD_REQUESTS;
    let commands = if counts {
        vec![metric(leg.from, COUNTED)]
    } else {
        connected_clients(leg.from).into_iter().collect()
    };
    let (why, verify) = if counts {
        (
            "These brokers count requests in versions that 4.0 refuses, by API, version and client software. Older patches count a few that 4.0 still takes. The port is what JMX_PORT says.",
            "DeprecatedRequestsPerSec stays at 0 on every broker for a whole cycle of batch jobs, or is not there at all.",
        )
    } else {
        (
            "Brokers of 3.7 to 3.9 count requests in versions that 4.0 refuses; these do not, but tell which client software is connected. The port is what JMX_PORT says.",
            "No client is connected that the matrix shows as refused, nor one whose name is unknown.",
        )
    };
    writer.step(Draft {
        id: format!("check-old-clients-{}", dashed(leg.to)),
        title: "See that no client speaks a version from before 2.1".to_owned(),
        why,
        commands,
        verify,
        undo: Ok("Nothing was changed."),
    });
}

/// Only where the release wants another Java than the one before.
fn java(writer: &mut Writer<'_, '_>, leg: Leg) {
    let (before, after) = (catalog::java_of_servers(leg.from), catalog::java_of_servers(leg.to));
    if before == after {
        return;
    }
    let runs = writer.case.inventory.of_kind(ProductKind::Java).find(|item| !item.version.is_empty());
    let runs = runs.map(|item| format!(" What runs now is Java {}.", item.version)).unwrap_or_default();
    let why = format!(
        "Brokers, controllers, Connect and the command line tools of {} do not start on an older Java. {} runs on Java \
         {after} as well, so the Java can change first, one node at a time, and whatever comes of it is not the \
         upgrade's.{runs}",
        leg.to, leg.from
    );
    writer.step(Draft {
        id: format!("install-java-{after}-{}", dashed(leg.to)),
        title: format!("Install Java {after} on every node"),
        why: &why,
        commands: vec!["java -version".to_owned()],
        verify: "Every node runs on the new Java; JAVA_HOME of the service names it.",
        undo: Ok("Point JAVA_HOME back at the Java from before."),
    });
}

fn settings(writer: &mut Writer<'_, '_>, leg: Leg) {
    let credentials = if writer.cluster.secured {
        " config/admin.properties stands for a file with security.protocol and credentials of an administrator."
    } else {
        ""
    };
    let why = format!(
        "What {} refuses or reads differently is listed here as findings; each names its place. Settings that are kept \
         in the cluster overrule the files, so they are looked through too.{credentials}",
        leg.to
    );
    let all = if leg.from >= CONFIGS_BY_BROKERS { " --all" } else { "" };
    let describe = |of: &str| {
        writer.tool_since(
            CONFIGS_BY_BROKERS,
            leg.from,
            "kafka-configs.sh",
            &format!("--describe --entity-type {of}"),
        )
    };
    let commands = vec![format!("{}{all}", describe("brokers")), describe("topics")];
    writer.step(Draft {
        id: format!("change-settings-{}", dashed(leg.to)),
        title: format!("Get settings, scripts and logging ready for {}", leg.to),
        why: &why,
        commands,
        verify: "The changed files check clean here for this target.",
        undo: Ok("Put the old files back; keep a copy of each before it is changed."),
    });
}

fn check_features(writer: &mut Writer<'_, '_>, leg: Leg) {
    let command = writer.tool("kafka-features.sh", "describe");
    let why = format!(
        "{} does not start on a cluster whose metadata version is below 3.3-IV3, as it is when the cluster began before \
         3.3 and nobody raised it.",
        leg.to
    );
    writer.step(Draft {
        id: format!("check-metadata-version-{}", dashed(leg.to)),
        title: "See that the metadata version is at least 3.3-IV3".to_owned(),
        why: &why,
        commands: vec![command],
        verify: "FinalizedVersionLevel of metadata.version is 3.3-IV3 or newer. If it is older, finalise it at the release that runs now first.",
        undo: Ok("Nothing was changed."),
    });
}

fn check_zookeeper(writer: &mut Writer<'_, '_>, leg: Leg) {
    let first = writer.cluster.zookeeper.split([',', '/']).next().unwrap_or_default();
    let (host, port) = first.rsplit_once(':').unwrap_or((first, "2181"));
    let why = format!(
        "From 3.6 on brokers bring a ZooKeeper client that servers before 3.5 do not understand. ZooKeeper 3.8 comes with \
         {}; the servers are upgraded one at a time, the leader last, before any broker is.",
        leg.to
    );
    writer.step(Draft {
        id: format!("check-zookeeper-{}", dashed(leg.to)),
        title: "See that the ZooKeeper servers are 3.5 or newer".to_owned(),
        why: &why,
        commands: vec![format!("echo srvr | nc {host} {port}")],
        verify: "Every server answers with a Zookeeper version of 3.5 or newer, and one of them with Mode: leader.",
        undo: Ok("Bring a ZooKeeper server back to the version from before while no broker of the new release runs."),
    });
}

fn pin_protocol(writer: &mut Writer<'_, '_>, leg: Leg) {
    let from = minor(leg.from);
    let mut commands = vec![format!("inter.broker.protocol.version={from}")];
    if leg.from < Release::new(3, 0, 0) {
        commands
            .push("# keep log.message.format.version where it is set; add none where it is not".to_owned());
    }
    let why = "Brokers of both releases talk to each other while the upgrade rolls; the older ones understand their own protocol only. As long as this is set, the way back is open.";
    writer.step(Draft {
        id: format!("pin-protocol-{}", dashed(leg.to)),
        title: format!("Pin the protocol between brokers to {from} in every server.properties"),
        why,
        commands,
        verify: "Every broker's file has the line; it takes effect with the restart of the next step.",
        undo: Ok("Take the lines out again while all brokers still run the old release."),
    });
}

fn check_protocol(writer: &mut Writer<'_, '_>, leg: Leg) {
    let to = minor(leg.to);
    let why = format!(
        "Brokers of {} speak no newer protocol than {to}, and once brokers use a newer one it cannot be lowered: then \
         there is no way back. Without the line a broker uses the newest protocol that it has.",
        leg.to
    );
    writer.step(Draft {
        id: format!("check-protocol-{}", dashed(leg.to)),
        title: format!("See that the protocol between brokers never went beyond {to}"),
        why: &why,
        commands: vec!["grep inter.broker.protocol.version config/server.properties".to_owned()],
        verify: &format!("Every broker's file has the line, with {to} or an older version."),
        undo: Ok("Nothing was changed."),
    });
}

fn roll(writer: &mut Writer<'_, '_>, leg: Leg, patch: bool) {
    let mut commands = vec!["bin/kafka-server-stop.sh".to_owned()];
    commands.push(format!("# install {} on this node, with its changed server.properties", leg.to));
    commands.push("bin/kafka-server-start.sh -daemon config/server.properties".to_owned());
    commands.push(writer.under_replicated(leg.to));
    let kraft = leg.mode == Mode::Kraft;
    if kraft && leg.to >= PRODUCTION {
        commands.push(writer.tool("kafka-metadata-quorum.sh", "describe --status"));
    }
    let mut who = if kraft {
        "Controllers first, the active one last, then the brokers. Each comes back into the quorum or the in-sync replicas before the next one goes down; a stopped broker hands its leaders over by itself (controlled shutdown)."
    } else {
        "The broker that is the controller goes last, so that it moves only once. Each comes back into the in-sync replicas before the next one goes down; a stopped broker hands its leaders over by itself (controlled shutdown)."
    }
    .to_owned();
    if kraft && leg.from < PRODUCTION {
        who.push_str(&format!(
            " KRaft in {} was a preview and not meant for production: copy what must not be lost to another cluster first.",
            leg.from
        ));
    }
    let undo = match (leg.to < leg.from, leg.mode) {
        (true, _) => "Bring the node to the newer release again.".to_owned(),
        (false, _) if patch => format!("Bring a node back to {} the same way.", leg.from),
        (false, Mode::Kraft) => format!(
            "Bring a node back to {} the same way. That is possible until the metadata version is finalised.",
            leg.from
        ),
        (false, Mode::Zookeeper) => format!(
            "Bring a node back to {} the same way. That is possible as long as inter.broker.protocol.version is pinned.",
            leg.from
        ),
    };
    writer.step(Draft {
        id: format!("roll-brokers-{}", dashed(leg.to)),
        title: format!("Restart every node on {}, one at a time", leg.to),
        why: &who,
        commands,
        verify: "No partition is under-replicated and the node's log has no ERROR before the next node is stopped.",
        undo: Ok(&undo),
    });
}

fn verify(writer: &mut Writer<'_, '_>, leg: Leg) {
    let groups = if leg.to >= ALL_GROUPS { "--describe --all-groups" } else { "--list" };
    let unavailable = "--describe --unavailable-partitions";
    let commands = vec![
        writer.tool("kafka-broker-api-versions.sh", "| grep -c 'id:'"),
        writer.tool_since(super::TOPICS_BY_BROKERS, leg.to, "kafka-topics.sh", unavailable),
        writer.tool("kafka-consumer-groups.sh", groups),
    ];
    let undo = format!("Until the upgrade is finalised the brokers can be rolled back to {}.", leg.from);
    writer.step(Draft {
        id: format!("verify-{}", dashed(leg.to)),
        title: format!("Let {} run, and watch it", leg.to),
        why: "What comes next cannot be taken back, or only in part. A day with its usual load shows what an hour does not: latency, lag of consumers, requests that fail.",
        commands,
        verify: "Every broker answers (the first command counts them), no partition is unavailable, consumer lag and request latency are what they were.",
        undo: Ok(&undo),
    });
}
