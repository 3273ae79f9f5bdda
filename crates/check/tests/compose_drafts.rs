//! Compose files as the steps of an upgrade from ZooKeeper draft them: edits of the reader's own file, in words that the
//! Compose specification has.

#![expect(clippy::expect_used, clippy::panic, reason = "tests")]

use std::collections::BTreeSet;

use kafka_upgrade_catalog::resolve;
use kafka_upgrade_report::{DraftFile, Mode, Plan, Severity};
use kafka_upgrade_session::{File, Request, check};

const BITNAMI: &str = "services:\n  zookeeper:\n    image: bitnami/zookeeper:3.8\n    volumes: [\"zk:/bitnami/zookeeper\"]\n  # The only broker.\n  kafka-1:\n    image: bitnami/kafka:3.4.1\n    ports: [\"29092:29092\"]\n    environment:\n      KAFKA_BROKER_ID: 1\n      KAFKA_CFG_ZOOKEEPER_CONNECT: zookeeper:2181\n      KAFKA_CFG_LISTENERS: INTERNAL://:9092,EXTERNAL://:29092\n      KAFKA_CFG_ADVERTISED_LISTENERS: INTERNAL://kafka-1:9092,EXTERNAL://localhost:29092\n      KAFKA_CFG_LISTENER_SECURITY_PROTOCOL_MAP: INTERNAL:PLAINTEXT,EXTERNAL:PLAINTEXT\n      KAFKA_CFG_INTER_BROKER_LISTENER_NAME: INTERNAL\n    volumes: [\"k1:/bitnami/kafka\"]\n    depends_on: [zookeeper]\nvolumes: {zk: {}, k1: {}}\n";

const CONFLUENT: &str = "services:\n  zk:\n    image: confluentinc/cp-zookeeper:7.4.1\n  one:\n    image: confluentinc/cp-kafka:7.4.1\n    depends_on:\n      - zk\n    environment:\n      - KAFKA_BROKER_ID=1\n      - KAFKA_ZOOKEEPER_CONNECT=zk:2181\n      - KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://one:9092\n  two:\n    image: confluentinc/cp-kafka:7.4.1\n    depends_on:\n      - zk\n    environment:\n      - KAFKA_BROKER_ID=2\n      - KAFKA_ZOOKEEPER_CONNECT=zk:2181\n      - KAFKA_ADVERTISED_LISTENERS=PLAINTEXT://two:9092\n";

fn plan(text: &str) -> Plan {
    let files = [File::new("docker-compose.yml", text)];
    let from = Some(resolve("3.4").expect("a release"));
    check(&Request { from, ..Request::new(resolve("4.4").expect("a release"), &files) }).plan
}

fn draft<'p>(plan: &'p Plan, step: &str) -> &'p DraftFile {
    let found = plan.drafts.iter().find(|draft| draft.step.starts_with(step));
    found.unwrap_or_else(|| {
        panic!("no draft of {step} in {:?}", plan.drafts.iter().map(|one| &one.step).collect::<Vec<_>>())
    })
}

#[test]
fn each_step_of_a_migration_drafts_the_readers_own_file() {
    for (text, cluster_id, image) in [
        (BITNAMI, "KAFKA_KRAFT_CLUSTER_ID", "bitnamilegacy/kafka:3.9"),
        (CONFLUENT, "CLUSTER_ID", "confluentinc/cp-kafka:7.9.0"),
    ] {
        let plan = plan(text);
        let of = |step: &str| draft(&plan, step).text.as_str();
        let first = of("roll-brokers-3-9");
        assert!(
            first.contains(&format!("image: {image}")) && first.contains("INTER_BROKER_PROTOCOL_VERSION"),
            "{first}"
        );
        assert!(first.contains("3.4") && of("raise-protocol").contains("3.9"), "{first}");
        let controllers = of("migrate-provision");
        assert_eq!(
            controllers.matches(&format!("{cluster_id}: \"${{CLUSTER_ID:?")).count(),
            3,
            "{controllers}"
        );
        assert!(controllers.contains("  controller3:\n"), "{controllers}");
        assert_eq!(
            controllers.matches("MIGRATION_ENABLE").count(),
            3,
            "the brokers do not know it yet: {controllers}"
        );
        let brokers = text.matches("BROKER_ID").count();
        assert_eq!(of("migrate-switch-on").matches("MIGRATION_ENABLE").count(), 3 + brokers);
        let kraft = of("migrate-brokers-to-kraft");
        assert_eq!(kraft.matches("MIGRATION_ENABLE").count(), 3, "{kraft}");
        assert!(!kraft.contains("BROKER_ID") && !kraft.contains("INTER_BROKER_PROTOCOL"), "{kraft}");
        assert!(!of("migrate-finish").contains("ZOOKEEPER_CONNECT"));
        let last = of("roll-brokers-4-4");
        assert!(!last.to_lowercase().contains("zookeeper") && !last.contains("KAFKA_CFG_"), "{last}");
        assert!(last.contains("  # The only broker.\n") == text.contains("  # The only broker.\n"), "{last}");
        let said = plan.steps.iter().filter(|step| step.why.contains("A draft of the file")).count();
        assert_eq!(said, 7, "each step says that there is one");
        assert!(plan.drafts.iter().all(|draft| draft.text.matches("\nvolumes:").count() <= 1));
        assert!(!plan.steps.iter().any(|step| step.why.contains("There is no draft")));
    }
}

#[test]
fn a_drafted_file_is_taken_for_what_it_is_to_be() {
    for text in [BITNAMI, CONFLUENT] {
        let plan = plan(text);
        let release = |name: &str| resolve(name).expect("a release");
        let judged = |step: &str, from: &str, to: &str| {
            let text = &draft(&plan, step).text;
            check(&Request {
                from: Some(release(from)),
                ..Request::new(release(to), &[File::new("docker-compose.yml", text)])
            })
        };
        for step in [
            "roll-brokers-3-9",
            "raise-protocol",
            "migrate-provision",
            "migrate-switch-on",
            "migrate-brokers-to-kraft",
            "migrate-finish",
        ] {
            let found = judged(step, "3.9", "3.9");
            let errors: Vec<_> =
                found.findings.iter().filter(|one| one.severity == Severity::Error).collect();
            assert!(errors.is_empty(), "{step}: {errors:#?}\n{}", draft(&plan, step).text);
        }
        let last = judged("roll-brokers-4-4", "3.9", "4.4");
        assert_eq!(last.path.mode, Some(Mode::Kraft));
        let errors: Vec<_> = last.findings.iter().filter(|one| one.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
}

#[test]
fn a_step_that_only_the_reader_can_fill_in_is_not_drafted() {
    let secured = BITNAMI.replace("INTERNAL:PLAINTEXT", "INTERNAL:SASL_PLAINTEXT");
    let plan = plan(&secured);
    assert!(plan.drafts.iter().any(|draft| draft.step.starts_with("roll-brokers-3-9")));
    assert!(!plan.drafts.iter().any(|draft| draft.step.starts_with("migrate-")), "{:?}", plan.drafts);
    let why = &plan.steps.iter().find(|step| step.id == "migrate-provision-controllers").expect("a step").why;
    assert!(why.contains("There is no draft of docker-compose.yml"), "{why}");
}

/// Keys of a Compose file by where they stand, from `tests/platforms/compose.txt`.
#[test]
fn what_is_drafted_has_no_key_that_the_compose_specification_has_not() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/platforms/compose.txt");
    let text = std::fs::read_to_string(path).expect("recorded names");
    let known: BTreeSet<&str> = text.lines().collect();
    let mut seen = 0;
    for text in [BITNAMI, CONFLUENT] {
        for draft in plan(text).drafts {
            let mut top = String::new();
            for line in
                draft.text.lines().filter(|line| line.contains(':') && !line.trim().starts_with(['#', '-']))
            {
                let indent = line.len() - line.trim_start().len();
                let key = line.trim().split(':').next().unwrap_or_default();
                if indent == 0 {
                    top = key.to_owned();
                    assert!(known.contains(format!("top {key}").as_str()), "{key} of {}", draft.path);
                } else if top == "services" && indent == 4 {
                    assert!(known.contains(format!("service {key}").as_str()), "{key} of {}", draft.path);
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 100, "only {seen} keys were looked at");
}
