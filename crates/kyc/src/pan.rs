//! PAN: five letters, four digits, a letter; the fourth letter says who holds it.

use crate::shape::{Class, Hyphens, clean, match_exact};
use crate::{IdError, IdKind};

pub(crate) const PATTERN: [Class; 10] = [
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
];

/// Who holds a PAN: its fourth letter (Income-tax Department, instructions to Form 49A/49AA).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PanHolder {
    /// A: association of persons.
    AssociationOfPersons,
    /// B: body of individuals.
    BodyOfIndividuals,
    /// C: company.
    Company,
    /// F: firm or limited liability partnership.
    Firm,
    /// G: government.
    Government,
    /// H: Hindu undivided family.
    HinduUndividedFamily,
    /// J: artificial juridical person.
    ArtificialJuridicalPerson,
    /// L: local authority.
    LocalAuthority,
    /// P: individual.
    Individual,
    /// T: trust.
    Trust,
}

impl PanHolder {
    /// The holder for a fourth letter.
    pub const fn from_letter(letter: char) -> Option<PanHolder> {
        Some(match letter {
            'A' => PanHolder::AssociationOfPersons,
            'B' => PanHolder::BodyOfIndividuals,
            'C' => PanHolder::Company,
            'F' => PanHolder::Firm,
            'G' => PanHolder::Government,
            'H' => PanHolder::HinduUndividedFamily,
            'J' => PanHolder::ArtificialJuridicalPerson,
            'L' => PanHolder::LocalAuthority,
            'P' => PanHolder::Individual,
            'T' => PanHolder::Trust,
            _ => return None,
        })
    }

    /// The fourth letter for a holder.
    pub const fn letter(self) -> char {
        match self {
            PanHolder::AssociationOfPersons => 'A',
            PanHolder::BodyOfIndividuals => 'B',
            PanHolder::Company => 'C',
            PanHolder::Firm => 'F',
            PanHolder::Government => 'G',
            PanHolder::HinduUndividedFamily => 'H',
            PanHolder::ArtificialJuridicalPerson => 'J',
            PanHolder::LocalAuthority => 'L',
            PanHolder::Individual => 'P',
            PanHolder::Trust => 'T',
        }
    }

    /// The holder in words, e.g. `company`.
    pub const fn title(self) -> &'static str {
        match self {
            PanHolder::AssociationOfPersons => "association of persons",
            PanHolder::BodyOfIndividuals => "body of individuals",
            PanHolder::Company => "company",
            PanHolder::Firm => "firm or LLP",
            PanHolder::Government => "government",
            PanHolder::HinduUndividedFamily => "Hindu undivided family",
            PanHolder::ArtificialJuridicalPerson => "artificial juridical person",
            PanHolder::LocalAuthority => "local authority",
            PanHolder::Individual => "individual",
            PanHolder::Trust => "trust",
        }
    }
}

/// A valid PAN, e.g. `AAPFU0939F`. `Debug` shows the last four characters only.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pan(pub(crate) String);

id_traits!(Pan, masked 4);

impl Pan {
    /// Reads a PAN; spaces, hyphens and lower case are accepted.
    pub fn parse(text: &str) -> Result<Pan, IdError> {
        let text = clean(IdKind::Pan, text, Hyphens::Drop)?;
        match_exact(IdKind::Pan, &text, &PATTERN)?;
        check_parts(IdKind::Pan, &text, 0)?;
        Ok(Pan(text))
    }

    /// Who holds it.
    pub fn holder(&self) -> PanHolder {
        // Construction has checked the letter.
        self.0.chars().nth(3).and_then(PanHolder::from_letter).unwrap_or(PanHolder::Company)
    }

    /// The number with all but the last four characters hidden, e.g. `XXXXXX939F`.
    pub fn masked(&self) -> String {
        format!("XXXXXX{}", self.0.get(6..).unwrap_or(""))
    }
}

/// The checks beyond letter and digit places, for a PAN that starts `offset` characters into `text`.
pub(crate) fn check_parts(kind: IdKind, text: &str, offset: usize) -> Result<(), IdError> {
    let letter = text.chars().nth(offset + 3).unwrap_or(' ');
    if PanHolder::from_letter(letter).is_none() {
        let inside = if offset == 0 { "" } else { " of the PAN inside" };
        return Err(IdError::at(
            kind,
            offset + 4,
            Some(letter),
            "one of A B C F G H J L P T",
            format!("4th letter{inside} {letter} is not a holder type; expected one of A B C F G H J L P T."),
        ));
    }
    if text.get(offset + 5..offset + 9) == Some("0000") {
        return Err(IdError::at(
            kind,
            offset + 6,
            Some('0'),
            "0001 to 9999",
            "The four digits of a PAN run from 0001 to 9999, not 0000. Check the PAN again.",
        ));
    }
    Ok(())
}
