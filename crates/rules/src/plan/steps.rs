//! What is done on each stretch of the way.

mod clients;
mod finalize;
mod migrate;
mod upgrade;

use kafka_upgrade_catalog::{Component, Release};
use kafka_upgrade_report::{Hop, HopKind, Mode, Plan, Step};

use super::route::{Leg, WITHOUT_ZOOKEEPER};
use crate::case::Case;

/// The plan in the making.
pub(super) struct Writer<'c, 'a> {
    pub(super) case: &'c Case<'a>,
    /// Release at the start of the whole way.
    pub(super) from: Release,
    /// Where the brokers listen, as tools are told.
    pub(super) servers: String,
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
    let mut writer = Writer { case, from, servers: bootstrap_servers(case), plan };
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
        format!("bin/{tool} --bootstrap-server {} {rest}", self.servers)
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

/// What a file says of where the brokers listen; otherwise the address of Kafka's own examples.
fn bootstrap_servers(case: &Case<'_>) -> String {
    for read in &case.files {
        for setting in read.document.settings.iter().filter(|setting| setting.effective) {
            let servers = setting.value.trim();
            let named = setting.key == "bootstrap.servers" && is_address(servers);
            if named {
                return servers.to_owned();
            }
            if setting.key == "advertised.listeners" && read.component_of(setting) == Some(Component::BROKER)
            {
                let first = servers.split(',').next().unwrap_or_default();
                let address = first.split_once("://").map_or("", |(_, address)| address.trim());
                if is_address(address) {
                    return address.to_owned();
                }
            }
        }
    }
    "localhost:9092".to_owned()
}

/// Hosts and ports, and nothing that a shell would take for something else.
fn is_address(text: &str) -> bool {
    let plain =
        |one: char| one.is_ascii_alphanumeric() || matches!(one, '.' | '-' | '_' | ':' | ',' | '[' | ']');
    text.contains(':') && text.chars().all(plain) && !text.starts_with(':')
}
