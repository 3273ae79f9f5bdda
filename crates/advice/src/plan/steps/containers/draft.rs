//! The reader's own file with the image of a release, and a Compose file with what each step of a migration changes.
//!
//! Controllers are drafted with a listener in plain text, as the brokers' own; where those talk with TLS or a login, or an
//! authorizer knows who is who, only the reader can tell how the controllers do, and the words of the steps are all.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::{DraftFile, Mode};

use super::compose_file::ComposeFile;
use super::image::{with_image, with_image_anywhere, without_bitnami};
use super::names::{Names, Node};
use super::runner::Runner;
use crate::plan::steps::{Writer, minor};
use crate::plan::upgrade_path::Hop;
use crate::upgrade::CheckedFile;

/// Longest text that is drafted from, in bytes; no file of containers is longer.
const MAX_BYTES: usize = 256 * 1024;

/// Drafts the reader's own file with the image of a release, if that one file names the images of all its nodes. Not
/// during a migration from ZooKeeper: there more than the image changes, and the draft would not start.
pub(super) fn draft(writer: &mut Writer<'_, '_>, names: &Names, hop: Hop, step: &str) {
    let case = writer.case;
    if case.mode != Some(Mode::Kraft) || hop.to < writer.from {
        return;
    }
    let mut files = case.files.iter().filter(|read| !read.is_part && read.path.ends_with(&names.file));
    let (Some(read), None) = (files.next(), files.next()) else { return };
    let written = |node: &Node| !node.written.is_empty() && read.text.contains(&node.written);
    if read.text.len() > MAX_BYTES || names.nodes.is_empty() || !names.nodes.iter().all(written) {
        return;
    }
    let mut text = read.text.to_owned();
    for node in &names.nodes {
        let new = node.image.at(hop.to, hop.mode);
        let change = if names.runner == Runner::Compose { with_image } else { with_image_anywhere };
        text = change(&text, &node.written, &new);
        if node.image.is_bitnamis() && new.starts_with("apache/kafka:") {
            text = without_bitnami(&text);
        }
    }
    if text != read.text {
        let source = Some(read.path.to_owned());
        let path = format!("{}/{}", hop.to, names.file);
        writer.plan.drafts.push(DraftFile { step: step.to_owned(), path, source, text });
    }
}

/// Said of a step whose file is drafted.
pub(super) const DRAFTED: &str = " A draft of the file has what this step changes.";
/// Said where the draft first asks for the cluster's id.
pub(super) const DRAFTED_WITH_ID: &str = " A draft of the file has what this step changes. Write the printed id into .env beside it before, as CLUSTER_ID=…: Compose puts it into the variables, and does nothing without it.";
/// The services that the controllers are drafted as, by their node ids.
const CONTROLLERS: [(&str, u32); 3] = [("controller1", 3001), ("controller2", 3002), ("controller3", 3003)];
const VOTERS: &str = "3001@controller1:9093,3002@controller2:9093,3003@controller3:9093";
/// What a listener's protocol is where no map says so, with that of the controllers.
const PROTOCOLS: &str =
    "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL,SASL_PLAINTEXT:SASL_PLAINTEXT,SASL_SSL:SASL_SSL";
/// Compose asks for it and does not start anything without it.
const CLUSTER_ID: &str = "${CLUSTER_ID:?the id in meta.properties}";

/// The file that migrates: that of Compose, if it has all brokers with their ids and variables in lines of their own.
pub(super) fn begin(writer: &Writer<'_, '_>, names: &Names) -> Option<ComposeFile> {
    let case = writer.case;
    if case.mode != Some(Mode::Zookeeper) || names.runner != Runner::Compose || case.to < writer.from {
        return None;
    }
    let read = own_file(writer, names)?;
    let file = ComposeFile::new(read.text);
    let is_whole = |node: &Node| file.find(&node.name, |name| name.ends_with("BROKER_ID")).is_some();
    (!names.nodes.is_empty() && names.nodes.iter().all(is_whole)).then_some(file)
}

/// The one file with the names, if it is not too long.
fn own_file<'c>(writer: &'c Writer<'_, '_>, names: &Names) -> Option<&'c CheckedFile<'c>> {
    let mut files = writer.case.files.iter().filter(|read| !read.is_part && read.path.ends_with(&names.file));
    let (read, None) = (files.next()?, files.next()) else { return None };
    (read.text.len() <= MAX_BYTES).then_some(read)
}

/// Drafts the file as a step leaves it, below a folder; whether it did. Where a step cannot be drafted, none is after it.
pub(super) fn change(
    writer: &mut Writer<'_, '_>,
    names: &Names,
    (step, folder): (&str, &str),
    edit: impl FnOnce(&mut ComposeFile) -> Option<()>,
) -> bool {
    let Some(mut file) = names.drafted.take() else { return false };
    if edit(&mut file).is_none() {
        return false;
    }
    let source = own_file(writer, names).map(|read| read.path.to_owned());
    let path = format!("{folder}/{}", names.file);
    writer.plan.drafts.push(DraftFile { step: step.to_owned(), path, source, text: file.text() });
    names.drafted.set(Some(file));
    true
}

/// All nodes on the image of a release; `pinned` is the protocol that brokers keep.
pub(super) fn on_image(
    names: &Names,
    hop: Hop,
    pinned: Option<&str>,
) -> impl FnOnce(&mut ComposeFile) -> Option<()> {
    move |file| {
        for node in &names.nodes {
            let new = node.image.at(hop.to, hop.mode);
            file.set_image(&node.name, &new)?;
            if let Some(version) = pinned {
                file.set(&node.name, &node.image.variable("inter.broker.protocol.version"), version)?;
            }
        }
        if hop.mode == Mode::Kraft {
            let image = names.image();
            let new = image.at(hop.to, hop.mode);
            for (name, _) in CONTROLLERS {
                file.set_image(name, &new)?;
            }
            file.remove_service(&names.zookeeper);
            if image.is_bitnamis() && new.starts_with("apache/kafka:") {
                *file = ComposeFile::new(&without_bitnami(&file.text()));
            }
            if !new.contains("bitnami") {
                for name in names.nodes.iter().map(|node| node.name.as_str()) {
                    file.set(name, "CLUSTER_ID", CLUSTER_ID)?;
                }
            }
        }
        Some(())
    }
}

/// Brokers with another protocol.
pub(super) fn with_protocol(names: &Names, to: Release) -> impl FnOnce(&mut ComposeFile) -> Option<()> {
    move |file| {
        for node in &names.nodes {
            file.set(&node.name, &node.image.variable("inter.broker.protocol.version"), &minor(to))?;
            file.remove(&node.name, |name| name.ends_with("LOG_MESSAGE_FORMAT_VERSION"))?;
        }
        Some(())
    }
}

/// The protocol of each listener, with that of the controllers.
fn protocols(file: &ComposeFile, broker: &str) -> String {
    let map = file.find(broker, |name| name.ends_with("LISTENER_SECURITY_PROTOCOL_MAP"));
    map.map_or_else(|| PROTOCOLS.to_owned(), |(_, map)| format!("{map},CONTROLLER:PLAINTEXT"))
}

/// Controllers beside the brokers; `None` where the brokers' own talk is secured.
pub(super) fn with_controllers(names: &Names, hop: Hop) -> impl FnOnce(&mut ComposeFile) -> Option<()> {
    move |file| {
        let first = names.nodes.first()?;
        let (broker, image) = (first.name.as_str(), &first.image);
        let value = |ending: &str| file.find(broker, |name| name.ends_with(ending)).map(|(_, value)| value);
        let protocols = protocols(file, broker);
        let inner = value("INTER_BROKER_LISTENER_NAME");
        let spoken = value("SECURITY_INTER_BROKER_PROTOCOL").or_else(|| {
            let listener = inner.as_deref().unwrap_or("PLAINTEXT");
            let mut pairs = protocols.split(',').filter_map(|pair| pair.split_once(':'));
            pairs.find(|(name, _)| name.trim() == listener).map(|(_, protocol)| protocol.trim().to_owned())
        });
        if spoken.as_deref() != Some("PLAINTEXT") || value("AUTHORIZER_CLASS_NAME").is_some() {
            return None;
        }
        let zookeeper = value("ZOOKEEPER_CONNECT")?;
        // They are of the release that the brokers run by now, whatever its patch.
        let own = file.image(broker).unwrap_or_else(|| image.at(hop.to, Mode::Zookeeper));
        for (name, id) in CONTROLLERS {
            let mut lines = vec![format!("{name}:"), format!("  image: {own}"), "  environment:".to_owned()];
            let id = id.to_string();
            // A leader is known to the others by the host of its listener: without one, by that of its container.
            let listener = format!("CONTROLLER://{name}:9093");
            let mut add = |name: &str, value: &str| lines.push(format!("    {name}: \"{value}\""));
            for (key, value) in [
                ("process.roles", "controller"),
                ("node.id", id.as_str()),
                ("controller.quorum.voters", VOTERS),
                ("controller.listener.names", "CONTROLLER"),
                ("listeners", listener.as_str()),
                ("listener.security.protocol.map", protocols.as_str()),
                ("inter.broker.listener.name", inner.as_deref().unwrap_or("PLAINTEXT")),
                ("zookeeper.metadata.migration.enable", "true"),
                ("zookeeper.connect", zookeeper.as_str()),
            ] {
                add(&image.variable(key), value);
            }
            if image.is_bitnamis() {
                add("ALLOW_PLAINTEXT_LISTENER", "yes");
            }
            add(if image.is_bitnamis() { "KAFKA_KRAFT_CLUSTER_ID" } else { "CLUSTER_ID" }, CLUSTER_ID);
            let folder = if image.is_bitnamis() { "/bitnami/kafka" } else { image.data() };
            lines.extend(["  volumes:".to_owned(), format!("    - {name}:{folder}")]);
            file.add_service(&lines)?;
        }
        file.add_volumes(&CONTROLLERS.map(|(name, _)| name))
    }
}

/// Brokers that know the controllers.
pub(super) fn with_migration(names: &Names) -> impl FnOnce(&mut ComposeFile) -> Option<()> {
    move |file| {
        for Node { name, image, .. } in &names.nodes {
            let protocols = protocols(file, name);
            let known = file.find(name, |one| one.ends_with("LISTENER_SECURITY_PROTOCOL_MAP"));
            let map =
                known.map_or_else(|| image.variable("listener.security.protocol.map"), |(name, _)| name);
            file.set(name, &map, &protocols)?;
            file.set(name, &image.variable("controller.quorum.voters"), VOTERS)?;
            file.set(name, &image.variable("controller.listener.names"), "CONTROLLER")?;
            file.set(name, &image.variable("zookeeper.metadata.migration.enable"), "true")?;
        }
        Some(())
    }
}

/// Brokers without ZooKeeper.
pub(super) fn in_kraft_mode(names: &Names) -> impl FnOnce(&mut ComposeFile) -> Option<()> {
    const GONE: [&str; 3] = ["BROKER_ID", "INTER_BROKER_PROTOCOL_VERSION", "CONTROL_PLANE_LISTENER_NAME"];
    move |file| {
        for Node { name, image, .. } in &names.nodes {
            let (_, id) = file.find(name, |one| one.ends_with("BROKER_ID"))?;
            file.remove(name, |one| one.contains("ZOOKEEPER") || GONE.iter().any(|end| one.ends_with(end)))?;
            file.set(name, &image.variable("process.roles"), "broker")?;
            file.set(name, &image.variable("node.id"), &id)?;
            // Bitnami's image reads it from the folder.
            if !image.is_bitnamis() {
                file.set(name, "CLUSTER_ID", CLUSTER_ID)?;
            }
        }
        Some(())
    }
}

/// Controllers without ZooKeeper.
pub(super) fn without_migration() -> impl FnOnce(&mut ComposeFile) -> Option<()> {
    |file| {
        for (name, _) in CONTROLLERS.into_iter().filter(|(name, _)| file.has(name)).collect::<Vec<_>>() {
            file.remove(name, |one| one.contains("ZOOKEEPER"))?;
        }
        Some(())
    }
}
