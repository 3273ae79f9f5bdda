//! Validators that are code in Kafka, by the key that they stand behind.
//!
//! The catalog can only name them; what they do is judged by hand here. A key that is not listed passes.

use kafka_upgrade_catalog::Release;

use super::fault::{Fault, Value, quote};
use super::{address, connect, duration, list, metadata, regex};

/// What Java's standard providers have as `Mac` (some of them also as `KeyGenerator`), in upper case.
const MACS: &[&str] = &[
    "HMACMD5",
    "HMACSHA1",
    "HMACSHA224",
    "HMACSHA256",
    "HMACSHA3-224",
    "HMACSHA3-256",
    "HMACSHA3-384",
    "HMACSHA3-512",
    "HMACSHA384",
    "HMACSHA512",
    "HMACSHA512/224",
    "HMACSHA512/256",
];
/// What is a `Mac` only.
const MACS_ONLY: &[&str] = &[
    "HMACPBESHA1",
    "HMACPBESHA224",
    "HMACPBESHA256",
    "HMACPBESHA384",
    "HMACPBESHA512",
    "HMACPBESHA512/224",
    "HMACPBESHA512/256",
    "PBEWITHHMACSHA1",
    "PBEWITHHMACSHA224",
    "PBEWITHHMACSHA256",
    "PBEWITHHMACSHA384",
    "PBEWITHHMACSHA512",
    "SSLMACMD5",
    "SSLMACSHA1",
];
/// What is a `KeyGenerator` only.
const KEY_GENERATORS_ONLY: &[&str] = &[
    "AES",
    "ARCFOUR",
    "RC4",
    "BLOWFISH",
    "CHACHA20",
    "DES",
    "DESEDE",
    "TRIPLEDES",
    "RC2",
    "SUNTLS12PRF",
    "SUNTLSKEYMATERIAL",
    "SUNTLSMASTERSECRET",
    "SUNTLSPRF",
    "SUNTLSRSAPREMASTERSECRET",
];

fn is_algorithm(name: &str, more: &[&str]) -> bool {
    let name = name.to_ascii_uppercase();
    MACS.contains(&name.as_str()) || more.contains(&name.as_str())
}

/// Judges a value that has its key's type.
pub(crate) fn ensure(code: &str, key: &str, value: Value<'_>, release: Release) -> Result<(), Fault> {
    match value {
        Value::Whole(number) => whole(key, number),
        Value::Text(text) if code.ends_with("RegexValidator") => {
            refuse_unless(regex::is_valid(text), "refused-regex", || {
                format!("{} is no valid regular expression.", quote(text))
            })
        }
        Value::Text(text) => self::text(key, text, release),
        Value::List("") if code.ends_with("NonEmptyListValidator") => {
            Err(Fault::new("refused-empty", "The list must not be empty."))
        }
        Value::List(text) if code == "smt.Cast#spec" => casts(text),
        Value::List(text) if code == "smt.ReplaceField#renames" => renames(text),
        Value::List(text) => items(key, text, release),
        Value::Class(class) if key.ends_with("converter") => connect::converter(key, class),
        _ => Ok(()),
    }
}

fn refuse_unless(holds: bool, rule: &'static str, message: impl FnOnce() -> String) -> Result<(), Fault> {
    if holds { Ok(()) } else { Err(Fault::new(rule, message())) }
}

fn whole(key: &str, number: i64) -> Result<(), Fault> {
    match key {
        "compression.gzip.level" => {
            refuse_unless(number == -1 || (1..=9).contains(&number), "refused-range", || {
                format!("{number} is no gzip level: it has to be from 1 to 9, or -1 for the default.")
            })
        }
        "transaction.boundary.interval.ms" => refuse_unless(number >= 0, "refused-range", || {
            format!("{number} is too small: it has to be at least 0.")
        }),
        "remote.log.manager.copier.thread.pool.size" | "remote.log.manager.expiration.thread.pool.size" => {
            refuse_unless(number >= -1 && number != 0, "refused-range", || {
                format!("{number} is no number of threads: it has to be at least 1, or -1 for the default.")
            })
        }
        _ if key.ends_with("replication.factor") || key.ends_with("partitions") => {
            refuse_unless(number == -1 || number >= 1, "refused-range", || {
                format!("{number} is too small: it has to be at least 1, or -1 for the broker's default.")
            })
        }
        _ => Ok(()),
    }
}

fn text(key: &str, text: &str, release: Release) -> Result<(), Fault> {
    let one_of = |values: &[&str]| {
        refuse_unless(values.contains(&text), "refused-value", || {
            format!("{} is not one of: {}.", quote(text), values.join(", "))
        })
    };
    match key {
        "auto.offset.reset" | "share.auto.offset.reset" => {
            let by_duration = text.strip_prefix("by_duration:").is_some_and(duration::is_not_negative);
            let named =
                matches!(text, "earliest" | "latest") || (text == "none" && key == "auto.offset.reset");
            refuse_unless(by_duration || named, "refused-value", || {
                format!("{} is neither earliest nor latest nor by_duration:PnDTnHnMn.nS.", quote(text))
            })
        }
        "share.acknowledgement.mode" => one_of(&["implicit", "explicit"]),
        "share.acquire.mode" => {
            let lower = text.to_ascii_lowercase();
            refuse_unless(matches!(&*lower, "batch_optimized" | "record_limit"), "refused-value", || {
                format!("{} is not one of: batch_optimized, record_limit.", quote(text))
            })
        }
        "connect.protocol" => {
            let lower = text.to_ascii_lowercase();
            refuse_unless(matches!(&*lower, "eager" | "compatible" | "sessioned"), "refused-value", || {
                format!("{} is not one of: eager, compatible, sessioned.", quote(text))
            })
        }
        "inter.worker.key.generation.algorithm" => {
            refuse_unless(is_algorithm(text, KEY_GENERATORS_ONLY), "refused-algorithm", || {
                format!("{} is no key generator of Java's standard providers.", quote(text))
            })
        }
        "inter.worker.signature.algorithm" => {
            refuse_unless(is_algorithm(text, MACS_ONLY), "refused-algorithm", || {
                format!("{} is no MAC algorithm of Java's standard providers.", quote(text))
            })
        }
        "inter.broker.protocol.version" | "log.message.format.version" | "message.format.version" => {
            refuse_unless(metadata::place(text, release).is_some(), "refused-version", || {
                format!("{} is no version that {release} knows.", quote(text))
            })
        }
        "application.server" => {
            // Java's `isBlank`: white space alone is no address.
            let is_blank = text.chars().all(char::is_whitespace);
            let is_address = address::host_and_port(text, true)
                .is_some_and(|(host, port)| !host.is_empty() && port.parse::<i32>().is_ok());
            refuse_unless(is_blank || is_address, "refused-address", || {
                format!("{} is neither host:port nor protocol://host:port.", quote(text))
            })
        }
        "topology.optimization" => topology_optimization(text),
        "response.http.headers.config" => response_headers(text),
        _ => Ok(()),
    }
}

fn items(key: &str, text: &str, release: Release) -> Result<(), Fault> {
    let strict = release.major >= 4;
    let mut items = list::items(text);
    match key {
        "controller.quorum.voters" => match items.find(|item| address::voter(item, strict).is_none()) {
            Some(item) => Err(Fault::new(
                "refused-quorum-voters",
                format!("{} is no voter; each entry has to be {{id}}@{{host}}:{{port}}.", quote(item)),
            )),
            None => Ok(()),
        },
        "controller.quorum.bootstrap.servers" => {
            let wrong = |item: &&str| {
                !address::host_and_port(item, strict).is_some_and(|(_, port)| address::is_port_in_range(port))
            };
            match items.find(wrong) {
                Some(item) => Err(Fault::new(
                    "refused-address",
                    format!("{} is no address; each entry has to be {{host}}:{{port}}.", quote(item)),
                )),
                None => Ok(()),
            }
        }
        "transforms" | "predicates" | "topic.creation.groups" => match list::duplicate(items) {
            Some(alias) => Err(Fault::new("refused-duplicate", format!("{} comes twice.", quote(alias)))),
            None => Ok(()),
        },
        "inter.worker.verification.algorithms" => {
            if text.is_empty() {
                return Err(Fault::new("refused-empty", "At least one algorithm has to be given."));
            }
            match items.find(|item| !is_algorithm(item, MACS_ONLY)) {
                Some(item) => Err(Fault::new(
                    "refused-algorithm",
                    format!("{} is no MAC algorithm of Java's standard providers.", quote(item)),
                )),
                None => Ok(()),
            }
        }
        "listeners" if text.is_empty() => {
            Err(Fault::new("refused-empty", "At least one URL has to be given."))
        }
        "listeners" | "admin.listeners" => refuse_unless(!items.any(str::is_empty), "refused-empty", || {
            "An item of the list is empty; a comma may be one too many.".to_owned()
        }),
        "leader.replication.throttled.replicas" | "follower.replication.throttled.replicas" => {
            let is_pair = |item: &str| {
                let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
                item.is_empty() || item.split_once(':').is_some_and(|(a, b)| digits(a) && digits(b))
            };
            let joined = items.clone().filter(|item| !item.is_empty()).eq(["*"]);
            refuse_unless(joined || items.all(is_pair), "refused-value", || {
                format!("{} is neither * nor a list of partition:broker pairs.", quote(text))
            })
        }
        _ => Ok(()),
    }
}

/// `field:type` pairs, or one type alone for the whole value.
fn casts(text: &str) -> Result<(), Fault> {
    const TYPES: [&str; 8] = ["int8", "int16", "int32", "int64", "float32", "float64", "boolean", "string"];
    let is_type = |name: &str| TYPES.iter().any(|known| known.eq_ignore_ascii_case(name.trim()));
    if text.is_empty() {
        return Err(Fault::new("refused-empty", "At least one field has to be cast."));
    }
    let wrong = list::items(text).find(|item| match item.trim_end_matches(':').split_once(':') {
        Some((_, name)) => !is_type(name),
        None => !is_type(item.trim_end_matches(':')),
    });
    if let Some(item) = list::items(text).find(|item| item.trim_end_matches(':').matches(':').count() > 1) {
        return Err(Fault::new("refused-cast", format!("{} is no pair of field and type.", quote(item))));
    }
    if let Some(item) = wrong {
        return Err(Fault::new(
            "refused-value",
            format!("{} has none of the types: {}.", quote(item), TYPES.join(", ")),
        ));
    }
    let mut items = list::items(text);
    refuse_unless(items.clone().count() < 2 || items.all(|item| item.contains(':')), "refused-value", || {
        "A type for the whole value has to stand alone.".to_owned()
    })
}

/// `from:to` pairs.
fn renames(text: &str) -> Result<(), Fault> {
    let is_pair =
        |item: &str| item.trim_end_matches(':').split_once(':').is_some_and(|(_, to)| !to.contains(':'));
    match list::items(text).find(|item| !is_pair(item)) {
        Some(item) => Err(Fault::new("refused-value", format!("{} is no pair `from:to`.", quote(item)))),
        None => Ok(()),
    }
}

fn topology_optimization(text: &str) -> Result<(), Fault> {
    const NAMES: [&str; 5] =
        ["all", "none", "reuse.ktable.source.topics", "merge.repartition.topics", "single.store.self.join"];
    // Java's split drops what is empty at the end, so trailing commas do no harm; a lone comma is an empty list.
    let trimmed = text.trim_end_matches([',', ' ', '\t']);
    let names: Vec<&str> = if trimmed.is_empty() && !text.is_empty() {
        Vec::new()
    } else {
        trimmed.split(',').map(str::trim).collect()
    };
    let alone = names.len() <= 1 || !names.iter().any(|name| matches!(*name, "all" | "none"));
    refuse_unless(alone && names.iter().all(|name| NAMES.contains(name)), "refused-value", || {
        format!("{} is not one of: {}; all and none stand alone.", quote(text), NAMES.join(", "))
    })
}

/// Rules of the form `action name:value`, comma separated; quotation marks keep a comma in a rule.
fn response_headers(text: &str) -> Result<(), Fault> {
    let is_rule = |rule: &str| {
        let rule = rule.trim().trim_matches('"').trim();
        let Some((action, header)) = rule.split_once(char::is_whitespace) else { return false };
        let known = ["set", "add", "setDate", "addDate"].iter().any(|name| name.eq_ignore_ascii_case(action));
        let header = header.trim().trim_end_matches(':');
        let Some((name, value)) = header.split_once(':') else { return false };
        let name = name.trim();
        known && !name.is_empty() && !name.contains(char::is_whitespace) && !value.contains(':')
    };
    let mut quoted = false;
    let wrong = text
        .split(|character| {
            quoted ^= character == '"';
            character == ',' && !quoted
        })
        .find(|rule| !is_rule(rule));
    match wrong {
        Some(rule) if !text.trim().is_empty() => Err(Fault::new(
            "refused-value",
            format!("{} is no header rule; each has to be `action name:value`.", quote(rule)),
        )),
        _ => Ok(()),
    }
}
