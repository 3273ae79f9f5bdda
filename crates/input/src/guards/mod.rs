//! Branches that some releases alone get: behind tests of templates, shell scripts and playbooks.
//!
//! A test counts when it compares something that is called Kafka's version, or Confluent's, with a number. What else it
//! may ask for is not understood, and then nothing is said. What is *not* here: what a branch is worth.

mod shell;
mod versions;

use kafka_upgrade_document::{Guard, Test, template};

use crate::{Document, Span};

/// Tests of one text; who has more of them writes no configuration.
const MAX_GUARDS: usize = 500;

/// Adds the branches of a text.
pub(crate) fn find(text: &str, document: &mut Document) {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if !has(&["if", "when", "case", "for "]) || !has(&["ersion", "VERSION", "[ -"]) {
        return;
    }
    for branches in template::tests(text) {
        chain(branches.iter().map(|one| (one.test, one.range.clone())), document);
    }
    shell::find(text, document);
    playbooks(text, document);
    document.guards.truncate(MAX_GUARDS);
}

/// Branches of one test and those that follow when it fails.
fn chain<'t>(branches: impl Iterator<Item = (&'t str, std::ops::Range<usize>)>, document: &mut Document) {
    let mut failed: Vec<(Test, bool)> = Vec::new();
    for (test, range) in branches {
        let Some(versions::Tests { all, is_whole }) = versions::tests(test) else {
            // A test that is not understood may be what keeps the rest from being carried out.
            add(range, failed.clone(), document);
            continue;
        };
        let mut tests = failed.clone();
        tests.extend(all.iter().cloned());
        add(range, tests, document);
        // Of two that have to hold nobody knows which one failed.
        if let ([(test, wanted)], true) = (all.as_slice(), is_whole) {
            failed.push((test.clone(), !wanted));
        }
    }
}

fn add(range: std::ops::Range<usize>, tests: Vec<(Test, bool)>, document: &mut Document) {
    if !tests.is_empty() && !range.is_empty() {
        let span = Span::new(range.start as u32, range.end as u32);
        document.guards.push(Guard { span, tests });
    }
}

/// Tasks and blocks of Ansible with a `when:` of their own, written in one line or as a list.
fn playbooks(text: &str, document: &mut Document) {
    if !text.contains("when:") {
        return;
    }
    let mut lines: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lines.push((at, line.trim_end()));
        at += line.len();
    }
    let indent = |line: &str| line.len() - line.trim_start().len();
    for (number, (_, line)) in lines.iter().enumerate() {
        let Some(test) = line.trim_start().strip_prefix("when:") else { continue };
        let depth = indent(line);
        let mut tests = Vec::new();
        if test.trim().is_empty() {
            let items = lines.iter().skip(number + 1).map_while(|(_, line)| {
                let item = line.trim_start().strip_prefix("- ")?;
                (indent(line) >= depth).then_some(item)
            });
            tests.extend(items.filter_map(versions::tests).flat_map(|one| one.all));
        } else {
            tests.extend(versions::tests(test).into_iter().flat_map(|one| one.all));
        }
        let above = lines.iter().take(number).rev();
        let is_inside = |line: &str| line.is_empty() || indent(line) >= depth;
        let first = above.clone().find(|(_, line)| !is_inside(line));
        let Some((begins, first)) = first.filter(|(_, line)| line.trim_start().starts_with("- ")) else {
            continue;
        };
        let behind =
            lines.iter().skip(number + 1).find(|(_, line)| !line.is_empty() && indent(line) <= indent(first));
        add(*begins..behind.map_or(text.len(), |(at, _)| *at), tests, document);
    }
}

#[cfg(test)]
mod tests;
