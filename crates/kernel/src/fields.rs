//! Errors tied to the fields of what somebody entered.

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

/// Refuses text that cannot be stored or is too long. NUL and other control characters (but line breaks) are named.
pub fn check_text(errors: &mut FieldErrors, field: &str, text: &str, max_chars: usize) {
    if let Some(bad) = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        errors.add(field, format!("Remove the control character U+{:04X}; it cannot be stored.", bad as u32));
    }
    let length = text.chars().count();
    if length > max_chars {
        errors.add(field, format!("Use at most {max_chars} characters; this has {length}."));
    }
}
