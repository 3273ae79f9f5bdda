//! Where drafts go: paths that stay inside their folder and never name the same file twice.

use std::collections::BTreeSet;

use kafka_upgrade_document::paths;
use kafka_upgrade_sorted::case::Case as _;

/// Paths already in use, in lower case, since some file systems are case-insensitive.
#[derive(Debug, Default)]
pub(super) struct Names {
    files: BTreeSet<String>,
    folders: BTreeSet<String>,
}

impl Names {
    /// A path below `folder` for the draft of a file that was given as `path`.
    pub(super) fn claim(&mut self, folder: &str, path: &str) -> String {
        let mut parts: Vec<String> = paths::parts(path).filter_map(part).collect();
        if parts.is_empty() {
            parts.push("file".to_owned());
        }
        let below = parts.join("/");
        let name = format!("{folder}/{below}");
        if self.take(&name) {
            return name;
        }
        let mut number = 2_u32;
        loop {
            let name = format!("{folder}/{number}/{below}");
            if self.take(&name) {
                return name;
            }
            number += 1;
        }
    }

    fn take(&mut self, path: &str) -> bool {
        let path = path.lower();
        let above = || path.match_indices('/').filter_map(|(at, _)| path.get(..at));
        if self.files.contains(&path)
            || self.folders.contains(&path)
            || above().any(|one| self.files.contains(one))
        {
            return false;
        }
        self.folders.extend(above().map(str::to_owned));
        self.files.insert(path)
    }
}

/// One component of a path, made valid for every file system; `None` if nothing is left of it, as of `..`.
fn part(written: &str) -> Option<String> {
    let odd = |sign: char| sign.is_control() || "<>:\"|?*".contains(sign) || is_format(sign);
    let plain: String = written.chars().map(|sign| if odd(sign) { '_' } else { sign }).collect();
    let plain = plain.trim_end_matches(['.', ' ']);
    (!plain.is_empty()).then(|| plain.to_owned())
}

/// Characters that are invisible or change the direction of the text around them.
fn is_format(sign: char) -> bool {
    matches!(u32::from(sign), 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f | 0xfeff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_below_its_folder() {
        let claim = |path: &str| Names::default().claim("f", path);
        for (path, want) in [
            ("config/server.properties", "f/config/server.properties"),
            ("/etc/kafka/server.properties", "f/etc/kafka/server.properties"),
            ("../../x.properties", "f/x.properties"),
            ("a/.././b", "f/a/b"),
            ("C:\\kafka\\server.properties", "f/C_/kafka/server.properties"),
            ("..", "f/file"),
            ("a\nb\u{202e}c", "f/a_b_c"),
            (".hidden", "f/.hidden"),
        ] {
            assert_eq!(claim(path), want);
        }
    }

    #[test]
    fn no_two_drafts_share_a_file_and_none_is_another_ones_folder() {
        let mut names = Names::default();
        let claimed: Vec<String> =
            ["x", "../x", "X", "x/y", "a/b", "a", "x"].iter().map(|path| names.claim("f", path)).collect();
        assert_eq!(claimed, ["f/x", "f/2/x", "f/3/X", "f/4/x/y", "f/a/b", "f/2/a", "f/5/x"]);
    }
}
