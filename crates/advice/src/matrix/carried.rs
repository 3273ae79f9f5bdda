//! What a distribution of Kafka carries: a release that its version does not contain takes more than one step.
//!
//! Source: the catalog's list of distributions, each line with its date. What is *not* here: the upgrade path of the
//! brokers themselves (`brokers`).

use kafka_upgrade_catalog::Release;
use kafka_upgrade_catalog::clients::{self, Carried, Product};
use kafka_upgrade_report::{CellVerdict, MatrixCell};

/// Adds to the cells of a distribution's row which version of it contains that release.
pub(super) fn annotate(product: &Product, version: &str, cells: &mut [MatrixCell]) {
    let Some(runs) = clients::carried(product, version) else { return };
    for cell in cells {
        let Ok(release) = cell.release.parse::<Release>() else { continue };
        if contains(runs, release) {
            continue;
        }
        let minor = format!("{}.{}", release.major, release.minor);
        let title = product.title;
        let first = clients::versions(product).find(|(_, carried)| contains(carried, release));
        let Some((first, carried)) = first else {
            let newest = clients::versions(product).last().map_or("", |(_, carried)| carried.kafka);
            let Carried { source, date, .. } = runs;
            let reason = format!(
                "{title} does not offer {minor}: the newest Kafka in its list is {newest} ({source}, {date}). {}",
                cell.reason
            );
            *cell = MatrixCell {
                verdict: CellVerdict::Refused,
                word: "not offered".to_owned(),
                supported: Some(false),
                reason,
                ..cell.clone()
            };
            continue;
        };
        // A service that uses Kafka's own version numbers needs no remark.
        if first.starts_with(&minor) {
            continue;
        }
        let all = runs.carries.join(", ");
        let reason = format!(
            "{title} {version} does not carry {minor}, it runs {all}; {minor} comes with {title} {first} ({}, {}). {}",
            carried.source, carried.date, cell.reason
        );
        cell.reason = reason;
        if cell.verdict == CellVerdict::Works {
            cell.verdict = CellVerdict::WorksWithChanges;
            cell.word = format!("with {first}");
            cell.supported = Some(false);
        }
    }
}

/// Whether one of the releases that it can run is of the same minor.
fn contains(carried: &Carried, release: Release) -> bool {
    let minor = release.first_of_minor();
    let mut all = carried.carries.iter().chain([&carried.kafka]);
    all.any(|text| text.parse::<Release>().is_ok_and(|one| one.first_of_minor() == minor))
}
