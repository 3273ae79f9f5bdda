//! A page in Firefox, by nothing but the WebDriver protocol.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use crate::driver::{PATIENCE, Session};
use crate::turn::Turn;

/// A window on one page.
pub struct Firefox {
    session: Session,
    _turn: Turn,
}

impl Firefox {
    /// Opens a page in a window of 1440 by 900.
    pub fn open(address: &str) -> Result<Self> {
        let page = Self { _turn: Turn::beside(), session: Session::start_firefox()? };
        page.session.command("window/rect", &json!({"width": 1440, "height": 900}))?;
        page.go(address)?;
        Ok(page)
    }

    /// Goes to another address.
    pub fn go(&self, address: &str) -> Result<()> {
        self.session.command("url", &json!({ "url": address })).map(drop)
    }

    /// The value of a JavaScript expression.
    pub fn ask(&self, expression: &str) -> Result<Value> {
        self.session.ask(expression)
    }

    /// Waits until an expression holds.
    pub fn wait_for(&self, expression: &str) -> Result<()> {
        if self.session.comes_true(expression, PATIENCE)? {
            return Ok(());
        }
        let shown = self.ask("document.body.innerText")?;
        bail!("never came true: {expression}\npage: {}", shown.as_str().unwrap_or_default())
    }

    /// Clicks the first element that a selector finds, as soon as there is one and it stands still.
    pub fn click(&self, selector: &str) -> Result<()> {
        let still = "const [selector, done] = arguments; let before, frames = 0; const look = () => {
            const box = document.querySelector(selector)?.getBoundingClientRect();
            const now = box && [box.x, box.y, box.width, box.height, innerWidth, innerHeight].join(' ');
            frames = now && now === before ? frames + 1 : 0; before = now;
            if (frames > 5) done(1); else requestAnimationFrame(look); }; look();";
        self.session.element(selector)?;
        self.session.command("execute/async", &json!({"script": still, "args": [selector]}))?;
        self.session.click(&self.session.element(selector)?)
    }

    /// Clicks until an expression holds, as a person would if a click missed because a frame had just moved. Not for
    /// actions that a second click undoes.
    pub fn click_until(&self, selector: &str, expression: &str) -> Result<()> {
        let start = Instant::now();
        while start.elapsed() < PATIENCE {
            // If the element is gone, it has been clicked.
            if self.ask(&format!("!!document.querySelector({})", json!(selector)))? == true {
                self.click(selector)?;
            }
            if self.session.comes_true(expression, Duration::from_secs(5))? {
                return Ok(());
            }
        }
        self.wait_for(expression)
    }

    /// Types into the first element that a selector finds, or chooses files in it: their paths, with line feeds between.
    pub fn keys(&self, selector: &str, text: &str) -> Result<()> {
        self.session.keys(&self.session.element(selector)?, text)
    }

    /// Goes into the frame that a selector finds; `None`: back to the page around it.
    pub fn frame(&self, selector: Option<&str>) -> Result<()> {
        let found = match selector {
            None => Value::Null,
            Some(selector) => self.session.element(selector)?,
        };
        self.session.command("frame", &json!({ "id": found })).map(drop)
    }

    /// Loads the page once more.
    pub fn reload(&self) -> Result<()> {
        self.session.command("refresh", &json!({})).map(drop)
    }
}
