//! Files that an upgrade does not move: kept for several releases beside each other (a test matrix, frozen images, a
//! module for each release), for ZooKeeper beside the same for KRaft, or as a copy of another project.
//!
//! Evidence is in the paths: the same name with different versions in it, at one place. With three of them it is a
//! matrix; with two the other one has to be for the target, or for the major release that runs. What is *not* here: what
//! becomes of findings in them.

use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::paths;

use crate::leftovers::{Leftover, Leftovers};

/// This many versions of one name are a build matrix, whatever they are versions of.
const MATRIX: usize = 3;

/// What an upgrade does not move a file from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptFor<'p> {
    /// The version in its path, one of several.
    Version(&'p str),
    /// ZooKeeper, by this part of its path; the same is there for KRaft.
    ZooKeeper(&'p str),
    /// What shows the migration to KRaft, in this folder, beside clusters that have it.
    Migration(&'p str),
    /// ZooKeeper, by the name of its file, one of a few among many that show KRaft.
    Example(&'p str),
    /// Another project, in a folder of this name.
    Vendor(&'p str),
    /// Nobody: an image writes the file anew at each start.
    Written,
    /// Nobody: no file names it, nor the folder that it is in.
    Leftover,
}

/// Files that are kept for a particular release.
#[derive(Debug)]
pub struct Kept<'p> {
    leftovers: Leftovers<'p>,
    /// All versions, by the path before the version and the rest of the same path component.
    families: BTreeMap<(&'p str, &'p str), BTreeSet<Vec<u32>>>,
    /// Paths that name KRaft, up to and with each part that does, in lower case.
    of_kraft: BTreeSet<String>,
    /// Paths of files that set up KRaft, in lower case.
    runs_kraft: BTreeSet<String>,
    /// By folder: how many of its files set up KRaft, and how many are called after ZooKeeper.
    shown: BTreeMap<&'p str, (u32, u32)>,
    /// Paths up to a part that stands for whatever has no version of its own.
    defaults: BTreeSet<&'p str>,
    from: Option<Release>,
    to: Release,
}

/// Folders of copies of other projects.
const VENDORS: [&str; 4] = ["vendor", "third_party", "thirdparty", "node_modules"];

impl<'p> Kept<'p> {
    /// Of all files of a request, paths and texts, whichever cluster they are of.
    pub fn of(files: impl Iterator<Item = (&'p str, &'p str)>, from: Option<Release>, to: Release) -> Self {
        let files: Vec<_> = files.collect();
        let leftovers = Leftovers::of(&files);
        let mut families: BTreeMap<_, BTreeSet<Vec<u32>>> = BTreeMap::new();
        let (mut of_kraft, mut runs_kraft, mut defaults) =
            (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut shown: BTreeMap<_, (u32, u32)> = BTreeMap::new();
        for (path, text) in files {
            let (kraft, zookeeper) = shown.entry(paths::folder(path)).or_default();
            let is_named = names_zookeeper(path);
            *zookeeper += u32::from(is_named);
            if KRAFT_SETS.iter().any(|sign| text.contains(sign)) {
                *kraft += u32::from(!is_named);
                runs_kraft.insert(path.to_ascii_lowercase());
            }
            let general = ways(path).filter(|(_, part)| matches!(*part, "default" | "latest" | "current"));
            defaults.extend(general.filter_map(|(way, part)| way.strip_suffix(part)));
            for (family, _, version) in versions(path) {
                families.entry(family).or_default().insert(version);
            }
            let named = ways(path).filter(|(_, part)| is_of_kraft(part) && !is_migration(part));
            of_kraft.extend(named.map(|(way, _)| way.to_ascii_lowercase()));
        }
        Self { leftovers, families, of_kraft, runs_kraft, shown, defaults, from, to }
    }

    /// What a file is kept for; `None` of one that may follow the upgrade.
    #[must_use]
    pub fn reason(&self, path: &'p str, text: &str) -> Option<KeptFor<'p>> {
        let version = || self.version(path, text).map(KeptFor::Version);
        // At the top it is the whole of what is checked.
        let vendor = || ways(path).skip(1).find(|(_, part)| VENDORS.contains(part));
        let migration = || ways(path).find(|(way, part)| is_migration(part) && self.has_kraft_outside(way));
        let zookeeper = || {
            ways(path).find(|(way, part)| {
                self.has_kraft_beside(way, part) || self.has_kraft_without(path, way, part)
            })
        };
        (version().or_else(|| Some(KeptFor::Vendor(vendor()?.1))))
            .or_else(|| Some(KeptFor::Migration(migration()?.1)))
            .or_else(|| Some(KeptFor::ZooKeeper(zookeeper()?.1)))
            .or_else(|| self.is_example(path, text).then(|| KeptFor::Example(paths::file_name(path))))
            .or_else(|| {
                Some(match self.leftovers.reason(path, text)? {
                    Leftover::Written => KeptFor::Written,
                    Leftover::Unnamed => KeptFor::Leftover,
                })
            })
    }

    /// Whether it is a deployment by itself that is called after ZooKeeper, one of a few in a folder whose other ones run
    /// without. Files of one cluster are not: they may be in the middle of a migration.
    fn is_example(&self, path: &str, text: &str) -> bool {
        let (kraft, zookeeper) = self.shown.get(paths::folder(path)).copied().unwrap_or_default();
        kraft >= EXAMPLES
            && kraft > 2 * zookeeper
            && names_zookeeper(path)
            && text.lines().any(|line| line.trim_end() == "services:")
    }

    /// Whether there are clusters in KRaft mode outside of a folder.
    fn has_kraft_outside(&self, folder: &str) -> bool {
        let folder = folder.to_ascii_lowercase();
        self.of_kraft.iter().any(|way| !way.starts_with(&folder))
    }

    /// Whether the same name, with KRaft in place of ZooKeeper, is at the same place.
    fn has_kraft_beside(&self, way: &str, part: &str) -> bool {
        let (way, part) = (way.to_ascii_lowercase(), part.to_ascii_lowercase());
        let Some(folder) = way.strip_suffix(&part) else { return false };
        let word = part.split(|one: char| !one.is_ascii_alphanumeric()).find(|word| is_zookeeper(word));
        word.is_some_and(|word| {
            let mut beside = KRAFT.iter().map(|kraft| format!("{folder}{}", part.replacen(word, kraft, 1)));
            beside.any(|beside| self.of_kraft.contains(&beside))
        })
    }

    /// The version in the path of a file that has newer ones beside it; `None` of any other file.
    fn version(&self, path: &'p str, text: &str) -> Option<&'p str> {
        let to = [self.to.major, self.to.minor, self.to.patch].map(u32::from);
        let is_of_target = |version: &Vec<u32>| version.first() == to.first();
        let of = |(family, named, version): ((&'p str, &'p str), &'p str, Vec<u32>)| {
            let all = self.families.get(&family)?;
            let is_newest = all.last() == Some(&version) && self.newest_alike(family) <= Some(&version);
            let has_default = self.defaults.contains(family.0);
            let is_matrix = all.len() >= MATRIX
                || all.iter().any(is_of_target)
                || has_default
                || (self.is_older(&version) && all.iter().any(|other| self.is_of_source(other)));
            let is_kept =
                is_matrix && !is_of_target(&version) && (!is_newest || self.is_old(&version, named, text));
            (is_kept && (all.len() > 1 || has_default)).then_some(named)
        };
        versions(path).find_map(of)
    }

    /// The newest version in the folder of those whose names begin alike: `k-7.3.yaml`, `k-kraft-8.0.yaml`.
    fn newest_alike(&self, (begins, ends): (&'p str, &'p str)) -> Option<&Vec<u32>> {
        if begins.is_empty() || begins.ends_with(paths::BETWEEN) {
            return None;
        }
        let alike = self.families.range((begins, "")..).take(MAX_ALIKE);
        let alike = alike.map_while(|((start, end), all)| Some((start.strip_prefix(begins)?, *end, all)));
        let beside = alike.filter(|(more, end, _)| *end == ends && !more.contains(paths::BETWEEN));
        beside.filter_map(|(_, _, all)| all.last()).max()
    }
}

impl Kept<'_> {
    /// Whether there is the same path without the word for ZooKeeper, and the file there sets up KRaft.
    fn has_kraft_without(&self, path: &str, way: &str, part: &str) -> bool {
        let Some(folder) = way.strip_suffix(part) else { return false };
        let Some(rest) = path.strip_prefix(way) else { return false };
        // `saslPlainZK` beside `saslPlain`.
        let named = ["ZK", "Zk", "ZooKeeper", "Zookeeper"].iter().find_map(|word| part.strip_suffix(word));
        if let Some(named) = named.filter(|named| named.ends_with(|one: char| one.is_ascii_lowercase())) {
            return self.runs_kraft.contains(&format!("{folder}{named}{rest}").to_ascii_lowercase());
        }
        let part = part.to_ascii_lowercase();
        let is_border = |one: char| !one.is_ascii_alphanumeric();
        let Some(word) = part.split(is_border).find(|word| is_zookeeper(word)) else { return false };
        let others = [format!("-{word}"), format!("_{word}"), format!("{word}-"), format!("{word}_")];
        let without = match others.iter().find(|with| part.contains(with.as_str())) {
            Some(with) => format!("{}{rest}", part.replacen(with.as_str(), "", 1)),
            None if part == word => rest.trim_start_matches(paths::BETWEEN).to_owned(),
            None => return false,
        };
        self.runs_kraft.contains(&format!("{folder}{without}").to_ascii_lowercase())
    }

    /// Whether a version is older than any that counts, or is of an earlier major one than what runs and the file says
    /// it too, so that it is not what is upgraded.
    fn is_old(&self, version: &[u32], named: &str, text: &str) -> bool {
        matches!(version.first(), Some(0 | 1)) || self.is_older(version) && text.contains(named)
    }

    /// Whether a version is of an earlier major one than what runs, of those since 2.
    fn is_older(&self, version: &[u32]) -> bool {
        let runs = self.from.map_or(2, |from| u32::from(from.major).min(3));
        version.first().is_some_and(|major| *major < runs)
    }

    /// Whether a version is of the major one that runs.
    fn is_of_source(&self, version: &[u32]) -> bool {
        self.from.is_some_and(|from| version.first() == Some(&u32::from(from.major)))
    }
}

/// Each part of a path with the path up to its end.
fn ways(path: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut at = 0;
    paths::parts(path).filter_map(move |part| {
        let end = at + part.len();
        at = end + 1;
        Some((path.get(..end)?, part))
    })
}

/// What files that set up KRaft have.
const KRAFT_SETS: [&str; 6] = [
    "process.roles",
    "PROCESS_ROLES",
    "CONTROLLER_QUORUM_VOTERS",
    "KRaftController",
    "kRaftController",
    "KafkaNodePool",
];

/// This many files of a folder that set up KRaft show how its examples run.
const EXAMPLES: u32 = 3;

/// At most this many names that begin alike are looked at.
const MAX_ALIKE: usize = 20;

/// Whether a file is called after ZooKeeper.
fn names_zookeeper(path: &str) -> bool {
    let name = paths::file_name(path).to_ascii_lowercase();
    name.split(|one: char| !one.is_ascii_alphanumeric()).any(is_zookeeper)
}

/// How paths call KRaft.
const KRAFT: [&str; 2] = ["kraft", "zkless"];

fn is_of_kraft(part: &str) -> bool {
    let part = part.to_ascii_lowercase();
    KRAFT.iter().any(|name| part.contains(name))
}

fn is_zookeeper(word: &str) -> bool {
    matches!(word, "zk" | "zookeeper")
}

/// `KRaftMigration`, `migrate-to-kraft`.
fn is_migration(part: &str) -> bool {
    let part = part.to_ascii_lowercase();
    part.contains("kraft") && part.contains("migrat")
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
        of(paths).version(path, "image: kafka:2.0.0")
    }

    fn of<'p>(paths: &[&'p str]) -> Kept<'p> {
        Kept::of(
            paths.iter().map(|path| (*path, "process.roles=broker")),
            Some(Release::new(3, 9, 2)),
            Release::new(4, 3, 1),
        )
    }

    #[test]
    fn a_folder_for_all_others_is_that_of_the_target() {
        let all = [
            "s/resources/0.0/k.properties",
            "s/resources/1.0/k.properties",
            "s/resources/default/k.properties",
        ];
        assert_eq!(kept(&all, all[1]), Some("1.0"));
        assert_eq!(kept(&all, all[2]), None);
        assert_eq!(kept(&all[..2], all[1]), None);
    }

    #[test]
    fn the_newest_of_a_matrix_is_kept_where_it_is_older_than_what_runs() {
        let all = ["d/compose.0.11.yml", "d/compose.1.1.yml", "d/compose.2.0.yml"];
        assert_eq!(kept(&all, "d/compose.2.0.yml"), Some("2.0"));
        let all = ["d/compose.0.11.yml", "d/compose.1.1.yml", "d/compose.3.9.yml"];
        assert_eq!(kept(&all, "d/compose.3.9.yml"), None, "it may be the one that is run");
    }

    #[test]
    fn what_is_for_zookeeper_has_the_same_for_kraft_beside_it() {
        let all = ["a/zookeeper/k.yml", "a/kraft/k.yml", "zk-k.yml", "zkless-k.yml", "zk/k.yml", "kraft.yml"];
        let reason = |path| of(&all).reason(path, "");
        assert_eq!(reason("a/zookeeper/k.yml"), Some(KeptFor::ZooKeeper("zookeeper")));
        assert_eq!(reason("zk-k.yml"), Some(KeptFor::ZooKeeper("zk-k.yml")));
        assert_eq!(reason("a/kraft/k.yml"), None);
        assert_eq!(reason("zk/k.yml"), None, "another cluster's KRaft is not beside it");
        let all = ["a/zk/tls/k.yml", "a/tls/k.yml", "b/k_zk.yml", "b/k.yml", "c/zk/k.yml"];
        let reason = |path| of(&all).reason(path, "");
        assert_eq!(reason("a/zk/tls/k.yml"), Some(KeptFor::ZooKeeper("zk")));
        assert_eq!(reason("b/k_zk.yml"), Some(KeptFor::ZooKeeper("k_zk.yml")));
        assert_eq!(reason("c/zk/k.yml"), None);
        let all = ["m/saslLdapZK/k.yml", "m/saslLdap/k.yml", "m/plainZK/k.yml"];
        let reason = |path| of(&all).reason(path, "");
        assert_eq!(reason(all[0]), Some(KeptFor::ZooKeeper("saslLdapZK")));
        assert_eq!(reason(all[2]), None);
    }

    #[test]
    fn one_of_many_examples_may_be_about_zookeeper() {
        let compose = "services:\n  k:\n";
        let all = ["c/kafka-zookeeper.yaml", "c/a.yaml", "c/b.yaml", "c/c.yaml", "d/zk.yaml", "d/a.yaml"];
        let reason = |path| of(&all).reason(path, compose);
        assert_eq!(reason(all[0]), Some(KeptFor::Example("kafka-zookeeper.yaml")));
        assert_eq!(reason(all[1]), None);
        assert_eq!(reason(all[4]), None, "two files are no collection");
        assert_eq!(of(&all).reason(all[0], "kind: StatefulSet\n"), None, "one cluster's files");
    }

    #[test]
    fn a_migration_is_shown_where_others_have_kraft_already() {
        let all = ["m/KRaftMigration/k.yml", "m/KRaftMigration/kraftcontroller.yml", "kraft/k.yml"];
        assert_eq!(of(&all).reason(all[0], ""), Some(KeptFor::Migration("KRaftMigration")));
        assert_eq!(of(&all[..2]).reason(all[0], ""), None, "alone it is the cluster that is migrated");
    }

    #[test]
    fn copies_of_other_projects_lie_in_folders_of_their_own() {
        let all = ["a/third_party/b/k.env", "vendor/k.env"];
        assert_eq!(of(&all).reason(all[0], ""), Some(KeptFor::Vendor("third_party")));
        assert_eq!(of(&all).reason(all[1], ""), None, "the folder is all that is checked");
    }

    #[test]
    fn files_of_a_matrix_are_for_their_own_release() {
        let all = ["d/compose.0.11.yml", "d/compose.1.1.yml", "d/compose.3.8.yml"];
        assert_eq!(kept(&all, "d/compose.0.11.yml"), Some("0.11"));
        assert_eq!(kept(&all, "d/compose.1.1.yml"), Some("1.1"));
        assert_eq!(kept(&all, "d/compose.3.8.yml"), None, "the newest may be the one that is run");
        let all =
            ["v/k-7.1.yaml", "v/k-7.2.yaml", "v/k-7.3.yaml", "v/k-kraft-8.0.yaml", "v/k-kraft-8.1.yaml"];
        assert_eq!(kept(&all, all[2]), Some("7.3"), "newer ones go by another name");
        assert_eq!(kept(&all, all[4]), None);
        let all = ["s/0.9.0.1/k.properties", "s/1.1.1/k.properties", "s/2.0/k.properties"];
        assert_eq!(kept(&all, "s/0.9.0.1/k.properties"), Some("0.9.0.1"));
        let all = ["versions/c-270.yml", "versions/c-281.yml", "versions/c-370.yml"];
        assert_eq!(kept(&all, "versions/c-270.yml"), Some("270"));
    }

    #[test]
    fn one_of_two_versions_is_kept_only_if_the_other_is_of_the_target() {
        assert_eq!(kept(&["p/kafka-3.0/A.java", "p/kafka-4.0/B.java"], "p/kafka-3.0/A.java"), Some("3.0"));
        assert_eq!(kept(&["p/kafka-3.0/A.java", "p/kafka-4.0/B.java"], "p/kafka-4.0/B.java"), None);
        assert_eq!(kept(&["p/kafka-3.0/A.java", "p/kafka-3.8/B.java"], "p/kafka-3.0/A.java"), None);
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
