//! The page: a place to paste, and beside it what a newer Kafka makes of it.
//!
//! [`state`] is one pure reducer, tested without a browser; components show slices of it and know no rule.
//! What is *not* here: texts about Kafka, which come with the report, and prose outside of [`texts`]. Invariants: nothing is sent anywhere (there
//! is no code that could), what is pasted is only ever text, and it is kept whatever happens.

#![warn(clippy::disallowed_methods, clippy::disallowed_types)]

mod age;
mod app;
#[cfg(test)]
mod checker;
mod components;
mod core;
mod detected;
mod diff;
mod examples;
mod groups;
mod keep;
mod keyboard;
mod logging;
mod mirror;
mod outside;
mod share;
mod shared;
mod shell;
mod state;
mod take;
mod texts;
mod ticks;
mod verdict;
mod zip;

pub use app::App;
