//! The upgrade path as one line, its form, and what else runs.

pub(crate) const PATH: &str = "Upgrade path";
pub(crate) const TO: &str = "to";
pub(crate) const ON: &str = " on ";
pub(crate) const NOT_SEEN: &str = "?";
pub(crate) const CHANGE: &str = "Change";
pub(crate) const DONE: &str = "Done";

/// What else was seen: the first ones, and how many more there are.
pub(crate) fn also_seen(first: &[String], more: usize) -> String {
    match (first.join(", "), more) {
        (none, _) if none.is_empty() => none,
        (all, 0) => format!("also seen: {all}"),
        (first, more) => format!("also seen: {first} and {more} more"),
    }
}

// Where a value comes from.
pub(crate) const SET: &str = "set by you";
pub(crate) const STATED: &str = "stated by you";
pub(crate) const NO_FILE: &str = "no file shows what runs now";

pub(crate) fn in_line(path: &str, line: u32) -> String {
    format!("{path}, line {line}")
}

pub(crate) fn in_lines(path: &str, low: u32, high: u32) -> String {
    format!("{path}, lines {low} and {high}")
}

/// Why a value was detected, and where.
pub(crate) fn because(why: &str, path: &str, line: u32) -> String {
    format!("{why}, {path} line {line}")
}

pub(crate) fn stated(value: &str) -> String {
    format!("{value} (stated)")
}

pub(crate) fn seen(value: &str) -> String {
    format!("{value} (seen)")
}

pub(crate) const SET_AND: &str = "set by you · ";
pub(crate) const BACK: &str = "use what was detected";
pub(crate) const FORGET: &str = "clear";

// The form.
pub(crate) const FROM: &str = "Runs now";
pub(crate) const FROM_UNKNOWN: &str = "what runs now is not known";
pub(crate) const TARGET: &str = "Upgrade to";
pub(crate) const NEWEST: &str = "the newest release";
pub(crate) const METADATA: &str = "Cluster metadata kept in";
pub(crate) const NOT_KNOWN: &str = "not known";
pub(crate) const RUN_BY: &str = "Run by";
pub(crate) const NO_PLATFORM: &str = "no file shows otherwise";
pub(crate) const DETECTED: &str = "as detected";
pub(crate) const SCRIPTS: &str = "Kafka's own scripts (assumed)";

/// How new a release is, before the way back to the newest.
pub(crate) fn aged(age: &str) -> String {
    format!("{age} · ")
}

// What else runs.
pub(crate) const ELSE: &str = "What else runs";
pub(crate) const ALSO: &str = "Also running";
pub(crate) const ALSO_LIKE: &str = "librdkafka 1.9.2, Java 11, Streams 3.1 …";
pub(crate) const VERSION: &str = "Version";
pub(crate) const ADD: &str = "Add";
pub(crate) const HOW: &str = "clients, Java, Connect, Streams: one by one, or a line as you would write it";
pub(crate) const RUNS: &str = "What runs";
pub(crate) const REMOVE: &str = "Remove";

pub(crate) fn remove(thing: &str) -> String {
    format!("Remove {thing}")
}
