//! Properties of the check digits, against second implementations written from the domain text.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

use kyc::{Aadhaar, Gstin, IdKind, Lei, check, gstin};
use proptest::prelude::*;

/// Domain text: positions 1..14 times 1,2,1,2..., quotient plus remainder by 36, 36 minus the sum.
fn gstin_oracle(first14: &str) -> char {
    let alphabet: Vec<char> = ('0'..='9').chain('A'..='Z').collect();
    let mut sum = 0;
    for (index, c) in first14.chars().enumerate() {
        let value = alphabet.iter().position(|a| *a == c).unwrap();
        let product = value * if index % 2 == 0 { 1 } else { 2 };
        sum += product / 36 + product % 36;
    }
    alphabet[(36 - sum % 36) % 36]
}

/// Domain text: letters to numbers, the whole as a decimal number with 00 behind, 98 minus its remainder by 97;
/// here by schoolbook division of the digit string.
fn lei_oracle(first18: &str) -> String {
    let mut digits = String::new();
    for c in first18.chars() {
        digits.push_str(&c.to_digit(36).unwrap().to_string());
    }
    digits.push_str("00");
    let mut rest: u128 = 0;
    for piece in digits.as_bytes().chunks(5) {
        for byte in piece {
            rest = rest * 10 + u128::from(byte - b'0');
        }
        rest %= 97;
    }
    format!("{:02}", 98 - rest)
}

/// Verhoeff without the tables: D5 as rotations and reflections, the permutation iterated from its cycle.
fn verhoeff_oracle(digits: &str) -> bool {
    let times = |a: u8, b: u8| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b - 5) % 5 + 5,
        (false, true) => (a - 5 + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let once = |d: u8| [1, 5, 7, 6, 2, 8, 3, 0, 9, 4][usize::from(d)];
    let mut state = 0;
    for (place, byte) in digits.bytes().rev().enumerate() {
        let mut digit = byte - b'0';
        for _ in 0..place % 8 {
            digit = once(digit);
        }
        state = times(state, digit);
    }
    state == 0
}

fn any_gstin() -> impl Strategy<Value = String> {
    (0..kyc::GST_STATES.len(), "[A-Z]{3}[ABCFGHJLPT][A-Z]", 1u32..10_000, "[A-Z]", "[1-9A-Z][A-Z]").prop_map(
        |(state, head, digits, tail, end)| {
            let text = format!("{}{head}{digits:04}{tail}{end}", kyc::GST_STATES[state].code);
            format!("{text}{}", gstin_oracle(&text))
        },
    )
}

fn any_lei() -> impl Strategy<Value = String> {
    "[0-9A-Z]{18}".prop_map(|text| format!("{text}{}", lei_oracle(&text)))
}

fn any_aadhaar() -> impl Strategy<Value = String> {
    "[2-9][0-9]{10}".prop_map(|text| {
        (0..10).map(|digit| format!("{text}{digit}")).find(|number| verhoeff_oracle(number)).unwrap()
    })
}

fn swapped(text: &str, at: usize) -> String {
    let mut bytes = text.as_bytes().to_vec();
    bytes.swap(at, at + 1);
    String::from_utf8(bytes).unwrap()
}

fn replaced(text: &str, at: usize, by: char) -> String {
    text.chars().enumerate().map(|(index, c)| if index == at { by } else { c }).collect()
}

#[test]
fn worked_arithmetic_of_the_domain_text() {
    assert_eq!(gstin_oracle("27AAPFU0939F1Z"), 'V');
    assert_eq!(gstin::check_char(b"27AAPFU0939F1Z"), Some('V'));
    assert_eq!(lei_oracle("335800ABCDEF123456"), "25");
    assert!(verhoeff_oracle("999941057058") && verhoeff_oracle("123412341234"));
    assert!(!verhoeff_oracle("999941057059"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn generated_numbers_are_valid(g in any_gstin(), l in any_lei(), a in any_aadhaar()) {
        prop_assert!(Gstin::parse(&g).is_ok(), "{g}");
        prop_assert!(gstin::is_valid_bytes(g.as_bytes()), "{g}");
        prop_assert!(Lei::parse(&l).is_ok(), "{l}");
        prop_assert!(Aadhaar::parse(&a).is_ok(), "{a}");
    }

    #[test]
    fn gstin_catches_any_single_error(g in any_gstin(), at in 0usize..15, by in "[0-9A-Z]") {
        let by = by.chars().next().unwrap();
        prop_assume!(g.as_bytes()[at] != by as u8);
        let bad = replaced(&g, at, by);
        prop_assert!(Gstin::parse(&bad).is_err(), "{g} {bad}");
        prop_assert!(!gstin::is_valid_bytes(bad.as_bytes()));
    }

    // The algorithm misses only the swap of 0 and Z.
    #[test]
    fn gstin_catches_adjacent_swaps(g in any_gstin(), at in 0usize..14) {
        let (a, b) = (g.as_bytes()[at], g.as_bytes()[at + 1]);
        prop_assume!(a != b && !matches!((a, b), (b'0', b'Z') | (b'Z', b'0')));
        prop_assert!(Gstin::parse(&swapped(&g, at)).is_err(), "{g} at {at}");
    }

    #[test]
    fn fast_and_full_gstin_checks_agree(text in "[0-9]{2}[A-Z]{3}[A-Z][A-Z][0-9]{4}[A-Z][0-9A-Z]{3}") {
        prop_assert_eq!(gstin::is_valid_bytes(text.as_bytes()), Gstin::parse(&text).is_ok());
        let good = format!("{}{}", &text[..14], gstin_oracle(&text[..14]));
        prop_assert_eq!(gstin::is_valid_bytes(good.as_bytes()), Gstin::parse(&good).is_ok());
    }

    #[test]
    fn aadhaar_catches_single_errors_and_swaps(a in any_aadhaar(), at in 0usize..12, by in 0u8..10) {
        let digit = char::from(b'0' + by);
        if a.as_bytes()[at] != digit as u8 {
            prop_assert!(Aadhaar::parse(&replaced(&a, at, digit)).is_err());
        }
        if at < 11 && a.as_bytes()[at] != a.as_bytes()[at + 1] {
            prop_assert!(Aadhaar::parse(&swapped(&a, at)).is_err());
        }
    }

    // Guaranteed where a digit takes a digit's place, a letter a letter's.
    #[test]
    fn lei_catches_same_class_errors_and_swaps(l in any_lei(), at in 0usize..20, by in "[0-9A-Z]") {
        let by = by.chars().next().unwrap();
        let old = char::from(l.as_bytes()[at]);
        if old != by && old.is_ascii_digit() == by.is_ascii_digit() {
            prop_assert!(Lei::parse(&replaced(&l, at, by)).is_err());
        }
        if at < 19 {
            let next = char::from(l.as_bytes()[at + 1]);
            if old != next && old.is_ascii_digit() == next.is_ascii_digit() {
                prop_assert!(Lei::parse(&swapped(&l, at)).is_err());
            }
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC*", noise in any::<String>(), ascii in "[ -~\\x00-\\x1f]{0,30}") {
        for text in [&text, &noise, &ascii] {
            let _ = check(text, None);
            for kind in IdKind::ALL {
                let report = check(text, Some(kind));
                prop_assert_eq!(report.valid, report.error.is_none());
            }
            let _ = gstin::is_valid_bytes(text.as_bytes());
        }
    }

    #[test]
    fn valid_numbers_read_back_from_their_written_form(g in any_gstin(), l in any_lei()) {
        for text in [g, l] {
            let first = check(&text.to_lowercase(), None);
            let again = check(first.normalised.as_deref().unwrap(), None);
            prop_assert_eq!(first, again);
        }
    }
}

#[test]
fn fast_check_agrees_on_every_state_code() {
    for code in 0..100 {
        let first = format!("{code:02}AAPFU0939F1Z");
        let text = format!("{first}{}", gstin_oracle(&first));
        assert_eq!(gstin::is_valid_bytes(text.as_bytes()), Gstin::parse(&text).is_ok(), "{text}");
        let listed = kyc::GST_STATES.iter().any(|state| state.code == &text[..2]);
        assert_eq!(gstin::is_valid_bytes(text.as_bytes()), listed, "{text}");
    }
}
