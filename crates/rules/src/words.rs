//! Words that several findings share.

use kafka_upgrade_catalog::{Component, Release};
use kafka_upgrade_document::secrets::is_secret_key;

/// Puts values into the `{…}` of a text; what has no value stays as it is.
pub(crate) fn fill(text: &str, holes: &[(&str, &str)], from: Option<Release>, to: Release) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after.split_once('}').and_then(|(name, after)| {
            let value = match name {
                "to" => to.to_string(),
                "from" => {
                    from.map_or_else(|| "the release that runs now".to_owned(), |from| from.to_string())
                }
                name => (*holes.iter().find(|(hole, _)| *hole == name)?.1).to_owned(),
            };
            Some((value, after))
        });
        if let Some((value, after)) = known {
            filled.push_str(&value);
            rest = after;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

/// Whether a default is a number, with a fraction or an exponent or without.
pub(crate) fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    digits(whole) && digits(fraction) && digits(exponent.strip_prefix('-').unwrap_or(exponent))
}

/// A value as a message may show it: short, and never a secret.
pub(crate) fn shown_value(key: &str, value: &str) -> String {
    if is_secret_key(key) {
        return "(not shown)".to_owned();
    }
    let value = value.trim();
    let mut shown: String =
        value.chars().take(60).map(|char| if char.is_control() { ' ' } else { char }).collect();
    if value.chars().nth(60).is_some() {
        shown.push('…');
    }
    shown
}

/// What runs with the settings of a component, as the subject of a sentence without its article.
pub(crate) fn who(component: Component) -> &'static str {
    match component {
        Component::BROKER => "broker",
        Component::TOPIC => "topic",
        Component::GROUP => "group",
        Component::CLIENT_METRICS => "client metrics subscription",
        Component::PRODUCER => "producer",
        Component::CONSUMER => "consumer",
        Component::ADMIN => "admin client",
        Component::STREAMS => "Streams application",
        Component::CONNECT_DISTRIBUTED | Component::CONNECT_STANDALONE => "Connect worker",
        Component::CONNECTOR_SOURCE | Component::CONNECTOR_SINK => "connector",
        Component::MM2
        | Component::MM2_SOURCE
        | Component::MM2_CHECKPOINT
        | Component::MM2_HEARTBEAT
        | Component::MM2_CLIENT => "MirrorMaker",
        Component::JSON_CONVERTER => "JSON converter",
        Component::REMOTE_LOG_METADATA => "remote log metadata manager",
        _ => "transform",
    }
}

/// A key as a part of a rule's id: kebab case.
pub(crate) fn kebab(key: &str) -> String {
    let mut id = String::with_capacity(key.len());
    for char in key.chars() {
        if char.is_ascii_alphanumeric() {
            id.push(char.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    if id.ends_with('-') {
        id.pop();
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_filled_and_other_braces_stay() {
        let to = Release::new(4, 0, 0);
        assert_eq!(fill("{a} at {to}, ${env:b} {", &[("a", "1")], None, to), "1 at 4.0.0, ${env:b} {");
    }

    #[test]
    fn secrets_are_not_shown_and_long_values_are_cut() {
        assert_eq!(shown_value("ssl.keystore.password", "hunter2"), "(not shown)");
        assert_eq!(shown_value("delegation.token.master.key", "hunter2"), "(not shown)");
        assert_eq!(shown_value("listener.name.a.plain.sasl.jaas.config", "x"), "(not shown)");
        assert_eq!(shown_value("delegation.token.max.lifetime.ms", "1"), "1");
        assert_eq!(shown_value("a", &"x".repeat(61)).chars().count(), 61);
    }

    #[test]
    fn ids_are_kebab_case() {
        assert_eq!(kebab("zookeeper.clientCnxnSocket"), "zookeeper-clientcnxnsocket");
        assert_eq!(kebab("a->b.x_y."), "a-b-x-y");
    }
}
