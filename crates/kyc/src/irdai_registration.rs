//! IRDAI registration: free text by class of licence (`CA0001`, `DB 123/45`), not checked by pattern.

use crate::shape::free_text;
use crate::{IdError, IdKind};

/// An IRDAI registration number as typed: one line, 1 to 60 plain characters.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IrdaiRegistration(String);

id_traits!(IrdaiRegistration);

impl IrdaiRegistration {
    /// Reads the number; trims it and refuses control characters and overlong text.
    pub fn parse(text: &str) -> Result<IrdaiRegistration, IdError> {
        free_text(IdKind::IrdaiRegistration, text).map(IrdaiRegistration)
    }
}
