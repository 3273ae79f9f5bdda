//! The static reference as it is shipped: every link leads somewhere, nothing is left open, and it is read on a phone and
//! on paper. `cargo xtask build` has to have written it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use acceptance::browser::{Page, Scheme};
use xtask::site::Site;

fn pages() -> (PathBuf, Vec<PathBuf>) {
    let top = xtask::dist().join("reference");
    assert!(top.join("index.html").is_file(), "the reference is not written; `cargo xtask build` does it");
    let mut pages = Vec::new();
    let mut folders = vec![top.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension().and_then(|one| one.to_str()) {
                _ if path.is_dir() => folders.push(path),
                Some("html") => pages.push(path),
                _ => {}
            }
        }
    }
    (top, pages)
}

/// The addresses that a page leads to.
fn links(html: &str) -> impl Iterator<Item = &str> {
    html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next())
}

#[test]
fn every_link_of_the_reference_leads_to_a_page_and_no_text_is_left_open() {
    let (top, pages) = pages();
    assert!(pages.len() > 1_400, "{} pages", pages.len());
    let there: BTreeSet<&Path> = pages.iter().map(PathBuf::as_path).collect();
    let mut titles = BTreeSet::new();
    for page in &pages {
        let html = fs::read_to_string(page).unwrap();
        let name = page.strip_prefix(&top).unwrap().display().to_string();
        for link in links(&html) {
            if link.starts_with("https://") || link.contains("index.html#/") || link.ends_with(".css") {
                continue;
            }
            let mut target = page.parent().unwrap().to_path_buf();
            for part in link.split('/') {
                match part {
                    ".." => drop(target.pop()),
                    part => target.push(part),
                }
            }
            let is_app = target == top.parent().unwrap().join("index.html");
            assert!(is_app || there.contains(target.as_path()), "{name} leads to {link}");
        }
        let title = html.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap();
        assert!(!title.trim_start_matches(' ').starts_with('·'), "{name} has no title");
        titles.insert(title.to_owned());
        assert!(!html.contains("<script") && !html.contains(" style="), "{name}");
        let (before_code, _) = html.split_once("<pre").unwrap_or((&html, ""));
        // Every page leads into the page at the place that is its own.
        let into = match name.split_once('/') {
            _ if name.ends_with("index.html") => "index.html\"",
            Some(("rules" | "failures", _)) => "index.html#/rules/",
            Some(("keys", _)) => "index.html#/key/",
            Some(("compare" | "releases", _)) if name != "releases/2.0.html" => "index.html#/compare/",
            _ => "index.html",
        };
        assert!(html.contains(into), "{name} does not lead into the page");
        if name.starts_with("rules/") || name.starts_with("failures/") {
            // A hole is a word in braces; what clients print has braces of its own.
            let hole = before_code.split('{').skip(1).find(|rest| {
                let word = rest.split_once('}').map_or("", |(word, _)| word);
                !word.is_empty() && word.bytes().all(|sign| sign.is_ascii_lowercase())
            });
            assert!(hole.is_none(), "{name} leaves {hole:?} open");
            for open in ["the old default", "the new default", "that value"] {
                // Further down a sentence may well speak of them.
                assert!(!title.contains(open), "{name} leaves {open} open");
            }
        }
    }
    // Pages of the same title cannot be told apart by a search.
    assert!(titles.len() * 100 > pages.len() * 95, "{} titles for {} pages", titles.len(), pages.len());
    let of_rule =
        fs::read_to_string(top.join("rules").join("changed-default-zookeeper-session-timeout-ms.html"))
            .unwrap();
    assert!(of_rule.contains("18000") && of_rule.contains("6000"), "{of_rule}");
    let of_key = fs::read_to_string(top.join("keys").join("log.segment.bytes.html")).unwrap();
    assert!(
        of_key.contains("1073741824 bytes (1 GiB)") && of_key.contains("#/key/broker/log.segment.bytes"),
        "{of_key}"
    );
}

#[test]
fn whatever_a_finding_names_has_a_page_of_the_reference() {
    let (top, _) = pages();
    let there = |path: String| assert!(top.join(&path).is_file(), "{path} is not there");
    for key in kafka_upgrade_catalog::keys() {
        if kafka_upgrade_catalog::components_of(key).next().is_some() {
            there(format!("keys/{key}.html"));
        }
    }
    let kip = |references: &[(&str, &str)]| {
        for (title, _) in references.iter().filter(|(title, _)| title.starts_with("KIP-")) {
            // As the page takes it from a reference.
            there(format!("kips/{}.html", title.split_once(':').map_or(*title, |(kip, _)| kip)));
        }
    };
    for note in kafka_upgrade_rules::notes() {
        kip(note.references);
        if !note.silent {
            there(format!("rules/{}.html", note.id));
        }
    }
    for failure in kafka_upgrade_rules::failures::failures() {
        kip(failure.references);
        there(format!("failures/{}.html", failure.id));
    }
    for release in kafka_upgrade_catalog::minors() {
        there(format!("releases/{}.{}.html", release.major, release.minor));
    }
}

#[test]
fn the_reference_fits_a_phone_leads_into_the_page_and_is_printed_without_its_frame() {
    let site = Site::open(&xtask::dist(), 0).unwrap();
    let page = Page::open(&format!("{}reference/compare/3.9-to-4.0.html", site.address())).unwrap();
    page.wait_for("document.querySelectorAll('main li input').length > 50").unwrap();
    for place in [
        "compare/3.9-to-4.0.html",
        "keys/index.html",
        "keys/group.consumer.assignors.html",
        "rules/index.html",
        "rules/removed-zookeeper-connect.html",
        "failures/index.html",
        "releases/4.0.html",
        "kips/index.html",
        "index.html",
    ] {
        page.ask(&format!("void (location.href = '{}reference/{place}')", site.address())).unwrap();
        page.wait_for(&format!("location.pathname.endsWith('{place}') && document.querySelector('h1')"))
            .unwrap();
        page.window(390, 844, Scheme::Dark).unwrap();
        assert!(page.overflow().unwrap() <= 0, "{place} is too wide for a phone");
        page.window(1440, 900, Scheme::Light).unwrap();
        assert!(page.overflow().unwrap() <= 0, "{place}");
    }
    page.ask(&format!(
        "void (location.href = '{}reference/rules/removed-zookeeper-connect.html')",
        site.address()
    ))
    .unwrap();
    page.wait_for(
        "location.pathname.endsWith('removed-zookeeper-connect.html') && document.querySelector('a.go')",
    )
    .unwrap();
    page.print().unwrap();
    assert_eq!(page.ask("getComputedStyle(document.querySelector('header')).display").unwrap(), "none");
    page.window(1440, 900, Scheme::Light).unwrap();
    assert_eq!(page.complaints().unwrap(), Vec::<String>::new());
    page.click("a.go").unwrap();
    page.wait_for("document.querySelector('.example pre')").unwrap();
}
