//! The order in which components define their keys: as few lists as hold the orders of all releases.
//!
//! Releases whose orders do not contradict each other share one list, which is the union of theirs. A release that was
//! imported before orders were is answered from the list of the release before it, or else from the first one.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::Facts;
use crate::strings::declare;

/// For each key those that come after it; keys are indices into all keys.
#[derive(Clone, Default)]
struct Before(BTreeMap<u16, BTreeSet<u16>>);

impl Before {
    /// Adds a release's order.
    fn add(&mut self, order: &[u16]) {
        for key in order {
            self.0.entry(*key).or_default();
        }
        for pair in order.windows(2) {
            self.0.entry(pair[0]).or_default().insert(pair[1]);
        }
    }

    /// All keys in an order that contradicts no release's; `None` when two of them contradict each other.
    fn sorted(&self) -> Option<Vec<u16>> {
        let mut waiting: BTreeMap<u16, usize> = self.0.keys().map(|key| (*key, 0)).collect();
        for after in self.0.values().flatten() {
            *waiting.entry(*after).or_default() += 1;
        }
        let mut free: BTreeSet<u16> =
            waiting.iter().filter(|(_, count)| **count == 0).map(|(key, _)| *key).collect();
        let mut order = Vec::new();
        while let Some(key) = free.pop_first() {
            order.push(key);
            for after in &self.0[&key] {
                let count = waiting.get_mut(after).expect("every key is counted");
                *count -= 1;
                if *count == 0 {
                    free.insert(*after);
                }
            }
        }
        (order.len() == self.0.len()).then_some(order)
    }
}

/// Tables `ORDERS` (component, first release, start and end in the other) and `ORDER_KEYS`.
pub(crate) fn tables(facts: &[Facts]) -> String {
    let all: BTreeSet<&str> = facts
        .iter()
        .flat_map(|facts| facts.configs.values().flat_map(|keys| keys.keys().map(String::as_str)))
        .collect();
    let places: BTreeMap<&str, u16> =
        all.into_iter().zip(0..).map(|(key, place): (&str, u16)| (key, place)).collect();
    let components: BTreeSet<&str> =
        facts.iter().flat_map(|facts| facts.configs.keys().map(String::as_str)).collect();
    let (mut parts, mut listed) = (Vec::new(), Vec::new());
    for (at, component) in components.iter().enumerate() {
        for (at_first, (release, order)) in eras(facts, component, &places).into_iter().enumerate() {
            let start = listed.len();
            listed.extend(order.iter().map(u16::to_string));
            let release = if at_first == 0 { 0 } else { release };
            parts.push(format!("({at}, {release}, {start}, {})", listed.len()));
        }
    }
    declare("ORDERS", "(u8, u8, u16, u16)", &parts) + &declare("ORDER_KEYS", "u16", &listed)
}

/// Each list with the index of the first release that has it.
fn eras(facts: &[Facts], component: &str, places: &BTreeMap<&str, u16>) -> Vec<(usize, Vec<u16>)> {
    let mut eras: Vec<(usize, Vec<u16>)> = Vec::new();
    let mut before = Before::default();
    for (at, facts) in facts.iter().enumerate() {
        let Some(order) = order(facts, component, places) else { continue };
        let mut together = before.clone();
        together.add(&order);
        match (together.sorted(), eras.last_mut()) {
            (Some(sorted), Some(last)) => {
                last.1 = sorted;
                before = together;
            }
            _ => {
                before = Before::default();
                before.add(&order);
                eras.push((at, order));
            }
        }
    }
    eras
}

/// A release's own order; `None` where it has no such component, or no order.
fn order(facts: &Facts, component: &str, places: &BTreeMap<&str, u16>) -> Option<Vec<u16>> {
    let keys: Vec<&str> = facts.configs.get(component)?.keys().map(String::as_str).collect();
    let place = format!("{component} in {}", facts.release);
    let order = facts.order.get(component)?;
    let distinct: BTreeSet<&usize> = order.iter().collect();
    assert!(distinct.len() == keys.len() && order.len() == keys.len(), "{place}: not every key once");
    let key = |at: &usize| keys.get(*at).unwrap_or_else(|| panic!("{place}: there is no key {at}"));
    Some(order.iter().map(|at| places[key(at)]).collect())
}
