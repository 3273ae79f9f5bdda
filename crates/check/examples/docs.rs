//! A page for each rule, made of its note: `cargo xtask docs` writes them beside the built page, whose own screen of
//! the rule each links to. Not committed: the notes are.

#![allow(clippy::print_stdout, reason = "a developer reads it on a terminal")]

use std::fs;
use std::path::{Path, PathBuf};

use kafka_upgrade_rules::{Note, examples, notes};

fn main() -> Result<(), String> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("into which folder?")?);
    let failed = |path: &Path, error: std::io::Error| format!("{}: {error}", path.display());
    fs::create_dir_all(&folder).map_err(|error| failed(&folder, error))?;
    let mut list = String::from("<ul>\n");
    let mut count = 0;
    for note in notes().filter(|note| !note.silent) {
        let file = folder.join(format!("{}.html", note.id));
        let html = page(note.id, &body(note), "../");
        fs::write(&file, html).map_err(|error| failed(&file, error))?;
        let (id, message) = (note.id, escaped(&note.plain(note.message)));
        list.push_str(&format!("<li><a href=\"{id}.html\"><code>{id}</code></a> {message}</li>\n"));
        count += 1;
    }
    list.push_str("</ul>\n");
    let index = folder.join("index.html");
    fs::write(&index, page("Rules", &list, "../")).map_err(|error| failed(&index, error))?;
    println!("{count} rules are in {}", folder.display());
    Ok(())
}

fn body(note: &Note) -> String {
    let mut html = format!(
        "<p>From {} on. Severity: {}.</p>\n",
        note.since,
        format!("{:?}", note.severity).to_lowercase()
    );
    for (name, text) in [("What", note.message), ("Why", note.why), ("What to do", note.action)] {
        if !text.is_empty() {
            html.push_str(&format!("<h2>{name}</h2>\n<p>{}</p>\n", escaped(&note.plain(text))));
        }
    }
    if let Some(replacement) = note.replacement {
        html.push_str(&format!("<p>Replacement: <code>{}</code></p>\n", escaped(replacement)));
    }
    for sample in examples(note.id) {
        let findings = match sample.findings {
            0 => "nothing to find".to_owned(),
            1 => "1 finding".to_owned(),
            many => format!("{many} findings"),
        };
        html.push_str(&format!(
            "<h2>{}, {}: {findings}</h2>\n<pre>{}</pre>\n",
            escaped(sample.path),
            escaped(sample.file),
            escaped(sample.text)
        ));
    }
    if !note.references.is_empty() {
        html.push_str("<h2>Sources</h2>\n<ul>\n");
        for (title, url) in note.references {
            html.push_str(&format!("<li><a href=\"{}\">{}</a></li>\n", escaped(url), escaped(title)));
        }
        html.push_str("</ul>\n");
    }
    html.push_str(&format!(
        "<p><a href=\"../index.html#/rules/{}\">Open it in Kafka Upgrade Check</a></p>\n",
        note.id
    ));
    html
}

fn page(title: &str, body: &str, home: &str) -> String {
    let title = escaped(title);
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n\
         <title>{title} - Kafka Upgrade Check</title>\n\
         <p><a href=\"{home}index.html\">Kafka Upgrade Check</a> / <a href=\"index.html\">Rules</a></p>\n\
         <h1>{title}</h1>\n{body}</html>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
