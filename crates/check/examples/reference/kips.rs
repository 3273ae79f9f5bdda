//! A page for each KIP that rules name: what it changes for what somebody runs.

use std::collections::BTreeMap;

use kafka_upgrade_rules::Note;

use crate::page::{Folder, escaped, kip};
use crate::rules::{item, shown};

pub(crate) fn write(folder: &Folder) -> Result<usize, String> {
    // By its number; the longest title is the one that is written out.
    let mut kips: BTreeMap<u32, (&str, &str, Vec<&Note>)> = BTreeMap::new();
    for note in shown() {
        for (title, url) in note.references {
            let Some(number) = kip(title).and_then(|kip| kip.get(4..)?.parse().ok()) else { continue };
            let entry = kips.entry(number).or_insert((title, url, Vec::new()));
            if title.len() > entry.0.len() {
                entry.0 = title;
            }
            entry.2.push(note);
        }
    }
    let mut list = String::from("<ul class=\"list\">\n");
    for (number, (title, url, notes)) in &kips {
        list += &format!(
            "<li><a href=\"KIP-{number}.html\">{}</a> <small>{}</small></li>\n",
            escaped(title),
            notes.len()
        );
        let mut html = format!(
            "<p class=\"line\"><a href=\"{}\" rel=\"noreferrer\">The proposal itself</a></p>\n<h2>What it changes</h2>\n<ul class=\"list\">\n",
            escaped(url)
        );
        html.extend(notes.iter().map(|note| item(note, "../")));
        html += "</ul>\n";
        folder.page(&format!("kips/KIP-{number}.html"), &format!("KIP-{number}"), title, &html)?;
    }
    list += "</ul>\n";
    folder.page("kips/index.html", "KIPs", "Kafka improvement proposals, by what they change", &list)?;
    Ok(kips.len())
}
