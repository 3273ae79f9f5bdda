//! REST extensions of Connect: from 4.0 on their interface has the types of `jakarta.ws.rs`.

use kafka_upgrade_document::{Kind, Setting, Usage, UsageKind, template};

use super::{Check, crossed, report_at};
use crate::diagnostic::{Diagnostics, Location};
use crate::upgrade::Upgrade;

const OLD_PACKAGE: &str = "requires-jakarta-ws-rs";
const NAMED: &str = "note-rest-extensions-on-jakarta";
const KEY: &str = "rest.extension.classes";

/// Kafka's own, which comes with each release.
const OWN: &str = "org.apache.kafka.connect.rest.basic.auth.extension.BasicAuthSecurityRestExtension";

pub(super) const CHECK: Check = Check { applies, run, reports: &[OLD_PACKAGE, NAMED] };

fn is_extension(usage: &Usage) -> bool {
    usage.kind == UsageKind::Class
        && usage.name.starts_with("org.apache.kafka.connect.rest.ConnectRestExtension")
}

fn names_some(setting: &Setting) -> bool {
    setting.effective && setting.key == KEY
}

/// Whether it is a class by its name, and no piece of an expression that a template works out.
fn is_class(name: &str) -> bool {
    let is_of_name = |one: u8| one.is_ascii_alphanumeric() || b"._$".contains(&one);
    name.contains('.') && name.bytes().all(is_of_name)
}

fn applies(case: &Upgrade<'_>) -> bool {
    case.files.iter().any(|read| {
        read.document.usages.iter().any(is_extension) || read.document.settings.iter().any(names_some)
    })
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    compiled(sink);
    named(sink);
}

/// Source of an extension with the old package.
fn compiled(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let Some(note) = crossed(case, OLD_PACKAGE) else { return };
    for (file, read) in case.files.iter().enumerate() {
        let usages = &read.document.usages;
        let old = |usage: &&Usage| usage.kind == UsageKind::Class && usage.name.starts_with("javax.ws.rs.");
        if let Some(usage) = usages.iter().find(old).filter(|_| usages.iter().any(is_extension)) {
            let place = Location::span(file, usage.span);
            sink.note(note, None, sink.since(note), place, &[("name", &usage.name)]);
        }
    }
}

/// Workers that load extensions. Images of Confluent bring Confluent's own, of the same release.
fn named(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    let Some(note) = crossed(case, NAMED) else { return };
    for (file, read) in case.files.iter().enumerate() {
        let is_container = read.document.kind == Kind::Containers;
        for setting in read.document.settings.iter().filter(|one| names_some(one)) {
            let Some(component) = read.component_of(setting) else { continue };
            let others: Vec<&str> = setting
                .value
                .split(',')
                .map(str::trim)
                .filter(|class| *class != OWN && !template::has_placeholder(class) && is_class(class))
                .filter(|class| !(is_container && class.starts_with("io.confluent.")))
                .collect();
            if !others.is_empty() && case.applies(note, read, component) {
                report_at(sink, NAMED, file, setting, &[("value", &others.join(", "))]);
            }
        }
    }
}
