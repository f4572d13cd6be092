//! FCRN: F and five digits, the registration number of a foreign company in India.

use crate::shape::{Class, Hyphens, clean, match_exact};
use crate::{IdError, IdKind};

pub(crate) const PATTERN: [Class; 6] =
    [Class::One("F", "F"), Class::Digit, Class::Digit, Class::Digit, Class::Digit, Class::Digit];

/// A valid FCRN, e.g. `F01234`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fcrn(String);

id_traits!(Fcrn);

impl Fcrn {
    /// Reads an FCRN; spaces, hyphens and lower case are accepted.
    pub fn parse(text: &str) -> Result<Fcrn, IdError> {
        let text = clean(IdKind::Fcrn, text, Hyphens::Drop)?;
        match_exact(IdKind::Fcrn, &text, &PATTERN)?;
        Ok(Fcrn(text))
    }
}
