//! Secrets that the tree of a text shows: values below `data` of a Kubernetes `Secret`, scalars below the key of a
//! secret however they are quoted, folded or nested, and the value beside a name.
//!
//! What is *not* here: what makes a key or value a secret (`document::secrets`). Invariant: the tree is built only
//! where something in the text asks for it.

use kafka_upgrade_document::secrets::{Recorder, Secret, Syntax};

use kafka_upgrade_syntax::tree::{Node, Scalar, json, yaml};

use crate::Document;

/// Depth up to which values of a Kubernetes `Secret` are searched for.
const MAX_DEPTH: usize = 3;

/// Every secret of a text as it was read.
pub(crate) fn find(path: &str, text: &str, document: &Document) -> Vec<Secret> {
    let mut recorder = Recorder::new(path, text, document);
    if recorder.wants_tree() {
        let tree = match recorder.syntax() {
            Syntax::Yaml => yaml::read(text),
            Syntax::Json => json::read(text),
            _ => return recorder.finish(),
        };
        let mut open: Vec<&Node> = tree.roots.iter().collect();
        while let Some(node) = open.pop() {
            map(node.entries(), &mut recorder);
            open.extend(node.items());
            open.extend(node.entries().iter().map(|(_, value)| value));
        }
    }
    recorder.finish()
}

fn map(entries: &[(Scalar, Node)], recorder: &mut Recorder<'_>) {
    let value_of = |names: &[&str]| {
        let entry =
            entries.iter().rfind(|(key, _)| names.iter().any(|name| key.text.eq_ignore_ascii_case(name)));
        entry.map(|(_, value)| value)
    };
    if value_of(&["kind"]).and_then(Node::text) == Some("Secret") {
        for (_, value) in entries.iter().filter(|(key, _)| matches!(key.text.as_str(), "data" | "stringData"))
        {
            below(value, MAX_DEPTH, &mut |scalar| recorder.secret(scalar.span, &scalar.text));
        }
    }
    for (key, value) in entries {
        // A structure below such a key is a reference, with names of its own; a list is of values.
        if value.entries().is_empty() {
            below(value, 1, &mut |scalar| recorder.entry(&key.text, scalar.span, &scalar.text));
        }
    }
    let name = value_of(&["name", "key", "parameterkey", "variable"]).and_then(Node::text);
    let value = value_of(&["value", "parametervalue", "defaultvalue", "default", "content"]);
    if let Some((name, value)) = name.zip(value) {
        below(value, 1, &mut |scalar| recorder.entry(name, scalar.span, &scalar.text));
    }
}

/// Every scalar below a node.
fn below(node: &Node, depth: usize, take: &mut impl FnMut(&Scalar)) {
    if let Some(scalar) = node.scalar() {
        take(scalar);
    }
    let Some(depth) = depth.checked_sub(1) else { return };
    node.items().iter().for_each(|item| below(item, depth, take));
    node.entries().iter().for_each(|(_, value)| below(value, depth, take));
}
