//! Confluent Platform on machines: packages, services of systemd and Ansible in place of a tarball's scripts.
//!
//! The steps are those of any machine; names and folders are the packages'. What is *not* here: images and resources.

use kafka_upgrade_catalog::{Platform, Release};
use kafka_upgrade_report::{Action, Step};

use super::actions::Actions;
use super::confluent_versions::platform_of;
use super::{NewStep, Writer, dashed, minor};
use crate::plan::upgrade_path::{Hop, WITHOUT_ZOOKEEPER};

/// A release as its platform numbers it.
pub(super) fn release(writer: &Writer<'_, '_>, release: Release) -> String {
    match platform_of(release).filter(|_| writer.case.running.platform == Platform::ConfluentPlatform) {
        Some(line) => format!("Confluent Platform {line} (Kafka {})", minor(release)),
        None => release.to_string(),
    }
}

/// Stops a node, does what is done while it is down, and starts it; systemd waits until the process is gone.
pub(super) fn restart(on: &str, between: Option<Action>) -> Vec<Action> {
    let service = if on.contains("controller") { "confluent-kcontroller" } else { "confluent-server" };
    let on = || on.to_owned();
    let mut actions =
        vec![Action::Stop { on: on(), commands: vec![format!("sudo systemctl stop {service}")] }];
    actions.extend(between);
    actions.push(Action::Start { on: on(), commands: vec![format!("sudo systemctl start {service}")] });
    actions
}

/// Packages and playbooks of the line that carries a release.
pub(super) fn packages(writer: &mut Writer<'_, '_>, hop: Hop) {
    let Some(line) = platform_of(hop.to) else { return };
    let mut actions = Actions::default();
    actions.push(format!(
        "sudo sed -i 's#packages.confluent.io/deb/[0-9.]*#packages.confluent.io/deb/{line}#' \
         /etc/apt/sources.list.d/*confluent*"
    ));
    actions.push("sudo apt-get update && apt-cache policy confluent-server confluent-kafka");
    actions.push("# with yum: packages.confluent.io/rpm in /etc/yum.repos.d/confluent.repo, then yum list confluent-server");
    actions.push(format!(
        "# with cp-ansible: check out branch {line}.x, set confluent_package_version in hosts.yml, then"
    ));
    actions.push("ansible-playbook -i hosts.yml confluent.platform.all --check --diff");
    let leaves = if hop.from < WITHOUT_ZOOKEEPER && hop.to >= WITHOUT_ZOOKEEPER {
        " From 8.0 on, the platform has no ZooKeeper and logs with Log4j 2; confluent-server needs a licence \
         (confluent.license), confluent-kafka does not; io.confluent.metrics.reporter.ConfluentMetricsReporter and \
         the old Control Center are replaced by successors, so remove confluent.metrics.reporter.* and the reporter \
         in metric.reporters before the first 8.x broker starts."
    } else {
        ""
    };
    let why = format!(
        "Confluent Platform {line} contains Kafka {}. Upgrade the components in this order: controllers (or \
         ZooKeeper), brokers, Schema Registry, Connect, ksqlDB, REST Proxy, Control Center, one machine at a time. \
         The service is confluent-server, or confluent-kafka if that package is installed, and confluent-kcontroller \
         on a controller. The branch of cp-ansible has the platform's number.{leaves}",
        minor(hop.to)
    );
    writer.step(NewStep {
        id: format!("choose-packages-{}", dashed(hop.to)),
        title: format!("Point the machines at the packages of Confluent Platform {line}"),
        why: &why,
        actions,
        verify: &format!("The listed candidate version begins with {line}; nothing is installed yet."),
        undo: Ok("Point them back at the packages of the previous line."),
    });
}

/// A step with the packages' names of tools and folders.
pub(super) fn in_its_words(step: Step) -> Step {
    let actions = step.actions.into_iter().map(|action| match action {
        Action::Run { on, command } => Action::Run { on, command: words(&command) },
        Action::Wait { on, command } => Action::Wait { on, command: words(&command) },
        Action::Stop { on, commands } => {
            Action::Stop { on, commands: commands.iter().map(|one| words(one)).collect() }
        }
        Action::Start { on, commands } => {
            Action::Start { on, commands: commands.iter().map(|one| words(one)).collect() }
        }
        Action::Put { on, path, what } => Action::Put { on, path: words(&path), what },
        Action::Note { text } => Action::Note { text: words(&text) },
        Action::Expect { text, contains } => Action::Expect { text: words(&text), contains },
        install @ Action::Install { .. } => install,
    });
    let actions: Vec<Action> = actions.collect();
    Step {
        why: words(&step.why),
        commands: actions.iter().flat_map(Action::lines).collect(),
        verify: words(&step.verify),
        undo: words(&step.undo),
        actions,
        ..step
    }
}

/// `kafka-topics` for `bin/kafka-topics.sh`, `/etc/kafka/x` for `config/x`.
fn words(text: &str) -> String {
    if text.starts_with("bin/kafka-server-start.sh -daemon") {
        // Only a new controller is started by this command; existing nodes are restarted.
        return "sudo systemctl start confluent-kcontroller".to_owned();
    }
    let text = &text.replace(" logs/", " /var/log/kafka/");
    let mut out = String::with_capacity(text.len());
    for (at, word) in text.split(' ').enumerate() {
        if at > 0 {
            out.push(' ');
        }
        let (open, inner) = word.find("bin/").map_or(("", word), |at| word.split_at(at));
        match inner.strip_prefix("bin/").and_then(|tool| tool.split_once(".sh")) {
            Some((tool, rest)) if !open.ends_with('/') => {
                out.push_str(open);
                out.push_str(tool);
                out.push_str(rest);
            }
            _ => out.push_str(&folder(word)),
        }
    }
    out
}

fn folder(word: &str) -> String {
    match word.find("config/") {
        Some(at) if !word.get(..at).is_some_and(|before| before.ends_with('/')) => {
            word.replacen("config/", "/etc/kafka/", 1)
        }
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tools_and_folders_are_the_packages() {
        for (text, want) in [
            ("bin/kafka-topics.sh --list", "kafka-topics --list"),
            (
                "ID=$(bin/zookeeper-shell.sh zk:2181 get /cluster/id)",
                "ID=$(zookeeper-shell zk:2181 get /cluster/id)",
            ),
            ("--command-config config/admin.properties", "--command-config /etc/kafka/admin.properties"),
            ("/usr/bin/kafka-topics.sh", "/usr/bin/kafka-topics.sh"),
            ("grep x logs/server.log", "grep x /var/log/kafka/server.log"),
            (
                "bin/kafka-server-start.sh -daemon config/controller.properties",
                "sudo systemctl start confluent-kcontroller",
            ),
        ] {
            assert_eq!(words(text), want);
        }
    }
}
