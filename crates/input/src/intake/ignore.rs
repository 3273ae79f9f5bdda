//! `.gitignore`s where there is no file system: in the page, and in archives. The command asks ripgrep's own reading of
//! them for folders of a disk; a test holds the two against each other.
//!
//! Invariant: the time is bounded by the lengths of pattern and path, whatever the pattern.

use kafka_upgrade_document::Slice as _;

/// The patterns of one `.gitignore`, and the folder that it is in.
#[derive(Debug)]
pub struct Rules {
    /// Components of the folder's path.
    folder: Vec<String>,
    patterns: Vec<Pattern>,
}

#[derive(Debug)]
struct Pattern {
    /// `!`: what it matches is read after all.
    keeps: bool,
    folders_only: bool,
    /// Matched against the path from the folder on, or against the name alone.
    anchored: bool,
    segments: Vec<Vec<char>>,
}

impl Rules {
    /// The rules of the `.gitignore` in `folder`, a path with slashes and without one at its end.
    #[must_use]
    pub fn new(folder: &str, text: &str) -> Self {
        let folder = folder.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
        Self { folder, patterns: text.lines().filter_map(Pattern::parse).collect() }
    }

    /// Whether they leave a path out; `None` where nothing in them is about it.
    fn decide(&self, path: &[&str], is_folder: bool) -> Option<bool> {
        let inside =
            path.strip_prefix(self.folder.iter().map(String::as_str).collect::<Vec<_>>().as_slice())?;
        let matching = self.patterns.iter().rev().find(|pattern| pattern.matches(inside, is_folder))?;
        Some(!matching.keeps)
    }
}

/// Whether one of the rules leaves a path out: the file itself, or a folder above it. `rules` are in the order of their
/// folders' depth; the nearest that says anything decides.
#[must_use]
pub fn is_ignored(rules: &[Rules], path: &[&str], is_folder: bool) -> bool {
    rules.iter().rev().find_map(|rules| rules.decide(path, is_folder)).unwrap_or(false)
}

impl Pattern {
    fn parse(line: &str) -> Option<Self> {
        let mut rest = line.trim_end_matches('\r');
        // A blank at the end counts behind a backslash alone.
        while rest.ends_with(' ') && !rest.ends_with("\\ ") {
            rest = rest.strip_suffix(' ')?;
        }
        if rest.starts_with('#') {
            return None;
        }
        let keeps = rest.starts_with('!');
        rest = rest.strip_prefix('!').unwrap_or(rest);
        let folders_only = rest.ends_with('/');
        rest = rest.trim_end_matches('/');
        let anchored = rest.contains('/');
        let segments: Vec<Vec<char>> =
            rest.split('/').filter(|part| !part.is_empty()).map(|part| part.chars().collect()).collect();
        (!segments.is_empty()).then_some(Self { keeps, folders_only, anchored, segments })
    }

    fn matches(&self, path: &[&str], is_folder: bool) -> bool {
        if self.folders_only && !is_folder {
            return false;
        }
        if self.anchored {
            return self.matches_path(path);
        }
        let (Some(name), [pattern]) = (path.last(), self.segments.as_slice()) else { return false };
        matches_name(pattern, name)
    }

    /// Segment by segment; `**` takes any number of them, and at the end at least one.
    fn matches_path(&self, path: &[&str]) -> bool {
        let is_any = |segment: &Vec<char>| segment.iter().collect::<String>() == "**";
        let (mut at, mut of, mut retry) = (0, 0, None);
        while at < path.len() {
            match (self.segments.get(of), path.get(at)) {
                (Some(segment), _) if is_any(segment) => {
                    if of + 1 == self.segments.len() {
                        return true;
                    }
                    retry = Some((at, of + 1));
                    of += 1;
                }
                (Some(segment), Some(part)) if matches_name(segment, part) => (at, of) = (at + 1, of + 1),
                _ => match retry {
                    Some((from, behind)) => {
                        (at, of) = (from + 1, behind);
                        retry = Some((from + 1, behind));
                    }
                    None => return false,
                },
            }
        }
        of == self.segments.len()
    }
}

/// `*`, `?` and sets of characters, within one name.
fn matches_name(pattern: &[char], name: &str) -> bool {
    let name: Vec<char> = name.chars().collect();
    let (mut at, mut of, mut retry) = (0, 0, None);
    while at < name.len() {
        match pattern.get(of) {
            Some('*') => {
                retry = Some((at, of + 1));
                of += 1;
            }
            Some(_) if one(pattern, &mut of, name.get(at).copied().unwrap_or_default()) => at += 1,
            _ => match retry {
                Some((from, behind)) => {
                    (at, of) = (from + 1, behind);
                    retry = Some((from + 1, behind));
                }
                None => return false,
            },
        }
    }
    pattern.get(of..).is_some_and(|rest| rest.iter().all(|sign| *sign == '*'))
}

/// Whether the piece of the pattern at `of` takes a character; moves behind it if so.
fn one(pattern: &[char], of: &mut usize, sign: char) -> bool {
    match pattern.get(*of) {
        Some('?') => {
            *of += 1;
            true
        }
        Some('[') => match set(pattern.slice(*of + 1..), sign) {
            Some((length, true)) => {
                *of += 1 + length;
                true
            }
            _ => false,
        },
        Some('\\') if pattern.get(*of + 1) == Some(&sign) => {
            *of += 2;
            true
        }
        Some(own) if *own == sign && sign != '\\' => {
            *of += 1;
            true
        }
        _ => false,
    }
}

/// The length of a set up to and with its bracket, and whether the character is in it.
fn set(rest: &[char], sign: char) -> Option<(usize, bool)> {
    let negated = matches!(rest.first(), Some('!' | '^'));
    let (mut at, mut inside) = (usize::from(negated), false);
    let first = at;
    loop {
        let mut low = *rest.get(at)?;
        if low == ']' && at > first {
            return Some((at + 1, inside != negated));
        }
        if low == '\\' {
            at += 1;
            low = *rest.get(at)?;
        }
        let high = match (rest.get(at + 1), rest.get(at + 2)) {
            (Some('-'), Some(high)) if *high != ']' => {
                at += 2;
                *high
            }
            _ => low,
        };
        inside |= (low..=high).contains(&sign);
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ignored(text: &str, path: &str) -> bool {
        let is_folder = path.ends_with('/');
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        is_ignored(&[Rules::new("", text)], &parts, is_folder)
    }

    #[test]
    fn patterns_mean_what_git_says_they_mean() {
        for (text, yes, no) in [
            ("*.bak", "a/b.bak", "a/b.bak.txt"),
            ("/top", "top", "a/top"),
            ("logs/", "a/logs/", "a/logs"),
            ("a/b", "a/b", "c/a/b"),
            ("**/a/b", "c/d/a/b", "c/a/d/b"),
            ("a/**", "a/b/c", "a"),
            ("a/**/z", "a/z", "a/zz"),
            ("x?z[a-c]", "xyzb", "xyzd"),
            ("x[!a]", "xb", "xa"),
            ("\\!a", "!a", "a"),
            ("\\#a", "#a", "a"),
            ("a\\ ", "a ", "a"),
            ("*.log\n!keep.log", "b.log", "keep.log"),
            ("*", "a", ""),
        ] {
            assert!(ignored(text, yes), "{text} {yes}");
            assert!(!ignored(text, no), "{text} {no}");
        }
        for nothing in ["", "# a", "   ", "/", "!", "[", "a[b"] {
            assert!(!ignored(nothing, "a"), "{nothing}");
        }
    }

    #[test]
    fn the_nearest_file_decides_and_stars_do_not_explode() {
        let rules = [Rules::new("", "*.conf"), Rules::new("a/b", "!kept.conf")];
        assert!(!is_ignored(&rules, &["a", "b", "kept.conf"], false));
        assert!(is_ignored(&rules, &["a", "kept.conf"], false));
        let long = "a".repeat(5000);
        assert!(!ignored(&"*a".repeat(500), &format!("{long}b")));
        assert!(!ignored(&format!("{}x", "**/a/".repeat(300)), &"a/".repeat(900)));
    }
}
