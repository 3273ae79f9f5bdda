//! Helpers of a chart (`_helpers.tpl`): named pieces of YAML, which the templates of the chart take in.
//!
//! What stands between `define` and its `end` is read as the entry of a container that it is: variables, or whole
//! containers. What is *not* here: where a piece is taken in; a template that only puts a name together.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Embedded, EmbeddedFile, Slice as _, SourceText, Span, paths};

use crate::part::is_kafkas;
use crate::{Document, Encoding, Format, Kind};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format { name: "chart helpers", extensions: &[], names: &[], sniff, read };

/// Pieces of one text that are read.
const MAX_PIECES: usize = 500;

/// Words in a value or a name of a chart's that an upgrade concerns.
const OF_CHARTS: &[&str] = &["ookeeper", "ootstrap", "roker", "isteners", "security", "sasl", "ersion"];

/// Whether a file is one of such pieces.
pub(crate) fn is_helper(path: &str) -> bool {
    let file = paths::file_name(path);
    file.starts_with('_') && file.ends_with(".tpl")
}

fn sniff(path: &str, text: &str) -> u8 {
    if !is_helper(path) || !text.contains("afka") {
        return 0;
    }
    let sets = |line: &str| {
        let line = line.trim_start();
        // Of keys by their own names the lines say enough.
        let is_taken = || {
            line.split('"').skip(1).step_by(2).any(is_kafkas)
                || (line.contains("afka") || line.contains("ookeeper"))
                    && OF_CHARTS.iter().any(|word| line.contains(word))
        };
        line.starts_with("- name:") && line.contains("KAFKA_") || line.contains(".Values") && is_taken()
    };
    u8::from(text.lines().any(sets)) * 60
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: Kind::Containers, ..Document::default() };
    for piece in pieces(text).into_iter().take(MAX_PIECES) {
        let body = piece.of(text);
        let mut lines = body.lines().map(str::trim_start);
        let is_list = lines.clone().any(|line| line.starts_with("- name:"));
        // A map is taken in below a key that is not known, and mostly in branches.
        if !is_list {
            continue;
        }
        let key = if lines.any(|line| line.starts_with("image:")) { "containers:\n" } else { "env:\n" };
        let mut whole = SourceText::plain("", piece.start);
        whole.push_other(key, piece.start);
        whole.push(body, piece.start);
        whole.span = piece;
        document.embed(Embedded::File(EmbeddedFile {
            name: "helper.yaml".to_owned(),
            place: Span::new(piece.start, piece.start),
            written: whole.clone(),
            text: whole,
            is_escaped: true,
        }));
    }
    document
}

/// What stands between each `define` and its `end`, in whole lines.
fn pieces(text: &str) -> Vec<Span> {
    let mut pieces = Vec::new();
    let (mut depth, mut start) = (0_usize, None);
    let mut at = 0;
    while let Some(open) = text.get(at..).and_then(|rest| rest.find("{{")).map(|open| at + open) {
        let Some(close) = text.get(open..).and_then(|rest| rest.find("}}")).map(|close| open + close) else {
            break;
        };
        at = close + 2;
        let inside = text.slice(open + 2..close).trim_start_matches('-').trim_start();
        match inside.split([' ', '\t', '\n', '(', '-']).next().unwrap_or_default() {
            "define" if depth == 0 => {
                depth = 1;
                start = Some(at);
            }
            "if" | "range" | "with" | "block" | "define" => depth += 1,
            "end" => {
                depth = depth.saturating_sub(1);
                if depth == 0
                    && let Some(from) = start.take()
                {
                    pieces.push(Span::new(from as u32, open as u32));
                }
            }
            _ => {}
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use crate::{Kind, read};

    #[test]
    fn variables_in_a_helper_are_those_of_a_container() {
        let text = "{{/* env */}}\n{{- define \"a.env\" -}}\n{{- if .Values.kafka.iam.enabled -}}\n- name: SPRING_KAFKA_PROPERTIES_SASL_MECHANISM\n  value: AWS_MSK_IAM\n{{- end }}\n- name: KAFKA_ZOOKEEPER_CONNECT\n  value: zk:2181\n{{- end -}}\n{{- define \"a.name\" -}}\nkafka\n{{- end -}}\n";
        let document = read("charts/a/templates/_helpers.tpl", text, None);
        assert_eq!(document.kind, Kind::Containers);
        let settings = document.parts.iter().flat_map(|part| &part.settings);
        let found: Vec<_> = settings.map(|one| (one.key.as_str(), one.value_span.of(text))).collect();
        assert!(found.contains(&("zookeeper.connect", "zk:2181")), "{found:?}");
        assert!(found.contains(&("sasl.mechanism", "AWS_MSK_IAM")), "{found:?}");
    }

    #[test]
    fn a_container_in_a_helper_has_its_image() {
        let text = "{{- define \"a.wait\" }}\n- name: wait\n  image: bitnami/kafka:3.4.0\n  env:\n  - name: KAFKA_CFG_NODE_ID\n    value: \"1\"\n  command: [\"kafka-topics.sh\", \"--zookeeper\", \"z:2181\", \"--list\"]\n{{- end }}\n";
        let document = read("templates/_init.tpl", text, None);
        assert!(document.dependencies.iter().any(|one| one.version == "3.4.0"), "{document:?}");
        assert!(document.usages.iter().any(|one| one.span.of(text) == "--zookeeper"));
    }

    #[test]
    fn helpers_that_take_kafkas_addresses_from_values_are_of_kafka_and_names_alone_are_not() {
        for (text, kind) in [
            (
                "{{- define \"a.zk\" }}{{ index .Values \"configurationOverrides\" \"zookeeper.connect\" }} kafka{{ end }}",
                Kind::Containers,
            ),
            (
                "{{- define \"a.c\" }}{{ if .Values.kafka.brokers }}\nzookeeper.connect: z:1\nbroker.id: 1\n{{ end }}{{ end }}",
                Kind::Containers,
            ),
            ("{{- range .Values.kafka.bootstrapServers }}x{{ end }}", Kind::Containers),
            ("{{- define \"kafka.name\" }}{{ .Values.kafka.nameOverride }}{{ end }}", Kind::Unknown),
            ("{{- define \"a.env\" }}\n- name: A\n  value: kafka\n{{ end }}", Kind::Unknown),
        ] {
            let document = read("t/_helpers.tpl", text, None);
            assert_eq!((document.kind, document.parts.len()), (kind, 0), "{text}");
        }
        let cut = "{{ define \"a\" }}{{ if .Values.kafka.brokers }} kafka {{";
        assert_eq!(read("t/_x.tpl", cut, None).kind, Kind::Containers);
    }
}
