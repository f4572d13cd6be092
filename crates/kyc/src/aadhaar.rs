//! Aadhaar: checked on entry, then only the last four digits are kept.

use crate::shape::{Class, Hyphens, clean, match_exact};
use crate::{IdError, IdKind};
use kernel::aadhaar::verhoeff;

const KIND: IdKind = IdKind::Aadhaar;

pub(crate) const PATTERN: [Class; 12] = [
    Class::One("23456789", "a digit from 2 to 9"),
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Digit,
];

/// An Aadhaar number that was valid when entered. Only its last four digits exist after that: `as_str` and
/// `Display` give `XXXX XXXX 1234`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Aadhaar(String);

id_traits!(Aadhaar);

impl Aadhaar {
    /// Checks a full number (12 digits, spaces and hyphens accepted) and keeps the last four digits. Errors
    /// never repeat a digit of it.
    pub fn parse(text: &str) -> Result<Aadhaar, IdError> {
        let text = clean(KIND, text, Hyphens::Drop)?;
        if text.len() == 16 && verhoeff::passes(text.as_bytes()) {
            return Err(IdError::whole(
                KIND,
                "12 digits",
                "This is a 16-digit virtual ID (VID). Enter the 12-digit Aadhaar number.",
            ));
        }
        match_exact(KIND, &text, &PATTERN)?;
        if !verhoeff::passes(text.as_bytes()) {
            return Err(IdError::at(
                KIND,
                12,
                None,
                "a check digit that fits the others",
                "The last digit does not fit the others. Check the Aadhaar number again.",
            ));
        }
        Ok(Aadhaar::with_last_four(text.get(8..).unwrap_or("")))
    }

    /// Takes up a number that was stored masked: its last four digits, or `XXXX XXXX 1234`.
    pub fn from_masked(text: &str) -> Result<Aadhaar, IdError> {
        let text = clean(KIND, text, Hyphens::Drop)?;
        let digits = text.strip_prefix("XXXXXXXX").unwrap_or(&text);
        match_exact(KIND, digits, &[Class::Digit; 4]).map_err(|_| {
            IdError::whole(KIND, "the last four digits", "Give the last four digits of the Aadhaar number.")
        })?;
        Ok(Aadhaar::with_last_four(digits))
    }

    fn with_last_four(digits: &str) -> Aadhaar {
        Aadhaar(format!("XXXX XXXX {digits}"))
    }

    /// The last four digits.
    pub fn last_four(&self) -> &str {
        self.0.get(10..).unwrap_or("")
    }
}
