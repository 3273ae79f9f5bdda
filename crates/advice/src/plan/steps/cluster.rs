//! How command line tools reach the cluster, by what the files say.

use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::paths;
use kafka_upgrade_report::DraftFile;

use super::units;
use crate::plan::drafts;
use crate::upgrade::{CheckedFile, Upgrade};

/// A file with an administrator's credentials, beside the other files of a release.
pub(super) const ON_MACHINES: &str = "config/admin.properties";
/// A file with credentials in a container, whose other folders belong to its image.
pub(super) const IN_A_POD: &str = "/tmp/admin.properties";
/// At most this many bootstrap addresses are printed; the tools discover the rest.
const MAX_SERVERS: usize = 5;
/// Credentials for the listeners of brokers, and for those of controllers where they differ.
const OF_BROKERS: &str = " --command-config config/admin.properties";
const OF_CONTROLLERS: &str = " --command-config config/controller-admin.properties";

/// Id of the step that controllers are drafted for.
const PROVISION: &str = "migrate-provision-controllers";

/// How tools and clients reach the cluster.
pub(in crate::plan) struct Cluster {
    /// `--bootstrap-server`.
    pub(super) servers: String,
    /// Whether the brokers authenticate, so that tools need a file with credentials.
    pub(super) secured: bool,
    /// The file with credentials, where the brokers authenticate.
    pub(super) admin: &'static str,
    /// `--bootstrap-controller` during a migration: the controllers named in its drafts.
    pub(super) controller: String,
    /// `--command-config` for the controllers' listener, with a blank before it; empty where it needs none.
    pub(super) controller_config: &'static str,
    /// The ZooKeeper ensemble with its chroot.
    pub(super) zookeeper: String,
    /// Whether clients reach ZooKeeper over TLS.
    pub(super) zookeeper_tls: bool,
}

impl Cluster {
    /// Taken from the listeners in the files; otherwise the address in Kafka's own examples.
    pub(super) fn of(case: &Upgrade<'_>, drafts: &[DraftFile]) -> Self {
        let zookeeper = case.files.iter().find_map(|read| read.broker_setting("zookeeper.connect"));
        let zookeeper = zookeeper.map(|setting| setting.value.trim()).filter(|connect| is_address(connect));
        let zookeeper = zookeeper.unwrap_or("localhost:2181").to_owned();
        let tls = case.files.iter().filter_map(|read| read.broker_setting("zookeeper.ssl.client.enable"));
        let zookeeper_tls = tls.into_iter().any(|setting| setting.value.trim().eq_ignore_ascii_case("true"));
        let found = case.files.iter().find_map(by_clients).or_else(|| by_brokers(case));
        let (servers, secured) = found.unwrap_or_else(|| ("localhost:9092".to_owned(), false));
        let voters = || {
            let voters = case.files.iter().filter_map(|read| read.broker_setting("controller.quorum.voters"));
            Some(drafts::addresses(&voters.into_iter().next()?.value))
        };
        let controller = drafts::controllers_of(case).or_else(voters).filter(|one| is_address(one));
        let controller = controller.unwrap_or_else(|| "localhost:9093".to_owned());
        let controller_config = controller_config(case, drafts, secured);
        let admin = ON_MACHINES;
        Self { servers, secured, admin, controller, controller_config, zookeeper, zookeeper_tls }
    }

    /// The same with names that are always the same, so that plans can be compared.
    pub(super) fn without_names(&self) -> Self {
        Self {
            servers: "broker:9092".to_owned(),
            controller: "controller:9093".to_owned(),
            zookeeper: "zookeeper:2181".to_owned(),
            ..*self
        }
    }

    /// `zookeeper-shell.sh` up to the command that it is to run.
    pub(super) fn zookeeper_shell(&self) -> String {
        let tls =
            if self.zookeeper_tls { " -zk-tls-config-file config/zookeeper-tls.properties" } else { "" };
        format!("bin/zookeeper-shell.sh {}{tls}", self.zookeeper)
    }
}

/// A client's `bootstrap.servers`.
fn by_clients(read: &CheckedFile<'_>) -> Option<(String, bool)> {
    let mut settings = read.document.settings.iter().filter(|setting| setting.effective);
    let servers =
        settings.find(|setting| setting.key == "bootstrap.servers" && is_address(&setting.value))?;
    let mut settings = read.document.settings.iter().filter(|setting| setting.effective);
    let protocol = settings.find(|setting| setting.key == "security.protocol");
    let secured = protocol.is_some_and(|one| !one.value.trim().eq_ignore_ascii_case("PLAINTEXT"));
    Some((servers.value.trim().to_owned(), secured))
}

/// Addresses that the brokers advertise, or listen on: all that are secured like the first, in case that one is down.
fn by_brokers(case: &Upgrade<'_>) -> Option<(String, bool)> {
    let mut found = case.files.iter().filter_map(by_broker);
    let (first, secured) = found.next()?;
    let mut servers = vec![first];
    for (server, is_secured) in found {
        if is_secured == secured && !servers.contains(&server) && servers.len() < MAX_SERVERS {
            servers.push(server);
        }
    }
    Some((servers.join(","), secured))
}

/// One broker's address; `None` for a controller, since most tools do not connect to it.
fn by_broker(read: &CheckedFile<'_>) -> Option<(String, bool)> {
    if read.component != Some(Component::BROKER) || !read.roles.broker {
        return None;
    }
    let value = |key: &str| read.broker_setting(key).map(|setting| setting.value.as_str());
    let map = value("listener.security.protocol.map").unwrap_or_default();
    let controllers = value("controller.listener.names").unwrap_or_default();
    let of_controllers = |name: &str| controllers.split(',').any(|one| one.trim().eq_ignore_ascii_case(name));
    let first = |key: &str| {
        let listeners = value(key)?.split(',').filter_map(|one| one.trim().split_once("://"));
        let (name, address) = listeners.into_iter().find(|(name, _)| !of_controllers(name))?;
        let (host, port) = address.rsplit_once(':')?;
        let host = if matches!(host, "" | "0.0.0.0" | "[::]") { "localhost" } else { host };
        let address = format!("{host}:{port}");
        is_address(&address).then_some((name, address))
    };
    let (name, address) = first("advertised.listeners").or_else(|| first("listeners"))?;
    Some((address, !protocol_of(map, name).eq_ignore_ascii_case("PLAINTEXT")))
}

/// The security protocol of a listener: from the map, otherwise the listener's own name.
fn protocol_of<'t>(map: &'t str, listener: &'t str) -> &'t str {
    let mut pairs = map.split(',').filter_map(|pair| pair.rsplit_once(':'));
    let found = pairs.rfind(|(name, _)| name.trim().eq_ignore_ascii_case(listener));
    found.map_or(listener, |(_, protocol)| protocol.trim())
}

/// The option that tools need for a controller's listener, by a drafted or given file of a controller: none for
/// plaintext, the brokers' file where protocol and mechanism are the same, otherwise a file of its own.
fn controller_config(case: &Upgrade<'_>, drafts: &[DraftFile], secured: bool) -> &'static str {
    let drafted = drafts.iter().find(|draft| draft.step == PROVISION);
    let drafted = drafted.map(|draft| move |key: &str| drafted_value(&draft.text, key));
    let given = case.files.iter().find(|read| read.is_broker() && read.roles.controller);
    let of_controller = |key: &str| {
        let given = given.and_then(|read| read.broker_setting(key)).map(|setting| setting.value.trim());
        given.or_else(|| drafted.as_ref().and_then(|value| value(key)))
    };
    let Some(listener) = of_controller("controller.listener.names") else {
        return if secured { OF_CONTROLLERS } else { "" };
    };
    let listener = listener.split(',').next().unwrap_or_default().trim();
    let map = of_controller("listener.security.protocol.map").unwrap_or_default();
    let protocol = protocol_of(map, listener).to_ascii_uppercase();
    if protocol == "PLAINTEXT" || (protocol == listener.to_ascii_uppercase() && !secured) {
        return "";
    }
    let broker = case.files.iter().find(|read| by_broker(read).is_some());
    let of_broker = |key: &str| {
        broker.and_then(|read| read.broker_setting(key)).map(|setting| setting.value.trim().to_owned())
    };
    let map = of_broker("listener.security.protocol.map").unwrap_or_default();
    let listeners = of_broker("advertised.listeners").or_else(|| of_broker("listeners")).unwrap_or_default();
    let name = listeners.split("://").next().unwrap_or_default().trim();
    let mechanism = of_controller("sasl.mechanism.controller.protocol").unwrap_or("GSSAPI");
    let enabled = of_broker("sasl.enabled.mechanisms").unwrap_or_else(|| "GSSAPI".to_owned());
    let same_mechanism = enabled.split(',').any(|one| one.trim().eq_ignore_ascii_case(mechanism));
    let same = protocol_of(&map, name).eq_ignore_ascii_case(&protocol)
        && (same_mechanism || !protocol.starts_with("SASL"));
    if same { OF_BROKERS } else { OF_CONTROLLERS }
}

/// The value that a drafted file gives a key.
fn drafted_value<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let mut lines = text.lines().filter_map(|line| line.split_once('='));
    lines.find(|(name, _)| name.trim() == key).map(|(_, value)| value.trim())
}

/// How nodes are started, according to the files.
pub(in crate::plan) struct Nodes {
    /// The file of a broker, or of a node that is both.
    pub(super) broker: String,
    /// The file of a controller that is no broker; `None`: the files show nodes that are both.
    pub(super) controller: Option<String>,
    /// Whether two nodes of the files run on one machine.
    pub(super) share_machines: bool,
    /// Where the metadata log of a controller lies, or of a node that is both.
    pub(super) metadata: String,
    /// The same of every node, once each.
    pub(super) all_metadata: Vec<String>,
    /// The value that brokers' files give `min.insync.replicas`, where they agree.
    pub(super) min_isr: Option<u32>,
}

impl Nodes {
    /// The same with names and numbers that are always the same, so that plans can be compared.
    pub(super) fn without_names(&self) -> Self {
        let folder = "/var/lib/kafka".to_owned();
        Self {
            broker: "config/server.properties".to_owned(),
            controller: self.controller.as_ref().map(|_| "config/controller.properties".to_owned()),
            metadata: folder.clone(),
            all_metadata: vec![folder],
            min_isr: self.min_isr.map(|_| 2),
            ..*self
        }
    }

    pub(super) fn of(case: &Upgrade<'_>, migrates: bool, drafts: &[DraftFile]) -> Self {
        let nodes = || case.files.iter().filter(|read| read.is_broker() && !is_printed(read));
        let controllers = || nodes().filter(|read| read.roles.controller && !read.roles.broker);
        let brokers = || nodes().filter(|read| read.roles.broker);
        let lone = brokers().any(|read| {
            !read.roles.controller && (read.broker_setting("process.roles").is_some() || migrates)
        });
        let apart = migrates || lone || controllers().next().is_some();
        let name = file_of(controllers().map(|read| read.path));
        let started = name.and_then(|name| units::file_of(case, Some(name)));
        let controller = started.or_else(|| name.map(|name| format!("config/{name}")));
        let controller = controller.unwrap_or_else(|| "config/controller.properties".to_owned());
        let name = file_of(brokers().map(|read| read.path));
        let started = units::file_of(case, name).filter(|file| !is_of_controllers(file));
        let broker = started.or_else(|| name.map(|name| format!("config/{name}")));
        let mut values: Vec<Option<u32>> = brokers()
            .map(|read| {
                read.broker_setting("min.insync.replicas").and_then(|one| one.value.trim().parse().ok())
            })
            .collect();
        values.dedup();
        let decide = nodes().filter(|read| read.roles.controller);
        let others = nodes().filter(|read| !read.roles.controller);
        let (mut all_metadata, mut known) = (Vec::new(), BTreeSet::new());
        // The new controllers of a migration are described by the drafts.
        let drafted = drafts.iter().filter(|draft| draft.step == PROVISION).filter_map(|draft| {
            let value = |key: &str| drafted_value(&draft.text, key);
            value("metadata.log.dir").or_else(|| value("log.dirs")).and_then(first_folder)
        });
        let given = decide.chain(others).filter_map(metadata_log);
        for folder in drafted.chain(given) {
            if known.insert(folder.clone()) {
                all_metadata.push(folder);
            }
        }
        if all_metadata.is_empty() {
            all_metadata.push("/var/lib/kafka".to_owned());
        }
        let min_isr = if let [one] = values.as_slice() { *one } else { None };
        Self {
            broker: broker.unwrap_or_else(|| "config/server.properties".to_owned()),
            controller: apart.then_some(controller),
            share_machines: share_machines(nodes()),
            metadata: all_metadata.first().cloned().unwrap_or_default(),
            all_metadata,
            min_isr,
        }
    }
}

/// Whether a text was printed by a tool, and is no file of a node.
pub(super) fn is_printed(read: &CheckedFile<'_>) -> bool {
    read.document.kind == kafka_upgrade_document::Kind::LiveOutput
}

/// Whether a file is that of a controller, by its name.
fn is_of_controllers(file: &str) -> bool {
    paths::file_name(file).contains("controller")
}

/// The file name that all paths share, if it is that of a properties file.
fn file_of<'p>(paths: impl Iterator<Item = &'p str>) -> Option<&'p str> {
    let mut names: Vec<&str> = paths.map(paths::file_name).collect();
    names.dedup();
    let [name] = names.as_slice() else { return None };
    let plain = name.bytes().all(|one| one.is_ascii_alphanumeric() || matches!(one, b'.' | b'-' | b'_'));
    (plain && name.ends_with(".properties") && !name.starts_with('-')).then_some(*name)
}

/// Whether two nodes have the same host in their listeners.
fn share_machines<'r, 'a: 'r>(nodes: impl Iterator<Item = &'r CheckedFile<'a>>) -> bool {
    let mut node_on = BTreeMap::new();
    for read in nodes {
        let value = |key: &str| read.broker_setting(key).map(|setting| setting.value.as_str());
        let listeners = value("advertised.listeners").or_else(|| value("listeners")).unwrap_or_default();
        let mut hosts = listeners
            .split(',')
            .filter_map(|one| one.split_once("://")?.1.trim().rsplit_once(':'))
            .map(|(host, _)| host)
            .filter(|host| !matches!(*host, "" | "0.0.0.0" | "[::]"));
        let id = value("node.id").or_else(|| value("broker.id")).unwrap_or_default();
        if hosts.any(|host| *node_on.entry(host).or_insert(id) != id) {
            return true;
        }
    }
    false
}

/// The folder that holds `__cluster_metadata-0`: `metadata.log.dir`, else the first of `log.dirs`.
fn metadata_log(read: &CheckedFile<'_>) -> Option<String> {
    let value = |key: &str| read.broker_setting(key).map(|setting| setting.value.as_str());
    first_folder(value("metadata.log.dir").or_else(|| value("log.dirs")).or_else(|| value("log.dir"))?)
}

/// The first of several folders, if a shell can take its name without quoting.
fn first_folder(folders: &str) -> Option<String> {
    let folder = folders.split(',').next().unwrap_or_default().trim().trim_end_matches('/');
    let plain =
        folder.bytes().all(|one| one.is_ascii_alphanumeric() || matches!(one, b'/' | b'.' | b'-' | b'_'));
    (plain && folder.starts_with('/')).then(|| folder.to_owned())
}

/// Only hosts and ports that are safe in a shell command.
fn is_address(text: &str) -> bool {
    let text = text.trim();
    let plain = |one: char| {
        one.is_ascii_alphanumeric() || matches!(one, '.' | '-' | '_' | ':' | ',' | '[' | ']' | '/')
    };
    text.contains(':') && text.chars().all(plain) && !text.starts_with([':', '-'])
}
