//! A page in a real browser, as somebody with hands and eyes uses it.
//!
//! Keys, clicks, the clipboard and the window are the browser's own, not events made by a script; only files
//! are dropped by a script, as no protocol can. What goes wrong while nobody looks is kept: errors, refused
//! by the policy, requests.

use std::path::Path;

use anyhow::{Context, Result, bail};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use serde_json::{Value, json};

use crate::driver::{PATIENCE, Session};
use crate::turn::Turn;

/// The page does the rest of long work in timers without a delay, one after the other; this runs after them.
const LATER: &str = "let left = 10; const later = (then) => left-- ? setTimeout(later, 0, then) : then();";

/// Runs before anything of the page does, outside of its policy.
const WATCH: &str = "window.__seen = [];
    addEventListener('securitypolicyviolation', e =>
        window.__seen.push(`policy: ${e.violatedDirective} ${e.blockedURI}`));
    addEventListener('error', e => window.__seen.push(`error: ${e.message}`), true);
    addEventListener('unhandledrejection', e => window.__seen.push(`rejection: ${e.reason}`));";

/// A window on one page.
pub struct Page {
    session: Session,
    _turn: Turn,
}

/// A colour scheme that the reader's system asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Page {
    /// Opens a page in a browser of its own, beside which another one may run.
    pub fn open(address: &str) -> Result<Self> {
        Self::open_at(address, Turn::beside())
    }

    /// Opens a page while no other browser runs: for what measures time or counts on having it.
    pub fn open_alone(address: &str) -> Result<Self> {
        Self::open_at(address, Turn::alone())
    }

    fn open_at(address: &str, turn: Turn) -> Result<Self> {
        let page = Self { session: Session::start()?, _turn: turn };
        page.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": WATCH }))?;
        // A window that nobody looks at gets no keys until something in it is clicked.
        page.chromium("Emulation.setFocusEmulationEnabled", json!({ "enabled": true }))?;
        page.chromium("Page.bringToFront", json!({}))?;
        page.window(1440, 900, Scheme::Light)?;
        page.session.command("url", &json!({ "url": address }))?;
        Ok(page)
    }

    /// Makes the window that size, in CSS pixels.
    pub fn window(&self, width: u32, height: u32, scheme: Scheme) -> Result<()> {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.chromium("Emulation.setDeviceMetricsOverride", size)?;
        let value = if scheme == Scheme::Dark { "dark" } else { "light" };
        let feature = json!({"name": "prefers-color-scheme", "value": value});
        self.chromium("Emulation.setEmulatedMedia", json!({ "features": [feature] }))
    }

    /// The value of a JavaScript expression.
    pub fn ask(&self, expression: &str) -> Result<Value> {
        self.session.ask(expression)
    }

    /// Waits until an expression holds; reports what the page shows when it never does.
    pub fn wait_for(&self, expression: &str) -> Result<()> {
        if self.session.comes_true(expression, PATIENCE)? {
            return Ok(());
        }
        let shown = self.ask("document.body.innerText")?;
        let seen = self.complaints()?;
        bail!(
            "never came true: {expression}\ncomplaints: {seen:?}\npage: {}",
            shown.as_str().unwrap_or_default()
        )
    }

    /// Waits until the page has done what it put off, and the browser has painted it.
    pub fn settle(&self) -> Result<()> {
        let painted = "requestAnimationFrame(() => requestAnimationFrame(() => arguments[0](1)))";
        self.answer(&format!("{LATER} later(() => {painted});")).map(drop)
    }

    /// The text of the first element that a selector finds.
    pub fn text(&self, selector: &str) -> Result<String> {
        self.session.element(selector)?;
        let text = self.ask(&format!("document.querySelector({}).innerText", json!(selector)))?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Clicks the first element that a selector finds, as soon as it exists and wherever it is, like a person; work
    /// that the page does at once is finished afterwards.
    pub fn click(&self, selector: &str) -> Result<()> {
        // The page may still scroll, or grow above the element, when the driver clicks: nothing is clicked then, and a
        // hand would try again.
        let into_sight = "scrollTo({top: scrollY, behavior: 'instant'}); const place = arguments[0].getBoundingClientRect(); \
                          if (place.top < 0 || place.bottom > innerHeight) \
                          arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})";
        for tries in 0.. {
            let found = self.session.element(selector)?;
            let clicked = self
                .session
                .command("execute/sync", &json!({"script": into_sight, "args": [found]}))
                .and_then(|_| self.session.click(&found));
            match clicked {
                // An answer that comes in between may replace the element.
                Err(error)
                    if tries < 20
                        && ["intercepted", "stale element"]
                            .iter()
                            .any(|why| format!("{error:#}").contains(why)) => {}
                clicked => {
                    // If a link leads to another page, there is nothing to wait for.
                    drop(self.answer(&format!("{LATER} later(() => arguments[0](1));")));
                    return clicked;
                }
            }
        }
        Ok(())
    }

    /// Presses one key, named as in `KeyboardEvent.key`; one character types itself.
    pub fn press(&self, key: &str) -> Result<()> {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            "Escape" => (27, ""),
            "ArrowLeft" => (37, ""),
            "ArrowRight" => (39, ""),
            "ArrowUp" => (38, ""),
            "ArrowDown" => (40, ""),
            other => (0, other),
        };
        // A key without a text is sent raw, or the browser would wait for one.
        let kind = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        let stroke = |kind: &str, text: &str| json!({"type": kind, "key": key, "windowsVirtualKeyCode": code, "text": text});
        self.chromium("Input.dispatchKeyEvent", stroke(kind, text))?;
        self.chromium("Input.dispatchKeyEvent", stroke("keyUp", ""))
    }

    /// Types a text into the first element that a selector finds, each key right after the one before: nobody waits for what the
    /// page makes of it.
    pub fn type_at_once(&self, selector: &str, text: &str) -> Result<()> {
        self.session.keys(&self.session.element(selector)?, text)
    }

    /// Composes letters where the focus is, as an input method or a dead key does, and ends with a text.
    pub fn compose(&self, steps: &[&str], text: &str) -> Result<()> {
        for step in steps {
            let end = step.encode_utf16().count();
            self.chromium(
                "Input.imeSetComposition",
                json!({"text": step, "selectionStart": end, "selectionEnd": end}),
            )?;
        }
        self.chromium("Input.insertText", json!({ "text": text }))
    }

    /// Makes the page's processor so many times slower.
    pub fn slow_down(&self, times: u32) -> Result<()> {
        self.chromium("Emulation.setCPUThrottlingRate", json!({ "rate": times }))
    }

    /// Copies a text to the clipboard and pastes it into the first element that a selector finds, as soon as there is one.
    pub fn paste(&self, selector: &str, text: &str) -> Result<()> {
        self.session.element(selector)?;
        let hold = "(() => { const hold = document.createElement('textarea'); hold.id = '__hold';
            document.documentElement.append(hold); hold.value = TEXT; hold.focus(); hold.select(); })()";
        self.ask(&hold.replace("TEXT", &json!(text).to_string()))?;
        self.edit("copy")?;
        let focus = format!("document.querySelector({}).focus()", json!(selector));
        self.ask(&format!("(document.getElementById('__hold').remove(), {focus})"))?;
        self.edit("paste")
    }

    /// Copies what is selected where the focus is.
    pub fn copy(&self) -> Result<()> {
        self.edit("copy")
    }

    /// Pastes what the page itself has copied to the clipboard.
    pub fn paste_again(&self, selector: &str) -> Result<()> {
        self.session.element(selector)?;
        self.ask(&format!("document.querySelector({}).focus()", json!(selector)))?;
        self.edit("paste")
    }

    /// Shows the page as it is printed.
    pub fn print(&self) -> Result<()> {
        self.chromium("Emulation.setEmulatedMedia", json!({"media": "print"}))
    }

    /// Goes into the frame that a selector finds, whatever its sandbox; `None`: back to the page around it.
    pub fn frame(&self, selector: Option<&str>) -> Result<()> {
        let Some(selector) = selector else {
            return self.session.command("frame", &json!({"id": null})).map(drop);
        };
        self.session.command("frame", &json!({"id": self.session.element(selector)?})).map(drop)
    }

    /// Loads the page once more; what the browser keeps, it has still.
    pub fn reload(&self) -> Result<()> {
        self.session.command("refresh", &json!({})).map(drop)
    }

    /// Drops files on the first element that a selector finds: names and texts.
    pub fn drop_files(&self, selector: &str, files: &[(&str, &str)]) -> Result<()> {
        self.session.element(selector)?;
        let script = "((target, files) => { const data = new DataTransfer();
            for (const [name, text] of files) data.items.add(new File([text], name, {type: 'text/plain'}));
            for (const type of ['dragenter', 'dragover', 'drop'])
                target.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}));
            })(document.querySelector(SELECTOR), FILES)";
        let script = script.replace("SELECTOR", &json!(selector).to_string());
        self.ask(&script.replace("FILES", &json!(files).to_string())).map(drop)
    }

    /// Moves files and folders of the disk over the middle of the window, and lets go of them where `drops` says so. Real
    /// ones, which a script cannot make.
    pub fn drag(&self, paths: &[&Path], drops: bool) -> Result<()> {
        let data = json!({"items": [], "files": paths, "dragOperationsMask": 1});
        for kind in ["dragEnter", "dragOver", "drop"].into_iter().take(if drops { 3 } else { 2 }) {
            self.chromium(
                "Input.dispatchDragEvent",
                json!({"type": kind, "x": 400, "y": 300, "data": data}),
            )?;
        }
        Ok(())
    }

    /// Presses (`mousePressed`), moves (`mouseMoved`) or lets go of (`mouseReleased`) the mouse's left button somewhere in the
    /// window.
    pub fn mouse(&self, kind: &str, x: f64, y: f64) -> Result<()> {
        let event = json!({"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1});
        self.chromium("Input.dispatchMouseEvent", event)
    }

    /// Chooses files of the disk, or a folder, in the input that a selector finds.
    pub fn choose(&self, selector: &str, paths: &[&Path]) -> Result<()> {
        let root = self.session.chromium("DOM.getDocument", &json!({}))?;
        let node = json!({"nodeId": root["root"]["nodeId"], "selector": selector});
        let found = self.session.chromium("DOM.querySelector", &node)?;
        self.chromium("DOM.setFileInputFiles", json!({"files": paths, "nodeId": found["nodeId"]}))
    }

    /// Media features that the reader's system asks for, such as `forced-colors: active`.
    pub fn media(&self, features: &[(&str, &str)]) -> Result<()> {
        let features: Vec<Value> =
            features.iter().map(|(name, value)| json!({"name": name, "value": value})).collect();
        self.chromium("Emulation.setEmulatedMedia", json!({ "features": features }))
    }

    /// Goes to another address in the same window, which keeps what the browser keeps.
    pub fn go(&self, address: &str) -> Result<()> {
        self.session.command("url", &json!({ "url": address })).map(drop)
    }

    /// Runs before anything of a page does, from the next page on.
    pub fn before(&self, script: &str) -> Result<()> {
        self.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }))
    }

    /// Opens another tab and goes to it; returns the one that was there, for [`Self::tab`].
    pub fn new_tab(&self) -> Result<String> {
        let here = self.session.get("window")?.as_str().unwrap_or_default().to_owned();
        let made = self.session.command("window/new", &json!({"type": "tab"}))?;
        self.session.command("window", &json!({"handle": made["handle"]}))?;
        Ok(here)
    }

    /// Goes to a tab.
    pub fn tab(&self, handle: &str) -> Result<()> {
        self.session.command("window", &json!({ "handle": handle })).map(drop)
    }

    /// What axe-core finds: rule, impact, and the elements.
    pub fn barriers(&self) -> Result<Vec<String>> {
        let script = std::fs::read_to_string(xtask::tools::axe()?)?;
        self.session.command("execute/sync", &json!({"script": script, "args": []}))?;
        let run = "const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations']}).then(({violations}) => done(violations.map(one =>
                `${one.id} (${one.impact}): ${one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(' | ')}`)),
                error => done([`axe failed: ${error}`]));";
        let found = self.session.command("execute/async", &json!({"script": run, "args": []}))?;
        let found = found.as_array().context("axe answered nothing")?;
        Ok(found.iter().filter_map(|one| one.as_str().map(str::to_owned)).collect())
    }

    /// What went wrong so far: refusals by the policy, uncaught errors, errors and warnings on the console.
    pub fn complaints(&self) -> Result<Vec<String>> {
        let seen = self.ask("window.__seen")?;
        let mut complaints: Vec<String> = seen
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|line| line.as_str().map(str::to_owned))
            .collect();
        for entry in self.log("browser")? {
            let level = entry["level"].as_str().unwrap_or_default();
            if matches!(level, "SEVERE" | "WARNING") {
                complaints.push(format!("{level}: {}", entry["message"].as_str().unwrap_or_default()));
            }
        }
        Ok(complaints)
    }

    /// The addresses that were asked for since this was called last.
    pub fn requests(&self) -> Result<Vec<String>> {
        let mut addresses = Vec::new();
        for entry in self.log("performance")? {
            let event: Value = serde_json::from_str(entry["message"].as_str().unwrap_or("{}"))?;
            let event = &event["message"];
            let address = match event["method"].as_str() {
                Some("Network.requestWillBeSent") => &event["params"]["request"]["url"],
                Some("Network.webSocketCreated") => &event["params"]["url"],
                _ => continue,
            };
            addresses.push(address.as_str().unwrap_or_default().to_owned());
        }
        Ok(addresses)
    }

    /// How many pixels the page is wider than its window.
    pub fn overflow(&self) -> Result<i64> {
        let pixels =
            self.ask("document.documentElement.scrollWidth - document.documentElement.clientWidth")?;
        pixels.as_i64().context("not a number of pixels")
    }

    /// Runs a script before anything of the pages that are opened from now on.
    pub fn before_loading(&self, script: &str) -> Result<()> {
        self.chromium("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script }))
    }

    /// Opens another address in the same window.
    pub fn visit(&self, address: &str) -> Result<()> {
        self.session.command("url", &json!({ "url": address })).map(drop)
    }

    /// Runs a script that calls `arguments[0]` with its value when it is done.
    pub fn answer(&self, script: &str) -> Result<Value> {
        self.session.command("execute/async", &json!({"script": script, "args": []}))
    }

    /// Has the browser count the processor time of the main thread from now on.
    pub fn count_times(&self) -> Result<()> {
        self.chromium("Performance.enable", json!({"timeDomain": "threadTicks"}))
    }

    /// Processor time of the main thread so far, in milliseconds: of scripts, and of everything.
    pub fn times(&self) -> Result<(f64, f64)> {
        let answer = self.session.chromium("Performance.getMetrics", &json!({}))?;
        let metrics = answer["metrics"].as_array().context("metrics")?;
        let of = |name: &str| {
            let metric = metrics.iter().find(|metric| metric["name"] == name);
            metric.and_then(|metric| metric["value"].as_f64()).map_or(0.0, |seconds| seconds * 1000.0)
        };
        Ok((of("ScriptDuration"), of("TaskDuration")))
    }

    /// Memory of the process that the page and its worker live in, in bytes, after unused objects are gone.
    pub fn memory(&self) -> Result<u64> {
        self.chromium("HeapProfiler.collectGarbage", json!({}))?;
        self.session.renderer_memory()
    }

    /// Writes what the window shows to a PNG file.
    pub fn picture(&self, file: &Path) -> Result<()> {
        let picture = self.session.chromium("Page.captureScreenshot", &json!({"format": "png"}))?;
        let data = picture["data"].as_str().context("a picture without data")?;
        std::fs::write(file, BASE64_STANDARD.decode(data)?).with_context(|| file.display().to_string())
    }

    fn edit(&self, command: &str) -> Result<()> {
        let key =
            |kind: &str| json!({"type": kind, "key": "Insert", "code": "Insert", "commands": [command]});
        self.chromium("Input.dispatchKeyEvent", key("rawKeyDown"))?;
        self.chromium("Input.dispatchKeyEvent", json!({"type": "keyUp", "key": "Insert", "code": "Insert"}))
    }

    fn chromium(&self, name: &str, parameters: Value) -> Result<()> {
        self.session.chromium(name, &parameters).map(drop)
    }

    fn log(&self, kind: &str) -> Result<Vec<Value>> {
        let entries = self.session.command("se/log", &json!({ "type": kind }))?;
        Ok(entries.as_array().cloned().unwrap_or_default())
    }
}
