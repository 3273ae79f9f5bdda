//! A compiler for wasm32-unknown-unknown.
//!
//! In this order: the active toolchain has the target; rustup adds it; Debian's compiler builds the standard
//! library from Debian's source. The second fails or hangs where rustup's servers are blocked, so it is
//! bounded in time and its failure is remembered. The third works wherever Debian's packages do.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::ValueEnum;

use crate::process::{answer, cargo, on_path, run, run_bounded, step};

/// The target of the page.
pub const TARGET: &str = "wasm32-unknown-unknown";

/// rustc 1.96 with its standard library's source and the crates that it is built from, and a linker.
const DEBIAN_PACKAGES: [&str; 5] = ["rustc-web", "cargo-web", "rust-web-clippy", "rust-web-src", "lld-22"];
const DEBIAN_LINKER: &str = "wasm-ld-22";
const RUSTUP_LIMIT: Duration = Duration::from_secs(120);

/// What the command line asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Choice {
    /// The first one that works.
    Auto,
    /// The active toolchain; rustup adds the target if it is missing.
    Rustup,
    /// Debian's packages, even if the active toolchain would do.
    Debian,
}

/// A compiler for wasm32 that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toolchain {
    /// The active toolchain.
    Active,
    /// Debian's compiler.
    Debian,
}

impl Toolchain {
    /// Lets a command, and the cargo that it starts, compile for wasm32 with this.
    pub fn apply(self, command: &mut Command) {
        match self {
            Self::Active => {}
            Self::Debian => {
                command
                    .env("CARGO", "/usr/bin/cargo")
                    .env("RUSTC", "/usr/bin/rustc")
                    .env("RUSTDOC", "/usr/bin/rustdoc")
                    // Building the standard library is not a stable feature; the compiler is a stable one.
                    .env("RUSTC_BOOTSTRAP", "1")
                    .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
                    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER)
                    // Two compilers in one folder would rebuild each other's work.
                    .env("CARGO_TARGET_DIR", crate::root().join("target").join("debian"))
                    .env_remove("RUSTUP_TOOLCHAIN");
            }
        }
    }

    /// `cargo` for wasm32; the caller adds the subcommand.
    #[must_use]
    pub fn cargo(self) -> Command {
        let mut command = match self {
            Self::Active => cargo(),
            Self::Debian => Command::new("/usr/bin/cargo"),
        };
        self.apply(&mut command);
        command.current_dir(crate::root());
        command
    }

    /// `cargo clippy` for wasm32. By its full name with Debian's: cargo would find rustup's first.
    #[must_use]
    pub fn clippy(self) -> Command {
        let mut command = match self {
            Self::Active => cargo(),
            Self::Debian => Command::new("/usr/bin/cargo-clippy"),
        };
        command.arg("clippy");
        self.apply(&mut command);
        command.current_dir(crate::root());
        command
    }
}

/// Finds a compiler, or makes one be there.
pub fn ensure(choice: Choice) -> Result<Toolchain> {
    if choice == Choice::Debian {
        return debian().map(|()| Toolchain::Debian);
    }
    if active_has_target() {
        return Ok(Toolchain::Active);
    }
    let rustup = rustup(&crate::tools_folder().join("rustup-target-add"));
    match (rustup, choice) {
        (Ok(()), _) => Ok(Toolchain::Active),
        (Err(error), Choice::Rustup) => Err(error),
        (Err(error), _) => {
            println!("note: {error:#}; trying Debian's compiler");
            debian().map(|()| Toolchain::Debian).context(format!(
                "no compiler for {TARGET}. One of these has to work: `rustup target add {TARGET}`, or \
                 `apt-get install {}` (Debian 12 or newer with its security updates)",
                DEBIAN_PACKAGES.join(" ")
            ))
        }
    }
}

fn active_has_target() -> bool {
    let libraries = answer(rustc().args(["--print", "target-libdir", "--target", TARGET]));
    let entries = libraries.and_then(|folder| fs::read_dir(folder).ok());
    entries.is_some_and(|mut entries| {
        entries
            .any(|entry| entry.is_ok_and(|entry| entry.file_name().to_string_lossy().starts_with("libstd-")))
    })
}

fn rustc() -> Command {
    Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

/// Asks rustup, unless the same toolchain was asked before and that failed.
fn rustup(memory: &Path) -> Result<()> {
    let Some(rustup) = on_path("rustup") else { bail!("rustup is not installed") };
    let version = answer(rustc().arg("-vV")).unwrap_or_default();
    if fs::read_to_string(memory).is_ok_and(|failed| failed == version) {
        bail!("`rustup target add` failed before (delete {} to ask again)", memory.display());
    }
    let outcome = step(&format!("Add {TARGET} to the toolchain (rustup; at most two minutes)"), || {
        run_bounded(Command::new(rustup).args(["target", "add", TARGET]), RUSTUP_LIMIT)
    });
    if outcome.is_err() || !active_has_target() {
        fs::create_dir_all(memory.parent().unwrap_or(memory))?;
        fs::write(memory, version)?;
        outcome?;
        bail!("rustup added the target to another toolchain than the active one");
    }
    Ok(())
}

fn debian() -> Result<()> {
    if debian_is_there() {
        return Ok(());
    }
    apt_install(&DEBIAN_PACKAGES, "Debian's compiler for wasm32, about 250 MB")?;
    if debian_is_there() {
        Ok(())
    } else {
        bail!("Debian's packages are there, but not a rustc of 1.95 or newer")
    }
}

fn debian_is_there() -> bool {
    let version = answer(Command::new("/usr/bin/rustc").args(["--version"]).env_remove("RUSTUP_TOOLCHAIN"));
    version.is_some_and(|version| new_enough(&version))
        && Path::new("/usr/bin/cargo-clippy").exists()
        && on_path(DEBIAN_LINKER).is_some()
        && answer(Command::new("/usr/bin/rustc").args(["--print", "sysroot"])).is_some_and(|sysroot| {
            Path::new(&sysroot).join("lib/rustlib/src/rust/library/std/Cargo.toml").exists()
        })
}

fn new_enough(version: &str) -> bool {
    let number = version.split_whitespace().nth(1).unwrap_or_default();
    let mut parts = number.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    (parts.next(), parts.next()) >= (Some(1), Some(95))
}

/// Installs packages of the system where that is ours to do: as root.
pub fn apt_install(packages: &[&str], what: &str) -> Result<()> {
    let all = packages.join(" ");
    if on_path("apt-get").is_none() {
        bail!("{what} is not installed, and there is no apt-get to install `{all}` with");
    }
    let root = answer(Command::new("id").arg("-u")).is_some_and(|user| user == "0");
    if !root {
        bail!("{what} is not installed; `sudo apt-get update && sudo apt-get install {all}` does it");
    }
    step(&format!("Install {what} (apt-get install {all})"), || {
        // A package source that is out of reach may not even have these packages, so it is no reason to stop.
        if let Err(error) = run(apt().arg("update")) {
            println!("note: {error:#}");
        }
        run(apt().args(["install", "-y", "--no-install-recommends"]).args(packages))
    })
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(command: &Command) -> Vec<String> {
        command.get_envs().map(|(name, _)| name.to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn the_active_toolchain_is_used_as_it_is() {
        let mut command = Command::new("trunk");
        Toolchain::Active.apply(&mut command);
        assert!(variables(&command).is_empty());
        assert_eq!(crate::process::command_line(&Toolchain::Active.clippy()), "cargo clippy");
    }

    #[test]
    fn debians_compiler_builds_the_standard_library_with_its_own_cargo_and_linker() {
        let mut command = Command::new("trunk");
        Toolchain::Debian.apply(&mut command);
        let printed = format!("{command:?}");
        for part in [
            "CARGO=\"/usr/bin/cargo\"",
            "RUSTC=\"/usr/bin/rustc\"",
            "RUSTC_BOOTSTRAP=\"1\"",
            "CARGO_UNSTABLE_BUILD_STD=\"std,panic_abort\"",
            "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=\"wasm-ld-22\"",
        ] {
            assert!(printed.contains(part), "{part} is not in {printed}");
        }
        assert_eq!(Toolchain::Debian.cargo().get_program(), "/usr/bin/cargo");
        assert_eq!(Toolchain::Debian.clippy().get_program(), "/usr/bin/cargo-clippy");
    }

    #[test]
    fn a_compiler_older_than_the_workspace_asks_for_is_not_used() {
        assert!(new_enough("rustc 1.96.0 (ac68faa20 2026-05-25) (built from a source tarball)"));
        assert!(!new_enough("rustc 1.85.0 (4d91de4e4 2025-02-17)"));
        assert!(!new_enough(""));
    }
}
