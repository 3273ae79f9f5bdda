//! WebAssembly modules as they are shipped: made small by wasm-opt, then with alike functions side by side.
//!
//! Both depend on nothing but the module, the options and the programs, and take half a minute: their output is kept
//! ([`crate::kept`]). Invariant: whatever changes them is part of the key.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::kept::Kept;
use crate::order::order;
use crate::process::{answer, run};
use crate::single::attribute;
use crate::tools::Tools;

/// What wasm-opt does, and may assume of a module.
const OPTIONS: &[&str] = &[
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Our own program as far as it changes modules, with the versions of the crates that it uses.
const PROGRAM: &[&str] =
    &[include_str!("optimise.rs"), include_str!("order.rs"), include_str!("../../../Cargo.lock")];

/// Makes both modules of the site in `dist` what is shipped.
pub fn site(dist: &Path, tools: &Tools) -> Result<()> {
    let index = fs::read_to_string(dist.join("index.html"))?;
    // Each waits for a program of one thread for most of its time.
    let module = |name: &'static str| {
        let named = attribute(&index, name).with_context(|| format!("the site names no {name}"))?;
        shipped(name, &dist.join(named), tools, order).with_context(|| format!("{name} is not understood"))
    };
    std::thread::scope(|scope| {
        let core = scope.spawn(|| module("data-core"));
        module("data-wasm")?;
        core.join().map_err(|_| anyhow::anyhow!("the core was not optimised"))?
    })
}

/// Makes the module of the JavaScript package what is shipped.
pub fn package(module: &Path, tools: &Tools) -> Result<()> {
    shipped("package", module, tools, |optimised| Ok(optimised.to_vec()))
}

fn shipped(
    name: &str,
    module: &Path,
    tools: &Tools,
    last: impl FnOnce(&[u8]) -> Result<Vec<u8>>,
) -> Result<()> {
    let bytes = fs::read(module)?;
    let version = match tools.wasm_opt {
        true => answer(tools.command("wasm-opt")?.arg("--version")).context("wasm-opt has no version")?,
        false => String::new(),
    };
    let output = Kept::new(name, &parts(&bytes, &version)).or_make(|| {
        if tools.wasm_opt {
            run(tools.command("wasm-opt")?.args(OPTIONS).arg(module).arg("-o").arg(module))?;
        }
        last(&fs::read(module)?)
    })?;
    Ok(fs::write(module, output)?)
}

/// All that the output depends on. A build without wasm-opt has no version of it.
fn parts<'a>(module: &'a [u8], version: &'a str) -> Vec<&'a [u8]> {
    let texts = [version].into_iter().chain(OPTIONS.iter().copied()).chain(PROGRAM.iter().copied());
    texts.map(str::as_bytes).chain([module]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_output_depends_on_the_module_the_version_every_option_and_our_program() {
        let parts = parts(b"module", "wasm-opt version 132");
        let texts: Vec<&str> = parts.iter().map(|part| str::from_utf8(part).unwrap()).collect();
        assert_eq!(texts.first(), Some(&"wasm-opt version 132"));
        assert_eq!(texts.last(), Some(&"module"));
        assert!(OPTIONS.iter().all(|option| texts.contains(option)));
        for program in ["fn parts<", "fn chain(", "name = \"wasmparser\""] {
            assert!(texts.iter().any(|text| text.contains(program)), "{program}");
        }
    }
}
