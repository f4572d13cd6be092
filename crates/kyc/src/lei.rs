//! LEI: twenty characters, the last two a check by ISO 7064 mod 97-10 (ISO 17442).

use crate::shape::{Class, Hyphens, clean, match_exact};
use crate::{IdError, IdKind};

const KIND: IdKind = IdKind::Lei;

pub(crate) const PATTERN: [Class; 20] = {
    let mut pattern = [Class::Alnum; 20];
    pattern[18] = Class::Digit;
    pattern[19] = Class::Digit;
    pattern
};

/// A valid LEI, e.g. `5493001KJTIIGC8Y1R12`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lei(String);

id_traits!(Lei);

impl Lei {
    /// Reads an LEI; spaces, hyphens and lower case are accepted.
    pub fn parse(text: &str) -> Result<Lei, IdError> {
        let text = clean(KIND, text, Hyphens::Drop)?;
        match_exact(KIND, &text, &PATTERN)?;
        let check = check_digits(text.get(..18).unwrap_or(""));
        let found = text.get(18..).unwrap_or("");
        if found != check {
            let position = if found.as_bytes().first() == check.as_bytes().first() { 20 } else { 19 };
            return Err(IdError::at(
                KIND,
                position,
                text.chars().nth(position - 1),
                check.clone(),
                format!("Last two digits should be {check}, not {found}. Check the LEI again."),
            ));
        }
        Ok(Lei(text))
    }

    /// The first four characters: who issued it (LEIL India is 3358).
    pub fn issuer(&self) -> &str {
        self.0.get(..4).unwrap_or("")
    }

    /// The two check digits.
    pub fn check(&self) -> &str {
        self.0.get(18..).unwrap_or("")
    }
}

/// The check digits of the first 18 characters: 98 less the remainder of the number with two zeros by 97.
fn check_digits(first18: &str) -> String {
    let mut remainder = 0u32;
    for c in first18.chars() {
        let value = c.to_digit(36).unwrap_or(0);
        remainder = (remainder * if value < 10 { 10 } else { 100 } + value) % 97;
    }
    remainder = remainder * 100 % 97;
    format!("{:02}", 98 - remainder)
}
