//! UDIN: the number a chartered accountant (18 characters) or company secretary (17) puts on a document.
//! Checked loosely: the mask ICAI publishes contradicts its own published examples.

use crate::shape::{Class, Hyphens, clean, match_exact};
use crate::{IdError, IdKind};

const KIND: IdKind = IdKind::Udin;

pub(crate) const ICAI: [Class; 18] = {
    let mut pattern = [Class::Alnum; 18];
    let mut index = 0;
    while index < 8 {
        pattern[index] = Class::Digit;
        index += 1;
    }
    pattern
};

pub(crate) const ICSI: [Class; 17] = {
    let mut pattern = [Class::Digit; 17];
    pattern[0] = Class::One("AF", "A or F (associate or fellow member)");
    pattern[7] = Class::Letter;
    pattern
};

/// The institute whose member made a UDIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UdinIssuer {
    /// Institute of Chartered Accountants of India.
    Icai,
    /// Institute of Company Secretaries of India.
    Icsi,
}

/// A UDIN of plausible form, e.g. `19304576AKTSBN1359`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Udin(String);

id_traits!(Udin);

impl Udin {
    /// Reads a UDIN of either institute; spaces, hyphens and lower case are accepted.
    pub fn parse(text: &str) -> Result<Udin, IdError> {
        let text = clean(KIND, text, Hyphens::Drop)?;
        match text.len() {
            18 => match_exact(KIND, &text, &ICAI)?,
            17 => match_exact(KIND, &text, &ICSI)?,
            have => {
                return Err(IdError::whole(
                    KIND,
                    "18 characters (ICAI) or 17 (ICSI)",
                    format!("A UDIN has 18 characters (ICAI) or 17 (ICSI), this has {have}. Check it again."),
                ));
            }
        }
        Ok(Udin(text))
    }

    /// The institute.
    pub fn issuer(&self) -> UdinIssuer {
        if self.0.len() == 18 { UdinIssuer::Icai } else { UdinIssuer::Icsi }
    }

    /// The member's six-digit number.
    pub fn member_number(&self) -> &str {
        match self.issuer() {
            UdinIssuer::Icai => self.0.get(2..8).unwrap_or(""),
            UdinIssuer::Icsi => self.0.get(1..7).unwrap_or(""),
        }
    }
}
