//! How brokers talk to each other, and therefore to the controllers.

use super::quorum::{Quorum, protocol_of};
use super::sheet;
use crate::case::Read;

/// The protocols that every file has, where it says nothing of them.
const PLAIN_MAP: &str = "PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL";
const MAP: &str = "listener.security.protocol.map";

/// What a broker's file says of it.
pub(super) struct Security {
    /// `listener.security.protocol.map` with the controllers' listener.
    pub(super) map: String,
    /// Protocol of the controllers' listener.
    pub(super) protocol: String,
    /// Whether the brokers talk to each other by TLS or SASL.
    pub(super) brokers_are_secure: bool,
    /// `sasl.mechanism.controller.protocol`, where it is not Kafka's default.
    pub(super) mechanism: Option<String>,
    /// Settings of the brokers' own listener, again for the controllers'.
    pub(super) copies: Vec<(String, String)>,
    /// Why the controllers do not talk as the brokers do.
    pub(super) unlike: Option<&'static str>,
}

impl Security {
    pub(super) fn of(read: &Read<'_>, quorum: &Quorum<'_>) -> Self {
        let value = |key: &str| read.broker_setting(key).map(|setting| setting.value.trim());
        let map = value(MAP).filter(|map| !map.is_empty()).unwrap_or(PLAIN_MAP);
        let name = value("inter.broker.listener.name")
            .or_else(|| value("security.inter.broker.protocol"))
            .unwrap_or("PLAINTEXT")
            .to_ascii_uppercase();
        let brokers = protocol_of(map, &name).unwrap_or_else(|| name.clone());
        let own_prefix = format!("listener.name.{}.", name.to_ascii_lowercase());
        let settings = || {
            let settings = read.document.settings.iter().filter(|setting| setting.effective);
            settings.map(|setting| (sheet::key_of(setting), setting.value.as_str()))
        };
        let mechanism = value("sasl.mechanism.inter.broker.protocol").filter(|one| !one.is_empty());
        let scram = brokers.starts_with("SASL") && mechanism.is_some_and(|one| one.starts_with("SCRAM"));
        let has_keys = settings().any(|(key, _)| {
            let key = key.strip_prefix(&own_prefix).unwrap_or(&key);
            key == "ssl.keystore.location" || key == "ssl.keystore.key"
        });
        let brokers_are_secure = is_secure(&brokers);
        let (protocol, unlike) = match (&quorum.protocol, scram) {
            (Some(stated), _) => (stated.clone(), None),
            (None, false) => (brokers, None),
            (None, true) if has_keys => ("SSL".to_owned(), Some(BY_TLS)),
            (None, true) => ("PLAINTEXT".to_owned(), Some(OPEN)),
        };
        let listener = &quorum.listener;
        let prefix = format!("listener.name.{}.", listener.to_ascii_lowercase());
        let copies = settings().filter_map(|(key, value)| {
            let rest = key.strip_prefix(&own_prefix)?;
            let of_sasl = rest.contains("sasl.") || rest.starts_with("connections.max");
            let concerned = if protocol.starts_with("SASL") { true } else { !of_sasl };
            concerned.then(|| (format!("{prefix}{rest}"), value.to_owned()))
        });
        let copies = copies.collect();
        let mechanism = mechanism.filter(|_| protocol.starts_with("SASL")).map(str::to_owned);
        let map = if protocol_of(map, listener).is_some() {
            map.to_owned()
        } else {
            format!("{},{listener}:{protocol}", map.trim_end_matches([',', ' ']))
        };
        Self { map, protocol, brokers_are_secure, mechanism, copies, unlike }
    }

    /// What brokers and controllers both have to be told of the controllers' listener.
    pub(super) fn entries<'s>(&'s self, quorum: &'s Quorum<'_>) -> Vec<(&'s str, &'s str)> {
        let mut entries = vec![(quorum.key, quorum.controllers.as_str()), (NAMES, &quorum.listener)];
        if let Some(mechanism) = &self.mechanism {
            entries.push(("sasl.mechanism.controller.protocol", mechanism));
        }
        entries.extend(self.copies.iter().map(|(key, value)| (key.as_str(), value.as_str())));
        entries
    }
}

/// Whether settings of TLS or SASL have a use with a protocol.
pub(super) fn is_secure(protocol: &str) -> bool {
    protocol != "PLAINTEXT"
}

pub(super) const NAMES: &str = "controller.listener.names";
const BY_TLS: &str = "Controllers cannot authenticate by SCRAM, whose credentials are in what they serve: here by TLS. An authorizer then needs the names in the brokers' certificates in super.users.";
const OPEN: &str = "Controllers cannot authenticate by SCRAM, whose credentials are in what they serve: keep their port behind a firewall, or give it TLS.";

/// The authorizer that a node in KRaft mode has instead.
pub(super) fn authorizer_in_kraft(class: &str) -> Option<&'static str> {
    let old = ["kafka.security.authorizer.AclAuthorizer", "kafka.security.auth.SimpleAclAuthorizer"];
    old.contains(&class.trim()).then_some("org.apache.kafka.metadata.authorizer.StandardAuthorizer")
}
