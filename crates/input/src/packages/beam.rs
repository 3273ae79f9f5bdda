//! Elixir and Erlang: `mix.exs`, `mix.lock`, `rebar.config`, `rebar.lock`.

use super::{Found, is_known, lines, place, quoted, start_of};
use crate::{Document, Ecosystem, Encoding, Format};
use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Slice as _, paths};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "hex",
    extensions: &[],
    names: &["mix.exs", "mix.lock", "rebar.config", "rebar.lock"],
    sniff,
    read,
};

fn sniff(path: &str, text: &str) -> u8 {
    let start = start_of(text);
    let named = || {
        lines(start)
            .take(300)
            .any(|(_, line)| package(line).is_some_and(|(name, ..)| is_known(Ecosystem::Hex, name)))
    };
    if FORMAT.names.contains(&paths::file_name(path)) {
        95
    } else if start.contains("use Mix.Project") || named() {
        93
    } else {
        0
    }
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut found = Found::new(Ecosystem::Hex);
    for (start, whole) in lines(text) {
        // Several may stand in one line: `{deps, [{brod, "4.2.0"}, {jsx, "3.1.0"}]}.`
        let is_list = whole.contains("[{") && !whole.contains("{pkg,") && !whole.contains(":hex");
        let parts = whole.split_inclusive('}').filter(|_| is_list);
        let mut before = 0;
        let mut parts: Vec<(usize, &str)> = parts
            .map(|part| {
                let inner = part.rfind('{').unwrap_or_default();
                let at = before + inner;
                before += part.len();
                (at, part.slice(inner..))
            })
            .collect();
        if !is_list {
            parts.push((0, whole));
        }
        for (from_line, part) in parts {
            let start = start + from_line;
            if let Some((name, at, version)) = package(part) {
                match version {
                    Some((version, from)) => found.add(name, version, place(start, from, version.len())),
                    None => found.add(name, "", place(start, at, name.len())),
                }
            }
        }
    }
    found.done()
}

/// A name and where it stands, a version and where that does.
type Package<'t> = (&'t str, usize, Option<(&'t str, usize)>);

/// `{:brod, "~> 3.16"}`, `{brod, "3.16.1"}`, `{<<"brod">>,{pkg,<<"brod">>,<<"3.16.1">>},0}`, `"brod": {:hex, :brod, "3.16.1", …`.
fn package(line: &str) -> Option<Package<'_>> {
    let code = line.split(['#', '%']).next().filter(|_| !line.contains("%{")).unwrap_or(line);
    if let Some(at) = line.find("{pkg,<<") {
        let (name, from) = quoted(line, at)?;
        return Some((name, from, quoted(line, from + name.len() + 1)));
    }
    let brace = code.find('{')?;
    let locked = code.find("{:hex, :").map(|at| at + "{:hex, :".len());
    let at = locked.unwrap_or_else(|| {
        brace + 1 + usize::from(code.get(brace + 1..).is_some_and(|rest| rest.starts_with(':')))
    });
    let rest = code.get(at..)?;
    let end = rest.find(|one: char| !(one.is_ascii_alphanumeric() || one == '_')).unwrap_or(rest.len());
    let name = rest.get(..end).filter(|name| !name.is_empty())?;
    let version = quoted(code, at + end).filter(|(_, from)| {
        code.get(at + end..from - 1).is_some_and(|between| between.trim_matches([',', ' ']).is_empty())
    });
    Some((name, at, version))
}
