//! The controllers of a migration: their numbers, addresses and listener.

use std::borrow::Cow;

use super::sheet;
use crate::case::Read;

/// What brokers and controllers have to agree on.
#[derive(Debug)]
pub(super) struct Quorum<'a> {
    /// `controller.quorum.voters`, or `controller.quorum.bootstrap.servers`.
    pub(super) key: &'static str,
    /// Its value.
    pub(super) controllers: String,
    /// Number of the first controller.
    pub(super) first: u32,
    /// Port of the controllers.
    pub(super) port: u32,
    /// Name of the controllers' listener.
    pub(super) listener: Cow<'a, str>,
    /// How it talks, where a file of a controller says so.
    pub(super) protocol: Option<String>,
}

const VOTERS: &str = "controller.quorum.voters";
const BOOTSTRAP: &str = "controller.quorum.bootstrap.servers";
/// As Kafka's own examples number them; no broker has such numbers by itself, which are generated from 1001 on.
const FIRST: u32 = 3000;
const PORT: u32 = 9093;

impl<'a> Quorum<'a> {
    /// As a file of a controller says, else new controllers beside these brokers; `None` without any broker.
    pub(super) fn of(brokers: &[&Read<'a>], files: &'a [Read<'a>]) -> Option<Self> {
        let broker = brokers.first()?;
        if let Some(quorum) = files.iter().find_map(Self::stated) {
            return Some(quorum);
        }
        let all = || brokers.iter().flat_map(|read| &read.document.settings);
        let ids = all().filter(|setting| matches!(setting.key.as_str(), "broker.id" | "node.id"));
        let highest = ids.filter_map(|setting| setting.value.trim().parse::<u32>().ok()).max().unwrap_or(0);
        let first = if highest < FIRST { FIRST } else { (highest / 1000 + 1).checked_mul(1000)? };
        let listens = |port: u32| {
            let end = format!(":{port}");
            all()
                .filter(|setting| setting.key.ends_with("listeners"))
                .any(|setting| setting.value.split(',').any(|listener| listener.trim().ends_with(&end)))
        };
        let port = (PORT..PORT + 100).find(|port| !listens(*port)).unwrap_or(PORT);
        let named = |name: &str| {
            all().filter(|setting| setting.key.contains("listener")).any(|setting| {
                setting.value.split(',').any(|item| {
                    item.split(':').next().is_some_and(|one| one.trim().eq_ignore_ascii_case(name))
                })
            })
        };
        let names = ["CONTROLLER", "KRAFT_CONTROLLER", "KRAFT_QUORUM"];
        let listener = names.into_iter().find(|name| !named(name))?;
        let domain = domain(broker).map(|domain| format!(".{domain}")).unwrap_or_default();
        let controllers = [0, 1, 2].map(|at| format!("{}@controller{}{domain}:{port}", first + at, at + 1));
        Some(Self {
            key: VOTERS,
            controllers: controllers.join(","),
            first,
            port,
            listener: Cow::Borrowed(listener),
            protocol: None,
        })
    }

    fn stated(read: &'a Read<'_>) -> Option<Self> {
        if !read.is_broker() || !read.roles.controller {
            return None;
        }
        let value = |key: &str| {
            let setting = read.broker_setting(key)?;
            Some(setting.value.trim()).filter(|value| !value.is_empty())
        };
        let (key, controllers) = match (value(VOTERS), value(BOOTSTRAP)) {
            (Some(voters), _) => (VOTERS, voters),
            (None, Some(servers)) => (BOOTSTRAP, servers),
            (None, None) => return None,
        };
        let listener = value("controller.listener.names")?.split(',').next()?.trim();
        let listens = value("listeners").unwrap_or_default().split(',');
        let own = listens.filter(|one| one.trim().starts_with(listener)).find_map(|one| one.rsplit_once(':'));
        let port = own.and_then(|(_, port)| port.trim().parse().ok()).unwrap_or(PORT);
        let first = value("node.id").and_then(|id| id.parse().ok()).unwrap_or(FIRST);
        Some(Self {
            key,
            controllers: controllers.to_owned(),
            first,
            port,
            listener: Cow::Borrowed(listener),
            protocol: protocol_of(value("listener.security.protocol.map").unwrap_or_default(), listener),
        })
    }
}

/// How a listener talks, by a map of names and protocols.
pub(super) fn protocol_of(map: &str, listener: &str) -> Option<String> {
    let mut pairs = map.split(',').filter_map(|pair| pair.rsplit_once(':'));
    let found = pairs.rfind(|(name, _)| name.trim().eq_ignore_ascii_case(listener));
    found.map(|(_, protocol)| protocol.trim().to_ascii_uppercase())
}

/// `example.com`, of a broker that is known as `broker1.example.com`.
fn domain<'r>(read: &'r Read<'_>) -> Option<&'r str> {
    let settings = read.document.settings.iter();
    let mut advertised =
        settings.filter(|setting| setting.effective && sheet::key_of(setting) == "advertised.listeners");
    let address = advertised.next_back()?.value.split(',').next()?.split_once("://")?.1;
    let (host, _) = address.rsplit_once(':')?;
    let (_, domain) = host.trim().split_once('.')?;
    let plain = domain.split('.').all(|label| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    let named = domain.rsplit('.').next()?.bytes().any(|byte| byte.is_ascii_alphabetic());
    (plain && named).then_some(domain)
}
