//! Deprecations that the code itself answers for: what javac and scalac do not warn of either.
//!
//! A use is suppressed by an annotation of the declaration that it stands in, or of one around that: the reader knows of
//! it. What is *not* here: types and scopes; blocks are told apart by their braces alone.

use kafka_upgrade_document::Slice as _;
use std::ops::Range;

/// Annotations after which a compiler is silent about deprecated things, with what their argument has to hold.
const ANNOTATIONS: &[(&str, &str)] = &[
    ("@SuppressWarnings", "deprecat"),
    ("@SuppressWarnings", "removal"),
    ("@SuppressWarnings", "all"),
    ("@Suppress", "DEPRECATION"),
    ("@nowarn", ""),
    ("@scala.annotation.nowarn", ""),
    ("@Deprecated", ""),
    ("@deprecated", ""),
];

/// Words with which a declaration begins where lines end statements.
const DECLARES: &[&str] = &["def", "val", "var", "class", "object", "trait", "fun", "interface"];

/// Lines between a use and its declaration.
const MAX_LINES: usize = 200;

/// What of a text is annotated so.
#[derive(Debug)]
pub(super) enum Suppressed {
    /// Apart from each other, in the order of the text.
    Blocks(Vec<Range<usize>>),
    /// Lines end statements; whether anything is annotated at all.
    Lines(bool),
}

impl Suppressed {
    /// Goes through a text once.
    pub(super) fn of(text: &str, lines_end_statements: bool) -> Self {
        if lines_end_statements {
            return Self::Lines(ANNOTATIONS.iter().any(|(name, _)| text.contains(name)));
        }
        let mut blocks: Vec<Range<usize>> = Vec::new();
        for (at, _) in text.match_indices('@') {
            let is_inside = blocks.last().is_some_and(|last| at < last.end);
            let behind = text.slice(at..);
            if !is_inside && let Some(length) = annotation(behind) {
                blocks.push(at..at + length + declared(behind.slice(length..)));
            }
        }
        Self::Blocks(blocks)
    }

    /// Whether the declaration that this place is part of is annotated so, or one around it.
    pub(super) fn has(&self, text: &str, at: usize) -> bool {
        match self {
            Self::Blocks(blocks) => {
                let before = blocks.partition_point(|block| block.start <= at);
                before.checked_sub(1).and_then(|last| blocks.get(last)).is_some_and(|block| at < block.end)
            }
            Self::Lines(any) => *any && by_lines(text.slice(..at)),
        }
    }
}

/// The length of the annotation that a text begins with, where it is one of these.
fn annotation(text: &str) -> Option<usize> {
    let is_named = |name: &str| {
        text.strip_prefix(name).is_some_and(|rest| !rest.starts_with(|one: char| one.is_alphanumeric()))
    };
    let of_name = || ANNOTATIONS.iter().filter(|(name, _)| is_named(name));
    let (name, _) = of_name().next()?;
    let rest = text.slice(name.len()..);
    let given = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or("", |(given, _)| given);
    let length = if rest.starts_with('(') { name.len() + given.len() + 2 } else { name.len() };
    of_name().any(|(_, argument)| given.contains(argument)).then_some(length)
}

/// How far what is declared at the beginning of a text goes: to the end of its block, or of its statement.
fn declared(text: &str) -> usize {
    let mut depth = 0_u32;
    for (at, sign) in text.bytes().enumerate() {
        match (sign, depth) {
            (b'{', _) => depth += 1,
            (b';' | b'}', 0) => return at,
            (b'}', 1) => {
                depth = 0;
                // The block of a lambda is inside of a statement that goes on.
                let behind = text.slice(at + 1..).trim_start();
                if !behind.starts_with([')', ',', '.', ';']) {
                    return at;
                }
            }
            (b'}', _) => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// Of the nearest declaration above, whose annotations stand in its line or in those before it.
fn by_lines(before: &str) -> bool {
    let mut lines = before.lines().rev().take(MAX_LINES);
    let declares = |line: &&str| {
        let mut words = line.split(|one: char| !one.is_alphanumeric());
        words.any(|word| DECLARES.contains(&word))
    };
    let Some(declaration) = lines.find(declares) else { return false };
    let mut head = vec![declaration];
    head.extend(lines.take_while(|line| line.trim_start().starts_with('@')));
    head.iter().any(|line| annotates(line))
}

fn annotates(head: &str) -> bool {
    ANNOTATIONS.iter().any(|(name, argument)| {
        head.split_once(name).is_some_and(|(_, behind)| {
            let is_whole = !behind.starts_with(|one: char| one.is_alphanumeric());
            let given = behind.split(')').next().unwrap_or_default();
            is_whole && given.contains(argument)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::Suppressed;

    /// Whether the last `use` of a text is suppressed.
    fn last(text: &str, by_lines: bool) -> bool {
        Suppressed::of(text, by_lines).has(text, text.rfind("use").unwrap_or_default())
    }

    #[test]
    fn annotations_of_the_statement_and_of_what_is_around_it_count() {
        let quiet = "@SuppressWarnings(\"deprecation\")";
        for (text, want) in [
            (format!("class A {{ {quiet} void a() {{ b(); use(); }} }}"), true),
            (format!("{quiet} class A {{ void a() {{ if (b) {{ c(); }} use(); }} }}"), true),
            (format!("class A {{ void a() {{ {quiet} B b = use(); }} }}"), true),
            (format!("class A {{ {quiet} void a() {{ }} void b() {{ use(); }} }}"), false),
            (format!("class A {{ {quiet} int a = 1; int b = use(); }}"), false),
            (format!("class A {{ void a() {{ {quiet} B b = c(); use(); }} }}"), false),
            ("class A { @SuppressWarnings(\"unchecked\") void a() { use(); } }".to_owned(), false),
            ("class A { @Deprecated(since = \"1\") void a() { use(); } }".to_owned(), true),
            ("class A { void a() { use(); } }".to_owned(), false),
            (
                "class A { @SuppressWarnings({\"rawtypes\", \"deprecation\"}) void a() { use(); } }"
                    .to_owned(),
                true,
            ),
            (format!("class A {{ void a() {{ {quiet} B b = c(() -> {{ d(); }}, use()); }} }}"), true),
            (format!("class A {{ void a() {{ {quiet} B b = c(() -> {{ d(); }}); use(); }} }}"), false),
        ] {
            assert_eq!(last(&text, false), want, "{text}");
        }
    }

    #[test]
    fn where_lines_end_statements_the_nearest_declaration_counts() {
        let quiet = "  @nowarn(\"msg=deprecated\")\n  def a = b\n";
        assert!(last("class A {\n  @nowarn(\"x\")\n  override def a(): B =\n    new use()\n}", true));
        assert!(last("class A {\n  @Suppress(\"DEPRECATION\")\n  fun a() = use()\n}", true));
        assert!(!last(&format!("class A {{\n{quiet}  def c = use()\n}}"), true));
    }
}
