//! Services that run the brokers for their customers: what is theirs, and what stays for the reader.

use kafka_upgrade_report::HopKind;

use super::actions::Actions;
use super::{NewStep, Writer, clients, dashed, minor};
use crate::plan::route::Leg;

/// A service: how it upgrades, what it offers, and what cannot be done there.
struct Service {
    name: &'static str,
    why: &'static str,
    commands: &'static [&'static str],
    undo: Result<&'static str, &'static str>,
}

const SERVICES: &[Service] = &[
    Service {
        name: "Aiven",
        why: "Aiven upgrades the brokers: it starts new nodes on the release, moves the partitions over, and takes the old nodes away, so the disk of the new ones has to hold a copy while it lasts. You choose the release (kafka_version) and the maintenance window; it left ZooKeeper on its own, with 3.9 as the release between. Its topics, users and ACLs are its API's; broker settings are the user_config of the service.",
        commands: &[
            "avn service get SERVICE --json | jq '.user_config.kafka_version, .state'",
            "avn service versions",
            "avn service update SERVICE -c kafka_version=$VERSION",
        ],
        undo: Err(
            "Aiven does not go back to an older release; fork the service from before, or copy to a new one with MirrorMaker 2.",
        ),
    },
    Service {
        name: "Azure Event Hubs",
        why: "Event Hubs is no Kafka: it speaks Kafka's protocol, has no release of the broker, and Microsoft changes it without you. What clients can do is its own list (Kafka 1.0 and newer; transactions, compaction and compression by tier), and brokers of 4.x have no bearing on it. The library is what you upgrade: clients of 4.x ask for APIs from 2.1 on, so test produce, consume and commit against a namespace first.",
        commands: &[
            "az eventhubs namespace show --name NAMESPACE --resource-group GROUP --query '[kafkaEnabled,sku.name]'",
        ],
        undo: Ok("Go back to the library from before."),
    },
    Service {
        name: "Redpanda",
        why: "Redpanda is another broker that speaks Kafka's protocol: it has no Java, no ZooKeeper, no server.properties and none of Kafka's releases or metadata versions. It is upgraded from one of its own feature releases to the next, one broker at a time, in maintenance mode; nothing here applies to it. What stays is the clients: it answers ApiVersions itself, so libraries of 4.x work as far as it has the APIs.",
        commands: &[
            "rpk cluster health",
            "rpk redpanda admin brokers list",
            "rpk cluster maintenance enable NODE --wait",
        ],
        undo: Ok("Redpanda goes back within one feature release, before it is finalised."),
    },
    Service {
        name: "Azure HDInsight",
        why: "HDInsight does not upgrade a cluster in place: a release of Kafka belongs to a version of HDInsight, and its newest carry Kafka of the 3.x line, with ZooKeeper. Where it does not offer the target, that is the answer: make a new cluster with the newest version that it offers, or run Kafka elsewhere, and copy the topics with MirrorMaker 2.",
        commands: &[
            "az hdinsight show --name CLUSTER --resource-group GROUP --query 'properties.[clusterVersion,clusterDefinition.componentVersion]'",
        ],
        undo: Ok("The old cluster is untouched; move the clients back."),
    },
    Service {
        name: "Instaclustr",
        why: "Instaclustr's operators upgrade the brokers: patches in a maintenance window, a minor or major release on a ticket, and the migration from ZooKeeper to KRaft as a project with them. Which releases are generally available, and until when an old one is kept, is its life cycle page.",
        commands: &[],
        undo: Err("Whether an upgrade can be undone is Instaclustr's to say; ask before it begins."),
    },
    Service {
        name: "Confluent Cloud",
        why: "Confluent Cloud runs its own brokers, always on a release newer than Apache's, and without ZooKeeper since long: there is no release to choose and no broker to upgrade. What it refuses is refused already. Old clients are what breaks, so bring the libraries to what the matrix shows.",
        commands: &["confluent kafka cluster describe"],
        undo: Ok("Go back to the library from before."),
    },
];

const OTHER: Service = Service {
    name: "the service",
    why: "The brokers are the service's: it decides which releases it offers, when nodes restart, and when what is finalised is raised; ZooKeeper, controllers and disks are its own. Ask its operator which release it goes to and when, whether it can be undone, and what it does about clients that brokers of 4.x refuse.",
    commands: &[],
    undo: Err("Whether an upgrade can be undone is the service's to say; ask before it begins."),
};

pub(super) fn write(writer: &mut Writer<'_, '_>, legs: &[Leg]) {
    let (Some(first), Some(last)) = (legs.first().copied(), legs.last().copied()) else { return };
    if last.to >= writer.from {
        clients::before(writer, legs);
    }
    let called = writer.case.running.service;
    let service = SERVICES.iter().find(|one| one.name == called).unwrap_or(&OTHER);
    let to = last.to;
    writer.hop(
        Leg { kind: HopKind::Upgrade, to, ..first },
        format!("{}, towards {}", title(service.name), minor(to)),
    );
    let why = format!(
        "{} Your own are the clients and their code, the topics' settings, and the time at which it happens.",
        service.why
    );
    writer.step(NewStep {
        id: format!("ask-the-service-{}", dashed(to)),
        title: format!("See what {} offers of {}, and what it asks of you", service.name, minor(to)),
        why: &why,
        actions: Actions::from(service.commands.to_vec()),
        verify: "The service names the release that it runs and the one that it goes to, and the date is known to whoever owns the clients.",
        undo: service.undo,
    });
    let mut actions = Actions::from(vec![writer.tool("kafka-configs.sh", "--describe --entity-type topics")]);
    actions.push(writer.tool("kafka-topics.sh", "--describe"));
    let why = format!(
        "Settings of topics are yours, and move to the new release as they are: message.format.version is gone in 4.0, and \
         a segment.bytes below 1 MiB stops brokers of 4.1 and newer, which a service mends for you or refuses. What \
         {} reads differently is listed here as findings. Tools run on your machine, from an unpacked release, with \
         --command-config for the credentials.",
        minor(to)
    );
    writer.step(NewStep {
        id: format!("change-settings-{}", dashed(to)),
        title: "Look through the topics' settings".to_owned(),
        why: &why,
        actions,
        verify: "Checked here for this target, the output shows no error.",
        undo: Ok("Set the old value again."),
    });
    writer.step(NewStep {
        id: format!("verify-{}", dashed(to)),
        title: "Watch the clients through the upgrade".to_owned(),
        why: "Brokers restart, so every client meets a few disconnects and new leaders: retries, idempotence and a delivery.timeout.ms of minutes carry producers over it, and consumer groups rebalance at most once a broker.",
        actions: Actions::from(vec![writer.tool("kafka-consumer-groups.sh", "--describe --all-groups")]),
        verify: "Lag and error rates of the clients are what they were, and no client logs UNSUPPORTED_VERSION.",
        undo: Ok("Nothing was changed by this step."),
    });
    if last.to >= writer.from {
        clients::after(writer, legs);
    }
}

fn title(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
