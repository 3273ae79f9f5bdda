//! Options of Kafka's tools with their values, and the settings and classes in those values.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::Slice as _;

use kafka_upgrade_document::SourceText;

use super::{add, java, set};
use crate::metric_names::in_word;
use crate::{Document, Span, UsageKind};

/// Classes that are started by hand, and the tools that they are.
pub(super) const BY_CLASS: &[(&str, &str)] = &[
    ("AclCommand", "kafka-acls"),
    ("BrokerApiVersionsCommand", "kafka-broker-api-versions"),
    ("ClusterTool", "kafka-cluster"),
    ("ConfigCommand", "kafka-configs"),
    ("ConsoleConsumer", "kafka-console-consumer"),
    ("ConsoleProducer", "kafka-console-producer"),
    ("ConsumerGroupCommand", "kafka-consumer-groups"),
    ("ConsumerPerformance", "kafka-consumer-perf-test"),
    ("DelegationTokenCommand", "kafka-delegation-tokens"),
    ("DeleteRecordsCommand", "kafka-delete-records"),
    ("DumpLogSegments", "kafka-dump-log"),
    ("FeatureCommand", "kafka-features"),
    ("GetOffsetShell", "kafka-get-offsets"),
    ("JmxTool", "kafka-jmx"),
    ("Kafka", "kafka-server-start"),
    ("LeaderElectionCommand", "kafka-leader-election"),
    ("LogDirsCommand", "kafka-log-dirs"),
    ("MetadataQuorumCommand", "kafka-metadata-quorum"),
    ("ProducerPerformance", "kafka-producer-perf-test"),
    ("ReassignPartitionsCommand", "kafka-reassign-partitions"),
    ("ReplicaVerificationTool", "kafka-replica-verification"),
    ("StorageTool", "kafka-storage"),
    ("StreamsResetter", "kafka-streams-application-reset"),
    ("TopicCommand", "kafka-topics"),
    ("TransactionsCommand", "kafka-transactions"),
    ("VerifiableConsumer", "kafka-verifiable-consumer"),
    ("VerifiableProducer", "kafka-verifiable-producer"),
];

/// Options whose value is a class.
const CLASSES: &[&str] = &[
    "--authorizer",
    "--formatter",
    "--key-decoder-class",
    "--key-deserializer",
    "--line-reader",
    "--message.handler",
    "--rebalance.listener",
    "--assignment-strategy",
    "--value-decoder-class",
    "--value-deserializer",
];

/// An option with the words that are its value.
struct Given {
    name: String,
    span: Span,
    values: Vec<SourceText>,
}

impl Given {
    /// How many words are its value: what follows the value of an option is a command or a file of the tool's.
    fn count(&self) -> usize {
        if self.name == "--producer-props" { self.values.len() } else { 1 }
    }
}

/// Reads the arguments of a tool.
pub(super) fn read(tool: &str, arguments: &[SourceText], found: &mut Document) {
    let mut given: Vec<Given> = Vec::new();
    for word in arguments {
        if java::property(word, found) {
            continue;
        }
        if is_option(&word.text) {
            let length = word.text.find('=').unwrap_or(word.text.len());
            let name = word.text.slice(..length).to_owned();
            let value = (length < word.text.len()).then(|| word.sub(length + 1, word.text.len()));
            given.push(Given { name, span: word.part(0, length), values: value.into_iter().collect() });
        } else if let Some(last) = given.last_mut() {
            last.values.push(word.clone());
        }
    }
    let entity = entity(&given);
    for option in &given {
        let values: Vec<&str> =
            option.values.iter().take(option.count()).map(|value| value.text.as_str()).collect();
        let value = (!values.is_empty()).then(|| values.join(" "));
        add(found, UsageKind::Option, format!("{tool}.sh {}", option.name.as_str()), value, option.span);
        judge(tool, option, entity, found);
    }
}

/// `--x`, `-x` and `-name`, but not `-1` or `-`.
fn is_option(text: &str) -> bool {
    let rest = text.strip_prefix("--").or_else(|| text.strip_prefix('-')).unwrap_or_default();
    let name = rest.split('=').next().unwrap_or_default();
    name.starts_with(|first: char| first.is_ascii_alphabetic()) && !name.contains(char::is_whitespace)
}

/// The settings and classes in an option's value.
fn judge(tool: &str, option: &Given, entity: Option<Component>, found: &mut Document) {
    if CLASSES.contains(&option.name.as_str())
        && let Some(value) = option.values.first()
    {
        java::named(value, found);
    }
    if (tool, option.name.as_str()) == ("kafka-jmx", "--object-name") {
        found.usages.extend(option.values.iter().take(1).flat_map(in_word));
        return;
    }
    let component = match (tool, option.name.as_str()) {
        (_, "--producer-property" | "--producer-props") => Component::PRODUCER,
        (_, "--consumer-property") => Component::CONSUMER,
        ("kafka-console-producer" | "kafka-producer-perf-test", "--command-property") => Component::PRODUCER,
        (
            "kafka-console-consumer"
            | "kafka-console-share-consumer"
            | "kafka-consumer-perf-test"
            | "kafka-share-consumer-perf-test",
            "--command-property",
        ) => Component::CONSUMER,
        ("kafka-topics", "--config") => Component::TOPIC,
        ("kafka-server-start", "--override") => Component::BROKER,
        ("kafka-configs", "--add-config") => {
            if let Some(component) = entity {
                option.values.iter().take(1).for_each(|word| list(component, word, found));
            }
            return;
        }
        _ => return,
    };
    for word in option.values.iter().take(option.count()) {
        set(found, component, word, 0, word.text.len());
    }
}

/// Whose configuration `kafka-configs.sh` changes.
fn entity(given: &[Given]) -> Option<Component> {
    let types: Vec<&Given> = given.iter().filter(|option| option.name == "--entity-type").collect();
    if let [one] = types.as_slice() {
        let value = one.values.first().map(|word| word.text.as_str());
        return match value {
            Some("topics") => Some(Component::TOPIC),
            Some("brokers") => Some(Component::BROKER),
            Some("groups") => Some(Component::GROUP),
            Some("client-metrics") => Some(Component::CLIENT_METRICS),
            _ => None,
        };
    }
    given.iter().find_map(|option| match option.name.as_str() {
        "--topic" => Some(Component::TOPIC),
        "--broker" | "--broker-defaults" => Some(Component::BROKER),
        "--group" => Some(Component::GROUP),
        "--client-metrics" => Some(Component::CLIENT_METRICS),
        _ => None,
    })
}

/// `a=b,c=[d,e]`; the tool takes all brackets out of a value.
fn list(component: Component, word: &SourceText, found: &mut Document) {
    let (mut start, mut open) = (0, 0usize);
    for (at, byte) in word.text.bytes().chain([b',']).enumerate() {
        match byte {
            b'[' => open += 1,
            b']' => open = open.saturating_sub(1),
            b',' if open == 0 || at == word.text.len() => {
                let first = found.settings.len();
                set(found, component, word, start, at);
                let set = found.settings.iter_mut().skip(first);
                set.for_each(|setting| setting.value.retain(|one| !matches!(one, '[' | ']')));
                start = at + 1;
            }
            _ => {}
        }
    }
}
