//! Sizes of the broker's own topics: the broker of 4.1 takes them at its start, and then cannot create the topic.

use kafka_upgrade_catalog::Component;

use super::{Check, brokers, crossed, has_brokers};
use crate::diagnostic::Diagnostics;
use crate::facts::LEAST_SEGMENT_BYTES;

const SMALL: &str = "refused-value-internal-topic-segment-bytes";

/// Keys of the broker that become `segment.bytes` of a topic, with the topic.
const TOPICS: &[(&str, &str)] = &[
    ("offsets.topic.segment.bytes", "__consumer_offsets"),
    ("transaction.state.log.segment.bytes", "__transaction_state"),
    ("share.coordinator.state.topic.segment.bytes", "__share_group_state"),
];

pub(super) const CHECK: Check = Check { applies: has_brokers, run, reports: &[SMALL] };

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let Some(note) = crossed(case, SMALL) else { return };
    for (file, read) in brokers(case) {
        for (key, topic) in TOPICS {
            let Some(setting) = read.broker_setting(key) else { continue };
            // Below 1 the broker itself refuses it, in every release.
            if setting
                .value
                .trim()
                .parse()
                .is_ok_and(|bytes: u64| 0 < bytes && bytes < LEAST_SEGMENT_BYTES.into())
            {
                let since = sink.since(note);
                sink.note_at(note, Component::BROKER, since, (file, setting), &[("name", topic)]);
                if let Some(draft) = sink.drafts.last_mut() {
                    setting.key.clone_into(&mut draft.subject);
                }
            }
        }
    }
}
