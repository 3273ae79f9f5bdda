//! What start-up validation of any component says of a key: missing, refused, unknown, or at odds with another.
//!
//! The catalog has the keys, the validators say which releases take a value. What is *not* here: keys with an
//! explanation of their own (`failures/*.toml`).

use kafka_upgrade_catalog::{self as catalog, Component, Release};
use kafka_upgrade_report::{Confidence, Severity};
use kafka_upgrade_validate::{Settings, refusals_of_part};

use super::{Explained, blank};
use crate::diagnostic::Diagnostic;
use crate::facts;
use crate::upgrade::Upgrade;
use crate::words;

/// Explains a message about a setting.
pub(super) fn explain(line: &str, case: &Upgrade<'_>) -> Option<Explained> {
    missing(line, case).or_else(|| refused(line, case)).or_else(|| not_known(line, case))
}

/// `The configuration 'K' was supplied but isn't a known config.`, since 3.0 `These configurations '[K, …]' were supplied
/// but are not used yet.`: Connect and others log it of each key that they pass on, so that it counts only where a
/// release removed the key.
fn not_known(line: &str, case: &Upgrade<'_>) -> Option<Explained> {
    let (before, _) = line
        .split_once("' was supplied but isn't a known config")
        .or_else(|| line.split_once("]' were supplied but are not used yet"))?;
    let keys = before.rsplit(['\'', '[']).next()?;
    let key = keys.split(", ").find(|key| super::linkage::lost_key(key, case.to).is_some())?;
    let gone = super::linkage::lost_key(key, case.to)?;
    Some(explained(
        Diagnostic {
            rule: "failure-config-not-known".into(),
            subject: key.to_owned(),
            since: Some(gone).filter(|gone| case.crosses(*gone)),
            message: format!("`{key}` is set and has no effect: this release does not know it."),
            why: format!(
                "What a program does not know of its settings it ignores.{}",
                super::linkage::of_key(key, case.to)
            ),
            action: match super::successors::of_key(key) {
                Some(note) => note.plain(note.action),
                None => {
                    format!("Take `{key}` out where it is set; paste that file to see what takes its place.")
                }
            },
            ..blank(Severity::Warning, Confidence::Certain)
        },
        key,
    ))
}

/// `Missing required configuration "key" which has no default value.`
fn missing(line: &str, case: &Upgrade<'_>) -> Option<Explained> {
    let (_, rest) = line.split_once("issing required configuration ")?;
    let quote = rest.chars().next().filter(|quote| "\"'`".contains(*quote))?;
    let (key, _) = rest.get(1..)?.split_once(quote)?;
    let required = required_since(key);
    let why = match required {
        Some((component, since)) if since > catalog::oldest() => {
            format!("A {} requires it from {since} on.", words::who(component))
        }
        Some((component, _)) => format!("Every release of a {} requires it.", words::who(component)),
        None => "The program that printed it has no default for it.".to_owned(),
    };
    Some(explained(
        Diagnostic {
            rule: "failure-config-missing".into(),
            subject: key.to_owned(),
            since: required.map(|(_, since)| since).filter(|since| case.crosses(*since)),
            message: format!("`{key}` is required here and is not set."),
            why,
            action: format!(
                "Set `{key}` in the file that this program reads; paste that file to see what else it lacks."
            ),
            ..blank(Severity::Error, Confidence::Certain)
        },
        key,
    ))
}

/// The component that requires a key, and the first release that does.
fn required_since(key: &str) -> Option<(Component, Release)> {
    let is_required = |era: &catalog::KeyEra| era.definition.default == catalog::Default::Required;
    catalog::components_of(key).find_map(|component| {
        let first = catalog::history(component, key).filter(is_required).map(|era| era.first).min()?;
        Some((component, facts::first_like(first)))
    })
}

/// `Invalid value V for configuration K: R`.
fn refused(line: &str, case: &Upgrade<'_>) -> Option<Explained> {
    const SIGN: &str = " for configuration ";
    let at = line.find("nvalid value")?;
    let rest = line.get(at + "nvalid value".len()..)?;
    let split = rest.find(SIGN)?;
    let value = rest.get(..split)?.trim();
    let behind = rest.get(split + SIGN.len()..)?;
    let end = behind
        .find(|one: char| !(one.is_ascii_alphanumeric() || "._->".contains(one)))
        .unwrap_or(behind.len());
    let key = behind.get(..end)?.trim_end_matches('.');
    let reason = behind.get(end..)?.trim_start_matches([':', ' ']).trim_end();
    if key.is_empty() {
        return None;
    }
    let shown = words::shown_value(key, value);
    let plain = plain_key(key);
    let taken = taken(plain, value);
    let why = match &taken {
        Some(Taken { component, until: Some(last), since: Some(since), .. }) => format!(
            "A {} of {last} and before takes this value; from {since} on it is refused.",
            words::who(*component)
        ),
        Some(Taken { component, until: None, .. }) => {
            format!("No release of a {} takes this value.", words::who(*component))
        }
        Some(Taken { component, again: Some(again), .. }) => {
            format!("A {} takes this value from {again} on; an older one refuses it.", words::who(*component))
        }
        _ if reason.contains("could not be found") || reason.contains("Could not find") => {
            class_fate(value).unwrap_or_else(|| "The class is on no class path of this program: a jar is missing, in the wrong folder, or its name is misspelled.".to_owned())
        }
        _ => "The validation of the release that ran does not take this value.".to_owned(),
    };
    let cut = words::shown_value("", reason);
    let because = match reason {
        "" => ".".to_owned(),
        _ => format!(
            ": {}.",
            if cut.ends_with('…') { shortened(reason) } else { cut.trim_end_matches('.').to_owned() }
        ),
    };
    let (since, until) = taken.map_or((None, None), |taken| (taken.since, taken.again));
    let found = explained(
        Diagnostic {
            rule: "failure-config-refused".into(),
            subject: key.to_owned(),
            since: since.filter(|since| case.crosses(*since)),
            message: format!("`{key}` is refused with the value `{shown}`{because}"),
            why,
            action: format!(
                "Correct the value where `{key}` is set; paste that file to see every other value that {} refuses.",
                case.to
            ),
            ..blank(Severity::Error, Confidence::Certain)
        },
        plain,
    );
    Some(Explained { since, until, ..found })
}

/// A reason as a message may show it.
fn shortened(reason: &str) -> String {
    let mut short: String = reason.chars().take(200).collect();
    if short.len() < reason.len() {
        short.push('…');
    }
    short.trim_end_matches('.').to_owned()
}

/// What became of a class that a value names.
fn class_fate(value: &str) -> Option<String> {
    let life = catalog::any_class(value)?;
    let gone = facts::after(life.last)?;
    Some(format!("{gone} removed this class; {} was the last release that had it.", life.last))
}

/// A key without the listener or the prefix before it.
fn plain_key(key: &str) -> &str {
    let is_known = |key: &str| catalog::components_of(key).next().is_some();
    if is_known(key) {
        return key;
    }
    let mut rest = key;
    while let Some((_, behind)) = rest.split_once('.') {
        if is_known(behind) {
            return behind;
        }
        rest = behind;
    }
    key
}

struct Taken {
    component: Component,
    /// The last release that accepts the value; `None` if no release does.
    until: Option<Release>,
    /// The first one after that which refuses it.
    since: Option<Release>,
    /// The first one that accepts it again.
    again: Option<Release>,
}

/// Which releases accept a value, by their own validators; `None` if all do, or the key is not known.
fn taken(key: &str, value: &str) -> Option<Taken> {
    catalog::components_of(key).find_map(|component| {
        let settings: Settings<'_> = [(key, value, 0)].into_iter().collect();
        let (mut until, mut refused, mut again, mut ever) = (None, None, None, false);
        for (release, first) in facts::recorded() {
            if catalog::definition(component, key, *release).is_none() {
                continue;
            }
            let takes = !refusals_of_part(component, &settings, *release).iter().any(|one| one.key == key);
            if takes {
                again = again.or(ever.then_some(*first));
                (until, refused) = (Some(*release), None);
            } else {
                (ever, again) = (true, None);
                refused = refused.or(Some(*first));
            }
        }
        ever.then(|| Taken { component, until, since: refused.filter(|_| until.is_some()), again })
    })
}

/// `requirement failed: …`, and other sentences of validators that name a key.
pub(super) fn at_odds(line: &str, case: &Upgrade<'_>) -> Option<Explained> {
    const SIGNS: &[&str] = &[
        "requirement failed: ",
        "ConfigException: ",
        "InvalidConfigurationException: ",
        "IllegalArgumentException: ",
        "InvalidResourceException: ",
        "Cannot use --",
    ];
    let sign = SIGNS.iter().find(|sign| line.contains(*sign))?;
    let at = line.rfind("requirement failed: ").map(|at| at + "requirement failed: ".len());
    let at = at.or_else(|| line.find(sign).map(|at| at + sign.len()))?;
    let said = line.get(at..)?.trim();
    let is_key = |word: &&str| word.contains('.') && catalog::components_of(plain_key(word)).next().is_some();
    let word = said.split(|one: char| !(one.is_ascii_alphanumeric() || "._-".contains(one)));
    let key = word.map(|word| word.trim_matches(['.', '-'])).find(is_key);
    // A sentence without a key is one of a validator only where the exception is the validators' own.
    let key = match key {
        Some(key) => key,
        None if *sign == "IllegalArgumentException: " || said.len() < 12 => return None,
        None => "configuration",
    };
    let known = key != "configuration";
    let of_key = if known { format!(" about `{key}`") } else { String::new() };
    let fate = super::linkage::of_key(plain_key(key), case.to);
    let lost = super::linkage::lost_key(plain_key(key), case.to);
    let found = explained(Diagnostic {
        rule: "failure-config-at-odds".into(),
        subject: key.to_owned(),
        message: format!("The configuration is refused: {}.", shortened(said)),
        why: format!("This is what the validation of the release that ran says{of_key}; the program stops before it does anything.{fate}"),
        action: "Correct what the sentence names; paste the whole file to see which releases refuse it, and what takes its place.".to_owned(),
        ..blank(Severity::Error, if known { Confidence::Likely } else { Confidence::Possible })
    }, plain_key(key));
    // What a release says of a key that a later one no longer has is not said there.
    Some(Explained { until: lost, ..found })
}

fn explained(draft: Diagnostic, key: &str) -> Explained {
    Explained {
        draft,
        points: vec![key.to_owned()],
        ask: "",
        weak: false,
        headline: false,
        since: None,
        until: None,
    }
}
