//! Formats with one entry for each place of a finding, as build servers and spreadsheets want it.
//!
//! Shared here: the entries, and fingerprints that stay when lines move.

pub(crate) mod csv;
pub(crate) mod github;
pub(crate) mod gitlab;
pub(crate) mod junit;
pub(crate) mod sarif;

use std::collections::BTreeMap;

use crate::{Finding, Report, Spot};

/// A finding at one of its places.
pub(crate) struct Entry<'a> {
    pub(crate) finding: &'a Finding,
    pub(crate) spot: Spot<'a>,
    /// The same in every report for this rule, subject and file, even if the line moves; 16 hexadecimal digits.
    pub(crate) fingerprint: String,
}

/// Every place of every finding, in the order of the report.
pub(crate) fn entries(report: &Report) -> Vec<Entry<'_>> {
    let mut seen: BTreeMap<(&str, &str, Option<&str>), u32> = BTreeMap::new();
    let spots = report.findings.iter().flat_map(|finding| finding.spots().map(move |spot| (finding, spot)));
    let entries = spots.map(|(finding, spot)| {
        let same = seen.entry((spot.rule, spot.subject, spot.path)).or_default();
        *same += 1;
        let path = spot.path.map(in_repository).unwrap_or_default();
        let fingerprint = fingerprint(&[spot.rule, spot.subject, path], *same);
        Entry { finding, spot, fingerprint }
    });
    entries.collect()
}

impl Entry<'_> {
    /// What happens, and what to do.
    pub(crate) fn text(&self) -> String {
        let Self { finding, spot, .. } = self;
        if finding.action.is_empty() {
            spot.message.to_owned()
        } else {
            format!("{} {}", spot.message, finding.action)
        }
    }
}

/// A path as repositories have it, however the folder was named that it was found in.
pub(crate) fn in_repository(path: &str) -> &str {
    path.trim_start_matches("./")
}

/// FNV-1a over the parts, each followed by a zero byte, and the number.
fn fingerprint(parts: &[&str], number: u32) -> String {
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0])).chain(number.to_le_bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    format!("{hash:016x}")
}

/// A path as the path of a URI: percent-encoded, except for separators.
pub(crate) fn uri(path: &str) -> String {
    let path = in_repository(path);
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'\\' => uri.push('/'),
            byte if byte.is_ascii_alphanumeric() || b"-._~/!$&'()*+,;=@".contains(&byte) => {
                uri.push(char::from(byte));
            }
            byte => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    if uri.starts_with('/') { format!("file://{uri}") } else { uri }
}
