//! Writes what the tests of the JavaScript package compare with; the page's core needs nothing of it.

#![allow(clippy::print_stdout, reason = "Cargo reads what a build script prints")]

#[cfg(feature = "cases")]
mod cases;

#[cfg(feature = "cases")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    cases::write()
}

#[cfg(not(feature = "cases"))]
const fn main() {}
