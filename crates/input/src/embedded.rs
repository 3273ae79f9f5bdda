//! Texts that stand in other ones, worked off as a list: each goes to the reader of its language, and what that finds in
//! it again goes on the list.
//!
//! Here, and nowhere else, one language meets another. Adding one that can stand in files of others is one row of
//! [`READERS`]. Invariant: what is found takes the place of the text that it was found in.

use kafka_upgrade_document::{Embedded, EmbeddedAt, EmbeddedFile};

use crate::{
    Document, Kind, Problem, Span, apps, clients, connector, containers, metrics, properties, shell,
};

/// Reads a file within another text, where it is of its language.
type Within = fn(&EmbeddedFile) -> Option<Document>;

/// Who reads files within other texts, in the order in which they are asked.
const READERS: &[Within] = &[
    shell::within,
    metrics::within,
    clients::within,
    apps::within,
    containers::within,
    |file| connector::within(&file.text),
    properties::within,
];

/// Texts within texts that are read: a manifest in a manifest in a manifest.
const MAX_DEPTH: usize = 8;

/// Reads all that is embedded in what was read of a text, until nothing is left.
pub(crate) fn read_all(document: &mut Document) {
    if let Some(span) = expand(document, 0) {
        let message = format!(
            "Texts nested deeper than {MAX_DEPTH} levels were not read. Check them as texts of their own."
        );
        document.problems.push(Problem { message, span, fatal: false });
    }
}

/// Reads the texts embedded in a document, and those embedded in them. Returns the first place that is nested too
/// deep.
fn expand(document: &mut Document, depth: usize) -> Option<Span> {
    let embedded = std::mem::take(&mut document.embedded);
    if depth > MAX_DEPTH {
        return embedded.first().map(|first| first.embedded.span());
    }
    let mut too_deep = None;
    let mut parts = InOrder::new(&mut document.parts);
    let mut observations = InOrder::new(&mut document.observations);
    for EmbeddedAt { embedded, parts: before, observations: observed } in embedded {
        let Some(mut found) = read(&embedded) else { continue };
        // Settings of clients and connectors are edited in the language of the text around them.
        if matches!(found.kind, Kind::ApplicationConfig | Kind::ConnectorJson) {
            found.parts.iter_mut().for_each(|part| part.kind = document.kind);
        }
        too_deep = too_deep.or(expand(&mut found, depth + 1));
        document.usages.append(&mut found.usages);
        document.settings.append(&mut found.settings);
        document.dependencies.append(&mut found.dependencies);
        parts.insert(before, found.parts);
        observations.insert(observed, found.observations);
    }
    document.parts = parts.finish();
    document.observations = observations.finish();
    if document.kind == Kind::ShellScript {
        shell::finish(document);
    }
    too_deep
}

/// What the reader of its language finds. Problems are reported for the surrounding text, or not at all.
fn read(embedded: &Embedded) -> Option<Document> {
    match embedded {
        Embedded::Commands(commands) => Some(shell::read_text(commands)),
        Embedded::Command(words) => Some(shell::read_words(words)),
        Embedded::Container(words) => containers::started(words),
        Embedded::JavaOptions { options, of_kafka } => Some(shell::read_options(options, *of_kafka)),
        Embedded::Json(text) => connector::within(text),
        Embedded::File(file) => READERS.iter().find_map(|read| read(file)),
        Embedded::Variables { variables, of_any_program } => {
            let mut parts = apps::of_variables(variables);
            if *of_any_program {
                parts.extend(apps::of_any_variables(variables));
            }
            Some(Document { parts, ..Document::default() })
        }
    }
}

/// Findings of a text with those of its embedded texts between them.
struct InOrder<T> {
    own: std::vec::IntoIter<T>,
    taken: usize,
    all: Vec<T>,
}

impl<T> InOrder<T> {
    fn new(own: &mut Vec<T>) -> Self {
        Self { own: std::mem::take(own).into_iter(), taken: 0, all: Vec::new() }
    }

    /// Inserts what was found in an embedded text after the first `before` findings of the text around it.
    fn insert(&mut self, before: usize, found: Vec<T>) {
        debug_assert!(before >= self.taken, "embedded texts are not in the order of the text");
        self.all.extend(self.own.by_ref().take(before.saturating_sub(self.taken)));
        self.taken = before;
        self.all.extend(found);
    }

    fn finish(mut self) -> Vec<T> {
        self.all.extend(self.own);
        self.all
    }
}

#[cfg(test)]
mod tests {
    use super::MAX_DEPTH;

    /// A manifest that holds `levels` others, each in the one before it, and a script in the innermost.
    fn nested(levels: usize) -> String {
        let indented = |text: &str| text.lines().map(|line| format!("    {line}\n")).collect::<String>();
        let head = |key: &str| format!("apiVersion: v1\nkind: ConfigMap\ndata:\n  {key}: |\n");
        let script = format!("{}    kafka-topics.sh --zookeeper z\n", head("x.sh"));
        (1..levels).fold(script, |inner, _| format!("{}{}", head("x.yaml"), indented(&inner)))
    }

    #[test]
    fn texts_in_texts_are_read_where_they_stand_and_what_is_too_deep_is_reported() {
        for levels in [1, 2, 3, MAX_DEPTH] {
            let text = nested(levels);
            let document = crate::read("x.yaml", &text, None);
            let found: Vec<_> = document.usages.iter().map(|one| one.span.of(&text)).collect();
            assert_eq!(found, ["kafka-topics.sh", "--zookeeper"], "{levels} levels");
            assert!(document.problems.is_empty() && document.embedded.is_empty(), "{levels} levels");
        }
        let deep = crate::read("x.yaml", &nested(MAX_DEPTH + 2), None);
        assert!(deep.usages.is_empty() && deep.problems.len() == 1, "{:?}", deep.problems);
    }
}
