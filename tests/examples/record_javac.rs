//! `cargo xtask record-javac`: asks javac about Java files at every release.
//!
//! Argument `written`: only about those written by hand.

use acceptance::javac::record::{record_generated, record_written};

fn main() -> anyhow::Result<()> {
    if !std::env::args().any(|argument| argument == "written") {
        record_generated()?;
    }
    record_written()
}
