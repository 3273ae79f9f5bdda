//! Fewer and larger files of what Trunk wrote, for what they have in common is sent once: one of styles, one of scripts, and
//! one module, the shell, with the core in a custom section at its end.
//!
//! A file that is read up to that section is the shell, whole and valid, so that it compiles and starts while the core is
//! still on its way (`web/static/boot.js`). What is *not* here: any change of what runs.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use crate::single::{attribute, links};
use crate::tools::Tools;

/// The file with both modules.
pub const MODULES: &str = "page.wasm";
/// The files that are made of several.
pub const MADE: &[&str] = &["page.css", "page.js", MODULES, "worker.js"];

/// The name of the section that holds the core.
const SECTION: &[u8] = b"core";

/// Joins the files of the site in `dist`, and has its page name them. Scripts are shortened where the tools can do it.
pub fn bundle(dist: &Path, tools: Option<&Tools>) -> Result<()> {
    let text = |name: &str| {
        fs::read_to_string(dist.join(name)).with_context(|| format!("{name} is not in the site"))
    };
    let mut index = text("index.html")?;
    let mut old = Vec::new();

    let mut styles = String::new();
    for name in links(&index, "stylesheet") {
        styles += &lean(&text(&name)?);
        old.push(name);
    }
    index =
        replaced(&index, "<link rel=\"stylesheet\"", ">", "<link rel=\"stylesheet\" href=\"./page.css\"/>")?;

    let mut scripts = String::new();
    for tag in index.split("<script defer ").skip(1) {
        let name = attribute(tag, "src").context("a script without a file")?;
        scripts += &text(&name)?;
        scripts.push('\n');
        old.push(name);
    }
    index = replaced(&index, "<script defer ", "</script>", "<script defer src=\"./page.js\"></script>")?;

    let named = |name: &str| attribute(&index, name).with_context(|| format!("the page names no {name}"));
    let [shell, core, glue, worker, js] =
        ["data-wasm", "data-core", "data-glue", "data-worker", "data-js"].map(named);
    let (shell, core, glue, worker, js) = (shell?, core?, glue?, worker?, js?);
    let workers = format!("{}\n{}", text(&glue)?, text(&worker)?);
    let short = |script: &str, options: &[&str]| match tools {
        Some(tools) => shortened(script, options, tools),
        None => Ok(lean(script)),
    };
    let bytes = |name: &str| fs::read(dist.join(name)).with_context(|| format!("{name} is not in the site"));
    let joined = join(&bytes(&shell)?, &bytes(&core)?);
    // No preload of the module: `boot.js` fetches it at once. Chromium also reports a preload as failed if its body
    // is streamed where nothing may be stored.
    let tag = "<link rel=\"preload\" ";
    let without: String = index
        .split(tag)
        .enumerate()
        .map(|(at, part)| match part.split_once('>') {
            Some((inside, rest)) if at > 0 && (inside.contains(&core) || inside.contains(&shell)) => {
                rest.to_owned()
            }
            _ if at > 0 => format!("{tag}{part}"),
            _ => part.to_owned(),
        })
        .collect();
    let lengths = joined.attributes();
    let index = without
        .replace(&format!(" data-core=\"./{core}\" data-glue=\"./{glue}\""), &format!(" {lengths}"))
        .replace(&shell, MODULES)
        .replace(&format!("\"./{worker}\""), "\"./worker.js\"");
    ensure!(index.contains(&lengths), "the page does not say where its modules are");
    old.extend([shell, core, glue, worker]);
    for name in old {
        fs::remove_file(dist.join(&name)).with_context(|| format!("{name} is named twice"))?;
    }
    for name in [js.as_str(), "boot.js", "look.js"] {
        fs::write(dist.join(name), short(&text(name)?, &[])?)?;
    }
    fs::write(dist.join("page.css"), styles)?;
    // What others call of it is in `globalThis`, so that all other names may become short ones.
    fs::write(dist.join("page.js"), short(&scripts, &["--format=iife"])?)?;
    fs::write(dist.join("worker.js"), short(&workers, &[])?)?;
    fs::write(dist.join(MODULES), joined.bytes)?;
    fs::write(dist.join("index.html"), index)?;
    Ok(())
}

/// Both modules as one.
pub struct Joined {
    /// All of the file.
    pub bytes: Vec<u8>,
    /// How long the shell is.
    pub shell: usize,
    /// Where the core begins.
    pub core: usize,
}

impl Joined {
    /// What `boot.js` asks its own element.
    #[must_use]
    pub fn attributes(&self) -> String {
        format!("data-shell=\"{}\" data-core=\"{}\"", self.shell, self.core)
    }
}

/// Adds the core to the shell.
#[must_use]
pub fn join(shell: &[u8], core: &[u8]) -> Joined {
    let mut bytes = shell.to_vec();
    bytes.push(0);
    leb(&mut bytes, 1 + SECTION.len() + core.len());
    leb(&mut bytes, SECTION.len());
    bytes.extend(SECTION);
    let start = bytes.len();
    bytes.extend(core);
    Joined { bytes, shell: shell.len(), core: start }
}

fn leb(bytes: &mut Vec<u8>, mut number: usize) {
    while number > 0x7f {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// The shell and the core of the site's one module.
#[must_use]
pub fn modules(joined: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut at = 8;
    while at < joined.len() {
        let start = at;
        let id = *joined.get(at)?;
        at += 1;
        let length = number(joined, &mut at)?;
        let section = joined.get(at..at + length)?;
        at += length;
        let mut name = 0;
        let long = if id == 0 { number(section, &mut name)? } else { 0 };
        if id == 0 && section.get(name..name + long)? == SECTION {
            return Some((joined.get(..start)?, section.get(name + long..)?));
        }
    }
    None
}

fn number(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let (mut number, mut shift) = (0, 0);
    loop {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= usize::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            return Some(number);
        }
    }
}

/// A text without everything between two marks, marks included. The first such part is replaced by something else.
fn replaced(text: &str, start: &str, end: &str, first: &str) -> Result<String> {
    let mut parts = text.split(start);
    let mut left = parts.next().unwrap_or_default().to_owned() + first;
    let mut found = false;
    for part in parts {
        left += part.split_once(end).with_context(|| format!("{start} has no end"))?.1.trim_start();
        found = true;
    }
    ensure!(found, "the page has no {start}");
    Ok(left)
}

/// A script with the names and the syntax that take the fewest bytes; global names stay but in a format that has none.
fn shortened(script: &str, options: &[&str], tools: &Tools) -> Result<String> {
    let mut esbuild = tools.command("esbuild")?;
    let mut esbuild = esbuild
        .args(["--minify", "--target=es2022", "--loader=js"])
        .args(options)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("esbuild does not start")?;
    // It reads all before it writes anything.
    esbuild.stdin.take().context("esbuild takes nothing in")?.write_all(script.as_bytes())?;
    let output = esbuild.wait_with_output()?;
    ensure!(output.status.success(), "esbuild refuses a script of the page");
    Ok(String::from_utf8(output.stdout)?)
}

/// A script or style without lines that are comments, blank lines and indentation. Nothing else.
fn lean(text: &str) -> String {
    let mut kept = String::new();
    let mut inside = false;
    for line in text.lines().map(str::trim) {
        let comment = inside || line.starts_with("/*");
        if comment {
            inside = !line.contains("*/");
        }
        // Code follows a comment on the comment's last line.
        let line = if comment && !inside {
            line.rsplit_once("*/").map_or("", |(_, rest)| rest.trim())
        } else {
            line
        };
        if !inside && !line.is_empty() && !line.starts_with("//") {
            kept += line;
            kept.push('\n');
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_site_is_joined_and_its_modules_are_found_again() {
        let dist = std::env::temp_dir().join(format!("bundle-{}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        let index = "<script src=\"look.js\"></script>\n<link rel=\"icon\" href=\"data:i\"/>\n\
                     <link rel=\"stylesheet\" href=\"./a.css\" integrity=\"x\"/>\n  <link rel=\"stylesheet\" href=\"./b.css\"/>\n\
                     <script defer src=\"./core.js\"></script><script defer src=\"./keep.js\"></script>\
                     <script type=\"module\" src=\"./boot.js\" data-js=\"./w.js\" data-wasm=\"./w.wasm\" data-core=\"./c.wasm\" data-glue=\"./g.js\" data-worker=\"./k.js\"></script>\
                     <link rel=\"modulepreload\" href=\"./w.js\"><link rel=\"preload\" href=\"./w.wasm\" as=\"fetch\"><link rel=\"preload\" href=\"./c.wasm\" as=\"fetch\">";
        let shell = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0";
        let files: [(&str, &[u8]); 11] = [
            ("index.html", index.as_bytes()),
            ("a.css", b"/* one */\na {\n  top: 0;\n}\n"),
            ("b.css", b"b{}"),
            ("w.js", b"/**\n * what\n */\nlet w;\n"),
            ("w.wasm", shell),
            ("c.wasm", b"\0asm\x01\0\0\0"),
            ("core.js", b"// what\ncore();\n"),
            ("keep.js", b"  keep(`//`);"),
            ("look.js", b"look();"),
            ("g.js", b"let glue;"),
            ("k.js", b"onmessage = 1;"),
        ];
        for (name, content) in files {
            fs::write(dist.join(name), content).unwrap();
        }
        fs::write(dist.join("boot.js"), "boot();").unwrap();
        bundle(&dist, None).unwrap();
        let text = |name: &str| fs::read_to_string(dist.join(name)).unwrap();
        assert_eq!(
            text("index.html"),
            "<script src=\"look.js\"></script>\n<link rel=\"icon\" href=\"data:i\"/>\n\
             <link rel=\"stylesheet\" href=\"./page.css\"/><script defer src=\"./page.js\"></script>\
             <script type=\"module\" src=\"./boot.js\" data-js=\"./w.js\" data-wasm=\"./page.wasm\" data-shell=\"14\" data-core=\"21\" data-worker=\"./worker.js\"></script>\
             <link rel=\"modulepreload\" href=\"./w.js\">"
        );
        assert_eq!(text("page.css"), "a {\ntop: 0;\n}\nb{}\n");
        assert_eq!(text("page.js"), "core();\nkeep(`//`);\n");
        assert_eq!(text("worker.js"), "let glue;\nonmessage = 1;\n");
        assert_eq!(text("w.js"), "let w;\n");
        let joined = fs::read(dist.join(MODULES)).unwrap();
        assert_eq!(modules(&joined), Some((&shell[..], &b"\0asm\x01\0\0\0"[..])));
        assert_eq!(fs::read_dir(&dist).unwrap().count(), 8);
        fs::remove_dir_all(&dist).unwrap();
    }

    #[test]
    fn a_module_without_a_core_has_none() {
        assert_eq!(modules(b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0"), None);
        assert_eq!(modules(b"\0asm"), None);
    }
}
