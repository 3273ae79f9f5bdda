//! `cargo xtask screenshot`: pictures of the built page with an example, each of its sides, wide and narrow, light
//! and dark. README's picture is one of them.

use std::path::PathBuf;

use acceptance::browser::{Page, Scheme};
use anyhow::{Context, Result};
use xtask::site::Site;

/// What the page can show, the number of its button, and what is there then.
const SIDES: [(&str, u8, &str); 3] =
    [("matrix", 2, "#matrix"), ("findings", 3, ".finding"), ("plan", 4, ".step")];

fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).context("a folder for the pictures")?);
    std::fs::create_dir_all(&folder)?;
    let site = Site::open(&xtask::dist(), 0)?;
    let page = Page::open(&site.address())?;
    page.click("#example-1")?;
    for (side, button, shows) in SIDES {
        // The buttons are there where only one side has room.
        page.window(390, 844, Scheme::Light)?;
        page.settle()?;
        page.click(&format!(".sides button:nth-child({button})"))?;
        page.wait_for(&format!("document.querySelector('{shows}')"))?;
        for (width, height) in [(1440, 900), (390, 844)] {
            for (scheme, word) in [(Scheme::Light, "light"), (Scheme::Dark, "dark")] {
                page.window(width, height, scheme)?;
                page.settle()?;
                let file = folder.join(format!("{side}-{width}-{word}.png"));
                page.picture(&file)?;
                println!("{}", file.display());
            }
        }
    }
    Ok(())
}
