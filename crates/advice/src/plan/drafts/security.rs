//! How brokers and controllers authenticate to each other.
//!
//! The controllers talk as the brokers do among themselves where that can work. It cannot with SCRAM, whose credentials are
//! in the metadata that the controllers serve, and not in plain text where an authorizer has to know who asks: then by
//! certificates where the brokers have some, else by PLAIN. Both have been run on a real cluster, with ACLs.

use super::carried;
use super::quorum::{Quorum, protocol_of};
use super::sheet::Sheet;
use crate::upgrade::CheckedFile;

/// Kafka's default for `listener.security.protocol.map`.
const PLAIN_MAP: &str = "PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL";
const MAP: &str = "listener.security.protocol.map";
const AUTHORIZER: &str = "authorizer.class.name";
const SUPER_USERS: &str = "super.users";
pub(super) const NAMES: &str = "controller.listener.names";
/// User name in the PLAIN login that drafts create for controllers and brokers.
const USER: &str = "controller";

/// The security settings of a draft, worked out from a broker's file.
#[derive(Debug)]
pub(super) struct Security {
    /// `listener.security.protocol.map` with the controllers' listener.
    map: String,
    /// Protocol of the controllers' listener.
    protocol: String,
    /// Whether the brokers use TLS or SASL between themselves.
    brokers_are_secure: bool,
    /// `sasl.mechanism.controller.protocol`, where it is not Kafka's default.
    mechanism: Option<String>,
    /// Settings of the controllers' listener, on brokers and controllers.
    listener: Vec<(String, String)>,
    /// Settings of the controllers' listener, on the controllers alone.
    served: Vec<(String, String)>,
    /// `super.users` with the users that have to be added; `None` if nothing has to.
    super_users: Option<String>,
    /// What a reader has to know or to do.
    remarks: Vec<&'static str>,
}

/// How the controllers will authenticate connections.
enum Login {
    /// As the files already say, or as the brokers do among themselves.
    Same(String),
    /// By certificates.
    Certificates,
    /// By PLAIN, with a new password.
    Plain(&'static str),
}

impl Security {
    /// `Err` with the reason if no controller could work with this broker.
    pub(super) fn of(read: &CheckedFile<'_>, quorum: &Quorum<'_>) -> Result<Self, String> {
        let value = |key: &str| read.broker_setting(key).map(|setting| setting.value.trim());
        let map = value(MAP).filter(|map| !map.is_empty()).unwrap_or(PLAIN_MAP);
        let name = value("inter.broker.listener.name")
            .or_else(|| value("security.inter.broker.protocol"))
            .unwrap_or("PLAINTEXT")
            .to_ascii_uppercase();
        let brokers = protocol_of(map, &name).unwrap_or_else(|| name.clone());
        let own = format!("listener.name.{}.", name.to_ascii_lowercase());
        let theirs = format!("listener.name.{}.", quorum.listener.to_ascii_lowercase());
        let access = Access::of(read);
        let keys = carried::settings(read, |key| {
            let key = key.strip_prefix(&own).unwrap_or(key);
            key.starts_with("ssl.keystore.") && key != "ssl.keystore.type"
        });
        let mechanism = value("sasl.mechanism.inter.broker.protocol").filter(|one| !one.is_empty());

        let mut remarks = Vec::new();
        let mut super_users = None;
        let login = match quorum.protocol() {
            Some(stated) => Login::Same(stated),
            None => Login::beside(&brokers, mechanism, !keys.is_empty(), &access)?,
        };
        let (protocol, mechanism) = match (&login, quorum.stated) {
            (Login::Same(stated), Some(file)) => {
                let said = file.broker_setting("sasl.mechanism.controller.protocol");
                (stated.clone(), said.map(|one| one.value.trim().to_owned()))
            }
            (Login::Same(same), None) => (same.clone(), mechanism.map(str::to_owned)),
            (Login::Certificates, _) => ("SSL".to_owned(), None),
            (Login::Plain(protocol), _) => ((*protocol).to_owned(), Some("PLAIN".to_owned())),
        };
        let is_sasl = protocol.starts_with("SASL");
        let mut listener: Vec<(String, String)> = match quorum.stated {
            Some(file) => carried::settings(file, |key| key.starts_with(&theirs))
                .into_iter()
                .map(|(key, value)| (key, value.to_owned()))
                .collect(),
            None => copies(read, &own, &theirs, is_sasl && !matches!(login, Login::Plain(_))),
        };
        let mut served = Vec::new();
        if protocol == "SSL" && !keys.is_empty() && quorum.stated.is_none() {
            let key = format!("{theirs}ssl.client.auth");
            listener.retain(|(one, _)| *one != key);
            served.push((key, "required".to_owned()));
        }
        match login {
            Login::Plain(_) => {
                remarks.push(BY_PLAIN);
                listener.push((format!("{theirs}sasl.enabled.mechanisms"), "PLAIN".to_owned()));
                listener.push((format!("{theirs}plain.sasl.jaas.config"), plain_login()));
                super_users = access.with(&[USER]);
            }
            Login::Certificates => {
                remarks.push(BY_CERTIFICATES);
                remarks.extend(access.wants_names().then_some(NAMES_OF_CERTIFICATES));
            }
            Login::Same(_) if quorum.stated.is_none() && access.is_kafkas => {
                if protocol == "SSL" {
                    remarks.extend(access.wants_names().then_some(NAMES_OF_CERTIFICATES));
                } else if let Some(user) =
                    plain_user(read, &own).filter(|_| mechanism.as_deref() == Some("PLAIN"))
                {
                    super_users = access.with(&[&user]);
                    remarks.extend(super_users.is_some().then_some(BROKERS_ARE_SUPER_USERS));
                } else if is_sasl {
                    remarks.push(SAME_PRINCIPALS);
                }
            }
            Login::Same(_) => {}
        }
        let map = if protocol_of(map, &quorum.listener).is_some() {
            map.to_owned()
        } else {
            format!("{},{}:{protocol}", map.trim_end_matches([',', ' ']), quorum.listener)
        };
        let mechanism = mechanism.filter(|_| is_sasl);
        let brokers_are_secure = is_secure(&brokers);
        Ok(Self { map, protocol, brokers_are_secure, mechanism, listener, served, super_users, remarks })
    }

    /// Whether a controller needs keys of TLS and SASL; during the migration it also talks to the brokers.
    pub(super) fn has_use(&self, migrates: bool) -> bool {
        is_secure(&self.protocol) || (migrates && self.brokers_are_secure)
    }

    /// Writes what brokers and controllers both need. Existing keys are changed in place.
    pub(super) fn write(&self, sheet: &mut Sheet, quorum: &Quorum<'_>, of_controller: bool) {
        for remark in &self.remarks {
            sheet.comment(remark);
        }
        sheet.set(quorum.key, &quorum.controllers);
        sheet.set(NAMES, &quorum.listener);
        if let Some(mechanism) = &self.mechanism {
            sheet.set("sasl.mechanism.controller.protocol", mechanism);
        }
        let served = self.served.iter().filter(|_| of_controller);
        sheet.set_all(self.listener.iter().chain(served).map(|(key, value)| (key.as_str(), value.as_str())));
        sheet.set(MAP, &self.map);
    }

    /// `super.users`, once the rest is there.
    pub(super) fn let_in(&self, sheet: &mut Sheet) {
        if let Some(users) = &self.super_users {
            sheet.set(SUPER_USERS, users);
        }
    }
}

impl Login {
    /// Settings for new controllers of brokers that use `protocol` between themselves.
    fn beside(
        protocol: &str,
        mechanism: Option<&str>,
        has_keys: bool,
        access: &Access<'_>,
    ) -> Result<Self, String> {
        let scram = mechanism.is_some_and(|one| one.starts_with("SCRAM"));
        let nobody_known = protocol == "PLAINTEXT" && access.authorizer.is_some() && !access.lets_anyone;
        let Some(class) = access.authorizer.filter(|_| !access.is_kafkas) else {
            return match protocol {
                "PLAINTEXT" if nobody_known => Ok(Self::Plain("SASL_PLAINTEXT")),
                "SASL_PLAINTEXT" | "SASL_SSL" if scram && has_keys => Ok(Self::Certificates),
                "SASL_PLAINTEXT" if scram => Ok(Self::Plain("SASL_PLAINTEXT")),
                "SASL_SSL" if scram => Ok(Self::Plain("SASL_SSL")),
                _ if !access.knows_brokers(protocol) => Err(
                    "super.users is empty. With an authorizer it has to name whoever brokers and controllers \
                     authenticate as, for ACLs are read only when the controllers already talk to each other"
                        .to_owned(),
                ),
                _ => Ok(Self::Same(protocol.to_owned())),
            };
        };
        if nobody_known || (scram && protocol.starts_with("SASL")) {
            return Err(format!(
                "the authorizer {class} is none of Kafka's, and controllers cannot authenticate as the brokers do: \
                 choose SASL with PLAIN or Kerberos, or TLS with client certificates, and let that class permit those \
                 principals"
            ));
        }
        Ok(Self::Same(protocol.to_owned()))
    }
}

/// Authorization settings of a file.
struct Access<'r> {
    authorizer: Option<&'r str>,
    /// Whether the authorizer is one of Kafka's own, which read `super.users`.
    is_kafkas: bool,
    super_users: &'r str,
    /// Whether unauthenticated users may do everything.
    lets_anyone: bool,
    /// Whether the file has the user name of the brokers' PLAIN login.
    names_user: bool,
}

impl<'r> Access<'r> {
    fn of(read: &'r CheckedFile<'_>) -> Self {
        let value =
            |key: &str| read.broker_setting(key).map(|one| one.value.trim()).filter(|one| !one.is_empty());
        let authorizer = value(AUTHORIZER);
        let is_kafkas = authorizer.is_some_and(|class| {
            authorizer_in_kraft(class).is_some()
                || class == "org.apache.kafka.metadata.authorizer.StandardAuthorizer"
        });
        let super_users = value(SUPER_USERS).unwrap_or_default();
        let lets_anyone = super_users.split(';').any(|user| user.trim() == "User:ANONYMOUS");
        let logins = carried::settings(read, |key| key.ends_with("plain.sasl.jaas.config"));
        let names_user = logins.iter().any(|(_, login)| user_of(login).is_some());
        Self { authorizer, is_kafkas, super_users, lets_anyone, names_user }
    }

    /// Whether the users that have to be super users are listed already, or can be added.
    fn knows_brokers(&self, protocol: &str) -> bool {
        !self.is_kafkas || protocol == "SSL" || !self.super_users.is_empty() || self.names_user
    }

    /// Whether no super user has the distinguished name of a certificate yet.
    fn wants_names(&self) -> bool {
        self.is_kafkas && !self.super_users.contains('=')
    }

    /// `super.users` with these users added; `None` if they are listed already, or if the authorizer does not read
    /// the key.
    fn with(&self, users: &[&str]) -> Option<String> {
        let has = |user: &&str| {
            self.super_users.split(';').any(|one| one.trim().strip_prefix("User:") == Some(user))
        };
        let missing = users.iter().filter(|user| !has(user)).map(|user| format!("User:{user}"));
        let all: Vec<String> = Some(self.super_users.to_owned())
            .into_iter()
            .filter(|one| !one.is_empty())
            .chain(missing)
            .collect();
        (self.is_kafkas && all.join(";") != self.super_users).then(|| all.join(";"))
    }
}

/// Settings of the listener between brokers, repeated for the controllers' listener.
fn copies(read: &CheckedFile<'_>, own: &str, theirs: &str, of_sasl: bool) -> Vec<(String, String)> {
    let settings = carried::settings(read, |key| key.starts_with(own));
    let copies = settings.into_iter().filter_map(|(key, value)| {
        let rest = key.strip_prefix(own)?;
        let is_sasl = rest.contains("sasl.") || rest.starts_with("connections.max");
        (of_sasl || !is_sasl).then(|| (format!("{theirs}{rest}"), value.to_owned()))
    });
    copies.collect()
}

/// The user name that the brokers use to log in to each other by PLAIN, if the file has it.
fn plain_user(read: &CheckedFile<'_>, own: &str) -> Option<String> {
    let key = format!("{own}plain.sasl.jaas.config");
    let (_, login) = carried::settings(read, |one| one == key).pop()?;
    user_of(login).map(str::to_owned)
}

/// `username` of a login.
fn user_of(login: &str) -> Option<&str> {
    let (_, rest) = login.split_once("username")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let user = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split([' ', ';', '\n', '\t']).next()?,
    };
    // A value that a config provider supplies is not known here.
    (!user.is_empty() && !user.contains(['$', '\\', '\''])).then_some(user)
}

fn plain_login() -> String {
    format!(
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"{USER}\" \
         password=\"{PASSWORD}\" user_{USER}=\"{PASSWORD}\";"
    )
}

/// Whether TLS or SASL settings apply to a protocol.
fn is_secure(protocol: &str) -> bool {
    protocol != "PLAINTEXT"
}

const PASSWORD: &str = "CHANGE-THIS-PASSWORD";
const BY_PLAIN: &str = "Brokers and controllers log in to the controllers' listener as `controller` by PLAIN: SCRAM keeps its credentials in what the controllers serve, and without a login an authorizer knows nobody. Change the password, to the same one in the files of all brokers and controllers.";
const BY_CERTIFICATES: &str = "Controllers cannot authenticate by SCRAM, whose credentials are in what they serve: here by TLS with client certificates.";
const NAMES_OF_CERTIFICATES: &str = "The authorizer knows brokers and controllers by the names in their certificates on this listener: add them to super.users in the files of all brokers and controllers, as in User:CN=broker1;User:CN=controller1. Without that nothing starts.";
const SAME_PRINCIPALS: &str = "Whoever the brokers and controllers authenticate as has to be in super.users, for ACLs are read only when the controllers already talk to each other.";
const BROKERS_ARE_SUPER_USERS: &str = "The brokers' user is in super.users, for ACLs are read only when the controllers already talk to each other.";

/// The class that replaces an authorizer in KRaft mode.
pub(super) fn authorizer_in_kraft(class: &str) -> Option<&'static str> {
    let old = ["kafka.security.authorizer.AclAuthorizer", "kafka.security.auth.SimpleAclAuthorizer"];
    old.contains(&class.trim()).then_some("org.apache.kafka.metadata.authorizer.StandardAuthorizer")
}
