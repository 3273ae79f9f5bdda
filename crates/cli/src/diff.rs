//! `diff`: what two releases say differently of their keys.

use kafka_upgrade_catalog::{
    self as catalog, Bound, Change, Component, Default, Definition, Release, Validator,
};

use crate::arguments::DiffArguments;
use crate::{Ending, output};

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
    let sentence = match total {
        0 => {
            let of = arguments
                .component
                .map_or(String::new(), |only| format!(" of {only}{}", same(only, from, to)));
            format!("{from} and {to} say the same of every key{of}.\n")
        }
        1 => format!("{from} and {to} differ in 1 key.\n"),
        _ => format!("{from} and {to} differ in {total} keys.\n"),
    };
    output::print(&(text + &sentence));
    Ending::Clean
}

/// Facts that are another release's are said to be.
fn borrowed(component: Component, from: Release, to: Release) -> Option<String> {
    let told = |release: Release| {
        let facts = catalog::definitions(component, release).next()?.facts_from;
        (facts != release).then(|| format!("{release} as {facts} has it"))
    };
    let parts: Vec<String> = [from, to].into_iter().filter_map(told).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn same(component: Component, from: Release, to: Release) -> String {
    borrowed(component, from, to).map_or(String::new(), |borrowed| format!(", {borrowed}"))
}

/// What a change is told as; one that is several things is told in each section.
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

fn default(definition: &Definition) -> String {
    let text = match definition.default {
        Default::Required => return "(required)".to_owned(),
        Default::Null => return "(not set)".to_owned(),
        Default::Text("") => "(empty)".to_owned(),
        Default::Text(text) => text.to_owned(),
    };
    if definition.machine.is_some() { format!("{text} (differs from machine to machine)") } else { text }
}

fn values(definition: &Definition) -> String {
    let sort = format!("{:?}", definition.value_type).to_lowercase();
    match validator(definition.validator) {
        Some(bounds) => format!("{sort}, {bounds}"),
        None => sort,
    }
}

fn validator(validator_: &Validator) -> Option<String> {
    Some(match validator_ {
        Validator::None => return None,
        Validator::Range(least, most) => match (least, most) {
            (Some(least), Some(most)) => format!("{} to {}", bound(*least), bound(*most)),
            (Some(least), None) => format!("at least {}", bound(*least)),
            (None, Some(most)) => format!("at most {}", bound(*most)),
            (None, None) => return None,
        },
        Validator::In(values) => format!("one of {}", values.join(", ")),
        Validator::InIgnoringCase(values) => format!("one of {} in any case", values.join(", ")),
        Validator::ListIn { allowed, empty, null } => {
            let items = if allowed.is_empty() { "anything".to_owned() } else { allowed.join(", ") };
            let empty = match empty {
                Some(true) => ", may be empty, no duplicates",
                Some(false) => ", not empty, no duplicates",
                None => "",
            };
            format!("items of {items}{empty}{}", if *null == Some(false) { ", not null" } else { "" })
        }
        Validator::NonNull => "not null".to_owned(),
        Validator::NonEmpty => "not empty".to_owned(),
        Validator::NonEmptyWithoutControlCharacters => "not empty, no control characters".to_owned(),
        Validator::ListSize(most) => format!("at most {most} items"),
        Validator::All(parts) => {
            let parts: Vec<String> = parts.iter().filter_map(validator).collect();
            parts.join(" and ")
        }
        Validator::Code(name) => format!("checked by {name}"),
    })
}

fn bound(bound: Bound) -> String {
    match bound {
        Bound::Whole(number) => number.to_string(),
        Bound::Double(number) => number.to_string(),
    }
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
