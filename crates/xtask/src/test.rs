//! Everything that is checked before a change is taken, counted in one line at the end.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, anyhow, ensure};
use clap::ValueEnum;

use crate::browser::{self, ARGUMENTS, Browser};
use crate::process::{Ended, announce, cargo, elapsed, gently, run, step};
use crate::toolchain::{self, Choice, TARGET, Toolchain};
use crate::tools::{self, Tools};
use crate::{npm, page};

/// The packages that are compiled for the browser.
const WASM_PACKAGES: [&str; 2] = ["kafka-upgrade-wasm", "web"];

/// How many tests passed and failed. A step that is no test, such as formatting, counts when it fails.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    passed: u32,
    failed: u32,
}

impl Counts {
    fn add(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// Reads the line that ends the run of one test program; other lines count nothing.
    fn of_line(line: &str) -> Self {
        let Some(rest) = line.trim_start().strip_prefix("test result: ") else { return Self::default() };
        let number = |word: &str| {
            let before = rest.split(word).next().unwrap_or_default();
            before.split_whitespace().next_back().and_then(|number| number.parse().ok()).unwrap_or(0)
        };
        Self { passed: number(" passed"), failed: number(" failed") }
    }
}

/// Runs all of it, whatever fails in between, and ends with the line that counts.
pub fn everything(choice: Choice) -> Result<ExitCode> {
    let start = Instant::now();
    let mut failures = Vec::new();
    let mut total = Counts::default();
    let mut note = |what: &str, outcome: Result<Counts>| {
        match outcome {
            Ok(counts) => {
                total.add(counts);
                if counts.failed > 0 {
                    failures.push(format!("{what}: {} tests", counts.failed));
                }
            }
            Err(error) => {
                eprintln!("error: {error:#}");
                total.failed += 1;
                failures.push(what.to_owned());
            }
        };
    };

    note("formatting", step("Formatting", || checked(cargo().args(["fmt", "--all", "--check"]))));
    let there = set_up(choice);
    // The optimiser works on a module alone, with one core.
    let beside = there.is_ok().then(|| Beside::start(choice));
    note("clippy", step("Clippy, native", || checked(&mut clippy())));
    let deny = || dependencies(&["licenses", "bans", "sources"]).map(|()| Counts::default());
    note("dependencies", step("Licences, bans and sources of dependencies", deny));

    match there {
        Err(error) => note("set-up", Err(error)),
        Ok((browser, toolchain, tools)) => {
            note("clippy for wasm32", step("Clippy, wasm32", || checked(&mut wasm_clippy(toolchain))));
            let built = step("Build the native tests", || build_tests(&browser));
            let tests_are_there = built.is_ok();
            note("build of the tests", built);
            note("wasm tests", step("Tests, wasm in Chromium", || wasm_tests(toolchain, &tools, &browser)));
            if let Some(beside) = beside {
                let built = beside.and_then(|beside| {
                    step("The page and the JavaScript package, built meanwhile", || beside.end())
                });
                note("page and JavaScript package", built.map(|()| Counts::default()));
            }
            note("reference", page::write_reference().map(|()| Counts::default()));
            let grown = || example("size", &["--check".as_ref()]).map(|()| Counts::default());
            note("size", step("Size of the page against what is written", grown));
            note("JavaScript package", npm_tests());
            if tests_are_there {
                let tests = || native_tests(&browser);
                note("tests", step("Tests, native and the page in Chromium and Firefox", tests));
            }
        }
    }

    announce(&format!("All of it took {}", elapsed(start.elapsed())));
    for failure in &failures {
        println!("    failed: {failure}");
    }
    println!("{} passed, {} failed", total.passed, total.failed);
    Ok(if total.failed == 0 && total.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Formatting, clippy, the tests inside the crates and the layout of the house, without a browser: what to run before each commit.
pub fn quick() -> Result<ExitCode> {
    let start = Instant::now();
    step("Formatting", || run(cargo().args(["fmt", "--all", "--check"])))?;
    step("Clippy, native", || run(&mut clippy()))?;
    let mut counts = step("Tests inside the crates", || {
        counted(cargo().args(["test", "--workspace", "--lib", "--bins", "--no-fail-fast", "--quiet"]))
    })?;
    let mut layout = cargo();
    layout.args(["test", "--workspace", "--test", "layout", "--quiet"]);
    counts.add(step("Walls between crates, circles between files", || counted(&mut layout))?);
    announce(&format!("All of it took {}", elapsed(start.elapsed())));
    println!("{} passed, {} failed", counts.passed, counts.failed);
    Ok(if counts.failed == 0 && counts.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Asks `cargo deny` about dependencies. Advisories change from day to day and come over the network, so they are no
/// part of the tests.
pub fn dependencies(checks: &[&str]) -> Result<()> {
    let mut deny = tools::cargo_deny()?;
    // Also those of other systems, which no build here has asked for.
    run(cargo().args(["fetch", "--locked", "--quiet"]))?;
    if !checks.contains(&"advisories") {
        deny.arg("--offline");
    }
    deny.args(["--log-level", "error", "check", "--hide-inclusion-graph"]);
    run(deny.args(checks))
}

fn clippy() -> Command {
    let mut clippy = cargo();
    clippy.args(["clippy", "--workspace", "--all-targets", "--quiet", "--", "-D", "warnings"]);
    clippy
}

fn set_up(choice: Choice) -> Result<(Browser, Toolchain, Tools)> {
    let browser = browser::ensure()?;
    browser::ensure_firefox()?;
    tools::axe()?;
    tools::mkdocs()?;
    let toolchain = toolchain::ensure(choice)?;
    Ok((browser, toolchain, tools::ensure()?))
}

fn wasm_clippy(toolchain: Toolchain) -> Command {
    let mut clippy = toolchain.clippy();
    for package in WASM_PACKAGES {
        clippy.args(["--package", package]);
    }
    // What they are made of is linted natively.
    clippy.args(["--no-deps", "--target", TARGET, "--all-targets", "--quiet", "--", "-D", "warnings"]);
    clippy
}

/// What is built while other steps run; what it writes is shown in one piece when it ends. It compiles in folders of
/// another profile, so that no cargo waits for the other.
struct Beside {
    child: Ended,
    output: PathBuf,
}

impl Beside {
    /// Starts `cargo xtask modules` by this very program.
    fn start(choice: Choice) -> Result<Self> {
        let output = crate::tools_folder().join("modules.log");
        let file = std::fs::File::create(&output).with_context(|| output.display().to_string())?;
        let mut modules = Command::new(std::env::current_exe()?);
        let choice = choice.to_possible_value().context("a choice without a name")?;
        modules.args(["modules", "--wasm-toolchain", choice.get_name()]);
        modules.stdin(Stdio::null()).stdout(file.try_clone()?).stderr(file);
        Ok(Self { child: Ended(modules.spawn().context("cannot build the page")?), output })
    }

    /// Waits, and shows what was written meanwhile.
    fn end(mut self) -> Result<()> {
        let status = self.child.0.wait()?;
        std::io::stdout().write_all(&std::fs::read(&self.output)?)?;
        ensure!(status.success(), "the page or the package was not built: {status}");
        Ok(())
    }
}

/// A run of native tests, of all packages at once so that each crate is compiled with the features of all.
fn tests_of_all(browser: &Browser, arguments: &[&str]) -> Command {
    let mut tests = cargo();
    tests.args(["test", "--workspace", "--no-fail-fast"]).args(arguments);
    tests.env("CHROME", &browser.browser).env("CHROMEDRIVER", &browser.driver);
    tests
}

fn build_tests(browser: &Browser) -> Result<Counts> {
    run(&mut tests_of_all(browser, &["--no-run"]))?;
    checked(&mut tests_of_all(browser, &["--test", "page", "--no-run"]))
}

/// All tests that run natively. Those of the page wait more than they work, so the others run beside them, at the lowest
/// priority: a browser that has to wait for them would miss what a test is after.
fn native_tests(browser: &Browser) -> Result<Counts> {
    let mut shown = Vec::new();
    let (page, others) = std::thread::scope(|scope| {
        let others = scope.spawn(|| counted_to(&mut gently(&tests_of_all(browser, &[])), &mut shown));
        let page = counted(&mut tests_of_all(browser, &["--test", "page"]));
        (page, others.join())
    });
    std::io::stdout().write_all(&shown)?;
    let mut counts = page?;
    counts.add(others.map_err(|_| anyhow!("what ran beside the page's tests panicked"))??);
    Ok(counts)
}

/// Tests that run as wasm. The browser is configured by a file, the only one that wasm-bindgen's runner reads.
fn wasm_tests(toolchain: Toolchain, tools: &Tools, browser: &Browser) -> Result<Counts> {
    let reports = crate::root().join("target").join("native-reports.json");
    example("native_reports", &[reports.as_os_str()])?;
    let capabilities = crate::tools_folder().join("webdriver.json");
    std::fs::write(&capabilities, webdriver_json(browser))?;
    let mut command = toolchain.cargo();
    command
        .args(["test", "--no-fail-fast", "--target", TARGET, "--package", "kafka-upgrade-wasm", "--tests"])
        // They are few and small: compiling them well takes longer than they do.
        .env("CARGO_PROFILE_DEV_OPT_LEVEL", "0")
        .env("NATIVE_REPORTS", &reports)
        // The page may be compiled beside them; the runner itself has a patience of 20 seconds.
        .env("WASM_BINDGEN_TEST_TIMEOUT", "180")
        .env("PATH", tools.path()?)
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("CHROMEDRIVER", &browser.driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", &capabilities);
    counted(&mut command)
}

/// Types and calls of the package that was built.
fn npm_tests() -> Result<Counts> {
    let (passed, failed) = npm::test()?;
    Ok(Counts { passed, failed })
}

/// chromedriver makes a fresh folder for the profile by itself where none is named.
fn webdriver_json(browser: &Browser) -> String {
    let arguments: Vec<String> = ARGUMENTS.iter().map(|argument| format!("{argument:?}")).collect();
    let binary = browser.browser.to_string_lossy();
    format!("{{\"goog:chromeOptions\": {{\"binary\": {binary:?}, \"args\": [{}]}}}}\n", arguments.join(", "))
}

/// A step that either succeeds or is one failure.
fn checked(command: &mut Command) -> Result<Counts> {
    run(command).map(|()| Counts::default())
}

/// Runs tests, shows what they write and counts them. A test program that ends without saying how it went
/// is one failure.
fn counted(command: &mut Command) -> Result<Counts> {
    counted_to(command, &mut std::io::stdout())
}

fn counted_to(command: &mut Command, shown: &mut dyn Write) -> Result<Counts> {
    let name = crate::process::command_line(command);
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    let mut child = Ended(command.spawn().with_context(|| format!("cannot start `{name}`"))?);
    let mut counts = Counts::default();
    if let Some(output) = child.0.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line?;
            let line = String::from_utf8_lossy(&line);
            writeln!(shown, "{line}")?;
            counts.add(Counts::of_line(&line));
        }
    }
    let status = child.0.wait()?;
    if !status.success() && counts.failed == 0 {
        eprintln!("error: `{name}` failed: {status}");
        counts.failed = 1;
    }
    Ok(counts)
}

/// Runs one of the examples: generators and measurements that need crates which the set-up does without. No package is
/// named, or cargo would choose features for that one alone and compile all that is below it once more for the tests.
pub fn example(name: &str, arguments: &[&OsStr]) -> Result<()> {
    let mut command = cargo();
    command.args(["run", "--quiet", "--example", name, "--"]).args(arguments);
    run(&mut command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_result_lines_of_test_programs_are_summed_and_nothing_else() {
        let mut counts = Counts::default();
        for line in [
            "running 2 tests",
            "test result: ok. 31 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "    test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 filtered out; finished in 1.20s",
            "the line 5 passed; 5 failed is not a result",
        ] {
            counts.add(Counts::of_line(line));
        }
        assert_eq!(counts, Counts { passed: 33, failed: 1 });
    }

    #[cfg(unix)]
    #[test]
    fn a_test_program_that_dies_without_a_result_is_a_failure() {
        let mut dies = Command::new("sh");
        dies.args(["-c", "echo 'test result: ok. 3 passed; 0 failed; 0 ignored'; exit 101"]);
        let mut shown = Vec::new();
        assert_eq!(counted_to(&mut dies, &mut shown).unwrap(), Counts { passed: 3, failed: 1 });
        assert_eq!(shown, b"test result: ok. 3 passed; 0 failed; 0 ignored\n");
    }

    #[test]
    fn the_configuration_names_the_browser_and_keeps_it_silent() {
        let found = Browser { browser: "/usr/bin/chromium".into(), driver: "/usr/bin/chromedriver".into() };
        let configured = webdriver_json(&found);
        assert!(configured.starts_with(
            "{\"goog:chromeOptions\": {\"binary\": \"/usr/bin/chromium\", \"args\": [\"--headless\""
        ));
        assert!(configured.contains("\"--disable-background-networking\""));
    }
}
