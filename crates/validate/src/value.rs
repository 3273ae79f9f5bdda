//! One value against its definition: its type first, then its validator, as `ConfigDef.parseType` and
//! `ensureValid` do it.
//!
//! Validators that are code in Kafka are in [`super::named`]; relations between keys are in the components' modules.

use kafka_upgrade_catalog::{Bound, Definition, Release, Validator, ValueType};
use kafka_upgrade_sorted::case::Case as _;

use super::fault::{Fault, Value, quote};
use super::{classes, list, named, number};

/// The value as its type; the fault when it is not one.
pub(crate) fn read(value_type: ValueType, raw: &str, release: Release) -> Result<Value<'_>, Fault> {
    let text = number::trim(raw);
    let whole = |min: i64, max: i64, bits: &str| {
        number::whole(text, min, max).map(Value::Whole).ok_or_else(|| {
            Fault::new(
                "refused-type",
                if number::is_digits(text) {
                    format!("{} does not fit into {bits}: it has to be from {min} to {max}.", quote(text))
                } else {
                    format!("{} is not a whole number.", quote(text))
                },
            )
        })
    };
    match value_type {
        ValueType::Boolean if text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false") => {
            Ok(Value::Boolean)
        }
        ValueType::Boolean => {
            Err(Fault::new("refused-type", format!("{} is neither true nor false.", quote(text))))
        }
        ValueType::Short => whole(i64::from(i16::MIN), i64::from(i16::MAX), "16 bits"),
        ValueType::Int => whole(i64::from(i32::MIN), i64::from(i32::MAX), "32 bits"),
        ValueType::Long => whole(i64::MIN, i64::MAX, "64 bits"),
        ValueType::Double => number::double(text)
            .map(|number| Value::Double(number, text))
            .ok_or_else(|| Fault::new("refused-type", format!("{} is not a number.", quote(text)))),
        ValueType::String => Ok(Value::Text(text)),
        ValueType::List => Ok(Value::List(text)),
        ValueType::Password => Ok(Value::Password),
        ValueType::Class if classes::is_loadable(text, release) => Ok(Value::Class(text)),
        ValueType::Class => {
            Err(Fault::new("refused-class", format!("{} is no class that could be loaded.", quote(text))))
        }
    }
}

/// Judges one value of a key.
pub(crate) fn judge(definition: &Definition, raw: &str, release: Release) -> Result<(), Fault> {
    let value = read(definition.value_type, raw, release)?;
    ensure(definition.validator, definition.key, value, release)
}

fn ensure(validator: &Validator, key: &str, value: Value<'_>, release: Release) -> Result<(), Fault> {
    match (validator, value) {
        (Validator::Range(min, max), Value::Whole(number)) => {
            // Kafka compares doubles, so bounds beyond 53 bits are as coarse there as here.
            range(*min, *max, as_double(number), || number.to_string())
        }
        (Validator::Range(min, max), Value::Double(number, text)) => {
            range(*min, *max, number, || text.chars().take(80).collect())
        }
        (Validator::In(values), Value::Text(text)) if !values.contains(&text) => Err(one_of(text, values)),
        (Validator::InIgnoringCase(values), Value::Text(text)) => {
            let upper = text.upper();
            if values.iter().any(|value| value.upper() == upper) { Ok(()) } else { Err(one_of(text, values)) }
        }
        (Validator::ListIn { allowed, empty, .. }, Value::List(text)) => ensure_list(allowed, *empty, text),
        (Validator::NonEmpty | Validator::NonEmptyWithoutControlCharacters, Value::Text("")) => {
            Err(Fault::new("refused-empty", "The value must not be empty."))
        }
        (Validator::NonEmptyWithoutControlCharacters, Value::Text(text))
            if text.chars().any(char::is_control) =>
        {
            Err(Fault::new("refused-control-character", "The value must not have control characters."))
        }
        (Validator::ListSize(most), Value::List(text)) => {
            let count = list::items(text).count();
            if count <= usize::try_from(*most).unwrap_or(usize::MAX) {
                Ok(())
            } else {
                Err(Fault::new(
                    "refused-list-size",
                    format!("The list has {count} items; at most {most} are taken."),
                ))
            }
        }
        (Validator::All(validators), value) => {
            validators.iter().try_for_each(|validator| ensure(validator, key, value, release))
        }
        (Validator::Code(code), value) => named::ensure(code, key, value, release),
        _ => Ok(()),
    }
}

#[expect(clippy::cast_precision_loss, reason = "Kafka's own comparison loses it")]
fn as_double(number: i64) -> f64 {
    number as f64
}

fn range(
    min: Option<Bound>,
    max: Option<Bound>,
    number: f64,
    shown: impl Fn() -> String,
) -> Result<(), Fault> {
    let value = |bound: Bound| match bound {
        Bound::Whole(bound) => as_double(bound),
        Bound::Double(bound) => bound,
    };
    if let Some(min) = min.filter(|min| number < value(*min)) {
        let message = format!("{} is too small: it has to be at least {}.", shown(), min);
        Err(Fault::new("refused-range", message))
    } else if let Some(max) = max.filter(|max| number > value(*max)) {
        let message = format!("{} is too large: it has to be at most {}.", shown(), max);
        Err(Fault::new("refused-range", message))
    } else {
        Ok(())
    }
}

/// Releases that ask whether a list may be empty (4.1 and newer) drop duplicates with a warning before they look,
/// and refuse empty items; older ones know a list of values only.
fn ensure_list(allowed: &[&str], empty: Option<bool>, text: &str) -> Result<(), Fault> {
    let mut items = list::items(text);
    if let Some(may_be_empty) = empty {
        if !may_be_empty && text.is_empty() {
            return Err(Fault::new("refused-empty", "The list must not be empty."));
        }
        if items.clone().any(str::is_empty) {
            return Err(Fault::new(
                "refused-empty",
                "An item of the list is empty; a comma may be one too many.",
            ));
        }
        if allowed.is_empty() {
            return Ok(());
        }
    }
    match items.find(|item| !allowed.contains(item)) {
        Some(item) => Err(one_of(item, allowed)),
        None => Ok(()),
    }
}

fn one_of(text: &str, values: &[&str]) -> Fault {
    Fault::new("refused-value", format!("{} is not one of: {}.", quote(text), values.join(", ")))
}
