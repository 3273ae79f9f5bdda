//! The shape of `failures/<id>.toml`, and the table that `build.rs` makes of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use kafka_upgrade_catalog::Release;
use serde::Deserialize;

use super::entries;
use super::schema::{Reference, Severity};

/// One file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FailureFile {
    /// Templates of the lines that report it; one of them fits. None where the explanation is computed.
    #[serde(default)]
    pub(crate) lines: Vec<String>,
    /// Whether code writes the finding: the texts here are those of `explain` and of the reference.
    #[serde(default)]
    pub(crate) computed: bool,
    /// Words of which the text has one, anywhere.
    #[serde(default)]
    pub(crate) near: Vec<String>,
    /// It only says that something else failed, so any other explanation is preferred.
    #[serde(default)]
    pub(crate) weak: bool,
    /// It says even less: that a program stopped.
    #[serde(default)]
    pub(crate) headline: bool,
    /// It goes away by itself in a healthy cluster, so a mere warning of it in a log is only an info.
    #[serde(default)]
    pub(crate) passes: bool,
    /// What it points at beside its subject.
    #[serde(default)]
    pub(crate) points: Vec<String>,
    /// What else to paste.
    #[serde(default)]
    pub(crate) ask: String,
    pub(crate) severity: Severity,
    /// The release that brought it.
    pub(crate) since: Option<String>,
    /// The first release that no longer has it.
    pub(crate) until: Option<String>,
    pub(crate) subject: String,
    pub(crate) message: String,
    pub(crate) why: String,
    #[serde(rename = "do")]
    pub(crate) action: String,
    #[serde(default)]
    pub(crate) references: Vec<Reference>,
    /// Texts that it explains.
    pub(crate) example: Vec<String>,
}

/// Reads every file and writes them as one static table sorted by id; stops with the file named at the first that is
/// wrong.
pub(crate) fn table(folder: &Path) -> String {
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut failures = BTreeMap::new();
    for file in entries(folder) {
        println!("cargo::rerun-if-changed={}", file.display());
        let shown = file.display();
        let stem = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let failure: FailureFile = toml::from_str(&fs::read_to_string(&file).unwrap())
            .unwrap_or_else(|error| panic!("{shown}: {error}"));
        assert!(
            failure.lines.is_empty() == failure.computed,
            "{shown}: lines are those of what is not computed"
        );
        assert!(!failure.example.is_empty(), "{shown}: no example");
        assert!(failure.weak || !failure.headline, "{shown}: a headline is weak");
        for line in &failure.lines {
            // A hole at the beginning would take any line, and short literals would be in too many.
            let literal: usize =
                line.split('{').map(|part| part.split_once('}').map_or(part, |(_, text)| text).len()).sum();
            assert!(!line.starts_with('{') && literal >= 10, "{shown}: {line:?} fits to too much");
        }
        failures.insert(stem, failure);
    }
    let mut source = String::from("pub(super) static FAILURES: &[Failure] = &[\n");
    for (id, failure) in &failures {
        let severity = format!("{:?}", failure.severity);
        let written = |release: Option<&String>| {
            release.map_or_else(
                || "None".to_owned(),
                |text| {
                    let release: Release =
                        text.parse().unwrap_or_else(|_| panic!("{id}: {text} is no release"));
                    format!("Some(Release::new({}, {}, {}))", release.major, release.minor, release.patch)
                },
            )
        };
        let (since, until) = (written(failure.since.as_ref()), written(failure.until.as_ref()));
        let references: Vec<_> = failure.references.iter().map(|one| (&one.title, &one.url)).collect();
        writeln!(
            source,
            "Failure {{ id: {id:?}, lines: &{:?}, near: &{:?}, weak: {:?}, headline: {:?}, passes: {:?}, points: &{:?}, ask: {:?}, severity: Severity::{severity}, since: {since}, until: {until}, subject: {:?}, \
             message: {:?}, why: {:?}, action: {:?}, references: &{references:?}, examples: &{:?} }},",
            failure.lines, failure.near, failure.weak, failure.headline, failure.passes, failure.points, failure.ask, failure.subject, failure.message, failure.why, failure.action, failure.example,
        )
        .unwrap();
    }
    source.push_str("];\n");
    source.push_str(&anchors(&failures));
    source.push_str(&codes(&failures, &folder.with_file_name("errors.txt")));
    source
}

/// The errors of Kafka's protocol, from lines of code, name and failure: sorted by the name as every client may write it.
fn codes(failures: &BTreeMap<String, FailureFile>, file: &Path) -> String {
    println!("cargo::rerun-if-changed={}", file.display());
    let mut codes = Vec::new();
    for line in fs::read_to_string(file).unwrap().lines() {
        let [code, name, failure] = *line.split(' ').collect::<Vec<_>>() else {
            panic!("{line:?} is not code, name and failure")
        };
        let at = failures.keys().position(|id| id == failure);
        let at = at.unwrap_or_else(|| panic!("{line:?}: no such failure"));
        codes.push((name.replace('_', "").to_ascii_lowercase(), code.parse::<i16>().unwrap(), at));
    }
    codes.sort();
    format!("pub(super) static CODES: &[(&str, i16, u16)] = &{codes:?};\n")
}

/// The index of the templates: of each the three bytes of its first literal that fewest others have, where in it they
/// are, and which template of which failure it is; sorted by the bytes, as one number.
fn anchors(failures: &BTreeMap<String, FailureFile>) -> String {
    let firsts = || {
        failures.values().flat_map(|one| &one.lines).map(|line| line.split('{').next().unwrap_or_default())
    };
    let mut known: BTreeMap<&[u8], usize> = BTreeMap::new();
    for window in firsts().flat_map(|first| first.as_bytes().windows(3)) {
        *known.entry(window).or_default() += 1;
    }
    let mut index = Vec::new();
    for (at, failure) in failures.values().enumerate() {
        for (line, template) in failure.lines.iter().enumerate() {
            let first = template.split('{').next().unwrap_or_default();
            // The colon may be missing.
            let windows = first.trim_end_matches(": ").as_bytes().windows(3).enumerate();
            let (offset, anchor) = windows
                .min_by_key(|(_, window)| known.get(window).copied().unwrap_or_default())
                .unwrap_or_else(|| panic!("{template:?} begins with too little"));
            index.push((anchor, offset, at, line));
        }
    }
    index.sort_unstable();
    let mut source = String::from("pub(super) static INDEX: &[(u32, u8, u16, u8)] = &[\n");
    for (anchor, offset, at, line) in &index {
        let number = anchor.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte));
        writeln!(source, "({number}, {offset}, {at}, {line}),").unwrap();
    }
    let mut anchors: Vec<_> = index.iter().map(|(anchor, ..)| anchor).collect();
    anchors.dedup();
    writeln!(source, "];\npub(super) const ANCHORS: Anchors = Anchors::listed(&{anchors:?});").unwrap();
    source
}
