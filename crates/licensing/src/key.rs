//! The short key that people type: `ZCRM-XXXX-XXXX-XXXX-XXXX`, sixteen base-36 digits.
//!
//! Fifteen digits carry 77 bits: a number that makes keys differ (12), tier (3), seats (14), last day (14), and 34 bits of an
//! HMAC over these. The sixteenth makes a weighted sum divisible by 37; with sixteen different weights, one wrong character
//! and any two that changed places are caught for certain, not merely most likely. Keys that would contain O or I are
//! passed over, so that both can be read as 0 and 1.
//!
//! The checksum's secret is in every copy of the program, so a key proves nothing by itself: it is a handle, and the
//! signed claims behind it are the authority.

use kernel::{Date, Limit};
use ring::hmac;
use thiserror::Error;
use time::Duration;
use time::macros::date;

/// Tiers by the number that keys carry.
const TIERS: [(&str, u128); 4] = [("starter", 1), ("growth", 2), ("professional", 3), ("enterprise", 4)];
const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const DAY_ZERO: Date = date!(2020 - 01 - 01);
const UNLIMITED_SEATS: u128 = (1 << 14) - 1;
const NONCES: u16 = 1 << 12;
const TAG_BITS: u32 = 34;
const DIGITS: usize = 16;

/// What a key says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LicenceKey {
    /// Slug of the tier.
    pub tier: String,
    /// Seats.
    pub seats: Limit,
    /// The last day.
    pub last_day: Date,
    text: String,
}

/// Why a text is no key. The sentence says what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum KeyError {
    /// Too short, too long, another beginning, or a foreign character.
    #[error(
        "A key is ZCRM and 16 letters or digits, like ZCRM-1A2B-3C4D-5E6F-7G8H. This has {0} after ZCRM."
    )]
    Shape(usize),
    /// A typing error.
    #[error("One character is wrong, or two have changed places. Compare it with your mail.")]
    Typed,
    /// The digits agree with each other, but not with the checksum.
    #[error("This is not a key of ours. Compare it with your mail.")]
    Foreign,
    /// What cannot be put into a key.
    #[error("{0}")]
    Unissuable(&'static str),
}

impl LicenceKey {
    /// Makes a key. `salt` makes two keys of the same content differ.
    pub fn issue(tier: &str, seats: Limit, last_day: Date, salt: u16) -> Result<Self, KeyError> {
        let number = TIERS.iter().find(|(slug, _)| *slug == tier).map(|(_, number)| *number);
        let number = number
            .ok_or(KeyError::Unissuable("A key is for starter, growth, professional or enterprise."))?;
        let held =
            if seats.is_unlimited() { UNLIMITED_SEATS } else { u128::try_from(seats.get()).unwrap_or(0) };
        if held == 0 || (held >= UNLIMITED_SEATS && !seats.is_unlimited()) {
            return Err(KeyError::Unissuable("Use 1 to 16382 seats, or -1 for unlimited."));
        }
        let days = u128::try_from((last_day - DAY_ZERO).whole_days()).ok().filter(|days| *days < 1 << 14);
        let days = days.ok_or(KeyError::Unissuable("The last day is outside 2020 to 2064."))?;
        (0..NONCES)
            .map(|step| salt.wrapping_add(step) % NONCES)
            .find_map(|nonce| {
                // On top, so that it changes every digit.
                let content = ((u128::from(nonce) << 3 | number) << 14 | held) << 14 | days;
                let text = encode(content << TAG_BITS | tag(content))?;
                Some(Self { tier: tier.to_owned(), seats, last_day, text })
            })
            .ok_or(KeyError::Unissuable("No key could be made of this; use another number of seats."))
    }

    /// Reads what somebody typed: any case, with or without dashes and spaces, O for 0 and I for 1.
    pub fn parse(typed: &str) -> Result<Self, KeyError> {
        let plain: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let plain = plain.to_uppercase();
        let Some(digits) = plain.strip_prefix("ZCRM") else { return Err(KeyError::Shape(0)) };
        let values: Option<Vec<u128>> = digits.chars().map(value).collect();
        let values =
            values.filter(|v| v.len() == DIGITS).ok_or_else(|| KeyError::Shape(digits.chars().count()))?;
        if weighted(&values) != 0 {
            return Err(KeyError::Typed);
        }
        let number = values[..DIGITS - 1].iter().fold(0, |sum, digit| sum * 36 + digit);
        let content = number >> TAG_BITS;
        if number & ((1 << TAG_BITS) - 1) != tag(content) {
            return Err(KeyError::Foreign);
        }
        let field = |shift: u32, bits: u32| content >> shift & ((1 << bits) - 1);
        let tier = TIERS.iter().find(|(_, known)| *known == field(28, 3)).ok_or(KeyError::Foreign)?;
        let seats = match field(14, 14) {
            UNLIMITED_SEATS => Limit::UNLIMITED,
            seats => Limit::of(i64::try_from(seats).unwrap_or(0)),
        };
        let days = i64::try_from(field(0, 14)).unwrap_or(0);
        let last_day = DAY_ZERO.checked_add(Duration::days(days)).ok_or(KeyError::Foreign)?;
        let text = encode(number).ok_or(KeyError::Foreign)?;
        Ok(Self { tier: tier.0.to_owned(), seats, last_day, text })
    }

    /// As it is printed.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// The key with its middle hidden, as screens and journals show it.
pub fn masked(key: &str) -> String {
    match key.split('-').collect::<Vec<_>>()[..] {
        [head, first, _, _, last] => format!("{head}-{first}-****-****-{last}"),
        _ => "****".into(),
    }
}

fn value(c: char) -> Option<u128> {
    match c {
        'O' => Some(0),
        'I' => Some(1),
        _ => c.to_digit(36).map(u128::from),
    }
}

fn weighted(values: &[u128]) -> u128 {
    values.iter().zip(1u128..).map(|(digit, weight)| digit * weight).sum::<u128>() % 37
}

fn tag(content: u128) -> u128 {
    let key = hmac::Key::new(hmac::HMAC_SHA256, b"zippcrm licence key checksum 1");
    let mac = hmac::sign(&key, &content.to_be_bytes());
    let head = mac.as_ref().iter().take(8).fold(0u128, |sum, byte| sum << 8 | u128::from(*byte));
    head >> (64 - TAG_BITS)
}

/// The printed key; none when a digit would be O, I or beyond Z.
fn encode(number: u128) -> Option<String> {
    let mut values = vec![0u128; DIGITS];
    let mut rest = number;
    for place in (0..DIGITS - 1).rev() {
        values[place] = rest % 36;
        rest /= 36;
    }
    // The last weight is 16, and 7 is its inverse: 16 x 7 = 112 = 3 x 37 + 1.
    values[DIGITS - 1] = (37 - weighted(&values)) * 7 % 37;
    let letters: Option<Vec<char>> = values
        .iter()
        .map(|v| {
            ALPHABET.get(usize::try_from(*v).ok()?).map(|b| char::from(*b)).filter(|c| *c != 'O' && *c != 'I')
        })
        .collect();
    let groups: Vec<String> = letters?.chunks(4).map(|group| group.iter().collect()).collect();
    Some(format!("ZCRM-{}", groups.join("-")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    prop_compose! {
        fn keys()(tier in 0..4usize, seats in prop_oneof![Just(-1i64), 1..16_382i64], days in 0..16_000i64, salt: u16) -> LicenceKey {
            LicenceKey::issue(TIERS[tier].0, Limit::of(seats), DAY_ZERO + Duration::days(days), salt).unwrap()
        }
    }

    proptest! {
        #[test]
        fn a_key_reads_back_however_it_is_typed(key in keys()) {
            prop_assert_eq!(LicenceKey::parse(key.as_str()).unwrap(), key.clone());
            let sloppy = key.as_str().to_lowercase().replace('-', " ").replace('0', "o").replace('1', "i");
            prop_assert_eq!(LicenceKey::parse(&sloppy).unwrap(), key.clone());
            prop_assert!(!key.as_str().contains(['O', 'I']));
        }

        #[test]
        fn every_wrong_character_is_caught(key in keys(), place in 0..16usize, digit in 0..36usize) {
            let mut digits: Vec<char> = key.as_str()[4..].replace('-', "").chars().collect();
            let wrong = char::from(ALPHABET[digit]);
            prop_assume!(value(wrong) != value(digits[place]));
            digits[place] = wrong;
            let typed = format!("ZCRM{}", digits.iter().collect::<String>());
            prop_assert_eq!(LicenceKey::parse(&typed), Err(KeyError::Typed));
        }

        #[test]
        fn any_two_that_changed_places_are_caught(key in keys(), one in 0..16usize, two in 0..16usize) {
            let mut digits: Vec<char> = key.as_str()[4..].replace('-', "").chars().collect();
            prop_assume!(digits[one] != digits[two]);
            digits.swap(one, two);
            let typed = format!("ZCRM{}", digits.iter().collect::<String>());
            prop_assert_eq!(LicenceKey::parse(&typed), Err(KeyError::Typed));
        }
    }

    /// Not by chance, but all of them: 560 wrong characters and up to 120 swaps of each key.
    #[test]
    fn no_wrong_character_and_no_swap_of_these_keys_goes_through() {
        for salt in 0..40 {
            let (tier, seats) = (TIERS[usize::from(salt % 4)].0, i64::from(salt) * 397 + 1);
            let day = DAY_ZERO + Duration::days(i64::from(salt) * 401);
            let key = LicenceKey::issue(tier, Limit::of(seats), day, salt).unwrap();
            let digits: Vec<char> = key.as_str()[4..].replace('-', "").chars().collect();
            let typed =
                |digits: &[char]| LicenceKey::parse(&format!("ZCRM{}", digits.iter().collect::<String>()));
            for place in 0..DIGITS {
                for wrong in ALPHABET.iter().map(|byte| char::from(*byte)) {
                    let mut other = digits.clone();
                    other[place] = wrong;
                    if value(wrong) != value(digits[place]) {
                        assert_eq!(typed(&other), Err(KeyError::Typed), "{key:?}: {wrong} at {place}");
                    }
                }
                for with in (place + 1)..DIGITS {
                    let mut other = digits.clone();
                    other.swap(place, with);
                    if other != digits {
                        assert_eq!(typed(&other), Err(KeyError::Typed), "{key:?}: {place} and {with}");
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_no_key_says_why() {
        assert_eq!(LicenceKey::parse("hello"), Err(KeyError::Shape(0)));
        assert_eq!(LicenceKey::parse("ZCRM-1234-5678"), Err(KeyError::Shape(8)));
        assert!(LicenceKey::issue("gold", Limit::of(3), date!(2027 - 01 - 01), 0).is_err());
        assert!(LicenceKey::issue("starter", Limit::NONE, date!(2027 - 01 - 01), 0).is_err());
        assert!(LicenceKey::issue("starter", Limit::of(3), date!(2090 - 01 - 01), 0).is_err());
        // Digits that agree with each other and carry nothing.
        assert_eq!(LicenceKey::parse("ZCRM-0000-0000-0000-0000"), Err(KeyError::Foreign));
        let key = LicenceKey::issue("growth", Limit::of(30), date!(2027 - 03 - 31), 7).unwrap();
        let shown = masked(key.as_str());
        assert!(shown.starts_with(&key.as_str()[..9]) && shown.contains("-****-****-") && shown.len() == 24);
    }
}
