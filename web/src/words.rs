//! What the page says of a report in its own words. Texts about Kafka come with the report.

use kafka_upgrade_report::{
    CellVerdict, Evidence, MatrixCell, Mode, Report, Sense, Severity, Summary, Verdict,
};

/// Word of a severity.
pub(crate) fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// Sign of a severity; never shown without its word or a label.
pub(crate) fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "✕",
        Severity::Warning => "▲",
        Severity::Info => "●",
    }
}

/// Class of a severity.
pub(crate) fn class(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// A number with its noun.
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {many}") }
}

/// Name of a mode.
pub(crate) fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Zookeeper => "ZooKeeper",
        Mode::Kraft => "KRaft",
    }
}

/// What a row of the matrix asks, as a heading.
pub(crate) fn sense(sense: Sense) -> &'static str {
    match sense {
        Sense::BrokerUpgrade => "This broker, upgraded",
        Sense::ClientBroker => "Clients, against the new broker",
        Sense::ClientUpgrade => "Your code, with the new library",
        Sense::Runtime => "Java and Scala",
        Sense::Features => "Features and metadata",
    }
}

/// Class and sign of a verdict in the matrix; never shown without its word.
pub(crate) fn cell(verdict: CellVerdict) -> (&'static str, &'static str) {
    match verdict {
        CellVerdict::Works => ("ok", "✓"),
        CellVerdict::WorksWithChanges => ("warning", "▲"),
        CellVerdict::Refused => ("error", "✕"),
        CellVerdict::Neutral => ("neutral", "·"),
        CellVerdict::Unknown => ("unknown", "?"),
    }
}

/// What is told of a cell beside its word: that it was seen, that nothing is promised.
pub(crate) fn aside(cell: &MatrixCell) -> Option<String> {
    let works = matches!(cell.verdict, CellVerdict::Works | CellVerdict::WorksWithChanges);
    let ran = (cell.evidence == Evidence::Ran).then_some("ran");
    let promise = match (cell.supported, works) {
        (Some(false), true) => Some("not supported"),
        (Some(true), false) if cell.verdict == CellVerdict::Refused => Some("supported"),
        _ => None,
    };
    let words: Vec<_> = ran.into_iter().chain(promise).collect();
    (!words.is_empty()).then(|| words.join(" · "))
}

/// A place as it is shown: `compose.yml:4`.
pub(crate) fn place(path: &str, line: Option<u32>) -> String {
    match line {
        Some(line) => format!("{path}:{line}"),
        None => path.to_owned(),
    }
}

/// What a file is, from its kind in the report.
pub(crate) fn kind(kind: &str) -> &str {
    match kind {
        "broker-properties" => "Broker configuration",
        "producer-properties" => "Producer configuration",
        "consumer-properties" => "Consumer configuration",
        "admin-properties" => "Admin client configuration",
        "streams-properties" => "Streams configuration",
        "connect-worker-properties" => "Connect worker configuration",
        "connector-properties" => "Connector configuration",
        "mirror-maker-properties" => "MirrorMaker 2 configuration",
        "entity-properties" => "Topic or group configuration",
        "log4j-properties" => "log4j 1 configuration",
        "log4j2-properties" => "log4j 2 configuration",
        "log4j-xml" => "log4j 1 configuration, XML",
        "log4j2-markup" => "log4j 2 configuration, XML or YAML",
        "connector-json" => "Connector configuration, JSON",
        "java-source" => "Java source",
        "kotlin-source" => "Kotlin source",
        "scala-source" => "Scala source",
        "shell-script" => "Shell script or commands",
        "build-file" => "Build file",
        "containers" => "Containers and images",
        "application-config" => "Application configuration",
        "metrics" => "Names of metrics",
        "live-output" => "Output of a tool or a log",
        "inventory" => "What runs, as you said it",
        "not-kafka" => "Not Kafka's",
        "unknown" => "Kind unknown",
        other => other,
    }
}

/// The verdict in two parts: what stands out, and the rest of the sentence.
pub(crate) fn verdict(report: &Report) -> (String, String) {
    let to = &report.path.to;
    let Summary { error, warning, info, .. } = report.summary;
    let known = report.files.iter().any(|file| file.kind != "unknown" && file.kind != "not-kafka");
    let (error, warning, info) = (error as usize, warning as usize, info as usize);
    if !known {
        return ("No verdict:".into(), "nothing here is known to be Kafka's.".into());
    }
    let breaks = if error == 1 { "1 thing breaks".to_owned() } else { format!("{error} things break") };
    let differs = if warning == 1 { "1 works differently" } else { "work differently" };
    let differ = if warning == 1 { differs.to_owned() } else { format!("{warning} {differs}") };
    match (error, warning, info) {
        (0, 0, _) if report.verdict == Verdict::Unknown => (
            format!("Not known for {to}:"),
            "something here could not be judged; the matrix and the notes name it.".into(),
        ),
        (0, 0, 0) => {
            let ran =
                report.checks.iter().filter(|check| check.outcome == kafka_upgrade_report::CheckOutcome::Ran);
            (
                format!("Ready for {to}:"),
                format!("{} ran, nothing found.", count(ran.count(), "check", "checks")),
            )
        }
        (0, 0, _) => {
            (format!("Ready for {to},"), format!("with {} to read first.", count(info, "note", "notes")))
        }
        (0, 1, _) => (format!("Almost ready for {to}:"), "nothing breaks, 1 thing works differently.".into()),
        (0, _, _) => {
            (format!("Almost ready for {to}:"), format!("nothing breaks, {warning} things work differently."))
        }
        (_, 0, _) => (format!("Not ready for {to}:"), format!("{breaks}.")),
        _ => (format!("Not ready for {to}:"), format!("{breaks}, {differ}.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::{Action, Incoming, State};
    use yew::Reducible;

    fn said(text: &str, to: (u8, u8, u8)) -> String {
        let to = kafka_upgrade_catalog::Release::new(to.0, to.1, to.2);
        let state =
            std::rc::Rc::new(State::new(to)).reduce(Action::Add(vec![Incoming::text("a.properties", text)]));
        let (first, rest) = verdict(&crate::checker::check(&state));
        format!("{first} {rest}")
    }

    #[test]
    fn the_verdict_is_one_sentence_that_can_be_read_out() {
        let blocked = said("zookeeper.connect=zk:2181\nbroker.id=1\nlog.dirs=/d\n", (4, 0, 2));
        assert!(blocked.starts_with("Not ready for 4.0.2: ") && blocked.ends_with('.'), "{blocked}");
    }

    #[test]
    fn a_text_that_nothing_is_known_of_gets_no_verdict() {
        assert_eq!(
            said("motd=A Minecraft Server\nlevel-name=world\n", (4, 0, 2)),
            "No verdict: nothing here is known to be Kafka's."
        );
    }
}
