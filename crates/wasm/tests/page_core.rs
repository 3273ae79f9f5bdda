//! The page's core by its messages: the same report as of a check in one go, whatever was sent before.

#![expect(clippy::panic, clippy::unwrap_used, reason = "a test may panic")]

use kafka_upgrade_protocol::{
    Answer, Encoding, File, Job, Question, Reply, Request, STATED, checked, decode, encode, restore,
};
use kafka_upgrade_report::{Context, FORMATS, Report, format};
use kafka_upgrade_session as check;
use kafka_upgrade_wasm::PageCore;

const BROKER: &str = "broker.id=1\nzookeeper.connect=zk:2181\nlog.dirs=/d\nssl.key.password=Hq7-Vb2xW9\n\
                      delegation.token.master.key=Zt4-abcdef\ninter.broker.protocol.version=3.4\n";

fn file(path: &str, text: &str) -> File {
    File { path: path.into(), text: text.into(), component: None, encoding: Encoding::Utf8 }
}

fn job(revision: u32, changed: Vec<File>) -> Job {
    Job { revision, changed, have: vec!["librdkafka 1.9.2".into()], ..Job::default() }
}

fn last(core: &mut PageCore) -> (u32, Report, Vec<String>) {
    while core.is_busy() {
        if let Some(reply) = core.step() {
            let Ok(Reply::Checked { revision, report, ranges, known }) = decode(&reply) else {
                panic!("no report")
            };
            let mut report = (*report).clone();
            restore(&mut report, ranges);
            return (revision, report, known);
        }
    }
    panic!("nothing was checked")
}

fn at_once(files: &[(&str, &str)]) -> Report {
    let files: Vec<_> = files.iter().map(|(path, text)| check::File::new(path, text)).collect();
    check::check(&check::Request {
        have: &["librdkafka 1.9.2"],
        ..check::Request::new(kafka_upgrade_catalog::newest(), &files)
    })
}

fn json(report: &Report) -> String {
    format("json").unwrap().write(report, &Context { with_secrets: true, ..Context::default() })
}

#[test]
fn what_crosses_is_the_report_of_a_check_in_one_go() {
    let mut core = PageCore::default();
    core.receive(&encode(&Request::Check(job(7, vec![file("b", BROKER), file("a", "a=1\n")])))).unwrap();
    let (revision, report, known) = last(&mut core);
    assert_eq!(revision, 7);
    let mut expected = at_once(&[("a", "a=1\n"), ("b", BROKER)]);
    // Actions are for programs; the shell does not show them.
    expected.plan.steps.iter_mut().for_each(|step| step.actions.clear());
    assert!(!expected.plan.steps.is_empty(), "a report without a plan proves nothing about plans");
    assert_eq!(json(&report), json(&expected));
    assert_eq!(report.findings, expected.findings, "what JSON leaves out is lost");
    for name in ["delegation.token.master.key", "removed-delegation-token-master-key"] {
        assert!(known.contains(&name.to_owned()), "{known:?}");
    }
    assert!(known.is_sorted(), "{known:?}");
    let stated = report.matrix.rows.iter().filter_map(|row| row.path.as_deref());
    assert!(stated.clone().any(|path| path == STATED), "what was stated goes by another name");
}

#[test]
fn a_report_in_which_nothing_changes_is_the_same_bytes_but_for_its_revision() {
    let mut core = PageCore::default();
    // A plan with drafts has the text in it.
    let kraft = "process.roles=broker\nnode.id=4\ncontroller.quorum.voters=1@c:9093\n";
    let mut bytes = |revision, more: &str| {
        let text = format!("{kraft}{more}\n");
        core.receive(&encode(&Request::Check(job(revision, vec![file("b", &text)])))).unwrap();
        std::iter::repeat_with(|| core.step()).flatten().next().unwrap()
    };
    let (one, two, three) = (bytes(1, "# a"), bytes(300, "# b"), bytes(301, "delegation.token.master.key=x"));
    let (first, same) = checked(&one).unwrap();
    let (second, again) = checked(&two).unwrap();
    assert_eq!((first, second), (1, 300));
    assert!(again == same && checked(&three).unwrap().1 != same);
    // Nothing else is taken for a report.
    assert_eq!(checked(&core.facts()), None);
    assert_eq!(checked(&core.progress()), None);
}

#[test]
fn several_clusters_cross_with_a_plan_each() {
    let zookeeper = "broker.id=1\nzookeeper.connect=z:2181\ninter.broker.protocol.version=3.4\nlog.dirs=/d\n";
    let compose = "services:\n  kafka:\n    image: apache/kafka:3.9.0\n    environment:\n      KAFKA_NODE_ID: 1\n      \
                   KAFKA_PROCESS_ROLES: broker,controller\n";
    let mut core = PageCore::default();
    let files = vec![file("compose.yaml", compose), file("server.properties", zookeeper)];
    core.receive(&encode(&Request::Check(job(1, files)))).unwrap();
    let (_, report, _) = last(&mut core);
    assert_eq!(report.clusters.len(), 2, "two clusters are taken for one");
    for cluster in &report.clusters {
        assert!(!cluster.plan.steps.is_empty(), "{} has no plan", cluster.name);
        assert!(cluster.plan.steps.iter().all(|step| step.actions.is_empty() && !step.title.is_empty()));
    }
}

#[test]
fn a_newer_job_supersedes_the_running_one_and_removed_files_are_gone() {
    let mut core = PageCore::default();
    core.receive(&encode(&Request::Check(job(1, vec![file("a", BROKER), file("b", BROKER)])))).unwrap();
    assert!(core.step().is_none() && core.is_busy());
    let next = Job { remove: vec!["a".into()], ..job(2, Vec::new()) };
    core.receive(&encode(&Request::Check(next))).unwrap();
    let (revision, report, _) = last(&mut core);
    assert_eq!(revision, 2);
    let mut expected = at_once(&[("b", BROKER)]);
    expected.plan.steps.iter_mut().for_each(|step| step.actions.clear());
    assert_eq!(json(&report), json(&expected));
    assert!(!core.is_busy() && core.step().is_none());
}

#[test]
fn what_is_written_for_the_reader_has_no_secret() {
    let mut core = PageCore::default();
    core.receive(&encode(&Request::Check(job(1, vec![file("a", BROKER)])))).unwrap();
    last(&mut core);
    let fields = ["4.0.2", "", "", "", "a", "", "", BROKER];
    let question = Question::TakeAlong { ticked: Vec::new(), texts: fields.map(str::to_owned).to_vec() };
    let reply = core.receive(&encode(&Request::Ask(3, question))).unwrap().unwrap();
    let Ok(Reply::Answer(3, Answer::TakeAlong { formats, texts, secrets })) = decode(&reply) else {
        panic!("another answer")
    };
    assert_eq!((formats.len(), texts.len(), secrets), (FORMATS.len(), 8, 2));
    let shared = texts.iter().rev().map(String::as_str).map(|text| ("the text to share", text));
    for (name, text) in formats.iter().map(|one| (one.name.as_str(), one.text.as_str())).chain(shared.take(1))
    {
        // The command's text quotes the lines that it is about.
        assert_eq!(text.contains(" | delegation.token.master.key=**"), name == "text", "{name}: {text}");
        assert!(text.contains("delegation.token.master.key"), "{name}");
        assert!(!text.contains("Hq7-Vb2xW9") && !text.contains("Zt4-abcdef"), "{name} has a secret");
    }
}

#[test]
fn nothing_is_taken_along_before_the_secrets_are_known() {
    let mut core = PageCore::default();
    let question = Question::TakeAlong { ticked: Vec::new(), texts: vec![BROKER.into()] };
    let reply = core.receive(&encode(&Request::Ask(1, question))).unwrap().unwrap();
    let nothing = Answer::TakeAlong { formats: Vec::new(), texts: Vec::new(), secrets: 0 };
    assert_eq!(decode(&reply), Ok(Reply::Answer(1, nothing)));
}

#[test]
fn bytes_that_are_no_message_are_an_error_and_nothing_else() {
    let mut core = PageCore::default();
    for bytes in [&b""[..], b"\xff\xff\xff\xff\xff\xff", b"\x01\x09", b"\x02\x00"] {
        assert!(core.receive(bytes).is_err(), "{bytes:?}");
    }
    assert!(!core.is_busy());
}
