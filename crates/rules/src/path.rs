//! From where to where: what the files say of the release that runs and of its mode.
//!
//! What is stated wins; what was detected is listed beside it all the same, with the place that says so.

use kafka_upgrade_catalog::clients::ProductKind;
use kafka_upgrade_catalog::{Platform, Release};
use kafka_upgrade_document::{Observation, Span};
use kafka_upgrade_report::{Detected, Mode, Severity};
use kafka_upgrade_sorted::Sorted as _;

use crate::diagnostic::{Diagnostic, Diagnostics, Location};
use crate::inventory::{self, Inventory};
use crate::platform;
use crate::request::Request;
use crate::rule::{BACKWARDS, NO_PATH, UNKNOWN_RELEASE};
use crate::upgrade::CheckedFile;
use crate::upgrade_path::{self, NoPath};

/// What the files say.
#[derive(Debug, Default)]
pub struct Seen {
    /// Oldest release that runs.
    pub from: Option<Release>,
    /// How the metadata is kept.
    pub mode: Option<Mode>,
    /// Where both come from.
    pub detected: Vec<Detected>,
}

/// Reads it off the files.
pub fn detect(files: &[CheckedFile<'_>], inventory: &Inventory) -> Seen {
    let mut seen = Seen::default();
    detect_running(inventory, files, &mut seen);
    for read in files {
        detect_from(read, &mut seen);
        detect_mode(read, &mut seen);
    }
    // Finalised levels follow the release that runs, often long after, so they are used only as a last resort.
    if seen.from.is_none() {
        for read in files {
            for one in &read.document.observations {
                let level = one.what.level_of("metadata.version");
                if let Some(release) = level.and_then(inventory::release) {
                    let because = "the cluster's metadata version names it";
                    seen.says_from(release, because, read, one.span);
                }
            }
        }
    }
    // A version of the message format says least: it is often left behind.
    if seen.from.is_none() {
        for read in files {
            if let Some(setting) = read.broker_setting("log.message.format.version")
                && let Some(release) = inventory::release(&setting.value)
            {
                let because = "`log.message.format.version` names it";
                seen.says_from(release, because, read, setting.key_span);
            }
        }
    }
    detect_mode_of_msk(inventory, files, &mut seen);
    // A broker's own file belongs to a machine, and shows nothing else about the platform.
    for (read, sign) in platform::signs(files).filter(|(_, sign)| sign.platform != Platform::Host) {
        let because = if sign.runs {
            format!("the brokers are run by {}", sign.name)
        } else {
            format!("{} is named", sign.name)
        };
        seen.detected.push(detected("platform", sign.platform.name().to_owned(), &because, read, sign.span));
    }
    seen.detected
        .order_by(|a, b| (&a.what, &a.path, a.line, &a.value).cmp(&(&b.what, &b.path, b.line, &b.value)));
    // What YAML's anchors bring into several services stands once.
    seen.detected.dedup();
    seen
}

/// Whether some of the files show clusters in KRaft mode and others do not.
#[must_use]
pub fn shows_both_modes(files: &[CheckedFile<'_>], inventory: &Inventory) -> bool {
    let seen = detect(files, inventory);
    let shows = |mode: Mode| seen.detected.iter().any(|one| one.what == "mode" && one.value == mode.name());
    shows(Mode::Kraft) && shows(Mode::Zookeeper)
}

impl Seen {
    /// Of several releases the oldest counts: that broker has the longest way.
    fn says_from(&mut self, release: Release, because: &str, read: &CheckedFile<'_>, span: Span) {
        self.from = Some(self.from.map_or(release, |known| known.min(release)));
        self.detected.push(detected("from", release.to_string(), because, read, span));
    }

    /// Of both modes ZooKeeper counts: a cluster that migrates still keeps its metadata there.
    fn says_mode(&mut self, mode: Mode, because: &str, read: &CheckedFile<'_>, span: Span) {
        self.mode = Some(if self.mode == Some(Mode::Zookeeper) { Mode::Zookeeper } else { mode });
        self.detected.push(detected("mode", mode.name().to_owned(), because, read, span));
    }
}

fn detect_from(read: &CheckedFile<'_>, seen: &mut Seen) {
    if let Some(setting) = read.broker_setting("inter.broker.protocol.version")
        && let Some(release) = inventory::release(&setting.value)
    {
        seen.says_from(release, "`inter.broker.protocol.version` names it", read, setting.key_span);
    }
}

/// What runs as a broker, under whatever name and number.
fn detect_running(inventory: &Inventory, files: &[CheckedFile<'_>], seen: &mut Seen) {
    let brokers = inventory.of_kind(ProductKind::Broker).chain(inventory.of_kind(ProductKind::Distribution));
    for item in brokers {
        let read = item.place.file.and_then(|file| files.get(file));
        if let (Some(release), Some(read), Some(span)) = (item.release, read, item.place.span) {
            seen.says_from(release, &format!("{} {} is named", item.name, item.version), read, span);
        }
    }
}

fn detect_mode(read: &CheckedFile<'_>, seen: &mut Seen) {
    let roles = read.broker_setting("process.roles");
    let zookeeper =
        read.broker_setting("zookeeper.connect").filter(|setting| !setting.value.trim().is_empty());
    // A controller of a migration has both, and its brokers still keep their metadata in ZooKeeper.
    match (roles, zookeeper) {
        (Some(roles), _) => seen.says_mode(Mode::Kraft, "`process.roles` is set", read, roles.key_span),
        (None, Some(connect)) => {
            seen.says_mode(Mode::Zookeeper, "`zookeeper.connect` is set", read, connect.key_span);
        }
        (None, None) => {}
    }
    for observed in &read.document.observations {
        if let Observation::Mode(mode) = observed.what {
            seen.says_mode(mode, "it is said", read, observed.span);
        }
    }
}

/// Amazon MSK says the mode in the name of a version: `3.9.x.kraft`, and without that end ZooKeeper's up to 3.9.x. Of what
/// somebody states loosely only releases count that it never ran in KRaft mode.
fn detect_mode_of_msk(inventory: &Inventory, files: &[CheckedFile<'_>], seen: &mut Seen) {
    const FIRST_WITH_KRAFT: Release = Release::new(3, 7, 0);
    if seen.mode.is_some() {
        return;
    }
    let of_msk = |item: &&inventory::Item| item.product.is_some_and(|product| product.id == "amazon-msk");
    for item in inventory.items.iter().filter(of_msk) {
        let read = item.place.file.and_then(|file| files.get(file));
        let (Some(read), Some(span), Some(release)) = (read, item.place.span, item.release) else { continue };
        let because = format!("Amazon MSK's version {} says so", item.version);
        if item.version.ends_with(".kraft") {
            seen.says_mode(Mode::Kraft, &because, read, span);
        } else if release < FIRST_WITH_KRAFT || item.version.ends_with(".x") && release.major < 4 {
            seen.says_mode(Mode::Zookeeper, &because, read, span);
        }
    }
}

fn detected(what: &str, value: String, because: &str, read: &CheckedFile<'_>, span: Span) -> Detected {
    Detected {
        what: what.to_owned(),
        value,
        because: because.to_owned(),
        path: read.path.to_owned(),
        line: read.lines().line(span.start),
    }
}

/// The mode that counts: stated, else the only one that the source release has, else detected.
pub fn mode(request: &Request<'_>, seen: &Seen) -> Option<Mode> {
    mode_of(request.from, request.mode, seen)
}

/// The same, of what is stated.
pub fn mode_of(from: Option<Release>, mode: Option<Mode>, seen: &Seen) -> Option<Mode> {
    let only = from.filter(|from| from.major >= 4).map(|_| Mode::Kraft);
    mode.or(only).or(seen.mode)
}

/// Reports what is wrong with the upgrade path itself: there is none, it leads back, or to or from a release that nothing is
/// known of.
pub fn judge(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let (from, to) = (case.from, case.to);
    for release in from.into_iter().chain([to]) {
        if !kafka_upgrade_catalog::releases().any(|known| known == release) {
            let (oldest, newest) = (kafka_upgrade_catalog::oldest(), kafka_upgrade_catalog::newest());
            let message =
                format!("Nothing is known of {release}; the answer is that of the release before it.");
            let why = format!("The catalog has every release from {oldest} to {newest} that was published.");
            push(sink, UNKNOWN_RELEASE, Severity::Info, message, why, "Name one of those releases.");
        }
    }
    let Some(from) = from else { return };
    if let Err(NoPath { why, certain: true }) =
        upgrade_path::hops(Some(from), to, case.mode, upgrade_path::finalized(case))
    {
        let message = format!("There is no upgrade path from {from} to {to}.");
        push(sink, NO_PATH, Severity::Error, message, why, "Choose another release.");
    } else if from > to {
        let message = format!("{from} to {to} is a downgrade; only what {to} itself refuses was checked.");
        let why = "What a newer release changed is checked for upgrades only. Whether a cluster can go back depends on its finalised metadata version and features.";
        let action = "Follow the plan, which lowers what is finalised first. A check in the other direction shows what settings and code of the newer release the older one does not know.";
        push(sink, BACKWARDS, Severity::Warning, message, why.to_owned(), action);
    }
}

fn push(
    sink: &mut Diagnostics<'_, '_>,
    rule: &'static str,
    severity: Severity,
    message: String,
    why: String,
    action: &str,
) {
    let draft = Diagnostic::new(severity, rule, Location::NOWHERE)
        .subject("path")
        .message(message)
        .why(why)
        .action(action);
    sink.push(draft);
}
