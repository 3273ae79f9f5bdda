//! Services that run the brokers for their customers: what is theirs, and what stays for the reader.

use kafka_upgrade_report::HopKind;
use kafka_upgrade_sorted::case;

use super::actions::Actions;
use super::{NewStep, Writer, clients, dashed, minor};
use crate::plan::upgrade_path::Hop;

/// A managed service: how it upgrades, which versions it offers, and what cannot be done there.
struct Service {
    name: &'static str,
    why: &'static str,
    commands: &'static [&'static str],
    undo: Result<&'static str, &'static str>,
    /// Whether its brokers have a release of Kafka's, which the plan depends on.
    has_releases: bool,
}

/// What stays for the reader, whichever service it is.
const STAYS: &str = "You are responsible for the clients and their code and for the topics' settings, and you choose the time where the service lets you.";

const SERVICES: &[Service] = &[
    Service {
        name: "Aiven",
        has_releases: true,
        why: "Aiven upgrades the brokers: it starts new nodes on the release, moves the partitions over, and takes the old nodes away, so the disks of the new ones have to hold a copy. You choose the release (kafka_version) and the maintenance window; it has moved off ZooKeeper itself, through 3.9. Manage topics, users and ACLs through its API; broker settings are in the user_config of the service.",
        commands: &[
            "avn service get SERVICE --json | jq '.user_config.kafka_version, .state'",
            "avn service versions",
            "avn service update SERVICE -c kafka_version=$VERSION",
        ],
        undo: Err(
            "Aiven does not go back to an older release; restore a fork from before the upgrade, or copy to a new one \
             with MirrorMaker 2.",
        ),
    },
    Service {
        name: "Azure Event Hubs",
        has_releases: false,
        why: "Event Hubs is no Kafka: it speaks Kafka's protocol, it has no broker release, and Microsoft updates it for you. Its own list shows what clients can do (Kafka 1.0 and newer; transactions, compaction and compression by tier); releases of the broker do not matter. You upgrade only the library: clients of 4.x need APIs from 2.1 on, so test produce, consume and commit against a namespace first.",
        commands: &[
            "az eventhubs namespace show --name NAMESPACE --resource-group GROUP --query '[kafkaEnabled,sku.name]'",
        ],
        undo: Ok("Go back to the previous library."),
    },
    Service {
        name: "Redpanda",
        has_releases: false,
        why: "Redpanda is another broker that speaks Kafka's protocol: it has no Java, no ZooKeeper, no server.properties and none of Kafka's releases or metadata versions. It is upgraded from one of its own feature releases to the next, one broker at a time, in maintenance mode; nothing here applies to it. Only the clients matter here: Redpanda answers ApiVersions itself, so libraries of 4.x work as far as it has the APIs.",
        commands: &[
            "rpk cluster health",
            "rpk redpanda admin brokers list",
            "rpk cluster maintenance enable NODE --wait",
        ],
        undo: Ok("Redpanda goes back within one feature release, before it is finalised."),
    },
    Service {
        name: "Azure HDInsight",
        has_releases: true,
        why: "HDInsight does not upgrade a cluster in place: each version of HDInsight has one Kafka release, and the newest ones have Kafka 3.x, with ZooKeeper. If it does not offer the target, create a new cluster with the newest version that it offers, or run Kafka elsewhere, and copy the topics with MirrorMaker 2.",
        commands: &["az hdinsight show --name CLUSTER --resource-group GROUP --query \
             'properties.[clusterVersion,clusterDefinition.componentVersion]'"],
        undo: Ok("The old cluster is untouched; move the clients back."),
    },
    Service {
        name: "Instaclustr",
        has_releases: true,
        why: "Instaclustr's operators upgrade the brokers: patches in a maintenance window, a minor or major release after a ticket, and the migration from ZooKeeper to KRaft as a project with you. Its life cycle page shows which releases are generally available, and how long an old one is kept.",
        commands: &[],
        undo: Err("Ask Instaclustr before the upgrade whether it can be undone."),
    },
    Service {
        name: "Confluent Cloud",
        has_releases: false,
        why: "Confluent Cloud runs its own brokers, always on a release newer than Apache's, and has long been without ZooKeeper: there is no release to choose and no broker to upgrade. It already refuses what newer brokers refuse. Only old clients can break, so upgrade the libraries as the matrix shows.",
        commands: &["confluent kafka cluster describe"],
        undo: Ok("Go back to the previous library."),
    },
];

const OTHER: Service = Service {
    name: "the service",
    has_releases: true,
    why: "The service runs the brokers: it decides which releases it offers, when nodes restart, and when levels are finalised; it also runs ZooKeeper, controllers and disks. Ask its operator which release it upgrades to and when, whether it can be undone, and what it does about clients that brokers of 4.x refuse.",
    commands: &[],
    undo: Err("Ask the service before the upgrade whether it can be undone."),
};

fn service(called: &str) -> &'static Service {
    SERVICES.iter().find(|one| one.name == called).unwrap_or(&OTHER)
}

/// What there is to know of a service where nothing shows which release it runs.
pub(in crate::plan) fn without_release(called: &str) -> String {
    let service = service(called);
    let release = if service.has_releases {
        " Which release it runs is not known; state it, and the plan has the steps."
    } else {
        ""
    };
    format!("{} {STAYS}{release}", service.why)
}

pub(super) fn write(writer: &mut Writer<'_, '_>, hops: &[Hop]) {
    let (Some(first), Some(last)) = (hops.first().copied(), hops.last().copied()) else { return };
    if last.to >= writer.from {
        clients::before(writer, hops);
    }
    let called = writer.case.running.service;
    let service = service(called);
    let to = last.to;
    writer.hop(
        Hop { kind: HopKind::Upgrade, to, ..first },
        format!("{}: upgrade to {}", title(service.name), minor(to)),
    );
    let why = format!("{} {STAYS}", service.why);
    writer.step(NewStep {
        id: format!("ask-the-service-{}", dashed(to)),
        title: format!("Check whether {} offers {}, and what it requires of you", service.name, minor(to)),
        why: &why,
        actions: Actions::from(service.commands.to_vec()),
        verify: "The service names the release that it runs and the one that it upgrades to, and the owners of the clients know the date.",
        undo: service.undo,
    });
    let mut actions = Actions::from(vec![writer.tool("kafka-configs.sh", "--describe --entity-type topics")]);
    actions.push(writer.tool("kafka-topics.sh", "--describe"));
    let why = format!(
        "Topic settings are yours, and the upgrade keeps them: message.format.version is removed in 4.0, and a \
         segment.bytes below 1 MiB stops brokers of 4.1 and newer, so a service either corrects it for you or refuses \
         the upgrade. The findings list what {} interprets differently. Run the tools on your machine, from an \
         unpacked release, with --command-config for the credentials.",
        minor(to)
    );
    writer.step(NewStep {
        id: format!("change-settings-{}", dashed(to)),
        title: "Check the topics' settings".to_owned(),
        why: &why,
        actions,
        verify: "A check of the output for this target shows no error.",
        undo: Ok("Set the old value again."),
    });
    writer.step(NewStep {
        id: format!("verify-{}", dashed(to)),
        title: "Watch the clients through the upgrade".to_owned(),
        why: "Brokers restart, so every client sees a few disconnects and leader changes: retries, idempotence and a delivery.timeout.ms of minutes get producers through, and consumer groups rebalance at most once per broker.",
        actions: Actions::from(vec![writer.tool("kafka-consumer-groups.sh", "--describe --all-groups")]),
        verify: "Lag and error rates of the clients are as before, and no client logs UNSUPPORTED_VERSION.",
        undo: Ok("Nothing was changed by this step."),
    });
    if last.to >= writer.from {
        clients::after(writer, hops);
    }
}

fn title(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(case::upper).into_iter().chain(letters).collect()
}
