//! ZooKeeper's servers, as long as brokers run on them.

use super::actions::Actions;
use super::{NewStep, Writer, dashed};
use crate::plan::upgrade_path::Hop;

/// Explains the file that commands name where the servers are reached over TLS.
pub(super) const TLS: &str = " config/zookeeper-tls.properties stands for a file with zookeeper.ssl.client.enable, zookeeper.clientCnxnSocket and the zookeeper.ssl.* stores of the brokers' files.";

/// Passes the key and trust stores to ZooKeeper's tools as Java options, taken from the file that
/// `zookeeper-shell.sh` reads.
const STORES: &str = "KAFKA_OPTS=$(sed -n 's/^zookeeper\\.ssl\\.keystore\\./-Dzookeeper.ssl.keyStore./p; s/^zookeeper\\.ssl\\.truststore\\./-Dzookeeper.ssl.trustStore./p' config/zookeeper-tls.properties | tr '\\n' ' ')";

/// Whether the servers are new enough for the brokers of the next release.
pub(super) fn check(writer: &mut Writer<'_, '_>, hop: Hop) {
    let servers = writer.cluster.zookeeper.split('/').next().unwrap_or_default().to_owned();
    let tls = writer.cluster.zookeeper_tls;
    let commands = servers.split(',').map(|server| {
        let (host, port) = server.rsplit_once(':').unwrap_or((server, "2181"));
        if tls {
            // Kafka's own zookeeper.properties disables the admin server, so only the TLS port responds.
            format!("{STORES} bin/kafka-run-class.sh org.apache.zookeeper.client.FourLetterWordMain {host} {port} srvr true")
        } else {
            format!("bash -c 'exec 3<>/dev/tcp/{host}/{port}; echo srvr >&3; cat <&3'")
        }
    });
    let commands = Actions::from(Vec::from_iter(commands));
    let why = format!(
        "From 3.6 on, brokers use a ZooKeeper client that does not work with servers before 3.5. Servers from 3.5 on \
         work; Kafka's upgrade notes ask for 3.8.3 or newer before the brokers of {} start. Upgrade the servers one \
         at a time, the leader last, before any broker.{}",
        hop.to,
        if tls { TLS } else { "" }
    );
    writer.step(NewStep {
        id: format!("check-zookeeper-{}", dashed(hop.to)),
        title: "Check that the ZooKeeper servers are 3.5 or newer".to_owned(),
        why: &why,
        actions: commands,
        verify: "Every server answers with a Zookeeper version of 3.5 or newer, preferably 3.8.3 or newer, and one of them with Mode: leader (a single server: Mode: standalone).",
        undo: Ok("Roll a ZooKeeper server back to its previous version while no broker of the new release runs."),
    });
}
