//! What `kafka-configs.sh --alter` is refused: by brokers that are older than 2.3, and by controllers of 4.1 where
//! eligible leader replicas are on.

use kafka_upgrade_catalog::{Component, Release};
use kafka_upgrade_document::Usage;

use super::storage_format::calls;
use super::{Check, crossed};
use crate::diagnostic::{Diagnostics, Location};
use crate::levels::{self, ELIGIBLE_LEADER_REPLICAS};
use crate::notes;
use crate::upgrade::{CheckedFile, Upgrade};

const INCREMENTAL: &str = "requires-brokers-of-2-3-for-kafka-configs";

const ONE_BROKER: &str = "refused-value-min-insync-replicas-of-one-broker";
const TOOL: &str = "kafka-configs.sh";
const MIN_ISR: &str = "min.insync.replicas";

/// The first brokers that change settings one by one.
const OLDEST: Release = Release::new(2, 3, 0);

pub(super) const CHECK: Check = Check { applies, run, reports: &[INCREMENTAL, ONE_BROKER] };

fn is_alter(usage: &Usage) -> bool {
    usage.name == "kafka-configs.sh --alter"
}

fn applies(case: &Upgrade<'_>) -> bool {
    case.files.iter().any(|read| read.document.usages.iter().any(is_alter))
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    incremental(sink);
    let case = sink.case;
    for (file, read) in case.files.iter().enumerate() {
        for (_, options) in calls(&read.document.usages, TOOL) {
            one_broker(sink, file, read, options);
        }
    }
}

/// `min.insync.replicas` that is changed for one broker, or deleted for all.
fn one_broker(sink: &mut Diagnostics<'_, '_>, file: usize, read: &CheckedFile<'_>, options: &[Usage]) {
    let given = |name: &str| {
        options
            .iter()
            .find(|one| one.name.strip_prefix(TOOL).is_some_and(|option| option.trim_start() == name))
    };
    let of_brokers = given("--entity-type").is_some_and(|one| one.value.as_deref() == Some("brokers"));
    let one = given("--broker").or_else(|| given("--entity-name").filter(|_| of_brokers));
    let all = given("--broker-defaults").or_else(|| given("--entity-default").filter(|_| of_brokers));
    let names = |usage: &&Usage| {
        let keys = usage.value.as_deref().unwrap_or_default().split(',');
        keys.map(|one| one.split('=').next().unwrap_or_default().trim()).any(|key| key == MIN_ISR)
    };
    let deleted = given("--delete-config").filter(names);
    let added = given("--add-config").filter(|usage| one.is_some() && names(usage));
    let (usage, name, value) = match (added, deleted, one, all) {
        (Some(usage), ..) => (usage, "setting", "for one broker"),
        (_, Some(usage), Some(_), _) => (usage, "deleting", "of one broker"),
        (_, Some(usage), None, Some(_)) => (usage, "deleting", "of the whole cluster"),
        _ => return,
    };
    let case = sink.case;
    // If the cluster printed the level, the problem exists today, whatever the upgrade path.
    let is_on = || levels::printed(case).is_some_and(|on| on.contains_key(ELIGIBLE_LEADER_REPLICAS));
    let note = crossed(case, ONE_BROKER).or_else(|| notes::note(ONE_BROKER).filter(|_| is_on()));
    let Some(note) = note else { return };
    // At the key, where the option's value is read as settings.
    let after = |key_span: kafka_upgrade_document::Span| key_span.start >= usage.span.end;
    let mut settings = read.document.settings.iter();
    let setting =
        settings.find(|one| one.key == MIN_ISR && after(one.key_span)).filter(|_| name == "setting");
    let place = Location::span(file, setting.map_or(usage.span, |setting| setting.key_span));
    // The note on files of brokers says less of the same.
    sink.drafts.retain(|draft| draft.place != place || draft.subject != MIN_ISR);
    sink.note(note, Some(Component::BROKER), sink.since(note), place, &[("name", name), ("value", value)]);
}

/// From 4.0 on the tool changes settings one by one.
fn incremental(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let Some(note) = crossed(case, INCREMENTAL).filter(|_| case.from.is_none_or(|from| from < OLDEST)) else {
        return;
    };
    for (file, read) in case.files.iter().enumerate() {
        for usage in read.document.usages.iter().filter(|usage| is_alter(usage)) {
            sink.note(note, None, sink.since(note), Location::span(file, usage.span), &[]);
        }
    }
}
