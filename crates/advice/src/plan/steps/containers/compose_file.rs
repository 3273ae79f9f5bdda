//! Edits of a Compose file by lines: variables of its services, and services, so that all else stays as it was written.
//!
//! What is *not* here: what changes in which step (`draft`). Invariant: a service whose variables do not stand in lines
//! of its own, such as those that an anchor brings along, is not edited: each edit gives `None` there.

use std::ops::Range;

/// The text of a Compose file, line by line.
#[derive(Clone)]
pub(super) struct ComposeFile {
    lines: Vec<String>,
}

/// The lines of a service's variables.
struct Variables {
    lines: Range<usize>,
    indent: usize,
    /// Whether they are items, `- NAME=value`, and not entries, `NAME: value`.
    are_items: bool,
}

impl ComposeFile {
    pub(super) fn new(text: &str) -> Self {
        Self { lines: text.lines().map(str::to_owned).collect() }
    }

    pub(super) fn text(&self) -> String {
        self.lines.iter().fold(String::new(), |text, line| text + line + "\n")
    }

    fn line(&self, at: usize) -> &str {
        self.lines.get(at).map_or("", String::as_str)
    }

    /// The lines below a key, up to the next that is indented no deeper; blank lines at the end are not of it.
    fn below(&self, at: usize) -> Range<usize> {
        let indent = indent(self.line(at));
        let is_below = |line: &&String| is_blank(line) || self::indent(line) > indent;
        let count = self.lines.iter().skip(at + 1).take_while(is_below).count();
        let mut end = at + 1 + count;
        while end > at + 1 && is_blank(self.line(end - 1)) {
            end -= 1;
        }
        at + 1..end
    }

    /// The line of a key among lines, at the indentation of the first of them.
    fn key(&self, among: Range<usize>, name: &str) -> Option<usize> {
        let first = among.clone().find(|at| !is_blank(self.line(*at)))?;
        let of = indent(self.line(first));
        among.into_iter().find(|at| {
            let line = self.line(*at);
            indent(line) == of && line.trim_end().trim_start().trim_matches('"') == format!("{name}:")
        })
    }

    fn services(&self) -> Option<Range<usize>> {
        let at = self.lines.iter().position(|line| line.trim_end() == "services:")?;
        Some(self.below(at))
    }

    fn service(&self, name: &str) -> Option<usize> {
        self.key(self.services()?, name)
    }

    fn variables(&self, service: &str) -> Option<Variables> {
        let lines = self.below(self.service(service)?);
        let at = self.key(lines, "environment")?;
        let lines = self.below(at);
        let first = self.line(lines.start);
        let is_item = |line: &str| line.trim_start().starts_with("- ");
        let are_items = is_item(first);
        let is_plain = lines.clone().all(|at| {
            let line = self.line(at);
            let entry = line.trim_start();
            is_blank(line)
                || (is_item(line) == are_items && !entry.starts_with("<<") && !entry.contains(": &"))
        });
        (is_plain && !lines.is_empty()).then(|| Variables { indent: indent(first), are_items, lines })
    }

    /// The name of a variable in a line, and its value without quotes.
    fn variable(line: &str, are_items: bool) -> Option<(&str, &str)> {
        let entry = line.trim();
        let (name, value) = if are_items {
            entry.strip_prefix("- ")?.trim_matches(['"', '\'']).split_once('=')?
        } else {
            entry.split_once(':')?
        };
        let name = name.trim().trim_matches(['"', '\'']);
        (!name.starts_with('#')).then(|| (name, value.trim().trim_matches(['"', '\''])))
    }

    /// Variables of a service that fit.
    pub(super) fn find(&self, service: &str, fits: impl Fn(&str) -> bool) -> Option<(String, String)> {
        let of = self.variables(service)?;
        let mut all = of.lines.filter_map(|at| Self::variable(self.line(at), of.are_items));
        all.find(|(name, _)| fits(name)).map(|(name, value)| (name.to_owned(), value.to_owned()))
    }

    /// Gives a variable a value, where it stands or behind the others.
    pub(super) fn set(&mut self, service: &str, name: &str, value: &str) -> Option<()> {
        let of = self.variables(service)?;
        let line = if of.are_items {
            format!("{:1$}- {name}={value}", "", of.indent)
        } else {
            format!("{:1$}{name}: \"{value}\"", "", of.indent)
        };
        let mut lines = of.lines.clone();
        let known = lines
            .find(|at| Self::variable(self.line(*at), of.are_items).is_some_and(|(known, _)| known == name));
        match known {
            Some(at) => *self.lines.get_mut(at)? = line,
            None => self.lines.insert(of.lines.end, line),
        }
        Some(())
    }

    /// Takes variables out.
    pub(super) fn remove(&mut self, service: &str, fits: impl Fn(&str) -> bool) -> Option<()> {
        let of = self.variables(service)?;
        let gone: Vec<usize> = of
            .lines
            .filter(|at| Self::variable(self.line(*at), of.are_items).is_some_and(|(name, _)| fits(name)))
            .collect();
        for at in gone.into_iter().rev() {
            self.lines.remove(at);
        }
        Some(())
    }

    /// Whether there is a service of that name.
    pub(super) fn has(&self, service: &str) -> bool {
        self.service(service).is_some()
    }

    fn line_of_image(&self, service: &str) -> Option<usize> {
        let mut lines = self.below(self.service(service)?);
        lines.find(|at| self.line(*at).trim_start().starts_with("image:"))
    }

    /// The image of a service, as it is written.
    pub(super) fn image(&self, service: &str) -> Option<String> {
        let line = self.line(self.line_of_image(service)?);
        line.trim_start().strip_prefix("image:").map(|image| image.trim().to_owned())
    }

    /// Gives a service another image.
    pub(super) fn set_image(&mut self, service: &str, image: &str) -> Option<()> {
        let at = self.line_of_image(service)?;
        let indent = indent(self.line(at));
        *self.lines.get_mut(at)? = format!("{:1$}image: {image}", "", indent);
        Some(())
    }

    /// Adds a service behind the others: its lines, indented as the others' names are.
    pub(super) fn add_service(&mut self, lines: &[String]) -> Option<()> {
        let services = self.services()?;
        let indent = indent(self.line(services.clone().find(|at| !is_blank(self.line(*at)))?));
        for (at, line) in (services.end..).zip(lines) {
            self.lines.insert(at, format!("{:1$}{line}", "", indent));
        }
        Some(())
    }

    /// Adds named volumes; `None` where those that there are stand in a form that is not known.
    pub(super) fn add_volumes(&mut self, names: &[&str]) -> Option<()> {
        let Some(at) = self.lines.iter().position(|line| line.starts_with("volumes:")) else {
            self.lines.push("volumes:".to_owned());
            self.lines.extend(names.iter().map(|name| format!("  {name}:")));
            return Some(());
        };
        let line = self.line(at).trim_end();
        if line == "volumes:" {
            for name in names.iter().rev() {
                self.lines.insert(at + 1, format!("  {name}:"));
            }
            return Some(());
        }
        let known = line.strip_prefix("volumes:")?.trim().strip_prefix('{')?.strip_suffix('}')?.trim();
        let mut all: Vec<String> = (!known.is_empty()).then(|| known.to_owned()).into_iter().collect();
        all.extend(names.iter().map(|name| format!("{name}: {{}}")));
        *self.lines.get_mut(at)? = format!("volumes: {{{}}}", all.join(", "));
        Some(())
    }

    /// Takes a service out, and what waits for it.
    pub(super) fn remove_service(&mut self, name: &str) -> Option<()> {
        let at = self.service(name)?;
        let lines = self.below(at);
        self.lines.drain(at..lines.end);
        self.lines.iter_mut().for_each(|line| {
            if line.trim_start().starts_with("depends_on:") && line.contains('[') {
                *line = without_item(line, name);
            }
        });
        let is_item = |line: &String| line.trim() == format!("- {name}");
        while let Some(at) = self.lines.iter().position(is_item) {
            self.lines.remove(at);
        }
        // What is left of `depends_on` may be empty.
        let is_empty = |at: &usize| {
            let line = self.line(*at).trim();
            line == "depends_on: []" || (line == "depends_on:" && self.below(*at).is_empty())
        };
        let empty: Vec<usize> = (0..self.lines.len()).filter(is_empty).collect();
        for at in empty.into_iter().rev() {
            self.lines.remove(at);
        }
        Some(())
    }
}

/// A list in one line without one of its items.
fn without_item(line: &str, name: &str) -> String {
    let Some((before, rest)) = line.split_once('[') else { return line.to_owned() };
    let Some((items, after)) = rest.split_once(']') else { return line.to_owned() };
    let items = items.split(',').map(str::trim).filter(|item| item.trim_matches(['"', '\'']) != name);
    format!("{before}[{}]{after}", items.collect::<Vec<_>>().join(", "))
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether a line has nothing but a comment.
fn is_blank(line: &str) -> bool {
    line.trim().is_empty() || line.trim_start().starts_with('#')
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "services:\n  zk:\n    image: zookeeper:3.8\n  # The first.\n  a:\n    image: k:1\n    environment:\n      # ids\n      KAFKA_BROKER_ID: 1\n      KAFKA_ZOOKEEPER_CONNECT: zk:2181\n    depends_on:\n      - zk\n\n  b:\n    environment:\n      - KAFKA_BROKER_ID=2\n      - \"KAFKA_ZOOKEEPER_CONNECT=zk:2181\"\n    depends_on: [zk, a]\nvolumes:\n  x: {}\n";

    #[test]
    fn variables_are_set_and_taken_out_where_they_stand() {
        let mut file = ComposeFile::new(TEXT);
        assert_eq!(file.text(), TEXT);
        for service in ["a", "b"] {
            file.set(service, "KAFKA_PROCESS_ROLES", "broker").expect("a service");
            file.set(service, "KAFKA_BROKER_ID", "7").expect("a service");
            file.remove(service, |name| name.contains("ZOOKEEPER")).expect("a service");
            let found = file.find(service, |name| name == "KAFKA_BROKER_ID");
            assert_eq!(found, Some(("KAFKA_BROKER_ID".to_owned(), "7".to_owned())));
        }
        let text = file.text();
        assert!(
            text.contains(
                "      # ids\n      KAFKA_BROKER_ID: \"7\"\n      KAFKA_PROCESS_ROLES: \"broker\"\n"
            ),
            "{text}"
        );
        assert!(
            text.contains("      - KAFKA_BROKER_ID=7\n      - KAFKA_PROCESS_ROLES=broker\n    depends_on"),
            "{text}"
        );
        assert!(!text.contains("ZOOKEEPER"), "{text}");
    }

    #[test]
    fn services_come_behind_the_others_and_go_with_what_waits_for_them() {
        let mut file = ComposeFile::new(TEXT);
        file.add_service(&["c:".to_owned(), "  image: k:1".to_owned()]).expect("services");
        file.add_volumes(&["c"]).expect("volumes");
        file.remove_service("zk").expect("a service");
        let text = file.text();
        assert!(
            text.contains("    depends_on: [a]\n  c:\n    image: k:1\nvolumes:\n  c:\n  x: {}\n"),
            "{text}"
        );
        assert!(!text.contains("zk\n") && !text.contains("zookeeper:3.8"), "{text}");
        assert!(text.starts_with("services:\n  # The first.\n  a:"), "{text}");
    }

    #[test]
    fn volumes_come_to_those_that_there_are() {
        for (text, want) in [
            ("services: {}\nvolumes: {x: {}}\n", "services: {}\nvolumes: {x: {}, c: {}}\n"),
            ("volumes: {}\n", "volumes: {c: {}}\n"),
            ("services: {}\n", "services: {}\nvolumes:\n  c:\n"),
        ] {
            let mut file = ComposeFile::new(text);
            file.add_volumes(&["c"]).expect("volumes");
            assert_eq!(file.text(), want);
        }
        assert_eq!(ComposeFile::new("volumes: *shared\n").add_volumes(&["c"]), None);
    }

    #[test]
    fn what_an_anchor_brings_along_is_not_edited() {
        let shared = "x: &k\n  A: b\nservices:\n  a:\n    environment: *k\n  b:\n    environment:\n      <<: *k\n      C: d\n";
        let mut file = ComposeFile::new(shared);
        for service in ["a", "b", "none"] {
            assert_eq!(file.set(service, "E", "f"), None);
        }
        assert_eq!(file.text(), shared);
    }
}
