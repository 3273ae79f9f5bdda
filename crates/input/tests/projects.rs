//! Versions that another file of the same project holds.

#![expect(clippy::indexing_slicing, reason = "tests")]

use kafka_upgrade_document::Kind;
use kafka_upgrade_input::{read, settle};

/// `ARTIFACT VERSION at PATH:TEXT`, in the order of the files.
fn resolved(files: &[(&str, &str)]) -> Vec<String> {
    let documents: Vec<_> = files.iter().map(|(path, text)| (*path, read(path, text, None))).collect();
    assert!(documents.iter().all(|(_, document)| document.kind == Kind::BuildFile));
    let documents: Vec<_> = documents.iter().map(|(path, document)| (*path, document)).collect();
    let settled = settle(&documents).into_iter().map(|one| {
        let (path, text) = files[one.place.0];
        format!("{} {} at {path}:{}", one.artifact, one.version, one.place.1.of(text))
    });
    settled.collect()
}

/// One library of a version that is asked for in some words.
fn gradle(version: &str) -> String {
    format!("dependencies {{\n    implementation {version}\n}}\n")
}

#[test]
fn gradle_takes_versions_from_its_properties_however_they_are_named() {
    let properties =
        ("gradle.properties", "org.gradle.parallel=true\nkafkaVersion = 3.4.0\nkafka.version=3.5.0\n");
    let plain = "org.apache.kafka:kafka-clients 3.4.0 at gradle.properties:3.4.0";
    for version in [
        "\"org.apache.kafka:kafka-clients:$kafkaVersion\"",
        "\"org.apache.kafka:kafka-clients:${kafkaVersion}\"",
        "\"org.apache.kafka:kafka-clients:${project.property('kafkaVersion')}\"",
        "\"org.apache.kafka:kafka-clients:${rootProject.ext.kafkaVersion}\"",
        "'org.apache.kafka:kafka-clients:' + kafkaVersion",
        "'org.apache.kafka:kafka-clients:' + project.property('kafkaVersion')",
        "group: 'org.apache.kafka', name: 'kafka-clients', version: kafkaVersion",
        "group: 'org.apache.kafka', name: 'kafka-clients', version: project.properties['kafkaVersion']",
        "(\"org.apache.kafka\", \"kafka-clients\", property(\"kafkaVersion\"))",
        "(\"org.apache.kafka:kafka-clients\") { version { strictly(kafkaVersion) } }",
        "\"org.apache.kafka:kafka-clients:$version\"\ndef version = findProperty(\"kafkaVersion\")",
        "(\"org.apache.kafka:kafka-clients:$kafkaVersion\")\nval kafkaVersion: String by project",
    ] {
        assert_eq!(resolved(&[("build.gradle", &gradle(version)), properties]), [plain], "{version}");
    }
    let dotted = gradle("\"org.apache.kafka:kafka-clients:${property(\"kafka.version\")}\"");
    let want = "org.apache.kafka:kafka-clients 3.5.0 at gradle.properties:3.5.0";
    assert_eq!(resolved(&[("a/build.gradle.kts", &dotted), properties]), [want]);
    // A name has variables as well.
    let core = gradle("\"org.apache.kafka:kafka_$scala:$kafkaVersion\"");
    let files = [("build.gradle", core.as_str()), ("gradle.properties", "scala=2.13\nkafkaVersion=3.4.0\n")];
    assert_eq!(resolved(&files), ["org.apache.kafka:kafka_2.13 3.4.0 at gradle.properties:3.4.0"]);
}

#[test]
fn what_no_file_says_is_not_made_up() {
    let build = gradle("\"org.apache.kafka:kafka-clients:$kafkaVersion\"");
    let none: [&str; 0] = [];
    assert_eq!(resolved(&[("build.gradle", &build)]), none);
    assert_eq!(resolved(&[("build.gradle", &build), ("gradle.properties", "otherVersion=3.4.0\n")]), none);
    // Of another project, of another tool, and of two that differ.
    assert_eq!(
        resolved(&[("a/build.gradle", &build), ("b/gradle.properties", "kafkaVersion=3.4.0\n")]),
        none
    );
    let sbt = ("build.sbt", "val kafkaVersion = \"3.4.0\"\nlibraryDependencies += \"a\" % \"b\" % \"1\"\n");
    assert_eq!(resolved(&[("build.gradle", &build), sbt]), none);
    let (one, two) = ("ext { kafkaVersion = '3.4.0' }\n", "ext { kafkaVersion = '3.5.0' }\n");
    assert_eq!(resolved(&[("a/build.gradle", &build), ("one.gradle", one), ("two.gradle", two)]), none);
    // Two that agree do not differ.
    let want = ["org.apache.kafka:kafka-clients 3.4.0 at one.gradle:3.4.0"];
    assert_eq!(resolved(&[("a/build.gradle", &build), ("one.gradle", one), ("two.gradle", one)]), want);
    // Circles end.
    let circle = "def kafkaVersion = property('a')\ndef a = property('kafkaVersion')\n".to_owned() + &build;
    assert_eq!(resolved(&[("build.gradle", &circle)]), none);
}

#[test]
fn the_nearest_file_counts_and_the_own_one_before_all() {
    let build = gradle("\"org.apache.kafka:kafka-clients:$kafkaVersion\"");
    let own = format!("ext.kafkaVersion = '3.6.0'\n{build}");
    let root = ("gradle.properties", "kafkaVersion=3.4.0\n");
    let near = ("app/gradle.properties", "kafkaVersion=3.5.0\n");
    let of = |path: &str, version: &str| {
        vec![format!("org.apache.kafka:kafka-clients {version} at {path}:{version}")]
    };
    assert_eq!(resolved(&[("app/build.gradle", &build), root, near]), of(near.0, "3.5.0"));
    assert_eq!(resolved(&[("build.gradle", &build), root, near]), of(root.0, "3.4.0"));
    assert_eq!(resolved(&[("app/build.gradle", &own), root, near]), of("app/build.gradle", "3.6.0"));
    // What stands in `gradle` or `buildSrc` is for the whole of the build.
    let versions = ("gradle/versions.gradle", "ext.versions = [kafka: '3.4.1']\n");
    let build = gradle("\"org.apache.kafka:kafka-clients:$versions.kafka\"");
    assert_eq!(resolved(&[("app/build.gradle", &build), versions]), of(versions.0, "3.4.1"));
}

#[test]
fn a_version_catalog_defines_versions_for_itself_and_for_scripts() {
    let catalog = (
        "gradle/libs.versions.toml",
        "[versions]\nkafka-clients = \"3.4.0\"\n[libraries]\nkafka = { module = \"org.apache.kafka:kafka-clients\", version.ref = \"kafka-clients\" }\n",
    );
    let own = "org.apache.kafka:kafka-clients 3.4.0 at gradle/libs.versions.toml:3.4.0";
    assert_eq!(resolved(&[catalog]), [own]);
    let build = gradle("\"org.apache.kafka:kafka-streams:${libs.versions.kafka.clients.get()}\"");
    let streams = "org.apache.kafka:kafka-streams 3.4.0 at gradle/libs.versions.toml:3.4.0";
    assert_eq!(resolved(&[("app/build.gradle.kts", &build), catalog]), [streams, own]);
    let alias = gradle("libs.kafka");
    assert_eq!(resolved(&[("app/build.gradle.kts", &alias), catalog]), [own]);
}

#[test]
fn objects_of_a_build_say_versions_to_its_scripts() {
    let versions =
        ("buildSrc/src/main/kotlin/Versions.kt", "object Versions { const val KAFKA = \"3.4.0\" }\n");
    let deps = (
        "buildSrc/src/main/kotlin/Deps.kt",
        "object Deps { const val clients = \"org.apache.kafka:kafka-clients:${Versions.KAFKA}\" }\n",
    );
    let build = gradle("(\"org.apache.kafka:kafka-streams:${Versions.KAFKA}\")");
    let want = [
        "org.apache.kafka:kafka-clients 3.4.0 at buildSrc/src/main/kotlin/Versions.kt:3.4.0",
        "org.apache.kafka:kafka-streams 3.4.0 at buildSrc/src/main/kotlin/Versions.kt:3.4.0",
    ];
    assert_eq!(resolved(&[deps, versions, ("app/build.gradle.kts", &build)]), want);
}

fn pom(name: &str, parent: &str, rest: &str) -> String {
    let parent = if parent.is_empty() {
        String::new()
    } else {
        format!("<parent><groupId>g</groupId><artifactId>{parent}</artifactId><version>1</version></parent>")
    };
    format!(
        "<project><modelVersion>4.0.0</modelVersion>{parent}<artifactId>{name}</artifactId>{rest}</project>"
    )
}

#[test]
fn maven_takes_properties_from_parents_by_their_names() {
    let clients = "<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-clients</artifactId><version>${kafka.version}</version></dependency>";
    let root = pom(
        "root",
        "",
        "<properties><kafka>3.4.0</kafka><kafka.version>${kafka}</kafka.version></properties>",
    );
    let middle = pom("middle", "root", "");
    let child = pom("child", "middle", clients);
    let files = [("pom.xml", root.as_str()), ("m/pom.xml", &middle), ("m/c/pom.xml", &child)];
    assert_eq!(resolved(&files), ["org.apache.kafka:kafka-clients 3.4.0 at pom.xml:3.4.0"]);
    // A folder above is no parent, and a parent may stand beside.
    let stranger = pom("child", "elsewhere", clients);
    let none: [&str; 0] = [];
    assert_eq!(resolved(&[("pom.xml", &root), ("c/pom.xml", &stranger)]), none);
    let beside = pom("child", "root", clients);
    let want = ["org.apache.kafka:kafka-clients 3.4.0 at parent/pom.xml:3.4.0"];
    assert_eq!(resolved(&[("parent/pom.xml", &root), ("c/pom.xml", &beside)]), want);
    // What a child overrides counts for it.
    let overriding = pom("child", "root", &format!("<properties><kafka>3.5.0</kafka></properties>{clients}"));
    let want = ["org.apache.kafka:kafka-clients 3.5.0 at c/pom.xml:3.5.0"];
    assert_eq!(resolved(&[("pom.xml", &root), ("c/pom.xml", &overriding)]), want);
}

#[test]
fn sbt_takes_versions_from_its_project_folder() {
    let build =
        ("build.sbt", "libraryDependencies += \"org.apache.kafka\" % \"kafka-clients\" % Versions.kafka\n");
    let project = ("project/Dependencies.scala", "import sbt._\nobject Versions { val kafka = \"3.4.0\" }\n");
    let want = ["org.apache.kafka:kafka-clients 3.4.0 at project/Dependencies.scala:3.4.0"];
    assert_eq!(resolved(&[build, project]), want);
}
