//! The page as one file, to be opened from a disk or in a sandboxed frame: no network, no modules, nothing beside it.
//!
//! Everything that Trunk wrote is embedded: styles, shell and core as base64, the scripts as one classic script, since
//! browsers load no module from a disk, and the worker's as a text of which it is made. The policy names its own blocks by a nonce; the file takes in no text of
//! anybody else, so that a fixed one does.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use sha2::{Digest, Sha256};

/// The name of the file in `dist`.
pub const NAME: &str = "kafka-upgrade-check.html";

const POLICY: &str = "default-src 'none'; script-src 'nonce-page' 'wasm-unsafe-eval'; style-src 'nonce-page'; \
                      img-src data:; worker-src blob:; base-uri 'none'; form-action 'none'";

/// Calls what wasm-bindgen wrote with the shell that is in the page, and makes the core's worker of what is beside it.
const START: &str = r#"
function inside(id) {
  const block = document.getElementById(id);
  const text = block.textContent;
  block.remove();
  return text;
}
function bytes(id) {
  return Uint8Array.from(atob(inside(id)), (sign) => sign.charCodeAt(0));
}
const shell = bytes("shell"), core = bytes("core"), worker = new TextDecoder().decode(bytes("worker"));
__wbg_init({ module_or_path: shell })
  .then(() => WebAssembly.compile(core))
  .then((module) => kafkaUpgradeCheck.ready(module, worker))
  .catch(kafkaUpgradeFail.start);
"#;

/// Writes the file and its checksum beside the site in `dist`; returns its path.
pub fn write(dist: &Path) -> Result<PathBuf> {
    let read = |name: &str| fs::read(dist.join(name)).with_context(|| format!("{name} is not in the site"));
    let text = |name: &str| Ok::<_, anyhow::Error>(String::from_utf8(read(name)?)?);
    let index = text("index.html")?;
    let mut styles = String::new();
    for name in links(&index, "stylesheet") {
        styles += &text(&name)?;
    }
    let script = classic(&text(&attribute(&index, "data-js").context("no script is named")?)?)?;
    let named = |name: &str| attribute(&index, name).with_context(|| format!("the site names no {name}"));
    let shell = BASE64_STANDARD.encode(read(&named("data-wasm")?)?);
    let core = BASE64_STANDARD.encode(read(&named("data-core")?)?);
    let worker = format!("{}\n{}", text(&named("data-glue")?)?, text(&named("data-worker")?)?);
    // Scripts that are not modules, in the order in which they run. One that is not deferred runs before anything is
    // painted.
    let (mut early, mut late) = (String::new(), String::new());
    for tag in index.split("<script ").skip(1).filter(|tag| !tag.starts_with("type=")) {
        let name = attribute(tag, "src").context("a script without a file")?;
        let into = if tag.starts_with("defer ") { &mut late } else { &mut early };
        *into += &text(&name)?;
        into.push('\n');
    }
    let script = format!("{late}{script}");
    for part in [&early, &script] {
        anyhow::ensure!(!part.contains("</script"), "a script would end its own block");
    }
    let body = index.split_once("<body>").and_then(|(_, rest)| rest.split_once("</body>"));
    let body = body.context("the page has no body")?.0.split("<script").next().unwrap_or_default();
    let icon = links(&index, "icon").into_iter().next().unwrap_or_default();
    let blocks = [("shell", shell), ("core", core), ("worker", BASE64_STANDARD.encode(worker))]
        .map(|(id, packed)| {
            format!("<script id=\"{id}\" type=\"application/octet-stream\">{packed}</script>\n")
        })
        .concat();
    let whole = page(&[&early, &styles, body, &blocks, &script], &icon);
    let file = dist.join(NAME);
    let sum: String = Sha256::digest(whole.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    fs::write(&file, whole)?;
    // As sha256sum writes and checks it.
    fs::write(dist.join(format!("{NAME}.sha256")), format!("{sum}  {NAME}\n"))?;
    Ok(file)
}

/// The page, from these parts: the script that runs at once, styles, what is shown before the shell is ready, packed
/// data, all other scripts.
fn page([early, styles, body, blocks, script]: &[&str; 5], icon: &str) -> String {
    format!(
        r#"<!doctype html>
<html lang="en" data-alone>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Kafka Upgrade Check</title>
<link rel="icon" href="{icon}">
<script nonce="page">{early}</script>
<style nonce="page">{styles}</style>
</head>
<body>{body}{blocks}<script nonce="page">(() => {{
{script}{START}}})();</script>
</body>
</html>
"#
    )
}

/// A module of wasm-bindgen as a classic script. It imports nothing, and the one place that needs its own address is
/// never reached, as the core is passed to it.
fn classic(module: &str) -> Result<String> {
    let kept: Vec<&str> = module.lines().filter(|line| !line.starts_with("export {")).collect();
    let script = kept.join("\n").replace("import.meta.url", "document.baseURI");
    let left = script.lines().find(|line| line.starts_with("import ") || line.starts_with("export "));
    if let Some(line) = left {
        bail!("the script is not one that can be embedded in a page: {line}");
    }
    Ok(script)
}

/// The addresses of all links of a kind.
pub(crate) fn links(html: &str, kind: &str) -> Vec<String> {
    let tags = html.split("<link ").skip(1);
    let tags = tags.filter(|tag| tag.starts_with(&format!("rel=\"{kind}\"")));
    tags.filter_map(|tag| attribute(tag, "href")).collect()
}

/// The first value of an attribute, as the name of a file in the site.
pub(crate) fn attribute(html: &str, name: &str) -> Option<String> {
    let (_, rest) = html.split_once(&format!("{name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(value.trim_start_matches("./").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_the_site_names_is_in_the_file() {
        let dist = std::env::temp_dir().join(format!("single-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        let index = "<link rel=\"icon\" href=\"data:i\"/><link rel=\"stylesheet\" href=\"./a.css\" integrity=\"x\"/>\
                     <link rel=\"stylesheet\" href=\"./b.css\"/><script src=\"./look.js\"></script>\
                     <script defer src=\"./core.js\"></script><script defer src=\"./keep.js\"></script>\
                     <script type=\"module\" src=\"./boot.js\" data-js=\"./w.js\" data-wasm=\"./w.wasm\" data-core=\"./c.wasm\" data-glue=\"./g.js\" data-worker=\"./k.js\"></script><body><p>static</p></body>";
        let module = "let wasm;\nasync function __wbg_init() { return new URL('w', import.meta.url); }\n\
                      export { initSync, __wbg_init as default };";
        let files = [
            ("index.html", index),
            ("a.css", "a{}"),
            ("b.css", "b{}"),
            ("w.js", module),
            ("w.wasm", "\0asm"),
            ("c.wasm", "\0core"),
            ("core.js", "globalThis.loader = 1;"),
            ("keep.js", "keep();"),
            ("look.js", "look();"),
            ("g.js", "let glue;"),
            ("k.js", "onmessage = 1;"),
        ];
        for (name, content) in files {
            fs::write(dist.join(name), content).unwrap();
        }
        let file = write(&dist).unwrap();
        let page = fs::read_to_string(&file).unwrap();
        for part in [
            "a{}b{}",
            "href=\"data:i\"",
            "AGFzbQ==",
            "AGNvcmU=",
            "globalThis.loader = 1;\nkeep();",
            "<script nonce=\"page\">look();\n</script>",
            "<p>static</p>",
            "bGV0IGdsdWU7Cm9ubWVzc2FnZSA9IDE7",
            "async function __wbg_init",
            "document.baseURI",
        ] {
            assert!(page.contains(part), "{part} is not in {page}");
        }
        assert!(!page.contains("export {") && !page.contains("import.meta"));
        let sum = fs::read_to_string(dist.join(format!("{NAME}.sha256"))).unwrap();
        assert!(sum.len() > 64 && sum.ends_with("  kafka-upgrade-check.html\n"), "{sum}");
        fs::remove_dir_all(&dist).unwrap();
    }

    #[test]
    fn a_script_that_imports_is_refused() {
        assert!(classic("import x from './y.js';\nexport { z };").is_err());
    }
}
