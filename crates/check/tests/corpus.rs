//! Every rule over every file of the corpus, between releases of every kind.

#![expect(clippy::unwrap_used, reason = "tests")]

use crate::common::corpus;
use std::collections::BTreeSet;

use crate::common::request;
use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::Units;
use kafka_upgrade_report::{CheckOutcome, Finding, Report};
use kafka_upgrade_session::{File, Request, check};

/// Pairs of releases: neighbours, and from each other minor to the first of 4.0 and the newest.
fn paths() -> BTreeSet<(Release, Release)> {
    let minors: Vec<_> = kafka_upgrade_catalog::minors().collect();
    let newest = kafka_upgrade_catalog::newest();
    let mut paths: BTreeSet<_> =
        minors.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect();
    for from in minors.iter().step_by(2) {
        paths
            .extend([Release::new(4, 0, 0), newest].into_iter().filter(|to| to > from).map(|to| (*from, to)));
    }
    paths
}

fn run(from: Option<Release>, to: Release, path: &str, text: &str) -> Report {
    let files = [File::new(path, text)];
    check(&request(from, to, &files))
}

#[test]
fn the_same_release_on_both_ends_gives_no_crossing_finding() {
    for release in kafka_upgrade_catalog::minors() {
        for (path, text) in corpus::files() {
            let report = run(Some(release), release, &path, &text);
            for finding in report.findings {
                assert_eq!(finding.since, None, "{path} at {release}: {}", finding.rule);
            }
        }
    }
}

#[test]
fn a_crossing_finding_names_a_release_between_source_and_target() {
    for (from, to) in paths() {
        for (path, text) in corpus::files() {
            for finding in run(Some(from), to, &path, &text).findings {
                if let Some(since) = finding.since {
                    let since: Release = since.parse().unwrap();
                    assert!(
                        from < since && since <= to,
                        "{path}, {from} to {to}: {} since {since}",
                        finding.rule
                    );
                    assert_eq!(finding.hop, Some(format!("{}.{}", since.major, since.minor)));
                }
            }
        }
    }
}

#[test]
fn one_subject_of_a_file_is_found_once() {
    for (from, to) in paths() {
        for (path, text) in corpus::files() {
            let mut seen = BTreeSet::new();
            let findings = run(Some(from), to, &path, &text).findings;
            let spots = findings
                .iter()
                .flat_map(|finding| finding.spots().map(|spot| (finding.component.as_deref(), spot)));
            for (component, spot) in spots {
                assert!(
                    seen.insert((spot.subject.to_owned(), component.map(str::to_owned), spot.line)),
                    "{path}, {from} to {to}: {} again: {}",
                    spot.subject,
                    spot.rule
                );
            }
        }
    }
}

#[test]
fn findings_are_sorted_whole_and_the_same_each_time() {
    for (from, to) in paths() {
        for (path, text) in corpus::files() {
            let report = run(Some(from), to, &path, &text);
            assert_eq!(report, run(Some(from), to, &path, &text));
            assert!(report.findings.is_sorted_by_key(|finding| (
                finding.path.clone(),
                finding.line,
                finding.column,
                finding.rule.clone()
            )));
            for finding in &report.findings {
                for words in [&finding.message, &finding.why, &finding.action] {
                    assert!(!words.is_empty() && !words.contains("{to}"), "{}: {words}", finding.rule);
                    assert!(
                        !words.contains("s3cr3t") && !words.contains("changeit"),
                        "{}: {words}",
                        finding.rule
                    );
                }
            }
            let counted: u32 = report.checks.iter().map(|check| check.findings).sum();
            assert_eq!(
                counted as usize,
                report.findings.len(),
                "{path}, {from} to {to}: each finding has its check"
            );
            assert!(report.checks.is_sorted_by_key(|check| &check.id));
            for check in &report.checks {
                assert!(check.findings == 0 || check.outcome == CheckOutcome::Ran, "{}", check.id);
            }
        }
    }
}

#[test]
fn a_fix_takes_its_finding_away_and_nothing_else() {
    let mut fixes = 0;
    for (from, to) in
        paths().into_iter().filter(|(from, to)| to.major == 4 && (from.minor % 3 == 0 || from.major == 4))
    {
        for (path, text) in corpus::files() {
            let report = run(Some(from), to, &path, &text);
            for finding in report.findings.iter().filter(|finding| finding.fix.is_some()) {
                let fixed = apply(&text, finding, &path);
                let left = run(Some(from), to, &path, &fixed).findings;
                let same = |other: &&Finding| other.rule == finding.rule && other.subject == finding.subject;
                let before = report.findings.iter().filter(same).count();
                let after = left.iter().filter(same).count();
                // A class is renamed wherever code names it.
                let alone = path.ends_with(".properties") || path.ends_with(".json");
                let taken = if alone { after + 1 == before } else { after < before };
                assert!(taken, "{path}, {from} to {to}: {}: {before}, then {after}", finding.rule);
                let known: BTreeSet<_> = report.findings.iter().map(|one| &one.rule).collect();
                for new in left.iter().filter(|one| !known.contains(&one.rule)) {
                    let about = [Some(&new.subject), new.replacement.as_ref()];
                    let default = new.rule.starts_with("changed-default-") || new.rule.starts_with("note-");
                    assert!(
                        default,
                        "{path}, {from} to {to}: fixing {} gives {} {about:?}",
                        finding.rule, new.rule
                    );
                }
                fixes += 1;
            }
        }
    }
    assert!(fixes > 200, "{fixes}");
}

/// Applies the edits of all places, and checks that they lie apart and in order.
fn apply(text: &str, finding: &Finding, path: &str) -> String {
    let (mut fixed, mut done) = (String::new(), 0);
    for edit in &finding.fix_in(path).unwrap().edits {
        assert!(done <= edit.start && edit.start <= edit.end, "{}", finding.rule);
        fixed.push_str(text.get(done as usize..edit.start as usize).unwrap());
        fixed.push_str(&edit.text);
        done = edit.end;
    }
    fixed + text.get(done as usize..).unwrap()
}

#[test]
fn utf16_units_move_columns_and_edits_by_what_lies_before_them() {
    let text = "# \u{1f600}\nbroker.id=1\nlog.dirs=/d\ndelegation.token.master.key=x\n";
    let files = [File::new("server.properties", text)];
    let ask = |units| {
        let (from, to) = (Some(Release::new(3, 9, 0)), Release::new(4, 0, 0));
        let report = check(&Request { units, ..request(from, to, &files) });
        let finding =
            report.findings.into_iter().find(|one| one.subject == "delegation.token.master.key").unwrap();
        (finding.bytes, finding.fix.unwrap().edits.first().map(|edit| (edit.start, edit.end)))
    };
    assert_eq!(ask(Units::Characters), (Some((31, 58)), Some((31, 58))));
    assert_eq!(ask(Units::Utf16), (Some((31, 58)), Some((29, 56))));
}

#[test]
fn files_that_are_not_kafkas_are_reported_as_such() {
    for (path, rule) in [("minecraft.properties", "not-kafka"), ("unknown.properties", "unknown-file")] {
        let (_, text) = corpus::files().into_iter().find(|(name, _)| name == path).unwrap();
        let report = run(None, Release::new(4, 0, 0), path, &text);
        assert_eq!(report.findings.iter().map(|one| one.rule.as_str()).collect::<Vec<_>>(), [rule], "{path}");
        assert_eq!(report.files.first().unwrap().accepted, None);
    }
}
