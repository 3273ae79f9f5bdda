//! Client libraries, as they are, against brokers of each release: the rows of what `compat` computes.
//!
//! What is *not* here: whether code compiles against a newer library (`upgrades`).

use kafka_upgrade_catalog::Release;
use kafka_upgrade_catalog::client_apis;
use kafka_upgrade_catalog::clients::Decides;
use kafka_upgrade_compat::clients::{against, is_client};
use kafka_upgrade_compat::libraries::{JAVA, library};
use kafka_upgrade_compat::operations::Served;
use kafka_upgrade_report::{CellVerdict, MatrixCell, Sense};

use super::{MAX_ITEMS, Table, cell};
use crate::diagnostic::Location;
use crate::inventory::{Item, clients_beside};

/// Rows of everything that talks to brokers.
pub(super) fn rows(table: &mut Table<'_, '_>) {
    let case = table.case;
    let mut items = case.inventory.items.iter().filter(|item| is_client(item.product)).peekable();
    if items.peek().is_none() {
        return;
    }
    let served: Vec<Served> = table.columns.iter().map(|release| Served::of(*release)).collect();
    for item in items.by_ref().take(MAX_ITEMS) {
        let found = library(&item.installed());
        let beside = if found.is_err() { decided_beside(table, item) } else { overridden(table, item) };
        let cells = served.iter().map(|served| match &found {
            _ if let Some(beside) = &beside => {
                let word = "see beside";
                cell(
                    served.release,
                    CellVerdict::Neutral,
                    word,
                    format!("{beside}, in the same file, decides."),
                )
            }
            Ok(found) => against(found, served),
            Err(why) => unknown(served.release, why),
        });
        let cells =
            cells.map(|cell| if item.is_at_least { bounded_below(cell, item) } else { cell }).collect();
        table.push(item.title(), &item.version, Sense::ClientBroker, item.place, cells);
    }
    let more = items.count();
    if more > 0 {
        let why = format!(
            "{more} more are named than the first {MAX_ITEMS}, which are held against each release. Check the rest \
             apart from those."
        );
        let cells = table.columns.iter().map(|release| unknown(*release, &why)).collect();
        table.push("More clients", "", Sense::ClientBroker, Location::NOWHERE, cells);
    }
}

/// The version that an item without one takes from the same file, where the item is built on Kafka's own client:
/// builds leave it to a platform such as Spring Boot's, or to the library listed next to it.
fn decided_beside(table: &Table<'_, '_>, item: &Item) -> Option<String> {
    let product = item.product.filter(|_| item.version.is_empty())?;
    let on_java = match product.decides {
        Decides::Kafka | Decides::Distribution => true,
        Decides::Embeds => client_apis::library_inside(product.id) == Some(JAVA),
        Decides::Own => false,
    };
    if !on_java {
        return None;
    }
    let others = table.case.inventory.items.iter().take(MAX_ITEMS);
    let mut others = others.filter(|other| other.place.file == item.place.file && is_client(other.product));
    let other =
        others.find(|other| library(&other.installed()).is_ok_and(|found| found.client.library == JAVA))?;
    Some(format!("{} {}", other.title(), other.version))
}

/// The clients that a build names beside a library that would bring older ones.
fn overridden(table: &Table<'_, '_>, item: &Item) -> Option<String> {
    let clients = clients_beside(item, &table.case.files)?;
    Some(format!("kafka-clients {}", clients.version))
}

/// The cell of an item whose version is only a lower bound: what the lowest version loses, a newer one may still do.
fn bounded_below(of_floor: MatrixCell, item: &Item) -> MatrixCell {
    match of_floor.verdict {
        CellVerdict::Refused | CellVerdict::WorksWithChanges => {
            let why = format!(
                "Any version from {0} on may run, and {0} itself does not work in full. Name the version that is \
                 installed.",
                item.version
            );
            unknown_in(of_floor, why)
        }
        _ => of_floor,
    }
}

fn unknown_in(cell: MatrixCell, reason: String) -> MatrixCell {
    let word = "unknown".to_owned();
    MatrixCell { verdict: CellVerdict::Unknown, word, reason, operations: Vec::new(), ..cell }
}

fn unknown(release: Release, why: &str) -> MatrixCell {
    cell(release, CellVerdict::Unknown, "unknown", why.to_owned())
}
