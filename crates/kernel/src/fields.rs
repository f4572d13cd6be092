//! Errors tied to the fields of what somebody entered.

use crate::aadhaar;
use std::collections::BTreeMap;

/// Field name on the wire → sentences. Empty means nothing is wrong.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FieldErrors(pub BTreeMap<String, Vec<String>>);

impl FieldErrors {
    /// Nothing wrong yet.
    pub fn new() -> Self {
        Self::default()
    }
    /// One error on one field.
    pub fn one(field: &str, message: impl Into<String>) -> Self {
        let mut errors = Self::new();
        errors.add(field, message);
        errors
    }
    /// Adds a sentence to a field.
    pub fn add(&mut self, field: &str, message: impl Into<String>) {
        self.0.entry(field.to_owned()).or_default().push(message.into());
    }
    /// Takes over the errors of another check.
    pub fn merge(&mut self, other: FieldErrors) {
        for (field, messages) in other.0 {
            self.0.entry(field).or_default().extend(messages);
        }
    }
    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// Ok when nothing is wrong.
    pub fn into_result(self) -> Result<(), FieldErrors> {
        if self.is_empty() { Ok(()) } else { Err(self) }
    }
    /// The first sentence, for a summary.
    pub fn first(&self) -> Option<&str> {
        self.0.values().flatten().next().map(String::as_str)
    }
}

/// Refuses text that cannot be stored, is too long, or holds an Aadhaar number, which may not be kept. NUL and other control
/// characters (but line breaks) are named. Everything that people write freely goes through here.
pub fn check_text(errors: &mut FieldErrors, field: &str, text: &str, max_chars: usize) {
    refuse_aadhaar(errors, field, text);
    check_length(errors, field, text, max_chars);
}

/// Refuses text that holds an Aadhaar number.
pub fn refuse_aadhaar(errors: &mut FieldErrors, field: &str, text: &str) {
    if aadhaar::find(text).is_some() {
        errors.add(field, aadhaar::REFUSAL);
    }
}

/// The same for a telephone number, which with its country code has twelve digits as well.
pub fn check_phone(errors: &mut FieldErrors, field: &str, text: &str, max_chars: usize) {
    let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
    let mobile = matches!(digits.as_slice(), [b'9', b'1', b'6'..=b'9', rest @ ..] if rest.len() == 9);
    if !mobile {
        refuse_aadhaar(errors, field, text);
    }
    check_length(errors, field, text, max_chars);
}

fn check_length(errors: &mut FieldErrors, field: &str, text: &str, max_chars: usize) {
    if let Some(bad) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        errors.add(field, format!("Remove the control character U+{:04X}; it cannot be stored.", bad as u32));
    }
    let length = text.chars().count();
    if length > max_chars {
        errors.add(field, format!("Use at most {max_chars} characters; this has {length}."));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(check: impl Fn(&mut FieldErrors)) -> bool {
        let mut errors = FieldErrors::new();
        check(&mut errors);
        !errors.is_empty()
    }

    #[test]
    fn an_aadhaar_number_is_refused_and_a_mobile_number_with_its_country_code_is_not() {
        assert!(refused(|e| check_text(e, "notes", "hers is 2341 2341 2346", 100)));
        assert!(!refused(|e| check_text(e, "notes", "hers is XXXX XXXX 2346", 100)));
        // 919999410570 followed by each digit: one of the ten passes the check of an Aadhaar number
        let mobile = (0..10).map(|digit| format!("91999941057{digit}"));
        let mobile = mobile.into_iter().find(|number| aadhaar::find(number).is_some()).unwrap_or_default();
        assert!(!mobile.is_empty());
        assert!(refused(|e| check_text(e, "notes", &mobile, 100)));
        assert!(!refused(|e| check_phone(e, "phone", &mobile, 100)));
        assert!(refused(|e| check_phone(e, "phone", "2341 2341 2346", 100)));
    }
}
