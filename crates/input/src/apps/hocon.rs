//! HOCON, as Akka, Pekko, Play, Ktor and other applications are configured: settings of Kafka's clients in it.
//!
//! Objects may be nested, dotted or both, so each value gets the path of names that leads to it; what of the path is
//! a key of a client decides whose it is. What is *not* here: includes, and what `${}` stands for. A path has to name
//! Kafka, or the object the address of brokers.

use kafka_upgrade_document::Slice as _;
use std::collections::BTreeMap;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_sorted::case::Case as _;

use super::part;
use crate::environment::{CLIENTS, is_known};
use crate::{Document, Encoding, Format, Kind, Observation, Problem, Setting, Span};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "hocon",
    extensions: &["hocon"],
    names: &["application.conf", "reference.conf"],
    sniff,
    read,
};

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 32_000;

/// Nesting of objects that is followed; anything deeper is left out and reported.
const MAX_DEPTH: usize = 32;

/// Longest name, in bytes.
const MAX_NAME_BYTES: usize = 256;

/// Words of a client's key; the longest has nine.
const MAX_KEY_WORDS: usize = 12;

fn sniff(path: &str, text: &str) -> u8 {
    let beginning = text.slice(..text.floor_char_boundary(BEGINNING_BYTES));
    let named = [".conf", ".hocon"].iter().any(|ending| path.ends_with(ending));
    let opens = |line: &str| {
        let name = line.strip_suffix('{').map(|name| name.trim_end().trim_end_matches(['=', ':']).trim_end());
        name.is_some_and(|name| !name.is_empty() && !name.contains([' ', '(', '<', '[']))
    };
    let is_hocon = beginning.contains("kafka") && beginning.lines().any(|line| opens(line.trim()));
    // Other languages open with braces too, and have statements.
    let is_other = beginning.trim_start().starts_with(['{', '<'])
        || beginning.lines().any(|line| line.trim_end().ends_with(';') || line.contains("=>"));
    if !is_hocon && !named || is_other {
        return 0;
    }
    let (entries, _) = entries(text);
    let is_akkas = |path: &str| ["akka.kafka.", "pekko.kafka."].iter().any(|start| path.starts_with(start));
    let is_kafkas = entries.iter().any(|entry| {
        setting(text, entry).is_some() || asks(entry) || is_akkas(&entry.path) || is_hyphened(&entry.path)
    });
    match (is_kafkas, named) {
        (true, true) => 72,
        (true, false) => 66,
        (false, _) => 0,
    }
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: Kind::ApplicationConfig, ..Document::default() };
    let mut clients = BTreeMap::<(usize, String), Vec<Setting>>::new();
    let (entries, too_deep) = entries(text);
    document.problems.extend(too_deep.map(|span| Problem {
        message: format!(
            "What is nested deeper than {MAX_DEPTH} levels was not read. Move it further out to have it checked."
        ),
        span,
        fatal: false,
    }));
    for entry in entries {
        if asks(&entry) {
            document.observe(Observation::AsksZookeeper("CMAK"), entry.span);
        }
        if let Some((at, of, setting)) = setting(text, &entry) {
            clients.entry((at, of)).or_default().push(setting);
        }
    }
    document.parts.extend(clients.into_iter().map(|((at, _), settings)| part(at, settings)));
    document
}

/// Whether a path ends in a client's key with hyphens for dots, as libraries around the client name it; its values are theirs.
fn is_hyphened(path: &str) -> bool {
    let Some((before, key)) = path.rsplit_once('.') else { return false };
    let of_kafka = || before.split('.').any(|word| word.lower().contains("kafka"));
    let is_known = |key: &str| CLIENTS.iter().any(|component| is_known(key, Some(*component)));
    key.contains('-') && of_kafka() && is_known(&key.replace('-', "."))
}

/// Whether the entry is the ZooKeeper address of Kafka Manager.
fn asks(entry: &Entry<'_>) -> bool {
    matches!(entry.path.as_str(), "kafka-manager.zkhosts" | "cmak.zkhosts") && !entry.value.is_empty()
}

/// The client whose key a path ends in, by its place among [`CLIENTS`], what is before the key, and the setting.
fn setting(text: &str, entry: &Entry<'_>) -> Option<(usize, String, Setting)> {
    let words: Vec<&str> = entry.path.split('.').collect();
    let owner = |word: &str| match word {
        word if word.contains("consumer") => Some(Component::CONSUMER),
        word if word.contains("producer") => Some(Component::PRODUCER),
        word if word.contains("stream") => Some(Component::STREAMS),
        word if word.contains("admin") => Some(Component::ADMIN),
        _ => None,
    };
    let longest = words.len().saturating_sub(MAX_KEY_WORDS).max(1);
    (longest..words.len()).find_map(|start| {
        let (before, key) = words.split_at_checked(start)?;
        let key = key.join(".");
        // The object of a client is Kafka's where some object has the address of brokers.
        let names = |word: &&str| {
            word.lower().contains("kafka") || owner(word).is_some() && text.contains("bootstrap.servers")
        };
        if !key.contains('.') && key != "acks" || !before.iter().any(names) {
            return None;
        }
        let named = before.iter().rev().find_map(|word| owner(word));
        let component = named
            .filter(|component| is_known(&key, Some(*component)))
            .or_else(|| CLIENTS.iter().copied().find(|component| is_known(&key, Some(*component))))?;
        let at = CLIENTS.iter().position(|one| *one == component)?;
        let written = entry.key.of(text);
        let start = written.rfind(&key).map_or(entry.key.start, |found| entry.key.start + found as u32);
        let setting = Setting {
            component: None,
            key,
            prefix: String::new(),
            value: entry.value.to_owned(),
            span: entry.span,
            key_span: Span::new(start, entry.key.end),
            value_span: entry.value_span,
            effective: true,
        };
        Some((at, before.join("."), setting))
    })
}

/// A value with the names that lead to it.
struct Entry<'t> {
    path: String,
    value: &'t str,
    span: Span,
    key: Span,
    value_span: Span,
}

/// Every value of a text, in its order, and where it is nested too deep.
fn entries(text: &str) -> (Vec<Entry<'_>>, Option<Span>) {
    let (mut found, mut around) = (Vec::new(), Vec::<String>::new());
    // Number of open objects that are nested too deep to be followed.
    let (mut skipped, mut too_deep) = (0_usize, None);
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(first) = rest.chars().next() else { break };
        if first == '{' {
            // An object of a list has no name.
            if skipped > 0 || around.len() >= MAX_DEPTH {
                skipped += 1;
            } else {
                around.push(String::new());
            }
            at += 1;
        } else if first.is_whitespace() || matches!(first, ',' | '[' | ']') {
            at += first.len_utf8();
        } else if rest.starts_with('#') || rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if first == '}' {
            if skipped > 0 {
                skipped -= 1;
            } else {
                around.pop();
            }
            at += 1;
        } else {
            let length = rest.find(['=', '{', '\n', '}', ':']).unwrap_or(rest.len());
            // A colon in quotes is of the name.
            let name = rest.slice(..length);
            let start = at;
            at += length;
            let sign = text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or('\n');
            if sign == '\n' || sign == '}' {
                continue;
            }
            let plain = Some(name.trim().trim_end_matches('+').trim_end());
            let plain =
                plain.filter(|name| name.len() <= MAX_NAME_BYTES).unwrap_or_default().replace('"', "");
            let key = Span::new(start as u32, (start + name.trim_end().len()) as u32);
            let behind = if sign == '{' { at } else { at + 1 };
            let value = text.slice(behind..);
            let blanks = value.len() - value.trim_start_matches([' ', '\t']).len();
            let value_at = behind + blanks;
            let value = text.slice(value_at..);
            if value.starts_with('{') {
                if skipped > 0 || around.len() >= MAX_DEPTH {
                    skipped += 1;
                    too_deep.get_or_insert(key);
                } else {
                    around.push(plain);
                }
                at = value_at + 1;
                continue;
            }
            let length = value_length(value);
            let written = value.slice(..length).trim_end();
            if skipped > 0 {
                at = value_at + length;
                continue;
            }
            let names = around.iter().chain([&plain]).map(String::as_str).filter(|name| !name.is_empty());
            let path = names.collect::<Vec<_>>().join(".");
            let value_span = Span::new(value_at as u32, (value_at + written.len()) as u32);
            let value = written.trim_matches('"');
            found.push(Entry {
                path,
                value,
                span: Span::new(key.start, value_span.end.max(key.end)),
                key,
                value_span,
            });
            at = value_at + length;
        }
    }
    (found, too_deep)
}

/// Length of a value in bytes: up to the end of its line, a comma, or the end of the object around it, none of which
/// ends a quoted text.
fn value_length(value: &str) -> usize {
    let (mut quoted, mut open) = (false, 0_u32);
    for (at, one) in value.char_indices() {
        match one {
            '"' => quoted = !quoted,
            '\n' => return at,
            _ if quoted => {}
            '{' | '[' | '(' => open += 1,
            '}' | ']' | ')' if open > 0 => open -= 1,
            '}' | ',' | '#' if open == 0 => return at,
            _ => {}
        }
    }
    value.len()
}

#[cfg(test)]
mod tests {
    use kafka_upgrade_sorted::Sorted as _;

    use crate::{Kind, read};

    #[test]
    fn objects_and_dotted_names_lead_to_the_keys_of_clients() {
        let text = "akka.kafka.consumer {\n  kafka-clients {\n    bootstrap.servers = \"k:9092\" # x\n    group.protocol = consumer\n  }\n}\napp { kafka { \"streams\" { processing.guarantee: \"exactly_once\", application.id = ${ID} } } }\n";
        let document = read("application.conf", text, None);
        assert_eq!(document.kind, Kind::ApplicationConfig);
        let all: Vec<String> = (document.parts.iter().flat_map(|part| &part.settings))
            .map(|one| {
                format!(
                    "{} {}={} at {}",
                    one.component.map_or("-", |one| one.name()),
                    one.key,
                    one.value,
                    one.key_span.of(text)
                )
            })
            .collect();
        assert_eq!(
            all,
            [
                "consumer bootstrap.servers=k:9092 at bootstrap.servers",
                "consumer group.protocol=consumer at group.protocol",
                "streams processing.guarantee=exactly_once at processing.guarantee",
                "streams application.id=${ID} at application.id",
            ]
        );
    }

    #[test]
    fn objects_of_a_list_have_the_names_around_it() {
        let text = "kafka-lag-exporter {\n  clusters = [\n    {\n      name = \"a\"\n      labels = {\n        zone = \"b\"\n      }\n    },\n    {\n      admin-client-properties = {\n        security.protocol=\"SASL_SSL\"\n      }\n    }\n  ]\n}\n";
        let document = read("application.conf", text, None);
        let keys: Vec<_> =
            document.parts.iter().flat_map(|part| &part.settings).map(|one| &*one.key).collect();
        assert_eq!(keys, ["security.protocol"]);
        let akka = "akka {\n  kafka.consumer {\n    stop-timeout = 3 s\n  }\n}\n";
        assert_eq!(read("reference.conf", akka, None).kind, Kind::ApplicationConfig);
    }

    #[test]
    fn objects_deeper_than_are_followed_are_left_out_and_reported_and_those_behind_are_read() {
        let nested = |levels: usize| {
            let (open, close) = ("a {\n".repeat(levels), "}\n".repeat(levels));
            format!("akka.kafka.producer {{\n{open}acks = 1\n{close}linger.ms = 5\n}}\n")
        };
        let keys = |text: &str| {
            let document = read("application.conf", text, None);
            let settings = document.parts.iter().flat_map(|part| &part.settings);
            (settings.map(|one| one.key.clone()).collect::<Vec<_>>(), document.problems.len())
        };
        let (mut both, problems) = keys(&nested(31));
        both.order();
        assert_eq!((both, problems), (vec!["acks".to_owned(), "linger.ms".to_owned()], 0));
        assert_eq!(keys(&nested(32)), (vec!["linger.ms".to_owned()], 1));
        // Ten thousand of each once took hours.
        let deep = format!(
            "akka.kafka.producer {{\nlinger.ms = 5\n{}{}",
            "a{\n".repeat(10_000),
            "acks=1\n".repeat(10_000)
        );
        assert_eq!(keys(&deep), (vec!["linger.ms".to_owned()], 1));
    }

    #[test]
    fn files_without_kafka_or_of_another_language_give_no_parts() {
        for (path, text) in [
            ("application.conf", "play.http.secret.key = x\nhttp { port = 9000 }\n"),
            ("nginx.conf", "http {\n  upstream kafka { server k:9092; }\n}\n"),
            ("a.conf", "input {\n  kafka {\n    topics => [\"a\"]\n  }\n}\n"),
        ] {
            assert!(read(path, text, None).parts.is_empty(), "{text}");
        }
    }
}
