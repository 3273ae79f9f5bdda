//! What the code of a program does: whether it administers a cluster, creating topics, asking for configurations and the
//! like, and whether it uses the classes of brokers.
//!
//! What is *not* here: which requests are refused (`checks::clients`).

use std::collections::BTreeMap;

use kafka_upgrade_catalog::clients::ProductKind;
use kafka_upgrade_document::paths::folder;

use crate::inventory::Item;
use crate::upgrade::Upgrade;

/// Words of code that creates, deletes, alters or describes topics and the like, in whatever language.
const ADMINISTERS: &[&str] = &[
    "Admin",
    "admin_client",
    "adminClient",
    "admin(",
    "CreateTopic",
    "createTopic",
    "create_topic",
    "DeleteTopic",
    "deleteTopic",
    "delete_topic",
    "DescribeConfig",
    "describeConfig",
    "describe_config",
    "AlterConfig",
    "alterConfig",
    "alter_config",
    "NewTopic",
    "CreatePartitions",
    "createPartitions",
    "create_partitions",
];

/// What code has that uses the library of brokers, or runs workers.
const OF_BROKERS: &[&str] = &[
    "import kafka.",
    "import static kafka.",
    " kafka.server.",
    " kafka.utils.",
    " kafka.admin.",
    " kafka.zk.",
    "import org.apache.kafka.server",
    "import org.apache.kafka.connect.runtime",
];

/// Folders of code, each with whether any of it does something.
pub(crate) type Sources<'c> = BTreeMap<&'c str, bool>;

/// All code, by whether it does something.
fn sources<'c>(case: &'c Upgrade<'_>, does: impl Fn(&str) -> bool) -> Sources<'c> {
    let mut all = Sources::new();
    for read in case.files.iter().filter(|read| !read.is_part && is_source(read.path)) {
        *all.entry(folder(read.path)).or_default() |= does(read.text);
    }
    all
}

/// Whether any code of the project that a file describes does something; `None` where no code is there.
fn in_project(sources: &Sources<'_>, path: &str) -> Option<bool> {
    let project = folder(path);
    let is_inside = |path: &str| {
        path.strip_prefix(project)
            .is_some_and(|rest| project.is_empty() || rest.is_empty() || rest.starts_with('/'))
    };
    sources
        .range(project..)
        .take_while(|(path, _)| path.starts_with(project))
        .filter(|(path, _)| is_inside(path))
        .map(|(_, does)| *does)
        .reduce(|one, other| one || other)
}

/// Whether the code of a library's project is there, and none of it administers anything.
pub(crate) fn never_administers<'c>(
    case: &'c Upgrade<'_>,
    item: &Item,
    known: &mut Option<Sources<'c>>,
) -> bool {
    let Some(read) = item.place.file.and_then(|file| case.files.get(file)) else { return false };
    if item
        .product
        .is_none_or(|product| !matches!(product.kind, ProductKind::Client | ProductKind::Framework))
    {
        return false;
    }
    let administers = |text: &str| ADMINISTERS.iter().any(|word| text.contains(word));
    let all = known.get_or_insert_with(|| sources(case, administers));
    in_project(all, read.path) == Some(false)
}

/// Whether the code of a library's project is there, and none of it imports classes of brokers or of their tools.
pub(crate) fn never_uses_brokers<'c>(
    case: &'c Upgrade<'_>,
    item: &Item,
    known: &mut Option<Sources<'c>>,
) -> bool {
    let Some(read) = item.place.file.and_then(|file| case.files.get(file)) else { return false };
    let uses = |text: &str| OF_BROKERS.iter().any(|word| text.contains(word));
    let all = known.get_or_insert_with(|| sources(case, uses));
    in_project(all, read.path) == Some(false)
}

/// Whether a file is source code, by its name.
fn is_source(path: &str) -> bool {
    const ENDINGS: [&str; 14] =
        ["java", "kt", "scala", "groovy", "go", "py", "js", "ts", "mjs", "cs", "rb", "php", "rs", "clj"];
    path.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}
