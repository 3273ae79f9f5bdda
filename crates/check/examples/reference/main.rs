//! The reference as static pages, made of notes, failures and facts: `cargo xtask docs` writes them beside the built page,
//! which each links into. Not committed: what they are made of is.
//!
//! `rules/ID.html`, `failures/ID.html`, `keys/KEY.html`, `releases/RELEASE.html`, `compare/A-to-B.html` and
//! `kips/KIP-N.html`, and a list of each.

#![allow(clippy::print_stdout, reason = "a developer reads it on a terminal")]

mod keys;
mod kips;
mod page;
mod releases;
mod rules;

use std::path::PathBuf;

use page::Folder;

const STYLE: &str = include_str!("style.css");

fn main() -> Result<(), String> {
    let top = PathBuf::from(std::env::args().nth(1).ok_or("into which folder?")?);
    let folder = Folder::begin(top)?;
    folder.file("reference.css", STYLE)?;
    let rules = rules::write(&folder)?;
    let failures = rules::write_failures(&folder)?;
    let keys = keys::write(&folder)?;
    let releases = releases::write(&folder)?;
    let kips = kips::write(&folder)?;
    let mut body = String::from(
        "<p>What Apache Kafka releases change, from Kafka's own jars and from what people found out by running them.</p>\n<ul class=\"list\">\n",
    );
    for (name, title, count) in [
        ("rules", "Rules: what breaks or works differently, and what to do", rules),
        ("failures", "Failures: what a message of a log means", failures),
        ("keys", "Keys: every setting over all releases", keys),
        ("releases", "Releases: what each brings and takes", releases.0),
        ("compare", "Compare: one release to another, to tick off", releases.1),
        ("kips", "KIPs: what each changes for what you run", kips),
    ] {
        body += &format!("<li><a href=\"{name}/index.html\">{title}</a> <small>{count}</small></li>\n");
    }
    body += "</ul>\n";
    folder.page("index.html", "Reference", "Kafka upgrade reference", &body)?;
    println!("{} pages are in {}", folder.count(), folder.top().display());
    Ok(())
}
