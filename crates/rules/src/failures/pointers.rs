//! What a failure points at among everything that was pasted: settings, options, versions of clients, Java, images.

use kafka_upgrade_catalog::clients::ProductKind;
use kafka_upgrade_document::{LineIndex, Units};
use kafka_upgrade_report::Pointer;
use kafka_upgrade_sorted::Sorted as _;

use crate::place::Location;
use crate::upgrade::Upgrade;

/// Names of what is no setting, class or option.
pub(super) const CLIENTS: &str = "clients";
pub(super) const JAVA: &str = "java";
pub(super) const BROKERS: &str = "brokers";

/// Places that one failure points at; more would be read by nobody.
const MAX_POINTERS: usize = 6;

/// The places of the other files, in their order.
pub(super) fn of(points: &[String], case: &Upgrade<'_>, units: Units) -> Vec<Pointer> {
    let mut found: Vec<(Location, String)> = Vec::new();
    for name in points.iter().filter(|name| !name.is_empty()) {
        let kinds: &[ProductKind] = match name.as_str() {
            CLIENTS => &[ProductKind::Client, ProductKind::Streams],
            JAVA => &[ProductKind::Java],
            BROKERS => &[ProductKind::Broker, ProductKind::Distribution],
            _ => &[],
        };
        for kind in kinds {
            found.extend(
                case.inventory
                    .of_kind(*kind)
                    .map(|item| (item.place, format!("{} {}", item.name, item.version))),
            );
        }
        if kinds.is_empty() {
            named(name, case, &mut found);
        }
    }
    let mut pointers: Vec<Pointer> = found
        .into_iter()
        .filter_map(|(at, what)| {
            let read = case.files.get(at.file?)?;
            let line = at.span.map(|span| LineIndex::new(read.text).place(span, read.text, units).line);
            Some(Pointer { path: read.path.to_owned(), line, what: what.trim_end().to_owned() })
        })
        .collect();
    pointers
        .order_by(|one, other| (&one.path, one.line, &one.what).cmp(&(&other.path, other.line, &other.what)));
    pointers.dedup();
    pointers.truncate(MAX_POINTERS);
    pointers
}

/// Settings of that key or with that class as their value, options, classes and members that the code uses.
fn named(name: &str, case: &Upgrade<'_>, found: &mut Vec<(Location, String)>) {
    for (file, read) in case.files.iter().enumerate() {
        for setting in read.document.settings.iter().filter(|setting| setting.effective) {
            if setting.key == name || (name.contains('.') && name.len() > 12 && setting.value.contains(name))
            {
                found.push((Location::span(file, setting.key_span), setting.key.clone()));
            }
        }
        for usage in &read.document.usages {
            let is_it = usage.name == name
                || usage.member.as_ref().is_some_and(|member| member.has_name(name))
                || usage.name.rsplit_once(' ').is_some_and(|(_, option)| option == name);
            if is_it {
                found.push((Location::span(file, usage.span), usage.name.clone()));
            }
        }
    }
}
