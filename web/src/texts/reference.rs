//! Kafka's keys, what changes between releases, and the rules.

pub(crate) const PAGE: &str = "Its page in the reference";

/// A proposal by its number.
pub(crate) fn kip(number: &str) -> String {
    format!("what {number} changes")
}

// Keys.
pub(crate) const KEYS: &str = "Keys";
pub(crate) const KEYS_TITLE: &str = "Keys of Kafka";
pub(crate) const SEARCH_KEYS: &str = "Search Kafka's keys";
pub(crate) const A_KEY: &str = "segment.bytes";
pub(crate) const OF: &str = "of";
pub(crate) const EVERY_COMPONENT: &str = "every component";
pub(crate) const HISTORY: &str = "History";

pub(crate) fn releases(oldest: &str, newest: &str) -> String {
    format!("{oldest} to {newest}")
}

pub(crate) fn no_key(releases: &str, query: &str) -> String {
    format!("No release from {releases} has a key with “{query}” in its name.")
}

pub(crate) fn more_of(all: u32) -> String {
    format!("Show more of {all}")
}

// One key.
pub(crate) const DECLARES: &str = "What each release declares";
pub(crate) const RELEASES: &str = "Releases";
pub(crate) const TYPE: &str = "Type";
pub(crate) const DEFAULT: &str = "Default";
pub(crate) const ACCEPTS: &str = "Accepts";
pub(crate) const UPDATE: &str = "A running broker";
pub(crate) const DEPRECATION: &str = "Deprecation";
pub(crate) const DEPRECATED: &str = "deprecated";

pub(crate) fn unknown_key(name: &str, component: &str) -> String {
    format!("No known release has {name} as a key of {component}.")
}

pub(crate) fn lives(component: &str, lives: &str) -> String {
    format!("A key of {component}, {lives}.")
}

pub(crate) fn borrowed(releases: &str) -> String {
    format!("Not published for every release: for {releases} the facts of the nearest one are shown.")
}

// A comparison.
pub(crate) const FROM: &str = "From";
pub(crate) const TO: &str = "to";
pub(crate) const ADDRESS: &str = "Link to this comparison";
pub(crate) const TICKS: &str =
    " Ticks last until the page is closed, or as long as your texts if this browser keeps those.";

pub(crate) fn what_changes(from: &str, to: &str) -> String {
    format!("What changes from {from} to {to}")
}

pub(crate) fn what_minor_brings(minor: &str) -> String {
    format!("What {minor} brings")
}

pub(crate) fn looked_at(done: usize, all: usize) -> String {
    format!("{done} of {all} looked at.")
}

pub(crate) fn tick(name: &str) -> String {
    format!("{name}: looked at")
}

pub(crate) fn since(release: &str) -> String {
    format!(" from {release}")
}

pub(crate) fn keys_of(component: &str) -> String {
    format!("Keys of {component}")
}

// Rules.
pub(crate) const RULES: &str = "Rules";
pub(crate) const A_RULE: &str = "poll";
pub(crate) const RULE: &str = "Rule";
pub(crate) const SINCE: [&str; 2] = ["from", "every release"];
pub(crate) const ABOUT: [&str; 2] = [OF, "everything"];
pub(crate) const KIND: [&str; 2] = ["kind", "anything"];
pub(crate) const NO_RULE: &str = "No rule matches.";
pub(crate) const BESIDES: &str = "Besides these rules, everything that the releases themselves declare is reported without a written rule: keys and classes that are removed, values that are refused, defaults that change.";
pub(crate) const INSTEAD: &str = "Instead: ";
pub(crate) const HISTORY_OF: &str = "History of ";

pub(crate) fn search_rules(all: usize) -> String {
    format!("Search {all} rules")
}

pub(crate) fn unknown_rule(id: &str) -> String {
    format!("There is no rule {id}.")
}

pub(crate) fn rule(id: &str) -> String {
    format!("rule {id}")
}

pub(crate) fn looks_at(components: &str) -> String {
    format!("Looks at: {components}")
}

/// Whether an example's file on a path is reported.
pub(crate) fn example(found: bool, path: &str, file: &str) -> String {
    let found = if found { "Reported" } else { "Not reported" };
    format!("{found} from {path}: {file}")
}

pub(crate) fn with(have: &str) -> String {
    format!("with what runs: {have}")
}
