//! One shape in three languages: what is serialised, as `schemars` derives it from the types, is what `tests/schema`
//! declares and what `types.d.ts` has for TypeScript.
//!
//! What is *not* here: whether what is printed keeps to it (`contract`), and what the schemas promise beyond the types:
//! texts that are never empty, bounds, patterns.

mod typescript;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use kafka_upgrade_input::listing::Listing;
use kafka_upgrade_report::Report;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde_json::Value;

/// What can stand at a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// `string`, `integer`, `boolean`, `array`, `object`, `null`.
    pub(crate) types: BTreeSet<String>,
    /// The only texts that can, where they are known.
    pub(crate) words: Option<BTreeSet<String>>,
    /// Whether a member is always there.
    pub(crate) is_required: bool,
    /// Whether a reader has something for one that is missing.
    pub(crate) has_default: bool,
}

/// By place: `/files[]/path`.
pub(crate) type Shapes = BTreeMap<String, Shape>;

fn derived<T: JsonSchema>() -> Result<Value> {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let schema: Schema = settings.into_generator().into_root_schema_for::<T>();
    Ok(serde_json::to_value(schema)?)
}

fn written(name: &str) -> Result<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema").join(name);
    Ok(serde_json::from_str(&fs::read_to_string(&path).with_context(|| path.display().to_string())?)?)
}

/// Everything that a schema allows, by place.
fn shapes(schema: &Value) -> Result<Shapes> {
    let mut shapes = Shapes::new();
    let top = Shape { is_required: true, ..Shape::default() };
    add(schema, schema, "", top, &mut shapes)?;
    Ok(shapes)
}

fn add(schema: &Value, root: &Value, place: &str, member: Shape, into: &mut Shapes) -> Result<()> {
    let mut all = Vec::new();
    alternatives(schema, root, &mut all)?;
    let mut shape = member;
    let has_words = all.iter().all(|one| one.get("const").or(one.get("enum")).is_some() || is_null(one));
    shape.words = has_words.then(BTreeSet::new);
    for one in &all {
        let values = one.get("enum").and_then(Value::as_array).cloned().unwrap_or_default();
        for value in values.iter().chain(one.get("const")) {
            shape.types.insert(type_of(value).to_owned());
            if let (Some(words), Some(word)) = (&mut shape.words, value.as_str()) {
                words.insert(word.to_owned());
            }
        }
        match one.get("type") {
            Some(Value::String(name)) => drop(shape.types.insert(name.clone())),
            Some(Value::Array(names)) => {
                shape.types.extend(names.iter().filter_map(Value::as_str).map(str::to_owned));
            }
            _ => {}
        }
    }
    shape.words = shape.words.filter(|words| !words.is_empty());
    ensure!(!shape.types.is_empty(), "{place}: nothing can stand there");
    into.insert(place.to_owned(), shape);
    let objects: Vec<_> = all.iter().filter(|one| one.get("properties").is_some()).collect();
    let mut members: BTreeMap<&str, (Vec<Value>, bool)> = BTreeMap::new();
    for object in &objects {
        for (name, inner) in object["properties"].as_object().into_iter().flatten() {
            let required = object["required"]
                .as_array()
                .is_some_and(|names| names.contains(&Value::from(name.as_str())));
            let (schemas, always) = members.entry(name).or_insert((Vec::new(), true));
            schemas.push(inner.clone());
            *always &= required;
        }
    }
    for (name, (schemas, always)) in members {
        let is_required = always && schemas.len() == objects.len();
        let has_default = schemas.iter().any(|one| one.get("default").is_some());
        let member = Shape { is_required, has_default, ..Shape::default() };
        add(
            &Value::from_iter([("anyOf", Value::from(schemas))]),
            root,
            &format!("{place}/{name}"),
            member,
            into,
        )?;
    }
    let items: Vec<Value> = all.iter().filter_map(|one| one.get("items").cloned()).collect();
    if !items.is_empty() {
        let member = Shape { is_required: true, ..Shape::default() };
        add(&Value::from_iter([("anyOf", Value::from(items))]), root, &format!("{place}[]"), member, into)?;
    }
    Ok(())
}

fn is_null(schema: &Value) -> bool {
    schema.get("type").is_some_and(|name| name == "null")
}

/// The schemas that a value can be of, references followed.
fn alternatives(schema: &Value, root: &Value, into: &mut Vec<Value>) -> Result<()> {
    if let Some(place) = schema.get("$ref").and_then(Value::as_str) {
        let of =
            root.pointer(place.trim_start_matches('#')).with_context(|| format!("{place} is nowhere"))?;
        return alternatives(of, root, into);
    }
    let several = schema.get("anyOf").or(schema.get("oneOf")).and_then(Value::as_array);
    match several {
        Some(several) => several.iter().try_for_each(|one| alternatives(one, root, into)),
        None => {
            into.push(schema.clone());
            Ok(())
        }
    }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Members that take only some words of their type: an operation works, is refused, or is not known.
const NARROWER: [&str; 1] = ["/matrix/rows[]/cells[]/operations[]/verdict"];

/// The differences. A schema may restrict a text that Rust does not restrict, and need not require values that have a
/// default. A value that is omitted instead of null is never null.
fn differences(types: &Shapes, other: &Shapes) -> Vec<String> {
    let mut found = Vec::new();
    let places: BTreeSet<_> = types.keys().chain(other.keys()).collect();
    for place in places {
        let (Some(of_types), Some(shape)) = (types.get(place), other.get(place)) else {
            found.push(format!("{place} is there once only"));
            continue;
        };
        let mut wanted = of_types.types.clone();
        if !of_types.is_required {
            wanted.remove("null");
        }
        let is_required = of_types.is_required == shape.is_required || of_types.has_default;
        if wanted != shape.types || !is_required {
            found.push(format!("{place}: {of_types:?} and {shape:?}"));
        }
        let is_narrower = NARROWER.contains(&place.as_str())
            && of_types
                .words
                .as_ref()
                .zip(shape.words.as_ref())
                .is_some_and(|(all, some)| some.is_subset(all));
        if of_types.words.is_some() && of_types.words != shape.words && !is_narrower {
            found.push(format!("{place}: {:?} and {:?}", of_types.words, shape.words));
        }
    }
    found
}

#[test]
fn the_schemas_have_the_shape_of_the_types() -> Result<()> {
    for (name, of_types) in
        [("report-v1.json", derived::<Report>()?), ("read-v1.json", derived::<Listing>()?)]
    {
        let (types, written) = (shapes(&of_types)?, shapes(&written(name)?)?);
        assert_eq!(differences(&types, &written), [""; 0], "{name}");
        ensure!(written.len() > 30, "{name} was not read");
    }
    Ok(())
}

#[test]
fn the_types_for_typescript_have_the_shape_of_the_schema() -> Result<()> {
    let written = shapes(&written("report-v1.json")?)?;
    let typescript = typescript::shapes(include_str!("../../../crates/wasm/src/types.d.ts"), "Report")?;
    let mut found = Vec::new();
    let places: BTreeSet<_> = written.keys().chain(typescript.keys()).collect();
    for place in places {
        let shape = |shapes: &Shapes| {
            let shape = shapes.get(place)?;
            Some((shape.types.clone(), shape.words.clone(), shape.is_required))
        };
        let (schema, types) = (shape(&written), shape(&typescript));
        if schema != types {
            found.push(format!("{place}: {schema:?} and {types:?}"));
        }
    }
    assert_eq!(found, [""; 0]);
    Ok(())
}

#[test]
fn a_member_that_is_missing_null_of_another_type_or_of_another_word_is_a_difference() -> Result<()> {
    let schema = |text: &str| shapes(&serde_json::from_str(text)?);
    let types = r#"{"type": "object", "required": ["a", "b"], "properties": {
        "a": {"enum": ["x", "y"]}, "b": {"type": ["string", "null"]}, "c": {"type": ["integer", "null"]}}}"#;
    let types = schema(types)?;
    let other = |a: &str, b: &str, c: &str, required: &str| {
        schema(&format!(
            r#"{{"type": "object", "required": {required}, "properties": {{"a": {a}, "b": {b}, "c": {c}}}}}"#
        ))
    };
    let (a, b, c) = (r#"{"enum": ["x", "y"]}"#, r#"{"type": ["string", "null"]}"#, r#"{"type": "integer"}"#);
    let required = r#"["a", "b"]"#;
    assert_eq!(differences(&types, &other(a, b, c, required)?), [""; 0]);
    for wrong in [
        other(r#"{"enum": ["x"]}"#, b, c, required)?,
        other(a, r#"{"type": "string"}"#, c, required)?,
        other(a, b, r#"{"type": "string"}"#, required)?,
        other(a, b, c, r#"["a"]"#)?,
        schema(r#"{"type": "object", "required": ["a"], "properties": {"a": {"enum": ["x", "y"]}}}"#)?,
    ] {
        assert!(!differences(&types, &wrong).is_empty(), "{wrong:?}");
    }
    Ok(())
}
