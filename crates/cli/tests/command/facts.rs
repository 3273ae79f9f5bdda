//! `diff` and `versions`: what the catalog knows of releases.

use super::{Folder, run};

#[test]
fn diff_lists_gone_changed_and_new_keys_of_each_component() {
    let folder = Folder::new("diff");
    let outcome = run(&folder, "diff 3.9 4.0.0 --component broker");
    assert_eq!(outcome.code, 0);
    let lines: Vec<&str> = outcome.out.lines().collect();
    assert_eq!(lines[..2], ["broker", "  gone"]);
    for line in [
        "    zookeeper.connect",
        "    num.recovery.threads.per.data.dir: 1 -> 2",
        "    process.roles: (empty) -> (required)",
        "    log.segment.bytes: int, at least 14 -> int, at least 1048576",
        "    share.coordinator.threads = 1",
    ] {
        assert!(lines.contains(&line), "{line}\n{}", outcome.out);
    }
    assert!(lines[lines.len() - 1].starts_with("3.9.2 and 4.0.0 differ in "), "{}", outcome.out);
    let everything = run(&folder, "diff 3.9 4.0");
    let classes = everything.out.split("\nclasses\n").nth(1).expect("a section of classes");
    assert!(classes.starts_with("  gone\n    kafka."), "{classes}");
    assert!(classes.contains("\n    org.apache.kafka.streams.processor.TaskMetadata\n"), "{classes}");
    assert!(classes.trim_end().ends_with(" classes and members are gone or newly deprecated."), "{classes}");
    let same = run(&folder, "diff 4.0.2 4.0.2");
    assert_eq!(same.out, "4.0.2 and 4.0.2 agree on every key.\n");
    let borrowed = run(&folder, "diff 4.3.1 4.4.0 --component mm2");
    assert_eq!(borrowed.out, "4.3.1 and 4.4.0 agree on every key of mm2, 4.4.0 as 4.3.1 has it.\n");
}

#[test]
fn versions_names_whose_facts_stand_for_a_release() {
    let folder = Folder::new("versions");
    let outcome = run(&folder, "versions");
    let line = |release: &str| {
        let found = outcome.out.lines().find(|line| line.starts_with(release));
        found.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    assert_eq!(line("3.9.0"), "3.9.0 2024-11-06 8, 8 2.12, 2.13 of 3.9.2");
    assert_eq!(line("4.0.0"), "4.0.0 2025-03-18 17, 11 2.13 its own");
    assert!(line("4.4.0").contains("its own, but "), "{}", line("4.4.0"));
}
