//! Checking a text of any kind: the kind is guessed from the shape when it is not given.

use time::Date;

use crate::shape::{Class, Hyphens, clean, fit};
use crate::{
    Aadhaar, AmfiArn, Cin, CkycKin, Din, Euin, Fcrn, Gstin, IdError, IdKind, Ifsc, IrdaiRegistration, Lei,
    Llpin, Pan, RbiRegistration, SebiRegistration, Tan, Udin, UdinIssuer, aadhaar, cin, ckyc_kin, din, euin,
    fcrn, gstin, ifsc, lei, llpin, pan, sebi_registration, tan, udin,
};

/// The answer of [`check`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckReport {
    /// The kind given or guessed; `None` when nothing fits.
    pub kind: Option<IdKind>,
    /// Whether the number is valid.
    pub valid: bool,
    /// The number in its written form when valid (masked for an Aadhaar).
    pub normalised: Option<String>,
    /// What the number says, as key and value, e.g. `("state", "Maharashtra")`; empty when not valid.
    pub parts: Vec<(&'static str, String)>,
    /// Why it is not valid.
    pub error: Option<IdError>,
}

type Parts = Vec<(&'static str, String)>;

/// Checks a text as the kind given, or as the kind its shape suggests. Never panics, whatever the text.
pub fn check(text: &str, kind: Option<IdKind>) -> CheckReport {
    check_as_of(text, kind, None)
}

/// As [`check`]; with `today` a CIN's year may not be in the future.
pub fn check_as_of(text: &str, kind: Option<IdKind>, today: Option<Date>) -> CheckReport {
    let Some(kind) = kind.or_else(|| guess(text)) else {
        let error = IdError {
            kind: None,
            position: None,
            found: None,
            expected: "a PAN, GSTIN, CIN, LLPIN, DIN, TAN, IFSC, LEI or another number named by its kind"
                .to_owned(),
            message:
                "This does not look like an identifier we know. Say which kind it is and check it again."
                    .to_owned(),
        };
        return CheckReport {
            kind: None,
            valid: false,
            normalised: None,
            parts: Vec::new(),
            error: Some(error),
        };
    };
    match parts_of(text, kind, today) {
        Ok((normalised, parts)) => {
            CheckReport { kind: Some(kind), valid: true, normalised: Some(normalised), parts, error: None }
        }
        Err(error) => CheckReport {
            kind: Some(kind),
            valid: false,
            normalised: None,
            parts: Vec::new(),
            error: Some(error),
        },
    }
}

fn parts_of(text: &str, kind: IdKind, today: Option<Date>) -> Result<(String, Parts), IdError> {
    let none = Parts::new();
    Ok(match kind {
        IdKind::Pan => {
            let id = Pan::parse(text)?;
            let holder = id.holder();
            (
                id.to_string(),
                vec![("holder", holder.title().to_owned()), ("holderLetter", holder.letter().to_string())],
            )
        }
        IdKind::Gstin => {
            let id = Gstin::parse(text)?;
            let pan = id.pan();
            let parts = vec![
                ("stateCode", id.state().code.to_owned()),
                ("state", id.state().name.to_owned()),
                ("pan", pan.to_string()),
                ("holder", pan.holder().title().to_owned()),
                ("entityNumber", id.entity_number().to_string()),
                ("categoryLetter", id.category_letter().to_string()),
            ];
            (id.to_string(), parts)
        }
        IdKind::Cin => {
            let id = match today {
                Some(today) => Cin::parse_as_of(text, today)?,
                None => Cin::parse(text)?,
            };
            let parts = vec![
                ("listed", if id.listed() { "listed" } else { "unlisted" }.to_owned()),
                ("nic", id.nic().to_owned()),
                ("stateCode", id.state().code.to_owned()),
                ("state", id.state().name.to_owned()),
                ("year", id.year().to_string()),
                ("classCode", id.class().code().to_owned()),
                ("class", id.class().title().to_owned()),
                ("registrationNumber", id.registration_number().to_owned()),
            ];
            (id.to_string(), parts)
        }
        IdKind::Llpin => (Llpin::parse(text)?.to_string(), none),
        IdKind::Fcrn => (Fcrn::parse(text)?.to_string(), none),
        IdKind::Din => (Din::parse(text)?.to_string(), none),
        IdKind::Tan => {
            let id = Tan::parse(text)?;
            (id.to_string(), vec![("city", id.city().to_owned())])
        }
        IdKind::Ifsc => {
            let id = Ifsc::parse(text)?;
            (id.to_string(), vec![("bank", id.bank().to_owned()), ("branch", id.branch().to_owned())])
        }
        IdKind::Aadhaar => {
            let id = Aadhaar::parse(text)?;
            (id.to_string(), vec![("lastFour", id.last_four().to_owned())])
        }
        IdKind::Lei => {
            let id = Lei::parse(text)?;
            (id.to_string(), vec![("issuer", id.issuer().to_owned()), ("checkDigits", id.check().to_owned())])
        }
        IdKind::CkycKin => {
            let id = CkycKin::parse(text)?;
            let parts = id.prefix().map(|letter| ("accountType", letter.to_string()));
            (id.to_string(), parts.into_iter().collect())
        }
        IdKind::Udin => {
            let id = Udin::parse(text)?;
            let issuer = if id.issuer() == UdinIssuer::Icai { "ICAI" } else { "ICSI" };
            (
                id.to_string(),
                vec![("issuer", issuer.to_owned()), ("memberNumber", id.member_number().to_owned())],
            )
        }
        IdKind::SebiRegistration => {
            let id = SebiRegistration::parse(text)?;
            (id.to_string(), vec![("category", id.category().title().to_owned())])
        }
        IdKind::AmfiArn => (AmfiArn::parse(text)?.to_string(), none),
        IdKind::Euin => (Euin::parse(text)?.to_string(), none),
        IdKind::IrdaiRegistration => (IrdaiRegistration::parse(text)?.to_string(), none),
        IdKind::RbiRegistration => (RbiRegistration::parse(text)?.to_string(), none),
    })
}

/// Fixed shapes; the free-text kinds are never guessed.
const SHAPES: [(IdKind, &[Class]); 15] = [
    (IdKind::Pan, &pan::PATTERN),
    (IdKind::Gstin, &gstin::PATTERN),
    (IdKind::Cin, &cin::PATTERN),
    (IdKind::Lei, &lei::PATTERN),
    (IdKind::Udin, &udin::ICAI),
    (IdKind::Udin, &udin::ICSI),
    (IdKind::CkycKin, &ckyc_kin::PATTERN),
    (IdKind::Aadhaar, &aadhaar::PATTERN),
    (IdKind::SebiRegistration, &sebi_registration::INTERMEDIARY),
    (IdKind::Ifsc, &ifsc::PATTERN),
    (IdKind::Tan, &tan::PATTERN),
    (IdKind::Din, &din::PATTERN),
    (IdKind::Llpin, &llpin::PATTERN),
    (IdKind::Euin, &euin::PATTERN),
    (IdKind::Fcrn, &fcrn::PATTERN),
];

/// Below this fit (thousandths) a shape is not suggested.
const LEAST_FIT: i64 = 700;

/// The kind a text looks like: one it is valid as, else the closest shape.
fn guess(text: &str) -> Option<IdKind> {
    let kept = clean(IdKind::SebiRegistration, text, Hyphens::Keep).ok()?;
    // A valid ARN may look like an LLPIN too, so it comes first.
    let first = [IdKind::AmfiArn, IdKind::SebiRegistration].into_iter();
    let mut candidates = first.chain(SHAPES.iter().map(|(kind, _)| *kind));
    if let Some(kind) = candidates.find(|kind| parts_of(text, *kind, None).is_ok()) {
        return Some(kind);
    }
    if kept.starts_with("ARN") {
        return Some(IdKind::AmfiArn);
    }
    if kept.starts_with("IN/") || kept.starts_with("IN-DP") {
        return Some(IdKind::SebiRegistration);
    }
    let plain = kept.replace('-', "");
    if plain.len() == 12 && plain.starts_with("IN") && plain.bytes().skip(3).all(|byte| byte.is_ascii_digit())
    {
        return Some(IdKind::SebiRegistration);
    }
    SHAPES
        .iter()
        .map(|(kind, pattern)| (fit(&plain, pattern), *kind))
        .filter(|(score, _)| *score >= LEAST_FIT)
        .max_by_key(|(score, _)| *score)
        .map(|(_, kind)| kind)
}
