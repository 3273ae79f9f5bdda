//! Whether a metric that is used is one that a note speaks of, however it is written.
//!
//! A note has names as Kafka has them: an MBean `kafka.controller:type=ControllerStats,name=X`, its beginning, or an
//! attribute `io-waittime-total`. Exporters make `kafka_controller_controllerstats_x_total` of the one and
//! `kafka_producer_producer_metrics_io_waittime_total` of the other; signs and case are theirs, the order of the
//! words is Kafka's. So letters are compared, and both ends have to be borders of words. What is *not* here: which
//! notes there are.

use kafka_upgrade_document::Slice as _;
use kafka_upgrade_document::UsageKind;
use kafka_upgrade_sorted::case;

use crate::notes::{self, Note};

/// What exporters leave out of a name, or write apart.
const RATE: &str = "persec";

/// Every metric that a note speaks of.
pub(crate) struct Known(Vec<Name>);

/// A metric as a note has it, ready to be compared.
struct Name {
    note: &'static Note,
    written: &'static str,
    /// Small letters and digits, without [`RATE`].
    letters: Vec<char>,
    is_rate: bool,
    /// Behind an MBean its attribute may follow; behind an attribute there is nothing.
    is_bean: bool,
}

impl Known {
    pub(crate) fn new() -> Self {
        let names =
            notes::notes().flat_map(|note| note.usages.iter().map(move |(kind, name)| (note, kind, name)));
        let metrics = names.filter(|(_, kind, _)| **kind == UsageKind::Metric);
        Self(metrics.map(|(note, _, name)| Name::new(note, name)).collect())
    }

    /// The notes that speak of a metric that is used, each with the name that it has for it.
    pub(crate) fn naming(&self, used: &str) -> Vec<(&'static Note, &'static str)> {
        let mut letters = Vec::with_capacity(used.len());
        letters_of(used, |letter, begins| letters.push((letter, begins)));
        let is = |name: &&Name| name.is(&letters);
        self.0.iter().filter(is).map(|name| (name.note, name.written)).collect()
    }
}

impl Name {
    fn new(note: &'static Note, written: &'static str) -> Self {
        let mut letters = Vec::new();
        letters_of(written, |letter, _| letters.push(letter));
        let is_rate = letters.ends_with(&RATE.chars().collect::<Vec<_>>());
        if is_rate {
            letters.truncate(letters.len() - RATE.len());
        }
        Self { note, written, letters, is_rate, is_bean: written.contains(':') }
    }

    /// Whether a metric that is used is this one: letters, and whether a word begins at each.
    fn is(&self, used: &[(char, bool)]) -> bool {
        let border = |behind: &[(char, bool)]| behind.first().is_none_or(|(_, begins)| *begins);
        let ends = |behind: &[(char, bool)]| if self.is_bean { border(behind) } else { behind.is_empty() };
        let begins = used.iter().enumerate().filter(|(_, (_, begins))| *begins);
        begins.map(|(at, _)| at).any(|at| {
            let rest = used.slice(at..);
            if rest.len() < self.letters.len()
                || rest.iter().zip(&self.letters).any(|((one, _), other)| one != other)
            {
                return false;
            }
            let behind = rest.slice(self.letters.len()..);
            let rate = behind.iter().take(RATE.len()).map(|(letter, _)| *letter).eq(RATE.chars());
            ends(behind) || self.is_rate && rate && ends(behind.slice(RATE.len()..))
        })
    }
}

/// Small letters and digits of a name and whether each begins a word, without the keys of an MBean's properties.
fn letters_of(name: &str, mut letter_at: impl FnMut(char, bool)) {
    let mut begins = true;
    let is_bean = name.contains('=');
    for part in name.split_inclusive([',', ':']) {
        let value = part.split_once('=').filter(|_| is_bean).map_or(part, |(_, value)| value);
        for letter in value.chars() {
            if letter.is_alphanumeric() {
                letter_at(case::lower(letter), begins);
            }
            begins = !letter.is_alphanumeric();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(used: &str, name: &'static str) -> bool {
        let mut letters = Vec::new();
        letters_of(used, |letter, begins| letters.push((letter, begins)));
        Name::new(notes::note("removed-zookeeper-metrics").expect("a note"), name).is(&letters)
    }

    #[test]
    fn every_metric_of_a_note_is_known() {
        let names: Vec<_> = Known::new().naming("kafka_server_sessionexpirelistener_sessionstate");
        let names: Vec<_> = names.into_iter().map(|(note, name)| (note.id, name)).collect();
        assert_eq!(names, [("removed-zookeeper-metrics", "kafka.server:type=SessionExpireListener")]);
        assert!(Known::new().naming("kafka_server_brokertopicmetrics_bytesin_total").is_empty());
    }

    #[test]
    fn mbeans_are_distinguished_from_the_names_that_exporters_make_of_them() {
        let name = "kafka.controller:type=ControllerStats,name=UncleanLeaderElectionsPerSec";
        for used in [
            name,
            "kafka_controller_controllerstats_uncleanleaderelectionspersec",
            "kafka_controller_ControllerStats_UncleanLeaderElections_total",
            "kafka_controller_controller_stats_unclean_leader_elections_per_sec_count",
            "sum:kafka_controller_controllerstats_uncleanleaderelections:rate5m",
        ] {
            assert!(is(used, name), "{used}");
        }
        for used in [
            "kafka.controller:type=ControllerStats,name=*",
            "kafka_controller_controllerstats_uncleanleaderelectionsx_total",
            "kafka_controller_controllerstats",
            "mykafka_controller_controllerstats_uncleanleaderelections",
        ] {
            assert!(!is(used, name), "{used}");
        }
    }

    #[test]
    fn a_type_matches_all_of_its_names_and_no_other_type() {
        let name = "kafka.server:type=SessionExpireListener";
        assert!(is("kafka.server:type=SessionExpireListener,name=ZooKeeperDisconnectsPerSec", name));
        assert!(is("kafka_server_sessionexpirelistener_zookeeperdisconnects_total", name));
        assert!(!is("kafka.server:type=SessionExpireListeners,name=X", name));
        assert!(!is("kafka.server:type=*,name=ZooKeeperDisconnectsPerSec", name));
        assert!(is("kafka.connect.mirror:type=*,target=*:record-count", "kafka.connect.mirror:type=*"));
    }

    #[test]
    fn an_attribute_is_the_end_of_a_name() {
        let name = "io-waittime-total";
        assert!(is("kafka.producer:type=producer-metrics,client-id=*:io-waittime-total", name));
        assert!(is("kafka_producer_producer_metrics_io_waittime_total", name));
        assert!(!is("kafka_producer_producer_metrics_radio_waittime_total", name));
        assert!(!is("kafka_producer_producer_metrics_io_wait_time_ns_total", name));
        assert!(!is("kafka_producer_io_waittime_total_by_team", name));
    }
}
