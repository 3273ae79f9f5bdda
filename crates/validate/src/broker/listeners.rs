//! Listeners of a broker or controller: names, protocols, ports, and which are advertised.
//!
//! Kafka keeps two views of a listener's name: normalised (upper case) where listeners and the protocol map are
//! read, and as written where `controller.listener.names` is; a controller listener in lower case matches nothing.

use kafka_upgrade_sorted::case::{self, Case as _};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_catalog::{Validator, ValueType};
use kafka_upgrade_sorted::Sorted as _;

use super::super::address::{self, Family};
use super::super::fault::{Fault, quote};
use super::super::list;
use super::super::view::View;

/// How a listener talks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Protocol {
    Plaintext,
    Ssl,
    SaslPlaintext,
    SaslSsl,
}

impl Protocol {
    /// The protocol of that name, in whatever case.
    pub(super) fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|protocol| protocol.name().eq_ignore_ascii_case(name))
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Plaintext => "PLAINTEXT",
            Self::Ssl => "SSL",
            Self::SaslPlaintext => "SASL_PLAINTEXT",
            Self::SaslSsl => "SASL_SSL",
        }
    }

    pub(super) const fn is_sasl(self) -> bool {
        matches!(self, Self::SaslPlaintext | Self::SaslSsl)
    }

    const ALL: [Self; 4] = [Self::Plaintext, Self::Ssl, Self::SaslPlaintext, Self::SaslSsl];
}

/// One listener that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Endpoint<'a> {
    /// In upper case.
    pub(super) name: Cow<'a, str>,
    /// `None` where nothing stands between `//` and the port.
    pub(super) host: Option<&'a str>,
    pub(super) port: i32,
}

/// A key that is refused, with the reason.
pub(super) type Refused = (&'static str, Fault);

fn refused<T>(key: &'static str, rule: &'static str, message: String) -> Result<T, Refused> {
    Err((key, Fault::new(rule, message)))
}

pub(super) const MAP: &str = "listener.security.protocol.map";
pub(super) const LISTENERS: &str = "listeners";
pub(super) const ADVERTISED: &str = "advertised.listeners";
pub(super) const CONTROLLERS: &str = "controller.listener.names";

/// Whether a security protocol has that name.
pub(super) fn is_protocol(name: &str) -> bool {
    Protocol::parse(name).is_some()
}

/// Upper case as Java's root locale has it, without a copy where there is nothing to change.
pub(super) fn normalised(name: &str) -> Cow<'_, str> {
    if name.chars().any(case::is_lower) { Cow::Owned(name.upper()) } else { Cow::Borrowed(name) }
}

/// Items of a key that is a list in newer releases and text in older ones.
pub(super) fn items<'a>(view: &View<'a>, key: &str) -> Vec<&'a str> {
    let text = view.text(key).unwrap_or_default();
    let Some(definition) = view.definition(key) else { return Vec::new() };
    match (definition.value_type, definition.validator) {
        (ValueType::List, Validator::ListIn { empty: Some(_), .. }) => {
            // Lists with a strict validator lose their duplicates before anybody sees them.
            let mut seen = BTreeSet::new();
            list::items(text).filter(|item| seen.insert(*item)).collect()
        }
        (ValueType::List, _) => list::items(text).collect(),
        _ => list::csv(text).collect(),
    }
}

/// `controller.listener.names`; to 4.0 split at commas alone, blanks and all.
pub(super) fn controller_names<'a>(view: &View<'a>) -> Vec<&'a str> {
    if view.since(4, 1) {
        return items(view, CONTROLLERS);
    }
    let text = view.text(CONTROLLERS).unwrap_or_default().trim_end_matches(',');
    if text.is_empty() { Vec::new() } else { text.split(',').collect() }
}

/// What is configured and what Kafka adds by itself: protocol of each listener name.
pub(super) struct Protocols<'a>(BTreeMap<Cow<'a, str>, Protocol>);

impl<'a> Protocols<'a> {
    pub(super) fn get(&self, name: &str) -> Option<Protocol> {
        self.0.get(name).copied()
    }

    /// Reads the map, and the listeners as far as they decide what is added to it.
    pub(super) fn read(view: &View<'a>, controllers: &[&'a str], kraft: bool) -> Result<Self, Refused> {
        let text = view.text(MAP).unwrap_or_default();
        let mut map: BTreeMap<Cow<'a, str>, Protocol> = BTreeMap::new();
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        // Java's split drops what is empty at the end.
        let text = text.trim_end_matches([',', ' ', '\t']);
        for pair in list::items(text) {
            let Some((name, protocol)) = pair.rsplit_once(':') else {
                return refused(
                    MAP,
                    "refused-map",
                    format!("{} is no pair of name and protocol.", quote(pair)),
                );
            };
            let name = super::super::number::trim(name);
            let Some(protocol) = Protocol::parse(super::super::number::trim(protocol)) else {
                return refused(
                    MAP,
                    "refused-protocol",
                    format!("{} has no security protocol.", quote(pair)),
                );
            };
            let upper = normalised(name);
            // The same name in two cases is a duplicate; written alike, the later pair counts.
            if view.since(4, 1) && !seen.contains(name) && map.contains_key(&upper) {
                return refused(
                    MAP,
                    "refused-duplicate",
                    format!("{} comes twice, in different case.", quote(name)),
                );
            }
            seen.insert(name);
            map.insert(upper, protocol);
        }
        if view.has(MAP) || !kraft {
            return Ok(Self(map));
        }
        let is_secure = |name: &str| matches!(name, "SSL" | "SASL_SSL" | "SASL_PLAINTEXT");
        let mut secure = controllers.iter().any(|name| is_secure(name));
        if !secure {
            for listener in items(view, LISTENERS) {
                let Some((name, _)) = listener.split_once(':') else {
                    return refused(
                        LISTENERS,
                        "refused-listener",
                        format!("{} has no name.", quote(listener)),
                    );
                };
                if is_secure(&normalised(name)) {
                    secure = true;
                    break;
                }
            }
        }
        if !secure {
            let mut added: BTreeSet<&str> = BTreeSet::new();
            for name in controllers.iter().filter(|name| **name != "PLAINTEXT") {
                if !added.insert(name) && view.since(4, 1) {
                    return refused(
                        CONTROLLERS,
                        "refused-duplicate",
                        format!("{} comes twice.", quote(name)),
                    );
                }
                map.insert(Cow::Borrowed(name), Protocol::Plaintext);
            }
        }
        Ok(Self(map))
    }
}

/// Reads `NAME://host:port` items. Ports have to differ where the process binds to them.
pub(super) fn endpoints<'a>(
    view: &View<'a>,
    key: &'static str,
    protocols: &Protocols<'a>,
    distinct_ports: bool,
) -> Result<Vec<Endpoint<'a>>, Refused> {
    let mut endpoints: Vec<Endpoint<'a>> = Vec::new();
    for item in items(view, key) {
        let Some((name, host, port)) = split(item) else {
            return refused(
                key,
                "refused-listener",
                format!("{} is no listener; each has to be NAME://host:port.", quote(item)),
            );
        };
        let name = normalised(name);
        if protocols.get(&name).is_none() {
            return refused(key, "refused-listener", format!("{} has no protocol in `{MAP}`.", quote(&name)));
        }
        endpoints.push(Endpoint { name, host: (!host.is_empty()).then_some(host), port });
    }
    if let Some(name) = list::duplicate(endpoints.iter().map(|endpoint| &*endpoint.name)) {
        return refused(key, "refused-duplicate", format!("The listener name {} comes twice.", quote(name)));
    }
    if distinct_ports {
        let mut by_port: Vec<&Endpoint<'a>> =
            endpoints.iter().filter(|endpoint| endpoint.port != 0).collect();
        by_port.order_by_key(|endpoint| endpoint.port);
        let taken = by_port.chunk_by(|a, b| a.port == b.port).find(|on_port| !is_port_free(on_port));
        if let Some(endpoint) = taken.and_then(<[_]>::first) {
            let message =
                format!("Port {} comes twice; that needs one IPv4 and one IPv6 address.", endpoint.port);
            return refused(key, "refused-duplicate-port", message);
        }
    }
    Ok(endpoints)
}

/// The listener that a host and a port make; no host is every address.
pub(super) fn of_host<'a>(
    key: &'static str,
    host: Option<&'a str>,
    port: i64,
    protocols: &Result<Protocols<'a>, Refused>,
) -> Result<Vec<Endpoint<'a>>, Refused> {
    let (host, name) = (host.unwrap_or_default(), Protocol::Plaintext.name());
    let plain = protocols.as_ref().map_err(Clone::clone)?.get(name);
    let Some(number) = i32::try_from(port).ok().filter(|_| plain.is_some() && address::is_host(host)) else {
        let listener = format!("{name}://{host}:{port}");
        return refused(key, "refused-listener", format!("{} is no listener.", quote(&listener)));
    };
    Ok(vec![Endpoint { name: Cow::Borrowed(name), host: (!host.is_empty()).then_some(host), port: number }])
}

/// Two listeners may share a port only when one has an IPv4 and the other an IPv6 address.
fn is_port_free(on_port: &[&Endpoint<'_>]) -> bool {
    let family = |endpoint: &Endpoint<'_>| endpoint.host.and_then(address::family);
    match on_port {
        [] | [_] => true,
        [first, second] => matches!(
            (family(first), family(second)),
            (Some(Family::V4), Some(Family::V6)) | (Some(Family::V6), Some(Family::V4))
        ),
        _ => false,
    }
}

fn split(item: &str) -> Option<(&str, &str, i32)> {
    let (head, port) = item.rsplit_once(':')?;
    let digits = port.strip_prefix('-').unwrap_or(port);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (name, host) = head.rsplit_once("://")?;
    let host = host.strip_prefix('[').unwrap_or(host);
    let host = host.strip_suffix(']').unwrap_or(host);
    address::is_host(host).then(|| port.parse().ok().map(|port| (name, host, port))).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listener_has_a_name_a_host_and_a_port() {
        assert_eq!(split("PLAINTEXT://:9092"), Some(("PLAINTEXT", "", 9092)));
        assert_eq!(split("a://[::1]:-1"), Some(("a", "::1", -1)));
        for wrong in ["PLAINTEXT", "PLAINTEXT://", "PLAINTEXT://a", "PLAINTEXT://a b:1", "P://a:99999999999"]
        {
            assert_eq!(split(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_port_is_shared_between_address_families_only() {
        let free = |hosts: &[Option<&'static str>]| {
            let all: Vec<Endpoint<'_>> = hosts
                .iter()
                .map(|host| Endpoint { name: Cow::Borrowed("A"), host: *host, port: 1 })
                .collect();
            is_port_free(&all.iter().collect::<Vec<_>>())
        };
        assert!(free(&[Some("1.2.3.4"), Some("::1")]));
        assert!(!free(&[Some("1.2.3.4"), Some("5.6.7.8")]));
        assert!(!free(&[Some("1.2.3.4"), Some("::1"), None]));
        assert!(!free(&[Some("a"), Some("b")]));
    }
}
