//! Building the page with Trunk.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

use crate::process::{run, step};
use crate::toolchain::{self, Choice, Toolchain};
use crate::tools::{self, Tools};

/// Sets up whatever is missing and builds the page as it is shipped; returns the folder with it.
pub fn build(choice: Choice) -> Result<PathBuf> {
    let toolchain = toolchain::ensure(choice)?;
    let tools = tools::ensure()?;
    build_with(toolchain, &tools)
}

/// Builds the page as it is shipped; returns the folder with it.
pub fn build_with(toolchain: Toolchain, tools: &Tools) -> Result<PathBuf> {
    build_shell(toolchain, tools)?;
    write_reference()?;
    Ok(crate::dist())
}

/// Builds the page without its reference.
pub fn build_shell(toolchain: Toolchain, tools: &Tools) -> Result<()> {
    step("Build the page into dist/ (1 to 3 minutes on two cores the first time)", || {
        let mut command = tools.command("trunk")?;
        configure(&mut command, toolchain);
        run(&mut command).context("the page could not be built")?;
        crate::optimise::site(&crate::dist(), tools)?;
        crate::single::write(&crate::dist())?;
        crate::bundle::bundle(&crate::dist(), tools.esbuild.then_some(tools))?;
        name_by_content(&crate::dist())
    })
}

/// Writes the reference into the built page.
pub fn write_reference() -> Result<()> {
    step("Write the reference into dist/reference", reference)
}

/// Writes the static pages of rules, failures, keys, releases and KIPs beside the page.
pub fn reference() -> Result<()> {
    crate::test::example("reference", &[crate::dist().join("reference").as_os_str()])
}

/// Files that Trunk copies under their own names, in addition to those that `bundle` makes. A browser with an old
/// copy in its cache would run it with a new shell.
const COPIED: &[&str] = &["boot.js", "look.js"];

/// Names files after what is in them, as Trunk does with the others.
fn name_by_content(dist: &Path) -> Result<()> {
    let index = dist.join("index.html");
    let mut html = fs::read_to_string(&index)?;
    for name in COPIED.iter().chain(crate::bundle::MADE) {
        let content = fs::read(dist.join(name)).with_context(|| format!("{name} is not in the site"))?;
        let hash: String =
            Sha256::digest(&content).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let named = format!("{stem}-{hash}.{extension}");
        anyhow::ensure!(html.contains(name), "the page does not name {name}");
        html = html.replace(name, &named);
        fs::rename(dist.join(name), dist.join(named))?;
    }
    fs::write(index, html)?;
    Ok(())
}

/// Not in Trunk's release mode, in which it would call wasm-opt each time anew: [`crate::optimise`] does. The profile sets
/// the compiler's options either way.
fn configure(command: &mut Command, toolchain: Toolchain) {
    command.args(["build", "--cargo-profile", "page", "--release=false", "--dist"]).arg(crate::dist());
    // `Trunk.toml` keeps Trunk from downloading tools; cargo still has to get the crates.
    command.arg("--offline=false");
    // Trunk refuses NO_COLOR=1, which others set for good reason; it wants a bool.
    command.env_remove("NO_COLOR");
    // Sixty lines of backtrace from Trunk would hide the line with the error.
    command.env("RUST_BACKTRACE", "0");
    toolchain.apply(command);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::process::command_line;

    #[test]
    fn a_file_is_named_after_its_content_wherever_the_page_names_it() {
        let dist = std::env::temp_dir().join(format!("named-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        let unnamed: Vec<&str> = COPIED.iter().chain(crate::bundle::MADE).copied().collect();
        for name in &unnamed {
            fs::write(dist.join(name), name).unwrap();
        }
        let links: String = unnamed.iter().map(|name| format!("\"./{name}\" ")).collect();
        fs::write(dist.join("index.html"), format!("{links}{links}")).unwrap();
        name_by_content(&dist).unwrap();
        let html = fs::read_to_string(dist.join("index.html")).unwrap();
        let named: Vec<&str> = html.split('"').filter(|part| part.starts_with("./")).collect();
        assert_eq!(named.len(), 2 * unnamed.len());
        for name in named {
            assert!(dist.join(name).is_file() && !unnamed.contains(&name.trim_start_matches("./")), "{name}");
        }
        fs::remove_dir_all(&dist).unwrap();
    }

    #[test]
    fn trunk_takes_the_pages_profile_and_optimises_nothing_itself() {
        let mut command = Command::new("trunk");
        configure(&mut command, Toolchain::Active);
        let words = command_line(&command);
        assert!(words.contains(" --cargo-profile page ") && words.contains(" --release=false "), "{words}");
    }
}
