//! EUIN: E and six or seven digits, a person who sells mutual funds for a distributor.

use crate::shape::{Class, Hyphens, clean, match_exact};
use crate::{IdError, IdKind};

const KIND: IdKind = IdKind::Euin;

pub(crate) const PATTERN: [Class; 8] = {
    let mut pattern = [Class::Digit; 8];
    pattern[0] = Class::One("E", "E");
    pattern
};

/// A valid EUIN, e.g. `E123456`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Euin(String);

id_traits!(Euin);

impl Euin {
    /// Reads an EUIN; spaces, hyphens and lower case are accepted.
    pub fn parse(text: &str) -> Result<Euin, IdError> {
        let text = clean(KIND, text, Hyphens::Drop)?;
        match text.len() {
            7 => match_exact(KIND, &text, &PATTERN[..7])?,
            8 => match_exact(KIND, &text, &PATTERN)?,
            have => {
                return Err(IdError::whole(
                    KIND,
                    "E and 6 or 7 digits",
                    format!("An EUIN is E and 6 or 7 digits, 7 or 8 characters in all; this has {have}."),
                ));
            }
        }
        Ok(Euin(text))
    }
}
