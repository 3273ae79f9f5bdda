//! Files within a YAML text: values that are properties, scripts, or YAML of their own.
//!
//! What is *not* here: maps whose keys are settings ([`super::maps`]), and which language a file is of.

use kafka_upgrade_document::{Embedded, EmbeddedFile, SourceText};
use kafka_upgrade_syntax::tree::{Node, Scalar, Style};

use super::reader::Reader;

impl Reader<'_, '_> {
    /// Leaves a value that is the text of a file to the reader of its language.
    pub(super) fn body(&mut self, key: &Scalar, value: &Node) {
        let Some(body) = value.scalar().filter(|value| is_file(value)) else { return };
        self.document.embed(Embedded::File(EmbeddedFile {
            name: key.text.clone(),
            place: key.span,
            text: SourceText::resolved(self.text, &body.text, body.span),
            written: SourceText::plain(body.span.of(self.text), body.span.start),
            is_escaped: body.style != Style::Block,
        }));
    }
}

/// Whether a value is the text of a file: lines of their own, or a string with line breaks, as `kubectl get` prints them.
fn is_file(value: &Scalar) -> bool {
    value.style == Style::Block || value.style == Style::Double && value.text.contains('\n')
}
