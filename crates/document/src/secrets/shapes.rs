//! Secrets that show by their shape, whatever key they stand under: PEM, JWT, logins in addresses, `Authorization`,
//! keys of clouds and services, JAAS options, pairs for `curl -u`, options of one letter.
//!
//! Invariant: linear in the text; each shape is searched for by its own beginning.

use super::keys::{self, Held};
use super::scan::Syntax;
use super::values::{self, is_open};
use crate::Span;
use crate::anchors::Anchors;
use crate::slice::Slice as _;

/// Longest secret that is followed from its beginning, in bytes.
const MAX_BYTES: usize = 64 * 1024;

/// Longest option with its value, in bytes.
const MAX_OPTION_BYTES: usize = 512;

/// Every secret with a shape, in no order.
pub(super) fn find(text: &str, syntax: Syntax) -> Vec<Span> {
    let mut found = Vec::new();
    pem(text, &mut found);
    tokens(text, &mut found);
    addresses(text, &mut found);
    schemes(text, &mut found);
    refused(text, &mut found);
    if matches!(syntax, Syntax::Shell | Syntax::Yaml | Syntax::Lines) {
        options(text, &mut found);
    }
    found
}

fn push(found: &mut Vec<Span>, start: usize, length: usize) {
    if length > 0 {
        found.push(Span::new(start as u32, (start + length) as u32));
    }
}

/// The lines between BEGIN and END; the signs may be escaped line breaks.
fn pem(text: &str, found: &mut Vec<Span>) {
    const BEGIN: &str = "-----BEGIN ";
    let mut past = 0;
    for (at, _) in text.match_indices(BEGIN) {
        let rest = text.slice(at + BEGIN.len()..);
        let Some(head) = rest.find("-----").filter(|head| *head < 60 && at >= past) else { continue };
        let start = at + BEGIN.len() + head + 5;
        let body = text.slice(start..);
        let end = body.find("-----END").unwrap_or_else(|| body.find("\n\n").unwrap_or(body.len()));
        let mut end = end.min(MAX_BYTES);
        while !body.is_char_boundary(end) {
            end -= 1;
        }
        past = start + end;
        let body = body.slice(..end);
        // Line breaks that are escaped or continued are not covered.
        let mut from = start;
        for line in body.split_inclusive(['\n', '\r']) {
            let mut piece = from;
            for part in line.split("\\n") {
                let inner = part
                    .trim()
                    .trim_end_matches(['\\', '"', '\'', '+', ' '])
                    .trim_start_matches(['"', '\'', '\\']);
                push(found, piece + part.find(inner).unwrap_or_default(), inner.len());
                piece += part.len() + 2;
            }
            from += line.len();
        }
    }
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// Tokens with a characteristic prefix.
fn tokens(text: &str, found: &mut Vec<Span>) {
    /// Beginning, and the least length of all of it.
    const STARTS: [(&str, usize); 21] = [
        ("eyJ", 30),
        ("AKIA", 20),
        ("ASIA", 20),
        ("AIza", 35),
        ("ghp_", 20),
        ("gho_", 20),
        ("ghs_", 20),
        ("ghu_", 20),
        ("github_pat_", 30),
        ("glpat-", 20),
        ("xoxb-", 20),
        ("xoxp-", 20),
        ("sk-", 24),
        ("hvs.", 20),
        ("ya29.", 20),
        ("npm_", 36),
        ("dckr_pat_", 20),
        ("AGE-SECRET-KEY-", 30),
        ("SG.", 40),
        ("sk_live_", 20),
        ("rk_live_", 20),
    ];
    let begin = Anchors::of(&STARTS.map(|(begin, _)| begin));
    let bytes = text.as_bytes();
    for at in begin.places(text) {
        if at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(|byte| is_token(*byte)) {
            continue;
        }
        let rest = bytes.slice(at..);
        for (begin, least) in STARTS.iter().filter(|(begin, _)| rest.starts_with(begin.as_bytes())) {
            let length =
                rest.iter().take(MAX_BYTES).take_while(|byte| is_token(**byte) || **byte == b'.').count();
            let length = text.get(at..at + length).map_or(0, |token| token.trim_end_matches('.').len());
            let is_jwt =
                *begin != "eyJ" || text.get(at..at + length).is_some_and(|token| token.contains('.'));
            if length >= *least && is_jwt {
                push(found, at, length);
            }
        }
    }
}

/// Logins in addresses: `scheme://user:password@host`, `scheme://token@host`, and `user:password@host` alone.
fn addresses(text: &str, found: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    for (at, _) in text.match_indices('@') {
        let first = at.saturating_sub(300);
        let before = bytes.slice(first..at);
        let ends = |byte: &u8| {
            matches!(
                byte,
                b' ' | b'\t' | b'\n' | b'\r' | b'"' | b'\'' | b'`' | b'<' | b'>' | b',' | b'(' | b'|' | b';'
            )
        };
        let start = before.iter().rposition(ends).map_or(0, |at| at + 1) + first;
        let Some(written) = text.get(start..at) else { continue };
        let (user_at, has_scheme) = match written.rfind("://") {
            Some(scheme) => (start + scheme + 3, true),
            // Behind `key=` and an option.
            None => (
                start
                    + written
                        .rfind('=')
                        .filter(|at| !written.contains(':') || written.find(':') > Some(*at))
                        .map_or(0, |at| at + 1),
                false,
            ),
        };
        let info = text.slice(user_at..at);
        let host_follows = bytes.get(at + 1).is_some_and(|byte| {
            byte.is_ascii_alphanumeric() || matches!(byte, b'[' | b'$' | b'{' | b'*' | b'_')
        });
        let (user, password) = info.split_once(':').unwrap_or((info, ""));
        if !host_follows || info.is_empty() || user.contains(['/', '@']) && !has_scheme {
            continue;
        }
        if has_scheme {
            if !password.is_empty() && !is_open(password) {
                push(found, user_at + user.len() + 1, password.len());
            } else if password.is_empty() && !user.contains('/') && values::looks_secret(user) {
                push(found, user_at, user.len());
            }
            continue;
        }
        const OTHERS: [&str; 9] =
            ["mailto", "sip", "npm", "file", "git", "link", "workspace", "patch", "pkg"];
        let rest = text.slice(at + 1..);
        let is_digest = ["sha256:", "sha512:"].iter().any(|sign| rest.starts_with(sign));
        let is_password = !password.is_empty()
            && !password.contains(['/', '@', ':', '^'])
            && !password.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            && !OTHERS.contains(&user)
            && !user.is_empty()
            && user.chars().all(|sign| sign.is_alphanumeric() || "._-%+".contains(sign));
        let named_host = rest
            .split(|sign: char| !(sign.is_alphanumeric() || ".-_".contains(sign)))
            .next()
            .unwrap_or_default();
        let is_address = rest.get(named_host.len()..).is_some_and(|rest| rest.starts_with(':'))
            || named_host.contains('.')
            || is_behind_address_key(text, start);
        if is_password
            && !is_digest
            && is_address
            && !is_open(password)
            && !named_host.starts_with(|sign: char| {
                sign.is_ascii_digit() && !named_host.contains("..") && named_host.matches('.').count() != 3
            })
        {
            push(found, user_at + user.len() + 1, password.len());
        }
    }
    // ZooKeeper's `digest:user:password`.
    for (at, sign) in text.match_indices("digest:") {
        let start = at + sign.len();
        let rest = text.slice(start..);
        let word = rest
            .split(|sign: char| sign.is_whitespace() || "\"',;".contains(sign))
            .next()
            .unwrap_or_default();
        if let Some((user, password)) = word.split_once(':').filter(|(user, _)| !user.is_empty()) {
            let password = password.split(':').next().unwrap_or_default();
            push(found, start + user.len() + 1, password.len());
        }
    }
}

/// Whether what stands there is the value of a key of addresses: `zookeeper.connect=`, `--zookeeper `.
fn is_behind_address_key(text: &str, at: usize) -> bool {
    let mut first = at.saturating_sub(80);
    while !text.is_char_boundary(first) {
        first += 1;
    }
    let before = text.slice(first..at);
    let line = before.rsplit(['\n', '\r']).next().unwrap_or_default();
    let word = line.trim_end_matches([' ', '\t', '=', ':', '"', '\'']);
    let word = word.rsplit([' ', '\t', '"', '\'', '-']).next().unwrap_or_default().to_ascii_lowercase();
    [
        "connect",
        "zookeeper",
        "servers",
        "server",
        "hosts",
        "host",
        "url",
        "uri",
        "address",
        "endpoint",
        "proxy",
        "listeners",
    ]
    .iter()
    .any(|end| word.ends_with(end))
}

/// `Authorization: Basic …`, `Bearer …`.
fn schemes(text: &str, found: &mut Vec<Span>) {
    for scheme in ["earer ", "asic ", "pikey ", "oken "] {
        for (at, _) in text.match_indices(scheme) {
            let first = text.get(..at).and_then(|before| before.chars().next_back());
            if !first.is_some_and(|sign| matches!(sign, 'b' | 'B' | 'A' | 'a' | 'T' | 't')) {
                continue;
            }
            let start = at + scheme.len();
            let rest = text.slice(start..);
            let word = rest
                .split(|sign: char| sign.is_whitespace() || "\"'`,;<>)\\".contains(sign))
                .next()
                .unwrap_or_default();
            let line = text.slice(..at);
            let named = line.len() >= 4 && {
                let mut first = line.len().saturating_sub(40);
                while !line.is_char_boundary(first) {
                    first += 1;
                }
                line.slice(first..).to_ascii_lowercase().contains("authorization")
            };
            let is_secret =
                if named { !is_open(word) } else { values::looks_secret(word) && scheme != "oken " };
            if is_secret {
                push(found, start, word.len());
            }
        }
    }
}

/// The value in Kafka's own words for one that it refuses: `Invalid value X for configuration KEY`.
fn refused(text: &str, found: &mut Vec<Span>) {
    const BEGIN: &str = "Invalid value ";
    const BETWEEN: &str = " for configuration ";
    for (at, _) in text.match_indices(BEGIN) {
        let start = at + BEGIN.len();
        let mut end = (start + MAX_OPTION_BYTES).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let near = text.slice(start..end);
        let Some((value, behind)) = near.split_once(BETWEEN) else { continue };
        let key = behind.split(|sign: char| sign.is_whitespace() || sign == ':').next().unwrap_or_default();
        if keys::is_secret_key(key) && !is_open(value) {
            push(found, start, value.len());
        }
    }
}

/// Options of one letter that take passwords: `-p x`, `-px`, `-P x`, and pairs for `-u`.
fn options(text: &str, found: &mut Vec<Span>) {
    const PAIRS: [&str; 6] = ["-u ", "--user ", "--user=", "--proxy-user ", "-U ", "-u"];
    for line in text.split_inclusive(['\n', '\r']) {
        if !line.contains('-') {
            continue;
        }
        let start = line.as_ptr() as usize - text.as_ptr() as usize;
        // These commands use such options for ports, folders and projects.
        let foreign = [
            "docker run",
            "docker compose",
            "docker-compose",
            "podman run",
            "kubectl",
            "mkdir",
            "gradle",
            "mvn",
        ];
        let is_foreign = foreign.iter().any(|name| line.contains(name)) && !line.contains("login");
        let is_web = ["curl", "wget", "http"].iter().any(|name| line.contains(name));
        for (at, _) in line.match_indices(" -").chain(line.starts_with('-').then_some((usize::MAX, ""))) {
            let at = at.wrapping_add(1);
            let rest = line.slice(at..);
            let mut near = rest.len().min(MAX_OPTION_BYTES);
            while !rest.is_char_boundary(near) {
                near -= 1;
            }
            let rest = rest.slice(..near);
            let value = |option: &str| {
                let inner = rest.strip_prefix(option)?.trim_start_matches([' ', '\t']);
                let offset = at + rest.len() - inner.len();
                let quote = inner.chars().next().filter(|sign| matches!(sign, '"' | '\''));
                let word = match quote {
                    Some(quote) => inner.get(1..)?.split(quote).next()?,
                    None => inner.split([' ', '\t', '\n', '\r', ';', '|', ')', '"', '\'']).next()?,
                };
                Some((start + offset + usize::from(quote.is_some()), word))
            };
            if let Some((from, word)) = PAIRS.iter().find_map(|option| value(option))
                && let Some(password) = values::password_of(word)
                && (is_web || values::looks_secret(password))
            {
                push(found, from, word.len());
                push(found, from + word.len() - password.len(), password.len());
            }
            for option in ["-p ", "-P ", "-p", "-P", "-w ", "-a "] {
                let Some((from, word)) = value(option) else { continue };
                let joined = !option.ends_with(' ');
                let is_secret =
                    if joined { values::looks_generated(word) } else { values::looks_secret(word) };
                if is_secret && !is_foreign && !word.contains(['/', ':', '=']) {
                    push(found, from, word.len());
                }
                break;
            }
        }
    }
}

/// Options of a JAAS login that hold no secrets.
const PLAIN_OPTIONS: [&str; 14] = [
    "usekeytab",
    "storekey",
    "keytab",
    "principal",
    "username",
    "servicename",
    "debug",
    "refreshkrb5config",
    "useticketcache",
    "ticketcache",
    "donotprompt",
    "isinitiator",
    "tokenauth",
    "clientid",
];

/// The secrets of a JAAS login: the values of its options, or all of it where it has none that can be read.
pub(super) fn login(text: &str, span: Span) -> Vec<Span> {
    let written = span.of(text);
    let offset = span.start as usize;
    let flags = ["required", "requisite", "sufficient", "optional"];
    let mut found = Vec::new();
    if !flags.iter().any(|flag| written.contains(flag)) || !written.contains('=') {
        if !is_open(written) && !written.contains(['$', '{']) {
            found.push(span);
        }
        return found;
    }
    let bytes = written.as_bytes();
    for (at, _) in written.match_indices('=') {
        let head = written.slice(..at).trim_end();
        let name = head
            .rsplit(|sign: char| !(sign.is_alphanumeric() || "._-".contains(sign)))
            .next()
            .unwrap_or_default();
        let value =
            at + 1 + bytes.iter().skip(at + 1).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let escaped = bytes.get(value) == Some(&b'\\');
        let open = value + usize::from(escaped);
        let quote = bytes.get(open).copied().filter(|byte| matches!(byte, b'"' | b'\''));
        let start = if quote.is_some() { open + 1 } else { value };
        let rest = written.slice(start..);
        let length = match quote {
            Some(quote) => rest
                .as_bytes()
                .windows(if escaped { 2 } else { 1 })
                .position(|here| here == if escaped { vec![b'\\', quote] } else { vec![quote] })
                .unwrap_or(rest.len()),
            None => rest.find([' ', '\t', ';', '\n', '\r', '"', '\'']).unwrap_or(rest.len()),
        };
        let inner = rest.slice(..length);
        let lower = name.to_ascii_lowercase();
        let plain = PLAIN_OPTIONS.contains(&lower.as_str())
            || lower.starts_with("extension_")
            || lower.starts_with("unsecuredlogin")
            || keys::words(name).last().is_some_and(|word| {
                matches!(word.as_str(), "id" | "uri" | "url" | "urls" | "scope" | "file")
            });
        let is_option = lower.starts_with("user_") || keys::held(name) == Held::Secret || !plain;
        if !name.is_empty() && is_option && !is_open(inner) {
            push(&mut found, offset + start, inner.len());
        }
    }
    found
}
