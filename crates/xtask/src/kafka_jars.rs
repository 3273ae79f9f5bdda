//! Kafka's own jars, for the maintainers' programs under `crates/catalog/extract`.
//!
//! Needs Java 17 and Maven, as nothing else here does. One Maven module an artifact, so that one which is not
//! published costs itself only; the nearest release that has it stands in. What was had, and what was not, is
//! kept under `target/kafka-jars`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::process::{announce, run};
use crate::root;

/// Three numbers of a release.
type Number = (u32, u32, u32);

/// Later than every release.
const STILL: Number = (u32::MAX, 0, 0);

/// Artifacts by the names that the Java programs know, with the release that first has them and the one that first
/// lacks them.
const ARTIFACTS: &[(&str, Number, Number)] = &[
    ("kafka", (2, 0, 0), STILL),
    ("kafka-clients", (2, 0, 0), STILL),
    ("kafka-streams", (2, 0, 0), STILL),
    ("kafka-streams-scala", (2, 0, 0), STILL),
    ("connect-api", (2, 0, 0), STILL),
    ("connect-json", (2, 0, 0), STILL),
    ("connect-mirror", (2, 4, 0), STILL),
    ("connect-mirror-client", (2, 4, 0), STILL),
    ("connect-runtime", (2, 0, 0), STILL),
    ("connect-transforms", (2, 0, 0), STILL),
    ("kafka-log4j-appender", (2, 0, 0), (4, 0, 0)),
    ("kafka-storage", (3, 0, 0), STILL),
    ("kafka-tools", (2, 0, 0), STILL),
    ("kafka-tools-api", (3, 5, 0), STILL),
];

/// One artifact and all that it needs.
pub struct Artifact {
    /// Its name without a Scala version.
    pub name: &'static str,
    /// The release that it is of.
    pub release: String,
    /// The file that holds its class path.
    pub classpath: PathBuf,
}

impl Artifact {
    /// As the Java programs expect it: `NAME=RELEASE=FILE`.
    #[must_use]
    pub fn argument(&self) -> String {
        format!("{}={}={}", self.name, self.release, self.classpath.display())
    }
}

/// Every artifact that the release itself publishes.
pub fn published(release: &str) -> Result<Vec<Artifact>> {
    resolve(release)?;
    let number = number(release)?;
    Ok(of(number).filter_map(|name| had(release, name)).collect())
}

/// Asks Maven again for artifacts of a release that it did not have before; true if it has any of them now.
pub fn ask_again(release: &str) -> Result<bool> {
    resolve(release)?;
    let missing = || -> Result<Vec<&str>> {
        Ok(of(number(release)?).filter(|name| had(release, name).is_none()).collect())
    };
    let before = missing()?;
    if before.is_empty() {
        return Ok(false);
    }
    announce(&format!("Asking Maven again for {} of {release}", before.join(", ")));
    classpaths(&folder(release), &before)?;
    Ok(missing()?.len() < before.len())
}

/// Every artifact for the release, those that it does not publish from its nearest neighbour.
pub fn with_neighbours(release: &str) -> Result<Vec<Artifact>> {
    resolve(release)?;
    let number = number(release)?;
    let mut artifacts = Vec::new();
    for name in of(number) {
        let mut near = releases()?;
        near.retain(|other| self::number(other).is_ok_and(|other| of(other).any(|other| other == name)));
        near.sort_by_key(|other| distance(number, self::number(other).unwrap_or_default()));
        let mut found = had(release, name);
        for other in near {
            if found.is_some() {
                break;
            }
            resolve(&other)?;
            found = had(&other, name);
        }
        artifacts.push(found.with_context(|| format!("no release at all publishes {name}"))?);
    }
    Ok(artifacts)
}

/// The class path of a program that uses everything the release publishes, its test utilities as well.
pub fn compiled_against(release: &str) -> Result<String> {
    let mut files: Vec<PathBuf> =
        published(release)?.into_iter().map(|artifact| artifact.classpath).collect();
    files.push(library("org.apache.kafka", "kafka-streams-test-utils", release)?);
    let mut jars: Vec<String> = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        for jar in std::env::split_paths(text.trim()).map(|jar| jar.display().to_string()) {
            if !jars.contains(&jar) {
                jars.push(jar);
            }
        }
    }
    Ok(std::env::join_paths(jars)?.to_string_lossy().into_owned())
}

/// Scala versions for which a release is published, joined with commas. Source: the artifacts of `kafka`.
#[must_use]
pub fn scala(release: &str) -> &'static str {
    match number(release).unwrap_or_default() {
        number if number < (2, 4, 0) => "2.11,2.12",
        number if number < (2, 5, 0) => "2.11,2.12,2.13",
        number if number < (4, 0, 0) => "2.12,2.13",
        _ => "2.13",
    }
}

/// Compiles the Java programs and returns the command that runs one of them.
pub fn program(name: &str) -> Result<Command> {
    let classes = root().join("target").join("kafka-extract");
    let sources = root().join("crates/catalog/extract/src/main/java/kafkaupgrade");
    let mut compiler = Command::new("javac");
    compiler.args(["--release", "17", "-d"]).arg(&classes);
    for entry in fs::read_dir(&sources).with_context(|| sources.display().to_string())? {
        compiler.arg(entry?.path());
    }
    run(&mut compiler).context("Java 17 is needed: a JDK with javac on PATH")?;
    let mut java = Command::new("java");
    // `Tools` catches the exits of what it runs.
    java.args(["-Xmx1g", "-Djava.security.manager=allow", "-cp"])
        .arg(&classes)
        .arg(format!("kafkaupgrade.{name}"));
    Ok(java)
}

/// Names of the artifacts that a release has, published or not.
fn of(release: Number) -> impl Iterator<Item = &'static str> {
    let here = ARTIFACTS.iter().filter(move |(_, since, gone)| *since <= release && release < *gone);
    here.map(|(name, ..)| *name)
}

/// Nearer is smaller: the same minor by patch, then minors by how far they are, their newest patch first.
fn distance(from: Number, to: Number) -> (u32, i64, bool) {
    let minors = (from.0 * 100 + from.1).abs_diff(to.0 * 100 + to.1);
    let patch = if minors == 0 { i64::from(from.2.abs_diff(to.2)) } else { -i64::from(to.2) };
    (minors, patch, to < from)
}

/// Releases that are recorded already, and those whose dates are known.
fn releases() -> Result<Vec<String>> {
    let path = root().join("crates/catalog/data/dates.csv");
    let dates = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    Ok(dates.lines().skip(1).filter_map(|line| line.split(',').next()).map(str::to_owned).collect())
}

/// The date of a release, `-` where it is not known.
pub fn date(release: &str) -> Result<String> {
    let path = root().join("crates/catalog/data/dates.csv");
    let dates = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let date = dates.lines().find_map(|line| line.strip_prefix(release)?.strip_prefix(','));
    Ok(date.unwrap_or("-").to_owned())
}

fn number(release: &str) -> Result<Number> {
    let numbers: Vec<u32> = release.split('.').filter_map(|number| number.parse().ok()).collect();
    match numbers[..] {
        [major, minor, patch] => Ok((major, minor, patch)),
        _ => bail!("`{release}` is not a release such as 4.0.2"),
    }
}

fn had(release: &str, name: &'static str) -> Option<Artifact> {
    let classpath = folder(release).join(name).join("classpath");
    classpath.is_file().then(|| Artifact { name, release: release.to_owned(), classpath })
}

fn folder(release: &str) -> PathBuf {
    root().join("target").join("kafka-jars").join(release)
}

/// Asks Maven for every artifact of the release, once; what it does not have is left without a class path.
fn resolve(release: &str) -> Result<()> {
    let (folder, number) = (folder(release), number(release)?);
    let (done, asked) = (folder.join("resolved"), of(number).collect::<Vec<_>>().join("\n"));
    if fs::read_to_string(&done).is_ok_and(|before| before == asked) {
        return Ok(());
    }
    announce(&format!("Asking Maven for the jars of {release}"));
    let scala = if number < (2, 4, 0) { "2.12" } else { "2.13" };
    let here: Vec<&str> = of(number).collect();
    for name in &here {
        let artifact = match *name {
            "kafka" | "kafka-streams-scala" => format!("{name}_{scala}"),
            name => name.to_owned(),
        };
        write_pom(&folder.join(name), name, &dependency("org.apache.kafka", &artifact, release))?;
    }
    let modules: String = here.iter().map(|name| format!("<module>{name}</module>")).collect();
    write_pom(&folder, "all", &format!("<modules>{modules}</modules>"))?;
    classpaths(&folder, &[])?;
    if of(number).all(|name| had(release, name).is_none()) {
        bail!("no artifact of {release} could be resolved: is it a release, and is Maven Central in reach?");
    }
    fs::write(done, asked)?;
    Ok(())
}

/// The file that holds the class path of one artifact, which need not be Kafka's.
pub fn library(group: &str, artifact: &str, version: &str) -> Result<PathBuf> {
    let folder = folder(&format!("{artifact}-{version}"));
    let file = folder.join("classpath");
    if !file.is_file() {
        announce(&format!("Asking Maven for {artifact} {version}"));
        write_pom(&folder, artifact, &dependency(group, artifact, version))?;
        classpaths(&folder, &[])?;
    }
    if !file.is_file() {
        bail!("{artifact} {version} could not be resolved: is Maven Central in reach?");
    }
    Ok(file)
}

/// Lets Maven write the class path of every module of a folder that it can resolve. Modules that are named are
/// resolved alone, without what Maven remembers of earlier failures.
fn classpaths(folder: &Path, only: &[&str]) -> Result<()> {
    let again =
        if only.is_empty() { Vec::new() } else { vec!["-U".to_owned(), "-pl".to_owned(), only.join(",")] };
    // An artifact that is not published fails its own module, and with it the whole run: that is no error here.
    Command::new("mvn")
        .args(["-q", "-B", "-fae", "-T2", "dependency:build-classpath"])
        .args(again)
        .args(["-Dmdep.outputFile=classpath", "-Dmdep.includeScope=runtime"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .context("Maven is needed: mvn on PATH")?;
    Ok(())
}

fn dependency(group: &str, artifact: &str, version: &str) -> String {
    format!(
        "<dependencies><dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>\
         <version>{version}</version></dependency></dependencies>"
    )
}

fn write_pom(folder: &Path, name: &str, body: &str) -> Result<()> {
    fs::create_dir_all(folder)?;
    let pom = format!(
        "<project><modelVersion>4.0.0</modelVersion><groupId>kafkaupgrade</groupId><artifactId>{name}</artifactId>\
         <version>1</version><packaging>pom</packaging>{body}</project>"
    );
    fs::write(folder.join("pom.xml"), pom).with_context(|| folder.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nearest(from: &str, others: &[&'static str]) -> Option<&'static str> {
        let from = number(from).unwrap_or_default();
        others.iter().min_by_key(|other| distance(from, number(other).unwrap_or_default())).copied()
    }

    #[test]
    fn the_nearest_neighbour_is_of_the_same_minor_and_else_the_newest_patch_of_the_nearest_one() {
        assert_eq!(nearest("3.2.3", &["3.1.2", "3.2.0", "3.3.2"]), Some("3.2.0"));
        assert_eq!(nearest("4.4.0", &["4.2.1", "4.3.0", "4.3.1"]), Some("4.3.1"));
    }
}
