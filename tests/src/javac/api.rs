//! The public API of a release, as its catalog file lists it: classes, and their members with erased types.
//!
//! What is *not* here: the packed tables of the catalog, which keep only what some release lacks.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use serde_json::Value;

/// Classes of one release by their binary names (`a.b.Outer$Inner`).
#[derive(Clone, Debug)]
pub struct Api {
    /// Each with what is known of it.
    pub classes: BTreeMap<String, Class>,
}

/// One public class.
#[derive(Clone, Debug)]
pub struct Class {
    /// `interface`, `enum`, `abstract`, `class` or `annotation`.
    pub kind: String,
    /// Its public and protected members.
    pub members: Vec<Member>,
}

/// What a member is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A constructor.
    New,
    /// A method.
    Method,
    /// A field or an enum's constant.
    Field,
}

/// One public or protected member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// What it is.
    pub kind: Kind,
    /// Its name, empty for a constructor.
    pub name: String,
    /// Erased types; a last one in `...` takes any number.
    pub parameters: Vec<String>,
    /// Erased type that a method returns or a field has.
    pub returns: String,
    /// Whether it belongs to the class.
    pub is_static: bool,
    /// Whether it is for subclasses only.
    pub is_protected: bool,
    /// As the catalog writes it, without what it returns and its flags.
    pub signature: String,
}

impl Api {
    /// Reads `crates/catalog/data/releases/<release>.json`.
    pub fn of(release: &str) -> Result<Self> {
        let path = xtask::root().join(format!("crates/catalog/data/releases/{release}.json"));
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let facts: Value = serde_json::from_str(&text)?;
        let listed = facts.get("classes").and_then(Value::as_object).context("no classes")?;
        let mut classes = BTreeMap::new();
        for (name, class) in listed {
            let text = |key: &str| class.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            // Scala's own classes are not what a Java file uses.
            if text("in") == "kafka-streams-scala" {
                continue;
            }
            let members = class.get("members").and_then(Value::as_array);
            let members = members.into_iter().flatten().filter_map(|member| Member::read(member.as_str()?));
            classes.insert(name.clone(), Class { kind: text("kind"), members: members.collect() });
        }
        Ok(Self { classes })
    }
}

impl Class {
    /// Whether the class has a member of that signature itself.
    #[must_use]
    pub fn has(&self, signature: &str) -> bool {
        self.members.iter().any(|member| member.signature == signature)
    }
}

impl Member {
    fn read(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(' ')?;
        let (name, parameters, rest) = match rest.split_once('(') {
            Some((name, rest)) => {
                let (parameters, rest) = rest.split_once(')')?;
                (name, parameters, rest)
            }
            None => {
                let (name, rest) = rest.split_once(' ')?;
                (name, "", rest)
            }
        };
        let kind = match kind {
            "new" => Kind::New,
            "method" => Kind::Method,
            "field" => Kind::Field,
            _ => return None,
        };
        let mut words = rest.split_whitespace();
        let returns = if kind == Kind::New { "" } else { words.next()? };
        let flags: Vec<&str> = words.collect();
        let parameters: Vec<String> =
            parameters.split(',').filter(|one| !one.is_empty()).map(str::to_owned).collect();
        let signature = match kind {
            Kind::New => format!("new ({})", parameters.join(",")),
            Kind::Method => format!("method {name}({})", parameters.join(",")),
            Kind::Field => format!("field {name}"),
        };
        Some(Self {
            kind,
            name: name.to_owned(),
            parameters,
            returns: returns.to_owned(),
            is_static: flags.contains(&"static"),
            is_protected: flags.contains(&"protected"),
            signature,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_read_with_its_parameters_and_flags() {
        let member = Member::read("method of(java.lang.String,byte[]...) a.B static deprecated").unwrap();
        assert_eq!(member.parameters, ["java.lang.String", "byte[]..."]);
        assert_eq!((member.returns.as_str(), member.is_static, member.is_protected), ("a.B", true, false));
        assert_eq!(member.signature, "method of(java.lang.String,byte[]...)");
        assert_eq!(Member::read("new () protected").unwrap().signature, "new ()");
        assert_eq!(Member::read("field ACKS java.lang.String static").unwrap().returns, "java.lang.String");
    }
}
