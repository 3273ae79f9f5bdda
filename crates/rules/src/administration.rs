//! Whether the code of a program administers a cluster: creates topics, asks for configurations and the like.
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

/// Folders of code, each with whether any of it administers.
pub(crate) type Sources<'c> = BTreeMap<&'c str, bool>;

/// Whether the code of a library's project is there, and none of it administers anything.
pub(crate) fn never_administers<'c>(
    case: &'c Upgrade<'_>,
    item: &Item,
    sources: &mut Option<Sources<'c>>,
) -> bool {
    let Some(read) = item.place.file.and_then(|file| case.files.get(file)) else { return false };
    if item
        .product
        .is_none_or(|product| !matches!(product.kind, ProductKind::Client | ProductKind::Framework))
    {
        return false;
    }
    let sources = sources.get_or_insert_with(|| {
        let mut all = Sources::new();
        for read in case.files.iter().filter(|read| !read.is_part && is_source(read.path)) {
            let administers = ADMINISTERS.iter().any(|word| read.text.contains(word));
            *all.entry(folder(read.path)).or_default() |= administers;
        }
        all
    });
    let project = folder(read.path);
    let is_inside = |path: &str| {
        path.strip_prefix(project)
            .is_some_and(|rest| project.is_empty() || rest.is_empty() || rest.starts_with('/'))
    };
    let mut inside =
        sources.iter().filter(|(path, _)| is_inside(path)).map(|(_, administers)| *administers).peekable();
    inside.peek().is_some() && !inside.any(|administers| administers)
}

/// Whether a file is source code, by its name.
fn is_source(path: &str) -> bool {
    const ENDINGS: [&str; 14] =
        ["java", "kt", "scala", "groovy", "go", "py", "js", "ts", "mjs", "cs", "rb", "php", "rs", "clj"];
    path.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}
