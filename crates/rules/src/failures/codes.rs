//! Errors of Kafka's protocol as each client names them: `NOT_COORDINATOR`, `NotCoordinatorException`,
//! `[Error 16] NotCoordinatorForGroupError`, `[16] Not Coordinator For Group: …`.
//!
//! `errors.txt` has the failure of each. What is *not* here: their descriptions, which differ between clients
//! (`failures/*.toml`).

use super::{Failure, table};

/// The failure of the first error of the protocol that a message names.
pub(super) fn named(message: &str) -> Option<&'static Failure> {
    let words = message.split(|one: char| !(one.is_ascii_alphanumeric() || one == '_'));
    words.filter_map(of_word).next().or_else(|| of_number(message))
}

/// Classes of the Java client whose names are not those of their errors.
const CLASSES: &[(&str, &str)] = &[
    ("ControllerMovedException", "STALE_CONTROLLER_EPOCH"),
    ("DuplicateSequenceException", "DUPLICATE_SEQUENCE_NUMBER"),
    ("InvalidConfigurationException", "INVALID_CONFIG"),
    ("InvalidRegularExpression", "INVALID_REGULAR_EXPRESSION"),
    ("OffsetMetadataTooLarge", "OFFSET_METADATA_TOO_LARGE"),
    ("PrincipalDeserializationException", "PRINCIPAL_DESERIALIZATION_FAILURE"),
];

fn of_word(word: &str) -> Option<&'static Failure> {
    let word = CLASSES.iter().find(|(class, _)| *class == word).map_or(word, |(_, name)| name);
    let is_name = word.len() > 7 && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    let name = match is_name {
        true => word.replace('_', ""),
        false => word.strip_suffix("Exception").or_else(|| word.strip_suffix("Error"))?.to_owned(),
    };
    let name = name.to_ascii_lowercase();
    // Some names end as the classes do.
    let find = |name: &str| table::CODES.binary_search_by(|(known, ..)| (*known).cmp(name)).ok();
    let at = find(&name)
        .or_else(|| find(&format!("{name}exception")))
        .or_else(|| find(&format!("{name}error")))?;
    of_entry(at)
}

/// `[Error 16] `, `[16] Not `: kafka-python and kafka-go.
fn of_number(message: &str) -> Option<&'static Failure> {
    let inner = message.split('[').skip(1).filter_map(|rest| rest.split_once("] "));
    // The name is in words that all begin with a capital letter.
    let is_title = |text: &str| {
        let mut words = text.split(' ');
        text.len() > 7 && words.all(|word| word.starts_with(|one: char| one.is_ascii_uppercase()))
    };
    let numbers = inner.filter_map(|(code, behind)| match code.strip_prefix("Error ") {
        Some(code) => code.parse::<i16>().ok(),
        None => {
            code.parse().ok().filter(|_| behind.split_once(": ").is_some_and(|(title, _)| is_title(title)))
        }
    });
    let code = numbers.into_iter().next()?;
    of_entry(table::CODES.iter().position(|(_, known, _)| *known == code)?)
}

fn of_entry(at: usize) -> Option<&'static Failure> {
    let (_, _, failure) = table::CODES.get(at)?;
    table::FAILURES.get(usize::from(*failure))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_found_as_each_client_names_them() {
        for (message, want) in [
            (
                "unable to join: NOT_COORDINATOR: This is not the correct coordinator.",
                Some("transaction-busy"),
            ),
            ("org.apache.kafka.common.errors.StaleBrokerEpochException", Some("state-has-moved")),
            (
                "kafka.errors.NotCoordinatorForGroupError: [Error 16] NotCoordinatorForGroupError",
                Some("transaction-busy"),
            ),
            ("[3] Unknown Topic Or Partition: the request is for another broker", Some("topic-unknown")),
            ("fetch session error FETCH_SESSION_TOPIC_ID_ERROR", Some("state-has-moved")),
            ("org.apache.kafka.common.errors.ControllerMovedException", Some("state-has-moved")),
            ("took [3] seconds", None),
            ("java.lang.IllegalStateException: x", None),
            ("ERROR NONE OF THESE", None),
        ] {
            assert_eq!(named(message).map(|failure| failure.id), want, "{message}");
        }
    }
}
