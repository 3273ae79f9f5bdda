//! What the page is made of: one component a file. They are given slices of the state and tell actions.

mod checks;
mod editor;
mod empty;
mod file_panel;
mod finding;
mod findings;
mod header;
mod help;
mod key_changes;
mod key_history;
mod keys;
mod line;
mod manual;
mod note;
mod path_bar;
mod results;
mod rich;
mod severity;
mod tabs;
mod verdict;

pub(crate) use empty::Empty;
pub(crate) use file_panel::FilePanel;
pub(crate) use header::{Footer, Header};
pub(crate) use help::Help;
pub(crate) use keys::Keys;
pub(crate) use path_bar::PathBar;
pub(crate) use results::Results;
pub(crate) use verdict::Headline;
