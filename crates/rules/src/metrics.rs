//! Whether a metric that is used is one that a note speaks of, however it is written.
//!
//! A note has names as Kafka has them: an MBean `kafka.controller:type=ControllerStats,name=X`, its beginning, or an
//! attribute `io-waittime-total`. Exporters make `kafka_controller_controllerstats_x_total` of the one and
//! `kafka_producer_producer_metrics_io_waittime_total` of the other; signs and case are theirs, the order of the
//! words is Kafka's. So letters are compared, and both ends have to be borders of words. What is *not* here: which
//! notes there are.

/// A metric that is used, ready to be compared.
pub(crate) struct Used {
    /// Small letters and digits, and whether a word begins there.
    letters: Vec<(char, bool)>,
}

/// What exporters leave out of a name, or write apart.
const RATE: &str = "persec";

impl Used {
    pub(crate) fn new(name: &str) -> Self {
        let mut letters = Vec::with_capacity(name.len());
        letters_of(name, |letter, begins| letters.push((letter, begins)));
        Self { letters }
    }

    /// Whether it is what a note calls so.
    pub(crate) fn is(&self, name: &str) -> bool {
        let bean = name.contains(':');
        let mut wanted = Vec::new();
        letters_of(name, |letter, _| wanted.push(letter));
        let rated = wanted.iter().collect::<String>().ends_with(RATE);
        if rated {
            wanted.truncate(wanted.len() - RATE.len());
        }
        let begins = self.letters.iter().enumerate().filter(|(_, (_, begins))| *begins);
        begins.map(|(at, _)| at).any(|at| {
            let rest = self.letters.get(at..).unwrap_or_default();
            let mut pairs = rest.iter().zip(&wanted);
            if rest.len() < wanted.len() || !pairs.all(|((letter, _), wanted)| letter == wanted) {
                return false;
            }
            let behind = rest.get(wanted.len()..).unwrap_or_default();
            let border = |behind: &[(char, bool)]| behind.first().is_none_or(|(_, begins)| *begins);
            // Behind an MBean its attribute may follow; behind an attribute there is nothing.
            let ends = |behind: &[(char, bool)]| if bean { border(behind) } else { behind.is_empty() };
            let is_rate = behind.iter().take(RATE.len()).map(|(letter, _)| *letter).eq(RATE.chars());
            ends(behind) || rated && is_rate && ends(behind.get(RATE.len()..).unwrap_or_default())
        })
    }
}

/// Small letters and digits of a name and whether each begins a word, without the keys of an MBean's properties.
fn letters_of(name: &str, mut tell: impl FnMut(char, bool)) {
    let mut begins = true;
    let is_bean = name.contains('=');
    for part in name.split_inclusive([',', ':']) {
        let value = part.split_once('=').filter(|_| is_bean).map_or(part, |(_, value)| value);
        for letter in value.chars() {
            if letter.is_alphanumeric() {
                letter.to_lowercase().for_each(|letter| tell(letter, begins));
            }
            begins = !letter.is_alphanumeric();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(used: &str, name: &str) -> bool {
        Used::new(used).is(name)
    }

    #[test]
    fn mbeans_are_told_from_what_exporters_make_of_them() {
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
    fn a_type_is_all_of_its_names_and_no_other_type() {
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
