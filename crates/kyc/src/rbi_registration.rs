//! RBI certificate of registration: free text (`B-13.02216`, `N-14.03268`), not checked by pattern.

use crate::shape::free_text;
use crate::{IdError, IdKind};

/// An RBI registration number as typed: one line, 1 to 60 plain characters.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RbiRegistration(String);

id_traits!(RbiRegistration);

impl RbiRegistration {
    /// Reads the number; trims it and refuses control characters and overlong text.
    pub fn parse(text: &str) -> Result<RbiRegistration, IdError> {
        free_text(IdKind::RbiRegistration, text).map(RbiRegistration)
    }
}
