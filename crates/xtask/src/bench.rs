//! How long one check takes, beside what Kafka's own validation takes on the same file.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::process::{answer, cargo, on_path, run_bounded, step};

/// The Kafka that the check is compared with.
const KAFKA: &str = "4.0.0";

/// Measures and writes docs/measured/bench.txt and docs/measured/fits.txt.
pub fn bench() -> Result<()> {
    let native = step("Measure one check (built with optimisation first: a minute)", || measured("check"))?;
    let fits = step("Measure how the time grows with what is given (two minutes)", || measured("fits"))?;
    let fits = format!(
        "# How the time of a check grows with what is given, from texts to JSON. `cargo xtask bench` writes this.\n\
         # The exponent is that of the steeper step: 1 is linear, and none may be above 1.1.\n\n{fits}"
    );
    fs::write(crate::root().join("docs/measured/fits.txt"), &fits)?;
    print!("\n{fits}");
    let kafka = match step(&format!("Measure Kafka {KAFKA} on the same file"), kafka) {
        Ok(line) => format!("Kafka {KAFKA}'s KafkaConfig in a warm JVM, the same text\n  {line}\n"),
        Err(error) => format!("Kafka's own validation was not measured: {error:#}\n"),
    };
    let processor = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let processor =
        processor.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("\t: unknown");
    let table = format!(
        "# Median times of one check. `cargo xtask bench` writes this; the processor decides half of it.\n\
         processor{}\n\n{native}\n{kafka}",
        processor.trim_start_matches(['\t', ' '])
    );
    fs::write(crate::root().join("docs/measured/bench.txt"), &table)?;
    print!("\n{table}");
    Ok(())
}

/// What a program of `tests/benches` prints.
fn measured(name: &str) -> Result<String> {
    let mut command = cargo();
    command.args(["bench", "--quiet", "--package", "acceptance", "--bench", name]);
    let output = command.stdin(Stdio::null()).stderr(Stdio::inherit()).output()?;
    if output.status.success() { Ok(String::from_utf8(output.stdout)?) } else { bail!("it does not run") }
}

fn kafka() -> Result<String> {
    let java = on_path("java").context("java is not installed")?;
    let maven = on_path("mvn").context("Maven is not installed")?;
    let folder = crate::root().join("target").join("bench");
    fs::create_dir_all(&folder)?;
    let classpath = folder.join("classpath");
    if !classpath.exists() {
        resolve(&maven, &folder, &classpath)?;
    }
    let programs = crate::root().join("tests").join("benches");
    let mut command = Command::new(java);
    command.arg("-cp").arg(fs::read_to_string(&classpath)?.trim());
    command.arg(programs.join("KafkaConfigSpeed.java")).arg(programs.join("server.properties"));
    answer(&mut command).context("the Java program failed")
}

fn resolve(maven: &Path, folder: &Path, classpath: &Path) -> Result<()> {
    let project = folder.join("pom.xml");
    fs::write(
        &project,
        format!(
            "<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId>\
             <version>1</version><dependencies><dependency><groupId>org.apache.kafka</groupId>\
             <artifactId>kafka_2.13</artifactId><version>{KAFKA}</version></dependency></dependencies></project>\n"
        ),
    )?;
    let mut command = Command::new(maven);
    command.args(["--batch-mode", "--quiet", "dependency:build-classpath", "-f"]).arg(&project);
    command.arg(format!("-Dmdep.outputFile={}", classpath.display()));
    run_bounded(&mut command, Duration::from_secs(300))
}
