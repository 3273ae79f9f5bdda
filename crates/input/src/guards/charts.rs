//! Branches of Helm's templates behind values of their chart, and what a chart's own values switch on and off.
//!
//! What is *not* here: values that somebody gives at installing; a chart is judged as it is written.

use kafka_upgrade_document::{Test, paths};

use super::versions::Tests;

/// How a template names a value of its chart.
const VALUES: &str = ".Values.";

/// Values of one file that are kept; charts with all of their operators' have some thousand.
const MAX_SWITCHES: usize = 4_000;

/// Deepest value that is looked at.
const MAX_DEPTH: usize = 12;

/// Longest key, in bytes. Each value below a key repeats it, and no real key is longer.
const MAX_KEY_BYTES: usize = 100;

/// Longest condition that is looked at; its names are kept with each branch behind it.
const MAX_CONDITION_BYTES: usize = 500;

/// What a condition asks of values; `None` where it asks for none, or is not understood.
pub(super) fn tests(condition: &str) -> Option<Tests> {
    if condition.len() > MAX_CONDITION_BYTES || !condition.contains(VALUES) {
        return None;
    }
    let condition = unwrapped(condition);
    if let Some(rest) = condition.strip_prefix("or ") {
        let names: Option<Vec<String>> = terms(rest).map(name).collect();
        return Some(Tests { all: vec![(Test::Set(names?), true)], is_whole: true });
    }
    let Some(rest) = condition.strip_prefix("and ") else {
        return Some(Tests { all: vec![one(condition)?], is_whole: true });
    };
    let found: Vec<_> = terms(rest).map(one).collect();
    let is_whole = found.iter().all(Option::is_some);
    let all: Vec<_> = found.into_iter().flatten().collect();
    (!all.is_empty()).then_some(Tests { all, is_whole })
}

/// A value, or `not` and a value.
fn one(term: &str) -> Option<(Test, bool)> {
    let term = unwrapped(term);
    let (term, wanted) = term.strip_prefix("not ").map_or((term, true), |rest| (rest, false));
    Some((Test::Set(vec![name(unwrapped(term))?]), wanted))
}

/// What stands between parentheses around all of it.
fn unwrapped(term: &str) -> &str {
    let term = term.trim();
    match term.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) if !inner.contains(['(', ')']) => inner.trim(),
        _ => term,
    }
}

/// The path of a value, without what stands before it.
fn name(term: &str) -> Option<String> {
    let path = unwrapped(term).trim_start_matches('$').strip_prefix(VALUES)?;
    let is_path = |one: u8| one.is_ascii_alphanumeric() || matches!(one, b'.' | b'_' | b'-');
    (!path.is_empty() && path.bytes().all(is_path)).then(|| path.to_owned())
}

/// What blanks outside of parentheses separate.
fn terms(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_u32;
    let is_between = move |one: char| {
        match one {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && one.is_whitespace()
    };
    text.split(is_between).filter(|term| !term.is_empty())
}

/// Whether a file holds the values of a chart, by its name.
pub(super) fn is_of_chart(path: &str) -> bool {
    matches!(paths::file_name(path), "values.yaml" | "values.yml")
}

/// Values that are on (`true`) or off (`false`, nothing), by their paths: line by line, since templates of them would be
/// no YAML.
pub(super) fn switches(text: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    // Without a key: nothing below is looked at.
    let mut above: Vec<(usize, Option<&str>)> = Vec::new();
    for line in text.lines() {
        let inner = line.trim_start();
        let indentation = line.len() - inner.len();
        let Some((key, value)) = inner.split_once(':').filter(|_| !inner.starts_with(['#', '-'])) else {
            continue;
        };
        while above.pop_if(|(depth, _)| *depth >= indentation).is_some() {}
        let value = value.split(" #").next().unwrap_or_default().trim();
        let is_on = match value {
            "true" => Some(true),
            "false" | "\"\"" | "''" | "[]" | "{}" | "null" | "~" => Some(false),
            _ => None,
        };
        let is_kept = key.len() <= MAX_KEY_BYTES && above.len() < MAX_DEPTH;
        let path = above.iter().map(|(_, key)| *key).chain([Some(key).filter(|_| is_kept)]);
        if let (Some(is_on), Some(path)) = (is_on, path.collect::<Option<Vec<&str>>>())
            && found.len() < MAX_SWITCHES
        {
            found.push((path.join("."), is_on));
        }
        if value.is_empty() && above.last().is_none_or(|(_, key)| key.is_some()) {
            above.push((indentation, Some(key).filter(|_| is_kept)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(condition: &str) -> Vec<(String, bool)> {
        let all = tests(condition).map(|found| found.all).unwrap_or_default();
        let words = |test| match test {
            Test::Set(names) => names.join("|"),
            other => format!("{other:?}"),
        };
        all.into_iter().map(|(test, wanted)| (words(test), wanted)).collect()
    }

    #[test]
    fn conditions_about_values_alone_are_understood() {
        let one = |name: &str, wanted| vec![(name.to_owned(), wanted)];
        assert_eq!(asked(".Values.zookeeper.enabled"), one("zookeeper.enabled", true));
        assert_eq!(asked("not $.Values.kraft.enabled"), one("kraft.enabled", false));
        assert_eq!(asked("(not .Values.kraft.enabled)"), one("kraft.enabled", false));
        assert_eq!(asked("or .Values.a .Values.b.c"), one("a|b.c", true));
        assert_eq!(
            asked("and .Values.a (not .Values.b) (eq .Values.c \"d\")"),
            [("a".to_owned(), true), ("b".to_owned(), false)]
        );
        for other in [
            "eq .Values.a \"b\"",
            "or .Values.a (eq .Values.b \"c\")",
            ".Release.Name",
            "(include \"x\" .Values.a)",
        ] {
            assert_eq!(asked(other), [], "{other}");
        }
    }

    #[test]
    fn values_are_on_and_off_by_their_paths() {
        let text =
            "a: true\nb:\n  c: false # no\n  d:\n    e: []\n  f: x\ng: \"\"\n# h: false\nl:\n  - m: false\n";
        let found = switches(text);
        let found: Vec<_> = found.iter().map(|(path, is_on)| (path.as_str(), *is_on)).collect();
        assert_eq!(found, [("a", true), ("b.c", false), ("b.d.e", false), ("g", false)]);
    }

    #[test]
    fn long_conditions_and_keys_of_charts_are_not_kept() {
        let long = "a".repeat(MAX_CONDITION_BYTES);
        assert_eq!(asked(&format!(".Values.{long}")), []);
        assert_eq!(switches(&format!("{long}: true\n{long}:\n  b: true\n")), []);
        let nested: String = (0..40).map(|depth| format!("{}k{depth}:\n", " ".repeat(depth))).collect();
        let deep = |text: &str| switches(&format!("{nested}{text}c: true\n"));
        assert_eq!(deep(&format!("{}b: false\n", " ".repeat(40))), [("c".to_owned(), true)]);
        assert_eq!(deep("  b: false\n"), [("k0.k1.b".to_owned(), false), ("c".to_owned(), true)]);
        let shallow = format!("{}b: false\n", " ".repeat(MAX_DEPTH - 1));
        assert_eq!(deep(&shallow).len(), 2, "the deepest that is looked at");
        let deeper = format!("{}b: false\n", " ".repeat(MAX_DEPTH));
        assert_eq!(deep(&deeper).len(), 1, "none that seems to be of its grandparent");
    }
}
