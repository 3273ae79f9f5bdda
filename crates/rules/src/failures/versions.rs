//! Versions of requests that client and broker do not share: which side is older, and which release serves it.
//!
//! What is *not* here: requests that a broker refuses by its own words (`failures/*.toml`).

use kafka_upgrade_catalog::{self as catalog, Api, Release};
use kafka_upgrade_report::{Confidence, Severity};

use super::{Explained, blank};
use crate::diagnostic::Diagnostic;
use crate::facts;
use crate::upgrade::Upgrade;

/// Explains `The node does not support X …`, in the words of each release.
pub(super) fn explain(line: &str, case: &Upgrade<'_>) -> Option<Explained> {
    const SIGNS: &[&str] = &[
        "The node does not support ",
        "The broker does not support ",
        "Attempted to write a non-default ",
        "Attempt to send a request with version ",
        "The broker is too old to support ",
        "the broker does not support ",
    ];
    let Some(sign) = SIGNS.iter().find(|sign| line.contains(*sign)) else { return of_request(line, case) };
    if sign.starts_with("Attempted to write") {
        return Some(of_field(line.split_once(sign)?.1));
    }
    let rest = line.split_once(sign)?.1;
    let name = rest.split([' ', '.', ',', '\'', '`', '"', ')']).next()?;
    let wanted = range(rest, "version in range [");
    let served = range(rest, "supported range is [");
    let api = named(name)?;
    let sides = wanted.zip(served);
    let (message, why, action) = match sides {
        Some(((least, _), (_, most))) if least > most => {
            let first = first_that(api.key, |api| api.max >= least);
            let first = first.map_or_else(String::new, |first| {
                format!(" {first} is the first release that serves version {least}.")
            });
            (
                format!(
                    "The broker is older than this client: it serves {name} up to version {most}, and the client needs {least}."
                ),
                format!(
                    "Clients of 4.0 and newer reach back to brokers of 2.1 (KIP-896), features of theirs less far.{first}"
                ),
                "Upgrade the brokers first, or take a client library of an older release until then."
                    .to_owned(),
            )
        }
        Some(((_, most), (least, _))) if most < least => {
            let last = last_that(api.key, |api| api.min <= most);
            let last = last.map_or_else(String::new, |last| {
                format!(" {last} is the last release that serves version {most}.")
            });
            (
                format!("The client is older than this broker: it speaks {name} up to version {most}, and the broker serves {least} and newer."),
                format!("4.0 removed the versions that clients before 2.1 speak (KIP-896).{last}"),
                "Upgrade the client library: Java clients to 2.1 or newer, others to a release that the matrix calls works; before that, keep the brokers on 3.9.".to_owned(),
            )
        }
        _ => {
            let first = first_that(api.key, |_| true).filter(|first| *first > catalog::oldest());
            let last =
                last_that(api.key, |api| api.max >= api.min).filter(|last| facts::after(*last).is_some());
            let why = match (first, last) {
                (_, Some(last)) => format!("{last} is the last release that serves {name}."),
                (Some(first), _) => format!(
                    "{first} is the first release that serves {name}; brokers, or controllers, before it do not know it."
                ),
                _ => format!(
                    "Every release serves {name}, so its versions differ, or the request went to a node of the other kind: some are served by brokers only, some by controllers only."
                ),
            };
            (
                format!(
                    "The node that was asked does not serve {name} in a version that this client speaks."
                ),
                why,
                format!(
                    "Compare the releases of client and brokers: upgrade the older one, or do not use the feature that needs this request until all brokers serve it{}.",
                    switch(api.name)
                ),
            )
        }
    };
    Some(Explained {
        draft: Diagnostic {
            rule: "failure-versions-of-a-request".into(),
            subject: name.to_owned(),
            since: Some(Release::new(4, 0, 0)).filter(|since| {
                sides.is_some_and(|(wanted, served)| wanted.1 < served.0) && case.crosses(*since)
            }),
            message,
            why,
            action,
            ..blank(Severity::Error, if sides.is_some() { Confidence::Certain } else { Confidence::Likely })
        },
        points: vec![super::pointers::CLIENTS.to_owned()],
        ask: "the version of the client library (its build file), and the release of the brokers",
        weak: false,
        headline: false,
        // The removal of old versions came with 4.0; what the broker is too old for it serves once it is upgraded.
        since: sides.filter(|(wanted, served)| wanted.1 < served.0).map(|_| Release::new(4, 0, 0)),
        until: sides
            .filter(|(wanted, served)| wanted.0 > served.1)
            .and_then(|(wanted, _)| first_that(api.key, |api| api.max >= wanted.0)),
    })
}

/// What a broker logs of a request in a version that it does not serve: `Invalid version for API key FETCH: 12`,
/// `Error getting request for apiKey: FETCH, apiVersion: 12`.
fn of_request(line: &str, case: &Upgrade<'_>) -> Option<Explained> {
    let (name, rest) = match line.split_once("Invalid version for API key ") {
        Some((_, rest)) => rest.split_once(": ")?,
        None => {
            let (_, rest) = line.split_once("apiKey: ")?;
            rest.split_once(", apiVersion: ").or_else(|| rest.split_once(" and apiVersion: "))?
        }
    };
    let version: i16 = rest.split(|one: char| !one.is_ascii_digit()).next()?.parse().ok()?;
    // Brokers before 1.0 have the number of the request only.
    let of_number = |key: u16| facts::recorded().find_map(|(release, _)| catalog::api(*release, key));
    let api = match name.parse() {
        Ok(key) => of_number(key)?,
        Err(_) => named(name)?,
    };
    let name = api.name;
    let first = first_that(api.key, |api| api.max >= version)?;
    let gone = last_that(api.key, |api| api.min <= version).and_then(facts::after);
    let why = match gone {
        Some(gone) => format!("{gone} removed this version, which only old clients ask for (KIP-896)."),
        None if first > catalog::oldest() => format!(
            "{first} is the first release that serves it: this broker, or what stands in for one, is older than the client and reports it, or the client did not ask first which versions it may use."
        ),
        None => "Every release serves it, so what logs this is no Kafka broker, or an older one than is known here.".to_owned(),
    };
    let action = match gone {
        Some(_) => {
            "Upgrade the client that sends it (the broker's request log has its address and client id); keep the brokers on 3.9 until then."
        }
        None => {
            "Upgrade the brokers, or the proxy or product that answers in their place; until then take the client library of the release before, or set the version of the brokers in its configuration."
        }
    };
    Some(Explained {
        draft: Diagnostic {
            rule: "failure-versions-of-a-request".into(),
            subject: name.to_owned(),
            since: gone.filter(|since| case.crosses(*since)),
            message: format!(
                "A client asks for {name} in version {version}, which this broker does not serve."
            ),
            why,
            action: action.to_owned(),
            ..blank(Severity::Error, Confidence::Likely)
        },
        points: vec![super::pointers::CLIENTS.to_owned()],
        ask: "the version of the client library (its build file), and the release of the brokers",
        weak: false,
        headline: false,
        since: gone,
        until: Some(first).filter(|first| gone.is_none() && *first > catalog::oldest()),
    })
}

/// `Attempted to write a non-default X at version N`: a client asks an older broker for something newer.
fn of_field(rest: &str) -> Explained {
    let mut words = rest.split_whitespace();
    let field = words.next().unwrap_or_default();
    let version = rest.split_once("version ").map(|(_, rest)| rest.trim_end_matches('.')).unwrap_or_default();
    Explained {
        draft: Diagnostic {
            rule: "failure-versions-of-a-request".into(),
            subject: field.to_owned(),
            message: format!("The client asks for `{field}`, for which version {version} of this request, the newest that the broker serves, has no room."),
            why: "Client and broker settle on the newest version that both know; what came later cannot be sent to an older broker.".to_owned(),
            action: "Upgrade the brokers first, or leave out the option or setting of the client that came with the newer release.".to_owned(),
            ..blank(Severity::Error, Confidence::Likely)
        },
        points: vec![super::pointers::CLIENTS.to_owned()],
        ask: "the version of the client library, and the release of the brokers",
        weak: false,
        headline: false,
        since: None,
        until: None,
    }
}

/// The setting without which a client does not send a request.
fn switch(api: &str) -> &'static str {
    match api {
        "ConsumerGroupHeartbeat" | "StreamsGroupHeartbeat" => ": `group.protocol=classic`",
        "GetTelemetrySubscriptions" | "PushTelemetry" => ": `enable.metrics.push=false`",
        "InitProducerId" => ": `enable.idempotence=false`",
        _ => "",
    }
}

fn range(text: &str, sign: &str) -> Option<(i16, i16)> {
    let (_, rest) = text.split_once(sign)?;
    let (inner, _) = rest.split_once(']')?;
    let (least, most) = inner.split_once(',').unwrap_or((inner, inner));
    Some((least.trim().parse().ok()?, most.trim().parse().ok()?))
}

/// The API that a message names in any of the spellings: `LIST_OFFSETS`, `ListOffsets`, `LIST_OFFSET`.
fn named(name: &str) -> Option<&'static Api> {
    let plain = |name: &str| -> String {
        name.chars().filter(|one| *one != '_').map(|one| one.to_ascii_lowercase()).collect()
    };
    let wanted = plain(name);
    facts::recorded().flat_map(|(release, _)| catalog::apis(*release)).find(|api| {
        let known = plain(api.name);
        known == wanted || known.strip_suffix('s') == Some(&*wanted)
    })
}

fn first_that(key: u16, serves: impl Fn(&Api) -> bool) -> Option<Release> {
    facts::recorded()
        .find(|(release, _)| catalog::api(*release, key).is_some_and(&serves))
        .map(|(_, first)| *first)
}

fn last_that(key: u16, serves: impl Fn(&Api) -> bool) -> Option<Release> {
    facts::recorded()
        .filter(|(release, _)| catalog::api(*release, key).is_some_and(&serves))
        .map(|(release, _)| *release)
        .max()
}
