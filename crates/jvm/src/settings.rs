//! Settings that code makes: keys with values that are put into a map or properties.
//!
//! A key is a string, or a constant of one of Kafka's classes of configuration. Whose key it is: the class of its
//! constant says, else what the map is passed to, else the keys that are put into the same map together.
//! Decision: constants have no values in the catalog. Their names follow rules (`ENABLE_IDEMPOTENCE_CONFIG` is
//! `enable.idempotence`), and a guess counts only when the catalog knows the key.

use std::collections::BTreeMap;

use kafka_upgrade_catalog::{Component, history};
use kafka_upgrade_sorted::Sorted as _;

use crate::ComponentOf;
use crate::call::Argument;
use crate::config::{ConfigEntry, ConfigSink};
use crate::names::{is_class, is_kafka};
use crate::reader::Reader;
use crate::token::TokenKind;
use crate::types::Type;
use kafka_upgrade_document::{Setting, Span};

/// What takes a configuration, by its simple name. Spring's own are everywhere.
const TAKERS: &[(&str, Component)] = &[
    ("Admin", Component::ADMIN),
    ("AdminClient", Component::ADMIN),
    ("DefaultKafkaConsumerFactory", Component::CONSUMER),
    ("DefaultKafkaProducerFactory", Component::PRODUCER),
    ("KafkaAdmin", Component::ADMIN),
    ("KafkaConsumer", Component::CONSUMER),
    ("KafkaProducer", Component::PRODUCER),
    ("KafkaStreams", Component::STREAMS),
    ("KafkaStreamsConfiguration", Component::STREAMS),
    ("StreamsConfig", Component::STREAMS),
    ("configs", Component::TOPIC),
];

const PREFIXES: &[(&str, &str, Component)] = &[
    ("adminClientPrefix", "admin.", Component::ADMIN),
    ("consumerPrefix", "consumer.", Component::CONSUMER),
    ("globalConsumerPrefix", "global.consumer.", Component::CONSUMER),
    ("mainConsumerPrefix", "main.consumer.", Component::CONSUMER),
    ("producerPrefix", "producer.", Component::PRODUCER),
    ("restoreConsumerPrefix", "restore.consumer.", Component::CONSUMER),
    ("topicPrefix", "topic.", Component::TOPIC),
];

/// Components whose keys code sets.
const CLIENTS: &[Component] =
    &[Component::PRODUCER, Component::CONSUMER, Component::ADMIN, Component::STREAMS, Component::TOPIC];

/// A key as it is written.
struct Key {
    name: String,
    prefix: &'static str,
    component: Option<Component>,
    shared: bool,
}

impl<'a> Reader<'a, '_> {
    /// A call that may put something into a map.
    pub(crate) fn record_put(&mut self, at: usize, name: &str, of: &Type<'a>, arguments: &[Argument<'a>]) {
        if !self.reports_usages() {
            return;
        }
        let on = if at > 1 && matches!(self.text_at(at - 1), "." | "?.") { self.text_at(at - 2) } else { "" };
        match (name, arguments) {
            ("put" | "setProperty" | "putIfAbsent" | "set", [key, value]) => self.put(on, of, key, value),
            ("entry", [key, value]) if on == "Map" => self.put(self.assigned(at), of, key, value),
            ("of", pairs) if matches!(on, "Map" | "ImmutableMap") => {
                let variable = self.assigned(at - 2);
                for pair in pairs.chunks_exact(2) {
                    if let [key, value] = pair {
                        self.put(variable, of, key, value);
                    }
                }
            }
            ("mapOf" | "mutableMapOf" | "hashMapOf" | "Map" | "HashMap", pairs) => {
                let variable = self.assigned(at);
                for pair in pairs {
                    let arrow = (pair.start..pair.end).find(|at| matches!(self.text_at(*at), "to" | "->"));
                    if let Some(arrow) = arrow {
                        let key = Argument { end: arrow, ..pair.clone() };
                        let value = Argument { start: arrow + 1, ..pair.clone() };
                        self.put(variable, of, &key, &value);
                    }
                }
            }
            ("create", [only]) => self.pass(on, only),
            // `new NewTopic(…).configs(…)`, and Spring's `TopicBuilder`.
            ("configs", [only]) => self.pass(name, only),
            _ => {}
        }
    }

    /// What is passed to a constructor.
    pub(crate) fn passed(&mut self, of: &Type<'a>, arguments: &[Argument<'a>]) {
        if let (Some(name), Some(first)) = (of.name().map(str::to_owned), arguments.first()) {
            self.pass(name.rsplit('.').next().unwrap_or(&name), first);
        }
    }

    fn pass(&mut self, taker: &str, argument: &Argument<'a>) {
        let Some((_, component)) =
            TAKERS.iter().find(|(name, _)| *name == taker).filter(|_| self.reports_usages())
        else {
            return;
        };
        let name = if argument.end == argument.start + 1 { self.text_at_any(argument.start) } else { "" };
        let span = self.span(argument.start, argument.end.saturating_sub(1));
        self.sinks.push(ConfigSink { component: *component, map: (self.method, name), span });
    }

    /// The variable to which what begins here is assigned.
    fn assigned(&self, at: usize) -> &'a str {
        let before = |back: usize| at.checked_sub(back).map_or("", |at| self.text_at_any(at));
        match before(1) {
            "=" => before(2),
            "return" => "return",
            _ => "",
        }
    }

    /// A key with its value that goes into the map of a variable.
    pub(crate) fn put(&mut self, variable: &'a str, of: &Type<'a>, key: &Argument<'a>, value: &Argument<'a>) {
        let other = of.name().is_some_and(|name| {
            let simple = name.rsplit(['.', '$']).next().unwrap_or(name);
            !(simple.contains("Map") || simple == "Properties" || simple == "Object" || simple == "Any")
        });
        if !self.reports_usages() || other {
            return;
        }
        let Some(found) = self.key(key.start, key.end) else { return };
        let last = value.end.saturating_sub(1).max(value.start);
        self.entries.push(ConfigEntry {
            map: (self.method, variable),
            key: found.name,
            prefix: found.prefix,
            component: found.component,
            shared: found.shared,
            value: self.literal(value.start, value.end),
            key_span: self.span(key.start, key.end.saturating_sub(1)),
            value_span: self.span(value.start, last),
        });
    }

    /// The key that these tokens stand for.
    fn key(&self, start: usize, end: usize) -> Option<Key> {
        let token = self.tokens.get(start).filter(|_| start < end)?;
        if token.kind == TokenKind::Text && end == start + 1 {
            let name = unquoted(token.text)?;
            return Some(Key { name, prefix: "", component: None, shared: true });
        }
        for at in start..end {
            if let Some((_, prefix, component)) =
                PREFIXES.iter().find(|(name, ..)| *name == self.text_at_any(at))
            {
                let inner = self.key(at + 2, end.saturating_sub(1))?;
                return Some(Key { prefix, component: Some(*component), shared: false, ..inner });
            }
        }
        let last = end.checked_sub(1)?;
        let constant = self.text_at_any(last);
        let class = match last.checked_sub(start)? {
            0 => self
                .names
                .owners_of(constant)
                .map(|(class, _)| class.to_string())
                .find(|one| is_kafka(one))?,
            _ => self.class_at(start)?.0.kafka()?.to_owned(),
        };
        let component = match class.rsplit(['.', '$']).next().unwrap_or_default() {
            "ProducerConfig" => Some(Component::PRODUCER),
            "ConsumerConfig" => Some(Component::CONSUMER),
            "StreamsConfig" => Some(Component::STREAMS),
            "AdminClientConfig" => Some(Component::ADMIN),
            "TopicConfig" => Some(Component::TOPIC),
            "CommonClientConfigs" | "SaslConfigs" | "SslConfigs" => None,
            _ => return None,
        };
        let name = of_constant(constant, component)?;
        Some(Key { name, prefix: "", component, shared: component.is_none() })
    }

    /// The value that these tokens stand for, where they say it.
    fn literal(&self, start: usize, end: usize) -> Option<String> {
        let token = self.tokens.get(start).filter(|_| start < end)?;
        let alone = end == start + 1;
        match token.kind {
            TokenKind::Text if alone => return unquoted(token.text),
            TokenKind::Number if alone => {
                return Some(token.text.replace('_', "").trim_end_matches(['l', 'L']).to_owned());
            }
            TokenKind::Name if alone && matches!(token.text, "true" | "false") => {
                return Some(token.text.to_owned());
            }
            TokenKind::Symbol if token.text == "-" && end == start + 2 => {
                return Some(format!("-{}", self.literal(start + 1, end)?));
            }
            _ => {}
        }
        // `String.valueOf(5)`, `Integer.toString(5)`
        let wrapped = (start..end).find(|at| matches!(self.text_at_any(*at), "valueOf" | "toString"));
        if let Some(at) = wrapped.filter(|at| at + 4 == end) {
            return self.literal(at + 2, at + 3);
        }
        // `X.class`, `X.class.getName()`, `X::class.java`, `classOf[X]`
        let is_class = (start..end).any(|at| matches!(self.text_at_any(at), "class" | "classOf"));
        let from = if token.text == "classOf" { start + 2 } else { start };
        if is_class {
            return self.class_at(from)?.0.kafka().map(str::to_owned);
        }
        // `StreamsConfig.EXACTLY_ONCE` is what it is called.
        let name = self.text_at_any(end.saturating_sub(1));
        let of_streams = name.starts_with("EXACTLY_ONCE") || name == "AT_LEAST_ONCE";
        of_streams.then(|| name.to_ascii_lowercase())
    }

    /// All entries, as settings of the components that are known.
    pub(crate) fn settings(&mut self) -> Vec<Setting> {
        let entries = std::mem::take(&mut self.entries);
        let mut maps: BTreeMap<(usize, &str), Vec<&ConfigEntry<'_>>> = BTreeMap::new();
        for put in &entries {
            maps.entry(put.map).or_default().push(put);
        }
        let mut settings = Vec::new();
        for (map, entries) in maps {
            let named = self.sinks.iter().find(|passed| passed.map == map && !map.1.is_empty());
            let of_all =
                named.map(|passed| passed.component).or_else(|| told_by_keys(&entries, self.component_of));
            for put in entries {
                let here = self.sinks.iter().find(|passed| {
                    passed.span.start <= put.key_span.start && put.key_span.end <= passed.span.end
                });
                let own = put.component.or(here.map(|passed| passed.component));
                // A constant of topics among a broker's settings is a key that brokers do not have.
                if of_all == Some(Component::BROKER) && own == Some(Component::TOPIC) {
                    continue;
                }
                let Some(component) = own.or(of_all).filter(|component| knows(*component, &put.key)) else {
                    continue;
                };
                settings.push(Setting {
                    component: Some(component),
                    key: put.key.clone(),
                    prefix: put.prefix.to_owned(),
                    value: put.value.clone().unwrap_or_default(),
                    span: Span::new(put.key_span.start, put.value_span.end),
                    key_span: put.key_span,
                    value_span: put.value_span,
                    effective: true,
                });
            }
        }
        settings.order_by_key(|setting| setting.span);
        settings
    }
}

/// What the keys of one map say of it, when none of them says it by its class.
fn told_by_keys(entries: &[&ConfigEntry<'_>], component_of: ComponentOf) -> Option<Component> {
    let by_class = entries.iter().filter(|put| put.prefix.is_empty()).filter_map(|put| put.component);
    let mut clients = by_class.filter(|component| *component != Component::TOPIC);
    if let Some(first) = clients.next() {
        return clients.all(|other| other == first).then_some(first);
    }
    let fits = |component: &&Component| entries.iter().all(|put| !put.shared || knows(**component, &put.key));
    let settings: Vec<Setting> = entries.iter().map(|put| plain(put)).collect();
    // A test starts brokers with such a map; one key of theirs that nothing else has is enough.
    let is_known = |found: &Component| CLIENTS.contains(found) || *found == Component::BROKER;
    component_of(&settings).filter(|found| is_known(found) && entries.len() > 1 && fits(&found))
}

fn plain(put: &ConfigEntry<'_>) -> Setting {
    Setting {
        component: None,
        key: put.key.clone(),
        prefix: String::new(),
        value: put.value.clone().unwrap_or_default(),
        span: put.key_span,
        key_span: put.key_span,
        value_span: put.value_span,
        effective: true,
    }
}

fn knows(component: Component, key: &str) -> bool {
    history(component, key).next().is_some()
}

/// The key that a constant is called after.
fn of_constant(constant: &str, component: Option<Component>) -> Option<String> {
    if is_class(constant)
        || !constant.chars().all(|one| one.is_ascii_uppercase() || one == '_' || one.is_ascii_digit())
    {
        return None;
    }
    let plain = constant.strip_suffix("_CONFIG").unwrap_or(constant).to_ascii_lowercase().replace('_', ".");
    let owners = component.map_or(CLIENTS.to_vec(), |one| vec![one]);
    let known = |key: &String| owners.iter().any(|owner| knows(*owner, key));
    let without_class = || plain.strip_suffix(".class").unwrap_or(&plain).to_owned();
    [plain.clone(), without_class(), format!("{plain}.ms"), format!("{plain}.bytes")]
        .into_iter()
        .find(known)
        .or_else(|| (plain == "metric.reporter.classes").then(|| "metric.reporters".to_owned()))
}

/// What a string literal says; `None` where something is put into it.
fn unquoted(text: &str) -> Option<String> {
    let inner = text.strip_prefix('"')?.strip_suffix('"')?;
    (!inner.contains(['"', '\\', '$'])).then(|| inner.to_owned())
}
