//! Gathering texts: files, folders, archives, standard input. What of a folder or an archive is read, and how bytes become
//! text, is decided in `input`'s `intake`, for the page as well.
//!
//! Whatever is not read is said on standard error, with what to do about it; the rest is read all the same.
//! Invariant: files come sorted by path, each once.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Document, Encoding, Kind, MAX_FILE_BYTES, Wide};
use kafka_upgrade_input::intake::folder::{LeftOut, is_opened, may_be_script};
use kafka_upgrade_input::intake::packed::MAX_ARCHIVE_BYTES;
use kafka_upgrade_input::intake::{self, HEAD_BYTES, Taken, begins_as_text};

use crate::arguments::InputArguments;
use crate::output;
use crate::walk::{self, Walked, one_name};

/// Fewest files per thread for another thread to be worth starting.
const MIN_SHARE: usize = 16;

/// A text, and where it came from.
#[derive(Debug)]
pub(crate) struct Input {
    /// The path that reports use.
    pub(crate) path: String,
    /// The file itself; `None` for standard input and for a file of an archive.
    pub(crate) file: Option<PathBuf>,
    pub(crate) text: String,
    pub(crate) encoding: Encoding,
    /// Its encoding, where that is one that Kafka does not read.
    wide: Option<Wide>,
    /// Whether it is a file of an archive, which is never written.
    pub(crate) is_packed: bool,
    /// The component stated by the arguments; for files found in a folder only if the file may be of any component.
    pub(crate) component: Option<Component>,
    /// What was read from the text without a stated component, if that has been done already.
    pub(crate) document: Option<Document>,
}

impl Input {
    fn new(text: intake::Text, file: Option<PathBuf>, component: Option<Component>) -> Self {
        let intake::Text { path, text, encoding, wide } = text;
        Self { path, file, text, encoding, wide, is_packed: false, component, document: None }
    }

    /// Encodes a changed text in the file's own encoding.
    pub(crate) fn bytes(&self, text: &str) -> Vec<u8> {
        if let Some(wide) = self.wide {
            return wide.encode(text);
        }
        match self.encoding {
            Encoding::Utf8 => text.as_bytes().to_vec(),
            Encoding::Latin1 => text.chars().map(|sign| u8::try_from(sign).unwrap_or(b'?')).collect(),
        }
    }

    pub(crate) fn read(&self, component: Option<Component>) -> Document {
        kafka_upgrade_input::read_as(&self.path, &self.text, component, self.encoding)
    }
}

/// What was gathered.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    pub(crate) files: Vec<Input>,
    /// Whether something that was asked for could not be read.
    pub(crate) incomplete: bool,
    /// Stated for all of them.
    component: Option<Component>,
}

impl Inputs {
    pub(crate) fn gather(arguments: &InputArguments) -> Self {
        let mut inputs = Self { component: arguments.component, ..Self::default() };
        let mut seen = BTreeSet::new();
        for given in &arguments.paths {
            if given == "-" {
                if seen.insert(PathBuf::from("-")) {
                    inputs.standard_input(&arguments.stdin_name);
                }
                continue;
            }
            let path = Path::new(given);
            match fs::metadata(path) {
                Err(error) => inputs.fail(given, &error),
                Ok(metadata) if metadata.is_dir() => inputs.folder(path, arguments.no_ignore, &mut seen),
                Ok(_) => {
                    if seen.insert(one_name(path)) {
                        inputs.file(path);
                    }
                }
            }
        }
        inputs.files.sort_by(|left, right| left.path.cmp(&right.path));
        // Findings name their file by its path, so no two texts may have the same one.
        let twice: Vec<String> = inputs
            .files
            .iter()
            .zip(inputs.files.iter().skip(1))
            .filter(|(left, right)| left.path == right.path)
            .map(|(input, _)| input.path.clone())
            .collect();
        inputs.files.dedup_by(|left, right| left.path == right.path);
        for path in twice {
            inputs.refuse(&format!(
                "standard input and a file are both called {path}, and one of them was left out. Give standard input \
                 another name with --stdin-name."
            ));
        }
        inputs
    }

    fn fail(&mut self, path: &str, error: &io::Error) {
        let hint = match error.kind() {
            io::ErrorKind::NotFound => "Check the path; the other inputs are reported.",
            io::ErrorKind::PermissionDenied => "Allow reading it; the other inputs are reported.",
            _ => "The other inputs are reported.",
        };
        self.refuse(&format!("{path} cannot be read: {error}. {hint}"));
    }

    fn refuse(&mut self, message: &str) {
        output::error(message);
        self.incomplete = true;
    }

    fn standard_input(&mut self, name: &str) {
        let mut bytes = Vec::new();
        match io::stdin().lock().take(MAX_ARCHIVE_BYTES as u64 + 1).read_to_end(&mut bytes) {
            Err(error) => self.fail("standard input", &error),
            Ok(_) => self.add(None, intake::take(name, bytes)),
        }
    }

    fn file(&mut self, path: &Path) {
        let name = shown(path);
        match read(path, MAX_ARCHIVE_BYTES) {
            Err(error) => self.fail(&name, &error),
            Ok(bytes) => self.add(Some(path.to_owned()), intake::take(&name, bytes)),
        }
    }

    /// Prints what was refused, and notices.
    fn say(&mut self, taken: &Taken) {
        taken.refused.iter().for_each(|sentence| self.refuse(sentence));
        taken.notes.iter().for_each(|sentence| output::note(sentence));
    }

    fn add(&mut self, file: Option<PathBuf>, taken: Taken) {
        self.say(&taken);
        let stated = self.component;
        self.files.extend(taken.texts.into_iter().map(|text| {
            let mut input = Input::new(text, file.clone().filter(|_| !taken.is_archive), stated);
            input.is_packed = taken.is_archive;
            if taken.is_archive && stated.is_some() {
                input.component = stated.filter(|_| is_any_components(&input.read(None)));
            }
            input
        }));
    }

    /// All files of a folder that can be read by their names and that have to do with Kafka.
    fn folder(&mut self, folder: &Path, everything: bool, seen: &mut BTreeSet<PathBuf>) {
        let Walked { files, failed, left_out } = walk::walk(folder, everything);
        for (path, error) in failed {
            self.fail(&shown(&path), &error);
        }
        let (found, passed_over): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|(path, _)| is_opened(&path.to_string_lossy()));
        let passed_over = passed_over.iter().map(|(path, _)| shown(path)).collect();
        let mut left_out = LeftOut { counts: left_out, passed_over, unrelated: 0 };
        let before = self.files.len();
        let (found, own): (Vec<_>, Vec<_>) =
            found.into_iter().filter(|(_, own)| seen.insert(own.clone())).unzip();
        for ((path, looked), own) in look_at_all(&found).into_iter().zip(own) {
            match looked {
                Err(error) => self.fail(&shown(path), &error),
                Ok((taken, documents)) => {
                    self.say(&taken);
                    if taken.texts.is_empty() && taken.refused.is_empty() {
                        left_out.leave(&shown(path));
                        // A file skipped in a folder is still read if it is named as well.
                        seen.remove(&own);
                    }
                    for (text, document) in taken.texts.into_iter().zip(documents) {
                        let component = self.component.filter(|_| is_any_components(&document));
                        let mut input = Input::new(text, Some(path.clone()), component);
                        input.document = Some(document).filter(|_| component.is_none());
                        self.files.push(input);
                    }
                }
            }
        }
        let name = shown(folder);
        left_out.sentences(&name).iter().for_each(|sentence| output::note(sentence));
        if self.files.len() == before {
            output::note(&intake::nothing(&name));
        }
    }
}

/// Whether a stated component applies to a file that was found in a folder or an archive: only if its own kind does
/// not decide that.
fn is_any_components(document: &Document) -> bool {
    document.kind.is_properties() || document.kind == Kind::Unknown
}

/// Reads at most one byte more than the limit, whatever size the file system states: a pipe has none.
fn read(path: &Path, limit: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(limit as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The bytes of a file of a folder; none of a file without an ending that is no text of interest.
fn read_of_folder(path: &Path) -> io::Result<Vec<u8>> {
    if may_be_script(&path.to_string_lossy()) {
        let mut head = Vec::new();
        fs::File::open(path)?.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
        if !begins_as_text(&head) {
            return Ok(Vec::new());
        }
    }
    read(path, MAX_FILE_BYTES)
}

/// What is kept of a file in a folder, if it has to do with Kafka.
type Looked = io::Result<(Taken, Vec<Document>)>;

/// Reads files on as many threads as there are processors, and returns them in order; texts that are not needed are
/// dropped at once.
fn look_at_all(paths: &[PathBuf]) -> Vec<(&PathBuf, Looked)> {
    let next = AtomicUsize::new(0);
    let workers = thread::available_parallelism().map_or(1, usize::from).min(paths.len().div_ceil(MIN_SHARE));
    let look = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(path) = paths.get(at) else { return done };
            let looked = read_of_folder(path).map(|bytes| intake::take_of_folder(&shown(path), bytes));
            done.push((at, (path, looked)));
        }
    };
    let mut looked: Vec<(usize, (&PathBuf, Looked))> = if workers < 2 {
        look()
    } else {
        thread::scope(|scope| {
            let running: Vec<_> = (0..workers).map(|_| scope.spawn(look)).collect();
            running.into_iter().flat_map(|one| one.join().unwrap_or_default()).collect()
        })
    };
    looked.sort_by_key(|(at, _)| *at);
    looked.into_iter().map(|(_, one)| one).collect()
}

/// A path as it is reported. What is no UTF-8 in it is written as `\xff`, so that two names stay two.
fn shown(path: &Path) -> String {
    let mut name = String::new();
    for chunk in path.as_os_str().as_encoded_bytes().utf8_chunks() {
        name.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| name.push_str(&format!("\\x{byte:02x}")));
    }
    if cfg!(windows) { name.replace('\\', "/") } else { name }
}
