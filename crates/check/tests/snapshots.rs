//! The findings of the corpus, in short, kept beside its files: a change of any rule shows here.

use crate::common::corpus;
use std::fmt::Write as _;

use crate::common::request;
use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::Finding;
use kafka_upgrade_session::{File, check};

/// The upgrades that most readers ask about.
const UPGRADES: [(Option<Release>, Release); 4] = [
    (Some(Release::new(2, 8, 2)), Release::new(3, 9, 2)),
    (Some(Release::new(3, 4, 0)), Release::new(4, 0, 0)),
    (Some(Release::new(4, 0, 0)), Release::new(4, 4, 0)),
    (None, Release::new(4, 4, 0)),
];

fn short(finding: &Finding) -> String {
    let place = finding.line.map_or_else(|| "-".to_owned(), |line| line.to_string());
    let severity = format!("{:?}", finding.severity).to_lowercase();
    let since = finding.since.as_deref().unwrap_or("-");
    let fix = match &finding.fix {
        Some(fix) if fix.safe => " (safe fix)",
        Some(_) => " (fix)",
        None => "",
    };
    format!("{place:>3} {severity:7} {since:6} {} [{}]{fix}", finding.rule, finding.subject)
}

#[test]
fn the_findings_of_the_corpus_are_those_of_its_snapshots() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(corpus::folder());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for (name, text) in corpus::files() {
        let mut lines = String::new();
        for (from, to) in UPGRADES {
            let files = [File::new(&name, &text)];
            let report = check(&request(from, to, &files));
            let start = report.path.from.as_deref().unwrap_or("?");
            let file = report.files.first().unwrap();
            let accepted =
                file.accepted.map_or("no configuration", |yes| if yes { "accepted" } else { "refused" });
            writeln!(lines, "{start} -> {to}: {:?}, {accepted}", report.verdict).unwrap();
            for finding in &report.findings {
                writeln!(lines, "{}", short(finding)).unwrap();
                for spot in finding.spots().skip(1) {
                    let line = spot.line.map_or_else(|| "-".to_owned(), |line| line.to_string());
                    writeln!(lines, "{line:>3}   and here  {} [{}]", spot.rule, spot.subject).unwrap();
                }
            }
            for refusal in &file.refusals {
                writeln!(lines, "    refuses {} at {:?}", refusal.subject, refusal.line).unwrap();
            }
        }
        settings.bind(|| insta::assert_snapshot!(name, lines));
    }
}
