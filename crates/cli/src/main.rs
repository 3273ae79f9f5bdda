//! `kafka-upgrade-check`, the command: flags, files and exit codes around the core.
//!
//! What is *not* here: reading, judging, reporting. Exit codes are a contract: 0 nothing at or above
//! `--fail-on`, 1 something, 2 bad usage or input that could not be read, 3 with `--fail-on unknown` where something
//! that takes part could not be judged and nothing worse was found.

mod arguments;
mod check;
mod classes;
mod comment;
mod convert;
mod diff;
mod drafted;
mod ending;
mod explain;
mod fix;
mod inputs;
mod output;
mod patch;
mod read;
mod releases;
mod save;
mod walk;
mod words;

use std::process::ExitCode;

pub(crate) use ending::Ending;

use arguments::{Arguments, Command};

fn main() -> ExitCode {
    match Arguments::read().command {
        Command::Check(arguments) => check::run(&arguments),
        Command::Read(arguments) => read::run(&arguments),
        Command::Fix(arguments) => fix::run(&arguments),
        Command::Convert(arguments) => convert::run(&arguments),
        Command::Explain(arguments) => explain::explain(&arguments.rule),
        Command::Rules => explain::list(),
        Command::Versions => releases::list(),
        Command::Diff(arguments) => diff::run(&arguments),
    }
    .into()
}
