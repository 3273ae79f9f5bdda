//! Files that are kept for several releases beside each other: a test matrix, frozen images, a module for each release.
//!
//! Evidence is in the paths: the same name with different versions in it, at one place. With three of them it is a
//! matrix; with two the other one has to be for the target. What is *not* here: what becomes of findings in them.

use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::paths;

/// This many versions of one name are a build matrix, whatever they are versions of.
const MATRIX: usize = 3;

/// Files that are kept for a particular release.
#[derive(Debug)]
pub struct Kept<'p> {
    /// All versions, by the path before the version and the rest of the same path component.
    families: BTreeMap<(&'p str, &'p str), BTreeSet<Vec<u32>>>,
    to: Release,
}

impl<'p> Kept<'p> {
    /// Of all paths of a request, whichever cluster their files are of.
    pub fn of(paths: impl Iterator<Item = &'p str>, to: Release) -> Self {
        let mut families: BTreeMap<_, BTreeSet<Vec<u32>>> = BTreeMap::new();
        for path in paths {
            for (family, _, version) in versions(path) {
                families.entry(family).or_default().insert(version);
            }
        }
        Self { families, to }
    }

    /// The version in the path of a file that has newer ones beside it; `None` of any other file.
    #[must_use]
    pub fn version(&self, path: &'p str) -> Option<&'p str> {
        let to = [self.to.major, self.to.minor, self.to.patch].map(u32::from);
        let is_of_target = |version: &Vec<u32>| version.first() == to.first();
        let of = |(family, text, version): ((&str, &str), &'p str, Vec<u32>)| {
            let all = self.families.get(&family)?;
            let is_newest = all.last() == Some(&version);
            let is_matrix = all.len() >= MATRIX || all.iter().any(is_of_target);
            let is_kept = is_matrix && !is_of_target(&version) && (!is_newest || is_old(&version));
            (is_kept && all.len() > 1).then_some(text)
        };
        versions(path).find_map(of)
    }
}

/// Whether a version is older than the oldest release of interest.
fn is_old(version: &[u32]) -> bool {
    matches!(version.first(), Some(0 | 1))
}

type Found<'p> = ((&'p str, &'p str), &'p str, Vec<u32>);

/// The versions in the names of a path: each with what stands around it, as written, and as numbers.
fn versions(path: &str) -> impl Iterator<Item = Found<'_>> {
    let is_of_version = |one: char| one.is_ascii_digit() || matches!(one, '.' | '_');
    let mut at = 0;
    let starts = std::iter::from_fn(move || {
        let rest = path.get(at..)?;
        let start = at + rest.find(|one: char| one.is_ascii_digit())?;
        let behind = path.get(start..)?;
        let length = behind.find(|one| !is_of_version(one)).unwrap_or(behind.len());
        at = start + length;
        Some((start, at))
    });
    starts.filter_map(move |(start, end)| {
        let text = path.get(start..end)?.trim_end_matches(['.', '_']);
        let before = path.get(..start)?;
        let rest = path.get(start + text.len()..)?;
        let behind = paths::parts(rest).next()?;
        // A number that goes on as a word is no version of what the name says.
        if behind.starts_with(|one: char| one.is_ascii_alphanumeric()) {
            return None;
        }
        let is_named = before.to_ascii_lowercase().contains("version");
        numbers(text, is_named).map(|numbers| ((before, behind), text, numbers))
    })
}

/// `3.9`, `0.10.2.1`, `2_8_1`, or `270` in a folder of versions; no address, date or number of a node.
fn numbers(text: &str, is_named: bool) -> Option<Vec<u32>> {
    let parts: Vec<u32> = text.split(['.', '_']).map(str::parse).collect::<Result<_, _>>().ok()?;
    match parts.as_slice() {
        [whole] if is_named && text.len() == 3 && *whole < 500 => {
            Some(vec![whole / 100, whole / 10 % 10, whole % 10])
        }
        [_] | [] => None,
        [0, ..] if parts.len() <= 4 => Some(parts),
        [1..=9, ..] if parts.len() <= 3 => Some(parts),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept<'p>(paths: &[&'p str], path: &'p str) -> Option<&'p str> {
        Kept::of(paths.iter().copied(), Release::new(4, 3, 1)).version(path)
    }

    #[test]
    fn files_of_a_matrix_are_for_their_own_release() {
        let all = ["d/compose.0.11.yml", "d/compose.1.1.yml", "d/compose.2.8.yml"];
        assert_eq!(kept(&all, "d/compose.0.11.yml"), Some("0.11"));
        assert_eq!(kept(&all, "d/compose.1.1.yml"), Some("1.1"));
        assert_eq!(kept(&all, "d/compose.2.8.yml"), None, "the newest may be the one that is run");
        let all = ["s/0.9.0.1/k.properties", "s/1.1.1/k.properties", "s/2.0/k.properties"];
        assert_eq!(kept(&all, "s/0.9.0.1/k.properties"), Some("0.9.0.1"));
        let all = ["versions/c-270.yml", "versions/c-281.yml", "versions/c-370.yml"];
        assert_eq!(kept(&all, "versions/c-270.yml"), Some("270"));
    }

    #[test]
    fn one_of_two_versions_is_kept_only_if_the_other_is_of_the_target() {
        assert_eq!(kept(&["p/kafka-3.0/A.java", "p/kafka-4.0/B.java"], "p/kafka-3.0/A.java"), Some("3.0"));
        assert_eq!(kept(&["p/kafka-3.0/A.java", "p/kafka-4.0/B.java"], "p/kafka-4.0/B.java"), None);
        assert_eq!(kept(&["p/kafka-2.8/A.java", "p/kafka-3.0/B.java"], "p/kafka-2.8/A.java"), None);
        assert_eq!(
            kept(&["kafka_2.13-3.9.0/config/server.properties"], "kafka_2.13-3.9.0/config/server.properties"),
            None
        );
    }

    #[test]
    fn numbers_of_nodes_addresses_and_dates_are_no_versions() {
        for all in [
            ["b/server-1.properties", "b/server-2.properties", "b/server-3.properties"],
            ["host_vars/10.0.0.1.yml", "host_vars/10.0.0.2.yml", "host_vars/10.0.0.3.yml"],
            ["k/2024_01_02.yml", "k/2024_02_02.yml", "k/2025_02_02.yml"],
            ["k/v1a.yml", "k/v2a.yml", "k/v3a.yml"],
            ["broker-101/k.yml", "broker-102/k.yml", "broker-103/k.yml"],
        ] {
            assert!(all.iter().all(|path| kept(&all, path).is_none()), "{all:?}");
        }
    }
}
