//! `cargo xtask bench --page`: how fast the built page is in Chromium, to docs/measured/page.txt.
//!
//! Times of the main thread are its processor time, which other work on the machine changes little; times until something
//! is seen are of the clock, so the file states how busy the machine was.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a developer reads it on a terminal")]
#![allow(clippy::indexing_slicing, reason = "values of JSON")]

use std::fmt::Write as _;
use std::time::Instant;

use acceptance::browser::Page;
use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use xtask::site::Site;

/// Loads of each page, of which the median counts.
const LOADS: usize = 20;
/// What is typed in: its name, its lines, and the keystrokes that are measured, each of which waits for its report.
const TEXTS: [(&str, usize, usize); 3] =
    [("1,000 lines", 1_000, 200), ("1 MB", 16_000, 200), ("100,000 lines", 100_000, 20)];
/// Edits over which memory has to stay flat.
const EDITS: u32 = 10_000;
/// Lines of the text that is edited so often: what is left behind by an edit is so by one in a short text too, and
/// ten thousand reports on a long one take longer than all the rest together.
const EDITED_LINES: usize = 100;

/// Notes when something is there, what the worker replies, and long tasks. In every page, before it runs.
const NOTES: &str = r"
window.__at = {}; window.__checked = 0; window.__checkedAt = 0; window.__long = [];
const see = (name, is) => { if (!(name in __at) && is()) __at[name] = performance.now(); };
new MutationObserver(() => {
    see('usable', () => document.querySelector('#paste'));
    see('core', () => / to \d/.test(document.querySelector('.pagefoot')?.textContent));
}).observe(document, {subtree: true, childList: true, characterData: true});
const Made = window.Worker;
window.Worker = class extends Made {
    constructor(address) {
        super(address);
        // The second byte of a reply is its kind; 2 is a report.
        this.addEventListener('message', ({data}) => { if (data[1] === 2) { __checkedAt = performance.now(); __checked += 1; window.__then?.(); } });
    }
};
addEventListener('input', () => { window.__typedAt = performance.now(); }, true);
new PerformanceObserver(list => { for (const one of list.getEntries()) __long.push(one.duration); }).observe({type: 'longtask'});
";

/// Waits for the report on what was typed, and until it is painted; answers with both times since the keystroke.
const REPORT: &str = r"
const done = arguments[0];
const painted = () => requestAnimationFrame(() => setTimeout(() => done([__checkedAt - __typedAt, performance.now() - __typedAt])));
if (__checkedAt > __typedAt) painted(); else window.__then = () => { window.__then = undefined; painted(); };
";

fn main() -> Result<()> {
    ensure!(xtask::dist().join("index.html").is_file(), "the page is not built; `cargo xtask build` does it");
    let site = Site::open(&xtask::dist(), 0)?;
    let mut out = String::from(
        "# The page in Chromium. `cargo xtask bench --page` writes this; the processor and what else runs decide half of it.\n\
         # Keystrokes: processor time of the main thread in milliseconds, of scripts and of everything; the median, 99 of 100,\n\
         # the worst. Limits at 99 of 100: scripts 4 and everything 8 at 1,000 lines, everything 25 at 1 MB; report 50 at 1,000 lines.\n",
    );
    writeln!(out, "processor: {}; load of the machine: {}\n", processor(), load())?;
    // It takes a while: what is known is shown at once.
    let mut shown = 0;
    let mut show = |out: &String| {
        eprint!("{}", out.get(shown..).unwrap_or_default());
        shown = out.len();
    };
    loading(&site, &mut out)?;
    show(&out);
    for (name, lines, keys) in TEXTS {
        typing(&site, name, &text(lines), keys, &mut out)?;
        show(&out);
    }
    many_files(&site, &mut out)?;
    show(&out);
    memory(&site, &mut out)?;
    show(&out);
    writeln!(out, "load of the machine at the end: {}", load())?;
    std::fs::write(xtask::root().join("docs/measured/page.txt"), &out)?;
    println!("written to docs/measured/page.txt");
    Ok(())
}

/// A broker's configuration of about that many lines, of which a few are found at fault.
fn text(lines: usize) -> String {
    let mut text = String::from(
        "process.roles=broker\nnode.id=4\ncontroller.quorum.voters=1@c:9093\ndelegation.token.master.key=secret\n",
    );
    for at in 0..lines / 4 {
        let line = format!(
            "\n# listener {at} is for one of many tenants\nlistener.name.l{at}.ssl.keystore.location=/etc/kafka/{at}.jks\nlistener.name.l{at}.ssl.keystore.type=PKCS12\n"
        );
        text += &line;
    }
    text
}

fn open(site: &Site) -> Result<Page> {
    let page = Page::open_alone("about:blank")?;
    page.before_loading(NOTES)?;
    page.visit(&site.address())?;
    page.wait_for("window.__at?.core")?;
    Ok(page)
}

fn loading(site: &Site, out: &mut String) -> Result<()> {
    let folder = std::env::temp_dir().join(format!("empty-page-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("index.html"), "<!doctype html><title>Empty</title><p>Nothing</p>")?;
    let empty = Site::open(&folder, 0)?;
    let page = Page::open_alone("about:blank")?;
    page.before_loading(NOTES)?;
    let painted = "performance.getEntriesByType('paint')[0]?.startTime";
    let (mut nothing, mut first, mut usable, mut core) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..LOADS {
        page.visit(&empty.address())?;
        page.wait_for(painted)?;
        nothing.push(number(&page.ask(painted)?)?);
        page.visit(&site.address())?;
        page.wait_for(&format!("window.__at.core && {painted}"))?;
        first.push(number(&page.ask(painted)?)?);
        usable.push(number(&page.ask("__at.usable")?)?);
        core.push(number(&page.ask("__at.core")?)?);
    }
    std::fs::remove_dir_all(&folder)?;
    let nothing = middle(&mut nothing);
    writeln!(out, "loading, median of {LOADS}, in ms on the clock")?;
    writeln!(out, "  an empty page's first paint          {nothing:>8.0}")?;
    for (what, times, limit) in [
        ("first paint", &mut first, "limit + 30"),
        ("takes text", &mut usable, "limit + 200"),
        ("knows the releases (core compiled)", &mut core, ""),
    ] {
        let time = middle(times);
        writeln!(out, "  {what:<36} {time:>8.0}   {:+.0} {limit}", time - nothing)?;
    }
    out.push('\n');
    Ok(())
}

fn typing(site: &Site, name: &str, text: &str, keys: usize, out: &mut String) -> Result<()> {
    let page = open(site)?;
    page.drop_files("body", &[("server.properties", text)])?;
    page.wait_for("document.querySelector('.verdict .counts') && document.querySelector('#text')")?;
    // The middle of the text is what the area of a long one has then.
    page.ask("(code => { code.scrollTop = code.scrollHeight / 2; })(document.querySelector('#code'))")?;
    page.settle()?;
    let before = page.ask(
        "(area => { area.focus(); const caret = area.value.indexOf('\\n', area.value.length / 2); \
        area.setSelectionRange(caret, caret); return area.value.length; })(document.querySelector('#text'))",
    )?;
    page.settle()?;
    page.count_times()?;
    // What the measuring costs is measured as well.
    let mut idle = Vec::new();
    for _ in 0..20 {
        let before = page.times()?;
        page.settle()?;
        idle.push(page.times()?.1 - before.1);
    }
    page.ask("void (window.__long = [])")?;
    let (mut scripts, mut all, mut reported, mut painted) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for at in 0..keys {
        let before = page.times()?;
        page.press(if at % 10 == 9 { "2" } else { "1" })?;
        let answer = page.answer(REPORT)?;
        let after = page.times()?;
        scripts.push(after.0 - before.0);
        all.push(after.1 - before.1);
        reported.push(number(&answer[0])?);
        painted.push(number(&answer[1])?);
    }
    let typed = page.ask("document.querySelector('#text').value.length")?;
    ensure!(
        number(&typed)? == number(&before)? + keys as f64,
        "{name}: {typed} characters, not every key came in"
    );
    let long = page.ask("[__long.length, Math.max(0, ...__long)]")?;
    writeln!(
        out,
        "typing in {name} ({} bytes), {keys} keys               median       p99     worst",
        text.len()
    )?;
    for (what, times) in [
        ("scripts, ms of processor", &mut scripts),
        ("everything, ms of processor", &mut all),
        ("key to report, ms on the clock", &mut reported),
        ("key to painted report, ms on the clock", &mut painted),
    ] {
        times.sort_by(f64::total_cmp);
        let at = |share: f64| {
            times.get(((times.len() - 1) as f64 * share).round() as usize).copied().unwrap_or_default()
        };
        writeln!(out, "  {what:<48}{:>10.1}{:>10.1}{:>10.1}", at(0.5), at(0.99), at(1.0))?;
    }
    writeln!(out, "  of that the measuring itself, ms of processor   {:>10.1}", middle(&mut idle))?;
    writeln!(out, "  tasks over 50 ms on the clock: {}, the longest {} ms\n", long[0], long[1])?;
    Ok(())
}

fn many_files(site: &Site, out: &mut String) -> Result<()> {
    let page = open(site)?;
    page.count_times()?;
    let text = text(40);
    let files: Vec<(String, String)> = (0..300)
        .map(|at| (format!("broker-{at}.properties"), text.replace("node.id=4", &format!("node.id={at}"))))
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let before = page.times()?;
    page.ask("void (window.__start = performance.now())")?;
    page.drop_files("body", &files)?;
    page.wait_for("document.querySelector('.verdict .counts')")?;
    let time = number(&page.ask("__checkedAt - __start")?)?;
    let all = page.times()?.1 - before.1;
    writeln!(
        out,
        "300 files dropped: {time:.0} ms on the clock until the report (limit 1,000), {all:.0} ms of processor on the main thread\n"
    )?;
    Ok(())
}

fn memory(site: &Site, out: &mut String) -> Result<()> {
    let page = open(site)?;
    page.drop_files("body", &[("server.properties", &text(EDITED_LINES))])?;
    page.wait_for("document.querySelector('.verdict .counts') && document.querySelector('#text')")?;
    // One letter more or less, and the next as soon as the report is there.
    let edits = "window.__edits = 0; const area = document.querySelector('#text'); \
        window.__then = () => { window.__then2?.(); if (__edits >= LIMIT) return; __edits += 1; \
            area.value = __edits % 2 ? area.value + 'x' : area.value.slice(0, -1); \
            area.dispatchEvent(new InputEvent('input', {bubbles: true})); }; __then();";
    let mut seen = Vec::new();
    let start = Instant::now();
    for limit in [EDITS / 10, EDITS - EDITS / 10] {
        page.answer(&format!("{} arguments[0](1);", edits.replace("LIMIT", &limit.to_string())))?;
        while start.elapsed().as_secs() < 1_200 {
            if page.ask(&format!("__edits >= {limit}"))? == json!(true) {
                break;
            }
            std::thread::sleep(std::time::Duration::from_secs(1));
        }
        ensure!(page.ask(&format!("__edits >= {limit}"))? == json!(true), "edits take too long");
        seen.push(page.memory()? as f64 / 1_048_576.0);
    }
    let (early, late) = (seen.first().copied().unwrap_or_default(), seen.last().copied().unwrap_or_default());
    writeln!(
        out,
        "memory of the page's process: {early:.0} MiB after {} edits, {late:.0} MiB after {EDITS} ({:+.0})\n",
        EDITS / 10,
        late - early
    )?;
    Ok(())
}

fn number(value: &Value) -> Result<f64> {
    value.as_f64().with_context(|| format!("not a number: {value}"))
}

fn middle(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn processor() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or("\t: unknown");
    line.trim_start_matches(['\t', ' ', ':']).to_owned()
}

/// Processes that wanted to run in the last minute, beside the number of processors.
fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{} on {cores} processors", text.split(' ').next().unwrap_or("unknown"))
}
