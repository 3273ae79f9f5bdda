//! Writing with or without colour, wrapped, and without control signs from elsewhere.

use crate::Severity;

/// How a piece of text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Error,
    Warning,
    Info,
    Good,
    /// Lines and arrows around what is quoted.
    Frame,
    Strong,
}

impl Style {
    /// How a severity looks.
    pub(super) const fn of(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Info => Self::Info,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::Error => "\u{1b}[1;31m",
            Self::Warning => "\u{1b}[1;33m",
            Self::Info => "\u{1b}[1;36m",
            Self::Good => "\u{1b}[1;32m",
            Self::Frame => "\u{1b}[34m",
            Self::Strong => "\u{1b}[1m",
        }
    }
}

const RESET: &str = "\u{1b}[0m";

/// A text under way.
pub(super) struct Painter {
    text: String,
    colour: bool,
}

impl Painter {
    pub(super) const fn new(colour: bool) -> Self {
        Self { text: String::new(), colour }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    /// Adds text as it is, but for control signs other than line breaks.
    pub(super) fn plain(&mut self, text: &str) {
        self.text.extend(text.chars().map(|sign| if sign == '\n' { sign } else { shown(sign) }));
    }

    /// Adds text in a style; a line break in it is shown as a sign.
    pub(super) fn paint(&mut self, style: Style, text: &str) {
        if self.colour {
            self.text.push_str(style.code());
        }
        self.text.extend(text.chars().map(shown));
        if self.colour {
            self.text.push_str(RESET);
        }
    }

    /// Adds a paragraph: `first`, then the words, later lines indented as deep as `first` is.
    pub(super) fn wrapped(&mut self, first: &str, text: &str, width: usize) {
        let hang = " ".repeat(first.len());
        self.plain(first);
        self.words(&hang, first.len(), text, width);
    }

    /// Continues a line that is as long as `hang`, after `first`.
    pub(super) fn hanging(&mut self, first: &str, hang: &str, text: &str, width: usize) {
        self.plain(first);
        self.words(hang, hang.len(), text, width);
    }

    fn words(&mut self, hang: &str, mut column: usize, text: &str, width: usize) {
        for (at, word) in text.split_whitespace().enumerate() {
            let length = word.chars().count();
            if at > 0 {
                if column + 1 + length > width {
                    self.text.push('\n');
                    self.text.push_str(hang);
                    column = hang.len();
                } else {
                    self.text.push(' ');
                    column += 1;
                }
            }
            self.plain(word);
            column += length;
        }
        self.text.push('\n');
    }
}

/// Control signs, signs without width, and those that turn the direction of text, as U+FFFD.
pub(crate) fn shown(sign: char) -> char {
    let hidden = matches!(sign, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    if sign.is_control() || hidden { char::REPLACEMENT_CHARACTER } else { sign }
}
