//! Settings in code.

use super::super::{Language, document};
use crate::Kind;

fn set(code: &str, language: Language) -> Vec<String> {
    let text = format!(
        "import org.apache.kafka.clients.producer.*;\nimport org.apache.kafka.clients.consumer.ConsumerConfig;\n\
         import org.apache.kafka.streams.StreamsConfig;\nimport org.apache.kafka.clients.CommonClientConfigs;\n{code}"
    );
    let settings = document(&text, language, Kind::Unknown).settings;
    let one = |setting: crate::Setting| {
        let component = setting.component.map_or("", kafka_upgrade_catalog::Component::name);
        assert!(!setting.key_span.of(&text).is_empty());
        format!("{component} {}{}={}", setting.prefix, setting.key, setting.value)
    };
    settings.into_iter().map(one).collect()
}

fn java(code: &str) -> Vec<String> {
    set(&format!("class T {{ void t() {{ {code} }} }}"), Language::Java)
}

#[test]
fn constants_name_their_keys_and_components() {
    assert_eq!(
        java(
            "Properties p = new Properties(); p.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, \"false\"); p.put(ConsumerConfig.GROUP_ID_CONFIG, id);"
        ),
        ["producer enable.idempotence=false", "consumer group.id="]
    );
    assert_eq!(java("m.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, x);"), ["producer key.serializer="]);
    assert_eq!(java("m.put(ProducerConfig.NO_SUCH_CONFIG, x);"), [""; 0]);
    assert_eq!(
        java("m.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE);"),
        ["streams processing.guarantee=exactly_once"]
    );
    assert_eq!(
        java("m.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);"),
        ["producer producer.linger.ms=5"]
    );
}

#[test]
fn strings_are_keys_of_what_the_map_is_passed_to() {
    assert_eq!(
        java(
            "Properties p = new Properties(); p.setProperty(\"linger.ms\", \"0\"); Producer<String, String> x = new KafkaProducer<>(p);"
        ),
        ["producer linger.ms=0"]
    );
    assert_eq!(
        java("new KafkaProducer<String, String>(Map.of(\"acks\", \"1\", \"retries\", 3));"),
        ["producer acks=1", "producer retries=3"]
    );
    assert_eq!(java("m.put(\"linger.ms\", 3); other.put(\"key.serializer\", x);"), [""; 0]);
    assert_eq!(java("m.put(\"name\", 3); m.put(\"type\", x);"), [""; 0]);
}

#[test]
fn keys_of_all_clients_follow_the_others_in_their_map() {
    assert_eq!(
        java("p.put(CommonClientConfigs.RETRIES_CONFIG, 0); p.put(ProducerConfig.ACKS_CONFIG, \"all\");"),
        ["producer retries=0", "producer acks=all"]
    );
}

#[test]
fn pairs_of_kotlin_and_scala_are_settings() {
    assert_eq!(
        set(
            "fun t() {\n val p = mapOf(\"acks\" to \"1\", ProducerConfig.LINGER_MS_CONFIG to 0)\n val q = KafkaProducer<String, String>(p)\n}",
            Language::Kotlin
        ),
        ["producer acks=1", "producer linger.ms=0"]
    );
    assert_eq!(
        set(
            "fun t() {\n val p = Properties()\n p[ProducerConfig.ACKS_CONFIG] = \"1\"\n p[\"x\"] = 2\n}",
            Language::Kotlin
        ),
        ["producer acks=1"]
    );
    assert_eq!(
        set(
            "class T { val p = Map(ProducerConfig.ACKS_CONFIG -> \"1\", \"linger.ms\" -> \"5\") }",
            Language::Scala
        ),
        ["producer acks=1", "producer linger.ms=5"]
    );
}
