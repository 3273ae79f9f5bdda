//! Protocol versions that clients are set to, found by the names of the options in text of any format.
//!
//! librdkafka's keys are the same in files, dictionaries, builders and command lines of every language, so one search
//! serves all. Sources: librdkafka's `CONFIGURATION.md`, Confluent.Kafka's `ClientConfig`, kafka-python's and
//! aiokafka's `api_version`, pykafka's `broker_version`, Sarama's `Config.Version`, franz-go's `MaxVersions`,
//! kafka_ex's `kafka_version`, brod's `query_api_versions`, kafka-php's `setBrokerVersion`; and programs with Sarama inside:
//! kafkactl's `kafkaVersion`, `kafka_version` of Terraform's provider, `version` of KEDA's trigger, Dapr's components and
//! Promtail's and Alloy's targets, `target_version` of Redpanda Connect (Benthos).

use super::{LIBRDKAFKA_DEFAULT, add};
use crate::tokens::{Comments, Token, TokenKind, read};
use crate::{Document, Span};
use kafka_upgrade_document::{Literals, Slice as _};

/// The oldest version that Sarama knows, `sarama.MinVersion`.
const SARAMA_OLDEST: &str = "0.8.2.0";

/// The version whose requests brod sends when it may not ask brokers for theirs.
const BROD_DEFAULT: &str = "0.9.0";

/// Words of which a text has to have one to be searched.
const SIGNS: Literals = Literals::of(&[
    "api.version.request",
    "ApiVersionRequest",
    "api_version",
    "broker_version",
    "sarama",
    "kversion",
    "kafka_version",
    "query_api_versions",
    "setBrokerVersion",
    "kafka-exporter",
    "kafka_exporter",
    "_PROTOCOL_VERSION",
    "kafkaVersion",
    "kafkaversion",
    "keda.sh/",
    "dapr.io/",
    "target_version",
    "scrape_configs:",
    "loki.source.kafka",
]);

/// Options of Jaeger, whose client is Sarama, as variables.
const JAEGER: &[&str] = &["KAFKA_CONSUMER_PROTOCOL_VERSION", "KAFKA_PRODUCER_PROTOCOL_VERSION"];

/// How far before a parameter its function's definition may begin on its line.
const MAX_DEFINITION_BYTES: usize = 2_000;

/// Whether a word of Python is a parameter with a default, which callers override.
fn is_parameter(text: &str, span: Span) -> bool {
    let at = span.start as usize;
    let before = text.slice(text.floor_char_boundary(at.saturating_sub(MAX_DEFINITION_BYTES))..at);
    let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
    line.starts_with("def ") || line.starts_with("async def ")
}

/// Adds the protocol versions that a text sets.
pub(super) fn find(path: &str, text: &str, document: &mut Document) {
    if !SIGNS.are_in(text) {
        return;
    }
    let tokens = read(text, comments_of(path, text));
    librdkafka(&tokens, document);
    let names = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let is_python = names(&["kafka-python", "from kafka", "import kafka", "aiokafka", "pykafka"]);
    let (is_elixir, is_erlang, is_php) =
        (names(&["kafka_ex", "KafkaEx"]), names(&["brod"]), names(&["Kafka"]));
    of_programs(text, &tokens, document);
    // A library's own table of defaults, which its users override.
    let is_library = names(&["DEFAULT_CONFIG = {"]);
    // Its own source defines the options and sets none.
    let is_exporter = names(&["kafka-exporter", "kafka_exporter"]) && !super::SOURCE.is_named(path);
    for (at, token) in tokens.iter().enumerate() {
        let rest = tokens.slice(at + 1..);
        match token.text {
            "api_version" if token.kind == TokenKind::Text && is_library => {}
            "api_version" | "broker_version" if is_parameter(text, token.span) => {}
            "api_version" | "broker_version" if is_python => python(token.text, rest, document),
            "kafka_version" if is_elixir => {
                if let Some(value) = value(rest).filter(|value| value.kind == TokenKind::Text) {
                    add(document, "kafka_ex (kafka_version)", value.text, value.span);
                }
            }
            "query_api_versions" if is_erlang => {
                if let Some(value) = value(rest).filter(|value| value.text == "false") {
                    add(document, "brod (query_api_versions=false)", BROD_DEFAULT, value.span);
                }
            }
            name if JAEGER.contains(&name) => {
                // A container of Kubernetes has the value behind a key of its own.
                let value = value(rest).map(|found| {
                    let behind = rest.iter().position(|one| one.span == found.span).unwrap_or_default();
                    let next = || value(rest.slice(behind + 1..));
                    if found.text == "value" { next().unwrap_or(found) } else { found }
                });
                let is_number = |one: &&Token<'_>| one.text.starts_with(|first: char| first.is_ascii_digit());
                if let Some(value) = value.filter(is_number) {
                    add(document, "Jaeger (Sarama)", value.text, value.span);
                }
            }
            // Of a word with dashes the part behind them.
            "kafka.version" if is_exporter => {
                if let Some(value) =
                    value(rest).filter(|value| value.text.starts_with(|one: char| one.is_ascii_digit()))
                {
                    add(document, "kafka-exporter (--kafka.version)", value.text, value.span);
                }
            }
            "use.consumelag.zookeeper" if is_exporter && at > 0 => {
                super::asks_zookeeper(document, "kafka-exporter", token.span);
            }
            word if is_exporter && word_in(word, "--kafka.version=").is_some() => {
                if let Some(version) = word_in(word, "--kafka.version=") {
                    add(document, "kafka-exporter (--kafka.version)", version, token.span);
                }
            }
            word if is_exporter && word == "--use.consumelag.zookeeper" => {
                super::asks_zookeeper(document, "kafka-exporter", token.span);
            }
            word if word.ends_with("setBrokerVersion") && is_php => {
                if let Some(value) = value(rest).filter(|value| value.kind == TokenKind::Text) {
                    add(document, "kafka-php (setBrokerVersion)", value.text, value.span);
                }
            }
            word if word.starts_with("sarama.") || word.starts_with("kversion.") => {
                go(&tokens, at, document);
            }
            _ => {}
        }
    }
}

/// Programs with Sarama inside, whose own configuration hands it a version.
fn of_programs(text: &str, tokens: &[Token<'_>], document: &mut Document) {
    let is_version = |value: &&Token<'_>| value.text.starts_with(|one: char| one.is_ascii_digit());
    let names = |word: &str| text.contains(word);
    let (of_kafkactl, of_provider) = (names("contexts:"), names("provider \"kafka\""));
    let (of_keda, of_dapr) = (names("keda.sh/"), names("dapr.io/"));
    let of_benthos = names("target_version") && names("kafka");
    let of_promtail = names("scrape_configs:") && names("kafka:") || names("loki.source.kafka");
    if !(of_kafkactl || of_provider || of_keda || of_dapr || of_benthos || of_promtail) {
        return;
    }
    // What the block that is read now is about.
    let (mut provider, mut trigger, mut component, mut target) = (false, false, false, false);
    for (at, token) in tokens.iter().enumerate() {
        let rest = tokens.slice(at + 1..);
        let next = || value(rest).map_or("", |one| one.text);
        match token.text {
            "provider" | "resource" | "module" | "data" if of_provider => {
                provider = token.text == "provider" && next() == "kafka";
            }
            "type" if of_keda || of_dapr => {
                (trigger, component) = (
                    next() == "kafka" || next() == "apache",
                    ["pubsub.kafka", "bindings.kafka"].contains(&next()),
                );
            }
            "kind" => (trigger, component) = (false, false),
            "kafka" if of_promtail => target = rest.first().is_some_and(|one| one.text == ":"),
            "loki.source.kafka" => target = true,
            "job_name" | "relabel_configs" => target = false,
            "version" if target => {
                if let Some(version) = value(rest).filter(is_version) {
                    add(document, "Promtail or Alloy (version)", version.text, version.span);
                }
            }
            "target_version" if of_benthos => {
                if let Some(version) = value(rest).filter(is_version) {
                    add(document, "Redpanda Connect (target_version)", version.text, version.span);
                }
            }
            "kafkaVersion" | "kafkaversion" if of_kafkactl => {
                if let Some(version) = value(rest).filter(is_version) {
                    add(document, "kafkactl (kafkaVersion)", version.text, version.span);
                }
            }
            "kafka_version" if provider => {
                if let Some(version) = value(rest).filter(is_version) {
                    add(
                        document,
                        "Terraform's provider for Kafka (kafka_version)",
                        version.text,
                        version.span,
                    );
                }
            }
            "version" if of_keda && trigger => {
                if let Some(version) = value(rest).filter(is_version) {
                    add(document, "KEDA (version)", version.text, version.span);
                }
            }
            "version" if of_dapr && component && before_is_name(tokens, at) => {
                let behind = rest.iter().take(4).position(|one| one.text == "value");
                let version = behind.and_then(|behind| value(rest.slice(behind + 1..))).filter(is_version);
                if let Some(version) = version {
                    add(document, "Dapr (version)", version.text, version.span);
                }
            }
            _ => {}
        }
    }
}

/// Whether a token is the value of a key `name`.
fn before_is_name(tokens: &[Token<'_>], at: usize) -> bool {
    at.checked_sub(2).and_then(|at| tokens.get(at)).is_some_and(|one| one.text == "name")
}

/// What stands behind an option in one word with it.
fn word_in<'t>(word: &'t str, option: &str) -> Option<&'t str> {
    word.strip_prefix(option).filter(|value| value.starts_with(|one: char| one.is_ascii_digit()))
}

/// How comments begin, by what the file is called; what is pasted shows it itself.
fn comments_of(path: &str, text: &str) -> Comments {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    match ending.as_deref() {
        Some("php") => Comments::Both,
        Some("sql") => Comments::Dashes,
        Some("erl" | "hrl") => Comments::Percent,
        Some(
            "js" | "jsx" | "mjs" | "cjs" | "ts" | "tsx" | "go" | "cs" | "fs" | "rs" | "c" | "cc" | "cpp"
            | "cxx" | "h" | "hpp" | "java" | "kt" | "scala" | "swift",
        ) => Comments::Slashes,
        Some("py" | "rb" | "ex" | "exs" | "conf" | "yaml" | "yml" | "toml" | "ini" | "properties" | "sh") => {
            Comments::Hash
        }
        _ if text.trim_start().starts_with("<?php") => Comments::Both,
        _ if text.lines().any(|line| line.trim_start().starts_with("//") || line.ends_with(';')) => {
            Comments::Slashes
        }
        _ => Comments::Hash,
    }
}

/// Signs between a key and its value: `=`, `:`, `=>`, `] =`, `", "`, `(`.
const BETWEEN: &str = "=:>,](){}[";

/// At most this many tokens are between a key and its value.
const MAX_BETWEEN: usize = 4;

/// Words that wrap a value: `kafka.ConfigValue(false)`, `String("false")`.
const WRAPPERS: &[&str] = &["kafka.ConfigValue", "ConfigValue", "String", "str", "bool", "Some"];

/// The value behind a key.
fn value<'a, 't>(rest: &'a [Token<'t>]) -> Option<&'a Token<'t>> {
    let is_between = |token: &&Token<'_>| {
        token.kind == TokenKind::Sign && BETWEEN.contains(token.text) || WRAPPERS.contains(&token.text)
    };
    let skipped = rest.iter().take_while(is_between).count();
    // `>=` and `==` compare, and `=>` sets.
    let signs: String = rest.iter().take(skipped).map(|token| token.text).collect();
    if signs.contains(">=") || signs.contains("==") {
        return None;
    }
    rest.get(skipped).filter(|value| skipped <= MAX_BETWEEN && value.kind != TokenKind::Sign)
}

/// A word or text that is one of librdkafka's keys, whatever carries it.
fn is_key(token: &Token<'_>, key: &str, property: &str) -> bool {
    let text = token.text.strip_prefix("rdkafka.").unwrap_or(token.text);
    text == key || text == property || text.strip_suffix(property).is_some_and(|start| start.ends_with('.'))
}

/// Where brokers may not be asked for their versions, the fallback counts: the nearest one to the switch.
fn librdkafka(tokens: &[Token<'_>], document: &mut Document) {
    let mut fallbacks: Vec<(usize, &str, Span)> = Vec::new();
    let mut switches: Vec<(usize, Span)> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let rest = tokens.slice(at + 1..);
        // `"api.version.request=false"`, as lists of options have them.
        if let Some((key, value)) = token.text.split_once('=').filter(|_| token.kind == TokenKind::Text) {
            let value = value.trim();
            let start = token.span.start + (token.text.len() - value.len()) as u32 + 1;
            let span = Span::new(start, start + value.len() as u32);
            match key.trim() {
                "api.version.request" if value.eq_ignore_ascii_case("false") => {
                    switches.push((at, token.span))
                }
                "broker.version.fallback" => fallbacks.push((at, value, span)),
                _ => {}
            }
            continue;
        }
        if is_key(token, "api.version.request", "ApiVersionRequest") {
            let is_off = value(rest).is_some_and(|value| value.text.eq_ignore_ascii_case("false"));
            if is_off {
                switches.push((at, token.span));
            }
        } else if is_key(token, "broker.version.fallback", "BrokerVersionFallback") {
            let version =
                value(rest).filter(|value| value.text.starts_with(|one: char| one.is_ascii_digit()));
            fallbacks.extend(version.map(|version| (at, version.text, version.span)));
        }
    }
    for (at, span) in switches {
        let nearest = fallbacks.iter().min_by_key(|(other, ..)| other.abs_diff(at));
        let (version, span) =
            nearest.map_or((LIBRDKAFKA_DEFAULT, span), |(_, version, span)| (*version, *span));
        let is_known =
            document.observations.iter().any(|one| one.span.start <= span.end && span.start <= one.span.end);
        if !is_known {
            add(document, "librdkafka (api.version.request=false)", version, span);
        }
    }
}

/// `api_version=(0, 10, 1)`, `api_version="0.10.2"`, `"api_version": (0, 10)`.
fn python(name: &str, rest: &[Token<'_>], document: &mut Document) {
    let client =
        if name == "api_version" { "Python client (api_version)" } else { "pykafka (broker_version)" };
    let Some(first) = value(rest) else { return };
    if first.kind == TokenKind::Text {
        return add(document, client, first.text, first.span);
    }
    let behind = rest.iter().skip_while(|token| token.span != first.span);
    let mut numbers: Vec<&str> = Vec::new();
    let mut end = first.span.end;
    for token in behind {
        match token.text {
            "," => {}
            number if number.bytes().all(|byte| byte.is_ascii_digit()) => {
                numbers.push(number);
                end = token.span.end;
            }
            _ => break,
        }
    }
    if numbers.len() > 1 {
        add(document, client, &numbers.join("."), Span::new(first.span.start, end));
    }
}

/// `config.Version = sarama.V0_10_2_0`, `kgo.MaxVersions(kversion.V0_10_2())`, and the same from a text. What is merely
/// compared with, listed in a table or returned is no setting.
fn go(tokens: &[Token<'_>], at: usize, document: &mut Document) {
    let Some(token) = tokens.get(at) else { return };
    let before =
        |steps: usize| at.checked_sub(steps).and_then(|at| tokens.get(at)).map_or("", |one| one.text);
    if before(1) == "=" && is_chosen(tokens, at) {
        return;
    }
    let argument = || {
        let rest = tokens.slice(at + 1..);
        value(rest).filter(|value| value.kind == TokenKind::Text)
    };
    let is_key = |name: &str| name.ends_with("ersion") || name.ends_with("ver") || name == "v";
    let is_assigned = match before(1) {
        "=" => !matches!(before(2), "=" | "!" | ">" | "<"),
        ":" => is_key(before(2)) && tokens.get(at - 2).is_some_and(|one| one.kind == TokenKind::Word),
        "(" => before(2).ends_with("MaxVersions"),
        _ => false,
    };
    match token.text.split_once('.') {
        Some(("sarama", "ParseKafkaVersion")) => {
            if let Some(version) = argument() {
                add(document, "Sarama (Version)", version.text, version.span);
            }
        }
        Some(("sarama", "MinVersion")) if is_assigned => {
            add(document, "Sarama (Version)", SARAMA_OLDEST, token.span);
        }
        Some(("sarama", name)) if is_assigned => {
            let is_number = |version: &&str| {
                version.contains('_') && version.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
            };
            if let Some(version) = name.strip_prefix('V').filter(is_number) {
                add(document, "Sarama (Version)", &version.replace('_', "."), token.span);
            }
        }
        Some(("kversion", name)) if is_assigned => match name.strip_prefix('V') {
            Some(version) => add(document, "franz-go (MaxVersions)", &version.replace('_', "."), token.span),
            None if name == "FromString" => {
                if let Some(version) = argument() {
                    add(document, "franz-go (MaxVersions)", version.text, version.span);
                }
            }
            None => {}
        },
        _ => {}
    }
}

/// Branches from which a version is chosen by what a broker or a user says, so that none of them is what is set.
const CHOSEN_OF: usize = 3;

/// Tokens between the assignments of two branches.
const MAX_BRANCH_TOKENS: usize = 16;

/// Whether the assignment of the version at `at` is one of several branches that each set the same name to another one.
fn is_chosen(tokens: &[Token<'_>], at: usize) -> bool {
    let Some(name) = at.checked_sub(2).and_then(|at| tokens.get(at)).map(|one| one.text) else {
        return false;
    };
    let is_branch = |at: usize| {
        let text = |at: usize| tokens.get(at).map_or("", |one| one.text);
        at > 1
            && text(at - 2) == name
            && text(at - 1) == "="
            && (text(at).starts_with("sarama.") || text(at).starts_with("kversion."))
    };
    let parts = |from: usize, to: usize| {
        let between = tokens.get(from..to).unwrap_or_default();
        between.iter().any(|one| matches!(one.text, "else" | "case" | "default"))
    };
    let next = |from: usize| {
        let to = (from + 1..=from + MAX_BRANCH_TOKENS).find(|at| is_branch(*at))?;
        parts(from, to).then_some(to)
    };
    let last = |from: usize| {
        let to = (from.saturating_sub(MAX_BRANCH_TOKENS)..from).rev().find(|at| is_branch(*at))?;
        parts(to, from).then_some(to)
    };
    let behind = std::iter::successors(next(at), |at| next(*at)).take(CHOSEN_OF).count();
    let above = std::iter::successors(last(at), |at| last(*at)).take(CHOSEN_OF).count();
    behind + above + 1 >= CHOSEN_OF
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_version_that_is_chosen_from_branches_is_no_setting() {
        let versions = |text: &str| crate::read("a.go", text, None).observations.len();
        let ladder = "if v >= 5 {\n\tversion = sarama.V1_0_0_0\n} else if v >= 2 {\n\tversion = sarama.V0_10_1_0\n} else if v >= 0 {\n\tversion = sarama.V0_8_2_0\n}\n";
        assert_eq!(versions(ladder), 0);
        let cases = "switch v {\ncase 1:\n\tc.Version = sarama.V1_0_0_0\ncase 2:\n\tc.Version = sarama.V2_0_0_0\ndefault:\n\tc.Version = sarama.V0_10_2_0\n}\n";
        assert_eq!(versions(cases), 0);
        let apart = "a.Version = sarama.V1_0_0_0\nb.Version = sarama.V1_0_0_0\nc.Version = sarama.V1_0_0_0\n";
        assert_eq!(versions(apart), 3);
        assert_eq!(
            versions(
                "if old {\n\tc.Version = sarama.V0_10_2_0\n} else {\n\tc.Version = sarama.V2_1_0_0\n}\n"
            ),
            2
        );
    }

    #[test]
    fn a_version_that_is_compared_with_is_no_setting() {
        let versions = |line: &str| {
            let text = format!("from kafka import KafkaConsumer\n{line}\n");
            crate::read("a.py", &text, None).observations.len()
        };
        assert_eq!(versions("if self.config['api_version'] >= (0, 9):"), 0);
        assert_eq!(versions("if api_version == (0, 9):"), 0);
        assert_eq!(versions("KafkaConsumer(api_version=(0, 9))"), 1);
        assert_eq!(versions("config = {'api_version': (0, 9)}"), 1);
    }

    #[test]
    fn programs_with_sarama_inside_have_its_version_in_their_own_words() {
        let seen = |path: &str, text: &str| -> Vec<String> {
            let all = crate::read(path, text, None).observations;
            all.iter()
                .filter(|one| one.what.subject() == "protocol-version")
                .map(|one| one.what.value())
                .collect()
        };
        let trigger = |kind: &str, version: &str| {
            format!(
                "apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nspec:\n  triggers:\n    - type: {kind}\n      metadata:\n        bootstrapServers: k:9092\n        version: {version}\n"
            )
        };
        assert_eq!(seen("a.yaml", &trigger("kafka", "0.10.2.0")), ["KEDA (version) 0.10.2.0"]);
        assert_eq!(seen("a.yaml", &trigger("prometheus", "0.10.2.0")), Vec::<String>::new());
        let component = |kind: &str| {
            format!(
                "apiVersion: dapr.io/v1alpha1\nkind: Component\nspec:\n  type: {kind}\n  version: v1\n  metadata:\n    - name: version\n      value: \"1.0.0\"\n"
            )
        };
        assert_eq!(seen("a.yaml", &component("pubsub.kafka")), ["Dapr (version) 1.0.0"]);
        assert_eq!(seen("a.yaml", &component("pubsub.redis")), Vec::<String>::new());
        let terraform = "resource \"aws_msk_cluster\" \"m\" {\n  kafka_version = \"1.1.1\"\n}\nprovider \"kafka\" {\n  bootstrap_servers = [\"k:9092\"]\n  kafka_version = \"1.0.0\"\n}\n";
        assert_eq!(seen("a.tf", terraform), ["Terraform's provider for Kafka (kafka_version) 1.0.0"]);
        let contexts = "contexts:\n  default:\n    brokers:\n    - k1:9092\n    kafkaVersion: 1.0.0\n";
        assert_eq!(seen("config.yml", contexts), ["kafkactl (kafkaVersion) 1.0.0"]);
        let benthos = "input:\n  kafka:\n    addresses: [k1:9092]\n    target_version: 0.10.2.0\n";
        assert_eq!(seen("config.yaml", benthos), ["Redpanda Connect (target_version) 0.10.2.0"]);
        let promtail = "scrape_configs:\n  - job_name: a\n    kafka:\n      brokers: [k1:9092]\n      version: 0.10.2.0\n  - job_name: b\n    docker_sd_configs: [{version: 1.41}]\n";
        assert_eq!(seen("promtail.yaml", promtail), ["Promtail or Alloy (version) 0.10.2.0"]);
        let alloy = "loki.source.kafka \"local\" {\n  brokers = [\"k1:9092\"]\n  version = \"0.10.2.0\"\n}\n";
        assert_eq!(seen("config.alloy", alloy), ["Promtail or Alloy (version) 0.10.2.0"]);
    }
}
