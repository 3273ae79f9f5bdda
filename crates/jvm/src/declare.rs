//! Declarations of variables and values, and the statements that they stand in.

use crate::Language;
use crate::reader::{Reader, Scope};
use crate::token::{Token, TokenKind};
use crate::types::{Type, is_primitive};

impl<'a> Reader<'a, '_> {
    /// One declaration, statement or expression.
    pub(crate) fn item(&mut self, token: Token<'a>) {
        match token.kind {
            TokenKind::Name => self.named_item(token),
            TokenKind::Symbol => match token.text {
                "{" => self.inside(Scope::default(), Self::items),
                "@" => self.annotation(),
                "(" | "!" | "-" | "++" | "--" => {
                    self.expression();
                }
                "[" => self.inside(Scope::default(), Self::items),
                // Type parameters of a method.
                "<" => {
                    let start = self.at;
                    self.type_parameters();
                    self.at = self.at.max(start + 1);
                }
                _ => self.at += 1,
            },
            _ => {
                self.expression();
            }
        }
    }

    /// The parentheses of `for`, `try`, `catch` and the like; what they declare holds in what follows.
    fn header(&mut self) {
        self.at += 1;
        let Some(close) = self.close_of(self.at).filter(|_| self.text(0) == "(") else { return };
        let limit = std::mem::replace(&mut self.limit, close);
        self.at += 1;
        if self.is_name(self.at) && self.text(1) == "in" {
            self.for_each_binding();
        }
        self.items();
        self.limit = limit;
        self.at = close + 1;
    }

    /// The variable of a loop: `name in values` or `name <- values`.
    fn for_each_binding(&mut self) {
        let name = self.text(0);
        self.at += 2;
        let values = self.expression();
        self.declare(name, values.element());
    }

    fn named_item(&mut self, token: Token<'a>) {
        let next_is_name = self.is_name(self.at + 1);
        match token.text {
            "package" if next_is_name && token.starts_line => self.skip_path(),
            "import" if next_is_name => self.skip_path(),
            "class" | "interface" | "enum" | "trait" if next_is_name && self.text(1) != "class" => {
                self.at += 1;
                self.class();
            }
            "record" if next_is_name && matches!(self.text(2), "(" | "<") => {
                self.at += 1;
                self.class();
            }
            "object" if self.language != Language::Java && (next_is_name || self.text(1) == "{") => {
                self.at += 1;
                if next_is_name {
                    self.class();
                }
            }
            "val" | "var" if self.language != Language::Java => self.value(),
            "fun" if self.language == Language::Kotlin => self.function(),
            "def" if self.language == Language::Scala => self.function(),
            "constructor" | "init" if self.language == Language::Kotlin && self.text(1) == "(" => {
                self.at += 1;
                self.scopes.push(Scope::default());
                self.parameters();
                self.body();
                self.scopes.pop();
            }
            "for" | "try" | "catch" | "if" | "while" | "switch" | "when" if self.text(1) == "(" => {
                self.header()
            }
            "case"
                if self.language == Language::Scala && self.text(2) == ":" && self.is_name(self.at + 1) =>
            {
                let name = self.text(1);
                self.at += 2;
                let of = self.typed();
                self.declare(name, of);
            }
            name if self.language == Language::Scala && self.text(1) == "<-" && !name.is_empty() => {
                self.for_each_binding()
            }
            "return" if self.language == Language::Java => {
                self.at += 1;
                self.expected_params = self.lambda_takes(&self.returns);
                self.expression();
                self.expected_params = None;
            }
            "new" | "this" | "super" => {
                self.expression();
            }
            text if is_keyword(text, self.language) => self.at += 1,
            name if self.text(1) == "(" && self.is_constructor(name) => self.method(Type::Unknown),
            _ if self.language == Language::Java && self.declaration() => {}
            _ => {
                self.expression();
            }
        }
    }

    fn is_constructor(&self, name: &str) -> bool {
        let class = self.in_class().and_then(|class| self.classes.get(class));
        self.language == Language::Java && class.is_some_and(|class| class.name == name)
    }

    /// Past the rest of an import or package.
    fn skip_path(&mut self) {
        self.at += 1;
        while let Some(token) = self.token().filter(|token| !token.starts_line) {
            match token.text {
                ";" => break,
                "{" => self.at = self.close_of(self.at).unwrap_or(self.at) + 1,
                _ => self.at += 1,
            }
        }
    }

    pub(crate) fn annotation(&mut self) {
        self.at += 1;
        if self.text(0) == "interface" {
            self.at += 1;
            return self.class();
        }
        if self.is_name(self.at) && !matches!(self.text(0), "class" | "file") {
            self.at += 1;
            while self.text(0) == "." && self.is_name(self.at + 1) {
                self.at += 2;
            }
            if self.text(0) == "(" && !self.is_fresh(self.at) {
                self.arguments(&[]);
            }
        }
    }

    /// `Type name` of Java and what follows: a variable, a field, a parameter or a method.
    fn declaration(&mut self) -> bool {
        let start = self.at;
        if !self.is_name(start + 1) && !matches!(self.text(1), "<" | "." | "[" | "@") {
            return false;
        }
        let Some((of, end)) = self.parse_type(start) else { return false };
        let name = self.text_at(end);
        if !self.is_name(end) || is_keyword(name, self.language) {
            return false;
        }
        let after = self.text_at(end + 1);
        match after {
            "(" if self.in_class().is_some() => {
                self.mention_types(start, end);
                self.at = end;
                self.method(of);
            }
            "=" | ";" | "," | ":" | ")" | "[" | "" => {
                self.mention_types(start, end);
                self.at = end + 1;
                let of = if after == "[" { Type::Array(of.into()) } else { of };
                self.variables(name, of);
            }
            _ => return false,
        }
        true
    }

    /// What follows `Type name`: an initial value, further names, or what a loop goes over.
    fn variables(&mut self, first: &'a str, of: Type<'a>) {
        let inferred = of == Type::named("var") || of == Type::named("val");
        let mut name = first;
        loop {
            match self.text(0) {
                "=" => {
                    self.at += 1;
                    if !inferred {
                        self.declare(name, of.clone());
                    }
                    let takes = self.lambda_takes(&of);
                    let outer = std::mem::replace(&mut self.expected_params, takes);
                    let value = self.expression();
                    self.expected_params = outer;
                    if inferred {
                        self.declare(name, value);
                    }
                }
                ":" => {
                    self.at += 1;
                    let value = self.expression();
                    self.declare(name, if inferred { value.element() } else { of.clone() });
                }
                _ => self.declare(name, of.clone()),
            }
            let another = self.text(0) == "," && self.is_name(self.at + 1);
            if !another || !matches!(self.text(2), "=" | ";" | ",") || self.in_parentheses() {
                return;
            }
            name = self.text(1);
            self.at += 2;
        }
    }

    fn in_parentheses(&self) -> bool {
        self.tokens.get(self.limit).is_some_and(|close| close.text == ")")
    }

    /// `val name: Type = value` of Kotlin and Scala.
    fn value(&mut self) {
        self.at += 1;
        // A receiver's type parameters, or names that are taken apart, are left alone.
        let Some(name) = self.token().filter(|token| token.kind == TokenKind::Name) else { return };
        self.at += 1;
        let declared = if self.text(0) == ":" { Some(self.typed()) } else { None };
        if let Some(of) = &declared {
            self.declare(name.text, of.clone());
        }
        let by = self.language == Language::Kotlin && self.text(0) == "by";
        if self.text(0) == "=" {
            self.at += 1;
            let value = self.expression();
            if declared.is_none() {
                self.declare(name.text, value);
            }
        } else if by {
            self.at += 1;
            let lazy = self.takes("lazy") && self.text(0) == "{";
            let value = if lazy { self.lambda_value() } else { self.expression() };
            if declared.is_none() {
                self.declare(name.text, if lazy { value } else { Type::Unknown });
            }
        } else if declared.is_none() {
            self.declare(name.text, Type::Unknown);
        }
    }

    /// What a lambda that is only one expression gives.
    fn lambda_value(&mut self) -> Type<'a> {
        let mut value = Type::Unknown;
        self.inside(Scope::default(), |reader| {
            value = reader.expression();
            if reader.token().is_some() {
                value = Type::Unknown;
                reader.items();
            }
        });
        value
    }

    /// A type behind its colon.
    pub(crate) fn typed(&mut self) -> Type<'a> {
        self.at += 1;
        match self.parse_type(self.at) {
            Some((of, end)) => {
                let start = self.at;
                self.mention_types(start, end);
                self.at = end;
                of
            }
            None => Type::Unknown,
        }
    }
}

/// Words that begin no type and no expression.
pub(crate) fn is_keyword(text: &str, language: Language) -> bool {
    let shared = matches!(
        text,
        "return"
            | "if"
            | "else"
            | "while"
            | "do"
            | "try"
            | "catch"
            | "finally"
            | "throw"
            | "public"
            | "private"
            | "protected"
            | "abstract"
            | "final"
            | "import"
            | "package"
            | "class"
            | "for"
    );
    let own = match language {
        Language::Java => matches!(
            text,
            "static"
                | "synchronized"
                | "switch"
                | "case"
                | "default"
                | "break"
                | "continue"
                | "assert"
                | "throws"
                | "extends"
                | "implements"
                | "instanceof"
                | "volatile"
                | "transient"
                | "native"
                | "interface"
                | "enum"
                | "new"
                | "goto"
                | "strictfp"
                | "const"
                | "this"
                | "super"
                | "true"
                | "false"
                | "null"
        ),
        Language::Kotlin => matches!(
            text,
            "when"
                | "is"
                | "in"
                | "as"
                | "override"
                | "open"
                | "internal"
                | "companion"
                | "data"
                | "sealed"
                | "lateinit"
                | "suspend"
                | "inline"
                | "init"
                | "break"
                | "continue"
                | "fun"
                | "val"
                | "var"
                | "by"
                | "where"
        ),
        Language::Scala => matches!(
            text,
            "override"
                | "implicit"
                | "lazy"
                | "case"
                | "match"
                | "extends"
                | "with"
                | "yield"
                | "sealed"
                | "def"
                | "val"
                | "var"
                | "then"
                | "end"
                | "given"
                | "using"
                | "type"
        ),
    };
    shared || own && !is_primitive(text)
}
