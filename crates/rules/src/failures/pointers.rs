//! What a failure points at among everything that was pasted: settings, options, versions of clients, Java, images.
//!
//! A folder of logs holds as many failures as files, so that names are looked up in [`Mentions`], gathered for the first.

use kafka_upgrade_catalog::clients::ProductKind;
use kafka_upgrade_document::{LineIndex, Units};
use kafka_upgrade_report::Pointer;
use kafka_upgrade_sorted::Sorted as _;

use crate::mentions::{Entry, Mentions, What};
use crate::place::Location;
use crate::upgrade::Upgrade;

/// Names of what is no setting, class or option.
pub(super) const CLIENTS: &str = "clients";
pub(super) const JAVA: &str = "java";
pub(super) const BROKERS: &str = "brokers";

/// Places that one failure points at; more would be read by nobody.
const MAX_POINTERS: usize = 6;

/// Letters of a dotted name from which on it is looked for in the values of settings as well: a class, no host.
const MIN_CLASS: usize = 13;

/// The places of the other files, in their order.
pub(super) fn of(points: &[String], case: &Upgrade<'_>, units: Units) -> Vec<Pointer> {
    let mut found: Vec<(Location, String)> = Vec::new();
    for name in points.iter().filter(|name| !name.is_empty()) {
        let entries = case.mentions.entries(case);
        let hash = hash(name);
        let from = entries.partition_point(|entry| entry.name < hash);
        let of_name = entries.iter().skip(from).take_while(|entry| entry.name == hash);
        // Files are sorted by path, so after enough places the rest can be skipped.
        let (begin, mut file) = (found.len(), 0);
        for entry in of_name {
            if entry.file != file && found.len() - begin >= MAX_POINTERS {
                break;
            }
            file = entry.file;
            // A value may name its class twice.
            found.extend(entry.place(name, case).filter(|place| found.last() != Some(place)));
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

impl Mentions {
    fn entries(&self, case: &Upgrade<'_>) -> &[Entry] {
        self.0.get_or_init(|| {
            let mut entries = Vec::new();
            for (file, read) in case.files.iter().enumerate() {
                let settings = read.document.settings.iter().enumerate();
                for (at, setting) in settings.filter(|(_, setting)| setting.effective) {
                    let what = What::Setting(at);
                    let names = std::iter::once(setting.key.as_str()).chain(classes(&setting.value));
                    entries.extend(names.map(|name| Entry { name: hash(name), file, what }));
                }
                for (at, usage) in read.document.usages.iter().enumerate() {
                    let what = What::Usage(at);
                    let option = usage.name.rsplit_once(' ').map(|(_, option)| option);
                    let names = std::iter::once(usage.name.as_str()).chain(option);
                    entries.extend(names.map(|name| Entry { name: hash(name), file, what }));
                    if let Some(member) = &usage.member {
                        let name = hash_of(&[&member.class, "#", &member.name]);
                        entries.push(Entry { name, file, what });
                    }
                }
            }
            for (at, item) in case.inventory.items.iter().enumerate() {
                let name = match item.product.map(|product| product.kind) {
                    Some(ProductKind::Client | ProductKind::Streams) => CLIENTS,
                    Some(ProductKind::Java) => JAVA,
                    Some(ProductKind::Broker | ProductKind::Distribution) => BROKERS,
                    _ => continue,
                };
                let Some(file) = item.place.file else { continue };
                entries.push(Entry { name: hash(name), file, what: What::Item(at) });
            }
            entries.order_by_key(|entry| (entry.name, entry.file));
            entries
        })
    }
}

impl Entry {
    /// Where it is and what stands there, if it is of that name and not only of its hash.
    fn place(&self, name: &str, case: &Upgrade<'_>) -> Option<(Location, String)> {
        let document = &case.files.get(self.file)?.document;
        let is_kind = matches!(name, CLIENTS | JAVA | BROKERS);
        match self.what {
            What::Setting(at) if !is_kind => {
                let setting = document.settings.get(at)?;
                let is_it = setting.key == name || classes(&setting.value).any(|class| class == name);
                is_it.then(|| (Location::span(self.file, setting.key_span), setting.key.clone()))
            }
            What::Usage(at) if !is_kind => {
                let usage = document.usages.get(at)?;
                let is_it = usage.name == name
                    || usage.member.as_ref().is_some_and(|member| member.has_name(name))
                    || usage.name.rsplit_once(' ').is_some_and(|(_, option)| option == name);
                is_it.then(|| (Location::span(self.file, usage.span), usage.name.clone()))
            }
            What::Item(at) if is_kind => {
                let item = case.inventory.items.get(at)?;
                Some((item.place, format!("{} {}", item.name, item.version)))
            }
            _ => None,
        }
    }
}

/// Words of a value that may be class names; for a nested class also the class around it.
fn classes(value: &str) -> impl Iterator<Item = &str> {
    let is_name = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '.' | '_' | '$' | '-');
    let words = value.split(move |sign| !is_name(sign)).filter(|word| word.contains('.'));
    let words = words.flat_map(|word| {
        let outer = word.split_once('$').map(|(outer, _)| outer);
        std::iter::once(word).chain(outer)
    });
    words.filter(|word| word.len() >= MIN_CLASS)
}

fn hash(name: &str) -> u32 {
    hash_of(&[name])
}

/// FNV-1a over the parts as one text.
fn hash_of(parts: &[&str]) -> u32 {
    let bytes = parts.iter().flat_map(|part| part.bytes());
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
