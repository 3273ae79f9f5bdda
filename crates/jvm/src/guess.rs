//! Types that only the name of a variable shows.

use crate::Language;
use crate::chain::Value;
use crate::reader::Reader;
use crate::types::Type;

impl<'a> Reader<'a, '_> {
    /// The imported class that a variable is named after.
    pub(crate) fn guess(&self, name: &str) -> Value<'a> {
        let name = name.to_ascii_lowercase();
        if name.len() < 5 || self.language == Language::Kotlin && name == "it" {
            return Value::UNKNOWN;
        }
        let mut best: Option<(&str, usize)> = None;
        let mut apart = false;
        for full in self.names.kafka_classes() {
            let simple = full.rsplit(['.', '$']).next().unwrap_or(full).to_ascii_lowercase();
            let fits =
                simple == name || simple.ends_with(&name) || (name.ends_with(&simple) && simple.len() >= 5);
            if !fits {
                continue;
            }
            let distance = simple.len().abs_diff(name.len());
            match best {
                Some((_, known)) if known < distance => {}
                Some((_, known)) if known == distance => apart = true,
                _ => {
                    best = Some((full, distance));
                    apart = false;
                }
            }
        }
        match best.filter(|_| !apart) {
            Some((full, _)) => Value { of: Type::named(full), guessed: true, is_class: false },
            None => Value::UNKNOWN,
        }
    }
}
