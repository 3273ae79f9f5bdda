//! `inter.broker.protocol.version` in ZooKeeper mode: pinned, or jumping with each restart.
//!
//! In KRaft mode nobody reads it, and at a target of 4.0 and newer a note about the key says so.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::Mode;

use super::{Check, brokers, report_missing, runs_kraft};
use crate::diagnostic::Diagnostics;
use crate::upgrade::Upgrade;

const UNPINNED: &str = "note-unpinned-protocol-version";

pub(super) const CHECK: Check = Check { applies, run, reports: &[UNPINNED] };

/// First release without ZooKeeper mode.
const KRAFT_ONLY: Release = Release::new(4, 0, 0);

fn applies(case: &Upgrade<'_>) -> bool {
    let rolls = case.from.is_some_and(|from| from.first_of_minor() < case.to.first_of_minor());
    rolls && case.mode == Some(Mode::Zookeeper) && case.to < KRAFT_ONLY && brokers(case).next().is_some()
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    for (file, read) in brokers(sink.case).filter(|(_, read)| !runs_kraft(read)) {
        if read.broker_setting("inter.broker.protocol.version").is_none() {
            report_missing(sink, UNPINNED, file);
        }
    }
}
