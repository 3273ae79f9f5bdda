//! Replacing a file whole: a failure leaves what was there.
//!
//! The new text goes into a file beside the old one, is flushed to the disk and takes its name. Invariant: at no moment
//! is there a file of that name with half a text in it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Gives a file another content, with the mode and, where that is allowed, the owner that it has. A link stays a link,
/// and what it leads to is replaced.
///
/// # Errors
///
/// What was there is untouched: it may not be written, has changed since it was read, has a second name (which would
/// keep the old text), or cannot be replaced where it is.
pub(crate) fn replace(path: &Path, read: &[u8], bytes: &[u8]) -> io::Result<()> {
    let file = fs::canonicalize(path)?;
    let metadata = fs::metadata(&file)?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is no file that could be replaced"));
    }
    // A file that may not be written is not to be replaced either, though its folder would allow it.
    drop(OpenOptions::new().write(true).open(&file)?);
    if names(&metadata) > 1 {
        return Err(io::Error::other("it has a second name (a hard link), which would keep the old text"));
    }
    if fs::read(&file)? != read {
        return Err(io::Error::other("it has changed since it was read"));
    }
    let folder = file.parent().ok_or_else(|| io::Error::other("it is in no folder"))?;
    let mut new = tempfile::Builder::new()
        .prefix(".kafka-upgrade-check-")
        .tempfile_in(folder)
        .map_err(|error| at(&error, "no file can be made beside it"))?;
    new.write_all(bytes).map_err(|error| at(&error, "the new text could not be written beside it"))?;
    keep_owner(new.as_file(), &metadata);
    new.as_file().set_permissions(metadata.permissions())?;
    new.as_file().sync_all()?;
    new.persist(&file)
        .map_err(|error| at(&error.error, "it cannot be replaced where it is (is it mounted by itself?)"))?;
    // The new name is durable once the folder is synced. Some file systems cannot do that; then the rest has to be
    // enough.
    let _best_effort = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

fn at(error: &io::Error, what: &str) -> io::Error {
    io::Error::new(error.kind(), format!("{what}: {error}"))
}

#[cfg(unix)]
fn names(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
fn names(_: &fs::Metadata) -> u64 {
    1
}

/// Only root may change the owner of a file; a group that the user belongs to can always be kept.
#[cfg(unix)]
fn keep_owner(file: &File, metadata: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    if fchown(file, Some(metadata.uid()), Some(metadata.gid())).is_err() {
        let _where_allowed = fchown(file, None, Some(metadata.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &fs::Metadata) {}
