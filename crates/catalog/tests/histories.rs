//! Every release is there, and no history is impossible.

use kafka_upgrade_catalog::{self as catalog, Component, Default, Release};

/// Keys that disappear and come back, with the reason in Kafka itself.
const COME_BACK: &[(&str, &str)] = &[(
    "max.decompressed.message.bytes between 4.2.2 and 4.4.0",
    "came with 4.4.0 and was taken back into 4.2.2, after 4.3.1",
)];

#[test]
fn the_newest_patch_of_every_minor_and_every_patch_of_4_has_facts_of_its_own() {
    let recorded = |release: Release| catalog::facts_of(release) == release;
    let minors: Vec<String> =
        catalog::minors().map(|release| format!("{}.{}", release.major, release.minor)).collect();
    let expected =
        "2.0 2.1 2.2 2.3 2.4 2.5 2.6 2.7 2.8 3.0 3.1 3.2 3.3 3.4 3.5 3.6 3.7 3.8 3.9 4.0 4.1 4.2 4.3 4.4";
    assert_eq!(minors.join(" "), expected);
    assert!(catalog::minors().all(recorded));
    assert!(catalog::releases().filter(|release| release.major == 4).all(recorded));
}

#[test]
fn a_removed_key_does_not_come_back() {
    let recorded: Vec<Release> =
        catalog::releases().filter(|release| catalog::facts_of(*release) == *release).collect();
    let mut gaps = std::collections::BTreeSet::new();
    for component in catalog::components() {
        for key in catalog::keys() {
            let eras: Vec<_> = catalog::history(component, key).collect();
            for pair in eras.windows(2) {
                let next = recorded.iter().find(|release| **release > pair[0].last);
                if next != Some(&pair[1].first) {
                    gaps.insert(format!("{key} between {} and {}", pair[0].last, pair[1].first));
                }
            }
        }
    }
    let listed: Vec<&str> = COME_BACK.iter().map(|(gap, _)| *gap).collect();
    assert_eq!(gaps.iter().map(String::as_str).collect::<Vec<_>>(), listed);
}

#[test]
fn changes_are_what_looking_both_releases_up_says() {
    let pairs =
        [((2, 8, 2), (3, 0, 2)), ((3, 4, 1), (4, 0, 2)), ((3, 9, 2), (4, 4, 0)), ((4, 4, 0), (4, 4, 0))];
    for ((a, b, c), (d, e, f)) in pairs {
        let (from, to) = (Release::new(a, b, c), Release::new(d, e, f));
        for component in catalog::components() {
            let changed: Vec<_> = catalog::changes(component, from, to).map(|change| change.key).collect();
            let differs = |key: &&str| {
                let facts = |release| {
                    catalog::definition(component, key, release)
                        .map(|found| catalog::Definition { facts_from: release, ..found })
                        .map(|found| catalog::Definition { facts_from: from, ..found })
                };
                facts(from) != facts(to)
            };
            let expected: Vec<_> = catalog::keys().filter(differs).collect();
            assert_eq!(changed, expected, "{component} from {from} to {to}");
        }
    }
}

#[test]
fn a_release_without_facts_of_its_own_is_answered_from_its_minor_and_says_so() {
    let definition =
        catalog::definition(Component::BROKER, "log.retention.ms", Release::new(3, 8, 0)).unwrap();
    assert_eq!(definition.facts_from, Release::new(3, 8, 1));
    let mirror = catalog::definition(Component::MM2, "clusters", Release::new(4, 4, 0)).unwrap();
    assert_eq!(mirror.facts_from.minor, 3, "connect-mirror 4.4.0 is not published");
    let worker =
        catalog::definition(Component::CONNECT_DISTRIBUTED, "group.id", Release::new(4, 4, 0)).unwrap();
    assert_eq!(worker.facts_from, Release::new(4, 4, 0));
}

#[test]
fn a_minor_means_its_newest_patch_and_an_unknown_release_is_loud() {
    assert_eq!(catalog::resolve("4.0"), Ok(Release::new(4, 0, 2)));
    assert_eq!(catalog::resolve(" 3.4.0 "), Ok(Release::new(3, 4, 0)));
    for unknown in ["4.0.9", "5.0", "1.1", "latest", ""] {
        let error = catalog::resolve(unknown).unwrap_err();
        assert!(error.to_string().contains(unknown) && error.to_string().contains(&error.near.to_string()));
    }
    assert_eq!(catalog::resolve("4.0.9").unwrap_err().near, Release::new(4, 0, 2));
}

#[test]
fn spot_facts_hold() {
    let of = |key, release: (u8, u8, u8)| {
        catalog::definition(Component::BROKER, key, Release::new(release.0, release.1, release.2))
    };
    assert!(of("zookeeper.connect", (3, 9, 2)).is_some() && of("zookeeper.connect", (4, 0, 0)).is_none());
    assert_eq!(of("process.roles", (4, 0, 0)).unwrap().default, Default::Required);
    assert_eq!(catalog::java_of_servers(Release::new(4, 0, 0)), 17);
    assert_eq!(catalog::java_of_clients(Release::new(4, 0, 0)), 11);
    assert_eq!(catalog::scala(Release::new(4, 1, 0)), ["2.13"]);
    let gone = catalog::class("org.apache.kafka.common.errors.NotLeaderForPartitionException").unwrap();
    assert_eq!(gone.last, Release::new(3, 9, 2));
    assert!(
        catalog::members("org.apache.kafka.clients.consumer.KafkaConsumer")
            .any(|(name, life)| name == "method poll(long)" && life.last == Release::new(3, 9, 2))
    );
    assert!(Component::parse("smt.MaskField").is_some() && Component::parse("smt.Nothing").is_none());
}

#[test]
fn what_is_told_of_a_class_is_found_from_what_is_written_in_code() {
    let above: Vec<_> = catalog::supertypes("org.apache.kafka.clients.consumer.KafkaConsumer").collect();
    assert_eq!(above, ["org.apache.kafka.clients.consumer.Consumer"]);
    let builder = "org.apache.kafka.streams.StreamsBuilder";
    assert_eq!(catalog::returns(builder, "stream"), Some("org.apache.kafka.streams.kstream.KStream"));
    assert_eq!(catalog::returns(builder, "nothing"), None);
    let all: Vec<_> = catalog::overloads("org.apache.kafka.clients.consumer.Consumer")
        .filter(|member| member.signature.starts_with("method poll("))
        .map(|member| (member.signature, member.life.last == catalog::newest()))
        .collect();
    assert_eq!(all, [("method poll(java.time.Duration)", true), ("method poll(long)", false)]);
}

#[test]
fn a_member_that_moved_to_a_supertype_is_not_gone() {
    // Admin came with 2.4 and declares what AdminClient declared before.
    let gone: Vec<_> = catalog::members("org.apache.kafka.clients.admin.AdminClient")
        .filter(|(_, life)| life.last < catalog::newest())
        .map(|(signature, _)| signature)
        .collect();
    assert!(!gone.iter().any(|signature| signature.contains("createTopics")), "{gone:?}");
}

#[test]
fn what_another_overload_or_a_class_above_serves_is_not_gone() {
    let gone = |class: &str| -> Vec<&str> {
        let members = catalog::members(class).filter(|(_, life)| life.last < catalog::newest());
        members.map(|(signature, _)| signature).collect()
    };
    // Its constructor takes a boxed number now, `assign` is inherited, and every exception inherits from Throwable.
    let windowed = gone("org.apache.kafka.streams.kstream.TimeWindowedDeserializer");
    assert!(!windowed.iter().any(|one| one.ends_with(",long)")), "{windowed:?}");
    assert!(
        !gone("org.apache.kafka.clients.consumer.StickyAssignor").iter().any(|one| one.contains("assign("))
    );
    let exception = gone("org.apache.kafka.common.errors.SerializationException");
    assert!(!exception.contains(&"method fillInStackTrace()"), "{exception:?}");
    assert!(gone("org.apache.kafka.clients.consumer.KafkaConsumer").contains(&"method poll(long)"));
}

#[test]
fn a_member_that_came_back_has_a_gap_and_one_replaced_by_others_ends_its_declaration() {
    let member = |class: &str, signature: &str| {
        catalog::overloads(class).find(|member| member.signature == signature).unwrap()
    };
    let came_back =
        member("org.apache.kafka.common.config.TopicConfig", "field MAX_DECOMPRESSED_MESSAGE_BYTES_CONFIG")
            .life;
    let has = |major, minor, patch| came_back.has(Release::new(major, minor, patch));
    assert!(has(4, 2, 2) && !has(4, 3, 0) && !has(4, 3, 1) && has(4, 4, 0) && !has(4, 1, 0));
    let served = member(
        "org.apache.kafka.streams.kstream.Materialized",
        "method withStoreType(org.apache.kafka.streams.kstream.Materialized$StoreType)",
    );
    assert_eq!((served.declared, served.life.last), (Release::new(3, 6, 2), catalog::newest()));
    let tool = catalog::class("org.apache.kafka.tools.ToolsUtils").unwrap();
    assert!(
        tool.has(Release::new(3, 2, 3))
            && !tool.has(Release::new(3, 3, 2))
            && tool.has(Release::new(3, 6, 2))
    );
}

#[test]
fn packages_and_internal_classes_that_went_have_their_releases() {
    let last = |life: Option<catalog::Life>| life.map(|life| life.last);
    assert_eq!(last(catalog::package("kafka.security.auth")), Some(Release::new(2, 8, 2)));
    assert_eq!(catalog::package("org.apache.kafka.common.utils"), None);
    assert_eq!(catalog::package("kafka.server"), None);
    assert_eq!(
        last(catalog::internal_class("kafka.server.KafkaServerStartable")),
        Some(Release::new(2, 7, 2))
    );
    assert_eq!(catalog::internal_class("kafka.server.KafkaConfig"), None);
    assert_eq!(catalog::internal_class("kafka.Nothing"), None);
    assert!(catalog::is_around("org.apache.kafka.common.metrics.stats.Rate"));
    assert!(!catalog::is_around("org.apache.kafka.common.metrics.stats.Rat"));
    let processor = "org.apache.kafka.streams.processor.AbstractProcessor";
    assert!(catalog::had(processor, "context") && !catalog::had(processor, "contex"));
    assert!(!catalog::had("org.apache.kafka.clients.consumer.KafkaConsumer", "poll"), "it is not gone");
}
