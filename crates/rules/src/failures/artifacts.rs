//! Errors of Maven, Gradle and sbt about an artifact of Kafka's that no repository has.
//!
//! What is *not* here: which version a build file should name, which is a question to the build file's own findings.

use kafka_upgrade_catalog::{self as catalog, Release};
use kafka_upgrade_report::{Confidence, Severity};

use super::{Explained, blank};
use crate::diagnostic::Diagnostic;
use crate::upgrade::Upgrade;

/// Artifacts that a release ended: the end of the name, the first release without it, and what takes its place.
/// Source: the listings of Maven Central.
const ENDED: &[(&str, Release, &str)] = &[
    ("_2.11", Release::new(2, 6, 0), "Scala 2.11 ended with 2.5; take the artifact with `_2.13`."),
    ("_2.12", Release::new(4, 0, 0), "Scala 2.12 ended with 3.9; take the artifact with `_2.13`."),
    (
        "kafka-log4j-appender",
        Release::new(4, 0, 0),
        "The appender for Log4j 1 ended with 3.9; Log4j 2 has an appender of its own.",
    ),
];

/// Explains `Could not find artifact G:A:jar:V in …` of Maven, `Could not find G:A:V.` of Gradle, `Error downloading G:A:V`
/// and `unresolved dependency: G#A;V: not found` of sbt; `text` is all that was printed.
pub(super) fn explain(line: &str, text: &str, case: &Upgrade<'_>) -> Option<Explained> {
    const SIGNS: &[&str] = &[
        "Could not find artifact ",
        "Could not find ",
        "Could not resolve ",
        "Error downloading ",
        "unresolved dependency: ",
        "Failure to find ",
    ];
    let rest = SIGNS.iter().find_map(|sign| line.split_once(sign).map(|(_, rest)| rest))?;
    let name = rest.split([' ', ',']).next()?.trim_end_matches(['.', ':']);
    // It is there, but not for the Java of the build.
    if text.contains(&format!("No matching variant of {name} was found")) {
        return None;
    }
    let parts: Vec<&str> = name.split([':', '#', ';']).collect();
    let (group, artifact, version) = match parts.as_slice() {
        [group, artifact, version] | [group, artifact, _, version] => (*group, *artifact, *version),
        _ => return None,
    };
    if group != "org.apache.kafka" && !group.starts_with("io.confluent") {
        return None;
    }
    let asked: Option<Release> = version.parse().ok();
    let ended = ENDED
        .iter()
        .find(|(name, since, _)| artifact.ends_with(name) && asked.is_some_and(|asked| asked >= *since));
    let why = match (ended, asked) {
        (Some((_, _, why)), _) => (*why).to_owned(),
        (None, _) if group.starts_with("io.confluent") || version.contains("-ccs") || version.contains("-ce") => {
            "Confluent's artifacts are not in Maven Central: they are in `https://packages.confluent.io/maven/`.".to_owned()
        }
        (None, Some(asked)) if catalog::releases().any(|known| known == asked) => format!(
            "Kafka {asked} is a release that is known here, so the repository that was asked is a mirror without it, or the artifact has another name."
        ),
        (None, Some(asked)) => format!("No release {asked} of Kafka is known here."),
        _ => "The version is none of Kafka's own.".to_owned(),
    };
    Some(Explained {
        draft: Diagnostic {
            rule: "failure-artifact-absent".into(),
            subject: artifact.to_owned(),
            since: ended.map(|(_, since, _)| *since).filter(|since| case.crosses(*since)),
            message: format!("The build asks for `{group}:{artifact}:{version}`, which the repositories that it asked do not have."),
            why,
            action: "Name an artifact and a version that exist; paste the build file to see what the target needs.".to_owned(),
            ..blank(Severity::Error, if ended.is_some() { Confidence::Certain } else { Confidence::Likely })
        },
        points: vec![artifact.to_owned()],
        ask: "the build file",
        weak: false,
        headline: false,
        since: ended.map(|(_, since, _)| *since),
        until: None,
    })
}
