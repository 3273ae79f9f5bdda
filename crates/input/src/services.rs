//! Services that a jar registers for Kafka to find: `META-INF/services/` and the name of an interface of Kafka's.
//!
//! The file's name says what is used, and each line a class that is one. What is *not* here: interfaces of others.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Document, Encoding, Kind, Span, Usage, UsageKind, paths};

use crate::Format;

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format =
    Format { name: "services", extensions: &[], names: &[], sniff, read: document };

/// Whether a file's path is that of such a list.
pub(crate) fn is_list(path: &str) -> bool {
    paths::file_name(path).starts_with("org.apache.kafka.")
        && paths::folder(path).replace('\\', "/").ends_with("META-INF/services")
}

fn sniff(path: &str, text: &str) -> u8 {
    if is_list(path) && named(text).next().is_some() { 97 } else { 0 }
}

/// The classes, and where they stand; what is behind a `#` says something to people.
fn named(text: &str) -> impl Iterator<Item = (&str, usize)> {
    text.lines().filter_map(move |line| {
        let name = line.split('#').next().unwrap_or_default().trim();
        (!name.is_empty()).then(|| (name, name.as_ptr().addr() - text.as_ptr().addr()))
    })
}

fn document(path: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let usages = named(text).take(1).map(|(name, at)| {
        let span = Span::new(at as u32, (at + name.len()) as u32);
        Usage { guessed: true, ..Usage::new(UsageKind::Class, paths::file_name(path), span) }
    });
    Document { kind: Kind::ApplicationConfig, usages: usages.collect(), ..Document::default() }
}

#[cfg(test)]
mod tests {
    use crate::{Kind, read};

    #[test]
    fn a_jar_registers_classes_for_an_interface_of_kafkas() {
        let path = "src/main/resources/META-INF/services/org.apache.kafka.connect.sink.SinkConnector";
        let text = "# mine\ncom.acme.Sink # and more\ncom.acme.Other\n";
        let document = read(path, text, None);
        assert_eq!(document.kind, Kind::ApplicationConfig);
        let found: Vec<_> =
            document.usages.iter().map(|one| (one.name.as_str(), one.span.of(text))).collect();
        assert_eq!(found, [("org.apache.kafka.connect.sink.SinkConnector", "com.acme.Sink")]);
        for (path, text) in [
            (path, "# nothing\n\n"),
            ("META-INF/services/com.acme.Service", "com.acme.kafka.Sink\n"),
            ("docs/org.apache.kafka.connect.sink.SinkConnector", "com.acme.Sink\n"),
        ] {
            assert_eq!(read(path, text, None).kind, Kind::Unknown, "{path}");
        }
    }
}
