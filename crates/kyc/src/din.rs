//! DIN (and DPIN): eight digits, leading zeros kept (Companies Act 2013 s.153).

use crate::shape::{Class, Hyphens, clean, match_exact};
use crate::{IdError, IdKind};

pub(crate) const PATTERN: [Class; 8] = [Class::Digit; 8];

/// A valid DIN, e.g. `00000001`: text, never a number. `Debug` shows the last four digits only.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Din(String);

id_traits!(Din, masked 4);

impl Din {
    /// Reads a DIN; spaces and hyphens are accepted.
    pub fn parse(text: &str) -> Result<Din, IdError> {
        let text = clean(IdKind::Din, text, Hyphens::Drop)?;
        if text.len() < 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(IdError::whole(
                IdKind::Din,
                "8 digits",
                format!(
                    "A DIN has 8 digits, this has {}. A spreadsheet may have dropped zeros at the front: add them \
                     and format the column as text.",
                    text.len()
                ),
            ));
        }
        match_exact(IdKind::Din, &text, &PATTERN)?;
        Ok(Din(text))
    }
}
