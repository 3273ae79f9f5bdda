//! Commands of a shell text: words with their quotes resolved, here-documents, and the variables it sets.
//!
//! As POSIX shells and bash read them: quotes of all sorts, continuations, comments, command substitution,
//! redirections. Nothing is run: what a command would print is not known and stays as written.
//!
//! Invariants: linear time; brackets deeper than [`MAX_DEPTH`] are read flat.

use kafka_upgrade_document::Slice as _;
use std::collections::BTreeMap;

use kafka_upgrade_document::SourceText;

use kafka_upgrade_document::Span;

/// Deepest nesting of brackets that is read.
const MAX_DEPTH: usize = 60;

/// Longest text between `${` and `}`, in bytes.
const WIDEST: usize = 200;

/// Expanded variables may add at most this many bytes in total: a short name can insert a long value very often.
const BUDGET: usize = 1 << 20;

/// One simple command.
#[derive(Clone, Debug, Default)]
pub struct Command {
    /// Assignments before it, its name and its arguments.
    pub words: Vec<SourceText>,
    /// The file that `>` names.
    pub target: Option<SourceText>,
    /// The bodies of its here-documents.
    pub documents: Vec<Span>,
    /// Whether it has a word that is neither an assignment nor something like `export`.
    named: bool,
}

/// A here-document whose body is still to come.
struct Pending {
    command: usize,
    end: String,
    tabs: bool,
}

struct Lexer<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    commands: Vec<Command>,
    pending: Vec<Pending>,
    variables: BTreeMap<String, SourceText>,
    /// Whether it is between backticks, where the next one ends it.
    ticks: bool,
    /// Bytes that variables may still put in.
    budget: usize,
}

/// Reads a text: its commands, and what its variables are set to at its end.
pub fn commands(text: &str) -> (Vec<Command>, BTreeMap<String, SourceText>) {
    let mut lexer = Lexer {
        text,
        bytes: text.as_bytes(),
        at: 0,
        commands: Vec::new(),
        pending: Vec::new(),
        variables: BTreeMap::new(),
        ticks: false,
        budget: BUDGET,
    };
    while lexer.at < lexer.bytes.len() {
        let before = lexer.at;
        lexer.list(None, 0);
        // A closing bracket that nothing opened.
        lexer.at = lexer.at.max(before + 1);
    }
    (lexer.commands, lexer.variables)
}

impl Lexer<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn slice(&self, start: usize, end: usize) -> &str {
        self.text.slice(start..end)
    }

    /// Commands up to the closing bracket, which is not read, or the end of the text.
    fn list(&mut self, close: Option<u8>, depth: usize) {
        let mut command = Command::default();
        let mut place = self.reserve();
        while self.at < self.bytes.len() {
            let byte = self.peek(0);
            if Some(byte) == close {
                break;
            }
            match byte {
                b' ' | b'\t' | b'\r' => self.at += 1,
                b'\\' if self.peek(1) == b'\n' => self.at += 2,
                b'\\' if self.peek(1) == b'\r' && self.peek(2) == b'\n' => self.at += 3,
                b'\n' => {
                    self.at += 1;
                    place = self.finish(&mut command, place);
                    self.bodies();
                }
                b';' | b'&' | b'|' => {
                    if byte == b'&' && self.peek(1) == b'>' {
                        self.at += 1;
                        continue;
                    }
                    self.at += 1;
                    place = self.finish(&mut command, place);
                }
                b'(' if depth < MAX_DEPTH => {
                    self.at += 1;
                    self.finish(&mut command, place);
                    self.list(Some(b')'), depth + 1);
                    self.at += 1;
                    place = self.reserve();
                }
                b'(' | b')' | b'`' => {
                    self.at += 1;
                    place = self.finish(&mut command, place);
                }
                b'#' => {
                    let rest = self.bytes.slice(self.at..);
                    self.at += rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
                }
                b'<' | b'>' => self.redirection(&mut command, place, depth),
                _ => {
                    let word = self.word(depth);
                    let is_descriptor = matches!(self.peek(0), b'<' | b'>')
                        && !word.text.is_empty()
                        && word.text.bytes().all(|byte| byte.is_ascii_digit());
                    if !is_descriptor {
                        self.remember(&mut command, &word);
                        command.words.push(word);
                    }
                }
            }
        }
        self.finish(&mut command, place);
    }

    /// Reserves a place in the order of the commands for one that is still being read.
    fn reserve(&mut self) -> usize {
        self.commands.push(Command::default());
        self.commands.len() - 1
    }

    fn finish(&mut self, command: &mut Command, place: usize) -> usize {
        let done = std::mem::take(command);
        if done.words.is_empty() && done.target.is_none() {
            return place;
        }
        if let Some(slot) = self.commands.get_mut(place) {
            slot.words = done.words;
            slot.target = done.target;
        }
        self.reserve()
    }

    /// Keeps what `NAME=value` sets: before a command, or as an argument of `export` and its like.
    fn remember(&mut self, command: &mut Command, word: &SourceText) {
        const SETTERS: &[&str] = &["export", "local", "declare", "readonly", "typeset", "env", "ENV"];
        if command.named {
            return;
        }
        match word.text.split_once('=').filter(|(name, _)| is_name(name)) {
            Some((name, _)) => {
                let value = word.sub(name.len() + 1, word.text.len());
                self.variables.insert(name.to_owned(), value);
            }
            None => command.named = !SETTERS.contains(&word.text.as_str()) && !word.text.starts_with('-'),
        }
    }

    fn redirection(&mut self, command: &mut Command, place: usize, depth: usize) {
        let start = self.at;
        while matches!(self.peek(0), b'<' | b'>' | b'&' | b'|') && self.at < start + 3 {
            self.at += 1;
        }
        let sign = self.slice(start, self.at).to_owned();
        let tabs = sign == "<<" && self.peek(0) == b'-';
        if tabs {
            self.at += 1;
        }
        // Process substitution: the commands in the brackets are read as any.
        if self.peek(0) == b'(' {
            return;
        }
        while matches!(self.peek(0), b' ' | b'\t') {
            self.at += 1;
        }
        if matches!(self.peek(0), b'\n' | b'\r' | 0 | b';' | b'|' | b')' | b'<' | b'>' | b'(') {
            return;
        }
        let word = self.word(depth);
        match sign.as_str() {
            "<<" => self.pending.push(Pending { command: place, end: word.text, tabs }),
            ">" | ">>" | ">|" => command.target = Some(word),
            _ => {}
        }
    }

    /// The bodies of the here-documents that the line before began.
    fn bodies(&mut self) {
        for pending in std::mem::take(&mut self.pending) {
            let start = self.at;
            let mut end = start;
            while self.at < self.bytes.len() {
                let rest = self.bytes.slice(self.at..);
                let length = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
                let line = self.slice(self.at, self.at + length);
                let line = if pending.tabs { line.trim_start_matches('\t') } else { line };
                let is_end = line.trim_end_matches('\r') == pending.end;
                end = self.at;
                self.at = (self.at + length + 1).min(self.bytes.len());
                if is_end {
                    break;
                }
                end = self.at;
            }
            if let Some(command) = self.commands.get_mut(pending.command) {
                command.documents.push(Span::new(start as u32, end as u32));
            }
        }
    }

    /// A word; at least one byte is read.
    fn word(&mut self, depth: usize) -> SourceText {
        let start = self.at as u32;
        let mut word = SourceText::plain("", start);
        while self.at < self.bytes.len() {
            match self.peek(0) {
                b' ' | b'\t' | b'\n' | b'\r' | b';' | b'&' | b'|' | b'<' | b'>' | b'(' | b')' | b'`' => {
                    if self.peek(0) == b'`' && depth < MAX_DEPTH && !self.ticks {
                        self.substitution(&mut word, b'`', 1, depth);
                        continue;
                    }
                    break;
                }
                b'\\' => self.escape(&mut word),
                b'\'' => self.single(&mut word),
                b'"' => self.double(&mut word, depth),
                b'$' => self.dollar(&mut word, depth, false),
                _ => self.plain(&mut word, b" \t\n\r;&|<>()`\\'\"$"),
            }
        }
        word.span.end = self.at as u32;
        word
    }

    fn plain(&mut self, word: &mut SourceText, stop: &[u8]) {
        let start = self.at;
        while self.at < self.bytes.len() && !stop.contains(&self.peek(0)) {
            self.at += 1;
        }
        let text = self.text.slice(start..self.at);
        word.push(text, start as u32);
    }

    fn escape(&mut self, word: &mut SourceText) {
        match self.peek(1) {
            b'\n' => self.at += 2,
            b'\r' if self.peek(2) == b'\n' => self.at += 3,
            _ => {
                self.at += 1;
                self.char(word);
            }
        }
    }

    /// One character as it is.
    fn char(&mut self, word: &mut SourceText) {
        let length = self.text.get(self.at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
        let end = (self.at + length).min(self.bytes.len());
        let text = self.text.slice(self.at..end);
        word.push(text, self.at as u32);
        self.at += length;
    }

    fn single(&mut self, word: &mut SourceText) {
        word.quoted = true;
        self.at += 1;
        self.plain(word, b"'");
        self.at = (self.at + 1).min(self.bytes.len());
    }

    fn double(&mut self, word: &mut SourceText, depth: usize) {
        word.quoted = true;
        self.at += 1;
        while self.at < self.bytes.len() {
            match self.peek(0) {
                b'"' => {
                    self.at += 1;
                    return;
                }
                b'\\' if matches!(self.peek(1), b'"' | b'\\' | b'$' | b'`' | b'\n' | b'\r') => {
                    self.escape(word);
                }
                b'\\' => self.char(word),
                b'$' => self.dollar(word, depth, true),
                b'`' if self.ticks => return,
                b'`' if depth < MAX_DEPTH => self.substitution(word, b'`', 1, depth),
                b'`' => self.char(word),
                _ => self.plain(word, b"\"\\$`"),
            }
        }
    }

    /// What begins with `$`: a variable, a command, a string with escapes.
    fn dollar(&mut self, word: &mut SourceText, depth: usize, in_quotes: bool) {
        match self.peek(1) {
            b'(' if depth < MAX_DEPTH => self.substitution(word, b')', 2, depth),
            b'{' => self.braces(word),
            b'\'' if !in_quotes => {
                self.at += 1;
                self.ansi(word);
            }
            byte if byte.is_ascii_alphabetic() || byte == b'_' => {
                let start = self.at;
                self.at += 1;
                while self.peek(0).is_ascii_alphanumeric() || self.peek(0) == b'_' {
                    self.at += 1;
                }
                let name = self.slice(start + 1, self.at).to_owned();
                self.variable(word, &name, None, start);
            }
            _ => self.char(word),
        }
    }

    /// Puts in what a variable is set to, or the default that is written there, or the words as they are.
    fn variable(&mut self, word: &mut SourceText, name: &str, default: Option<(usize, usize)>, start: usize) {
        let written = self.text.slice(start..self.at);
        match (self.variables.get(name), default) {
            (Some(value), _) if value.text.len() <= self.budget => {
                self.budget -= value.text.len();
                word.push_word(value);
            }
            (_, Some((from, to))) => {
                let text = self.text.slice(from..to);
                word.push(text, from as u32);
            }
            (_, None) => word.push(written, start as u32),
        }
    }

    fn braces(&mut self, word: &mut SourceText) {
        let start = self.at;
        let (mut open, mut found) = (0usize, None);
        for (at, byte) in self.bytes.iter().enumerate().skip(start + 1).take(WIDEST) {
            match byte {
                b'{' => open += 1,
                b'}' if open <= 1 => {
                    found = Some(at);
                    break;
                }
                b'}' => open -= 1,
                b'\n' => break,
                _ => {}
            }
        }
        // Without a closing brace on the same line the text is read as it is.
        let Some(end) = found else {
            word.push("${", start as u32);
            self.at += 2;
            return;
        };
        self.at = (end + 1).min(self.bytes.len());
        let inner = self.slice(start + 2, end).to_owned();
        let length = inner.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
        let (name, rest) = inner.split_at_checked(length).unwrap_or((inner.as_str(), ""));
        let written = rest.strip_prefix(":-").or_else(|| rest.strip_prefix('-'));
        let default = written.map(|text| (end - text.len(), end)).filter(|(from, to)| {
            let text = self.slice(*from, *to);
            !text.is_empty() && !text.contains(['$', '`', '\'', '"', '\\'])
        });
        if rest.is_empty() || written.is_some() {
            self.variable(word, name, default, start);
        } else {
            let text = self.text.slice(start..self.at);
            word.push(text, start as u32);
        }
    }

    /// `$'…'`.
    fn ansi(&mut self, word: &mut SourceText) {
        word.quoted = true;
        self.at += 1;
        while self.at < self.bytes.len() {
            match self.peek(0) {
                b'\'' => {
                    self.at += 1;
                    return;
                }
                b'\\' => {
                    let place = self.at as u32;
                    let resolved = match self.peek(1) {
                        b'n' => "\n",
                        b't' => "\t",
                        b'r' => "\r",
                        _ => "",
                    };
                    self.at += 1;
                    if resolved.is_empty() {
                        self.char(word);
                    } else {
                        self.at += 1;
                        word.push_other(resolved, place);
                    }
                }
                _ => self.plain(word, b"'\\"),
            }
        }
    }

    /// The commands of `$(…)` or backticks; what they print is not known.
    fn substitution(&mut self, word: &mut SourceText, close: u8, opening: usize, depth: usize) {
        let start = self.at;
        self.at += opening;
        let outside = std::mem::replace(&mut self.ticks, close == b'`');
        self.list(Some(close), depth + 1);
        self.ticks = outside;
        self.at = (self.at + 1).min(self.bytes.len());
        word.push_other("$(…)", start as u32);
    }
}

/// Whether a variable can be called so.
pub fn is_name(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && text.bytes().next().is_some_and(|byte| !byte.is_ascii_digit())
}
