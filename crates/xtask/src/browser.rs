//! Chromium and Firefox with their drivers: found, or installed where apt-get is ours to use. Never skipped.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::process::on_path;
use crate::toolchain::apt_install;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// What Chromium is started with: no window, no traffic of its own.
pub const ARGUMENTS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
];

/// Where the browser and its driver are.
#[derive(Clone, Debug)]
pub struct Browser {
    /// Chromium or Chrome.
    pub browser: PathBuf,
    /// The chromedriver of the same version.
    pub driver: PathBuf,
}

/// Finds both. `CHROME` and `CHROMEDRIVER` name others than those on PATH.
#[must_use]
pub fn find() -> Option<Browser> {
    let named = |variable: &str| env::var_os(variable).map(PathBuf::from).filter(|file| file.is_file());
    let browser = named("CHROME").or_else(|| BROWSERS.into_iter().find_map(on_path))?;
    let driver = named("CHROMEDRIVER").or_else(|| on_path("chromedriver"))?;
    Some(Browser { browser, driver })
}

/// Finds both or installs them.
pub fn ensure() -> Result<Browser> {
    if let Some(found) = find() {
        return Ok(found);
    }
    let installed = apt_install(&["chromium", "chromium-driver"], "Chromium with its driver, about 120 MB");
    match (find(), installed) {
        (Some(found), _) => Ok(found),
        (None, Ok(())) => bail!("Chromium was installed, but neither is on PATH"),
        (None, Err(error)) => Err(error.context(
            "Chromium and chromedriver are needed to test the page; install both (Debian: chromium and \
             chromium-driver), or name them in CHROME and CHROMEDRIVER",
        )),
    }
}

/// Names of Firefox; Debian has the one with extended support.
const FIREFOXES: [&str; 2] = ["firefox-esr", "firefox"];

/// Finds Firefox and its driver or installs them. `FIREFOX` and `GECKODRIVER` name others than those on PATH.
pub fn ensure_firefox() -> Result<Browser> {
    let named = |variable: &str| env::var_os(variable).map(PathBuf::from).filter(|file| file.is_file());
    let find = || named("FIREFOX").or_else(|| FIREFOXES.into_iter().find_map(on_path));
    if find().is_none() {
        apt_install(&["firefox-esr"], "Firefox ESR, about 70 MB").context(
            "Firefox is needed to test the page; install it (Debian: firefox-esr), or name it in FIREFOX",
        )?;
    }
    let Some(browser) = find() else { bail!("Firefox was installed, but is not on PATH") };
    let driver = match named("GECKODRIVER") {
        Some(driver) => driver,
        None => crate::tools::geckodriver()?,
    };
    Ok(Browser { browser, driver })
}
