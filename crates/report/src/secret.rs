//! Values that are nobody's business: what a terminal shows ends up in logs of continuous integration, what is
//! exported in tickets.
//!
//! Whether a value is a secret is told by the name of its key, as plugins have secrets that no catalog knows.
//! Invariant: what is shown is as wide as what is written, so that marks stay under their places.

use crate::Report;

/// What names of keys with secrets have in them.
const SIGNS: &[&str] =
    &["password", "passphrase", "secret", "credential", "jaas", "master.key", "keystore.key", "private.key"];

/// The report without secrets of the texts that it was made from: drafted files and edits are made of their lines.
#[must_use]
pub fn without_secrets(report: &Report) -> Report {
    let mut report = report.clone();
    for draft in &mut report.plan.drafts {
        draft.text = covered_text(&draft.text);
    }
    for finding in &mut report.findings {
        let own = finding.fix.iter_mut().flat_map(|fix| &mut fix.edits);
        for edit in own.chain(finding.places.iter_mut().flat_map(|place| &mut place.edits)) {
            edit.text = covered_text(&edit.text);
        }
    }
    report
}

/// The text with its secrets as stars, also where a value goes on in the next line.
pub(crate) fn covered_text(text: &str) -> String {
    let mut goes_on = false;
    let mut covered_lines = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let written = line.trim_end_matches(['\n', '\r']);
        let shown = if goes_on { stars(written) } else { covered(written) };
        let open = written.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
        goes_on = open && (goes_on || shown != written);
        covered_lines += &shown;
        covered_lines += line.get(written.len()..).unwrap_or_default();
    }
    covered_lines
}

/// The line with its value as stars, when the name of its key says that it is a secret.
pub(crate) fn covered(line: &str) -> String {
    match value_of_secret(line).and_then(|start| line.split_at_checked(start)) {
        Some((plain, secret)) => format!("{plain}{}", stars(secret)),
        None => line.to_owned(),
    }
}

fn stars(secret: &str) -> String {
    secret.chars().map(|sign| if sign.is_whitespace() && sign != ' ' { sign } else { '*' }).collect()
}

/// Where the value of a secret begins: in `key=value`, `"key": "value"`, `put("key", "value")` and `--key value`.
fn value_of_secret(line: &str) -> Option<usize> {
    let name = line.to_ascii_lowercase();
    let ends = SIGNS.iter().flat_map(|sign| name.match_indices(sign)).map(|(at, sign)| at + sign.len());
    let mut ends: Vec<_> = ends.collect();
    ends.sort_unstable();
    // Each word once, however often a sign is in it.
    let mut passed = 0;
    for end in ends {
        if end >= passed {
            let rest = line.get(end..)?.trim_start_matches(is_of_name);
            passed = line.len() - rest.len();
            if let Some(value) = value_after(line, passed) {
                return Some(value);
            }
        }
    }
    None
}

fn is_of_name(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '.' | '-' | '_')
}

/// Where the value begins, when what ends here is the name of a key with a value behind it.
fn value_after(line: &str, end: usize) -> Option<usize> {
    let (before, rest) = line.split_at_checked(end)?;
    let blanks = |sign: char| sign.is_whitespace();
    let unquoted = rest.trim_start_matches(['"', '\'', '`']);
    let separated = unquoted.trim_start_matches(blanks);
    let value = match separated.chars().next() {
        Some('=' | ':' | ',') => separated.get(1..)?,
        // A blank separates in two places: after the first word of a line, and after an option.
        Some(_) if separated.len() < unquoted.len() && unquoted.len() == rest.len() => {
            let word = before.rsplit(blanks).next().unwrap_or_default();
            let first = before.trim_start().len() == word.len();
            if first || word.starts_with("--") { separated } else { return None }
        }
        _ => return None,
    };
    let value = value.trim_start_matches(|sign: char| blanks(sign) || matches!(sign, '"' | '\'' | '`'));
    (!value.is_empty()).then(|| line.len() - value.len())
}

#[cfg(test)]
mod tests {
    use super::{covered, covered_text};

    #[test]
    fn a_secret_is_covered_and_nothing_else() {
        for (line, shown) in [
            ("ssl.keystore.password=a b", "ssl.keystore.password=***"),
            (" sasl.jaas.config : org.x required \\", " sasl.jaas.config : ****************"),
            ("delegation.token.master.key=é", "delegation.token.master.key=*"),
            ("ssl.keystore.password a", "ssl.keystore.password *"),
            ("ssl.Password", "ssl.Password"),
            ("ssl.keystore.location=/secret/password", "ssl.keystore.location=/secret/password"),
            ("  log.dirs=/a", "  log.dirs=/a"),
            ("", ""),
        ] {
            assert_eq!(covered(line), shown);
        }
    }

    #[test]
    fn a_secret_is_covered_in_any_language() {
        for (line, shown) in [
            (r#"  "database.password": "abc","#, r#"  "database.password": "*****"#),
            ("  - KAFKA_SSL_KEYSTORE_PASSWORD=abc", "  - KAFKA_SSL_KEYSTORE_PASSWORD=***"),
            ("      CONNECT_SASL_JAAS_CONFIG: 'abc'", "      CONNECT_SASL_JAAS_CONFIG: '****"),
            (r#"p.put("ssl.key.password", "abc");"#, r#"p.put("ssl.key.password", "******"#),
            (
                "p.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, pw)",
                "p.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, ***",
            ),
            ("run --password abc", "run --password ***"),
            (
                "export OPTS=-Djavax.net.ssl.trustStorePassword=abc",
                "export OPTS=-Djavax.net.ssl.trustStorePassword=***",
            ),
            ("# where the password is kept", "# where the password is kept"),
            ("import org.example.SecretProvider;", "import org.example.SecretProvider;"),
        ] {
            assert_eq!(covered(line), shown);
        }
    }

    #[test]
    fn a_secret_that_goes_on_in_the_next_line_is_covered_to_its_end() {
        let text = "a=1\nsasl.jaas.config=x \\\r\n  user=\"u\" \\\n  p;\nlog.dirs=/a\\\n/b\n";
        let shown = "a=1\nsasl.jaas.config=***\r\n************\n****\nlog.dirs=/a\\\n/b\n";
        assert_eq!(covered_text(text), shown);
    }
}
