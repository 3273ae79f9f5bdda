//! The extracted facts against what other sources say.

#![expect(clippy::unwrap_used, reason = "tests")]

use kafka_upgrade_catalog::{self as catalog, Component, Default, Release};

/// Changes that the upgrade notes name but the jars do not show, with the reason.
const NOT_IN_THE_JARS: &[(&str, &str)] = &[
    ("2.3 connect.protocol", "the key is new in 2.3, so no default changes"),
    ("4.0 groups.blacklist", "a key of the checkpoint connector; the source connector never had it"),
];

fn releases_of(text: &str) -> Vec<Release> {
    let minor = text.parse::<Release>().unwrap();
    let all =
        catalog::releases().filter(|release| (release.major, release.minor) == (minor.major, minor.minor));
    match text {
        "4.0.0" => vec![minor],
        "4.0.1" => vec![minor, Release::new(4, 0, 2)],
        _ => all.filter(|release| catalog::facts_of(*release) == *release).collect(),
    }
}

#[test]
fn api_versions_are_those_of_the_message_definitions() {
    let mut compared = 0;
    for line in include_str!("facts/api_versions.csv").lines().skip(1) {
        let [release, key, name, min, max] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        for release in releases_of(release) {
            let Some(api) = catalog::api(release, key.parse().unwrap()) else {
                panic!("{release} lacks {name}")
            };
            if api.max < api.min {
                panic!("{release} says that {name} is gone, the message definitions have {min} to {max}");
            }
            if max.starts_with("none") {
                continue;
            }
            assert_eq!(
                (api.min.to_string(), api.stable_max.to_string()),
                (min.into(), max.into()),
                "{name} in {release}"
            );
            compared += 1;
        }
    }
    assert!(compared > 1500, "only {compared} ranges were compared");
}

#[test]
fn metadata_versions_are_those_of_the_source() {
    let newest: Vec<_> = catalog::metadata_versions(catalog::newest()).collect();
    let mut compared = 0;
    for line in include_str!("facts/metadata_versions.csv").lines().skip(1) {
        let [level, name, changed] = line.split(',').collect::<Vec<_>>()[..] else { panic!("{line}") };
        let Some(version) = newest.iter().find(|version| version.name == name) else { continue };
        assert_eq!(
            (version.level.to_string(), version.changed.to_string()),
            (level.into(), changed.into()),
            "{name}"
        );
        compared += 1;
    }
    assert!(compared >= 25, "only {compared} metadata versions were compared");
}

#[test]
fn keys_go_and_defaults_change_when_the_upgrade_notes_say_so() {
    let (mut compared, mut differing) = (0, Vec::new());
    for line in include_str!("facts/config_changes.csv").lines().skip(1) {
        let [release, component, kind, key, _, after] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("{line}")
        };
        let component = match component {
            "connect" => Component::CONNECT_DISTRIBUTED,
            "mm2" => Component::MM2_SOURCE,
            name => Component::parse(name).unwrap(),
        };
        let to = catalog::resolve(release).unwrap();
        let from = catalog::releases().filter(|other| *other < to.first_of_minor()).max().unwrap();
        let (before, at) =
            (catalog::definition(component, key, from), catalog::definition(component, key, to));
        let expected = if after == "null" { Default::Null } else { Default::Text(after) };
        let agrees = match kind {
            "default-changed" => {
                at.is_some_and(|at| at.default == expected)
                    && before.is_some_and(|before| before.default != expected)
            }
            _ => before.is_some() && at.is_none(),
        };
        compared += 1;
        if !agrees {
            differing.push(format!("{release} {key}"));
        }
    }
    assert!(compared > 55, "only {compared} changes were compared");
    let listed: Vec<String> = NOT_IN_THE_JARS.iter().map(|(change, _)| (*change).to_owned()).collect();
    assert_eq!(differing, listed, "changes that the jars do not show, against those that are explained");
}
