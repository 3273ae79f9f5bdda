//! `kafka-storage.sh format` with a file that names no voters.

use kafka_upgrade_document::Slice as _;
use kafka_upgrade_document::{Usage, UsageKind, paths};

use super::{Check, brokers, crossed, notes, runs_kraft};
use crate::diagnostic::{Diagnostics, Location};
use crate::upgrade::{CheckedFile, Upgrade};

const REFUSED: &str = "requires-standalone-of-storage-format";
const EXAMPLE: &str = "note-standalone-storage-format";
const TOOL: &str = "kafka-storage.sh";

/// The tool's options, each under its long and its short name.
const CONFIG: &[&str] = &["--config", "-c"];
const CLUSTER: &[&str] = &["--cluster-id", "-t"];
const BEGINS: &[&str] =
    &["--standalone", "-s", "--initial-controllers", "-I", "--no-initial-controllers", "-N"];

/// Example files of 3.x with a controller's role and with voters, whose successors in 4.0 have none.
const EXAMPLES: &[&str] = &["config/kraft/server.properties", "config/kraft/controller.properties"];

pub(super) const CHECK: Check = Check { applies, run, reports: &[REFUSED, EXAMPLE] };

fn applies(case: &Upgrade<'_>) -> bool {
    case.files.iter().any(|read| read.document.usages.iter().any(|usage| usage.name == TOOL))
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    for (file, read) in case.files.iter().enumerate() {
        for (usage, options) in calls(&read.document.usages, TOOL) {
            let given = |names: &[&str]| {
                options.iter().find(|one| {
                    let option = one.name.strip_prefix(TOOL).map(str::trim_start);
                    one.kind == UsageKind::Option && option.is_some_and(|option| names.contains(&option))
                })
            };
            // `info` and others take a file too; only `format` takes the cluster's id.
            if given(CLUSTER).is_none() || given(BEGINS).is_some() {
                continue;
            }
            let Some(path) = given(CONFIG).and_then(|one| one.value.as_deref()) else { continue };
            judge(sink, Location::span(file, usage.span), path);
        }
    }
}

/// Reports one command by the file that it is given.
fn judge(sink: &mut Diagnostics<'_, '_>, place: Location, path: &str) {
    let case = sink.case;
    let config = path.trim_end_matches(['\'', '"']);
    if let Some(read) = configured(case, config) {
        let set = |key| read.broker_setting(key).is_some_and(|one| !one.value.trim().is_empty());
        let begins = read.roles.controller && !set("controller.quorum.voters");
        if begins
            && !read.document.is_partial
            && let Some(note) = notes::note(REFUSED).filter(|note| note.since <= case.to)
        {
            sink.note(note, None, sink.since(note), place, &[("name", read.path)]);
        }
    } else if let Some(example) = EXAMPLES.iter().find(|example| config.ends_with(**example))
        && let Some(note) = crossed(case, EXAMPLE)
    {
        sink.note(note, None, sink.since(note), place, &[("name", example)]);
    }
}

/// The one file among those given that goes by the name in the command.
fn configured<'c, 'a>(case: &'c Upgrade<'a>, path: &str) -> Option<&'c CheckedFile<'a>> {
    let name = |path: &'_ str| paths::file_name(path).to_owned();
    let mut same = brokers(case).filter(|(_, read)| runs_kraft(read) && name(read.path) == name(path));
    let first = same.next().map(|(_, read)| read);
    first.filter(|_| same.next().is_none())
}

/// Each call of a tool with what is named between it and the next tool: options, in the order of the text.
pub(super) fn calls<'u>(
    usages: &'u [Usage],
    tool: &'static str,
) -> impl Iterator<Item = (&'u Usage, &'u [Usage])> {
    let is_tool = |usage: &Usage| usage.kind == UsageKind::Option && !usage.name.contains(' ');
    usages.iter().enumerate().filter(move |(_, usage)| is_tool(usage) && usage.name == tool).map(
        move |(at, usage)| {
            let rest = usages.slice(at + 1..);
            let end = rest.iter().position(is_tool).unwrap_or(rest.len());
            (usage, rest.slice(..end))
        },
    )
}
