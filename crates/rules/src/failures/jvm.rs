//! What the Java virtual machine and the parsers of Kafka's tools say before anything runs: versions of class files,
//! options.

use std::collections::BTreeMap;

use kafka_upgrade_catalog::{self as catalog, Release, java_options, tools};
use kafka_upgrade_report::{Confidence, Severity};

use super::{Explained, blank, successors};
use crate::diagnostic::Diagnostic;
use crate::facts;
use crate::notes::Note;
use crate::upgrade::Upgrade;

/// Explains a message of the JVM.
pub(super) fn explain(line: &str, text: &str, case: &Upgrade<'_>) -> Option<Explained> {
    class_file(line, text, case)
        .or_else(|| option(line, case))
        .or_else(|| deprecated(line, case))
        .or_else(|| tool_option(line, text, case))
}

/// `X has been compiled by a more recent version of the Java Runtime (class file version 61.0), this version of the
/// Java Runtime only recognizes class file versions up to 55.0`; of Java 8 and before `Unsupported major.minor version 55.0`.
fn class_file(line: &str, text: &str, case: &Upgrade<'_>) -> Option<Explained> {
    let (class, built, runs) =
        match line.split_once(" has been compiled by a more recent version of the Java Runtime") {
            Some((before, rest)) => (
                before.rsplit([' ', '\'']).next()?,
                version(rest, "(class file version ")?,
                version(rest, "versions up to "),
            ),
            None if line.contains("UnsupportedClassVersionError")
                || line.contains("nsupported major.minor version") =>
            {
                (
                    line.split_once(": ").map(|(_, rest)| rest.split(' ').next().unwrap_or_default())?,
                    version(line, "nsupported major.minor version ")?,
                    None,
                )
            }
            // javac and the like: `class file has wrong version 61.0, should be 55.0`.
            None => {
                let (before, rest) = line.split_once("class file has wrong version ")?;
                let class = before.split(['(', '/']).next_back().unwrap_or_default();
                (class, version(rest, "")?, version(rest, "should be "))
            }
        };
    let class = class.trim_end_matches(':').replace('/', ".");
    let of_kafka = class.starts_with("kafka.") || class.starts_with("org.apache.kafka.");
    if !of_kafka && !["kafka", "Kafka", "chema regist"].iter().any(|name| text.contains(name)) {
        return None;
    }
    let java = built.saturating_sub(44);
    let now = runs.map_or_else(String::new, |runs| format!(" It runs on Java {}.", runs.saturating_sub(44)));
    let (message, why, action) = if of_kafka {
        let is_client =
            ["org.apache.kafka.clients.", "org.apache.kafka.common.", "org.apache.kafka.streams."]
                .iter()
                .any(|start| class.starts_with(start));
        let who =
            if is_client { "Clients and Streams" } else { "Brokers, controllers, Connect and the tools" };
        (
            format!("`{class}` needs Java {java} or newer, and an older Java runs it."),
            format!(
                "Class file version {built} is Java {java}.{now} From 4.0 on brokers, Connect and tools need Java 17, clients and Streams Java 11; before that Java 8 is enough. {who} are asked for here."
            ),
            format!(
                "Start it with Java {java} or newer (JDK 17 for everything of 4.x): set JAVA_HOME, take a newer base image, or keep a Kafka release that runs on the Java that is there."
            ),
        )
    } else {
        (
            format!("`{class}` needs Java {java} or newer, and an older Java runs it."),
            format!(
                "Class file version {built} is Java {java}.{now} This class is not Kafka's own: a plugin, connector, serializer or agent was built for a newer Java."
            ),
            format!(
                "Run the program with Java {java} or newer, or take a build of it for the Java that is there. Kafka 4.x itself needs Java 17 for brokers and Connect."
            ),
        )
    };
    Some(Explained {
        draft: Diagnostic {
            rule: "failure-java-too-old".into(),
            subject: "Java".to_owned(),
            since: Some(Release::new(4, 0, 0)).filter(|since| of_kafka && case.crosses(*since)),
            message,
            why,
            action,
            references: &[("Upgrading to 4.0", "https://kafka.apache.org/40/getting-started/upgrade/")],
            ..blank(Severity::Error, Confidence::Certain)
        },
        points: vec![super::pointers::JAVA.to_owned()],
        ask: "the image or the script that starts it (JAVA_HOME)",
        weak: false,
        headline: false,
        since: None,
        until: None,
    })
}

fn version(text: &str, sign: &str) -> Option<u32> {
    let rest = if sign.is_empty() { text } else { text.split_once(sign)?.1 };
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|version| (45..200).contains(version))
}

/// `Unrecognized VM option 'X'`, `Unrecognized option: -X`, `Conflicting collector combinations in option list`, and that
/// a property asks for the Security Manager.
fn option(line: &str, case: &Upgrade<'_>) -> Option<Explained> {
    let (subject, why) = if let Some((_, rest)) = line.split_once("Unrecognized VM option ") {
        let name = rest.trim().trim_matches('\'').split(['\'', ' ']).next()?;
        let plain = name.trim_start_matches(['+', '-']).split('=').next().unwrap_or(name);
        let why = if plain.contains("MarkSweep") || plain.contains("CMS") || plain == "UseParNewGC" {
            "Java 14 removed the collector CMS (JEP 363)."
        } else if plain.contains("Perm") {
            "Java 8 removed the permanent generation, and Java 17 refuses its options."
        } else if plain.starts_with("PrintGC") || plain.contains("GCLog") || plain.starts_with("Print") {
            "Java 9 replaced the old options of garbage collection logs by `-Xlog:gc*`."
        } else if java_options::is_refused(plain, 17) {
            "Java 17 no longer has it."
        } else {
            "This Java does not know it: it is of another version, another vendor, or misspelled."
        };
        (name, why)
    } else if let Some((_, rest)) = line.split_once("Unrecognized option: ") {
        (
            rest.split(' ').next()?,
            "Java does not know this option; a shell that splits a variable in the wrong place makes such ones too.",
        )
    } else if line.contains("attempted to allow or enable the Security Manager") {
        ("-Djava.security.manager", "Java 24 no longer has the Security Manager (JEP 486).")
    } else if line.contains("Conflicting collector combinations")
        || line.contains("Multiple garbage collectors selected")
    {
        (
            "KAFKA_JVM_PERFORMANCE_OPTS",
            "Two garbage collectors are chosen: Kafka's scripts set `-XX:+UseG1GC`, and another variable sets one too.",
        )
    } else {
        return None;
    };
    Some(Explained {
        draft: Diagnostic {
            rule: "failure-vm-option".into(),
            subject: subject.to_owned(),
            since: Some(Release::new(4, 0, 0)).filter(|since| case.crosses(*since)),
            message: format!("The Java virtual machine refuses `{subject}` and does not start."),
            why: format!("{why} Brokers and tools of 4.x need Java 17."),
            action: "Take the option out of KAFKA_JVM_PERFORMANCE_OPTS, KAFKA_GC_LOG_OPTS, KAFKA_OPTS, KAFKA_HEAP_OPTS or JAVA_TOOL_OPTIONS. In place of CMS Kafka's own scripts use `-XX:+UseG1GC`; for logs take `-Xlog:gc*:file=…`.".to_owned(),
            ..blank(Severity::Error, Confidence::Certain)
        },
        points: vec![subject.trim_start_matches(['+', '-']).to_owned()],
        ask: "the script, unit or manifest that sets the options of Java",
        weak: false,
        headline: false,
        since: None,
        until: None,
    })
}

/// `Option UseConcMarkSweepGC was deprecated in version 9.0 …`: a Java that only warns runs now, and the target needs one
/// that refuses the option.
fn deprecated(line: &str, case: &Upgrade<'_>) -> Option<Explained> {
    let (before, _) = line.split_once(" was deprecated in version ")?;
    let name = before.rsplit(' ').next()?;
    if !java_options::is_refused(name, 17) || case.to < Release::new(4, 0, 0) {
        return None;
    }
    Some(Explained {
        draft: Diagnostic {
            rule: "failure-vm-option".into(),
            subject: name.to_owned(),
            since: Some(Release::new(4, 0, 0)).filter(|since| case.crosses(*since)),
            message: format!("Java 17, which {} needs, does not start with `{name}`.", case.to),
            why: "The Java that runs now still takes the option, with a warning.".to_owned(),
            action: "Take the option out of KAFKA_JVM_PERFORMANCE_OPTS, KAFKA_GC_LOG_OPTS, KAFKA_OPTS, KAFKA_HEAP_OPTS or JAVA_TOOL_OPTIONS before Java is replaced. In place of CMS Kafka's own scripts use `-XX:+UseG1GC`.".to_owned(),
            ..blank(Severity::Warning, Confidence::Certain)
        },
        points: vec![name.to_owned()],
        ask: "the script, unit or manifest that sets the options of Java",
        weak: false,
        headline: false,
        since: None,
        until: None,
    })
}

/// Whether a `TimeoutException` is that of another library, and none of Kafka's code is above it: a pool of threads, an
/// actor, a container.
pub(super) fn is_of_another(line: &str, frames: &[String]) -> bool {
    let Some((before, _)) = line.split_once("TimeoutException") else { return false };
    let package = before.rsplit(|one: char| !(one.is_ascii_alphanumeric() || "._$".contains(one))).next();
    package.is_some_and(|package| package.contains('.') && !package.contains("kafka"))
        && !frames.iter().any(|frame| frame.starts_with("org.apache.kafka."))
}

/// Tools of which each has its own advice in one finding.
const MAX_TOOLS: usize = 3;

/// `zookeeper is not a recognized option`: which tools lost it, and when.
fn tool_option(line: &str, text: &str, case: &Upgrade<'_>) -> Option<Explained> {
    let (before, _) = line.split_once(" is not a recognized option")?;
    let name = before.rsplit([' ', '\'', '"']).find(|word| !word.is_empty())?.trim_start_matches('-');
    let option = format!("--{name}");
    let mut lost: BTreeMap<Release, Vec<&str>> = BTreeMap::new();
    for (tool, _) in tools::tools() {
        let life = tools::options(tool).find(|(known, _)| *known == option).map(|(_, life)| life);
        if let Some(gone) = life.and_then(|life| facts::after(life.last)) {
            lost.entry(gone).or_default().push(tool);
        }
    }
    let new = newest_of(&option);
    let said: Vec<String> =
        lost.iter().map(|(gone, tools)| format!("{gone} removed it from {}", tools.join(", "))).collect();
    let why = match said.as_slice() {
        [] if new.is_some() => new.map(|(first, tool)| format!("{tool} has it from {first} on: the tool that ran is older, or another one.")).unwrap_or_default(),
        [] => "No tool that is known here lost an option of that name: it is misspelled, of another tool, or newer than the tool that ran.".to_owned(),
        said => format!("{}.", said.join("; ")),
    };
    // Tools that the text names, by their scripts, say which of them ran.
    let all: Vec<&str> = lost.values().flatten().copied().collect();
    let ran: Vec<&str> = all.iter().copied().filter(|tool| text.contains(tool)).collect();
    let asked = if ran.is_empty() { all } else { ran };
    let successors: BTreeMap<&str, (&str, &'static Note)> = asked
        .into_iter()
        .filter_map(|tool| {
            let note = successors::of_option(&format!("{tool}.sh {option}"))?;
            Some((note.id, (tool, note)))
        })
        .collect();
    let action = match successors.len() {
        _ if ["zookeeper", "broker-list"].contains(&name) => {
            format!("Take `--bootstrap-server HOST:PORT` instead of `{option}`.")
        }
        0 => format!(
            "Take `{option}` out, or what `--help` of this release's tool has in its place; paste the whole command to see it."
        ),
        1 => successors.values().map(|(_, note)| note.plain(note.action)).collect(),
        _ => {
            let each = successors
                .values()
                .map(|(tool, note)| format!("In `{tool}.sh`: {}", note.plain(note.action)));
            each.take(MAX_TOOLS).collect::<Vec<_>>().join(" ")
        }
    };
    let replacement = match successors.values().next() {
        Some((_, note)) if successors.len() == 1 => note.replacement.map(str::to_owned),
        _ => None,
    };
    let since = lost.keys().next().copied();
    Some(Explained {
        draft: Diagnostic {
            rule: "failure-unknown-tool-option".into(),
            subject: option.clone(),
            since: lost.keys().copied().find(|gone| case.crosses(*gone)),
            message: format!(
                "This release's tool has no option `{option}`: the script was written for another release than the tool that ran."
            ),
            why,
            action,
            replacement,
            ..blank(Severity::Error, if lost.is_empty() { Confidence::Likely } else { Confidence::Certain })
        },
        points: vec![option],
        ask: "",
        weak: false,
        headline: false,
        since,
        until: new.filter(|_| said.is_empty()).map(|(first, _)| first),
    })
}

/// The first release of a tool that got this option later than others, and the tool.
fn newest_of(option: &str) -> Option<(Release, &'static str)> {
    let all = tools::tools().filter_map(|(tool, _)| {
        let (_, life) = tools::options(tool).find(|(known, _)| *known == option)?;
        Some((facts::first_like(life.first), tool))
    });
    all.min().filter(|(first, _)| *first > catalog::oldest())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeout_is_of_kafka_by_its_class_or_its_frames() {
        let of_kafka = ["org.apache.kafka.common.internals.KafkaFutureImpl.get".to_owned()];
        for (line, frames, want) in [
            ("java.util.concurrent.TimeoutException", &[][..], true),
            ("java.util.concurrent.TimeoutException", &of_kafka[..], false),
            ("org.apache.kafka.common.errors.TimeoutException: Timeout of 1ms", &[][..], false),
            ("nested exception is akka.pattern.AskTimeoutException: x", &[][..], true),
            ("KafkaTimeoutError: x", &[][..], false),
            ("TimeoutException: x", &[][..], false),
        ] {
            assert_eq!(is_of_another(line, frames), want, "{line} {frames:?}");
        }
    }
}
