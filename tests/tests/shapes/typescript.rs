//! The shape of an interface in a file of TypeScript's types: as much of the language as `types.d.ts` has.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail, ensure};

use super::{Shape, Shapes};

/// A type.
#[derive(Clone, Debug)]
enum Type {
    Object(Vec<(String, bool, Type)>),
    Array(Box<Type>),
    Union(Vec<Type>),
    Word(String),
    Number,
    Name(String),
    Member(Box<Type>, String),
    Exclude(Box<Type>, Box<Type>),
}

/// Everything that an interface allows, by place.
pub(crate) fn shapes(text: &str, interface: &str) -> Result<Shapes> {
    let tokens = tokens(text);
    let mut parser = Parser { tokens: &tokens, at: 0 };
    let mut types = BTreeMap::new();
    while parser.at < tokens.len() {
        if parser.takes("export") && (parser.takes("interface") || parser.takes("type")) {
            let name = parser.next()?.to_owned();
            parser.takes("=");
            types.insert(name, parser.union()?);
        } else {
            parser.at += 1;
        }
    }
    let mut shapes = Shapes::new();
    let top = types.get(interface).with_context(|| format!("there is no {interface}"))?;
    add(top, &types, "", true, &mut shapes)?;
    Ok(shapes)
}

/// Names, texts with their quotes, numbers and signs; comments are left out.
fn tokens(text: &str) -> Vec<String> {
    let (mut tokens, mut rest) = (Vec::new(), text);
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if first == '"' {
            rest.match_indices('"').nth(1).map_or(rest.len(), |(end, _)| end + 1)
        } else {
            let is_name = |one: char| one.is_alphanumeric() || one == '_';
            rest.find(|one| !is_name(one)).unwrap_or(rest.len()).max(first.len_utf8())
        };
        let (token, behind) = rest.split_at(length);
        if !token.trim().is_empty() && !token.starts_with('/') {
            tokens.push(token.to_owned());
        }
        rest = behind;
    }
    tokens
}

struct Parser<'t> {
    tokens: &'t [String],
    at: usize,
}

impl Parser<'_> {
    fn is(&self, token: &str) -> bool {
        self.tokens.get(self.at).is_some_and(|one| one == token)
    }

    fn takes(&mut self, token: &str) -> bool {
        let is = self.is(token);
        self.at += usize::from(is);
        is
    }

    fn next(&mut self) -> Result<&str> {
        self.at += 1;
        self.tokens.get(self.at - 1).map(String::as_str).context("the file ends in a type")
    }

    fn union(&mut self) -> Result<Type> {
        self.takes("|");
        let mut all = vec![self.postfix()?];
        while self.takes("|") {
            all.push(self.postfix()?);
        }
        Ok(Type::Union(all))
    }

    fn postfix(&mut self) -> Result<Type> {
        let mut of = self.primary()?;
        while self.takes("[") {
            of = match self.next()? {
                "]" => Type::Array(Box::new(of)),
                member => {
                    let member = member.trim_matches('"').to_owned();
                    ensure!(self.takes("]"), "an index ends with its bracket");
                    Type::Member(Box::new(of), member)
                }
            };
        }
        Ok(of)
    }

    fn primary(&mut self) -> Result<Type> {
        if self.takes("{") {
            let mut members = Vec::new();
            while !self.takes("}") {
                let name = self.next()?.to_owned();
                let is_optional = self.takes("?");
                ensure!(self.takes(":"), "{name} has a type");
                members.push((name, is_optional, self.union()?));
                let _ = self.takes(";") || self.takes(",");
            }
            return Ok(Type::Object(members));
        }
        if self.takes("[") {
            let mut items = Vec::new();
            while !self.takes("]") {
                items.push(self.union()?);
                self.takes(",");
            }
            return Ok(Type::Array(Box::new(Type::Union(items))));
        }
        let token = self.next()?.to_owned();
        if token == "Exclude" && self.takes("<") {
            let of = self.union()?;
            ensure!(self.takes(","), "`Exclude` takes two");
            let without = self.union()?;
            ensure!(self.takes(">"), "`Exclude` ends with its bracket");
            return Ok(Type::Exclude(Box::new(of), Box::new(without)));
        }
        if token.starts_with('"') {
            return Ok(Type::Word(token.trim_matches('"').to_owned()));
        }
        if token.starts_with(|one: char| one.is_ascii_digit()) {
            return Ok(Type::Number);
        }
        ensure!(token.starts_with(|one: char| one.is_alphabetic()), "`{token}` is no type");
        Ok(Type::Name(token))
    }
}

type Types = BTreeMap<String, Type>;

/// The types that are no unions and no names that a type stands for.
fn alternatives(of: &Type, types: &Types) -> Result<Vec<Type>> {
    Ok(match of {
        Type::Union(all) => {
            let all: Result<Vec<_>> = all.iter().map(|one| alternatives(one, types)).collect();
            all?.concat()
        }
        Type::Name(name) => match types.get(name) {
            Some(of) => alternatives(of, types)?,
            None => vec![of.clone()],
        },
        Type::Member(of, member) => {
            let mut found = Vec::new();
            for one in alternatives(of, types)? {
                let Type::Object(members) = one else { bail!("{member} of what is no object") };
                for (_, _, of) in members.iter().filter(|(name, ..)| name == member) {
                    found.extend(alternatives(of, types)?);
                }
            }
            found
        }
        Type::Exclude(of, without) => {
            let word = |one: &Type| if let Type::Word(word) = one { Some(word.clone()) } else { None };
            let without: BTreeSet<_> = alternatives(without, types)?.iter().filter_map(word).collect();
            let all = alternatives(of, types)?;
            all.into_iter().filter(|one| !word(one).is_some_and(|word| without.contains(&word))).collect()
        }
        other => vec![other.clone()],
    })
}

fn add(of: &Type, types: &Types, place: &str, is_required: bool, into: &mut Shapes) -> Result<()> {
    let all = alternatives(of, types)?;
    let mut shape = Shape { is_required, ..Shape::default() };
    let (mut words, mut objects, mut items) = (BTreeSet::new(), Vec::new(), Vec::new());
    let mut is_any_text = false;
    for one in all {
        let name = match one {
            Type::Object(members) => {
                objects.push(members);
                "object"
            }
            Type::Array(of) => {
                items.push(*of);
                "array"
            }
            Type::Word(word) => {
                words.insert(word);
                "string"
            }
            Type::Number => "integer",
            Type::Name(name) => match name.as_str() {
                "string" => {
                    is_any_text = true;
                    "string"
                }
                "number" => "integer",
                "boolean" => "boolean",
                "null" => "null",
                other => bail!("{place}: there is no type {other}"),
            },
            Type::Union(_) | Type::Member(..) | Type::Exclude(..) => bail!("{place}: not resolved"),
        };
        shape.types.insert(name.to_owned());
    }
    shape.words = Some(words).filter(|words| !words.is_empty() && !is_any_text);
    into.insert(place.to_owned(), shape);
    let mut members: BTreeMap<String, (Vec<Type>, bool)> = BTreeMap::new();
    let count = objects.len();
    for (name, is_optional, of) in objects.into_iter().flatten() {
        let (all, always) = members.entry(name).or_insert((Vec::new(), true));
        all.push(of);
        *always &= !is_optional;
    }
    for (name, (all, always)) in members {
        let is_required = always && all.len() == count;
        add(&Type::Union(all), types, &format!("{place}/{name}"), is_required, into)?;
    }
    if !items.is_empty() {
        add(&Type::Union(items), types, &format!("{place}[]"), true, into)?;
    }
    Ok(())
}
