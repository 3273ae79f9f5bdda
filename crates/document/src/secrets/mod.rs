//! Secrets in what was read: which values of a text are nobody's business.
//!
//! Every reader's document gets them ([`crate::Document::secrets`]), found by the names of keys (`keys`, `scan`), by
//! their shape (`shapes`), and by what a structured reader knows of a place ([`Recorder`]). What is *not* here: covering
//! them, which is done where a report leaves. Invariants: linear in the text; a value that only stands for
//! one (`${env:X}`, `<password>`, a cover) is no secret.

mod keys;
mod scan;
mod shapes;
mod values;

use crate::paths;
use crate::slice::Slice as _;
use std::collections::BTreeSet;

pub use keys::is_secret_key;

pub use crate::secret::Secret;
use crate::{Document, Kind, Setting, Span};
use keys::Held;
pub use scan::Syntax;

/// Shortest value, in characters, that counts as a secret; the shortest cover has as many.
const MIN_CHARACTERS: usize = 3;
/// Values with fewer characters are covered only at their own place.
const MIN_ANYWHERE: usize = 6;
/// Longest text before a short value, in bytes, that is kept to recognise its place.
const MAX_CONTEXT_BYTES: usize = 60;

/// Whether a value is the cover of a secret.
#[must_use]
pub fn is_cover(value: &str) -> bool {
    let value = value.trim();
    value.len() >= MIN_CHARACTERS && value.bytes().all(|byte| byte == b'*')
}

/// Collects the secrets of a text. Names and shapes are searched for; readers add what the structure shows.
#[derive(Debug)]
pub struct Recorder<'t> {
    text: &'t str,
    syntax: Syntax,
    /// Whether the text has the name of a secret anywhere.
    names_one: bool,
    secrets: BTreeSet<Secret>,
}

impl<'t> Recorder<'t> {
    /// Those of a text as it was read. `path` says less than the text does.
    #[must_use]
    pub fn new(path: &str, text: &'t str, document: &Document) -> Self {
        let syntax = syntax(path, text, document.kind);
        let scan = scan::scan(text, syntax);
        let mut recorder = Self { text, syntax, names_one: scan.names_one, secrets: BTreeSet::new() };
        for found in scan.found {
            recorder.add(found.span, found.held);
        }
        for span in shapes::find(text, syntax) {
            recorder.record(span);
        }
        for setting in document.all().flat_map(|document| &document.settings) {
            recorder.setting(setting);
        }
        for dependency in document.all().flat_map(|document| &document.dependencies) {
            if values::looks_generated(&dependency.version) {
                recorder.value(dependency.span, &dependency.version);
            }
        }
        recorder
    }

    /// How the text writes keys and values.
    #[must_use]
    pub fn syntax(&self) -> Syntax {
        self.syntax
    }

    /// Whether it is worth looking through the parsed tree: a secret's name occurs in the text, or Kubernetes' word
    /// for one.
    #[must_use]
    pub fn wants_tree(&self) -> bool {
        self.names_one || self.text.contains("Secret")
    }

    /// A key and its value as the reader resolved it, with the value's place.
    pub fn entry(&mut self, key: &str, span: Span, value: &str) {
        let held = keys::held(key);
        let is_value = if held == Held::Pair { values::is_pair(value) } else { !values::is_open(value) };
        if held == Held::Nothing || !is_value {
            return;
        }
        self.add(span, held);
        if held == Held::Login {
            // The reader may have resolved escapes, or bytes read as Latin-1.
            for one in shapes::login(value, Span::new(0, value.len() as u32)) {
                self.value(span, one.of(value));
            }
        } else {
            value.lines().for_each(|line| self.value(span, line));
        }
    }

    /// A value that is a secret because of its place.
    pub fn secret(&mut self, span: Span, value: &str) {
        self.record(span);
        value.lines().for_each(|line| self.value(span, line));
    }

    /// Every secret, in the order of the text.
    #[must_use]
    pub fn finish(self) -> Vec<Secret> {
        self.secrets.into_iter().collect()
    }

    fn setting(&mut self, setting: &Setting) {
        let held = keys::held(&setting.key);
        if held != Held::Nothing || setting.prefix.is_empty() {
            self.entry(&setting.key, setting.value_span, &setting.value);
        } else {
            self.entry(&format!("{}{}", setting.prefix, setting.key), setting.value_span, &setting.value);
        }
        if matches!(held, Held::Nothing | Held::Pair)
            && values::looks_generated(&setting.value)
            && !is_name(&setting.key)
        {
            // A password under the wrong key.
            self.record(setting.value_span);
        }
    }
    /// A value of a key.
    fn add(&mut self, span: Span, held: Held) {
        if held == Held::Login {
            for one in shapes::login(self.text, span) {
                self.record(one);
            }
            return;
        }
        self.record(span);
        let value = span.of(self.text);
        if let Some(password) = values::password_of(value) {
            let start = span.end - password.len() as u32;
            self.record(Span::new(start, span.end));
        }
    }

    /// Adds what is written at a span, line by line, so that separators and continuations stay readable.
    fn record(&mut self, span: Span) {
        let written = span.of(self.text);
        let mut from = span.start as usize;
        for line in written.split_inclusive(['\n', '\r']) {
            let inner = line.trim();
            let continued = inner.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
            let inner = if continued { inner.trim_end_matches('\\').trim_end() } else { inner };
            let start = from + line.find(inner).unwrap_or_default();
            self.value(Span::new(start as u32, (start + inner.len()) as u32), inner);
            from += line.len();
        }
        let mut other = |value: String| {
            value.lines().for_each(|line| self.value(span, line));
        };
        if written.contains('\\') {
            other(values::unescaped(written));
        }
        if written.contains('%') {
            values::percent_decoded(written).into_iter().for_each(&mut other);
        }
        if let Some(inner) = values::decoded(written).filter(|inner| inner.chars().count() >= MIN_ANYWHERE) {
            if let Some(password) = values::password_of(&inner) {
                other(password.to_owned());
            }
            other(inner);
        }
    }

    /// Adds a value in one of its spellings.
    fn value(&mut self, span: Span, value: &str) {
        let value = value.trim();
        // Operators use such a field for the key in a `Secret`, not for the password: `password: password`.
        let is_reference = self.syntax == Syntax::Yaml && FIELDS.contains(&value);
        if value.chars().count() < MIN_CHARACTERS || values::is_open(value) || is_reference {
            return;
        }
        let context = if is_recognisable(value) { String::new() } else { self.context(span) };
        if context.trim().is_empty() && !is_recognisable(value) {
            return;
        }
        self.secrets.insert(Secret { span, context, value: value.to_owned() });
    }

    /// The text before a place on its line; if that is blank, the line before it too.
    fn context(&self, span: Span) -> String {
        let end = span.start as usize;
        let mut first = end.saturating_sub(MAX_CONTEXT_BYTES);
        while !self.text.is_char_boundary(first) {
            first += 1;
        }
        let before = self.text.slice(first..end);
        let line = before.rfind('\n').map_or(0, |at| at + 1);
        let head = before.slice(line..);
        if head.trim().is_empty() { before.to_owned() } else { head.trim_start().to_owned() }
    }
}

/// Every secret of a text in somebody's own words: a word that looks as a generator makes it is one, too.
#[must_use]
pub fn of_text(text: &str) -> Vec<Secret> {
    let mut recorder = Recorder::new("", text, &Document::default());
    let mut from = 0;
    for word in
        text.split_inclusive(|sign: char| sign.is_whitespace() || matches!(sign, ',' | ';' | '(' | ')'))
    {
        let inner = word.trim_matches(|sign: char| {
            sign.is_whitespace() || matches!(sign, ',' | ';' | '(' | ')' | '"' | '\'')
        });
        if values::looks_generated(inner) {
            let start = from + word.find(inner).unwrap_or_default();
            recorder.record(Span::new(start as u32, (start + inner.len()) as u32));
        }
        from += word.len();
    }
    recorder.finish()
}

/// Keys whose values are names that somebody chose or made up: they may look like a password and are none.
fn is_name(key: &str) -> bool {
    const NAMES: [&str; 34] = [
        "id",
        "uuid",
        "name",
        "names",
        "topic",
        "topics",
        "class",
        "group",
        "prefix",
        "suffix",
        "pattern",
        "regex",
        "format",
        "version",
        "path",
        "location",
        "dir",
        "dirs",
        "file",
        "host",
        "hosts",
        "cluster",
        "index",
        "table",
        "bucket",
        "subject",
        "principal",
        "user",
        "username",
        "transforms",
        "predicates",
        "voters",
        "directory",
        "implementation",
    ];
    let is_one = |word: &String| NAMES.contains(&word.as_str()) || keys::DESCRIBES.contains(&word.as_str());
    keys::words(key).last().is_some_and(is_one)
}

/// How a text of a kind writes keys and values.
fn syntax(path: &str, text: &str, kind: Kind) -> Syntax {
    let file = paths::file_name(path).to_ascii_lowercase();
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    let start = text.trim_start_matches('\u{feff}').trim_start();
    let is_object = start.starts_with('{')
        || (start.starts_with('[')
            && start.trim_start_matches('[').trim_start().starts_with(['{', '"', ']']));
    let has_line = |begins: &[&str]| {
        text.lines().take(200).any(|line| begins.iter().any(|begin| line.trim_start().starts_with(begin)))
    };
    match kind {
        Kind::JavaSource | Kind::KotlinSource | Kind::ScalaSource => Syntax::Code,
        Kind::ShellScript => Syntax::Shell,
        _ if start.starts_with('<') => Syntax::Xml,
        _ if is_object => Syntax::Json,
        Kind::Containers if has_line(&["FROM ", "from "]) => Syntax::Shell,
        Kind::Containers => Syntax::Yaml,
        _ => match ending {
            "java" | "kt" | "kts" | "scala" | "sbt" | "gradle" | "groovy" | "py" | "js" | "ts" | "go"
            | "rb" | "cs" | "php" | "rs" | "c" | "cpp" | "clj" | "ex" | "exs" | "tf" | "hcl" | "toml" => {
                Syntax::Code
            }
            "sh" | "bash" | "zsh" | "ksh" | "ps1" | "service" => Syntax::Shell,
            "yml" | "yaml" | "tpl" => Syntax::Yaml,
            "json" => Syntax::Json,
            "xml" | "config" | "csproj" => Syntax::Xml,
            "properties" | "env" => Syntax::Lines,
            _ if file.starts_with("dockerfile") || file.ends_with("dockerfile") => Syntax::Shell,
            _ if kind == Kind::BuildFile => Syntax::Code,
            _ if matches!(kind, Kind::ApplicationConfig | Kind::Log4j2Markup | Kind::Metrics) => Syntax::Yaml,
            _ if has_line(&["apiVersion:", "kind:", "services:", "- name:"]) => Syntax::Yaml,
            _ => Syntax::Lines,
        },
    }
}

/// Whether a value is covered wherever it occurs. Short values, numbers that count something and words of Kafka's own
/// texts are not.
fn is_recognisable(value: &str) -> bool {
    value.chars().count() >= MIN_ANYWHERE
        && !value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && !value
            .split(|sign: char| !sign.is_alphanumeric())
            .all(|word| word.is_empty() || COMMON.iter().any(|common| word.eq_ignore_ascii_case(common)))
}

/// What keys of a Kubernetes `Secret` are called.
const FIELDS: &[&str] =
    &["password", "token", "secret", "clientSecret", "client-secret", "accessToken", "refreshToken"];

/// Words that are passwords of many a test set-up, and stand in reports for what they mean.
const COMMON: &[&str] = &[
    "access",
    "admin",
    "application",
    "avro",
    "broker",
    "brokers",
    "certs",
    "client",
    "clients",
    "cluster",
    "common",
    "config",
    "connect",
    "consumer",
    "controller",
    "custom",
    "default",
    "demo",
    "developer",
    "disabled",
    "dummy",
    "enabled",
    "example",
    "false",
    "group",
    "inter",
    "internal",
    "java",
    "json",
    "kafka",
    "keystore",
    "listener",
    "listeners",
    "local",
    "localhost",
    "login",
    "manager",
    "master",
    "message",
    "metadata",
    "migration",
    "mirror",
    "mode",
    "monitor",
    "none",
    "null",
    "option",
    "password",
    "plain",
    "plaintext",
    "producer",
    "quorum",
    "registry",
    "replica",
    "required",
    "requested",
    "root",
    "sasl",
    "schema",
    "scram",
    "secret",
    "security",
    "server",
    "servers",
    "service",
    "settings",
    "sink",
    "source",
    "ssl",
    "storage",
    "store",
    "streams",
    "super",
    "system",
    "test",
    "tester",
    "testing",
    "token",
    "topic",
    "topics",
    "true",
    "truststore",
    "upgrade",
    "user",
    "username",
    "users",
    "value",
    "version",
    "worker",
    "zookeeper",
];

#[cfg(test)]
mod tests;
