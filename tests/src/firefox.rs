//! A page in Firefox, by nothing but the WebDriver protocol.

use std::sync::{MutexGuard, PoisonError};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use crate::browser::{ONE_AT_A_TIME, PATIENCE};
use crate::driver::Session;

/// A window on one page.
pub struct Firefox {
    session: Session,
    _turn: MutexGuard<'static, ()>,
}

impl Firefox {
    /// Opens a page in a window of 1440 by 900.
    pub fn open(address: &str) -> Result<Self> {
        let turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let page = Self { session: Session::start_firefox()?, _turn: turn };
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

    /// Clicks the first element that a selector finds.
    pub fn click(&self, selector: &str) -> Result<()> {
        let id = self.element(selector)?;
        self.session.command(&format!("element/{id}/click"), &json!({})).map(drop)
    }

    /// Types into the first element that a selector finds, or chooses files in it: their paths, with line feeds between.
    pub fn keys(&self, selector: &str, text: &str) -> Result<()> {
        let id = self.element(selector)?;
        self.session.command(&format!("element/{id}/value"), &json!({ "text": text })).map(drop)
    }

    /// Goes into the frame that a selector finds; `None`: back to the page around it.
    pub fn frame(&self, selector: Option<&str>) -> Result<()> {
        let found = match selector {
            None => Value::Null,
            Some(selector) => self.found(selector)?,
        };
        self.session.command("frame", &json!({ "id": found })).map(drop)
    }

    /// Loads the page once more.
    pub fn reload(&self) -> Result<()> {
        self.session.command("refresh", &json!({})).map(drop)
    }

    fn found(&self, selector: &str) -> Result<Value> {
        self.session.command("element", &json!({"using": "css selector", "value": selector}))
    }

    fn element(&self, selector: &str) -> Result<String> {
        let found = self.found(selector)?;
        let id = found.as_object().and_then(|object| object.values().next()).and_then(Value::as_str);
        Ok(id.with_context(|| format!("no element {selector}"))?.to_owned())
    }
}
