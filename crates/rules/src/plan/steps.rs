//! What is done on each stretch of the way.

mod clients;
mod cluster;
mod finalize;
mod migrate;
mod upgrade;

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::{Hop, HopKind, Mode, Plan, Step};

use self::cluster::Cluster;
use super::route::{Leg, WITHOUT_ZOOKEEPER};
use crate::case::Case;

/// First release whose kafka-topics.sh asks brokers.
const TOPICS_BY_BROKERS: Release = Release::new(2, 2, 0);

/// The plan in the making.
pub(super) struct Writer<'c, 'a> {
    pub(super) case: &'c Case<'a>,
    /// Release at the start of the whole way.
    pub(super) from: Release,
    /// How tools reach the cluster.
    pub(super) cluster: Cluster,
    /// Release at which metadata and features are finalised, or the protocol between brokers, so far.
    pub(super) finalized: Release,
    plan: Plan,
}

/// A step without its hop.
pub(super) struct Draft<'t> {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) why: &'t str,
    pub(super) commands: Vec<String>,
    pub(super) verify: &'t str,
    /// How it is undone; `Err`: it cannot be, and what that means.
    pub(super) undo: Result<&'t str, &'t str>,
}

/// Writes the stretches with their steps.
pub(super) fn write(case: &Case<'_>, from: Release, legs: &[Leg]) -> Plan {
    let plan = Plan { possible: true, ..Plan::default() };
    let mut writer = Writer { case, from, cluster: Cluster::of(case), finalized: from, plan };
    let leads_back = case.to < from;
    if !leads_back {
        clients::before(&mut writer, legs);
    }
    for leg in legs {
        match leg.kind {
            HopKind::Upgrade => upgrade::write(&mut writer, *leg),
            HopKind::MigrateToKraft => migrate::write(&mut writer, *leg),
            HopKind::Finalize => finalize::write(&mut writer, *leg),
            HopKind::Prepare | HopKind::Clients => {}
        }
    }
    if !leads_back {
        clients::after(&mut writer, legs);
    }
    writer.plan
}

impl Writer<'_, '_> {
    /// Opens the next hop.
    pub(super) fn hop(&mut self, leg: Leg, title: String) {
        self.plan.hops.push(Hop {
            kind: leg.kind,
            from: leg.from.to_string(),
            to: leg.to.to_string(),
            mode: leg.mode,
            title,
        });
    }

    /// Adds a step to the hop that is open.
    pub(super) fn step(&mut self, draft: Draft<'_>) {
        let Draft { id, title, why, commands, verify, undo } = draft;
        let (reversible, undo) = match undo {
            Ok(undo) => (true, undo),
            Err(why_not) => (false, why_not),
        };
        self.plan.steps.push(Step {
            id,
            hop: self.plan.hops.len() as u32,
            title,
            why: why.to_owned(),
            commands,
            verify: verify.to_owned(),
            reversible,
            undo: undo.to_owned(),
            findings: Vec::new(),
        });
    }

    /// A command line of a tool that asks the brokers.
    pub(super) fn tool(&self, tool: &str, rest: &str) -> String {
        let Cluster { servers, secured, .. } = &self.cluster;
        let config = if *secured { " --command-config config/admin.properties" } else { "" };
        format!("bin/{tool} --bootstrap-server {servers}{config} {rest}")
    }

    /// A command line of a tool that a release before `since` could point at ZooKeeper only.
    pub(super) fn tool_since(&self, since: Release, at: Release, tool: &str, rest: &str) -> String {
        if at >= since {
            return self.tool(tool, rest);
        }
        format!("bin/{tool} --zookeeper {} {rest}", self.cluster.zookeeper)
    }

    /// Which partitions have fewer replicas in sync than they have.
    pub(super) fn under_replicated(&self, at: Release) -> String {
        self.tool_since(TOPICS_BY_BROKERS, at, "kafka-topics.sh", "--describe --under-replicated-partitions")
    }

    /// Whether the way leads over the release that dropped ZooKeeper and the oldest protocol versions.
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

pub(super) const fn mode_word(mode: Mode) -> &'static str {
    match mode {
        Mode::Zookeeper => "ZooKeeper",
        Mode::Kraft => "KRaft",
    }
}
