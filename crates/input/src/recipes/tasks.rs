//! What sets machines up step by step: plays, tasks and handlers of Ansible with their inventories, and states of Salt.
//!
//! Evidence is in each line: a service of Kafka's that is started, a file of Kafka's that is put somewhere, a test for
//! Kafka's version, a role for Kafka, a group of its machines. What is *not* here: what a step does; branches are guards,
//! commands are read where they stand. A step that merely names Kafka to people is none.

use kafka_upgrade_document::{paths, template};

use crate::{Document, Kind};

/// Services of Kafka's, and of what runs beside it, by the names that they have on machines.
const SERVICES: &[&str] = &[
    "kafka",
    "kafka-connect",
    "zookeeper",
    "confluent-kafka",
    "confluent-server",
    "confluent-zookeeper",
    "confluent-kafka-connect",
    "confluent-schema-registry",
    "schema-registry",
];

/// Files of Kafka's whose names are anybody's but in a folder of Kafka's.
const FILES: &[&str] = &[
    "server.properties",
    "broker.properties",
    "controller.properties",
    "zookeeper.properties",
    "log4j.properties",
];

/// Keys behind which a file is named, or a folder.
const PLACES: &[&str] = &["src", "dest", "path", "name", "source", "config_file"];

/// Variables of roles that only Kafka's machines have.
const VARIABLES: &[&str] = &[
    "kafka_node_id:",
    "kafka_broker_id:",
    "kafka_controller_uri:",
    "kafka_use_kraft:",
    "zk_hosts:",
    "zookeeper_hosts:",
];

/// Takes a text for steps of Kafka's where it has some.
pub(crate) fn find(path: &str, text: &str, document: &mut Document) {
    let file = paths::file_name(template::plain_name(path));
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    if !text.contains("kafka") {
        return;
    }
    let mut lines = text.lines().map(|line| line.split(" #").next().unwrap_or_default());
    let is_found = match ending {
        "sls" => lines.any(is_state),
        "yml" | "yaml" => {
            is_playbook(text) && has_step(text)
                || is_of_role(path) && lines.clone().any(is_variable)
                || lines.any(is_of_hiera)
        }
        "ini" if text.contains("ansible_host=") => lines.any(is_group),
        _ if matches!(file, "hosts" | "inventory" | "hosts.ini" | "inventory.ini") => lines.any(is_group),
        _ => false,
    };
    if is_found {
        document.kind = Kind::ApplicationConfig;
        document.problems.clear();
    }
}

/// The key and the value of a line of YAML.
fn entry(line: &str) -> (&str, &str) {
    let line = line.trim_start().trim_start_matches("- ").trim_start();
    let (key, value) = line.split_once(':').unwrap_or((line, ""));
    (key.trim(), value.trim().trim_matches(['"', '\'']))
}

/// Whether a text is a list of plays or of steps: each begins at the margin, and some key of them is a module.
fn is_playbook(text: &str) -> bool {
    const KEYS: &[&str] = &[
        "hosts",
        "roles",
        "service",
        "systemd",
        "template",
        "copy",
        "file",
        "import_tasks",
        "include_tasks",
        "include_role",
        "lineinfile",
        "unarchive",
        "get_url",
        "command",
        "shell",
        "stat",
    ];
    let begins = |line: &str| line.starts_with("- ");
    let is_module = |line: &str| {
        let (key, _) = entry(line);
        line.starts_with([' ', '-']) && (key.starts_with("ansible.") || KEYS.contains(&key))
    };
    text.lines().any(begins) && text.lines().any(is_module)
}

fn has_step(text: &str) -> bool {
    let has_service = || {
        text.lines().any(|line| {
            let key = entry(line).0;
            ["service", "systemd", "systemd_service"].contains(&key.rsplit('.').next().unwrap_or_default())
        })
    };
    let mut is_roles = false;
    text.lines().map(|line| line.split(" #").next().unwrap_or_default()).any(|line| {
        let inner = line.trim_start();
        if inner.is_empty() || inner.starts_with('#') {
            return false;
        }
        let (key, value) = entry(line);
        let is_item = inner.starts_with("- ");
        if key == "roles" {
            is_roles = true;
        } else if !is_item && is_roles && !matches!(key, "role" | "name") {
            is_roles = false;
        }
        let is_role = is_roles && is_item && is_role(if value.is_empty() { key } else { value })
            || key == "role" && is_role(value);
        // `service: name=kafka state=restarted`.
        let started = value.split(' ').find_map(|word| word.strip_prefix("name=")).unwrap_or(value);
        let is_service = (key == "name" && !is_item || value.contains("name=")) && is_service(started);
        is_role
            || is_service && has_service()
            || line.contains("kafka_version is version")
            || PLACES.contains(&key) && !is_item && is_file(value)
            || key == "hosts"
                && value.split([':', ',', '-', '_']).any(|word| word.trim_end_matches('s') == "kafka")
            || matches!(key, "url" | "src") && !is_item && is_download(value)
    })
}

/// The name of a service, or the variable that has it: `{{ kafka_service_name }}`.
fn is_service(name: &str) -> bool {
    let variable = name.strip_prefix("{{").map(str::trim_start).unwrap_or_default();
    SERVICES.contains(&name)
        || ["kafka_service", "zookeeper_service"].iter().any(|start| variable.starts_with(start))
}

/// Where a release comes from: an archive of Kafka's, or the variable that has its address.
fn is_download(value: &str) -> bool {
    let variable = value.strip_prefix("{{").map(str::trim_start).unwrap_or_default();
    let is_variable = ["kafka_", "confluent_"].iter().any(|start| variable.starts_with(start))
        && ["url", "archive", "tarball", "download"].iter().any(|word| variable.contains(word));
    is_variable || value.contains("/kafka/") && [".tgz", ".tar.gz"].iter().any(|end| value.ends_with(end))
}

/// `sleighzy.zookeeper`, `ansible-role-kafka`, `kafka_role`.
fn is_role(name: &str) -> bool {
    name.split(|one: char| !one.is_ascii_alphanumeric()).any(|word| matches!(word, "kafka" | "zookeeper"))
}

/// A file that Kafka reads or is started by, under a folder or a variable of Kafka's.
fn is_file(value: &str) -> bool {
    // The folder of a release: `/opt/kafka_{{ scala }}-{{ kafka }}`.
    if value.contains("/kafka_{{") {
        return true;
    }
    let name = paths::file_name(template::plain_name(value));
    let stem = name.strip_suffix(".sh").unwrap_or_default();
    let is_script = ["kafka-", "connect-", "zookeeper-"].iter().any(|start| stem.starts_with(start));
    let is_unit = name.strip_suffix(".service").is_some_and(|unit| SERVICES.contains(&unit));
    is_script && value.contains("kafka") || is_unit || FILES.contains(&name) && value.contains("kafka")
}

/// A parameter of a class of Puppet's for Kafka: `kafka::broker::config:`.
fn is_of_hiera(line: &str) -> bool {
    let key = line.split(": ").next().unwrap_or_default().trim_matches(['"', '\'', ':', ' ']);
    ["kafka::", "confluent::", "zookeeper::"]
        .iter()
        .any(|start| line.trim_start_matches(['"', '\'']).starts_with(start))
        && !key.contains(' ')
}

/// Whether a file holds variables of roles or of machines.
fn is_of_role(path: &str) -> bool {
    paths::parts(path).any(|part| matches!(part, "defaults" | "vars" | "host_vars" | "group_vars"))
}

/// A variable of Kafka's machines, or one of log4j's that ends in the log of a broker.
fn is_variable(line: &str) -> bool {
    VARIABLES.iter().any(|name| line.trim_start().starts_with(name))
        || line.starts_with("log4j_") && line.contains("${kafka.logs.dir}")
}

/// A step of Salt's: a package, a service or a file of Kafka's, or what the pillar says of it.
fn is_state(line: &str) -> bool {
    let inner = line.trim();
    let asks = ["pillar.get'](", "grains.get']("].iter().any(|sign| {
        inner.split(sign).skip(1).any(|rest| rest.trim_start_matches(['"', '\'']).starts_with("kafka"))
    });
    let (key, value) = entry(line);
    let is_package = || {
        ["confluent-kafka", "confluent-server", "confluent-platform", "confluent-schema-registry"]
            .iter()
            .any(|name| value.starts_with(name))
    };
    let is_step =
        || inner.starts_with("- ") && matches!(key, "name" | "pkg") && (is_package() || is_file(value));
    !inner.starts_with("{#") && !inner.starts_with('#') && (asks || is_step())
}

/// `[kafka]`, `[processing-cluster-kafka]`, `[kafka:children]`.
fn is_group(line: &str) -> bool {
    let name = line.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    name.is_some_and(|name| {
        let name = name.split(':').next().unwrap_or_default();
        name.split(['-', '_', '.'])
            .any(|word| word.trim_end_matches(|one: char| one.is_ascii_digit()) == "kafka")
    })
}

#[cfg(test)]
mod tests {
    use crate::{Kind, read};

    #[test]
    fn steps_for_kafka_are_read_in_the_languages_of_ansible_and_salt() {
        for (path, text) in [
            ("handlers/main.yml", "---\n- name: restart it\n  service: name=kafka state=restarted\n"),
            (
                "handlers/main.yml",
                "- name: Restart\n  ansible.builtin.systemd:\n    name: kafka\n    state: restarted\n",
            ),
            (
                "tasks/main.yml",
                "- name: Topics\n  ansible.builtin.import_tasks: 2.0/topics.yml\n  when: kafka_version is version('3.0.0', \"<\")\n",
            ),
            (
                "tasks/config.yml",
                "- name: Patch\n  ansible.builtin.lineinfile:\n    path: \"{{ kafka_path }}/bin/kafka-server-start.sh\"\n",
            ),
            (
                "tasks/config.yml",
                "- name: Configure\n  template:\n    src: server.properties.j2\n    dest: \"{{ kafka_dir }}/server.properties\"\n",
            ),
            ("converge.yml", "- name: Test the kafka role\n  hosts: all\n  roles:\n    - acme.zookeeper\n"),
            ("play.yml", "- hosts: all\n  roles:\n    - role: acme.kafka_role\n"),
            ("host_vars/a.yml", "---\nkafka_node_id: 3\n"),
            ("defaults/main/log4j.yml", "log4j_a_file: \"${kafka.logs.dir}/server.log\"\n"),
            ("inventory/hosts", "[kafka-1]\n10.0.1.5 kafka_id=1\n\n[kafka:children]\nkafka-1\n"),
            ("sample_inventory.ini", "[kafka]\nkafka1 ansible_host=192.168.1.21\n"),
            (
                "restore.yml",
                "- name: a\n  hosts: kafka_broker\n  tasks:\n    - name: b\n      shell: duply a\n",
            ),
            (
                "tasks/link.yml",
                "- name: Link it\n  ansible.builtin.file:\n    src: \"{{ dir }}/kafka_{{ scala }}-{{ kafka }}\"\n    state: link\n",
            ),
            ("hieradata/cluster.yaml", "# kafka\nkafka::server::port: \"9092\"\n"),
            (
                "tasks/install.yml",
                "- name: Get it\n  get_url:\n    url: \"{{ kafka_download_url }}\"\n    dest: /tmp/kafka.tgz\n",
            ),
            (
                "tasks/main.yml",
                "- name: again\n  ansible.builtin.systemd:\n    name: \"{{ kafka_service_name }}\"\n    state: restarted\n",
            ),
            ("kafka/settings.sls", "{% set p = salt['pillar.get']('kafka', {}) %}\n"),
            (
                "kafka/server.sls",
                "kafka-config:\n  file.managed:\n    - name: /etc/kafka/server.properties\n",
            ),
            ("kafka/init.sls", "kafka:\n  pkg.installed:\n    - name: confluent-schema-registry\n"),
        ] {
            assert_eq!(read(path, text, None).kind, Kind::ApplicationConfig, "{path}: {text}");
        }
    }

    #[test]
    fn steps_that_merely_name_kafka_stay_unknown() {
        for (path, text) in [
            ("tasks/main.yml", "- name: restart kafka\n  service: name=nginx state=restarted\n"),
            ("tasks/main.yml", "- name: kafka\n  debug:\n    msg: kafka_version\n"),
            (
                "tasks/main.yml",
                "- name: a\n  template:\n    src: filebeat-kafka.yml.j2\n    dest: /etc/filebeat.yml\n",
            ),
            (
                "tasks/main.yml",
                "- name: a\n  copy:\n    src: server.properties\n    dest: /opt/mine # kafka\n",
            ),
            ("a.yml", "people:\n  - name: kafka\n    role: author\n"),
            ("a.yml", "- hosts: all\n  roles:\n    - nginx\n  vars:\n    kafka: true\n"),
            ("conf/a.yml", "kafka_node_id: 3\n"),
            ("inventory/hosts", "[web]\nkafka.example.com\n"),
            ("a.ini", "[kafka]\nport=1\n"),
            ("a.yml", "- name: a\n  hosts: kafkaui\n  tasks:\n    - name: b\n      shell: ls\n"),
            ("a.yaml", "see: kafka::server and more\n"),
            ("tasks/main.yml", "- get_url:\n    url: https://a.example/kafka/readme.html\n"),
            ("etc/hosts", "10.0.0.1 kafka\n"),
            ("top.sls", "base:\n  '*':\n    - kafka\n"),
        ] {
            assert_eq!(read(path, text, None).kind, Kind::Unknown, "{path}: {text}");
        }
    }
}
