//! HCL, as Terraform has it: blocks, attributes, lists, objects, strings and here-documents.
//!
//! A block is an entry whose key is its type and labels with blanks between them (`resource aws_msk_cluster main`). What
//! is no literal is not worked out: it stands as `${…}`, so that everybody takes it for a placeholder. Invariants:
//! linear time; what is nested deeper than [`MAX_DEPTH`] is passed over; nothing fails.

use kafka_upgrade_document::Slice as _;
use kafka_upgrade_document::Span;

use super::{Node, Scalar, Style, Tree};

/// Levels of nesting that are kept.
const MAX_DEPTH: usize = 64;

/// Reads a text.
#[must_use]
pub fn read(text: &str) -> Tree {
    let mut scanner = Scanner { text, bytes: text.as_bytes(), at: 0, calls: 0 };
    let entries = scanner.body(0);
    Tree { roots: vec![Node::Map(entries)], problem: None }
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    /// Calls that are open, whose arguments are read.
    calls: u32,
}

/// Functions whose value is what their arguments say.
const MERGING: &[&str] = &["merge(", "tomap("];

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn starts(&self, sign: &[u8]) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(sign))
    }

    fn line_end(&self) -> usize {
        let rest = self.bytes.slice(self.at..);
        rest.iter().position(|byte| *byte == b'\n').map_or(self.bytes.len(), |end| self.at + end)
    }

    /// Skips blanks and comments, also line breaks and commas.
    fn skip(&mut self) {
        loop {
            match self.peek() {
                Some(b' ' | b'\t' | b'\r' | b'\n' | b',') => self.at += 1,
                Some(b'#') => self.at = self.line_end(),
                Some(b'/') if self.starts(b"//") => self.at = self.line_end(),
                Some(b'/') if self.starts(b"/*") => {
                    let rest = self.text.slice(self.at..);
                    self.at = rest.find("*/").map_or(self.bytes.len(), |end| self.at + end + 2);
                }
                _ => return,
            }
        }
    }

    fn skip_blanks(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    /// Attributes and blocks up to the closing brace.
    fn body(&mut self, depth: usize) -> Vec<(Scalar, Node)> {
        let mut entries = Vec::new();
        if depth > MAX_DEPTH {
            self.pass_over();
            return entries;
        }
        loop {
            self.skip();
            match self.peek() {
                None => return entries,
                Some(b'}') => {
                    self.at += 1;
                    return entries;
                }
                _ => {}
            }
            let before = self.at;
            if let Some(entry) = self.entry(depth) {
                entries.push(entry);
            }
            // Whatever stands there is passed over.
            if self.at == before {
                self.at += 1;
                while !self.text.is_char_boundary(self.at) {
                    self.at += 1;
                }
            }
        }
    }

    /// Goes behind the brace that closes what is open.
    fn pass_over(&mut self) {
        let mut open = 1_u32;
        while let Some(byte) = self.peek().filter(|_| open > 0) {
            if byte == b'"' {
                self.string();
                continue;
            }
            open = match byte {
                b'{' => open + 1,
                b'}' => open - 1,
                _ => open,
            };
            self.at += 1;
        }
    }

    fn entry(&mut self, depth: usize) -> Option<(Scalar, Node)> {
        let mut key = self.word()?;
        loop {
            self.skip_blanks();
            match self.peek() {
                Some(b'=') if !self.starts(b"==") => {
                    self.at += 1;
                    self.at += usize::from(self.peek() == Some(b'>'));
                    return Some((key, self.value(depth)));
                }
                Some(b':') => {
                    self.at += 1;
                    return Some((key, self.value(depth)));
                }
                Some(b'{') => {
                    self.at += 1;
                    let inner = self.body(depth + 1);
                    return Some((key, Node::Map(inner)));
                }
                // A label that a template puts in.
                Some(b'[') if self.starts(b"[[") => {
                    let rest = self.text.slice(self.at..self.line_end());
                    let end = rest.find("]]")? + 2;
                    key.text.push(' ');
                    key.text.push_str(rest.slice(..end));
                    self.at += end;
                }
                // A label of a block.
                _ => {
                    let label = self.word()?;
                    key.text.push(' ');
                    key.text.push_str(&label.text);
                }
            }
        }
    }

    /// A name, or a string.
    fn word(&mut self) -> Option<Scalar> {
        if self.peek() == Some(b'"') {
            return Some(self.string());
        }
        let start = self.at;
        let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
        // In an object a key may stand in parentheses.
        while self.peek().is_some_and(|byte| is_of_name(byte) || matches!(byte, b'(' | b')')) {
            self.at += 1;
        }
        (self.at > start).then(|| self.plain(start, self.at))
    }

    fn plain(&self, start: usize, end: usize) -> Scalar {
        let text = self.text.slice(start..end).to_owned();
        Scalar { text, span: Span::new(start as u32, end as u32), style: Style::Plain }
    }

    fn string(&mut self) -> Scalar {
        self.at += 1;
        let start = self.at;
        let mut text = Vec::new();
        let mut open = 0_u32;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' if open == 0 => break,
                b'\n' if open == 0 => break,
                b'\\' => {
                    self.at += 1;
                    text.push(match self.peek() {
                        Some(b'n') => b'\n',
                        Some(b't') => b'\t',
                        Some(other) => other,
                        None => break,
                    });
                }
                _ => {
                    if byte == b'{' && matches!(text.last(), Some(b'$' | b'%')) {
                        open += 1;
                    } else if byte == b'}' && open > 0 {
                        open -= 1;
                    }
                    text.push(byte);
                }
            }
            self.at += 1;
        }
        let span = Span::new(start as u32, self.at.min(self.bytes.len()) as u32);
        self.at += usize::from(self.peek() == Some(b'"'));
        Scalar { text: String::from_utf8_lossy(&text).into_owned(), span, style: Style::Double }
    }

    fn value(&mut self, depth: usize) -> Node {
        self.skip_blanks();
        match self.peek() {
            Some(b'"') => {
                let string = self.string();
                self.skip_blanks();
                Node::Scalar(string)
            }
            Some(b'<') if self.starts(b"<<") => Node::Scalar(self.here_document()),
            Some(b'{') => {
                self.at += 1;
                let inner = self.body(depth + 1);
                Node::Map(inner)
            }
            Some(b'[') => {
                self.at += 1;
                self.list(depth)
            }
            // What is encoded is written as a value.
            Some(b'j' | b'y')
                if depth < MAX_DEPTH && (self.starts(b"jsonencode(") || self.starts(b"yamlencode(")) =>
            {
                self.at += "jsonencode(".len();
                self.skip();
                let value = self.value(depth + 1);
                self.skip();
                self.at += usize::from(self.peek() == Some(b')'));
                value
            }
            _ => match MERGING.iter().find(|name| depth < MAX_DEPTH && self.starts(name.as_bytes())) {
                Some(name) => {
                    self.at += name.len();
                    self.merged(depth)
                }
                None => Node::Scalar(self.expression()),
            },
        }
    }

    /// The entries of all objects among the arguments of a call.
    fn merged(&mut self, depth: usize) -> Node {
        let mut entries = Vec::new();
        self.calls += 1;
        loop {
            self.skip();
            if matches!(self.peek(), None | Some(b')')) {
                self.at += usize::from(self.peek().is_some());
                break;
            }
            let before = self.at;
            if let Node::Map(mut inner) = self.value(depth + 1) {
                entries.append(&mut inner);
            }
            self.at = self.at.max(before + usize::from(self.at == before));
        }
        self.calls -= 1;
        Node::Map(entries)
    }

    fn list(&mut self, depth: usize) -> Node {
        let mut items = Vec::new();
        loop {
            self.skip();
            match self.peek() {
                None => break,
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                _ => {}
            }
            let before = self.at;
            let item =
                if depth < MAX_DEPTH { self.value(depth + 1) } else { Node::Scalar(self.expression()) };
            items.push(item);
            self.at = self.at.max(before + usize::from(self.at == before));
        }
        Node::List(items)
    }

    /// A number, a truth value, or something that is worked out elsewhere, up to the end of the line or of what it is in.
    fn expression(&mut self) -> Scalar {
        let start = self.at;
        let mut open = 0_u32;
        while let Some(byte) = self.peek() {
            match byte {
                b'"' => {
                    self.string();
                    continue;
                }
                b'(' | b'[' | b'{' => open += 1,
                b')' | b']' | b'}' if open > 0 => open -= 1,
                b']' | b'}' => break,
                b')' if self.calls > 0 => break,
                b',' | b'\n' if open == 0 => break,
                b'#' if open == 0 => break,
                b'/' if open == 0 && (self.starts(b"//") || self.starts(b"/*")) => break,
                _ => {}
            }
            self.at += 1;
        }
        let mut scalar = self.plain(start, self.at);
        let trimmed = scalar.text.trim_end().len();
        scalar.span.end = scalar.span.start + trimmed as u32;
        scalar.text.truncate(trimmed);
        let is_literal = matches!(scalar.text.as_str(), "true" | "false" | "null" | "")
            || scalar.text.bytes().all(|byte| byte.is_ascii_digit() || b".-".contains(&byte));
        if !is_literal {
            scalar.text = format!("${{{}}}", scalar.text);
        }
        scalar
    }

    /// `<<EOF` or `<<-EOF`: the lines up to one that is its word alone.
    fn here_document(&mut self) -> Scalar {
        let line = self.text.slice(self.at..self.line_end());
        let word = line.trim_start_matches("<<").trim_start_matches('-').trim().to_owned();
        let start = (self.line_end() + 1).min(self.bytes.len());
        let mut end = start;
        self.at = start;
        while self.at < self.bytes.len() {
            let line_end = self.line_end();
            let line = self.text.slice(self.at..line_end);
            self.at = (line_end + 1).min(self.bytes.len());
            if line.trim() == word {
                break;
            }
            end = line_end;
        }
        let text = self.text.slice(start..end).to_owned();
        Scalar { text, span: Span::new(start as u32, end as u32), style: Style::Block }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_attributes_and_here_documents_are_read_with_their_places() {
        let text = "# c\nresource \"aws_msk_configuration\" \"main\" {\n  kafka_versions = [\"3.5.1\", var.x]\n  \
                    server_properties = <<-EOT\n    a.b = 1\n  EOT\n  n = 3 // c\n  config = {\n    \"retention.ms\" = \"${var.r}\"\n    x: true\n  }\n}\n";
        let tree = read(text);
        let block = tree.roots.first().and_then(|root| root.get("resource aws_msk_configuration main"));
        let block = block.expect("the block");
        let versions: Vec<_> = block
            .get("kafka_versions")
            .map(Node::items)
            .unwrap_or_default()
            .iter()
            .filter_map(Node::text)
            .collect();
        assert_eq!(versions, ["3.5.1", "${var.x}"]);
        let body = block.get("server_properties").and_then(Node::scalar).expect("a body");
        assert_eq!(body.span.of(text), "    a.b = 1");
        assert_eq!(block.get("n").and_then(Node::text), Some("3"));
        assert_eq!(block.at(&["config", "retention.ms"]).and_then(Node::text), Some("${var.r}"));
        assert_eq!(block.at(&["config", "x"]).and_then(Node::text), Some("true"));
    }

    #[test]
    fn objects_that_are_merged_are_one() {
        let text = "a = merge({ \"b.c\" = 1 }, var.x(2), {\n  d = \"e\"\n})\nf = merge(local.g,\n";
        let tree = read(text);
        let root = tree.roots.first().expect("a root");
        assert_eq!(root.at(&["a", "b.c"]).and_then(Node::text), Some("1"));
        assert_eq!(root.at(&["a", "d"]).and_then(Node::text), Some("e"));
        assert!(root.get("f").is_some());
    }

    #[test]
    fn broken_texts_end() {
        for text in [
            "{",
            "a = ",
            "a = [",
            "a \"b",
            "a = <<X\n",
            "}}}",
            "a = \"\\",
            "é = ü",
            "a = {{{{",
            "((",
            "a b c",
        ] {
            let _ = read(text);
        }
        let _ = read(&"a {".repeat(10_000));
        let _ = read(&"a = {".repeat(10_000));
        let _ = read(&"a = [".repeat(10_000));
        let _ = read(&"[".repeat(10_000));
    }
}
