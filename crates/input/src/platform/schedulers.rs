//! Jobs of Nomad, task definitions of Amazon ECS, and containers that a script starts: what they are called.
//!
//! What is *not* here: their images and variables (`containers`).

use kafka_upgrade_catalog::Platform;
use kafka_upgrade_document::Slice as _;
use kafka_upgrade_syntax::tree::{Node, hcl, yaml};

use super::broker_place;
use super::resources::{MAX_RESOURCES, role, sign};
use crate::{Document, PlatformSign, Resource, Span};

/// Bytes of a command that are looked at before the image that it starts.
const MAX_COMMAND_BYTES: usize = 4_000;

/// A job of Nomad's, or a task definition, that runs a broker.
pub(super) fn read(text: &str, document: &mut Document, signs: &mut Vec<PlatformSign>) {
    let Some(place) = broker_place(document) else { return };
    if text.contains("containerDefinitions") {
        let tree = yaml::read(text);
        for root in &tree.roots {
            task_definition(root, document, signs, place);
        }
    } else if text.contains("\"TaskGroups\"") {
        let tree = yaml::read(text);
        for root in &tree.roots {
            inspected_job(root.get("Job").unwrap_or(root), document, place);
        }
        signs.push(sign(Platform::Compose, "Nomad", true, place));
    } else if text.lines().any(|line| line.starts_with("job \"") || line.starts_with("job [[")) {
        let tree = hcl::read(text);
        for (name, span, job) in tree.roots.iter().flat_map(|root| blocks(root, "job ")) {
            document.resources.push(named("job", name, span));
            let tasks = blocks(job, "group ").flat_map(|(_, _, group)| blocks(group, "task "));
            for (name, span, task) in tasks.take(MAX_RESOURCES) {
                let image = task.at(&["config", "image"]).and_then(Node::text).unwrap_or_default();
                document.resources.push(with(named("task", name, span), role(image, task), image));
            }
        }
        signs.push(sign(Platform::Compose, "Nomad", true, place));
    }
}

fn named(kind: &str, name: &str, span: Span) -> Resource {
    Resource { kind: kind.to_owned(), name: name.to_owned(), span, ..Resource::default() }
}

fn with(mut resource: Resource, role: &str, image: &str) -> Resource {
    resource.values.push(("role", role.to_owned()));
    if !image.is_empty() {
        resource.values.push(("image", image.to_owned()));
    }
    resource
}

/// Blocks of a type, with their label.
fn blocks<'t>(node: &'t Node, kind: &'static str) -> impl Iterator<Item = (&'t str, Span, &'t Node)> {
    let entries = node.entries().iter();
    entries.filter_map(move |(key, block)| Some((key.text.strip_prefix(kind)?, key.span, block)))
}

/// A job as `nomad job inspect` prints it.
fn inspected_job(job: &Node, document: &mut Document, place: Span) {
    if let Some(name) = job.get("ID").or_else(|| job.get("Name")).and_then(Node::scalar) {
        document.resources.push(named("job", &name.text, name.span));
    }
    let groups = job.get("TaskGroups").map(Node::items).unwrap_or_default();
    let tasks = groups.iter().filter_map(|group| group.get("Tasks")).flat_map(Node::items);
    for task in tasks.take(MAX_RESOURCES) {
        let name = task.get("Name").and_then(Node::text).unwrap_or_default();
        let image = task.at(&["Config", "image"]).and_then(Node::text).unwrap_or_default();
        document.resources.push(with(named("task", name, place), role(image, task), image));
    }
}

fn task_definition(root: &Node, document: &mut Document, signs: &mut Vec<PlatformSign>, place: Span) {
    let Some(containers) = root.get("containerDefinitions").map(Node::items) else { return };
    if let Some(family) = root.get("family").and_then(Node::scalar) {
        document.resources.push(named("job", &family.text, family.span));
    }
    for container in containers.iter().take(MAX_RESOURCES) {
        let text = |key: &str| container.get(key).and_then(Node::text).unwrap_or_default();
        let (name, image) = (text("name"), text("image"));
        document.resources.push(with(named("container", name, place), role(image, container), image));
    }
    signs.push(sign(Platform::Compose, "Amazon ECS", true, place));
}

/// Names of the containers that a script starts: `docker run --name kafka1 … IMAGE`.
pub(super) fn of_script(text: &str, document: &mut Document) {
    let parts = document.parts.iter().filter(|part| part.component.is_some_and(|one| one.name() == "broker"));
    let places: Vec<Span> = parts.filter_map(|part| part.place).take(MAX_RESOURCES).collect();
    for place in places {
        let end = place.start as usize;
        let start = text.ceil_char_boundary(end.saturating_sub(MAX_COMMAND_BYTES));
        let before = text.slice(start..end);
        let command = [" run ", " create "].iter().filter_map(|word| before.rfind(word)).max();
        let command = before.slice(command.unwrap_or(before.len())..);
        let mut words = command.split_whitespace();
        let name = words.find_map(|word| word.strip_prefix("--name="));
        let mut words = command.split_whitespace();
        let name = name.or_else(|| words.by_ref().find(|word| *word == "--name").and_then(|_| words.next()));
        // A quadlet's container is named by its unit.
        let name = name.or_else(|| before.contains("[Container]").then_some("kafka"));
        let image = text.slice(end..place.end as usize);
        if let Some(name) = name {
            let name = name.trim_matches(['"', '\'']);
            document.resources.push(with(named("container", name, place), "broker", image));
        }
    }
}
