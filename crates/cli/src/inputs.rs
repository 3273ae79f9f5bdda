//! Gathering texts: files, folders, standard input.
//!
//! Whatever is not read is said on standard error, with what to do about it; the rest is read all the same.
//! Invariant: files come sorted by path, each once.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use kafka_upgrade_catalog as catalog;
use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::template;
use kafka_upgrade_document::{Decoded, Document, Encoding, Kind, MAX_FILE_BYTES, Undecodable, decode};
use kafka_upgrade_input::FORMATS;

use crate::arguments::InputArguments;
use crate::output;
use crate::walk::{self, Walked};

/// Texts that a further processor is worth.
const MIN_SHARE: usize = 16;

/// How many names of files that were passed over are shown.
const NAMES: usize = 5;

/// A text and what it was given as.
#[derive(Debug)]
pub(crate) struct Input {
    /// As it is reported.
    pub(crate) path: String,
    /// The file itself; `None` for standard input.
    pub(crate) file: Option<PathBuf>,
    pub(crate) text: String,
    pub(crate) encoding: Encoding,
    /// Whose configuration it is, as stated for all that was named and for what in a folder may be any component's.
    pub(crate) component: Option<Component>,
    /// What was read from the text without a component stated, where that is done already.
    pub(crate) document: Option<Document>,
}

impl Input {
    /// The bytes of a text of this file.
    pub(crate) fn bytes(&self, text: &str) -> Vec<u8> {
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
        // Findings name their file by its path, so a path has to mean one text.
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
        match io::stdin().lock().take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes) {
            Err(error) => self.fail("standard input", &error),
            Ok(_) => self.add(name.to_owned(), None, bytes),
        }
    }

    fn file(&mut self, path: &Path) {
        let name = shown(path);
        // Not more than that, whatever the file system says of its size: a pipe has none.
        let read = fs::File::open(path).and_then(|file| {
            let mut bytes = Vec::new();
            file.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
            Ok(bytes)
        });
        match read {
            Err(error) => self.fail(&name, &error),
            Ok(bytes) => self.add(name, Some(path.to_owned()), bytes),
        }
    }

    fn add(&mut self, path: String, file: Option<PathBuf>, bytes: Vec<u8>) {
        let Decoded { text, encoding } = match decode(bytes) {
            Ok(decoded) => decoded,
            Err(why) => return self.refuse(&format!("{path} was not read: {}", not_text(why))),
        };
        if encoding == Encoding::Latin1 {
            output::note(&format!("{path} is not UTF-8; it is read as Latin-1, as Kafka reads it."));
        }
        let component = self.component;
        self.files.push(Input { path, file, text, encoding, component, document: None });
    }

    /// All files of a folder whose names say that they can be read; the others are named.
    fn folder(&mut self, folder: &Path, everything: bool, seen: &mut BTreeSet<PathBuf>) {
        let Walked { files, failed, left_out } = walk::walk(folder, everything);
        for (path, error) in failed {
            self.fail(&shown(&path), &error);
        }
        let (found, passed_over): (BTreeSet<_>, BTreeSet<_>) =
            files.into_iter().partition(|path| is_readable(path));
        if !left_out.is_empty() {
            let counts: Vec<String> = left_out.iter().map(|(why, count)| why.says(*count)).collect();
            output::note(&format!("{} holds {}, left out.", shown(folder), counts.join(", ")));
        }
        if !passed_over.is_empty() {
            output::note(&format!("{} {}", shown(folder), passed_over_sentence(&passed_over)));
        }
        let before = self.files.len();
        for path in found {
            if seen.insert(one_name(&path)) {
                self.file(&path);
            }
        }
        self.leave_aside(folder, before, seen);
        if self.files.len() == before {
            output::note(&format!(
                "{} holds nothing to check: no file of Kafka's, and none that configures a client of it. Name a file to have it read all the same.",
                shown(folder)
            ));
        }
    }

    /// Takes out what a folder holds beside Kafka's files. A `.properties` whose purpose nothing shows stays where
    /// it has a key that Kafka knows: it may be Kafka's, and the report says that it was not judged.
    fn leave_aside(&mut self, folder: &Path, before: usize, seen: &mut BTreeSet<PathBuf>) {
        let of_folder = self.files.split_off(before);
        let gathered = of_folder.len();
        let keys: BTreeSet<&str> = catalog::keys().collect();
        let stated = self.component;
        self.files.extend(read_all(of_folder).into_iter().filter_map(|(mut input, document)| {
            // In a folder a component is stated of what may be any component's.
            let is_any = document.kind.is_properties() || document.kind == Kind::Unknown;
            input.component = stated.filter(|_| is_any);
            let stays = match document.kind {
                // A program beside Kafka may ask its ZooKeeper, or be configured for a protocol version.
                Kind::NotKafka => document.all().any(|part| !part.observations.is_empty()),
                // What runs beside Kafka in a cluster, such as somebody's ingress, need not even be readable.
                _ if is_empty(&document) && !names_kafka(&input.text) => false,
                Kind::Unknown => document.settings.iter().any(|one| keys.contains(one.key.as_str())),
                _ => true,
            };
            // Whoever names it as well has it read all the same.
            if let Some(file) = input.file.as_ref().filter(|_| !stays) {
                seen.remove(&one_name(file));
            }
            if input.component.is_none() {
                input.document = Some(document);
            }
            stays.then_some(input)
        }));
        let left = gathered + before - self.files.len();
        if left > 0 {
            let files =
                if left == 1 { "1 file that has".to_owned() } else { format!("{left} files that have") };
            output::note(&format!("{} holds {files} nothing to do with Kafka, left aside.", shown(folder)));
        }
    }
}

/// Reads texts, as many at a time as there are processors.
fn read_all(inputs: Vec<Input>) -> Vec<(Input, Document)> {
    let next = AtomicUsize::new(0);
    let workers =
        thread::available_parallelism().map_or(1, usize::from).min(inputs.len().div_ceil(MIN_SHARE));
    let read = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(input) = inputs.get(at) else { return done };
            done.push((at, input.read(None)));
        }
    };
    let mut documents: Vec<(usize, Document)> = if workers < 2 {
        read()
    } else {
        thread::scope(|scope| {
            let running: Vec<_> = (0..workers).map(|_| scope.spawn(read)).collect();
            running.into_iter().flat_map(|one| one.join().unwrap_or_default()).collect()
        })
    };
    documents.sort_by_key(|(at, _)| *at);
    inputs.into_iter().zip(documents).map(|(input, (_, document))| (input, document)).collect()
}

/// Whether nothing but problems was read.
fn is_empty(document: &Document) -> bool {
    let is_bare = |part: &Document| {
        part.settings.is_empty()
            && part.usages.is_empty()
            && part.dependencies.is_empty()
            && part.observations.is_empty()
    };
    document.all().all(is_bare)
}

/// Whether a text names Kafka at all.
fn names_kafka(text: &str) -> bool {
    text.as_bytes().windows(5).any(|word| word.eq_ignore_ascii_case(b"kafka"))
}

/// A file's name without any link in it, so that each file is read once.
fn one_name(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Why bytes are not read, and what to do.
fn not_text(why: Undecodable) -> String {
    match why {
        Undecodable::TooLarge => {
            let most = MAX_FILE_BYTES / 1024 / 1024;
            format!("it has more than {most} MiB, which no configuration has.")
        }
        Undecodable::Utf16 => {
            "it is UTF-16, and Kafka could not read it either. Save it as UTF-8.".to_owned()
        }
        Undecodable::Utf32 => {
            "it is UTF-32, and Kafka could not read it either. Save it as UTF-8.".to_owned()
        }
        Undecodable::Binary => "it is a binary file. Name the text files to check.".to_owned(),
    }
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

/// Endings of files that may be anybody's; their content decides.
const ANYBODYS: &[&str] = &[
    "yaml",
    "yml",
    "json",
    "xml",
    "toml",
    "lock",
    "txt",
    "conf",
    "cfg",
    "cnf",
    "config",
    "ini",
    "env",
    "tpl",
    "tmpl",
    "template",
    "props",
    "hocon",
    "jaas",
    "nomad",
    "container",
    "sql",
];

/// Whole names of such files.
const NAMES_OF_ANYBODY: &[&str] = &["Jenkinsfile", "Makefile", "Procfile", "Vagrantfile"];

fn is_readable(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Of a template what it makes counts, and `.env` alone is a name with nothing but an ending.
    let plain = template::plain_name(&name);
    let ending = plain.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let is_dockerfile = name.starts_with("Dockerfile") || name.starts_with("Containerfile");
    is_dockerfile
        || ANYBODYS.contains(&ending.as_str())
        || NAMES_OF_ANYBODY.contains(&&*name)
        || FORMATS.iter().any(|format| format.is_named(&name))
}

fn passed_over_sentence(paths: &BTreeSet<PathBuf>) -> String {
    let names: Vec<String> = paths.iter().take(NAMES).map(|path| shown(path)).collect();
    let more = paths.len().saturating_sub(NAMES);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!(
        "holds {} not read, since their names are not of a kind that is: {}{more}. Name a file to have it read.",
        if paths.len() == 1 {
            "1 file that was".to_owned()
        } else {
            format!("{} files that were", paths.len())
        },
        names.join(", ")
    )
}
