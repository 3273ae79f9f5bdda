//! The generated files: for each class and member that went away between two releases, every form, each with a twin
//! about a neighbour that stays.
//!
//! What is *not* here: the forms themselves, and whether a file compiles.

use std::collections::BTreeMap;

use anyhow::Result;

use super::api::{Api, Class, Member};
use super::forms::{self, Form};

/// Files about one thing that went away.
#[derive(Debug)]
pub struct Group {
    /// The class, or class and member.
    pub subject: String,
    /// A twin that still exists and is used in the same way; empty if there is none.
    pub twin: String,
    /// Files that use what went away, then as many about the twin as there are forms of it.
    pub cases: Vec<Case>,
}

/// One generated file.
#[derive(Debug)]
pub struct Case {
    /// How it uses its subject.
    pub form: &'static str,
    /// Whether it is about what stays.
    pub twin: bool,
    /// The whole file.
    pub text: String,
}

/// Every release's API, read once.
pub type Apis = BTreeMap<&'static str, Api>;

/// Reads them all.
pub fn apis() -> Result<Apis> {
    super::RELEASES.into_iter().map(|release| Ok((release, Api::of(release)?))).collect()
}

/// Groups between two releases, by name.
#[must_use]
pub fn groups(from: &Api, to: &Api) -> Vec<Group> {
    let mut groups = Vec::new();
    for (name, class) in &from.classes {
        match to.classes.get(name) {
            None => groups.push(class_gone(from, to, name)),
            Some(later) => {
                for member in class.members.iter().filter(|member| !later.has(&member.signature)) {
                    groups.push(member_gone(from, later, name, class, member));
                }
            }
        }
    }
    groups
}

fn class_gone(from: &Api, to: &Api, name: &str) -> Group {
    let kind = |class: &str| from.classes.get(class).map(|class| class.kind.clone());
    let near = |same: bool| {
        from.classes.keys().find(|other| {
            forms::same_package(name, other)
                && to.classes.contains_key(*other)
                && (!same || (kind(other) == kind(name) && error(other) == error(name)))
        })
    };
    let twin = near(true).or_else(|| near(false)).cloned().unwrap_or_default();
    let stays = if twin.is_empty() { Vec::new() } else { forms::of_class(from, &twin) };
    group(name.to_owned(), twin, forms::of_class(from, name), stays)
}

fn error(class: &str) -> bool {
    class.ends_with("Exception")
}

fn member_gone(from: &Api, later: &Class, name: &str, class: &Class, member: &Member) -> Group {
    let alike = |other: &&Member| {
        later.has(&other.signature)
            && (other.kind, other.is_static, other.is_protected)
                == (member.kind, member.is_static, member.is_protected)
    };
    let mut others = class.members.iter().filter(alike);
    let twin = others.clone().find(|other| other.name == member.name).or_else(|| others.next());
    let stays = twin.map(|twin| forms::of_member(from, name, twin)).unwrap_or_default();
    group(
        format!("{name} {}", member.signature),
        twin.map(|twin| twin.signature.clone()).unwrap_or_default(),
        forms::of_member(from, name, member),
        stays,
    )
}

fn group(subject: String, twin: String, gone: Vec<Form>, stays: Vec<Form>) -> Group {
    let case = |twin: bool| move |(form, text): Form| Case { form, twin, text };
    let cases = gone.into_iter().map(case(false)).chain(stays.into_iter().map(case(true))).collect();
    Group { subject, twin, cases }
}

/// Of all texts, in order.
#[must_use]
pub fn fingerprint(groups: &[Group]) -> u64 {
    super::fingerprint(groups.iter().flat_map(|group| &group.cases).map(|case| case.text.as_str()))
}
