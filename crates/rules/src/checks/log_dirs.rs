//! Several folders for logs in KRaft mode, while the metadata version is too old for them (KIP-858).

use kafka_upgrade_catalog::Release;

use super::{Check, brokers, has_brokers, notes, report_at, runs_kraft};
use crate::diagnostic::Diagnostics;
use crate::levels;
use crate::upgrade::Upgrade;

const OLD_LEVEL: &str = "requires-metadata-version-for-log-dirs";

/// The first metadata version with which controllers know on which disk a replica lies, and the release that has it.
const LEAST: &str = "3.7-IV2";
const SINCE: Release = Release::new(3, 7, 0);

pub(super) const CHECK: Check = Check { applies: has_brokers, run, reports: &[OLD_LEVEL] };

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let Some(level) = old_level(case) else { return };
    if notes::note(OLD_LEVEL).is_none_or(|note| case.to < note.since) {
        return;
    }
    for (file, read) in brokers(case).filter(|(_, read)| runs_kraft(read) && read.roles.broker) {
        if let Some(setting) = read.broker_setting("log.dirs")
            && setting.value.split(',').filter(|folder| !folder.trim().is_empty()).count() > 1
        {
            report_at(sink, OLD_LEVEL, file, setting, &[("level", &level)]);
        }
    }
}

/// The metadata version of the cluster, if it is too old: what a tool printed, else the newest that the release that
/// runs now can have.
fn old_level(case: &Upgrade<'_>) -> Option<String> {
    if let Some(printed) = case.levels_of("metadata.version").next() {
        let (level, least) = (levels::level_of(printed)?, levels::level_of(LEAST)?);
        return (level.level < least.level).then(|| level.name.to_owned());
    }
    let from = case.from.filter(|from| *from < SINCE)?;
    Some(format!("{} at most", levels::newest_level(from)?.name))
}
