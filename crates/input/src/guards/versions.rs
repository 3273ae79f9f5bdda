//! Tests for Kafka's version, as shells, Jinja, Go templates and Ruby write them.

use kafka_upgrade_document::{Comparison, Test};

/// What a condition asks for.
pub(super) struct Tests {
    /// What has to hold, each with how it has to come out.
    pub(super) all: Vec<(Test, bool)>,
    /// Whether that is all that it asks for.
    pub(super) is_whole: bool,
}

/// How languages write comparisons; of two that begin alike the longer one is first.
const SIGNS: &[(&str, Comparison, bool)] = &[
    (">=", Comparison::GreaterOrEqual, true),
    ("<=", Comparison::LessOrEqual, true),
    ("==", Comparison::Equal, true),
    ("!=", Comparison::Equal, false),
    (" -ge ", Comparison::GreaterOrEqual, true),
    (" -gt ", Comparison::Greater, true),
    (" -le ", Comparison::LessOrEqual, true),
    (" -lt ", Comparison::Less, true),
    (" -eq ", Comparison::Equal, true),
    (" -ne ", Comparison::Equal, false),
    (">", Comparison::Greater, true),
    ("<", Comparison::Less, true),
    (" = ", Comparison::Equal, true),
];

/// Words of names of versions that are other programs'.
const OTHERS: &[&str] = &[
    "java",
    "jdk",
    "jvm",
    "scala",
    "spark",
    "flink",
    "python",
    "node",
    "distribution",
    "ubuntu",
    "debian",
    "chart",
    "helm",
    "kube",
    "capabilities",
    "strimzi",
    "debezium",
    "zookeeper",
    "schema",
    "rdkafka",
    "client",
    "ansible",
    "bash",
    "api",
    "docker",
    "compose",
    "openssl",
    "protocol",
    "metadata",
    "exporter",
    "spring",
];

/// Longest condition that is looked at.
const MAX_CONDITION_BYTES: usize = 2_000;

/// How much higher the major versions of Confluent Platform are.
const OF_CONFLUENT: u32 = 4;

/// What a condition asks of Kafka's version; `None` where it asks for nothing of the kind, or is not understood.
pub(super) fn tests(condition: &str) -> Option<Tests> {
    if condition.len() > MAX_CONDITION_BYTES
        || condition.contains("||")
        || condition.contains(" or ")
        || condition.contains(" -o ")
    {
        return None;
    }
    let mut all = Vec::new();
    let mut is_whole = true;
    for part in condition.split("&&").flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" -a "))
    {
        match one(part) {
            Some(found) => all.push(found),
            None => is_whole = false,
        }
    }
    (!all.is_empty()).then_some(Tests { all, is_whole })
}

/// One comparison.
fn one(part: &str) -> Option<(Test, bool)> {
    let part = part.trim().trim_matches(['[', ']', ' ']).trim();
    let (part, wanted) = match part.strip_prefix("not ").or_else(|| part.strip_prefix("! ")) {
        Some(rest) => (rest.trim().trim_matches(['[', ']', ' ', '(']), false),
        None => (part, true),
    };
    // `[ $(version "$KAFKA_VERSION") -ge $(version 4.0.0) ]` and the like.
    for word in ["semverCompare ", "versionCompare "] {
        if let Some(rest) = part.trim_start_matches('(').trim().strip_prefix(word) {
            let (constraint, name) = quoted(rest)?;
            return compared(name, constraint).map(|(test, is)| (test, is == wanted));
        }
    }
    if let Some(rest) = part.trim_start_matches('(').strip_prefix("hasPrefix ") {
        let (start, name) = quoted(rest)?;
        kafkas(name).filter(|confluent| !confluent)?;
        return Some((Test::Like(vec![format!("{start}*")]), wanted));
    }
    // `kafka_version is version('4.0.0', '<')` and its older forms.
    for word in [" is version(", " is version (", " is version_compare(", "version_compare("] {
        if let Some((name, rest)) = part.split_once(word) {
            let (name, is_not) = match name.trim_end().strip_suffix(" is not") {
                Some(name) => (name, true),
                None => (name, false),
            };
            let (number, rest) = quoted(rest)?;
            let (how, _) = quoted(rest).unwrap_or(("==", ""));
            let how = match how {
                "lt" => "<",
                "le" => "<=",
                "gt" => ">",
                "ge" => ">=",
                "eq" => "==",
                "ne" => "!=",
                other => other,
            };
            return compared(name, &format!("{how}{number}"))
                .map(|(test, is)| (test, is == (wanted != is_not)));
        }
    }
    if let Some((name, rest)) = part.split_once(".startswith(").or_else(|| part.split_once(".start_with?(")) {
        let (start, _) = quoted(rest)?;
        kafkas(name).filter(|confluent| !confluent)?;
        return Some((Test::Like(vec![format!("{start}*")]), wanted));
    }
    if let Some((name, pattern)) = part.split_once("=~") {
        kafkas(name).filter(|confluent| !confluent)?;
        return Some((Test::Like(of_regex(pattern)?), wanted));
    }
    let (at, sign) = SIGNS
        .iter()
        .filter_map(|sign| Some((part.find(sign.0)?, sign)))
        .min_by_key(|(at, sign)| (*at, std::cmp::Reverse(sign.0.len())))?;
    let name = part.get(..at)?;
    let value = part.get(at + sign.0.len()..)?;
    if sign.1 == Comparison::Equal && value.contains('*') {
        kafkas(name).filter(|confluent| !confluent)?;
        let pattern = value.trim().trim_matches(['"', '\'']).replace(['"', '\''], "");
        let is_known = pattern.bytes().all(|one| one.is_ascii_digit() || b".*".contains(&one));
        return is_known.then(|| (Test::Like(vec![pattern]), sign.2 == wanted));
    }
    compared(name, &format!("{}{}", sign.0.trim(), value.trim())).map(|(test, is)| (test, is == wanted))
}

/// What stands between the first quotes, and what follows.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let at = text.find(['"', '\''])?;
    let sign = text.get(at..=at)?;
    text.get(at + 1..)?.split_once(sign)
}

/// A name and a constraint such as `>=4.0.0`.
fn compared(name: &str, constraint: &str) -> Option<(Test, bool)> {
    let is_of_confluent = kafkas(name)?;
    let constraint = constraint.trim();
    let known = |sign: &&(&str, Comparison, bool)| constraint.starts_with(sign.0.trim());
    let found = SIGNS.iter().find(known);
    let found = found.map(|(sign, is, wanted)| (sign.trim().len(), *is, *wanted));
    // A number alone is the same.
    let (length, is, wanted) = found.unwrap_or((0, Comparison::Equal, true));
    let number =
        constraint.get(length..)?.trim().trim_start_matches(['"', '\'', '(', '[', '^', '~', 'v', ' ']);
    let end =
        number.find(|one: char| !one.is_ascii_digit() && one != '.' && one != ',').unwrap_or(number.len());
    let (number, rest) = number.split_at_checked(end)?;
    // `4.0.0-0` of semantic versions is the oldest of that number; anything else is no number alone.
    let rest = rest.strip_prefix("-0").unwrap_or(rest);
    if !rest.trim_matches(['"', '\'', ')', ']', ' ', '}', '%', '-']).is_empty() {
        return None;
    }
    let numbers = number.split(['.', ',']).map(str::trim).filter(|one| !one.is_empty());
    let mut than: Vec<u32> = numbers.map(str::parse).collect::<Result<_, _>>().ok()?;
    let first = than.first_mut()?;
    if is_of_confluent {
        *first = first.checked_sub(OF_CONFLUENT)?;
    }
    Some((Test::Version { is, than }, wanted))
}

/// Whether a name is that of Kafka's version (false) or of Confluent's (true).
fn kafkas(name: &str) -> Option<bool> {
    let name = name.to_ascii_lowercase();
    let is_version = name.contains("version") || name.contains("major");
    if !is_version || name.len() > 200 || OTHERS.iter().any(|other| name.contains(other)) {
        return None;
    }
    if name.contains("kafka") {
        return Some(false);
    }
    (name.contains("confluent") || name.contains("cp_version")).then_some(true)
}

/// The beginnings that a pattern asks for: `^4\.`, `^[0-3]\.`, `^(2|3)\.`.
fn of_regex(pattern: &str) -> Option<Vec<String>> {
    let pattern = pattern.trim().trim_matches(['"', '\'', '/', ' ']).strip_prefix('^')?;
    let (heads, rest) = if let Some(rest) = pattern.strip_prefix('[') {
        let (range, rest) = rest.split_once(']')?;
        let heads: Vec<String> = match range.split_once('-') {
            Some((from, to)) => {
                let (from, to) = (from.parse::<u8>().ok()?, to.parse::<u8>().ok()?);
                (from..=to.min(9)).map(|one| one.to_string()).collect()
            }
            None => range.chars().map(String::from).collect(),
        };
        (heads, rest)
    } else if let Some(rest) = pattern.strip_prefix('(') {
        let (heads, rest) = rest.split_once(')')?;
        (heads.split('|').map(str::to_owned).collect(), rest)
    } else {
        let end = pattern.find(|one: char| !one.is_ascii_digit()).unwrap_or(pattern.len());
        let (head, rest) = pattern.split_at_checked(end)?;
        (vec![head.to_owned()], rest)
    };
    let is_number = |head: &String| !head.is_empty() && head.bytes().all(|one| one.is_ascii_digit());
    let rest = rest.replace('\\', "");
    let rest = rest.trim_end_matches(['.', '*', '+', '$']);
    let is_plain = rest.bytes().all(|one| one.is_ascii_digit() || one == b'.');
    let like = |head: &String| format!("{head}{rest}.*");
    (heads.iter().all(is_number) && is_plain).then(|| heads.iter().map(like).collect())
}
