//! The project's own commands: `cargo xtask …`. What is *not* here: anything that a user runs.

use clap::Parser;

/// The project's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Cli {}

fn main() {
    Cli::parse();
}
