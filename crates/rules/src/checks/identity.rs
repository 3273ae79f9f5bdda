//! `node.id` and `broker.id`: two names of one number, and where it comes from.
//!
//! Kafka gives each the value of the other when only one is set, and refuses two that differ.

use super::{Check, brokers, crossed, has_brokers, report_at, report_file, report_missing, runs_kraft};
use crate::diagnostic::Diagnostics;
use crate::upgrade::CheckedFile;

const MISSING: &str = "requires-node-id";
const DIFFERENT: &str = "refused-value-node-id";
const GENERATED: &str = "note-generated-broker-id";

pub(super) const CHECK: Check =
    Check { applies: has_brokers, run, reports: &[MISSING, DIFFERENT, GENERATED] };

fn asks_zookeeper(read: &CheckedFile<'_>) -> bool {
    read.broker_setting("zookeeper.connect").is_some()
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    for (file, read) in brokers(case) {
        let ids = (read.broker_setting("node.id"), read.broker_setting("broker.id"));
        match ids {
            (Some(node), Some(broker)) => {
                let (node_id, broker_id) = (node.value.trim(), broker.value.trim());
                if node_id != broker_id {
                    report_at(sink, DIFFERENT, file, node, &[("node", node_id), ("broker", broker_id)]);
                }
            }
            (None, None) if runs_kraft(read) => report_missing(sink, MISSING, file),
            // ZooKeeper generates it; a file that names neither that nor roles is a fragment.
            (None, None) if asks_zookeeper(read) && crossed(case, GENERATED).is_some() => {
                report_missing(sink, GENERATED, file);
            }
            (None, Some(broker)) if broker.value.trim() == "-1" && crossed(case, GENERATED).is_some() => {
                report_file(sink, GENERATED, file, &[]);
            }
            _ => {}
        }
    }
}
