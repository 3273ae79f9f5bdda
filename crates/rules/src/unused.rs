//! What is there and makes no difference: logging of other programs, outputs whose requests are served, methods that only
//! pass on, tests of what is old, clients of a service that no release of Kafka runs.
//!
//! All of it stays true where it is used, so it is said, and no more than an info. What is *not* here: branches for
//! other releases (`context`), files that are kept for them (`kept`), files that nothing names (`leftovers`).

use std::cell::OnceCell;
use std::collections::BTreeSet;

use kafka_upgrade_document::{Kind, Slice as _, Span, paths};
use kafka_upgrade_sorted::Gather as _;

use crate::checked_file::CheckedFile;
use crate::diagnostic::Diagnostic;
use crate::notes::ChangeKind;
use crate::rule::Rule;
use crate::test_files;
use crate::upgrade::Upgrade;
use crate::whose_logging::Around;

/// Bytes before a place in which the block or the method around it begins.
const MAX_BLOCK: usize = 8_000;
/// Bytes of a method that does nothing but call another one.
const MAX_METHOD: usize = 400;

/// What is asked of all files, each gathered when it is first asked for.
#[derive(Default)]
pub(crate) struct Unused<'c> {
    /// Folders of files that name a namespace of Azure Event Hubs.
    event_hubs: OnceCell<BTreeSet<&'c str>>,
    /// Files that ask brokers for the versions that they serve.
    asking: OnceCell<BTreeSet<&'c str>>,
    logging: OnceCell<Around<'c>>,
}

impl<'c> Unused<'c> {
    /// Why nobody has to act on a finding.
    pub(crate) fn reason(
        &self,
        draft: &Diagnostic,
        read: &CheckedFile<'_>,
        case: &'c Upgrade<'_>,
    ) -> Option<String> {
        let id = match draft.rule {
            Rule::Note(id) => id,
            _ => "",
        };
        self.of_file(id, read, case)
            .or_else(|| draft.place.span.and_then(|span| of_place(draft, id, read, span)).map(str::to_owned))
    }

    fn of_file(&self, id: &str, read: &CheckedFile<'_>, case: &'c Upgrade<'_>) -> Option<String> {
        const OF_CLIENTS: [&str; 5] = [
            "requires-newer-client",
            "requires-newer-client-for-admin",
            "requires-java-clients-of-2-1",
            "note-old-protocol-version",
            "requires-newer-protocol-version",
        ];
        if OF_CLIENTS.contains(&id) && self.speaks_to_event_hubs(read.path, case) {
            return Some(" Files beside it connect to Azure Event Hubs, where no release of Kafka runs: what is refused there is Azure's to say.".to_owned());
        }
        if id == "note-old-protocol-version" && self.asks_for_versions(read.path, case) {
            return Some(" This file asks the brokers which versions they serve; whether the answer takes the place of this version was not followed.".to_owned());
        }
        let is_of_log4j_1 = matches!(read.document.kind, Kind::Log4jProperties | Kind::Log4jXml);
        if is_of_log4j_1 && matches!(id, "deprecated-log4j-1-configuration" | "renamed-log-cleaner-logger") {
            let logging = self.logging.get_or_init(|| Around::of(case));
            if !logging.is_of_kafka(read) {
                return Some(" Nothing shows that one of Kafka's own processes logs with it.".to_owned());
            }
        }
        None
    }

    fn asks_for_versions(&self, path: &str, case: &'c Upgrade<'_>) -> bool {
        let gather = || {
            let wholes = case.files.iter().filter(|read| !read.is_part);
            wholes.filter(|read| read.text.contains("ApiVersionsRequest")).map(|read| read.path).gather()
        };
        self.asking.get_or_init(gather).contains(path)
    }

    /// Whether files of its folder, or the resources of its program, name a namespace of Azure Event Hubs.
    fn speaks_to_event_hubs(&self, path: &str, case: &'c Upgrade<'_>) -> bool {
        const SIGN: &str = ".servicebus.windows.net";
        let all = self.event_hubs.get_or_init(|| {
            let naming = case.files.iter().filter(|read| !read.is_part && read.text.contains(SIGN));
            naming.map(|read| paths::folder(read.path)).gather()
        });
        let folder = paths::folder(path);
        !all.is_empty()
            && (all.contains(folder)
                || all.contains(format!("{folder}/src/main/resources").as_str())
                || folder.is_empty() && all.contains("src/main/resources"))
    }
}

/// What stands around a place says so.
fn of_place(draft: &Diagnostic, id: &str, read: &CheckedFile<'_>, span: Span) -> Option<&'static str> {
    let (text, start, end) = (read.text, span.start as usize, span.end as usize);
    let before = || text.slice(text.floor_char_boundary(start.saturating_sub(MAX_BLOCK))..start);
    match id {
        "note-fluentd-with-ruby-kafka" => {
            let block = before().rsplit('\n').map(str::trim).find(|line| line.starts_with('<'))?;
            let is_output = block.starts_with("<match") || block.starts_with("<store");
            is_output.then_some(" This is an output, and brokers serve what it sends: consumer groups and administration are what they refuse.")
        }
        "removed-sink-task-partition-methods" => {
            let behind = text.slice(end..text.floor_char_boundary(end + MAX_METHOD));
            let body = behind.split_once('{')?.1.split_once('}')?.0;
            let mut calls =
                body.split(';').map(str::trim).filter(|one| !one.is_empty() && !one.starts_with("//"));
            let is_passed_on =
                calls.next().is_some_and(|call| call.starts_with("close(") || call.starts_with("open("));
            (is_passed_on && calls.next().is_none()).then_some(" It only calls `open` or `close`, which Connect calls itself: the method is there for older workers.")
        }
        _ if draft.change == ChangeKind::Deprecated && test_files::is_source(read) => {
            let method = method(before())?.to_ascii_lowercase();
            let is_about_it = ["legacy", "deprecated"].iter().any(|word| method.contains(word));
            is_about_it.then_some(" By its name the test is about what is old.")
        }
        _ => None,
    }
}

/// The name of the test, or else of the method, of Java that a text ends in: classes without a name have methods too.
fn method(before: &str) -> Option<&str> {
    let test = ["@Test", "@ParameterizedTest"].iter().filter_map(|sign| before.rfind(sign)).max();
    let (_, behind) = match test {
        Some(at) => before.slice(at..).split_once("void ")?,
        None => before.rsplit_once("void ")?,
    };
    let (name, _) = behind.split_once('(')?;
    name.bytes().all(|one| one.is_ascii_alphanumeric() || one == b'_').then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_is_known_by_what_stands_before_its_name() {
        assert_eq!(method("@Test\n  void shouldUseLegacy() {\n   a(b, "), Some("shouldUseLegacy"));
        let inner = "@Test\n  void shouldUseLegacy() {\n   new A() { public void build(B b) {\n ";
        assert_eq!(method(inner), Some("shouldUseLegacy"));
        assert_eq!(method("void a() {\n"), Some("a"));
        assert_eq!(method("int a() { return "), None);
    }
}
