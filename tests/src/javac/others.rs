//! Asking the compilers of Kotlin and Scala what javac is asked about Java.
//!
//! All files of a language are compiled in one run a release: each has a package of its own. What is *not* here: the
//! files.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use anyhow::{Context, Result, bail};
use xtask::kafka_jars::{compiled_against, library};

use super::recording::Lines;

/// Compilers: extension, Maven coordinates, main class, arguments.
const COMPILERS: [(&str, [&str; 3], &str, &[&str]); 2] = [
    (
        "kt",
        ["org.jetbrains.kotlin", "kotlin-compiler-embeddable", "2.0.21"],
        "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
        &["-no-stdlib", "-no-reflect", "-nowarn"],
    ),
    (
        "scala",
        ["org.scala-lang", "scala-compiler", "2.13.15"],
        "scala.tools.nsc.Main",
        &["-Ystop-after:typer", "-nowarn", "-Xmaxerrs", "1000"],
    ),
];

/// The releases that are asked: each run takes a while.
pub const ASKED: [&str; 4] = ["2.8.2", "3.9.2", "4.0.2", "4.3.1"];

/// One answer a file, in their order.
pub fn ask(extension: &str, release: &str, files: &[(&str, &str)]) -> Result<Vec<Lines>> {
    let compiler = COMPILERS.iter().find(|(one, ..)| *one == extension);
    let (_, [group, artifact, version], main, arguments) = compiler.context("a compiler")?;
    let own = fs::read_to_string(library(group, artifact, version)?)?;
    let work = xtask::root().join("target/kafka-jars").join(extension);
    fs::create_dir_all(work.join("classes"))?;
    for (name, text) in files {
        fs::write(work.join(name), text)?;
    }
    // The language's own library comes first: Kafka depends on another version of Scala's.
    let classpath = format!("{}:{}", own.trim(), compiled_against(release)?);
    let compiled = Command::new("java")
        .args(["-Xmx1g", "-cp", own.trim(), main, "-d"])
        .arg(work.join("classes"))
        .args(*arguments)
        .args(["-classpath", &classpath])
        .args(files.iter().map(|(name, _)| name))
        .current_dir(&work)
        .output()?;
    let text =
        [compiled.stdout, compiled.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
    let mut lines: BTreeMap<&str, Lines> = BTreeMap::new();
    for line in text.lines() {
        let Some((name, number)) = error(line) else { continue };
        let lines = lines.entry(name).or_default();
        if !lines.contains(&number) {
            lines.push(number);
        }
    }
    if compiled.status.success() != lines.is_empty() {
        bail!("the compiler of .{extension} failed on {release} and names no line:\n{text}");
    }
    for lines in lines.values_mut() {
        lines.sort_unstable();
    }
    let answers: Vec<Lines> = files.iter().map(|(name, _)| lines.remove(*name).unwrap_or_default()).collect();
    let taken = answers.iter().filter(|lines| lines.is_empty()).count();
    println!("{release}: {} files of .{extension}, {taken} taken", files.len());
    Ok(answers)
}

/// File and line of `A.kt:12:5: error: …`.
fn error(line: &str) -> Option<(&str, usize)> {
    let (name, rest) = line.split_once(':')?;
    let (number, rest) = rest.split_once(':')?;
    rest.contains("error:").then_some((name.trim_start_matches("./"), number.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_read_and_a_warning_is_not() {
        assert_eq!(error("B.kt:12:5: error: unresolved"), Some(("B.kt", 12)));
        assert_eq!(error("B.scala:7: error: not found"), Some(("B.scala", 7)));
        assert_eq!(error("B.kt:12:5: warning: deprecated"), None);
        assert_eq!(error("  val error: Int = 1"), None);
    }
}
