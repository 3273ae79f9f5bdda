//! What a native image of GraalVM's keeps for reflection: classes of Kafka's by their names.
//!
//! The image is built without a class that is not there, so each is a sign of what the program uses and no more. What is
//! *not* here: members, which are listed for the class that a release has.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Document, Encoding, Kind, Span, Usage, UsageKind, paths};

use crate::Format;
use crate::tokens::{Comments, TokenKind, read};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format =
    Format { name: "native image", extensions: &[], names: paths::NATIVE_IMAGE, sniff, read: document };

/// Beginning of the names of Kafka's classes.
const KAFKAS: &str = "org.apache.kafka.";

fn sniff(path: &str, text: &str) -> u8 {
    if FORMAT.is_named(path) && text.contains(KAFKAS) { 90 } else { 0 }
}

fn document(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let tokens = read(text, Comments::Slashes);
    let entries = tokens.windows(3).filter_map(|three| match three {
        [key, colon, value]
            if matches!(key.text, "name" | "type") && colon.text == ":" && value.kind == TokenKind::Text =>
        {
            Some(value)
        }
        _ => None,
    });
    let is_class = |name: &str| {
        let simple = name.rsplit('.').next().unwrap_or_default();
        name.starts_with(KAFKAS) && simple.starts_with(|first: char| first.is_ascii_uppercase())
    };
    let usages = entries.filter(|value| is_class(value.text)).map(|value| {
        let span = Span::new(value.span.start + 1, value.span.end - 1);
        Usage { guessed: true, ..Usage::new(UsageKind::Class, value.text, span) }
    });
    Document { kind: Kind::ApplicationConfig, usages: usages.collect(), ..Document::default() }
}

#[cfg(test)]
mod tests {
    use crate::{Kind, UsageKind, read};

    #[test]
    fn classes_of_kafka_that_an_image_keeps_are_used_and_others_are_not() {
        let text = "{\"reflection\": [{\"type\": \"org.apache.kafka.clients.producer.internals.DefaultPartitioner\",\n\"methods\": [{\"name\": \"<init>\"}]}, {\"type\": \"com.example.A\"}, {\"name\": \"org.apache.kafka.common.security.authenticator.AbstractLogin$DefaultLoginCallbackHandler\"}]}";
        let document = read("META-INF/native-image/reachability-metadata.json", text, None);
        assert_eq!(document.kind, Kind::ApplicationConfig);
        let names: Vec<_> = document.usages.iter().map(|one| (one.kind, one.span.of(text))).collect();
        assert_eq!(
            names,
            [
                (UsageKind::Class, "org.apache.kafka.clients.producer.internals.DefaultPartitioner"),
                (
                    UsageKind::Class,
                    "org.apache.kafka.common.security.authenticator.AbstractLogin$DefaultLoginCallbackHandler"
                ),
            ]
        );
        assert!(document.usages.iter().all(|one| one.name == one.span.of(text) && one.guessed));
        assert_ne!(read("other.json", text, None).usages.len(), 2);
    }
}
