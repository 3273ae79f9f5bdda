//! From operator to operator over Kafka releases that both carry.

use kafka_upgrade_catalog::clients::{self, Carried};
use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_sorted::Sorted as _;

/// An operator, and the Kafka that the cluster runs when it is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rung {
    /// Release of the operator: `0.45.2`.
    pub(super) operator: String,
    /// What it carries, for people.
    pub(super) carries: String,
    /// The Kafka that it brings.
    pub(super) kafka: Release,
    /// Whether it also supports the Kafka release before.
    pub(super) carries_before: bool,
    /// Whether it is the first that only knows the `v1` API.
    pub(super) needs_v1: bool,
    /// The Kubernetes version that it needs, as a sentence with a trailing blank; empty if there is no such need.
    pub(super) kubernetes: &'static str,
}

impl Rung {
    pub(super) fn dashed(&self) -> String {
        self.operator.replace('.', "-")
    }
}

/// Every operator that is known, the oldest first.
pub(super) struct Ladder {
    operators: Vec<Operator>,
}

#[derive(Clone)]
struct Operator {
    name: &'static str,
    number: Release,
    carries: Vec<Release>,
    carried: &'static Carried,
}

/// No operator with ZooKeeper has a higher number.
const NEWEST_WITH_ZOOKEEPER: Release = Release::new(0, 45, 99);
/// A bound for the loop, above the number of releases.
const MAX_RUNGS: usize = 40;

impl Ladder {
    pub(super) fn new() -> Self {
        let versions = clients::product("strimzi").into_iter().flat_map(clients::versions);
        let operators = versions.filter_map(|(name, carried)| {
            let mut carries: Vec<Release> =
                carried.carries.iter().filter_map(|one| one.parse().ok()).collect();
            carries.order();
            Some(Operator { name, number: name.parse().ok()?, carries, carried })
        });
        let mut operators: Vec<Operator> = operators.collect();
        operators.order_by_key(|one| one.number);
        Self { operators }
    }

    pub(super) fn newest(&self) -> &'static str {
        self.operators.last().map_or("", |one| one.name)
    }

    pub(super) fn source(&self) -> &'static str {
        self.operators.last().map_or("", |one| one.carried.source)
    }

    pub(super) fn date(&self) -> &'static str {
        self.operators.last().map_or("", |one| one.carried.date)
    }

    /// The release that an operator runs for a target: the target, otherwise the newest patch of its minor, otherwise
    /// the newest older release; `None` if none of these is known.
    pub(super) fn offered(&self, to: Release) -> Option<Release> {
        let all = || self.operators.iter().flat_map(|one| &one.carries).copied();
        let exact = all().find(|release| *release == to);
        let of_minor = || all().filter(|one| one.first_of_minor() == to.first_of_minor()).max();
        exact.or_else(of_minor).or_else(|| all().filter(|one| *one <= to).max())
    }

    /// The release on which ZooKeeper is left: the newest that both the last operators with ZooKeeper and a later one
    /// support, or the one that runs already.
    pub(super) fn bridge(&self, from: Release) -> Release {
        let last = |one: &&Operator| one.name.starts_with(super::LAST_WITH_ZOOKEEPER);
        let of_last = self.operators.iter().filter(last).flat_map(|one| &one.carries);
        let later = || self.operators.iter().filter(|one| one.number > NEWEST_WITH_ZOOKEEPER);
        let both = of_last.filter(|release| later().any(|one| one.carries.contains(release)));
        both.copied().max().unwrap_or(from).max(from)
    }

    /// The rungs from one release to another; `within`: only operators up to that version. If no operator supports
    /// the release that runs, the first rung is the oldest operator that supports something newer.
    pub(super) fn rungs(&self, from: Release, to: Release, within: Option<&str>) -> Vec<Rung> {
        let limit = within.map(|_| NEWEST_WITH_ZOOKEEPER);
        let usable = |one: &&Operator| match limit {
            Some(limit) => one.number <= limit,
            None => one.number > NEWEST_WITH_ZOOKEEPER,
        };
        let usable: Vec<&Operator> = self.operators.iter().filter(usable).collect();
        let mut rungs: Vec<Rung> = Vec::new();
        let mut at = from;
        while rungs.len() < MAX_RUNGS {
            let reach = |one: &Operator| one.carries.iter().copied().filter(|release| *release <= to).max();
            let carries = |one: &&&Operator| one.carries.contains(&at);
            let best = usable
                .iter()
                .filter(carries)
                .filter_map(|one| Some((reach(one)?, one)))
                .max_by_key(|(release, one)| (*release, one.number));
            let next = best.filter(|(release, _)| *release > at || rungs.is_empty() && at >= to);
            let next = next.or_else(|| {
                let newer =
                    usable.iter().filter_map(|one| Some((reach(one).filter(|release| *release > at)?, one)));
                newer.min_by_key(|(release, one)| (*release, one.number))
            });
            let Some((release, one)) = next else { break };
            let before = rungs.last().and_then(|rung| rung.operator.parse::<Release>().ok());
            rungs.push(one.rung(release.max(at), at, before));
            at = release.max(at);
            if at >= to {
                break;
            }
        }
        // The migration needs the last operators with ZooKeeper, even if an older one already runs the right Kafka.
        let ends_there =
            rungs.last().is_some_and(|rung| rung.operator.starts_with(super::LAST_WITH_ZOOKEEPER));
        if let (Some(line), false) = (within, ends_there)
            && let Some(one) = usable.iter().rfind(|one| one.name.starts_with(line))
        {
            let before = rungs.last().and_then(|rung| rung.operator.parse::<Release>().ok());
            rungs.push(one.rung(at, at, before));
        }
        rungs
    }
}

impl Operator {
    fn rung(&self, kafka: Release, from: Release, before: Option<Release>) -> Rung {
        let first_of_v1 = Release::new(1, 0, 0);
        Rung {
            operator: self.name.to_owned(),
            carries: self.carried.carries.join(", "),
            kafka,
            carries_before: self.carries.contains(&from),
            needs_v1: self.number >= first_of_v1
                && before.map_or(from < catalog_floor(), |before| before < first_of_v1),
            kubernetes: match self.number {
                number if number >= Release::new(0, 51, 0) => "It needs Kubernetes 1.30 or newer. ",
                number if number >= Release::new(0, 48, 0) => "It needs Kubernetes 1.27 or newer. ",
                number if number >= Release::new(0, 44, 0) => "It needs Kubernetes 1.25 or newer. ",
                number if number >= Release::new(0, 40, 0) => "It needs Kubernetes 1.23 or newer. ",
                number if number >= Release::new(0, 36, 0) => "It needs Kubernetes 1.21 or newer. ",
                _ => "",
            },
        }
    }
}

/// The oldest Kafka that an operator with only the `v1` API supports.
fn catalog_floor() -> Release {
    catalog::resolve("4.2").unwrap_or(Release::new(4, 2, 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rungs(from: &str, to: &str, within: Option<&str>) -> Vec<String> {
        let release = |text: &str| text.parse().expect("a release");
        let rungs = Ladder::new().rungs(release(from), release(to), within);
        rungs.iter().map(|rung| format!("{} {}", rung.operator, rung.kafka)).collect()
    }

    #[test]
    fn each_rung_carries_where_it_starts_and_where_it_ends() {
        let ladder = Ladder::new();
        for (from, to, within) in
            [("2.8.1", "3.9.1", Some("0.45")), ("3.6.1", "3.9.1", Some("0.45")), ("3.9.1", "4.3.1", None)]
        {
            let (from, to): (Release, Release) = (from.parse().expect("one"), to.parse().expect("one"));
            let mut at = from;
            for rung in ladder.rungs(from, to, within) {
                assert!(rung.carries_before, "{} does not carry {at}", rung.operator);
                assert!(rung.kafka >= at);
                at = rung.kafka;
            }
            assert_eq!(at, to);
        }
    }

    #[test]
    fn zookeeper_is_left_with_a_release_that_a_later_operator_carries() {
        let bridge = Ladder::new().bridge(Release::new(3, 6, 1));
        assert_eq!(bridge, Release::new(3, 9, 1));
        assert_eq!(rungs("3.9.1", "3.9.1", Some("0.45")), ["0.45.2 3.9.1"]);
    }

    #[test]
    fn a_release_that_no_operator_supports_gives_the_newest_supported_one() {
        let ladder = Ladder::new();
        assert_eq!(ladder.offered(Release::new(4, 4, 0)), Some(Release::new(4, 3, 1)));
        assert_eq!(ladder.offered(Release::new(4, 1, 0)), Some(Release::new(4, 1, 0)));
    }
}
