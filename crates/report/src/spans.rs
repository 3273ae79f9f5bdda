//! Texts of the report in pieces: what stands between two single backticks is code.

/// A piece of a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) code: bool,
    pub(crate) text: String,
}

/// The pieces of one line. A longer run of backticks comes from a value and is text like any other; signs that are not
/// seen are replaced.
pub(crate) fn pieces(text: &str) -> Vec<Piece> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut pieces = Vec::new();
    let mut piece = Piece { code: false, text: String::new() };
    let mut ticks = single_ticks(&line);
    let mut rest = line.as_str();
    while !rest.is_empty() {
        let run = rest.len() - rest.trim_start_matches('`').len();
        if run == 1 && (ticks > 1 || piece.code) {
            ticks -= 1;
            let next = Piece { code: !piece.code, text: String::new() };
            pieces.push(std::mem::replace(&mut piece, next));
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        ticks -= usize::from(run == 1);
        let end = if run > 0 { run } else { rest.find('`').unwrap_or(rest.len()) };
        let (part, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
        piece.text.extend(part.chars().map(crate::text::shown));
        rest = behind;
    }
    pieces.push(piece);
    pieces
}

/// Backticks that stand alone.
pub(crate) fn single_ticks(text: &str) -> usize {
    let bytes = text.as_bytes();
    let tick = |at: Option<usize>| at.and_then(|at| bytes.get(at)) == Some(&b'`');
    (0..bytes.len())
        .filter(|at| tick(Some(*at)) && !tick(at.checked_sub(1)) && !tick(at.checked_add(1)))
        .count()
}
