//! Log directories, rolling, retention, cleaning and fetching.

use super::super::fault::quote;
use super::super::view::View;
use super::listeners;

const ROLL: [&str; 2] = ["log.roll.ms", "log.roll.hours"];
const JITTER: [&str; 2] = ["log.roll.jitter.ms", "log.roll.jitter.hours"];
const RETENTION: [&str; 3] = ["log.retention.ms", "log.retention.minutes", "log.retention.hours"];

fn directories<'a>(view: &View<'a>) -> Vec<&'a str> {
    let key = if view.text("log.dirs").is_some() { "log.dirs" } else { "log.dir" };
    listeners::items(view, key)
}

/// Number of log directories.
pub(super) fn count(view: &View<'_>) -> usize {
    directories(view).len()
}

/// The first of the keys that is set decides; the one that is named is the one in milliseconds.
fn decided_by(view: &View<'_>, keys: &[&'static str]) -> Option<(&'static str, i64)> {
    let key = keys.iter().copied().find(|key| view.has(key))?;
    Some((key, view.whole(key)?))
}

pub(super) fn check(view: &mut View<'_>) {
    if let Some((key, _)) = decided_by(view, &ROLL).filter(|(_, value)| *value < 1) {
        view.refuse_for("log.roll.ms", key, "refused-range", "A segment has to live at least 1 ms.");
    }
    if let Some((key, _)) = decided_by(view, &JITTER).filter(|(_, value)| *value < 0) {
        view.refuse_for("log.roll.jitter.ms", key, "refused-range", "The jitter has to be at least 0 ms.");
    }
    if let Some((key, _)) = decided_by(view, &RETENTION).filter(|(_, value)| *value == 0) {
        view.refuse_for(
            "log.retention.ms",
            key,
            "refused-range",
            "Retention has to be at least 1 ms, or -1 for ever.",
        );
    }
    if view.has_any(&["log.dirs", "log.dir"]) && count(view) == 0 {
        let key = if view.has("log.dirs") { "log.dirs" } else { "log.dir" };
        if !view.is_refused(key) {
            view.refuse_for("log.dirs", key, "refused-empty", "At least one log directory has to be given.");
        }
    }
    // Tiered storage takes one directory in 3.6 and 3.7; later ones take more.
    if view.since(3, 6)
        && !view.since(3, 7)
        && view.flag("remote.log.storage.system.enable")
        && count(view) > 1
    {
        let message = "With `remote.log.storage.system.enable` there has to be one log directory.";
        view.refuse_for("log.dirs", "log.dir", "refused-together", message);
    }
    cleaner(view);
    let wait = "replica.fetch.wait.max.ms";
    if let Some((wait_ms, timeout)) = view.pair(wait, "replica.socket.timeout.ms")
        && wait_ms > timeout
    {
        let message = format!("{timeout} ms has to be at least `{wait}` ({wait_ms} ms).");
        view.refuse_for("replica.socket.timeout.ms", wait, "refused-relation", message);
    }
    if let Some((wait_ms, lag)) = view.pair(wait, "replica.lag.time.max.ms")
        && wait_ms > lag
    {
        let message = format!("{wait_ms} ms has to be at most `replica.lag.time.max.ms` ({lag} ms).");
        view.refuse_for(wait, "replica.lag.time.max.ms", "refused-relation", message);
    }
}

fn cleaner(view: &mut View<'_>) {
    let (buffer, threads) = ("log.cleaner.dedupe.buffer.size", "log.cleaner.threads");
    let Some((bytes, count)) = view.pair(buffer, threads) else { return };
    if count == 0 {
        view.refuse(threads, "refused-range", "There has to be at least one cleaner thread.");
    } else if bytes.checked_div(count).is_some_and(|each| each <= 1024 * 1024) {
        let message = format!("{bytes} bytes for {count} threads: each has to have more than 1 MiB.");
        view.refuse_for(buffer, threads, "refused-relation", message);
    }
}

/// Cordoned directories have to be log directories, or `*` alone.
pub(super) fn cordoned(view: &mut View<'_>) {
    let key = "cordoned.log.dirs";
    if !view.has(key) || view.is_refused(key) {
        return;
    }
    let cordoned = listeners::items(view, key);
    if cordoned.contains(&"*") {
        if cordoned.len() > 1 {
            view.refuse(key, "refused-value", "`*` has to stand alone.");
        }
        return;
    }
    let known = directories(view);
    if let Some(unknown) = cordoned.into_iter().find(|directory| !known.contains(directory)) {
        view.refuse(key, "refused-value", format!("{} is no directory of `log.dirs`.", quote(unknown)));
    }
}
