//! The files that a plan drafts for a migration to KRaft: each starts where it is used, and the last ones at the target.

#![expect(clippy::expect_used, reason = "tests")]

mod controllers;
mod security;

use crate::common::corpus;
use crate::common::request;
use kafka_upgrade_catalog::{self as catalog, Component, Release};
use kafka_upgrade_report::{DraftFile, Mode, Plan, Report, Severity};
use kafka_upgrade_session::{File, Request, check};
use kafka_upgrade_validate::{Settings, refusals};

const BRIDGE: Release = Release::new(3, 9, 2);

fn run(from: Release, to: Release, mode: Mode, files: &[File<'_>]) -> Report {
    check(&Request { mode: Some(mode), ..request(Some(from), to, files) })
}

fn plan(from: Release, to: Release, text: &str) -> Plan {
    run(from, to, Mode::Zookeeper, &[File::new("config/server.properties", text)]).plan
}

fn to_4_0(text: &str) -> Plan {
    plan(BRIDGE, Release::new(4, 0, 2), text)
}

/// What a text sets, as the broker that reads it sees it.
fn settings(text: &str) -> Vec<(String, String)> {
    let document = kafka_upgrade_input::read("server.properties", text, Some(Component::BROKER));
    let effective = document.settings.into_iter().filter(|setting| setting.effective);
    effective.map(|setting| (format!("{}{}", setting.prefix, setting.key), setting.value)).collect()
}

fn value(draft: &DraftFile, key: &str) -> Option<String> {
    value_of(&draft.text, key)
}

fn value_of(text: &str, key: &str) -> Option<String> {
    settings(text).into_iter().find(|(one, _)| one == key).map(|(_, value)| value)
}

fn refused(text: &str, release: Release) -> Vec<String> {
    let settings = settings(text);
    let settings: Settings<'_> =
        settings.iter().enumerate().map(|(at, (key, value))| (key.as_str(), value.as_str(), at)).collect();
    let found = refusals(Component::BROKER, &settings, release);
    found.iter().map(|refusal| format!("{}: {}", refusal.key, refusal.message)).collect()
}

/// The first draft of a step.
fn draft<'p>(plan: &'p Plan, step: &str) -> &'p DraftFile {
    plan.drafts.iter().find(|draft| draft.step == step).expect("the step has a draft")
}

/// What a step says beside its drafts.
fn why<'p>(plan: &'p Plan, step: &str) -> &'p str {
    &plan.steps.iter().find(|one| one.id == step).expect("the step is there").why
}

/// Validates all drafts of a plan on the releases that they run on.
fn start_everywhere(plan: &Plan, to: Release, what: &str) {
    for draft in &plan.drafts {
        let last = matches!(draft.step.as_str(), "migrate-brokers-to-kraft" | "migrate-finish");
        for release in [Some(BRIDGE), last.then_some(to)].into_iter().flatten() {
            let refused = refused(&draft.text, release);
            assert!(refused.is_empty(), "{what}: {} at {release}: {refused:#?}\n{}", draft.path, draft.text);
        }
        assert!(plan.steps.iter().any(|step| step.id == draft.step), "{what}: {}", draft.step);
        if last {
            let errors =
                run(BRIDGE, to, Mode::Kraft, &[File::new("server.properties", &draft.text)]).findings;
            let errors: Vec<_> = errors.iter().filter(|one| one.severity == Severity::Error).collect();
            assert!(errors.is_empty(), "{what}: {}: {errors:#?}\n{}", draft.path, draft.text);
            assert!(!draft.text.contains("zookeeper.connect"), "{what}:\n{}", draft.text);
        }
    }
}

const BASE: &str = "broker.id=7\nlog.dirs=/data/a,/data/b\nzookeeper.connect=zk1:2181,zk2:2181/kafka\n";

/// Listeners and how they authenticate, as files of real brokers have them.
const LISTENING: &[(&str, &str)] = &[
    ("nothing said", ""),
    ("plain", "listeners=PLAINTEXT://:9092\n"),
    ("advertised only", "advertised.listeners=PLAINTEXT://b7.example.com:9092\n"),
    (
        "IPv6",
        "listeners=PLAINTEXT://[2001:db8::7]:9092\nadvertised.listeners=PLAINTEXT://[2001:db8::7]:9092\n",
    ),
    ("on the controllers' port", "listeners=PLAINTEXT://:9093\n"),
    (
        "a name that controllers have",
        "listeners=CONTROLLER://:9092\nlistener.security.protocol.map=CONTROLLER:PLAINTEXT\ninter.broker.listener.name=CONTROLLER\n",
    ),
    (
        "TLS",
        "listeners=SSL://:9093\nsecurity.inter.broker.protocol=SSL\nssl.keystore.location=/k\nssl.keystore.password=x=y\nssl.truststore.location=/t\nssl.client.auth=required\n",
    ),
    (
        "PLAIN",
        "listeners=SASL_PLAINTEXT://:9092\nsecurity.inter.broker.protocol=SASL_PLAINTEXT\nsasl.enabled.mechanisms=PLAIN\nsasl.mechanism.inter.broker.protocol=PLAIN\nlistener.name.sasl_plaintext.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required \\\n  username=\"a\" \\\n  password=\"b\" user_a=\"b\";\n",
    ),
    (
        "Kerberos",
        "listeners=SASL_SSL://:9092\nsecurity.inter.broker.protocol=SASL_SSL\nsasl.kerberos.service.name=kafka\nssl.keystore.location=/k\nssl.keystore.password=p\n",
    ),
    (
        "SCRAM with TLS",
        "listeners=SASL_SSL://:9092\nsecurity.inter.broker.protocol=SASL_SSL\nsasl.enabled.mechanisms=SCRAM-SHA-512\nsasl.mechanism.inter.broker.protocol=SCRAM-SHA-512\nssl.keystore.location=/k\nssl.keystore.password=p\n",
    ),
    (
        "SCRAM",
        "listeners=SASL_PLAINTEXT://:9092\nsecurity.inter.broker.protocol=SASL_PLAINTEXT\nsasl.enabled.mechanisms=SCRAM-SHA-512\nsasl.mechanism.inter.broker.protocol=SCRAM-SHA-512\n",
    ),
    (
        "several",
        "listeners=INTERNAL://10.0.0.7:9092,EXTERNAL://:9094,CONTROL://:9095\nadvertised.listeners=INTERNAL://b7:9092,EXTERNAL://b7.example.com:9094,CONTROL://b7:9095\nlistener.security.protocol.map=INTERNAL:SASL_SSL,EXTERNAL:SSL,CONTROL:SSL\ninter.broker.listener.name=INTERNAL\ncontrol.plane.listener.name=CONTROL\nsasl.enabled.mechanisms=PLAIN\nsasl.mechanism.inter.broker.protocol=PLAIN\nlistener.name.internal.ssl.keystore.location=/k\nlistener.name.internal.plain.sasl.jaas.config=x required a=\"b\";\n",
    ),
];

/// Other settings of brokers from the ZooKeeper era.
const MORE: &[(&str, &str)] = &[
    ("nothing more", ""),
    (
        "an authorizer",
        "authorizer.class.name=kafka.security.authorizer.AclAuthorizer\nsuper.users=User:a;User:b\nzookeeper.set.acl=true\n",
    ),
    ("an older authorizer", "authorizer.class.name=kafka.security.auth.SimpleAclAuthorizer\n"),
    ("versions", "inter.broker.protocol.version=2.8\nlog.message.format.version=2.4\n"),
    ("tokens", "delegation.token.master.key=secret\npassword.encoder.secret=other\n"),
    (
        "small segments",
        "log.segment.bytes=524288\nlog.message.timestamp.difference.max.ms=5\nlog.message.downconversion.enable=true\n",
    ),
    (
        "defaults",
        "num.partitions=3\ndefault.replication.factor=3\nmin.insync.replicas=2\nunclean.leader.election.enable=false\n",
    ),
    (
        "TLS to ZooKeeper",
        "zookeeper.ssl.client.enable=true\nzookeeper.clientCnxnSocket=org.apache.zookeeper.ClientCnxnSocketNetty\nzookeeper.ssl.keystore.location=/z\nzookeeper.ssl.keystore.password=z\n",
    ),
    ("a number of its own kind", "node.id=7\nbroker.id.generation.enable=false\n"),
    ("things that nobody knows", "example.setting=1\nmetric.reporters=com.example.Reporter\n"),
];

#[test]
fn every_draft_starts_where_it_is_used_and_has_no_error_up_to_the_target() {
    let releases = [(2, 0, 1), (2, 8, 2), (3, 4, 1), (3, 9, 2)].map(|(a, b, c)| Release::new(a, b, c));
    let targets = [Release::new(4, 0, 0), Release::new(4, 1, 2), catalog::newest()];
    for (listening, listeners) in LISTENING {
        for (more, rest) in MORE {
            let text = format!("{BASE}{listeners}{rest}");
            for from in releases {
                // Every release and target with a small file, and the longest upgrade path with every setting.
                let little = listeners.is_empty() || rest.is_empty();
                if !little && from != releases[0] {
                    continue;
                }
                for to in targets.into_iter().skip(if little { 0 } else { 2 }) {
                    let what = format!("{listening}, {more}, {from} to {to}");
                    let plan = plan(from, to, &text);
                    // The file does not name the user of these brokers, and there are no super users.
                    let unknown = rest.contains("SimpleAcl") && ["Kerberos", "several"].contains(listening);
                    assert_eq!(plan.drafts.len(), if unknown { 0 } else { 8 }, "{what}: {:#?}", plan.drafts);
                    start_everywhere(&plan, to, &what);
                }
            }
        }
    }
}

#[test]
fn what_the_corpus_has_of_zookeeper_is_drafted() {
    let mut seen = 0;
    for (name, text) in corpus::files() {
        let mut plan = plan(Release::new(3, 4, 1), catalog::newest(), &text);
        // Operators' resources have drafts of their own.
        plan.drafts.retain(|draft| draft.path.ends_with(".properties"));
        let has = |key: &str| settings(&text).iter().any(|(one, _)| one == key);
        let of_zookeeper = has("zookeeper.connect") && !has("process.roles");
        // A controller that takes part in the migration already gets the file that ends it.
        let leaves = value_of(&text, "zookeeper.metadata.migration.enable").is_some() && has("process.roles");
        let count = if of_zookeeper { 8 } else { usize::from(leaves) };
        assert_eq!(plan.drafts.len(), count, "{name}");
        start_everywhere(&plan, catalog::newest(), &name);
        seen += usize::from(of_zookeeper);
    }
    assert!(seen >= 1);
}

#[test]
fn each_phase_sets_what_it_needs() {
    let text = format!(
        "# our broker\n{BASE}inter.broker.protocol.version=3.4\nadvertised.listeners=PLAINTEXT://b7.example.com:9092\n"
    );
    let plan = plan(Release::new(3, 4, 1), Release::new(4, 0, 2), &text);
    let voters = "3000@controller1.example.com:9093,3001@controller2.example.com:9093,3002@controller3.example.com:9093";

    let waiting = draft(&plan, "migrate-provision-controllers");
    assert_eq!(waiting.path, "1-provision/node-3000/controller.properties");
    assert_eq!(value(waiting, "process.roles").as_deref(), Some("controller"));
    assert_eq!(value(waiting, "node.id").as_deref(), Some("3000"));
    assert_eq!(value(waiting, "controller.quorum.voters").as_deref(), Some(voters));
    assert_eq!(value(waiting, "zookeeper.metadata.migration.enable").as_deref(), Some("true"));
    assert_eq!(value(waiting, "zookeeper.connect").as_deref(), Some("zk1:2181,zk2:2181/kafka"));
    assert_eq!(value(waiting, "log.dirs").as_deref(), Some("/data/a-controller"));

    let joining = draft(&plan, "migrate-switch-on");
    assert_eq!(joining.path, "2-switch-on/config/server.properties");
    assert!(joining.text.starts_with("# our broker\nbroker.id=7\n"), "{}", joining.text);
    assert_eq!(value(joining, "process.roles"), None);
    assert_eq!(value(joining, "inter.broker.protocol.version").as_deref(), Some("3.9"));
    assert_eq!(value(joining, "controller.listener.names").as_deref(), Some("CONTROLLER"));
    assert_eq!(value(joining, "controller.quorum.voters").as_deref(), Some(voters));

    let moved = draft(&plan, "migrate-brokers-to-kraft");
    assert!(moved.text.starts_with("# our broker\nnode.id=7\n"), "{}", moved.text);
    assert_eq!(value(moved, "process.roles").as_deref(), Some("broker"));
    for gone in [
        "broker.id",
        "inter.broker.protocol.version",
        "zookeeper.connect",
        "zookeeper.metadata.migration.enable",
    ] {
        assert_eq!(value(moved, gone), None, "{gone}");
    }

    let done = draft(&plan, "migrate-finish");
    assert_eq!(value(done, "zookeeper.metadata.migration.enable"), None);
    assert_eq!(value(done, "controller.quorum.voters").as_deref(), Some(voters));
}

#[test]
fn nothing_is_drafted_from_a_broker_whose_number_is_generated() {
    for number in ["", "broker.id=-1\n"] {
        let text = BASE.replace("broker.id=7\n", number);
        let plan = plan(BRIDGE, Release::new(4, 0, 2), &text);
        let steps: Vec<&str> = plan.drafts.iter().map(|draft| draft.step.as_str()).collect();
        let (first, last) = ("migrate-provision-controllers", "migrate-finish");
        assert_eq!(steps, [first, first, first, last, last, last]);
        assert!(
            why(&plan, "migrate-switch-on")
                .contains("There is no draft of config/server.properties: its broker.id")
        );
    }
}

#[test]
fn an_address_of_old_keys_becomes_a_listener_where_it_had_an_effect() {
    let text = format!("{BASE}host.name=b7\nport=9094\n");
    let listeners =
        |from| value(draft(&plan(from, catalog::newest(), &text), "migrate-brokers-to-kraft"), "listeners");
    assert_eq!(listeners(Release::new(2, 8, 2)).as_deref(), Some("PLAINTEXT://b7:9094"));
    assert_eq!(listeners(Release::new(3, 4, 1)), None);
}

#[test]
fn without_a_migration_nothing_is_drafted() {
    let plan = plan(Release::new(2, 8, 2), BRIDGE, BASE);
    assert!(plan.possible && plan.drafts.is_empty());
    let kraft =
        "process.roles=broker\nnode.id=1\ncontroller.quorum.voters=3@c:9093\ncontroller.listener.names=C\n";
    let report = run(BRIDGE, catalog::newest(), Mode::Kraft, &[File::new("server.properties", kraft)]);
    assert!(report.plan.drafts.is_empty());
}

#[test]
fn a_manifest_is_not_drafted_as_properties_and_the_plan_says_so() {
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: kafka\ndata:\n  server.properties: |\n    \
                broker.id=1\n    zookeeper.connect=zk:2181\n    inter.broker.protocol.version=2.8\n";
    let compose = "services:\n  kafka:\n    image: confluentinc/cp-kafka:6.2.0\n    environment:\n      \
                   KAFKA_BROKER_ID: 1\n      KAFKA_ZOOKEEPER_CONNECT: zk:2181\n";
    let plan = |path: &str, text: &str| {
        let files = [File::new(path, text)];
        run(Release::new(2, 8, 2), Release::new(4, 0, 2), Mode::Zookeeper, &files).plan
    };
    let of_manifest = plan("kafka.yaml", text);
    assert!(of_manifest.drafts.is_empty(), "{:#?}", of_manifest.drafts);
    let sentence = why(&of_manifest, "migrate-provision-controllers");
    assert!(
        sentence.contains("There is no draft of kafka.yaml: only files that are .properties"),
        "{sentence}"
    );
    // A Compose file is drafted as one.
    let of_compose = plan("docker-compose.yml", compose);
    assert!(!of_compose.drafts.is_empty());
    for draft in &of_compose.drafts {
        assert!(draft.path.ends_with("docker-compose.yml"), "{}", draft.path);
        assert!(
            draft.text.contains("    environment:") && !draft.text.contains("process.roles="),
            "{}",
            draft.text
        );
    }
}

#[test]
fn files_whose_paths_lead_to_the_same_draft_keep_apart() {
    let two = BASE.replace("broker.id=7", "broker.id=8");
    let files = [File::new("server.properties", BASE), File::new("../server.properties", &two)];
    let plan = run(BRIDGE, Release::new(4, 0, 2), Mode::Zookeeper, &files).plan;
    let mut paths: Vec<&str> = plan.drafts.iter().map(|draft| draft.path.as_str()).collect();
    paths.sort_unstable();
    let all = paths.len();
    paths.dedup();
    assert_eq!(paths.len(), all);
    assert!(paths.iter().all(|path| !path.contains("..")), "{paths:?}");
}
