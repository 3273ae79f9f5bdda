//! From the bytes that somebody names, drops or picks to texts that are worth reading: the same for the command and the
//! page.
//!
//! Pure: whoever calls reads files and walks folders. What is *not* here: what a text means, beyond whether it has to do
//! with Kafka. Invariants: bytes give texts, refusals in plain words, or both, and never an error; archives are opened
//! when they are given by themselves, and never inside of a folder or of each other.

pub mod archive;
pub mod folder;
pub mod ignore;
pub mod packed;
mod tar;
mod zip;

use kafka_upgrade_document::secrets::Secret;
use kafka_upgrade_document::{Decoded, Document, Encoding, MAX_FILE_BYTES, Undecodable, Wide, decode};

use crate::format::read_with;
use crate::secrets;
use archive::Packed;
use folder::LeftOut;
use packed::{MAX_ARCHIVE_BYTES, MAX_ENTRIES, MAX_TEXT_BYTES, MAX_UNPACKED_BYTES, Refused};

/// A text that is to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The path that it was given under; of a file of an archive, the archive's path, a slash, and its own.
    pub path: String,
    /// All of it.
    pub text: String,
    /// How its bytes became text.
    pub encoding: Encoding,
    /// Its encoding, where that is one that Kafka does not read.
    pub wide: Option<Wide>,
}

/// What came of the bytes that were given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Texts.
    pub texts: Vec<Text>,
    /// What was asked for and is not read: which, why, and what to do; one sentence or two each.
    pub refused: Vec<String>,
    /// What else is to be known.
    pub notes: Vec<String>,
    /// Whether the bytes are an archive.
    pub is_archive: bool,
}

/// Texts of a file that was given by itself: its own, or those of the archive that it is.
#[must_use]
pub fn take(path: &str, bytes: Vec<u8>) -> Taken {
    match archive::kind(&bytes) {
        None => plain(path, bytes),
        Some(kind) => unpack(path, kind, &bytes),
    }
}

/// The text of a file, whether it has to do with Kafka or not, and whatever it packs.
#[must_use]
pub fn plain(path: &str, bytes: Vec<u8>) -> Taken {
    let mut taken = Taken::default();
    taken.add(path.to_owned(), bytes);
    taken
}

/// What scripts begin with.
pub const SHEBANG: &[u8] = b"#!";

/// Bytes of a file without an ending that decide whether it is read.
pub const HEAD_BYTES: usize = 4096;

/// Words by which a text that has no ending, such as the template of one, is worth reading.
const WORDS: &[&str] = &[
    "org.apache.kafka.",
    "bootstrap_servers",
    "bootstrap.servers",
    "broker.id",
    "KAFKA_OPTS",
    "KAFKA_HEAP_OPTS",
    "KAFKA_VERSION=",
];

/// Whether a file without an ending begins as a script does, or with something of Kafka's.
#[must_use]
pub fn begins_as_text(bytes: &[u8]) -> bool {
    let head = bytes.get(..HEAD_BYTES).unwrap_or(bytes);
    if head.starts_with(SHEBANG) {
        return true;
    }
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        // The last sign may be cut off.
        Err(error) if error.error_len().is_none() => head
            .get(..error.valid_up_to())
            .and_then(|head| std::str::from_utf8(head).ok())
            .unwrap_or_default(),
        Err(_) => return false,
    };
    // Of an image that is built under a name of its own.
    let is_image = || text.lines().any(|line| line.starts_with("FROM ")) && text.contains("\nRUN ");
    WORDS.iter().any(|word| text.contains(word)) || crate::properties::are_settings(text) || is_image()
}

/// The text of a file of a folder, with what was read of it; none where it has nothing to do with Kafka.
#[must_use]
pub fn take_of_folder(path: &str, bytes: Vec<u8>) -> (Taken, Vec<Document>) {
    if folder::may_be_script(path) && !begins_as_text(&bytes) {
        return (Taken::default(), Vec::new());
    }
    let mut taken = plain(path, bytes);
    let mut documents = Vec::new();
    taken.texts.retain(|text| {
        let document = read_with(&text.path, &text.text, None, text.encoding, secrets_of_kafkas);
        let stays = folder::concerns_kafka(&document, &text.text);
        documents.extend(Some(document).filter(|_| stays));
        stays
    });
    if taken.texts.is_empty() {
        taken.notes.clear();
    }
    (taken, documents)
}

/// The secrets of a file that stays; most files of a folder have nothing to do with Kafka, and nobody asks for theirs.
fn secrets_of_kafkas(path: &str, text: &str, document: &Document) -> Vec<Secret> {
    if folder::concerns_kafka(document, text) { secrets::find(path, text, document) } else { Vec::new() }
}

impl Taken {
    fn add(&mut self, path: String, bytes: Vec<u8>) {
        match decode(bytes) {
            Err(why) => self.refused.push(format!("{path} was not read: {}", not_text(why))),
            Ok(Decoded { text, encoding, wide }) => {
                if let Some(wide) = wide {
                    self.notes.push(format!(
                        "{path} is {}, which Kafka cannot read. It is checked as the same text in UTF-8; save it as that before Kafka gets it.",
                        wide.name()
                    ));
                } else if encoding == Encoding::Latin1 {
                    self.notes
                        .push(format!("{path} is not UTF-8; it is read as Latin-1, as Kafka reads it."));
                }
                self.texts.push(Text { path, text, encoding, wide });
            }
        }
    }
}

/// Names in a jar that say which library it is.
fn is_of_jar(path: &str) -> bool {
    path == "kafka/kafka-version.properties"
        || (path.starts_with("META-INF/maven/") && path.ends_with("/pom.properties"))
}

fn unpack(name: &str, kind: Packed, bytes: &[u8]) -> Taken {
    let mut taken = Taken { is_archive: true, ..Taken::default() };
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let is_jar = kind == Packed::Zip && ["jar", "war", "ear"].contains(&ending.as_str());
    let mut left_out = LeftOut::default();
    let mut all = 0;
    let entries = archive::open(kind, bytes, name, &mut |paths, ignores| {
        all = paths.len();
        if is_jar {
            return paths.iter().enumerate().filter(|(_, path)| is_of_jar(path)).map(|(at, _)| at).collect();
        }
        let ignores: Vec<(String, String)> = ignores
            .iter()
            .map(|(path, text)| {
                (path.trim_end_matches(".gitignore").to_owned(), String::from_utf8_lossy(text).into_owned())
            })
            .collect();
        let ignores: Vec<(&str, &str)> =
            ignores.iter().map(|(folder, text)| (folder.trim_end_matches('/'), text.as_str())).collect();
        // What has no ending is a program in most archives, and unpacking it only to look at its first bytes costs.
        let (read, out) = folder::sift(paths, &ignores, folder::is_readable);
        left_out = out;
        read
    });
    let entries = match entries {
        Ok(entries) => entries,
        Err(why) => {
            taken.refused.push(format!("{name} was not read: {}", refusal(&why)));
            return taken;
        }
    };
    for entry in entries {
        let path = format!("{name}/{}", entry.path);
        match entry.content {
            Err(why) => taken.refused.push(format!("{path} was not read: {}", refusal(&why))),
            // What is packed alone was meant, whatever it is.
            Ok(content) if all == 0 => taken.add(path, content),
            Ok(content) => {
                let (mut one, _) = take_of_folder(&path, content);
                if one.texts.is_empty() && one.refused.is_empty() {
                    left_out.unrelated += 1;
                }
                taken.texts.append(&mut one.texts);
                taken.refused.append(&mut one.refused);
                taken.notes.append(&mut one.notes);
            }
        }
    }
    if is_jar && taken.texts.is_empty() && taken.refused.is_empty() {
        taken.refused.push(format!(
            "{name} was not read: nothing in this jar says which library it is. Name the build file, or the jar as `libs.txt` from `ls`."
        ));
    } else if !is_jar {
        taken.notes.extend(left_out.sentences(name));
        if taken.texts.is_empty() && taken.refused.is_empty() {
            taken.notes.push(nothing(name));
        }
    }
    taken
}

/// The sentence for a folder or archive without a text to read.
#[must_use]
pub fn nothing(name: &str) -> String {
    format!(
        "{name} holds nothing to check: no file of Kafka's, and none that configures a client of it. Name a file to have it read all the same."
    )
}

const fn mib(bytes: usize) -> usize {
    bytes / 1024 / 1024
}

/// Why bytes are not read, and what to do.
fn not_text(why: Undecodable) -> String {
    match why {
        Undecodable::TooLarge => {
            format!("it has more than {} MiB, which no configuration has.", mib(MAX_FILE_BYTES))
        }
        Undecodable::Damaged(encoding) => {
            format!("it begins as {encoding} and is damaged or cut off. Save it as UTF-8.")
        }
        Undecodable::Binary => "it is a binary file. Name the text files to check.".to_owned(),
    }
}

/// Why an archive, or a file of one, is not read, and what to do.
fn refusal(why: &Refused) -> String {
    match why {
        Refused::Damaged => {
            "it is damaged or cut off. Pack it again, or unpack it and name the folder.".to_owned()
        }
        Refused::Encrypted => "it is encrypted. Unpack it and name the folder.".to_owned(),
        Refused::Large => format!(
            "it has more than {} MiB. Unpack it, and name the folder with the configuration.",
            mib(MAX_ARCHIVE_BYTES)
        ),
        Refused::Unpacked => format!(
            "it unpacks to more than is read ({} MiB a file, {} MiB of texts, {} MiB in all). Pack the configuration alone.",
            mib(MAX_FILE_BYTES),
            mib(MAX_TEXT_BYTES),
            mib(MAX_UNPACKED_BYTES)
        ),
        Refused::Entries => {
            format!("it holds more than {MAX_ENTRIES} files. Pack the configuration alone.")
        }
        Refused::Foreign("other") => {
            "it is packed by a method that is not read here. Pack it as an ordinary zip or tar.gz.".to_owned()
        }
        Refused::Foreign(kind) => {
            format!("it is packed as {kind}, which is not read here. Pack it as an ordinary zip or tar.gz.")
        }
    }
}

#[cfg(test)]
mod tests;
