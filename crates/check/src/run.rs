//! From a request to its report: in one go, or in slices that a page can stop between.
//!
//! Slices are: the files against the target, then against each further release of the matrix, then the report.
//! Between slices only [`Progress`] is kept, which borrows nothing, and texts are read once, as [`Parsed`].

use std::rc::Rc;

use kafka_upgrade_advice::matrix;
use kafka_upgrade_catalog::{Component, Release};
use kafka_upgrade_document::{Document, Units};
use kafka_upgrade_input::{READER, read_as};
use kafka_upgrade_report::{Detected, Report};
use kafka_upgrade_rules::charts;
use kafka_upgrade_rules::evidence;
use kafka_upgrade_rules::inventory::Inventory;
use kafka_upgrade_rules::kept::Kept;
use kafka_upgrade_rules::safety::Asked;
use kafka_upgrade_rules::upgrade::{CheckedFile, Mentions, Upgrade};
use kafka_upgrade_rules::{File, Request, SAID, engine, path, platform};
use kafka_upgrade_sorted::Sorted as _;

use crate::answers::Answers;
use crate::groups::{self, Common};
use crate::report::report;

/// Checks what was given on the upgrade path from one release to another.
#[must_use]
pub fn check(request: &Request<'_>) -> Report {
    check_read(request, Vec::new())
}

/// The same, for files of which the first were read before, without a stated component: `read` is in the order of the
/// files, and may be shorter.
#[must_use]
pub fn check_read(request: &Request<'_>, read: Vec<Option<Document>>) -> Report {
    let read = read.into_iter().chain(std::iter::repeat_with(|| None));
    let parsed = request.files.iter().zip(read).map(|(file, document)| match document {
        Some(document) => Parsed::of(document, None),
        None => Parsed::new(file, request.component),
    });
    let parsed: Vec<_> = parsed.collect();
    let stated = Stated::new(request.have);
    let mut run = Run::new(request, &parsed, &stated);
    let mut progress = Progress::default();
    loop {
        if let Some(report) = run.step(&mut progress) {
            return report;
        }
    }
}

/// One text as it was read.
#[derive(Clone, Debug)]
pub struct Parsed {
    component: Option<Component>,
    whole: Rc<Document>,
    parts: Vec<Rc<Document>>,
}

impl Parsed {
    /// Reads a file; `component` overrules what it says or seems to be.
    #[must_use]
    pub fn new(file: &File<'_>, component: Option<Component>) -> Self {
        let stated = component.or(file.component);
        Self::of(read_as(file.path, file.text, stated, file.encoding), stated)
    }

    /// What was read of a file, with the component that was stated.
    fn of(mut document: Document, stated: Option<Component>) -> Self {
        let parts = std::mem::take(&mut document.parts).into_iter().map(Rc::new).collect();
        Self { component: stated.or(document.component), whole: Rc::new(document), parts }
    }
}

/// What somebody states that runs, as [`Request::have`] has it.
#[derive(Clone, Debug, Default)]
pub struct Stated {
    text: String,
    document: Option<Rc<Document>>,
}

impl Stated {
    /// Reads what is stated to run.
    #[must_use]
    pub fn new(have: &[&str]) -> Self {
        let text = have.join("\n");
        let document = (!text.is_empty()).then(|| Rc::new(kafka_upgrade_input::have::read(&text)));
        Self { text, document }
    }
}

/// State of one run between its slices.
#[derive(Default)]
pub struct Progress {
    target: Option<Answers>,
    /// Further releases still to be judged, the next one last.
    columns: Vec<Release>,
    judged: Vec<matrix::Judged>,
}

impl Progress {
    /// Number of slices left, as far as is known; at least two before the first is done.
    #[must_use]
    pub fn left(&self) -> usize {
        self.columns.len() + if self.target.is_some() { 1 } else { 2 }
    }
}

/// A request with its texts read.
pub struct Run<'a> {
    case: Upgrade<'a>,
    detected: Vec<Detected>,
    asked: Asked,
    stated: groups::Stated,
    units: Units,
}

impl<'a> Run<'a> {
    /// Builds the state from a request and what was read; `parsed` is in the order of its files.
    #[must_use]
    pub fn new(request: &Request<'a>, parsed: &[Parsed], stated: &'a Stated) -> Self {
        debug_assert_eq!(request.files.len(), parsed.len(), "each file is read");
        // Files are sorted by name, so that "first", "nearest" and "last" never depend on the order in which they
        // were given.
        let mut given: Vec<_> = request.files.iter().zip(parsed).collect();
        given.order_by_key(|(file, _)| (file.path, file.text));
        let sorted: Vec<File<'_>> = given.iter().map(|(file, _)| **file).collect();
        let asked = Asked::of(&Request { files: &sorted, ..*request }, READER);
        let mut files = Vec::with_capacity(parsed.len() + 1);
        for (file, parsed) in given {
            let whole = CheckedFile::new(file.path, file.text, Rc::clone(&parsed.whole), parsed.component);
            let parts: Vec<_> =
                parsed.parts.iter().map(|part| whole.part(Rc::clone(part), part.component)).collect();
            files.push(whole);
            files.extend(parts);
        }
        if let Some(document) = &stated.document {
            files.push(CheckedFile::new(SAID, &stated.text, Rc::clone(document), None));
        }
        charts::assign(&mut files);
        let inventory = Inventory::of(&files, READER);
        let seen = path::detect(&files, &inventory);
        let (from, mode) = (request.from.or(seen.from), path::mode(request, &seen));
        let kept = Kept::of(request.files.iter().map(|file| (file.path, file.text)), from, request.to);
        files.iter_mut().for_each(|file| file.kept_for = kept.reason(file.path, file.text));
        evidence::assign_deleted(&mut files);
        let running = platform::of(&files, request.platform);
        let case = Upgrade {
            from,
            to: request.to,
            mode,
            mode_in_doubt: false,
            running,
            files,
            inventory,
            mentions: Mentions::default(),
        };
        let stated = groups::Stated { from: request.from, mode: request.mode, platform: request.platform };
        Self { case, detected: seen.detected, asked, stated, units: request.units }
    }

    /// Does the next slice; the report when it was the last one. `progress` has to be of the same request.
    #[must_use]
    pub fn step(&mut self, progress: &mut Progress) -> Option<Report> {
        let Some(Answers { findings, .. }) = &progress.target else {
            let common = Common { stated: self.stated, asked: &self.asked, units: self.units };
            let answers = groups::judge_each(&self.case, &common)
                .unwrap_or_else(|| groups::judge(&self.case, &self.asked, &self.detected, self.units));
            progress.target = Some(answers);
            if matrix::worth_judging(&self.case) {
                let (_, columns) = matrix::columns(&self.case);
                progress.columns =
                    columns.into_iter().filter(|release| *release != self.case.to).rev().collect();
            }
            return None;
        };
        if let Some(release) = progress.columns.pop() {
            let target = std::mem::replace(&mut self.case.to, release);
            let found = engine::find(&self.case);
            progress.judged.push(matrix::Judged::new(&found.sink, findings));
            self.case.to = target;
            return None;
        }
        let target = progress.target.take()?;
        let judged = std::mem::take(&mut progress.judged);
        Some(report(&self.case, std::mem::take(&mut self.detected), self.units, target, &judged))
    }
}
