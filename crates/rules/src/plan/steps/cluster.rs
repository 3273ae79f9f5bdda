//! How command line tools reach the cluster, by what the files say.

use kafka_upgrade_catalog::Component;

use crate::case::{Case, Read};
use crate::plan::drafts;

/// What tools are told.
pub(in crate::plan) struct Cluster {
    /// `--bootstrap-server`.
    pub(super) servers: String,
    /// Whether the brokers ask who is there, so that tools need a file with credentials.
    pub(super) secured: bool,
    /// `--bootstrap-controller` of a migration: the first controller that its drafts name.
    pub(super) controller: String,
    /// The ZooKeeper ensemble with its chroot.
    pub(super) zookeeper: String,
}

impl Cluster {
    /// What a file says of where the brokers listen; otherwise the address of Kafka's own examples.
    pub(super) fn of(case: &Case<'_>) -> Self {
        let zookeeper = case.files.iter().find_map(|read| read.broker_setting("zookeeper.connect"));
        let zookeeper = zookeeper.map(|setting| setting.value.trim()).filter(|connect| is_address(connect));
        let zookeeper = zookeeper.unwrap_or("localhost:2181").to_owned();
        let found = case.files.iter().find_map(by_clients).or_else(|| case.files.iter().find_map(by_brokers));
        let (servers, secured) = found.unwrap_or_else(|| ("localhost:9092".to_owned(), false));
        let controller = drafts::controller(case).filter(|one| is_address(one));
        let controller = controller.unwrap_or_else(|| "localhost:9093".to_owned());
        Self { servers, secured, controller, zookeeper }
    }
}

/// A client's `bootstrap.servers`.
fn by_clients(read: &Read<'_>) -> Option<(String, bool)> {
    let mut settings = read.document.settings.iter().filter(|setting| setting.effective);
    let servers =
        settings.find(|setting| setting.key == "bootstrap.servers" && is_address(&setting.value))?;
    let mut settings = read.document.settings.iter().filter(|setting| setting.effective);
    let protocol = settings.find(|setting| setting.key == "security.protocol");
    let secured = protocol.is_some_and(|one| !one.value.trim().eq_ignore_ascii_case("PLAINTEXT"));
    Some((servers.value.trim().to_owned(), secured))
}

/// What a broker advertises, or listens on; of a controller nothing, as most tools do not ask it.
fn by_brokers(read: &Read<'_>) -> Option<(String, bool)> {
    if read.component != Some(Component::BROKER) || !read.roles.broker {
        return None;
    }
    let value = |key: &str| read.broker_setting(key).map(|setting| setting.value.as_str());
    let map = value("listener.security.protocol.map").unwrap_or_default();
    let first = |key: &str| {
        let (name, address) = value(key)?.split(',').next()?.trim().split_once("://")?;
        let (host, port) = address.rsplit_once(':')?;
        let host = if matches!(host, "" | "0.0.0.0" | "[::]") { "localhost" } else { host };
        let address = format!("{host}:{port}");
        is_address(&address).then_some((name, address))
    };
    let (name, address) = first("advertised.listeners").or_else(|| first("listeners"))?;
    let mut pairs = map.split(',').filter_map(|pair| pair.rsplit_once(':'));
    let protocol = pairs.rfind(|(one, _)| one.trim().eq_ignore_ascii_case(name));
    let plain = protocol.map_or(name, |(_, protocol)| protocol.trim()).eq_ignore_ascii_case("PLAINTEXT");
    Some((address, !plain))
}

/// Hosts and ports, and nothing that a shell would take for something else.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    let plain = |one: char| {
        one.is_ascii_alphanumeric() || matches!(one, '.' | '-' | '_' | ':' | ',' | '[' | ']' | '/')
    };
    text.contains(':') && text.chars().all(plain) && !text.starts_with([':', '-'])
}
