use crate::build::libraries;
use crate::{Kind, read};

/// The same, read without a name and with it.
fn both(path: &str, text: &str) -> Vec<String> {
    let without = libraries("", text);
    assert_eq!(without, libraries(path, text), "{path}");
    without
}

#[test]
fn npm_manifests_and_locks_are_read() {
    let json = "{\n \"name\": \"x\",\n \"dependencies\": {\"kafkajs\": \"^2.2.4\", \"left-pad\": \"1.0.0\", \"@platformatic/kafka\": \"*\"},\n \"devDependencies\": {\"node-rdkafka\": \"~2.18.0 || 3\"}\n}";
    assert_eq!(
        both("package.json", json),
        ["kafkajs 2.2.4 at 2.2.4", "@platformatic/kafka  at *", "node-rdkafka 2.18.0 at 2.18.0"]
    );
    let lock = "{\"lockfileVersion\": 3, \"packages\": {\"\": {\"dependencies\": {\"kafkajs\": \"^2\"}}, \"node_modules/kafkajs\": {\"version\": \"2.2.4\"}, \"node_modules/a/node_modules/kafkajs\": {\"version\": \"1.16.0\"}}}";
    assert_eq!(both("package-lock.json", lock), ["kafkajs 2.2.4 at 2.2.4", "kafkajs 1.16.0 at 1.16.0"]);
    let old = "{\"lockfileVersion\": 1, \"dependencies\": {\"kafkajs\": {\"version\": \"1.15.0\", \"resolved\": \"https://x\"}}}";
    assert_eq!(both("package-lock.json", old), ["kafkajs 1.15.0 at 1.15.0"]);
    let yarn = "# yarn lockfile v1\n\n\"@platformatic/kafka@^1.0.0\":\n  version \"1.2.0\"\n\nkafkajs@^2.0.0, kafkajs@^2.2.4:\n  version \"2.2.4\"\n  resolved \"https://x\"\n";
    assert_eq!(both("yarn.lock", yarn), ["@platformatic/kafka 1.2.0 at 1.2.0", "kafkajs 2.2.4 at 2.2.4"]);
    let berry = "__metadata:\n  version: 8\n\n\"kafkajs@npm:^2.2.4\":\n  version: 2.2.4\n  resolution: \"kafkajs@npm:2.2.4\"\n";
    assert_eq!(both("yarn.lock", berry), ["kafkajs 2.2.4 at 2.2.4"]);
    let pnpm = "lockfileVersion: '6.0'\n\npackages:\n\n  /kafkajs@2.2.4:\n    dev: false\n  '@platformatic/kafka@1.0.0(x@1)':\n    dev: false\n  /node-rdkafka/2.18.0:\n    dev: false\n";
    assert_eq!(
        both("pnpm-lock.yaml", pnpm),
        ["kafkajs 2.2.4 at 2.2.4", "@platformatic/kafka 1.0.0 at 1.0.0", "node-rdkafka 2.18.0 at 2.18.0"]
    );
    assert_eq!(libraries("", "  \"kafkajs\": \"^2.2.4\",\n"), ["kafkajs 2.2.4 at 2.2.4"]);
}

#[test]
fn python_requirements_and_locks_are_read() {
    let list = "# ours\nconfluent_kafka[avro]==1.9.2 ; python_version < '3.12'\naiokafka>=0.8,<0.11  # later\nkafka-python\nrequests~=2.31\n-r other.txt\n";
    assert_eq!(
        both("requirements.txt", list),
        ["confluent-kafka 1.9.2 at 1.9.2", "aiokafka 0.8 at 0.8", "kafka-python  at kafka-python"]
    );
    let project = "[project]\nname = \"x\"\ndependencies = [\"confluent-kafka>=2.3.0\", \"rich\"]\n[project.optional-dependencies]\nold = ['kafka-python==2.0.2']\n[dependency-groups]\ndev = [\"aiokafka ~= 0.10.0\"]\n";
    assert_eq!(
        both("pyproject.toml", project),
        ["confluent-kafka 2.3.0 at 2.3.0", "kafka-python 2.0.2 at 2.0.2", "aiokafka 0.10.0 at 0.10.0"]
    );
    let poetry = "[tool.poetry]\nname = \"x\"\n[tool.poetry.dependencies]\npython = \"^3.11\"\nconfluent-kafka = {version = \"^1.9.2\", extras = [\"avro\"]}\n[tool.poetry.group.dev.dependencies]\nkafka-python = \"2.0.2\"\n";
    assert_eq!(
        both("pyproject.toml", poetry),
        ["confluent-kafka 1.9.2 at 1.9.2", "kafka-python 2.0.2 at 2.0.2"]
    );
    let lock = "[[package]]\nname = \"aiokafka\"\nversion = \"0.8.1\"\ndescription = \"x\"\n\n[[package]]\nname = \"rich\"\nversion = \"13\"\n";
    assert_eq!(both("poetry.lock", lock), ["aiokafka 0.8.1 at 0.8.1"]);
    let pipfile =
        "{\"_meta\": {\"pipfile-spec\": 6}, \"default\": {\"confluent-kafka\": {\"version\": \"==2.1.0\"}}}";
    assert_eq!(both("Pipfile.lock", pipfile), ["confluent-kafka 2.1.0 at 2.1.0"]);
    assert_eq!(
        libraries("setup.py", "setup(install_requires=['kafka-python>=1.4', 'six'])"),
        ["kafka-python 1.4 at 1.4"]
    );
    assert_eq!(libraries("", "confluent-kafka==1.9.2"), ["confluent-kafka 1.9.2 at 1.9.2"]);
}

#[test]
fn packages_of_go_rust_ruby_php_dotnet_and_hex_are_read() {
    let go = "module x\n\ngo 1.22\n\nrequire (\n\tgithub.com/IBM/sarama v1.43.0\n\tgithub.com/confluentinc/confluent-kafka-go/v2 v2.3.0 // indirect\n)\nreplace github.com/segmentio/kafka-go => github.com/segmentio/kafka-go v0.4.47\n";
    assert_eq!(
        both("go.mod", go),
        [
            "github.com/IBM/sarama v1.43.0 at v1.43.0".replace("v1.43.0 at v", "1.43.0 at "),
            "github.com/confluentinc/confluent-kafka-go/v2 2.3.0 at 2.3.0".to_owned(),
            "github.com/segmentio/kafka-go 0.4.47 at 0.4.47".to_owned()
        ]
    );
    assert_eq!(
        libraries("", "require github.com/IBM/sarama v1.43.0"),
        ["github.com/IBM/sarama 1.43.0 at 1.43.0"]
    );
    let cargo = "[package]\nname = \"x\"\n[dependencies]\nrdkafka = { version = \"0.36\", features = [\"ssl\"] }\nqueue = { package = \"rskafka\", version = \"=0.5.0\" }\n[target.'cfg(unix)'.dependencies]\nkafka = \"0.10\"\n";
    assert_eq!(
        both("Cargo.toml", cargo),
        ["rdkafka 0.36 at 0.36", "rskafka 0.5.0 at 0.5.0", "kafka 0.10 at 0.10"]
    );
    let lock = "# This file is automatically @generated by Cargo.\n# It is not intended for manual editing.\nversion = 4\n\n[[package]]\nname = \"rdkafka-sys\"\nversion = \"4.7.0+2.3.0\"\n";
    assert_eq!(both("Cargo.lock", lock), ["rdkafka-sys 4.7.0+2.3.0 at 4.7.0+2.3.0"]);
    let gems = "source 'https://rubygems.org'\ngem 'ruby-kafka', '~> 1.5'\ngem \"racecar\", require: false\n# gem 'rdkafka', '0.1'\n";
    assert_eq!(both("Gemfile", gems), ["ruby-kafka 1.5 at 1.5", "racecar  at racecar"]);
    let locked = "GEM\n  remote: https://rubygems.org/\n  specs:\n    digest-crc (0.6.5)\n    ruby-kafka (1.5.0)\n      digest-crc\n\nDEPENDENCIES\n  ruby-kafka (~> 1.5)\n";
    assert_eq!(both("Gemfile.lock", locked), ["ruby-kafka 1.5.0 at 1.5.0"]);
    let composer =
        "{\"require\": {\"php\": \">=8.1\", \"ext-rdkafka\": \"^6.0\", \"enqueue/rdkafka\": \"*\"}}";
    assert_eq!(both("composer.json", composer), ["ext-rdkafka 6.0 at 6.0", "enqueue/rdkafka  at *"]);
    let locked =
        "{\"packages\": [{\"name\": \"enqueue/rdkafka\", \"version\": \"v0.10.19\"}], \"packages-dev\": []}";
    assert_eq!(both("composer.lock", locked), ["enqueue/rdkafka 0.10.19 at 0.10.19"]);
    let net = "<Project Sdk=\"Microsoft.NET.Sdk\"><ItemGroup><PackageReference Include=\"Confluent.Kafka\" Version=\"1.9.3\" />\n<PackageReference Include=\"librdkafka.redist\"><Version>[2.3.0]</Version></PackageReference></ItemGroup></Project>";
    assert_eq!(both("x.csproj", net), ["Confluent.Kafka 1.9.3 at 1.9.3", "librdkafka.redist 2.3.0 at 2.3.0"]);
    let unpacked = "<Project><Import Project=\"packages\\librdkafka.redist.1.8.2\\build\\native\\librdkafka.redist.targets\" Condition=\"Exists('x')\" /></Project>";
    assert_eq!(both("kcat.vcxproj", unpacked), ["librdkafka.redist 1.8.2 at 1.8.2"]);
    let old = "<packages><package id=\"Confluent.Kafka\" version=\"1.0.0\" /></packages>";
    assert_eq!(both("packages.config", old), ["Confluent.Kafka 1.0.0 at 1.0.0"]);
    let mix = "defmodule X.MixProject do\n  use Mix.Project\n  defp deps do\n    [\n      {:brod, \"~> 3.16\"},\n      # {:kafka_ex, \"0.1\"},\n      {:broadway_kafka, git: \"x\"}\n    ]\n  end\nend\n";
    assert_eq!(both("mix.exs", mix), ["brod 3.16 at 3.16", "broadway_kafka  at broadway_kafka"]);
    let locked =
        "%{\n  \"brod\": {:hex, :brod, \"3.16.1\", \"abc\", [:rebar3], [], \"hexpm\", \"def\"},\n}\n";
    assert_eq!(both("mix.lock", locked), ["brod 3.16.1 at 3.16.1"]);
    assert_eq!(both("rebar.config", "{deps, [\n  {brod, \"3.16.1\"}\n]}.\n"), ["brod 3.16.1 at 3.16.1"]);
}

#[test]
fn npm_says_versions_in_other_places_too() {
    // `require` below `exports` is no Composer's.
    let json = "{\"exports\": {\"require\": {\"default\": \"./x.cjs\"}}, \"dependencies\": {\"kafkajs\": \"^2.2.4\", \"kj\": \"npm:kafkajs@~1.16.0\", \"node-rdkafka\": \"git+https://x/1/y.git#v2.18.0\", \"kafka-node\": \"git+https://x/y.git#0a1b2c\"}}";
    assert_eq!(
        both("package.json", json),
        [
            "kafkajs 2.2.4 at 2.2.4",
            "kafkajs 1.16.0 at 1.16.0",
            "node-rdkafka 2.18.0 at 2.18.0",
            "kafka-node  at git+https://x/y.git#0a1b2c"
        ]
    );
    let bun = "{\"lockfileVersion\": 1, \"workspaces\": {\"\": {\"dependencies\": {\"kafkajs\": \"^2\"}}}, \"packages\": {\"kafkajs\": [\"kafkajs@2.2.4\", \"\", {}, \"sha512-x\"],}}";
    assert_eq!(both("bun.lock", bun), ["kafkajs 2.2.4 at 2.2.4"]);
    let lines = "\"dependencies\": {\n  \"express\": \"^4\",\n  \"kafkajs\": \"^2.2.4\"\n},\n";
    assert_eq!(libraries("", lines), ["kafkajs 2.2.4 at 2.2.4"]);
    for other in ["\"kafkajs\": \"^2.2.4\",\nport=1\n", "\"express\": \"^4\",\n", "\"topic\": \"kafkajs\""] {
        assert!(read("", other, None).dependencies.is_empty(), "{other}");
    }
}

#[test]
fn what_is_excluded_or_replaced_is_not_what_is_built() {
    let go = "module x\n\nrequire (\n\tgithub.com/Shopify/sarama v1.38.1\n\tgithub.com/segmentio/kafka-go v0.4.42\n)\nexclude (\n\tgithub.com/IBM/sarama v1.41.0\n)\nreplace (\n\tgithub.com/Shopify/sarama => github.com/IBM/sarama v1.42.1\n\tgithub.com/segmentio/kafka-go v0.4.42 => ../kafka-go\n)\n";
    assert_eq!(
        both("go.mod", go),
        ["github.com/segmentio/kafka-go 0.4.42 at 0.4.42", "github.com/IBM/sarama 1.42.1 at 1.42.1"]
    );
    let cargo = "[dependencies]\nrdkafka.workspace = true\nkafka = \"0.10\"\n";
    assert_eq!(both("Cargo.toml", cargo), ["kafka 0.10 at 0.10"]);
}

#[test]
fn python_groups_and_several_constraints_are_read() {
    let project = "[tool.poetry.dependencies]\nkafka-python = [{version = \"^2.0\", python = \"<3.10\"}, {version = \"2.1\"}]\n[tool.pdm.dev-dependencies]\nlint = [\"aiokafka>=0.8\"]\n[tool.uv]\ndev-dependencies = [\"confluent-kafka==2.3.0\"]\n";
    assert_eq!(
        both("pyproject.toml", project),
        ["kafka-python 2.0 at 2.0", "aiokafka 0.8 at 0.8", "confluent-kafka 2.3.0 at 2.3.0"]
    );
}

#[test]
fn dotnet_properties_and_locks_are_followed() {
    let project = "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><Kafka>2.3.0</Kafka></PropertyGroup><ItemGroup><PackageReference Include=\"Confluent.Kafka\" Version=\"$(Kafka)\" /><PackageReference Include=\"librdkafka.redist\" Version=\"$(Other)\" /></ItemGroup></Project>";
    assert_eq!(
        both("x.csproj", project),
        ["Confluent.Kafka 2.3.0 at 2.3.0", "librdkafka.redist  at $(Other)"]
    );
    let lock = "{\"version\": 1, \"dependencies\": {\"net8.0\": {\"Confluent.Kafka\": {\"type\": \"Direct\", \"requested\": \"[2.3.0, )\", \"resolved\": \"2.3.1\"}}}}";
    assert_eq!(both("packages.lock.json", lock), ["Confluent.Kafka 2.3.1 at 2.3.1"]);
    let lock = "{\"1.2.0\",\n[{<<\"brod\">>,{pkg,<<\"brod\">>,<<\"3.16.1\">>},0}]}.\n";
    assert_eq!(both("rebar.lock", lock), ["brod 3.16.1 at 3.16.1"]);
}

#[test]
fn other_texts_are_no_package_manifests() {
    for (path, text) in [
        ("", "see kafkajs 2.2.4, which we use with confluent-kafka==1.9"),
        ("", "kafka-python is old\n"),
        ("", "{\"kafkajs\": true}"),
        ("", "require 'x'\nputs 1\n"),
        ("app.toml", "[server]\nport = 1\n"),
        ("", "bootstrap.servers=b:9092\nacks=all\n"),
        ("x.xml", "<packaging>jar</packaging>"),
    ] {
        let document = read(path, text, None);
        assert!(document.dependencies.is_empty(), "{text}: {document:?}");
    }
}

/// Those that others bring along, and which.
fn transitive(path: &str, text: &str) -> Vec<String> {
    let document = read(path, text, None);
    let of = |span| document.shared.transitive_by(span).map(str::to_owned);
    let all = document.dependencies.iter();
    all.filter_map(|one| Some(format!("{} by {}", one.artifact, of(one.span)?))).collect()
}

#[test]
fn conda_environments_are_read_with_the_packages_that_pip_adds() {
    let text = "name: x
channels: [conda-forge]
dependencies:
  - python=3.10
  - python-confluent-kafka=1.9.2
  - conda-forge::kafka-python =2.0.2=py_0
  - librdkafka>=1.9.0,<2
  - aiokafka
  - pip
  - pip:
    - faust-streaming==0.10.1
    - requests
";
    let want = [
        "confluent-kafka 1.9.2 at 1.9.2",
        "kafka-python 2.0.2 at 2.0.2",
        "librdkafka 1.9.0 at 1.9.0",
        "aiokafka  at aiokafka",
        "faust-streaming 0.10.1 at 0.10.1",
    ];
    assert_eq!(both("environment.yml", text), want);
    // A chart has dependencies too.
    let chart = "apiVersion: v2\nname: x\ndependencies:\n  - name: kafka\n    version: 26.0.0\n";
    assert_ne!(read("Chart.yaml", chart, None).kind, Kind::BuildFile);
}

#[test]
fn what_dotnet_restored_and_what_brings_it() {
    let text = r#"{
  "version": 3,
  "targets": {
    "net8.0": {
      "Confluent.Kafka/1.9.3": { "type": "package", "dependencies": { "librdkafka.redist": "1.9.2" } },
      "librdkafka.redist/1.9.2": { "type": "package" },
      "Newtonsoft.Json/13.0.1": { "type": "package" }
    },
    "net8.0/linux-x64": { "Confluent.Kafka/1.9.3": { "type": "package" } }
  },
  "projectFileDependencyGroups": { "net8.0": [ "Confluent.Kafka >= 1.9.3" ] }
}"#;
    let want = ["Confluent.Kafka 1.9.3 at 1.9.3", "librdkafka.redist 1.9.2 at 1.9.2"];
    assert_eq!(both("project.assets.json", text), want);
    assert_eq!(transitive("", text), ["librdkafka.redist by Confluent.Kafka"]);
    let lock = r#"{ "version": 1, "dependencies": { "net8.0": {
      "Confluent.Kafka": { "type": "Direct", "requested": "[1.9.3, )", "resolved": "1.9.3" },
      "librdkafka.redist": { "type": "Transitive", "resolved": "1.9.2" } } } }"#;
    assert_eq!(both("packages.lock.json", lock), want);
    assert_eq!(transitive("", lock), ["librdkafka.redist by "]);
}

#[test]
fn a_lower_bound_alone_is_kept_as_one_and_other_requirements_are_not() {
    let open = |path: &str, text: &str| {
        let document = read(path, text, None);
        document.shared.at_least.iter().map(|span| span.of(text).to_owned()).collect::<Vec<_>>()
    };
    let text =
        "confluent-kafka>=1.4.2\nkafka-python>=1.0,<2\naiokafka==0.7\npykafka>=2.8,!=2.8.1\nfaust~=1.9\n";
    assert_eq!(open("requirements.txt", text), ["1.4.2", "2.8"]);
    let nuget = "<Project><ItemGroup><PackageReference Include=\"Confluent.Kafka\" Version=\"[0.11,)\" /></ItemGroup></Project>";
    assert_eq!(open("a.csproj", nuget), ["0.11"]);
    let npm = "{\"dependencies\": {\"node-rdkafka\": \">=2.0.0\", \"kafkajs\": \"^1.12.0\"}}";
    assert_eq!(open("package.json", npm), ["2.0.0"]);
}

#[test]
fn packages_of_one_line_are_read_and_those_that_nobody_knows_are_named() {
    let rebar = "{deps, [{brod, \"4.2.0\"}, {jsx, \"3.1.0\"}]}.\n";
    assert_eq!(libraries("rebar.config", rebar), ["brod 4.2.0 at 4.2.0"]);
    let clients = |path: &str, text: &str| -> Vec<String> {
        let document = read(path, text, None);
        let clients = document.observations.iter().filter(|one| one.what.subject() == "client");
        clients.map(|one| one.what.value()).collect()
    };
    let npm = |name: &str| format!("{{\"name\": \"a\", \"dependencies\": {{\"{name}\": \"3.4.3\"}}}}\n");
    assert_eq!(clients("package.json", &npm("no-kafka")), ["no-kafka 3.4.3"]);
    for other in ["kafkajs", "@testcontainers/kafka", "@types/kafka-x", "express", "kafka-avro-x"] {
        assert!(clients("package.json", &npm(other)).is_empty(), "{other}");
    }
    assert_eq!(
        clients("composer.json", "{\"require\": {\"nmred/kafka-php\": \"0.2.0.8\"}}\n"),
        ["nmred/kafka-php 0.2.0.8"]
    );
    // Beside a client that is known it says nothing.
    let two = "{\"dependencies\": {\"kafkajs\": \"2.2.4\", \"our-kafka\": \"1.0.0\"}}\n";
    assert!(clients("package.json", two).is_empty());
}
