//! `cargo xtask screenshot FOLDER`: pictures of the built page with its example, wide and narrow, light and
//! dark. README's picture is one of them.

use std::path::PathBuf;

use acceptance::browser::{Page, Scheme};
use anyhow::{Context, Result};
use xtask::site::Site;

fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).context("a folder for the pictures")?);
    std::fs::create_dir_all(&folder)?;
    let site = Site::open(&xtask::dist(), 0)?;
    let page = Page::open(&site.address())?;
    page.click("#example-1")?;
    page.wait_for("document.querySelector('.finding')")?;
    for (width, height) in [(1440, 900), (390, 844)] {
        for (scheme, word) in [(Scheme::Light, "light"), (Scheme::Dark, "dark")] {
            page.window(width, height, scheme)?;
            page.settle()?;
            let file = folder.join(format!("{width}-{word}.png"));
            page.picture(&file)?;
            println!("{}", file.display());
        }
    }
    Ok(())
}
