//! `kafka-broker-api-versions.sh`, `kafka-features.sh`, `kafka-metadata-quorum.sh`, `kafka-storage.sh info`, versions.

use std::collections::BTreeSet;

use kafka_upgrade_catalog::{self as catalog, Mode, Release};
use kafka_upgrade_sorted::Gather as _;

use super::{Line, Live, between};
use crate::{Observation, Problem, Span};

/// `localhost:9092 (id: 1 rack: null) -> (`: whose versions of requests the next lines are.
pub(super) fn names_broker(line: &str) -> bool {
    line.contains(" -> (") && line.contains("(id: ")
}

/// Whether a line is one that only these tools print.
pub(super) fn is_one(line: &str) -> bool {
    api(line).is_some()
        || feature(line).is_some()
        || is_quorum(line)
        || version(line).is_some()
        || logged_level(line).is_some()
        || is_storage(line)
        || is_plain(line)
}

/// What is gathered over several lines.
#[derive(Default)]
pub(super) struct Tools<'t> {
    /// Where a broker is named, and the newest version of each API that it lists.
    broker: Option<(&'t str, Span)>,
    listed: Vec<(u16, i16)>,
}

impl<'t> Tools<'t> {
    /// Whether the line is one of these tools'.
    pub(super) fn read(&mut self, line: Line<'t>, live: &mut Live) -> bool {
        let text = line.text;
        if let Some((name, range)) = api(text) {
            if let Some((min, max)) = range {
                let api = name.0.to_owned();
                live.observe(Observation::ApiVersions { api, min, max }, line.place(name.0));
                self.listed.push((name.1, max));
            }
        } else if names_broker(text) {
            self.finish(live);
            let address = text.split_whitespace().find(|word| word.contains(':')).unwrap_or(text);
            self.broker = Some((address, line.place(address)));
        } else if let Some((name, most, level)) = feature(text) {
            live.observe(of_feature(name, level), line.place(level));
            if name == "metadata.version" {
                live.observe(Observation::Mode(Mode::Kraft), line.place(name));
                // The highest level that a broker supports identifies its release: 3.9-IV0 is the newest of 3.9.
                if let Some((minor, _)) = most.split_once("-IV") {
                    live.observe(Observation::BrokerVersion(minor.to_owned()), line.place(most));
                }
            }
        } else if is_quorum(text) || is_storage(text) {
            live.observe(Observation::Mode(Mode::Kraft), line.place(text.trim()));
        } else if let Some(level) = logged_level(text) {
            live.observe(of_feature("metadata.version", level), line.place(level));
            live.observe(Observation::Mode(Mode::Kraft), line.place(level));
        } else if let Some((name, number)) = version(text) {
            live.runs(name, number, line.place(number));
            if name == "zookeeper" {
                live.observe(Observation::Mode(Mode::Zookeeper), line.place(number));
            }
        } else {
            return false;
        }
        true
    }

    /// Reports the only release that the last broker can be of.
    pub(super) fn finish(&mut self, live: &mut Live) {
        let listed = std::mem::take(&mut self.listed);
        let Some((_, span)) = self.broker.take().filter(|_| !listed.is_empty()) else { return };
        let minors = fitting(&listed);
        match (minors.first(), minors.last()) {
            (Some(oldest), Some(newest)) => {
                let value = format!("{}.{}", oldest.major, oldest.minor);
                live.observe(Observation::BrokerVersion(value.clone()), span);
                if oldest != newest {
                    let message = format!(
                        "These API versions are those of every release from {value} to {}.{}; the oldest is taken. Name the release that runs.",
                        newest.major, newest.minor
                    );
                    live.document.problems.push(Problem { message, span, fatal: false });
                }
            }
            _ => {
                let message =
                    "No release that is known here serves these API versions. Name the release that runs.";
                live.document.problems.push(Problem { message: message.to_owned(), span, fatal: false });
            }
        }
    }
}

fn of_feature(feature: &str, level: &str) -> Observation {
    Observation::Level { feature: feature.to_owned(), level: level.to_owned() }
}

/// Minors whose newest stable versions are all of those that are listed, oldest first.
fn fitting(listed: &[(u16, i16)]) -> Vec<Release> {
    let fits = |release: &Release| {
        listed.iter().all(|(key, max)| catalog::api(*release, *key).is_some_and(|api| api.stable_max == *max))
    };
    let minors: BTreeSet<Release> =
        catalog::releases().filter(fits).map(|release| release.first_of_minor()).gather();
    minors.into_iter().collect()
}

/// `Produce(0): 0 to 11 [usable: 11],`: name and key, and the range that is served; `None` for one that is not.
type Api<'t> = ((&'t str, u16), Option<(i16, i16)>);

fn api(line: &str) -> Option<Api<'_>> {
    let line = line.trim();
    let (name, rest) = line.split_once('(')?;
    let (key, rest) = rest.split_once("): ")?;
    let named = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let key: u16 = key.parse().ok().filter(|_| named)?;
    let range = rest.split([' ', ',']).next()?;
    if range == "UNSUPPORTED" {
        return Some(((name, key), None));
    }
    let min: i16 = range.parse().ok()?;
    let max = match rest.strip_prefix(range)?.strip_prefix(" to ") {
        Some(max) => max.split([' ', ',']).next()?.parse().ok()?,
        // A single version: `ApiVersions(18): 0 [usable: 0]`.
        None => min,
    };
    rest.contains("usable: ").then_some(((name, key), Some((min, max))))
}

/// `Feature: NAME … SupportedMaxVersion: M … FinalizedVersionLevel: L …`.
fn feature(line: &str) -> Option<(&str, &str, &str)> {
    let (_, rest) = line.split_once("Feature: ")?;
    let name = rest.split_whitespace().next()?;
    let most = between(rest, "SupportedMaxVersion: ", &['\t', ' '])?;
    let level = between(rest, "FinalizedVersionLevel: ", &['\t', ' '])?;
    Some((name, most, level))
}

/// Lines of `describe --status` and the head of `describe --replication`.
fn is_quorum(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("CurrentVoters:") || (line.starts_with("NodeId") && line.contains("LogEndOffset"))
}

/// `Found metadata: {… node.id=1, version=1}`; with ZooKeeper it is `broker.id`.
fn is_storage(line: &str) -> bool {
    line.trim_start().starts_with("Found metadata: {") && line.contains("node.id=")
}

/// The level of `Formatting … with metadata.version 3.9-IV0.` and of what nodes log when they load metadata:
/// `Loaded new metadata Features(metadataVersion=3.9-IV0, …`, from 4.1 `…(metadataVersion=Optional[4.4-IV2], …`.
fn logged_level(line: &str) -> Option<&str> {
    let level = if line.contains("Loaded new metadata ") {
        between(line, "Features(metadataVersion=", &[',', ')'])?.trim_start_matches("Optional[")
    } else {
        Some(line).filter(|line| line.starts_with("Formatting "))?;
        between(line, "metadata.version ", &[' ', ','])?
    };
    Some(level.trim_end_matches([']', '.'])).filter(|level| level.contains("-IV"))
}

/// What tools print that says nothing of releases: folders of logs, groups and their members, partitions, brokers that
/// are registered, what became of a level, metrics that do not exist, and the end of a migration.
fn is_plain(line: &str) -> bool {
    let (logged, line) = (line.starts_with('['), line.trim_start());
    line.starts_with("Received log directory information from brokers")
        || line.starts_with("{\"version\":1,\"brokers\":[{\"broker\":")
        || line.starts_with("No partition reassignments found")
        || line.starts_with("Current partition reassignments:")
        || line.starts_with("No matched attributes for the queried objects")
        || (line.starts_with("ID ") && line.contains(" ENDPOINT_TYPE"))
        || (line.starts_with("Topic: ") && line.contains("Partition: ") && line.contains("Isr: "))
        || (logged && line.contains("Completed migration of metadata from ZooKeeper to KRaft"))
        || is_level(line)
        || (line.starts_with("GROUP ")
            && ["COORDINATOR (ID)", "CURRENT-OFFSET", "CONSUMER-ID", "PROTOCOL"]
                .iter()
                .any(|column| line.contains(column)))
}

/// `metadata.version can be upgraded to 33.`, and what was.
fn is_level(line: &str) -> bool {
    let Some((name, rest)) = line.split_once(' ') else { return false };
    let done = ["can be upgraded to ", "can be downgraded to ", "was upgraded to ", "was downgraded to "];
    name.ends_with(".version") && done.iter().any(|words| rest.starts_with(words))
}

/// `3.4.0 (Commit:2e1947d)`, `openjdk version "17.0.9"`, `Zookeeper version: 3.4.13-2d71af4…`.
fn version(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    if let Some((number, rest)) = line.split_once(' ')
        && rest.starts_with("(Commit:")
        && number.parse::<Release>().is_ok()
    {
        return Some(("kafka", number));
    }
    for program in ["openjdk version \"", "java version \""] {
        if let Some(rest) = line.strip_prefix(program) {
            return Some(("java", rest.split('"').next()?));
        }
    }
    // What a server or a client of ZooKeeper's logs when it starts; the client's own version says little.
    if let Some(number) = between(line, " environment:java.version=", &[' ']) {
        return Some(("java", number));
    }
    let srvr = line.strip_prefix("Zookeeper version: ");
    let rest = srvr.or_else(|| Some(line.split_once("Server environment:zookeeper.version=")?.1))?;
    Some(("zookeeper", rest.split(['-', ',', ' ']).next()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn api_versions_of_a_broker_identify_its_minor_release() {
        for release in catalog::minors() {
            let listed = catalog::apis(release).filter(|api| api.on_brokers && api.min <= api.stable_max);
            let listed: Vec<_> = listed.map(|api| (api.key, api.stable_max)).collect();
            assert_eq!(fitting(&listed), [release.first_of_minor()]);
        }
    }
}
