//! What an import shows of a cell: Aadhaar numbers masked, and not too much of it.

use kernel::aadhaar;

/// At most `max` characters, masked.
pub(crate) fn shown(text: &str, max: usize) -> String {
    let masked = aadhaar::mask(text);
    if masked.chars().count() <= max {
        return masked;
    }
    masked.chars().take(max.saturating_sub(1)).chain(['…']).collect()
}
