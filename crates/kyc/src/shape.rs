//! Cleaning typed text and matching it character by character against a fixed pattern.

use crate::{IdError, IdKind};

/// Longer raw input is refused before anything else looks at it.
const MAX_RAW_CHARS: usize = 100;

/// What may stand at one place of an identifier.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Class {
    /// A to Z.
    Letter,
    /// 0 to 9.
    Digit,
    /// A to Z or 0 to 9.
    Alnum,
    /// One of these characters, described by the second text.
    One(&'static str, &'static str),
}

impl Class {
    pub(crate) fn accepts(self, byte: u8) -> bool {
        match self {
            Class::Letter => byte.is_ascii_uppercase(),
            Class::Digit => byte.is_ascii_digit(),
            Class::Alnum => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Class::One(set, _) => set.as_bytes().contains(&byte),
        }
    }

    fn expected(self) -> &'static str {
        match self {
            Class::Letter => "a letter",
            Class::Digit => "a digit",
            Class::Alnum => "a letter or a digit",
            Class::One(_, text) => text,
        }
    }
}

/// What to do with hyphens in the text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Hyphens {
    /// Typing aids; left out.
    Drop,
    /// Part of the number; any dash becomes `-`.
    Keep,
}

/// Upper-cases, drops spaces (and hyphens), and refuses what no identifier contains: control characters,
/// letters and digits outside ASCII, endless text.
pub(crate) fn clean(kind: IdKind, text: &str, hyphens: Hyphens) -> Result<String, IdError> {
    if text.chars().nth(MAX_RAW_CHARS).is_some() {
        return Err(IdError::whole(
            kind,
            "a shorter text",
            format!("This is far too long. Enter the {} alone.", kind.title()),
        ));
    }
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '\u{200b}' | '\u{feff}' => {}
            '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' => {
                if hyphens == Hyphens::Keep {
                    out.push('-');
                }
            }
            c if c.is_control() => {
                return Err(IdError::at(
                    kind,
                    out.len() + 1,
                    Some(c),
                    "letters and digits",
                    format!(
                        "Character {} is an invisible control character. Delete it and type the number again.",
                        out.len() + 1
                    ),
                ));
            }
            c if c.is_ascii() => out.push(c.to_ascii_uppercase()),
            c => return Err(not_ascii(kind, out.len() + 1, c)),
        }
    }
    if out.is_empty() {
        return Err(IdError::whole(kind, "the number", format!("The {} is empty. Enter it.", kind.title())));
    }
    Ok(out)
}

fn not_ascii(kind: IdKind, position: usize, c: char) -> IdError {
    let full_width = matches!(c, '\u{ff01}'..='\u{ff5e}');
    let what = if full_width {
        format!("Character {position} is a full-width {c}")
    } else if c.is_numeric() {
        format!("Character {position} is the digit {c} of another script")
    } else if c.is_alphabetic() {
        format!("Character {position} is {c}, a letter of another alphabet")
    } else {
        format!("Character {position} is {c}, which no {} contains", kind.title())
    };
    IdError::at(
        kind,
        position,
        Some(c),
        "plain letters A to Z and digits 0 to 9",
        format!("{what}. Use plain letters A to Z and digits 0 to 9."),
    )
}

/// Checks length, then every character from the left.
pub(crate) fn match_exact(kind: IdKind, text: &str, pattern: &[Class]) -> Result<(), IdError> {
    check_length(kind, text, pattern.len())?;
    for (index, class) in pattern.iter().enumerate() {
        check_class(kind, text, index, *class)?;
    }
    Ok(())
}

/// Refuses a text that is not exactly `wanted` characters long.
pub(crate) fn check_length(kind: IdKind, text: &str, wanted: usize) -> Result<(), IdError> {
    let have = text.chars().count();
    if have == wanted {
        return Ok(());
    }
    let advice =
        if have < wanted { "Check for a missing character." } else { "Check for an extra character." };
    Err(IdError::whole(
        kind,
        format!("{wanted} characters"),
        format!("{} has {wanted} characters, this has {have}. {advice}", kind.with_article()),
    ))
}

fn check_class(kind: IdKind, text: &str, index: usize, class: Class) -> Result<(), IdError> {
    let byte = text.as_bytes().get(index).copied().unwrap_or(0);
    if class.accepts(byte) {
        return Ok(());
    }
    Err(wrong_char(kind, index + 1, char::from(byte), class))
}

/// The error for a character of the wrong class, with the usual confusion named (O for 0, I for 1 ...).
pub(crate) fn wrong_char(kind: IdKind, position: usize, found: char, class: Class) -> IdError {
    let expected = class.expected();
    let hint = look_alike(found, class).map(|c| format!(" Did you mean {c}?")).unwrap_or_default();
    let message = if kind == IdKind::Aadhaar {
        format!("Character {position} should be {expected}.")
    } else {
        format!("Character {position} should be {expected}, found {found}.{hint}")
    };
    IdError::at(kind, position, Some(found), expected, message)
}

fn look_alike(found: char, class: Class) -> Option<char> {
    const PAIRS: [(char, char); 6] = [('O', '0'), ('I', '1'), ('L', '1'), ('S', '5'), ('B', '8'), ('Z', '2')];
    PAIRS
        .iter()
        .flat_map(|&(letter, digit)| [(letter, digit), (digit, letter)])
        .find(|&(from, to)| from == found && class.accepts(to as u8))
        .map(|(_, to)| to)
}

/// How well a text fits a pattern, for guessing the kind: matching places minus twice the length difference,
/// in thousandths of the pattern's length.
pub(crate) fn fit(text: &str, pattern: &[Class]) -> i64 {
    let matching = text.bytes().zip(pattern).filter(|(byte, class)| class.accepts(*byte)).count();
    let difference = text.len().abs_diff(pattern.len());
    let score = i64::try_from(matching).unwrap_or(0) - 2 * i64::try_from(difference).unwrap_or(i64::MAX / 4);
    score * 1000 / i64::try_from(pattern.len().max(1)).unwrap_or(1)
}

/// Longest free-text registration number.
const MAX_FREE_CHARS: usize = 60;

/// A registration number without a fixed pattern: trimmed, inner spaces collapsed, 1 to 60 plain characters.
pub(crate) fn free_text(kind: IdKind, text: &str) -> Result<String, IdError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(IdError::whole(kind, "the number", format!("The {} is empty. Enter it.", kind.title())));
    }
    if text.chars().nth(MAX_FREE_CHARS).is_some() {
        return Err(IdError::whole(
            kind,
            format!("at most {MAX_FREE_CHARS} characters"),
            format!("{} has at most {MAX_FREE_CHARS} characters. Shorten it.", kind.with_article()),
        ));
    }
    let mut out = String::with_capacity(text.len());
    for (index, c) in text.chars().enumerate() {
        match c {
            ' ' | '\u{a0}' => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            '\u{2010}'..='\u{2015}' => out.push('-'),
            c if c.is_ascii_graphic() => out.push(c),
            c if c.is_control() => {
                return Err(IdError::at(
                    kind,
                    index + 1,
                    Some(c),
                    "letters, digits and signs",
                    format!("Character {} is an invisible control character. Delete it.", index + 1),
                ));
            }
            c => return Err(not_ascii(kind, index + 1, c)),
        }
    }
    Ok(out)
}
