//! `cargo xtask size`: writes size.txt from the built page.

use anyhow::{Context, Result};

fn main() -> Result<()> {
    let table = acceptance::size::table(&acceptance::size::measure(&xtask::dist())?);
    let file = xtask::root().join("size.txt");
    std::fs::write(&file, &table).with_context(|| file.display().to_string())?;
    print!("\n{table}");
    Ok(())
}
