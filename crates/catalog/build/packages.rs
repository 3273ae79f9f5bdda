//! Packages and top-level classes that are not public API and that some release lacks. Code uses them all the same:
//! tests that start a broker, tools that borrow what Kafka has.
//!
//! What is *not* here: what is generated from the protocol, and parts of the server that no code of users' reaches.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::Facts;
use crate::strings::declare;

/// Subpackages of `org.apache.kafka` whose contents are left out; only the package itself is listed.
const LEFT_OUT: &[&str] = &[
    "controller",
    "coordinator",
    "deferred",
    "image",
    "jmh",
    "metadata",
    "queue",
    "raft",
    "server",
    "shell",
    "snapshot",
    "storage",
    "timeline",
    "trogdor",
];

/// Table `PACKAGES`, sorted by name.
pub(crate) fn tables(facts: &[Facts]) -> String {
    let newest = facts.len() - 1;
    let public: BTreeSet<&str> =
        facts.iter().flat_map(|facts| facts.classes.keys().map(String::as_str)).collect();
    let mut packages: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut classes: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for (at, facts) in facts.iter().enumerate() {
        for (package, names) in &facts.packages {
            for name in names.split(' ') {
                classes.entry((package, name)).and_modify(|life| life.1 = at).or_insert((at, at));
            }
            // A package is there as long as something below it is.
            let ends = package.match_indices('.').map(|(end, _)| end).chain([package.len()]);
            for above in ends.filter_map(|end| package.get(..end)) {
                packages.entry(above).and_modify(|life| life.1 = at).or_insert((at, at));
            }
        }
    }
    let mut rows = Vec::new();
    for (package, (first, last)) in packages {
        let part = package.strip_prefix("org.apache.kafka.").and_then(|rest| rest.split('.').next());
        let is_left_out =
            part.is_some_and(|part| LEFT_OUT.contains(&part)) || package == "org.apache.kafka.common.message";
        let own = classes.range((package, "")..).take_while(|((of, _), _)| *of == package);
        let lost: Vec<String> = own
            .filter(|((_, name), life)| {
                life.1 < newest && !is_left_out && !public.contains(format!("{package}.{name}").as_str())
            })
            .map(|((_, name), life)| format!("{}{}{name}", letter(life.0), letter(life.1)))
            .collect();
        if last < newest || !lost.is_empty() {
            rows.push(format!(
                "PackageRow {{ name: {package:?}, first: {first}, last: {last}, lost: {:?} }}",
                lost.join(" ")
            ));
        }
    }
    declare("PACKAGES", "PackageRow", &rows)
}

/// A release's index as one printable letter.
fn letter(at: usize) -> char {
    let letter = u8::try_from(at).ok().and_then(|at| b'A'.checked_add(at)).filter(|letter| *letter < b'\x7f');
    letter.map(char::from).expect("fewer releases than letters")
}
