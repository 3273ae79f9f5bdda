//! Writing one Java file: which names it imports and how it writes types and values.
//!
//! What is *not* here: what the files are about (`forms`).

use std::collections::BTreeMap;

/// How a file gets at the class it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Names {
    /// `import a.b.C;`
    Single,
    /// `import a.b.*;`
    Wildcard,
    /// `a.b.C` wherever it is named.
    Qualified,
}

/// A file that is being written.
#[derive(Debug)]
pub struct Source {
    names: Names,
    imports: BTreeMap<String, String>,
    statics: Vec<String>,
    body: String,
}

impl Source {
    /// An empty one.
    #[must_use]
    pub fn new(names: Names) -> Self {
        Self { names, imports: BTreeMap::new(), statics: Vec::new(), body: String::new() }
    }

    /// Adds lines to the class's body.
    pub fn line(&mut self, text: &str) {
        self.body.push_str(text);
        self.body.push('\n');
    }

    /// Adds `import static …;`.
    pub fn static_import(&mut self, name: &str) {
        self.statics.push(format!("import static {name};\n"));
    }

    /// How the file names a type, imported if need be.
    pub fn name(&mut self, class: &str) -> String {
        if let Some(element) = class.strip_suffix("[]") {
            return self.name(element) + "[]";
        }
        if let Some(element) = class.strip_suffix("...") {
            return self.name(element) + "[]";
        }
        let (package, simple) = split(class);
        if package.is_empty() || package == "java.lang" {
            return simple.replace('$', ".");
        }
        let outer = simple.split('$').next().unwrap_or_default().to_owned();
        let full = format!("{package}.{outer}");
        let kafkas = !package.starts_with("java");
        if kafkas && self.names == Names::Qualified {
            return class.replace('$', ".");
        }
        match self.imports.get(&outer) {
            Some(known) if *known != full => class.replace('$', "."),
            _ => {
                self.imports.insert(outer, full);
                simple.replace('$', ".")
            }
        }
    }

    /// The whole text: `head` opens the class.
    #[must_use]
    pub fn text(&self, head: &str) -> String {
        let mut imports: Vec<String> = Vec::new();
        for full in self.imports.values() {
            let package = split(full).0;
            let import = match self.names {
                Names::Wildcard if !package.starts_with("java") => format!("import {package}.*;\n"),
                _ => format!("import {full};\n"),
            };
            imports.push(import);
        }
        imports.extend(self.statics.iter().cloned());
        imports.sort();
        imports.dedup();
        format!("package com.example.orders;\n\n{}\n{head} {{\n{}}}\n", imports.concat(), self.body)
    }
}

/// Package and simple name.
#[must_use]
pub fn split(class: &str) -> (&str, &str) {
    class.rsplit_once('.').unwrap_or(("", class))
}

/// An expression of the type, as people write it.
pub fn value(source: &mut Source, class: &str) -> String {
    match class {
        "long" => "100L".to_owned(),
        "int" => "10".to_owned(),
        "short" => "(short) 1".to_owned(),
        "byte" => "(byte) 1".to_owned(),
        "char" => "'c'".to_owned(),
        "boolean" => "true".to_owned(),
        "double" => "0.5".to_owned(),
        "float" => "0.5f".to_owned(),
        "java.lang.String" => "\"orders\"".to_owned(),
        "java.lang.Long" => "5L".to_owned(),
        "java.lang.Integer" => "5".to_owned(),
        "java.time.Duration" => format!("{}.ofMillis(100)", source.name(class)),
        "java.util.Collection" => format!("{}.of()", source.name("java.util.List")),
        "java.util.Map" | "java.util.List" | "java.util.Set" => format!("{}.of()", source.name(class)),
        "java.util.Properties" => format!("new {}()", source.name(class)),
        _ => format!("({}) null", source.name(class)),
    }
}

/// The type as a type argument: `long` is `Long`.
#[must_use]
pub fn boxed(name: &str) -> String {
    match name {
        "long" => "Long",
        "int" => "Integer",
        "short" => "Short",
        "byte" => "Byte",
        "char" => "Character",
        "boolean" => "Boolean",
        "double" => "Double",
        "float" => "Float",
        other => other,
    }
    .to_owned()
}
