//! The project's own commands: `cargo xtask …`. What is *not* here: anything that a user runs.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a developer reads it on a terminal")]

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use xtask::toolchain::Choice;
use xtask::{
    import_kafka, kafka_jars, npm, page, record_java_options, record_javac, record_verdicts, scaffold, site,
    test, toolchain, tools, trial,
};

/// The project's own commands. What they need is installed under target/tools, once.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
    /// Where the compiler for wasm32 comes from.
    #[arg(long, global = true, value_enum, default_value_t = Choice::Auto)]
    wasm_toolchain: Choice,
}

#[derive(Subcommand)]
enum Task {
    /// Build the page and serve it on this machine.
    Serve {
        /// Port on 127.0.0.1; 0 takes a free one.
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Build the page into dist/.
    Build,
    /// Formatting, clippy and the tests inside the crates: under a minute when warm.
    Check,
    /// Run every check there is; the last line counts the tests.
    Test,
    /// What continuous integration runs: the same as `test`.
    Ci,
    /// Begin the note of a setting: crates/rules/notes/RELEASE/ID.toml.
    NewNote {
        /// First release in which it holds, such as 4.1.0.
        since: String,
        /// Such as removed-some-key; the prefix is its kind.
        id: String,
        /// The key that it is about.
        subject: String,
    },
    /// Begin a check in code, with its note.
    NewCheck {
        /// First release in which it holds, such as 4.1.0.
        since: String,
        /// Such as note-two-keys; the prefix is its kind.
        id: String,
        /// What it is about.
        subject: String,
    },
    /// Show one rule: its words, what its examples report, and where it fires in the corpus.
    Rule {
        /// Such as removed-delegation-token-master-key.
        id: String,
    },
    /// Check licences, bans, sources and advisories of dependencies (advisories are fetched from GitHub).
    Deny,
    /// Write the reference (rules, failures, keys, releases, KIPs) into dist/reference, beside the built page.
    Docs,
    /// Build the JavaScript package into target/npm and test it with tsc and Node.
    Npm,
    /// Build all that is compiled for browsers: the page without its reference, and the JavaScript package.
    Modules,
    /// Write the size of every file of the page to docs/measured/size.txt.
    Size {
        /// Write nothing, and fail where the page has grown beyond what is written there.
        #[arg(long)]
        check: bool,
    },
    /// Write the time that one check takes to docs/measured/bench.txt.
    Bench {
        /// Measure the built page in Chromium instead, to docs/measured/page.txt.
        #[arg(long)]
        page: bool,
    },
    /// Ask a release's own jars what it declares (Java 17 and Maven are needed).
    ImportKafka {
        /// Such as 4.4.0; several are taken one after the other.
        #[arg(required_unless_present = "all")]
        releases: Vec<String>,
        /// Every release that is recorded: none of their files should change.
        #[arg(long, conflicts_with = "releases")]
        all: bool,
    },
    /// Ask a release about configurations, one a line from standard input (Java 17 and Maven are needed).
    Ask {
        /// Such as 4.0.2.
        release: String,
    },
    /// Ask real Kafka about every generated case and write its verdicts to tests/verdicts (Java 17 and Maven).
    RecordVerdicts {
        /// Such as 4.0.2 or `broker`; none: every release that is recorded, every component.
        #[arg(value_name = "RELEASE OR COMPONENT")]
        only: Vec<String>,
    },
    /// Ask javac about Java files at every release and write its answers to tests/javac (Java 17 and Maven).
    RecordJavac {
        /// Only about the files that were written by hand.
        #[arg(long)]
        written: bool,
    },
    /// Ask the Java on the path which options it does not start with (crates/catalog/data/java_options.csv).
    RecordJavaOptions {
        /// Today, such as 2026-11-29, for the lines that change.
        date: String,
    },
    /// Run the checker over checkouts of other repositories and compare with the accepted run (tests/trial).
    Trial {
        /// Checkouts, each called OWNER+NAME, or OWNER+NAME@COMMIT where it is no working tree of git.
        #[arg(required = true)]
        folders: Vec<PathBuf>,
        /// Write what was found as the accepted run; verdicts stay with their findings.
        #[arg(long)]
        accept: bool,
        /// Print so many findings that nobody judged, with their lines.
        #[arg(long, value_name = "COUNT", default_value_t = 0)]
        sample: usize,
        /// The command to run, instead of one built with optimisation.
        #[arg(long, value_name = "FILE")]
        command: Option<PathBuf>,
    },
    /// Take pictures of the page, wide and narrow, light and dark.
    Screenshot {
        /// Folder for the pictures.
        #[arg(long, default_value = "target/screenshots")]
        out: PathBuf,
    },
}

fn begun(file: PathBuf) {
    println!("{} is started; the build reports what is missing.", file.display());
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode> {
    match cli.task {
        Task::Serve { port } => {
            let dist = page::build(cli.wasm_toolchain)?;
            let site = site::Site::open(&dist, port)
                .with_context(|| format!("port {port} is taken; choose another with --port"))?;
            println!("\nKafka Upgrade Check is at {}\nCtrl-C ends it.", site.address());
            site.serve_until_killed();
        }
        Task::Build => {
            let dist = page::build(cli.wasm_toolchain)?;
            println!("\nThe site is in {}", dist.display());
        }
        Task::Check => return test::quick(),
        Task::Test | Task::Ci => return test::everything(cli.wasm_toolchain),
        Task::NewNote { since, id, subject } => begun(scaffold::note(&xtask::root(), &since, &id, &subject)?),
        Task::NewCheck { since, id, subject } => {
            begun(scaffold::check(&xtask::root(), &since, &id, &subject)?)
        }
        Task::Rule { id } => test::example("rule", &[id.as_ref()])?,
        Task::Deny => test::dependencies(&["licenses", "bans", "sources", "advisories"])?,
        Task::Docs => page::reference()?,
        Task::Npm => {
            let tools = tools::ensure()?;
            let package = npm::build(toolchain::ensure(cli.wasm_toolchain)?, &tools)?;
            let (passed, failed) = npm::test()?;
            println!("\nThe package is in {}\n{passed} passed, {failed} failed", package.display());
            anyhow::ensure!(failed == 0, "the package is not as its users need it");
        }
        Task::Modules => {
            let toolchain = toolchain::ensure(cli.wasm_toolchain)?;
            let tools = tools::ensure()?;
            // One that does not compile is no reason to leave the other out.
            let page = page::build_shell(toolchain, &tools);
            match (page, npm::build(toolchain, &tools)) {
                (Err(page), Err(package)) => anyhow::bail!("{page:#}\nerror: {package:#}"),
                (page, package) => page.and(package.map(drop))?,
            }
        }
        Task::Size { check } => {
            page::build(cli.wasm_toolchain)?;
            let arguments: &[&std::ffi::OsStr] = if check { &["--check".as_ref()] } else { &[] };
            test::example("size", arguments)?;
        }
        Task::Bench { page: true } => test::example("bench_page", &[])?,
        Task::Bench { page: false } => xtask::bench::bench()?,
        Task::ImportKafka { releases, all } => {
            let releases = if all { import_kafka::recorded()? } else { releases };
            releases.iter().try_for_each(|release| import_kafka::import(release))?
        }
        Task::Ask { release } => {
            let jars = kafka_jars::published(&release)?;
            let arguments = jars.iter().map(kafka_jars::Artifact::argument);
            let status = kafka_jars::program("Oracle")?.args(arguments).status()?;
            return Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Task::RecordVerdicts { only } => record_verdicts::record(&only)?,
        Task::RecordJavaOptions { date } => record_java_options::record(&date)?,
        Task::Trial { folders, accept, sample, command } => {
            return trial::trial(&trial::Asked { folders, accept, sample, command });
        }
        Task::RecordJavac { written } => record_javac::record(written)?,
        Task::Screenshot { out } => {
            xtask::browser::ensure()?;
            page::build(cli.wasm_toolchain)?;
            test::example("screenshot", &[out.as_os_str()])?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
