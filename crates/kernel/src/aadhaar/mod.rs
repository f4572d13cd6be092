//! Aadhaar numbers where nobody asked for one. The product has no need of the number and may not keep it, so free text that holds
//! one is refused when it is entered, and what reaches a record by another way is masked. This is the one place that knows what
//! looks like one: twelve digits, the first from 2 to 9, with a good check digit, in one piece or in groups of four.

pub mod verhoeff;

use std::ops::Range;

/// What a person is told.
pub const REFUSAL: &str = "This looks like an Aadhaar number, which may not be kept here. Write its last four digits only, as in \
    XXXX XXXX 1234. If it is another number, write what it is directly before it, as in ACK-123456789012.";

/// Digits of a number.
const LENGTH: usize = 12;

/// The first Aadhaar number in a text.
pub fn find(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    // Most texts have too few digits; that is seen quickly.
    if bytes.iter().filter(|byte| byte.is_ascii_digit()).count() < LENGTH {
        return None;
    }
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let found = match end - at {
            LENGTH => Some(at..end),
            4 => in_fours(bytes, at),
            _ => None,
        };
        if let Some(found) = found.filter(|found| stands_alone(bytes, found) && right(&bytes[found.clone()]))
        {
            return Some(found);
        }
        at = end;
    }
    None
}

/// The text with the first eight digits of every Aadhaar number gone: `XXXX XXXX 1234`.
pub fn mask(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(found) = find(rest) {
        out.push_str(&rest[..found.start]);
        out.push_str("XXXX XXXX ");
        out.push_str(&rest[found.end - 4..found.end]);
        rest = &rest[found.end..];
    }
    out.push_str(rest);
    out
}

/// Three groups of four digits with a space or a hyphen between them, the first of which is here.
fn in_fours(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let end = at + LENGTH + 2;
    let group =
        |from: usize| bytes.get(from..from + 4).is_some_and(|four| four.iter().all(u8::is_ascii_digit));
    let gap = |place: usize| bytes.get(place).is_some_and(|byte| matches!(byte, b' ' | b'-'));
    let closed = bytes.get(end).is_none_or(|byte| !byte.is_ascii_digit());
    (gap(at + 4) && group(at + 5) && gap(at + 9) && group(at + 10) && closed).then_some(at..end)
}

/// Not a part of something longer: of a word, of an amount, of a telephone number with its `+`, of a number that says what it is.
fn stands_alone(bytes: &[u8], found: &Range<usize>) -> bool {
    let word =
        |place: Option<usize>| place.and_then(|p| bytes.get(p)).is_some_and(|b| b.is_ascii_alphanumeric());
    let before = found.start.checked_sub(1);
    let joined =
        before.filter(|p| matches!(bytes[*p], b'-' | b'/' | b'_' | b'.')).and_then(|p| p.checked_sub(1));
    let labelled = joined.is_some_and(|p| bytes[p].is_ascii_alphabetic());
    let amount = |dot: Option<usize>, digit: Option<usize>| {
        let digit = digit.and_then(|p| bytes.get(p)).is_some_and(u8::is_ascii_digit);
        dot.and_then(|p| bytes.get(p)) == Some(&b'.') && digit
    };
    let after = Some(found.end);
    !(word(before)
        || word(after)
        || labelled
        || before.is_some_and(|p| bytes[p] == b'+')
        || amount(before, joined)
        || amount(after, Some(found.end + 1)))
}

/// Begins with 2 to 9 and has a good check digit.
fn right(bytes: &[u8]) -> bool {
    let digits: Vec<u8> = bytes.iter().copied().filter(u8::is_ascii_digit).collect();
    matches!(digits.first(), Some(b'2'..=b'9')) && verhoeff::passes(&digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    // 2341 2341 2346 is the specimen number of UIDAI's own documents; 9999 4105 7058 one of its published test identities.
    #[test]
    fn a_number_is_found_wherever_it_stands_and_loses_its_first_eight_digits() {
        for (text, masked) in [
            ("ID 2341 2341 2346, seen", "ID XXXX XXXX 2346, seen"),
            ("234123412346", "XXXX XXXX 2346"),
            ("aadhaar:9999-4105-7058.", "aadhaar:XXXX XXXX 7058."),
            ("of 12 2341 2341 2346", "of 12 XXXX XXXX 2346"),
            ("2026 2341 2341 2346", "2026 XXXX XXXX 2346"),
            ("(999941057058) and 234123412346", "(XXXX XXXX 7058) and XXXX XXXX 2346"),
            ("संख्या 234123412346।", "संख्या XXXX XXXX 2346।"),
        ] {
            assert!(find(text).is_some(), "{text}");
            assert_eq!(mask(text), masked);
        }
    }

    #[test]
    fn other_numbers_are_left_alone() {
        for text in [
            "999941057059",
            "099941057058",
            "123412341234",
            "27AAPFU0939F1ZV",
            "ACK234123412346",
            "ACK-234123412346",
            "UTR/999941057058",
            "+919999410570",
            "+234123412346",
            "2341234123460",
            "234123412346.50",
            "1.234123412346",
            "XXXX XXXX 2346",
            "2026-11-21 10:42:00",
            "12 3456 7890",
            "",
        ] {
            assert_eq!(find(text), None, "{text}");
            assert_eq!(mask(text), text);
        }
    }
}
