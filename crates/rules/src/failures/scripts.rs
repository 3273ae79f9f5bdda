//! Scripts of Kafka that a shell does not find: which release removed them, and what takes their place.

use kafka_upgrade_catalog::{self as catalog, tools};
use kafka_upgrade_document::{NOT_FOUND, NOT_RECOGNIZED, paths};
use kafka_upgrade_report::{Confidence, Severity};

use super::{Explained, blank, successors};
use crate::diagnostic::Diagnostic;
use crate::facts;
use crate::upgrade::Upgrade;

/// Explains `bash: bin/kafka-mirror-maker.sh: No such file or directory` and the like of other shells, of containers and
/// of Windows.
pub(super) fn explain(line: &str, case: &Upgrade<'_>) -> Option<Explained> {
    let before = NOT_FOUND.iter().find_map(|sign| line.split_once(sign))?.0;
    let word = before.rsplit([' ', '\'', '"', '`']).find(|word| !word.is_empty())?;
    let name = paths::file_name(word);
    let of_windows = line.contains(NOT_RECOGNIZED);
    let is_shells = of_windows && !name.ends_with(".bat");
    let name = name.strip_suffix(".sh").or_else(|| name.strip_suffix(".bat")).unwrap_or(name);
    let life = tools::tool(name)?;
    let gone = facts::after(life.last);
    let first = Some(facts::first_like(life.first)).filter(|first| *first > catalog::oldest());
    let script = format!("{name}.sh");
    let note = successors::of_option(&script);
    let shown = if of_windows && !is_shells { format!("{name}.bat") } else { script.clone() };
    let (message, why, severity) = match (gone, first) {
        (Some(gone), _) => (
            format!("`{shown}` is gone: {gone} removed it."),
            format!("{} was the last release that had it.", life.last),
            Severity::Error,
        ),
        (None, _) if is_shells => (
            format!("Windows does not run `{script}`, which is a script for other systems."),
            "The scripts for Windows are in the folder `bin\\windows` of the same distribution and end in `.bat`.".to_owned(),
            Severity::Warning,
        ),
        (None, Some(first)) => (
            format!("The shell finds no `{shown}`, which came with {first}."),
            "The distribution that is installed there is older, or its folder `bin` is somewhere else."
                .to_owned(),
            Severity::Error,
        ),
        (None, None) => (
            format!("The shell finds no `{shown}` there."),
            "Every release has it, so its folder is somewhere else, or not in the PATH.".to_owned(),
            Severity::Warning,
        ),
    };
    let action = match (note, gone) {
        (Some(note), Some(_)) => note.plain(note.action),
        (None, Some(_)) => "Take what the target's release has in its place; paste the script that calls it.".to_owned(),
        _ if of_windows => format!(
            "Run `bin\\windows\\{name}.bat` from the folder of the distribution, or the script in WSL or a container, where it is `bin/{script}`."
        ),
        _ => "Give the whole path: the scripts are in `bin` of the distribution, `/opt/kafka/bin` of `apache/kafka`, and without `.sh` in the packages and images of Confluent.".to_owned(),
    };
    Some(Explained {
        draft: Diagnostic {
            rule: "failure-script-absent".into(),
            subject: script.clone(),
            since: gone.filter(|gone| case.crosses(*gone)),
            message,
            why,
            action,
            references: note.map_or(&[], |note| note.references),
            replacement: note.filter(|_| gone.is_some()).and_then(|note| note.replacement).map(str::to_owned),
            ..blank(severity, if gone.is_some() { Confidence::Certain } else { Confidence::Possible })
        },
        points: vec![script],
        ask: "the script, unit or manifest that calls it",
        weak: false,
        headline: false,
        since: gone,
        until: first.filter(|_| gone.is_none()),
    })
}
