//! `crates/catalog/data/tools.csv`: what one more release declares about its tools, merged with the releases before.
//!
//! Releases are merged oldest first: deprecation holds from its first release in an unbroken row to the last.

use std::collections::BTreeMap;

const HEAD: &str = "tool,option,first,last,deprecated\n";

/// Merges the `listed` options (`tool,option,1 if deprecated` a line) of a release; `previous` is the release before
/// it. With `lent`, an artifact was not published, so a tool that is not listed may be in it and stays as it was;
/// otherwise an unlisted tool that was lent before ends with the previous release.
pub fn merge(before: &str, (release, previous): (&str, Option<&str>), listed: &str, lent: bool) -> String {
    let mut rows: BTreeMap<(String, String), [String; 3]> = BTreeMap::new();
    for line in before.lines().skip(1) {
        if let [tool, option, first, last, deprecated] = line.split(',').collect::<Vec<_>>()[..] {
            let life = [first, last, deprecated].map(str::to_owned);
            rows.insert((tool.to_owned(), option.to_owned()), life);
        }
    }
    let newest = rows.values().map(|[_, last, _]| last.clone()).max_by_key(|last| number(last));
    let listed: Vec<[&str; 3]> =
        listed.lines().filter_map(|line| line.split(',').collect::<Vec<_>>().try_into().ok()).collect();
    let is_newer = |than: &str| number(release) > number(than);
    for [tool, option, deprecated] in &listed {
        let life = rows
            .entry(((*tool).to_owned(), (*option).to_owned()))
            .or_insert_with(|| [release.to_owned(), release.to_owned(), String::new()]);
        if !is_newer(&life[0]) {
            release.clone_into(&mut life[0]);
        }
        if is_newer(&life[1]) || life[1] == release {
            release.clone_into(&mut life[1]);
            match (*deprecated == "1", life[2].is_empty()) {
                (true, true) => release.clone_into(&mut life[2]),
                (false, false) => life[2].clear(),
                _ => {}
            }
        }
    }
    if lent {
        for ((tool, _), life) in &mut rows {
            let silent = !listed.iter().any(|[other, ..]| other == tool);
            if silent && newest.as_ref() == Some(&life[1]) && is_newer(&life[1]) {
                release.clone_into(&mut life[1]);
            }
        }
    }
    if !lent {
        let is_listed = |tool: &str, option: &str| listed.iter().any(|[t, o, _]| *t == tool && *o == option);
        rows.retain(|(tool, option), life| life[0] != release || is_listed(tool, option));
        for ((tool, option), life) in &mut rows {
            if let Some(previous) = previous.filter(|_| life[1] == release && !is_listed(tool, option)) {
                previous.clone_into(&mut life[1]);
            }
        }
    }
    let lines = rows.iter().map(|((tool, option), [first, last, deprecated])| {
        format!("{tool},{option},{first},{last},{deprecated}\n")
    });
    std::iter::once(HEAD.to_owned()).chain(lines).collect()
}

/// A release by its numbers, to be ordered by.
pub(crate) fn number(release: &str) -> Vec<u32> {
    release.split('.').map(|part| part.parse().unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_release_makes_lives_longer_begins_new_ones_and_lets_others_end() {
        let old = "tool,option,first,last,deprecated\na,,2.0.1,3.9.2,\na,--x,2.0.1,3.9.2,3.0.2\na,--y,2.0.1,3.9.2,\n";
        let new = merge(old, ("4.0.0", Some("3.9.2")), "a,,0\na,--y,1\na,--z,0\n", false);
        let want = "tool,option,first,last,deprecated\na,,2.0.1,4.0.0,\na,--x,2.0.1,3.9.2,3.0.2\n\
            a,--y,2.0.1,4.0.0,4.0.0\na,--z,4.0.0,4.0.0,\n";
        assert_eq!(new, want);
        assert_eq!(
            merge(&new, ("4.0.0", Some("3.9.2")), "a,,0\na,--y,1\na,--z,0\n", false),
            new,
            "again changes nothing"
        );
    }

    #[test]
    fn a_tool_that_a_release_without_its_own_jar_does_not_list_stays() {
        let old = "tool,option,first,last,deprecated\na,,2.0.1,4.3.1,\na,--x,2.0.1,3.9.2,\nb,,2.0.1,4.3.1,\n";
        let new = merge(old, ("4.4.0", Some("4.3.1")), "b,,0\n", true);
        let want =
            "tool,option,first,last,deprecated\na,,2.0.1,4.4.0,\na,--x,2.0.1,3.9.2,\nb,,2.0.1,4.4.0,\n";
        assert_eq!(new, want);
    }

    #[test]
    fn what_a_stand_in_listed_ends_where_the_release_itself_does_not() {
        let lent =
            "tool,option,first,last,deprecated\na,,2.0.1,4.4.0,\na,--x,2.0.1,4.4.0,\na,--y,4.4.0,4.4.0,\n";
        let new = merge(lent, ("4.4.0", Some("4.3.1")), "a,,0\n", false);
        assert_eq!(new, "tool,option,first,last,deprecated\na,,2.0.1,4.4.0,\na,--x,2.0.1,4.3.1,\n");
    }
}
