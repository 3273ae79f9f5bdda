//! `diff`: what two releases say differently of their keys, and which classes and members one of them lacks.

use kafka_upgrade_catalog::{self as catalog, Change, Component, Definition, Release};

use crate::arguments::DiffArguments;
use crate::words::{default, values};
use crate::{Ending, classes, output};

/// In the order in which they matter.
const SECTIONS: [(Sort, &str); 6] = [
    (Sort::Gone, "gone"),
    (Sort::Default, "changed defaults"),
    (Sort::Values, "changed types and bounds"),
    (Sort::Deprecated, "newly deprecated"),
    (Sort::New, "new"),
    (Sort::Other, "other changes"),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Gone,
    Default,
    Values,
    Deprecated,
    New,
    Other,
}

pub(crate) fn run(arguments: &DiffArguments) -> Ending {
    let (from, to) = (arguments.from, arguments.to);
    let mut text = String::new();
    let mut total = 0;
    for component in catalog::components().filter(|one| arguments.component.is_none_or(|only| only == *one)) {
        let changes: Vec<Change> = catalog::changes(component, from, to).collect();
        if changes.is_empty() {
            continue;
        }
        total += changes.len();
        let borrowed =
            borrowed(component, from, to).map_or(String::new(), |borrowed| format!(" ({borrowed})"));
        text.push_str(&format!("{component}{borrowed}\n"));
        for (sort, title) in SECTIONS {
            let mut lines: Vec<String> = changes
                .iter()
                .flat_map(|change| lines(change).into_iter().filter(|(of, _)| *of == sort))
                .map(|(_, line)| line)
                .collect();
            lines.sort_unstable();
            if !lines.is_empty() {
                text.push_str(&format!("  {title}\n"));
            }
            for line in lines {
                text.push_str(&format!("    {line}\n"));
            }
        }
        text.push('\n');
    }
    let mut code = 0;
    if arguments.component.is_none() {
        let sections = classes::changes(from, to);
        if !sections.is_empty() {
            text.push_str("classes\n");
        }
        for (title, lines) in &sections {
            code += lines.len();
            text.push_str(&format!("  {title}\n"));
            for line in lines {
                text.push_str(&format!("    {line}\n"));
            }
        }
        if !sections.is_empty() {
            text.push('\n');
        }
    }
    let sentence = match total {
        0 => {
            let of = arguments
                .component
                .map_or(String::new(), |only| format!(" of {only}{}", same(only, from, to)));
            format!("{from} and {to} agree on every key{of}.\n")
        }
        1 => format!("{from} and {to} differ in 1 key.\n"),
        _ => format!("{from} and {to} differ in {total} keys.\n"),
    };
    let code = match code {
        0 => String::new(),
        1 => "1 class or member is gone or newly deprecated.\n".to_owned(),
        _ => format!("{code} classes and members are gone or newly deprecated.\n"),
    };
    output::print(&(text + &sentence + &code));
    Ending::Clean
}

/// Names the release that the facts come from, if it is another one.
fn borrowed(component: Component, from: Release, to: Release) -> Option<String> {
    let borrowed = |release: Release| {
        let facts = catalog::definitions(component, release).next()?.facts_from;
        (facts != release).then(|| format!("{release} as {facts} has it"))
    };
    let parts: Vec<String> = [from, to].into_iter().filter_map(borrowed).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn same(component: Component, from: Release, to: Release) -> String {
    borrowed(component, from, to).map_or(String::new(), |borrowed| format!(", {borrowed}"))
}

/// The lines of a change; one that is several things has a line in each section.
fn lines(change: &Change) -> Vec<(Sort, String)> {
    let key = change.key;
    let (before, after) = match (&change.before, &change.after) {
        (Some(_), None) => return vec![(Sort::Gone, key.to_owned())],
        (None, Some(after)) => return vec![(Sort::New, format!("{key} = {}", default(after)))],
        (None, None) => return Vec::new(),
        (Some(before), Some(after)) => (before, after),
    };
    let mut lines = Vec::new();
    if before.default != after.default {
        lines.push((Sort::Default, format!("{key}: {} -> {}", default(before), default(after))));
    }
    if before.value_type != after.value_type || before.validator != after.validator {
        lines.push((Sort::Values, format!("{key}: {} -> {}", values(before), values(after))));
    }
    if after.deprecated && !before.deprecated {
        lines.push((Sort::Deprecated, key.to_owned()));
    }
    if lines.is_empty() {
        lines.push((Sort::Other, format!("{key}: {}", other(before, after))));
    }
    lines
}

fn other(before: &Definition, after: &Definition) -> String {
    let mut parts = Vec::new();
    if before.deprecated && !after.deprecated {
        parts.push("no longer deprecated".to_owned());
    }
    if before.internal != after.internal {
        parts.push(if after.internal { "now internal" } else { "no longer internal" }.to_owned());
    }
    if before.importance != after.importance {
        parts.push(format!("importance {:?} -> {:?}", before.importance, after.importance).to_lowercase());
    }
    if before.dynamic != after.dynamic {
        let mode = |definition: &Definition| match definition.dynamic {
            None => "not stated",
            Some(catalog::UpdateMode::ReadOnly) => "read-only",
            Some(catalog::UpdateMode::PerBroker) => "per broker",
            Some(catalog::UpdateMode::ClusterWide) => "cluster-wide",
        };
        parts.push(format!("dynamic update {} -> {}", mode(before), mode(after)));
    }
    parts.join(", ")
}
