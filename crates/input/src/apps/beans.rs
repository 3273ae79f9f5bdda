//! Spring's beans in XML: settings of Kafka's clients in the maps and properties that factories and templates are made of.
//!
//! Whose settings they are follows from the class of the bean around them, and where a map stands for itself from its
//! keys. What is *not* here: beans in code, and what `${}` and `#{}` stand for.

use kafka_upgrade_document::Slice as _;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_syntax::tree::Scalar;
use kafka_upgrade_syntax::tree::xml::{self, Element};

use crate::environment::is_known;
use crate::part::{of_settings, with_settings};
use crate::{Document, Encoding, Format, Kind, Observation, Setting, Span};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format { name: "beans", extensions: &["xml"], names: &[], sniff, read };

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 64_000;

/// Elements with a setting in each of their children.
const MAPS: &[&str] = &["map", "props", "properties", "value"];

fn sniff(_: &str, text: &str) -> u8 {
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return 0;
    }
    let beginning = text.slice(..text.floor_char_boundary(BEGINNING_BYTES));
    let is_spring = beginning.contains("springframework.org/schema/beans")
        || beginning.contains("<bean ") && beginning.contains(" class=\"");
    let is_kafkas = is_spring && ["kafka", "bootstrap.servers"].iter().any(|sign| text.contains(sign));
    if is_kafkas { 90 } else { 0 }
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: Kind::ApplicationConfig, ..Document::default() };
    for root in &xml::read(text) {
        walk(root, None, root.name_span, &mut document);
    }
    document
}

/// Goes through elements, which are no deeper than trees are kept; `of` is the client that the bean around makes, and
/// `place` where it is named.
fn walk(element: &Element, of: Option<Component>, place: Span, document: &mut Document) {
    let (mut of, mut place) = (of, place);
    if let Some(class) = element.attribute("class").filter(|_| is_named(element, "bean")) {
        of = client(&class.text).or(of);
        place = class.span;
    }
    if let Some(id) = element.attribute("id").or_else(|| element.attribute("name")) {
        of = of.or_else(|| named(&id.text).filter(|_| is_map(element)));
    }
    // The adapters of the first releases asked ZooKeeper for the brokers.
    if let Some(address) = element.attribute("zk-connect").filter(|one| !one.text.is_empty()) {
        document.observe(Observation::AsksZookeeper("Spring Integration's adapter"), address.span);
    }
    if is_map(element) || is_named(element, "property") {
        let settings = settings(element);
        let place = settings.first().map_or(place, |first| first.key_span);
        let part = match of {
            Some(component) if settings.iter().any(|one| is_known(&one.key, of)) => {
                Some(with_settings(Kind::ApplicationConfig, component, settings, place))
            }
            _ => of_settings("", place, settings),
        };
        // An entry of XML is more than its line.
        document.parts.extend(part.map(|part| Document { is_escaped: true, ..part }));
    }
    element.children.iter().for_each(|child| walk(child, of, place, document));
}

fn is_named(element: &Element, name: &str) -> bool {
    element.name.rsplit(':').next() == Some(name)
}

fn is_map(element: &Element) -> bool {
    MAPS.iter().any(|name| is_named(element, name))
}

/// The client that a bean of a class makes or is given settings for.
fn client(class: &str) -> Option<Component> {
    let name = class.rsplit('.').next().unwrap_or_default();
    let is_kafkas = class.contains("kafka");
    match () {
        () if !is_kafkas => None,
        () if name.contains("Producer") => Some(Component::PRODUCER),
        () if name.contains("Consumer") => Some(Component::CONSUMER),
        () if name.contains("Streams") => Some(Component::STREAMS),
        () if name.contains("Admin") => Some(Component::ADMIN),
        () => None,
    }
}

/// The client that a map of its own is named after: `producerConfigs`.
fn named(id: &str) -> Option<Component> {
    match id.to_ascii_lowercase() {
        id if id.contains("producer") => Some(Component::PRODUCER),
        id if id.contains("consumer") => Some(Component::CONSUMER),
        _ => None,
    }
}

/// `<entry key="acks" value="all"/>`, `<entry key="acks"><value>all</value></entry>`, `<prop key="acks">all</prop>`; of
/// `value`, lines of properties.
fn settings(element: &Element) -> Vec<Setting> {
    let entries = element.children.iter().filter(|one| is_named(one, "entry") || is_named(one, "prop"));
    let found = entries.filter_map(|entry| {
        let key = entry.attribute("key")?;
        let inner = || entry.children.iter().find(|one| is_named(one, "value"))?.text.as_ref();
        let value = entry.attribute("value").or(entry.text.as_ref()).or_else(inner)?;
        Some(setting(key, value))
    });
    found.collect()
}

fn setting(key: &Scalar, value: &Scalar) -> Setting {
    // `${name:value}` is the value while nobody sets the property.
    let text = super::with_default(&value.text);
    Setting {
        component: None,
        key: key.text.trim().to_owned(),
        prefix: String::new(),
        // An expression is worked out by Spring.
        value: text.replace("#{", "${"),
        span: Span::new(key.span.start, value.span.end.max(key.span.end)),
        key_span: key.span,
        value_span: value.span,
        effective: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each part as its component and its settings.
    fn parts(text: &str) -> Vec<String> {
        let document = crate::read("kafka-context.xml", text, None);
        let show = |part: &Document| {
            let settings = part.settings.iter().map(|one| format!("{}={}", one.key, one.value));
            let component = part.component.map_or("nobody", Component::name);
            format!("{component}: {}", settings.collect::<Vec<_>>().join(" "))
        };
        document.parts.iter().map(show).collect()
    }

    const BEANS: &str = "<beans xmlns=\"http://www.springframework.org/schema/beans\">";

    #[test]
    fn settings_are_those_of_the_client_whose_bean_is_around_them() {
        let text = format!(
            "<?xml version=\"1.0\"?>\n{BEANS}\n\
             <bean id=\"pf\" class=\"org.springframework.kafka.core.DefaultKafkaProducerFactory\"><constructor-arg><map>\n\
             <entry key=\"bootstrap.servers\" value=\"${{brokers:k1:9092}}\"/>\n\
             <entry key=\"acks\"><value>all</value></entry>\n\
             </map></constructor-arg></bean>\n\
             <bean class=\"org.apache.kafka.clients.consumer.KafkaConsumer\"><constructor-arg><props>\n\
             <prop key=\"group.id\">bills</prop><prop key=\"max.poll.records\">#{{cfg.records}}</prop>\n\
             </props></constructor-arg></bean>\n</beans>\n"
        );
        assert_eq!(
            parts(&text),
            [
                "producer: bootstrap.servers=k1:9092 acks=all",
                "consumer: group.id=bills max.poll.records=${cfg.records}"
            ]
        );
    }

    #[test]
    fn maps_of_their_own_are_those_of_their_names_or_keys() {
        let text = format!(
            "{BEANS}<util:map id=\"producerConfigs\"><entry key=\"bootstrap.servers\" value=\"k1:9092\"/></util:map>\n\
             <util:properties id=\"settings\"><prop key=\"bootstrap.servers\">k1</prop><prop key=\"group.id\">g</prop>\
             <prop key=\"isolation.level\">read_committed</prop></util:properties></beans>"
        );
        assert_eq!(
            parts(&text),
            [
                "producer: bootstrap.servers=k1:9092",
                "consumer: bootstrap.servers=k1 group.id=g isolation.level=read_committed"
            ]
        );
    }

    #[test]
    fn beans_of_other_programs_give_nothing() {
        let text = format!(
            "{BEANS}<!-- kafka comes later -->\n<bean class=\"org.apache.activemq.ActiveMQConnectionFactory\">\
             <property name=\"properties\"><map><entry key=\"retries\" value=\"5\"/></map></property></bean></beans>"
        );
        let document = crate::read("beans.xml", &text, None);
        assert!(document.parts.is_empty() && document.observations.is_empty());
    }

    #[test]
    fn the_first_adapters_ask_zookeeper() {
        let text = format!("{BEANS}<int-kafka:zookeeper-connect id=\"zk\" zk-connect=\"zk1:2181\"/></beans>");
        let document = crate::read("kafka.xml", &text, None);
        let found = document.observations.iter().map(|one| one.span.of(&text));
        assert_eq!(found.collect::<Vec<_>>(), ["zk1:2181"]);
    }
}
