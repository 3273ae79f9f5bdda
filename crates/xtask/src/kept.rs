//! What a long step made of the same input before, kept under `target/kept`.
//!
//! What is *not* here: which programs and options are part of the input; each caller names all of them. Invariant: what is
//! taken was made of the very same parts, and is whole.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// One output and the parts that it is made of.
pub struct Kept {
    file: PathBuf,
    key: [u8; 32],
}

impl Kept {
    /// The output called `name`, if it is made of these parts: input, versions, options. One of other parts takes its place.
    #[must_use]
    pub fn new(name: &str, parts: &[&[u8]]) -> Self {
        Self::within(&crate::root().join("target").join("kept"), name, parts)
    }

    fn within(folder: &Path, name: &str, parts: &[&[u8]]) -> Self {
        Self { file: folder.join(name), key: key(parts) }
    }

    /// What is kept, or what `make` makes, which is kept from now on.
    pub fn or_make(&self, make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
        if let Some(output) = self.taken() {
            return Ok(output);
        }
        let output = make()?;
        let folder = self.file.parent().context("a file in no folder")?;
        fs::create_dir_all(folder)?;
        // Whoever reads meanwhile has the old one or the new one.
        let written = folder.join(format!("{}-of-{}", self.name(), std::process::id()));
        fs::write(&written, [&self.key[..], &key(&[&output]), &output].concat())?;
        fs::rename(&written, &self.file)?;
        Ok(output)
    }

    /// The output, unless its parts were others or the file was damaged.
    fn taken(&self) -> Option<Vec<u8>> {
        let kept = fs::read(&self.file).ok()?;
        let (made_of, rest) = kept.split_first_chunk::<32>()?;
        let (sum, output) = rest.split_first_chunk::<32>()?;
        (*made_of == self.key && *sum == key(&[output])).then(|| output.to_vec())
    }

    fn name(&self) -> String {
        self.file.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// A hash of parts, each after its length: what moves from one part to the next is something else.
fn key(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        std::env::temp_dir().join(format!("kept-{name}-{}", std::process::id()))
    }

    #[test]
    fn only_the_same_parts_in_the_same_order_have_the_same_key() {
        let same: &[&[u8]] = &[b"module", b"-Oz", b"version 132"];
        assert_eq!(key(same), key(&[b"module", b"-Oz", b"version 132"]));
        let others: &[&[&[u8]]] = &[
            &[b"module2", b"-Oz", b"version 132"],
            &[b"module", b"-O3", b"version 132"],
            &[b"module", b"-Oz", b"version 133"],
            &[b"-Oz", b"module", b"version 132"],
            &[b"module-", b"Oz", b"version 132"],
            &[b"module", b"-Oz", b"version 132", b""],
            &[b"module", b"-Oz"],
        ];
        for other in others {
            assert_ne!(key(same), key(other), "{other:?}");
        }
    }

    #[test]
    fn an_output_is_made_once_and_again_when_a_part_changed() {
        let folder = folder("once");
        let made = |part: &str, output: &str| {
            let kept = Kept::within(&folder, "a", &[part.as_bytes()]);
            String::from_utf8(kept.or_make(|| Ok(output.into())).unwrap()).unwrap()
        };
        assert_eq!(made("one", "first"), "first");
        assert_eq!(made("one", "second"), "first");
        assert_eq!(made("two", "third"), "third");
        assert_eq!(made("one", "fourth"), "fourth");
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_damaged_output_is_made_again_and_a_failure_keeps_nothing() {
        let folder = folder("damaged");
        let kept = Kept::within(&folder, "a", &[b"one"]);
        assert!(kept.or_make(|| anyhow::bail!("no")).is_err());
        assert_eq!(kept.or_make(|| Ok(b"whole".into())).unwrap(), b"whole");
        let bytes = fs::read(folder.join("a")).unwrap();
        fs::write(folder.join("a"), &bytes[..bytes.len() - 1]).unwrap();
        assert_eq!(kept.or_make(|| Ok(b"again".into())).unwrap(), b"again");
        fs::remove_dir_all(folder).unwrap();
    }
}
