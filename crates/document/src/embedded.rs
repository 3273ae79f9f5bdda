//! Texts that stand in another one, between the reader that finds them and the one that knows their language.
//!
//! A reader never calls another: it leaves what it finds with its [`crate::Document`], and `input` works the list off
//! until it is empty. What is *not* here: which reader takes which of them.

use crate::{SourceText, Span};

/// A piece of another language within a text, with the hint that identified it.
#[derive(Clone, Debug)]
pub enum Embedded {
    /// Commands as a shell reads them: a script in a manifest, `RUN` in a Dockerfile.
    Commands(SourceText),
    /// One command whose words are known: `command: ["kafka-topics.sh", "--list"]`.
    Command(Vec<SourceText>),
    /// A command that starts a container with variables of its own: `docker run -e KAFKA_…=… image`.
    Container(Vec<SourceText>),
    /// What a variable passes to Java, or to a Java that runs something of Kafka's.
    JavaOptions {
        /// The options, separated by blanks.
        options: SourceText,
        /// Whether the Java that gets them runs something of Kafka's for certain.
        of_kafka: bool,
    },
    /// JSON in a command, which may be a connector: `curl -d '{…}'`.
    Json(SourceText),
    /// A file: a key of a ConfigMap, a value of a chart.
    File(EmbeddedFile),
    /// Environment variables of a container. A framework or any other program in it may read them as client settings.
    Variables {
        /// In the order of the text.
        variables: Vec<Variable>,
        /// Whether to read variables of programs without a known framework as well.
        of_any_program: bool,
    },
}

/// A file that is written within another text.
#[derive(Clone, Debug)]
pub struct EmbeddedFile {
    /// Its name, or the key that it stands behind.
    pub name: String,
    /// Where its name stands.
    pub place: Span,
    /// Its text, with indentation and escapes resolved.
    pub text: SourceText,
    /// The same text as it is written there.
    pub written: SourceText,
    /// Whether it stands in a string with escapes, in which its lines cannot be edited as lines.
    pub is_escaped: bool,
}

/// A variable of the environment with its value.
#[derive(Clone, Debug, Default)]
pub struct Variable {
    /// Its name.
    pub name: SourceText,
    /// Its value.
    pub value: SourceText,
    /// All of it.
    pub span: Span,
}

impl Variable {
    /// `NAME=value` in one word; a name alone is a variable of the shell that starts the container.
    #[must_use]
    pub fn of_word(word: &SourceText) -> Option<Self> {
        let (name, _) = word.text.split_once('=')?;
        let (border, end) = (name.len(), word.text.len());
        let span = word.part(0, end);
        Some(Self { name: word.sub(0, border), value: word.sub(border + 1, end), span })
    }

    fn relocate(&mut self, outer: &SourceText) {
        relocate(&mut self.name, outer);
        relocate(&mut self.value, outer);
        self.span = outer.moved(self.span);
    }
}

impl Embedded {
    /// Where it stands; of several words where the first one does.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Commands(text) | Self::JavaOptions { options: text, .. } | Self::Json(text) => text.span,
            Self::Command(words) | Self::Container(words) => {
                words.first().map(|word| word.span).unwrap_or_default()
            }
            Self::File(file) => file.place,
            Self::Variables { variables, .. } => variables.first().map(|one| one.span).unwrap_or_default(),
        }
    }

    /// Moves its places from the text that it was found in to the one around that.
    pub(crate) fn relocate(&mut self, outer: &SourceText) {
        match self {
            Self::Commands(text) | Self::JavaOptions { options: text, .. } | Self::Json(text) => {
                relocate(text, outer);
            }
            Self::Command(words) | Self::Container(words) => {
                words.iter_mut().for_each(|word| relocate(word, outer));
            }
            Self::File(file) => {
                file.place = outer.moved(file.place);
                relocate(&mut file.text, outer);
                relocate(&mut file.written, outer);
            }
            Self::Variables { variables, .. } => {
                variables.iter_mut().for_each(|variable| variable.relocate(outer));
            }
        }
    }
}

fn relocate(text: &mut SourceText, outer: &SourceText) {
    *text = std::mem::take(text).within(outer);
}
