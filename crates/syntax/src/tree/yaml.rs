//! YAML, also as a template of Helm, Jinja and others.
//!
//! Of a template the statements are blanks and what it prints is a word, so that the rest is YAML with every byte in its
//! place; where that is none, what it prints is blank as well. Scalars hold what is written, with its placeholders.
//!
//! Events are those of `saphyr-parser`. Each document is read on its own, so that a fault ends one and not all.
//! Aliases are what they stand for and merged keys (`<<`) stand before the others, as long as that is not
//! more than [`MAX_COPIES`]; the first alias that is not followed is reported.

use kafka_upgrade_document::Slice as _;
use std::borrow::Cow;
use std::collections::BTreeMap;

use saphyr_parser::{Event, Parser, ScalarStyle};

use kafka_upgrade_document::template;

use super::{Builder, MAX_DEPTH, Node, Scalar, Style, Tree, fault, lenient, too_deep};
use kafka_upgrade_document::{Problem, Span};

/// Nodes that aliases may add to one document.
const MAX_COPIES: usize = 10_000;

/// Reads a text.
pub fn read(text: &str) -> Tree {
    let masked = template::mask(text);
    let readable = without_covers(&masked.text);
    let mut tree = Tree::default();
    // The first place that was left out because it is too large.
    let mut left_out = None;
    let mut start = 0;
    let mut rest: &str = &readable;
    while !rest.is_empty() {
        let end = document_end(rest);
        let (document, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let written = text.get(start..start + end).unwrap_or(document);
        let before = tree.roots.len();
        let mut problem = read_leniently(document, written, start, &mut tree.roots, &mut left_out);
        if problem.is_some() && masked.is_template {
            // What a template prints below a key may be whole lines.
            let mut roots = Vec::new();
            let again = read_leniently(
                &without_covers(&template::blank(written)),
                written,
                start,
                &mut roots,
                &mut left_out,
            );
            if again.as_ref().map(|one| one.span.start) > problem.as_ref().map(|one| one.span.start)
                || again.is_none()
            {
                tree.roots.truncate(before);
                roots.iter_mut().for_each(|root| fill(root, text));
                tree.roots.append(&mut roots);
                problem = again;
            }
        }
        tree.problem = tree.problem.or(problem);
        start += end;
        rest = behind;
    }
    tree.problem = tree.problem.or(left_out);
    tree
}

/// Puts what a template prints behind a key in its place again, where it was blank to the parser.
fn fill(node: &mut Node, text: &str) {
    match node {
        Node::Scalar(_) => {}
        Node::List(items) => items.iter_mut().for_each(|item| fill(item, text)),
        Node::Map(entries) => entries.iter_mut().for_each(|(key, value)| match value {
            Node::Scalar(scalar) if scalar.text.is_empty() && scalar.style == Style::Plain => {
                if let Some(printed) = printed_behind(key, text) {
                    *scalar = printed;
                }
            }
            value => fill(value, text),
        }),
    }
}

/// The tag of a template that stands behind a key in its line.
fn printed_behind(key: &Scalar, text: &str) -> Option<Scalar> {
    let line = text.get(key.span.end as usize..)?.lines().next()?;
    let (before, value) = line.split_once(':')?;
    let trimmed = value.trim();
    let start = key.span.end as usize + before.len() + 1 + (value.len() - value.trim_start().len());
    let is_tag = ["{{", "<%"].iter().any(|open| trimmed.contains(open));
    let span = Span::new(start as u32, (start + trimmed.len()) as u32);
    is_tag.then(|| Scalar { text: trimmed.to_owned(), span, style: Style::Plain })
}

/// Stars of the shortest cover of a secret; fewer are an alias or a wildcard.
const MIN_STARS: usize = 3;

/// Replaces the stars that cover a secret by letters, since a value that begins with a star would be an alias.
/// Scalars get them back together with hidden tags of templates.
fn without_covers(text: &str) -> Cow<'_, str> {
    if !text.contains("***") {
        return Cow::Borrowed(text);
    }
    let mut lettered = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find("***") {
        let (before, from) = rest.split_at_checked(start).unwrap_or((rest, ""));
        lettered.push_str(before);
        let stars = from.len() - from.trim_start_matches('*').len();
        let begins = before.ends_with([' ', '[', '{', ',', ':']) && stars >= MIN_STARS;
        lettered.extend(std::iter::repeat_n(if begins { 'x' } else { '*' }, stars));
        rest = from.slice(stars..);
    }
    lettered.push_str(rest);
    Cow::Owned(lettered)
}

/// The text with maps and lists in flow style written as lines, indented by their nesting, with keys unquoted. Only
/// for looking at lines: positions change. Borrowed if there are none.
pub fn unfolded(text: &str) -> Cow<'_, str> {
    let is_whole = text.trim_start().starts_with('{');
    if !is_whole && !text.contains(": {") {
        return Cow::Borrowed(text);
    }
    let mut lines = Unfolded { is_whole, is_fresh: true, ..Unfolded::default() };
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        lines.add(sign, signs.peek() == Some(&'{'));
    }
    Cow::Owned(lines.text)
}

/// Lines in the making.
#[derive(Default)]
struct Unfolded {
    text: String,
    /// Whether the text is one map.
    is_whole: bool,
    /// Brackets that are open.
    depth: usize,
    /// The quote that is open inside of them.
    quote: Option<char>,
    /// Blanks before the line in which the outermost bracket opens.
    indentation: usize,
    /// Whether only blanks were added to the line.
    is_fresh: bool,
}

impl Unfolded {
    fn add(&mut self, sign: char, before_brace: bool) {
        if self.depth == 0 {
            // Two braces are a template's.
            let begins = match sign {
                '{' if !before_brace => (self.is_whole && self.is_fresh) || self.text.ends_with(": "),
                '[' => self.text.ends_with(": "),
                _ => false,
            };
            if begins {
                self.depth = 1;
                self.line();
                return;
            }
            match sign {
                '\n' => (self.is_fresh, self.indentation) = (true, 0),
                ' ' if self.is_fresh => self.indentation += 1,
                _ => self.is_fresh = false,
            }
            self.text.push(sign);
            return;
        }
        match (sign, self.quote) {
            (_, Some(quote)) if sign == quote => self.quote = None,
            ('"' | '\'', None) => self.quote = Some(sign),
            ('{' | '[', None) => {
                self.depth += 1;
                self.line();
            }
            ('}' | ']', None) => self.depth -= 1,
            (',', None) => self.line(),
            _ if sign.is_whitespace() && self.is_fresh => {}
            _ => {
                self.is_fresh = false;
                self.text.push(if sign == '\n' { ' ' } else { sign });
            }
        }
    }

    fn line(&mut self) {
        let deep = self.depth.min(MAX_DEPTH).saturating_sub(usize::from(self.is_whole));
        self.text.push('\n');
        self.text.extend(std::iter::repeat_n(' ', self.indentation + deep));
        self.is_fresh = true;
    }
}

/// Where the next document begins: at a line of three dashes that is not the first.
fn document_end(text: &str) -> usize {
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find("\n---")) {
        let at = from + found + 1;
        let next = text.as_bytes().get(at + 3);
        if next.is_none_or(|next| next.is_ascii_whitespace()) {
            return at;
        }
        from = at;
    }
    text.len()
}

/// Bytes at which characters stand: the parser counts these.
struct Offsets {
    /// Empty where each character is a byte.
    bytes: Vec<u32>,
    start: usize,
    length: usize,
}

impl Offsets {
    fn new(text: &str, start: usize) -> Self {
        let bytes =
            if text.is_ascii() { Vec::new() } else { text.char_indices().map(|(at, _)| at as u32).collect() };
        Self { bytes, start, length: text.len() }
    }

    /// A text with its blank lines emptied, and the original positions of its characters.
    fn condensed(text: &str, start: usize) -> (String, Self) {
        let (mut condensed, mut bytes) = (String::with_capacity(text.len()), Vec::new());
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let is_blank = line.trim().is_empty();
            for (place, sign) in line.char_indices().filter(|(_, sign)| !is_blank || *sign == '\n') {
                condensed.push(sign);
                bytes.push((at + place) as u32);
            }
            at += line.len();
        }
        (condensed, Self { bytes, start, length: text.len() })
    }

    fn byte(&self, character: usize) -> usize {
        let plain = self.bytes.is_empty();
        let byte = if plain { Some(character) } else { self.bytes.get(character).map(|at| *at as usize) };
        byte.unwrap_or(self.length).min(self.length)
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new((start + self.start) as u32, (end.max(start) + self.start) as u32)
    }
}

/// Bytes that are read once more, at most, for brackets that end further out than they should.
const MAX_REREAD_BYTES: usize = 4 << 20;

/// Reads a document as most programs do: a bracket may be closed in a line as far out as the line that opens it, and a
/// quoted value may go on there. Such a line is put behind the one before it, where it means the same, and the document is
/// read again.
fn read_leniently(
    text: &str,
    written: &str,
    start: usize,
    roots: &mut Vec<Node>,
    left_out: &mut Option<Problem>,
) -> Option<Problem> {
    let (before, mut text, mut left) = (roots.len(), Cow::Borrowed(text), MAX_REREAD_BYTES);
    let mut has_quotes = true;
    loop {
        let problem = read_document(&text, written, start, roots, left_out)?;
        let place = (problem.span.start as usize).checked_sub(start);
        let joined =
            place.and_then(|at| lenient::with_bracket_behind(&text, at)).filter(|_| left >= text.len());
        let joined =
            joined.or_else(|| std::mem::take(&mut has_quotes).then(|| lenient::with_quotes_joined(&text))?);
        let Some(joined) = joined else { return Some(problem) };
        left -= text.len();
        roots.truncate(before);
        text = Cow::Owned(joined);
    }
}

fn read_document(
    text: &str,
    written: &str,
    start: usize,
    roots: &mut Vec<Node>,
    left_out: &mut Option<Problem>,
) -> Option<Problem> {
    // Lines that a template leaves blank may be longer than those of the block that they stand in.
    let condensed = (text != written).then(|| Offsets::condensed(text, start));
    let (parsed, offsets) = match &condensed {
        Some((parsed, offsets)) => (parsed.as_str(), offsets),
        None => (text, &Offsets::new(text, start)),
    };
    let mut builder = Builder::default();
    let mut anchors = Anchors { kept: BTreeMap::new(), left: MAX_COPIES };
    let mut problem = None;
    for event in Parser::new_from_str(parsed) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                let at = offsets.byte(error.marker().index());
                problem = Some(fault("YAML", error.info(), offsets.span(at, at)));
                break;
            }
        };
        match event {
            Event::Alias(id) => builder.add(anchors.copy(id).unwrap_or_else(|| {
                left_out.get_or_insert_with(|| not_followed(place(offsets, span)));
                Node::Scalar(Scalar::default())
            })),
            Event::Scalar(value, style, id, _) => {
                let (from, to) = (offsets.byte(span.start.index()), offsets.byte(span.end.index()));
                let (from, to, style) = inside(text, from, to, style);
                let value = with_placeholders(text, written, (from, to), value, style);
                let scalar = Scalar { text: value.into_owned(), span: offsets.span(from, to), style };
                let node = Node::Scalar(scalar);
                anchors.keep(id, &node);
                builder.add(node);
            }
            Event::SequenceStart(id, _) => builder.open(Node::List(Vec::new()), id, place(offsets, span)),
            Event::MappingStart(id, _) => builder.open(Node::Map(Vec::new()), id, place(offsets, span)),
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((node, id)) = builder.close() {
                    let node = merged(node);
                    anchors.keep(id, &node);
                    builder.add(node);
                }
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {}
        }
    }
    *left_out = left_out.take().or(builder.too_deep.map(too_deep));
    roots.extend(builder.finish());
    problem
}

fn place(offsets: &Offsets, span: saphyr_parser::Span) -> Span {
    offsets.span(offsets.byte(span.start.index()), offsets.byte(span.end.index()))
}

/// What says that an alias was not followed.
fn not_followed(span: Span) -> Problem {
    let message = format!(
        "From here on what aliases stand for was left out: this document repeats more than {MAX_COPIES} values by them. Split it to have all of it checked."
    );
    Problem { message, span, fatal: false }
}

/// The bytes of a scalar's content.
fn inside(text: &str, from: usize, to: usize, style: ScalarStyle) -> (usize, usize, Style) {
    let from = if style == ScalarStyle::Literal || style == ScalarStyle::Folded {
        from
    } else {
        behind_tag(text, from, to)
    };
    match style {
        ScalarStyle::Plain => (from, to, Style::Plain),
        ScalarStyle::SingleQuoted => (from + 1, closing(text, from + 1, to), Style::Single),
        ScalarStyle::DoubleQuoted => (from + 1, closing(text, from + 1, to), Style::Double),
        ScalarStyle::Literal | ScalarStyle::Folded => {
            // The parser begins behind the indentation of the first line.
            let line = text.get(..from).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
            // With a tag (`!Sub |`) it begins at the tag, in the line of the key.
            let is_behind_key = text.get(line..from).is_some_and(|before| !before.trim().is_empty());
            let next = text.get(from..to).and_then(|rest| rest.find('\n')).map(|end| from + end + 1);
            (next.filter(|_| is_behind_key).unwrap_or(line), to, Style::Block)
        }
    }
}

/// Where a scalar of one line begins that has a tag: `!Ref Name`, `!Sub "x"`.
fn behind_tag(text: &str, from: usize, to: usize) -> usize {
    let Some(rest) = text.get(from..to).filter(|rest| rest.starts_with('!')) else { return from };
    let tag = rest.find([' ', '\t']).unwrap_or(0);
    let blanks = rest.get(tag..).map_or(0, |rest| rest.len() - rest.trim_start_matches([' ', '\t']).len());
    from + tag + blanks
}

/// A scalar's text as it is written where a template hides something of it.
fn with_placeholders<'v>(
    text: &str,
    written: &str,
    (from, to): (usize, usize),
    value: Cow<'v, str>,
    style: Style,
) -> Cow<'v, str> {
    let (Some(masked), Some(written)) = (text.get(from..to), written.get(from..to)) else { return value };
    if masked == written {
        return value;
    }
    if style != Style::Block {
        return Cow::Owned(written.to_owned());
    }
    // Of a block each line loses the indentation of the first, if that is how its text came about.
    let indentation = masked
        .lines()
        .find(|line| !line.trim().is_empty())
        .map_or(0, |line| line.len() - line.trim_start_matches(' ').len());
    let dedented = |block: &str| -> String {
        let lines = block.lines().map(|line| line.get(indentation..).unwrap_or_default());
        lines.collect::<Vec<_>>().join("\n")
    };
    let read = dedented(masked);
    let mut lines = read.trim().lines().map(|line| if line.trim().is_empty() { "" } else { line });
    let is_literal = value.trim().lines().all(|line| lines.next() == Some(line)) && lines.next().is_none();
    if is_literal {
        return Cow::Owned(dedented(written));
    }
    lenient::refilled(masked, written, &value).map_or(value, Cow::Owned)
}

/// Where the quote is that ends a scalar: the parser goes on over the blanks and the comment behind it.
fn closing(text: &str, from: usize, to: usize) -> usize {
    let bytes = text.as_bytes();
    let quote = from.checked_sub(1).and_then(|at| bytes.get(at)).copied();
    let mut at = from;
    while let Some(byte) = bytes.get(at).filter(|_| at < to) {
        let next = bytes.get(at + 1).copied();
        match (byte, quote) {
            (b'\\', Some(b'"')) => at += 2,
            (b'\'', Some(b'\'')) if next == quote => at += 2,
            (byte, _) if Some(*byte) == quote => return at,
            _ => at += 1,
        }
    }
    to.saturating_sub(1).max(from)
}

/// What `&name` marked.
struct Anchors {
    kept: BTreeMap<usize, Node>,
    left: usize,
}

impl Anchors {
    fn keep(&mut self, id: usize, node: &Node) {
        if id != 0 && size(node) <= MAX_COPIES {
            self.kept.insert(id, node.clone());
        }
    }

    /// The node that an alias stands for; `None` if it is too large to be copied.
    fn copy(&mut self, id: usize) -> Option<Node> {
        let node = self.kept.get(&id)?;
        self.left = self.left.checked_sub(size(node))?;
        Some(node.clone())
    }
}

/// How much memory a node takes, as a number of short scalars. No deeper than what was built.
fn size(node: &Node) -> usize {
    match node {
        Node::Scalar(scalar) => 1 + scalar.text.len() / 64,
        Node::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Node::Map(entries) => 1 + entries.iter().map(|(_, value)| 1 + size(value)).sum::<usize>(),
    }
}

/// A map with the entries of its `<<` before its own, which count more for standing last.
fn merged(node: Node) -> Node {
    let Node::Map(entries) = node else { return node };
    if !entries.iter().any(|(key, _)| key.text == "<<" && key.style == Style::Plain) {
        return Node::Map(entries);
    }
    let (mut all, mut own) = (Vec::new(), Vec::new());
    for (key, value) in entries {
        match value {
            Node::Map(others) if key.text == "<<" => all.extend(others),
            // Of several the first counts most.
            Node::List(items) if key.text == "<<" => {
                all.extend(items.into_iter().rev().flat_map(|item| match item {
                    Node::Map(others) => others,
                    Node::List(_) | Node::Scalar(_) => Vec::new(),
                }));
            }
            value => own.push((key, value)),
        }
    }
    all.append(&mut own);
    Node::Map(all)
}
