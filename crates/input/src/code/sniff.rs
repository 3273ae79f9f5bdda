//! Whether a text is source, and in which language.
//!
//! Only the beginning is looked at: a package, imports, a class, or statements as somebody pastes them.

use kafka_upgrade_document::Slice as _;

/// Bytes that are looked at.
const BEGINNING_BYTES: usize = 20_000;

/// Signs of one language that a text shows.
#[derive(Default)]
struct Signs {
    /// `import a.b.C;`, `package a.b;`, `public class`, statements that end in `;`.
    java: u32,
    kotlin: u32,
    scala: u32,
    /// Imports and packages that several languages have.
    shared: u32,
    lines: u32,
}

pub(super) fn java(path: &str, text: &str) -> u8 {
    let signs = signs(text);
    // Groovy is written as Java is, and brings in the same classes.
    let own =
        if path.ends_with(".groovy") { signs.java.max(signs.kotlin).max(signs.scala) } else { signs.java };
    sure(path, &[".java", ".groovy"], own, signs.kotlin.max(signs.scala), &signs)
}

pub(super) fn kotlin(path: &str, text: &str) -> u8 {
    if path.ends_with(".gradle.kts") {
        return 0;
    }
    let signs = signs(text);
    sure(path, &[".kt", ".kts"], signs.kotlin, signs.java.max(signs.scala), &signs)
}

pub(super) fn scala(path: &str, text: &str) -> u8 {
    let signs = signs(text);
    sure(path, &[".scala", ".sc"], signs.scala, signs.java.max(signs.kotlin), &signs)
}

fn sure(path: &str, endings: &[&str], own: u32, others: u32, signs: &Signs) -> u8 {
    let named = endings.iter().any(|ending| path.ends_with(ending));
    // A name of YAML, SQL or Puppet is one of that, whatever its commands print or its samples hold.
    if [".yml", ".yaml", ".tpl", ".ksql", ".sql", ".pp"].iter().any(|ending| path.ends_with(ending)) {
        return 0;
    }
    match own {
        _ if named && own + signs.shared > 0 => 90,
        _ if named => 30,
        _ if own + signs.shared < 1 || own < others => 0,
        // Imports alone are anybody's.
        0 => u8::from(signs.shared > 0) * 40,
        _ if own + signs.shared > 1 || signs.lines < 4 => 70,
        _ => 20,
    }
}

fn signs(text: &str) -> Signs {
    let mut signs = Signs::default();
    let mut in_comment = false;
    let end = text.floor_char_boundary(BEGINNING_BYTES);
    for line in text.slice(..end).lines() {
        let line = line.trim().trim_start_matches('\u{feff}');
        if in_comment || line.starts_with("/*") {
            in_comment = !line.contains("*/");
            continue;
        }
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        signs.lines += 1;
        look(line, &mut signs);
    }
    signs
}

fn look(line: &str, signs: &mut Signs) {
    let first = line.split([' ', '\t', '(']).next().unwrap_or_default();
    let rest = line.slice(first.len()..).trim();
    let ends = line.ends_with(';');
    match first {
        "import" | "package" => {
            let path = rest.trim_end_matches(';').trim();
            let path = path.strip_prefix("static ").unwrap_or(path);
            if !is_path(path) {
                return;
            }
            signs.shared += 1;
            signs.java += u32::from(ends);
            signs.kotlin += u32::from(path.contains(" as "));
            signs.scala += u32::from(path.ends_with("._") || path.contains('{'));
        }
        "public" | "private" | "protected" | "final" | "abstract" | "static" | "class" | "interface"
        | "sealed" | "open" | "data" | "case" | "internal" | "override" | "implicit" | "lazy" | "object"
        | "trait" | "companion" | "enum" | "record" | "suspend" | "inline" | "val" | "var" | "fun"
        | "def" => {
            let has = |word: &str| line.split([' ', '\t', '(']).any(|one| one == word);
            let named = rest.contains(|one: char| one.is_alphabetic());
            signs.java += u32::from(
                named
                    && (ends || line.ends_with('{'))
                    && matches!(first, "public" | "private" | "protected" | "static"),
            );
            signs.java += u32::from(
                named
                    && line.ends_with('{')
                    && matches!(first, "class" | "interface" | "enum" | "final" | "abstract" | "record"),
            );
            signs.kotlin += u32::from(has("fun") && line.contains('(')) * 2;
            let value = (has("val") || has("var")) && line.contains('=') && !ends;
            signs.kotlin += u32::from(value || has("companion") || (first == "data" && has("class")));
            signs.scala += u32::from(has("def") && (line.contains('=') || line.contains(':'))) * 2;
            signs.scala += u32::from(
                value
                    || has("trait")
                    || (has("object") && has("extends"))
                    || (first == "case" && has("class")),
            );
            if value && (line.contains("= new ") || line.contains('[') && !line.contains('<')) {
                signs.scala += 2;
            }
        }
        // `consumer.poll(100);`, `Consumer<String, String> consumer = new KafkaConsumer<>(props);`
        _ if ends && first.starts_with(|one: char| one.is_alphabetic() || one == '@') => {
            let call = line.ends_with(");") && line.contains('(');
            let made = line.contains("= new ") || line.contains("return ");
            signs.java += u32::from(call || made) * 2;
        }
        _ => {}
    }
}

/// Whether it is a dotted name, as packages have.
fn is_path(path: &str) -> bool {
    let beginning = path.split([' ', '{', ',']).next().unwrap_or_default().trim_end_matches('.');
    let word = |part: &str| {
        !part.is_empty() && part.chars().all(|one| one.is_alphanumeric() || "_$*`".contains(one))
    };
    beginning.contains('.') && beginning.split('.').all(word)
}
