//! The part of `diff` that is about code: public classes and members that are gone or newly deprecated.

use kafka_upgrade_catalog::{self as catalog, Life, Release};

/// One line a class or member; empty when nothing is gone or deprecated.
pub(crate) fn changes(from: Release, to: Release) -> Vec<(&'static str, Vec<String>)> {
    let ends = Ends { from: catalog::facts_of(from), to: catalog::facts_of(to) };
    let (mut gone, mut gone_members) = (Vec::new(), Vec::new());
    let (mut deprecated, mut deprecated_members) = (Vec::new(), Vec::new());
    for (class, life) in catalog::classes() {
        if ends.loses(&life) {
            gone.push(class.to_owned());
            continue;
        }
        if ends.deprecates(&life) {
            deprecated.push(class.to_owned());
        }
        for (member, life) in catalog::members(class) {
            let line = || format!("{class}: {member}");
            if ends.loses(&life) {
                gone_members.push(line());
            } else if ends.deprecates(&life) {
                deprecated_members.push(line());
            }
        }
    }
    let sections = [
        ("gone", gone),
        ("gone members of classes that stay", gone_members),
        ("newly deprecated", deprecated),
        ("newly deprecated members", deprecated_members),
    ];
    sections.into_iter().filter(|(_, lines)| !lines.is_empty()).collect()
}

/// The two releases that are compared.
struct Ends {
    from: Release,
    to: Release,
}

impl Ends {
    fn loses(&self, life: &Life) -> bool {
        life.has(self.from) && !life.has(self.to)
    }

    fn deprecates(&self, life: &Life) -> bool {
        let deprecated = |release| life.deprecated.is_some_and(|since| since <= release);
        life.has(self.from) && life.has(self.to) && !deprecated(self.from) && deprecated(self.to)
    }
}
