//! Deprecations that the code itself answers for: what javac and scalac do not warn of either.
//!
//! A use is suppressed by an annotation of the declaration that it stands in, or of one around that: the reader knows of
//! it. What is *not* here: types and scopes; blocks are told apart by their braces alone.

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

/// Bytes before a use that are looked at.
const MAX_BYTES: usize = 200_000;

/// Words with which a declaration begins where lines end statements.
const DECLARES: &[&str] = &["def", "val", "var", "class", "object", "trait", "fun", "interface"];

/// Lines between a use and its declaration.
const MAX_LINES: usize = 200;

/// Whether the declaration that this place is part of is annotated so, or one around it.
pub(crate) fn is_suppressed(text: &str, at: usize, lines_end_statements: bool) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let from = before.ceil_char_boundary(before.len().saturating_sub(MAX_BYTES));
    let before = before.get(from..).unwrap_or_default();
    if !ANNOTATIONS.iter().any(|(name, _)| before.contains(name)) {
        return false;
    }
    if lines_end_statements { by_lines(before) } else { by_blocks(before) }
}

/// Of the statement itself, and of each declaration whose block is open here.
fn by_blocks(before: &str) -> bool {
    let (mut depth, mut end, mut counts) = (0_u32, before.len(), true);
    for (place, sign) in before.bytes().enumerate().rev() {
        if !matches!(sign, b'{' | b'}' | b';') || (depth > 0 && sign == b';') {
            continue;
        }
        match (sign, depth) {
            (b'}', 1..) => depth += 1,
            (b'{', 1..) => depth -= 1,
            _ => {
                if counts && annotates(before.get(place + 1..end).unwrap_or_default()) {
                    return true;
                }
                // What stands before a statement or a block beside it is another one; what opens this block is around it.
                counts = sign == b'{';
                depth = u32::from(sign == b'}');
            }
        }
        end = place;
    }
    counts && annotates(before.get(..end).unwrap_or_default())
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
    use super::is_suppressed;

    /// Whether the last `use` of a text is suppressed.
    fn last(text: &str, by_lines: bool) -> bool {
        is_suppressed(text, text.rfind("use").unwrap_or_default(), by_lines)
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
