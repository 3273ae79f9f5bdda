//! The page's core: messages in, messages out, and a check that goes on slice by slice between them.
//!
//! What is *not* here: JavaScript, time, and how a message gets here. Invariant: after a job came in, no report of an
//! earlier one leaves.

use std::collections::BTreeSet;
use std::iter;
use std::rc::Rc;

use kafka_upgrade_catalog as catalog;
use kafka_upgrade_catalog::{Component, Platform, Release};
use kafka_upgrade_document::{Encoding as Decoded, Units};
use kafka_upgrade_input::intake::folder::{self, LeftOut};
use kafka_upgrade_input::intake::{self, Taken};
use kafka_upgrade_protocol::{Encoding, Error, File as Text, Job, Reply, Request, decode, encode, ranges};
use kafka_upgrade_report::Report;
use kafka_upgrade_rules::failures::failure;
use kafka_upgrade_rules::{File, note};
use kafka_upgrade_session::{Options, Session, Slice};
use kafka_upgrade_sorted::Gather as _;

use crate::answers;

/// A session, and how far the check of the newest job is.
pub struct PageCore {
    session: Session,
    revision: u32,
    busy: bool,
    done: u32,
    left: u32,
    report: Option<Rc<Report>>,
    /// For the folder that is being read: what is left out, and the number of texts taken.
    left_out: LeftOut,
    texts: usize,
}

impl Default for PageCore {
    fn default() -> Self {
        Self {
            session: Session::new(options(&Job::default())),
            revision: 0,
            busy: false,
            done: 0,
            left: 0,
            report: None,
            left_out: LeftOut::default(),
            texts: 0,
        }
    }
}

impl PageCore {
    /// What does not depend on what is pasted: the first message to the shell.
    #[must_use]
    pub fn facts(&self) -> Vec<u8> {
        encode(&Reply::Facts(answers::facts()))
    }

    /// Takes a message, and returns the reply where there is one at once.
    ///
    /// # Errors
    /// When the bytes are no message of this version.
    pub fn receive(&mut self, message: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        match decode(message)? {
            Request::Check(job) => {
                self.begin(&job);
                Ok(None)
            }
            Request::Ask(number, question) => {
                let answer = answers::answer(question, self.report.as_deref());
                Ok(Some(encode(&Reply::Answer(number, answer))))
            }
        }
    }

    /// Whether there is something left to check.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.busy
    }

    /// Does one slice; returns the report when it was the last one.
    pub fn step(&mut self) -> Option<Vec<u8>> {
        if !self.busy {
            return None;
        }
        self.done += 1;
        match self.session.step() {
            Slice::Left(left) => {
                self.left = u32::try_from(left).unwrap_or(u32::MAX);
                None
            }
            Slice::Done(report) => {
                self.busy = false;
                self.report = Some(Rc::clone(&report));
                let known = known(&report);
                let ranges = ranges(&report);
                let report = Rc::new(without_actions(&report));
                Some(encode(&Reply::Checked { revision: self.revision, report, ranges, known }))
            }
        }
    }

    /// How far the check is.
    #[must_use]
    pub fn progress(&self) -> Vec<u8> {
        encode(&Reply::Left { revision: self.revision, done: self.done, left: self.left })
    }

    /// See [`crate::Core::sift`].
    pub fn sift(&mut self, paths: &str, ignores: &str) -> Vec<u32> {
        let paths: Vec<&str> = paths.split('\0').collect();
        let ignores: Vec<&str> = ignores.split('\0').collect();
        let pairs = ignores.chunks_exact(2);
        let pairs: Vec<(&str, &str)> =
            pairs.filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect();
        let (read, left_out) = folder::sift(&paths, &pairs, folder::is_opened);
        (self.left_out, self.texts) = (left_out, 0);
        read.into_iter().filter_map(|at| u32::try_from(at).ok()).collect()
    }

    /// See [`crate::Core::take`].
    pub fn take(&mut self, path: &str, bytes: Vec<u8>, of_folder: bool) -> Vec<u8> {
        let taken = if of_folder { intake::take_of_folder(path, bytes).0 } else { intake::take(path, bytes) };
        let Taken { texts, refused, notes, .. } = taken;
        if of_folder && texts.is_empty() && refused.is_empty() {
            self.left_out.leave(path);
        }
        self.texts += texts.len();
        let texts = texts.into_iter().map(|text| Text {
            path: text.path,
            text: text.text.into(),
            component: None,
            encoding: match text.encoding {
                Decoded::Utf8 => Encoding::Utf8,
                Decoded::Latin1 => Encoding::Latin1,
            },
        });
        let notices = refused.into_iter().chain(notes).collect();
        encode(&Reply::Taken { texts: texts.collect(), notices })
    }

    /// See [`crate::Core::folder`].
    pub fn folder(&mut self, name: &str) -> Vec<u8> {
        let mut notices = std::mem::take(&mut self.left_out).sentences(name);
        if std::mem::take(&mut self.texts) == 0 {
            notices.push(intake::nothing(name));
        }
        encode(&Reply::Taken { texts: Vec::new(), notices })
    }

    fn begin(&mut self, job: &Job) {
        job.remove.iter().for_each(|path| self.session.remove(path));
        for file in &job.changed {
            let component = file.component.as_deref().and_then(Component::parse);
            let encoding = match file.encoding {
                Encoding::Utf8 => Decoded::Utf8,
                Encoding::Latin1 => Decoded::Latin1,
            };
            self.session.put(&File { component, encoding, ..File::new(&file.path, &file.text) });
        }
        self.session.set(options(job));
        self.revision = job.revision;
        (self.busy, self.done, self.left) = (true, 0, 0);
    }
}

fn options(job: &Job) -> Options {
    let release = |name: &Option<String>| name.as_deref().and_then(|name| name.parse::<Release>().ok());
    Options {
        from: release(&job.from),
        to: release(&job.to).unwrap_or_else(catalog::newest),
        mode: job.mode,
        platform: job.platform.as_deref().and_then(Platform::parse),
        component: None,
        have: job.have.clone(),
        units: Units::Characters,
    }
}

/// The report for the shell, without executable actions: they are meant for programs, and their tagged form cannot be
/// read from a format without names. Exports use the whole report. Each cluster has a plan of its own.
fn without_actions(report: &Report) -> Report {
    let mut report = report.clone();
    let plans =
        iter::once(&mut report.plan).chain(report.clusters.iter_mut().map(|cluster| &mut cluster.plan));
    plans.flat_map(|plan| &mut plan.steps).for_each(|step| step.actions.clear());
    report
}

/// Subjects of findings that have a key history, and rules that have a page in the reference.
fn known(report: &Report) -> Vec<String> {
    let rules = report.findings.iter().map(|finding| finding.rule.as_str());
    let is_written = |id: &&str| note(id).is_some_and(|note| !note.silent) || failure(id).is_some();
    let subjects = report.findings.iter().filter(|finding| finding.component.is_some());
    let subjects = subjects.map(|finding| finding.subject.as_str());
    let is_key = |subject: &&str| catalog::components_of(subject).next().is_some();
    let known: BTreeSet<&str> = subjects.filter(is_key).chain(rules.filter(is_written)).gather();
    known.into_iter().map(str::to_owned).collect()
}
