//! What of a folder is read: folders that stay aside, names that can be read, and whether a text has to do with Kafka.

use kafka_upgrade_document::Slice as _;
use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_catalog as catalog;
use kafka_upgrade_document::{Document, Kind, paths, template};
use kafka_upgrade_sorted::Sorted as _;

use super::ignore::{Rules, is_ignored};
use crate::{FORMATS, live};

/// Folders of version control, and of what other people wrote or a build made.
pub const ASIDE: &[&str] =
    &[".git", ".hg", ".jj", ".svn", "__pycache__", "build", "node_modules", "target", "vendor"];

/// Endings of files that may be anybody's; their content decides.
const ANYBODYS: &[&str] = &[
    "yaml",
    "yml",
    "json",
    "xml",
    "toml",
    "lock",
    "txt",
    "conf",
    "cfg",
    "cnf",
    "config",
    "ini",
    "env",
    "tpl",
    "tmpl",
    "template",
    "props",
    "hocon",
    "clj",
    "pull",
    "jaas",
    "nomad",
    "container",
    "sql",
    "ksql",
    "sls",
    "default",
    "sysconfig",
    "systemd",
    "functions",
    "initd",
    "commands",
];

/// Whole names of such files.
const NAMES_OF_ANYBODY: &[&str] =
    &["GNUmakefile", "Jenkinsfile", "Makefile", "Procfile", "Vagrantfile", "hosts", "inventory", "makefile"];

/// Names of files that were passed over are listed up to this number.
const NAMES: usize = 5;

/// Why something in a folder was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A `.gitignore` says so.
    Ignored,
    /// A folder of other people's, or of a build.
    Aside,
    /// A link that leads out of the folder.
    Outside,
    /// A pipe, a socket or a device.
    Special,
}

impl Why {
    /// The count in words.
    fn says(self, count: u32) -> String {
        let (one, many) = match self {
            Self::Ignored => ("entry that a .gitignore names", "entries that a .gitignore names"),
            Self::Aside => (
                "folder of version control, packages or a build",
                "folders of version control, packages or a build",
            ),
            Self::Outside => ("link that leads out of it", "links that lead out of it"),
            Self::Special => ("pipe, socket or device", "pipes, sockets or devices"),
        };
        format!("{count} {}", if count == 1 { one } else { many })
    }
}

/// What a folder or an archive holds and is not read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// How much was not looked at, and why.
    pub counts: BTreeMap<Why, u32>,
    /// Paths of files whose names are not of a kind that is read.
    pub passed_over: BTreeSet<String>,
    /// How many texts have nothing to do with Kafka.
    pub unrelated: u32,
}

impl LeftOut {
    /// Counts a file that was looked at and not kept.
    pub fn leave(&mut self, path: &str) {
        if may_be_script(path) {
            self.passed_over.insert(path.to_owned());
        } else {
            self.unrelated += 1;
        }
    }

    /// One sentence for each reason, about the folder or archive of that name.
    #[must_use]
    pub fn sentences(&self, name: &str) -> Vec<String> {
        let mut sentences = Vec::new();
        if !self.counts.is_empty() {
            let counts: Vec<String> = self.counts.iter().map(|(why, count)| why.says(*count)).collect();
            sentences.push(format!("{name} holds {}, left out.", counts.join(", ")));
        }
        if !self.passed_over.is_empty() {
            let names: Vec<&str> = self.passed_over.iter().take(NAMES).map(String::as_str).collect();
            let more = self.passed_over.len().saturating_sub(NAMES);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let files = match self.passed_over.len() {
                1 => "1 file that was".to_owned(),
                many => format!("{many} files that were"),
            };
            sentences.push(format!(
                "{name} holds {files} not read, since their names are not of a kind that is: {}{more}. Name a file to have it read.",
                names.join(", ")
            ));
        }
        if self.unrelated > 0 {
            let files = match self.unrelated {
                1 => "1 file that has".to_owned(),
                many => format!("{many} files that have"),
            };
            sentences.push(format!("{name} holds {files} nothing to do with Kafka, left aside."));
        }
        sentences
    }
}

/// Whether a folder of that name is not entered. With `everything`, only version control is not.
#[must_use]
pub fn is_aside(name: &str, everything: bool) -> bool {
    ASIDE.contains(&name) && (name.starts_with('.') || !everything)
}

/// Whether a file's name says that it may be read.
#[must_use]
pub fn is_readable(path: &str) -> bool {
    let name = paths::file_name(path);
    // A template is judged by the name of its output; `.env` is all ending.
    let plain = template::plain_name(name);
    let ending = plain.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let is_dockerfile = name.starts_with("Dockerfile") || name.starts_with("Containerfile");
    // Variables for a service of the machine: `/etc/default/kafka`, `/etc/sysconfig/kafka`.
    let folder = paths::file_name(paths::folder(path));
    let is_environment = ending.is_empty() && matches!(folder, "default" | "sysconfig");
    // A template is somebody's for setting machines up, whatever it makes.
    let is_template = ending.is_empty()
        && !plain.contains('.')
        && [".j2", ".erb", ".epp"].iter().any(|known| name.ends_with(known));
    // What is built stands in `go.mod`; the sums are of everything that was ever looked at.
    if name == "go.sum" {
        return false;
    }
    is_dockerfile
        // `.env.local`, `.env.production`, `server.properties.sample`, `app.conf.prod`.
        || name.starts_with(".env.")
        || name.contains(".properties.")
        || name.contains(".conf.")
        // Helpers of a chart have no name without their ending.
        || name.ends_with(".tpl")
        || is_environment
        // `values.j2` is what a chart gets.
        || plain == "values" && name != plain
        || is_template
        || crate::services::is_list(path)
        || ANYBODYS.contains(&ending.as_str())
        || NAMES_OF_ANYBODY.contains(&name)
        || FORMATS.iter().any(|format| format.is_named(name))
}

/// Whether a file's name says nothing, so that its first bytes decide: scripts often have no ending.
#[must_use]
pub fn may_be_script(path: &str) -> bool {
    !template::plain_name(paths::file_name(path)).contains('.') && !is_readable(path)
}

/// Whether a file of a folder is opened: its name says that it may be read, or says nothing.
#[must_use]
pub fn is_opened(path: &str) -> bool {
    is_readable(path) || may_be_script(path)
}

/// Whether a text in a folder concerns Kafka or its clients. A `.properties` file of unknown purpose does if it has a
/// key that Kafka knows: it may be Kafka's, and the report says that it was not judged.
#[must_use]
pub fn concerns_kafka(document: &Document, text: &str) -> bool {
    match document.kind {
        // A program beside Kafka may ask its ZooKeeper, or be configured for a protocol version.
        Kind::NotKafka => document.all().any(|part| !part.observations.is_empty()),
        // Output of Kafka's tools seldom names it, and may hold nothing that is kept.
        Kind::LiveOutput if live::is_of_tools(text) => true,
        // Resources of other programs, such as an ingress, need not even be readable.
        _ if is_empty(document) && !names_kafka(text) => false,
        Kind::Unknown => {
            document.settings.iter().any(|one| catalog::components_of(&one.key).next().is_some())
        }
        _ => true,
    }
}

/// Whether nothing but problems was read.
fn is_empty(document: &Document) -> bool {
    let is_bare = |part: &Document| {
        part.settings.is_empty()
            && part.usages.is_empty()
            && part.dependencies.is_empty()
            && part.observations.is_empty()
    };
    document.all().all(is_bare)
}

/// Whether a text names Kafka at all.
fn names_kafka(text: &str) -> bool {
    text.as_bytes().windows(5).any(|word| word.eq_ignore_ascii_case(b"kafka"))
}

/// Which of the files of a folder are read, by their index, and what is left out. Paths have slashes; `ignores` are
/// folders, from the same top on, with the text of their `.gitignore`; `is_opened` says which names are worth a look.
#[must_use]
pub fn sift(paths: &[&str], ignores: &[(&str, &str)], is_opened: fn(&str) -> bool) -> (Vec<usize>, LeftOut) {
    let depth = |folder: &str| folder.split('/').filter(|part| !part.is_empty()).count();
    let mut ignores = ignores.to_vec();
    ignores.order_by_key(|(folder, _)| depth(folder));
    let rules: Vec<Rules> = ignores.iter().map(|(folder, text)| Rules::new(folder, text)).collect();
    let (mut read, mut left_out) = (Vec::new(), LeftOut::default());
    let (mut aside, mut ignored) = (BTreeSet::new(), BTreeSet::new());
    for (index, path) in paths.iter().enumerate() {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let above = |length: usize| parts.slice(..length);
        let folders = 1..parts.len();
        let out = folders.clone().find_map(|length| {
            let folder = above(length);
            if folder.last().is_some_and(|name| is_aside(name, false)) {
                Some((Why::Aside, length))
            } else {
                is_ignored(&rules, folder, true).then_some((Why::Ignored, length))
            }
        });
        let out = out.or_else(|| is_ignored(&rules, &parts, false).then_some((Why::Ignored, parts.len())));
        match out {
            // What is left out with its folder counts once.
            Some((Why::Aside, length)) => drop(aside.insert(above(length).join("/"))),
            Some((_, length)) => drop(ignored.insert(above(length).join("/"))),
            None if is_opened(path) => read.push(index),
            None if parts.last() == Some(&".gitignore") => {}
            None => drop(left_out.passed_over.insert((*path).to_owned())),
        }
    }
    for (why, entries) in [(Why::Ignored, ignored), (Why::Aside, aside)] {
        if !entries.is_empty() {
            left_out.counts.insert(why, u32::try_from(entries.len()).unwrap_or(u32::MAX));
        }
    }
    (read, left_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_a_chart_have_the_ending_of_their_template() {
        assert!(is_readable("charts/a/values.j2") && !is_readable("charts/a/values"));
    }

    #[test]
    fn variables_of_a_service_have_no_ending() {
        assert!(is_readable("etc/default/kafka") && is_readable("/etc/sysconfig/kafka"));
        assert!(!is_readable("bin/kafka") && !is_readable("default/kafka.png"));
        assert!(may_be_script("bin/kafka") && !may_be_script("default/kafka") && !may_be_script("bin/a.png"));
        assert!(!may_be_script("Dockerfile") && !may_be_script("a/.profile"));
        assert!(is_readable("a/go.mod") && !is_readable("a/go.sum"));
        assert!(is_readable("docs/server.properties.delta") && !is_readable("docs/server.delta"));
        assert!(
            may_be_script("docs/server.delta") && is_readable("a/kafka/init.sls") && is_readable("a.ksql")
        );
    }

    #[test]
    fn a_folder_is_sifted_by_names_and_its_own_gitignores() {
        let paths = [
            "top/server.properties",
            "top/node_modules/a/b.properties",
            "top/node_modules/c.properties",
            "top/logs/a.properties",
            "top/logs/b.properties",
            "top/sub/kept.properties",
            "top/sub/gone.properties",
            "top/picture.png",
            "top/.gitignore",
        ];
        let ignores = [("top/sub", "!kept.properties"), ("top", "logs/\n/sub/*.properties\n")];
        let (read, left_out) = sift(&paths, &ignores, is_opened);
        let read: Vec<&str> = read.into_iter().map(|at| paths[at]).collect();
        assert_eq!(read, ["top/server.properties", "top/sub/kept.properties"]);
        assert_eq!(
            left_out.sentences("top"),
            [
                "top holds 2 entries that a .gitignore names, 1 folder of version control, packages or a build, left out.",
                "top holds 1 file that was not read, since their names are not of a kind that is: top/picture.png. Name a file to have it read.",
            ]
        );
    }
}
