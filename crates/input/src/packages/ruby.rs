//! Bundler: `Gemfile` and `Gemfile.lock`.

use super::{Found, lines, place, quoted, start_of};
use crate::{Document, Ecosystem, Encoding, Format};
use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::paths;

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "gems",
    extensions: &["gemspec"],
    names: &["Gemfile", "Gemfile.lock", "gems.rb"],
    sniff,
    read,
};

fn sniff(path: &str, text: &str) -> u8 {
    let start = start_of(text);
    let gem = lines(start).take(80).any(|(_, line)| is_gem(line));
    if FORMAT.names.contains(&paths::file_name(path)) || path.ends_with(".gemspec") {
        95
    } else if gem || (start.contains("\n  specs:\n") && start.contains("remote:")) {
        93
    } else {
        0
    }
}

/// `gem 'x', '~> 1.0'`, `spec.add_dependency "x", "1.0"`.
fn is_gem(line: &str) -> bool {
    let line = line.trim_start();
    let call = line.split(['\'', '"']).next().unwrap_or_default().trim_end_matches([' ', '(']);
    call == "gem" && line.len() > 6
        || call.ends_with(".add_dependency")
        || call.ends_with(".add_runtime_dependency")
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut found = Found::new(Ecosystem::RubyGems);
    for (start, line) in lines(text) {
        if is_gem(line) {
            let Some((name, at)) = quoted(line, 0) else { continue };
            let behind = at + name.len() + 1;
            // What follows may be an option: `require: "x"`.
            let next = quoted(line, behind).filter(|(_, from)| {
                line.get(behind..from - 1)
                    .is_some_and(|between| between.trim_matches([',', ' ', '(', '[']).is_empty())
            });
            match next {
                Some((version, from)) => found.add(name, version, place(start, from, version.len())),
                None => found.add(name, "", place(start, at, name.len())),
            }
        } else if let Some(entry) = line.strip_prefix("    ").filter(|entry| !entry.starts_with(' '))
            && let Some((name, version)) = entry.split_once(" (")
        {
            let version = version.trim_end_matches(')');
            found.add(name, version, place(start, 4 + name.len() + 2, version.len()));
        }
    }
    found.done()
}
