//! Which keys hold secrets, by their names alone.
//!
//! A name is cut into words (`sslKeyPassword`, `SSL_KEY_PASSWORD` and `ssl.key.password` are the same three), so that
//! `tokenizer` is no token. Plugins have secrets that no catalog knows; hence words, and not a list of keys.

use crate::slice::Slice as _;

/// What the value of a key is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Held {
    /// Nothing secret.
    Nothing,
    /// All of it is a secret.
    Secret,
    /// A JAAS login, whose options hold secrets.
    Login,
    /// A secret if it is `user:password`, as it is or in base64.
    Pair,
}

/// Whether the value of a key is a secret.
#[must_use]
pub fn is_secret_key(key: &str) -> bool {
    matches!(held(key), Held::Secret | Held::Login)
}

/// What the value of a key is.
pub(super) fn held(key: &str) -> Held {
    if !may_be_secret(key) {
        return Held::Nothing;
    }
    let words = words(key);
    // A list of names, as Compose and Kubernetes have it.
    if words == ["secrets"] {
        return Held::Nothing;
    }
    // What describes a secret is none; only of access keys, the id counts as one.
    if words.last().is_some_and(|word| word != "id" && DESCRIBES.contains(&word.as_str())) {
        return Held::Nothing;
    }
    let has = |word: &str| words.iter().any(|one| one == word);
    let Some(last) = (0..words.len()).rev().find(|at| is_sign(&words, *at)) else {
        return if words.last().is_some_and(|word| matches!(word.as_str(), "auth" | "basicauth")) {
            Held::Pair
        } else {
            Held::Nothing
        };
    };
    let behind = words.slice(last + 1..);
    let is_access_key_id =
        behind == ["id"] && words.get(last).is_some_and(|word| word == "key" || word == "accesskey");
    let is_file_of_image = has("ssl") && has("credentials") && behind.is_empty() && words.len() > 2;
    let describes = behind.iter().any(|word| DESCRIBES.contains(&word.as_str()));
    let asks = words.first().is_some_and(|word| ASKS.contains(&word.as_str()));
    let counts = words.iter().any(|word| COUNTS.contains(&word.as_str()));
    if (describes && !is_access_key_id) || asks || counts || is_file_of_image {
        Held::Nothing
    } else if has("jaas") {
        Held::Login
    } else {
        Held::Secret
    }
}

/// Pieces of the words that [`is_sign`] knows: a name without any of them is no secret's.
const PIECES: [&[u8]; 18] = [
    b"pas",
    b"pw",
    b"psw",
    b"psk",
    b"sec",
    b"tok",
    b"cred",
    b"jaas",
    b"key",
    b"auth",
    b"info",
    b"hmac",
    b"bearer",
    b"licen",
    b"certif",
    b"kennwort",
    b"senha",
    b"contrasena",
];

/// For each byte that is the first of a piece in any case, the possible second letters as bits.
#[expect(clippy::indexing_slicing, reason = "the compiler works it out, and stops where it fails")]
const SECOND: [u32; 256] = {
    let mut second = [0; 256];
    let mut at = 0;
    while at < PIECES.len() {
        let piece = PIECES[at];
        second[piece[0] as usize] |= bit_of(piece[1]);
        second[piece[0].to_ascii_uppercase() as usize] |= bit_of(piece[1]);
        at += 1;
    }
    second
};

/// The bit of a letter, whatever its case; nothing of other bytes.
const fn bit_of(byte: u8) -> u32 {
    if byte.is_ascii_alphabetic() { 1 << (byte & 31) } else { 0 }
}

/// A cheap look at a name before its words are cut: most names of a text are no key of a secret.
fn may_be_secret(name: &str) -> bool {
    let bytes = name.as_bytes();
    if bytes.len() < 2 || bytes.len() > MAX_NAME_BYTES {
        return false;
    }
    let begins =
        |first: u8, second: u8| SECOND.get(usize::from(first)).is_some_and(|all| all & bit_of(second) != 0);
    let is_piece = |at: usize, piece: &[u8]| {
        bytes.get(at..at + piece.len()).is_some_and(|here| here.eq_ignore_ascii_case(piece))
    };
    !name.is_ascii()
        || bytes.iter().zip(bytes.iter().skip(1)).enumerate().any(|(at, (first, second))| {
            begins(*first, *second) && PIECES.iter().any(|piece| is_piece(at, piece))
        })
}

/// Longer names are no keys.
pub(super) const MAX_NAME_BYTES: usize = 300;

/// The words of a name in lower case; letters that only look like ASCII are read as it.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut signs = name.chars().filter_map(folded).peekable();
    let mut before = ' ';
    while let Some(sign) = signs.next() {
        let next_is_lower = signs.peek().is_some_and(char::is_ascii_lowercase);
        let starts = sign.is_ascii_uppercase()
            && (before.is_ascii_lowercase() || (before.is_ascii_uppercase() && next_is_lower));
        if (starts || !sign.is_alphanumeric()) && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        if sign.is_alphanumeric() {
            word.push(sign.to_ascii_lowercase());
        }
        before = sign;
    }
    if !word.is_empty() {
        words.push(word);
    }
    words
}

/// The ASCII letter that a character looks like; `None` for an invisible one.
fn folded(sign: char) -> Option<char> {
    Some(match sign {
        sign if sign.is_ascii() => sign,
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => return None,
        'а' | 'α' => 'a',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' => 'e',
        'і' | 'ι' => 'i',
        'к' | 'κ' => 'k',
        'ո' => 'n',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'ԝ' | 'ѡ' => 'w',
        'у' | 'γ' => 'y',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(sign as u32 - 0xff01 + 0x21)?,
        sign => sign,
    })
}

/// Whether the word at an index means "secret", alone or together with the word before it.
fn is_sign(words: &[String], at: usize) -> bool {
    let Some(word) = words.get(at).map(String::as_str) else { return false };
    let before = at.checked_sub(1).and_then(|at| words.get(at)).map_or("", String::as_str);
    match word {
        "pwd" | "pass" | "pw" | "passcode" | "kennwort" | "senha" | "contrasena" | "storepass"
        | "keypass" => true,
        "token" | "tokens" | "credential" | "credentials" | "creds" | "cred" | "jaas" | "hmac" | "psk" => {
            true
        }
        "authorization" | "bearer" | "userinfo" => true,
        "license" => before == "confluent",
        "info" => before == "user",
        // Kafka hides certificates like passwords, since the key may be stored with them.
        "chain" => before == "certificate",
        "certificates" => before == "truststore",
        "key" | "keys" => KEYS_OF.contains(&before),
        // Headers of requests for a token, but for the one switch among those settings.
        "header" => before == "oauthbearer" && words.get(at + 1).is_some_and(|next| next != "urlencode"),
        _ => is_secret_word(word),
    }
}

fn is_secret_word(word: &str) -> bool {
    const INSIDE: [&str; 8] =
        ["password", "passwd", "passphrase", "passwort", "apikey", "accesskey", "privatekey", "masterkey"];
    const ENDS: [&str; 5] = ["pwd", "token", "secret", "secrets", "secretkey"];
    let inside = INSIDE.iter().any(|sign| word.contains(sign)) && !word.ends_with("less");
    inside || ENDS.iter().any(|end| word.ends_with(end)) || is_misspelt(word)
}

/// Whether a word is one of the long ones with a letter too many, too few or wrong, or two in the wrong order.
fn is_misspelt(word: &str) -> bool {
    let room = |sign: &str, most| {
        let first = word.as_bytes().first() == sign.as_bytes().first();
        first && word.len().abs_diff(sign.len()) <= most && distance(word, sign) <= most
    };
    word.is_ascii()
        && word.len() >= 5
        && ((word.len() >= 6 && room("password", 2))
            || room("passphrase", 2)
            || (word.len() >= 6 && room("credentials", 2))
            || room("secret", 1)
            || matches!(word, "paswd" | "passw" | "toekn" | "tokne" | "secert"))
}

/// Edits between two words of ASCII: letters put in, taken out, changed, or two neighbours exchanged.
fn distance(one: &str, other: &str) -> usize {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut rows = [vec![0; other.len() + 1], (0..=other.len()).collect::<Vec<usize>>(), Vec::new()];
    for (at, letter) in one.iter().enumerate() {
        let mut row = vec![at + 1];
        for (there, opposite) in other.iter().enumerate() {
            let [before, above, _] = &rows;
            let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
            let mut least = get(above, there) + usize::from(letter != opposite);
            least = least.min(get(above, there + 1) + 1).min(get(&row, there) + 1);
            let crossed = at > 0
                && there > 0
                && one.get(at - 1) == Some(opposite)
                && other.get(there - 1) == Some(letter);
            if crossed {
                least = least.min(get(before, there - 1) + 1);
            }
            row.push(least);
        }
        rows[2] = row;
        rows.rotate_left(1);
    }
    let [_, last, _] = &rows;
    last.last().copied().unwrap_or_default()
}

/// Words before `key` that show a cryptographic key, not a key of a map.
const KEYS_OF: &[&str] = &[
    "access",
    "account",
    "api",
    "auth",
    "deploy",
    "encryption",
    "keystore",
    "license",
    "master",
    "private",
    "secret",
    "shared",
    "signing",
    "ssh",
    "storage",
    "tls",
    "unlock",
    "webhook",
];

/// Words behind a sign that say that the key is about the secret: where it is, what sort, how long it holds.
pub(super) const DESCRIBES: &[&str] = &[
    "resolve",
    "read",
    "lookup",
    "load",
    "get",
    "find",
    "fetch",
    "algorithm",
    "algorithms",
    "audience",
    "authentication",
    "authenticator",
    "bucket",
    "buckets",
    "callback",
    "claim",
    "claims",
    "class",
    "classes",
    "column",
    "converter",
    "count",
    "days",
    "deserializer",
    "dir",
    "directory",
    "disabled",
    "enable",
    "enabled",
    "endpoint",
    "endpoints",
    "env",
    "expiration",
    "expires",
    "expiry",
    "factory",
    "field",
    "fields",
    "file",
    "filename",
    "files",
    "format",
    "generator",
    "group",
    "handler",
    "handlers",
    "header",
    "hint",
    "host",
    "hours",
    "id",
    "ids",
    "index",
    "interval",
    "issuer",
    "iterations",
    "kind",
    "label",
    "length",
    "less",
    "lifetime",
    "listener",
    "location",
    "manager",
    "method",
    "methods",
    "minutes",
    "mode",
    "module",
    "mount",
    "mounts",
    "ms",
    "name",
    "names",
    "namespace",
    "path",
    "paths",
    "plugin",
    "policies",
    "policy",
    "port",
    "prefix",
    "prompt",
    "provider",
    "providers",
    "ref",
    "reference",
    "refresh",
    "refs",
    "request",
    "required",
    "response",
    "retriever",
    "review",
    "rotation",
    "schema",
    "scope",
    "scopes",
    "seconds",
    "secs",
    "serializer",
    "server",
    "service",
    "size",
    "source",
    "store",
    "strategy",
    "suffix",
    "through",
    "time",
    "timeout",
    "topic",
    "topics",
    "ttl",
    "type",
    "types",
    "uri",
    "url",
    "urls",
    "validator",
    "variable",
    "version",
    "volume",
    "volumes",
];

/// Words at the beginning of a name that ask for a secret instead of holding one.
const ASKS: &[&str] = &[
    "check", "decode", "decrypt", "disable", "enable", "existing", "fetch", "find", "forgot", "generate",
    "get", "has", "is", "load", "no", "read", "require", "reset", "resolve", "use", "validate", "verify",
    "without",
];

/// Words that turn the value into a number.
const COUNTS: &[&str] = &["max", "min", "num", "number", "passwordless"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_secrets_are_known_however_they_are_written() {
        for key in [
            "ssl.keystore.password",
            "KAFKA_SSL_KEY_PASSWORD",
            "sslKeystorePassword",
            "javax.net.ssl.keyStorePassword",
            "ssl.keystore.pasword",
            "ssl.keystore.passwrd",
            "ssl.keystore.passowrd",
            "ssl.keystore.pass",
            "p\u{430}ssword",
            "ssl.keystore.key",
            "delegation.token.master.key",
            "delegation.token.secret.key",
            "bearer.auth.token",
            "basic.auth.user.info",
            "schema.registry.basic.auth.user.info",
            "aws.access.key.id",
            "AWS_SECRET_ACCESS_KEY",
            "api.key",
            "apiKey",
            "X-Api-Key",
            "SharedAccessKey",
            "password.encoder.old.secret",
            "clientSecret",
            "sasl.oauthbearer.client.credentials.client.secret",
            "SSL_KEY_PASSWORD_CONFIG",
            "setPassword",
            "_authToken",
            "sasl.oauthbearer.header.x-one",
            "database.password",
            "tls.key",
            "hmac",
            "tls.psk",
            "ssl.keystore.kennwort",
            "SENHA",
            "contrasena",
            "sasl.jaas.config",
            "sasl.oauthbearer.assertion.private.key.passphrase",
        ] {
            assert!(is_secret_key(key), "{key}");
        }
    }

    #[test]
    fn keys_about_secrets_hold_none() {
        for key in [
            "ssl.keystore.location",
            "sasl.oauthbearer.token.endpoint.url",
            "key.converter",
            "token.bucket.capacity",
            "delegation.token.max.lifetime.ms",
            "delegation.token.expiry.time.ms",
            "password.encoder.iterations",
            "password.encoder.key.length",
            "password.encoder.cipher.algorithm",
            "password.encoder.keyfactory.algorithm",
            "sasl.oauthbearer.client.credentials.client.id",
            "sasl.oauthbearer.header.urlencode",
            "secretName",
            "existingSecret",
            "KAFKA_SSL_KEYSTORE_CREDENTIALS",
            "KAFKA_SSL_KEYSTORE_PASSWORD_FILE",
            "message.key",
            "key.serializer",
            "compress",
            "bypass",
            "tokenizer",
            "secretary",
            "passwordless",
            "getPassword",
            "basic.auth.credentials.source",
            "config.providers.secret.class",
            "ssl.keystore.type",
            "group.id",
            "delegation.token.expiry.check.interval.ms",
            "sasl.oauthbearer.assertion.private.key.file",
            "max.tokens",
            "partition.key",
            "java.security.auth.login.config",
            "password.policy.class",
        ] {
            assert!(!is_secret_key(key), "{key}");
        }
        assert_eq!(held("_auth"), Held::Pair);
        assert_eq!(DESCRIBES.iter().find(|word| is_sign(&[(**word).to_owned()], 0)), None);
    }
}
