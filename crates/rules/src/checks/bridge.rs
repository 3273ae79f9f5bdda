//! Ways that lead through a release in between.

use kafka_upgrade_catalog::{Component, Release};
use kafka_upgrade_report::Mode;

use super::{Check, brokers, crossed, tell_file};
use crate::case::Case;
use crate::draft::Sink;

const BRIDGE: &str = "requires-bridge-release";
const BOUNCES: &str = "requires-upgrade-from";

pub(super) const CHECK: Check = Check { applies, run, tells: &[BRIDGE, BOUNCES] };

/// First release whose KRaft clusters can be upgraded to 4.0 directly.
const PRODUCTION: Release = Release::new(3, 3, 1);

fn applies(case: &Case<'_>) -> bool {
    brokers(case).next().is_some() || case.files.iter().any(|read| read.component == Some(Component::STREAMS))
}

fn run(sink: &mut Sink<'_, '_>) {
    let case = sink.case;
    let old = case.from.is_some_and(|from| from < PRODUCTION);
    if old && case.mode == Some(Mode::Kraft) && crossed(case, BRIDGE).is_some() {
        for (file, _) in brokers(case) {
            tell_file(sink, BRIDGE, file, &[]);
        }
    }
    if case.from.is_some() && crossed(case, BOUNCES).is_some() {
        for (file, read) in case.files.iter().enumerate() {
            let streams = read.component == Some(Component::STREAMS);
            if streams && read.setting(Component::STREAMS, "upgrade.from").is_none() {
                tell_file(sink, BOUNCES, file, &[]);
            }
        }
    }
}
