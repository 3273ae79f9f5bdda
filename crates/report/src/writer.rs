//! What an output format is, and what it may use beside the report.

use crate::{Report, without_secrets};

/// A format.
pub struct Format {
    /// What `--format` calls it.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub about: &'static str,
    /// How the name of a file in it ends, without the first dot.
    pub extension: &'static str,
    /// Its media type.
    pub media: &'static str,
    /// Whether it quotes lines of the files.
    pub(crate) quotes: bool,
    /// Writes the report as it is.
    pub(crate) writes: fn(&Report, &Context<'_>) -> String,
}

impl Format {
    /// Writes the report. Every report leaves through here: secrets are covered, also in quoted texts, unless
    /// [`Context::with_secrets`] is set.
    #[must_use]
    pub fn write(&self, report: &Report, context: &Context<'_>) -> String {
        let cover = &report.secrets;
        if context.with_secrets || cover.is_empty() {
            return (self.writes)(report, context);
        }
        // Covering long files takes a while.
        let quoted = if self.quotes { context.sources } else { &[] };
        let texts: Vec<_> = quoted.iter().map(|one| (cover.text(one.path), cover.text(one.text))).collect();
        let sources: Vec<_> = texts.iter().map(|(path, text)| Source { path, text }).collect();
        let context = Context { sources: &sources, covered: cover.count(), ..*context };
        (self.writes)(&without_secrets(report), &context)
    }
}

/// What a format may use beside the report.
#[derive(Clone, Copy, Debug, Default)]
pub struct Context<'a> {
    /// The texts, to quote from; a text that is missing is not quoted.
    pub sources: &'a [Source<'a>],
    /// Whether to colour, as a terminal does.
    pub colour: bool,
    /// Ids of the plan's steps that are done.
    pub ticked: &'a [&'a str],
    /// Whether a terminal shows everything known; the short form shows only what to act on.
    pub verbose: bool,
    /// Whether the report's columns count UTF-16 code units, as in JavaScript, and not characters.
    pub utf16: bool,
    /// Whether secrets are shown.
    pub with_secrets: bool,
    /// How many values are covered, for a format that states it; [`Format::write`] counts them.
    pub covered: usize,
}

/// A text and the path under which the report knows it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// As in [`crate::FileReport::path`].
    pub path: &'a str,
    /// The whole text.
    pub text: &'a str,
}
