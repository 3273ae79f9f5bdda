//! The controllers of a migration: their numbers, addresses and listener.

use std::borrow::Cow;

use super::sheet;
use crate::upgrade::CheckedFile;

/// What brokers and controllers have to agree on.
#[derive(Debug)]
pub(super) struct Quorum<'a> {
    /// `controller.quorum.voters`, or `controller.quorum.bootstrap.servers`.
    pub(super) key: &'static str,
    /// Its value.
    pub(super) controllers: String,
    /// Number and port of each controller that the value names; bootstrap servers name no numbers.
    pub(super) nodes: Vec<(u32, u32)>,
    /// Name of the controllers' listener.
    pub(super) listener: Cow<'a, str>,
    /// The file that says all this; `None` where the controllers are new.
    pub(super) stated: Option<&'a CheckedFile<'a>>,
}

const VOTERS: &str = "controller.quorum.voters";
const BOOTSTRAP: &str = "controller.quorum.bootstrap.servers";
/// Numbers as in Kafka's own examples. They cannot clash with generated broker ids, which start at 1001.
const FIRST: u32 = 3000;
const PORT: u32 = 9093;

impl<'a> Quorum<'a> {
    /// Taken from the files, a controller's first; otherwise new controllers for these brokers. `None` without any
    /// broker.
    pub(super) fn of(brokers: &[&CheckedFile<'a>], files: &'a [CheckedFile<'a>]) -> Option<Self> {
        let of_quorum = || files.iter().filter(|read| read.is_broker());
        let controllers = of_quorum().filter(|read| read.roles.controller);
        let others = of_quorum().filter(|read| !read.roles.controller);
        controllers.chain(others).find_map(Self::stated_by).or_else(|| Self::beside(brokers))
    }

    fn beside(brokers: &[&CheckedFile<'a>]) -> Option<Self> {
        let broker = brokers.first()?;
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
            nodes: [0, 1, 2].map(|at| (first + at, port)).to_vec(),
            listener: Cow::Borrowed(listener),
            stated: None,
        })
    }

    fn stated_by(read: &'a CheckedFile<'a>) -> Option<Self> {
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
        let nodes = controllers.split(',').filter_map(|one| {
            let (number, address) = one.split_once('@')?;
            let port = address.rsplit_once(':')?.1;
            Some((number.trim().parse().ok()?, port.trim().parse().ok()?))
        });
        Some(Self {
            key,
            controllers: controllers.to_owned(),
            nodes: nodes.collect(),
            listener: Cow::Borrowed(listener),
            stated: Some(read),
        })
    }

    /// Security protocol of the controllers' listener, where the files set it.
    pub(super) fn protocol(&self) -> Option<String> {
        let read = self.stated?;
        let map = read.broker_setting("listener.security.protocol.map").map(|one| one.value.trim());
        let mapped = protocol_of(map.unwrap_or_default(), &self.listener);
        // A listener named after its protocol needs no map, and with no map at all controllers use PLAINTEXT.
        let by_name = || {
            let name = self.listener.to_ascii_uppercase();
            let known = ["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"];
            Some(if known.contains(&name.as_str()) { name } else { "PLAINTEXT".to_owned() })
        };
        mapped.or_else(by_name)
    }
}

/// Security protocol of a listener, by a map of names and protocols.
pub(super) fn protocol_of(map: &str, listener: &str) -> Option<String> {
    let mut pairs = map.split(',').filter_map(|pair| pair.rsplit_once(':'));
    let found = pairs.rfind(|(name, _)| name.trim().eq_ignore_ascii_case(listener));
    found.map(|(_, protocol)| protocol.trim().to_ascii_uppercase())
}

/// The domain: `example.com` for a broker known as `broker1.example.com`.
fn domain<'r>(read: &'r CheckedFile<'_>) -> Option<&'r str> {
    let listeners = |key: &str| {
        let mut settings = read.document.settings.iter();
        settings.rfind(|setting| setting.effective && sheet::key_of(setting) == key)
    };
    let listeners = listeners("advertised.listeners").or_else(|| listeners("listeners"))?;
    let address = listeners.value.split(',').next()?.split_once("://")?.1;
    let (host, _) = address.rsplit_once(':')?;
    let (_, domain) = host.trim().split_once('.')?;
    let plain = domain.split('.').all(|label| {
        !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    });
    let named = domain.rsplit('.').next()?.bytes().any(|byte| byte.is_ascii_alphabetic());
    (plain && named).then_some(domain)
}
