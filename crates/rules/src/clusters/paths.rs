//! What paths of files say of where they belong.

use kafka_upgrade_document::paths;

/// Folders of a project of Ansible or Helm whose files belong together.
const OF_PROJECT: &[&str] = &[
    "defaults",
    "env",
    "files",
    "group_vars",
    "handlers",
    "host_vars",
    "meta",
    "tasks",
    "templates",
    "vars",
];

/// The folder of the project that a file is of: that of the file, or the one around `templates` and the like.
pub(super) fn home(path: &str) -> &str {
    let mut home = paths::folder(path);
    while let Some(at) = home.rfind(['/', '\\']) {
        let Some((above, last)) = home.split_at_checked(at) else { break };
        if !OF_PROJECT.contains(&last.trim_start_matches(['/', '\\'])) {
            break;
        }
        home = above;
    }
    if OF_PROJECT.contains(&home) { "" } else { home }
}

/// A folder and those around it, the outermost (the empty one) last.
pub(super) fn above(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |inner| (!inner.is_empty()).then(|| paths::folder(inner)))
}

/// Whether a folder is another, or somewhere in it.
pub(super) fn is_below(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder);
    folder.is_empty()
        || folder == "."
        || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '\\']))
}

/// How many bytes of their beginnings are the same.
pub(super) fn common(one: &str, other: &str) -> usize {
    one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count()
}

/// Whether the name of one file is that of the other with a word behind it, as in `server.properties` and
/// `server-with-ssl.properties`: with a number it would be the next broker.
pub(super) fn are_variants(one: &str, other: &str) -> bool {
    let stem = |path: &'_ str| path.rsplit_once('.').map_or(path, |(stem, _)| stem).to_owned();
    let (one, other) = (stem(one), stem(other));
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let word = long.strip_prefix(short.as_str()).filter(|rest| rest.starts_with(['-', '_', '.']));
    let has = |word: &str, of: fn(&u8) -> bool| word.as_bytes().iter().any(of);
    word.is_some_and(|word| has(word, u8::is_ascii_alphabetic) && !has(word, u8::is_ascii_digit))
}

/// Whether a Compose file adds to another: `x.override.yml` to `x.yml`.
pub(super) fn is_override(base: &str, file: &str) -> bool {
    let stem = |path: &'_ str| path.rsplit_once('.').map(|(stem, _)| stem.to_owned()).unwrap_or_default();
    stem(file) == format!("{}.override", stem(base))
}

/// Whether both are files of values, which a chart takes one of.
pub(super) fn values_of_chart(one: &str, other: &str) -> bool {
    let is_values = |path: &str| paths::file_name(path).starts_with("values");
    is_values(one) && is_values(other)
}
