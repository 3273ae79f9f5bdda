//! Walking a folder: which of its files are read, and a count of what is not.
//!
//! `.gitignore`s inside of the folder hold, those above it and the user's own do not; hidden files are read. Folders of
//! what was built or brought in stay aside. A link is followed where it leads to something inside the folder, and never
//! out of it. Invariant: each file is found once, whatever names lead to it; pipes, sockets and devices are never opened.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ignore::gitignore::Gitignore;
use kafka_upgrade_input::intake::folder::{Why, is_aside};

/// What a folder holds.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    /// Files, by the name under which they are found, each with the name that has no link in it.
    pub(crate) files: BTreeMap<PathBuf, PathBuf>,
    /// What could not be looked at.
    pub(crate) failed: Vec<(PathBuf, io::Error)>,
    /// How much was left out, and why.
    pub(crate) left_out: BTreeMap<Why, u32>,
}

/// All files below a folder. With `everything`, nothing that is inside is left out but version control.
pub(crate) fn walk(folder: &Path, everything: bool) -> Walked {
    let mut walk = Walk { root: fs::canonicalize(folder).ok(), everything, ..Walk::default() };
    walk.links.push(folder.to_owned());
    // Links are followed last, since most of what they lead to is found under its own name.
    while let Some(next) = walk.links.pop() {
        walk.enter(next);
    }
    walk.walked
}

#[derive(Default)]
struct Walk {
    /// The folder without any link in its path.
    root: Option<PathBuf>,
    everything: bool,
    /// Files and folders that were found, each without any link in its path.
    seen: BTreeSet<PathBuf>,
    /// Folders and files that a link leads to, still to be looked at.
    links: Vec<PathBuf>,
    walked: Walked,
}

/// A folder that is still to be looked at.
struct Folder {
    path: PathBuf,
    /// Its name without any link in it.
    own: PathBuf,
    /// The rules of the folders above it.
    rules: Vec<Gitignore>,
}

impl Walk {
    /// A folder and what is below it, or a file.
    fn enter(&mut self, start: PathBuf) {
        let own = one_name(&start);
        let mut folders = vec![Folder { path: start, own, rules: Vec::new() }];
        while let Some(next) = folders.pop() {
            match fs::metadata(&next.path) {
                Err(error) => self.fail(next.path, error),
                Ok(metadata) if metadata.is_dir() => self.folder(next, &mut folders),
                Ok(metadata) => self.file(next.path, next.own, metadata.is_file()),
            }
        }
    }

    fn folder(&mut self, folder: Folder, folders: &mut Vec<Folder>) {
        let Folder { path, own: name, mut rules } = folder;
        // A link may lead back to where it stands.
        if !self.seen.insert(name.clone()) {
            return;
        }
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(error) => return self.fail(path, error),
        };
        let own = path.join(".gitignore");
        if !self.everything && fs::metadata(&own).is_ok_and(|file| file.is_file()) {
            // As in git, invalid lines of a `.gitignore` are ignored.
            rules.push(Gitignore::new(own).0);
        }
        let mut found = Vec::new();
        for entry in entries {
            match entry.and_then(|entry| Ok((entry.path(), entry.file_type()?))) {
                Ok(entry) => found.push(entry),
                Err(error) => self.fail(path.clone(), error),
            }
        }
        // File systems list a folder in any order.
        found.sort_by(|(one, _), (other, _)| one.cmp(other));
        for (entry, kind) in found {
            let is_link = kind.is_symlink();
            let is_folder =
                if is_link { fs::metadata(&entry).is_ok_and(|to| to.is_dir()) } else { kind.is_dir() };
            if is_folder && self.stays_aside(&entry) {
                self.leave_out(Why::Aside);
            } else if is_ignored(&rules, &entry, is_folder) {
                self.leave_out(Why::Ignored);
            } else if is_link {
                self.link(entry);
            } else if is_folder {
                let own = below(&name, &entry);
                folders.push(Folder { path: entry, own, rules: rules.clone() });
            } else {
                let own = below(&name, &entry);
                self.file(entry, own, kind.is_file());
            }
        }
    }

    fn stays_aside(&self, folder: &Path) -> bool {
        is_aside(&folder.file_name().unwrap_or_default().to_string_lossy(), self.everything)
    }

    fn link(&mut self, path: PathBuf) {
        match (fs::canonicalize(&path), &self.root) {
            (Err(error), _) => self.fail(path, error),
            (Ok(target), Some(root)) if target.starts_with(root) => self.links.push(path),
            (Ok(_), _) => self.leave_out(Why::Outside),
        }
    }

    fn file(&mut self, path: PathBuf, own: PathBuf, is_file: bool) {
        if !is_file {
            self.leave_out(Why::Special);
        } else if self.seen.insert(own.clone()) {
            self.walked.files.insert(path, own);
        }
    }

    fn leave_out(&mut self, why: Why) {
        *self.walked.left_out.entry(why).or_default() += 1;
    }

    fn fail(&mut self, path: PathBuf, error: io::Error) {
        self.walked.failed.push((path, error));
    }
}

/// A file's name without any link in it, so that each file is read once.
pub(crate) fn one_name(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// The same of what is in a folder and no link: asking for it would take as long as reading a small file.
fn below(folder: &Path, entry: &Path) -> PathBuf {
    folder.join(entry.file_name().unwrap_or_default())
}

/// The nearest `.gitignore` with a matching rule decides.
fn is_ignored(rules: &[Gitignore], path: &Path, is_folder: bool) -> bool {
    let mut said = rules.iter().rev().map(|rules| rules.matched(path, is_folder));
    said.find(|one| !one.is_none()).is_some_and(|one| one.is_ignore())
}
