//! Releases of Kafka's that variables name: in makefiles, files of variables, scripts without an ending, and pipelines
//! that test a program against each of several.
//!
//! Evidence is in each line: a variable, a parameter or a value of a matrix that is called Kafka's version, or that of what
//! brings Kafka along, an action or a package of Kafka's that a pipeline takes. What a program is tested with may be as old
//! as it likes, so only what a file of variables and an image name is kept. What is *not* here: texts that have a format.

use kafka_upgrade_catalog::clients;
use kafka_upgrade_document::{Slice as _, paths, template};

use crate::{Dependency, Document, Ecosystem, Kind, Span};

/// Names of versions, without the signs between their words; other words may stand before them.
const VERSIONS: &[&str] = &[
    "kafkaversion",
    "kafkatag",
    "kafkaimagetag",
    "kafkaimageversion",
    "kafkabrokerversion",
    "kafkaclientversion",
    "kafkaclientsversion",
    "kafkacontainerversion",
    "librdkafkaversion",
    "rdkafkaversion",
    "strimziversion",
    "kafkaver",
];

/// Names of Confluent Platform's version, as variables have them.
const CONFLUENTS: &[&str] =
    &["CP_VERSION", "CONFLUENT_VERSION", "CONFLUENT_PLATFORM_VERSION", "CONFLUENT_DOCKER_TAG", "CP_TAG"];

/// Words in paths of files that say what a server builds and tests.
const PIPELINES: &[&str] = &[
    ".github/",
    ".gitlab-ci",
    ".travis",
    ".circleci/",
    ".semaphore/",
    ".buildkite/",
    ".evergreen",
    ".drone",
    ".azure/",
    "azure-pipelines",
    "cloudbuild",
    "bitbucket-pipelines",
    "appveyor",
];

/// Client libraries that a pipeline installs.
const PACKAGES: &[&str] = &["confluent-kafka", "kafka-python", "aiokafka"];

/// Images of brokers, as mirrors may write them too.
const IMAGES: &[(&str, &str)] = &[
    ("confluentinc-cp-kafka:", "confluentinc/cp-kafka"),
    ("confluentinc-cp-server:", "confluentinc/cp-server"),
    ("confluentinc/cp-kafka:", "confluentinc/cp-kafka"),
    ("confluentinc/cp-server:", "confluentinc/cp-server"),
];

/// What a text is, by its name or by its lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// Lines that are variables and nothing else.
    Variables,
    /// A makefile, or commands without an ending in their name.
    Script,
    /// Jobs of a server.
    Pipeline,
}

/// Adds what the lines of a text say of releases; its kind stays unknown where they say nothing.
pub(crate) fn find(path: &str, text: &str, document: &mut Document) {
    let Some(sort) = sort(path, text) else { return };
    let names_kafka = ["afka", "KAFKA"].iter().any(|word| text.contains(word));
    let (mut signs, mut at) = (0, 0);
    for line in text.split_inclusive('\n') {
        let body = line.split(" #").next().unwrap_or_default().trim();
        if !body.starts_with(['#', ';']) && !body.starts_with("//") {
            let (is_sign, found) = match sort {
                Sort::Pipeline => (names_kafka && is_of_pipeline(path, body), image(line, at)),
                Sort::Script => (is_of_script(body), None),
                Sort::Variables => {
                    (is_of_script(body) || names_image(body) || names_client(body), platform(line, at))
                }
            };
            signs += usize::from(is_sign);
            document.dependencies.extend(found.filter(|_| document.dependencies.is_empty()));
        }
        at += line.len();
    }
    if signs > 0 || !document.dependencies.is_empty() {
        document.kind = if sort == Sort::Script { Kind::ShellScript } else { Kind::Containers };
        document.problems.clear();
    }
}

fn sort(path: &str, text: &str) -> Option<Sort> {
    let file = paths::file_name(template::plain_name(path));
    if file.starts_with(".env") || file.ends_with(".env") {
        let is_set = |line: &str| line.is_empty() || line.starts_with('#') || line.contains('=');
        return text.lines().map(str::trim).all(is_set).then_some(Sort::Variables);
    }
    if is_makefile(file) || path.contains('/') && !file.contains('.') {
        return Some(Sort::Script);
    }
    let is_yaml = [".yml", ".yaml"].iter().any(|ending| file.ends_with(ending));
    let has =
        |key: &str| text.lines().any(|line| line.trim_start().trim_start_matches("- ").starts_with(key));
    let is_pipeline = || {
        PIPELINES.iter().any(|word| path.contains(word)) || has("runs-on:") || has("steps:") && has("pool:")
    };
    (is_yaml && is_pipeline()).then_some(Sort::Pipeline)
}

fn is_makefile(file: &str) -> bool {
    matches!(file, "Makefile" | "makefile" | "GNUmakefile") || file.ends_with(".mk")
}

/// Whether a name is that of a version of Kafka's, whatever stands before: `TEST_KAFKA_VERSION`, `kafkaVersion`.
fn is_version(name: &str) -> bool {
    let plain: String =
        name.chars().filter(|one| !"_-.".contains(*one)).map(|one| one.to_ascii_lowercase()).collect();
    VERSIONS.iter().any(|known| plain.ends_with(known))
}

fn is_confluents(name: &str) -> bool {
    CONFLUENTS
        .iter()
        .any(|known| name.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('_')))
}

/// The number at the beginning of a text, or of what stands in its quotes: `2.8.1`, `'v1.9.2'`, `["0.11.0.3", …]`.
fn number(text: &str) -> &str {
    let text = text.trim_start_matches(['"', '\'', '[', ' ', '<', '>', '=', '~', '^']);
    let text = text.strip_prefix('v').unwrap_or(text);
    let end = text.find(|one: char| !one.is_ascii_digit() && one != '.').unwrap_or(text.len());
    let number = text.slice(..end).trim_end_matches('.');
    let is_open = || text.slice(end..).starts_with('x') && text.slice(..end).ends_with('.');
    let is_number =
        number.starts_with(|one: char| one.is_ascii_digit()) && (number.contains('.') || is_open());
    if is_number { number } else { "" }
}

/// A name of a variable with what is set to it: `KAFKA_VERSION ?= 2.8.1`, `export CP_VERSION=7.9.2`.
fn assignment(body: &str) -> Option<(&str, &str)> {
    let body = body.strip_prefix("export ").unwrap_or(body).trim_start();
    let (name, value) = body.split_once('=')?;
    let name = name.trim_end_matches([':', '?', '+', '!', ' ', '\t']);
    let is_name = !name.is_empty() && name.bytes().all(|one| one.is_ascii_alphanumeric() || one == b'_');
    is_name.then(|| (name, value.trim()))
}

/// A variable of makefiles and shells, what hands one on, or a cluster that is started in a release.
fn is_of_script(body: &str) -> bool {
    let is_set = assignment(body).is_some_and(|(name, value)| {
        is_version(name)
            && value.split(|one: char| " =:|-\"'".contains(one)).any(|word| !number(word).is_empty())
    });
    is_set
        || confluents(body).is_some()
        || names_profile(body)
        || body.contains("-Dkafka.version=")
        || body.contains("trivup.clusters.KafkaCluster")
        || body.split_ascii_whitespace().any(|word| word == "-lrdkafka")
        || body.split_once("--build-arg").is_some_and(|(_, rest)| {
            rest.split(['=', ' ']).any(|word| word.contains("KAFKA") && is_version(word))
        })
}

/// A profile of Maven's that is called after a release: `-P kafka-0.10.2.0`, `MVN_PROFILE?=kafka-0.10.2.0`.
fn names_profile(body: &str) -> bool {
    let is_set = |before: &str| {
        let before = before.trim_end_matches(['"', '\'', ' ', ',']);
        ["PROFILE=", "PROFILE?=", "PROFILE:=", "-P"].iter().any(|end| before.ends_with(end))
    };
    body.match_indices("kafka-").any(|(at, word)| {
        let (before, behind) = body.split_at_checked(at).unwrap_or_default();
        is_set(before) && !number(behind.slice(word.len()..)).is_empty()
    })
}

/// A line of a pipeline that takes a release, an action or a package of Kafka's.
fn is_of_pipeline(path: &str, body: &str) -> bool {
    let entry = body.trim_start_matches("- ").split_once(':').unwrap_or_default();
    let (key, named) = (entry.0.trim_matches(['"', '\'', ' ']), entry.1.trim_matches(['"', '\'', ' ']));
    let is_word =
        !key.is_empty() && key.bytes().all(|one| one.is_ascii_alphanumeric() || b"_-.".contains(&one));
    let of_matrix = matches!(key, "kafka" | "librdkafka" | "ak" | "platform_version" | "platform-version");
    if is_word && (is_version(key) || is_confluents(key))
        || of_matrix && !number(named).is_empty()
        || key == "platform-version"
        || key == "name" && (is_version(named) || is_confluents(named))
    {
        return true;
    }
    if key == "uses" {
        let action = named.split('@').next().unwrap_or_default();
        return action.contains("kafka") && !action.starts_with("./") || action.contains("cp-all-in-one");
    }
    // What is asked for, and what is never to be taken.
    if matches!(key, "dependency-name" | "package-name") && path.contains("dependabot") {
        return named.starts_with("org.apache.kafka:") || named == "org.apache.kafka*";
    }
    let installs = || {
        let mut words = body.split([' ', '"', '\'', '=', '[', '<', '>', '~']);
        words.by_ref().any(|word| word == "install") && words.any(|word| PACKAGES.contains(&word))
    };
    body.contains("pip") && installs()
        || body.contains("-Dkafka.version=")
        || names_profile(body)
        || IMAGES.iter().any(|(name, _)| body.contains(name))
}

/// A broker's image in a variable, whose tag stands in another.
fn names_image(body: &str) -> bool {
    const BROKERS: &[&str] = &[
        "apache/kafka",
        "apache/kafka-native",
        "bitnami/kafka",
        "confluentinc/cp-kafka",
        "confluentinc/cp-server",
    ];
    let value = assignment(body).map(|(_, value)| value.trim_matches(['"', '\'']));
    let image = value.map(|value| value.split(':').next().unwrap_or_default());
    image.is_some_and(|image| {
        BROKERS
            .iter()
            .any(|known| image.strip_suffix(known).is_some_and(|rest| rest.is_empty() || rest.ends_with('/')))
    })
}

/// A variable for the login or the brokers of a client of Kafka's, which a sample may leave empty.
fn names_client(body: &str) -> bool {
    const WORDS: &[&str] = &["SASL_MECHANISM", "SECURITY_PROTOCOL", "BOOTSTRAP", "BROKER"];
    assignment(body).is_some_and(|(name, _)| {
        name.split_once("KAFKA_").is_some_and(|(_, rest)| {
            WORDS.iter().any(|word| rest.starts_with(word)) && !rest.ends_with("_ID")
        })
    })
}

/// The release of Confluent Platform that a variable names, where there is such a release.
fn confluents(body: &str) -> Option<&str> {
    let (name, value) = assignment(body)?;
    let version = number(value);
    let known = clients::by_alias("confluent platform")?;
    (is_confluents(name) && clients::carried(known, version).is_some()).then_some(version)
}

/// The Confluent Platform that services get by a variable.
fn platform(line: &str, at: usize) -> Option<Dependency> {
    let version = confluents(line.trim())?;
    let start = at + (version.as_ptr().addr() - line.as_ptr().addr());
    Some(dependency(Ecosystem::Name, "confluent platform", version, start))
}

/// A broker that a job starts by the name of its image.
fn image(line: &str, at: usize) -> Option<Dependency> {
    IMAGES.iter().find_map(|(sign, name)| {
        let start = line.find(sign)? + sign.len();
        let version = number(line.slice(start..));
        let is_there = line.slice(start..).starts_with(version) && !version.is_empty();
        is_there.then(|| dependency(Ecosystem::Image, name, version, at + start))
    })
}

fn dependency(ecosystem: Ecosystem, artifact: &str, version: &str, start: usize) -> Dependency {
    let span = Span::new(start as u32, (start + version.len()) as u32);
    Dependency { ecosystem, artifact: artifact.to_owned(), version: version.to_owned(), span }
}

#[cfg(test)]
mod tests {
    use crate::{Kind, read};

    fn versions(path: &str, text: &str) -> Vec<String> {
        let document = read(path, text, None);
        let all = document.dependencies.iter();
        all.map(|one| format!("{} {} at {}", one.artifact, one.version, one.span.of(text))).collect()
    }

    #[test]
    fn makefiles_and_scripts_that_set_a_release_are_scripts() {
        for (path, text) in [
            ("a/Makefile", "SCALA_VERSION?=2.13\nKAFKA_VERSION?=2.8.1\n"),
            ("a/GNUmakefile", "export KAFKA_VERSION ?= 4.3.0\n"),
            ("Makefile", "KAFKA_VERSION=2.3.1\n\ntest:\n\tgo test ./...\n"),
            ("Makefile", "image:\n\tdocker build -t a --build-arg KAFKA_VERSION=$(KAFKA_VERSION) .\n"),
            ("Makefile", "MVN_PROFILE?=kafka-0.10.2.0\n"),
            ("tests/Makefile", "up:\n\tpython3 -m trivup.clusters.KafkaCluster --version 2.8.0\n"),
            ("c/Makefile", "tool:\n\tcc tool.c -lc -lrdkafka -L/opt/librdkafka/lib\n"),
            ("tests/prepare", "KAFKA_VERSION=$(cat VERSION 2>/dev/null || echo 2.4.1)\n"),
            ("tests/prepare", "LIBRDKAFKA_VERSION=${LIBRDKAFKA_VERSION:-2.4.1}\n"),
        ] {
            assert_eq!(read(path, text, None).kind, Kind::ShellScript, "{path}: {text}");
            assert!(versions(path, text).is_empty(), "{text}");
        }
        for (path, text) in [
            ("Makefile", "# KAFKA_VERSION=2.8.1\nall: kafka\n"),
            ("Makefile", "VERSION=2.8.1\nNAME=kafka-tool\n"),
            ("Makefile", "KAFKA_VERSION=$(V)\n"),
            ("Makefile", "KAFKA_UI_PORT=2.8.1\n"),
            ("Makefile", "IMAGE=kafka-1.2\n"),
            ("notes", "KAFKA_VERSION=2.8.1\n"),
        ] {
            assert_eq!(read(path, text, None).kind, Kind::Unknown, "{path}: {text}");
        }
    }

    #[test]
    fn variables_for_services_say_which_confluent_platform_there_is() {
        for (path, text, want) in [
            (".env", "CONFLUENT_VERSION=7.4.1\nPORT=1\n", "confluent platform 7.4.1 at 7.4.1"),
            ("docker/.env", "CP_VERSION=7.9.2\n", "confluent platform 7.9.2 at 7.9.2"),
            (
                "config.env",
                "# x\nCONFLUENT_SHORT=8.2\nexport CONFLUENT_DOCKER_TAG=\"8.2.0\"\n",
                "confluent platform 8.2.0 at 8.2.0",
            ),
        ] {
            assert_eq!(versions(path, text), [want], "{path}");
            assert_eq!(read(path, text, None).kind, Kind::Containers, "{path}");
        }
        let sample = "APP_KAFKA_BROKER=\nA=b\n";
        assert_eq!(read(".env.example", sample, None).kind, Kind::Containers);
        for text in ["IMAGE=apache/kafka\nVERSION=4.2.0\n", "KAFKA_IMAGE=\"docker.io/bitnami/kafka:3.9\"\n"] {
            assert_eq!(read(".env", text, None).kind, Kind::Containers, "{text}");
        }
        for text in [
            "IMAGE=acme/kafka-ui\n",
            "KAFKA_UI_PORT=1\nKAFKA_BROKER_ID=\n",
            "# IMAGE=apache/kafka\nA=b\n",
            "CP_VERSION=1.9.2\n",
            "MYCP_VERSION=7.9.2\n",
            "# CP_VERSION=7.9.2\nA=b\n",
            "CP_VERSION 7.9.2\n",
        ] {
            assert!(versions(".env", text).is_empty(), "{text}");
            assert_ne!(read(".env", text, None).kind, Kind::Containers, "{text}");
        }
    }

    #[test]
    fn pipelines_that_test_with_releases_are_read_and_say_nothing_of_them() {
        let job = |lines: &str| format!("jobs:\n  test:\n    runs-on: ubuntu-latest\n{lines}");
        for (path, text) in [
            (".github/workflows/a.yml", "strategy:\n  matrix:\n    kafka: [\"0.11.0.3\", \"2.8.1\"]\n"),
            (".github/workflows/a.yml", "matrix:\n  kafka-version: [\"3.x\"]\n"),
            (".github/workflows/a.yml", "matrix:\n  - librdkafka: 'v1.9.2'\n"),
            (
                ".github/workflows/a.yml",
                "matrix:\n  ak: [ 2.7.0, 3.1.0 ]\nrun: mvn -Dkafka.version=${{ matrix.ak }}\n",
            ),
            (
                ".github/workflows/a.yml",
                "name: Kafka Connector\nplatform: apache\nplatform_version: '2.8.2'\n",
            ),
            (".github/workflows/a.yml", "run: pip3 install \"confluent-kafka[avro]==1.9.2\"\n"),
            (".github/dependabot.yml", "ignore:\n  - dependency-name: \"org.apache.kafka:*\"\n"),
            (".semaphore/semaphore.yml", "env_vars:\n  - name: LIBRDKAFKA_VERSION\n    value: v2.15.0\n"),
            ("azure-pipelines.yml", "variables:\n- name: KAFKA_VERSION\n  value: 2.4\n"),
            (".azure/a.yaml", "parameters:\n  - name: kafkaVersion\n    default: latest\n"),
            ("cloudbuild.yaml", "steps:\n- args: [\"-P\", \"kafka-0.11-1.0.0\"]\n"),
        ] {
            assert_eq!(read(path, text, None).kind, Kind::Containers, "{path}: {text}");
            assert!(versions(path, text).is_empty(), "{text}");
        }
        let text = job("    steps:\n      - uses: acme/cp-all-in-one-action@v0.2 # kafka\n");
        assert_eq!(read("examples/kafka.yml", &text, None).kind, Kind::Containers);
        let text =
            job("    steps:\n      - run: docker run ghcr.io/acme/mirror-confluentinc-cp-kafka:6.2.0\n");
        assert_eq!(versions(".github/workflows/a.yml", &text), ["confluentinc/cp-kafka 6.2.0 at 6.2.0"]);
    }

    #[test]
    fn pipelines_of_others_stay_unknown() {
        for (path, text) in [
            (".github/workflows/a.yml", "name: kafka\nmatrix:\n  version: [\"2.8.1\"]\n"),
            (".github/workflows/a.yml", "# kafka: 2.8.1\nname: kafka\n"),
            (".github/workflows/a.yml", "name: kafka\nkafka: true\nuses: ./kafka\n"),
            (".github/workflows/a.yml", "run: pip install requests # not kafka-python\n"),
            (".github/workflows/a.yml", "ak: 2.7.0\n"),
            (".github/dependabot.yml", "ignore:\n  - dependency-name: \"kafkajs-types\"\n"),
            ("values/a.yml", "kafka: \"2.8.1\"\nplatform_version: '2.8.2'\n"),
        ] {
            assert_eq!(read(path, text, None).kind, Kind::Unknown, "{path}: {text}");
        }
    }
}
