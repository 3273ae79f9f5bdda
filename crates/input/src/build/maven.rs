//! Maven's `pom.xml`, whole or a part of it that somebody pasted.
//!
//! Profiles count as if they were on: what any of them adds is added, and what it says where nothing else does.

use std::collections::{BTreeMap, BTreeSet};

use kafka_upgrade_catalog::Component;
use kafka_upgrade_sorted::Sorted as _;

use super::{Library, MAX_STEPS, MAX_VERSION_BYTES, document, library, runtime};
use crate::{Document, Encoding, Format, Given, Span, Tool};
use kafka_upgrade_syntax::tree::Scalar;
use kafka_upgrade_syntax::tree::xml::{self, Element};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format =
    Format { name: "maven", extensions: &["pom"], names: &["pom.xml"], sniff, read };

/// Names of the Java that a project is built for, the strongest first.
const JAVA: &[&str] = &[
    "maven.compiler.release",
    "maven.compiler.target",
    "java.version",
    "maven.compiler.source",
    "jdk.version",
    "kotlin.compiler.jvmTarget",
];

/// Properties that override Spring Boot's versions.
const OVERRIDES: &[(&str, &str, &str)] = &[
    ("kafka.version", "org.apache.kafka", "kafka-clients"),
    ("spring-kafka.version", "org.springframework.kafka", "spring-kafka"),
];

fn sniff(_: &str, text: &str) -> u8 {
    let start = text.trim_start_matches('\u{feff}').trim_start();
    if !start.starts_with('<') {
        return 0;
    }
    let project = text.contains("<project")
        && (text.contains("<modelVersion") || text.contains("maven.apache.org/POM"));
    let library = || text.contains("<artifactId>") && text.contains("<groupId>");
    if project || library() { 95 } else { 0 }
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let roots = xml::read(text);
    let mut project = Project::default();
    roots.iter().for_each(|root| project.learn(root, false));
    project.document()
}

/// What a version or a property is, and where it is written.
type Written<'t> = (&'t str, Span);

#[derive(Default)]
struct Project<'t> {
    properties: BTreeMap<&'t str, Written<'t>>,
    /// Properties that only profiles set.
    of_profiles: BTreeSet<&'t str>,
    /// Elements with coordinates, in the order of the text.
    libraries: Vec<&'t Element>,
    /// Versions that `dependencyManagement` and others give, by group and name.
    versions: BTreeMap<(&'t str, &'t str), Written<'t>>,
    /// The Java that the compiler's plugin is set to.
    compiler: Option<Written<'t>>,
    /// Its own name.
    name: String,
    /// Its parent's.
    parent: String,
}

fn written(scalar: &Scalar) -> Written<'_> {
    (&scalar.text, scalar.span)
}

impl<'t> Project<'t> {
    /// Takes up an element and what is in it; no deeper than elements are kept.
    fn learn(&mut self, element: &'t Element, in_profile: bool) {
        let text_of = |name: &str| element.text_of(name).map(written);
        match element.name.as_str() {
            "properties" => {
                let texts =
                    element.children.iter().filter_map(|one| Some((one.name.as_str(), one.text.as_ref()?)));
                for (name, text) in texts {
                    // A property set in a profile does not override one set outside of profiles.
                    if self.of_profiles.contains(name) || !self.properties.contains_key(name) || !in_profile {
                        self.properties.insert(name, written(text));
                        if in_profile {
                            self.of_profiles.insert(name);
                        } else {
                            self.of_profiles.remove(name);
                        }
                    }
                }
            }
            "project" => {
                let own =
                    text_of("version").or_else(|| element.child("parent")?.text_of("version").map(written));
                if let Some(version) = own {
                    self.properties.insert("project.version", version);
                }
                let name = |element: &Element| element.text_of("artifactId").map(|name| name.text.clone());
                self.name = name(element).unwrap_or_default();
                self.parent = element.child("parent").and_then(name).unwrap_or_default();
            }
            "parent" => {
                if let Some(version) = text_of("version") {
                    self.properties.insert("project.parent.version", version);
                }
            }
            _ => {}
        }
        if ["dependency", "parent", "plugin", "extension"].contains(&element.name.as_str())
            && let Some((artifact, _)) = text_of("artifactId")
        {
            self.libraries.push(element);
            if let (Some((group, _)), Some(version)) = (text_of("groupId"), text_of("version")) {
                self.versions.entry((group, artifact)).or_insert(version);
            }
            if artifact == "maven-compiler-plugin"
                && let Some(configuration) = element.child("configuration")
            {
                let level =
                    ["release", "target", "source"].iter().find_map(|name| configuration.text_of(name));
                self.compiler = self.compiler.or(level.map(written));
            }
        }
        let in_profile = in_profile || element.name == "profile";
        element.children.iter().for_each(|child| self.learn(child, in_profile));
    }

    fn document(&self) -> Document {
        let mut document = document(Tool::Maven);
        document.shared.name.clone_from(&self.name);
        document.shared.parent.clone_from(&self.parent);
        let given = self.properties.iter().filter(|(_, (value, _))| value.len() <= MAX_VERSION_BYTES);
        let given = given.map(|(name, (value, span))| Given {
            name: (*name).to_owned(),
            value: (*value).to_owned(),
            span: *span,
        });
        document.shared.gives = given.collect();
        for element in &self.libraries {
            let group = element.text_of("groupId").map_or("org.apache.maven.plugins", |group| &group.text);
            let Some((artifact, named)) = element.text_of("artifactId").map(written) else { continue };
            let own = element.text_of("version").map(written);
            let version = own.or_else(|| self.versions.get(&(group, artifact)).copied());
            let version = version.or_else(|| self.overridden(group));
            let asked = version.map(|(text, _)| text).unwrap_or_default();
            let version = version.map_or_else(String::new, |version| self.resolved(version).0);
            let span = own.map_or(named, |(_, span)| span);
            let whole = format!("{group}:{artifact}");
            let (group, artifact) = (self.resolved((group, named)).0, self.resolved((artifact, named)).0);
            let (group, artifact, version) = (group.as_str(), artifact.as_str(), version.as_str());
            let asks = (whole.as_str(), asked);
            library(&mut document, &Library { group, artifact, named, version, asks, span });
        }
        let boot =
            document.dependencies.iter().any(|one| one.artifact.starts_with("org.springframework.boot:"));
        for &(property, group, artifact) in OVERRIDES.iter().filter(|_| boot) {
            let is_it =
                |element: &&&Element| element.text_of("artifactId").is_some_and(|name| name.text == artifact);
            if let Some(value) =
                self.properties.get(property).filter(|_| self.libraries.iter().find(is_it).is_none())
            {
                let (version, span) = self.resolved(*value);
                let asks = ("", value.0);
                library(
                    &mut document,
                    &Library { group, artifact, named: span, version: &version, asks, span },
                );
            }
        }
        let java = self.compiler.or_else(|| JAVA.iter().find_map(|name| self.properties.get(name)).copied());
        if let Some(java) = java {
            let (version, span) = self.resolved(java);
            runtime(&mut document, "java", &version, span);
        }
        if let Some(scala) =
            ["scala.binary.version", "scala.version"].iter().find_map(|name| self.properties.get(name))
        {
            let (version, span) = self.resolved(*scala);
            runtime(&mut document, "scala", &version, span);
        }
        document.dependencies.order_by_key(|dependency| dependency.span);
        document
    }

    /// The version of a group that a property sets for a parent or a platform.
    fn overridden(&self, group: &str) -> Option<Written<'t>> {
        let (property, ..) = OVERRIDES.iter().find(|(_, of, _)| *of == group)?;
        self.properties.get(property).copied()
    }

    /// With its `${…}` resolved, where the number is written; empty where another file has it.
    fn resolved(&self, (text, span): Written<'t>) -> (String, Span) {
        let (mut text, mut span) = (text, span);
        for _ in 0..MAX_STEPS {
            let Some(name) = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')) else { break };
            let Some((value, place)) = self.properties.get(name) else { return (String::new(), span) };
            (text, span) = (value, *place);
        }
        // In the midst of others a property is resolved as far as it is a plain text itself.
        let mut whole = String::new();
        let mut rest = text;
        while let Some((before, (name, behind))) =
            rest.split_once("${").and_then(|(before, from)| Some((before, from.split_once('}')?)))
        {
            whole.push_str(before);
            whole.push_str(self.properties.get(name).map_or("", |(value, _)| value));
            rest = behind;
        }
        whole.push_str(rest);
        let unknown = whole.contains("${");
        (if unknown { String::new() } else { whole }, span)
    }
}

#[cfg(test)]
mod tests {
    use super::super::libraries;
    use crate::{Kind, read};

    const POM: &str = "<?xml version=\"1.0\"?>
<project xmlns=\"http://maven.apache.org/POM/4.0.0\">
  <modelVersion>4.0.0</modelVersion>
  <parent>
    <groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId>
    <version>3.1.5</version>
  </parent>
  <artifactId>orders</artifactId>
  <properties>
    <kafka.version>${kafka.minor}.1</kafka.version>
    <kafka.minor>3.4</kafka.minor>
    <streams>${kafka.version}</streams>
    <java.version>11</java.version>
    <scala.binary.version>2.12</scala.binary.version>
    <a>${b}</a><b>${a}</b>
  </properties>
  <dependencyManagement><dependencies><dependency>
    <groupId>io.debezium</groupId><artifactId>debezium-core</artifactId><version>1.9.7.Final</version>
  </dependency></dependencies></dependencyManagement>
  <dependencies>
    <!-- <dependency><groupId>x</groupId><artifactId>y</artifactId></dependency> -->
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-clients</artifactId>
      <version>${kafka.version}</version></dependency>
    <dependency><groupId>org.apache.kafka</groupId>
      <artifactId>kafka_${scala.binary.version}</artifactId><version>${streams}</version></dependency>
    <dependency><groupId>io.debezium</groupId><artifactId>debezium-core</artifactId></dependency>
    <dependency><groupId>g</groupId><artifactId>circle</artifactId><version>${a}</version></dependency>
    <dependency><groupId>g</groupId><artifactId>elsewhere</artifactId><version>${revision}</version></dependency>
  </dependencies>
</project>";

    #[test]
    fn a_version_is_what_its_properties_say() {
        let found = libraries("", POM);
        for want in [
            "org.springframework.boot:spring-boot-starter-parent 3.1.5 at 3.1.5",
            "org.apache.kafka:kafka-clients 3.4.1 at ${kafka.version}",
            "org.apache.kafka:kafka_2.12 3.4.1 at ${streams}",
            "io.debezium:debezium-core 1.9.7.Final at 1.9.7.Final",
            "io.debezium:debezium-core 1.9.7.Final at debezium-core",
            "g:elsewhere  at ${revision}",
            "java 11 at 11",
            "scala 2.12 at 2.12",
        ] {
            assert!(found.iter().any(|one| one == want), "{want} of {found:#?}");
        }
        assert!(found.iter().all(|one| !one.starts_with("x:y")));
        assert_eq!(found.iter().filter(|one| one.starts_with("g:circle  ")).count(), 1, "{found:#?}");
    }

    #[test]
    fn a_part_of_a_file_is_enough_and_other_xml_is_not() {
        let part = "<dependency>\n<groupId>org.apache.kafka</groupId>\n<artifactId>connect-api</artifactId>\n<version>3.9.0</version>\n</dependency>\n<dependency><groupId>a</groupId>";
        assert_eq!(libraries("", part), ["org.apache.kafka:connect-api 3.9.0 at 3.9.0"]);
        assert_ne!(read("", "<project><target name=\"ant\"/></project>", None).kind, Kind::BuildFile);
    }

    #[test]
    fn a_property_of_spring_boot_says_which_kafka_it_brings() {
        let pom = |artifact: &str| {
            format!(
                "<project><modelVersion>4.0.0</modelVersion><parent><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-parent</artifactId><version>2.7.18</version></parent><properties><kafka.version>3.4.1</kafka.version></properties><dependency><groupId>org.apache.kafka</groupId><artifactId>{artifact}</artifactId></dependency></project>"
            )
        };
        let clients = libraries("", &pom("kafka-clients"));
        assert!(
            clients.contains(&"org.apache.kafka:kafka-clients 3.4.1 at kafka-clients".to_owned()),
            "{clients:?}"
        );
        assert_eq!(clients.len(), 2);
        let streams = libraries("", &pom("kafka-streams"));
        assert!(streams.contains(&"org.apache.kafka:kafka-clients 3.4.1 at 3.4.1".to_owned()), "{streams:?}");
        let without = libraries("", &pom("kafka-clients").replace("org.springframework.boot", "g"));
        assert_eq!(without.len(), 2, "{without:?}");
    }

    #[test]
    fn what_holds_without_a_profile_counts_before_those_of_profiles() {
        let clients = "<dependency><groupId>org.apache.kafka</groupId><artifactId>kafka-clients</artifactId><version>${k}</version></dependency>";
        let main = "<properties><k>3.4.0</k></properties>";
        let profile = "<profiles><profile><properties><k>0.10.0</k></properties></profile></profiles>";
        let pom = |parts: &[&str]| {
            format!("<project><modelVersion>4.0.0</modelVersion>{}{clients}</project>", parts.concat())
        };
        let want = ["org.apache.kafka:kafka-clients 3.4.0 at ${k}"];
        assert_eq!(libraries("", &pom(&[main, profile])), want);
        assert_eq!(libraries("", &pom(&[profile, main])), want);
        assert_eq!(libraries("", &pom(&[profile])), ["org.apache.kafka:kafka-clients 0.10.0 at ${k}"]);
    }

    #[test]
    fn the_compiler_says_which_java() {
        let plugin = "<plugin><groupId>org.apache.maven.plugins</groupId><artifactId>maven-compiler-plugin</artifactId><configuration><source>8</source><target>1.8</target></configuration></plugin>";
        assert!(libraries("", plugin).contains(&"java 1.8 at 1.8".to_owned()));
    }
}
