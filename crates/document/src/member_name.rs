//! Names of members of classes, in parts.

use std::fmt;

/// A method, constructor, field or constant by the class that has it.
///
/// Written `CLASS#poll(long)`, `CLASS#new(java.lang.String)`, `CLASS#NAME`; an argument of unknown type is `?`, and
/// `CLASS#poll(*)` is every method of that name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MemberName {
    /// The binary name of the class.
    pub class: String,
    /// The name in the class; [`MemberName::NEW`] for a constructor.
    pub name: String,
    /// The arguments.
    pub arguments: Arguments,
}

/// The arguments of a [`MemberName`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arguments {
    /// A field or constant, which takes none.
    None,
    /// Those of any overload.
    Any,
    /// The erased type of each; `None` where it is not known.
    Types(Vec<Option<String>>),
}

impl MemberName {
    /// The name of constructors.
    pub const NEW: &'static str = "new";

    /// A field or constant.
    #[must_use]
    pub fn field(class: &str, name: &str) -> Self {
        Self { class: class.to_owned(), name: name.to_owned(), arguments: Arguments::None }
    }

    /// A method or constructor with its arguments.
    #[must_use]
    pub fn method(class: &str, name: &str, arguments: Arguments) -> Self {
        Self { class: class.to_owned(), name: name.to_owned(), arguments }
    }

    /// A name as it is written; `None` for that of a class.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (class, member) = text.split_once('#')?;
        let (name, arguments) = match member.split_once('(') {
            None => (member, Arguments::None),
            Some((name, "*)")) => (name, Arguments::Any),
            Some((name, list)) => {
                let types = list.trim_end_matches(')').split(',').map(str::trim);
                let known = |one: &str| (one != "?").then(|| one.to_owned());
                (name, Arguments::Types(types.filter(|one| !one.is_empty()).map(known).collect()))
            }
        };
        Some(Self::method(class, name, arguments))
    }

    /// Whether it is what is written so, without regard to arguments: `CLASS#poll`.
    #[must_use]
    pub fn has_name(&self, text: &str) -> bool {
        text.split_once('#') == Some((self.class.as_str(), self.name.as_str()))
    }

    /// Whether it is a constructor.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.name == Self::NEW
    }
}

impl Arguments {
    /// Whether the type of some argument is not known.
    #[must_use]
    pub fn has_unknown(&self) -> bool {
        matches!(self, Self::Types(types) if types.iter().any(Option::is_none))
    }

    /// Whether a parameter list of these types takes them.
    #[must_use]
    pub fn fit(&self, wanted: &[&str]) -> bool {
        match self {
            Self::None => false,
            Self::Any => true,
            Self::Types(given) => {
                wanted.len() == given.len()
                    && wanted
                        .iter()
                        .zip(given)
                        .all(|(wanted, given)| given.as_ref().is_none_or(|given| given == wanted))
            }
        }
    }
}

impl fmt::Display for MemberName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}#{}", self.class, self.name)?;
        match &self.arguments {
            Arguments::None => Ok(()),
            Arguments::Any => out.write_str("(*)"),
            Arguments::Types(types) => {
                let types: Vec<&str> = types.iter().map(|one| one.as_deref().unwrap_or("?")).collect();
                write!(out, "({})", types.join(","))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_written_as_it_is_read() {
        for text in ["a.B#poll(long,?)", "a.B#new()", "a.B#NAME", "a.B#poll(*)", "a.B$C#of(byte[]...)"] {
            assert_eq!(MemberName::parse(text).map(|name| name.to_string()).as_deref(), Some(text));
        }
        assert_eq!(MemberName::parse("a.B"), None);
    }

    #[test]
    fn an_unknown_argument_fits_any_type_and_a_field_no_parameters() {
        let arguments = |text: &str| MemberName::parse(text).unwrap().arguments;
        assert!(arguments("a.B#poll(?)").fit(&["long"]) && arguments("a.B#poll(*)").fit(&["long", "int"]));
        assert!(!arguments("a.B#poll(?,?)").fit(&["long"]) && !arguments("a.B#POLL").fit(&[]));
    }
}
