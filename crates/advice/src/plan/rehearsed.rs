//! Which hops were carried out on real processes, as they are printed but for names.
//!
//! `data/rehearsals.txt` has what `tests/rehearsals` recorded: a hop counts as rehearsed where its releases are of the
//! same minors and the fingerprint of its actions is the same, and of what they depend on without naming it. What is
//! *not* here: how it is shown.

use kafka_upgrade_catalog::Release;
use kafka_upgrade_report::{Action, Hop, HopKind, Mode, Plan, Rehearsal};

use crate::levels::Quorum;

/// A line a hop: date, from, to, security, seconds, fingerprint.
const RECORDED: &str = include_str!("../../data/rehearsals.txt");

/// Gives each hop its fingerprint, taken from the same plan with placeholder names, and adds recorded runs with that
/// fingerprint. `quorum`: how the controllers know each other, which affects restarts but shows in no command.
pub(super) fn compare(plan: &mut Plan, nameless: &Plan, quorum: Quorum) {
    for (hop, number) in plan.hops.iter_mut().zip(1..) {
        // These hops are carried out by the owners of clients, so there are no commands to compare.
        if hop.kind == HopKind::Clients {
            continue;
        }
        let depends = depends_on(hop, quorum);
        hop.fingerprint = format!("{:08x}", fingerprint(nameless, number, depends));
        let recorded = RECORDED.lines().filter_map(|line| read(line, number));
        let same = recorded.filter(|(one, fingerprint)| {
            *fingerprint == hop.fingerprint
                && minor(&one.from) == minor(&hop.from)
                && minor(&one.to) == minor(&hop.to)
        });
        plan.rehearsed.extend(same.map(|(one, _)| one));
    }
}

fn minor(release: &str) -> Option<Release> {
    release.parse().ok().map(Release::first_of_minor)
}

fn read(line: &str, hop: u32) -> Option<(Rehearsal, &str)> {
    let mut words = line.split(' ');
    let mut word = || words.next();
    let (date, from, to, security) = (word()?, word()?, word()?, word()?);
    let (seconds, fingerprint) = (word()?.parse().ok()?, word()?);
    let [date, from, to, security] = [date, from, to, security].map(str::to_owned);
    Some((Rehearsal { hop, date, from, to, security, seconds }, fingerprint))
}

/// What is added to a hop's fingerprint for the quorum; nothing for a static one, or for hops that do not depend on
/// it.
fn depends_on(hop: &Hop, quorum: Quorum) -> &'static [&'static str] {
    let with_quorum = matches!(hop.kind, HopKind::Upgrade | HopKind::Finalize) && hop.mode == Mode::Kraft;
    match quorum {
        Quorum::Dynamic if with_quorum => &["dynamic"],
        Quorum::Unknown if with_quorum => &["unknown"],
        _ => &[],
    }
}

/// Hash (FNV-1a) over what is done where, in order, leaving out releases and text written for people.
fn fingerprint(plan: &Plan, hop: u32, depends: &[&str]) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    let mut add = |texts: &[&str]| {
        for byte in texts.iter().flat_map(|text| text.bytes().chain([0])) {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
    };
    add(depends);
    for action in plan.steps.iter().filter(|step| step.hop == hop).flat_map(|step| &step.actions) {
        match action {
            Action::Put { on, path, what } => add(&["put", on, path, what]),
            Action::Install { on, .. } => add(&["install", on]),
            Action::Stop { on, commands } => add(&["stop", on, &commands.join("\n")]),
            Action::Start { on, commands } => add(&["start", on, &commands.join("\n")]),
            Action::Run { on, command } => add(&["run", on, command]),
            Action::Wait { on, command } => add(&["wait", on, command]),
            Action::Expect { contains, .. } => add(&["expect", &contains.join("\n")]),
            Action::Note { .. } => {}
        }
    }
    hash
}
