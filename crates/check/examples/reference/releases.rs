//! A page for each minor release, and one for each pair of releases that somebody upgrades between: what changes, to be
//! ticked off on paper or in the page.

use std::collections::BTreeMap;

use kafka_upgrade_catalog::{self as catalog, Change, Component, Release};
use kafka_upgrade_rules::key_words::became;

use crate::page::{Folder, escaped, path};
use crate::rules::{self, shown};

/// The first release that gets comparisons; nobody upgrades to an older one any more.
const TARGETS: (u8, u8) = (3, 9);

pub(crate) fn write(folder: &Folder) -> Result<(usize, usize), String> {
    let minors: Vec<Release> = catalog::minors().collect();
    let mut list = String::from("<ul class=\"list\">\n");
    for (at, release) in minors.iter().enumerate().rev() {
        let name = name(*release);
        let date = catalog::date(*release).unwrap_or_default();
        list += &format!(
            "<li><a href=\"{name}.html\">Kafka {name}</a> <small>newest patch {release} {date}</small></li>\n"
        );
        let mut html = format!(
            "<p class=\"line\">Newest patch {release}, {date} · brokers need Java {} · clients need Java {}</p>\n",
            catalog::java_of_servers(*release),
            catalog::java_of_clients(*release)
        );
        if let Some(before) = at.checked_sub(1).and_then(|at| minors.get(at)) {
            html += &format!(
                "<p>What it changes after {}:</p>\n{}",
                self::name(*before),
                beside(*before, *release)
            );
            html += &changes(*before, *release, false);
        }
        folder.page(
            &format!("releases/{name}.html"),
            &format!("Kafka {name}"),
            &format!("What Kafka {name} brings and takes"),
            &html,
        )?;
    }
    list += "</ul>\n";
    folder.page("releases/index.html", "Releases", "Kafka's releases", &list)?;
    Ok((minors.len(), pairs(folder, &minors)?))
}

fn pairs(folder: &Folder, minors: &[Release]) -> Result<usize, String> {
    let mut list = String::new();
    let mut count = 0;
    for to in minors.iter().rev().filter(|to| (to.major, to.minor) >= TARGETS) {
        list += &format!("<h2>To {}</h2>\n<ul class=\"keys\">\n", name(*to));
        for from in minors.iter().rev().filter(|from| *from < to) {
            let title = format!("Kafka {} to {}", name(*from), name(*to));
            let file = format!("{}-to-{}.html", name(*from), name(*to));
            let intro = format!(
                "<p class=\"line\">From {from} to {to}. Boxes here are for paper and for as long as this page is open.</p>\n{}",
                beside(*from, *to)
            );
            let body = intro + &changes(*from, *to, true);
            folder.page(
                &format!("compare/{file}"),
                &title,
                &format!("What changes from Kafka {} to {}", name(*from), name(*to)),
                &body,
            )?;
            list += &format!("<li><a href=\"{file}\">from {}</a></li>\n", name(*from));
            count += 1;
        }
        list += "</ul>\n";
    }
    folder.page("compare/index.html", "Compare", "What changes from one release to another", &list)?;
    Ok(count)
}

/// A link to the same comparison on the page, which remembers what is ticked.
fn beside(from: Release, to: Release) -> String {
    format!(
        "<p><a class=\"go\" href=\"../../index.html#/compare/{}/{}\">Tick it off in the page, at an address of its own, where ticks can be kept</a></p>\n",
        name(from),
        name(to)
    )
}

/// Rules that the upgrade crosses, then keys; with checkboxes where the list is worked through.
fn changes(from: Release, to: Release, boxes: bool) -> String {
    let tick = if boxes { "<input type=\"checkbox\" aria-label=\"looked at\"> " } else { "" };
    let ticked = |item: String| item.replacen("<li>", &format!("<li>{tick}"), 1);
    let mut html = String::new();
    let crossed: Vec<_> = shown().filter(|note| note.is_crossed(from, to)).collect();
    for severity in kafka_upgrade_report::Severity::ALL {
        let of: Vec<_> = crossed.iter().filter(|note| note.severity == severity).collect();
        if !of.is_empty() {
            let (class, word) = rules::severity(severity);
            html += &format!("<h2 class=\"{class}\">{word}</h2>\n<ul class=\"list\">\n");
            // The heading says what happens already.
            let said = format!("<span class=\"{class}\">{word}</span> · ");
            html.extend(of.into_iter().map(|note| ticked(rules::item(note, "../").replacen(&said, "", 1))));
            html += "</ul>\n";
        }
    }
    let mut by_component: BTreeMap<Component, Vec<Change>> = BTreeMap::new();
    for component in catalog::components() {
        let changes: Vec<_> = catalog::changes(component, from, to).collect();
        if !changes.is_empty() {
            by_component.insert(component, changes);
        }
    }
    for (component, changes) in by_component {
        html += &format!("<h2>Keys: {}</h2>\n<ul class=\"list\">\n", component.name());
        // New keys break nothing, so they come last.
        let (new, other): (Vec<_>, Vec<_>) = changes.into_iter().partition(|change| change.before.is_none());
        for change in other {
            html += &format!("<li>{tick}{} {}</li>\n", key(change.key), escaped(&became(&change)));
        }
        if !new.is_empty() {
            let new: Vec<String> = new.iter().map(|change| key(change.key)).collect();
            html += &format!("<li>New: {}</li>\n", new.join(", "));
        }
        html += "</ul>\n";
    }
    html
}

fn key(name: &str) -> String {
    format!("<a href=\"../keys/{}.html\"><code>{}</code></a>", path(name), escaped(name))
}

/// `4.0`.
fn name(release: Release) -> String {
    format!("{}.{}", release.major, release.minor)
}
