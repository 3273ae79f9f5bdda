//! Branches by the release that they are for.

use kafka_upgrade_catalog::Release;

/// Texts of the branches of a text that are not carried out on a release, without blanks around them.
fn dead(path: &str, text: &str, release: Release) -> Vec<String> {
    let document = crate::read(path, text, None);
    let dead = document.guards.iter().filter(|guard| guard.is_dead_in(release));
    dead.map(|guard| guard.span.of(text).trim().to_owned()).collect()
}

const V3: Release = Release::new(3, 9, 2);
const V4: Release = Release::new(4, 3, 1);

#[test]
fn only_one_branch_of_a_test_for_the_version_is_used() {
    for (path, text) in [
        (
            "k.service.j2",
            "[Service]\nExecStart=/opt/kafka/bin/kafka-server-start.sh /k\n{% if kafka_version is version('4.0.0', '>=') %}\nNEW\n{% else %}\nOLD\n{% endif %}\n",
        ),
        (
            "k.conf.j2",
            "{% if not kafka_version is version('4.0', 'ge') %}\nOLD\n{% else %}\nNEW\n{% endif %}\nzookeeper.connect=a\n",
        ),
        (
            "k.j2",
            "{% if confluent_package_version is version('8.0.0', '<') %}\nOLD\n{% else %}\nNEW\n{% endif %}\nbroker.id=1\n",
        ),
        (
            "c.yaml",
            "apiVersion: v1\nkind: ConfigMap\ndata:\n  server.properties: |\n    broker.id=1\n    {{- if semverCompare \">=4.0.0-0\" .Values.kafka.version }}\n    NEW\n    {{- else }}\n    OLD\n    {{- end }}\n",
        ),
        ("k.erb", "<% if @kafka_version < '4.0' -%>\nOLD\n<% else -%>\nNEW\n<% end -%>\nbroker.id=1\n"),
        ("a.sh", "#!/bin/sh\nif [[ \"$KAFKA_VERSION\" == 3.* ]]; then\n  OLD\nelse\n  NEW\nfi\n"),
        ("b.sh", "#!/bin/sh\nif [ \"${KAFKA_MAJOR_VERSION}\" -ge 4 ]; then NEW; else OLD; fi\n"),
        ("c.sh", "#!/bin/sh\nif [[ ! $KAFKA_VERSION =~ ^4\\. ]]\nthen\n  OLD\nelse\n  NEW\nfi\n"),
        (
            "d.sh",
            "#!/bin/sh\nif [[ $KAFKA_VERSION =~ ^[0-3]\\. && -n $X ]]; then\n  OLD\nfi\n# don't\nif true; then x; fi\nif [ $KAFKA_VERSION != 4.3 ] ; then y\nelse\nNEW\nfi",
        ),
        (
            "f.sh",
            "#!/bin/sh\nif [ \"${KRAFT_MODE:-false}\" = \"true\" ]; then\n  BOTH\nelse\n  OLD\nfi\nif [[ $KAFKA_VERSION == 4.* ]]; then NEW; fi\n",
        ),
        (
            "g.sh",
            "#!/bin/sh\nif [[ $USE_KRAFT != yes ]]; then\n  OLD\nfi\nif [[ $KAFKA_VERSION == 4.* ]]; then NEW; fi\n",
        ),
        ("e.sh", "#!/bin/sh\ncase \"$KAFKA_VERSION\" in\n  2.*|3.*)\n    OLD\n    ;;\n  *) NEW ;;\nesac\n"),
        (
            "Dockerfile",
            "FROM apache/kafka\nRUN if [ \"$KAFKA_VERSION\" = \"3.9.2\" ]; then \\\n OLD; \\\n else NEW; fi\n",
        ),
    ] {
        let (old, new) = (dead(path, text, V4), dead(path, text, V3));
        assert!(old.iter().any(|one| one.contains("OLD") && !one.contains("NEW")), "{path}: {old:?}");
        assert!(
            new.iter().any(|one| one.contains("NEW") && !one.contains("OLD")) || path == "d.sh",
            "{path}: {new:?}"
        );
        assert!(
            !old.iter().any(|one| one.contains("NEW")) && !new.iter().any(|one| one.contains("OLD")),
            "{path}: {old:?} {new:?}"
        );
    }
}

#[test]
fn a_task_of_ansible_has_its_own_test() {
    let text = "- name: Formats\n  shell: kafka-storage.sh format\n  when: kafka_version is version('4.0', '>=')\n\n- name: Old\n  block:\n    - name: Inner\n      shell: kafka-topics.sh --zookeeper zk\n  when:\n    - kafka_enabled | bool\n    - kafka_version is version('4.0', '<')\n\n- name: Always\n  shell: kafka-topics.sh --list\n";
    let old = dead("tasks/main.yml", text, V4);
    assert_eq!(old.len(), 1, "{old:?}");
    assert!(old.iter().all(|one| one.contains("--zookeeper") && !one.contains("Always")), "{old:?}");
    assert!(
        dead("tasks/main.yml", text, V3).iter().all(|one| one.contains("Formats") && !one.contains("Old"))
    );
}

#[test]
fn what_is_not_understood_guards_nothing() {
    for text in [
        "#!/bin/sh\nif [ \"$JAVA_VERSION\" -lt 17 ]; then\n  OLD\nfi\n",
        "#!/bin/sh\nif [ \"$SCALA_VERSION\" = 2.12 ] || [ $KAFKA_VERSION = 3.9 ]; then\n  OLD\nfi\n",
        "#!/bin/sh\nif [ -n \"$KAFKA_VERSION\" ]; then\n  OLD\nfi\n",
        "#!/bin/sh\nif [ \"$KAFKA_VERSION\" = \"$OTHER\" ]; then\n  OLD\nfi\n",
        "#!/bin/sh\necho if KAFKA_VERSION is 3.9 then it is old, fi\n",
        "#!/bin/sh\n# if [ $KAFKA_VERSION = 3.9 ]; then\nOLD\n# fi\n",
    ] {
        assert_eq!(dead("a.sh", text, V4), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn files_that_are_looked_for_have_something_in_their_place() {
    let asked = |text: &str| {
        let document = crate::read("a.sh", text, None);
        let asking = document.guards.iter().filter(|guard| guard.asks_for_file());
        asking.map(|guard| guard.span.of(text).to_owned()).collect::<Vec<_>>()
    };
    let text = "#!/bin/sh\nfor c in config/kraft/server.properties config/server.properties; do\n  if [ -f \"$c\" ]; then\n    break\n  fi\ndone\n";
    assert!(asked(text).iter().any(|one| one.starts_with("config/kraft/")), "{:?}", asked(text));
    let text = "#!/bin/sh\nif [ -f config/kraft/server.properties ]; then\n  a\nelse\n  b\nfi\n";
    assert!(asked(text).iter().any(|one| one.contains("config/kraft/")));
    // Without anything in its place nothing is done.
    let needing = |text: &str| {
        crate::read("a.sh", text, None).guards.iter().any(kafka_upgrade_document::Guard::needs_file)
    };
    assert!(needing("#!/bin/sh\nif [ -f config/kraft/server.properties ]; then\n  a\nfi\n"));
    assert!(!needing("#!/bin/sh\nif [ ! -f config/kraft/server.properties ]; then\n  a\nfi\n"));
    assert!(asked("#!/bin/sh\nif [ -f config/kraft/server.properties ]; then\n  a\nfi\n").is_empty());
    assert!(asked("#!/bin/sh\nfor c in config/kraft/a config/b; do\n  run $c\ndone\n").is_empty());
}

#[test]
fn what_is_kept_of_a_text_has_bounds() {
    let repeated = |first: &str, one: &str, last: &str| format!("{first}{}{last}", one.repeat(2_000));
    for (path, text) in [
        (
            "a.sh",
            repeated(
                "if [ $KAFKA_VERSION = 1 ]; then\n a\n",
                "elif [ $KAFKA_VERSION = 2 ]; then\n b\n",
                "fi\n",
            ),
        ),
        ("a.sh", repeated("case $KAFKA_VERSION in\n", " 2.*) kafka-topics.sh ;;\n", "esac\n")),
        (
            "tasks/main.yml",
            repeated(
                "",
                "- shell: kafka-topics.sh --list\n  when: kafka_version is version('4.0', '<')\n",
                "",
            ),
        ),
        (
            "a.properties.j2",
            repeated(
                "{% if kafka_version < 4 %}\nbroker.id=1\n",
                "{% elif kafka_version == 3 %}b=1\n",
                "{% endif %}\n",
            ),
        ),
    ] {
        let guards = crate::read(path, &text, None).guards;
        assert_eq!(guards.len(), super::MAX_GUARDS, "{path}");
        assert!(guards.iter().all(|guard| guard.tests.len() <= super::MAX_FAILED + 1), "{path}");
    }
}
