//! LLPIN: three letters, a hyphen, four digits (LLP Rules 2009).

use crate::shape::{Class, Hyphens, clean, match_exact};
use crate::{IdError, IdKind};

pub(crate) const PATTERN: [Class; 7] =
    [Class::Letter, Class::Letter, Class::Letter, Class::Digit, Class::Digit, Class::Digit, Class::Digit];

/// A valid LLPIN in its written form with the hyphen, e.g. `AAB-1234`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Llpin(String);

id_traits!(Llpin);

impl Llpin {
    /// Reads an LLPIN with or without its hyphen.
    pub fn parse(text: &str) -> Result<Llpin, IdError> {
        let text = clean(IdKind::Llpin, text, Hyphens::Drop)?;
        match_exact(IdKind::Llpin, &text, &PATTERN)?;
        Ok(Llpin(format!("{}-{}", text.get(..3).unwrap_or(""), text.get(3..).unwrap_or(""))))
    }
}
