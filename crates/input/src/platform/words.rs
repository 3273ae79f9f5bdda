//! Words that one platform alone has. What is *not* here: structure.

use kafka_upgrade_catalog::Platform;
use kafka_upgrade_document::Literals;

use crate::{Kind, PlatformSign, Span};

/// A word, what it shows, and whether brokers are run by the text that has it.
struct Word {
    text: &'static str,
    platform: Platform,
    name: &'static str,
    runs: bool,
}

const fn runs(text: &'static str, platform: Platform, name: &'static str) -> Word {
    Word { text, platform, name, runs: true }
}

const fn names(text: &'static str, platform: Platform, name: &'static str) -> Word {
    Word { text, platform, name, runs: false }
}

/// Of texts that describe what runs.
const WORDS: &[Word] = &[
    runs("kafka.strimzi.io/", Platform::Strimzi, "Strimzi"),
    runs("core.strimzi.io/", Platform::Strimzi, "Strimzi"),
    runs("strimzi/operator", Platform::Strimzi, "Strimzi"),
    runs("strimzi-kafka-operator", Platform::Strimzi, "Strimzi"),
    runs("platform.confluent.io/", Platform::ConfluentForKubernetes, "Confluent for Kubernetes"),
    runs("confluent-for-kubernetes", Platform::ConfluentForKubernetes, "Confluent for Kubernetes"),
    runs("aws_msk_", Platform::Msk, "Amazon MSK"),
    runs("terraform-aws-modules/msk", Platform::Msk, "Amazon MSK"),
    runs("AWS::MSK::", Platform::Msk, "Amazon MSK"),
    runs("arn:aws:kafka:", Platform::Msk, "Amazon MSK"),
    runs("aws kafka ", Platform::Msk, "Amazon MSK"),
    runs("CurrentBrokerSoftwareInfo", Platform::Msk, "Amazon MSK"),
    runs("ZookeeperConnectString", Platform::Msk, "Amazon MSK"),
    runs("aiven_kafka", Platform::OtherManaged, "Aiven"),
    runs("azurerm_eventhub", Platform::OtherManaged, "Azure Event Hubs"),
    runs("azurerm_hdinsight_kafka_cluster", Platform::OtherManaged, "Azure HDInsight"),
    runs("instaclustr_kafka", Platform::OtherManaged, "Instaclustr"),
    runs("confluent_kafka_cluster", Platform::OtherManaged, "Confluent Cloud"),
    runs(
        "google_managed_kafka_cluster",
        Platform::OtherManaged,
        "Google Cloud Managed Service for Apache Kafka",
    ),
    runs("heroku-kafka", Platform::OtherManaged, "Heroku"),
    // An operator of its own; what it has for upgrades is not known here, and commands for machines it has not.
    runs("kafka.banzaicloud.io/", Platform::OtherManaged, "Koperator"),
    names("redpandadata/redpanda", Platform::OtherManaged, "Redpanda"),
    names("vectorized/redpanda", Platform::OtherManaged, "Redpanda"),
    runs("kafka_broker_custom_properties", Platform::ConfluentPlatform, "cp-ansible"),
    runs("kafka_controller_custom_properties", Platform::ConfluentPlatform, "cp-ansible"),
    runs("confluent_package_version", Platform::ConfluentPlatform, "cp-ansible"),
    runs("confluent.platform.", Platform::ConfluentPlatform, "cp-ansible"),
    runs("confluent-kafka.service", Platform::ConfluentPlatform, "Confluent Platform"),
    runs("confluent-server", Platform::ConfluentPlatform, "Confluent Platform"),
    runs("/usr/bin/kafka-server-start ", Platform::ConfluentPlatform, "Confluent Platform"),
    runs("kafka-server-start.sh", Platform::Host, "Kafka's own scripts"),
    runs("kafka-server-stop.sh", Platform::Host, "Kafka's own scripts"),
    names("docker-compose ", Platform::Compose, "Docker Compose"),
    names("docker compose ", Platform::Compose, "Docker Compose"),
];

/// Ends of addresses that a service gives to its customers' clusters.
const ADDRESSES: &[Word] = &[
    names(".amazonaws.com", Platform::Msk, "Amazon MSK"),
    names(".aivencloud.com", Platform::OtherManaged, "Aiven"),
    names(".servicebus.windows.net", Platform::OtherManaged, "Azure Event Hubs"),
    names(".azurehdinsight.net", Platform::OtherManaged, "Azure HDInsight"),
    names(".confluent.cloud", Platform::OtherManaged, "Confluent Cloud"),
    names(".cloud.redpanda.com", Platform::OtherManaged, "Redpanda"),
    names(".instaclustr.com", Platform::OtherManaged, "Instaclustr"),
    names(".ondigitalocean.com", Platform::OtherManaged, "DigitalOcean"),
    names(".eventstreams.cloud.ibm.com", Platform::OtherManaged, "IBM Event Streams"),
    names(".cloudkarafka.com", Platform::OtherManaged, "CloudKarafka"),
    names("kafka.cloud.goog", Platform::OtherManaged, "Google Cloud Managed Service for Apache Kafka"),
];

/// Texts of both lists: most files have none of them.
const ANY: Literals = Literals::of(&TEXTS);

#[expect(clippy::indexing_slicing, reason = "the compiler works it out, and stops where it fails")]
static TEXTS: [&str; WORDS.len() + ADDRESSES.len()] = {
    let mut texts = [""; WORDS.len() + ADDRESSES.len()];
    let mut at = 0;
    while at < texts.len() {
        texts[at] = if at < WORDS.len() { WORDS[at].text } else { ADDRESSES[at - WORDS.len()].text };
        at += 1;
    }
    texts
};

/// What people say that they have; in small letters, the longer ones of a beginning first.
const STATED: &[Word] = &[
    runs("strimzi", Platform::Strimzi, "Strimzi"),
    runs("amq streams", Platform::Strimzi, "Streams for Apache Kafka"),
    runs("streams for apache kafka", Platform::Strimzi, "Streams for Apache Kafka"),
    runs("confluent for kubernetes", Platform::ConfluentForKubernetes, "Confluent for Kubernetes"),
    runs("confluent operator", Platform::ConfluentForKubernetes, "Confluent for Kubernetes"),
    runs("cfk", Platform::ConfluentForKubernetes, "Confluent for Kubernetes"),
    runs("msk", Platform::Msk, "Amazon MSK"),
    runs("aiven", Platform::OtherManaged, "Aiven"),
    runs("event hub", Platform::OtherManaged, "Azure Event Hubs"),
    runs("event hubs", Platform::OtherManaged, "Azure Event Hubs"),
    runs("eventhubs", Platform::OtherManaged, "Azure Event Hubs"),
    runs("hdinsight", Platform::OtherManaged, "Azure HDInsight"),
    runs("instaclustr", Platform::OtherManaged, "Instaclustr"),
    runs("confluent cloud", Platform::OtherManaged, "Confluent Cloud"),
    runs("redpanda", Platform::OtherManaged, "Redpanda"),
    runs("heroku", Platform::OtherManaged, "Heroku"),
    runs("digitalocean", Platform::OtherManaged, "DigitalOcean"),
    runs("event streams", Platform::OtherManaged, "IBM Event Streams"),
    runs("managed kafka", Platform::OtherManaged, "a managed service"),
    runs("confluent platform", Platform::ConfluentPlatform, "Confluent Platform"),
    runs("confluent server", Platform::ConfluentPlatform, "Confluent Platform"),
    runs("cp-ansible", Platform::ConfluentPlatform, "cp-ansible"),
    runs("helm", Platform::Helm, "Helm"),
    runs("helm chart", Platform::Helm, "Helm"),
    runs("bitnami chart", Platform::Helm, "Helm"),
    runs("kubernetes", Platform::Kubernetes, "Kubernetes"),
    runs("k8s", Platform::Kubernetes, "Kubernetes"),
    runs("statefulset", Platform::Kubernetes, "Kubernetes"),
    runs("openshift", Platform::Kubernetes, "Kubernetes"),
    runs("eks", Platform::Kubernetes, "Kubernetes"),
    runs("gke", Platform::Kubernetes, "Kubernetes"),
    runs("aks", Platform::Kubernetes, "Kubernetes"),
    runs("docker compose", Platform::Compose, "Docker Compose"),
    runs("docker-compose", Platform::Compose, "Docker Compose"),
    runs("compose", Platform::Compose, "Docker Compose"),
    runs("systemd", Platform::Host, "systemd"),
    runs("tarball", Platform::Host, "a tarball"),
    runs("bare metal", Platform::Host, "machines"),
    runs("virtual machines", Platform::Host, "machines"),
];

/// Whether a text is one of those names.
pub(super) fn is_stated(text: &str) -> bool {
    STATED.iter().any(|word| word.text == text)
}

/// Signs in a text of a kind.
pub(super) fn find(text: &str, kind: Kind) -> Vec<PlatformSign> {
    if !ANY.are_in(text) {
        return Vec::new();
    }
    let words: &[Word] = match kind {
        Kind::Containers | Kind::ApplicationConfig | Kind::ShellScript | Kind::NotKafka => WORDS,
        // An inventory of Ansible is no file of Kafka's, and says how it is run all the same.
        Kind::Unknown if text.contains("confluent") => WORDS,
        _ => &[],
    };
    let scripts = kind == Kind::ShellScript;
    let words = words.iter().filter(|word| scripts || !is_of_scripts(word.text));
    let addresses: &[Word] = match kind {
        Kind::Unknown | Kind::NotKafka | Kind::Inventory | Kind::Metrics => &[],
        _ => ADDRESSES,
    };
    words.chain(addresses).filter_map(|word| first(text, word)).collect()
}

/// What a command is; in a container's command it says nothing about where the container runs.
fn is_of_scripts(word: &str) -> bool {
    word.starts_with("kafka-server-") || word.starts_with("/usr/bin/") || word.ends_with(' ')
}

/// The first place of a word that is no comment.
fn first(text: &str, word: &Word) -> Option<PlatformSign> {
    let at = text.match_indices(word.text).find_map(|(at, found)| {
        let line_start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
        let line = text.get(line_start..at)?.trim_start();
        let is_comment = line.starts_with('#') || line.starts_with("//");
        // Of one provider's many services only the addresses of Kafka.
        let fits = word.text != ".amazonaws.com" || line.contains(".kafka.") || line.contains(".kafka-");
        (!is_comment && fits).then_some((at, at + found.len()))
    });
    let (start, end) = at?;
    let span = Span::new(start as u32, end as u32);
    Some(PlatformSign { platform: word.platform, name: word.name, runs: word.runs, span })
}

/// Signs in somebody's own words: whole words only.
pub(super) fn stated(text: &str) -> Vec<PlatformSign> {
    let small = text.to_ascii_lowercase();
    let is_letter =
        |at: Option<char>| at.is_some_and(|one| one.is_alphanumeric() || matches!(one, '-' | '_'));
    let signs = STATED.iter().filter_map(|word| {
        let (at, found) = small.match_indices(word.text).find(|(at, found)| {
            let before = small.get(..*at).and_then(|before| before.chars().next_back());
            let behind = small.get(at + found.len()..).and_then(|behind| behind.chars().next());
            !is_letter(before) && !is_letter(behind)
        })?;
        let span = Span::new(at as u32, (at + found.len()) as u32);
        Some(PlatformSign { platform: word.platform, name: word.name, runs: word.runs, span })
    });
    signs.collect()
}
