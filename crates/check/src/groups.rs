//! Files that are judged together: a cluster, or what belongs to none, where a request holds several clusters.
//!
//! What is *not* here: which files are of one cluster (`kafka_upgrade_rules::clusters`).

use kafka_upgrade_advice::{plan, unknown};
use kafka_upgrade_catalog::Release;
use kafka_upgrade_document::Units;
use kafka_upgrade_input::READER;
use kafka_upgrade_report::{Cluster, Detected, Finding};
use kafka_upgrade_rules::findings::{place_of, united};
use kafka_upgrade_rules::inventory::Inventory;
use kafka_upgrade_rules::safety::{self, Asked};
use kafka_upgrade_rules::upgrade::{Mentions, Upgrade};
use kafka_upgrade_rules::{SAID, clusters, engine, path, platform, refusals};

use crate::answers::{Answers, summary, verdict};

/// What all groups of files of a request share.
pub(crate) struct Common<'r> {
    pub(crate) stated: Stated,
    pub(crate) asked: &'r Asked,
    pub(crate) units: Units,
}

/// What the request states for all clusters.
#[derive(Clone, Copy)]
pub(crate) struct Stated {
    pub(crate) from: Option<Release>,
    pub(crate) mode: Option<kafka_upgrade_report::Mode>,
    pub(crate) platform: Option<kafka_upgrade_catalog::Platform>,
}

/// Judges a case and what is found in it.
pub(crate) fn judge(case: &Upgrade<'_>, asked: &Asked, detected: &[Detected], units: Units) -> Answers {
    let engine::Found { mut sink, accepted, explanations } = engine::find(case);
    unknown::judge(&mut sink);
    safety::settle(&mut sink, asked, detected);
    Answers { findings: sink.finish(units), accepted, clusters: Vec::new(), explanations }
}

/// Judges each cluster on its own upgrade path, and files without a cluster on that of the whole request; `None` if
/// there is only one cluster.
pub(crate) fn judge_each(whole: &Upgrade<'_>, common: &Common<'_>) -> Option<Answers> {
    let clusters = clusters::of(&whole.files);
    if clusters.is_empty() {
        return None;
    }
    let mut all = Answers::default();
    all.accepted.resize_with(whole.files.len(), refusals::Answer::default);
    let mut own: Vec<Vec<Finding>> = Vec::new();
    let mut left: Vec<bool> = vec![true; whole.files.len()];
    for cluster in clusters {
        for at in &cluster.files {
            left.iter_mut().skip(*at).take(1).for_each(|is_left| *is_left = false);
        }
        let (case, findings) = judge_group(whole, common, &cluster.files, true, &mut all.accepted);
        let mut files: Vec<String> = case.files.iter().map(|read| read.path.to_owned()).collect();
        files.retain(|path| path != SAID);
        files.dedup();
        let summary = summary(&findings);
        let plan = plan::plan(&case, &findings);
        all.clusters.push(Cluster {
            name: cluster.name,
            because: cluster.because,
            files,
            from: case.from.as_ref().map(Release::to_string),
            mode: case.mode,
            verdict: verdict(summary, &plan),
            summary,
            plan,
        });
        all.findings.extend(findings.iter().cloned());
        own.push(findings);
    }
    let rest: Vec<usize> = left.iter().enumerate().filter(|(_, left)| **left).map(|(at, _)| at).collect();
    let (_, findings) = judge_group(whole, common, &rest, false, &mut all.accepted);
    all.findings.extend(findings);
    all.findings = united(all.findings);
    // A plan names its findings by their places in the report.
    for (cluster, own) in all.clusters.iter_mut().zip(&own) {
        for step in &mut cluster.plan.steps {
            let named = step.findings.iter().filter_map(|at| own.get(*at as usize));
            step.findings = named.filter_map(|finding| place_of(&all.findings, finding)).collect();
        }
    }
    Some(all)
}

/// Judges some of the files, together with what somebody states for all of them.
fn judge_group<'a>(
    whole: &Upgrade<'a>,
    common: &Common<'_>,
    places: &[usize],
    is_cluster: bool,
    accepted: &mut [refusals::Answer],
) -> (Upgrade<'a>, Vec<Finding>) {
    let is_said = |at: &usize| whole.files.get(*at).is_some_and(|read| read.path == SAID);
    let mut places: Vec<usize> = places.iter().copied().filter(|at| !is_said(at)).collect();
    places.extend((0..whole.files.len()).filter(is_said));
    let files: Vec<_> = places.iter().filter_map(|at| whole.files.get(*at).cloned()).collect();
    let inventory = Inventory::of(&files, READER);
    let seen = path::detect(&files, &inventory);
    // Files without a cluster use the release and mode of the whole request.
    let (from, mode) = if is_cluster {
        (common.stated.from.or(seen.from), path::mode_of(common.stated.from, common.stated.mode, &seen))
    } else {
        (whole.from, whole.mode)
    };
    let running = platform::of(&files, common.stated.platform);
    let is_taken_over = !is_cluster && seen.mode.is_none() && common.stated.mode.is_none();
    let case = Upgrade {
        from,
        to: whole.to,
        mode,
        mode_in_doubt: is_taken_over && path::shows_both_modes(&whole.files, &whole.inventory),
        running,
        files,
        inventory,
        mentions: Mentions::default(),
    };
    let asked = common.asked.of_some(&wholes(whole, &places));
    let Answers { findings, accepted: answers, .. } = judge(&case, &asked, &seen.detected, common.units);
    for (at, answer) in places.iter().zip(answers) {
        if let Some(slot) = accepted.get_mut(*at) {
            *slot = answer;
        }
    }
    (case, findings)
}

/// Places of texts among the texts of the request, from those of files and parts.
fn wholes(case: &Upgrade<'_>, places: &[usize]) -> Vec<usize> {
    let mut number = 0;
    let mut numbers = Vec::with_capacity(case.files.len());
    for read in &case.files {
        numbers.push((number, read.is_part));
        number += usize::from(!read.is_part);
    }
    // A part of a text has the number of the next text here, so parts are left out.
    let texts = places.iter().filter_map(|at| numbers.get(*at));
    texts.filter(|(_, is_part)| !is_part).map(|(number, _)| *number).collect()
}
