//! Options of Spark's source and sink for Kafka: `.option("kafka.KEY", "VALUE")` in Python, Scala, Java and R.
//!
//! Spark hands what stands behind `kafka.` to the clients that it starts. What is *not* here: options that are put together
//! from variables.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::{Slice as _, Span};

use crate::environment::is_known;
use crate::part::with_settings;
use crate::tokens::{Comments, Token, TokenKind, read};
use crate::{Document, Kind, Setting};

/// Adds the settings that a text hands to Spark's clients, each chain of options as a client of its own.
pub(super) fn find(text: &str, document: &mut Document) {
    if !["\"kafka.", "'kafka."].iter().any(|sign| text.contains(sign)) || !text.contains("option(") {
        return;
    }
    let slashes = text.contains(".option(") && text.lines().any(|line| line.trim_start().starts_with("//"));
    let tokens = read(text, if slashes { Comments::Slashes } else { Comments::Hash });
    let mut settings: Vec<Setting> = Vec::new();
    let mut component = Component::CONSUMER;
    for (at, token) in tokens.iter().enumerate() {
        if token.kind != TokenKind::Word {
            continue;
        }
        // `spark.readStream.format` is one word; a source or a sink begins there.
        let begins = token
            .text
            .split('.')
            .find(|name| matches!(*name, "readStream" | "read" | "writeStream" | "write"));
        if let Some(name) = begins {
            add(component, std::mem::take(&mut settings), document);
            let writes = name.starts_with("write");
            component = if writes { Component::PRODUCER } else { Component::CONSUMER };
        }
        if token.text.rsplit('.').next() == Some("option") {
            settings.extend(option(tokens.slice(at + 1..), component));
        }
    }
    add(component, settings, document);
}

/// `("kafka.KEY", "VALUE")` behind the name of the call.
fn option(rest: &[Token<'_>], component: Component) -> Option<Setting> {
    let [open, key, comma, value, ..] = rest else { return None };
    let is_text = |one: &Token<'_>| one.kind == TokenKind::Text;
    if open.text != "(" || comma.text != "," || !is_text(key) || !is_text(value) {
        return None;
    }
    let name = key.text.strip_prefix("kafka.").filter(|name| is_known(name, Some(component)))?;
    let end = key.span.end.saturating_sub(1);
    Some(Setting {
        component: None,
        key: name.to_owned(),
        prefix: String::new(),
        value: value.text.to_owned(),
        span: Span::new(key.span.start, value.span.end),
        key_span: Span::new(end.saturating_sub(name.len() as u32), end),
        value_span: Span::new(value.span.start + 1, value.span.end.saturating_sub(1)),
        effective: true,
    })
}

fn add(component: Component, settings: Vec<Setting>, document: &mut Document) {
    let Some(place) = settings.first().map(|first| first.key_span) else { return };
    let part = with_settings(Kind::ApplicationConfig, component, settings, place);
    // A line of code is more than a setting.
    document.parts.push(Document { is_escaped: true, ..part });
    if document.kind == Kind::Unknown {
        document.kind = Kind::ApplicationConfig;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_chain_of_options_is_a_client() {
        let text = "from pyspark.sql import SparkSession\n\
                    df = (spark.readStream.format(\"kafka\")\n    .option(\"kafka.bootstrap.servers\", \"k1:9092\")\n    \
                    .option(\"kafka.isolation.level\", \"read_committed\")\n    .option(\"subscribe\", \"a\").load())\n\
                    df.writeStream.format('kafka').option('kafka.acks', '1').start()\n";
        let document = crate::read("job.py", text, None);
        let show = |part: &Document| {
            let settings = part.settings.iter().map(|one| format!("{}={}", one.key, one.value));
            let component = part.component.map_or("nobody", Component::name);
            format!("{component}: {}", settings.collect::<Vec<_>>().join(" "))
        };
        assert_eq!(
            document.parts.iter().map(show).collect::<Vec<_>>(),
            ["consumer: bootstrap.servers=k1:9092 isolation.level=read_committed", "producer: acks=1"]
        );
        let other = "from django.conf import settings\nparser.option(\"kafka.topic\", \"a\")\n";
        assert!(crate::read("a.py", other, None).parts.is_empty());
    }
}
