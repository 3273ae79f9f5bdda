//! Kafka's own libraries and the code and files that use them, to each release.
//!
//! What is *not* here: whether the library that is installed works with a broker (`clients`).

use std::fmt::Write as _;

use kafka_upgrade_catalog::clients::{Decides, ProductKind};
use kafka_upgrade_catalog::{self as catalog, Component, Release};
use kafka_upgrade_document::Kind;
use kafka_upgrade_report::{CellVerdict, MatrixCell, Sense};

use super::{MAX_ITEMS, RowFindings, Table, V4, cell};
use crate::diagnostic::Location;
use crate::inventory::Item;
use crate::inventory::java_number;
use crate::upgrade::CheckedFile;

/// Components that are upgraded together.
struct Group {
    title: &'static str,
    kind: ProductKind,
    /// Whether a finding belongs to this group, by its component; findings in code have none.
    holds: fn(Option<Component>) -> bool,
    /// Whether it runs on the Java of brokers, not on that of clients.
    as_servers: bool,
}

static GROUPS: [Group; 3] = [
    Group { title: "Java clients", kind: ProductKind::Client, holds: of_clients, as_servers: false },
    Group {
        title: "Kafka Streams",
        kind: ProductKind::Streams,
        holds: |component| component == Some(Component::STREAMS),
        as_servers: false,
    },
    Group { title: "Kafka Connect", kind: ProductKind::Connect, holds: of_connect, as_servers: true },
];

fn of_clients(component: Option<Component>) -> bool {
    matches!(component, None | Some(Component::PRODUCER | Component::CONSUMER | Component::ADMIN))
}

fn of_connect(component: Option<Component>) -> bool {
    let starts = ["connect", "mm2", "smt.", "json-converter"];
    component.is_some_and(|one| starts.iter().any(|start| one.name().starts_with(start)))
}

/// A row for every version of Kafka's own libraries, and one for files that use a library whose version nothing
/// names.
pub(super) fn rows(table: &mut Table<'_, '_>) {
    let case = table.case;
    for group in &GROUPS {
        let uses = |read: &CheckedFile<'_>| {
            read.component.is_some_and(|component| (group.holds)(Some(component)))
                || (group.kind == ProductKind::Client && is_code(read.document.kind))
        };
        let file = case.files.iter().position(uses);
        let java = |item: &&Item| {
            item.product
                .is_some_and(|product| product.decides != Decides::Own && product.decides != Decides::Embeds)
        };
        let mut items = case.inventory.of_kind(group.kind).filter(java).take(MAX_ITEMS).peekable();
        if file.is_none() && items.peek().is_none() {
            continue;
        }
        let found = RowFindings::of(table, group.holds, file.is_some());
        let mut row = |title: &str, version: &str, from: Option<Release>, place: Location| {
            let cells =
                table.columns.iter().map(|release| to(table, group, from, *release, &found)).collect();
            table.push(title, version, Sense::ClientUpgrade, place, cells);
        };
        if let Some(file) = file.filter(|_| items.peek().is_none()) {
            row(group.title, "", None, Location::file(file));
        }
        for item in items {
            row(item.title(), &item.version, item.release, item.place);
        }
    }
    let old: Vec<Item> = case.inventory.of_kind(ProductKind::MirrorMaker1).take(MAX_ITEMS).cloned().collect();
    for item in old {
        let cells = table.columns.iter().map(|release| without_mirror_maker(*release)).collect();
        table.push(item.title(), &item.version, Sense::ClientUpgrade, item.place, cells);
    }
}

const fn is_code(kind: Kind) -> bool {
    matches!(kind, Kind::JavaSource | Kind::KotlinSource | Kind::ScalaSource)
}

fn to(
    table: &Table<'_, '_>,
    group: &Group,
    from: Option<Release>,
    release: Release,
    found: &RowFindings,
) -> MatrixCell {
    if from == Some(release) {
        return cell(release, CellVerdict::Works, "in use", format!("{release} is what is in use."));
    }
    if from.is_some_and(|from| from > release) {
        let reason = format!(
            "{release} is older than what is in use; changes are judged only for an upgrade. Compare the two in the \
             other direction."
        );
        return cell(release, CellVerdict::Unknown, "goes back", reason);
    }
    let java_of = if group.as_servers { catalog::java_of_servers } else { catalog::java_of_clients };
    let needs = java_of(release);
    let java =
        table.case.inventory.of_kind(ProductKind::Java).filter_map(|item| java_number(&item.version)).min();
    if let Some(java) = java.filter(|java| *java < u16::from(needs)) {
        let reason =
            format!("{} {release} needs Java {needs} at least, and Java {java} runs here.", group.title);
        // Where the brokers already need that Java, this library is not required to follow them.
        let is_asked = table.case.from.is_none_or(|from| java >= u16::from(java_of(from)));
        let verdict = if is_asked { CellVerdict::Refused } else { CellVerdict::WorksWithChanges };
        return cell(release, verdict, &format!("needs Java {needs}"), reason);
    }
    let old_brokers = table.case.from.filter(|brokers| *brokers < Release::new(2, 1, 0) && release >= V4);
    if let Some(brokers) = old_brokers {
        let reason = format!(
            "{release} talks to brokers of 2.1 and newer (KIP-896); {brokers} runs here. Upgrade the brokers first."
        );
        return MatrixCell {
            supported: Some(false),
            ..cell(release, CellVerdict::WorksWithChanges, "brokers first", reason)
        };
    }
    if !found.given {
        let reason = format!(
            "No code and no configuration that uses {} was given. Add them to see their findings in {release}; it \
             needs Java {needs} at least.",
            group.title
        );
        return cell(release, CellVerdict::Neutral, "no code given", reason);
    }
    let mut cell = cell(release, CellVerdict::Works, "works", format!("It needs Java {needs} at least."));
    found.add_to(table, release, &mut cell);
    cell
}

fn without_mirror_maker(release: Release) -> MatrixCell {
    let mut cell = if release >= V4 {
        cell(release, CellVerdict::Refused, "gone", "MirrorMaker 1 is gone in 4.0.".to_owned())
    } else {
        cell(
            release,
            CellVerdict::Works,
            "works",
            "MirrorMaker 1 is deprecated since 3.0 and gone in 4.0.".to_owned(),
        )
    };
    let _ = write!(cell.reason, " MirrorMaker 2 runs on Connect and takes its place.");
    cell
}
