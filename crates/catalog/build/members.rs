//! Classes and members that some release lacks or deprecates. What every release has is left out: it says
//! nothing, and the whole public API would cost the page several times as much.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::Facts;
use crate::strings::declare;

/// First and last release, and the release from which it is deprecated.
#[derive(Clone, Copy)]
struct Life {
    first: usize,
    last: usize,
    deprecated: Option<usize>,
}

impl Life {
    fn see(life: &mut Option<Self>, at: usize, deprecated: bool) {
        let life = life.get_or_insert(Self { first: at, last: at, deprecated: None });
        life.last = at;
        life.deprecated = if deprecated { life.deprecated.or(Some(at)) } else { None };
    }

    fn tells(self, newest: usize) -> bool {
        self.last < newest || self.deprecated.is_some()
    }

    fn row(self) -> String {
        let deprecated = self.deprecated.map_or("None".to_owned(), |at| format!("Some({at})"));
        format!("first: {}, last: {}, deprecated: {deprecated}", self.first, self.last)
    }
}

/// Tables `CLASSES` and `MEMBERS`, both sorted by name; members carry the index of their class.
pub(crate) fn tables(facts: &[Facts]) -> String {
    let newest = facts.len() - 1;
    let mut classes: BTreeMap<&str, Option<Life>> = BTreeMap::new();
    let mut members: BTreeMap<(&str, &str), Option<Life>> = BTreeMap::new();
    for (at, facts) in facts.iter().enumerate() {
        for (name, class) in &facts.classes {
            Life::see(classes.entry(name).or_default(), at, class.deprecated);
            for member in &class.members {
                let (signature, deprecated) = signature(member);
                Life::see(members.entry((name, signature)).or_default(), at, deprecated);
            }
        }
    }
    let members: Vec<((&str, &str), Life)> = members
        .into_iter()
        .filter_map(|(place, life)| Some((place, life?)))
        .filter(|((class, _), life)| {
            life.tells(newest)
                && classes
                    .get(class)
                    .copied()
                    .flatten()
                    .is_some_and(|class| life.last < class.last || life.deprecated.is_some())
        })
        .collect();
    let owners: BTreeSet<&str> = members.iter().map(|((class, _), _)| *class).collect();
    let classes: Vec<(&str, Life)> = classes
        .into_iter()
        .filter_map(|(name, life)| Some((name, life?)))
        .filter(|(name, life)| life.tells(newest) || owners.contains(name))
        .collect();
    let class_rows: Vec<String> =
        classes.iter().map(|(name, life)| format!("ClassRow {{ name: {name:?}, {} }}", life.row())).collect();
    let member_rows: Vec<String> = members
        .iter()
        .map(|((class, signature), life)| {
            let at = classes.iter().position(|(name, _)| name == class).expect("owners are kept");
            format!("MemberRow {{ class: {at}, signature: {signature:?}, {} }}", life.row())
        })
        .collect();
    declare("CLASSES", "ClassRow", &class_rows) + &declare("MEMBERS", "MemberRow", &member_rows)
}

/// A member without its return type and flags: `method poll(long)`, `new ()`, `field NAME`.
fn signature(member: &str) -> (&str, bool) {
    let end = match member.find(')') {
        Some(close) => close + 1,
        None => member.match_indices(' ').nth(1).map_or(member.len(), |(at, _)| at),
    };
    (member.get(..end).unwrap_or(member), member.ends_with(" deprecated"))
}
