//! The shape of `data/releases/<release>.json` and `data/dates.csv`. Unknown members are errors.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::rows::Rows;

/// A release by its three numbers.
pub(crate) type Number = (u8, u8, u8);

/// Everything under `data/`.
pub(crate) struct Releases {
    /// Every release that there is, oldest first, with its date where it is known.
    pub(crate) known: Vec<(Number, Option<String>)>,
    /// The releases that have facts of their own, oldest first.
    pub(crate) facts: Vec<Facts>,
}

/// One file of `data/releases`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Facts {
    pub(crate) release: String,
    pub(crate) date: Option<String>,
    pub(crate) java: BTreeMap<String, u8>,
    pub(crate) scala: Vec<String>,
    pub(crate) artifacts: BTreeMap<String, String>,
    pub(crate) configs: BTreeMap<String, BTreeMap<String, Key>>,
    /// For each component its keys in the order of their definition, as indices into the sorted keys. Empty in
    /// releases imported before this order was recorded.
    #[serde(default)]
    pub(crate) order: BTreeMap<String, Vec<usize>>,
    pub(crate) apis: Vec<Api>,
    pub(crate) metadata_versions: Vec<MetadataVersion>,
    pub(crate) features: Vec<Feature>,
    pub(crate) classes: BTreeMap<String, Class>,
    /// Superclasses and interfaces of public classes that are not public themselves.
    pub(crate) above: BTreeMap<String, Above>,
    /// Every public top-level class by its package: simple names separated by blanks.
    pub(crate) packages: BTreeMap<String, String>,
    #[serde(skip)]
    pub(crate) number: Number,
}

/// A configuration key.
#[derive(Deserialize, Clone, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Key {
    #[serde(rename = "type")]
    pub(crate) value_type: String,
    /// Absent: required. `null`: null.
    #[serde(default, deserialize_with = "present")]
    pub(crate) default: Option<Option<String>>,
    pub(crate) validator: Option<Value>,
    pub(crate) importance: String,
    #[serde(default)]
    pub(crate) deprecated: bool,
    #[serde(default)]
    pub(crate) internal: bool,
    pub(crate) dynamic: Option<String>,
    pub(crate) machine: Option<String>,
}

/// An API of the protocol.
#[derive(Deserialize, Clone, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Api {
    pub(crate) key: u16,
    pub(crate) name: String,
    pub(crate) min: i16,
    pub(crate) max: i16,
    pub(crate) stable_max: i16,
    #[serde(default)]
    pub(crate) listeners: Vec<String>,
}

/// A metadata version, or an inter-broker protocol version where `level` is -1.
#[derive(Deserialize, Clone, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct MetadataVersion {
    pub(crate) level: i16,
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) changed: bool,
    #[serde(default = "yes")]
    pub(crate) production: bool,
    #[serde(default)]
    pub(crate) minimum: bool,
}

/// One level of a feature.
#[derive(Deserialize, Clone, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Feature {
    pub(crate) name: String,
    pub(crate) level: u16,
    pub(crate) bootstrap: String,
    #[serde(default)]
    pub(crate) needs: BTreeMap<String, u16>,
    pub(crate) production: bool,
}

/// A public class.
#[derive(Deserialize, Clone, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Class {
    #[serde(rename = "in")]
    pub(crate) artifact: String,
    pub(crate) kind: String,
    pub(crate) extends: Option<String>,
    #[serde(default)]
    pub(crate) implements: Vec<String>,
    #[serde(default)]
    pub(crate) deprecated: bool,
    #[serde(default)]
    pub(crate) members: Vec<String>,
}

/// A class or interface that public classes inherit members from.
#[derive(Deserialize, Clone, PartialEq)]
#[serde(deny_unknown_fields)]
pub(crate) struct Above {
    pub(crate) extends: Option<String>,
    #[serde(default)]
    pub(crate) implements: Vec<String>,
    #[serde(default)]
    pub(crate) members: Vec<String>,
}

impl Facts {
    /// Supertypes and declared members of a class; `None` where nothing is recorded of it.
    pub(crate) fn shape(&self, name: &str) -> Option<(Vec<&str>, &[String])> {
        let (extends, implements, members) = match (self.classes.get(name), self.above.get(name)) {
            (Some(class), _) => (&class.extends, &class.implements, &class.members),
            (None, Some(above)) => (&above.extends, &above.implements, &above.members),
            (None, None) => return None,
        };
        Some((extends.iter().chain(implements).map(String::as_str).collect(), members))
    }
}

fn present<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(value).map(Some)
}

fn yes() -> bool {
    true
}

/// Three numbers of a release; fails the build with `file` where there are not three.
pub(crate) fn number(text: &str, file: &Path) -> Number {
    let numbers: Vec<u8> = text.split('.').filter_map(|part| part.parse().ok()).collect();
    match numbers[..] {
        [major, minor, patch] => (major, minor, patch),
        _ => panic!("{}: `{text}` is not a release number", file.display()),
    }
}

/// Reads every file under `folder`.
pub(crate) fn read(folder: &Path) -> Releases {
    let releases = folder.join("releases");
    let mut facts: Vec<Facts> = fs::read_dir(&releases)
        .unwrap_or_else(|error| panic!("{}: {error}; run `cargo xtask import-kafka`", releases.display()))
        .map(|entry| file(&entry.expect("the folder is readable").path()))
        .collect();
    assert!(!facts.is_empty(), "{} is empty; run `cargo xtask import-kafka`", releases.display());
    facts.sort_by_key(|facts| facts.number);

    let dates = Rows::read(folder, "dates.csv");
    let mut known: BTreeMap<Number, Option<String>> =
        facts.iter().map(|facts| (facts.number, facts.date.clone())).collect();
    for [release, date] in dates.fields() {
        known.insert(number(release, Path::new(&dates.file)), Some(date.to_owned()));
    }
    Releases { known: known.into_iter().collect(), facts }
}

fn file(path: &Path) -> Facts {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut facts: Facts =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    facts.number = number(&facts.release, path);
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    assert_eq!(stem, facts.release, "{}: file name and release differ", path.display());
    facts
}
