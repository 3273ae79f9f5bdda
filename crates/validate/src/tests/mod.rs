//! Each relation from both sides: settings that it refuses, under the key that Kafka names, and a twin that passes.

mod broker;
mod clients;

use super::*;

/// Component, release, key that is refused, rule, settings that are refused, settings that pass.
type Case = (&'static str, &'static str, &'static str, &'static str, &'static str, &'static str);

const KRAFT: &str = "process.roles=broker\nnode.id=1\ncontroller.listener.names=CONTROLLER\ncontroller.quorum.bootstrap.servers=a:9093\n";
const COMBINED: &str = "process.roles=broker,controller\nnode.id=1\ncontroller.listener.names=CONTROLLER\n\
     controller.quorum.bootstrap.servers=a:9093\nlisteners=PLAINTEXT://:9092,CONTROLLER://:9093\n";

fn first(component: &str, release: &str, text: &str) -> Option<(String, &'static str)> {
    let settings: Settings<'_> = text
        .lines()
        .enumerate()
        .filter_map(|(index, line)| line.split_once('=').map(|(key, value)| (key, value, index)))
        .collect();
    let component = Component::parse(component).unwrap();
    let found = refusals(component, &settings, release.parse().unwrap());
    found.first().map(|refusal| (refusal.key.to_string(), refusal.rule))
}

fn hold(base: &str, cases: &[Case]) {
    for (component, release, key, rule, refused, accepted) in cases {
        let refused = format!("{base}{refused}");
        let accepted = format!("{base}{accepted}");
        assert_eq!(
            first(component, release, &refused),
            Some(((*key).to_owned(), *rule)),
            "{release}\n{refused}"
        );
        assert_eq!(first(component, release, &accepted), None, "{release}\n{accepted}");
    }
}

#[test]
fn values_are_read_as_their_types() {
    hold(
        KRAFT,
        &[
            ("broker", "4.4.0", "num.partitions", "refused-type", "num.partitions=1e3", "num.partitions=+5"),
            (
                "broker",
                "4.4.0",
                "num.partitions",
                "refused-type",
                "num.partitions=2147483648",
                "num.partitions= 7 ",
            ),
            (
                "broker",
                "4.4.0",
                "auto.create.topics.enable",
                "refused-type",
                "auto.create.topics.enable=yes",
                "auto.create.topics.enable=TRUE",
            ),
            (
                "broker",
                "4.4.0",
                "log.cleaner.min.cleanable.ratio",
                "refused-range",
                "log.cleaner.min.cleanable.ratio=1.01",
                "log.cleaner.min.cleanable.ratio=0x1p-1",
            ),
            (
                "broker",
                "4.4.0",
                "log.cleanup.policy",
                "refused-value",
                "log.cleanup.policy=compact,drop",
                "log.cleanup.policy=compact , delete",
            ),
            ("broker", "4.4.0", "log.dirs", "refused-empty", "log.dirs=/a,", "log.dirs=/a,/a"),
            (
                "broker",
                "4.4.0",
                "metric.reporters",
                "refused-empty",
                "metric.reporters=a.B,",
                "metric.reporters=",
            ),
        ],
    );
    let secret = "ssl.keystore.password=hunter2\nnum.partitions=x\nsasl.jaas.config=secret";
    let settings: Settings<'_> =
        secret.lines().enumerate().filter_map(|(i, l)| l.split_once('=').map(|(k, v)| (k, v, i))).collect();
    let found = refusals(Component::BROKER, &settings, Release::new(4, 4, 0));
    assert!(
        found
            .iter()
            .all(|refusal| !refusal.message.contains("hunter2") && !refusal.message.contains("secret"))
    );
}

#[test]
fn all_that_is_wrong_is_found_and_the_first_is_what_kafka_reads_first() {
    let text = format!(
        "{KRAFT}num.io.threads=0\nbroker.id=x\nlog.roll.ms=0\nadvertised.listeners=PLAINTEXT://0.0.0.0:1"
    );
    let settings: Settings<'_> =
        text.lines().enumerate().filter_map(|(i, l)| l.split_once('=').map(|(k, v)| (k, v, i))).collect();
    let found = refusals(Component::BROKER, &settings, Release::new(4, 4, 0));
    let keys: Vec<&str> = found.iter().map(|refusal| &*refusal.key).collect();
    assert_eq!(keys, ["broker.id", "num.io.threads", "log.roll.ms", "advertised.listeners"]);
}
