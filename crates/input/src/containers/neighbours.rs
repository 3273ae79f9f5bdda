//! Programs beside Kafka that ask its ZooKeeper, by the variables of their images.
//!
//! Sources: the images' documentation of their variables. What is *not* here: programs that use ZooKeeper for
//! themselves; they keep it, whatever Kafka does.

use kafka_upgrade_document::Variable;

use crate::{Observation, Observed};

const REGISTRY: &str = "SCHEMA_REGISTRY_KAFKASTORE_CONNECTION_URL";
const REST: &str = "KAFKA_REST_ZOOKEEPER_CONNECT";

/// Programs of Confluent Platform that ask the brokers instead, and the variable that gives them their addresses.
const MAY_LEAVE: [(&str, &str); 2] =
    [(REGISTRY, "SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS"), (REST, "KAFKA_REST_BOOTSTRAP_SERVERS")];

/// The first release of Confluent Platform whose programs know nothing of ZooKeeper.
const WITHOUT: u32 = 7;

/// Whether a program is given the brokers' addresses as well, and is not known to be one that uses ZooKeeper all the
/// same: an older Schema Registry elects its leader so.
fn leaves_zookeeper(asks: &str, tag: &str, variables: &[Variable]) -> bool {
    let Some((_, brokers)) = MAY_LEAVE.iter().find(|(name, _)| *name == asks) else { return false };
    let is_given = |one: &Variable| one.name.text == *brokers && !one.value.text.trim().is_empty();
    let major = tag.trim_start_matches('v').split('.').next().and_then(|number| number.parse::<u32>().ok());
    major.is_none_or(|major| major >= WITHOUT) && variables.iter().any(is_given)
}

/// Beginnings or whole names of variables, a word that the image's name has to have (empty: any), and the program.
const VARIABLES: &[(&str, &str, &str)] = &[
    (REGISTRY, "", "Schema Registry"),
    ("CONTROL_CENTER_ZOOKEEPER_CONNECT", "", "Control Center"),
    (REST, "", "REST Proxy"),
    ("REST_PROXY_ZOOKEEPER_CONNECT", "", "REST Proxy"),
    ("ZK_HOSTS", "manager", "Kafka Manager"),
    ("ZK_HOSTS", "cmak", "CMAK"),
    ("KAFKA_MANAGER_ZKHOSTS", "", "Kafka Manager"),
    ("CMAK_ZKHOSTS", "", "CMAK"),
    ("KM_ZK", "", "Kafka Manager"),
    ("ZK_CONNECT", "kafdrop", "Kafdrop"),
    ("ZK_HOSTS", "kafdrop", "Kafdrop"),
    ("ZOOKEEPER_CONNECT", "kafdrop", "Kafdrop"),
    ("ZOOKEEPER_CONNECT", "cruise-control", "Cruise Control"),
    ("ZOOKEEPER_CONNECT", "cruisecontrol", "Cruise Control"),
    ("ZOOKEEPER_URL", "cruise-control", "Cruise Control"),
    ("KAFKA_ZOOKEEPER_CONNECT", "cruise-control", "Cruise Control"),
    ("ZOOKEEPER_SERVERS", "burrow", "Burrow"),
    ("ZOOKEEPER", "burrow", "Burrow"),
    ("KAFKA_CLUSTERS_*_ZOOKEEPER", "", "Kafka UI"),
    ("KAFKA_MIRROR_MAKER_ZOOKEEPER", "", "MirrorMaker"),
    ("REPLICATOR_ZOOKEEPER_CONNECT", "", "Replicator"),
    ("SPRING_CLOUD_STREAM_KAFKA_BINDER_ZKNODES", "", "Spring Cloud Stream"),
    ("SPRING_CLOUD_STREAM_KAFKA_BINDER_ZK_NODES", "", "Spring Cloud Stream"),
];

/// Which of the variables of one container ask ZooKeeper, each where it stands.
pub(super) fn asking<'v>(
    image: &str,
    tag: &str,
    variables: &'v [Variable],
) -> impl Iterator<Item = Observed> + use<'v> {
    let image = image.to_ascii_lowercase();
    let tag = tag.to_owned();
    variables.iter().filter(|one| !one.value.text.trim().is_empty()).filter_map(move |one| {
        let name = one.name.text.as_str();
        let is_meant =
            |(pattern, word, _): &&(&str, &str, &str)| is_named(name, pattern) && image.contains(word);
        let (pattern, _, program) = VARIABLES.iter().find(is_meant)?;
        if leaves_zookeeper(pattern, &tag, variables) {
            return None;
        }
        Some(Observed { what: Observation::AsksZookeeper(program), span: one.span })
    })
}

/// Whether a name is the pattern's; `*` is a number.
fn is_named(name: &str, pattern: &str) -> bool {
    match pattern.split_once('*') {
        None => name == pattern,
        Some((start, end)) => {
            let number = name.strip_prefix(start).and_then(|rest| rest.strip_suffix(end));
            number.is_some_and(|number| !number.is_empty() && number.bytes().all(|one| one.is_ascii_digit()))
        }
    }
}
