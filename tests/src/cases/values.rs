//! Values for one key: what its type takes and does not, both sides of its bounds, and what keys of such a name are
//! given.

use kafka_upgrade_catalog::{Bound, Default, Definition, Validator, ValueType};

/// Spellings of whole numbers.
const WHOLE: [&str; 22] = [
    "0",
    "1",
    "-1",
    "-2",
    "+5",
    " 5 ",
    "5L",
    "1e3",
    "0x10",
    "1_000",
    "5.0",
    "",
    " ",
    "x",
    "true",
    "00012",
    "2147483647",
    "2147483648",
    "-2147483649",
    "9223372036854775808",
    "\u{663}",
    "1000",
];
const FRACTIONS: [&str; 16] = [
    "0", "0.5", "1", "-0.1", "1.5", "1e3", ".5", "5.", " 0.5 ", "1d", "0.5f", "NaN", "Infinity", "1,5", "",
    "x",
];
const BOOLEANS: [&str; 9] = ["true", "false", "TRUE", "False", " true ", "yes", "1", "", "truee"];
const TEXTS: [&str; 9] = ["", " ", "a", " a ", "a,b", "A b", "\u{e9}", "a\u{1}b", "default"];
const LISTS: [&str; 12] = ["", " ", ",", "a", "a,b", " a , b ", "a,", ",a", "a,,b", "a,a", "a, a", "\u{e9}"];
const CLASSES: [&str; 6] = [
    "java.lang.String",
    " java.lang.String ",
    "org.apache.kafka.common.serialization.StringSerializer",
    "com.example.Missing",
    "String",
    "",
];
const CLASS_LISTS: [&str; 5] = [
    "java.lang.String",
    "com.example.Missing",
    "java.lang.String,java.lang.Integer",
    "java.lang.String,java.lang.String",
    "java.lang.String,",
];

/// What keys of such a name are given: the end of the key, then values.
const NAMED: &[(&str, &[&str])] = &[
    (
        "servers",
        &[
            "localhost:9092",
            "localhost",
            "localhost:x",
            "localhost:70000",
            "[::1]:9092",
            "a:1,b:2",
            ":9092",
            "localhost:0",
            "localhost:-1",
            "http://localhost:9092",
            "a:1,a:1",
            "a:1,",
            "PLAINTEXT://a:9092",
        ],
    ),
    (
        "listeners",
        &[
            "PLAINTEXT://:9092",
            "http://localhost:8083",
            "HTTPS://:8443",
            "ftp://x:1",
            "localhost:8083",
            "http://:8083,https://:8443",
            "PLAINTEXT://h:1,CONTROLLER://h:2",
            "://:1",
            "PLAINTEXT://h:99999",
        ],
    ),
    (".version", &["3.9", "4.0", "4.1-IV0", "3.0-IV1", "2.8", "0.8", "9.9", "1", "2", "latest"]),
    ("upgrade.from", &["0.10.0", "1.0", "2.3", "2.4", "3.9", "4.0", "4.1", "4.2", "4.3", "4.4", "3.9.0"]),
    ("security.protocol", &["SSL", "ssl", "SASL_SSL", "SASL_PLAINTEXT", "TLS"]),
    ("listener.name", &["PLAINTEXT", "CONTROLLER", "plaintext", "NO_SUCH"]),
    (
        "mapping.rules",
        &["DEFAULT", "RULE:^CN=(.*?),.*$/$1/L,DEFAULT", "RULE:x", "x", "RULE:a/b/", "RULE:a/b/U"],
    ),
    (
        "local.rules",
        &["DEFAULT", "RULE:[1:$1](admin)s/.*/kafka/", "RULE:[1:$1]", "RULE:x", "RULE:[n:$1]", "x,DEFAULT"],
    ),
    ("url", &["http://localhost:8080", "https://a/b", "file:///tmp/a", "not a url", "ftp://a"]),
    ("per.ip.overrides", &["127.0.0.1:5", "127.0.0.1:5,localhost:6", "127.0.0.1", "127.0.0.1:x", "a:-1"]),
    ("throttled.replicas", &["*", "0:1,1:2", "0:1", "0", "a:b", "0:*", "none", "*,0:1"]),
    (
        "quorum.voters",
        &["1@localhost:9093", "1@localhost", "x@localhost:1", "1@a:1,2@b:2", "1@0.0.0.0:0", "1@a:1,"],
    ),
    (
        "offset.reset",
        &["earliest", "latest", "none", "EARLIEST", "by_duration:PT1H", "by_duration:-PT1H", "by_duration:"],
    ),
    ("assignment.tags", &["a,b,c,d,e", "a,b,c,d,e,f", "zone", "aaaaaaaaaaaaaaaaaaaaa", "zone,zone"]),
    ("topics", &[".*", "[", "a.*,b", "(a|b)"]),
    ("regex", &[".*", "[", "(a)(b)", "*"]),
    ("pattern", &[".*", "[", "a{2,3}", "*a"]),
    (
        "spec",
        &["int8", "a:int32,b:string", "a:nope", "a", "a:int32:b", "int8,int16", "a:int32,a:int8", ":int8"],
    ),
    ("format", &["yyyy-MM-dd", "bad format", "HH:mm"]),
    ("type", &["string", "unix", "Date", "Time", "Timestamp", "String", "x"]),
    ("renames", &["a:b", "a:b,c:d", "a", "a:b:c"]),
    ("operation", &["move", "copy", "MOVE", "x"]),
    ("topic.separator", &[".", "", "a/b"]),
    ("protocols", &["classic", "consumer", "TLSv1.2", "TLSv1.2,TLSv1.3", "TLSv9"]),
    ("mechanism", &["PLAIN", "GSSAPI", "SCRAM-SHA-256", "NO_SUCH"]),
    ("algorithm", &["HmacSHA256", "HmacSHA1", "https", "NO_SUCH"]),
    ("algorithms", &["HmacSHA256", "HmacSHA1,HmacSHA256", "NO_SUCH"]),
    (
        "headers.config",
        &[
            "set X-A: b",
            "add A: b",
            "set a",
            "\"set a: b, c\"",
            "x",
            "setDate Expires: 1",
            "set a: b, add c: d",
        ],
    ),
    ("guarantee", &["exactly_once", "exactly_once_beta", "exactly_once_v2", "at_least_once"]),
    ("match", &["client_id=a", "client_id=[", "foo=a"]),
    ("policy", &["All", "None", "Principal", "compact", "delete", "compact,delete"]),
    ("dir", &["/tmp/a", "a/b"]),
    ("dirs", &["/a,/b", "/a,/a"]),
    ("path", &["/a,/b", "a"]),
    ("roles", &["broker", "controller", "broker,controller"]),
];

/// Each once, in a stable order.
pub(super) fn of(definition: &Definition) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    if let Default::Text(text) = definition.default {
        values.push(text.to_owned());
    }
    let spellings: &[&str] = match definition.value_type {
        ValueType::Int | ValueType::Long | ValueType::Short => &WHOLE,
        ValueType::Double => &FRACTIONS,
        ValueType::Boolean => &BOOLEANS,
        ValueType::String | ValueType::Password => &TEXTS,
        ValueType::List => &LISTS,
        ValueType::Class => &CLASSES,
    };
    values.extend(spellings.iter().map(|text| (*text).to_owned()));
    if definition.value_type == ValueType::Short {
        values.extend(["32767", "32768", "-32769"].map(str::to_owned));
    }
    if matches!(definition.value_type, ValueType::String | ValueType::List | ValueType::Password) {
        let named = NAMED.iter().filter(|(end, _)| definition.key.ends_with(end));
        values.extend(named.flat_map(|(_, texts)| texts.iter().map(|text| (*text).to_owned())));
    }
    if definition.value_type == ValueType::List && takes_classes(definition.key) {
        values.extend(CLASS_LISTS.map(str::to_owned));
    }
    add_bounds(definition.validator, &mut values);
    let mut seen = std::collections::BTreeSet::new();
    values.retain(|value| seen.insert(value.clone()));
    values
}

fn takes_classes(key: &str) -> bool {
    ["classes", "reporters", "assignors", "strategy", "class"].iter().any(|end| key.ends_with(end))
}

/// Both sides of what the validator lets through.
fn add_bounds(validator: &Validator, values: &mut Vec<String>) {
    match validator {
        Validator::Range(low, high) => {
            for bound in [low, high].into_iter().flatten() {
                match bound {
                    Bound::Whole(at) => {
                        values.extend((-1..=1).map(|step| at.saturating_add(step).to_string()))
                    }
                    Bound::Double(at) => {
                        values.extend([-0.001, 0.0, 0.001].map(|step| (at + step).to_string()))
                    }
                }
            }
        }
        Validator::In(allowed) | Validator::InIgnoringCase(allowed) => one_of(allowed, values),
        Validator::ListIn { allowed, .. } => {
            one_of(allowed, values);
            if let Some(first) = allowed.first() {
                values.extend([
                    allowed.join(","),
                    format!("{first},{first}"),
                    format!("{first},x"),
                    format!("{first},"),
                ]);
            }
        }
        Validator::ListSize(most) => {
            let items = |count: u32| (0..count).map(|at| format!("i{at}")).collect::<Vec<_>>().join(",");
            values.extend([items(*most), items(most.saturating_add(1))]);
        }
        Validator::All(all) => all.iter().for_each(|validator| add_bounds(validator, values)),
        Validator::None
        | Validator::NonNull
        | Validator::NonEmpty
        | Validator::NonEmptyWithoutControlCharacters
        | Validator::Code(_) => {}
    }
}

/// Each allowed value, and spellings of the first that differ a little.
fn one_of(allowed: &[&str], values: &mut Vec<String>) {
    values.extend(allowed.iter().map(|text| (*text).to_owned()));
    if let Some(first) = allowed.first() {
        values.extend([
            first.to_uppercase(),
            first.to_lowercase(),
            format!(" {first} "),
            format!("{first}x"),
        ]);
    }
}
