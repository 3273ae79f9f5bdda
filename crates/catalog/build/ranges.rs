//! What client libraries speak, what is inside of products, and what was run: tables of `data/clients`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::data::Facts;
use crate::rows::Rows;
use crate::strings::declare;

type Version = [u16; 3];

/// Rows of one library by API and by the version from which on they hold.
type Ranges = BTreeMap<(u16, Version), String>;

/// Tables `LIBRARIES`, `RANGES`, `SINCE`, `QUIRKS`, `EMBEDS`, `LOOKED` and `RAN`.
pub(crate) fn tables(folder: &Path, facts: &[Facts]) -> String {
    ranges(&Rows::read(folder, "ranges.csv"), facts)
        + &quirks(&Rows::read(folder, "quirks.csv"))
        + &ran(&Rows::read(folder, "ran.csv"))
        + &embeds(&Rows::read(folder, "embeds.csv"))
        + &looked(&Rows::read(folder, "looked.csv"))
}

fn ranges(rows: &Rows, facts: &[Facts]) -> String {
    let newest = facts.last().expect("a release");
    let key = |name: &str| {
        let api = newest.apis.iter().find(|api| api.name == name);
        api.map_or_else(|| panic!("{}: no API is called `{name}`", rows.file), |api| api.key)
    };
    let mut libraries: BTreeMap<(&str, &str), Ranges> = BTreeMap::new();
    let mut versions = BTreeSet::new();
    for [library, variant, api, since, min, max, chooses, _, _] in rows.dated() {
        let range: (i8, i8) = (number(min), number(max));
        assert!(range.0 <= range.1, "{}: {library} {since} {api} is empty", rows.file);
        let chooses = match chooses {
            "negotiates" => "Negotiates",
            "fixed" => "Fixed",
            "configured" => "Configured",
            other => panic!("{}: `{other}` is no way to choose", rows.file),
        };
        versions.insert(version(since));
        let row = format!("min: {}, max: {}, chooses: Chooses::{chooses}", range.0, range.1);
        let before = libraries.entry((library, variant)).or_default().insert((key(api), version(since)), row);
        assert!(before.is_none(), "{}: {library} {since} {api} is there twice", rows.file);
    }
    let versions: Vec<Version> = versions.into_iter().collect();
    let (mut heads, mut packed) = (Vec::new(), Vec::new());
    for ((library, variant), ranges) in libraries {
        let first = packed.len();
        for ((api, since), row) in ranges {
            let since = versions.binary_search(&since).expect("it was put in");
            packed.push(format!("RangeRow {{ api: {api}, {row}, since: {since} }}"));
        }
        heads.push(format!("({library:?}, {variant:?}, {first}, {})", packed.len()));
    }
    let versions: Vec<String> = versions.iter().map(|one| format!("Version({one:?})")).collect();
    declare("LIBRARIES", "(&str, &str, u16, u16)", &heads)
        + &declare("RANGES", "RangeRow", &packed)
        + &declare("SINCE", "Version", &versions)
}

fn quirks(rows: &Rows) -> String {
    let lines = rows.dated().map(
        |[library, variant, since, until, broker_from, broker_until, operation, verdict, because, _, _]| {
            let end = |text: &str| if text.is_empty() { [u16::MAX; 3] } else { version(text) };
            let start = if broker_from.is_empty() { [0; 3] } else { version(broker_from) };
            let verdict = match verdict {
                "lacks" => "Lacks",
                "refused" => "Refused",
                "note" => "Note",
                other => panic!("{}: `{other}` is no verdict", rows.file),
            };
            format!(
                "Quirk {{ library: {library:?}, variant: {variant:?}, since: Version({:?}), until: Version({:?}), brokers: (Version({start:?}), Version({:?})), operation: {operation:?}, kind: QuirkKind::{verdict}, because: {because:?} }}",
                version(since), end(until), end(broker_until)
            )
        },
    );
    declare("QUIRKS", "Quirk", &lines.collect::<Vec<_>>())
}

fn ran(rows: &Rows) -> String {
    let lines = rows.fields().map(|[library, variant, versions, brokers, date]| {
        let list = |text: &str| text.split(' ').map(|one| format!("Version({:?}), ", version(one))).collect::<String>();
        format!(
            "Ran {{ library: {library:?}, variant: {variant:?}, versions: &[{}], brokers: &[{}], date: {date:?} }}",
            list(versions),
            list(brokers)
        )
    });
    declare("RAN", "Ran", &lines.collect::<Vec<_>>())
}

fn embeds(rows: &Rows) -> String {
    let mut lines: Vec<(&str, Version, String)> = Vec::new();
    for [product, since, library, of, _, _] in rows.dated() {
        let inside = match of {
            "same" => "Inside::Same".to_owned(),
            "unknown" => "Inside::Unknown".to_owned(),
            of => format!("Inside::Version({of:?})"),
        };
        let at = version(since);
        let row = format!(
            "EmbedRow {{ product: {product:?}, since: Version({at:?}), library: {library:?}, inside: {inside} }}"
        );
        lines.push((product, at, row));
    }
    lines.sort();
    declare("EMBEDS", "EmbedRow", &lines.into_iter().map(|(_, _, row)| row).collect::<Vec<_>>())
}

fn looked(rows: &Rows) -> String {
    let lines = rows.dated().map(|[name, since, until, _, _]| {
        let (since, until) = (version(since), version(until));
        assert!(since <= until, "{}: {name} ends before it begins", rows.file);
        format!("({name:?}, Version({since:?}), Version({until:?}))")
    });
    declare("LOOKED", "(&str, Version, Version)", &lines.collect::<Vec<_>>())
}

fn version(text: &str) -> Version {
    let mut version = [0; 3];
    for (at, part) in text.split('.').take(3).enumerate() {
        version[at] = part.parse().unwrap_or_else(|_| panic!("`{text}` is no version"));
    }
    version
}

fn number(text: &str) -> i8 {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is no API version"))
}
