//! What the page's two modules can ask of the browser: their imports, held against reviewed lists.
//!
//! It stands for what no policy stops: navigation of the window, peer connections, look-ups of names. A module can do
//! only what it imports. `cargo xtask build` has to have built the page.

use std::collections::BTreeSet;
use std::fs;

use anyhow::{Context, Result, ensure};

/// Names of functions that could send something, or make something that could, wherever they stand in a name.
const SENDS: &[&str] = &[
    "fetch",
    "beacon",
    "xmlhttp",
    "socket",
    "eventsource",
    "rtc",
    "peer",
    "worker",
    "import",
    "open",
    "submit",
    "eval",
    "assign",
    "replace",
    "reload",
    "navigate",
    "src",
    "href",
    "action",
    "cookie",
    "serviceworker",
    "innerhtml",
    "write",
];

/// Imports whose names hold one of these words all the same: what JavaScript does for them, and why that sends nothing.
const HARMLESS: &[(&str, &str, &str)] = &[
    ("open", "= getObject(arg0).open;", "reads whether a dialog of the page is open"),
    ("set_open", "getObject(arg0).open = arg1", "opens a dialog of the page where `showModal` fails"),
    (
        "set_nodeValue",
        "getObject(arg0).nodeValue =",
        "sets the text of a node; its name holds `eval` by chance",
    ),
    (
        "set_innerHTML",
        "getObject(arg0).innerHTML =",
        "in Yew, for `Html::from_html_unchecked`; `disallowed-methods` in clippy.toml refuses to build the page's markup so",
    ),
    (
        "set_href",
        "getObject(arg0).href =",
        "a link to a blob, to download a file; `disallowed-methods` in clippy.toml refuses any other use in the page",
    ),
];

/// All that the core asks of the browser: to throw, and the errors that it throws.
const OF_CORE: &[&str] = &["Error", "throw"];

#[test]
fn the_modules_import_nothing_that_could_send() -> Result<()> {
    let dist = xtask::dist();
    // The one file has the scripts as wasm-bindgen writes them; those of the site are the same, shortened.
    let glue = fs::read_to_string(dist.join(xtask::single::NAME)).context("the one file is not built")?;
    let mut modules = Vec::new();
    for entry in fs::read_dir(&dist).context("the page is not built; `cargo xtask build` does it")? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "wasm") {
            let joined = fs::read(&path)?;
            let (shell, core) = xtask::bundle::modules(&joined).context("the site's module holds no core")?;
            modules.extend([("shell", shell.to_vec()), ("core", core.to_vec())]);
        }
    }
    ensure!(modules.len() == 2, "{} modules are in {}", modules.len(), dist.display());
    let mut excused = BTreeSet::new();
    for (module, bytes) in &modules {
        let imports = imports(bytes).with_context(|| format!("the {module} is no module"))?;
        ensure!(!imports.is_empty(), "the {module} imports nothing, not even a function to throw");
        let suspicious: Vec<&String> = imports.iter().filter(|name| could_send(name)).collect();
        ensure!(suspicious.is_empty(), "{module}: {suspicious:?}");
        for import in &imports {
            let Some((name, does, _)) = HARMLESS.iter().find(|(name, ..)| stem(import) == *name) else {
                continue;
            };
            let body = body(&glue, import).with_context(|| format!("{import} is in no script"))?;
            ensure!(body.contains(does), "{import} does something else: {body}");
            excused.insert(*name);
        }
        if *module == "core" {
            let of_core: BTreeSet<&str> = imports.iter().map(|name| stem(name)).collect();
            ensure!(of_core.iter().eq(OF_CORE), "the core asks for more of the browser: {of_core:?}");
        }
    }
    let unused: Vec<_> = HARMLESS.iter().filter(|(name, ..)| !excused.contains(name)).collect();
    ensure!(unused.is_empty(), "nothing needs these excuses: {unused:?}");
    Ok(())
}

#[test]
fn a_name_that_could_send_is_seen_and_imports_are_read() {
    assert!(could_send("__wbg_fetch_0123456789abcdef") && could_send("__wbg_sendBeacon_01"));
    assert!(could_send("__wbg_set_src_01") && !could_send("__wbg_appendChild_0123456789abcdef"));
    assert!(!could_send("__wbg_showModal_01") && !could_send("__wbg_set_innerHTML_0123456789abcdef"));
    let glue =
        "  __wbg_open_01: function(arg0) {\n    return arg0.open;\n  },\n  __wbg_close_01: function(arg0) {";
    assert_eq!(body(glue, "__wbg_open_01"), Some(" function(arg0) {\n    return arg0.open;\n  },\n  "));
    assert_eq!(body(glue, "__wbg_fetch_01"), None);
    // An empty module, a type section, then an import `m` `go` of function type 0.
    let module = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x02\x08\x01\x01m\x02go\0\0";
    assert_eq!(imports(module), Some(vec!["go".to_owned()]));
    assert_eq!(imports(b"MZ"), None);
}

/// What JavaScript does for an import: the text of its function, up to the next import's.
fn body<'a>(glue: &'a str, import: &str) -> Option<&'a str> {
    let (_, behind) = glue.split_once(&format!("{import}:"))?;
    behind.split("__wbg_").next()
}

/// The name without what wasm-bindgen adds to it: `fetch` of `__wbg_fetch_0123456789abcdef`.
fn stem(name: &str) -> &str {
    let name = name.trim_start_matches("__wbg_").trim_start_matches("__wbindgen_");
    match name.rsplit_once('_') {
        Some((stem, hash)) if hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()) => stem,
        _ => name,
    }
}

fn could_send(name: &str) -> bool {
    let stem = stem(name);
    let lower = stem.to_lowercase();
    SENDS.iter().any(|word| lower.contains(word)) && !HARMLESS.iter().any(|(known, ..)| stem == *known)
}

/// Names of the imports of a module; `None` where the bytes are none.
fn imports(module: &[u8]) -> Option<Vec<String>> {
    let mut rest = module.strip_prefix(b"\0asm\x01\0\0\0")?;
    let mut names = Vec::new();
    while let Some((id, behind)) = rest.split_first() {
        rest = behind;
        let length = number(&mut rest)?;
        let mut section = rest.get(..length)?;
        rest = rest.get(length..)?;
        if *id != 2 {
            continue;
        }
        for _ in 0..number(&mut section)? {
            text(&mut section)?;
            names.push(text(&mut section)?);
            match take(&mut section)? {
                0 => drop(number(&mut section)?),
                1 => {
                    take(&mut section)?;
                    limits(&mut section)?;
                }
                2 => limits(&mut section)?,
                3 => drop((take(&mut section)?, take(&mut section)?)),
                4 => drop((take(&mut section)?, number(&mut section)?)),
                _ => return None,
            }
        }
    }
    Some(names)
}

fn take(bytes: &mut &[u8]) -> Option<u8> {
    let (first, rest) = bytes.split_first()?;
    *bytes = rest;
    Some(*first)
}

/// Seven bits a byte, the lowest first.
fn number(bytes: &mut &[u8]) -> Option<usize> {
    let (mut value, mut shift) = (0_usize, 0);
    loop {
        let byte = take(bytes)?;
        value |= usize::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            return Some(value);
        }
        shift += 7;
    }
}

fn text(bytes: &mut &[u8]) -> Option<String> {
    let length = number(bytes)?;
    let text = bytes.get(..length)?;
    *bytes = bytes.get(length..)?;
    String::from_utf8(text.to_vec()).ok()
}

fn limits(bytes: &mut &[u8]) -> Option<()> {
    let has_maximum = take(bytes)? & 1 == 1;
    number(bytes)?;
    if has_maximum {
        number(bytes)?;
    }
    Some(())
}
