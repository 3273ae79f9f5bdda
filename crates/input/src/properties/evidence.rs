//! Whether a text is one of `.properties` lines at all, by its name and by its lines.
//!
//! What is *not* here: whose keys they are (`crate::kind`).

use kafka_upgrade_catalog::components_of;
use kafka_upgrade_document::template;
use kafka_upgrade_document::{Slice as _, paths};

use crate::lookalikes;

/// What a file's name shows of its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Name {
    /// That it is one.
    Properties,
    /// That it is something else.
    Other,
    /// Neither: `x.conf`, `x.env`, a text that was pasted.
    Nothing,
}

/// Endings that files of `key=value` lines have beside many others, and none.
const ANY: &[&str] =
    &["", "conf", "config", "cfg", "cnf", "ini", "env", "txt", "props", "prop", "settings", "options"];

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 64_000;

pub(super) fn of_name(path: &str) -> Name {
    let file = paths::file_name(template::plain_name(path));
    // Recipes and steps have lines of that form as well.
    if ["Makefile", "Jenkinsfile", "Procfile", "Vagrantfile"].contains(&file)
        || file.starts_with("Dockerfile")
    {
        return Name::Other;
    }
    let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
    let ending = ending.to_ascii_lowercase();
    if ending == "properties" || stem.to_ascii_lowercase().ends_with(".properties") {
        return Name::Properties;
    }
    // A name such as `broker-1.example` has no ending that says something.
    let says = ending.len() <= 8 && ending.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !says || ANY.contains(&ending.as_str()) { Name::Nothing } else { Name::Other }
}

/// Whether most lines set something, and one of them a key that is Kafka's and hardly anybody else's.
pub(super) fn is_of_kafka(text: &str) -> bool {
    let (known, entries, others) = counted(text);
    known > 0 && entries > others * 2
}

/// Whether most lines set something, and half of them keys that are Kafka's.
pub(crate) fn are_settings(text: &str) -> bool {
    let (known, entries, others) = counted(text);
    known > 1 && known * 2 >= entries && entries > others * 2
}

/// How many lines set a key of Kafka's, set any, and set none.
fn counted(text: &str) -> (u32, u32, u32) {
    let beginning = text.slice(..text.floor_char_boundary(BEGINNING_BYTES));
    let masked = template::mask(beginning);
    let (mut entries, mut others, mut known) = (0_u32, 0_u32, 0_u32);
    let mut goes_on = false;
    for line in masked.text.split(['\n', '\r']).map(str::trim) {
        let continued = std::mem::replace(&mut goes_on, line.ends_with('\\'));
        if continued || line.is_empty() || line.starts_with(['#', '!']) {
            continue;
        }
        match key_of(line) {
            Some(key) => {
                entries += 1;
                known += u32::from(is_kafkas(key) || lookalikes::is_known(key));
            }
            None => others += 1,
        }
    }
    (known, entries, others)
}

/// The key of a line such as `key=value`, `key: value` or `key value`, where it has the form of one.
fn key_of(line: &str) -> Option<&str> {
    let end = line.find(['=', ':', ' ', '\t']).unwrap_or(line.len());
    let (key, rest) = line.split_at_checked(end)?;
    let rest = rest.trim_start();
    let is_key = !key.is_empty()
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._->\\".contains(&byte))
        && !key.starts_with('-');
    // Words with blanks between them are a sentence, unless the first is written as keys are.
    let is_separated = rest.starts_with(['=', ':']) || rest.is_empty() || key.contains('.');
    (is_key && is_separated).then_some(key)
}

/// Whether a key is one that some component knows, or is behind a prefix of one, and no word that anybody uses.
fn is_kafkas(key: &str) -> bool {
    const OWN: &[&str] = &["acks", "clusters", "listeners"];
    // Plugins' and misspelt keys are no less Kafka's.
    const STARTS: &[&str] = &[
        "listener.name.",
        "ssl.",
        "sasl.",
        "confluent.",
        "log4j.",
        "rootLogger",
        "appender.",
        "transforms.",
    ];
    OWN.contains(&key)
        || key.contains("->")
        || STARTS.iter().any(|start| key.starts_with(start))
        || suffixes(key).any(|one| one.contains('.') && components_of(one).next().is_some())
}

/// The key, and what is left of it without its first one, two or three words.
fn suffixes(key: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(key);
    std::iter::from_fn(move || {
        let this = rest?;
        rest = this.split_once('.').map(|(_, rest)| rest);
        Some(this)
    })
    .take(4)
}
