//! The report as one HTML file, to be kept, sent and printed: verdict, matrix, findings, and the plan as a runbook with
//! boxes to tick.
//!
//! Invariants: the file loads nothing and runs nothing, and its policy says so; every text of the report is text, never
//! markup, but for the code between backticks; no line of a file is quoted outside of drafts.

mod findings;
mod matrix;
mod plan;

use crate::spans::pieces;
use crate::text::shown;
use crate::{CheckOutcome, Context, Detected, Format, Report, Verdict};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "html",
    about: "one file to read, print and tick off",
    extension: "html",
    media: "text/html",
    quotes: false,
    writes,
};

/// The only style; the policy names it by its checksum.
const STYLE: &str = include_str!("html/style.css");

/// SHA-256 of [`STYLE`] in base 64.
const STYLE_SUM: &str = "afyeqW1jk5CILP5YuS6jqWlun8v9kZ1t2f+zrvH2aJ8=";

fn writes(report: &Report, context: &Context<'_>) -> String {
    let (tone, verdict) = verdict(report);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'sha256-{STYLE_SUM}'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>"
    );
    text(&mut out, &format!("{verdict} {} - Kafka Upgrade Check", report.path.to));
    out += "</title>\n<style>";
    out += STYLE;
    out += "</style>\n</head>\n<body>\n<main>\n";
    head(&mut out, report, context, (tone, verdict));
    matrix::write(&mut out, report);
    findings::write(&mut out, report);
    if report.clusters.is_empty() {
        plan::write(&mut out, report, &report.plan, context.ticked);
    }
    for cluster in &report.clusters {
        out += "<h2>Cluster ";
        text(&mut out, &cluster.name);
        out += "</h2>\n";
        paragraph(&mut out, "", &cluster.sentence(&report.path.to));
        paragraph(&mut out, "Its files: ", &format!("{}.", cluster.files.join(", ")));
        plan::write(&mut out, report, &cluster.plan, context.ticked);
    }
    if !report.manual.is_empty() {
        out += "<h2>Check by hand</h2>\n<p>No file can show these.</p>\n<ul>\n";
        for sentence in &report.manual {
            out += "<li>";
            tick(&mut out, false, |out| text(out, sentence));
            out += "</li>\n";
        }
        out += "</ul>\n";
    }
    let ran = report.checks.iter().filter(|check| check.outcome == CheckOutcome::Ran).count();
    out += "</main>\n<footer>\n<p class=\"faint\">";
    let (version, newest) = (&report.tool.version, &report.tool.catalog_newest);
    let ran = count(ran, "check", "checks");
    text(
        &mut out,
        &format!("{ran} ran. Written by Kafka Upgrade Check {version}; it knows Kafka up to {newest}."),
    );
    out += "</p>\n</footer>\n</body>\n</html>\n";
    out
}

fn head(out: &mut String, report: &Report, context: &Context<'_>, (tone, verdict): (&str, &str)) {
    let path = &report.path;
    let from = path.from.as_deref().unwrap_or("an unknown release");
    let mode = path.mode.map_or(String::new(), |mode| format!(" on {}", mode.title()));
    *out += "<p class=\"faint\">";
    text(out, &format!("Kafka {from}{mode} to {}, {}", path.to, count(report.files.len(), "file", "files")));
    *out += &format!("</p>\n<h1><span class=\"{tone}\">");
    text(out, &format!("{verdict} {}", path.to));
    *out += "</span></h1>\n<p>";
    let summary = report.summary;
    let found = [
        (summary.error, "breaks", "break"),
        (summary.warning, "works differently", "work differently"),
        (summary.info, "note", "notes"),
    ];
    let found = found.iter().filter(|(number, ..)| *number > 0);
    let found: Vec<_> = found.map(|(number, one, many)| count(*number as usize, one, many)).collect();
    *out +=
        &if found.is_empty() { "Nothing was found.".to_owned() } else { format!("{}.", found.join(", ")) };
    *out += "</p>\n";
    if !path.detected.is_empty() {
        *out += "<ul class=\"plain faint\">\n";
        // Many brokers show the same.
        let alike = |one: &Detected, next: &Detected| one.what == next.what && one.value == next.value;
        for seen in path.detected.chunk_by(alike) {
            let Some(first) = seen.first() else { continue };
            let more = if seen.len() > 1 { format!(", and {} more", seen.len() - 1) } else { String::new() };
            let (because, place, line) = (&first.because, &first.path, first.line);
            *out += "<li>";
            text(out, &format!("{} {}: {because} ({place}, line {line}{more})", first.what, first.value));
            *out += "</li>\n";
        }
        *out += "</ul>\n";
    }
    if context.covered > 0 {
        let values = count(context.covered, "secret is", "secrets are");
        *out +=
            &format!("<p class=\"faint\">{values} covered with stars, here and in the drafted files.</p>\n");
    }
}

/// Class and words of the verdict, to stand before the release.
const fn verdict(report: &Report) -> (&'static str, &'static str) {
    let class = match report.verdict {
        Verdict::Blocked => "error",
        Verdict::ActionNeeded | Verdict::Unknown => "warning",
        Verdict::Review | Verdict::Ready => "ok",
    };
    (class, report.verdict.before_target())
}

/// A box and what it is about.
fn tick(out: &mut String, done: bool, label: impl FnOnce(&mut String)) {
    *out += "<label class=\"tick\"><input type=\"checkbox\"";
    *out += if done { " checked" } else { "" };
    *out += "><span>";
    label(out);
    *out += "</span></label>";
}

/// A paragraph with a word before its text; nothing where there is no text.
fn paragraph(out: &mut String, before: &str, words: &str) {
    if !words.is_empty() {
        *out += "<p>";
        *out += before;
        text(out, words);
        *out += "</p>\n";
    }
}

/// One line of text; what stands between backticks is code.
fn text(out: &mut String, words: &str) {
    for piece in pieces(words) {
        let (start, end) = if piece.code { ("<code>", "</code>") } else { ("", "") };
        *out += start;
        escaped(out, &piece.text);
        *out += end;
    }
}

/// A block of code, its line breaks kept.
fn block(out: &mut String, code: &str) {
    *out += "<pre><code>";
    for line in code.lines() {
        escaped(out, line);
        out.push('\n');
    }
    *out += "</code></pre>\n";
}

/// Text, or the value of an attribute between double quotes.
fn escaped(out: &mut String, text: &str) {
    for sign in text.chars() {
        match sign {
            '&' => *out += "&amp;",
            '<' => *out += "&lt;",
            '>' => *out += "&gt;",
            '"' => *out += "&quot;",
            '\t' => out.push(sign),
            sign => out.push(shown(sign)),
        }
    }
}

/// A number with its noun.
fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
