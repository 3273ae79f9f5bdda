//! A table of distinct values, each known by its index.

use std::fmt::Write;

/// Distinct texts of Rust expressions, in the order in which they came.
#[derive(Default)]
pub(crate) struct Table {
    items: Vec<String>,
    places: std::collections::HashMap<String, usize>,
}

impl Table {
    /// Index of the item, which is added when it is new.
    pub(crate) fn index(&mut self, item: String) -> usize {
        if let Some(at) = self.places.get(&item) {
            return *at;
        }
        self.items.push(item.clone());
        self.places.insert(item, self.items.len() - 1);
        self.items.len() - 1
    }

    /// The table as a static array of `item_type`.
    pub(crate) fn declare(&self, name: &str, item_type: &str) -> String {
        declare(name, item_type, &self.items)
    }
}

/// A static array of `item_type` that holds these Rust expressions, one a line.
pub(crate) fn declare<T: AsRef<str>>(name: &str, item_type: &str, items: &[T]) -> String {
    let mut out = format!("pub(crate) static {name}: [{item_type}; {}] = [\n", items.len());
    for item in items {
        writeln!(out, "    {},", item.as_ref()).expect("writing to a string");
    }
    out.push_str("];\n");
    out
}
