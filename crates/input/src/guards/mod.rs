//! Branches that some releases alone get: behind tests of templates, shell scripts and playbooks.
//!
//! A test counts when it compares something that is called Kafka's version, or Confluent's, with a number. What else it
//! may ask for is not understood, and then nothing is said. What is *not* here: what a branch is worth.

mod charts;
mod shell;
mod versions;

use std::ops::Range;

use kafka_upgrade_document::{Comparison, Guard, Literals, Slice as _, Test, template};

use crate::{Document, Span};

/// At most this many guards are kept of one text; no configuration has more.
const MAX_GUARDS: usize = 500;

/// At most this many failed tests are kept for a branch; leaving some out only means that fewer branches are known
/// to be unused.
const MAX_FAILED: usize = 20;

/// What tests of branches are about.
const TESTED: Literals = Literals::of(&[
    "ersion",
    "VERSION",
    "[ -",
    ".Values.",
    "command -v ",
    "which ",
    "hash ",
    "KRAFT",
    "kraft",
]);

/// Adds the branches of a text, and the switches of a chart's values.
pub(crate) fn find(path: &str, text: &str, document: &mut Document) {
    if charts::is_of_chart(path) {
        document.switches = charts::switches(text);
    }
    // Every text is asked, and few have one of the second words.
    let has_tests =
        TESTED.are_in(text) && ["if", "when", "case", "for "].iter().any(|word| text.contains(word));
    if !has_tests && !text.contains(NOT_KRAFT) {
        return;
    }
    for branches in template::tests(text) {
        chain(branches.iter().map(|one| (one.test, one.range.clone())), document);
    }
    shell::find(text, document);
    playbooks(text, document);
}

/// Branches of one test and those that follow when it fails.
fn chain<'t>(branches: impl Iterator<Item = (&'t str, Range<usize>)>, document: &mut Document) {
    let mut failed: Vec<(Test, bool)> = Vec::new();
    for (test, range) in branches {
        let Some(versions::Tests { all, is_whole }) = charts::tests(test).or_else(|| versions::tests(test))
        else {
            // A test that is not understood may have any result, so the branch keeps only the tests before it.
            add(range, failed.clone(), document);
            continue;
        };
        let mut tests = failed.clone();
        tests.extend(all.iter().cloned());
        add(range, tests, document);
        // If several conditions are combined, it is not known which of them failed.
        if let ([(test, wanted)], true) = (all.as_slice(), is_whole)
            && failed.len() < MAX_FAILED
        {
            failed.push((test.clone(), !wanted));
        }
    }
}

fn add(range: Range<usize>, tests: Vec<(Test, bool)>, document: &mut Document) {
    if !tests.is_empty() && !range.is_empty() && document.guards.len() < MAX_GUARDS {
        let span = Span::new(range.start as u32, range.end as u32);
        document.guards.push(Guard { span, tests });
    }
}

/// A line of a playbook that has others below it.
struct Above {
    indentation: usize,
    begins: usize,
    is_item: bool,
    /// What its `when:` asks for.
    tests: Vec<(Test, bool)>,
}

/// How cp-ansible asks for ZooKeeper mode, which no release from 4.0 on has.
const NOT_KRAFT: &str = "not kraft_enabled";

/// Tasks and blocks of Ansible with a `when:` of their own, written in one line or as a list.
fn playbooks(text: &str, document: &mut Document) {
    if !text.contains("when:") && !text.contains(NOT_KRAFT) {
        return;
    }
    let mut above: Vec<Above> = Vec::new();
    let mut begins = 0;
    for line in text.split_inclusive('\n') {
        let behind = begins + line.len();
        let (inner, indentation) = (line.trim(), indentation(line));
        if !inner.is_empty() {
            end(&mut above, indentation, begins, document);
            if let Some(test) = inner.strip_prefix("when:")
                && let Some(item) = above.last_mut().filter(|one| one.is_item)
            {
                let listed = text.slice(behind..).lines().map_while(|line| {
                    let item = line.trim_start().strip_prefix("- ")?;
                    (self::indentation(line) >= indentation).then_some(item)
                });
                let listed = listed.take_while(|_| test.is_empty());
                let tests = std::iter::once(test).chain(listed).filter_map(versions::tests);
                item.tests.extend(tests.flat_map(|one| one.all));
            }
            // A group of cp-ansible's settings that only brokers in ZooKeeper mode get.
            if inner.starts_with("enabled:")
                && inner.contains(NOT_KRAFT)
                && let Some(group) = above.last_mut()
            {
                let before_kraft = Test::Version { is: Comparison::Less, than: vec![4] };
                group.tests.push((before_kraft, true));
            }
            above.push(Above { indentation, begins, is_item: inner.starts_with("- "), tests: Vec::new() });
        }
        begins = behind;
    }
    end(&mut above, 0, text.len(), document);
}

/// Ends the guards that a line with this indentation is no longer inside of.
fn end(above: &mut Vec<Above>, indentation: usize, at: usize, document: &mut Document) {
    while let Some(one) = above.pop_if(|one| indentation <= one.indentation) {
        add(one.begins..at, one.tests, document);
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}
#[cfg(test)]
mod tests;
