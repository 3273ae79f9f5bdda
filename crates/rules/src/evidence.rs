//! What a text shows around a finding that keeps it from happening: tests on the same line, copies, scripts that delete
//! a setting, arguments of a build that others give.
//!
//! What is *not* here: branches of tests (`input`'s guards), and what becomes of the finding (`context`).

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use kafka_upgrade_document::{Slice as _, Span, paths};
use kafka_upgrade_sorted::Gather as _;

use crate::checked_file::CheckedFile;

/// Bytes before a place in which a test of the same line is looked for.
const MAX_LINE: usize = 2000;
/// Bytes before a place in which the element or block that it is in is looked for.
const MAX_BLOCK: usize = 20_000;
/// What variables are called that hold a version of Java or Scala.
const OF_LANGUAGES: [&str; 3] = ["JAVA", "JDK", "SCALA"];

/// The text before a place, no longer than `most` bytes.
fn before(text: &str, span: Span, most: usize) -> &str {
    let end = span.start as usize;
    text.slice(text.floor_char_boundary(end.saturating_sub(most))..end)
}

/// Whether a test of the same line asks for the file: `[ -f bin/x.sh ] && bin/x.sh`, `command -v x.sh && x.sh`.
pub(crate) fn is_asked_before(text: &str, span: Span) -> bool {
    const ASKS: [&str; 6] = ["-f ", "-e ", "-x ", "command -v ", "which ", "type "];
    let name = paths::file_name(span.of(text));
    let line = before(text, span, MAX_LINE).rsplit('\n').next().unwrap_or_default();
    line.rsplit_once("&&").is_some_and(|(test, _)| {
        test.contains(name) && ASKS.iter().any(|sign| test.contains(sign)) && !test.contains("! ")
    })
}

/// The service whose own interface takes the settings of a Terraform resource, and passes on what it likes.
pub(crate) fn service(read: &CheckedFile<'_>, span: Span) -> Option<&'static str> {
    if !read.path.ends_with(".tf") {
        return None;
    }
    let (_, resource) = before(read.text, span, MAX_BLOCK).rsplit_once("resource \"")?;
    resource.starts_with("aiven_").then_some("Aiven")
}

/// The profile of a `pom.xml` that a place is in, where its name has a version of Kafka.
pub(crate) fn profile<'t>(read: &CheckedFile<'t>, span: Span) -> Option<&'t str> {
    if !read.path.ends_with("pom.xml") {
        return None;
    }
    let (_, profile) = before(read.text, span, MAX_BLOCK)
        .rsplit_once("<profile>")
        .filter(|(_, rest)| !rest.contains("</profile>"))?;
    let (name, _) = profile.split_once("<id>")?.1.split_once("</id>")?;
    let named = name.contains("kafka") && name.bytes().any(|one| one.is_ascii_digit());
    (named && !profile.contains("<activeByDefault>true")).then_some(name)
}

/// What all texts show that is asked of each finding: gathered when it is first asked for.
#[derive(Default)]
pub(crate) struct Evidence<'r> {
    written: OnceCell<BTreeSet<&'r str>>,
    /// Sources that builds leave out, from the folder of the packages on.
    excluded: OnceCell<BTreeSet<&'r str>>,
    /// By folder: the Java of each image that a Dockerfile there begins with.
    images: OnceCell<BTreeMap<&'r str, Vec<u16>>>,
    /// By folder: the Java that a `pom.xml` there compiles for, which counts before older ways to say it.
    released: OnceCell<BTreeMap<&'r str, u16>>,
    /// By a variable for a Java or a Scala: files that give it one that is new enough.
    newer: OnceCell<BTreeMap<&'r str, BTreeSet<&'r str>>>,
    /// By path and length of a text: its copied files by their names.
    copied: BTreeMap<(&'r str, usize), BTreeMap<&'r str, Vec<&'r str>>>,
    /// By path and length of a text, and what is looked for in it.
    holding: BTreeMap<(&'r str, usize, &'static str), bool>,
    asking: BTreeMap<(&'r str, usize), bool>,
    /// By path and name: whether it is an argument of that build.
    arguments: BTreeMap<(&'r str, &'r str), bool>,
}

impl<'r> Evidence<'r> {
    /// Whether a script of any of the files writes a file of that name itself.
    pub(crate) fn is_written(&self, named: &str, files: &[CheckedFile<'r>]) -> bool {
        let gather = || {
            let texts = files.iter().filter(|read| !read.is_part).map(|read| read.text);
            texts.flat_map(written).gather()
        };
        self.written.get_or_init(gather).contains(named)
    }

    /// Whether a build leaves a source out unless somebody chooses a profile.
    pub(crate) fn is_excluded(&self, path: &str, files: &[CheckedFile<'r>]) -> bool {
        let gather = || {
            let builds = files.iter().filter(|read| !read.is_part && read.path.ends_with("pom.xml"));
            builds.flat_map(|read| excluded(read.text)).gather()
        };
        let excluded = self.excluded.get_or_init(gather);
        !excluded.is_empty() && path.match_indices('/').any(|(at, _)| excluded.contains(path.slice(at + 1..)))
    }

    /// The Java of an image beside a `pom.xml` that builds and runs what is compiled for an older one, where it is new
    /// enough: the oldest, where there are several.
    pub(crate) fn java_beside(
        &self,
        read: &CheckedFile<'r>,
        files: &[CheckedFile<'r>],
        least: u16,
    ) -> Option<u16> {
        if paths::file_name(read.path) != "pom.xml" {
            return None;
        }
        let gather = || {
            let mut images: BTreeMap<&'r str, Vec<u16>> = BTreeMap::new();
            for image in files.iter().filter(|read| paths::file_name(read.path).starts_with("Dockerfile")) {
                let begun = image.text.lines().filter(|line| line.trim_start().starts_with("FROM "));
                images.entry(paths::folder(image.path)).or_default().extend(begun.filter_map(java_of_image));
            }
            images
        };
        let beside = self.images.get_or_init(gather).get(paths::folder(read.path))?;
        beside.iter().copied().min().filter(|java| *java >= least)
    }

    /// The Java that a build in a folder above compiles all of its modules for, where it is new enough: `release` counts
    /// before a module's `source` and `target`.
    pub(crate) fn java_above(
        &self,
        read: &CheckedFile<'r>,
        files: &[CheckedFile<'r>],
        least: u16,
    ) -> Option<u16> {
        if paths::file_name(read.path) != "pom.xml" {
            return None;
        }
        let gather = || {
            let mut released_by: BTreeMap<&'r str, u16> = BTreeMap::new();
            for build in files.iter().filter(|read| paths::file_name(read.path) == "pom.xml") {
                if let Some(java) = released(build.text) {
                    released_by.insert(paths::folder(build.path), java);
                }
            }
            released_by
        };
        let all = self.released.get_or_init(gather);
        let mut above = std::iter::successors(Some(paths::folder(read.path)), |folder| {
            (!folder.is_empty()).then(|| paths::folder(folder))
        })
        .enumerate();
        // What a module says itself is the finding.
        let (height, java) = above.find_map(|(height, folder)| Some((height, *all.get(folder)?)))?;
        (height > 0 && java >= least).then_some(java)
    }

    /// Whether `COPY` or `ADD` of a Dockerfile puts a file of one's own there, on this line or on another.
    pub(crate) fn is_copied_there(&mut self, read: &CheckedFile<'r>, span: Span) -> bool {
        let copied = self.copied.entry((read.path, read.text.len())).or_insert_with(|| copied(read.text));
        let named = span.of(read.text);
        let alike = copied.get(paths::file_name(named)).into_iter().flatten();
        alike.into_iter().any(|target| target.ends_with(named))
    }

    /// Whether a text holds a sign anywhere.
    pub(crate) fn holds(&mut self, read: &CheckedFile<'r>, sign: &'static str) -> bool {
        let known = self.holding.entry((read.path, read.text.len(), sign));
        *known.or_insert_with(|| read.text.contains(sign))
    }

    /// Whether a program asks whether Kafka is older than 4.0.
    pub(crate) fn asks_for_4_0(&mut self, read: &CheckedFile<'r>) -> bool {
        *self.asking.entry((read.path, read.text.len())).or_insert_with(|| asks_for_4_0(read.text))
    }

    /// Whether the version at a place is an argument of the build that another file gives a newer version.
    pub(crate) fn gets_newer(
        &mut self,
        read: &CheckedFile<'r>,
        span: Span,
        files: &[CheckedFile<'r>],
    ) -> bool {
        let Some(name) = argument(read, span) else { return false };
        let is_argument = *self.arguments.entry((read.path, name)).or_insert_with(|| {
            let mut given = read.text.lines().filter_map(|line| line.trim().strip_prefix("ARG "));
            given.any(|rest| rest.starts_with(name))
        });
        let gather = || {
            let mut newer: BTreeMap<&'r str, BTreeSet<&'r str>> = BTreeMap::new();
            for read in files.iter().filter(|read| !read.is_part) {
                for name in given_newer(read.text) {
                    newer.entry(name).or_default().insert(read.path);
                }
            }
            newer
        };
        let given = || self.newer.get_or_init(gather).get(name);
        is_argument && given().is_some_and(|paths| paths.iter().any(|path| *path != read.path))
    }
}

/// What `maven.compiler.release` of a `pom.xml` is set to.
fn released(text: &str) -> Option<u16> {
    let (_, behind) = text.split_once("<maven.compiler.release>")?;
    behind.split_once('<')?.0.trim().parse().ok()
}

/// The number behind a name of Java's in the name of an image: `maven:3.9-eclipse-temurin-17`, `amazoncorretto:17`.
fn java_of_image(line: &str) -> Option<u16> {
    const NAMES: [&str; 8] = ["temurin", "corretto", "openjdk", "jdk", "jre", "zulu", "semeru", "java"];
    NAMES.iter().find_map(|name| {
        let (_, behind) = line.split_once(name)?;
        let behind = behind.trim_start_matches(['-', ':']);
        let end = behind.find(|one: char| !one.is_ascii_digit()).unwrap_or(behind.len());
        behind.get(..end)?.parse().ok()
    })
}

/// Sources that Maven's compiler leaves out unless somebody chooses a profile: `<exclude>a/B.java</exclude>` outside of
/// profiles, or in the one that is active by itself.
fn excluded(text: &str) -> impl Iterator<Item = &str> {
    // Whether the plugin that is open is the compiler's, and whether the profile that is open is taken by itself.
    let (mut is_compilers, mut is_taken) = (false, true);
    text.split('<').filter_map(move |part| {
        let (tag, inside) = part.split_once('>')?;
        match tag {
            "plugin" | "/plugin" => is_compilers = false,
            "artifactId" => is_compilers |= inside.trim() == "maven-compiler-plugin",
            "profile" => is_taken = false,
            "/profile" => is_taken = true,
            "activeByDefault" => is_taken |= inside.trim() == "true",
            _ => {}
        }
        let is_source = tag == "exclude" && inside.ends_with(".java") && !inside.contains('*');
        (is_compilers && is_taken && is_source).then_some(inside)
    })
}

/// Where `COPY` and `ADD` of a Dockerfile put files, by their names.
fn copied(text: &str) -> BTreeMap<&str, Vec<&str>> {
    let mut targets: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for line in text.lines().filter(|line| line.trim_start().starts_with(['C', 'A'])) {
        let mut words = line.split_whitespace();
        if matches!(words.next(), Some("COPY" | "ADD"))
            && let Some(target) = words.skip(1).last()
        {
            targets.entry(paths::file_name(target)).or_default().push(target);
        }
    }
    targets
}

/// Files that a script writes itself: `cat > config/x <<EOF`.
fn written(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('>').filter_map(|(at, _)| {
        if text.slice(..at).ends_with('>') {
            return None;
        }
        let target = text.slice(at + 1..).trim_start_matches(['"', '\'', ' ']);
        let is_of_path = |one: char| one.is_ascii_alphanumeric() || "._-/${}~".contains(one);
        let end = target.find(|one| !is_of_path(one)).unwrap_or(target.len());
        target.get(..end).filter(|target| target.contains('.'))
    })
}

/// Tells each file which keys scripts delete before a server starts, `sed -e '/zookeeper.connect/d'`, whatever cluster
/// they are of.
pub fn assign_deleted(files: &mut [CheckedFile<'_>]) {
    let scripts =
        files.iter().filter(|read| !read.is_part && read.text.contains("/d") && read.text.contains("sed "));
    let keys: BTreeSet<String> =
        scripts.flat_map(|read| read.text.lines()).filter_map(deleted).map(str::to_owned).gather();
    let keys = Rc::new(keys);
    files.iter_mut().filter(|_| !keys.is_empty()).for_each(|read| read.deleted = Rc::clone(&keys));
}

/// The key that a line of a script deletes.
fn deleted(line: &str) -> Option<&str> {
    let (before, _) = line.split_once("/d")?;
    let (_, key) = before.rsplit_once('/')?;
    let key = key.trim_start_matches('^');
    (key.contains('.') && key.bytes().all(|one| one.is_ascii_alphanumeric() || b".-_".contains(&one)))
        .then_some(key)
}

/// Whether a program asks whether Kafka is older than 4.0: `if kafka_version() < (4, 0)`.
fn asks_for_4_0(text: &str) -> bool {
    const NUMBERS: [&str; 5] = ["(4, 0", "(4,0", "\"4.0", "'4.0", "V4_0_0"];
    text.lines().any(|line| {
        NUMBERS.iter().any(|number| line.contains(number)) && line.contains(['<', '>']) && {
            let line = line.to_ascii_lowercase();
            line.contains("kafka") && line.contains("version")
        }
    })
}

/// The variable of a Dockerfile that the line of a place takes the version of its Java or Scala from.
fn argument<'t>(read: &CheckedFile<'t>, span: Span) -> Option<&'t str> {
    if !paths::file_name(read.path).contains("Dockerfile") {
        return None;
    }
    let start = read.text.slice(..span.start as usize).rfind('\n').map_or(0, |at| at + 1);
    let line = read.text.slice(start..).lines().next()?;
    let names = line.split('$').skip(1).filter_map(|rest| {
        let rest = rest.trim_start_matches('{');
        rest.get(..rest.find(|one: char| !one.is_ascii_alphanumeric() && one != '_')?)
    });
    let mut named = names.filter(|name| OF_LANGUAGES.iter().any(|word| name.contains(word)));
    named.next()
}

/// The variables that a text sets to a Java, or a Scala, that servers of 4.0 and newer run on.
fn given_newer(text: &str) -> impl Iterator<Item = &str> {
    let is_of_name = |one: char| one.is_ascii_alphanumeric() || one == '_';
    text.match_indices(['=', ':']).filter_map(move |(at, sign)| {
        let before = text.slice(..at);
        let name = before.slice(before.trim_end_matches(is_of_name).len()..);
        if !OF_LANGUAGES.iter().any(|word| name.contains(word)) {
            return None;
        }
        let value = text.slice(at + 1..);
        let value = if sign == ":" { value.strip_prefix(' ')? } else { value };
        let value = value.trim_start_matches(['"', '\'']);
        if name.contains("SCALA") {
            return value.starts_with("2.13").then_some(name);
        }
        let end = value.find(|one: char| !one.is_ascii_digit()).unwrap_or(value.len());
        value.get(..end)?.parse::<u16>().is_ok_and(|java| java >= 17).then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_scripts_delete_name_a_key() {
        assert_eq!(deleted("  sed -e '/zookeeper.connect/d' \\"), Some("zookeeper.connect"));
        assert_eq!(deleted("sed -e '/^#/d' -e '/^$/d' config/server.properties"), None);
        assert_eq!(deleted("cd /etc/kafka/data"), None);
    }

    #[test]
    fn a_script_writes_what_it_directs_its_output_to() {
        let all = |text| written(text).collect::<Vec<_>>();
        assert_eq!(all("cat > config/log4j.properties <<-'EOF'\n"), ["config/log4j.properties"]);
        assert_eq!(all("cat >\"config/log4j.properties\"; ls > a\n"), ["config/log4j.properties"]);
        assert!(all("sed -i s/a/b/ config/log4j.properties\n").is_empty());
        assert!(all("echo a >> config/log4j.properties\n").is_empty());
    }

    #[test]
    fn programs_ask_for_the_version_of_kafka() {
        assert!(asks_for_4_0("        if env_kafka_version() < (4, 0):\n"));
        assert!(!asks_for_4_0("version = '4.0.0'\nif python_version < (4, 0):\n"));
    }

    #[test]
    fn an_image_names_its_java() {
        assert_eq!(java_of_image("FROM maven:3.9.16-eclipse-temurin-17"), Some(17));
        assert_eq!(java_of_image("FROM amazoncorretto:11-alpine AS build"), Some(11));
        assert_eq!(java_of_image("FROM openjdk:8-jre"), Some(8));
        assert_eq!(java_of_image("FROM debian:12"), None);
    }

    #[test]
    fn a_build_says_for_which_java_it_compiles() {
        assert_eq!(released("<maven.compiler.release> 17 </maven.compiler.release>"), Some(17));
        assert_eq!(released("<maven.compiler.release>${java}</maven.compiler.release>"), None);
        assert_eq!(released("<maven.compiler.source>17</maven.compiler.source>"), None);
    }

    #[test]
    fn a_source_is_left_out_by_the_compiler_where_no_profile_takes_it_in() {
        let plugin = "<plugin><artifactId>maven-compiler-plugin</artifactId><excludes><exclude>a/Old.java</exclude><exclude>a/*</exclude></excludes></plugin>";
        let all = |text: &str| excluded(text).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(all(plugin), ["a/Old.java"]);
        let active = "<activation><activeByDefault>true</activeByDefault></activation>";
        assert_eq!(all(&format!("<profile>{active}{plugin}</profile>")), ["a/Old.java"]);
        assert!(all(&format!("<profile><id>x</id>{plugin}</profile>")).is_empty());
        assert!(all(&plugin.replace("compiler", "javadoc")).is_empty());
    }

    #[test]
    fn a_newer_java_is_given_by_an_assignment() {
        let all = |text| given_newer(text).collect::<Vec<_>>();
        assert_eq!(all("JAVA_VERSION=\"17\"\n"), ["JAVA_VERSION"]);
        assert_eq!(all("  JAVA_VERSION: 21\n"), ["JAVA_VERSION"]);
        assert!(all("JAVA_VERSION=\"11\"\nJAVA_VERSION:21\n").is_empty());
        assert!(all("JAVA_VERSION=$x # 17\nVERSION=17\n").is_empty());
        assert_eq!(all("  SCALA_VERSION=\"2.13\"\nJDK=21"), ["SCALA_VERSION", "JDK"]);
        assert!(all("SCALA_VERSION=\"2.12\"\n").is_empty());
    }
}
