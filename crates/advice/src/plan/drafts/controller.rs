//! The file of a controller: while it waits for the brokers and copies the metadata, and after.
//!
//! A controller whose file is there keeps it, with the lines of the migration added or removed. A new one begins
//! with what the brokers' file says that controllers decide (`carried`).

use kafka_upgrade_report::Mode;

use super::broker::{self, is_of_zookeeper};
use super::carried;
use super::context::Context;
use super::mend;
use super::quorum::Quorum;
use super::security::{Security, authorizer_in_kraft};
use super::sheet::Sheet;
use crate::upgrade::CheckedFile;

const SWITCH: &str = "zookeeper.metadata.migration.enable";

/// One controller of the quorum.
#[derive(Clone, Copy, Debug)]
pub(super) struct Controller<'a> {
    pub(super) number: u32,
    pub(super) port: u32,
    /// Its file, where it was given.
    pub(super) file: Option<&'a CheckedFile<'a>>,
}

/// The file during the migration.
pub(super) fn migrating(
    one: Controller<'_>,
    brokers: &[&CheckedFile<'_>],
    quorum: &Quorum<'_>,
    context: Context,
) -> Result<String, String> {
    let Some(read) = brokers.first() else { return Err("no broker's file is there".to_owned()) };
    let mut sheet = match one.file {
        Some(file) => Sheet::new(file.text.to_owned(), context.lines),
        None => begin(one, brokers, quorum, context, true)?,
    };
    let value = |key: &str| read.broker_setting(key).map(|setting| setting.value.as_str());
    let keys = [
        "inter.broker.listener.name",
        "security.inter.broker.protocol",
        "sasl.mechanism.inter.broker.protocol",
    ];
    let mut talk: Vec<(String, &str)> =
        keys.into_iter().filter_map(|key| Some((key.to_owned(), value(key)?))).collect();
    let theirs = format!("listener.name.{}.", quorum.listener.to_ascii_lowercase());
    talk.extend(carried::settings(read, |key| {
        key.starts_with("listener.name.") && !key.starts_with(&theirs)
    }));
    if !talk.is_empty() {
        sheet.comment("How the brokers talk to each other: the controllers send them their decisions there.");
        sheet.set_all(talk.iter().map(|(key, value)| (key.as_str(), *value)));
    }
    sheet.comment("The migration; these lines go when it is done.");
    sheet.set(SWITCH, "true");
    let zookeeper = carried::settings(read, |key| {
        (key.starts_with("zookeeper.") || key.starts_with("password.encoder.")) && key != SWITCH
    });
    sheet.set_all(zookeeper.iter().map(|(key, value)| (key.as_str(), *value)));
    mend::fit(
        sheet.into_text(),
        context.lines,
        (context.from.min(context.bridge), context.bridge),
        Mode::Kraft,
    )
}

/// The file after the migration.
pub(super) fn migrated(
    one: Controller<'_>,
    brokers: &[&CheckedFile<'_>],
    quorum: &Quorum<'_>,
    context: Context,
) -> Result<String, String> {
    let sheet = match one.file {
        Some(file) => {
            let mut sheet = Sheet::new(file.text.to_owned(), context.lines);
            sheet.take_out(is_of_zookeeper);
            sheet
        }
        None => begin(one, brokers, quorum, context, false)?,
    };
    broker::fit_for_both(sheet.into_text(), context)
}

/// The file of one new controller, made from the file of another.
pub(super) fn renumbered(text: String, one: Controller<'_>, quorum: &Quorum<'_>, context: Context) -> String {
    let mut sheet = Sheet::new(text, context.lines);
    sheet.set("node.id", &one.number.to_string());
    sheet.set("listeners", &listeners(one, quorum));
    sheet.into_text()
}

fn listeners(one: Controller<'_>, quorum: &Quorum<'_>) -> String {
    format!("{}://:{}", quorum.listener, one.port)
}

/// Whether a controller's file takes part in a migration.
pub(super) fn migrates(read: &CheckedFile<'_>) -> bool {
    read.broker_setting(SWITCH).is_some_and(|one| one.value.trim().eq_ignore_ascii_case("true"))
}

/// Settings that a new controller has both during and after the migration.
fn begin(
    one: Controller<'_>,
    brokers: &[&CheckedFile<'_>],
    quorum: &Quorum<'_>,
    context: Context,
    migrates: bool,
) -> Result<Sheet, String> {
    let Some(read) = brokers.first() else { return Err("no broker's file is there".to_owned()) };
    let security = Security::of(read, quorum)?;
    let mut sheet = Sheet::new(String::new(), context.lines);
    let when = if migrates { "while the metadata moves from ZooKeeper" } else { "after the migration" };
    sheet.comment(&format!("A controller {when}. Each has a node.id of its own."));
    sheet.comment(if quorum.stated.is_some() {
        "It is there already, and its file was not given: compare the two."
    } else {
        "The names of the controllers' hosts have to be yours, here and in the brokers' files."
    });
    let (number, listeners) = (one.number.to_string(), listeners(one, quorum));
    let folder = folder(read);
    sheet.add_all([
        ("process.roles", "controller"),
        ("node.id", &number),
        ("listeners", &listeners),
        ("log.dirs", &folder),
    ]);
    security.write(&mut sheet, quorum, true);
    let mut settings = carried::decisions(read);
    if security.has_use(migrates) {
        settings.extend(carried::settings(read, is_of_security));
    }
    if !settings.is_empty() {
        sheet.comment("As on the brokers.");
        sheet.add_all(settings.iter().map(|(key, value)| match key.as_str() {
            "authorizer.class.name" => (key.as_str(), authorizer_in_kraft(value).unwrap_or(value)),
            key => (key, *value),
        }));
    }
    for (key, path) in unlike(&settings, brokers) {
        sheet.comment(&format!(
            "The brokers differ in {key} (see {path}): choose what the cluster is to have."
        ));
    }
    security.let_in(&mut sheet);
    Ok(sheet)
}

fn is_of_security(key: &str) -> bool {
    const OTHER: &[&str] = &["sasl.mechanism.controller.protocol", "sasl.mechanism.inter.broker.protocol"];
    (key.starts_with("ssl.") || key.starts_with("sasl.")) && !OTHER.contains(&key)
}

/// Keys of the whole cluster whose value differs in another broker's file, with that file. Where a node keeps its
/// certificates may differ.
fn unlike<'b>(settings: &[(String, &str)], brokers: &[&CheckedFile<'b>]) -> Vec<(String, &'b str)> {
    let cluster = settings.iter().filter(|(key, _)| !key.starts_with("ssl.") && !key.contains("jaas"));
    let differs = |key: &str, value: &str| {
        let other = brokers
            .iter()
            .skip(1)
            .find(|read| read.broker_setting(key).map(|one| one.value.as_str()) != Some(value));
        other.map(|read| read.path)
    };
    let mut all: Vec<_> =
        cluster.filter_map(|(key, value)| Some((key.clone(), differs(key, value)?))).collect();
    // What the first file leaves out and another one sets.
    for read in brokers.iter().skip(1) {
        for (key, _) in carried::decisions(read) {
            let known = settings.iter().any(|(one, _)| *one == key) || all.iter().any(|(one, _)| *one == key);
            if !known {
                all.push((key, read.path));
            }
        }
    }
    all
}

/// Beside the brokers' first folder, in case both run on one machine.
fn folder(read: &CheckedFile<'_>) -> String {
    let value = |key: &str| read.broker_setting(key).and_then(|setting| setting.value.split(',').next());
    let first = value("log.dirs").or_else(|| value("log.dir")).map(|one| one.trim().trim_end_matches('/'));
    let first = first.filter(|one| !one.is_empty() && !one.starts_with("/tmp"));
    first.map_or_else(|| "/var/lib/kafka-controller".to_owned(), |first| format!("{first}-controller"))
}
