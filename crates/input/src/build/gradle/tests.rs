//! Build scripts as people write them.

use crate::build::libraries;
use crate::{Kind, read};

#[test]
fn groovy_names_libraries_in_many_ways() {
    let text = "
plugins { id 'org.springframework.boot' version '3.1.5' }
ext { kafkaVersion = '3.4.0' } // implementation 'no:no:1'
ext.debezium = '1.9.7.Final'
java { sourceCompatibility = JavaVersion.VERSION_1_8; targetCompatibility = '11' }
dependencies {
    implementation 'org.apache.kafka:kafka-clients:3.3.1'
    implementation \"org.apache.kafka:kafka-streams:${kafkaVersion}\"
    implementation 'org.apache.kafka:connect-api:' + kafkaVersion
    api group: 'io.debezium', name: 'debezium-core', version: debezium
    testImplementation('org.apache.kafka:kafka_2.12:3.4.0:test') { transitive = false }
    implementation \"org.apache.kafka:connect-json:$unknown\"
    implementation project(':core')
    implementation 'org.springframework.kafka:spring-kafka'
}
";
    let found = libraries("", text);
    for want in [
        "org.springframework.boot:spring-boot-dependencies 3.1.5 at 3.1.5",
        "org.apache.kafka:kafka-clients 3.3.1 at 3.3.1",
        "org.apache.kafka:kafka-streams 3.4.0 at ${kafkaVersion}",
        "org.apache.kafka:connect-api 3.4.0 at org.apache.kafka:connect-api",
        "io.debezium:debezium-core 1.9.7.Final at debezium",
        "org.apache.kafka:kafka_2.12 3.4.0 at 3.4.0",
        "scala 2.12 at org.apache.kafka:kafka_2.12",
        "org.apache.kafka:connect-json  at $unknown",
        "org.springframework.kafka:spring-kafka  at org.springframework.kafka:spring-kafka",
        "java 11 at 11",
    ] {
        assert!(found.iter().any(|one| one == want), "{want} of {found:#?}");
    }
    assert_eq!(found.len(), 10, "{found:#?}");
}

#[test]
fn catalogs_stand_in_settings_too() {
    let text = "
versionCatalogs { create(\"libs\") {
    version(\"kafka-all\", \"3.5.1\")
    library(\"clients\", \"org.apache.kafka\", \"kafka-clients\").versionRef(\"kafka-all\")
    library(\"json\", \"org.apache.kafka\", \"connect-json\").version(\"3.5.0\")
    library(\"streams\", \"org.apache.kafka:kafka-streams\").versionRef(\"kafka-all\")
    library(\"api\", \"org.apache.kafka:connect-api:3.4.0\")
    library(\"none\", \"org.apache.kafka\", \"connect-file\").withoutVersion()
} }
";
    let want = [
        "org.apache.kafka:kafka-clients 3.5.1 at kafka-all",
        "org.apache.kafka:connect-json 3.5.0 at 3.5.0",
        "org.apache.kafka:kafka-streams 3.5.1 at kafka-all",
        "org.apache.kafka:connect-api 3.4.0 at 3.4.0",
        "org.apache.kafka:connect-file  at connect-file",
    ];
    assert_eq!(libraries("settings.gradle.kts", text), want);
}

#[test]
fn mill_and_bazel_name_libraries_alike() {
    let text = "import mill._
val KafkaVersion = sys.env.getOrElse(\"KAFKA\", \"3.6.1\")
def ivyDeps = Agg(ivy\"org.apache.kafka:kafka-clients:$KafkaVersion\", ivy\"org.apache.kafka::kafka:3.5.0\")
";
    let want = [
        "org.apache.kafka:kafka-clients 3.6.1 at $KafkaVersion",
        "org.apache.kafka:kafka_2.13 3.5.0 at 3.5.0",
    ];
    assert_eq!(libraries("build.sc", text), want);
    // A Scala's number is asked for before the name only.
    assert_eq!(libraries("build.sc", "ivy\"a.b:c:1::2\""), ["a.b:c 1 at 1"]);
    let text = "maven.install(artifacts = [
    # \"org.apache.kafka:kafka-streams:0.10.0\", # it's old
    \"org.apache.kafka:kafka-clients:3.4.0\",
    maven.artifact(\"org.apache.kafka\", \"connect-api\", \"3.4.1\"),
])
";
    let want =
        ["org.apache.kafka:kafka-clients 3.4.0 at 3.4.0", "org.apache.kafka:connect-api 3.4.1 at 3.4.1"];
    assert_eq!(libraries("MODULE.bazel", text), want);
    let text = "set(\"kafka\", System.getenv(\"KAFKA\") ?: \"3.3.0\")\nimplementation(\"org.apache.kafka:connect-api:$kafka\")\n";
    assert_eq!(libraries("a.gradle.kts", text), ["org.apache.kafka:connect-api 3.3.0 at $kafka"]);
}

#[test]
fn texts_are_put_together_of_parts() {
    let text = "
def scala = '2.12'
ext.kafka = '3.4.0'
java { sourceCompatibility = JavaVersion.VERSION_1_8 }
dependencies {
    implementation 'org.apache.kafka:kafka_' + scala + ':' + kafka
    implementation \"org.apache.kafka:kafka_\" + scala + \":3.5.0\" + ':test'
    implementation group: 'org.apache.kafka', name: 'kafka-streams-scala_' + scala, version: kafka + '-ccs'
    implementation 'org.apache.kafka:connect-api:' + property('kafka') + ':test'
}
";
    let want = [
        "java 8 at 8",
        "scala 2.12 at org.apache.kafka:kafka_",
        "org.apache.kafka:kafka_2.12 3.4.0 at org.apache.kafka:kafka_",
        "scala 2.12 at org.apache.kafka:kafka_",
        "org.apache.kafka:kafka_2.12 3.5.0 at org.apache.kafka:kafka_",
        "scala 2.12 at kafka-streams-scala_",
        "org.apache.kafka:kafka-streams-scala_2.12 3.4.0-ccs at kafka",
        "org.apache.kafka:connect-api 3.4.0 at org.apache.kafka:connect-api",
    ];
    assert_eq!(libraries("", text), want);
}

#[test]
fn kotlin_names_libraries_in_many_ways() {
    let text = "
plugins { id(\"org.springframework.boot\") version \"3.2.0\"; kotlin(\"jvm\") version \"1.9.0\" }
val kafka = \"3.5.1\"
val connect by extra(\"3.6.0\")
java { toolchain { languageVersion.set(JavaLanguageVersion.of(17)) } }
dependencies {
    implementation(\"org.apache.kafka:kafka-clients:$kafka\")
    implementation(platform(\"org.springframework.boot:spring-boot-dependencies:3.2.1\"))
    implementation(group = \"org.apache.kafka\", name = \"connect-api\", version = connect)
}
";
    let found = libraries("build.gradle.kts", text);
    for want in [
        "org.apache.kafka:kafka-clients 3.5.1 at $kafka",
        "org.springframework.boot:spring-boot-dependencies 3.2.1 at 3.2.1",
        "org.apache.kafka:connect-api 3.6.0 at connect",
        "java 17 at 17",
    ] {
        assert!(found.iter().any(|one| one == want), "{want} of {found:#?}");
    }
}

#[test]
fn versions_come_from_maps_and_are_said_in_blocks_of_their_own() {
    let text = "
ext { versions = [kafka: '3.2.3', 'avro': '1.11.0']; jdk = 11 }
ext.libs = [kafka: \"org.apache.kafka:connect-json:$versions.kafka\"]
ext['kafka.version'] = '3.4.1'
sourceCompatibility = jdk
dependencies {
    implementation \"org.apache.kafka:kafka-clients:${versions.kafka}\"
    implementation(\"org.apache.kafka:kafka_2.13\") { version { strictly '3.2.1' } }
    implementation('org.apache.kafka:connect-api:3.0.0') {
        exclude group: 'org.slf4j', module: 'slf4j-log4j12'
        exclude(\"ch.qos.reload4j:reload4j\")
    }
    implementation group: 'org.apache.kafka', name: 'kafka-streams', version: '3.0.1'
}
";
    let want = [
        "org.apache.kafka:connect-json 3.2.3 at $versions.kafka",
        "org.apache.kafka:kafka-clients 3.4.1 at 3.4.1",
        "java 11 at jdk",
        "org.apache.kafka:kafka-clients 3.2.3 at ${versions.kafka}",
        "org.apache.kafka:kafka_2.13 3.2.1 at 3.2.1",
        "org.apache.kafka:connect-api 3.0.0 at 3.0.0",
        "org.apache.kafka:kafka-streams 3.0.1 at 3.0.1",
    ];
    assert_eq!(libraries("", text), want);
}

#[test]
fn kotlin_gives_parts_by_their_places_and_quotes_inside_of_texts() {
    let text = "
extra[\"streamsVersion\"] = \"3.5.1\"
val versions = mapOf(\"connect\" to \"3.5.0\")
val kafka = \"3.5.2\"
dependencies {
    implementation(\"org.apache.kafka\", \"kafka-clients\", kafka)
    implementation(\"org.apache.kafka:kafka-streams:${property(\"streamsVersion\")}\")
    implementation(\"org.apache.kafka:connect-api:${versions[\"connect\"]}\") { exclude(group = \"log4j\", module = \"log4j\") }
    implementation(\"org.apache.kafka:connect-json\") { version { strictly(\"3.4.0\") } }
}
";
    let want = [
        "org.apache.kafka:kafka-clients 3.5.2 at kafka",
        "org.apache.kafka:kafka-streams 3.5.1 at ${property(\"streamsVersion\")}",
        "org.apache.kafka:connect-api 3.5.0 at ${versions[\"connect\"]}",
        "org.apache.kafka:connect-json 3.4.0 at 3.4.0",
    ];
    assert_eq!(libraries("build.gradle.kts", text), want);
    // A text that puts in what never ends is over with its line.
    assert_eq!(libraries("a.gradle", "a \"${b\nc 'x.y:z:1'"), ["x.y:z 1 at 1"]);
}

#[test]
fn a_single_line_is_enough_and_code_is_no_script() {
    assert_eq!(
        libraries("", "implementation(\"org.apache.kafka:kafka-clients:3.4.0\")"),
        ["org.apache.kafka:kafka-clients 3.4.0 at 3.4.0"]
    );
    for text in ["val a = \"b:c:d\"\n", "compile the sources: then run", "api = 1\n", "broker.id=1\n"] {
        assert_ne!(read("", text, None).kind, Kind::BuildFile, "{text}");
    }
}
