//! Aadhaar numbers are never shown again: runs of twelve digits that pass the check lose the first eight.

use kyc::Aadhaar;

/// The text with every Aadhaar number masked as `XXXX XXXX 1234`.
pub fn mask_aadhaar(text: &str) -> String {
    if text.bytes().filter(u8::is_ascii_digit).count() < 12 {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, run) = rest.split_at(start);
        out.push_str(before);
        let length = run_length(run);
        let (candidate, after) = run.split_at(length);
        match Aadhaar::parse(candidate) {
            Ok(masked) => out.push_str(masked.as_str()),
            Err(_) => out.push_str(candidate),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Bytes of digits with single spaces or hyphens between them.
fn run_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let joined = matches!(bytes[at], b' ' | b'-') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if !bytes[at].is_ascii_digit() && !joined {
            break;
        }
        at += 1;
    }
    at
}

/// At most `max` characters, masked.
pub(crate) fn shown(text: &str, max: usize) -> String {
    let masked = mask_aadhaar(text);
    if masked.chars().count() <= max {
        return masked;
    }
    masked.chars().take(max.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_aadhaar_number_loses_its_first_eight_digits_wherever_it_stands() {
        // 2341 2341 2346 is the specimen number of UIDAI's own documents; it passes the check.
        assert_eq!(mask_aadhaar("ID 2341 2341 2346, seen"), "ID XXXX XXXX 2346, seen");
        assert_eq!(mask_aadhaar("234123412346"), "XXXX XXXX 2346");
        assert_eq!(mask_aadhaar("N-13.01234 and 234123412345"), "N-13.01234 and 234123412345");
        assert_eq!(mask_aadhaar("27AAPFU0939F1ZV"), "27AAPFU0939F1ZV");
    }
}
