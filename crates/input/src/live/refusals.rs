//! Refused requests, as a broker or a client puts it into its log: which request in which version.

use kafka_upgrade_catalog::{self as catalog, Api};

use super::requests::named;
use super::{Line, Live, between};
use crate::Observation;

/// Whether a line reports a refusal.
pub(super) fn is_one(line: &str) -> bool {
    refused(line).is_some()
}

/// Whether the line is one of these.
pub(super) fn read(line: Line<'_>, live: &mut Live) -> bool {
    let Some((api, versions, place)) = refused(line.text) else { return false };
    let versions = versions.trim_end_matches('.');
    let versions = match versions.split_once(',') {
        Some((first, last)) if first != last => format!("{first} to {last}"),
        Some((first, _)) => first.to_owned(),
        None => versions.to_owned(),
    };
    live.observe(Observation::Refused { api: api.name.to_owned(), versions }, line.place(place));
    true
}

/// The API, the version or versions (empty: any), and where the API is named.
///
/// Brokers: `Received request api key PRODUCE with version 2 which is not supported`, `Received request for api with
/// key 0 (Produce) and unsupported version 2`, `Error getting request for apiKey: PRODUCE, apiVersion: 2, …`. Clients: `The node does not support PRODUCE with version in range [9,9]`,
/// `The node does not support METADATA`.
fn refused(line: &str) -> Option<(&'static Api, &str, &str)> {
    // Most lines are of something else, which this rules out at once.
    if !line.contains("request") && !line.contains("does not support") {
        return None;
    }
    if let Some(rest) = line.split_once("Received request for api with key ").map(|(_, rest)| rest) {
        let key = rest.split(' ').next()?;
        let version = between(rest, "unsupported version ", &[' ', ',', '\t'])?;
        return Some((by_key(key)?, version, key));
    }
    if let Some(key) = between(line, "eceived request api key ", &[' ', ',']) {
        let version = between(line, "with version ", &[' ', ','])?;
        return Some((by_key(key).or_else(|| named(key))?, version, key));
    }
    if let Some(name) = between(line, "rror getting request for apiKey: ", &[',', ' ']) {
        let version = between(line, "apiVersion: ", &[',', ' '])?;
        return Some((by_key(name).or_else(|| named(name))?, version, name));
    }
    let sign =
        ["node does not support ", "broker does not support "].into_iter().find(|sign| line.contains(sign));
    let name = between(line, sign?, &[' ', '.', ','])?;
    let range = between(line, "with version in range [", &[']']).unwrap_or_default();
    Some((named(name)?, range, name))
}

fn by_key(key: &str) -> Option<&'static Api> {
    catalog::api(catalog::newest(), key.parse().ok()?)
}
