//! Go modules: `go.mod` and `go.sum`.

use std::collections::BTreeSet;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::paths;
use kafka_upgrade_sorted::Gather as _;

use super::{Found, is_known, lines, place, start_of};
use crate::{Document, Ecosystem, Encoding, Format};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format =
    Format { name: "go modules", extensions: &[], names: &["go.mod", "go.sum"], sniff, read };

fn sniff(path: &str, text: &str) -> u8 {
    let start = start_of(text);
    let module =
        lines(start).take(40).any(|(_, line)| line.starts_with("module ") || line.starts_with("require ("));
    if FORMAT.names.contains(&paths::file_name(path)) || (module && start.contains(" v")) {
        94
    } else if lines(start)
        .take(40)
        .any(|(_, line)| entry(line).is_some_and(|(name, ..)| is_known(Ecosystem::Go, own(name))))
    {
        90
    } else {
        0
    }
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut found = Found::new(Ecosystem::Go);
    // A module replaced by a version is not built, and a folder has no version.
    let replaced: BTreeSet<&str> = lines(text)
        .filter(|(_, line)| entry(line).is_some())
        .filter_map(|(_, line)| line.split_once("=>")?.0.split_whitespace().find(|word| word.contains('/')))
        .gather();
    let mut excludes = false;
    for (start, line) in lines(text) {
        let code = line.trim_start();
        excludes = code.starts_with("exclude (") || (excludes && !code.starts_with(')'));
        if let Some((name, version, at)) = entry(line)
            && !excludes
            && (line.contains("=>") || !replaced.contains(name))
        {
            found.add(own(name), version, place(start, at, version.len()));
        }
    }
    found.done()
}

/// The catalog's name of a module: a major version at its end may be one that the catalog has no name for.
fn own(name: &str) -> &str {
    let major = name.rsplit_once("/v").filter(|(_, digits)| digits.chars().all(|one| one.is_ascii_digit()));
    match major {
        Some((without, _)) if !is_known(Ecosystem::Go, name) => without,
        _ => name,
    }
}

/// A module, its version and where that begins: `require path v1.2.3 // indirect`, `path v1.2.3 h1:…`,
/// `replace a => b v1.2.3`.
fn entry(line: &str) -> Option<(&str, &str, usize)> {
    let code = line.split("//").next().unwrap_or_default();
    let code = code.split_once("=>").map_or(code, |(_, behind)| behind);
    let mut words = code.split_whitespace().skip_while(|word| ["require", "replace", "("].contains(word));
    let (name, version) = (words.next()?, words.next()?);
    let is_version =
        version.strip_prefix('v').is_some_and(|rest| rest.starts_with(|one: char| one.is_ascii_digit()));
    let at = version.as_ptr() as usize - line.as_ptr() as usize;
    (name.contains('.') && name.contains('/') && is_version && !version.ends_with("/go.mod"))
        .then_some((name, version, at))
}
