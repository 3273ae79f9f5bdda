//! Building the page with Trunk.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{run, step};
use crate::toolchain::{self, Choice, Toolchain};
use crate::tools::{self, Tools};

/// Sets up whatever lacks and builds the page as it is shipped; gives the folder with it.
pub fn build(choice: Choice) -> Result<PathBuf> {
    let toolchain = toolchain::ensure(choice)?;
    let tools = tools::ensure()?;
    build_with(toolchain, &tools)
}

/// Builds the page as it is shipped; gives the folder with it.
pub fn build_with(toolchain: Toolchain, tools: &Tools) -> Result<PathBuf> {
    step("Build the page into dist/ (1 to 3 minutes on two cores the first time)", || {
        let mut command = tools.command("trunk")?;
        configure(&mut command, toolchain, tools.wasm_opt);
        run(&mut command).context("the page could not be built")?;
        crate::single::write(&crate::dist()).map(drop)
    })?;
    Ok(crate::dist())
}

/// Trunk calls wasm-opt in release mode only, so leaving that out is how to do without. What the compiler
/// does is said by the profile either way.
fn configure(command: &mut Command, toolchain: Toolchain, wasm_opt: bool) {
    command.args(["build", "--cargo-profile", "page", "--dist"]).arg(crate::dist());
    command.arg(format!("--release={wasm_opt}"));
    // `Trunk.toml` keeps Trunk from downloading tools; cargo still has to get the crates.
    command.arg("--offline=false");
    // Trunk refuses NO_COLOR=1, which others set for good reason; it wants a bool.
    command.env_remove("NO_COLOR");
    // Sixty lines of Trunk's inside would hide the one that says what is wrong.
    command.env("RUST_BACKTRACE", "0");
    toolchain.apply(command);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::told;

    #[test]
    fn without_wasm_opt_trunk_is_kept_from_asking_for_it() {
        let words = |wasm_opt| {
            let mut command = Command::new("trunk");
            configure(&mut command, Toolchain::Active, wasm_opt);
            told(&command)
        };
        assert!(words(true).contains(" --release=true"));
        assert!(words(false).contains(" --release=false"));
        assert!(words(false).contains("--cargo-profile page"));
    }
}
