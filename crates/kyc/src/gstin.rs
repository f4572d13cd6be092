//! GSTIN: state, PAN, entity number, a letter and a mod-36 check character (CGST Rules 2017, rule 10).

use crate::gst_state::GstState;
use crate::shape::{Class, Hyphens, clean, match_exact, wrong_char};
use crate::{IdError, IdKind, Pan, pan};

const KIND: IdKind = IdKind::Gstin;
const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

pub(crate) const PATTERN: [Class; 15] = [
    Class::Digit,
    Class::Digit,
    Class::Letter,
    Class::Letter,
    Class::Letter,
    Class::Letter,
    Class::Letter,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Letter,
    Class::One(
        "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "1 to 9 or a letter (registrations of this PAN in the state)",
    ),
    Class::Letter,
    Class::Alnum,
];

/// A valid GSTIN, e.g. `27AAPFU0939F1ZV`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Gstin(String);

id_traits!(Gstin);

impl Gstin {
    /// Reads a GSTIN; spaces, hyphens and lower case are accepted. The 14th character is Z for ordinary
    /// taxpayers; other letters (tax deductors, collectors and the like) are accepted too.
    pub fn parse(text: &str) -> Result<Gstin, IdError> {
        let text = clean(KIND, text, Hyphens::Drop)?;
        match_exact(KIND, &text, &PATTERN)?;
        let code = text.get(..2).unwrap_or("");
        if GstState::from_code(code).is_none() {
            return Err(IdError::at(
                KIND,
                1,
                text.chars().next(),
                "a GST state code, 01 to 38, 97 or 99",
                format!("{code} is not a GST state code; expected 01 to 38, 97 or 99."),
            ));
        }
        pan::check_parts(KIND, &text, 2)?;
        let found = text.chars().nth(14).unwrap_or(' ');
        match check_char(text.as_bytes().get(..14).unwrap_or(b"")) {
            Some(check) if check == found => Ok(Gstin(text)),
            Some(check) => Err(IdError::at(
                KIND,
                15,
                Some(found),
                check.to_string(),
                format!("Last character should be {check}, not {found}. Check the GSTIN again."),
            )),
            None => Err(wrong_char(KIND, 15, found, Class::Alnum)),
        }
    }

    /// The state of registration.
    pub fn state(&self) -> &'static GstState {
        // Construction has checked the code.
        GstState::from_code(self.0.get(..2).unwrap_or("")).unwrap_or(&crate::GST_STATES[38])
    }

    /// The PAN inside.
    pub fn pan(&self) -> Pan {
        Pan(self.0.get(2..12).unwrap_or("").to_owned())
    }

    /// Which registration of this PAN in this state it is: 1 to 9, then A to Z.
    pub fn entity_number(&self) -> char {
        self.0.chars().nth(12).unwrap_or('1')
    }

    /// The 14th character: Z for ordinary taxpayers.
    pub fn category_letter(&self) -> char {
        self.0.chars().nth(13).unwrap_or('Z')
    }
}

/// The check character for the first 14 characters (upper case letters and digits); `None` when they are not
/// 14 such characters. Products with 1,2,1,2,..., each product's quotient and remainder by 36 added up.
pub fn check_char(first14: &[u8]) -> Option<char> {
    if first14.len() != 14 {
        return None;
    }
    let mut sum = 0u32;
    for (index, byte) in first14.iter().enumerate() {
        let weight = ADDENDS[index & 1][usize::from(*byte)];
        if weight == BAD {
            return None;
        }
        sum += u32::from(weight);
    }
    ALPHABET.get(((36 - sum % 36) % 36) as usize).map(|byte| char::from(*byte))
}

const BAD: u8 = 0xff;

/// What a byte adds to the sum, by the parity of its place.
static ADDENDS: [[u8; 256]; 2] = addends();
/// Which classes a byte belongs to: 1 digit, 2 letter, 4 PAN holder letter, 8 entity number.
static CLASSES: [u8; 256] = classes();
/// Class needed at each of the 15 places.
const NEED: [u8; 15] = [1, 1, 2, 2, 2, 4, 2, 1, 1, 1, 1, 2, 8, 2, 3];
/// Bit n set: n is a state code below 64; 97 and 99 are checked apart.
const STATES_BELOW_64: u64 = 0x7f_ffff_fffe;

const fn addends() -> [[u8; 256]; 2] {
    let mut table = [[BAD; 256]; 2];
    let mut value = 0;
    while value < 36 {
        let byte = ALPHABET[value] as usize;
        table[0][byte] = value as u8;
        table[1][byte] = (2 * value / 36 + 2 * value % 36) as u8;
        value += 1;
    }
    table
}

const fn classes() -> [u8; 256] {
    let mut table = [0u8; 256];
    let mut byte = b'0';
    while byte <= b'9' {
        table[byte as usize] = if byte == b'0' { 1 } else { 1 | 8 };
        byte += 1;
    }
    byte = b'A';
    while byte <= b'Z' {
        let holder = matches!(byte, b'A' | b'B' | b'C' | b'F' | b'G' | b'H' | b'J' | b'L' | b'P' | b'T');
        table[byte as usize] = 2 | 8 | if holder { 4 } else { 0 };
        byte += 1;
    }
    table
}

/// Whether these bytes are exactly a valid GSTIN in its normal form (15 upper case letters and digits). Same
/// answer as [`Gstin::parse`] on such text, without allocating: made for checking millions.
pub fn is_valid_bytes(bytes: &[u8]) -> bool {
    let Ok(gstin) = <&[u8; 15]>::try_from(bytes) else { return false };
    let mut fits = true;
    let mut sum = 0u32;
    for (index, byte) in gstin.iter().enumerate() {
        fits &= CLASSES[usize::from(*byte)] & NEED[index] != 0;
        sum += u32::from(ADDENDS[index & 1][usize::from(*byte)]);
    }
    if !fits || !sum.is_multiple_of(36) {
        return false;
    }
    let state = u32::from(gstin[0] - b'0') * 10 + u32::from(gstin[1] - b'0');
    let known = if state < 64 { STATES_BELOW_64 >> state & 1 == 1 } else { state == 97 || state == 99 };
    known && gstin[7..11] != *b"0000"
}
