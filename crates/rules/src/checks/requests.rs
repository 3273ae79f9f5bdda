//! What a cluster printed of itself: versions of requests that clients still send, and what is finalised.

use kafka_upgrade_catalog::{self as catalog, Api, Release};

use super::{Check, crossed};
use crate::diagnostic::{Diagnostics, Location};
use crate::notes;
use crate::upgrade::Upgrade;

const SPOKEN: &str = "requires-newer-requests";
const REFUSED: &str = "note-refused-request";
const LEVEL: &str = "requires-metadata-version";

pub(super) const CHECK: Check = Check { applies, run, reports: &[SPOKEN, REFUSED, LEVEL] };

fn applies(case: &Upgrade<'_>) -> bool {
    case.files.iter().any(|read| !read.document.observations.is_empty())
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    for (file, read) in case.files.iter().enumerate() {
        for observation in &read.document.observations {
            let (value, place) = (observation.value.as_str(), Location::span(file, observation.span));
            match observation.subject.as_str() {
                "spoken-api" => spoken(value, place, sink),
                "metadata.version" => level(value, place, sink),
                "refused-api" => {
                    if let Some(note) = notes::note(REFUSED) {
                        sink.note(note, "", None, place, &[("value", value)]);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Reports a request that the target refuses and that is served today.
fn spoken(value: &str, place: Location, sink: &mut Diagnostics<'_, '_>) {
    let Some(api) = refused(sink.case, value) else { return };
    if let Some(note) = crossed(sink.case, SPOKEN) {
        let (request, client) = (request(value), sender(value));
        let range = format!("{} to {}", api.min, api.stable_max);
        let holes = [("name", client.as_str()), ("value", request), ("range", range.as_str())];
        sink.note(note, "", sink.since(note), place, &holes);
    }
}

/// The request of `Produce 2 from librdkafka 0.9.5 as orders at 10.0.0.7`, of which all but the request may be missing.
fn request(value: &str) -> &str {
    let end = value.match_indices(' ').nth(1).map_or(value.len(), |(at, _)| at);
    value.get(..end).unwrap_or(value)
}

/// The library of it.
pub(super) fn library(value: &str) -> Option<&str> {
    let (_, rest) = value.split_once(" from ")?;
    Some([" as ", " at "].iter().fold(rest, |rest, sign| rest.split(sign).next().unwrap_or(rest)))
}

/// Who sends it, as far as the text says.
fn sender(value: &str) -> String {
    let rest = value.get(request(value).len()..).unwrap_or_default();
    let who = library(value).unwrap_or("a client");
    let (_, id) = rest.split_once(" as ").unwrap_or_default();
    let (id, host) = id.rsplit_once(" at ").unwrap_or((id, ""));
    let host = if id.is_empty() { rest.rsplit_once(" at ").unwrap_or_default().1 } else { host };
    let id = if id.is_empty() { String::new() } else { format!(" with client.id `{id}`") };
    let host = if host.is_empty() { String::new() } else { format!(" at {host}") };
    format!("{who}{id}{host}")
}

/// The API of `Produce 2 from librdkafka 0.9.5`, where the target refuses that version and what runs does not.
///
/// What the target has none of is no client's: with ZooKeeper, brokers talked to each other so.
pub(super) fn refused(case: &Upgrade<'_>, value: &str) -> Option<&'static Api> {
    let (name, version) = request(value).rsplit_once(' ')?;
    let version: i16 = version.parse().ok()?;
    let of = |release: Release| catalog::apis(release).find(|api| api.name.eq_ignore_ascii_case(name));
    let serves = |api: &Api| api.min <= version && version <= api.stable_max;
    let api = of(case.to).filter(|api| api.min <= api.stable_max && !serves(api))?;
    case.from.and_then(of).is_none_or(serves).then_some(api)
}

/// Whether the target reads metadata of that version.
fn level(value: &str, place: Location, sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let Some(least) = catalog::metadata_versions(case.to).next() else { return };
    // What names no level, but a release, is of before there were any.
    let old = crate::levels::level_of(value).map_or_else(
        || crate::inventory::release(value).is_some_and(|release| release < Release::new(3, 3, 0)),
        |version| version.level < least.level,
    );
    if old && let Some(note) = crossed(case, LEVEL) {
        sink.note(note, "broker", sink.since(note), place, &[("value", value), ("least", least.name)]);
    }
}
