//! Codes: six digits, SHA-1, half a minute each, as every authenticator app reads them.

use totp_rs::{Algorithm, Builder, Secret, Totp};

/// Bytes of a secret: 160 bits, as RFC 4226 recommends.
pub const SECRET_LENGTH: usize = 20;

/// Seconds of one code.
const STEP: u64 = 30;

fn totp(secret: &[u8], account: &str) -> Option<Totp> {
    // A colon parts issuer and account in the address of the key.
    let account = account.replace(':', " ");
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        // One step to either side: phones and servers disagree by some seconds.
        .with_skew(1)
        .with_step_duration(STEP)
        .with_secret(Secret::new(secret.into()))
        .with_account_name(account)
        .with_issuer(Some("ZippCRM"))
        .build()
        .ok()
}

/// The step that the code belongs to, when it is good at this second (Unix time).
pub fn matching_step(secret: &[u8], code: &str, unix: i64) -> Option<i64> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let totp = totp(secret, "account")?;
    let step = totp.check(&digits, u64::try_from(unix).ok()?)?;
    i64::try_from(step).ok()
}

/// The secret as somebody types it: base32 in groups of four.
pub fn shown_secret(secret: &[u8]) -> String {
    let text = Secret::new(secret.into()).to_base32();
    let groups: Vec<&str> = text.as_bytes().chunks(4).filter_map(|c| std::str::from_utf8(c).ok()).collect();
    groups.join(" ")
}

/// Reads a secret of the usual length as somebody types it.
pub fn typed_secret(text: &str) -> Option<Vec<u8>> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let secret = Secret::try_from_base32(text).ok()?;
    (secret.as_bytes().len() == SECRET_LENGTH).then(|| secret.as_bytes().to_vec())
}

/// The address that the QR code holds.
pub fn uri(secret: &[u8], account: &str) -> Option<String> {
    totp(secret, account)?.to_url().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, SHA-1; the last six of its eight digits.
    const RFC: &[u8] = b"12345678901234567890";

    #[test]
    fn the_codes_are_those_of_the_standard() {
        for (unix, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924")] {
            assert_eq!(matching_step(RFC, code, unix), Some(unix / 30), "{code}");
        }
        assert_eq!(matching_step(RFC, "287 082", 59), Some(1), "as apps show it");
    }

    #[test]
    fn a_code_is_good_for_its_step_and_one_to_either_side() {
        // 287082 belongs to step 1: seconds 30 to 59.
        assert_eq!(matching_step(RFC, "287082", 0), Some(1));
        assert_eq!(matching_step(RFC, "287082", 89), Some(1));
        assert_eq!(matching_step(RFC, "287082", 90), None);
        for wrong in ["287083", "28708", "2870820", "abcdef", "", "２８７０８２"] {
            assert_eq!(matching_step(RFC, wrong, 59), None, "{wrong}");
        }
    }

    #[test]
    fn the_key_can_be_typed_and_scanned() {
        // RFC 4648 base32 of the bytes.
        assert_eq!(shown_secret(RFC), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(typed_secret("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ").as_deref(), Some(RFC));
        assert_eq!(typed_secret("GEZD GNBV"), None);
        let uri = uri(RFC, "asha@firm.example").unwrap();
        assert!(uri.starts_with("otpauth://totp/ZippCRM:asha%40firm.example?"), "{uri}");
        assert!(uri.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{uri}");
        assert!(uri.contains("issuer=ZippCRM"), "{uri}");
    }
}
