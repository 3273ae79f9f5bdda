//! Upper and lower case without Unicode's own tables.
//!
//! The standard library's cost the page 24 KB and its core as much before they were compressed. Letters of Latin, Greek,
//! Cyrillic and Armenian, and the wide forms of Latin, become what Java, JavaScript and Rust make of them. Other scripts
//! with two cases (Georgian, Cherokee, Coptic, mathematical letters …) stay as they are. What depends on other letters or on a
//! language (a sigma that ends a word, Turkish) is not here.

/// Upper case letters from the first to the second, every so many of them, and how far behind them the lower case ones are.
const LETTERS: &[(u16, u16, u8, u16)] = &[
    (0x41, 0x5A, 1, 32),
    (0xC0, 0xD6, 1, 32),
    (0xD8, 0xDE, 1, 32),
    (0x100, 0x12E, 2, 1),
    (0x132, 0x136, 2, 1),
    (0x139, 0x147, 2, 1),
    (0x14A, 0x176, 2, 1),
    (0x179, 0x17D, 2, 1),
    (0x386, 0x386, 1, 38),
    (0x388, 0x38A, 1, 37),
    (0x38C, 0x38C, 1, 64),
    (0x38E, 0x38F, 1, 63),
    (0x391, 0x3A1, 1, 32),
    (0x3A3, 0x3AB, 1, 32),
    (0x400, 0x40F, 1, 80),
    (0x410, 0x42F, 1, 32),
    (0x460, 0x480, 2, 1),
    (0x48A, 0x4BE, 2, 1),
    (0x4C0, 0x4C0, 1, 15),
    (0x4C1, 0x4CD, 2, 1),
    (0x4D0, 0x52E, 2, 1),
    (0x531, 0x556, 1, 48),
    (0x1E00, 0x1E94, 2, 1),
    (0x1EA0, 0x1EFE, 2, 1),
    (0xFF21, 0xFF3A, 1, 32),
];

/// Letters that have one in the other case which is far away, lower case first.
const PAIRS: &[(char, char)] = &[('ÿ', 'Ÿ')];

/// Whether a letter is of lower case, and has one in upper case.
#[must_use]
pub fn is_lower(letter: char) -> bool {
    letter == 'ß' || upper(letter) != letter
}

/// Whether a letter is of upper case.
#[must_use]
pub fn is_upper(letter: char) -> bool {
    lower(letter) != letter
}

/// The letter in lower case.
#[must_use]
pub fn lower(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_lowercase();
    }
    let code = u32::from(letter);
    let row = LETTERS.iter().find(|(first, last, step, _)| {
        let (first, last) = (u32::from(*first), u32::from(*last));
        (first..=last).contains(&code) && (code - first) % u32::from(*step) == 0
    });
    let moved = row.and_then(|(.., distance)| char::from_u32(code + u32::from(*distance)));
    match letter {
        '\u{212A}' => 'k', // Kelvin
        '\u{212B}' => 'å', // Ångström
        _ => moved.unwrap_or_else(|| {
            PAIRS.iter().find(|(_, upper)| *upper == letter).map_or(letter, |(lower, _)| *lower)
        }),
    }
}

/// The letter in upper case; `ß`, which has none of its own, stays.
#[must_use]
pub fn upper(letter: char) -> char {
    if letter.is_ascii() {
        return letter.to_ascii_uppercase();
    }
    let code = u32::from(letter);
    let moved = LETTERS.iter().find_map(|(first, last, step, distance)| {
        let (first, last) = (u32::from(*first), u32::from(*last));
        let code = code.checked_sub(u32::from(*distance))?;
        ((first..=last).contains(&code) && (code - first) % u32::from(*step) == 0).then_some(code)
    });
    match letter {
        'ı' => 'I',
        'ſ' => 'S',
        'ς' => 'Σ',
        'µ' => 'Μ', // the micro sign and the Greek letter
        _ => moved.and_then(char::from_u32).unwrap_or_else(|| {
            PAIRS.iter().find(|(lower, _)| *lower == letter).map_or(letter, |(_, upper)| *upper)
        }),
    }
}

/// Texts in one case.
pub trait Case {
    /// The text in lower case.
    fn lower(&self) -> String;

    /// The text in upper case.
    fn upper(&self) -> String;
}

impl Case for str {
    fn lower(&self) -> String {
        self.chars().map(lower).collect()
    }

    fn upper(&self) -> String {
        let mut text = String::with_capacity(self.len());
        for letter in self.chars() {
            match letter {
                'ß' => text.push_str("SS"),
                letter => text.push(upper(letter)),
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the module promises to agree with the standard library.
    fn promised() -> impl Iterator<Item = char> {
        let blocks = [0..=0x17F, 0x370..=0x3CE, 0x400..=0x587, 0x1E00..=0x1EFF, 0xFF00..=0xFFEF];
        blocks.into_iter().flatten().filter_map(char::from_u32)
    }

    /// Those that become several letters.
    const SEVERAL: &[char] = &['İ', 'ŉ', 'ΐ', 'ΰ', 'և', 'ẖ', 'ẗ', 'ẘ', 'ẙ', 'ẚ'];
    /// Old or rare letters without a place in the table.
    const RARE: &[char] = &['Ͱ', 'ͱ', 'Ͳ', 'ͳ', 'Ͷ', 'ͷ', 'ͻ', 'ͼ', 'ͽ', 'Ϳ', 'ẛ', 'ẞ'];

    #[test]
    fn letters_become_what_the_standard_library_makes_of_them() {
        for letter in promised().filter(|letter| !SEVERAL.contains(letter) && !RARE.contains(letter)) {
            let one = letter.to_string();
            assert_eq!(one.upper(), one.to_uppercase(), "{letter} {:x}", u32::from(letter));
            assert_eq!(lower(letter).to_string(), letter.to_lowercase().to_string(), "{letter}");
            if letter.is_alphabetic() && !"ªºĸ\u{37a}ՠֈ".contains(letter) && !"ẜẝẟ".contains(letter)
            {
                assert_eq!(is_lower(letter), letter.is_lowercase(), "{letter}");
                assert_eq!(is_upper(letter), letter.is_uppercase(), "{letter}");
            }
        }
    }

    #[test]
    fn only_letters_that_look_like_ascii_become_ascii() {
        for letter in
            ('\u{80}'..=char::MAX).filter(|letter| lower(*letter).is_ascii() || upper(*letter).is_ascii())
        {
            assert!("ıſ\u{212A}".contains(letter), "{letter}");
        }
    }
}
