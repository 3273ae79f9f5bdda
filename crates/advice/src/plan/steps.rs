//! What is done in each hop.

pub(super) mod actions;
mod clients;
mod cluster;
mod confluent;
mod confluent_versions;
mod containers;
mod finalize;
mod managed;
mod migrate;
mod msk;
mod operator_of_confluent;
mod strimzi;
mod units;
mod upgrade;
mod zookeeper;

use kafka_upgrade_catalog::{Platform, Release};
use kafka_upgrade_report::{self as report, Action, DraftFile, HopKind, Mode, Plan, Step};

use self::actions::Actions;
use self::cluster::{Cluster, Nodes};
pub(super) use self::managed::without_release as of_a_service;
use super::rehearsed;
use super::upgrade_path::{Hop, PRODUCTION, WITHOUT_ZOOKEEPER};
use crate::levels::{self, Levels, Quorum};
use crate::upgrade::Upgrade;

/// First release whose kafka-topics.sh asks brokers.
const TOPICS_BY_BROKERS: Release = Release::new(2, 2, 0);
/// First release whose kafka-cluster.sh lists brokers, also those that are registered and not there.
const LISTS_BROKERS: Release = Release::new(4, 0, 0);
/// First release whose kafka-cluster.sh takes the file with credentials by the same option as the other tools.
const COMMAND_CONFIG_OF_CLUSTER: Release = Release::new(4, 2, 0);
/// First release whose kafka-server-stop.sh can stop one of several nodes on a machine (KIP-979).
const STOPS_ONE: Release = Release::new(3, 7, 0);

/// The plan in the making.
pub(super) struct Writer<'c, 'a> {
    pub(super) case: &'c Upgrade<'a>,
    /// Release at the start of the upgrade path.
    pub(super) from: Release,
    /// How tools reach the cluster.
    pub(super) cluster: Cluster,
    /// Prefix of Kafka's tools: a folder, or the command that runs them in a container.
    tools: String,
    /// Suffix of the tools' names in that place.
    ending: &'static str,
    /// How its nodes are started.
    pub(super) nodes: Nodes,
    /// Feature levels that are finalised so far: printed ones, else those of the release at the start.
    pub(super) levels: Levels,
    /// How the controllers know each other.
    pub(super) quorum: Quorum,
    /// Release at which metadata and features are finalised, or the protocol between brokers, so far.
    pub(super) finalized: Release,
    /// The mode of the metadata that was backed up last.
    backed_up: Option<Mode>,
    plan: Plan,
}

/// A step before it gets its hop.
pub(super) struct NewStep<'t> {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) why: &'t str,
    pub(super) actions: Actions,
    pub(super) verify: &'t str,
    /// How to undo it, or `Err` with why it cannot be undone.
    pub(super) undo: Result<&'t str, &'t str>,
}

/// Writes the hops with their steps.
pub(super) fn write(case: &Upgrade<'_>, from: Release, hops: &[Hop], drafts: Vec<DraftFile>) -> Plan {
    let migrates = hops.iter().any(|hop| hop.kind == HopKind::MigrateToKraft);
    let (cluster, nodes) = (Cluster::of(case, &drafts), Nodes::of(case, migrates, &drafts));
    if case.running.platform != Platform::Host {
        return write_for(case, from, hops, drafts, (cluster, nodes));
    }
    let nameless = (cluster.without_names(), nodes.without_names());
    let mut plan = write_for(case, from, hops, drafts, (cluster, nodes));
    let nameless = write_for(case, from, hops, Vec::new(), nameless);
    rehearsed::compare(&mut plan, &nameless, levels::quorum(case));
    plan
}

fn write_for(
    case: &Upgrade<'_>,
    from: Release,
    hops: &[Hop],
    drafts: Vec<DraftFile>,
    (cluster, nodes): (Cluster, Nodes),
) -> Plan {
    let mut writer = Writer {
        case,
        from,
        cluster,
        tools: "bin/".to_owned(),
        ending: ".sh",
        nodes,
        levels: levels::printed(case).unwrap_or_else(|| levels::finalized_by(from)),
        quorum: levels::quorum(case),
        finalized: super::finalized(case)
            .metadata
            .and_then(|version| levels::finalized_at(version, from))
            .unwrap_or(from),
        backed_up: None,
        plan: Plan { possible: true, drafts, ..Plan::default() },
    };
    let platform = case.running.platform;
    match platform {
        Platform::Host | Platform::ConfluentPlatform => machines(&mut writer, hops),
        Platform::Compose | Platform::Kubernetes | Platform::Helm => {
            (writer.tools, writer.ending) = containers::tools(&writer);
            writer.cluster.admin = containers::credentials(&writer);
            containers::write(&mut writer, hops);
        }
        Platform::Strimzi => {
            writer.tools = strimzi::tools(&writer);
            if let Some((servers, secured)) = strimzi::listener(&writer) {
                (writer.cluster.servers, writer.cluster.secured) = (servers, secured);
            }
            writer.cluster.admin = cluster::IN_A_POD;
            strimzi::write(&mut writer, hops);
        }
        Platform::ConfluentForKubernetes => {
            (writer.tools, writer.ending) = (operator_of_confluent::tools(&writer), "");
            operator_of_confluent::write(&mut writer, hops);
        }
        Platform::Msk => {
            // The address that the service prints, unless a client's file has it.
            if writer.cluster.servers.starts_with("localhost") {
                writer.cluster.servers = "$BOOTSTRAP".to_owned();
            }
            msk::write(&mut writer, hops);
        }
        Platform::OtherManaged => managed::write(&mut writer, hops),
    }
    writer.plan
}

/// The hops on machines, by Kafka's own scripts or by packages.
fn machines(writer: &mut Writer<'_, '_>, hops: &[Hop]) {
    let leads_back = writer.case.to < writer.from;
    if !leads_back {
        clients::before(writer, hops);
    }
    for hop in hops {
        match hop.kind {
            HopKind::Upgrade => upgrade::write(writer, *hop),
            HopKind::MigrateToKraft => migrate::write(writer, *hop),
            HopKind::Finalize => finalize::write(writer, *hop),
            HopKind::Prepare | HopKind::Clients => {}
        }
    }
    if !leads_back {
        clients::after(writer, hops);
    }
}

impl Writer<'_, '_> {
    /// Opens the next hop.
    pub(super) fn hop(&mut self, hop: Hop, title: String) {
        self.plan.hops.push(report::Hop {
            kind: hop.kind,
            from: hop.from.to_string(),
            to: hop.to.to_string(),
            mode: hop.mode,
            title,
            fingerprint: String::new(),
        });
    }

    /// Adds a step to the hop that is open.
    pub(super) fn step(&mut self, draft: NewStep<'_>) {
        let NewStep { id, title, why, mut actions, verify, undo } = draft;
        let (reversible, undo) = match undo {
            Ok(undo) => (true, undo),
            Err(why_not) => (false, why_not),
        };
        let contains = std::mem::take(&mut actions.contains);
        actions.push(Action::Expect { text: verify.to_owned(), contains });
        let step = Step {
            id,
            hop: self.plan.hops.len() as u32,
            title,
            why: why.to_owned(),
            commands: actions.lines(),
            actions: actions.list,
            verify: verify.to_owned(),
            reversible,
            undo: undo.to_owned(),
            findings: Vec::new(),
            shown: Vec::new(),
            done: false,
        };
        let packages = self.case.running.platform == Platform::ConfluentPlatform;
        self.plan.steps.push(if packages { confluent::in_its_words(step) } else { step });
    }

    /// Whether checks and a backup have to come first: before the first node is touched, and again once the metadata
    /// has moved.
    pub(super) fn begins(&mut self, mode: Mode) -> bool {
        self.backed_up.replace(mode) != Some(mode)
    }

    /// Whether it is the migration of this plan that finalised the metadata version.
    pub(super) fn migrated(&self) -> bool {
        self.case.mode == Some(Mode::Zookeeper)
    }

    /// A tool of Kafka's, where it is.
    pub(super) fn program(&self, tool: &str) -> String {
        format!("{}{}{}", self.tools, tool.trim_end_matches(".sh"), self.ending)
    }

    /// Whether nodes are processes of a machine that one can log in to.
    pub(super) fn on_machines(&self) -> bool {
        matches!(self.case.running.platform, Platform::Host | Platform::ConfluentPlatform)
    }

    /// A command line of a tool that asks the brokers.
    pub(super) fn tool(&self, tool: &str, rest: &str) -> String {
        let Cluster { servers, secured, admin, .. } = &self.cluster;
        let config = if *secured { format!(" --command-config {admin}") } else { String::new() };
        format!("{} --bootstrap-server {servers}{config} {rest}", self.program(tool))
    }

    /// A command line of a tool that could only connect to ZooKeeper before `since`.
    pub(super) fn tool_since(&self, since: Release, at: Release, tool: &str, rest: &str) -> String {
        if at >= since {
            return self.tool(tool, rest);
        }
        format!("{} --zookeeper {} {rest}", self.program(tool), self.cluster.zookeeper)
    }

    /// Stops a node, waits until its process is gone, runs `between`, and starts the node from a file. The stop
    /// script only sends a signal: starting at once would find the port, the lock or the log still in use.
    pub(super) fn restart(
        &self,
        on: &str,
        file: &str,
        running: Release,
        between: Option<Action>,
    ) -> Vec<Action> {
        if self.case.running.platform == Platform::ConfluentPlatform {
            return confluent::restart(on, between);
        }
        let name = file.rsplit('/').next().unwrap_or(file);
        if let Some(service) = units::service(self.case, name) {
            let command = |what: &str| vec![format!("sudo systemctl {what} {service}")];
            // `systemctl` waits until the process is gone.
            let mut actions = vec![Action::Stop { on: on.to_owned(), commands: command("stop") }];
            actions.extend(between);
            actions.push(Action::Start { on: on.to_owned(), commands: command("start") });
            return actions;
        }
        let pattern = format!("kafka\\.Kafka .*{}", name.replace('.', "\\."));
        let stop = match (self.nodes.share_machines, running >= STOPS_ONE) {
            (false, _) => "bin/kafka-server-stop.sh".to_owned(),
            (true, true) => "bin/kafka-server-stop.sh --node-id=$NODE_ID".to_owned(),
            (true, false) => format!("pkill -TERM -f '{pattern}'"),
        };
        let gone = format!("while pgrep -f '{pattern}' >/dev/null; do sleep 1; done");
        let on = || on.to_owned();
        let mut actions = vec![Action::Stop { on: on(), commands: vec![stop, gone] }];
        actions.extend(between);
        let start = format!("bin/kafka-server-start.sh -daemon {file}");
        actions.push(Action::Start { on: on(), commands: vec![start] });
        actions
    }

    /// The line that pins the protocol between brokers, in each broker's file.
    pub(super) fn put_protocol(&self, version: &str) -> Action {
        Action::Put {
            on: upgrade::BROKERS.to_owned(),
            path: self.nodes.broker.clone(),
            what: format!("as before, with inter.broker.protocol.version={version}"),
        }
    }

    /// Which node is the controller that decides, and is restarted last; no tool of KRaft before 3.3 shows it.
    pub(super) fn active_controller(&self, at: Release, mode: Mode) -> Option<String> {
        match mode {
            Mode::Zookeeper => Some(format!("{} get /controller", self.cluster.zookeeper_shell())),
            Mode::Kraft => {
                let quorum = || self.tool("kafka-metadata-quorum.sh", "describe --status");
                (at >= PRODUCTION).then(quorum)
            }
        }
    }

    /// Which partitions have fewer replicas in sync than they have.
    pub(super) fn under_replicated(&self, at: Release) -> String {
        self.tool_since(TOPICS_BY_BROKERS, at, "kafka-topics.sh", "--describe --under-replicated-partitions")
    }

    /// Which brokers answer: a line each, or their number.
    pub(super) fn brokers(&self, at: Release) -> String {
        if at >= LISTS_BROKERS {
            return self.cluster_tool(at, "list-endpoints --include-fenced-brokers");
        }
        self.tool("kafka-broker-api-versions.sh", "| grep -c 'id:'")
    }

    /// `kafka-cluster.sh`, whose options come after what it is to do.
    pub(super) fn cluster_tool(&self, at: Release, rest: &str) -> String {
        let config = if at < COMMAND_CONFIG_OF_CLUSTER { "--config" } else { "--command-config" };
        let config =
            if self.cluster.secured { format!(" {config} {}", self.cluster.admin) } else { String::new() };
        let program = self.program("kafka-cluster.sh");
        format!("{program} {rest} --bootstrap-server {}{config}", self.cluster.servers)
    }

    /// Whether the upgrade crosses the release that dropped ZooKeeper and the oldest protocol versions.
    pub(super) fn crosses_4_0(&self) -> bool {
        self.from < WITHOUT_ZOOKEEPER && self.case.to >= WITHOUT_ZOOKEEPER
    }
}

/// `3.9` of 3.9.2.
pub(super) fn minor(release: Release) -> String {
    format!("{}.{}", release.major, release.minor)
}

/// `3-9-2` of 3.9.2, for ids.
pub(super) fn dashed(release: Release) -> String {
    release.to_string().replace('.', "-")
}

/// Whether this is a valid Kubernetes name, and so safe to put into a shell command.
pub(super) fn is_plain(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('-')
        && name.bytes().all(|one| one.is_ascii_alphanumeric() || matches!(one, b'-' | b'.'))
}
