//! What a cluster printed of itself: versions of requests that clients still send, and what is finalised.

use kafka_upgrade_catalog::{self as catalog, Api, Component, Release};
use kafka_upgrade_document::{ClientRequest, Observation};

use super::{Check, crossed};
use crate::diagnostic::{Diagnostics, Location};
use crate::notes;
use crate::upgrade::Upgrade;

const SENT: &str = "requires-newer-requests";
const REFUSED: &str = "note-refused-request";
const LEVEL: &str = "requires-metadata-version";

pub(super) const CHECK: Check = Check { applies, run, reports: &[SENT, REFUSED, LEVEL] };

fn applies(case: &Upgrade<'_>) -> bool {
    case.observations().next().is_some()
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    for (file, read) in case.files.iter().enumerate() {
        for observed in &read.document.observations {
            let place = Location::span(file, observed.span);
            match &observed.what {
                Observation::Request(request) => sent(request, place, sink),
                Observation::Refused { .. } => {
                    if let Some(note) = notes::note(REFUSED) {
                        sink.note(note, None, None, place, &[("value", &observed.what.value())]);
                    }
                }
                what => {
                    if let Some(value) = what.level_of("metadata.version") {
                        level(value, place, sink);
                    }
                }
            }
        }
    }
}

/// Reports a request that the target refuses and that is served today.
fn sent(request: &ClientRequest, place: Location, sink: &mut Diagnostics<'_, '_>) {
    let Some(api) = refused(sink.case, request) else { return };
    if let Some(note) = crossed(sink.case, SENT) {
        let (value, client) = (request.request(), sender(request));
        let range = format!("{} to {}", api.min, api.stable_max);
        let holes = [("name", client.as_str()), ("value", value.as_str()), ("range", range.as_str())];
        sink.note(note, None, sink.since(note), place, &holes);
    }
}

/// Who sends a request, as far as the text says.
fn sender(request: &ClientRequest) -> String {
    let who = request.client.as_ref().map_or_else(|| "a client".to_owned(), ToString::to_string);
    let id = request.id.as_ref().map_or_else(String::new, |id| format!(" with client.id `{id}`"));
    let host = request.host.as_ref().map_or_else(String::new, |host| format!(" at {host}"));
    who + &id + &host
}

/// The API of a request that the target refuses but the running release serves.
///
/// APIs that the target lacks altogether are not considered: only brokers with ZooKeeper used them, between
/// themselves.
pub(super) fn refused(case: &Upgrade<'_>, request: &ClientRequest) -> Option<&'static Api> {
    let ClientRequest { api: name, version, .. } = request;
    let of = |release: Release| catalog::apis(release).find(|api| api.name.eq_ignore_ascii_case(name));
    let serves = |api: &Api| api.min <= *version && *version <= api.stable_max;
    let api = of(case.to).filter(|api| api.min <= api.stable_max && !serves(api))?;
    case.from.and_then(of).is_none_or(serves).then_some(api)
}

/// Whether the target reads metadata of that version.
fn level(value: &str, place: Location, sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let Some(least) = catalog::metadata_versions(case.to).next() else { return };
    // A value that is a release instead of a level is from before there were levels.
    let old = crate::levels::level_of(value).map_or_else(
        || crate::inventory::release(value).is_some_and(|release| release < Release::new(3, 3, 0)),
        |version| version.level < least.level,
    );
    if old && let Some(note) = crossed(case, LEVEL) {
        sink.note(
            note,
            Some(Component::BROKER),
            sink.since(note),
            place,
            &[("value", value), ("least", least.name)],
        );
    }
}
