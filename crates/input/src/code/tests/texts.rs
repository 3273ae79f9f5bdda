//! Texts that are meant to break the reader.

use super::super::{Language, document};
use crate::{Kind, read};

const LANGUAGES: [Language; 3] = [Language::Java, Language::Kotlin, Language::Scala];

#[rustfmt::skip]
const PARTS: &[&str] = &[
    "class", "T", "extends", "KafkaConsumer", "<", ">", "(", ")", "{", "}", "[", "]", "import", "org.apache.kafka.clients.consumer", ".*",
    "._", ".", ";", "\n", "new", "c", "poll", "=", "->", "=>", "::", "?.", "!!", "\"", "'", "`", "\"\"\"", "${", "$", "/*", "*/", "//", "@",
    "Override", "val", "var", "fun", "def", "object", ":", ",", "static", "for", "in", "<-", "case", "instanceof", "as", "é", "\u{1f600}",
    "100", "1.5e", "0x", "\\", "with", "this", "super", "throws", "put", "mapOf", "to", "Map", "of", "return", "lazy", "by", "?", "interface",
];

#[test]
fn any_text_is_read_with_spans_that_are_its_own() {
    let mut number = 7u64;
    let mut below = |end: usize| {
        number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((number >> 33) as usize) % end
    };
    for _ in 0..6_000 {
        let text: String =
            (0..below(40)).flat_map(|_| [PARTS[below(PARTS.len())], [" ", ""][below(2)]]).collect();
        for language in LANGUAGES {
            let found = document(&text, language, Kind::Unknown);
            for usage in found.usages {
                assert!(!usage.span.of(&text).is_empty(), "{text:?}: {usage:?}");
            }
            for setting in found.settings {
                assert!(!setting.key_span.of(&text).is_empty(), "{text:?}: {setting:?}");
            }
        }
    }
}

#[test]
fn what_is_repeated_without_end_is_read_to_its_end() {
    for part in [
        "(",
        "{",
        "[",
        "<",
        "a<",
        "a.",
        "a(",
        "new A<",
        "\"${",
        "/*",
        "class A {",
        "class A:A,",
        "import a.{",
        "() -> ",
        "a ? ",
        "@A(",
        "!",
        "-",
        "x = ",
        "(A) ",
        "fun a.",
        "val x: ",
        "{ a -> ",
        "case x: ",
        "if (",
        "for (",
        "'",
        "\\",
        "`",
        "a to ",
        "A::",
        "put(a,",
    ] {
        let text =
            format!("import org.apache.kafka.clients.admin.Admin;\n{}", part.repeat(150_000 / part.len()));
        for language in LANGUAGES {
            // What takes more than linear time would not come back from this.
            let read = document(&text, language, Kind::Unknown);
            let first = read.usages.first().map(|usage| usage.name.as_str());
            assert_eq!(first, Some("org.apache.kafka.clients.admin.Admin"), "{part:?} in {language:?}");
            assert!(
                read.usages.iter().all(|usage| !usage.span.of(&text).is_empty()),
                "{part:?} in {language:?}"
            );
        }
    }
}

#[test]
fn source_files_are_distinguished_from_properties_and_from_each_other() {
    let kind = |path: &str, text: &str| read(path, text, None).kind;
    assert_eq!(kind("T.java", "class T {}"), Kind::JavaSource);
    assert_eq!(kind("", "import org.apache.kafka.clients.admin.Admin;\nadmin.close();"), Kind::JavaSource);
    assert_eq!(
        kind(
            "",
            "package a.b\n\nimport org.apache.kafka.clients.admin.Admin\n\nfun t() {\n  val a = Admin.create(p)\n}"
        ),
        Kind::KotlinSource
    );
    assert_eq!(
        kind(
            "",
            "import org.apache.kafka.clients.admin._\nobject T extends App {\n  val a = Admin.create(p)\n}"
        ),
        Kind::ScalaSource
    );
    assert_eq!(kind("", "consumer.poll(100);"), Kind::JavaSource);
    assert_eq!(kind("", "broker.id=1\nlog.dirs=/d\n"), Kind::BrokerProperties);
    assert_eq!(kind("server.properties", "import=1\nlog.dirs=/d;\n"), Kind::BrokerProperties);
    assert_eq!(
        kind("", "key.serializer=org.apache.kafka.common.serialization.StringSerializer\n"),
        Kind::ProducerProperties
    );
}

#[test]
fn groovy_brings_in_classes_as_java_does() {
    let text = "package a\n\nimport org.apache.kafka.clients.consumer.ConsumerRecord\nimport spock.lang.Specification\n\nclass ASpec extends Specification {\n  def \"it works\"() {\n    expect:\n    1 == 1\n  }\n}\n";
    let document = crate::read("src/test/groovy/a/ASpec.groovy", text, None);
    assert_eq!(document.kind, crate::Kind::JavaSource);
    let names: Vec<_> = document.usages.iter().map(|one| &*one.name).collect();
    assert_eq!(names, ["org.apache.kafka.clients.consumer.ConsumerRecord"]);
}
