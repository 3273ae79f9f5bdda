//! The upgrade plan: its path, its steps, feature levels, and where findings belong.

#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod findings;
mod levels;
mod steps;
mod upgrade_path;

use crate::common::corpus;
use crate::common::request;
use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::{Mode, Plan};
use kafka_upgrade_session::{File, Request, check};

fn plan_of(
    from: Option<Release>,
    to: Release,
    mode: Option<Mode>,
    files: &[File<'_>],
    have: &[&str],
) -> Plan {
    check(&Request { mode, have, ..request(from, to, files) }).plan
}

fn plan(from: Release, to: Release, mode: Mode) -> Plan {
    plan_of(Some(from), to, Some(mode), &[], &[])
}

fn kraft_plan(from: &str, to: &str, files: &[File<'_>]) -> Plan {
    plan_of(Some(from.parse().unwrap()), to.parse().unwrap(), Some(Mode::Kraft), files, &[])
}

const fn release(major: u8, minor: u8) -> Release {
    Release::new(major, minor, 0)
}

/// The commands of the step whose id begins so.
fn commands_of<'p>(plan: &'p Plan, id: &str) -> Vec<&'p str> {
    let step = plan.steps.iter().find(|step| step.id.starts_with(id));
    step.unwrap_or_else(|| panic!("no {id} in {plan:#?}")).commands.iter().map(String::as_str).collect()
}

const CONTROLLER: &str = "process.roles=controller\nnode.id=100\ncontroller.quorum.voters=100@q1:9093\n\
    controller.listener.names=CONTROLLER\nlisteners=CONTROLLER://q1:9093\nlog.dirs=/srv/meta\n";
const BROKER: &str = "process.roles=broker\nnode.id=1\ncontroller.quorum.voters=100@q1:9093\n\
    controller.listener.names=CONTROLLER\nlisteners=PLAINTEXT://k1:9092\nlog.dirs=/srv/kafka\nmin.insync.replicas=2\n";
