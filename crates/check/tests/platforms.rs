//! Plans for every platform: with its own commands, and never with those that nobody runs there.

#![expect(clippy::expect_used, reason = "tests")]

use std::collections::BTreeSet;

use kafka_upgrade_catalog::{Platform, Release, resolve};
use kafka_upgrade_document::Units;
use kafka_upgrade_report::{Action, Mode, Plan, Report};
use kafka_upgrade_session::{File, Request, check};

const PATHS: [(&str, &str, Mode); 12] = [
    ("2.8", "3.9", Mode::Zookeeper),
    ("2.8", "4.1", Mode::Zookeeper),
    ("3.4", "4.0", Mode::Zookeeper),
    ("3.6", "4.4", Mode::Zookeeper),
    ("3.9", "4.1", Mode::Zookeeper),
    ("3.5", "4.0", Mode::Kraft),
    ("3.7", "3.9", Mode::Kraft),
    ("3.9", "4.1", Mode::Kraft),
    ("3.9", "4.4", Mode::Kraft),
    ("4.0", "4.4", Mode::Kraft),
    ("4.1.0", "4.1", Mode::Kraft),
    ("4.1", "4.0", Mode::Kraft),
];

fn report(
    (from, to, mode): (&str, &str, Mode),
    platform: Option<Platform>,
    files: &[File<'_>],
    have: &[&str],
) -> Report {
    let release = |text: &str| -> Release { resolve(text).expect("a release") };
    check(&Request {
        from: Some(release(from)),
        to: release(to),
        mode: Some(mode),
        platform,
        component: None,
        files,
        have,
        units: Units::Characters,
    })
}

fn plan(path: (&str, &str, Mode), platform: Platform) -> Plan {
    report(path, Some(platform), &[], &["kafka"]).plan
}

fn commands(plan: &Plan) -> Vec<&str> {
    plan.steps.iter().flat_map(|step| &step.commands).map(String::as_str).collect()
}

/// Everything that a reader sees of a plan.
fn text(plan: &Plan) -> String {
    let hops = plan.hops.iter().map(|hop| hop.title.clone());
    let steps = plan.steps.iter().map(|step| {
        format!("{}\n{}\n{}\n{}\n{}", step.title, step.why, step.commands.join("\n"), step.verify, step.undo)
    });
    hops.chain(steps).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_platform_prints_what_nobody_runs_there() {
    const OF_MACHINES: [&str; 6] = [
        "kafka-server-stop",
        "kafka-server-start",
        "kafka-storage",
        "zookeeper-shell",
        "systemctl",
        "config/server.properties",
    ];
    for platform in Platform::ALL {
        for path in PATHS {
            let plan = plan(path, platform);
            assert!(plan.possible && !plan.steps.is_empty(), "{platform:?} {path:?}: {:?}", plan.why_not);
            assert_eq!(plan.platform, platform.name());
            if matches!(platform, Platform::Host | Platform::ConfluentPlatform) {
                continue;
            }
            for line in commands(&plan) {
                for word in OF_MACHINES {
                    assert!(!line.contains(word), "{platform:?} {path:?}: {line}");
                }
            }
        }
    }
}

#[test]
fn each_platform_has_its_own_commands() {
    let words: [(Platform, &[&str]); 8] = [
        (Platform::Compose, &["docker compose up -d --no-deps", "docker compose exec"]),
        (Platform::Kubernetes, &["kubectl delete pod", "kubectl apply", "kubectl exec"]),
        (Platform::Helm, &["helm upgrade", "values.yaml"]),
        (Platform::Strimzi, &["spec.kafka.version", "metadataVersion", "kubectl wait kafka/"]),
        (Platform::ConfluentForKubernetes, &["image.application", "helm upgrade confluent-operator"]),
        (
            Platform::ConfluentPlatform,
            &["systemctl stop confluent-server", "packages.confluent.io", "confluent.platform.all"],
        ),
        (Platform::Msk, &["aws kafka update-cluster-kafka-version", "update-configuration"]),
        (Platform::Host, &["bin/kafka-server-stop.sh", "bin/kafka-features.sh"]),
    ];
    for (platform, words) in words {
        for path in [("3.9", "4.0", Mode::Kraft), ("3.6", "4.0", Mode::Zookeeper)] {
            let text = text(&plan(path, platform));
            for word in words {
                let word = word.trim_start_matches("spec.kafka.");
                assert!(text.contains(word), "{platform:?} {path:?} lacks {word}");
            }
        }
    }
}

#[test]
fn every_platform_has_its_own_migration_from_zookeeper() {
    for (platform, word) in [
        (Platform::Strimzi, "strimzi.io/kraft=migration"),
        (Platform::Msk, "3.9.x.kraft"),
        (Platform::ConfluentForKubernetes, "KRaftMigrationJob"),
        (Platform::Helm, "zookeeperMigrationMode"),
        (Platform::Compose, "ZOOKEEPER_METADATA_MIGRATION_ENABLE"),
        (Platform::Kubernetes, "ZOOKEEPER_METADATA_MIGRATION_ENABLE"),
        (Platform::ConfluentPlatform, "kafka-storage format"),
    ] {
        let plan = plan(("3.6", "4.0", Mode::Zookeeper), platform);
        assert!(text(&plan).contains(word), "{platform:?} lacks {word}");
        assert!(plan.steps.iter().any(|step| !step.reversible), "{platform:?} has no point of no return");
    }
}

#[test]
fn commands_are_the_lines_of_the_actions_and_every_step_has_its_expectation() {
    for platform in Platform::ALL {
        for path in PATHS {
            let plan = plan(path, platform);
            let mut ids = BTreeSet::new();
            for step in &plan.steps {
                let lines: Vec<String> = step.actions.iter().flat_map(Action::lines).collect();
                assert_eq!(step.commands, lines, "{platform:?} {}", step.id);
                assert!(ids.insert(step.id.clone()), "{platform:?} {path:?}: {} is there twice", step.id);
                assert!(
                    !step.verify.is_empty() && !step.undo.is_empty() && !step.why.is_empty(),
                    "{}",
                    step.id
                );
                assert!(step.hop > 0 && step.hop as usize <= plan.hops.len());
                let last = step.actions.last().expect("an expectation");
                assert!(matches!(last, Action::Expect { text, .. } if *text == step.verify), "{}", step.id);
            }
            for draft in &plan.drafts {
                assert!(ids.contains(&draft.step), "{platform:?}: {} is for no step", draft.path);
            }
        }
    }
}

#[test]
fn a_platform_without_the_target_names_the_newest_release_that_it_offers() {
    for platform in [Platform::Strimzi, Platform::Msk] {
        let plan = plan(("3.9", "4.4", Mode::Kraft), platform);
        let first = plan.steps.iter().find(|step| step.id.starts_with("choose-target-"));
        let first = first.unwrap_or_else(|| panic!("{platform:?} offers everything"));
        assert!(first.title.starts_with("Choose 4."), "{}", first.title);
        let lines = commands(&plan).join("\n");
        assert!(!lines.contains("4.4."), "{platform:?} goes to what is not there: {lines}");
    }
}

#[test]
fn the_readers_names_are_in_the_commands() {
    let strimzi = "apiVersion: kafka.strimzi.io/v1beta2\nkind: Kafka\nmetadata:\n  name: orders\n  namespace: shop\nspec:\n  kafka:\n    version: 3.9.0\n    replicas: 5\n    storage:\n      type: persistent-claim\n      size: 50Gi\n  zookeeper:\n    replicas: 3\n---\napiVersion: kafka.strimzi.io/v1beta2\nkind: KafkaConnect\nmetadata:\n  name: outbox\nspec:\n  replicas: 1\n";
    let found = report(("3.9", "4.0", Mode::Zookeeper), None, &[File::new("kafka.yaml", strimzi)], &[]);
    assert_eq!(found.plan.platform, "strimzi");
    let lines = commands(&found.plan).join("\n");
    for name in ["kubectl -n shop annotate kafka orders", "orders-kafka-0", "kafkaconnect outbox"] {
        assert!(lines.contains(name), "no {name} in {lines}");
    }
    let pool =
        found.plan.drafts.iter().find(|draft| draft.path == "1-node-pools/kafka.yaml").expect("a pool");
    assert!(pool.text.contains("strimzi.io/cluster: orders"), "{}", pool.text);
    assert!(pool.text.contains("replicas: 5"), "{}", pool.text);
    assert!(pool.text.contains("{\"type\": \"persistent-claim\", \"size\": \"50Gi\"}"), "{}", pool.text);
    let seen = found.path.detected.iter().find(|one| one.what == "platform").expect("a place");
    assert_eq!((seen.value.as_str(), seen.path.as_str(), seen.line), ("strimzi", "kafka.yaml", 1));

    let compose = "services:\n  first:\n    image: apache/kafka:3.9.0\n    environment:\n      KAFKA_NODE_ID: 1\n      KAFKA_PROCESS_ROLES: broker,controller\n  second:\n    image: apache/kafka:3.9.0\n    environment:\n      KAFKA_NODE_ID: 2\n      KAFKA_PROCESS_ROLES: broker,controller\n  web:\n    image: example/web:1\n";
    let found = report(("3.9", "4.0", Mode::Kraft), None, &[File::new("compose.yaml", compose)], &[]);
    let lines = commands(&found.plan).join("\n");
    for name in ["docker compose up -d --no-deps first", "docker compose up -d --no-deps second"] {
        assert!(lines.contains(name), "no {name} in {lines}");
    }
    assert!(!lines.contains("--no-deps web"));
    let draft = found.plan.drafts.iter().find(|draft| draft.path.ends_with("compose.yaml")).expect("a draft");
    assert_eq!(draft.text, compose.replace("apache/kafka:3.9.0", "apache/kafka:4.0.2"));
}

/// Plans for other ways of running containers use those tools' own commands.
#[test]
fn containers_of_other_runners_get_no_commands_of_compose_or_of_machines() {
    const NODE: [(&str, &str); 4] = [
        ("KAFKA_PROCESS_ROLES", "broker,controller"),
        ("KAFKA_LISTENERS", "PLAINTEXT://:9092,CONTROLLER://:9093"),
        ("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@b:9093"),
        ("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
    ];
    let each = |line: fn(&str, &str) -> String| {
        NODE.iter().map(|(name, value)| line(name, value)).collect::<Vec<_>>()
    };
    let run = |name: &str| {
        let variables = each(|name, value| format!("-e {name}={value}")).join(" ");
        format!(
            "docker run -d --name {name} -v {name}:/var/lib/kafka/data -e KAFKA_NODE_ID=1 {variables} apache/kafka:3.9.0\n"
        )
    };
    let script = format!("#!/bin/sh\n{}{}", run("east"), run("west"));
    let variables = each(|name, value| format!("Environment={name}={value}")).join("\n");
    let unit = format!(
        "[Container]\nImage=docker.io/apache/kafka:3.9.0\nEnvironment=KAFKA_NODE_ID=1\n{variables}\n"
    );
    let variables = each(|name, value| format!("        {name} = \"{value}\"")).join("\n");
    let nomad = format!(
        "job \"streaming\" {{\n  group \"brokers\" {{\n    task \"log\" {{\n      driver = \"docker\"\n      config {{\n        image = \"apache/kafka:3.9.0\"\n      }}\n      env {{\n{variables}\n      }}\n    }}\n  }}\n}}\n"
    );
    let variables = each(|name, value| format!("{{\"name\":\"{name}\",\"value\":\"{value}\"}}")).join(",");
    let task = format!(
        "{{\"family\":\"streaming\",\"containerDefinitions\":[{{\"name\":\"log\",\"image\":\"apache/kafka:3.9.0\",\"environment\":[{variables}]}}]}}"
    );
    let cases: [(&str, &str, &[&str]); 4] = [
        (
            "start.sh",
            &script,
            &[
                "docker stop -t 300 west",
                "docker exec east /opt/kafka/bin/kafka-topics.sh",
                "docker inspect east west",
            ],
        ),
        (
            "kafka.container",
            &unit,
            &["sudo systemctl stop kafka", "podman exec systemd-kafka /opt/kafka/bin/", "podman volume ls"],
        ),
        (
            "kafka.nomad.hcl",
            &nomad,
            &[
                "nomad job run kafka.nomad.hcl",
                "nomad alloc exec -job -task log streaming /opt/kafka/bin/",
                "max_parallel = 1",
            ],
        ),
        (
            "task.json",
            &task,
            &["aws ecs update-service", "--task-definition streaming", "--bootstrap-server $BOOTSTRAP"],
        ),
    ];
    for (path, file, words) in cases {
        let found = report(("3.9", "4.1", Mode::Kraft), None, &[File::new(path, file)], &[]);
        assert_eq!(found.plan.platform, "compose", "{path}");
        let lines = commands(&found.plan).join("\n");
        for word in words {
            assert!(lines.contains(word), "{path} lacks {word}: {lines}");
        }
        for other in
            ["docker compose", "docker-compose", "kafka-server-stop", "kafka-server-start", "config/server"]
        {
            assert!(!lines.contains(other), "{path}: {other}");
        }
        let draft = found.plan.drafts.iter().find(|draft| draft.path.ends_with(path)).expect("a draft");
        assert!(draft.text.contains("apache/kafka:4.1.2") && !draft.text.contains("3.9.0"), "{}", draft.text);
        let on_zookeeper = report(("3.6", "4.1", Mode::Zookeeper), None, &[File::new(path, file)], &[]);
        assert!(!text(&on_zookeeper.plan).contains("docker compose"), "{path}");
    }
}

#[test]
fn a_part_of_a_chart_is_upgraded_with_the_chart_that_it_is_a_part_of() {
    let own = "controller:\n  replicaCount: 3\nkraft:\n  enabled: true\nimage:\n  tag: 3.9.0\nextraConfig: |\n  message.max.bytes=2000000\n";
    let part: String = own.lines().map(|line| format!("  {line}\n")).collect();
    let part = format!("replicas: 2\nkafka:\n{part}");
    let lines = |values: &str| {
        let found = report(("3.9", "4.1", Mode::Kraft), None, &[File::new("values.yaml", values)], &[]);
        assert_eq!(found.plan.platform, "helm", "{values}");
        commands(&found.plan).join("\n")
    };
    let (own, part) = (lines(own), lines(&part));
    assert!(own.contains("helm upgrade RELEASE oci://") && !own.contains("helm dependency"), "{own}");
    assert!(part.contains("helm dependency update .\nhelm upgrade RELEASE . -f values.yaml"), "{part}");
    assert!(part.contains("kafka.image.tag: 4.1.2") && !part.contains("helm upgrade RELEASE oci"), "{part}");
}

#[test]
fn names_that_a_shell_would_run_are_in_no_command() {
    let text = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata:\n  name: \"a;rm -rf /\"\n  namespace: \"$(x)\"\nspec:\n  template:\n    spec:\n      containers:\n        - name: \"`y`\"\n          image: apache/kafka:3.8.1\n";
    let found = report(("3.8", "4.0", Mode::Kraft), None, &[File::new("k.yaml", text)], &[]);
    assert_eq!(found.plan.platform, "kubernetes");
    for line in commands(&found.plan) {
        for evil in ["rm -rf", "$(x)", "`y`"] {
            assert!(!line.contains(evil), "{line}");
        }
    }
}

#[test]
fn the_name_of_a_version_of_msk_shows_the_mode() {
    for (version, mode) in [
        ("3.7.x.kraft", Some(Mode::Kraft)),
        ("3.9.x", Some(Mode::Zookeeper)),
        ("2.8.1", Some(Mode::Zookeeper)),
        ("3.9", None),
    ] {
        let text = format!("resource \"aws_msk_cluster\" \"main\" {{\n  kafka_version = \"{version}\"\n}}\n");
        let found = check(&Request::new(resolve("4.0").expect("a release"), &[File::new("main.tf", &text)]));
        assert_eq!((found.path.mode, found.plan.platform.as_str()), (mode, "msk"), "{version}");
    }
}

#[test]
fn a_service_by_name_gets_its_own_paragraph() {
    for (have, word) in [
        ("aiven kafka 3.8", "avn service"),
        ("azure event hubs", "no Kafka"),
        ("redpanda 23", "no ZooKeeper"),
        ("hdinsight kafka 2.4", "does not upgrade a cluster in place"),
        ("instaclustr kafka 3.6", "ticket"),
        ("managed kafka 3.6", "the service"),
    ] {
        let found = report(("3.6", "4.0", Mode::Kraft), None, &[], &[have]);
        assert_eq!(found.plan.platform, "other-managed", "{have}");
        assert!(text(&found.plan).contains(word), "{have} lacks {word}");
    }
}

#[test]
fn what_is_stated_overrules_what_the_files_show() {
    let server = File::new("server.properties", "process.roles=broker,controller\nnode.id=1\nlog.dirs=/d\n");
    let path = ("3.9", "4.0", Mode::Kraft);
    assert_eq!(report(path, None, &[server], &[]).plan.platform, "host");
    assert_eq!(report(path, None, &[server], &["strimzi 0.45"]).plan.platform, "strimzi");
    assert_eq!(report(path, Some(Platform::Msk), &[server], &["strimzi 0.45"]).plan.platform, "msk");
}

/// Names that a platform publishes, as `tests/platforms/record.py` wrote them down.
fn recorded(file: &str) -> BTreeSet<String> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/platforms").join(file);
    let text = std::fs::read_to_string(path).expect("recorded names");
    let names: BTreeSet<String> = text.lines().map(str::to_owned).collect();
    assert!(names.len() > 300, "{file} holds {} names", names.len());
    names
}

#[test]
fn commands_options_and_members_of_msk_are_those_of_its_api() {
    let known = recorded("msk.txt");
    let mut seen = 0;
    for path in PATHS {
        let plan = plan(path, Platform::Msk);
        for line in commands(&plan) {
            for call in line.split("aws kafka ").skip(1) {
                let call = call.split([')', '|', ';']).next().unwrap_or_default();
                let mut words = call.split_whitespace();
                let command = words.next().expect("a command");
                assert!(known.contains(&format!("command {command}")), "{command} in {line}");
                for option in words.filter(|word| word.starts_with("--")) {
                    let is_global = matches!(option, "--query" | "--output");
                    assert!(
                        is_global || known.contains(&format!("option {command} {option}")),
                        "{option} in {line}"
                    );
                    seen += 1;
                }
            }
            for query in line.split("--query ").skip(1) {
                let query = query.strip_prefix('\'').map_or_else(
                    || query.split([' ', ')']).next().unwrap_or_default(),
                    |quoted| quoted.split('\'').next().unwrap_or_default(),
                );
                let names = query.split(|one: char| !one.is_ascii_alphanumeric());
                for name in names.filter(|name| name.starts_with(|one: char| one.is_ascii_uppercase())) {
                    assert!(known.contains(&format!("member {name}")), "{name} in {line}");
                    seen += 1;
                }
            }
        }
    }
    assert!(seen > 100, "only {seen} names were looked at");
    assert!(known.contains("value ACTIVE"));
}

#[test]
fn fields_of_strimzis_resources_are_those_of_its_definitions() {
    let known = recorded("strimzi.txt");
    let mut seen = 0;
    for path in PATHS {
        let plan = plan(path, Platform::Strimzi);
        for line in commands(&plan).into_iter().filter(|line| line.contains(" --type merge -p ")) {
            for key in line.split("\":").filter_map(|before| before.rsplit('"').next()) {
                // What follows the last value is no key, and the keys of a broker's own settings are not checked.
                let is_key = !key.is_empty() && key.bytes().all(|one| one.is_ascii_alphanumeric());
                if is_key && !matches!(key, "spec" | "kafka") {
                    let field = format!("Kafka.spec.kafka.{key}");
                    assert!(known.contains(&field), "{field} of {line}");
                    seen += 1;
                }
            }
        }
        for draft in &plan.drafts {
            let lines = draft.text.lines().skip_while(|line| *line != "spec:").skip(1);
            for line in lines.filter(|line| line.starts_with("  ") && !line.starts_with("   ")) {
                let key = line.trim().split(':').next().unwrap_or_default();
                assert!(known.contains(&format!("KafkaNodePool.spec.{key}")), "{key} of {}", draft.path);
                seen += 1;
            }
            for key in draft.text.split("\":").filter_map(|before| before.rsplit('"').next()) {
                let is_key = key.bytes().all(|one| one.is_ascii_alphanumeric()) && !key.is_empty();
                let of_volume = format!("KafkaNodePool.spec.storage.volumes.{key}");
                let of_storage = format!("KafkaNodePool.spec.storage.{key}");
                assert!(
                    !is_key || known.contains(&of_volume) || known.contains(&of_storage),
                    "{key} of {}",
                    draft.path
                );
            }
        }
    }
    assert!(seen > 20, "only {seen} fields were looked at");
    for value in [
        "KafkaNodePool.spec.roles = controller",
        "KafkaNodePool.spec.roles = broker",
        "KafkaNodePool.spec.storage.volumes.kraftMetadata = shared",
    ] {
        assert!(known.contains(value), "{value}");
    }
}

/// As its file, as its template, as variables that a template of it makes, and as `nomad job inspect` prints it.
#[test]
fn a_job_of_nomad_is_one_however_it_is_written() {
    let settings = "KAFKA_NODE_ID = \"1\"\nKAFKA_PROCESS_ROLES = \"broker,controller\"\nKAFKA_CONTROLLER_LISTENER_NAMES = \"CONTROLLER\"\n\
                    KAFKA_LISTENERS = \"PLAINTEXT://:9092,CONTROLLER://:9093\"\nKAFKA_CONTROLLER_QUORUM_VOTERS = \"1@k:9093\"\n";
    let lines = settings.replace(" = ", "=").replace('"', "");
    let image = "config {\n image = \"apache/kafka:3.8.0\"\n}\n";
    let job = |label: &str, task: &str| {
        format!(
            "job {label} {{\n  group \"g\" {{\n  task \"t\" {{\n  driver = \"docker\"\n{task}}}\n}}\n}}\n"
        )
    };
    let variables: Vec<String> = lines
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(name, value)| format!("\"{name}\": \"{value}\""))
        .collect();
    let printed = format!(
        "{{\"Job\": {{\"ID\": \"kafka\", \"TaskGroups\": [{{\"Tasks\": [{{\"Name\": \"t\", \"Driver\": \"docker\", \"Config\": {{\"image\": \"apache/kafka:3.8.0\"}}, \"Env\": {{{}}}}}]}}]}}}}\n",
        variables.join(", ")
    );
    for (path, text) in [
        ("kafka.nomad", job("\"kafka\"", &format!("{image}env {{\n{settings}}}\n"))),
        ("", job("\"kafka\"", &format!("{image}env {{\n{settings}}}\n"))),
        ("kafka.nomad.tpl", job("[[ .kafka.name ]]", &format!("{image}env {{\n{settings}}}\n"))),
        (
            "kafka.nomad",
            job(
                "\"kafka\"",
                &format!(
                    "template {{\n env = true\n data = <<EOH\n{lines}EOH\n}}\nconfig {{\n image = var.image\n}}\n"
                ),
            ),
        ),
        ("job.json", printed),
    ] {
        let files = [File::new(path, &text)];
        let plan = report(("3.8", "4.1", Mode::Kraft), None, &files, &[]).plan;
        let commands = commands(&plan).join("\n");
        assert!(!commands.contains("kafka-server-stop.sh"), "{path}: {text}");
        assert_eq!(plan.platform, "compose", "{path}: {text}");
    }
}
