//! What runs in containers: Dockerfiles, Compose files, Kubernetes' and Helm's YAML, the resources of operators.
//!
//! Images are libraries with versions ([`image`]); variables are settings where the image makes some of them
//! ([`env`]); commands, and the bodies of files that stand in a text, are read as what they are. Each container,
//! resource and body is a part of its own, judged as a file is.
//!
//! What is *not* here: what other files bring along (`env_file`, mounted files, a chart's own defaults); a part that
//! has such is partial, and nothing is said of what it lacks. A file without anything of Kafka's gives nothing.

mod base64;
mod bodies;
mod clusters;
mod dockerfile;
mod helpers;
mod image;
mod kubernetes;
mod maps;
mod neighbours;
mod reader;
mod sniff;
mod terraform;
#[cfg(test)]
mod tests;
mod variables;
mod walk;

use kafka_upgrade_catalog::clients::product_of;
use kafka_upgrade_catalog::{Component, Mode};
use kafka_upgrade_document::{Embedded, EmbeddedFile, SourceText, Variable, template};
use kafka_upgrade_sorted::Sorted as _;

pub(crate) use self::helpers::{FORMAT as HELPERS, is_helper};
use self::image::Image;
pub(crate) use self::terraform::FORMAT as TERRAFORM;
use crate::environment::Mapping;
use crate::{Dependency, Document, Encoding, Format, Kind, Observation, Span};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "containers",
    extensions: &["dockerfile", "containerfile"],
    names: &[
        "Dockerfile",
        "Containerfile",
        "compose.yaml",
        "compose.yml",
        "docker-compose.yaml",
        "docker-compose.yml",
        "values.yaml",
        "values.yml",
    ],
    sniff: sniff::sniff,
    read,
};

fn read(path: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: Kind::Containers, ..Document::default() };
    if sniff::is_environment(text) {
        environment(text, &mut document);
    } else if sniff::is_dockerfile(path, &template::mask(text).text) {
        dockerfile::read(text, &mut document);
    } else {
        walk::read(text, &mut document);
    }
    document
}

/// Reads YAML that is a file within another text: by its name, as values of a chart, or as a resource, and files of
/// variables; `None` where it is none of these.
pub(crate) fn within(file: &EmbeddedFile) -> Option<Document> {
    /// Keys whose bodies are YAML of their own: values of a chart, patches.
    const BODIES: &[&str] = &["values", "valuesContent", "patch", "defaultValues"];
    let (name, text) = (file.name.as_str(), file.text.text.as_str());
    if name.ends_with(".env") && sniff::is_environment(&template::mask(text).text) {
        let mut found = Document { kind: Kind::Containers, ..Document::default() };
        environment(text, &mut found);
        found.relocate(&file.text);
        return Some(found);
    }
    let is_yaml = name.ends_with(".yaml") || name.ends_with(".yml") || text.starts_with("apiVersion:");
    // A chart's switches do not mention Kafka, so values with one of these are read as well.
    let is_switch = || {
        BODIES.contains(&name)
            && text.lines().any(|line| line.trim_end() == "kraft:" || line.starts_with("externalZookeeper:"))
    };
    if !(is_yaml || BODIES.contains(&name)) || sniff::sniff("x.yaml", text) == 0 && !is_switch() {
        return None;
    }
    let mut found = Document { kind: Kind::Containers, ..Document::default() };
    walk::read(text, &mut found);
    found.relocate(&file.text);
    Some(found)
}

/// What follows from all that a text holds, its embedded texts with it.
pub(crate) fn finish(text: &str, document: &mut Document) {
    let is_of_map = |part: &Document| part.kind == Kind::ApplicationConfig;
    // Operators of their own have connectors and topics as resources.
    let is_resource = |part: &Document| {
        use Component as Of;
        matches!(part.component, Some(Of::CONNECTOR_SOURCE | Of::CONNECTOR_SINK | Of::TOPIC))
    };
    let are_resources = text.starts_with("apiVersion:") || text.contains("\napiVersion:");
    if !document.parts.is_empty()
        && document.parts.iter().all(is_of_map)
        && document.dependencies.is_empty()
        && !(are_resources && document.parts.iter().all(is_resource))
    {
        document.kind = Kind::ApplicationConfig;
    }
    // Other programs have ZooKeeper too.
    let is_known = |one: &Dependency| product_of(one.ecosystem.name(), &one.artifact).is_some();
    if document.parts.is_empty() && !document.dependencies.iter().any(is_known) {
        document.dependencies.clear();
    }
    document.dependencies.order_by_key(|dependency| dependency.span);
    document.usages.order_by(|a, b| (a.span, a.kind, &a.name).cmp(&(b.span, b.kind, &b.name)));
    document.usages.dedup();
}

/// What a command starts in a container with variables of its own: `docker run -e KAFKA_…=… image`.
pub(crate) fn started(words: &[SourceText]) -> Option<Document> {
    let first = words.iter().position(|word| !matches!(word.text.as_str(), "sudo" | "exec"))?;
    let mut words = words.iter().skip(first);
    words.next().filter(|word| matches!(word.text.as_str(), "docker" | "podman" | "nerdctl"))?;
    words.next().filter(|word| matches!(word.text.as_str(), "run" | "create"))?;
    let (mut variables, mut image) = (Vec::new(), None);
    while let Some(word) = words.next() {
        let inline =
            word.text.find('=').filter(|_| word.text.starts_with("--env=") || word.text.starts_with("-e="));
        if let Some(at) = inline {
            variables.extend(Variable::of_word(&word.sub(at + 1, word.text.len())));
        } else if matches!(word.text.as_str(), "-e" | "--env") {
            variables.extend(words.next().and_then(Variable::of_word));
        } else if word.text.starts_with('-') {
            if !word.text.contains('=') && !ALONE.contains(&word.text.as_str()) {
                words.next();
            }
        } else {
            let named = Image::new(&word.text);
            if named.mapping() != Mapping::NONE
                || variables.iter().any(|one: &Variable| Mapping::of_variable(&one.name.text).is_some())
                    && word.text.contains('/')
            {
                image = Some((named, word.span));
                break;
            }
        }
    }
    let (image, place) = image?;
    let mapping = match image.mapping() {
        Mapping::NONE => variables.iter().find_map(|one| Mapping::of_variable(&one.name.text))?,
        known => known,
    };
    // What is passed to Java is read with all words of the command.
    let mut document = Document::default();
    variables::read(&variables, &mapping, place, true, &mut document);
    let part = document.parts.pop().map(|part| Document { kind: Kind::ShellScript, ..part });
    let mut document = Document { parts: part.into_iter().collect(), ..Document::default() };
    // If a command follows the image, the container only runs a tool.
    if words.next().is_none() {
        document.dependencies.extend(image.dependencies(place));
        let of_zookeeper = variables.iter().any(|one| one.name.text.contains("ZOOKEEPER"));
        if image.is_of_kraft() && !of_zookeeper {
            document.observe(Observation::Mode(Mode::Kraft), place);
        }
    }
    Some(document)
}

/// A file named by `env_file` or `--env-file`: variables of a node, without the name of its image.
fn environment(text: &str, document: &mut Document) {
    let (mut variables, mut at) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        let exported = line.trim_start().strip_prefix("export ").unwrap_or_else(|| line.trim_start());
        let inner = exported.trim();
        let start = at + (line.len() - exported.trim_start().len());
        at += line.len();
        if !inner.starts_with('#') {
            let whole = SourceText::plain(inner, start as u32);
            variables.extend(Variable::of_word(&whole).map(|one| {
                let value = one.value.text.as_str();
                let quoted = ["\"", "'"]
                    .iter()
                    .any(|quote| value.len() > 1 && value.starts_with(quote) && value.ends_with(quote));
                let end = value.len();
                if quoted { Variable { value: one.value.sub(1, end - 1), ..one } } else { one }
            }));
        }
    }
    let is_nodes = sniff::is_nodes(text);
    document.embed(Embedded::Variables { variables: variables.clone(), of_any_program: !is_nodes });
    if let Some(first) = variables.first().map(|first| first.name.span).filter(|_| is_nodes) {
        variables::read(&variables, &Mapping::GUESSED, first, true, document);
    }
}

/// What an image brings, where a text merely names it.
pub(crate) fn image_dependencies(reference: &str, span: Span) -> Vec<Dependency> {
    Image::new(reference).dependencies(span)
}

/// Options of `docker run` that take no value.
const ALONE: &[&str] = &[
    "-d",
    "-i",
    "-t",
    "-it",
    "-ti",
    "-dit",
    "-itd",
    "-di",
    "-dt",
    "-P",
    "--detach",
    "--init",
    "--interactive",
    "--privileged",
    "--publish-all",
    "--read-only",
    "--rm",
    "--tty",
];

/// A configuration that is part of a text.
fn part(component: Component, place: Span, is_partial: bool) -> Document {
    let (component, place) = (Some(component), Some(place));
    Document { kind: Kind::Containers, component, place, is_partial, ..Document::default() }
}
