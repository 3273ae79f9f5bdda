//! Files within a YAML text: values that are properties, scripts, or YAML of their own.
//!
//! What is *not* here: maps whose keys are settings ([`super::maps`]), and which language a file is of.

use kafka_upgrade_document::{Embedded, EmbeddedFile, SourceText};
use kafka_upgrade_syntax::tree::{Node, Scalar, Style, yaml};

use super::reader::Reader;
use crate::Span;
use crate::environment::is_of_client;

/// Keys of a map that name the file whose text is beside them: of cloud-init, Ansible and Butane.
pub(super) const NAMES: &[&str] = &["path", "dest", "filename", "destination"];

impl Reader<'_, '_> {
    /// Leaves a value of a map that is the text of a file to the reader of its language.
    pub(super) fn body(&mut self, around: &Node, key: &Scalar, value: &Node) {
        let Some(body) = value.scalar().filter(|value| is_file(value)) else { return };
        // A chart passes such a list on as it is.
        if body.text.trim_start().starts_with("- name:") {
            return self.embedded_variables(body);
        }
        // What writes files onto a machine has their paths beside their texts.
        let path = matches!(key.text.as_str(), "content" | "contents" | "inline")
            .then(|| NAMES.iter().find_map(|name| around.get(name)?.scalar()))
            .flatten();
        // What a command writes to a file is given to it: `command: tee worker.properties`.
        let written = (key.text == "stdin")
            .then(|| around.get("command").and_then(Node::scalar))
            .flatten()
            .and_then(|command| command.text.trim().strip_prefix("tee "))
            .filter(|file| !file.contains([' ', '|', ';']));
        let name = path.unwrap_or(key);
        self.document.embed(Embedded::File(EmbeddedFile {
            name: written.map_or_else(|| name.text.clone(), str::to_owned),
            place: name.span,
            text: SourceText::resolved(self.text, &body.text, body.span),
            written: SourceText::plain(body.span.of(self.text), body.span.start),
            is_escaped: body.style != Style::Block,
        }));
    }
}

impl Reader<'_, '_> {
    /// A resource that is written as a text in a list, as Kustomize has patches.
    pub(super) fn body_of_list(&mut self, place: Option<Span>, item: &Node) {
        let Some(body) = item.scalar().filter(|item| item.style == Style::Block) else { return };
        if !body.text.contains("kind:") || !body.text.contains("apiVersion:") {
            return;
        }
        self.document.embed(Embedded::File(EmbeddedFile {
            name: String::new(),
            place: place.unwrap_or(body.span),
            text: SourceText::resolved(self.text, &body.text, body.span),
            written: SourceText::plain(body.span.of(self.text), body.span.start),
            is_escaped: false,
        }));
    }

    /// A list of variables that is written as a text, which a template of a chart adds to a container.
    fn embedded_variables(&mut self, body: &Scalar) {
        let outer = SourceText::resolved(self.text, &body.text, body.span);
        for root in &yaml::read(&body.text).roots {
            let mut variables = self.variables_in(&body.text, root);
            variables.retain(|one| is_of_client(&one.name.text));
            for one in &mut variables {
                one.name = std::mem::take(&mut one.name).within(&outer);
                one.value = std::mem::take(&mut one.value).within(&outer);
                one.span = outer.moved(one.span);
            }
            if !variables.is_empty() {
                self.document.embed(Embedded::Variables { variables, of_any_program: true });
            }
        }
    }
}

/// Whether a value is the text of a file: lines of their own, or a string with line breaks, as `kubectl get` prints them.
fn is_file(value: &Scalar) -> bool {
    value.style == Style::Block || value.style == Style::Double && value.text.contains('\n')
}
