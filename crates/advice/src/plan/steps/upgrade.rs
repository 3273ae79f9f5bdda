//! Bringing brokers and controllers to another release, one after the other.

use kafka_upgrade_catalog::clients::ProductKind;
use kafka_upgrade_catalog::{self as catalog, Platform, Release};
use kafka_upgrade_report::{Action, HopKind, Mode};

use super::actions::{Actions, run_on};
use super::confluent;
use super::zookeeper;
use super::{NewStep, Writer, dashed, minor};
use crate::LEAST_SEGMENT_BYTES;
use crate::patches;
use crate::plan::upgrade_path::{Hop, PRODUCTION, WITHOUT_ZOOKEEPER, ZOOKEEPER_3_8};

/// Which nodes an action is for.
pub(super) const BROKERS: &str = "each broker";
pub(super) const CONTROLLERS: &str = "each controller";
const NODES: &str = "each node";
const ZOOKEEPERS: &str = "each ZooKeeper server";
/// First releases whose kafka-configs.sh shows all settings of a broker, and those of topics, by way of the brokers.
const CONFIGS_BY_BROKERS: Release = Release::new(2, 5, 0);
/// First release whose kafka-consumer-groups.sh accepts `--all-groups`.
const ALL_GROUPS: Release = Release::new(2, 4, 0);
/// First release that counts requests in versions that 4.0 refuses (KIP-896).
const COUNTS_OLD_REQUESTS: Release = Release::new(3, 7, 0);
/// First release that reports which client software is connected (KIP-511).
const REPORTS_CLIENTS: Release = Release::new(2, 5, 0);
/// First release where the JMX tool has its class of today.
const JMX_TOOL: Release = Release::new(3, 5, 0);
/// First release whose JMX tool finds beans by a pattern: in 3.5 every pattern fails with "No matched attributes".
const JMX_PATTERNS: Release = Release::new(3, 6, 0);
/// First release whose nodes state the id of their metadata folder when they fetch (KIP-853).
const STATES_DIRECTORIES: Release = Release::new(3, 9, 0);
/// First release whose brokers refuse a topic's `segment.bytes` below [`LEAST_SEGMENT_BYTES`] (KIP-1030).
pub(super) const BOUNDS_SEGMENTS: Release = Release::new(4, 1, 0);
/// First release whose kafka-reassign-partitions.sh lists what runs.
const LISTS_REASSIGNMENTS: Release = Release::new(2, 6, 0);

/// What to do where a roll breaks off in the middle.
pub(super) const ROLL_BREAKS_OFF: &str = " If the roll stops halfway, nothing is lost: nodes of both releases work together. Read the log of the node that failed before you restart another one; then go on, or roll back the nodes that are done.";

pub(super) fn write(writer: &mut Writer<'_, '_>, hop: Hop) {
    let back = hop.to < hop.from;
    let crosses = hop.from < WITHOUT_ZOOKEEPER && hop.to >= WITHOUT_ZOOKEEPER;
    if crosses {
        let at = Hop { kind: HopKind::Prepare, to: hop.from, ..hop };
        writer.hop(at, format!("What {} needs first", hop.to));
        check_clients(writer, hop);
        java(writer, hop);
    }
    let verb = if back { "back to" } else { "to" };
    writer.hop(hop, format!("Brokers {verb} {}, {}", hop.to, hop.mode.phrase()));
    // Patches of a minor have the same protocol and metadata versions, so nothing is pinned or finalised.
    let patch = hop.from.first_of_minor() == hop.to.first_of_minor();
    if back {
        if hop.mode == Mode::Zookeeper && !patch {
            check_protocol(writer, hop);
        }
        roll(writer, hop, patch);
        return;
    }
    choose_patch(writer, hop.to, "broker", "");
    before(writer, hop);
    if writer.case.running.platform == Platform::ConfluentPlatform {
        confluent::packages(writer, hop);
    }
    // The protocol is pinned once, and stays so until it is raised at the end.
    if hop.mode == Mode::Zookeeper && hop.from == writer.from && !patch {
        pin_protocol(writer, hop);
    }
    settings(writer, hop);
    if crosses_segments(hop) {
        check_segments(writer, hop);
    }
    if crosses && writer.finalized <= writer.from && hop.mode == Mode::Kraft && !writer.migrated() {
        check_features(writer, hop);
    }
    if hop.mode == Mode::Zookeeper && hop.from < ZOOKEEPER_3_8 && hop.to >= ZOOKEEPER_3_8 {
        zookeeper::check(writer, hop);
    }
    roll(writer, hop, patch);
    if !patch {
        verify(writer, hop);
    }
}

/// Warns of a release with a fault that a later patch of its minor fixes; `of` is printed before the releases.
pub(super) fn choose_patch(writer: &mut Writer<'_, '_>, to: Release, component: &str, of: &str) {
    let Some(better) = patches::better(to, component) else { return };
    writer.step(NewStep {
        id: format!("choose-patch-of-{component}-{}", dashed(to)),
        title: format!("Choose {of}{better} instead of {to}"),
        why: &format!(
            "{} Set the target to {better} for a plan that leads there.",
            patches::why(to, component)
        ),
        actions: Actions::default(),
        verify: &format!("The release to be installed is {of}{better}."),
        undo: Ok("Nothing was changed."),
    });
}

/// How to look at metrics of a broker by a pattern. Older tools fail at patterns, so their whole output is searched.
///
/// The address is that of the local agent, which needs no restart and no open port. An agent that is started on a port
/// sends clients to the machine's own name, where one that is bound to localhost does not listen.
fn metrics(at: Release, pattern: &str, search: &str) -> Vec<Action> {
    let class = if at < JMX_TOOL { "kafka.tools.JmxTool" } else { "org.apache.kafka.tools.JmxTool" };
    let read = if at < JMX_PATTERNS {
        format!("bin/kafka-run-class.sh {class} --jmx-url $JMX_URL --one-time true 2>/dev/null | {search}")
    } else {
        format!("bin/kafka-run-class.sh {class} --jmx-url $JMX_URL --object-name '{pattern}' --one-time true")
    };
    let address = "JMX_URL=$(jcmd $(pgrep -f 'kafka\\.Kafka ') ManagementAgent.start_local >/dev/null; jcmd $(pgrep -f 'kafka\\.Kafka ') PerfCounter.print | sed -n 's/^sun.management.JMXConnectorServer.address=\"\\(.*\\)\"$/\\1/p')";
    vec![
        Action::Note { text: "on each broker, as the user that runs it:".to_owned() },
        run_on(BROKERS, format!("{address}; {read}")),
    ]
}

/// How to list the names and versions of connected clients, where a release reports them.
pub(super) fn connected_clients(at: Release) -> Vec<Action> {
    const PATTERN: &str =
        "kafka.server:type=socket-server-metrics,clientSoftwareName=*,clientSoftwareVersion=*,*";
    // Prints the full name of each bean, which identifies the output when it is checked.
    const SEARCH: &str =
        r#"grep -o 'kafka.server:type=socket-server-metrics,[^":]*clientSoftwareName=[^":]*' | sort -u"#;
    if at >= REPORTS_CLIENTS { metrics(at, PATTERN, SEARCH) } else { Vec::new() }
}

fn check_clients(writer: &mut Writer<'_, '_>, hop: Hop) {
    const COUNTED: &str = "kafka.network:type=RequestMetrics,name=DeprecatedRequestsPerSec,*";
    let counts = hop.from >= COUNTS_OLD_REQUESTS;
    let commands = if counts {
        metrics(hop.from, COUNTED, "grep DeprecatedRequestsPerSec")
    } else {
        connected_clients(hop.from)
    };
    let (why, verify) = if counts {
        (
            "These brokers count requests in API versions that 4.0 refuses, by API, version and client software. \
             Older patch releases also count a few that 4.0 still accepts.",
            "DeprecatedRequestsPerSec stays at 0 on every broker for a whole cycle of batch jobs, or does not exist: \
             JmxTool then exits with 1 and \"No matched attributes\", which is the good result.",
        )
    } else {
        (
            "Brokers of 3.7 to 3.9 count requests in API versions that 4.0 refuses; these do not, but they show which \
             client software is connected. If there are many clients or unknown ones, consider stopping at 3.9: there \
             DeprecatedRequestsPerSec shows every request that 4.0 would refuse.",
            "The matrix shows no connected client as refused. Of unknown name are only the brokers' own replica fetchers: \
             num.replica.fetchers connections from each other broker. More than these are clients from before 2.4.",
        )
    };
    writer.step(NewStep {
        id: format!("check-old-clients-{}", dashed(hop.to)),
        title: "Check that no client uses API versions from before 2.1".to_owned(),
        why,
        actions: commands.into(),
        verify,
        undo: Ok("Nothing was changed."),
    });
}

/// Adds a step only where the release needs another Java than the one before.
fn java(writer: &mut Writer<'_, '_>, hop: Hop) {
    let (before, after) = (catalog::java_of_servers(hop.from), catalog::java_of_servers(hop.to));
    if before == after {
        return;
    }
    let runs = writer.case.inventory.of_kind(ProductKind::Java).find(|item| !item.version.is_empty());
    let runs = runs.map(|item| format!(" Java {} runs now.", item.version)).unwrap_or_default();
    let why = format!(
        "Brokers, controllers, Connect and the command line tools of {} do not start on an older Java. {} also runs \
         on Java {after}, so change Java first, one node at a time; a problem with it is then not one of the upgrade. \
         Also check the JVM options that were tuned for the old Java (KAFKA_JVM_PERFORMANCE_OPTS, KAFKA_GC_LOG_OPTS, \
         KAFKA_OPTS).{runs}",
        hop.to, hop.from
    );
    writer.step(NewStep {
        id: format!("install-java-{after}-{}", dashed(hop.to)),
        title: format!("Install Java {after} on every node"),
        why: &why,
        actions: Actions::from(vec![
            run_on(NODES, "java -version"),
            run_on(NODES, "env | grep -E 'KAFKA_(JVM_PERFORMANCE_OPTS|GC_LOG_OPTS|HEAP_OPTS|OPTS)='"),
            run_on(NODES, "java $KAFKA_HEAP_OPTS $KAFKA_JVM_PERFORMANCE_OPTS $KAFKA_GC_LOG_OPTS $KAFKA_OPTS -version"),
        ]),
        verify: "Every node runs on the new Java; JAVA_HOME of the service points to it. The last line, run in the environment of the service, prints a version: an option that the new Java does not know makes it fail, and would stop the broker.",
        undo: Ok("Point JAVA_HOME back at the previous Java."),
    });
}

pub(super) fn settings(writer: &mut Writer<'_, '_>, hop: Hop) {
    let credentials = if writer.cluster.secured {
        format!(
            " {} stands for a file with security.protocol and the credentials of an administrator.",
            writer.cluster.admin
        )
    } else {
        String::new()
    };
    let why = format!(
        "The findings list what {} refuses or interprets differently, each with its place. Settings stored in the \
         cluster override the files, so check them too.{credentials}",
        hop.to
    );
    let all = if hop.from >= CONFIGS_BY_BROKERS { " --all" } else { "" };
    let describe = |of: &str| {
        writer.tool_since(
            CONFIGS_BY_BROKERS,
            hop.from,
            "kafka-configs.sh",
            &format!("--describe --entity-type {of}"),
        )
    };
    let commands = Actions::from(vec![format!("{}{all}", describe("brokers")), describe("topics")]);
    writer.step(NewStep {
        id: format!("change-settings-{}", dashed(hop.to)),
        title: format!("Prepare settings, scripts and logging for {}", hop.to),
        why: &why,
        actions: commands,
        verify: if crosses_segments(hop) {
            "A check of the changed files and of the output of these commands for this target shows no error, apart from \
             a topic's segment.bytes, which the next step changes."
        } else {
            "A check of the changed files and of the output of these commands for this target shows no error."
        },
        undo: Ok("Restore the old files; keep a copy of each before you change it."),
    });
}

/// Checks before anything is touched, and backups.
pub(super) fn before(writer: &mut Writer<'_, '_>, hop: Hop) {
    if !writer.begins(hop.mode) {
        return;
    }
    let zookeeper = hop.mode == Mode::Zookeeper;
    let mut commands = Actions::from(vec![writer.brokers(hop.from), writer.under_replicated(hop.from)]);
    if hop.from >= LISTS_REASSIGNMENTS {
        commands.push(writer.tool("kafka-reassign-partitions.sh", "--list"));
    } else {
        commands.push(format!("{} get /admin/reassign_partitions", writer.cluster.zookeeper_shell()));
    }
    if zookeeper {
        commands.push("# on every ZooKeeper server, with its own dataDir and dataLogDir (tar exits with 1 if a file changed meanwhile, which does no harm):");
        commands.push(back_up_zookeeper());
    } else {
        commands.push(
            "# on every controller (tar exits with 1 if a file changed meanwhile, which does no harm):",
        );
        commands.push(back_up_metadata(writer));
    }
    let what = if zookeeper { "ZooKeeper's snapshots and transaction logs" } else { "the metadata log" };
    let why = format!(
        "Start with every broker up and no reassignment running: otherwise a partition may lose its leader when the \
         next node stops. The backup of {what}, with a copy of every configuration file, is all that is left if the \
         metadata is lost; take it again before each step that cannot be undone."
    );
    writer.step(NewStep {
        id: format!("before-you-begin-{}", dashed(hop.to)),
        title: "Before you begin: all brokers up, nothing moving, a backup".to_owned(),
        why: &why,
        actions: commands,
        verify: "The first command lists or counts every broker, and none is fenced; no partition is under-replicated, no reassignment is listed, and the backups are on another machine.",
        undo: Ok("Nothing was changed."),
    });
}

/// A copy of the metadata log of each node that decides.
pub(super) fn back_up_metadata(writer: &Writer<'_, '_>) -> Action {
    let on = if writer.nodes.controller.is_some() { CONTROLLERS } else { NODES };
    let folder = &writer.nodes.metadata;
    run_on(on, format!("tar czf metadata-backup.tar.gz -C {folder} __cluster_metadata-0 meta.properties"))
}

/// A copy of what a ZooKeeper server holds.
pub(super) fn back_up_zookeeper() -> Action {
    run_on(ZOOKEEPERS, "tar czf zookeeper-backup.tar.gz -C /var/lib/zookeeper version-2")
}

fn crosses_segments(hop: Hop) -> bool {
    hop.from < BOUNDS_SEGMENTS && hop.to >= BOUNDS_SEGMENTS
}

pub(super) fn check_segments(writer: &mut Writer<'_, '_>, hop: Hop) {
    let describe = writer.tool("kafka-configs.sh", "--describe --entity-type topics");
    let alter = format!(
        "--alter --entity-type topics --entity-name $TOPIC --add-config segment.bytes={LEAST_SEGMENT_BYTES}"
    );
    let commands = Actions::from(vec![
        format!(
            "{describe} | awk '/^Dynamic configs for topic/ {{ topic = $5 }} /^ *segment\\.bytes=/ {{ split($1, one, \"=\"); \
             if (one[2] < {LEAST_SEGMENT_BYTES}) print topic, one[2] }}'"
        ),
        "# for each topic that is printed, internal ones too:".to_owned(),
        writer.tool("kafka-configs.sh", &alter),
    ]);
    let why = format!(
        "From 4.1 on, a broker reads the settings of every topic when it starts, and fails if a segment.bytes is \
         below {LEAST_SEGMENT_BYTES} (1 MiB), even for a topic of which it has no replica: \"Error starting LogManager\". \
         One such topic keeps every broker of {} down, and only a broker that still runs the old release can then \
         change the value. The same minimum applies to offsets.topic.segment.bytes, \
         transaction.state.log.segment.bytes and share.coordinator.state.topic.segment.bytes in the brokers' files: \
         below it, the internal topic cannot be created.",
        hop.to
    );
    writer.step(NewStep {
        id: format!("check-segment-bytes-{}", dashed(hop.to)),
        title: "Check, while the old release runs, that no topic has a segment.bytes below 1 MiB".to_owned(),
        why: &why,
        actions: commands,
        verify: "The first line prints no topic.",
        undo: Ok("Set the topic's old value again while every broker still runs the old release."),
    });
}

pub(super) fn check_features(writer: &mut Writer<'_, '_>, hop: Hop) {
    let command = writer.tool("kafka-features.sh", "describe");
    let why = format!(
        "{} does not start on a cluster whose metadata version is below 3.3-IV3, which is the case if the cluster was \
         created before 3.3 and the version was never raised.",
        hop.to
    );
    writer.step(NewStep {
        id: format!("check-metadata-version-{}", dashed(hop.to)),
        title: "Check that the metadata version is at least 3.3-IV3".to_owned(),
        why: &why,
        actions: Actions::from(vec![command]),
        verify: "FinalizedVersionLevel of metadata.version is 3.3-IV3 or newer. If it is older, first finalise it at the release that runs now.",
        undo: Ok("Nothing was changed."),
    });
}

fn pin_protocol(writer: &mut Writer<'_, '_>, hop: Hop) {
    let from = minor(hop.from);
    let mut commands = Actions::from(vec![writer.put_protocol(&from)]);
    if hop.from < Release::new(3, 0, 0) {
        commands
            .push("# keep log.message.format.version if it is set; do not add it if it is not".to_owned());
    }
    let why = "During the rolling upgrade brokers of both releases talk to each other, and the older ones know only their own protocol. As long as this is set, you can roll back.";
    writer.step(NewStep {
        id: format!("pin-protocol-{}", dashed(hop.to)),
        title: format!("Pin the inter-broker protocol to {from} in every server.properties"),
        why,
        actions: commands,
        verify: "Every broker's file has the line; it takes effect when the brokers restart on the new release.",
        undo: Ok("Remove the lines while all brokers still run the old release."),
    });
}

fn check_protocol(writer: &mut Writer<'_, '_>, hop: Hop) {
    let to = minor(hop.to);
    let why = format!(
        "Brokers of {} know no newer protocol than {to}, and a protocol that was raised above it cannot be lowered: \
         then there is no way back. Without the line a broker uses its newest protocol.",
        hop.to
    );
    writer.step(NewStep {
        id: format!("check-protocol-{}", dashed(hop.to)),
        title: format!("Check that the inter-broker protocol was never raised above {to}"),
        why: &why,
        actions: Actions::from(vec![run_on(
            BROKERS,
            format!("grep inter.broker.protocol.version {}", writer.nodes.broker),
        )]),
        verify: &format!("Every broker's file has the line, with {to} or an older version."),
        undo: Ok("Nothing was changed."),
    });
}

fn roll(writer: &mut Writer<'_, '_>, hop: Hop, patch: bool) {
    let kraft = hop.mode == Mode::Kraft;
    let shows_quorum = kraft && hop.to >= PRODUCTION;
    let install =
        |on: &str| Some(Action::Install { on: on.to_owned(), release: confluent::release(writer, hop.to) });
    let mut commands = Actions::from(Vec::from_iter(writer.active_controller(hop.from, hop.mode)));
    let broker = writer.nodes.broker.clone();
    let quorum = writer.tool("kafka-metadata-quorum.sh", "describe --replication");
    if let Some(controller) = writer.nodes.controller.clone().filter(|_| kraft) {
        commands.push("# each controller, the active one last:".to_owned());
        commands.extend(writer.restart(CONTROLLERS, &controller, hop.from, install(CONTROLLERS)));
        commands.extend(shows_quorum.then(|| quorum.clone()));
        commands.push("# then each broker:".to_owned());
        commands.extend(writer.restart(BROKERS, &broker, hop.from, install(BROKERS)));
    } else {
        commands.extend(writer.restart(NODES, &broker, hop.from, install(NODES)));
    }
    commands.push(writer.under_replicated(hop.to));
    commands.extend(shows_quorum.then_some(quorum));
    let mut who = if kraft {
        "Restart the controllers first, the active one (LeaderId in the output of the first line) last, then the \
         brokers. Wait until each node is back in the quorum or the in-sync replicas before you stop the next one; a \
         broker that stops moves its leaders to other brokers itself (controlled shutdown)."
    } else {
        "Restart the controller (brokerid in the output of the first line) last, so that it moves only once. Wait \
         until each broker is back in the in-sync replicas before you stop the next one; a broker that stops moves \
         its leaders to other brokers itself (controlled shutdown)."
    }
    .to_owned();
    if commands.lines().iter().any(|line| line.contains("kafka-server-stop")) {
        who.push_str(" kafka-server-stop.sh only sends a signal, and a shutdown can take minutes: the second line of each restart waits until the process is gone.");
        who.push_str(several_nodes(writer, hop.from));
    }
    if kraft && hop.from < STATES_DIRECTORIES && hop.to >= STATES_DIRECTORIES {
        who.push_str(" For five minutes kafka-metadata-quorum.sh lists a restarted node twice: the line with the DirectoryId AAAAAAAAAAAAAAAAAAAAAA, whose Lag grows, is from before its restart.");
    }
    if kraft && hop.from < PRODUCTION {
        who.push_str(&format!(
            " KRaft in {} was a preview and not meant for production: first copy data that must not be lost to \
             another cluster.",
            hop.from
        ));
    }
    who.push_str(ROLL_BREAKS_OFF);
    let undo = match (hop.to < hop.from, hop.mode) {
        (true, _) => "Install the newer release on the node again.".to_owned(),
        (false, _) if patch => format!("Roll a node back to {} in the same way.", hop.from),
        (false, Mode::Kraft) => format!(
            "Roll a node back to {} in the same way. That is possible until the metadata version is finalised.",
            hop.from
        ),
        (false, Mode::Zookeeper) => format!(
            "Roll a node back to {} in the same way. That is possible as long as inter.broker.protocol.version is \
             pinned.",
            hop.from
        ),
    };
    writer.step(NewStep {
        id: format!("roll-brokers-{}", dashed(hop.to)),
        title: format!("Restart every node on {}, one at a time", hop.to),
        why: &who,
        actions: commands,
        verify: if kraft {
            "Before you stop the next node: no partition is under-replicated, kafka-metadata-quorum.sh shows every \
             controller with a Lag that does not grow, and the node's log has no FATAL and no recurring ERROR."
        } else {
            "Before you stop the next node: no partition is under-replicated, and the node's log has no FATAL and no \
             recurring ERROR."
        },
        undo: Ok(&undo),
    });
}

/// What to know about machines that run several nodes.
fn several_nodes(writer: &Writer<'_, '_>, running: Release) -> &'static str {
    if writer.nodes.share_machines {
        " Several nodes share a machine here: NODE_ID stands for the node.id of the node that you restart, and the \
         file for its own file."
    } else if running >= super::STOPS_ONE {
        " If several nodes share a machine, kafka-server-stop.sh --node-id=ID (with the `=`) stops only one; without \
         it, all."
    } else {
        " kafka-server-stop.sh stops every Kafka of a machine: if several nodes share one, stop the node by its \
         process id."
    }
}

pub(super) fn verify(writer: &mut Writer<'_, '_>, hop: Hop) {
    let groups = if hop.to >= ALL_GROUPS { "--describe --all-groups" } else { "--list" };
    let unavailable = "--describe --unavailable-partitions";
    let commands = Actions::from(vec![
        writer.brokers(hop.to),
        writer.tool_since(super::TOPICS_BY_BROKERS, hop.to, "kafka-topics.sh", unavailable),
        writer.tool("kafka-consumer-groups.sh", groups),
    ]);
    let undo = format!("Until the upgrade is finalised the brokers can be rolled back to {}.", hop.from);
    writer.step(NewStep {
        id: format!("verify-{}", dashed(hop.to)),
        title: format!("Run {} under normal load and watch it", hop.to),
        why: "The next step cannot be undone, or only in part. A day of normal load shows what an hour does not: latency, consumer lag, failing requests.",
        actions: commands,
        verify: "Every broker answers (the first command lists or counts them), no partition is unavailable, consumer lag and request latency are as before.",
        undo: Ok(&undo),
    });
}
