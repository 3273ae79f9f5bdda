//! How many bytes the page is, file by file.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use flate2::Compression;
use flate2::write::GzEncoder;
use xtask::kept::Kept;

/// Bytes of one file: as it lies there, and as servers send it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// As it is.
    pub raw: usize,
    /// Brotli at its best quality.
    pub brotli: usize,
    /// gzip at its best level.
    pub gzip: usize,
}

impl Size {
    /// Measures one content.
    pub fn of(bytes: &[u8]) -> Result<Self> {
        let mut brotli = Vec::new();
        let quality = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 24, ..Default::default() };
        brotli::BrotliCompress(&mut &*bytes, &mut brotli, &quality)?;
        let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
        gzip.write_all(bytes)?;
        Ok(Self { raw: bytes.len(), brotli: brotli.len(), gzip: gzip.finish()?.len() })
    }
}

/// Measured as before where neither the bytes nor what measures them changed: the best quality takes seconds.
fn measured(name: &str, bytes: &[u8]) -> Result<Size> {
    let parts = [include_bytes!("size.rs").as_slice(), include_bytes!("../../Cargo.lock"), bytes];
    let kept = Kept::new(&format!("size-of-{name}"), &parts);
    let written = kept.or_make(|| {
        let Size { raw, brotli, gzip } = Size::of(bytes)?;
        Ok(serde_json::to_vec(&[raw, brotli, gzip])?)
    })?;
    let [raw, brotli, gzip] = serde_json::from_slice(&written)?;
    Ok(Size { raw, brotli, gzip })
}

/// Every file of a folder, by its name without Trunk's hash. `total` is their sum; `shell` the sum of those loaded
/// before the core and its worker, with the shell's part of the module counted as if it were a file of its own.
pub fn measure(folder: &Path) -> Result<BTreeMap<String, Size>> {
    let mut sizes = BTreeMap::new();
    let (mut total, mut shell) = (Size::default(), Size::default());
    let add = |sum: &mut Size, size: Size| {
        sum.raw += size.raw;
        sum.brotli += size.brotli;
        sum.gzip += size.gzip;
    };
    let entries = fs::read_dir(folder).with_context(|| format!("{} is not there", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if !path.is_file() {
            continue;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        // The page once more, as one file: nobody who opens the site loads it.
        if name.starts_with(xtask::single::NAME) {
            continue;
        }
        let bytes = fs::read(&path)?;
        let plain = without_hash(&name);
        let size = measured(&plain, &bytes)?;
        add(&mut total, size);
        match xtask::bundle::modules(&bytes).filter(|_| name.ends_with(".wasm")) {
            Some((module, _)) => add(&mut shell, measured("shell", module)?),
            None if name.starts_with("worker") => {}
            None => add(&mut shell, size),
        }
        sizes.insert(plain, size);
    }
    sizes.insert("shell".to_owned(), shell);
    sizes.insert("total".to_owned(), total);
    Ok(sizes)
}

/// The sizes as docs/measured/size.txt has them.
#[must_use]
pub fn table(sizes: &BTreeMap<String, Size>) -> String {
    let mut text = String::from(
        "# Bytes of the page, file by file. `cargo xtask size` writes this; the change is looked at.\n",
    );
    text += &format!("{:<32}{:>10}{:>10}{:>10}\n", "file", "raw", "brotli", "gzip");
    let is_file = |name: &str| !["shell", "total"].contains(&name);
    let (files, total): (Vec<_>, Vec<_>) = sizes.iter().partition(|(name, _)| is_file(name));
    for (name, size) in files.into_iter().chain(total) {
        text += &format!("{name:<32}{:>10}{:>10}{:>10}\n", size.raw, size.brotli, size.gzip);
    }
    text
}

/// Reads the brotli size of the whole page from a table.
#[must_use]
pub fn total_brotli(table: &str) -> Option<usize> {
    let line = table.lines().find(|line| line.starts_with("total "))?;
    line.split_whitespace().nth(2)?.parse().ok()
}

/// Compilers of one version differ by less than this from machine to machine.
const NOISE_BYTES: usize = 2_000;

/// How much larger the second table's page is than the first one's, where that is more than noise.
#[must_use]
pub fn growth(written: &str, measured: &str) -> Option<String> {
    let (written, measured) = (total_brotli(written)?, total_brotli(measured)?);
    (measured > written + NOISE_BYTES).then(|| format!("from {written} to {measured} bytes (brotli)"))
}

fn without_hash(name: &str) -> String {
    let is_hash = |part: &str| part.len() >= 12 && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let parts = name.split('-').map(|part| {
        let end = part.find(['.', '_']).unwrap_or(part.len());
        part.split_at(end)
    });
    let mut kept = String::new();
    for (stem, rest) in parts {
        if !is_hash(stem) {
            if !kept.is_empty() {
                kept.push('-');
            }
            kept += stem;
        }
        kept += rest;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_grown_when_it_is_larger_by_more_than_noise() {
        let table =
            |brotli: usize| table(&BTreeMap::from([("total".to_owned(), Size { raw: 9, brotli, gzip: 9 })]));
        assert_eq!(growth(&table(880_000), &table(881_999)), None);
        assert_eq!(growth(&table(880_000), &table(700_000)), None);
        let grown = growth(&table(880_000), &table(882_001));
        assert_eq!(grown.as_deref(), Some("from 880000 to 882001 bytes (brotli)"));
    }

    #[test]
    fn the_hash_that_trunk_adds_is_no_part_of_a_files_name() {
        assert_eq!(without_hash("kafka-upgrade-web-859803d917e69cd_bg.wasm"), "kafka-upgrade-web_bg.wasm");
        assert_eq!(without_hash("style-0123456789abcdef.css"), "style.css");
        assert_eq!(without_hash("index.html"), "index.html");
    }

    #[test]
    fn a_table_keeps_its_total() {
        let size = Size::of("a line that is repeated\n".repeat(100).as_bytes()).unwrap();
        assert!(size.brotli < size.gzip && size.gzip < size.raw);
        let table = table(&BTreeMap::from([("a.js".to_owned(), size), ("total".to_owned(), size)]));
        assert_eq!(total_brotli(&table), Some(size.brotli));
        assert_eq!(total_brotli("nothing"), None);
    }
}
