//! The classes that a file declares.

use crate::Language;
use crate::own_class::OwnClass;
use crate::reader::{Reader, Scope};
use crate::types::Type;

/// At most this many classes of one line of inheritance are looked at, so that cycles end.
const MAX_ANCESTORS: usize = 16;

impl<'a> Reader<'a, '_> {
    /// The class of this file with that simple name, if there is one only.
    pub(crate) fn own_class(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied().filter(|_| self.names.own.get(name) == Some(&true))
    }

    /// A class of this file and those above it that are of this file as well, nearest first, each with what its type
    /// variables stand for.
    fn own_ancestors(&self, class: usize, given: &[Type<'a>]) -> Vec<(&OwnClass<'a>, Vec<Type<'a>>)> {
        let (mut all, mut seen, mut at) = (Vec::new(), vec![class], 0);
        all.extend(self.classes.get(class).map(|own| (own, given.to_vec())));
        while let Some((one, given)) = all.get(at).cloned() {
            for above in one.supers.iter().take(MAX_ANCESTORS) {
                let Type::Own(above, with) = above else { continue };
                let own =
                    self.own_class(above).filter(|own| !seen.contains(own) && seen.len() < MAX_ANCESTORS);
                if let Some((id, own)) = own.and_then(|id| Some((id, self.classes.get(id)?))) {
                    seen.push(id);
                    all.push((own, with.iter().map(|of| of.bound(&one.variables, &given)).collect()));
                }
            }
            at += 1;
        }
        all
    }

    /// The first answer from a class or its superclasses, with type variables bound.
    fn inherited<T>(
        &self,
        class: usize,
        given: &[Type<'a>],
        of: impl Fn(&OwnClass<'a>, &dyn Fn(&Type<'a>) -> Type<'a>) -> Option<T>,
    ) -> Option<T> {
        let ancestors = self.own_ancestors(class, given).into_iter();
        ancestors.into_iter().find_map(|(own, given)| of(own, &|one| one.bound(&own.variables, &given)))
    }

    /// A field of a class of this file.
    pub(crate) fn field_of(&self, class: usize, given: &[Type<'a>], name: &str) -> Option<Type<'a>> {
        // Nearly all are the class's own.
        let own = self.classes.get(class)?;
        let own = own.fields.get(name).map(|of| of.bound(&own.variables, given));
        own.or_else(|| self.inherited(class, given, |one, bound| one.fields.get(name).map(bound)))
    }

    /// What a method of a class of this file returns; a record has one for each of its parts.
    pub(crate) fn method_of(&self, class: usize, given: &[Type<'a>], name: &str) -> Option<Type<'a>> {
        self.inherited(class, given, |one, bound| one.methods.get(name).map(bound)).or_else(|| {
            let record = self.classes.get(class).filter(|class| class.is_record)?;
            record.fields.get(name).map(|of| of.bound(&record.variables, given))
        })
    }

    /// What lambdas are called with that are passed to a method of this file, where there is one of that name only.
    pub(crate) fn expected_params_of(
        &self,
        class: usize,
        given: &[Type<'a>],
        name: &str,
    ) -> Vec<Option<Vec<Type<'a>>>> {
        let takes = self.inherited(class, given, |one, bound| {
            one.takes.get(name).map(|takes| takes.iter().map(bound).collect::<Vec<_>>())
        });
        takes.unwrap_or_default().iter().map(|of| self.lambda_takes(of)).collect()
    }

    /// What a lambda or reference of a declared type is called with.
    pub(crate) fn lambda_takes(&self, of: &Type<'a>) -> Option<Vec<Type<'a>>> {
        let Type::Own(name, given) = of else { return of.lambda_takes() };
        self.inherited(self.own_class(name)?, given, |one, bound| match &one.open[..] {
            [only] => Some(only.iter().map(bound).collect()),
            _ => None,
        })
    }

    /// The classes of Kafka above a class of this file.
    pub(crate) fn kafka_above(&self, class: usize) -> Vec<String> {
        let supers = self
            .own_ancestors(class, &[])
            .into_iter()
            .flat_map(|(class, _)| class.supers.iter().take(MAX_ANCESTORS));
        supers.filter_map(|above| above.kafka().map(str::to_owned)).collect()
    }

    /// The class declared at a token, registered the first time.
    fn class_at_token(&mut self, at: usize, name: &'a str) -> usize {
        if let Some(known) = self.by_place.get(&at) {
            return *known;
        }
        self.classes.push(OwnClass { name, ..OwnClass::default() });
        let id = self.classes.len() - 1;
        self.by_place.insert(at, id);
        self.by_name.entry(name).or_insert(id);
        id
    }

    /// A class from its name on: `Name<T>(int a) extends B implements C { … }`.
    pub(crate) fn class(&mut self) {
        let start = self.at;
        let name = if self.is_name(self.at) { self.text(0) } else { "" };
        let id = self.class_at_token(start, name);
        if let Some(class) = self.classes.get_mut(id) {
            class.is_record = start
                .checked_sub(1)
                .is_some_and(|at| self.tokens.get(at).is_some_and(|one| one.text == "record"));
        }
        self.at += usize::from(!name.is_empty());
        self.scopes.push(Scope { class: Some(id), ..Scope::default() });
        let variables = self.type_parameters();
        if let Some(class) = self.classes.get_mut(id) {
            class.variables = variables;
        }
        // A constructor in the header, with what stands before it in Kotlin and Scala.
        while matches!(self.text(0), "private" | "protected" | "internal" | "public" | "constructor" | "@") {
            self.at += if self.text(0) == "@" { 2 } else { 1 };
        }
        while self.text(0) == "(" {
            self.parameters();
        }
        self.heritage(id);
        let header = self.scopes.pop().unwrap_or_default();
        if self.text(0) == "{" {
            self.inside(Scope { class: Some(id), bounds: header.bounds, ..Scope::default() }, Self::items);
        }
    }

    /// `extends`, `implements`, `with`, `:` and what follows them, up to the body.
    fn heritage(&mut self, id: usize) {
        let mut supers = Vec::new();
        while let Some(token) = self.token() {
            match token.text {
                "extends" | "implements" | "with" | "permits" | ":" | "," => {
                    let permits = token.text == "permits";
                    self.at += 1;
                    while self.text(0) == "@" {
                        self.at += 2;
                    }
                    if let Some((of, end)) = self.parse_type(self.at) {
                        let start = self.at;
                        self.mention_types(start, end);
                        self.at = end;
                        if self.text(0) == "(" && !self.is_fresh(self.at) {
                            self.constructed(&of, start);
                        }
                        if !permits {
                            supers.push(of);
                        }
                    }
                }
                "by" if self.language == Language::Kotlin => {
                    self.at += 1;
                    self.expression();
                }
                _ => break,
            }
        }
        if let Some(class) = self.classes.get_mut(id) {
            class.supers = supers;
        }
    }

    /// The body of an anonymous class below `above`, from its brace on.
    pub(crate) fn anonymous(&mut self, above: Vec<Type<'a>>) {
        let id = self.class_at_token(self.at, "");
        if let Some(class) = self.classes.get_mut(id) {
            class.supers = above;
        }
        self.inside(Scope { class: Some(id), ..Scope::default() }, Self::items);
    }
}
