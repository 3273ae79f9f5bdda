//! The JavaScript package: built into `target/npm/kafka-upgrade-check`, ready to be published, and tested as its users use
//! it: types by `tsc`, calls in Node, bundled by the usual bundlers. A test of the page opens the bundles in a browser.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::process::{answer, on_path, run, run_bounded, step};
use crate::toolchain::{TARGET, Toolchain, apt_install};
use crate::tools::Tools;

/// The name of the package, and of its folder.
pub const NAME: &str = "kafka-upgrade-check";

/// The folder with the lock file of npm's packages that the tests need.
const TOOLS: &str = "tools";

/// What bundles the package, as `bundle.mjs` names them.
pub const BUNDLERS: &[&str] = &["esbuild", "vite", "webpack"];

/// The oldest Node that the package is for.
const NODE: u32 = 18;

/// What is in the package as it is in the repository.
const FILES: &[&str] = &["index.js", "index.d.ts", "node.js", "element.js", "element.d.ts", "README.md"];

/// Where the package is built.
#[must_use]
pub fn folder() -> PathBuf {
    crate::root().join("target").join("npm").join(NAME)
}

/// Where a bundler has written the page that uses the package.
#[must_use]
pub fn bundled(bundler: &str) -> PathBuf {
    place().join("bundles").join("out").join(bundler)
}

/// Where the tests are copied to, beside the package as npm would install it.
fn place() -> PathBuf {
    crate::root().join("target").join("npm").join("test")
}

fn sources() -> PathBuf {
    crate::root().join("crates").join("wasm").join("package")
}

/// Builds the package; returns its folder.
pub fn build(toolchain: Toolchain, tools: &Tools) -> Result<PathBuf> {
    step("Build the JavaScript package into target/npm", || {
        let mut cargo = toolchain.cargo();
        cargo.args(["build", "--quiet", "--profile", "page", "--target", TARGET]);
        cargo.args(["--package", "kafka-upgrade-wasm", "--bin", "kafka-upgrade-wasm"]);
        cargo.args(["--no-default-features", "--features", "package"]);
        run(&mut cargo)?;
        let target = crate::root().join("target");
        let target = if toolchain == Toolchain::Debian { target.join("debian") } else { target };
        let module = target.join(TARGET).join("page").join("kafka-upgrade-wasm.wasm");
        let package = folder();
        if package.exists() {
            fs::remove_dir_all(&package)?;
        }
        fs::create_dir_all(&package)?;
        let mut bind = tools.command("wasm-bindgen")?;
        bind.args(["--target", "web", "--out-name", "core", "--out-dir"]).arg(&package).arg(&module);
        run(&mut bind)?;
        let core = package.join("core_bg.wasm");
        crate::optimise::package(&core, tools)?;
        // Only newer libraries of TypeScript know this name; `free` does the same.
        let types = package.join("core.d.ts");
        let declared = fs::read_to_string(&types)?;
        let plain: String =
            declared.split_inclusive('\n').filter(|line| !line.contains("[Symbol.dispose]")).collect();
        ensure!(plain.len() < declared.len() && plain.contains("free(): void;"), "core.d.ts has changed");
        fs::write(types, plain)?;
        // It declares only the module's internals; the package has declarations of its own.
        fs::remove_file(package.join("core_bg.wasm.d.ts"))?;
        for name in FILES {
            fs::copy(sources().join(name), package.join(name)).with_context(|| (*name).to_owned())?;
        }
        for licence in ["LICENSE-APACHE", "LICENSE-MIT"] {
            fs::copy(crate::root().join(licence), package.join(licence))?;
        }
        let manifest = fs::read_to_string(sources().join("package.json"))?;
        let version = version()?;
        ensure!(manifest.contains("\"version\": \"0.0.0\""), "package.json has a version of its own");
        fs::write(package.join("package.json"), manifest.replace("0.0.0", &version))?;
        println!("    {} KB of wasm", fs::metadata(&core)?.len() / 1000);
        Ok(package)
    })
}

/// The version of the workspace.
fn version() -> Result<String> {
    let manifest = fs::read_to_string(crate::root().join("Cargo.toml"))?;
    let line = manifest.lines().find_map(|line| line.strip_prefix("version = \""));
    Ok(line.and_then(|rest| rest.strip_suffix('"')).context("the workspace has no version")?.to_owned())
}

/// Tests the built package: gives how many tests passed and failed; types and each bundle count as one.
pub fn test() -> Result<(u32, u32)> {
    let node = node()?;
    let tools = install()?;
    let installed = tools.join("node_modules");
    let place = place();
    if place.exists() {
        fs::remove_dir_all(&place)?;
    }
    let modules = place.join("node_modules");
    copy_folder(&sources().join("test"), &place)?;
    fs::create_dir_all(modules.join("@types"))?;
    copy_folder(&folder(), &modules.join(NAME))?;
    for types in ["@types/node", "undici-types"] {
        copy_folder(&installed.join(types), &modules.join(types))?;
    }
    let tsc = installed.join("typescript").join("bin").join("tsc");
    let mut counts = (0, 0);
    let mut count = |outcome: Result<()>| {
        counts.0 += u32::from(outcome.is_ok());
        counts.1 += u32::from(outcome.is_err());
        if let Err(error) = outcome {
            eprintln!("error: {error:#}");
        }
    };
    count(step("Types of the JavaScript package (tsc), as Node and as bundlers resolve them", || {
        for project in ["tsconfig.json", "tsconfig.bundler.json", "tsconfig.plain.json"] {
            run(Command::new(&node).arg(&tsc).args(["--project", project]).current_dir(&place))?;
        }
        Ok(())
    }));
    for bundler in BUNDLERS {
        count(step(&format!("A page with the JavaScript package, bundled by {bundler}"), || {
            let mut bundle = Command::new(&node);
            bundle.args(["bundle.mjs", bundler]).current_dir(place.join("bundles")).env("BUNDLERS", &tools);
            run_bounded(&mut bundle, Duration::from_secs(300))
        }));
    }
    let output = step("Tests of the JavaScript package in Node", || {
        let output = Command::new(&node)
            .args(["--test", "--test-reporter=tap", "node.test.mjs"])
            .current_dir(&place)
            .output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        ensure!(
            output.status.success() || text.contains("\n# fail "),
            "node --test failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(text)
    })?;
    let (passed, failed) = counted(&output);
    if failed > 0 || passed == 0 {
        println!("{output}");
    }
    ensure!(passed + failed > 0, "node found no tests");
    Ok((passed + counts.0, failed + counts.1))
}

/// The numbers that end what `node --test` writes.
fn counted(output: &str) -> (u32, u32) {
    let number = |name: &str| {
        let line = output.lines().rev().find_map(|line| line.strip_prefix(name));
        line.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
    };
    (number("# pass "), number("# fail ") + number("# cancelled "))
}

/// Node, found or installed.
fn node() -> Result<PathBuf> {
    if on_path("node").is_none() || on_path("npm").is_none() {
        apt_install(&["nodejs", "npm"], "Node with npm")?;
    }
    let node = on_path("node").context("Node is needed to test the JavaScript package")?;
    let printed = answer(Command::new(&node).arg("--version")).unwrap_or_default();
    let major = printed.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    ensure!(major >= Some(NODE), "Node {NODE} or newer is needed, and this is {printed}");
    Ok(node)
}

/// The folder with the `node_modules` that the lock file names, byte for byte.
fn install() -> Result<PathBuf> {
    let prefix = crate::tools_folder().join("npm-tests");
    let lock = fs::read_to_string(sources().join("test").join(TOOLS).join("package-lock.json"))?;
    let mark = prefix.join("installed");
    if fs::read_to_string(&mark).is_ok_and(|installed| installed == lock) {
        return Ok(prefix);
    }
    step("Install TypeScript and bundlers into target/tools", || {
        // Packages of an older lock file would be mistaken for those of this one.
        if prefix.exists() {
            fs::remove_dir_all(&prefix)?;
        }
        fs::create_dir_all(&prefix)?;
        for name in ["package.json", "package-lock.json"] {
            fs::copy(sources().join("test").join(TOOLS).join(name), prefix.join(name))?;
        }
        let Some(npm) = on_path("npm") else { bail!("npm is not installed") };
        let mut command = Command::new(npm);
        command.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&prefix);
        run_bounded(&mut command, Duration::from_secs(300))?;
        Ok(fs::write(&mark, lock)?)
    })?;
    Ok(prefix)
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from).with_context(|| from.display().to_string())? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_node_counts_is_read() {
        assert_eq!(counted("ok 1 - x\n# tests 3\n# pass 2\n# fail 1\n# cancelled 0\n"), (2, 1));
        assert_eq!(counted("nothing"), (0, 0));
    }

    #[test]
    fn every_file_of_the_package_is_there() {
        for name in FILES {
            assert!(sources().join(name).is_file(), "{name}");
        }
        assert!(version().unwrap().contains('.'));
    }
}
