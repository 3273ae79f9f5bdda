//! How the brokers are run: which of the platforms that the files show counts.
//!
//! What the reader states comes first, then what runs brokers, then what merely names a service. Of several the one
//! whose operator owns the nodes counts: a broker's file beside a Strimzi resource is that resource's, not a machine's.

use kafka_upgrade_catalog::Platform;
use kafka_upgrade_document::PlatformSign;

use crate::checked_file::CheckedFile;
use crate::request::SAID;

/// The platform that counts, and what its files call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Running {
    /// How its nodes are run.
    pub platform: Platform,
    /// Of a managed service its name: `Aiven`; empty where nothing names one.
    pub service: &'static str,
}

/// From the platform that controls most of the deployment to the one that controls least.
const ORDER: [Platform; 9] = [
    Platform::Strimzi,
    Platform::ConfluentForKubernetes,
    Platform::Msk,
    Platform::OtherManaged,
    Platform::Helm,
    Platform::ConfluentPlatform,
    Platform::Kubernetes,
    Platform::Compose,
    Platform::Host,
];

/// The platform of files: a stated one overrules what they show.
pub fn of(files: &[CheckedFile<'_>], stated: Option<Platform>) -> Running {
    let seen = signs(files).map(|(_, sign)| sign);
    if let Some(platform) = stated {
        let named = seen.filter(|sign| sign.platform == platform).map(|sign| sign.name);
        return Running { platform, service: named.into_iter().next().unwrap_or_default() };
    }
    let best = best(files);
    best.map_or(Running { platform: Platform::Host, service: "" }, |(_, sign)| Running {
        platform: sign.platform,
        service: sign.name,
    })
}

/// Every sign with its file; parts have none of their own.
pub fn signs<'r, 'a>(
    files: &'r [CheckedFile<'a>],
) -> impl Iterator<Item = (&'r CheckedFile<'a>, &'r PlatformSign)> {
    let whole = files.iter().filter(|read| !read.is_part);
    whole.flat_map(|read| read.document.platforms.iter().map(move |sign| (read, sign)))
}

/// The sign that counts most.
fn best<'r, 'a>(files: &'r [CheckedFile<'a>]) -> Option<(&'r CheckedFile<'a>, &'r PlatformSign)> {
    let rank = |(read, sign): &(&CheckedFile<'_>, &PlatformSign)| {
        let order = ORDER.iter().position(|one| *one == sign.platform).unwrap_or(ORDER.len());
        (read.path != SAID, !sign.runs, order)
    };
    signs(files).min_by_key(rank)
}
