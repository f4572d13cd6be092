//! Official numbers: any text is refused with a sentence or accepted in one written form.

use kyc::{IdKind, check};

/// Checks the text as a guessed kind and as every kind. What is accepted is accepted again in its written form, and
/// a GSTIN with another check character is not.
pub fn identifiers(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for kind in IdKind::ALL.into_iter().map(Some).chain([None]) {
        let report = check(text, kind);
        assert_eq!(report.valid, report.error.is_none(), "valid or a reason, never both or none");
        if let Some(error) = &report.error {
            assert!(!error.message.is_empty(), "a refusal says why");
        }
        let (Some(kind), Some(written)) = (report.kind, &report.normalised) else { continue };
        // An Aadhaar comes back masked, so it cannot be read again.
        if kind == IdKind::Aadhaar {
            assert!(written.contains('X'), "an Aadhaar is shown masked");
            continue;
        }
        let again = check(written, Some(kind));
        assert_eq!(again.normalised.as_ref(), Some(written), "{kind:?} {written} changes when read again");
        if kind == IdKind::Gstin {
            other_check_characters(written);
        }
    }
}

fn other_check_characters(gstin: &str) {
    let (body, last) = gstin.split_at(gstin.len() - 1);
    for other in ('0'..='9').chain('A'..='Z').filter(|c| !last.starts_with(*c)) {
        assert!(!check(&format!("{body}{other}"), Some(IdKind::Gstin)).valid, "{body}{other} passes too");
    }
}
