//! Official numbers as entered: each checked and brought into its normal form, then against each other.

use clients::{EntityType, Identifiers};
use kernel::{Date, FieldErrors};
use kyc::{Cin, EntityKind, Gstin, Lei, Llpin, Pan, Severity};

/// Checks the numbers of one client. Errors name the field as on the wire; warnings do not stop anything.
pub fn check(
    given: Identifiers,
    entity: EntityType,
    incorporated_on: Option<Date>,
    today: Date,
) -> Result<(Identifiers, Vec<(String, String)>), FieldErrors> {
    let mut errors = FieldErrors::new();
    let pan = parse(&mut errors, "pan", given.pan, |t| Pan::parse(t).map_err(|e| e.message));
    let gstin = parse(&mut errors, "gstin", given.gstin, |t| Gstin::parse(t).map_err(|e| e.message));
    let cin = parse(&mut errors, "cin", given.cin, |t| Cin::parse_as_of(t, today).map_err(|e| e.message));
    let llpin = parse(&mut errors, "llpin", given.llpin, |t| Llpin::parse(t).map_err(|e| e.message));
    let lei = parse(&mut errors, "lei", given.lei, |t| Lei::parse(t).map_err(|e| e.message));
    let mut warnings = Vec::new();
    let crossed = kyc::Identifiers {
        pan: pan.clone(),
        gstin: gstin.clone(),
        cin: cin.clone(),
        llpin: llpin.clone(),
        entity_kind: EntityKind::from_key(entity.as_str()),
        incorporated_year: incorporated_on.map(|d| d.year()),
        state: None,
    };
    for mismatch in kyc::cross_check(&crossed) {
        match mismatch.severity {
            Severity::Error => errors.add(mismatch.field, mismatch.message),
            Severity::Warning => warnings.push((mismatch.field.to_owned(), mismatch.message)),
        }
    }
    errors.into_result()?;
    let text = |value: Option<String>| value;
    let checked = Identifiers {
        pan: text(pan.map(|v| v.as_str().to_owned())),
        gstin: text(gstin.map(|v| v.as_str().to_owned())),
        cin: text(cin.map(|v| v.as_str().to_owned())),
        llpin: text(llpin.map(|v| v.as_str().to_owned())),
        lei: text(lei.map(|v| v.as_str().to_owned())),
    };
    Ok((checked, warnings))
}

fn parse<T>(
    errors: &mut FieldErrors,
    field: &str,
    given: Option<String>,
    read: impl Fn(&str) -> Result<T, String>,
) -> Option<T> {
    let text = given.filter(|t| !t.trim().is_empty())?;
    match read(&text) {
        Ok(value) => Some(value),
        Err(message) => {
            errors.add(field, message);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn numbers_are_checked_alone_and_together() {
        let today = date!(2026 - 11 - 21);
        let ids = |pan: &str, gstin: &str| Identifiers {
            pan: Some(pan.into()),
            gstin: Some(gstin.into()),
            ..Identifiers::default()
        };
        let good = ids("aapfu0939f", "27 AAPFU0939F1ZV");
        let (checked, _) = check(good, EntityType::Partnership, None, today).unwrap();
        assert_eq!(checked.pan.as_deref(), Some("AAPFU0939F"));
        assert_eq!(checked.gstin.as_deref(), Some("27AAPFU0939F1ZV"));
        let bad =
            check(ids("AAPFU0939F", "27AAPFU0939F1ZO"), EntityType::Partnership, None, today).unwrap_err();
        assert!(bad.0["gstin"][0].contains('V'), "{bad:?}");
        let other = check(ids("AABCS1429B", "27AAPFU0939F1ZV"), EntityType::PrivateCompany, None, today);
        assert!(other.is_err(), "another PAN inside the GSTIN");
    }
}
