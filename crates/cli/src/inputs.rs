//! Gathering texts: files, folders, standard input.
//!
//! Whatever is not read is said on standard error, with what to do about it; the rest is read all the same.
//! Invariant: files come sorted by path, each once.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use kafka_upgrade_catalog as catalog;
use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Document, Encoding, Kind};
use kafka_upgrade_input::FORMATS;

use crate::arguments::InputArguments;
use crate::output;

/// Larger files are no configuration.
const LARGEST: u64 = 16 * 1024 * 1024;

/// How many names are told of files that were passed over.
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
}

impl Input {
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
}

impl Inputs {
    pub(crate) fn gather(arguments: &InputArguments) -> Self {
        let mut inputs = Self::default();
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
                Ok(metadata) if metadata.is_dir() => inputs.folder(path, &mut seen),
                Ok(_) => {
                    if seen.insert(path.to_owned()) {
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
                "two inputs are called {path}, and one of them was left out. Give standard input another name with \
                 --stdin-name."
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
        match io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes) {
            Err(error) => self.fail("standard input", &error),
            Ok(_) => self.add(name.to_owned(), None, bytes),
        }
    }

    fn file(&mut self, path: &Path) {
        let name = shown(path);
        // Not more than that, whatever the file system says of its size: a pipe has none.
        let read = fs::File::open(path).and_then(|file| {
            let mut bytes = Vec::new();
            file.take(LARGEST + 1).read_to_end(&mut bytes)?;
            Ok(bytes)
        });
        match read {
            Err(error) => self.fail(&name, &error),
            Ok(bytes) => self.add(name, Some(path.to_owned()), bytes),
        }
    }

    fn add(&mut self, path: String, file: Option<PathBuf>, bytes: Vec<u8>) {
        if bytes.len() as u64 > LARGEST {
            let most = LARGEST / 1024 / 1024;
            self.refuse(&format!(
                "{path} was not read: it has more than {most} MiB, which no configuration has."
            ));
            return;
        }
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            self.refuse(&format!(
                "{path} was not read: it is UTF-16, and Kafka could not read it either. Save it as UTF-8."
            ));
            return;
        }
        if bytes.contains(&0) {
            self.refuse(&format!("{path} was not read: it is a binary file. Name the text files to check."));
            return;
        }
        let (text, encoding) = match String::from_utf8(bytes) {
            Ok(text) => (text, Encoding::Utf8),
            Err(error) => {
                output::note(&format!("{path} is not UTF-8; it is read as Latin-1, as Kafka reads it."));
                (error.into_bytes().into_iter().map(char::from).collect(), Encoding::Latin1)
            }
        };
        self.files.push(Input { path, file, text, encoding });
    }

    /// All files of a folder whose names say that they can be read; the others are named. Hidden folders and those of
    /// packages are not gone into.
    fn folder(&mut self, folder: &Path, seen: &mut BTreeSet<PathBuf>) {
        let mut found = BTreeSet::new();
        let mut passed_over = BTreeSet::new();
        let mut folders = vec![folder.to_owned()];
        let mut entered = BTreeSet::new();
        while let Some(next) = folders.pop() {
            // A link may lead back to where it stands.
            if !entered.insert(fs::canonicalize(&next).unwrap_or_else(|_| next.clone())) {
                continue;
            }
            let entries = match fs::read_dir(&next) {
                Ok(entries) => entries,
                Err(error) => {
                    self.fail(&shown(&next), &error);
                    continue;
                }
            };
            for entry in entries {
                let path = match entry {
                    Ok(entry) => entry.path(),
                    Err(error) => {
                        self.fail(&shown(&next), &error);
                        continue;
                    }
                };
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                let hidden = name.starts_with('.') || FOREIGN.contains(&name.as_ref());
                match fs::metadata(&path) {
                    Err(error) => self.fail(&shown(&path), &error),
                    Ok(metadata) if metadata.is_dir() => {
                        if !hidden {
                            folders.push(path);
                        }
                    }
                    Ok(_) if is_readable(&path) => {
                        found.insert(path);
                    }
                    Ok(_) => {
                        passed_over.insert(path);
                    }
                }
            }
        }
        if !passed_over.is_empty() {
            output::note(&format!("{} {}", shown(folder), passed_over_sentence(&passed_over)));
        }
        let before = self.files.len();
        for path in found {
            if seen.insert(path.clone()) {
                self.file(&path);
            }
        }
        self.leave_aside(folder, before, seen);
        if self.files.len() == before {
            self.refuse(&format!(
                "{} holds nothing to read: no file of Kafka's, and none that names it. Name a file to have it read all the same.",
                shown(folder)
            ));
        }
    }

    /// Takes out what a folder holds beside Kafka's files. A `.properties` that nothing tells the purpose of stays where
    /// it has a key that Kafka knows: it may be Kafka's, and the report says that it was not judged.
    fn leave_aside(&mut self, folder: &Path, before: usize, seen: &mut BTreeSet<PathBuf>) {
        let of_folder = self.files.split_off(before);
        let gathered = of_folder.len();
        let keys: BTreeSet<&str> = catalog::keys().collect();
        self.files.extend(of_folder.into_iter().filter(|input| {
            let document = input.read(None);
            let stays = match document.kind {
                Kind::NotKafka => false,
                Kind::Unknown => document.settings.iter().any(|one| keys.contains(one.key.as_str())),
                _ => true,
            };
            // Whoever names it as well has it read all the same.
            if let Some(file) = input.file.as_ref().filter(|_| !stays) {
                seen.remove(file);
            }
            stays
        }));
        let left = gathered + before - self.files.len();
        if left > 0 {
            let files =
                if left == 1 { "1 file that has".to_owned() } else { format!("{left} files that have") };
            output::note(&format!("{} holds {files} nothing to do with Kafka, left aside.", shown(folder)));
        }
    }
}

fn shown(path: &Path) -> String {
    let name = path.to_string_lossy();
    if cfg!(windows) { name.replace('\\', "/") } else { name.into_owned() }
}

/// Endings of files that may be anybody's; what they hold tells.
const ANYBODYS: &[&str] = &["yaml", "yml", "json", "xml", "toml", "lock", "txt", "conf", "cfg", "tpl"];

/// Folders of what other people wrote.
const FOREIGN: &[&str] = &["node_modules", "__pycache__"];

fn is_readable(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    ANYBODYS.contains(&ending.as_str()) || FORMATS.iter().any(|format| format.is_named(&name))
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
