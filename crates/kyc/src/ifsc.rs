//! IFSC: four letters of the bank, a zero, six characters of the branch (RBI).

use crate::shape::{Class, Hyphens, clean, match_exact};
use crate::{IdError, IdKind};

pub(crate) const PATTERN: [Class; 11] = [
    Class::Letter,
    Class::Letter,
    Class::Letter,
    Class::Letter,
    Class::One("0", "0 (zero)"),
    Class::Alnum,
    Class::Alnum,
    Class::Alnum,
    Class::Alnum,
    Class::Alnum,
    Class::Alnum,
];

/// A valid IFSC, e.g. `HDFC0000123`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Ifsc(String);

id_traits!(Ifsc);

impl Ifsc {
    /// Reads an IFSC; spaces, hyphens and lower case are accepted.
    pub fn parse(text: &str) -> Result<Ifsc, IdError> {
        let text = clean(IdKind::Ifsc, text, Hyphens::Drop)?;
        match_exact(IdKind::Ifsc, &text, &PATTERN)?;
        Ok(Ifsc(text))
    }

    /// The four letters of the bank.
    pub fn bank(&self) -> &str {
        self.0.get(..4).unwrap_or("")
    }

    /// The six characters of the branch.
    pub fn branch(&self) -> &str {
        self.0.get(5..).unwrap_or("")
    }
}
