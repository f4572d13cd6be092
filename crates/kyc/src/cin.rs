//! CIN: listing status, industry code, registrar's state, year, class and registration number
//! (Companies (Incorporation) Rules 2014).

use time::Date;

use crate::cin_state::CinState;
use crate::shape::{Class, Hyphens, clean, match_exact};
use crate::{IdError, IdKind};

const KIND: IdKind = IdKind::Cin;
/// Upper bound of the year when the caller does not say what day it is.
const FAR_YEAR: i32 = 2100;

pub(crate) const PATTERN: [Class; 21] = [
    Class::One("LU", "L (listed) or U (unlisted)"),
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Letter,
    Class::Letter,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Letter,
    Class::Letter,
    Class::Letter,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Digit,
    Class::Digit,
];

/// The class of company: three letters of a CIN.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CinClass {
    /// PTC: private limited.
    Ptc,
    /// PLC: public limited.
    Plc,
    /// FTC: private, subsidiary of a foreign company.
    Ftc,
    /// FLC: public, subsidiary of a foreign company.
    Flc,
    /// GOI: Union government company.
    Goi,
    /// SGC: State government company.
    Sgc,
    /// NPL: not for profit (section 8).
    Npl,
    /// OPC: one person company.
    Opc,
    /// GAP: general association, public.
    Gap,
    /// GAT: general association, private.
    Gat,
    /// ULL: public, unlimited liability.
    Ull,
    /// ULT: private, unlimited liability.
    Ult,
}

impl CinClass {
    const ALL: [(&'static str, CinClass, &'static str); 12] = [
        ("PTC", CinClass::Ptc, "private limited company"),
        ("PLC", CinClass::Plc, "public limited company"),
        ("FTC", CinClass::Ftc, "private company, subsidiary of a foreign company"),
        ("FLC", CinClass::Flc, "public company, subsidiary of a foreign company"),
        ("GOI", CinClass::Goi, "Union government company"),
        ("SGC", CinClass::Sgc, "State government company"),
        ("NPL", CinClass::Npl, "not-for-profit company (section 8)"),
        ("OPC", CinClass::Opc, "one person company"),
        ("GAP", CinClass::Gap, "general association, public"),
        ("GAT", CinClass::Gat, "general association, private"),
        ("ULL", CinClass::Ull, "public company with unlimited liability"),
        ("ULT", CinClass::Ult, "private company with unlimited liability"),
    ];

    /// The class for three letters.
    pub fn from_code(code: &str) -> Option<CinClass> {
        CinClass::ALL.iter().find(|(letters, _, _)| *letters == code).map(|(_, class, _)| *class)
    }

    fn row(self) -> &'static (&'static str, CinClass, &'static str) {
        CinClass::ALL.iter().find(|(_, class, _)| *class == self).unwrap_or(&CinClass::ALL[0])
    }

    /// The three letters, e.g. `PTC`.
    pub fn code(self) -> &'static str {
        self.row().0
    }

    /// The class in words.
    pub fn title(self) -> &'static str {
        self.row().2
    }
}

/// A valid CIN, e.g. `L22210MH1995PLC084781`. It changes on listing and delisting, so keep the old ones.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cin(String);

id_traits!(Cin);

impl Cin {
    /// Reads a CIN; spaces, hyphens and lower case are accepted. The year may be up to 2100: use
    /// [`Cin::parse_as_of`] where today is known.
    pub fn parse(text: &str) -> Result<Cin, IdError> {
        Cin::parse_to_year(text, FAR_YEAR)
    }

    /// Reads a CIN and refuses a year after `today`'s.
    pub fn parse_as_of(text: &str, today: Date) -> Result<Cin, IdError> {
        Cin::parse_to_year(text, today.year())
    }

    fn parse_to_year(text: &str, last_year: i32) -> Result<Cin, IdError> {
        let text = clean(KIND, text, Hyphens::Drop)?;
        match_exact(KIND, &text, &PATTERN)?;
        let part = |from: usize, to: usize| text.get(from..to).unwrap_or("").to_owned();
        let state = part(6, 8);
        if CinState::from_code(&state).is_none() {
            return Err(IdError::at(
                KIND,
                7,
                state.chars().next(),
                "a registrar's state code such as MH, DL or KA",
                format!(
                    "Characters 7 and 8 ({state}) are not a state code. Expected one such as MH, DL or KA."
                ),
            ));
        }
        let year = part(8, 12);
        if !year.parse::<i32>().is_ok_and(|year| (1800..=last_year).contains(&year)) {
            return Err(IdError::at(
                KIND,
                9,
                year.chars().next(),
                format!("a year from 1800 to {last_year}"),
                format!(
                    "Characters 9 to 12 ({year}) should be the year of incorporation, 1800 to {last_year}."
                ),
            ));
        }
        let class = part(12, 15);
        if CinClass::from_code(&class).is_none() {
            let codes: Vec<&str> = CinClass::ALL.iter().map(|(letters, _, _)| *letters).collect();
            let expected = format!("one of {}", codes.join(" "));
            return Err(IdError::at(
                KIND,
                13,
                class.chars().next(),
                expected.clone(),
                format!("Characters 13 to 15 ({class}) are not a class of company; expected {expected}."),
            ));
        }
        Ok(Cin(text))
    }

    fn part(&self, from: usize, to: usize) -> &str {
        self.0.get(from..to).unwrap_or("")
    }

    /// Whether the first letter says listed.
    pub fn listed(&self) -> bool {
        self.0.starts_with('L')
    }

    /// The five-digit industry code.
    pub fn nic(&self) -> &str {
        self.part(1, 6)
    }

    /// The registrar's state.
    pub fn state(&self) -> &'static CinState {
        CinState::from_code(self.part(6, 8)).unwrap_or(&CinState::UNKNOWN)
    }

    /// The year of incorporation.
    pub fn year(&self) -> i32 {
        self.part(8, 12).parse().unwrap_or(0)
    }

    /// The class of company.
    pub fn class(&self) -> CinClass {
        CinClass::from_code(self.part(12, 15)).unwrap_or(CinClass::Ptc)
    }

    /// The registrar's six-digit number.
    pub fn registration_number(&self) -> &str {
        self.part(15, 21)
    }
}
