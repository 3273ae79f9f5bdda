//! A broker's file while the metadata moves, and after.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::Mode;

use super::context::Context;
use super::mend;
use super::quorum::Quorum;
use super::security::{NAMES, Security, authorizer_in_kraft};
use super::sheet::Sheet;
use crate::upgrade::CheckedFile;

const AUTHORIZER: &str = "authorizer.class.name";

/// Still on ZooKeeper, and introduced to the controllers.
pub(super) fn migrating(
    read: &CheckedFile<'_>,
    quorum: &Quorum<'_>,
    context: Context,
) -> Result<String, String> {
    own_number(read)?;
    let security = Security::of(read, quorum)?;
    let mut sheet = Sheet::new(read.text.to_owned(), context.lines);
    listen_as_before(read, &mut sheet, context);
    sheet.take_out(|key| key == "log.message.format.version" || is_of_quorum(key));
    sheet.set("inter.broker.protocol.version", &format!("{}.{}", context.bridge.major, context.bridge.minor));
    if read.broker_setting(AUTHORIZER).is_some_and(|one| one.value.contains("SimpleAclAuthorizer")) {
        sheet.set(AUTHORIZER, "kafka.security.authorizer.AclAuthorizer");
    }
    security.let_in(&mut sheet);
    sheet.comment("The migration to KRaft: where the controllers are.");
    sheet.add("zookeeper.metadata.migration.enable", "true");
    security.write(&mut sheet, quorum, false);
    mend::fit(
        sheet.into_text(),
        context.lines,
        (context.from.min(context.bridge), context.bridge),
        Mode::Zookeeper,
    )
}

/// In KRaft mode.
pub(super) fn migrated(
    read: &CheckedFile<'_>,
    quorum: &Quorum<'_>,
    context: Context,
) -> Result<String, String> {
    let number = own_number(read)?;
    let security = Security::of(read, quorum)?;
    let mut sheet = Sheet::new(read.text.to_owned(), context.lines);
    listen_as_before(read, &mut sheet, context);
    if read.broker_setting("node.id").is_some() {
        sheet.take_out(|key| key == "broker.id");
    } else {
        sheet.rename("broker.id", "node.id");
    }
    sheet.take_out(|key| is_of_zookeeper(key) || is_of_quorum(key));
    if let Some(class) = read.broker_setting(AUTHORIZER).and_then(|one| authorizer_in_kraft(&one.value)) {
        sheet.set(AUTHORIZER, class);
    }
    security.let_in(&mut sheet);
    sheet.comment("KRaft mode: what this node is, and where the controllers are.");
    sheet.add("process.roles", "broker");
    // Of repeated keys Kafka uses the last, so the number is set there.
    sheet.set("node.id", number);
    security.write(&mut sheet, quorum, false);
    fit_for_both(sheet.into_text(), context)
}

/// A text that starts on the release of the migration and has no errors on any release from there to the target.
pub(super) fn fit_for_both(text: String, context: Context) -> Result<String, String> {
    let before = mend::fit(text, context.lines, (context.bridge, context.bridge), Mode::Kraft)?;
    let text = mend::fit(before.clone(), context.lines, (context.bridge, context.to), Mode::Kraft)?;
    if text == before {
        return Ok(text);
    }
    // Changes made for the target may be errors on the release of the migration.
    let again = mend::fit(text.clone(), context.lines, (context.bridge, context.bridge), Mode::Kraft)?;
    if again == text {
        Ok(text)
    } else {
        Err(format!("{} and {} want different things of it", context.bridge, context.to))
    }
}

/// From this release on `host.name` and `port` are ignored.
const LISTENERS_ONLY: Release = Release::new(3, 0, 0);

/// Settings that are useless without ZooKeeper, apart from the `zookeeper.` keys themselves.
const OF_ZOOKEEPER: &[&str] = &[
    "broker.id.generation.enable",
    "reserved.broker.max.id",
    "control.plane.listener.name",
    "inter.broker.protocol.version",
    "log.message.format.version",
    "password.encoder.secret",
    "password.encoder.old.secret",
    "password.encoder.cipher.algorithm",
    "password.encoder.iterations",
    "password.encoder.key.length",
    "password.encoder.keyfactory.algorithm",
];

/// Whether a key has no use without ZooKeeper.
pub(super) fn is_of_zookeeper(key: &str) -> bool {
    key.starts_with("zookeeper.") || OF_ZOOKEEPER.contains(&key)
}

/// Whether the draft writes this setting itself instead of copying it.
fn is_of_quorum(key: &str) -> bool {
    key.starts_with("controller.quorum.voters")
        || key.starts_with("controller.quorum.bootstrap")
        || key == NAMES
        || key == "zookeeper.metadata.migration.enable"
        || key == "sasl.mechanism.controller.protocol"
}

/// The number as the file says it.
fn own_number<'r>(read: &'r CheckedFile<'_>) -> Result<&'r str, String> {
    let number = read.broker_setting("broker.id").or_else(|| read.broker_setting("node.id"));
    let number = number.map(|one| one.value.trim()).filter(|one| one.parse::<u32>().is_ok());
    number.ok_or_else(|| {
        "its broker.id is not a number that the file says. Where the broker generated it, take it from the \
         meta.properties in its log.dirs"
            .to_owned()
    })
}

/// Before 3.0 a broker's address could be set without `listeners`.
fn listen_as_before(read: &CheckedFile<'_>, sheet: &mut Sheet, context: Context) {
    let value = |key: &str| read.broker_setting(key).map(|setting| setting.value.trim());
    let pairs = [
        ("listeners", "host.name", "port"),
        ("advertised.listeners", "advertised.host.name", "advertised.port"),
    ];
    for (listeners, host, port) in pairs {
        let said = context.from < LISTENERS_ONLY && (value(host).is_some() || value(port).is_some());
        if said && value(listeners).is_none() {
            let name = value("security.inter.broker.protocol").unwrap_or("PLAINTEXT");
            let port = value(port).or_else(|| value("port")).unwrap_or("9092");
            let host = value(host).or_else(|| value("host.name")).unwrap_or_default();
            sheet.add(listeners, &format!("{name}://{host}:{port}"));
        }
    }
    sheet.take_out(|key| matches!(key, "host.name" | "port" | "advertised.host.name" | "advertised.port"));
}
