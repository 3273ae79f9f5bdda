//! The one caller of the core.

use kafka_upgrade_document::Units;
use kafka_upgrade_report::Report;
use kafka_upgrade_session::{File, Request, check as judge};
use yew::AttrValue;

use crate::state::State;

/// Texts up to this length together are checked at once; longer ones when the reader pauses.
pub(crate) const AT_ONCE: usize = 200_000;

/// What becomes of everything on the page. Offsets are bytes, columns characters.
pub(crate) fn check(state: &State) -> Report {
    let files: Vec<_> = state
        .files
        .iter()
        .map(|file| File {
            path: &file.path,
            text: &file.text,
            component: file.component,
            encoding: file.encoding,
        })
        .collect();
    let have: Vec<&str> = state.have.iter().map(AttrValue::as_str).collect();
    judge(&Request {
        from: state.from,
        to: state.to,
        mode: state.mode,
        platform: None,
        component: None,
        files: &files,
        have: &have,
        units: Units::Characters,
    })
}
