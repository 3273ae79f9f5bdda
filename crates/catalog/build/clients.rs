//! What speaks to Kafka beside Kafka itself: products, by the names that registries and people give them.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::strings::declare;

/// Tables `PRODUCTS`, sorted by id, and `ARTIFACTS` and `NAMES`, sorted, with indices of products.
pub(crate) fn tables(folder: &Path) -> String {
    let path = folder.join("products.csv");
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut products: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    products.sort_unstable();
    let (mut rows, mut artifacts, mut names) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    for (at, product) in products.iter().enumerate() {
        let [id, title, kind, decides, of_registries, of_people] = product.as_slice() else {
            panic!("{}: six fields, not `{}`", path.display(), product.join(","));
        };
        let (kind, decides) = (camel(kind), camel(decides));
        rows.push(format!(
            "Product {{ id: {id:?}, title: {title:?}, kind: ProductKind::{kind}, decides: Decides::{decides} }}"
        ));
        for artifact in of_registries.split_whitespace() {
            assert!(artifact.contains(':'), "{id}: `{artifact}` says nothing of its registry");
            assert!(
                artifacts.insert(artifact.to_lowercase(), at).is_none(),
                "{id}: `{artifact}` is there twice"
            );
        }
        for name in of_people.split('|').chain([*id]) {
            let before = names.insert(name.to_lowercase(), at);
            assert!(before.is_none_or(|before| before == at), "{id}: `{name}` is another's name too");
        }
    }
    let carried = distributions(&folder.join("distributions.csv"), &products);
    let rows_of = |names: BTreeMap<String, usize>| -> Vec<String> {
        names
            .into_iter()
            .filter(|(name, _)| !name.is_empty())
            .map(|(name, at)| format!("({name:?}, {at})"))
            .collect()
    };
    declare("PRODUCTS", "Product", &rows)
        + &declare("ARTIFACTS", "(&str, u8)", &rows_of(artifacts))
        + &declare("NAMES", "(&str, u8)", &rows_of(names))
        + &declare("CARRIED", "(u8, &str, Carried)", &carried)
}

/// Rows of a distribution's index among the products, its version, and what it carries.
fn distributions(path: &Path, products: &[Vec<&str>]) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let row = |line: &str| {
        let fields: Vec<&str> = line.split(',').collect();
        let [product, version, kafka, carries, source, date] = fields.as_slice() else {
            panic!("{}: six fields, not `{line}`", path.display());
        };
        let at = products.iter().position(|known| known.first() == Some(product));
        let at = at.unwrap_or_else(|| panic!("{}: `{product}` is no product", path.display()));
        let others: Vec<&str> = carries.split_whitespace().collect();
        format!(
            "({at}, {version:?}, Carried {{ kafka: {kafka:?}, carries: &{others:?}, source: {source:?}, date: {date:?} }})"
        )
    };
    text.lines().skip(1).map(row).collect()
}

/// `java-client` as `JavaClient`.
fn camel(kebab: &str) -> String {
    let mut camel = String::new();
    for word in kebab.split('-') {
        let mut letters = word.chars();
        camel.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        camel.push_str(letters.as_str());
    }
    camel
}
