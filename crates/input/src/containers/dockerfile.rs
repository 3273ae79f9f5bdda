//! Dockerfiles: the images that they build on, what they set, what they run, and the Kafka that they download.
//!
//! Variables of `ARG` and `ENV` are resolved where they are used. A stage's Java counts where the stage downloads Kafka:
//! what else runs on it nobody knows.

use kafka_upgrade_catalog::clients as products;
use kafka_upgrade_document::Slice as _;
use kafka_upgrade_document::{Embedded, EmbeddedFile, SourceText, Variable};
use kafka_upgrade_sorted::case::Case as _;

use std::collections::{BTreeMap, BTreeSet};

use super::image::Image;
use super::variables::{self, braced, with_defaults};
use crate::environment::Mapping;
use crate::{Dependency, Document, Ecosystem, Span};

/// An instruction: its name, and what follows it with its place, continued lines with it.
struct Instruction<'t> {
    name: String,
    rest: &'t str,
    start: usize,
}

/// Reads such a text.
pub(super) fn read(text: &str, document: &mut Document) {
    let mut file = File { text, ..File::default() };
    for instruction in instructions(text) {
        file.read(&instruction, document);
    }
    file.end_stage(document);
}

/// Parts the text into instructions; lines that are continued and the bodies of here-documents belong to theirs.
fn instructions(text: &str) -> Vec<Instruction<'_>> {
    let mut found: Vec<Instruction<'_>> = Vec::new();
    let mut lines = text.split_inclusive('\n');
    let mut at = 0;
    while let Some(line) = lines.next() {
        let start = at;
        at += line.len();
        let trimmed = line.trim_start_matches('\u{feff}').trim_start();
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let mut last = line;
        let mut terminator = here_document(line);
        loop {
            let open = match terminator {
                Some(end) if last.trim() == end => {
                    terminator = None;
                    false
                }
                Some(_) => true,
                // A comment between continued lines does not end them.
                None => {
                    last.trim_end().ends_with('\\')
                        || (last.trim_start().starts_with('#') && at > start + line.len())
                }
            };
            let Some(next) = open.then(|| lines.next()).flatten() else { break };
            at += next.len();
            if terminator.is_none() && !last.trim_start().starts_with('#') {
                terminator = here_document(next);
            }
            last = next;
        }
        let whole = text.slice(start..at);
        let begin = start + whole.len() - whole.trim_start_matches('\u{feff}').trim_start().len();
        let whole = text.slice(begin..at).trim_end();
        let end = whole.find(|one: char| one.is_whitespace()).unwrap_or(whole.len());
        let (name, rest) = whole.split_at_checked(end).unwrap_or((whole, ""));
        let inner = rest.trim_start();
        found.push(Instruction {
            name: name.to_ascii_uppercase(),
            rest: inner,
            start: begin + whole.len() - inner.len(),
        });
    }
    found
}

/// The file that a here-document of `COPY` or `ADD` writes: its text, and its path at the end of the first line.
fn written(text: &str, rest: &str, start: usize, document: &mut Document) {
    let Some((line, body)) = rest.split_once('\n') else { return };
    let Some((body, _)) = body.trim_end().rsplit_once('\n') else { return };
    let path = line.trim_end().rsplit([' ', '\t']).next().unwrap_or_default();
    let named = start + line.trim_end().len() - path.len();
    let at = start + line.len() + 1;
    let body = text.slice(at..at + body.len() + 1);
    document.embed(Embedded::File(EmbeddedFile {
        name: path.to_owned(),
        place: Span::new(named as u32, (named + path.len()) as u32),
        text: SourceText::plain(body, at as u32),
        written: SourceText::plain(body, at as u32),
        is_escaped: false,
    }));
}

/// The word that ends the here-document of a line.
fn here_document(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("<<")?;
    let word = rest.trim_start_matches('-').trim_start_matches(['"', '\'']);
    let end = word.find(|one: char| !one.is_ascii_alphanumeric() && one != '_').unwrap_or(word.len());
    word.get(..end).filter(|word| !word.is_empty())
}

#[derive(Default)]
struct File<'t> {
    text: &'t str,
    /// Values of `ARG` and `ENV`.
    names: BTreeMap<String, String>,
    /// Names of stages, which are no images.
    stages: BTreeSet<String>,
    /// Of the stage that is read.
    variables: Vec<Variable>,
    image: Image,
    place: Span,
    /// Bytes of values that variables were resolved to so far.
    resolved_bytes: usize,
    /// The Java that it builds on.
    java: Vec<Dependency>,
    has_kafka: bool,
}

impl File<'_> {
    fn read(&mut self, instruction: &Instruction<'_>, document: &mut Document) {
        let Instruction { name, rest, start } = instruction;
        let words = words(self.text, rest, *start);
        match name.as_str() {
            "FROM" => {
                self.end_stage(document);
                let mut names = words.iter().filter(|word| !word.text.starts_with("--"));
                if let Some(word) = names.next() {
                    self.base(word, document);
                }
                if let (Some(_), Some(stage)) = (names.next(), names.next()) {
                    self.stages.insert(stage.text.lower());
                }
            }
            "ARG" => {
                for word in &words {
                    let (name, value) = word.text.split_once('=').unwrap_or((&word.text, ""));
                    let value = self.resolved(value);
                    if !value.is_empty() {
                        self.names.insert(name.to_owned(), value);
                    }
                }
            }
            "ENV" => self.set(rest, *start, &words),
            "ADD" | "COPY" if here_document(rest.lines().next().unwrap_or_default()).is_some() => {
                written(self.text, rest, *start, document);
            }
            "ADD" | "COPY" => {
                self.downloads(&words, document);
                // Of a copied file only its path counts.
                let command = [SourceText::plain("cp", *start as u32)].into_iter().chain(words);
                document.embed(Embedded::Command(command.collect()));
            }
            "RUN" | "CMD" | "ENTRYPOINT" | "HEALTHCHECK" => self.run(rest, *start, &words, document),
            _ => {}
        }
    }

    /// A stage that begins: its image, or the stage that it goes on from.
    fn base(&mut self, word: &SourceText, document: &mut Document) {
        let reference = self.resolved(&word.text);
        if self.stages.contains(&reference.lower()) || reference == "scratch" {
            return;
        }
        self.image = Image::new(&reference);
        self.place = word.span;
        let all = self.image.dependencies(word.span);
        if self.image.is_java() { self.java = all } else { document.dependencies.extend(all) }
    }

    /// `ENV A=1 B="2"`, or `ENV A 1` as it was once written.
    fn set(&mut self, rest: &str, start: usize, words: &[SourceText]) {
        let old = words.first().is_some_and(|word| !word.text.contains('='));
        let mut all: Vec<Variable> = Vec::new();
        if let (true, Some(name)) = (old, words.first()) {
            let (_, value) = rest.split_once(char::is_whitespace).unwrap_or_default();
            let at = start + rest.len() - value.trim_start().len();
            let value = SourceText::plain(value.trim(), at as u32);
            let span = Span::new(name.span.start, value.span.end);
            all.push(Variable { name: name.clone(), value, span });
        } else {
            all.extend(words.iter().filter_map(Variable::of_word));
        }
        for mut variable in all {
            let value = self.resolved(&variable.value.text);
            self.names.insert(variable.name.text.clone(), value.clone());
            if value != variable.value.text {
                let span = variable.value.part(0, variable.value.text.len());
                variable.value = SourceText::resolved(self.text, &value, span);
            }
            self.variables.push(variable);
        }
    }

    fn run(&mut self, rest: &str, start: usize, words: &[SourceText], document: &mut Document) {
        // Options of the instruction itself.
        let mut text = rest;
        while let Some(behind) = text.strip_prefix("--") {
            text =
                behind.find(char::is_whitespace).and_then(|end| behind.get(end..)).unwrap_or("").trim_start();
        }
        let text = text.strip_prefix("CMD ").unwrap_or(text).trim_start();
        let start = start + rest.len() - text.len();
        self.downloads(words, document);
        if text.starts_with('[') {
            document.embed(Embedded::Command(array(text, start)));
            return;
        }
        document.embed(Embedded::Commands(SourceText::plain(text, start as u32)));
    }

    /// `kafka_2.13-3.9.0.tgz` in the address of a download is a broker with its Scala.
    fn downloads(&mut self, words: &[SourceText], document: &mut Document) {
        for word in words.iter().filter(|word| word.text.contains("kafka_")) {
            let text = self.resolved(&word.text);
            let Some((_, rest)) = text.rsplit_once("kafka_") else { continue };
            let Some((scala, rest)) = rest.split_once('-') else { continue };
            let end = rest.find(|one: char| !one.is_ascii_digit() && one != '.').unwrap_or(rest.len());
            let version = rest.slice(..end).trim_end_matches('.');
            let number = |text: &str| text.starts_with(|first: char| first.is_ascii_digit());
            if number(scala) && number(version) {
                self.has_kafka = true;
                for (artifact, version) in [("kafka", version), ("scala", scala)] {
                    document.dependencies.push(Dependency {
                        ecosystem: Ecosystem::Name,
                        artifact: artifact.to_owned(),
                        version: version.to_owned(),
                        span: word.span,
                    });
                }
            }
        }
    }

    fn end_stage(&mut self, document: &mut Document) {
        let variables = std::mem::take(&mut self.variables);
        // Whoever starts it sets more of them.
        let mut mapping = self.image.mapping();
        if mapping == Mapping::NONE && products::product_of("image", &self.image.name).is_none() {
            mapping =
                variables.iter().find_map(|one| Mapping::of_variable(&one.name.text)).unwrap_or(mapping);
        }
        if !variables.is_empty() {
            let of_any_program = mapping.component.is_none();
            document.embed(Embedded::Variables { variables: variables.clone(), of_any_program });
        }
        variables::read(&variables, &mapping, self.place, true, document);
        let java = std::mem::take(&mut self.java);
        if std::mem::take(&mut self.has_kafka) {
            document.dependencies.extend(java);
        }
    }

    /// With its `$NAME`, `${NAME}` and `${NAME:-value}` resolved, as far as they are known.
    fn resolved(&mut self, text: &str) -> String {
        let mut whole = String::new();
        let mut rest = text;
        while let Some((before, from)) = rest.split_once('$') {
            whole.push_str(before);
            // A value can be long, and be used often.
            if self.resolved_bytes > MAX_RESOLVED_BYTES {
                whole.push('$');
                rest = from;
                continue;
            }
            let braced = braced(from);
            let (name, behind) = braced.unwrap_or_else(|| {
                let other = |one: char| !one.is_ascii_alphanumeric() && one != '_';
                from.split_at_checked(from.find(other).unwrap_or(from.len())).unwrap_or((from, ""))
            });
            let plain = name.split([':', '-', '+']).next().unwrap_or_default();
            match self.names.get(plain) {
                Some(value) => {
                    whole.push_str(value);
                    self.resolved_bytes += value.len();
                }
                None if braced.is_some() => whole.push_str(&with_defaults(&format!("${{{name}}}"))),
                None => {
                    whole.push('$');
                    whole.push_str(name);
                }
            }
            rest = behind;
        }
        whole.push_str(rest);
        whole
    }
}

/// Bytes of values that variables are resolved to, in one text.
const MAX_RESOLVED_BYTES: usize = 200_000;

/// Words of an instruction, without quotes and with continued lines as one.
fn words(whole: &str, text: &str, start: usize) -> Vec<SourceText> {
    let mut words = Vec::new();
    let (mut current, mut begun) = (String::new(), None);
    let mut quote = None;
    let mut chars = text.char_indices().peekable();
    let mut finish = |current: &mut String, begun: &mut Option<usize>, end: usize| {
        if let Some(from) = begun.take() {
            let span = Span::new((start + from) as u32, (start + end) as u32);
            words.push((std::mem::take(current), span));
        }
    };
    while let Some((at, one)) = chars.next() {
        match (one, quote) {
            ('\\', None | Some('"')) => {
                let escaped = chars.next().map(|(_, next)| next);
                match escaped {
                    Some('\r') => drop(chars.next_if(|(_, next)| *next == '\n')),
                    Some('\n') | None => {}
                    Some(next) => {
                        begun.get_or_insert(at);
                        current.push(next);
                    }
                }
            }
            ('"' | '\'', None) => {
                begun.get_or_insert(at);
                quote = Some(one);
            }
            (_, Some(open)) if one == open => quote = None,
            (_, None) if one.is_whitespace() => finish(&mut current, &mut begun, at),
            _ => {
                begun.get_or_insert(at);
                current.push(one);
            }
        }
    }
    finish(&mut current, &mut begun, text.len());
    words.into_iter().map(|(word, span)| SourceText::resolved(whole, &word, span)).collect()
}

/// `["a", "b c"]` as words.
fn array(text: &str, start: usize) -> Vec<SourceText> {
    let mut words = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('"') {
        let inner = rest.slice(open + 1..);
        let mut escaped = false;
        let end = inner.bytes().position(|byte| {
            let ends = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            ends
        });
        let Some(end) = end else { break };
        let word = inner.slice(..end);
        let at = (start + text.len() - inner.len()) as u32;
        let mut plain = SourceText::plain(word, at);
        plain.quoted = true;
        words.push(plain);
        rest = inner.slice(end + 1..);
    }
    words
}
