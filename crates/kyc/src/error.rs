//! The error every identifier gives: which character is wrong and what belongs there.

use crate::IdKind;

/// Why a text is not a valid identifier. `Display` is `message`, a sentence for people; the identifier itself
/// is never repeated in it, at most one character is.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct IdError {
    /// The kind that was expected; `None` when it could not be guessed.
    pub kind: Option<IdKind>,
    /// The wrong character, counted from 1 in the number without spaces and pasted hyphens; `None` when the
    /// number as a whole is wrong (length, empty).
    pub position: Option<usize>,
    /// The character found there; never set for an Aadhaar number.
    pub found: Option<char>,
    /// What belongs there, e.g. `a digit` or `V`.
    pub expected: String,
    /// A sentence: what is wrong and what to do.
    pub message: String,
}

impl IdError {
    pub(crate) fn whole(kind: IdKind, expected: impl Into<String>, message: impl Into<String>) -> Self {
        IdError {
            kind: Some(kind),
            position: None,
            found: None,
            expected: expected.into(),
            message: message.into(),
        }
    }

    pub(crate) fn at(
        kind: IdKind,
        position: usize,
        found: Option<char>,
        expected: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        let found = if kind == IdKind::Aadhaar { None } else { found };
        IdError {
            kind: Some(kind),
            position: Some(position),
            found,
            expected: expected.into(),
            message: message.into(),
        }
    }
}
