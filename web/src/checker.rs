//! A check as the page's worker does it, for tests: messages in, messages out.

use std::rc::Rc;

use kafka_upgrade_protocol::{File, Job, Reply, Request, decode, encode, restore};
use kafka_upgrade_report::Report;
use kafka_upgrade_wasm::PageCore;

use crate::state::State;

/// The report on everything that is on the page.
pub(crate) fn check(state: &State) -> Rc<Report> {
    let changed = state.files.iter().map(|file| File {
        path: file.path.to_string(),
        text: Rc::clone(&file.text),
        component: file.component.as_ref().map(ToString::to_string),
        encoding: file.encoding,
    });
    let job = Job {
        revision: state.revision,
        from: state.from.as_ref().map(ToString::to_string),
        to: state.to.as_ref().map(ToString::to_string),
        mode: state.mode,
        platform: state.platform.as_ref().map(ToString::to_string),
        have: state.have.iter().map(|thing| thing.text.clone()).collect(),
        changed: changed.collect(),
        remove: Vec::new(),
    };
    let mut core = PageCore::default();
    core.receive(&encode(&Request::Check(job))).unwrap();
    loop {
        if let Some(reply) = core.step() {
            let Reply::Checked { mut report, ranges, .. } = decode(&reply).unwrap() else {
                panic!("no report")
            };
            restore(Rc::make_mut(&mut report), ranges);
            return report;
        }
    }
}
