//! The `.properties` reader beside two others: `java.util.Properties`, as recorded in `properties/*.txt` by
//! `properties/Record.java`, and the `java-properties` crate, whose known differences are listed in
//! `properties/peer-differences.txt`.

#![expect(clippy::expect_used, clippy::panic, reason = "a test may panic")]

use std::collections::BTreeMap;

use kafka_upgrade_document::Encoding;
use kafka_upgrade_syntax::properties::{self, edit, tokens};

const RECORDED: [&str; 2] = [include_str!("properties/cases.txt"), include_str!("properties/generated.txt")];
const DIFFERENCES: &str = include_str!("properties/peer-differences.txt");

/// Keys and values; `None` when the text is refused.
type Answer = Option<BTreeMap<String, String>>;

/// A text and what Java read, in UTF-16 as it has it, with lone halves of surrogate pairs as U+FFFD.
struct Case {
    written: &'static str,
    text: String,
    java: Answer,
}

fn unescape(written: &str) -> String {
    if written == "^e" {
        return String::new();
    }
    let mut result = String::new();
    let mut rest = written.chars();
    while let Some(sign) = rest.next() {
        if sign != '^' {
            result.push(sign);
            continue;
        }
        match rest.next().expect("an escape goes on") {
            'n' => result.push('\n'),
            'r' => result.push('\r'),
            't' => result.push('\t'),
            'f' => result.push('\u{c}'),
            's' => result.push(' '),
            '^' => result.push('^'),
            '{' => {
                let code: String = rest.by_ref().take_while(|digit| *digit != '}').collect();
                let code = u32::from_str_radix(&code, 16).expect("hexadecimal");
                result.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            other => panic!("{written}: ^{other}"),
        }
    }
    result
}

fn cases() -> Vec<Case> {
    let lines = RECORDED.iter().flat_map(|table| table.lines());
    lines
        .filter(|line| !line.is_empty() && !line.starts_with("## "))
        .map(|line| {
            let (written, answer) = line.split_once(" => ").expect("a text and its answer");
            let java = match answer {
                "refused" => None,
                "nothing" => Some(BTreeMap::new()),
                pairs => {
                    let pair = |pair: &str| {
                        let (key, value) = pair.split_once(" = ").expect("a key and its value");
                        (unescape(key), unescape(value))
                    };
                    Some(pairs.split(" , ").map(pair).collect())
                }
            };
            Case { written, text: unescape(written), java }
        })
        .collect()
}

fn ours(text: &str) -> Answer {
    let (settings, problems) = properties::read(text, Encoding::Utf8);
    if problems.iter().any(|problem| problem.fatal) {
        return None;
    }
    let effective = settings.into_iter().filter(|setting| setting.effective);
    Some(effective.map(|setting| (setting.key, setting.value)).collect())
}

fn peer(text: &str) -> Answer {
    java_properties::read(text.as_bytes()).ok().map(|map| map.into_iter().collect())
}

#[test]
fn every_text_reads_as_java_read_it() {
    let cases = cases();
    assert!(cases.len() >= 500, "{} texts", cases.len());
    let wrong: Vec<String> = cases
        .iter()
        .filter(|case| ours(&case.text) != case.java)
        .map(|case| format!("{}\n  java {:?}\n  ours {:?}", case.written, case.java, ours(&case.text)))
        .collect();
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn the_peer_differs_from_java_only_where_it_is_listed_and_still_does() {
    let mut listed = BTreeMap::new();
    let mut reason = "";
    for line in DIFFERENCES.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            reason = heading;
        } else if !line.is_empty() {
            assert!(!reason.is_empty(), "a difference needs a reason: {line}");
            assert!(listed.insert(line, reason).is_none(), "listed twice: {line}");
        }
    }
    let mut unlisted = Vec::new();
    for case in cases() {
        let differs = peer(&case.text) != case.java;
        match (differs, listed.remove(case.written)) {
            (true, None) => unlisted.push(case.written),
            (false, Some(reason)) => panic!("no longer differs: {} ({reason})", case.written),
            _ => {}
        }
    }
    assert!(unlisted.is_empty(), "differences that are not listed:\n{}", unlisted.join("\n"));
    assert!(listed.is_empty(), "listed, but in no table: {listed:?}");
}

#[test]
fn joined_tokens_give_every_text_back() {
    for case in cases() {
        let joined: String = tokens(&case.text).iter().map(|token| token.span.of(&case.text)).collect();
        assert_eq!(joined, case.text, "{}", case.written);
    }
}

#[test]
fn joined_tokens_give_every_file_of_the_corpus_back() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/corpus");
    let mut files = 0;
    for entry in std::fs::read_dir(corpus).expect("the corpus is there") {
        let text = std::fs::read_to_string(entry.expect("an entry").path()).expect("a text");
        let joined: String = tokens(&text).iter().map(|token| token.span.of(&text)).collect();
        assert_eq!(joined, text);
        files += 1;
    }
    assert!(files > 0);
}

#[test]
fn spans_of_problems_and_settings_lie_in_the_text() {
    for case in cases() {
        let (settings, problems) = properties::read(&case.text, Encoding::Utf8);
        let spans = settings.iter().flat_map(|setting| [setting.span, setting.key_span, setting.value_span]);
        for span in spans.chain(problems.iter().map(|problem| problem.span)) {
            assert!(
                case.text.get(span.start as usize..span.end as usize).is_some(),
                "{} {span:?}",
                case.written
            );
        }
    }
}

/// What a text reads as, as a list with duplicates.
fn entries(text: &str) -> Vec<(String, String)> {
    let (settings, _) = properties::read(text, Encoding::Utf8);
    settings.into_iter().map(|setting| (setting.key, setting.value)).collect()
}

#[test]
fn an_edit_changes_its_entry_and_no_other() {
    for case in cases().into_iter().filter(|case| case.java.is_some()) {
        let before = entries(&case.text);
        let (settings, _) = properties::read(&case.text, Encoding::Utf8);
        for (at, setting) in settings.iter().enumerate() {
            let mut removed = before.clone();
            removed.remove(at);
            let text = edit::apply(&case.text, &[edit::remove_entry(&case.text, setting)]);
            assert_eq!(entries(&text), removed, "{}: without entry {at}: {text:?}", case.written);

            let mut renamed = before.clone();
            renamed[at].0 = "#new =:key\u{e9}".to_owned();
            let text = edit::apply(&case.text, &[edit::rename_key(setting, &renamed[at].0)]);
            assert_eq!(entries(&text), renamed, "{}: key {at}: {text:?}", case.written);

            for value in ["", "= : #\\ \t\u{1f600}", "x\ny "] {
                let mut replaced = before.clone();
                replaced[at].1 = value.to_owned();
                let text = edit::apply(&case.text, &[edit::replace_value(setting, value)]);
                assert_eq!(entries(&text), replaced, "{}: value {at}: {text:?}", case.written);
            }
        }
    }
}

#[test]
fn an_entry_can_be_appended_to_any_text() {
    for case in cases().into_iter().filter(|case| case.java.is_some()) {
        let mut expected = entries(&case.text);
        // A backslash that ends the text alone is an empty entry only as long as nothing follows it.
        let last_line = case.text.trim_end_matches(['\n', '\r']).rsplit(['\n', '\r']).next();
        if last_line.is_some_and(|line| line.trim() == "\\") {
            expected.pop_if(|entry| *entry == (String::new(), String::new()));
        }
        expected.push(("!k".to_owned(), " v\\".to_owned()));
        let text = edit::apply(&case.text, &[edit::append_entry(&case.text, "!k", " v\\")]);
        assert_eq!(entries(&text), expected, "{}: {text:?}", case.written);
    }
}
