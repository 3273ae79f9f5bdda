//! What speaks to Kafka beside Kafka itself: products, by the names that registries and people give them.

use std::collections::BTreeMap;
use std::path::Path;

use crate::rows::Rows;
use crate::strings::declare;

/// Tables `PRODUCTS`, sorted by id, and `ARTIFACTS` and `NAMES`, sorted, with indices of products.
pub(crate) fn tables(folder: &Path) -> String {
    let rows_of_products = Rows::read(folder, "products.csv");
    let mut products: Vec<[&str; 6]> = rows_of_products.fields().collect();
    products.sort_unstable();
    let (mut rows, mut artifacts, mut names) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    for (at, [id, title, kind, decides, of_registries, of_people]) in products.iter().enumerate() {
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
    let carried = distributions(&Rows::read(folder, "distributions.csv"), &products);
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

/// Rows of the versions of distributions: index of the product, its version, and the Kafka releases that it contains.
fn distributions(rows: &Rows, products: &[[&str; 6]]) -> Vec<String> {
    let row = |[product, version, kafka, carries, source, date]: [&str; 6]| {
        let at = products.iter().position(|known| known[0] == product);
        let at = at.unwrap_or_else(|| panic!("{}: `{product}` is no product", rows.file));
        let others: Vec<&str> = carries.split_whitespace().collect();
        format!(
            "({at}, {version:?}, Carried {{ kafka: {kafka:?}, carries: &{others:?}, source: {source:?}, date: {date:?} }})"
        )
    };
    rows.fields().map(row).collect()
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
