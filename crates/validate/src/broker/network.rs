//! Which listeners a process binds, advertises and uses between brokers, and the limits on connections.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_sorted::Gather as _;
use kafka_upgrade_sorted::case::Case as _;

use super::super::fault::{Fault, quote};
use super::super::value;
use super::super::view::View;
use super::super::{address, list, metadata, number};
use super::listeners::{
    self, ADVERTISED, CONTROLLERS, Endpoint, LISTENERS, MAP, Protocol, Protocols, Refused, normalised,
};
use super::{Roles, voters};

const INTER_BROKER_NAME: &str = "inter.broker.listener.name";
const INTER_BROKER_PROTOCOL: &str = "security.inter.broker.protocol";
const OVERRIDES: &str = "max.connections.per.ip.overrides";

/// Everything about listeners that was read, or why it could not be.
pub(super) struct Network<'a> {
    pub(super) controllers: Vec<&'a str>,
    controller_names: BTreeSet<&'a str>,
    pub(super) protocols: Result<Protocols<'a>, Refused>,
    pub(super) listeners: Result<Vec<Endpoint<'a>>, Refused>,
    advertised: Option<Result<Vec<Endpoint<'a>>, Refused>>,
    /// Before 3.1 controllers' listeners stay among the advertised ones.
    advertises_controllers_too: bool,
}

impl<'a> Network<'a> {
    pub(super) fn read(view: &View<'a>, roles: Roles) -> Self {
        let controllers = listeners::controller_names(view);
        let protocols =
            Protocols::read(view, &controllers, view.since(4, 0) || (!roles.zookeeper() && view.since(3, 1)));
        let read = |key: &'static str, distinct: bool| match &protocols {
            Ok(protocols) => listeners::endpoints(view, key, protocols, distinct),
            Err(refused) => Err(refused.clone()),
        };
        // Before 3.0 a host and a port stand for listeners that are not given.
        let (host, port) = (view.text("host.name"), "port");
        let listeners = match (view.text(LISTENERS), view.whole(port)) {
            (None, Some(port)) => listeners::of_host(LISTENERS, host, port, &protocols),
            _ => read(LISTENERS, true),
        };
        let (own_host, own_port) = (view.text("advertised.host.name"), view.whole("advertised.port"));
        let advertised = match view.text(ADVERTISED) {
            Some(_) => Some(read(ADVERTISED, false)),
            None if own_host.is_some() || own_port.is_some() => own_port
                .or_else(|| view.whole(port))
                .map(|port| listeners::of_host(ADVERTISED, own_host.or(host), port, &protocols)),
            None => None,
        };
        let controller_names = controllers.iter().copied().gather();
        Self {
            controllers,
            controller_names,
            protocols,
            listeners,
            advertised,
            advertises_controllers_too: !view.since(3, 1),
        }
    }

    /// Checks the listeners before anything else; some of them may be started early.
    pub(super) fn early_start(&self, view: &mut View<'_>) {
        let listeners = match &self.listeners {
            Ok(listeners) => listeners,
            Err((key, fault)) => return view.refuse_once(key, fault.clone()),
        };
        let key = "early.start.listeners";
        if !view.has(key) || view.definition(key).is_none() || view.is_refused(key) {
            return;
        }
        let known = names(listeners);
        let unknown = view
            .list(key)
            .map(number::trim)
            .filter(|name| !name.is_empty())
            .find(|name| !known.contains(name));
        if let Some(name) = unknown {
            view.refuse(key, "refused-listener", format!("{} is not in `{LISTENERS}`.", quote(name)));
        }
    }

    /// Advertised listeners have to be sound where they are given.
    pub(super) fn advertised(&self, view: &mut View<'_>) {
        if let Some(Err((key, fault))) = &self.advertised {
            view.refuse_once(key, fault.clone());
        }
    }

    fn is_controller(&self, endpoint: &Endpoint<'_>) -> bool {
        self.controller_names.contains(&*endpoint.name)
    }

    pub(super) fn has_controller_listener(&self) -> bool {
        self.listeners
            .as_ref()
            .is_ok_and(|listeners| listeners.iter().any(|listener| self.is_controller(listener)))
    }

    /// What brokers before 3.1 read behind their listeners: the listener between brokers.
    pub(super) fn between_brokers(&self, view: &mut View<'a>) {
        let protocol = view.text(INTER_BROKER_PROTOCOL).unwrap_or_default();
        if let Err((key, fault)) = self.inter_broker(view) {
            view.refuse_once(key, fault);
        } else if view.text(INTER_BROKER_NAME).is_none() && !listeners::is_protocol(protocol) {
            let message = format!("{} is no security protocol.", quote(protocol));
            view.refuse(INTER_BROKER_PROTOCOL, "refused-protocol", message);
        }
    }

    /// Whether a controller's listener is named in the advertised ones.
    pub(super) fn advertises_controller_names(&self) -> bool {
        let advertised = self.advertised.as_ref().and_then(|advertised| advertised.as_ref().ok());
        advertised.is_some_and(|advertised| advertised.iter().any(|endpoint| self.is_controller(endpoint)))
    }

    /// Whether anything is advertised: what is given as that, or listeners that are no controllers'.
    pub(super) fn advertises_anything(&self) -> bool {
        match (&self.advertised, &self.listeners) {
            (Some(Ok(advertised)), _) => !advertised.is_empty(),
            (None, Ok(listeners)) => listeners.iter().any(|listener| !self.is_controller(listener)),
            _ => false,
        }
    }

    /// Whether a controller's listener is advertised as it is bound.
    pub(super) fn advertises_controllers(&self) -> bool {
        let (Ok(listeners), Some(Ok(advertised))) = (&self.listeners, &self.advertised) else { return false };
        let controllers = self.controller_endpoints(listeners);
        let is_one = |one: &Endpoint<'_>| controllers.get(&*one.name).is_some_and(|host| *host == one.host);
        advertised.iter().any(is_one)
    }

    /// A controller listener that `listeners` lacks.
    pub(super) fn missing_controller_listener(&self) -> Option<&'a str> {
        let listeners = self.listeners.as_ref().ok()?;
        let known = names(listeners);
        self.controllers.iter().copied().find(|name| !known.contains(name))
    }

    /// What brokers and clients are given to use, without the controllers' own.
    fn broker_endpoints(&self) -> Option<Vec<&Endpoint<'a>>> {
        let endpoints = match &self.advertised {
            Some(advertised) => advertised,
            None => &self.listeners,
        };
        let endpoints = endpoints.as_ref().ok()?;
        let takes_all = self.advertised.is_some() && self.advertises_controllers_too;
        Some(endpoints.iter().filter(|endpoint| takes_all || !self.is_controller(endpoint)).collect())
    }

    /// Whether the listener is advertised to brokers and clients.
    pub(super) fn is_advertised(&self, name: &str) -> bool {
        self.broker_endpoints()
            .is_some_and(|endpoints| endpoints.iter().any(|endpoint| endpoint.name == name))
    }

    /// Hosts of the controller listeners as they are advertised; `None` when the listeners could not be read.
    pub(super) fn controller_hosts(&self, view: &View<'a>) -> Option<Vec<Option<&'a str>>> {
        let listeners = self.listeners.as_ref().ok()?;
        let advertised = match &self.advertised {
            Some(advertised) => advertised.as_ref().ok()?.as_slice(),
            None => &[],
        };
        let (advertised, listeners) =
            (self.controller_endpoints(advertised), self.controller_endpoints(listeners));
        let host = |(place, name): (usize, &&'a str)| {
            let name = normalised(name);
            if let Some(host) = advertised.get(&*name) {
                return Some(*host);
            }
            match *listeners.get(&*name)? {
                None | Some("0.0.0.0") => {
                    Some((place == 0 && asks_voters(view)).then(|| voters::own_host(view)).flatten())
                }
                host => Some(host),
            }
        };
        Some(self.controllers.iter().enumerate().filter_map(host).collect())
    }

    /// Hosts of the controllers' listeners by name, the first of each.
    fn controller_endpoints<'n>(&self, endpoints: &'n [Endpoint<'a>]) -> BTreeMap<&'n str, Option<&'a str>> {
        let mut hosts = BTreeMap::new();
        for endpoint in endpoints.iter().filter(|endpoint| self.is_controller(endpoint)) {
            hosts.entry(&*endpoint.name).or_insert(endpoint.host);
        }
        hosts
    }

    /// Whether Kafka has to read the voters' addresses to know where this controller is.
    fn asks_voters(&self, view: &View<'a>) -> bool {
        if !asks_voters(view) {
            return false;
        }
        let (Ok(listeners), Some(first)) = (&self.listeners, self.controllers.first()) else { return false };
        let first = normalised(first);
        let named = |endpoint: &&Endpoint<'_>| self.is_controller(endpoint) && endpoint.name == first;
        let is_advertised = self
            .advertised
            .as_ref()
            .and_then(|a| a.as_ref().ok())
            .is_some_and(|a| a.iter().any(|e| named(&e)));
        !is_advertised
            && listeners
                .iter()
                .find(named)
                .is_some_and(|endpoint| matches!(endpoint.host, None | Some("0.0.0.0")))
    }

    /// Name and protocol of what brokers use between themselves.
    pub(super) fn inter_broker(&self, view: &View<'a>) -> Result<(Cow<'a, str>, Protocol), Refused> {
        if let Some(name) = view.text(INTER_BROKER_NAME) {
            if view.has(INTER_BROKER_PROTOCOL) {
                let message = format!("Only one of it and `{INTER_BROKER_PROTOCOL}` may be set.");
                return Err((INTER_BROKER_NAME, Fault::new("refused-together", message)));
            }
            let name = normalised(name);
            let protocol = self.protocols.as_ref().map_err(Clone::clone)?.get(&name);
            return match protocol {
                Some(protocol) => Ok((name, protocol)),
                None => {
                    let message = format!("The listener {} has no protocol in `{MAP}`.", quote(&name));
                    Err((INTER_BROKER_NAME, Fault::new("refused-listener", message)))
                }
            };
        }
        let protocol =
            view.text(INTER_BROKER_PROTOCOL).and_then(Protocol::parse).unwrap_or(Protocol::Plaintext);
        Ok((Cow::Borrowed(protocol.name()), protocol))
    }

    /// What every broker needs: advertised listeners, among them the one between brokers.
    pub(super) fn brokers(&self, view: &mut View<'a>, roles: Roles) {
        if !roles.broker && (roles.controller || view.since(4, 0)) {
            return;
        }
        let (Some(advertised), Ok(listeners)) = (self.broker_endpoints(), &self.listeners) else { return };
        let key = if view.has(ADVERTISED) { ADVERTISED } else { LISTENERS };
        if advertised.is_empty() && view.since(3, 1) {
            view.refuse_for(
                CONTROLLERS,
                key,
                "missing-listener",
                "No listener is left for clients and brokers.",
            );
            return;
        }
        match self.inter_broker(view) {
            Ok((name, _)) if !advertised.iter().any(|endpoint| endpoint.name == name) => {
                let message = format!("The listener {} between brokers is not among `{key}`.", quote(&name));
                view.refuse_for(INTER_BROKER_NAME, INTER_BROKER_PROTOCOL, "refused-listener", message);
            }
            Ok(_) => {}
            Err((key, fault)) => view.refuse_once(key, fault),
        }
        let bound = names(listeners);
        if let Some(unknown) = advertised.iter().find(|endpoint| !bound.contains(&*endpoint.name)) {
            let message = format!("{} is not in `{LISTENERS}`.", quote(&unknown.name));
            view.refuse(ADVERTISED, "refused-listener", message);
        }
    }

    /// Nobody can reach 0.0.0.0.
    pub(super) fn routable(&self, view: &mut View<'a>) {
        let unroutable = "0.0.0.0 cannot be advertised: nobody can reach it.";
        let key = if view.has(ADVERTISED) { ADVERTISED } else { LISTENERS };
        if self.broker_endpoints().is_some_and(|all| all.iter().any(|e| e.host == Some("0.0.0.0"))) {
            view.refuse_for(ADVERTISED, key, "refused-host", unroutable);
            return;
        }
        if self.asks_voters(view)
            && let Some(voter) = voters::unroutable_voter(view)
        {
            view.refuse(
                voters::VOTERS,
                "refused-host",
                format!("{} has an address that nobody can reach.", quote(voter)),
            );
            return;
        }
        if self.controller_hosts(view).is_some_and(|hosts| hosts.contains(&Some("0.0.0.0"))) {
            view.refuse_for(ADVERTISED, key, "refused-host", unroutable);
        }
    }

    /// With SASL between brokers, the mechanism has to be one that the listener takes.
    pub(super) fn inter_broker_mechanism(&self, view: &mut View<'a>, protocol: Option<usize>) {
        let (name, security) = match self.inter_broker(view) {
            Ok(found) => found,
            Err((key, fault)) => return view.refuse_once(key, fault),
        };
        if !security.is_sasl() {
            return;
        }
        let mechanism_key = "sasl.mechanism.inter.broker.protocol";
        let mechanism = view.text(mechanism_key).unwrap_or_default();
        let has_handshake = protocol.is_none_or(|place| metadata::is_at_least(place, "0.10.0-IV1"));
        if !view.since(4, 0) && !has_handshake && mechanism != "GSSAPI" {
            let message = "Only GSSAPI works between brokers of such an old protocol version.";
            view.refuse_for("inter.broker.protocol.version", mechanism_key, "refused-mechanism", message);
        }
        let prefix = format!("listener.name.{}.", name.lower());
        if !overrides_are_sound(view, &prefix) {
            return;
        }
        let enabled = "sasl.enabled.mechanisms";
        let specific =
            view.settings.get(&format!("{prefix}{enabled}")).map(|entry| number::trim(entry.value));
        let mut mechanisms = list::items(specific.or_else(|| view.text(enabled)).unwrap_or_default());
        if !mechanisms.any(|item| item == mechanism) {
            let message =
                format!("{} is not among `{enabled}` of the listener {}.", quote(mechanism), quote(&name));
            view.refuse_for(mechanism_key, enabled, "refused-mechanism", message);
        }
    }
}

fn names<'n>(listeners: &'n [Endpoint<'_>]) -> BTreeSet<&'n str> {
    listeners.iter().map(|listener| &*listener.name).gather()
}

/// Whether the release looks for its own address among the voters.
fn asks_voters(view: &View<'_>) -> bool {
    view.since(4, 2)
}

/// Keys with the listener's prefix are read like those without it.
fn overrides_are_sound(view: &mut View<'_>, prefix: &str) -> bool {
    let mut wrong = Vec::new();
    for entry in view.settings.with_prefix(prefix) {
        let Some(key) = entry.key.get(prefix.len()..) else { continue };
        let definition =
            view.definition(key).or_else(|| key.split_once('.').and_then(|(_, rest)| view.definition(rest)));
        if let Some(definition) = definition
            && let Err(fault) = value::judge(&definition, entry.value, view.release)
        {
            wrong.push((definition.key, entry.key, fault));
        }
    }
    let sound = wrong.is_empty();
    for (key, cause, fault) in wrong {
        view.refuse_for(key, cause, fault.rule, fault.message);
    }
    sound
}

/// `host:number` pairs.
pub(super) fn connection_overrides(view: &mut View<'_>) {
    let Some(text) = view.entry(OVERRIDES).and_then(|_| view.text(OVERRIDES)) else { return };
    let is_pair = |pair: &str| {
        pair.rsplit_once(':').is_some_and(|(_, count)| {
            number::whole(number::trim(count), i64::from(i32::MIN), i64::from(i32::MAX)).is_some()
        })
    };
    let text = text.trim_end_matches([',', ' ', '\t']);
    if let Some(wrong) = list::items(text).find(|pair| !is_pair(pair)) {
        view.refuse(OVERRIDES, "refused-map", format!("{} is no pair of host and number.", quote(wrong)));
    }
}

/// Limits on connections and requests that have to fit each other.
pub(super) fn limits(view: &mut View<'_>) {
    let (queued, request) = ("queued.max.request.bytes", "socket.request.max.bytes");
    if let Some((most, one)) = view.pair(queued, request)
        && most > 0
        && most < one
    {
        let message = format!("{most} bytes has to be at least `{request}` ({one} bytes).");
        view.refuse_for(queued, request, "refused-relation", message);
    }
    if view.since(4, 1) {
        connection_overrides(view);
    }
    if view.is_refused(OVERRIDES) {
        return;
    }
    let hosts: Vec<&str> = list::items(view.text(OVERRIDES).unwrap_or_default())
        .filter_map(|pair| pair.rsplit_once(':'))
        .map(|(host, _)| number::trim(host))
        .collect();
    let limit = "max.connections.per.ip";
    if view.has(limit) && view.whole(limit) == Some(0) && hosts.is_empty() {
        view.refuse(limit, "refused-relation", format!("0 needs `{OVERRIDES}`; nobody could connect."));
    }
    if let Some(wrong) = hosts.into_iter().find(|host| !address::is_host(host)) {
        view.refuse(OVERRIDES, "refused-host", format!("{} is no host.", quote(wrong)));
    }
    let (idle, delay) = ("connections.max.idle.ms", "connection.failed.authentication.delay.ms");
    if let Some((idle_ms, delay_ms)) = view.pair(idle, delay)
        && idle_ms >= 0
        && delay_ms >= idle_ms
    {
        let message = format!("{delay_ms} ms has to be below `{idle}` ({idle_ms} ms).");
        view.refuse_for(delay, idle, "refused-relation", message);
    }
}
