//! chromedriver as a child process, and its protocol: JSON over HTTP on loopback.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use serde_json::{Value, json};
use xtask::browser::{ARGUMENTS, ensure};

/// One browser with one window. Browser and driver end with it, on a panic too.
pub struct Session {
    driver: Child,
    agent: ureq::Agent,
    /// Address of the session, without a slash at its end.
    address: String,
}

impl Session {
    /// Starts a browser with a fresh profile. One that cannot be had is an error, never a test left out.
    pub fn start() -> Result<Self> {
        let found = ensure()?;
        let mut driver = Command::new(&found.driver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", found.driver.display()))?;
        let port = port(&mut driver);
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build()
            .into();
        let mut session = Self { driver, agent, address: String::new() };
        let base = format!("http://127.0.0.1:{}/session", port?);
        let options = json!({
            "capabilities": {"alwaysMatch": {
                "goog:chromeOptions": {"binary": found.browser, "args": ARGUMENTS},
                "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            }}
        });
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

/// The port that the driver chose, which it writes when it is ready.
fn port(driver: &mut Child) -> Result<u16> {
    let output = driver.stdout.take().context("a driver without output")?;
    for line in BufReader::new(output).lines() {
        let line = line?;
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            return Ok(port.trim_end_matches('.').parse()?);
        }
    }
    bail!("the driver ended before it was ready")
}
