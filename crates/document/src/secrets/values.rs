//! Values by how they look: what stands for one that somebody else fills in, what can only be a secret, and what a
//! value is in other writings.

/// Whether a value is no secret: empty, a switch, a reference to where the secret is, or covered already.
pub(super) fn is_open(value: &str) -> bool {
    let value = value.trim().trim_end_matches([',', ';']).trim();
    let value = value.strip_prefix(['"', '\'']).map_or(value, |inner| inner.trim_end_matches(['"', '\'']));
    let inner = |open, close| value.strip_prefix(open).and_then(|rest: &str| rest.strip_suffix(close));
    let lower = value.to_ascii_lowercase();
    if value.is_empty() || value.chars().all(|sign| matches!(sign, '*' | '.' | '_' | '-' | '…' | 'x' | 'X'))
    {
        return true;
    }
    const WORDS: [&str; 14] = [
        "null",
        "nil",
        "none",
        "true",
        "false",
        "yes",
        "no",
        "on",
        "off",
        "undefined",
        "[hidden]",
        "(not shown)",
        "[]",
        "{}",
    ];
    if WORDS.contains(&lower.as_str()) {
        return true;
    }
    // The whole is one placeholder.
    let whole =
        |open, close| inner(open, close).is_some_and(|name| !name.contains(open) && !name.contains(close));
    let is_variable = |name: &str| {
        !name.is_empty()
            && name.chars().all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit() || sign == '_')
    };
    let reads_file =
        ["file:", "env:", "vault:", "awssm:", "secretref:", "/run/secrets/", "/etc/", "/var/", "/opt/"];
    whole("${", "}")
        || whole("$(", ")")
        || whole("{{", "}}")
        || whole("#{", "}")
        || whole("<", ">")
        || whole("%", "%")
        || whole("@", "@")
        || inner("<%", "%>").is_some()
        || value.strip_prefix('$').is_some_and(is_variable)
        || value.strip_prefix("$env:").is_some()
        || value.starts_with("$(")
        || is_all_placeholders(value)
        || reads_file.iter().any(|start| lower.starts_with(start))
}

/// Whether a value consists of placeholders only: `{{ user }}-{{ password }}`.
fn is_all_placeholders(value: &str) -> bool {
    let mut rest = value;
    let mut any = false;
    for (open, close) in [("{{", "}}"), ("${", "}"), ("<%", "%>"), ("[[", "]]")] {
        while let Some((before, inner)) = rest.split_once(open) {
            if before.contains(char::is_alphanumeric) {
                return false;
            }
            let Some((_, behind)) = inner.split_once(close) else { return false };
            any = true;
            rest = behind;
        }
    }
    any && !rest.contains(char::is_alphanumeric)
}

/// Whether a word can hardly be anything but a secret: letters with digits or signs among them.
pub(super) fn looks_secret(word: &str) -> bool {
    let has = |test: fn(char) -> bool| word.chars().any(test);
    let digits = has(|sign| sign.is_ascii_digit());
    let letters = has(char::is_alphabetic);
    let signs = has(|sign| matches!(sign, '!' | '@' | '#' | '$' | '%' | '^' | '*' | '+' | '~' | '?' | '='));
    let is_address =
        word.contains("://") || word.starts_with(['/', '.', '$', '-', '<', '{', '%']) || word.contains('(');
    word.chars().count() >= 6
        && letters
        && (digits || signs)
        && !is_address
        && !is_open(word)
        && !is_version(word)
}

fn is_version(word: &str) -> bool {
    let word = word.trim_start_matches(['v', 'V']);
    word.starts_with(|sign: char| sign.is_ascii_digit())
        && word.contains('.')
        && !word.contains(['!', '@', '#'])
}

/// Whether a whole value looks like the output of a password generator: capitals, small letters and digits alternate.
pub(super) fn looks_generated(value: &str) -> bool {
    let all = |test: fn(char) -> bool| value.chars().all(test);
    let has = |test: fn(&char) -> bool| value.chars().any(|sign| test(&sign));
    let turns = value
        .as_bytes()
        .windows(2)
        .filter(|pair| matches!(pair, [one, other] if one.is_ascii_alphabetic() && other.is_ascii_digit()))
        .count();
    (8..=64).contains(&value.len())
        && turns >= 2
        && has(char::is_ascii_uppercase)
        && has(char::is_ascii_lowercase)
        && has(char::is_ascii_digit)
        && all(|sign| sign.is_ascii_alphanumeric() || "-_!@#$%^&*+=~?".contains(sign))
}

/// Whether a value is `user:password`, or that in base64.
pub(super) fn is_pair(value: &str) -> bool {
    let value = value.trim();
    password_of(value).is_some() || decoded(value).is_some_and(|inner| password_of(&inner).is_some())
}

/// The password of `user:password`.
pub(super) fn password_of(pair: &str) -> Option<&str> {
    let (user, password) = pair.split_once(':')?;
    let is_user = !user.is_empty() && !user.contains(char::is_whitespace) && !user.contains(['/', '{', '$']);
    let is_password = !password.is_empty()
        && !password.contains(char::is_whitespace)
        && !password.starts_with("//")
        && !password.bytes().all(|byte| byte.is_ascii_digit() || byte == b':')
        && !is_open(password);
    (is_user && is_password).then_some(password)
}

/// Whether code between a name and a literal fetches the value from elsewhere.
pub(super) fn looks_up(code: &str) -> bool {
    const ASKS: [&str; 10] =
        ["env", "getprop", "get(", "config", "lookup", "resolve", "read", "load", "equals", "file"];
    let code = code.to_ascii_lowercase();
    ASKS.iter().any(|asks| code.contains(asks))
}

/// The value with the escapes resolved that most languages share; those of YAML and `.properties` are among them.
pub(super) fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut signs = value.chars();
    while let Some(sign) = signs.next() {
        if sign != '\\' {
            out.push(sign);
            continue;
        }
        match signs.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('u') => {
                let digits: String = signs.clone().take(4).collect();
                match u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32) {
                    Some(sign) if digits.len() == 4 => {
                        out.push(sign);
                        signs.nth(3);
                    }
                    _ => out.push('u'),
                }
            }
            Some(sign) => out.push(sign),
            None => out.push('\\'),
        }
    }
    out
}

/// What base64 holds, where that is text of some length.
pub(super) fn decoded(value: &str) -> Option<String> {
    let value = value.trim().trim_end_matches('=');
    if value.len() < 8 || value.len() > 64 * 1024 {
        return None;
    }
    let mut bytes = Vec::with_capacity(value.len() / 4 * 3 + 3);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in value.bytes() {
        let six = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'\n' | b'\r' | b' ' => continue,
            _ => return None,
        };
        held = (held << 6) | u32::from(six);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((held >> bits) as u8);
            held &= (1 << bits) - 1;
        }
    }
    let text = String::from_utf8(bytes).ok()?;
    text.chars().all(|sign| !sign.is_control() || matches!(sign, '\n' | '\r' | '\t')).then_some(text)
}

/// A text with `%41` resolved.
pub(super) fn percent_decoded(value: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value.bytes();
    while let Some(byte) = rest.next() {
        let two = (byte == b'%').then(|| rest.clone().take(2).map(char::from).collect::<String>());
        match two.and_then(|two| u8::from_str_radix(&two, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest.nth(1);
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok().filter(|text| text != value)
}
