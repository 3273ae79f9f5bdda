//! Files that name metrics: the JMX exporter's rules, alerts and recordings of Prometheus, dashboards of Grafana,
//! what Telegraf, Datadog, OpenTelemetry and others collect from MBeans, and lists of names as they are copied.
//!
//! A file is walked for the keys under which such files have names, whatever its program. What is *not* here: how
//! names are written (`metric_names`), and which of them a release has. What is left out on purpose (`excludeObjectNames`)
//! is not used. Invariant: sniffing reads no tree.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::EmbeddedFile;
use kafka_upgrade_document::Slice as _;
use kafka_upgrade_sorted::Sorted as _;

use crate::metric_names as names;
use crate::{Document, Encoding, Format, Kind, Problem, Span, Usage};
use kafka_upgrade_syntax::tree::{Node, Scalar, Style, Tree, json, toml, yaml};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format {
    name: "metrics",
    extensions: &["rules"],
    names: &["jmx_exporter.yml", "jmx-exporter.yml", "jmx_exporter.yaml", "jmx-exporter.yaml"],
    sniff,
    read,
};

/// Confidence for files of rules and queries: above that of formats which find such names in printed output.
const RULES: u8 = 96;

/// Confidence for lists of metrics, which other formats may recognise better.
const LIST: u8 = 85;

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 8_000;

/// Keys of queries.
const QUERIES: [&str; 7] = ["expr", "query", "target", "definition", "q", "rawQuery", "prometheusQuery"];

/// Before the name of a metric in a filter of Google's.
const OF_GOOGLE: &str = "prometheus.googleapis.com/";

/// Keys of MBeans and of patterns for them.
const BEANS: [&str; 12] = [
    "pattern",
    "bean",
    "beans",
    "bean_regex",
    "mbean",
    "mBean",
    "objectName",
    "object_name",
    "obj",
    "includeObjectNames",
    "whitelistObjectNames",
    "includeObjectNameAttributes",
];

/// Keys of attributes beside those of MBeans.
const ATTRIBUTES: [&str; 7] = ["attribute", "attributes", "attr", "paths", "mapping", "read_attr", "values"];

/// Keys of what is left out.
const EXCEPTIONS: [&str; 4] =
    ["exclude", "excludeObjectNames", "blacklistObjectNames", "excludeObjectNameAttributes"];

fn sniff(_: &str, text: &str) -> u8 {
    let end = text.floor_char_boundary(BEGINNING_BYTES);
    let text = text.slice(..end).trim_start_matches('\u{feff}').trim_start();
    if is_json(text) {
        let has = |keys: &[&str]| keys.iter().any(|key| text.contains(key));
        // New Relic's, Datadog's and Google's, who call panels widgets.
        let widgets = has(&["\"widgets\"", "\"widget\""])
            && has(&["\"nrql", "\"requests\"", "\"queries\"", "\"prometheusQuery\"", "\"timeSeriesFilter\""]);
        let alert = has(&["\"conditions\""]) && has(&["\"conditionThreshold\"", "\"conditionPrometheus"]);
        let panels = has(&["\"panels\"", "\"rows\"", "\"targets\""]);
        let grafana = has(&[
            "\"schemaVersion\"",
            "\"gridPos\"",
            "\"datasource\"",
            "\"templating\"",
            "\"__inputs\"",
            "\"expr\"",
        ]);
        let begins = has(&["\"__inputs\"", "\"annotations\""]) && has(&["\"datasource\"", "\"pluginId\""]);
        let collected = has(&["\"mbean\"", "\"obj\"", "\"objectName\""]) && has(&["\"kafka."]);
        if collected {
            return 85;
        }
        return if panels && grafana || begins || widgets || alert { RULES } else { 0 };
    }
    let mut signs = Signs::default();
    for line in text.lines() {
        signs.line(line.trim_start().trim_start_matches("- ").trim_start());
    }
    signs.sum()
}

/// An object or a list of them. Tables of TOML begin with brackets too.
fn is_json(text: &str) -> bool {
    text.strip_prefix('[').map_or(text, str::trim_start).starts_with('{')
}

/// Signs of metrics in the lines of a text.
#[derive(Default)]
struct Signs {
    /// Files of another sort that may hold some of these.
    others: bool,
    rules: bool,
    expressions: bool,
    exporter: bool,
    beans: bool,
    /// Lines that are each one metric, and lines.
    listed: u32,
    lines: u32,
}

impl Signs {
    fn line(&mut self, line: &str) {
        if line.is_empty() {
            return;
        }
        self.lines += 1;
        let begins = |with: &[&str]| with.iter().any(|with| line.starts_with(with));
        let kind = line.strip_prefix("kind:").map(str::trim);
        self.others |= begins(&["services:", "image:", "FROM ", "repository:"])
            // A label may be called so as well.
            || kind.is_some_and(|kind| kind != "PrometheusRule" && kind.starts_with(|one: char| one.is_ascii_uppercase()));
        self.rules |= begins(&["groups:", "alert:", "record:"]) || kind == Some("PrometheusRule");
        self.expressions |= begins(&["expr:", "expr |"]);
        self.exporter |= begins(&[
            "lowercaseOutput",
            "whitelistObjectNames:",
            "blacklistObjectNames:",
            "includeObjectNames:",
            "excludeObjectNames:",
            "jmxUrl:",
        ]) || begins(&["pattern:"])
            && (line.contains("kafka") && line.contains('<') || line.contains("><>"));
        let key = || line.split([':', '=', ' ']).next().unwrap_or_default().trim_matches('"');
        self.beans |= line.contains("kafka") && (BEANS.contains(&key()) || is_domain(line));
        self.listed += u32::from(is_listed(line));
    }

    const fn sum(&self) -> u8 {
        match self {
            Self { listed: 1.., .. } if self.listed * 2 >= self.lines => LIST,
            Self { others: true, .. } => 0,
            Self { rules: true, expressions: true, .. } | Self { exporter: true, .. } => RULES,
            Self { beans: true, .. } => 80,
            _ => 0,
        }
    }
}

/// `domain: kafka.producer`: the part of an MBean's name before its properties, as Datadog has it.
fn is_domain(line: &str) -> bool {
    line.strip_prefix("domain:")
        .is_some_and(|name| name.trim().trim_matches(['"', '\'']).starts_with("kafka."))
}

/// Whether a line is one metric: as Prometheus exposes it, or an MBean as JMX names it.
fn is_listed(line: &str) -> bool {
    let exposed = line.strip_prefix("# HELP ").or_else(|| line.strip_prefix("# TYPE "));
    let flat = |line: &str| {
        let name = line.split([' ', '{']).next().unwrap_or_default();
        name.starts_with("kafka_")
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_:".contains(&byte))
            // A variable of Ansible's has its value behind a colon.
            && !name.ends_with(':')
    };
    exposed.is_some()
        || flat(line)
        || line.starts_with("kafka.") && line.split_once(':').is_some_and(|(_, rest)| rest.contains("type="))
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut found = Found { text, usages: Vec::new() };
    let begin = text.trim_start_matches('\u{feff}').trim_start();
    let mut signs = Signs::default();
    let end = begin.floor_char_boundary(BEGINNING_BYTES);
    begin.slice(..end).lines().for_each(|line| signs.line(line.trim_start()));
    let tree = if is_json(begin) {
        json::read(text)
    } else if signs.sum() == LIST {
        found.list();
        Tree::default()
    } else if begin.lines().any(|line| line.trim_start().starts_with("[[")) {
        toml::read(text)
    } else {
        yaml::read(text)
    };
    for root in &tree.roots {
        found.walk(root, 0);
    }
    let mut usages = found.usages;
    usages.order_by(|a, b| (a.span, &a.name).cmp(&(b.span, &b.name)));
    usages.dedup_by(|a, b| a.span == b.span && a.name == b.name);
    // Its own program may refuse it; Kafka never reads it.
    let problems = tree.problem.into_iter().map(|problem| Problem { fatal: false, ..problem }).collect();
    Document { kind: Kind::Metrics, usages, problems, ..Document::default() }
}

/// Reads names in a file within another text, as it is written there; `None` where it is of another sort.
pub(crate) fn within(file: &EmbeddedFile) -> Option<Document> {
    let text = file.written.text.as_str();
    if sniff(&file.name, text) == 0 {
        return None;
    }
    let mut found = Found { text, usages: Vec::new() };
    found.trees(&file.name);
    let mut document = Document { usages: found.usages, ..Document::default() };
    document.relocate(&file.written);
    Some(document)
}

/// What a text names.
struct Found<'t> {
    text: &'t str,
    usages: Vec<Usage>,
}

impl Found<'_> {
    /// Goes through a tree, which is no deeper than trees are kept, and through `levels` of texts that hold trees.
    fn walk(&mut self, node: &Node, levels: u32) {
        for item in node.items() {
            self.walk(item, levels);
        }
        self.domain(node);
        let has_query =
            node.get("query").is_some_and(|query| !matches!(query, Node::Scalar(one) if one.text.is_empty()));
        for (key, value) in node.entries() {
            match (key.text.as_str(), value) {
                (known, _) if EXCEPTIONS.contains(&known) => {}
                // The same once more.
                ("definition", _) if has_query => {}
                ("filter", Node::Scalar(scalar)) if scalar.text.contains(OF_GOOGLE) => self.filter(scalar),
                (known, Node::Scalar(scalar)) if QUERIES.contains(&known) => self.query(scalar),
                (known, value) if BEANS.contains(&known) => self.beans(value, node),
                // A file in a ConfigMap.
                (name, Node::Scalar(scalar)) if scalar.style == Style::Block && levels == 0 => {
                    self.file(name, scalar);
                }
                (_, value) => self.walk(value, levels),
            }
        }
    }

    /// A file that is a text of another one.
    fn file(&mut self, name: &str, scalar: &Scalar) {
        let mut inner = Found { text: scalar.span.of(self.text), usages: Vec::new() };
        inner.trees(name);
        let by = scalar.span.start;
        self.usages.extend(inner.usages.into_iter().map(|usage| {
            let span = Span::new(usage.span.start + by, usage.span.end + by);
            Usage { span, ..usage }
        }));
    }

    /// Goes through all of a file that stands in another one, by its name.
    fn trees(&mut self, name: &str) {
        let tree = if name.ends_with(".json") { json::read(self.text) } else { yaml::read(self.text) };
        tree.roots.iter().for_each(|root| self.walk(root, 1));
    }

    fn query(&mut self, scalar: &Scalar) {
        let raw = scalar.span.of(self.text);
        self.add(names::flat(raw, scalar.span.start, scalar.style == Style::Double));
    }

    /// `metric.type = "prometheus.googleapis.com/NAME/gauge"`.
    fn filter(&mut self, scalar: &Scalar) {
        let raw = scalar.span.of(self.text);
        for (at, _) in raw.match_indices(OF_GOOGLE) {
            let from = at + OF_GOOGLE.len();
            let name = raw.slice(from..).split(['/', '"', '\\']).next().unwrap_or_default();
            self.add(names::flat(name, scalar.span.start + from as u32, false));
        }
    }

    /// MBeans by their domain and type, with the attributes that stand beside these.
    fn domain(&mut self, node: &Node) {
        let text = |key: &str| node.get(key).and_then(Node::text).unwrap_or_default();
        let domain = node.get("domain").and_then(Node::scalar).filter(|one| one.text.starts_with("kafka."));
        let Some(domain) = domain.filter(|_| node.get("bean").is_none()) else { return };
        let mut attributes = Vec::new();
        for (_, beside) in node.entries().iter().filter(|(key, _)| ATTRIBUTES.contains(&key.text.as_str())) {
            scalars(beside, &mut attributes);
        }
        let attributes = given(attributes);
        let bean = match text("type") {
            "" => format!("{}:*", domain.text),
            sort => format!("{}:type={sort}", domain.text),
        };
        // The name is put together, so that only attributes have places.
        let mut named = names::beans(&bean, domain.span.start, &attributes);
        named.retain(|one| attributes.iter().any(|(_, span)| *span == one.span));
        self.add(named);
    }

    /// The MBeans under a key, with the attributes that stand beside it.
    fn beans(&mut self, value: &Node, around: &Node) {
        let mut attributes = Vec::new();
        for (_, beside) in around.entries().iter().filter(|(key, _)| ATTRIBUTES.contains(&key.text.as_str()))
        {
            scalars(beside, &mut attributes);
        }
        let attributes = given(attributes);
        match value {
            Node::Scalar(scalar) => self.bean(scalar, &attributes),
            Node::List(items) => {
                items.iter().filter_map(Node::scalar).for_each(|one| self.bean(one, &attributes))
            }
            Node::Map(entries) => {
                for (bean, beside) in entries {
                    let mut attributes = Vec::new();
                    scalars(beside, &mut attributes);
                    self.bean(bean, &given(attributes));
                }
            }
        }
    }

    fn bean(&mut self, scalar: &Scalar, attributes: &[(String, Span)]) {
        let raw = scalar.span.of(self.text);
        self.add(names::beans(raw, scalar.span.start, attributes));
    }

    /// Lines that are each one metric, each metric once.
    fn list(&mut self) {
        let text = self.text;
        let mut known = std::collections::BTreeSet::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let begin = start + (line.len() - line.trim_start().len()) as u32;
            start += line.len() as u32;
            let line = line.trim();
            let name = line.split([' ', '{']).next().unwrap_or_default();
            if line.starts_with('#') {
                continue;
            }
            let bean = name.split_once(':').is_some_and(|(_, rest)| rest.contains('='));
            let labelled = line.rfind('}').and_then(|end| line.get(..=end)).unwrap_or(name);
            let named =
                if bean { names::beans(name, begin, &[]) } else { names::flat(labelled, begin, false) };
            self.add(named.into_iter().filter(|one| known.insert(one.name.clone())).collect());
        }
    }

    fn add(&mut self, named: Vec<names::Named>) {
        self.usages.extend(named.into_iter().map(Usage::from));
    }
}

/// Every key and every text below a node.
fn scalars<'n>(node: &'n Node, all: &mut Vec<&'n Scalar>) {
    match node {
        Node::Scalar(scalar) => all.push(scalar),
        Node::List(items) => items.iter().for_each(|item| scalars(item, all)),
        Node::Map(entries) => {
            for (key, value) in entries {
                all.push(key);
                scalars(value, all);
            }
        }
    }
}

/// Those that are names of Kafka's own metrics.
fn given(all: Vec<&Scalar>) -> Vec<(String, Span)> {
    let named = all.into_iter().filter(|one| names::is_attribute(&one.text) && one.text.contains('-'));
    named.map(|one| (one.text.clone(), one.span)).collect()
}

#[cfg(test)]
mod tests;
