//! AMFI ARN: a mutual fund distributor's number, `ARN-` and up to seven digits.

use crate::shape::{Class, Hyphens, clean, wrong_char};
use crate::{IdError, IdKind};

const KIND: IdKind = IdKind::AmfiArn;

/// A valid ARN in its written form, e.g. `ARN-123456`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AmfiArn(String);

id_traits!(AmfiArn);

impl AmfiArn {
    /// Reads an ARN with or without its hyphen.
    pub fn parse(text: &str) -> Result<AmfiArn, IdError> {
        let text = clean(KIND, text, Hyphens::Drop)?;
        let Some(digits) = text.strip_prefix("ARN") else {
            return Err(IdError::at(
                KIND,
                1,
                text.chars().next(),
                "ARN-",
                "An AMFI ARN starts with ARN-, for example ARN-123456.",
            ));
        };
        if let Some(index) = digits.bytes().position(|byte| !byte.is_ascii_digit()) {
            let found = digits.chars().nth(index).unwrap_or(' ');
            return Err(wrong_char(KIND, index + 4, found, Class::Digit));
        }
        if digits.is_empty() || digits.len() > 7 {
            return Err(IdError::whole(
                KIND,
                "1 to 7 digits after ARN-",
                format!("An AMFI ARN has 1 to 7 digits after ARN-, this has {}.", digits.len()),
            ));
        }
        Ok(AmfiArn(format!("ARN-{digits}")))
    }
}
