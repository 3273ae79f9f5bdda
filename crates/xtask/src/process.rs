//! Running other programs so that somebody who watches sees that something happens.

use std::env;
use std::ffi::OsStr;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// Announces what begins now, and what it costs the first time.
pub fn announce(what: &str) {
    println!("\n==> {what}");
    let _ = io::stdout().flush();
}

/// Runs `work` under a heading and prints its time, whatever the outcome.
pub fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    announce(what);
    let start = Instant::now();
    let outcome = work();
    let word = if outcome.is_ok() { "done" } else { "failed" };
    println!("    {word} after {}", elapsed(start.elapsed()));
    outcome
}

/// A duration for people: "7 s", "2 min 19 s".
#[must_use]
pub fn elapsed(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..=99 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

/// Runs a program to its end, its output as it comes; an unsuccessful end is an error.
pub fn run(command: &mut Command) -> Result<()> {
    let name = command_line(command);
    let status = command.stdin(Stdio::null()).status().with_context(|| format!("cannot start `{name}`"))?;
    if status.success() { Ok(()) } else { bail!("`{name}` failed: {status}") }
}

/// Runs a program that may be silent for long or never end: ticks every ten seconds, ends it at `limit`.
pub fn run_bounded(command: &mut Command, limit: Duration) -> Result<()> {
    let name = command_line(command);
    let child = command.stdin(Stdio::null()).spawn().with_context(|| format!("cannot start `{name}`"))?;
    let mut child = Ended(child);
    let start = Instant::now();
    let mut ticks = 0;
    loop {
        if let Some(status) = child.0.try_wait()? {
            return if status.success() { Ok(()) } else { bail!("`{name}` failed: {status}") };
        }
        let past = start.elapsed();
        if past >= limit {
            bail!("`{name}` was stopped after {}", elapsed(past));
        }
        if past.as_secs() / 10 > ticks {
            ticks = past.as_secs() / 10;
            println!("    … {}", elapsed(past));
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// What a program writes to its standard output, or `None` when it cannot be run or is not content.
#[must_use]
pub fn answer(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// A child process that ends with this handle, on a panic too.
pub struct Ended(pub Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The first program of that name on PATH.
#[must_use]
pub fn on_path(program: &str) -> Option<PathBuf> {
    let name = format!("{program}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&name)).find(|file| file.is_file())
}

/// PATH with these folders before everything else.
pub fn path_with(folders: &[PathBuf]) -> Result<std::ffi::OsString> {
    let old = env::var_os("PATH").unwrap_or_default();
    Ok(env::join_paths(folders.iter().cloned().chain(env::split_paths(&old)))?)
}

/// The cargo that runs this, for everything that is built natively.
#[must_use]
pub fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(crate::root());
    command
}

/// The same command at the lowest priority, where the system has a program for that.
#[must_use]
pub fn gently(command: &Command) -> Command {
    let mut gentle = match on_path("nice") {
        Some(nice) => {
            let mut gentle = Command::new(nice);
            gentle.args(["-n", "19"]).arg(command.get_program());
            gentle
        }
        None => Command::new(command.get_program()),
    };
    gentle.args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => gentle.env(name, value),
            None => gentle.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        gentle.current_dir(folder);
    }
    gentle
}

/// A command as one would type it.
#[must_use]
pub fn command_line(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words: Vec<_> = [program].into_iter().chain(command.get_args()).map(OsStr::to_string_lossy).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_gentle_command_does_the_same() {
        let mut command = Command::new("sh");
        command.args(["-c", "echo \"$SAID\"; pwd"]).env("SAID", "a word").current_dir("/");
        assert_eq!(answer(&mut gently(&command)).as_deref(), Some("a word\n/"));
    }

    #[test]
    fn durations_are_written_for_people() {
        assert_eq!(elapsed(Duration::from_millis(7_900)), "7 s");
        assert_eq!(elapsed(Duration::from_secs(139)), "2 min 19 s");
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_never_ends_is_ended_at_its_limit() {
        let error = run_bounded(Command::new("sleep").arg("60"), Duration::from_millis(300));
        assert!(error.is_err_and(|error| error.to_string().contains("sleep 60")));
    }
}
