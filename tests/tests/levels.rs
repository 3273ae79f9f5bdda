//! Plan and notes against what `kafka-features.sh` did on real clusters: levels before and after each command, up and
//! down, as `tests/levels/record.py` recorded them. What is *not* here: Java; the recording is read.

#![allow(clippy::indexing_slicing, clippy::string_slice, reason = "a test fails by panicking")]
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_report::{Finding, Mode, Report, Step};
use kafka_upgrade_rules::{self as rules, File, Request};
use kafka_upgrade_session::check;
use serde::Deserialize;

const KRAFT: &str = "kraft.version";
/// Steps that the recording ran, by the beginning of their ids.
const STEPS: [&str; 4] =
    ["check-registered-nodes", "set-min-insync-replicas", "choose-quorum", "finalize-metadata"];

/// One command on a real cluster.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Line {
    from: String,
    to: String,
    /// `static`, `dynamic`, or `unset`: static, without the step that sets `min.insync.replicas`.
    quorum: String,
    /// Id of the plan's step, or what the recording did beside it.
    step: String,
    command: String,
    exit: i32,
    output: Vec<String>,
    /// What is finalised after it, where it was asked.
    levels: Option<BTreeMap<String, String>>,
    /// `min.insync.replicas` that the broker goes by after it.
    min_isr: Option<u32>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("levels")
}

/// The recording, a pair of releases and a kind of quorum each.
fn scenarios() -> Vec<Vec<Line>> {
    let text = fs::read_to_string(folder().join("outcomes.jsonl")).unwrap();
    let mut scenarios: BTreeMap<(String, String, String), Vec<Line>> = BTreeMap::new();
    for line in text.lines() {
        let line: Line = serde_json::from_str(line).unwrap();
        let key = (line.from.clone(), line.to.clone(), line.quorum.clone());
        scenarios.entry(key).or_default().push(line);
    }
    scenarios.into_values().collect()
}

fn report(from: &str, to: &str, files: &[(&str, &str)]) -> Report {
    let files: Vec<File<'_>> = files.iter().map(|(path, text)| File::new(path, text)).collect();
    check(&Request {
        from: Some(from.parse().unwrap()),
        mode: Some(Mode::Kraft),
        ..Request::new(to.parse().unwrap(), &files)
    })
}

fn report_of(scenario: &[Line]) -> Report {
    let Line { from, to, quorum, .. } = &scenario[0];
    let text = |node: &str| fs::read_to_string(folder().join(quorum).join(node)).unwrap();
    let (controller, broker) = (text("controller.properties"), text("broker.properties"));
    report(from, to, &[("controller.properties", &controller), ("broker.properties", &broker)])
}

fn step<'l>(scenario: &'l [Line], name: &str) -> &'l Line {
    scenario.iter().find(|line| line.step.starts_with(name)).unwrap()
}

/// Levels after the first command of that step.
fn levels<'l>(scenario: &'l [Line], name: &str) -> &'l BTreeMap<String, String> {
    let mut lines = scenario.iter().filter(|line| line.step.starts_with(name));
    lines.find_map(|line| line.levels.as_ref()).unwrap()
}

fn finalising(report: &Report) -> Vec<&Step> {
    let steps = report.plan.steps.iter();
    steps.filter(|step| STEPS.iter().any(|name| step.id.starts_with(name))).collect()
}

#[test]
fn the_plan_prints_the_commands_that_were_run_and_each_went_well() {
    let mut count = 0;
    for scenario in scenarios() {
        let report = report_of(&scenario);
        let unset = scenario[0].quorum == "unset";
        let planned = finalising(&report).into_iter().flat_map(|step| {
            step.commands
                .iter()
                .filter(|line| !line.starts_with('#'))
                .map(|line| (step.id.as_str(), line.as_str()))
        });
        let planned: Vec<_> = planned.filter(|(id, _)| !(unset && id.starts_with("set-min"))).collect();
        let ran = scenario.iter().filter(|line| STEPS.iter().any(|name| line.step.starts_with(name)));
        let ran: Vec<_> = ran.map(|line| (line.step.as_str(), line.command.as_str(), line.exit)).collect();
        let well: Vec<_> = planned.iter().map(|(id, line)| (*id, *line, 0)).collect();
        assert_eq!(well, ran, "{:?}", scenario[0]);
        count += ran.len();
    }
    assert!(count > 40, "{count} commands");
}

#[test]
fn the_plan_names_the_levels_that_rise_and_no_other() {
    for scenario in scenarios() {
        let report = report_of(&scenario);
        let (before, after) = (levels(&scenario, "rolled"), levels(&scenario, "finalize-metadata"));
        let last = *finalising(&report).last().unwrap();
        assert!(
            last.verify.contains(&format!("FinalizedVersionLevel {}", after["metadata.version"])),
            "{last:#?}"
        );
        for (name, level) in after.iter().filter(|(name, _)| name.as_str() != "metadata.version") {
            let rises = before.get(name).map_or("0", String::as_str) != level;
            let verified = last.verify.contains(&format!("{name} {level}"));
            assert_eq!(verified, rises, "{name} {level} on {before:?}: {last:#?}");
            assert!(name != KRAFT || !rises, "the plan's own command makes a quorum dynamic: {last:#?}");
        }
    }
}

#[test]
fn what_the_brokers_had_as_min_insync_replicas_stays_only_because_the_plan_sets_it() {
    let mut lost = 0;
    for scenario in scenarios() {
        let Line { from, to, quorum, .. } = &scenario[0];
        let before = step(&scenario, "rolled").min_isr.unwrap();
        let after = scenario.iter().filter(|line| line.step.starts_with("finalize-metadata"));
        let after = after.filter_map(|line| line.min_isr).next().unwrap();
        let report = report_of(&scenario);
        let reported = report.findings.iter().any(|one| one.rule == "note-min-insync-replicas-of-brokers");
        let sets = report.plan.steps.iter().any(|step| step.id.starts_with("set-min-insync-replicas"));
        assert_eq!(reported, sets, "{from} {to}: note and plan");
        if quorum == "unset" {
            assert!(before == 2 && after == 1 && reported, "{from} {to}: {before} to {after}");
            lost += 1;
        } else {
            assert_eq!(before, after, "{from} {to}");
        }
    }
    assert!(lost > 0);
}

#[test]
fn a_step_is_reversible_where_kafka_lowered_the_levels_and_nowhere_else() {
    let mut open = 0;
    for scenario in scenarios() {
        let report = report_of(&scenario);
        let last = *finalising(&report).last().unwrap();
        let lower = step(&scenario, "lower");
        let lower = scenario.iter().find(|line| line.step == "lower").unwrap_or(lower);
        assert_eq!(last.reversible, lower.exit == 0, "{lower:?}: {last:#?}");
        if last.reversible {
            assert!(last.undo.contains(&lower.command), "{lower:?}: {last:#?}");
            let after: BTreeMap<_, _> = lower.levels.clone().unwrap();
            assert_eq!(&after, levels(&scenario, "rolled"), "{lower:?}");
            open += 1;
        }
    }
    assert!(open > 0);
}

#[test]
fn what_the_plans_commands_printed_fits_and_ticks_the_step_that_finalises() {
    for scenario in scenarios() {
        let Line { from, to, quorum, .. } = &scenario[0];
        let text = |node: &str| fs::read_to_string(folder().join(quorum).join(node)).unwrap();
        let (controller, broker) = (text("controller.properties"), text("broker.properties"));
        let asked = scenario.iter().filter(|line| {
            line.step.starts_with("check-registered-nodes") || line.step.starts_with("finalize-metadata")
        });
        let printed: Vec<(String, String)> = asked
            .enumerate()
            .map(|(at, line)| (format!("output-{at}.txt"), line.output.join("\n")))
            .collect();
        let mut files =
            vec![("controller.properties", controller.as_str()), ("broker.properties", broker.as_str())];
        files.extend(printed.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let report = report(from, to, &files);
        let find = |name: &str| report.plan.steps.iter().find(|step| step.id.starts_with(name)).unwrap();
        let last = find("finalize-metadata");
        assert!(last.done && last.shown.iter().all(|one| one.fits), "{from} {to} {quorum}: {last:#?}");
        let check = find("check-registered-nodes");
        assert!(check.shown.iter().any(|one| one.fits), "{from} {to} {quorum}: {check:#?}");
        let wrong: Vec<_> =
            report.plan.steps.iter().flat_map(|step| &step.shown).filter(|one| !one.fits).collect();
        assert!(wrong.is_empty(), "{from} {to} {quorum}: {wrong:#?}");
    }
}

/// Every level of a feature that a text names, as "`group.version=1`", "`kraft.version` to 1" or "`x` at 0".
fn claims<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let mut claims = Vec::new();
    for (at, _) in text.match_indices(name) {
        let rest = text[at + name.len()..].trim_start_matches('`');
        let number = ["=", " to ", " at ", " "].iter().find_map(|sign| rest.strip_prefix(sign));
        let number = number.unwrap_or_default();
        let end = number.find(|one: char| !one.is_ascii_digit()).unwrap_or(number.len());
        claims.extend(Some(&number[..end]).filter(|number| !number.is_empty()));
    }
    claims
}

#[test]
fn no_note_claims_a_level_or_prints_a_command_that_kafka_did_not_show() {
    let names: BTreeSet<&str> = catalog::features(catalog::newest()).map(|feature| feature.name).collect();
    let mut tried = 0;
    let all = scenarios();
    for scenario in &all {
        let Line { from, to, .. } = &scenario[0];
        let (source, target): (Release, Release) = (from.parse().unwrap(), to.parse().unwrap());
        let mut seen: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (name, level) in scenario.iter().filter_map(|line| line.levels.as_ref()).flatten() {
            seen.entry(name).or_default().insert(level);
        }
        let commands: Vec<&str> =
            all.iter().flatten().filter(|line| line.exit == 0).map(|line| line.command.as_str()).collect();
        let mut findings: Vec<Finding> = report_of(scenario).findings;
        let speaks = |note: &&rules::Note| {
            let texts = [note.message, note.why, note.action];
            texts.iter().any(|text| {
                names.iter().any(|name| text.contains(name)) || text.contains("kafka-features.sh")
            })
        };
        for note in rules::notes().filter(speaks).filter(|note| source < note.since && note.since <= target) {
            for sample in rules::examples(note.id).iter().filter(|sample| sample.findings > 0) {
                let found = report(from, to, &[(sample.file, sample.text)]).findings;
                findings.extend(found.into_iter().filter(|one| one.rule == note.id));
            }
        }
        for finding in findings {
            for text in [&finding.message, &finding.why, &finding.action] {
                for name in &names {
                    for level in claims(text, name).into_iter().filter(|_| !text.contains("downgrade")) {
                        let shown = seen.get(name).is_some_and(|levels| levels.contains(level));
                        assert!(shown, "{from} {to}: {name} {level} was not shown: {}: {text}", finding.rule);
                        tried += 1;
                    }
                }
                for command in text.split('`').filter(|one| one.starts_with("kafka-features.sh upgrade --")) {
                    let arguments = command.trim_start_matches("kafka-features.sh ");
                    // One that names an older release is for that release's tools.
                    let older = arguments.contains("--metadata 3.") || !arguments.contains(&to[..3]);
                    let ran = commands.iter().any(|line| line.ends_with(arguments));
                    assert!(ran || older, "{from} {to}: {command} was not run: {}", finding.rule);
                    tried += usize::from(ran);
                }
            }
        }
    }
    assert!(tried > 15, "{tried} claims and commands");
}

#[test]
fn lowering_by_the_release_fails_on_a_static_quorum_and_kraft_version_never_goes_down() {
    for scenario in scenarios() {
        let to: Release = scenario[0].to.parse().unwrap();
        if to < Release::new(4, 1, 0) {
            continue;
        }
        if scenario[0].quorum != "dynamic" {
            assert_ne!(step(&scenario, "lower-by-release").exit, 0, "{:?}", scenario[0]);
        }
        assert_eq!(levels(&scenario, "raise-by-release")[KRAFT], "1", "{:?}", scenario[0]);
        let lower = step(&scenario, "lower-kraft-version");
        assert_ne!(lower.exit, 0, "{lower:?}");
    }
}
