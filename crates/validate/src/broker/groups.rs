//! What a broker asks of its group and share coordinators' settings.

use super::super::fault::quote;
use super::super::pairs::{self, Pair};
use super::super::view::View;
use super::super::{classes, list, number};

const fn at_most(low: &'static str, high: &'static str) -> Pair {
    Pair { low, high, names_low: true, strict: false, since: (3, 0) }
}

const fn at_least(high: &'static str, low: &'static str) -> Pair {
    Pair { low, high, names_low: false, strict: false, since: (3, 0) }
}

const fn below(low: &'static str, high: &'static str, since: (u8, u8)) -> Pair {
    Pair { low, high, names_low: true, strict: true, since }
}

/// Checked before the number of share assignors.
const CONSUMER: &[Pair] = &[
    at_least("group.consumer.max.heartbeat.interval.ms", "group.consumer.min.heartbeat.interval.ms"),
    at_least("group.consumer.heartbeat.interval.ms", "group.consumer.min.heartbeat.interval.ms"),
    at_most("group.consumer.heartbeat.interval.ms", "group.consumer.max.heartbeat.interval.ms"),
    at_least("group.consumer.max.session.timeout.ms", "group.consumer.min.session.timeout.ms"),
    at_least("group.consumer.session.timeout.ms", "group.consumer.min.session.timeout.ms"),
    at_most("group.consumer.session.timeout.ms", "group.consumer.max.session.timeout.ms"),
    below("group.consumer.heartbeat.interval.ms", "group.consumer.session.timeout.ms", (4, 0)),
    at_least("group.consumer.max.assignment.interval.ms", "group.consumer.min.assignment.interval.ms"),
    at_least("group.consumer.assignment.interval.ms", "group.consumer.min.assignment.interval.ms"),
    at_most("group.consumer.assignment.interval.ms", "group.consumer.max.assignment.interval.ms"),
    at_least("group.share.max.heartbeat.interval.ms", "group.share.min.heartbeat.interval.ms"),
    at_least("group.share.heartbeat.interval.ms", "group.share.min.heartbeat.interval.ms"),
    at_most("group.share.heartbeat.interval.ms", "group.share.max.heartbeat.interval.ms"),
    at_least("group.share.max.session.timeout.ms", "group.share.min.session.timeout.ms"),
    at_least("group.share.session.timeout.ms", "group.share.min.session.timeout.ms"),
    at_most("group.share.session.timeout.ms", "group.share.max.session.timeout.ms"),
    below("group.share.heartbeat.interval.ms", "group.share.session.timeout.ms", (4, 0)),
];

/// Checked after it.
const STREAMS: &[Pair] = &[
    at_least("group.share.max.assignment.interval.ms", "group.share.min.assignment.interval.ms"),
    at_least("group.share.assignment.interval.ms", "group.share.min.assignment.interval.ms"),
    at_most("group.share.assignment.interval.ms", "group.share.max.assignment.interval.ms"),
    at_least("group.streams.max.heartbeat.interval.ms", "group.streams.min.heartbeat.interval.ms"),
    at_least("group.streams.heartbeat.interval.ms", "group.streams.min.heartbeat.interval.ms"),
    at_most("group.streams.heartbeat.interval.ms", "group.streams.max.heartbeat.interval.ms"),
    at_least("group.streams.max.session.timeout.ms", "group.streams.min.session.timeout.ms"),
    at_least("group.streams.session.timeout.ms", "group.streams.min.session.timeout.ms"),
    at_most("group.streams.session.timeout.ms", "group.streams.max.session.timeout.ms"),
    Pair {
        low: "group.streams.num.standby.replicas",
        high: "group.streams.max.standby.replicas",
        names_low: true,
        strict: false,
        since: (3, 0),
    },
    below("group.streams.heartbeat.interval.ms", "group.streams.session.timeout.ms", (4, 0)),
    at_least("group.streams.max.assignment.interval.ms", "group.streams.min.assignment.interval.ms"),
    at_least("group.streams.assignment.interval.ms", "group.streams.min.assignment.interval.ms"),
    at_most("group.streams.assignment.interval.ms", "group.streams.max.assignment.interval.ms"),
    at_least("group.streams.task.offset.interval.ms", "group.streams.min.task.offset.interval.ms"),
    at_most("group.streams.num.warmup.replicas", "group.streams.max.warmup.replicas"),
];

/// Limits of share groups, which are a configuration class of their own.
const SHARE: &[Pair] = &[
    at_least("group.share.max.delivery.count.limit", "group.share.delivery.count.limit"),
    at_least("group.share.delivery.count.limit", "group.share.min.delivery.count.limit"),
    at_least("group.share.max.partition.max.record.locks", "group.share.partition.max.record.locks"),
    at_least("group.share.partition.max.record.locks", "group.share.min.partition.max.record.locks"),
    at_least("group.share.record.lock.duration.ms", "group.share.min.record.lock.duration.ms"),
    at_least("group.share.max.record.lock.duration.ms", "group.share.record.lock.duration.ms"),
    Pair {
        low: "group.share.max.size",
        high: "group.share.max.share.sessions",
        names_low: false,
        strict: false,
        since: (4, 1),
    },
];

/// Checks everything that the coordinators' own configuration classes check, in their order.
pub(super) fn check(view: &mut View<'_>) {
    if !["group.", "offsets.", "share."].iter().any(|prefix| view.has_prefix(prefix)) {
        return;
    }
    assignors(view, "group.consumer.assignors", &["uniform", "range"], (4, 0));
    let share = "group.share.assignors";
    codec(view, "offsets.topic.compression.codec");
    required_acks(view);
    assignors(view, share, &["simple"], (4, 0));
    assignors(view, "group.streams.assignors", &["sticky"], (4, 0));
    pairs::check(view, CONSUMER);
    if view.has(share) && view.definition(share).is_some() {
        let count = super::listeners::items(view, share).len();
        if count != 1 && !view.is_refused(share) {
            view.refuse(
                share,
                "refused-list-size",
                format!("Exactly one assignor has to be given, not {count}."),
            );
        }
    }
    pairs::check(view, STREAMS);
    let tags = "group.streams.rack.aware.assignment.tags";
    if view.has(tags)
        && let Some(tag) = list::duplicate(view.list(tags))
    {
        view.refuse(tags, "refused-duplicate", format!("The tag {} comes twice.", quote(tag)));
    }
    pairs::check(view, SHARE);
    codec(view, "share.coordinator.state.topic.compression.codec");
    let snapshot = "share.coordinator.snapshot.update.records.per.snapshot";
    if view.has(snapshot)
        && !view.since(4, 3)
        && view.whole(snapshot).is_some_and(|n| !(0..=500).contains(&n))
    {
        view.refuse(snapshot, "refused-range", "The value has to be from 0 to 500.");
    }
}

/// What brokers before 3.9 check while they read their keys.
pub(super) fn first_of_old(view: &mut View<'_>) {
    codec(view, "offsets.topic.compression.codec");
}

/// What they check after their listeners.
pub(super) fn assignors_of_old(view: &mut View<'_>) {
    assignors(view, "group.consumer.assignors", &[], (4, 0));
}

/// What brokers before 3.9 check after their log directories.
pub(super) fn acks_of_old(view: &mut View<'_>) {
    required_acks(view);
    // Before 3.5 the key has no validator of its own.
    let (key, known) = ("compression.type", ["uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"]);
    if !view.since(3, 5)
        && let Some(entry) = view.entry(key)
    {
        let text = number::trim(entry.value);
        if !known.iter().any(|name| name.eq_ignore_ascii_case(text)) && !view.is_refused(key) {
            let message = format!("{} is not one of: {}.", quote(text), known.join(", "));
            view.refuse(key, "refused-value", message);
        }
    }
}

/// What brokers before 3.9 check last.
pub(super) fn last_of_old(view: &mut View<'_>) {
    pairs::check(view, CONSUMER);
}

/// Compressions have numbers: none, gzip, snappy, lz4, zstd.
fn codec(view: &mut View<'_>, key: &'static str) {
    if let Some(number) =
        view.entry(key).and_then(|_| view.whole(key)).filter(|number| !(0..=4).contains(number))
    {
        view.refuse(key, "refused-value", format!("{number} is no compression; there are 0 to 4."));
    }
}

/// Acknowledgements of offset commits, which are as many as there are replicas at most; gone in 4.0.
fn required_acks(view: &mut View<'_>) {
    let (key, replicas) = ("offsets.commit.required.acks", "offsets.topic.replication.factor");
    let Some((acks, most)) = view.pair(key, replicas) else { return };
    if view.has(key) && !(-1..=most).contains(&acks) {
        view.refuse(key, "refused-relation", format!("{acks} has to be from -1 to `{replicas}` ({most})."));
    }
}

/// Names of built-in assignors (since `named`), or classes.
fn assignors(view: &mut View<'_>, key: &'static str, built_in: &[&str], named: (u8, u8)) {
    if !view.has(key) || view.definition(key).is_none() || view.is_refused(key) {
        return;
    }
    let has_names = view.since(named.0, named.1);
    let release = view.release;
    let wrong = view.list(key).find(|item| {
        !(has_names && built_in.contains(item)
            || classes::is_loadable(item, release) && !item.starts_with("java."))
    });
    if let Some(item) = wrong {
        let names = built_in.join(", ");
        view.refuse(
            key,
            "refused-class",
            format!("{} is neither an assignor ({names}) nor a class.", quote(item)),
        );
    } else if view.since(4, 4)
        && let Some(twice) = list::duplicate(super::listeners::items(view, key).into_iter().map(short_name))
    {
        view.refuse(key, "refused-duplicate", format!("The assignor {} is given twice.", quote(twice)));
    }
}

/// The name under which a built-in assignor's class registers.
fn short_name(item: &str) -> &str {
    match item.strip_prefix("org.apache.kafka.coordinator.group.assignor.") {
        Some("UniformAssignor") => "uniform",
        Some("RangeAssignor") => "range",
        _ => item,
    }
}
