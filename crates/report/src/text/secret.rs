//! Values that are nobody's business: what a terminal shows ends up in logs of continuous integration.
//!
//! Whether a value is a secret is told by the name of its key, as plugins have secrets that no catalog knows.
//! Invariant: what is shown is as wide as what is written, so that marks stay under their places.

/// What names of keys with secrets have in them.
const SIGNS: &[&str] =
    &["password", "passphrase", "secret", "credential", "jaas", "master.key", "keystore.key", "private.key"];

/// The line with its value as stars, when the name of its key says that it is a secret.
pub(super) fn covered(line: &str) -> String {
    let key_end = line
        .trim_start()
        .find(['=', ':', ' ', '\t', '\u{c}'])
        .map(|at| at + line.len() - line.trim_start().len());
    let (key, rest) = key_end.and_then(|end| line.split_at_checked(end)).unwrap_or((line, ""));
    let name = key.to_ascii_lowercase();
    if !SIGNS.iter().any(|sign| name.contains(sign)) {
        return line.to_owned();
    }
    let value = rest.trim_start_matches(['=', ':', ' ', '\t', '\u{c}']);
    let separator = rest.strip_suffix(value).unwrap_or_default();
    let stars = value.chars().map(|sign| if sign == '\t' { sign } else { '*' });
    key.chars().chain(separator.chars()).chain(stars).collect()
}

#[cfg(test)]
mod tests {
    use super::covered;

    #[test]
    fn a_secret_is_covered_and_nothing_else() {
        for (line, shown) in [
            ("ssl.keystore.password=a b", "ssl.keystore.password=***"),
            (" sasl.jaas.config : org.x required \\", " sasl.jaas.config : ****************"),
            ("delegation.token.master.key=é", "delegation.token.master.key=*"),
            ("ssl.Password", "ssl.Password"),
            ("ssl.keystore.location=/secret/password", "ssl.keystore.location=/secret/password"),
            ("  log.dirs=/a", "  log.dirs=/a"),
            ("", ""),
        ] {
            assert_eq!(covered(line), shown);
        }
    }
}
