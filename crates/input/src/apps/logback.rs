//! Logging by Logback to Kafka: settings of the appender's producer, `<producerConfig>bootstrap.servers=k:9092</producerConfig>`.
//!
//! What is *not* here: Log4j, which brokers have, and what is logged.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_syntax::properties::mark_duplicates;
use kafka_upgrade_syntax::tree::xml::{self, Element};

use crate::part::with_settings;
use crate::{Document, Encoding, Format, Kind, Setting, Span};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format =
    Format { name: "logback", extensions: &[], names: &["logback.xml", "logback-spring.xml"], sniff, read };

/// The element that holds one setting of the producer.
const ELEMENT: &str = "producerConfig";

fn sniff(_: &str, text: &str) -> u8 {
    let is_xml = text.trim_start_matches('\u{feff}').trim_start().starts_with('<');
    if is_xml && text.contains(&format!("<{ELEMENT}>")) { 91 } else { 0 }
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: Kind::ApplicationConfig, ..Document::default() };
    xml::read(text).iter().for_each(|root| walk(text, root, &mut document));
    document
}

/// Each element with settings in it is an appender with a producer of its own.
fn walk(text: &str, element: &Element, document: &mut Document) {
    let mut settings: Vec<Setting> =
        element.children.iter().filter_map(|child| setting(text, child)).collect();
    if let Some(place) = settings.first().map(|one| one.key_span) {
        mark_duplicates(&mut settings, &mut Vec::new());
        document.parts.push(with_settings(Kind::ApplicationConfig, Component::PRODUCER, settings, place));
    }
    element.children.iter().for_each(|child| walk(text, child, document));
}

fn setting(text: &str, element: &Element) -> Option<Setting> {
    let written = element.text.as_ref().filter(|_| element.name == ELEMENT)?;
    // Where signs are escaped, places are not those of the value.
    let (key, value) = written.span.of(text).split_once('=')?;
    let start = written.span.start;
    let key_span = Span::new(start, start + key.trim_end().len() as u32);
    let value_span = Span::new(start + key.len() as u32 + 1, written.span.end);
    Some(Setting {
        component: None,
        key: key.trim_end().to_owned(),
        prefix: String::new(),
        value: value.to_owned(),
        span: written.span,
        key_span,
        value_span,
        effective: true,
    })
}

#[cfg(test)]
mod tests {
    use crate::{Kind, read};
    use kafka_upgrade_catalog::Component;

    #[test]
    fn an_appender_has_a_producer_with_its_settings() {
        let text = "<configuration>\n<appender name=\"k\">\n<topic>logs</topic>\n<!-- x -->\n<producerConfig>bootstrap.servers={{ k }}</producerConfig>\n<producerConfig>max.block.ms=0</producerConfig>\n</appender>\n</configuration>\n";
        let document = read("roles/templates/a_logback.xml", text, None);
        assert_eq!(document.kind, Kind::ApplicationConfig);
        let [part] = document.parts.as_slice() else { panic!("{:?}", document.parts) };
        assert_eq!(part.component, Some(Component::PRODUCER));
        let found: Vec<_> = part
            .settings
            .iter()
            .map(|one| (one.key_span.of(text), one.value_span.of(text), &*one.value))
            .collect();
        assert_eq!(found, [("bootstrap.servers", "{{ k }}", "{{ k }}"), ("max.block.ms", "0", "0")]);
        let other =
            read("logback.xml", "<configuration><logger name=\"org.apache.kafka\"/></configuration>", None);
        assert_eq!(other.kind, Kind::Unknown);
    }
}
