//! Groups: creation refuses unknown names, and values outside of what brokers allow.
//!
//! The bounds are keys of the broker. What is pasted here is a group's own configuration, so the defaults of those
//! keys are taken for them.

use kafka_upgrade_catalog::{Component, Default};

use super::facts;
use super::fault::quote;
use super::view::View;
use super::{list, number};

/// Keys with bounds: the group's, and the names of the broker's least and largest value.
const BOUNDS: &[(&str, &str, &str)] = &[
    (
        "consumer.heartbeat.interval.ms",
        "group.consumer.min.heartbeat.interval.ms",
        "group.consumer.max.heartbeat.interval.ms",
    ),
    (
        "consumer.session.timeout.ms",
        "group.consumer.min.session.timeout.ms",
        "group.consumer.max.session.timeout.ms",
    ),
    (
        "consumer.assignment.interval.ms",
        "group.consumer.min.assignment.interval.ms",
        "group.consumer.max.assignment.interval.ms",
    ),
    (
        "share.heartbeat.interval.ms",
        "group.share.min.heartbeat.interval.ms",
        "group.share.max.heartbeat.interval.ms",
    ),
    ("share.session.timeout.ms", "group.share.min.session.timeout.ms", "group.share.max.session.timeout.ms"),
    (
        "share.record.lock.duration.ms",
        "group.share.min.record.lock.duration.ms",
        "group.share.max.record.lock.duration.ms",
    ),
    (
        "share.delivery.count.limit",
        "group.share.min.delivery.count.limit",
        "group.share.max.delivery.count.limit",
    ),
    (
        "share.partition.max.record.locks",
        "group.share.min.partition.max.record.locks",
        "group.share.max.partition.max.record.locks",
    ),
    (
        "share.assignment.interval.ms",
        "group.share.min.assignment.interval.ms",
        "group.share.max.assignment.interval.ms",
    ),
    (
        "streams.heartbeat.interval.ms",
        "group.streams.min.heartbeat.interval.ms",
        "group.streams.max.heartbeat.interval.ms",
    ),
    (
        "streams.session.timeout.ms",
        "group.streams.min.session.timeout.ms",
        "group.streams.max.session.timeout.ms",
    ),
    ("streams.num.standby.replicas", "", "group.streams.max.standby.replicas"),
    (
        "streams.assignment.interval.ms",
        "group.streams.min.assignment.interval.ms",
        "group.streams.max.assignment.interval.ms",
    ),
    ("streams.task.offset.interval.ms", "group.streams.min.task.offset.interval.ms", ""),
    ("streams.num.warmup.replicas", "", "group.streams.max.warmup.replicas"),
];

/// A session has to be longer than the time between two heartbeats.
const SESSIONS: [(&str, &str); 3] = [
    ("consumer.session.timeout.ms", "consumer.heartbeat.interval.ms"),
    ("share.session.timeout.ms", "share.heartbeat.interval.ms"),
    ("streams.session.timeout.ms", "streams.heartbeat.interval.ms"),
];

const TAGS: &str = "streams.rack.aware.assignment.tags";

/// What is looked at before the values are read.
pub(crate) fn names(view: &mut View<'_>) {
    super::topic::unknown_names(view, "group");
    if view.has(TAGS)
        && let Some(tag) = list::duplicate(view.list(TAGS))
    {
        view.refuse(TAGS, "refused-duplicate", format!("The tag {} comes twice.", quote(tag)));
    }
}

pub(crate) fn check(view: &mut View<'_>) {
    for (key, least, most) in BOUNDS {
        let (true, Some(number)) = (view.has(key), view.whole(key)) else { continue };
        if view.is_refused(key) {
            continue;
        }
        if let Some(bound) = of_broker(view, least).filter(|bound| number < *bound) {
            let message =
                format!("{number} is too small: brokers ask for at least {bound} (`{least}`, by default).");
            view.refuse(*key, "refused-range", message);
        } else if let Some(bound) = of_broker(view, most).filter(|bound| number > *bound) {
            let message =
                format!("{number} is too large: brokers take at most {bound} (`{most}`, by default).");
            view.refuse(*key, "refused-range", message);
        }
    }
    let assignor = "streams.assignor.name";
    if view.has(assignor)
        && view.text(assignor).is_some_and(|name| name != "sticky")
        && !view.is_refused(assignor)
    {
        view.refuse(assignor, "refused-value", "No assignor of that name is built in; there is `sticky`.");
    }
    for (session, heartbeat) in SESSIONS {
        if !view.has_any(&[session, heartbeat]) {
            continue;
        }
        let value = |key: &str| view.whole(key).or_else(|| of_broker(view, &format!("group.{key}")));
        if let (Some(long), Some(short)) = (value(session), value(heartbeat))
            && long <= short
        {
            let message = format!("{long} ms has to be above `{heartbeat}` ({short} ms).");
            view.refuse_for(session, heartbeat, "refused-relation", message);
        }
    }
    let letters = "errors.deadletterqueue.topic.name";
    if view.has(letters) && view.text(letters).is_some_and(|name| name.starts_with("__")) {
        view.refuse(letters, "refused-value", "The topic's name must not start with `__`.");
    }
}

/// The default of a broker's key.
fn of_broker(view: &View<'_>, key: &str) -> Option<i64> {
    match facts::definition(Component::BROKER, key, view.release)?.default {
        Default::Text(text) => number::whole(text, i64::MIN, i64::MAX),
        Default::Required | Default::Null => None,
    }
}
