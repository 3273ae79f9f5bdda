//! The file of a controller: while it waits for the brokers and copies the metadata, and after.

use kafka_upgrade_report::Mode;

use super::quorum::Quorum;
use super::security::{Security, authorizer_in_kraft, is_secure};
use super::sheet::{self, Sheet};
use super::{Way, broker, mend};
use crate::case::Read;

/// With the migration switched on.
pub(super) fn migrating(read: &Read<'_>, quorum: &Quorum<'_>, way: Way) -> Option<String> {
    let mut sheet = begin(read, quorum, true);
    let value = |key: &str| read.broker_setting(key).map(|setting| setting.value.as_str());
    sheet.comment("How the brokers talk to each other, since the controllers tell them what they decide.");
    let keys = [
        "inter.broker.listener.name",
        "security.inter.broker.protocol",
        "sasl.mechanism.inter.broker.protocol",
    ];
    sheet.add_all(keys.into_iter().filter_map(|key| Some((key, value(key)?))));
    let brokers = carried(read, |key| key.starts_with("listener.name."));
    sheet.add_all(brokers.iter().map(|(key, value)| (key.as_str(), *value)));
    sheet.comment("The migration; these lines go when it is done.");
    sheet.add("zookeeper.metadata.migration.enable", "true");
    let zookeeper =
        carried(read, |key| key.starts_with("zookeeper.") || key.starts_with("password.encoder."));
    let zookeeper = zookeeper.iter().filter(|(key, _)| key != "zookeeper.metadata.migration.enable");
    sheet.add_all(zookeeper.map(|(key, value)| (key.as_str(), *value)));
    mend::fit(sheet.into_text(), way.from.min(way.bridge), way.bridge, Mode::Kraft)
}

/// Without ZooKeeper.
pub(super) fn migrated(read: &Read<'_>, quorum: &Quorum<'_>, way: Way) -> Option<String> {
    broker::fit_for_both(begin(read, quorum, false).into_text(), way)
}

/// What both have.
fn begin(read: &Read<'_>, quorum: &Quorum<'_>, migrates: bool) -> Sheet {
    let Quorum { first, port, listener, .. } = quorum;
    let security = Security::of(read, quorum);
    let mut sheet = Sheet::new(String::new());
    let when = if migrates { "while the metadata moves from ZooKeeper" } else { "after the migration" };
    sheet.comment(&format!("A controller {when}. Each has a node.id of its own, from {first} on."));
    sheet.comment("The names of the controllers' hosts have to be yours, here and in the brokers' files.");
    let (number, listeners) = (first.to_string(), format!("{listener}://:{port}"));
    let folder = folder(read);
    sheet.add_all([
        ("process.roles", "controller"),
        ("node.id", &number),
        ("listeners", &listeners),
        ("listener.security.protocol.map", &security.map),
        ("log.dirs", &folder),
    ]);
    if let Some(unlike) = security.unlike {
        sheet.comment(unlike);
    }
    sheet.add_all(security.entries(quorum));
    // While it migrates it also talks to the brokers, as they do to each other.
    let secure = is_secure(&security.protocol) || (migrates && security.brokers_are_secure);
    let settings = carried(read, |key| is_of_both(key) || (secure && is_of_security(key)));
    if !settings.is_empty() {
        sheet.comment("As on the brokers.");
    }
    sheet.add_all(settings.iter().map(|(key, value)| match key.as_str() {
        "authorizer.class.name" => (key.as_str(), authorizer_in_kraft(value).unwrap_or(value)),
        key => (key, *value),
    }));
    sheet
}

/// Settings of the file that count, in its order.
fn carried<'r>(read: &'r Read<'_>, is: impl Fn(&str) -> bool) -> Vec<(String, &'r str)> {
    let settings = read.document.settings.iter().filter(|setting| setting.effective);
    let named = settings.map(|setting| (sheet::key_of(setting), setting.value.as_str()));
    named.filter(|(key, _)| is(key)).collect()
}

fn is_of_security(key: &str) -> bool {
    const OTHER: &[&str] = &["sasl.mechanism.controller.protocol", "sasl.mechanism.inter.broker.protocol"];
    (key.starts_with("ssl.") || key.starts_with("sasl.")) && !OTHER.contains(&key)
}

/// What the controllers decide with, so that it has to be the same there.
fn is_of_both(key: &str) -> bool {
    const STARTS: &[&str] = &["config.providers", "controller.quota.", "delegation.token.", "quota.window."];
    const KEYS: &[&str] = &[
        "allow.everyone.if.no.acl.found",
        "alter.config.policy.class.name",
        "authorizer.class.name",
        "auto.leader.rebalance.enable",
        "create.topic.policy.class.name",
        "default.replication.factor",
        "leader.imbalance.check.interval.seconds",
        "leader.imbalance.per.broker.percentage",
        "min.insync.replicas",
        "num.partitions",
        "principal.builder.class",
        "security.providers",
        "super.users",
        "unclean.leader.election.enable",
    ];
    KEYS.contains(&key) || STARTS.iter().any(|start| key.starts_with(start))
}

/// Beside the brokers' first folder, in case both run on one machine.
fn folder(read: &Read<'_>) -> String {
    let value = |key: &str| read.broker_setting(key).and_then(|setting| setting.value.split(',').next());
    let first = value("log.dirs").or_else(|| value("log.dir")).map(|one| one.trim().trim_end_matches('/'));
    let first = first.filter(|one| !one.is_empty() && !one.starts_with("/tmp"));
    first.map_or_else(|| "/var/lib/kafka-controller".to_owned(), |first| format!("{first}-controller"))
}
