//! Patches, as `diff -u` and git write them: the files that they make, each read for what it is.
//!
//! Of a file only what a patch shows is known, so nothing in it is missed for not being there, and nothing is edited: a
//! line more would make a wrong patch. What is *not* here: the lines that a patch takes away.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::secrets::Secret;
use kafka_upgrade_document::{SourceText, Span, paths};

use crate::{Document, Encoding, Format, Kind};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format =
    Format { name: "patch", extensions: &["patch", "diff"], names: &[], sniff, read };

/// Files of one patch that are read.
const MAX_FILES: usize = 200;

fn sniff(path: &str, text: &str) -> u8 {
    // Some have their place in the name: `kafka.yml.patch`, `.env.diff`.
    let may_be = FORMAT.is_named(path) || !paths::file_name(path).contains('.');
    u8::from(may_be && is_patch(text)) * 96
}

/// A header of a file with its two names, and a block of lines below it.
fn is_patch(text: &str) -> bool {
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("--- ") {
            let is_header = lines.next().is_some_and(|next| next.starts_with("+++ "))
                && lines.next().is_some_and(|next| next.starts_with("@@ -"));
            if is_header {
                return true;
            }
        }
    }
    false
}

/// What is found in its files comes from [`files`] and is read by its languages.
fn read(_: &str, _: &str, _: Option<Component>, _: Encoding) -> Document {
    Document::default()
}

/// A file that a patch changes, as far as the patch shows it.
pub(crate) struct Patched {
    /// Its path after the change.
    pub path: String,
    /// Lines that are kept or go.
    pub before: SourceText,
    /// Lines that are kept or come.
    pub after: SourceText,
}

/// The files of a patch; none where the text is no patch.
pub(crate) fn files(path: &str, text: &str) -> Vec<Patched> {
    let mut files: Vec<Patched> = Vec::new();
    if sniff(path, text) == 0 {
        return files;
    }
    let mut is_inside = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at as u32;
        at += line.len();
        if is_inside && let Some(file) = files.last_mut() {
            let ends = line.starts_with("diff ")
                || line.starts_with("--- ") && text.get(at..).is_some_and(|rest| rest.starts_with("+++ "));
            is_inside = !ends;
            match line.split_at_checked(1) {
                _ if ends => {}
                Some((" ", kept)) => {
                    file.before.push(kept, start + 1);
                    file.after.push(kept, start + 1);
                }
                Some(("+", comes)) => file.after.push(comes, start + 1),
                Some(("-", goes)) => file.before.push(goes, start + 1),
                // Editors and mail take the blank of an empty line away.
                _ if line.trim().is_empty() => {
                    file.before.push(line, start);
                    file.after.push(line, start);
                }
                _ => {}
            }
        } else if line.starts_with("@@ -") {
            is_inside = true;
        } else if let Some(name) = line.strip_prefix("+++ ") {
            if files.len() == MAX_FILES {
                break;
            }
            // A date stands behind a tab.
            let name = name.split('\t').next().unwrap_or_default().trim().trim_matches('"');
            let path = name.strip_prefix("b/").unwrap_or(name).to_owned();
            let empty = SourceText::plain("", at as u32);
            files.push(Patched { path, before: empty.clone(), after: empty });
        }
    }
    for text in files.iter_mut().flat_map(|file| [&mut file.before, &mut file.after]) {
        text.span = Span::new(text.span.start, text.place(text.text.len()).max(text.span.start));
    }
    files
}

/// Adds what was read of one of its files; of what it was before, only values that must not be shown.
pub(crate) fn add(document: &mut Document, mut file: Document, text: &SourceText, is_after: bool) {
    file.relocate(text);
    let secrets = file.secrets.into_iter();
    document.secrets.extend(secrets.map(|one| Secret { span: text.moved(one.span), ..one }));
    if !is_after || matches!(file.kind, Kind::Unknown | Kind::NotKafka) {
        return;
    }
    if document.kind == Kind::Unknown {
        document.kind = file.kind;
    }
    document.usages.append(&mut file.usages);
    document.dependencies.append(&mut file.dependencies);
    document.observations.append(&mut file.observations);
    document.platforms.append(&mut file.platforms);
    let parts = std::mem::take(&mut file.parts);
    let place = file.settings.first().map(|one| one.key_span);
    let own = place.map(|place| Document {
        kind: file.kind,
        component: file.component,
        settings: file.settings,
        place: file.place.or(Some(place)),
        ..Document::default()
    });
    for part in own.into_iter().chain(parts) {
        document.parts.push(Document { is_escaped: true, is_partial: true, editor: None, ..part });
    }
}

#[cfg(test)]
mod tests {
    use crate::{Kind, read};

    const PATCH: &str = "\
diff --git a/docker-compose.yml b/docker-compose.yml
--- a/docker-compose.yml\t2025-05-15 08:27:40.4 +0700
+++ b/docker-compose.yml\t2025-05-15 08:34:21.1 +0700
@@ -1,7 +1,7 @@
 services:
   kafka:
-    image: confluentinc/cp-kafka:7.4.0
+    image: confluentinc/cp-kafka:7.6.0
     environment:
-      KAFKA_SSL_KEY_PASSWORD: gone-but-secret
+      KAFKA_ZOOKEEPER_CONNECT: zookeeper:2181

       KAFKA_BROKER_ID: 1
diff --git a/client.properties b/client.properties
--- a/client.properties
+++ b/client.properties
@@ -1,2 +1,4 @@
 bootstrap.servers=kafka:9092
 group.id=g
+partition.assignment.strategy=org.apache.kafka.clients.consumer.RangeAssignor
+ssl.keystore.password=come-and-secret
";

    #[test]
    fn each_file_of_a_patch_is_read_as_it_is_afterwards() {
        for path in ["kafka.patch", "kafka.yml.diff", ""] {
            let document = read(path, PATCH, None);
            assert_eq!(document.kind, Kind::Containers, "{path}");
            let settings = document.parts.iter().flat_map(|part| &part.settings);
            let found: Vec<_> = settings.map(|one| (one.key.as_str(), one.value_span.of(PATCH))).collect();
            assert!(found.contains(&("zookeeper.connect", "zookeeper:2181")), "{found:?}");
            assert!(found.contains(&("broker.id", "1")), "{found:?}");
            assert!(found.iter().any(|(key, _)| *key == "partition.assignment.strategy"), "{found:?}");
            let versions: Vec<_> = document.dependencies.iter().map(|one| one.span.of(PATCH)).collect();
            assert!(versions.iter().all(|one| !one.contains("7.4.0")), "{versions:?}");
            assert!(document.parts.iter().all(|part| part.is_partial && part.editor.is_none()));
        }
    }

    #[test]
    fn what_a_patch_takes_away_is_covered_as_well() {
        let document = read("kafka.patch", PATCH, None);
        let hidden: Vec<_> = document.secrets.iter().map(|one| one.value.as_str()).collect();
        for value in ["gone-but-secret", "come-and-secret"] {
            assert!(hidden.contains(&value), "{hidden:?}");
        }
    }

    #[test]
    fn a_text_with_such_lines_that_is_no_patch_is_read_as_before() {
        let text = "broker.id=1\nzookeeper.connect=z:2181\nlog.dirs=/d\n# --- a\n# +++ b\n";
        assert_eq!(read("", text, None).kind, Kind::BrokerProperties);
        assert_eq!(read("x.patch", "@@ -1 +1 @@\n+kafka\n", None).kind, Kind::Unknown);
    }
}
