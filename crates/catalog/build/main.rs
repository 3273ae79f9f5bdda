//! Packs `data/` into static tables: each fact once, with the first and last release in which it holds.
//!
//! What is wrong in the data fails the build with its file and member. Nothing is judged here.

#![expect(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a build script reports to cargo on standard output, and fails by panicking with what is wrong"
)]

mod class_path;
mod clients;
mod configs;
mod data;
mod eras;
#[path = "../src/hash.rs"]
mod hash;
mod java_options;
mod members;
mod order;
mod packages;
mod protocol;
mod ranges;
mod rows;
mod strings;
mod tools;

use std::{env, fs, path::Path};

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/hash.rs");
    let manifest = env::var("CARGO_MANIFEST_DIR").expect("cargo sets it");
    let releases = data::read(&Path::new(&manifest).join("data"));
    let mut out = String::new();
    out.push_str(&protocol::releases(&releases));
    out.push_str(&configs::tables(&releases.facts));
    out.push_str(&order::tables(&releases.facts));
    out.push_str(&protocol::tables(&releases.facts));
    out.push_str(&members::tables(&releases.facts));
    out.push_str(&packages::tables(&releases.facts));
    out.push_str(&java_options::tables(&Path::new(&manifest).join("data")));
    out.push_str(&class_path::tables(&Path::new(&manifest).join("data")));
    out.push_str(&tools::tables(&Path::new(&manifest).join("data"), &releases.facts));
    let clients = Path::new(&manifest).join("data").join("clients");
    out.push_str(&clients::tables(&clients));
    out.push_str(&ranges::tables(&clients, &releases.facts));
    let target = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("tables.rs");
    fs::write(target, out).expect("the build folder is writable");
}
