//! Amazon's clusters in code: `kafkaVersion: '2.8.1'` of CDK and Pulumi, in any of their languages.
//!
//! What is *not* here: what such code makes of variables.

use kafka_upgrade_document::{Literals, Span, paths};

use crate::platform::mode_of_version;
use crate::tokens::{Comments, TokenKind, read};
use crate::{Dependency, Document, Ecosystem, Kind, Observation};

/// Names by which a text brings in what makes such clusters.
const SIGNS: Literals = Literals::of(&[
    "aws-msk",
    "aws_msk",
    "awsmsk",
    "services.msk",
    "AWS.MSK",
    "msk.Cluster",
    "Msk.Cluster",
    "msk.CfnCluster",
]);

/// Endings of the languages that there are libraries for.
const ENDINGS: &[&str] = &["cs", "fs", "go", "java", "js", "kt", "mjs", "py", "scala", "ts", "vb"];

/// Adds the versions of the clusters that a text makes; a text without an ending may be any of the languages.
pub(crate) fn find(path: &str, text: &str, document: &mut Document) {
    let ending = paths::file_name(path).rsplit_once('.').map(|(_, ending)| ending);
    if matches!(document.kind, Kind::Containers | Kind::BuildFile)
        || ending.is_some_and(|ending| !ENDINGS.contains(&ending))
        || !SIGNS.are_in(text)
    {
        return;
    }
    let tokens = read(text, if ending == Some("py") { Comments::Hash } else { Comments::Slashes });
    for (at, token) in tokens.iter().enumerate() {
        let enumerated = token.text.rsplit_once("KafkaVersion.V").filter(|_| token.kind == TokenKind::Word);
        let (version, span) = if let Some((_, version)) = enumerated {
            (version.replace('_', ".").to_ascii_lowercase(), token.span)
        } else if is_name(token.text) {
            let signs = tokens
                .iter()
                .skip(at + 1)
                .take_while(|one| one.kind == TokenKind::Sign && ":=(".contains(one.text));
            let mut behind = tokens.iter().skip(at + 1 + signs.count());
            // `jsii.String("2.8.1")` wraps it.
            let value = behind.next().and_then(|first| match first.kind {
                TokenKind::Word => behind.nth(1),
                _ => Some(first),
            });
            let Some(value) = value.filter(|one| one.kind == TokenKind::Text) else { continue };
            (value.text.to_owned(), Span::new(value.span.start + 1, value.span.end.saturating_sub(1)))
        } else {
            continue;
        };
        if !version.starts_with(|one: char| one.is_ascii_digit()) {
            continue;
        }
        if let Some(mode) = mode_of_version(&version) {
            document.observe(Observation::Mode(mode), span);
        }
        document.dependencies.push(Dependency {
            ecosystem: Ecosystem::Name,
            artifact: "amazon msk".to_owned(),
            version: version.replace(".kraft", "").replace(".tiered", "").replace(".x", ""),
            span,
        });
        if document.kind == Kind::Unknown {
            document.kind = Kind::ApplicationConfig;
        }
    }
}

/// How the languages name the version; Java's builders call it.
fn is_name(word: &str) -> bool {
    let last = word.rsplit('.').next().unwrap_or_default();
    matches!(last, "kafkaVersion" | "kafka_version" | "KafkaVersion")
}
