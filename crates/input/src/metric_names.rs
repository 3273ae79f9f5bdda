//! Names of metrics in a text: MBeans with patterns in them, and the flat names that exporters make of them.
//!
//! An MBean is reported as `domain:type=T,name=N,other=V`, what a pattern leaves open as `*`, and an attribute behind a
//! colon at the end. Each alternative is reported at its own place. Flat names are reported as they are written, when
//! they have Kafka in them. What is *not* here: which part of a file holds names. Invariant: linear time.

use kafka_upgrade_document::Slice as _;
use kafka_upgrade_document::SourceText;
use kafka_upgrade_sorted::Sorted as _;

use crate::{Span, Usage, UsageKind};

/// One metric that a text names.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Named {
    /// The name in the form that this module's documentation defines.
    pub(crate) name: String,
    /// Of an MBean: what stands between its domain and its attribute, as written.
    pub(crate) properties: Option<String>,
    pub(crate) span: Span,
}

impl From<Named> for Usage {
    fn from(one: Named) -> Self {
        let Named { name, properties: value, span } = one;
        Self { value, ..Self::new(UsageKind::Metric, name, span) }
    }
}

/// The MBeans in an argument of a command.
pub(crate) fn in_word(word: &SourceText) -> impl Iterator<Item = Usage> {
    beans(&word.text, 0, &[]).into_iter().map(|one| Usage { span: word.moved(one.span), ..Usage::from(one) })
}

/// Names that one pattern may stand for, so that it is expanded in linear time.
const MAX_NAMES: usize = 64;

/// A character that is any of a class: `\w`.
const CLASS: char = '\u{1}';

/// A pattern without the signs that only keep others from being special, each character with its place.
struct Pattern {
    letters: Vec<(char, u32)>,
}

/// One thing that a part of a pattern stands for; without a place where it is all of the part.
#[derive(Clone)]
struct Meant {
    text: String,
    span: Option<Span>,
}

/// The MBeans of Kafka's that a pattern stands for: `kafka.server<type=(A|B), name=(.+)><>Value`, or an object name.
/// `attributes` are those that stand beside it.
pub(crate) fn beans(raw: &str, start: u32, attributes: &[(String, Span)]) -> Vec<Named> {
    let pattern = Pattern::new(raw, start);
    let letters = &pattern.letters;
    let first = letters.iter().position(|(letter, _)| !" ^\"'".contains(*letter)).unwrap_or_default();
    let Some(colon) = outside(letters, first, |letter| letter == ':' || letter == '<') else {
        return Vec::new();
    };
    let domains = domains(letters.slice(first..colon));
    if domains.is_empty() {
        return Vec::new();
    }
    let end = outside(letters, colon + 1, |letter| letter == '>').unwrap_or(letters.len());
    let mut parts = Vec::new();
    let mut from = colon + 1;
    while from < end {
        let to = outside(letters, from, |letter| letter == ',').filter(|to| *to < end).unwrap_or(end);
        let part = letters.slice(from..to);
        if let Some(equals) = part.iter().position(|(letter, _)| *letter == '=') {
            let (key, value) = part.split_at(equals);
            let key: String = key.iter().map(|(letter, _)| *letter).collect();
            let key = if key.contains('(') { "*" } else { key.trim() };
            parts.push((key.to_owned(), meant(value.slice(1..))));
        }
        from = to + 1;
    }
    if parts.is_empty() {
        return Vec::new();
    }
    // People identify an MBean by these two; the order of the others matters only to patterns.
    parts.order_by_key(|(key, _)| match key.as_str() {
        "type" => 0,
        "name" => 1,
        _ => 2,
    });
    let place = |at: usize| letters.get(at).or(letters.last()).map_or(start, |(_, place)| *place);
    let last =
        letters.get(end.saturating_sub(1)).map_or(start, |(letter, place)| place + letter.len_utf8() as u32);
    let whole = Span::new(place(first), last);
    let properties = Span::new(place(colon + 1) - start, last - start).of(raw).to_owned();

    let open = domains.iter().any(|one| one.text.contains('*'));
    let mut said = domains;
    for (at, (key, values)) in parts.iter().enumerate() {
        let sign = if at == 0 { ':' } else { ',' };
        said = each(&said, values, |before, value| format!("{before}{sign}{key}={value}"));
    }
    let mut inner = behind(letters, end);
    inner.extend(attributes.iter().cloned());
    if inner.is_empty() {
        // A pattern that matches anything names no metric.
        let is_open = |(_, values): &(String, Vec<Meant>)| values.iter().any(|value| value.text == "*");
        if open && parts.iter().all(is_open) {
            return Vec::new();
        }
    } else {
        let inner: Vec<_> = inner.into_iter().map(|(text, span)| Meant { text, span: Some(span) }).collect();
        said = each(&said, &inner, |before, attribute| format!("{before}:{attribute}"));
    }
    let named = said.into_iter().map(|one| Named {
        name: one.text,
        properties: Some(properties.clone()),
        span: one.span.unwrap_or(whole),
    });
    named.collect()
}

/// The domains of Kafka's that a part stands for; `kafka.*` where it leaves open which.
fn domains(part: &[(char, u32)]) -> Vec<Meant> {
    let mut all = meant(part);
    for one in &mut all {
        if one.text == "*" && part.iter().map(|(letter, _)| *letter).take(6).eq("kafka.".chars()) {
            "kafka.*".clone_into(&mut one.text);
        }
        // A group of domains is reported whole: its MBeans have places of their own.
        one.span = None;
    }
    all.retain(|one| one.text.to_ascii_lowercase().contains("kafka"));
    all
}

/// Everything before with each of the values behind it. A value that has a place of its own is reported there.
fn each(before: &[Meant], values: &[Meant], join: impl Fn(&str, &str) -> String) -> Vec<Meant> {
    let all = before.iter().flat_map(|one| values.iter().map(move |value| (one, value)));
    let joined =
        all.map(|(one, value)| Meant { text: join(&one.text, &value.text), span: value.span.or(one.span) });
    joined.take(MAX_NAMES).collect()
}

/// The attributes that stand behind the `>` of a pattern: `><>(a|b): `. Only those of Kafka's own metrics, whose
/// names identify a metric; the others are `Count` and `Value` of every MBean.
fn behind(letters: &[(char, u32)], end: usize) -> Vec<(String, Span)> {
    let Some(from) = outside(letters, end + 1, |letter| letter == '>') else { return Vec::new() };
    let to = outside(letters, from + 1, |letter| letter == ':').unwrap_or(letters.len());
    let part = letters.slice(from + 1..to);
    let whole = part
        .first()
        .zip(part.last())
        .map(|((_, from), (letter, to))| Span::new(*from, to + letter.len_utf8() as u32));
    let named = meant(part).into_iter().filter(|one| is_attribute(&one.text));
    named.filter_map(|one| Some((one.text, one.span.or(whole)?))).collect()
}

/// Whether it is the name of one of Kafka's own metrics: `io-waittime-total`.
pub(crate) fn is_attribute(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|letter| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-')
}

/// What a part of a pattern stands for: itself, each of the alternatives of a group, or anything.
fn meant(part: &[(char, u32)]) -> Vec<Meant> {
    let blank = |letter: &(char, u32)| letter.0 == ' ';
    let from = part.iter().position(|letter| !blank(letter)).unwrap_or(part.len());
    let to = part.iter().rposition(|letter| !blank(letter)).map_or(from, |last| last + 1);
    let part = part.slice(from..to);
    let literal = |part: &[(char, u32)]| -> Option<String> {
        let plain = |letter: char| letter.is_alphanumeric() || "_-. /".contains(letter);
        part.iter()
            .all(|(letter, _)| plain(*letter))
            .then(|| part.iter().map(|(letter, _)| *letter).collect())
    };
    let anything = || vec![Meant { text: "*".to_owned(), span: None }];
    let open = part.iter().position(|(letter, _)| *letter == '(');
    let Some(open) = open else {
        let (before, star) = without_class(part);
        let text = if part.is_empty() { None } else { literal(before) };
        let plain = text.map(|text| vec![Meant { text, span: None }]);
        return plain.filter(|_| !star).unwrap_or_else(anything);
    };
    let Some(close) = outside(part, open + 1, |letter| letter == ')') else { return anything() };
    let (suffix, _) = without_class(part.slice(close + 1..));
    let (prefix, suffix) = (literal(part.slice(..open)), literal(suffix));
    let (Some(prefix), Some(suffix)) = (prefix, suffix) else { return anything() };
    let inner = part.slice(open + 1..close);
    let inner = match inner {
        [('?', _), (':', _), rest @ ..] => rest,
        inner => inner,
    };
    let alternatives = inner.split(|(letter, _)| *letter == '|').take(MAX_NAMES);
    let mut all: Vec<Meant> = Vec::new();
    for one in alternatives {
        let text = literal(one).filter(|text| !text.is_empty());
        let span = one
            .first()
            .zip(one.last())
            .map(|((_, from), (letter, to))| Span::new(*from, to + letter.len_utf8() as u32));
        match text {
            Some(text) if text != "." => {
                all.push(Meant { text: format!("{prefix}{text}{suffix}"), span });
            }
            _ => return anything(),
        }
    }
    all
}

/// A part without the `\w*` at its end; whether it ends in a star of another sort.
fn without_class(part: &[(char, u32)]) -> (&[(char, u32)], bool) {
    match part {
        [rest @ .., (CLASS, _), ('*' | '+', _)] => (rest, false),
        [.., ('*', _)] => (part, true),
        _ => (part, false),
    }
}

/// The next letter of some sort that stands in no group, from a place on.
fn outside(letters: &[(char, u32)], from: usize, wanted: impl Fn(char) -> bool) -> Option<usize> {
    let mut depth = 0_u32;
    for (at, (letter, _)) in letters.iter().enumerate().skip(from) {
        if depth == 0 && wanted(*letter) {
            return Some(at);
        }
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    None
}

impl Pattern {
    fn new(raw: &str, start: u32) -> Self {
        let mut letters = Vec::with_capacity(raw.len());
        let mut escaped = false;
        for (at, letter) in raw.char_indices() {
            if letter == '\\' {
                escaped = true;
                continue;
            }
            // Twice escaped in quotes is no different: nobody looks for a backslash in a name.
            let letter = if escaped && letter.is_ascii_alphanumeric() { CLASS } else { letter };
            letters.push((letter, start + at as u32));
            escaped = false;
        }
        Self { letters }
    }
}

/// The flat names in a query: PromQL, or what other stores of metrics take. `escaped`: a backslash stands before
/// what would end the text, and before letters that are none.
pub(crate) fn flat(raw: &str, start: u32, escaped: bool) -> Vec<Named> {
    let mut query = Query { raw, start, escaped, at: 0, labels: 0, rated: false, names: Vec::new() };
    while query.step() {}
    query.names
}

/// A query on its way to be read.
struct Query<'t> {
    raw: &'t str,
    start: u32,
    escaped: bool,
    at: usize,
    /// Braces that are open: in them stand labels.
    labels: u32,
    /// Whether the last name ends in what each MBean of a type has, and its labels are not read yet.
    rated: bool,
    names: Vec<Named>,
}

/// The property of an MBean that names what waits, which exporters make a label of.
const PURGATORY: &str = "delayedOperation";

/// Behind these, parentheses hold labels.
const GROUPINGS: [&str; 6] = ["by", "without", "on", "ignoring", "group_left", "group_right"];

impl Query<'_> {
    fn rest(&self) -> &str {
        self.raw.slice(self.at..)
    }

    /// Reads on; false at the end.
    fn step(&mut self) -> bool {
        let Some(letter) = self.rest().chars().next() else { return false };
        match letter {
            '\\' if self.escaped => match self.rest().chars().nth(1) {
                Some('"') => drop(self.text("\\\"")),
                Some(next) => self.at += 1 + next.len_utf8(),
                None => self.at += 1,
            },
            '"' => drop(self.text("\"")),
            '\'' => drop(self.text("'")),
            '`' => drop(self.text("`")),
            '[' => self.skip_past(']'),
            '$' => self.variable(),
            '{' => {
                self.labels += 1;
                self.at += 1;
            }
            '}' => {
                self.labels = self.labels.saturating_sub(1);
                self.at += 1;
            }
            _ if is_first(letter) => self.word(),
            _ => self.at += letter.len_utf8(),
        }
        true
    }

    /// A text in these quotes, which need not end; its content and where that begins.
    fn text(&mut self, quote: &str) -> (usize, usize) {
        let from = self.at + quote.len();
        let length = self.raw.get(from..).and_then(|rest| rest.find(quote));
        let to = length.map_or(self.raw.len(), |length| from + length);
        self.at = (to + quote.len()).min(self.raw.len());
        (from.min(self.raw.len()), to)
    }

    fn skip_past(&mut self, end: char) {
        self.at = self.rest().find(end).map_or(self.raw.len(), |length| self.at + length + end.len_utf8());
    }

    /// `$name`, `${name}`: something of the dashboard's.
    fn variable(&mut self) {
        self.at += 1;
        if self.rest().starts_with('{') {
            return self.skip_past('}');
        }
        self.at += self.rest().find(|letter| !is_first(letter)).unwrap_or(self.rest().len());
    }

    fn word(&mut self) {
        let from = self.at;
        let (mut end, mut dotted) = (self.raw.len(), false);
        for (at, letter) in self.rest().char_indices() {
            dotted |= letter == '.';
            // A minus, where no name of that language has points in it.
            if !(is_first(letter) || letter.is_ascii_digit() || letter == '.' || dotted && letter == '-') {
                end = from + at;
                break;
            }
        }
        self.at = end;
        let word = self.raw.slice(from..end);
        let called = self.rest().trim_start().starts_with('(');
        if word == "__name__" {
            return self.named_by_label();
        }
        if word == "name" && self.labels == 1 && std::mem::take(&mut self.rated) {
            return self.named_in_label();
        }
        if self.labels == 1 && word.eq_ignore_ascii_case(PURGATORY) {
            return self.one_of_labels();
        }
        if self.labels > 0 {
            return;
        }
        self.rated = false;
        if called {
            if GROUPINGS.contains(&word) {
                self.skip_past(')');
            }
            return;
        }
        self.add(from, end);
    }

    /// `__name__="kafka_a"`, `__name__=~"kafka_a|kafka_b"`.
    fn named_by_label(&mut self) {
        for (from, to) in self.label() {
            self.add(from, to);
        }
    }

    /// `kafka_controller_KafkaController_Value{name="X"}`, as the exporter writes without rules: it is reported as
    /// `kafka_controller_KafkaController:name=X`.
    fn named_in_label(&mut self) {
        let Some(named) = self.names.pop() else { return };
        let values = self.label();
        if values.is_empty() {
            self.names.push(named);
            return;
        }
        let whose = named.name.rsplit_once('_').map_or("", |(whose, _)| whose);
        for (from, to) in values {
            let name = format!("{whose}:name={}", self.raw.slice(from..to));
            self.names.push(Named { name, properties: None, span: named.span });
        }
    }

    /// `kafka_server_purgatorysize{delayedOperation="topic"}`: it is reported as `kafka_server_purgatorysize:x=topic`, once
    /// for each value.
    fn one_of_labels(&mut self) {
        let values = self.label();
        let Some(named) = self.names.pop_if(|_| !values.is_empty()) else { return };
        for (from, to) in values {
            let sign = if named.name.contains('=') { ',' } else { ':' };
            let name = format!("{}{sign}{PURGATORY}={}", named.name, self.raw.slice(from..to));
            self.names.push(Named { name, properties: None, span: named.span });
        }
    }

    /// Where the plain values of a label stand that it is compared with.
    fn label(&mut self) -> Vec<(usize, usize)> {
        let negative = self.rest().trim_start().starts_with('!');
        let length = self.rest().find(['"', '\'', '`']).unwrap_or(self.rest().len());
        let escaped = self.escaped && self.rest().get(..length).is_some_and(|before| before.ends_with('\\'));
        self.at += length;
        let quote = self.rest().get(..1).unwrap_or_default().to_owned();
        if quote.is_empty() {
            return Vec::new();
        }
        if escaped {
            self.at -= 1;
        }
        let (from, to) = self.text(if escaped { "\\\"" } else { &quote });
        let mut at = from;
        let mut values = Vec::new();
        for one in self.raw.slice(from..to).split('|') {
            let plain = one.chars().all(|letter| is_first(letter) || letter.is_ascii_digit());
            if plain && !negative && !one.is_empty() {
                values.push((at, at + one.len()));
            }
            at += one.len() + 1;
        }
        values
    }

    /// Adds the name between two places, if it is of Kafka.
    fn add(&mut self, from: usize, to: usize) {
        let name = self.raw.slice(from..to);
        let ending = name.trim_end_matches(['.', '-', ':']);
        if ending.to_ascii_lowercase().contains("kafka") {
            let span = Span::new(self.start + from as u32, self.start + (from + ending.len()) as u32);
            self.rated = is_of_every_mbean(ending);
            self.names.push(Named { name: ending.to_owned(), properties: None, span });
        }
    }
}

/// Whether a name ends in an attribute that each MBean has: `_Value`, `_99thPercentile`.
fn is_of_every_mbean(name: &str) -> bool {
    let Some((_, attribute)) = name.rsplit_once('_') else { return false };
    let attribute = attribute.to_ascii_lowercase();
    ["value", "count", "mean", "max", "min", "stddev"].contains(&attribute.as_str())
        || attribute.ends_with("rate")
        || attribute.ends_with("percentile")
}

fn is_first(letter: char) -> bool {
    letter.is_ascii_alphabetic() || letter == '_' || letter == ':'
}
