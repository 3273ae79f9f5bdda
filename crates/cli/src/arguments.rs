//! The command line. Names of commands, flags and values are a contract with the programs that call it.

use clap::{Args, Parser, Subcommand, ValueEnum};
use kafka_upgrade_catalog::Component;

/// Tells whether an Apache Kafka deployment is ready for a newer release: what breaks, what silently changes,
/// and what to do. Reads files, writes a report, and sends nothing anywhere.
#[derive(Debug, Parser)]
#[command(name = "kafka-upgrade-check", version, propagate_version = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show what is understood of files, before any judgement
    Read(ReadArguments),
}

#[derive(Debug, Args)]
pub(crate) struct ReadArguments {
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// How to print it
    #[arg(long, value_enum, default_value_t)]
    pub(crate) format: ReadFormat,
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
        format!("Kafka has no component of that name; it has {}", known.join(", "))
    })
}
