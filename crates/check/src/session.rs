//! Files that come and go, read once each, and judged in slices.
//!
//! Invariant: the report is that of [`crate::check`] over the same files sorted by path, whatever the order in which
//! they were put, and whatever was put, removed or begun in between.

use std::collections::BTreeMap;
use std::rc::Rc;

use kafka_upgrade_catalog::{Component, Platform, Release};
use kafka_upgrade_document::{Encoding, Units};
use kafka_upgrade_report::{Mode, Report};
use kafka_upgrade_rules::{File, Request};

use crate::run::{Parsed, Progress, Run, Stated};

/// What to check the files for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Release that runs now; detected from the files when it is not given.
    pub from: Option<Release>,
    /// Release to get to.
    pub to: Release,
    /// How the cluster keeps its metadata now; detected from the files when it is not given.
    pub mode: Option<Mode>,
    /// How the brokers are run, for the plan; detected from the files when it is not given.
    pub platform: Option<Platform>,
    /// Overrules what all files seem to be.
    pub component: Option<Component>,
    /// What runs, in the reader's own words.
    pub have: Vec<String>,
    /// How columns and offsets of edits are counted.
    pub units: Units,
}

impl Options {
    /// Everything else is detected.
    #[must_use]
    pub const fn to(to: Release) -> Self {
        Self {
            from: None,
            to,
            mode: None,
            platform: None,
            component: None,
            have: Vec::new(),
            units: Units::Characters,
        }
    }
}

/// The result of one call of [`Session::step`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slice {
    /// Number of slices left, as far as is known.
    Left(usize),
    /// Nothing is left to do.
    Done(Rc<Report>),
}

/// A set of files, and how far the check of it is.
pub struct Session {
    options: Options,
    files: BTreeMap<String, Entry>,
    stated: Stated,
    progress: Progress,
    report: Option<Rc<Report>>,
}

/// A file, and what was read from it: `None` until its turn comes.
struct Entry {
    text: String,
    component: Option<Component>,
    encoding: Encoding,
    parsed: Option<Parsed>,
}

impl Entry {
    fn file<'a>(&'a self, path: &'a str) -> File<'a> {
        File { component: self.component, encoding: self.encoding, ..File::new(path, &self.text) }
    }
}

impl Session {
    /// No files yet.
    #[must_use]
    pub fn new(options: Options) -> Self {
        let stated = stated(&options);
        Self { options, files: BTreeMap::new(), stated, progress: Progress::default(), report: None }
    }

    /// Changes what to check for. Files are read again only if a stated component changes.
    pub fn set(&mut self, options: Options) {
        if options == self.options {
            return;
        }
        if options.component != self.options.component {
            self.files.values_mut().for_each(|entry| entry.parsed = None);
        }
        if options.have != self.options.have {
            self.stated = stated(&options);
        }
        self.options = options;
        self.start_over();
    }

    /// Adds a file, or replaces the one of that path. Nothing is judged again where nothing changes.
    pub fn put(&mut self, file: &File<'_>) {
        let File { path, text, component, encoding } = *file;
        let same = self.files.get(path).is_some_and(|entry| {
            entry.text == text && entry.component == component && entry.encoding == encoding
        });
        if same {
            return;
        }
        let entry = Entry { text: text.to_owned(), component, encoding, parsed: None };
        self.files.insert(path.to_owned(), entry);
        self.start_over();
    }

    /// Removes the file of that path, if there is one.
    pub fn remove(&mut self, path: &str) {
        if self.files.remove(path).is_some() {
            self.start_over();
        }
    }

    /// Does one slice: reads one file, or judges all of them against one release.
    pub fn step(&mut self) -> Slice {
        if let Some(report) = &self.report {
            return Slice::Done(Rc::clone(report));
        }
        let component = self.options.component;
        let mut unread = self.files.iter_mut().filter(|(_, entry)| entry.parsed.is_none());
        if let Some((path, entry)) = unread.next() {
            let left = unread.count() + self.progress.left();
            entry.parsed = Some(Parsed::new(&entry.file(path), component));
            return Slice::Left(left);
        }
        let files: Vec<_> = self.files.iter().map(|(path, entry)| entry.file(path)).collect();
        let parsed: Vec<_> = self.files.values().filter_map(|entry| entry.parsed.clone()).collect();
        let have: Vec<&str> = self.options.have.iter().map(String::as_str).collect();
        let request = Request {
            from: self.options.from,
            to: self.options.to,
            mode: self.options.mode,
            platform: self.options.platform,
            component,
            files: &files,
            have: &have,
            units: self.options.units,
        };
        let mut run = Run::new(&request, &parsed, &self.stated);
        match run.step(&mut self.progress) {
            None => Slice::Left(self.progress.left()),
            Some(report) => {
                let report = Rc::new(report);
                self.report = Some(Rc::clone(&report));
                Slice::Done(report)
            }
        }
    }

    /// The report on the current files: does all slices that are left.
    pub fn report(&mut self) -> Rc<Report> {
        loop {
            if let Slice::Done(report) = self.step() {
                return report;
            }
        }
    }

    fn start_over(&mut self) {
        self.progress = Progress::default();
        self.report = None;
    }
}

fn stated(options: &Options) -> Stated {
    let have: Vec<&str> = options.have.iter().map(String::as_str).collect();
    Stated::new(&have)
}
