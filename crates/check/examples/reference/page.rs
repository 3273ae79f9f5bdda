//! Pages and the words in them: what comes from notes is text, and what stands between backticks is code.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};

/// Where pages are written.
pub(crate) struct Folder {
    top: PathBuf,
    count: Cell<u32>,
}

impl Folder {
    /// Starts with an empty folder, so that pages of rules that no longer exist disappear.
    pub(crate) fn begin(top: PathBuf) -> Result<Self, String> {
        if top.exists() {
            fs::remove_dir_all(&top).map_err(|error| format!("{}: {error}", top.display()))?;
        }
        Ok(Self { top, count: Cell::new(0) })
    }

    pub(crate) fn top(&self) -> &Path {
        &self.top
    }

    /// How many pages were written.
    pub(crate) fn count(&self) -> u32 {
        self.count.get()
    }

    /// A file as it is.
    pub(crate) fn file(&self, path: &str, text: &str) -> Result<(), String> {
        let file = self.top.join(path);
        let failed = |error: std::io::Error| format!("{}: {error}", file.display());
        fs::create_dir_all(file.parent().unwrap_or(&self.top)).map_err(failed)?;
        fs::write(&file, text).map_err(failed)
    }

    /// A page with a title for the browser, a heading in words, and a body.
    pub(crate) fn page(&self, path: &str, title: &str, heading: &str, body: &str) -> Result<(), String> {
        self.count.set(self.count.get() + 1);
        let up = "../".repeat(path.matches('/').count());
        let lists = ["rules", "failures", "keys", "releases", "compare", "kips"];
        let lists = lists.map(|list| {
            let here = if path.starts_with(list) { " aria-current=\"true\"" } else { "" };
            let name = if list == "kips" { "KIPs".to_owned() } else { capital(list) };
            format!("<a href=\"{up}{list}/index.html\"{here}>{name}</a>\n")
        });
        let html = format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"description\" content=\"{}\">\n<title>{} · Kafka Upgrade Check</title>\n\
             <link rel=\"stylesheet\" href=\"{up}reference.css\">\n</head>\n<body>\n<header>\n\
             <a class=\"home\" href=\"{up}../index.html\">Kafka Upgrade Check</a>\n<nav aria-label=\"Reference\">\n{}</nav>\n</header>\n\
             <main>\n<h1>{}</h1>\n{body}</main>\n<footer><p>Paste your files in <a href=\"{up}../index.html\">Kafka Upgrade Check</a> to see what of this is theirs; nothing that you paste leaves the page.</p></footer>\n</body>\n</html>\n",
            attribute(heading),
            attribute(title),
            lists.concat(),
            text(heading),
        );
        self.file(path, &html)
    }
}

/// The first letter as a capital.
pub(crate) fn capital(word: &str) -> String {
    let mut signs = word.chars();
    signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// A text whose code is marked.
pub(crate) fn text(words: &str) -> String {
    let mut html = String::new();
    let parts: Vec<&str> = words.split('`').collect();
    for (at, part) in parts.iter().enumerate() {
        // An odd backtick at the end is an ordinary character.
        let is_code = at % 2 == 1 && at + 1 < parts.len();
        let (start, end) = if is_code { ("<code>", "</code>") } else { ("", "") };
        html += &format!("{start}{}{end}", escaped(part));
    }
    html
}

/// Text and attribute values, with markup escaped and backticks dropped.
pub(crate) fn attribute(words: &str) -> String {
    escaped(&words.replace('`', ""))
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A section with a heading; nothing where there is no text.
pub(crate) fn section(heading: &str, words: &str) -> String {
    if words.is_empty() { String::new() } else { format!("<h2>{heading}</h2>\n<p>{}</p>\n", text(words)) }
}

/// Links to sources; a KIP has a page of its own.
pub(crate) fn sources(references: &[(&str, &str)]) -> String {
    if references.is_empty() {
        return String::new();
    }
    let mut html = String::from("<h2>Sources</h2>\n<ul>\n");
    for (title, url) in references {
        let own =
            kip(title).map(|kip| format!(" (<a href=\"../kips/{kip}.html\">what {kip} changes here</a>)"));
        html += &format!(
            "<li><a href=\"{}\" rel=\"noreferrer\">{}</a>{}</li>\n",
            escaped(url),
            escaped(title),
            own.unwrap_or_default()
        );
    }
    html + "</ul>\n"
}

/// `KIP-848` of a title that begins with one.
pub(crate) fn kip(title: &str) -> Option<&str> {
    let rest = title.strip_prefix("KIP-")?;
    let digits = rest.len() - rest.trim_start_matches(|one: char| one.is_ascii_digit()).len();
    (digits > 0).then(|| title.get(..4 + digits)).flatten()
}

/// A name as part of a path: keys consist of letters, digits, dots, dashes and underscores.
pub(crate) fn path(name: &str) -> String {
    name.chars()
        .map(|one| if one.is_ascii_alphanumeric() || "._-".contains(one) { one } else { '-' })
        .collect()
}
