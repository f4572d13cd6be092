//! Text that a spreadsheet program would run as a formula, made harmless, and the way back.

/// Characters that start a formula, or hide one: `=`, `+`, `-`, `@`, tab, carriage return, line feed, and the
/// full-width forms some programs treat alike.
fn starts_formula(c: char) -> bool {
    matches!(
        c,
        '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}'
    )
}

/// The text with an apostrophe before it when its first character could start a formula; unchanged otherwise.
pub fn neutralise(text: &str) -> std::borrow::Cow<'_, str> {
    // Spaces before the sign do not stop every program.
    if text.trim_start_matches(' ').starts_with(starts_formula) {
        std::borrow::Cow::Owned(format!("'{text}"))
    } else {
        std::borrow::Cow::Borrowed(text)
    }
}

/// Takes off the apostrophe that [`neutralise`] put there, so that a sheet read back says the same.
pub(crate) fn strip_guard(text: &mut String) {
    if text.strip_prefix('\'').is_some_and(|rest| rest.trim_start_matches(' ').starts_with(starts_formula)) {
        text.remove(0);
    }
}
