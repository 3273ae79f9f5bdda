//! What the corpus gives, in short, kept beside its files: a change of any rule shows here.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::Units;
use kafka_upgrade_report::Finding;
use kafka_upgrade_session::{File, Request, check};

/// The ways that most readers come.
const WAYS: [(Option<Release>, Release); 4] = [
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
fn the_corpus_gives_what_its_snapshots_say() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(&corpus);
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    let mut paths: Vec<_> = fs::read_dir(&corpus).unwrap().map(|file| file.unwrap().path()).collect();
    paths.retain(|path| !path.to_string_lossy().contains(".snap"));
    paths.sort();
    for path in paths {
        let (name, text) = (path.file_name().unwrap().to_str().unwrap(), fs::read_to_string(&path).unwrap());
        let mut told = String::new();
        for (from, to) in WAYS {
            let files = [File::new(name, &text)];
            let units = Units::Characters;
            let report = check(&Request {
                from,
                to,
                mode: None,
                platform: None,
                component: None,
                files: &files,
                have: &[],
                units,
            });
            let start = report.path.from.as_deref().unwrap_or("?");
            let file = report.files.first().unwrap();
            let accepted =
                file.accepted.map_or("no configuration", |yes| if yes { "accepted" } else { "refused" });
            writeln!(told, "{start} -> {to}: {:?}, {accepted}", report.verdict).unwrap();
            for finding in &report.findings {
                writeln!(told, "{}", short(finding)).unwrap();
                for spot in finding.spots().skip(1) {
                    let line = spot.line.map_or_else(|| "-".to_owned(), |line| line.to_string());
                    writeln!(told, "{line:>3}   and here  {} [{}]", spot.rule, spot.subject).unwrap();
                }
            }
            for refusal in &file.refusals {
                writeln!(told, "    refuses {} at {:?}", refusal.subject, refusal.line).unwrap();
            }
        }
        settings.bind(|| insta::assert_snapshot!(name, told));
    }
}
