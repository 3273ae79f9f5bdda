//! A page for each rule that people wrote and for each failure that is explained. What a page says is what was reported of
//! the rule's own example, so that nothing in it is left open.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::{Finding, Severity};
use kafka_upgrade_rules::failures::{Failure, failures};
use kafka_upgrade_rules::{File, Note, Request, examples, notes};
use kafka_upgrade_session::{check, example};

use crate::page::{Folder, attribute, escaped, path, section, sources, text};

/// The texts shown for a rule: those of its first reported example, otherwise those of the note.
pub(crate) struct Words {
    pub(crate) message: String,
    pub(crate) why: String,
    pub(crate) action: String,
}

/// Notes that are shown, in the order of their ids.
pub(crate) fn shown() -> impl Iterator<Item = &'static Note> {
    notes().filter(|note| !note.silent)
}

/// The texts of every note, worked out once because several pages show them.
static WORDS: LazyLock<BTreeMap<&str, Words>> =
    LazyLock::new(|| shown().map(|note| (note.id, words_of_note(note))).collect());

pub(crate) fn words(note: &Note) -> &'static Words {
    static NOTHING: Words = Words { message: String::new(), why: String::new(), action: String::new() };
    WORDS.get(note.id).unwrap_or(&NOTHING)
}

fn words_of_note(note: &Note) -> Words {
    match example(note.id) {
        Some(finding) => Words { message: finding.message, why: finding.why, action: finding.action },
        None => Words {
            message: note.plain(note.message),
            why: note.plain(note.why),
            action: note.plain(note.action),
        },
    }
}

fn reported(id: &str, to: Release, file: File<'_>) -> Option<Finding> {
    let report = check(&Request::new(to, &[file]));
    report.findings.into_iter().find(|finding| finding.rule == id)
}

/// Class and words of what happens.
pub(crate) fn severity(severity: Severity) -> (&'static str, String) {
    (severity.word(), format!("{} {}", severity.sign(), severity.happens()))
}

/// One line of a list of rules.
pub(crate) fn item(note: &Note, up: &str) -> String {
    let (class, word) = severity(note.severity);
    format!(
        "<li><a href=\"{up}rules/{}.html\">{}</a> <small><span class=\"{class}\">{word}</span> · from {} · <code>{}</code></small></li>\n",
        note.id,
        text(&words(note).message),
        note.since,
        escaped(note.subject)
    )
}

pub(crate) fn write(folder: &Folder) -> Result<usize, String> {
    let mut releases: Vec<Release> = shown().map(|note| note.since).collect();
    releases.sort_unstable();
    releases.dedup();
    let mut list = String::new();
    for release in releases.iter().rev() {
        list += &format!("<h2>From {release}</h2>\n<ul class=\"list\">\n");
        list.extend(shown().filter(|note| note.since == *release).map(|note| item(note, "../")));
        list += "</ul>\n";
    }
    for note in shown() {
        let words = words(note);
        let file = format!("rules/{}.html", note.id);
        folder.page(&file, &words.message.replace('`', ""), &words.message, &body(note, words))?;
    }
    folder.page(
        "rules/index.html",
        "Rules",
        "What breaks or works differently, release by release",
        &list,
    )?;
    Ok(shown().count())
}

fn body(note: &Note, words: &Words) -> String {
    let (class, word) = severity(note.severity);
    let until = note.until.map(|until| format!(" until {until}")).unwrap_or_default();
    let subject = match kafka_upgrade_catalog::components_of(note.subject).next() {
        Some(_) => format!(
            "<a href=\"../keys/{}.html\"><code>{}</code></a>",
            path(note.subject),
            escaped(note.subject)
        ),
        None => format!("<code>{}</code>", escaped(note.subject)),
    };
    let mut html = format!(
        "<p class=\"line\"><span class=\"{class}\">{word}</span> · from <a href=\"../releases/{0}.{1}.html\">{2}</a>{until} · {subject}</p>\n",
        note.since.major, note.since.minor, note.since
    );
    html += &section("What to do", &words.action);
    html += &section("Why", &words.why);
    if let Some(replacement) = note.replacement {
        html += &format!("<p>Replacement: <code>{}</code></p>\n", escaped(replacement));
    }
    html += &format!(
        "<p><a class=\"go\" href=\"../../index.html#/rules/{}\">Open it beside your files</a></p>\n",
        note.id
    );
    for sample in examples(note.id) {
        let reported = if sample.findings > 0 { "Reported" } else { "Not reported" };
        let beside =
            if sample.have.is_empty() { String::new() } else { format!(", with {}", escaped(sample.have)) };
        html += &format!(
            "<h2>{reported} from {}: {}{beside}</h2>\n<pre tabindex=\"0\"><code>{}</code></pre>\n",
            escaped(&sample.path.replace(" -> ", " to ")),
            escaped(sample.file),
            escaped(sample.text)
        );
    }
    html + &sources(note.references) + &format!("<p class=\"id\">Rule <code>{}</code></p>\n", note.id)
}

/// One line of a list of failures on a page that is this many folders below the top.
pub(crate) fn item_of_failure(failure: &Failure, up: &str) -> String {
    let (class, word) = severity(failure.severity);
    format!(
        "<li><a href=\"{up}failures/{}.html\">{}</a> <small><span class=\"{class}\">{word}</span> · <code>{}</code></small></li>\n",
        failure.id,
        text(&words_of(failure).message),
        escaped(&first_line(failure.examples))
    )
}

pub(crate) fn write_failures(folder: &Folder) -> Result<usize, String> {
    let mut list = String::from("<ul class=\"list\">\n");
    for failure in failures() {
        let (class, word) = severity(failure.severity);
        let Words { message, why, action } = words_of(failure);
        let mut html = format!("<p class=\"line\"><span class=\"{class}\">{word}</span></p>\n");
        if let Some(example) = failure.examples.first() {
            html += &format!(
                "<h2>The message</h2>\n<pre tabindex=\"0\"><code>{}</code></pre>\n",
                escaped(example)
            );
        }
        html += &section("Why", &why);
        html += &section("What to do", &action);
        html += &section("What else to paste", &failure.plain(failure.ask));
        html += &sources(failure.references);
        html += &format!(
            "<p><a class=\"go\" href=\"../../index.html#/rules/failure-{}\">Open it beside your files</a></p>\n",
            failure.id
        );
        html += &format!("<p class=\"id\">Rule <code>failure-{}</code></p>\n", failure.id);
        folder.page(&format!("failures/{}.html", failure.id), &attribute(&message), &message, &html)?;
        list += &format!(
            "<li><a href=\"{}.html\">{}</a> <small><code>{}</code></small></li>\n",
            failure.id,
            text(&message),
            escaped(&first_line(failure.examples))
        );
    }
    list += "</ul>\n";
    folder.page("failures/index.html", "Failures", "What a message of a log means", &list)?;
    Ok(failures().count())
}

/// As [`words`], of a failure and its first example that is reported.
fn words_of(failure: &Failure) -> Words {
    let rule = format!("failure-{}", failure.id);
    let to = kafka_upgrade_catalog::newest();
    let of_example = |example| reported(&rule, to, File::new("failure.log", example));
    match failure.examples.iter().copied().find_map(of_example) {
        Some(finding) => Words { message: finding.message, why: finding.why, action: finding.action },
        None => Words {
            message: failure.plain(failure.message),
            why: failure.plain(failure.why),
            action: failure.plain(failure.action),
        },
    }
}

/// The line of an example that states the failure, short enough for a list.
fn first_line(examples: &[&str]) -> String {
    let line = examples.first().and_then(|example| example.lines().find(|line| !line.trim().is_empty()));
    let line = line.unwrap_or_default().trim();
    if line.chars().count() > 120 {
        format!("{}…", line.chars().take(119).collect::<String>())
    } else {
        line.to_owned()
    }
}
