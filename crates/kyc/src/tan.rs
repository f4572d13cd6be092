//! TAN: four letters, five digits, a letter (Income-tax Act, deduction of tax at source).

use crate::shape::{Class, Hyphens, clean, match_exact};
use crate::{IdError, IdKind};

pub(crate) const PATTERN: [Class; 10] = [
    Class::Letter,
    Class::Letter,
    Class::Letter,
    Class::Letter,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Letter,
];

/// A valid TAN, e.g. `MUMA12345B`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tan(String);

id_traits!(Tan);

impl Tan {
    /// Reads a TAN; spaces, hyphens and lower case are accepted.
    pub fn parse(text: &str) -> Result<Tan, IdError> {
        let text = clean(IdKind::Tan, text, Hyphens::Drop)?;
        match_exact(IdKind::Tan, &text, &PATTERN)?;
        Ok(Tan(text))
    }

    /// The three letters of the city or region.
    pub fn city(&self) -> &str {
        self.0.get(..3).unwrap_or("")
    }
}
