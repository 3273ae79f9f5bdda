//! OAUTHBEARER tokens that are checked with published keys: from 4.4 their audience and issuer are checked too.

use super::{Check, crossed, report_at};
use crate::diagnostic::Diagnostics;
use crate::upgrade::{CheckedFile, Upgrade};

const AUDIENCE: &str = "requires-sasl-oauthbearer-expected-audience";
const ISSUER: &str = "requires-sasl-oauthbearer-expected-issuer";
const KEYS: &str = "sasl.oauthbearer.jwks.endpoint.url";

pub(super) const CHECK: Check = Check { applies, run, reports: &[AUDIENCE, ISSUER] };

fn applies(case: &Upgrade<'_>) -> bool {
    case.files.iter().any(|read| read.document.settings.iter().any(|setting| setting.key == KEYS))
}

fn run(sink: &mut Diagnostics<'_, '_>) {
    let case = sink.case;
    for (id, expected, unverified) in [
        (AUDIENCE, "sasl.oauthbearer.expected.audience", "sasl.oauthbearer.allow.unverified.audience"),
        (ISSUER, "sasl.oauthbearer.expected.issuer", "sasl.oauthbearer.allow.unverified.issuer"),
    ] {
        if crossed(case, id).is_none() {
            continue;
        }
        for (file, read) in case.files.iter().enumerate().filter(|(_, read)| read.is_broker()) {
            for setting in read.document.settings.iter().filter(|one| one.effective && one.key == KEYS) {
                let beside = |key| beside(read, &setting.prefix, key);
                let expects = beside(expected).is_some_and(|value| !value.trim().is_empty());
                let allows =
                    beside(unverified).is_some_and(|value| value.trim().eq_ignore_ascii_case("true"));
                if !expects && !allows {
                    report_at(sink, id, file, setting, &[]);
                }
            }
        }
    }
}

/// The value of another key for the same listener and mechanism.
fn beside<'r>(read: &'r CheckedFile<'_>, prefix: &str, key: &str) -> Option<&'r str> {
    let same =
        read.document.settings.iter().find(|one| one.effective && one.key == key && one.prefix == prefix);
    same.map(|setting| setting.value.as_str())
}
