//! Passwords: hashing with Argon2id and the house rules for a new one. Randomness comes in as an argument.

use argon2::password_hash::{CustomizedPasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};

/// The shortest password we take. NIST SP 800-63B asks for at least 8 where it is not the only factor, 15 where it is;
/// 12 with a screening list is the house rule.
pub const MIN_LENGTH: usize = 12;
/// The longest; more is refused so that hashing cannot be used to tie up the server.
pub const MAX_LENGTH: usize = 256;

/// OWASP's second recommended Argon2id setting: 19 MiB, 2 passes, 1 lane.
fn hasher() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).unwrap_or(Params::DEFAULT);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Hashes a password to a PHC string. `salt` is 16 fresh random bytes. CPU work of tens of milliseconds.
pub fn hash(password: &str, salt: &[u8; 16]) -> Result<String, String> {
    hasher()
        .hash_password_customized(password.as_bytes(), salt, None, None, hasher().params().clone())
        .map(|hash: PasswordHash| hash.to_string())
        .map_err(|error| error.to_string())
}

/// Whether the password belongs to the stored hash. CPU work of tens of milliseconds.
pub fn verify(password: &str, stored: &str) -> bool {
    match PasswordHash::new(stored) {
        Ok(parsed) => hasher().verify_password(password.as_bytes(), &parsed).is_ok(),
        Err(_) => false,
    }
}

/// Whether a stored hash is weaker than those made today, or none of ours.
pub fn outdated(stored: &str) -> bool {
    let today = hasher();
    PasswordHash::new(stored).map_or(true, |hash| {
        let weaker = Params::try_from(&hash).map_or(true, |found| {
            let today = today.params();
            found.m_cost() < today.m_cost()
                || found.t_cost() < today.t_cost()
                || found.p_cost() < today.p_cost()
        });
        hash.algorithm.as_str() != "argon2id" || weaker
    })
}

/// A hash of nothing anybody knows: verifying against it costs the same as against a real one,
/// so that an unknown address cannot be told from a wrong password by the clock.
pub const DECOY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0c2FsdA$J1b0m0dO0x7QqAUpuB0a1C3Hk6eHq3kVQbU2o3g6mJk";

/// What people in India reach for and the estimator's lists, made elsewhere, rank low or lack.
const INDIAN_FIRST_GUESSES: &[&str] = &[
    "india",
    "bharat",
    "hindustan",
    "mumbai",
    "bombay",
    "delhi",
    "kolkata",
    "chennai",
    "bengaluru",
    "bangalore",
    "hyderabad",
    "ahmedabad",
    "pune",
    "jaipur",
    "lucknow",
    "kochi",
    "krishna",
    "ganesh",
    "ganpati",
    "lakshmi",
    "shiva",
    "sairam",
    "hanuman",
    "jaihind",
    "namaste",
    "cricket",
    "rupees",
    "compliance",
    "zippcrm",
];

/// Says what is wrong with a new password, or nothing. `about` are words it must not be made of (name, address, firm).
pub fn weakness(password: &str, about: &[&str]) -> Option<String> {
    let length = password.chars().count();
    if length < MIN_LENGTH {
        return Some(format!("Use at least {MIN_LENGTH} characters; this has {length}."));
    }
    if password.len() > MAX_LENGTH {
        return Some(format!("Use at most {MAX_LENGTH} characters."));
    }
    let lower = password.to_lowercase();
    let distinct = lower.chars().collect::<std::collections::BTreeSet<_>>().len();
    if distinct < 5 {
        return Some("Too few different characters. A short sentence works well.".into());
    }
    if about.iter().any(|word| word.len() >= 4 && lower.contains(&word.to_lowercase())) {
        return Some("Do not use your name, address or firm in the password.".into());
    }
    // The estimator knows the lists that guessers begin with, and how they change them: capitals, 3 for e, a year behind.
    let words: Vec<&str> = about.iter().chain(INDIAN_FIRST_GUESSES).copied().collect();
    let guesses = zxcvbn::zxcvbn(&lower[..lower.floor_char_boundary(100)], &words);
    if guesses.score() < zxcvbn::Score::Three {
        return Some("This is among the passwords that are tried first. A short sentence works well.".into());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_verifies_its_own_password_and_no_other() {
        let stored = hash("correct horse battery", b"0123456789abcdef").unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify("correct horse battery", &stored));
        assert!(!verify("correct horse batterz", &stored));
    }

    #[test]
    fn hashes_of_an_older_strength_are_told() {
        let salt = b"0123456789abcdef";
        let of = |algorithm: Algorithm, m, t| {
            let params = Params::new(m, t, 1, None).unwrap();
            let hasher = Argon2::new(algorithm, Version::V0x13, params.clone());
            let hash: PasswordHash =
                hasher.hash_password_customized(b"x", salt, Some(&algorithm.ident()), None, params).unwrap();
            hash.to_string()
        };
        assert!(!outdated(&hash("x", salt).unwrap()));
        assert!(!outdated(&of(Algorithm::Argon2id, 32 * 1024, 3)), "stronger is fine");
        assert!(outdated(&of(Algorithm::Argon2id, 12 * 1024, 2)));
        assert!(outdated(&of(Algorithm::Argon2id, 19 * 1024, 1)));
        assert!(outdated(&of(Algorithm::Argon2i, 19 * 1024, 2)));
        assert!(outdated("$2b$12$abcdefghijklmnopqrstuu"));
        assert!(!outdated(DECOY), "an unknown address costs as much as a known one");
    }

    #[test]
    fn the_decoy_is_a_real_hash_that_nothing_opens() {
        assert!(PasswordHash::new(DECOY).is_ok());
        assert!(!verify("", DECOY));
    }

    #[test]
    fn weak_passwords_are_named() {
        assert!(weakness("short", &[]).unwrap().contains("at least 12"));
        assert!(weakness("aaaaaaaaaaaaaaaa", &[]).unwrap().contains("different"));
        for common in [
            "password1234",
            "P@ssw0rd2026!",
            "qwertyuiop123",
            "Welcome@12345",
            "iloveyou1234",
            "Ahmedabad2026",
        ] {
            assert!(weakness(common, &[]).is_some_and(|why| why.contains("tried first")), "{common}");
        }
        assert!(weakness("ananya-in-mumbai", &["Ananya"]).unwrap().contains("name"));
        assert_eq!(weakness("monsoon over marine drive", &["Ananya"]), None);
    }
}
