//! `cargo xtask size`: writes docs/measured/size.txt from the built page, or holds the page against it.

#![allow(clippy::print_stdout, reason = "a developer reads it on a terminal")]

use anyhow::{Context, Result, bail};

fn main() -> Result<()> {
    let sizes = acceptance::size::measure(&xtask::dist())?;
    let table = acceptance::size::table(&sizes);
    let file = xtask::root().join("docs/measured/size.txt");
    if std::env::args().any(|argument| argument == "--check") {
        let written = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        if let Some(grown) = acceptance::size::growth(&written, &table) {
            bail!("the page has grown {grown}; run `cargo xtask size` and state why in the commit");
        }
        return Ok(());
    }
    std::fs::write(&file, &table).with_context(|| file.display().to_string())?;
    print!("\n{table}");
    Ok(())
}
