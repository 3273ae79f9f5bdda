//! chromedriver or geckodriver as a child process, and their protocol: JSON over HTTP on loopback.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};
use xtask::browser::{ARGUMENTS, ensure, ensure_firefox};

/// How long something on the page may take to come true on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// Held while a driver starts.
static STARTING: Mutex<()> = Mutex::new(());

/// One browser with one window. Browser and driver end with it, on a panic too.
pub struct Session {
    driver: Child,
    agent: ureq::Agent,
    /// Address of the session, without a slash at its end.
    address: String,
}

impl Session {
    /// Starts Chromium with a fresh profile. One that cannot be had is an error, never a test left out.
    pub fn start() -> Result<Self> {
        let found = ensure()?;
        let options = json!({
            "goog:chromeOptions": {"binary": found.browser, "args": ARGUMENTS},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
        });
        Self::with(Command::new(&found.driver).arg("--port=0"), &options)
    }

    /// Starts Firefox with a fresh profile, without traffic of its own.
    pub fn start_firefox() -> Result<Self> {
        let found = ensure_firefox()?;
        let quiet = json!({
            "app.update.enabled": false,
            "browser.safebrowsing.malware.enabled": false,
            "browser.safebrowsing.phishing.enabled": false,
            "datareporting.healthreport.uploadEnabled": false,
            "network.captive-portal-service.enabled": false,
            "network.connectivity-service.enabled": false,
            "toolkit.telemetry.enabled": false,
        });
        let options =
            json!({"moz:firefoxOptions": {"binary": found.browser, "args": ["-headless"], "prefs": quiet}});
        Self::with(Command::new(&found.driver).args(["--port", "0"]), &options)
    }

    fn with(driver: &mut Command, options: &Value) -> Result<Self> {
        let (driver, port) = started(driver)?;
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .into();
        let mut session = Self { driver, agent, address: String::new() };
        let base = format!("http://127.0.0.1:{port}/session");
        let options = json!({"capabilities": {"alwaysMatch": options}});
        let made = session.post(&base, &options).context("the browser does not start")?;
        let id = made["sessionId"].as_str().context("a session without an id")?;
        session.address = format!("{base}/{id}");
        Ok(session)
    }

    /// One command of the WebDriver protocol, such as `url` or `execute/sync`.
    pub fn command(&self, name: &str, arguments: &Value) -> Result<Value> {
        self.post(&format!("{}/{name}", self.address), arguments)
    }

    /// One command of Chromium's own protocol.
    pub fn chromium(&self, name: &str, parameters: &Value) -> Result<Value> {
        self.command("goog/cdp/execute", &json!({"cmd": name, "params": parameters}))
    }

    /// Memory of the largest process that shows a page, in bytes, as Linux counts it.
    pub fn renderer_memory(&self) -> Result<u64> {
        let mut parents = Vec::new();
        for entry in std::fs::read_dir("/proc")? {
            let entry = entry?;
            let Some(id) = entry.file_name().to_str().and_then(|name| name.parse::<u32>().ok()) else {
                continue;
            };
            // A process may end while it is looked at.
            let Ok(stat) = std::fs::read_to_string(entry.path().join("stat")) else { continue };
            let parent = stat.rsplit_once(") ").and_then(|(_, rest)| rest.split(' ').nth(1)?.parse().ok());
            parents.push((id, parent.unwrap_or(0_u32)));
        }
        let mut ours = vec![self.driver.id()];
        while let Some((id, _)) =
            parents.iter().find(|(id, parent)| ours.contains(parent) && !ours.contains(id))
        {
            ours.push(*id);
        }
        let memory = ours.iter().filter_map(|id| {
            let arguments = std::fs::read_to_string(format!("/proc/{id}/cmdline")).ok()?;
            let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
            let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
            let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
            arguments.contains("--type=renderer").then_some(kilobytes * 1024)
        });
        memory.max().context("no process shows a page")
    }

    /// The value of a JavaScript expression.
    pub fn ask(&self, expression: &str) -> Result<Value> {
        let script = format!("return ({expression});");
        self.command("execute/sync", &json!({"script": script, "args": []})).context(script)
    }

    /// Whether an expression holds before that time is over.
    pub fn comes_true(&self, expression: &str, patience: Duration) -> Result<bool> {
        let start = Instant::now();
        while start.elapsed() < patience {
            if truthy(&self.ask(expression)?) {
                return Ok(true);
            }
            sleep(Duration::from_millis(50));
        }
        Ok(false)
    }

    /// The first element that a selector finds, as soon as there is one.
    pub fn element(&self, selector: &str) -> Result<Value> {
        let start = Instant::now();
        loop {
            match self.command("element", &json!({"using": "css selector", "value": selector})) {
                Err(error) if start.elapsed() > PATIENCE => {
                    return Err(error).with_context(|| format!("no element {selector}"));
                }
                Err(error) if format!("{error:#}").contains("no such element") => {
                    sleep(Duration::from_millis(50));
                }
                found => return found,
            }
        }
    }

    /// Clicks an element once, in its middle.
    pub fn click(&self, element: &Value) -> Result<()> {
        self.command(&format!("element/{}/click", id(element)?), &json!({})).map(drop)
    }

    /// Types into an element, or chooses files in it.
    pub fn keys(&self, element: &Value, text: &str) -> Result<()> {
        self.command(&format!("element/{}/value", id(element)?), &json!({ "text": text })).map(drop)
    }

    /// One question of the WebDriver protocol, such as `window`.
    pub fn get(&self, name: &str) -> Result<Value> {
        let answer: Value =
            self.agent.get(&format!("{}/{name}", self.address)).call()?.body_mut().read_json()?;
        Ok(answer.get("value").cloned().unwrap_or_default())
    }

    fn post(&self, address: &str, body: &Value) -> Result<Value> {
        let answer: Value = self.agent.post(address).send_json(body)?.body_mut().read_json()?;
        let value = answer.get("value").cloned().unwrap_or_default();
        match value.get("error").and_then(Value::as_str) {
            Some(error) => {
                let message = value.get("message").and_then(Value::as_str).unwrap_or_default();
                Err(anyhow!("{error}: {}", message.lines().next().unwrap_or_default()))
            }
            None => Ok(value),
        }
    }
}

/// What the protocol calls an element.
fn id(element: &Value) -> Result<&str> {
    let id = element.as_object().and_then(|object| object.values().next()).and_then(Value::as_str);
    id.context("no element")
}

impl Drop for Session {
    fn drop(&mut self) {
        // The browser first: it is the driver's child, and would be left behind.
        if !self.address.is_empty() {
            let _ = self.agent.delete(&self.address).call();
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Starts a driver, one at a time: it chooses a port before it takes it, and ends where somebody else took it meanwhile.
fn started(driver: &mut Command) -> Result<(Child, u16)> {
    const TRIES: usize = 3;
    let name = driver.get_program().to_string_lossy().into_owned();
    driver.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let _starting = STARTING.lock().unwrap_or_else(PoisonError::into_inner);
    let mut tries = 0;
    loop {
        let mut child = driver.spawn().with_context(|| format!("cannot start {name}"))?;
        tries += 1;
        match port(&mut child) {
            Ok(port) => return Ok((child, port)),
            Err(error) => {
                child.kill()?;
                child.wait()?;
                if tries == TRIES {
                    return Err(error.context(name));
                }
            }
        }
    }
}

/// The port that the driver chose, which it writes when it is ready.
fn port(driver: &mut Child) -> Result<u16> {
    let output = driver.stdout.take().context("a driver without output")?;
    let mut lines = BufReader::new(output).lines();
    for line in lines.by_ref() {
        let line = line?;
        let said =
            line.split_once("started successfully on port ").or(line.split_once("Listening on 127.0.0.1:"));
        if let Some((_, port)) = said {
            // A driver whose output nobody reads would stand still when the pipe is full.
            std::thread::spawn(move || lines.for_each(drop));
            return Ok(port.trim_end_matches('.').parse()?);
        }
    }
    bail!("the driver ended before it was ready")
}

fn truthy(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(truth) => *truth,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(_) | Value::Object(_) => true,
    }
}
