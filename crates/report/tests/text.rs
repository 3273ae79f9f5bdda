//! What a person at a terminal sees: one report, and marks under exact places.

#![expect(clippy::expect_used, reason = "a test may panic")]

use kafka_upgrade_report::{
    Check, CheckOutcome, Confidence, Context, Cover, Detected, Edit, FileReport, Finding, Fix, Matrix, Mode,
    Owner, Path, Place, Plan, Reference, Refusal, Report, SCHEMA, Severity, Source, Summary, Tool, Verdict,
    format,
};

fn finding(path: &str, (line, column): (u32, u32), (end_line, end_column): (u32, u32)) -> Finding {
    Finding {
        rule: "removed-some-key".to_owned(),
        severity: Severity::Error,
        confidence: Confidence::Certain,
        subject: "some.key".to_owned(),
        component: Some("broker".to_owned()),
        since: Some("4.0.0".to_owned()),
        path: Some(path.to_owned()),
        line: Some(line),
        column: Some(column),
        end_line: Some(end_line),
        end_column: Some(end_column),
        bytes: None,
        message: "4.0.0 no longer reads `some.key`.".to_owned(),
        why: String::new(),
        action: String::new(),
        replacement: None,
        fix: None,
        references: Vec::new(),
        places: Vec::new(),
        owner: Owner::Brokers,
        evidence: None,
        hop: None,
    }
}

fn report(findings: Vec<Finding>) -> Report {
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count() as u32;
    Report {
        schema: SCHEMA,
        tool: Tool { version: "0.1.0".to_owned(), catalog_newest: "4.4.0".to_owned() },
        path: Path {
            from: Some("3.9.0".to_owned()),
            to: "4.0.0".to_owned(),
            mode: Some(Mode::Kraft),
            detected: vec![],
        },
        verdict: Verdict::Blocked,
        summary: Summary {
            error: count(Severity::Error),
            warning: count(Severity::Warning),
            info: count(Severity::Info),
            unknown: 0,
        },
        files: vec![FileReport {
            path: "a.properties".to_owned(),
            kind: "broker-properties".to_owned(),
            component: Some("broker".to_owned()),
            accepted: Some(false),
            refusals: vec![],
        }],
        findings,
        errors: Vec::new(),
        matrix: Matrix::default(),
        plan: Plan { possible: true, ..Plan::default() },
        clusters: vec![],
        manual: vec![],
        checks: vec![Check { id: "x".into(), outcome: CheckOutcome::Ran, findings: 1 }],
        secrets: Cover::default(),
    }
}

fn written(report: &Report, text: &str, colour: bool) -> String {
    let sources = [Source { path: "a.properties", text }];
    let format = format("text").expect("the text format");
    format.write(report, &Context { sources: &sources, colour, verbose: true, ..Context::default() })
}

/// As without `--verbose`.
fn short(report: &Report, text: &str) -> String {
    let sources = [Source { path: "a.properties", text }];
    format("text")
        .expect("the text format")
        .write(report, &Context { sources: &sources, ..Context::default() })
}

#[test]
fn a_report_says_what_where_why_and_what_to_do() {
    let mut first = finding("a.properties", (2, 1), (2, 9));
    first.why =
        "It was renamed in 2.8, so that its name says what it holds, and the old name went in 4.0 with \
                 everything else that had been deprecated for a year."
            .to_owned();
    first.action = "Rename the key.".to_owned();
    let edit = Edit { start: 0, end: 8, text: "other.key".to_owned() };
    first.fix =
        Some(Fix { title: "Rename the key to `other.key`".to_owned(), edits: vec![edit], safe: true });
    first.references =
        vec![Reference { title: "KIP-1: A title".to_owned(), url: "https://example.org/1".to_owned() }];
    let mut second = finding("a.properties", (1, 1), (1, 1));
    (second.line, second.column, second.end_line, second.end_column) = (None, None, None, None);
    (second.severity, second.confidence) = (Severity::Info, Confidence::Possible);
    let mut report = report(vec![first, second]);
    report.path.detected = vec![Detected {
        what: "mode".to_owned(),
        value: "kraft".to_owned(),
        because: "`process.roles` is set".to_owned(),
        path: "a.properties".to_owned(),
        line: 1,
    }];
    report.manual = vec!["Java: brokers need Java 17.".to_owned()];
    report.files[0].refusals = vec![
        Refusal { subject: "some.key".to_owned(), line: Some(2), message: "reported above".to_owned() },
        Refusal { subject: "node.id".to_owned(), line: None, message: "`node.id` is missing.".to_owned() },
    ];
    insta::assert_snapshot!(written(&report, "process.roles=broker\nsome.key=1\n", false), @r#"
    error[removed-some-key]: 4.0.0 no longer reads `some.key`.
     --> a.properties:2:1
    2 | some.key=1
      | ^^^^^^^^
      = why: It was renamed in 2.8, so that its name says what it holds, and the old name went in
             4.0 with everything else that had been deprecated for a year.
      = do: Rename the key.
      = fix: Rename the key to `other.key` (`fix` does it)
      = see: KIP-1: A title https://example.org/1

    info[removed-some-key]: 4.0.0 no longer reads `some.key`.
     --> a.properties
      = sure: possibly: the text may mean something else

    Kafka 4.0.0 refuses a.properties as it stands:
      - `node.id` is missing.

    No file can show these; check them by hand:
      - Java: brokers need Java 17.

    Blocked: from 3.9.0 in KRaft mode to 4.0.0. 1 error, 0 warnings, 1 info in 1 file.
      mode kraft: `process.roles` is set (a.properties, line 1)
    "#);
}

/// The quoted line and the line of the mark under it.
fn quoted(text: &str, from: (u32, u32), to: (u32, u32)) -> String {
    let written = written(&report(vec![finding("a.properties", from, to)]), text, false);
    let lines: Vec<&str> = written.lines().skip(2).take_while(|line| line.contains('|')).collect();
    lines.join("\n")
}

fn place(path: &str, line: u32, subject: Option<&str>) -> Place {
    Place {
        path: path.to_owned(),
        line: Some(line),
        column: Some(1),
        end_line: Some(line),
        end_column: Some(2),
        bytes: None,
        rule: None,
        subject: subject.map(str::to_owned),
        message: None,
        edits: vec![],
    }
}

#[test]
fn the_short_form_has_the_worst_first_and_of_each_what_one_acts_on() {
    let mut info = finding("a.properties", (1, 1), (1, 14));
    (info.severity, info.message) = (Severity::Info, "A default changes.".to_owned());
    let mut error = finding("a.properties", (2, 1), (2, 9));
    error.why = "It went.".to_owned();
    error.action = "Rename the key.".to_owned();
    error.fix = Some(Fix { title: "Rename it".to_owned(), edits: vec![], safe: true });
    error.places =
        (3..9).map(|line| place("b.properties", line, (line == 4).then_some("other.key"))).collect();
    let mut report = report(vec![info, error]);
    report.manual = vec!["Java: brokers need Java 17.".to_owned()];
    insta::assert_snapshot!(short(&report, "process.roles=broker\nsome.key=1\n"), @r#"
    error[removed-some-key]: 4.0.0 no longer reads `some.key`.
     --> a.properties:2:1
    2 | some.key=1
      | ^^^^^^^^
      = do: Rename the key. (`fix` does it)
      = also: b.properties:3:1, b.properties:4:1 (other.key), b.properties:5:1, and 3 more

    info[removed-some-key]: A default changes. (a.properties:1:1)

    Blocked: from 3.9.0 in KRaft mode to 4.0.0. 1 error, 0 warnings, 1 info in 1 file.
      `--verbose` adds why and what to check by hand; `explain RULE` has one rule in full.
    "#);
}

#[test]
fn every_place_of_a_cause_is_in_the_full_text_and_in_markdown() {
    let mut error = finding("a.properties", (2, 1), (2, 9));
    error.places = (1..300).map(|line| place("b.properties", line, None)).collect();
    let report = report(vec![error]);
    let full = written(&report, "\nsome.key=1\n", false);
    let markdown = format("markdown").expect("the format").write(&report, &Context::default());
    for line in 1..300 {
        assert!(full.contains(&format!("b.properties:{line}:1")), "{line}");
        assert!(markdown.contains(&format!("b.properties, line {line}\n")), "{line}");
    }
}

#[test]
fn the_mark_is_under_the_exact_place() {
    insta::assert_snapshot!(quoted("a=1\n\tkey\t= välue\r\nb=1", (2, 2), (2, 5)), @r#"
    2 |     key    = välue
      |     ^^^
    "#);
    insta::assert_snapshot!(quoted("a=1\n\tkey\t= välue\r\nb=1", (2, 8), (2, 13)), @r#"
    2 |     key    = välue
      |              ^^^^^
    "#);
    insta::assert_snapshot!(quoted("a=1\rb=2\rc=3", (2, 1), (2, 2)), @r#"
    2 | b=2
      | ^
    "#);
}

#[test]
fn a_place_that_goes_on_in_the_next_line_says_so() {
    insta::assert_snapshot!(quoted("log.dirs=/a,\\\n  /b\n", (1, 1), (2, 5)), @r#"
    1 | log.dirs=/a,\
      | ^^^^^^^^^^^^^…
    "#);
}

#[test]
fn a_long_line_is_cut_around_the_mark() {
    let text = format!("{}key=1{}", "x".repeat(300), "y".repeat(300));
    insta::assert_snapshot!(quoted(&text, (1, 301), (1, 304)), @r#"
    1 | …xxxxxxxxxxxxxxxxxxxxkey=1yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy…
      |                      ^^^
    "#);
    insta::assert_snapshot!(quoted(&text, (1, 1), (1, 301)), @r#"
    1 | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    "#);
}

#[test]
fn an_empty_place_and_one_past_the_end_have_a_mark_of_one() {
    insta::assert_snapshot!(quoted("a=\n", (1, 3), (1, 3)), @r#"
    1 | a=
      |   ^
    "#);
    assert_eq!(quoted("a=\n", (9, 3), (9, 3)), "", "a line that is not there is not quoted");
}

#[test]
fn what_stands_in_a_file_cannot_steer_the_terminal() {
    let mut finding = finding("a.properties", (1, 1), (1, 2));
    finding.message = "value \u{1b}[2J\u{202e}\n".to_owned();
    let written = written(&report(vec![finding]), "a=\u{1b}]0;x\u{7}\n", false);
    assert!(written.chars().all(|sign| sign == '\n' || !sign.is_control()), "{written:?}");
    assert!(!written.contains('\u{202e}'));
}

#[test]
fn colour_changes_no_word() {
    let report = report(vec![finding("a.properties", (1, 1), (1, 2))]);
    let coloured = written(&report, "a=1\n", true);
    let mut plain = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, rest)| rest);
    }
    plain.push_str(rest);
    assert_ne!(coloured, plain);
    assert_eq!(plain, written(&report, "a=1\n", false));
}

#[test]
fn json_reads_back_as_the_same_report() {
    let report = report(vec![finding("a.properties", (1, 1), (1, 2))]);
    let json = format("json").expect("the json format").write(&report, &Context::default());
    assert_eq!(serde_json::from_str::<Report>(&json).ok(), Some(report));
    assert!(json.ends_with("}\n"));
    assert!(json.contains("\"do\": \"\""));
}
