//! Configuration keys: what a release says of one, what changes between two, what became of one over time.

use crate::component::Component;
use crate::hash;
use crate::model::{Default, Importance, Machine, UpdateMode, Validator, ValueType};
use crate::release::Release;
use crate::releases::{recorded, recorded_at};
use crate::tables::{COMPONENTS, DEFINITIONS, KEYS, NEIGHBOURS, ROWS, Row, SLOTS, VALIDATORS};

/// What one release says of one key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Definition {
    /// Its name.
    pub key: &'static str,
    /// How its value is read.
    pub value_type: ValueType,
    /// What holds when it is not set.
    pub default: Default,
    /// Set where the default differs from machine to machine.
    pub machine: Option<Machine>,
    /// Which values it takes.
    pub validator: &'static Validator,
    /// How much it matters.
    pub importance: Importance,
    /// Whether the release calls it deprecated.
    pub deprecated: bool,
    /// Whether it is not meant for users.
    pub internal: bool,
    /// Whether a running broker takes a new value; `None` for what is no broker's key.
    pub dynamic: Option<UpdateMode>,
    /// The release whose jar was read: another one than asked for where that has no facts of its own.
    pub facts_from: Release,
}

/// A definition and the releases in which it holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeyEra {
    /// The first recorded release in which it holds.
    pub first: Release,
    /// The last one.
    pub last: Release,
    /// The definition that holds in them.
    pub definition: Definition,
}

/// What becomes of a key between two releases.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Its name.
    pub key: &'static str,
    /// What the first release says; `None`: it has no such key.
    pub before: Option<Definition>,
    /// What the second says; `None`: it has no such key.
    pub after: Option<Definition>,
}

/// What `release` says of `key`; `None` when the component has no such key there.
#[must_use]
pub fn definition(component: Component, key: &str, release: Release) -> Option<Definition> {
    let key = index(key)?;
    let (place, rows) = rows(component);
    let at = recorded(release);
    let start = rows.partition_point(|row| row.key < key);
    let mut of_key = rows.get(start..)?.iter().take_while(|row| row.key == key);
    of_key.find(|row| holds(row, at)).map(|row| unpack(row, place, at))
}

/// Every key of the component in `release`, sorted by name; none when the release has no such component.
pub fn definitions(component: Component, release: Release) -> impl Iterator<Item = Definition> {
    let at = recorded(release);
    let (place, rows) = rows(component);
    rows.iter().filter(move |row| holds(row, at)).map(move |row| unpack(row, place, at))
}

/// Keys of the component whose definitions differ between `from` and `to`, sorted by name. Differences in Kafka's
/// documentation text are ignored.
pub fn changes(component: Component, from: Release, to: Release) -> impl Iterator<Item = Change> {
    let (from, to) = (recorded(from), recorded(to));
    let (place, rows) = rows(component);
    rows.chunk_by(|a, b| a.key == b.key).filter_map(move |of_key| {
        let find = |at| of_key.iter().find(|row| holds(row, at));
        let (before, after) = (find(from), find(to));
        if before.map(|row| row.definition) == after.map(|row| row.definition) {
            return None;
        }
        let key = name(of_key.first()?);
        Some(Change {
            key,
            before: before.map(|row| unpack(row, place, from)),
            after: after.map(|row| unpack(row, place, to)),
        })
    })
}

/// What became of a key over all releases, oldest first; empty when no release has it.
pub fn history(component: Component, key: &str) -> impl Iterator<Item = KeyEra> {
    let (place, rows) = rows(component);
    let of_key = index(key).map(|key| {
        let start = rows.partition_point(|row| row.key < key);
        start..rows.partition_point(|row| row.key <= key)
    });
    rows.get(of_key.unwrap_or_default()).unwrap_or_default().iter().map(move |row| KeyEra {
        first: recorded_at(row.first),
        last: recorded_at(row.last),
        definition: unpack(row, place, row.first),
    })
}

/// Components that have a key of that name in some release, in the order of their names.
pub fn components_of(key: &str) -> impl Iterator<Item = Component> {
    let key = index(key);
    COMPONENTS.iter().filter_map(move |(component, start, end)| {
        let rows = ROWS.get(usize::from(*start)..usize::from(*end))?;
        rows.binary_search_by_key(&key?, |row| row.key).ok()?;
        Some(Component::named(component))
    })
}

/// Every component that some release has, in the order of their names.
pub fn components() -> impl Iterator<Item = Component> {
    COMPONENTS.iter().map(|(name, _, _)| Component::named(name))
}

/// Every key of some component in some release, sorted.
pub fn keys() -> impl Iterator<Item = &'static str> {
    KEYS.iter().copied()
}

/// Where a key stands among all keys; `None` when no release has it.
pub(crate) fn index(key: &str) -> Option<u16> {
    let mut slot = hash::slot(key);
    loop {
        let at = *SLOTS.get(slot)?;
        let known = KEYS.get(usize::from(at))?;
        if *known == key {
            return Some(at);
        }
        slot = (slot + 1) % hash::SLOTS;
    }
}

/// The component's place among all, and its rows; none of a component that no release has.
pub(crate) fn rows(component: Component) -> (u8, &'static [Row]) {
    // A linear search: names mostly differ in length, so few of them are compared letter by letter.
    let find = |(name, _, _): &(&str, u16, u16)| *name == component.name();
    let Some(place) = COMPONENTS.iter().position(find) else { return (u8::MAX, &[]) };
    let (_, start, end) = COMPONENTS.get(place).copied().unwrap_or_default();
    let rows = ROWS.get(usize::from(start)..usize::from(end));
    debug_assert!(rows.is_some(), "{component} has rows outside of the table");
    (place as u8, rows.unwrap_or_default())
}

fn name(row: &Row) -> &'static str {
    let key = KEYS.get(usize::from(row.key)).copied();
    debug_assert!(key.is_some(), "a row has a key that is not there");
    key.unwrap_or_default()
}

fn holds(row: &Row, at: u8) -> bool {
    row.first <= at && at <= row.last
}

fn unpack(row: &Row, place: u8, at: u8) -> Definition {
    let index = usize::from(row.definition).min(DEFINITIONS.len() - 1);
    #[expect(clippy::indexing_slicing, reason = "the index is clamped to the table, which is not empty")]
    let packed = &DEFINITIONS[index];
    Definition {
        key: name(row),
        value_type: packed.value_type,
        default: packed.default,
        machine: packed.machine,
        validator: VALIDATORS.get(usize::from(packed.validator)).unwrap_or(&Validator::None),
        importance: packed.importance,
        deprecated: packed.deprecated,
        internal: packed.internal,
        dynamic: packed.dynamic,
        facts_from: facts_from(place, at),
    }
}

/// The release whose jar provided a component's facts for a recorded release.
fn facts_from(place: u8, at: u8) -> Release {
    let neighbour = NEIGHBOURS.binary_search_by_key(&(place, at), |(release, place, _)| (*place, *release));
    let neighbour = neighbour.ok().and_then(|found| NEIGHBOURS.get(found));
    neighbour.map_or_else(|| recorded_at(at), |(_, _, from)| *from)
}
