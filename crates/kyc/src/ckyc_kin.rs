//! CKYC KIN: fourteen digits; some carry a letter for the account type in front.

use crate::shape::{Class, Hyphens, clean, match_exact};
use crate::{IdError, IdKind};

pub(crate) const PATTERN: [Class; 14] = [Class::Digit; 14];

/// A valid CKYC number, e.g. `60012345678901` or `L60012345678901`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CkycKin(String);

id_traits!(CkycKin, masked 4);

impl CkycKin {
    /// Reads a KIN; spaces and hyphens are accepted, and one letter L, S or O in front.
    pub fn parse(text: &str) -> Result<CkycKin, IdError> {
        let text = clean(IdKind::CkycKin, text, Hyphens::Drop)?;
        let digits =
            if text.len() == 15 { text.strip_prefix(['L', 'S', 'O']).unwrap_or(&text) } else { &text };
        match_exact(IdKind::CkycKin, digits, &PATTERN)?;
        Ok(CkycKin(text))
    }

    /// The letter of the account type, when there is one.
    pub fn prefix(&self) -> Option<char> {
        self.0.chars().next().filter(char::is_ascii_alphabetic)
    }
}
