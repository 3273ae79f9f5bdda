//! Relations between a Streams application's keys: `StreamsConfig`.

use kafka_upgrade_sorted::Sorted as _;

use super::fault::quote;
use super::number;
use super::view::View;

const TAG: &str = "client.tag.";
const TAGS: &str = "rack.aware.assignment.tags";

pub(crate) fn check(view: &mut View<'_>) {
    tags(view);
    exactly_once(view);
    metrics(view);
    static_membership(view);
}

/// Tags of this instance, and those that standby tasks are spread over.
fn tags(view: &mut View<'_>) {
    if !view.since(3, 2) {
        return;
    }
    let settings = view.settings;
    // A prefix alone is no tag. Kafka goes through the tags in the order of a hash table.
    let mut tags: Vec<_> = settings
        .with_prefix(TAG)
        .filter_map(|entry| Some((entry, entry.key.strip_prefix(TAG).filter(|name| !name.is_empty())?)))
        .collect();
    tags.order_by_key(|(_, name)| bucket(name));
    if let Some((entry, _)) = tags.get(5) {
        view.refuse_for(
            TAG,
            entry.key,
            "refused-tags",
            format!("At most 5 tags are taken, not {}.", tags.len()),
        );
    }
    let full_key = view.since(4, 3);
    if view.has(TAGS) && !view.is_refused(TAGS) {
        let known = |name: &str| tags.iter().any(|(_, tag)| *tag == name);
        if let Some(wrong) = view.list(TAGS).find(|name| !known(name)) {
            view.refuse(TAGS, "refused-tags", format!("{} has no `{TAG}` key.", quote(wrong)));
        }
    }
    for (entry, name) in tags {
        let long = |text: &str, most: usize| text.encode_utf16().count() > most;
        let message = if full_key && number::trim(entry.value).is_empty() {
            "A tag's value must not be empty."
        } else if long(name, 20) || long(entry.value, 30) {
            "A tag's name has at most 20 characters, its value at most 30."
        } else {
            continue;
        };
        view.refuse_for(if full_key { entry.key } else { TAG }, entry.key, "refused-tags", message);
    }
}

/// Where Java's `HashMap` of up to twelve entries keeps a key.
fn bucket(name: &str) -> u32 {
    let hash =
        name.encode_utf16().fold(0_u32, |hash, unit| hash.wrapping_mul(31).wrapping_add(u32::from(unit)));
    (hash ^ (hash >> 16)) & 15
}

/// Transactions must not time out between two commits.
fn exactly_once(view: &mut View<'_>) {
    let (guarantee, commit, timeout) =
        ("processing.guarantee", "commit.interval.ms", "producer.transaction.timeout.ms");
    if !view.text(guarantee).is_some_and(|text| text.starts_with("exactly_once")) {
        return;
    }
    let given = view.settings.get(timeout);
    let transaction = match given.map(|entry| number::trim(entry.value)) {
        Some(text) => match number::whole(text, i64::from(i32::MIN), i64::from(i32::MAX)) {
            Some(number) => number,
            None => {
                view.refuse(timeout, "refused-type", format!("{} is not a whole number.", quote(text)));
                return;
            }
        },
        None => 10_000,
    };
    // The check came in 3.1; the interval is 100 ms unless it is set.
    let interval = if view.has(commit) { view.whole(commit) } else { Some(100) };
    if view.since(3, 1)
        && let Some(interval) = interval
        && transaction < interval
    {
        let message = format!(
            "{interval} ms is above `{timeout}` ({transaction} ms): each transaction would time out."
        );
        view.refuse_for(commit, timeout, "refused-relation", message);
    }
}

/// Since 4.0 Streams casts `enable.metrics.push` of its clients to a boolean that code has set; a text, the only
/// thing that a file can hold, makes it fail.
fn metrics(view: &mut View<'_>) {
    if !view.since(4, 0) {
        return;
    }
    for key in
        ["main.consumer.enable.metrics.push", "consumer.enable.metrics.push", "admin.enable.metrics.push"]
    {
        if view.settings.has(key) {
            let message =
                "Streams takes this key from code only, as a boolean; as text it fails at the start.";
            view.refuse(key, "refused-as-text", message);
        }
    }
}

/// The streams protocol has static members from 4.4 on.
fn static_membership(view: &mut View<'_>) {
    let protocol = "group.protocol";
    let has_none = view.since(4, 1) && !view.since(4, 4);
    if !has_none || !view.text(protocol).is_some_and(|text| text.eq_ignore_ascii_case("streams")) {
        return;
    }
    let keys = ["main.consumer.group.instance.id", "consumer.group.instance.id", "group.instance.id"];
    if let Some(key) = keys.into_iter().find(|key| view.settings.has(key)) {
        view.refuse_for(
            protocol,
            key,
            "refused-with-protocol",
            format!("The streams protocol has no `{key}`."),
        );
    }
}
