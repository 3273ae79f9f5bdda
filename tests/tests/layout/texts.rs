//! What a reader of the page reads is written in `web/src/texts` alone: no other file of the page has prose.
//!
//! Prose is guessed of literals: words beside each other, what has a space at its end, what is capitalized, and whatever
//! stands in `html!` as a text or as the value of an attribute that is read out. What is *not* found: a single word in lower
//! case elsewhere. Tests, comments and attributes of Rust are passed over.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::lexer::{Token, code, script};

/// Attributes whose value is shown or read out, and properties of components that become such.
const SHOWN: &[&str] = &["aria-label", "title", "placeholder", "alt", "label", "what", "textContent"];
/// Attributes, properties and calls with a list of names.
const LISTS: &[&str] =
    &["class", "className", "rel", "querySelector", "querySelectorAll", "query_selector", "closest"];
/// What looks like prose and is a name: of keys, policies, errors and storage, and a word that the core begins with.
const NAMES: &[&str] = &[
    "Alt",
    "ArrowDown",
    "ArrowLeft",
    "ArrowRight",
    "ArrowUp",
    "BroadcastChannel",
    "CapsLock",
    "Content-Security-Policy",
    "Control",
    "Enter",
    "Escape",
    "Meta",
    "Nothing",
    "QuotaExceededError",
    "Shift",
    "by hand: {}",
];

/// Files that are no part of the page.
const TESTS: &[&str] = &["src/checker.rs", "src/state/tests.rs"];

fn page() -> PathBuf {
    super::root().join("web")
}

#[test]
fn every_text_of_the_page_is_in_the_room_of_texts() -> Result<()> {
    let (mut found, mut files) = (Vec::new(), 0);
    for path in below(&page().join("src"))?.into_iter().chain(below(&page().join("static"))?) {
        let name = path.strip_prefix(page())?.to_string_lossy().replace('\\', "/");
        if name.starts_with("src/texts/") || TESTS.contains(&name.as_str()) {
            continue;
        }
        files += 1;
        let text = fs::read_to_string(&path)?;
        let tokens = if name.ends_with(".js") { script(&text) } else { code(&text) };
        found.extend(prose(&tokens).into_iter().map(|(line, text)| format!("{name}:{line}: {text:?}")));
    }
    ensure!(files > 80, "{files} files were read");
    ensure!(found.is_empty(), "these belong into web/src/texts:\n{}", found.join("\n"));
    Ok(())
}

#[test]
fn before_the_shell_the_page_shows_the_same_words_and_few_of_its_own() -> Result<()> {
    let index = fs::read_to_string(super::root().join("index.html"))?;
    let constant = |file: &str, name: &str| -> Result<String> {
        let tokens = code(&fs::read_to_string(page().join("src/texts").join(file))?);
        let at =
            tokens.iter().position(|token| *token == Token::Name(name.to_owned())).context("a constant")?;
        let text = tokens[at..].iter().find_map(|token| match token {
            Token::Text(text, _) => Some(text.clone()),
            _ => None,
        });
        text.context("its text")
    };
    let mut expected = vec![constant("frame.rs", "NAME")?; 2];
    for name in ["TITLE", "LEAD", "LABEL", "DROP"] {
        expected.push(constant("first.rs", name)?);
    }
    let nodes = index.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text.trim());
    let nodes = nodes.filter(|text| text.contains(char::is_alphabetic));
    let (shared, own): (Vec<_>, Vec<_>) = nodes.partition(|text| expected.iter().any(|known| known == text));
    let mut shared: Vec<_> = shared.into_iter().map(str::to_owned).collect();
    shared.sort();
    expected.sort();
    assert_eq!(shared, expected);
    let starts: Vec<String> =
        own.iter().map(|text| text.split(' ').take(3).collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(starts, ["This page checks", "The page is", "kafka-upgrade-check.html", ", which needs"]);
    let described =
        index.split("\n      content=\"").filter(|value| value.starts_with("Paste Kafka")).count();
    let read_out = ["aria-label=\"", "placeholder=\"", "title=\"", "alt=\""];
    ensure!(
        described == 1 && read_out.iter().all(|name| !index.contains(name)),
        "other texts are in index.html"
    );
    Ok(())
}

#[test]
fn prose_is_found_and_names_are_not() {
    let found = |tokens: &[Token]| prose(tokens).into_iter().map(|(_, text)| text).collect::<Vec<_>>();
    let rust = r##"
        //! "In a comment."
        #[expect(lint, reason = "a reason for the reader of code")]
        fn shown() -> Html {
            let tick = if done { "ok" } else { "error" };
            let label = format!("{number} of {all}");
            let (_, sign) = ('"', r#"two words"#);
            html! { <p class="row center" id="p" aria-label="sides" title={"old"}>{"new"}<b>{ if open { "Less" } else { "off" } }</b></p> }
        }
        #[cfg(test)]
        mod tests { const TEXT: &str = "of a test"; }
    "##;
    assert_eq!(found(&code(rust)), ["{} of {}", "two words", "sides", "old", "new", "Less"]);
    let javascript = r#"
        // "In a comment."
        const found = /[`"]two words/.exec(line) ?? a / b, all = 'none of it';
        element("p", { className: "btn quiet", textContent: "no" }, `${all} of ${`${b} nested text`}`, "Escape");
        document.querySelector("find-text input");
    "#;
    assert_eq!(found(&script(javascript)), ["none of it", "no", "{} nested text", "{} of {}"]);
}

fn below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(below(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "js") {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

/// Literals that a reader would read, with their lines.
fn prose(tokens: &[Token]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let Token::Text(text, line) = token else { continue };
        let before = tokens.get(..at).unwrap_or_default();
        let owner = owner(before);
        let is = |list: &[&str]| list.contains(&owner.as_str());
        let shown = is(SHOWN) || is_node(before, tokens.get(at + 1));
        let has_letters = plain(text).contains(char::is_alphabetic);
        if !is(LISTS) && !NAMES.contains(&text.as_str()) && has_letters && (shown || reads(text)) {
            found.push((*line, text.clone()));
        }
    }
    found
}

/// What a value belongs to: an attribute (`aria-label="…"`, `title={"…"}`), a property (`label: "…"`) or a call.
fn owner(before: &[Token]) -> String {
    let before = before.strip_suffix(&[Token::Sign('{')]).unwrap_or(before);
    let Some((Token::Sign('=' | ':' | '('), before)) = before.split_last() else { return String::new() };
    let mut parts = Vec::new();
    let mut rest = before;
    while let Some((Token::Name(name), before)) = rest.split_last() {
        parts.insert(0, name.as_str());
        match before.split_last() {
            Some((Token::Sign('-'), before)) => rest = before,
            _ => break,
        }
    }
    parts.join("-")
}

/// Whether it stands in `html!` as a text: in braces of its own, behind a tag or other such braces.
fn is_node(before: &[Token], next: Option<&Token>) -> bool {
    let behind = matches!(before, [.., Token::Sign('>' | '}'), Token::Sign('{')]);
    behind && next == Some(&Token::Sign('}'))
}

/// Without its holes.
fn plain(text: &str) -> String {
    let mut inside = false;
    let keep = |sign: &char| {
        inside = *sign == '{' || inside && *sign != '}';
        !inside && *sign != '}'
    };
    text.chars().filter(keep).collect()
}

/// Whether a literal looks like what people read.
fn reads(text: &str) -> bool {
    let is_selector = text.starts_with(['#', '.']) && !text.starts_with(". ");
    let is_policy = text.contains("-src ");
    if is_selector || is_policy {
        return false;
    }
    let words = plain(text);
    let is_word = |word: &str| word.chars().filter(|sign| sign.is_alphabetic()).count() > 1;
    let at_its_end = text.starts_with(' ') || text.ends_with(' ');
    let beside = text.trim().contains(' ');
    let mut signs = words.chars();
    let capital =
        signs.next().is_some_and(char::is_uppercase) && signs.next().is_some_and(char::is_lowercase);
    words.split_whitespace().any(is_word) && (at_its_end || beside || capital && words.len() > 2)
}
