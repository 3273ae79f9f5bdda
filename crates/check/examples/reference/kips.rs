//! A page for each KIP that rules name: what it changes for what somebody runs.

use std::collections::BTreeMap;

use kafka_upgrade_rules::failures::failures;
use kafka_upgrade_rules::notes;

use crate::page::{Folder, escaped, kip};
use crate::rules::{item, item_of_failure};

pub(crate) fn write(folder: &Folder) -> Result<usize, String> {
    // By number. Of several titles the longest is printed. What is found may name each of them.
    let mut kips: BTreeMap<u32, (&str, &str, Vec<String>)> = BTreeMap::new();
    let of_notes = notes().map(|note| (note.references, (!note.silent).then(|| item(note, "../"))));
    let of_failures = failures().map(|failure| (failure.references, Some(item_of_failure(failure, "../"))));
    for (references, item) in of_notes.chain(of_failures) {
        for (title, url) in references {
            let Some(number) = kip(title).and_then(|kip| kip.get(4..)?.parse().ok()) else { continue };
            let entry = kips.entry(number).or_insert((title, url, Vec::new()));
            if title.len() > entry.0.len() {
                entry.0 = title;
            }
            entry.2.extend(item.clone());
        }
    }
    let mut list = String::from("<ul class=\"list\">\n");
    for (number, (title, url, items)) in &kips {
        list += &format!(
            "<li><a href=\"KIP-{number}.html\">{}</a> <small>{}</small></li>\n",
            escaped(title),
            items.len()
        );
        let mut html = format!(
            "<p class=\"line\"><a href=\"{}\" rel=\"noreferrer\">The proposal itself</a></p>\n<h2>What it changes</h2>\n<ul class=\"list\">\n",
            escaped(url)
        );
        html.extend(items.iter().map(String::as_str));
        html += "</ul>\n<p><a class=\"go\" href=\"../../index.html#/\">See what it changes in your files</a></p>\n";
        folder.page(&format!("kips/KIP-{number}.html"), &format!("KIP-{number}"), title, &html)?;
    }
    list += "</ul>\n";
    folder.page("kips/index.html", "KIPs", "Kafka improvement proposals, by what they change", &list)?;
    Ok(kips.len())
}
