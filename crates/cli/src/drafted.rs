//! Writing the plan's drafts: nothing is overwritten, nothing leaves the folder, and no draft is easier to read than the
//! file that it comes from.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Component, Path, PathBuf};

use kafka_upgrade_report::{DraftFile, Report};

use crate::inputs::Input;
use crate::output;

/// Writes each draft to its own file; false if any could not be written.
pub(crate) fn write(folder: &Path, report: &Report, inputs: &[Input]) -> bool {
    let plan = &report.plan;
    if plan.drafts.is_empty() {
        let migrates = plan.steps.iter().any(|step| step.id.starts_with("migrate-"));
        output::note(if migrates {
            "the plan drafts no files; its steps say why."
        } else {
            "the plan drafts no files: that takes a broker's file in ZooKeeper mode, and a path to 4.0 or newer."
        });
    }
    let failed = plan.drafts.iter().filter(|draft| {
        let path = folder.join(inside(&draft.path));
        let written = write_one(folder, &path, draft, mode(draft, inputs));
        match &written {
            Ok(()) => {
                let kept = output::kept_secrets(&report.secrets, &draft.text);
                output::note(&format!("{} is written{kept}.", path.display()));
            }
            Err(error) => output::error(&format!("{} was not written: {error}.", path.display())),
        }
        written.is_err()
    });
    failed.count() == 0
}

/// A draft's path without parts that lead out of the folder.
fn inside(path: &str) -> PathBuf {
    Path::new(path).components().filter(|part| matches!(part, Component::Normal(_))).collect()
}

fn write_one(folder: &Path, path: &Path, draft: &DraftFile, mode: u32) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut within = folder.to_owned();
    for part in path.strip_prefix(folder).ok().and_then(Path::parent).into_iter().flat_map(Path::components) {
        within.push(part);
        match fs::symlink_metadata(&within) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => fs::create_dir(&within)?,
            Err(error) => return Err(error),
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err(io::Error::other(format!("{} is a link or a file", within.display()))),
        }
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    restrict(&mut options);
    let mut file = options.open(path)?;
    let done = file
        .write_all(draft.text.as_bytes())
        .and_then(|()| open_up(&file, mode))
        .and_then(|()| file.sync_all());
    if done.is_err() {
        // A half-written draft is removed.
        let _half = fs::remove_file(path);
    }
    done
}

/// Permissions of a draft: the read and write bits of the file that it comes from, and always the owner's; those alone
/// if it comes from no file.
#[cfg(unix)]
fn mode(draft: &DraftFile, inputs: &[Input]) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    const OWNER: u32 = 0o600;
    let source = inputs.iter().find(|input| Some(&input.path) == draft.source.as_ref());
    let metadata = source.and_then(|input| input.file.as_ref()).and_then(|file| fs::metadata(file).ok());
    metadata.map_or(OWNER, |metadata| (metadata.permissions().mode() & 0o666) | OWNER)
}

#[cfg(unix)]
fn restrict(options: &mut OpenOptions) {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
}

#[cfg(unix)]
fn open_up(file: &fs::File, mode: u32) -> io::Result<()> {
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(mode))
}

#[cfg(not(unix))]
fn mode(_: &DraftFile, _: &[Input]) -> u32 {
    0
}

#[cfg(not(unix))]
fn restrict(_: &mut OpenOptions) {}

#[cfg(not(unix))]
fn open_up(_: &fs::File, _: u32) -> io::Result<()> {
    Ok(())
}
