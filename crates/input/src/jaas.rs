//! Login configurations of Java (JAAS): the sections that Kafka's programs look for.
//!
//! The section `Client` is the login of brokers at ZooKeeper. What is *not* here: the options of a login module; its
//! secrets are covered like any other.

use kafka_upgrade_catalog::Component;
use kafka_upgrade_document::Slice as _;

use kafka_upgrade_sorted::Sorted as _;

use crate::{Document, Encoding, Format, Kind, Observation, Setting, Span};

/// The format's entry in [`crate::FORMATS`].
pub(crate) const FORMAT: Format = Format { name: "jaas", extensions: &["jaas"], names: &[], sniff, read };

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 16_000;

/// Sections of brokers, beside which a section for ZooKeeper is theirs.
const BROKERS: &[&str] = &["KafkaServer", "KafkaBroker"];

fn sniff(_: &str, text: &str) -> u8 {
    let beginning = text.slice(..text.floor_char_boundary(BEGINNING_BYTES));
    let has_module = beginning.contains("LoginModule");
    let has_section = sections(beginning).any(|(name, _)| {
        BROKERS.contains(&name)
            || matches!(name, "KafkaClient" | "KafkaConnect" | "Client" | "Server")
            || name.ends_with(".KafkaServer")
    });
    // A template has its modules elsewhere.
    let is_filled_in = || sections(beginning).any(|(name, _)| BROKERS.contains(&name));
    // A program's own section, or one that a template names, has a module of Kafka's.
    let has_kafkas_module = || {
        beginning.contains("org.apache.kafka.common.security.")
            && beginning.lines().any(|line| line.trim_end().ends_with('{'))
            && beginning.lines().any(|line| line.trim() == "};")
    };
    match () {
        () if has_section && (has_module || is_filled_in()) => 93,
        () if has_module && has_kafkas_module() => 70,
        () => 0,
    }
}

fn read(_: &str, text: &str, _: Option<Component>, _: Encoding) -> Document {
    let mut document = Document { kind: Kind::ApplicationConfig, ..Document::default() };
    let of_brokers =
        sections(text).any(|(name, _)| BROKERS.contains(&name) || name.ends_with(".KafkaServer"));
    if of_brokers {
        // An empty one is there to have none.
        let logs_in = |at: usize| {
            let section = text.slice(at..).split_once('{').and_then(|(_, rest)| rest.split_once('}'));
            section.is_none_or(|(inner, _)| !inner.trim_matches(['{', ' ', '\t', '\n', '\r']).is_empty())
        };
        for (name, at) in sections(text).filter(|(name, at)| *name == "Client" && logs_in(*at)) {
            document.observe(Observation::LogsInToZookeeper, Span::new(at as u32, (at + name.len()) as u32));
        }
    }
    let settings = refused(text);
    if let Some(place) = settings.first().map(|first| first.span) {
        document.parts.push(Document {
            kind: Kind::ApplicationConfig,
            component: Some(Component::ADMIN),
            settings,
            place: Some(place),
            is_partial: true,
            ..Document::default()
        });
    }
    document
}

/// Login modules of Java itself that Kafka refuses, and the settings that they are, one for each place.
fn refused(text: &str) -> Vec<Setting> {
    const MODULES: &[&str] =
        &["com.sun.security.auth.module.JndiLoginModule", "com.sun.security.auth.module.LdapLoginModule"];
    let found = MODULES.iter().flat_map(|module| text.match_indices(module));
    let mut found: Vec<Setting> = found
        .filter(|(at, _)| {
            let line = text.slice(..*at).rsplit('\n').next().unwrap_or_default();
            !line.trim_start().starts_with(['/', '*', '#'])
        })
        .map(|(at, module)| {
            // With its flag, and the options of the line.
            let line = text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or(module);
            let line = line.trim_end();
            let span = Span::new(at as u32, (at + line.len()) as u32);
            Setting {
                component: None,
                key: "sasl.jaas.config".to_owned(),
                prefix: String::new(),
                value: line.to_owned(),
                span,
                key_span: span,
                value_span: span,
                effective: true,
            }
        })
        .collect();
    found.order_by_key(|one| one.span);
    found
}

/// Names of sections with the byte at which each begins: `KafkaServer {`.
fn sections(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut start = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let at = start + (line.len() - line.trim_start().len());
        start += line.len();
        let name = line.trim_start().split(['{', ' ', '\t', '\r', '\n']).next().unwrap_or_default();
        let rest = line.trim_start().slice(name.len()..).trim();
        let is_name =
            !name.is_empty() && name.bytes().all(|one| one.is_ascii_alphanumeric() || b"._-".contains(&one));
        (is_name && rest.starts_with('{')).then_some((name, at))
    })
}

#[cfg(test)]
mod tests {
    use crate::{Kind, read};

    #[test]
    fn a_template_of_sections_is_one() {
        let text = "KafkaServer {\n  {{ jaas }}\n};\nClient {\n};\n";
        let document = read("kafka_server_jaas.conf.j2", text, None);
        assert_eq!((document.kind, document.observations.len()), (Kind::ApplicationConfig, 0));
        assert_eq!(read("a.conf", "Client {\n  {{ kafka }}\n};\n", None).kind, Kind::Unknown);
        let module =
            "  org.apache.kafka.common.security.plain.PlainLoginModule required\n  username=\"a\";\n";
        for name in ["{{ section }}", "AcmeMqtt", "<%= @name %>"] {
            let text = format!("{name} {{\n{module}}};\n");
            assert_eq!(read("templates/jaas.conf.j2", &text, None).kind, Kind::ApplicationConfig, "{name}");
        }
        let other = "{{ section }} {\n  com.acme.LoginModule required\n};\n";
        assert_eq!(read("jaas.conf.j2", other, None).kind, Kind::Unknown);
    }

    #[test]
    fn a_section_for_zookeeper_that_is_empty_logs_nobody_in() {
        let text = |client: &str| {
            format!("KafkaServer {{\n  a.PlainLoginModule required a=\"b\";\n}};\nClient {{{client}}};\n")
        };
        let logs_in = |client: &str| read("kafka_server_jaas.conf", &text(client), None).observations.len();
        assert_eq!(logs_in(""), 0);
        assert_eq!(logs_in("\n  a.DigestLoginModule required;\n"), 1);
    }

    #[test]
    fn modules_that_kafka_refuses_are_settings_and_others_are_none() {
        let text = "KafkaServer {\n  com.sun.security.auth.module.LdapLoginModule REQUIRED a=\"b\";\n};\n// com.sun.security.auth.module.JndiLoginModule\n";
        let document = read("jaas.conf", text, None);
        let settings = document.parts.iter().flat_map(|part| &part.settings);
        let settings: Vec<_> = settings.map(|one| (one.key.as_str(), one.span.of(text))).collect();
        assert_eq!(
            settings,
            [("sasl.jaas.config", "com.sun.security.auth.module.LdapLoginModule REQUIRED a=\"b\";")]
        );
        let plain =
            "KafkaServer {\n  org.apache.kafka.common.security.plain.PlainLoginModule required;\n};\n";
        assert!(read("jaas.conf", plain, None).parts.is_empty());
    }

    #[test]
    fn the_login_of_brokers_at_zookeeper_is_seen_and_that_of_others_is_not() {
        let module =
            "  org.apache.kafka.common.security.plain.PlainLoginModule required\n  username=\"a\";\n";
        let text = format!("KafkaServer {{\n{module}}};\nClient {{\n{module}}};\n");
        let document = read("kafka_jaas.conf", &text, None);
        assert_eq!(document.kind, Kind::ApplicationConfig);
        let seen: Vec<_> = document.observations.iter().map(|one| one.span.of(&text)).collect();
        assert_eq!(seen, ["Client"]);
        let client = format!("KafkaClient {{\n{module}}};\n");
        assert!(read("client_jaas.conf", &client, None).observations.is_empty());
    }
}
