//! Relations between a consumer's keys: `ConsumerConfig`.

use super::fault::quote;
use super::view::View;
use super::{clients, number};

pub(crate) fn check(view: &mut View<'_>) {
    clients::check(view);
    instance_id(view);
    let (commit, group) = ("enable.auto.commit", "group.id");
    if view.has(commit) && view.flag(commit) && !view.has(group) {
        view.refuse(commit, "refused-without-group", format!("Commits need a `{group}`."));
    }
    group_protocol(view);
}

/// The id becomes part of the client's name when that is not given.
fn instance_id(view: &mut View<'_>) {
    let key = "group.instance.id";
    if !view.has(key) || view.is_refused(key) || view.text("client.id").is_some_and(|text| !text.is_empty()) {
        return;
    }
    let id = view.text(key).unwrap_or_default();
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    if id.is_empty() || id == "." || id == ".." || id.encode_utf16().count() > 249 || !id.bytes().all(legal) {
        let message = format!(
            "{} is no id: 1 to 249 of letters, digits, `.`, `_` and `-`, and neither `.` nor `..`.",
            quote(id)
        );
        view.refuse(key, "refused-value", message);
    }
}

/// Keys of the other protocol, in the order in which Kafka lists them.
pub(crate) fn group_protocol(view: &mut View<'_>) {
    let protocol_key = "group.protocol";
    let Some(protocol) = view.text(protocol_key) else { return };
    let forbidden: &[&str] = if protocol.eq_ignore_ascii_case("consumer") && view.since(4, 0) {
        &[
            "partition.assignment.strategy",
            "heartbeat.interval.ms",
            "session.timeout.ms",
            "share.acknowledgement.mode",
            "share.acquire.mode",
        ]
    } else if protocol.eq_ignore_ascii_case("classic") {
        &["group.remote.assignor", "share.acknowledgement.mode", "share.acquire.mode"]
    } else {
        return;
    };
    for key in forbidden {
        let is_set = view.entry(key).is_some_and(|entry| !number::trim(entry.value).is_empty());
        if is_set && !view.is_refused(key) {
            let message = format!("The key is not for `{protocol_key}={}`.", protocol.to_ascii_lowercase());
            view.refuse(*key, "refused-with-protocol", message);
        }
    }
}
