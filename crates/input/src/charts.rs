//! Charts of Helm by their names and versions, wherever they are asked for: in charts that depend on them, resources of Flux
//! and Argo, helmfiles, Terraform, commands.
//!
//! Of Strimzi's chart the version is the operator's. Bitnami's has its own, and the table says which Kafka each brings.
//! What is *not* here: values of charts (`containers`), and how Kafka is run (`platform`).

use kafka_upgrade_catalog::Mode;
use kafka_upgrade_document::{ClientVersion, Slice as _};

use crate::{Document, Observation, Span};

const STRIMZI: &str = "strimzi-kafka-operator";

/// The first version of Bitnami's chart that brings a Kafka. Source: `Chart.yaml` at the tags of bitnami/charts.
const BITNAMI: &[([u32; 3], &str)] = &[
    ([10, 2, 2], "2.5.0"),
    ([11, 7, 3], "2.6.0"),
    ([12, 4, 1], "2.7.0"),
    ([12, 17, 4], "2.8.0"),
    ([14, 1, 1], "2.8.1"),
    ([15, 0, 0], "3.0.0"),
    ([15, 0, 1], "3.1.0"),
    ([16, 2, 13], "3.1.1"),
    ([17, 0, 0], "3.2.0"),
    ([18, 0, 4], "3.2.1"),
    ([18, 4, 3], "3.2.3"),
    ([19, 0, 0], "3.3.1"),
    ([20, 0, 5], "3.3.2"),
    ([20, 1, 0], "3.4.0"),
    ([22, 1, 5], "3.4.1"),
    ([23, 0, 0], "3.5.0"),
    ([23, 0, 6], "3.5.1"),
    ([26, 0, 0], "3.6.0"),
    ([26, 4, 4], "3.6.1"),
    ([27, 0, 0], "3.7.0"),
    ([29, 3, 5], "3.7.1"),
    ([30, 0, 0], "3.8.0"),
    ([30, 1, 8], "3.8.1"),
    ([31, 0, 0], "3.9.0"),
    ([32, 0, 0], "4.0.0"),
];

/// The first major version of Bitnami's chart that is in KRaft mode unless its values say otherwise.
const BITNAMI_IN_KRAFT: u32 = 22;

/// Lines around a chart's name in which its version is looked for.
const NEAR: usize = 8;
/// Charts that are kept of one text.
const MAX_CHARTS: usize = 200;
/// Lines of a text that are looked at.
const MAX_LINES: usize = 20_000;

/// Adds what the charts that a text asks for run.
pub(crate) fn find(text: &str, document: &mut Document) {
    let of_bitnami = text.contains("bitnami");
    if !["chart", "repository", "helm ", "appVersion:"].iter().any(|word| text.contains(word)) {
        return;
    }
    let brings_image = brings_image(document);
    let lines = lines(text);
    let all = lines.iter().enumerate().filter_map(|(at, line)| asked(&lines, at, line));
    for (chart, version, span) in all.take(MAX_CHARTS) {
        let name = chart.rsplit('/').next().unwrap_or_default();
        if name == STRIMZI {
            let client = ClientVersion { name: "strimzi".to_owned(), version };
            document.observe(Observation::Client(client), span);
        } else if !brings_image {
            let known = of_bitnamis(&version).filter(|_| name == "kafka" && of_bitnami);
            let Some((major, kafka)) = known else {
                let client = ClientVersion { name: format!("Helm chart {chart}"), version };
                document.observe(Observation::Client(client), span);
                continue;
            };
            document.observe(Observation::BrokerVersion(kafka.to_owned()), span);
            if major >= BITNAMI_IN_KRAFT && !text.contains("ookeeper") {
                document.observe(Observation::Mode(Mode::Kraft), span);
            }
        }
    }
}

/// Values that name an image say themselves which Kafka runs.
fn brings_image(document: &Document) -> bool {
    document.all().any(|part| part.dependencies.iter().any(|one| one.artifact.ends_with("/kafka")))
}

struct Line<'t> {
    start: usize,
    /// Columns before it; for an item of a list the columns before its first key.
    indent: usize,
    is_entry: bool,
    text: &'t str,
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let all = text.split_inclusive('\n').take(MAX_LINES).map(|line| {
        let at = start;
        start += line.len();
        let own = line.trim_start();
        let (own, is_entry) = own.strip_prefix("- ").map_or((own, false), |own| (own.trim_start(), true));
        Line {
            start: at + line.len() - own.len(),
            indent: line.len() - own.len(),
            is_entry,
            text: own.trim_end(),
        }
    });
    all.collect()
}

/// A chart that a line asks for, its version, and where that stands.
fn asked(lines: &[Line<'_>], at: usize, line: &Line<'_>) -> Option<(String, String, Span)> {
    if line.text.starts_with(['#', '/']) {
        return None;
    }
    if line.text.contains("helm ") {
        return command(lines, at);
    }
    let (key, value, _) = pair(line.text)?;
    if !["name", "chart"].contains(&key) || !is_chart(value) {
        return None;
    }
    let inside = |one: &&Line<'_>| one.indent >= line.indent;
    let is_version = |one: &Line<'_>| {
        let (key, value, offset) = pair(one.text).filter(|_| one.indent == line.indent)?;
        let is_one = ["version", "targetRevision"].contains(&key);
        let digits = value.find(|sign: char| sign.is_ascii_digit()).filter(|_| is_one)?;
        let version = value.slice(digits..);
        let start = one.start + offset + digits;
        Some((version.to_owned(), Span::new(start as u32, (start + version.len()) as u32)))
    };
    let behind = lines
        .iter()
        .skip(at + 1)
        .take(NEAR)
        .take_while(|one| inside(one) && !(one.is_entry && one.indent <= line.indent));
    let mut before: Vec<&Line<'_>> = Vec::new();
    if !line.is_entry {
        for one in lines.slice(..at).iter().rev().take(NEAR).take_while(inside) {
            before.push(one);
            if one.is_entry && one.indent == line.indent {
                break;
            }
        }
    }
    // What has a name and a version is a chart where it has a repository as well.
    let block = || behind.clone().chain(before.iter().copied());
    let has_repository = || block().any(|one| pair(one.text).is_some_and(|(key, ..)| key == "repository"));
    // The operator's own chart.
    let is_own = || {
        let is_top = |one: &&Line<'_>| one.indent == 0 && !one.is_entry;
        value == STRIMZI
            && is_top(&line)
            && lines.iter().filter(is_top).any(|one| one.text.starts_with("appVersion:"))
    };
    if key == "name" && !has_repository() && !is_own() {
        return None;
    }
    let (version, span) = block().find_map(is_version)?;
    Some((value.to_owned(), version, span))
}

fn is_chart(value: &str) -> bool {
    let name = value.rsplit('/').next().unwrap_or_default();
    [STRIMZI, "kafka", "cp-helm-charts", "cp-kafka"].contains(&name) && !value.contains(' ')
}

/// `helm upgrade --install strimzi strimzi/strimzi-kafka-operator --version 0.45.0`, in one line or several.
fn command(lines: &[Line<'_>], at: usize) -> Option<(String, String, Span)> {
    let mut chart = None;
    let mut version = None;
    for line in lines.iter().skip(at).take(NEAR) {
        let mut words = line.text.split([' ', '=']).filter(|word| !word.is_empty());
        while let Some(word) = words.next() {
            if word == "--version" {
                version = words.next().map(|word| (word.trim_matches(['"', '\'']), line));
            } else if is_chart(word) && word.contains('/') {
                chart = chart.or(Some(word));
            }
        }
        if !line.text.ends_with('\\') {
            break;
        }
    }
    let ((version, line), chart) = version.zip(chart)?;
    let start = line.start + (version.as_ptr() as usize).checked_sub(line.text.as_ptr() as usize)?;
    let is_version = version.trim_start_matches('v').starts_with(|sign: char| sign.is_ascii_digit());
    is_version.then(|| {
        let span = Span::new(start as u32, (start + version.len()) as u32);
        (chart.to_owned(), version.trim_start_matches('v').to_owned(), span)
    })
}

/// `key: value`, `key = "value"`, `"key": "value",`: the key, the value without its quotes, and where that begins.
fn pair(line: &str) -> Option<(&str, &str, usize)> {
    let at = line.find([':', '='])?;
    let key = line.get(..at)?.trim().trim_matches(['"', '\'']);
    let rest = line.get(at + 1..)?;
    let value = rest.split(" #").next()?.trim().trim_end_matches([',', ';']).trim_matches(['"', '\'', '`']);
    let offset = (value.as_ptr() as usize).checked_sub(line.as_ptr() as usize)?;
    Some((key, value, offset))
}

/// The major version of Bitnami's chart, and the Kafka that it brings.
fn of_bitnamis(version: &str) -> Option<(u32, &'static str)> {
    let mut numbers = version.split('.').map(|part| part.parse().ok());
    let major = numbers.next().flatten()?;
    // Of `26.x.x` the newest counts.
    let mut next = || numbers.next().flatten().unwrap_or(u32::MAX);
    let wanted = [major, next(), next()];
    let (_, kafka) = BITNAMI.iter().rev().find(|(first, _)| *first <= wanted)?;
    Some((major, kafka))
}

#[cfg(test)]
mod tests {
    use crate::read;

    fn seen(path: &str, text: &str) -> Vec<String> {
        let document = read(path, text, None);
        let all = document.observations.iter().map(|one| {
            assert!(one.span.of(text).starts_with(|sign: char| sign.is_ascii_digit()), "{one:?}");
            format!("{} {}", one.what.subject(), one.what.value())
        });
        all.collect()
    }

    #[test]
    fn charts_are_known_wherever_they_are_asked_for() {
        let strimzi = ["client strimzi 0.45.0"];
        let chart = "apiVersion: v2\nname: platform\nversion: 0.1.0\ndependencies:\n  - name: redis\n    version: 1.2.3\n  - name: strimzi-kafka-operator\n    repository: https://strimzi.io/charts/\n    version: 0.45.0\n";
        assert_eq!(seen("Chart.yaml", chart), strimzi);
        let before = "apiVersion: v2\ndependencies:\n- version: \"0.45.0\"\n  name: strimzi-kafka-operator\n  repository: https://strimzi.io/charts/\n- version: 1.2.3\n  name: redis\n";
        assert_eq!(seen("Chart.yaml", before), strimzi);
        let helmfile = "releases:\n  - name: operator\n    chart: strimzi/strimzi-kafka-operator\n    version: 0.45.0 # pinned\n";
        assert_eq!(seen("helmfile.yaml", helmfile), strimzi);
        let flux = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: s}\nspec:\n  chart:\n    spec:\n      chart: strimzi-kafka-operator\n      version: 0.45.0\n";
        assert_eq!(seen("hr.yaml", flux), strimzi);
        let terraform = "resource \"helm_release\" \"s\" {\n  name = \"s\"\n  chart = \"strimzi-kafka-operator\"\n  version = \"0.45.0\"\n}\n";
        assert_eq!(seen("h.tf", terraform), strimzi);
        let command = "#!/bin/sh\nhelm upgrade --install s oci://quay.io/strimzi-helm/strimzi-kafka-operator \\\n  --version 0.45.0\n";
        assert_eq!(seen("i.sh", command), strimzi);
    }

    #[test]
    fn a_copy_of_strimzis_chart_has_its_version() {
        let text = "apiVersion: v2\nappVersion: 0.45.0\nname: strimzi-kafka-operator\nsources:\n- https://example.org\nversion: 0.45.0\n";
        assert_eq!(seen("Chart.yaml", text), ["client strimzi 0.45.0"]);
        assert_eq!(seen("x.yaml", &text.replace("appVersion: 0.45.0\n", "")), Vec::<String>::new());
    }

    #[test]
    fn bitnamis_chart_shows_the_kafka_release_and_its_mode() {
        let chart = |version: &str, more: &str| {
            let text = format!(
                "apiVersion: v2\ndependencies:\n  - name: kafka\n    version: {version}\n    repository: https://charts.bitnami.com/bitnami\n{more}"
            );
            seen("Chart.yaml", &text)
        };
        assert_eq!(chart("26.8.5", ""), ["broker-version 3.6.1", "mode kraft"]);
        assert_eq!(chart("32.x.x", ""), ["broker-version 4.0.0", "mode kraft"]);
        assert_eq!(chart("14.9.3", ""), ["broker-version 2.8.1"]);
        assert_eq!(chart("26.8.5", "  - name: zookeeper\n    version: 12.0.0\n"), ["broker-version 3.6.1"]);
    }

    #[test]
    fn what_other_charts_run_is_not_known() {
        let text = "apiVersion: v2\ndependencies:\n  - name: kafka\n    version: 1.0.0\n    repository: https://charts.example.org\n";
        assert_eq!(seen("Chart.yaml", text), ["client Helm chart kafka 1.0.0"]);
        let text = "releases:\n  - name: k\n    chart: confluent/cp-helm-charts\n    version: 0.6.0\n";
        assert_eq!(seen("helmfile.yaml", text), ["client Helm chart confluent/cp-helm-charts 0.6.0"]);
    }

    #[test]
    fn other_charts_and_names_are_not_read() {
        for text in [
            "apiVersion: v2\nname: strimzi-kafka-operator\nappVersion: 1\n",
            "components:\n  - name: kafka\n    version: 1.0.0\n",
            "# helm install s strimzi/strimzi-kafka-operator --version 0.45.0\n",
            "metadata:\n  name: strimzi-kafka-operator\nspec:\n  version: 1.2.3\n",
        ] {
            assert_eq!(seen("x.yaml", text), Vec::<String>::new(), "{text}");
        }
    }
}
