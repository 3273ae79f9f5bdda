//! `cargo xtask screenshot`: pictures of the built page with an example, each of its tabs, wide and narrow, light
//! and dark. README's picture is one of them.

#![allow(clippy::print_stdout, reason = "a developer reads it on a terminal")]

use std::path::PathBuf;

use acceptance::browser::{Page, Scheme};
use anyhow::{Context, Result};
use xtask::site::Site;

/// What the page can show, and what is there then.
const PANELS: [(&str, &str); 4] =
    [("overview", "#matrix"), ("findings", ".finding"), ("plan", ".step"), ("manual", ".manual")];

fn main() -> Result<()> {
    let folder = PathBuf::from(std::env::args_os().nth(1).context("a folder for the pictures")?);
    std::fs::create_dir_all(&folder)?;
    let site = Site::open(&xtask::dist(), 0)?;
    let page = Page::open(&site.address())?;
    page.wait_for("document.querySelector('#example-1')")?;
    page.click("#example-1")?;
    page.wait_for("document.querySelector('#tab-overview')")?;
    for (panel, shows) in PANELS {
        // The tabs are there where there is room.
        page.window(1440, 900, Scheme::Light)?;
        page.settle()?;
        page.click(&format!("#tab-{panel}"))?;
        page.wait_for(&format!("document.querySelector('{shows}')"))?;
        for (width, height) in [(1440, 900), (390, 844)] {
            for (scheme, word) in [(Scheme::Light, "light"), (Scheme::Dark, "dark")] {
                page.window(width, height, scheme)?;
                page.settle()?;
                let file = folder.join(format!("{panel}-{width}-{word}.png"));
                page.picture(&file)?;
                println!("{}", file.display());
            }
        }
    }
    Ok(())
}
