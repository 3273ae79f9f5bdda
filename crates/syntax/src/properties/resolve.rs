//! From what is written to what Kafka reads: escapes, continuation lines, Latin-1.

use super::scan::continuation;
use kafka_upgrade_document::Encoding;
use kafka_upgrade_document::Slice as _;
use kafka_upgrade_document::{Problem, Span};

/// Which part of an entry a problem is about.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Key,
    Value,
}

impl Part {
    const fn name(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Value => "value",
        }
    }
}

/// The key or value under `span`, resolved; what is wrong with it goes to `problems`.
pub(super) fn resolve(
    text: &str,
    span: Span,
    encoding: Encoding,
    part: Part,
    problems: &mut Vec<Problem>,
) -> String {
    let written = span.of(text);
    let plain = written.bytes().all(|byte| byte.is_ascii() && byte != b'\\');
    if plain {
        return written.to_owned();
    }
    if !written.is_ascii() {
        problems.push(non_ascii(written, span, part));
    }
    let mut reading = Reading { units: Units::default(), problems, base: span.start };
    reading.unescape(written, encoding);
    reading.finish()
}

fn non_ascii(written: &str, span: Span, part: Part) -> Problem {
    let first = written.bytes().position(|byte| !byte.is_ascii()).unwrap_or_default();
    let last = written.bytes().rposition(|byte| !byte.is_ascii()).unwrap_or_default();
    let place = Span::new(span.start + first as u32, span.start + last as u32 + 1);
    let part = part.name();
    let message = if written.starts_with('\u{feff}') {
        format!(
            "The file begins with a byte order mark. Kafka reads it as three characters of the first {part}, \
             so it does not know that {part}. Save the file without a byte order mark."
        )
    } else {
        format!(
            "This {part} has characters outside of ASCII. Kafka reads the file as Latin-1: saved as UTF-8, each \
             of them becomes two or more others. Write them as `\\u` and four hexadecimal digits."
        )
    };
    Problem { message, span: place, fatal: false }
}

struct Reading<'a> {
    units: Units,
    problems: &'a mut Vec<Problem>,
    base: u32,
}

impl Reading<'_> {
    fn unescape(&mut self, written: &str, encoding: Encoding) {
        let bytes = written.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if *byte != b'\\' {
                at = self.plain(written, at, encoding);
                continue;
            }
            if let Some(next) = continuation(bytes, at) {
                at = next;
                continue;
            }
            match bytes.get(at + 1) {
                None => break,
                Some(b'u') => at = self.unicode(written, at),
                Some(escaped) => {
                    let control = match escaped {
                        b't' => Some('\t'),
                        b'n' => Some('\n'),
                        b'r' => Some('\r'),
                        b'f' => Some('\u{c}'),
                        _ => None,
                    };
                    if let Some(control) = control {
                        self.push(control);
                        at += 2;
                    } else {
                        at = self.plain(written, at + 1, encoding);
                    }
                }
            }
        }
    }

    /// The character at `at` as it stands; gives where the next one is.
    fn plain(&mut self, written: &str, at: usize, encoding: Encoding) -> usize {
        let Some(character) = written.get(at..).and_then(|rest| rest.chars().next()) else { return at + 1 };
        let end = at + character.len_utf8();
        if character.is_ascii() || encoding == Encoding::Latin1 {
            self.push(character);
        } else {
            for byte in written.as_bytes().slice(at..end) {
                self.push(char::from(*byte));
            }
        }
        end
    }

    /// The `\u` at `at`; gives where to read on.
    fn unicode(&mut self, written: &str, at: usize) -> usize {
        let bytes = written.as_bytes();
        let mut unit = 0;
        let mut end = at + 2;
        for _ in 0..4 {
            // Digits may stand on both sides of a continuation.
            while bytes.get(end) == Some(&b'\\') {
                match continuation(bytes, end) {
                    Some(next) => end = next,
                    None => break,
                }
            }
            let digit = bytes.get(end).and_then(|byte| char::from(*byte).to_digit(16));
            let Some(digit) = digit else {
                let stop = written.get(end..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
                self.malformed(written, at, end + stop);
                self.push('\\');
                self.push('u');
                return at + 2;
            };
            unit = unit * 16 + digit;
            end += 1;
        }
        self.push_unit(unit as u16, self.span(at, end));
        end
    }

    fn malformed(&mut self, written: &str, at: usize, end: usize) {
        let shown = written.slice(at..end);
        self.problems.push(Problem {
            message: format!(
                "`{}` is not a character: four hexadecimal digits have to follow `\\u`. Kafka refuses the whole \
                 file for it (Malformed \\uxxxx encoding). For a backslash write `\\\\`.",
                shown.escape_debug().to_string().replace("\\\\", "\\")
            ),
            span: self.span(at, end),
            fatal: true,
        });
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.base + start as u32, self.base + end as u32)
    }

    fn push(&mut self, character: char) {
        self.flush();
        self.units.text.push(character);
    }

    fn push_unit(&mut self, unit: u16, span: Span) {
        if let Some((high, _)) = self.units.high
            && (0xdc00..0xe000).contains(&unit)
        {
            let code = 0x1_0000 + ((u32::from(high) - 0xd800) << 10) + (u32::from(unit) - 0xdc00);
            self.units.high = None;
            self.units.text.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            return;
        }
        self.flush();
        match unit {
            0xd800..0xdc00 => self.units.high = Some((unit, span)),
            0xdc00..0xe000 => self.lone(span),
            _ => self.units.text.push(char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER)),
        }
    }

    /// A high half that no low half follows is alone.
    fn flush(&mut self) {
        if let Some((_, span)) = self.units.high.take() {
            self.lone(span);
        }
    }

    fn lone(&mut self, span: Span) {
        self.units.text.push(char::REPLACEMENT_CHARACTER);
        self.problems.push(Problem {
            message:
                "This is one half of a surrogate pair, and no character. Kafka keeps it and prints `?`; \
                      here it is read as U+FFFD. Write both halves, one after the other."
                    .to_owned(),
            span,
            fatal: false,
        });
    }

    fn finish(mut self) -> String {
        self.flush();
        self.units.text
    }
}

#[derive(Default)]
struct Units {
    text: String,
    high: Option<(u16, Span)>,
}
