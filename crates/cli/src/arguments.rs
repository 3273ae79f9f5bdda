//! The command line. Names of commands, flags and values are a contract with the programs that call it.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use kafka_upgrade_catalog::{Component, Platform, Release};
use kafka_upgrade_log4j::Form;
use kafka_upgrade_report::{FORMATS, Mode};

use crate::releases;

/// Checks whether an Apache Kafka deployment is ready for a newer release: what breaks, what silently changes,
/// and what to do. Reads files, writes a report, and sends nothing anywhere.
#[derive(Debug, Parser)]
#[command(name = "kafka-upgrade-check", version, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

impl Arguments {
    /// Those of this process; bad ones end it, with what is wrong.
    pub(crate) fn read() -> Self {
        // What runs can be stated without naming a file; every other command wants files.
        let command = Self::command().mut_subcommand("check", |check| {
            check.mut_arg("paths", |paths| paths.required(false).required_unless_present("have"))
        });
        Self::from_arg_matches(&command.get_matches()).unwrap_or_else(|error| error.exit())
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Report what breaks and what changes for files, on the upgrade path to a release
    Check(CheckArguments),
    /// Show what is understood of files, before any judgement
    Read(ReadArguments),
    /// Apply the fixes that are safe; every other byte stays
    Fix(FixArguments),
    /// Convert a Log4j 1 file for Log4j 2, which 4.0 logs with
    Convert(ConvertArguments),
    /// Show what is known of one rule, of one key over all releases, or of the text of a failure
    Explain(ExplainArguments),
    /// List the rules that are written by hand
    Rules,
    /// List the releases that are known, and where their facts come from
    Versions,
    /// Show what two releases say differently of their configuration keys and public classes
    Diff(DiffArguments),
}

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    pub(crate) path: PathArguments,
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// How the brokers are run, in whose words the plan is; detected from the inputs when it is not given
    #[arg(long, value_name = "PLATFORM", value_parser = platforms())]
    pub(crate) platform: Option<Platform>,
    /// What runs, as one would say it: "kafka 2.8 zookeeper, java 11, librdkafka 1.9.2"; can be given several times
    #[arg(long, value_name = "TEXT")]
    pub(crate) have: Vec<String>,
    /// Write the files that the plan drafts, secrets and all, into this folder; files that are there already stay
    #[arg(long, value_name = "FOLDER")]
    pub(crate) write_drafts: Option<PathBuf>,
    /// Show passwords and the like, in lines, messages, edits and drafts, for a program that applies them
    #[arg(long)]
    pub(crate) with_secrets: bool,
    /// Print everything that is known: why, evidence, references, the plan's commands, what to check by hand
    #[arg(long, short)]
    pub(crate) verbose: bool,
    /// How to print the report
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = report_format())]
    pub(crate) format: String,
    /// Least severity of a finding that makes the command exit with 1
    #[arg(long, value_enum, default_value_t)]
    pub(crate) fail_on: FailOn,
}

#[derive(Debug, Args)]
pub(crate) struct FixArguments {
    #[command(flatten)]
    pub(crate) path: PathArguments,
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// Leave lines that go as comments, with the reason, where the format has comments
    #[arg(long)]
    pub(crate) comment: bool,
    /// Change nothing and print what would change
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// With --dry-run: show passwords and the like, so that the patch applies
    #[arg(long)]
    pub(crate) with_secrets: bool,
}

#[derive(Debug, Args)]
pub(crate) struct ConvertArguments {
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) to: ConvertForm,
    /// A Log4j 1 file, `.properties` or XML, or - for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: String,
}

/// [`Form`], as it is typed.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum ConvertForm {
    /// `log4j2.yaml`, as Kafka ships it
    #[default]
    Yaml,
    /// `log4j2.properties`
    Properties,
}

impl From<ConvertForm> for Form {
    fn from(form: ConvertForm) -> Self {
        match form {
            ConvertForm::Yaml => Self::Yaml,
            ConvertForm::Properties => Self::Properties,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArguments {
    /// Id of the rule, as reports have it, a key, the text of an error in quotes, or - to read that from standard input
    #[arg(value_name = "RULE")]
    pub(crate) rule: String,
}

#[derive(Debug, Args)]
pub(crate) struct DiffArguments {
    /// The one release
    #[arg(value_name = "FROM", value_parser = releases::resolve)]
    pub(crate) from: Release,
    /// The other release
    #[arg(value_name = "TO", value_parser = releases::resolve)]
    pub(crate) to: Release,
    /// Only this component's keys, and no classes
    #[arg(long, value_name = "COMPONENT", value_parser = component)]
    pub(crate) component: Option<Component>,
}

/// From where to where.
#[derive(Debug, Args)]
pub(crate) struct PathArguments {
    /// Release that runs now; detected from the inputs when it is not given
    #[arg(long, value_name = "RELEASE", value_parser = releases::resolve)]
    pub(crate) from: Option<Release>,
    /// Release to get to [default: the newest]; 4.1 means its newest patch
    #[arg(long, value_name = "RELEASE", value_parser = releases::resolve)]
    pub(crate) to: Option<Release>,
    /// How the cluster keeps its metadata now; detected from the inputs when it is not given
    #[arg(long, value_enum)]
    pub(crate) mode: Option<ModeArgument>,
}

/// [`Mode`], as it is typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum ModeArgument {
    Zookeeper,
    Kraft,
}

impl From<Mode> for ModeArgument {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::Zookeeper => Self::Zookeeper,
            Mode::Kraft => Self::Kraft,
        }
    }
}

impl From<ModeArgument> for Mode {
    fn from(mode: ModeArgument) -> Self {
        match mode {
            ModeArgument::Zookeeper => Self::Zookeeper,
            ModeArgument::Kraft => Self::Kraft,
        }
    }
}

/// What makes the command exit with 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum FailOn {
    #[default]
    Error,
    Warning,
    Info,
    /// Exit with 1 for errors, and with 3 where something could not be judged
    Unknown,
    Never,
}

fn platforms() -> impl TypedValueParser<Value = Platform> {
    let names = PossibleValuesParser::new(
        Platform::ALL.map(|platform| PossibleValue::new(platform.name()).help(platform.title())),
    );
    names.try_map(|name| Platform::parse(&name).ok_or("no platform that is known here"))
}

fn report_format() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about)))
}

#[derive(Debug, Args)]
pub(crate) struct ReadArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ReadFormat,
    /// Show passwords and the like
    #[arg(long)]
    pub(crate) with_secrets: bool,
}

/// Which texts, and what they are.
#[derive(Debug, Args)]
pub(crate) struct InputArguments {
    /// Component whose configuration all inputs are, instead of what they seem to be: broker, producer, …
    #[arg(long, value_name = "COMPONENT", value_parser = component)]
    pub(crate) component: Option<Component>,
    /// Name under which standard input is reported
    #[arg(long, value_name = "NAME", default_value = "stdin")]
    pub(crate) stdin_name: String,
    /// Read what .gitignore files name as well, and folders of packages and builds
    #[arg(long)]
    pub(crate) no_ignore: bool,
    /// Files, folders (walked), or - for standard input
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum ReadFormat {
    #[default]
    Text,
    Json,
}

fn component(name: &str) -> Result<Component, String> {
    Component::parse(name).ok_or_else(|| {
        let known: Vec<&str> = Component::ALL.iter().map(|component| component.name()).collect();
        format!(
            "Kafka has no component of that name; it has {}, and smt.CLASS for transforms",
            known.join(", ")
        )
    })
}
