//! Cross-checks between the identifiers of one client and its record.
#![expect(clippy::unwrap_used, reason = "a helper that fails is a failing test")]

use kyc::{Cin, EntityKind, Gstin, Identifiers, Llpin, Mismatch, Pan, Severity, cross_check, gstin};

fn gstin_of(state: &str, pan: &str) -> Option<Gstin> {
    let first = format!("{state}{pan}1Z");
    let check = gstin::check_char(first.as_bytes()).unwrap();
    Some(Gstin::parse(&format!("{first}{check}")).unwrap())
}

fn company() -> Identifiers {
    Identifiers {
        pan: Some(Pan::parse("AABCS1429B").unwrap()),
        gstin: gstin_of("27", "AABCS1429B"),
        cin: Some(Cin::parse("U65990PN2019PTC184567").unwrap()),
        llpin: None,
        entity_kind: Some(EntityKind::PrivateCompany),
        incorporated_year: Some(2019),
        state: Some("MH".to_owned()),
    }
}

fn only(found: &[Mismatch], field: &str, severity: Severity, text: &str) {
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((found[0].field, found[0].severity), (field, severity));
    assert!(found[0].message.contains(text), "{found:?}");
}

#[test]
fn a_consistent_company_has_no_mismatch() {
    assert_eq!(cross_check(&company()), vec![]);
    assert_eq!(cross_check(&Identifiers::default()), vec![]);
}

#[test]
fn pan_inside_the_gstin_must_be_the_pan() {
    let ids = Identifiers { gstin: gstin_of("27", "AAPCU0939F"), ..company() };
    only(&cross_check(&ids), "gstin", Severity::Error, "PAN inside the GSTIN is AAPCU0939F");
}

#[test]
fn holder_letter_must_fit_the_entity() {
    let firm = "AAPFU0939F";
    let ids = Identifiers { pan: Some(Pan::parse(firm).unwrap()), gstin: gstin_of("27", firm), ..company() };
    only(&cross_check(&ids), "pan", Severity::Error, "4th letter F of the PAN means firm or LLP");
    let ids = Identifiers { pan: None, gstin: gstin_of("27", firm), ..company() };
    only(&cross_check(&ids), "gstin", Severity::Error, "4th letter F of the PAN inside the GSTIN");
}

#[test]
fn another_state_is_a_warning() {
    let ids = Identifiers { gstin: gstin_of("29", "AABCS1429B"), ..company() };
    only(
        &cross_check(&ids),
        "gstin",
        Severity::Warning,
        "GSTIN is of Karnataka, the CIN of Maharashtra (Pune)",
    );
    let ids = Identifiers { state: Some("KA".to_owned()), ..company() };
    only(&cross_check(&ids), "cin", Severity::Warning, "registered office is in Karnataka");
}

#[test]
fn cin_class_year_and_listing_must_fit_the_record() {
    let ids = Identifiers { entity_kind: Some(EntityKind::PublicCompany), ..company() };
    only(&cross_check(&ids), "cin", Severity::Error, "CIN says PTC (private limited company)");
    let ids = Identifiers { incorporated_year: Some(2018), ..company() };
    only(&cross_check(&ids), "cin", Severity::Error, "incorporated in 2019");
    let listed = Some(Cin::parse("L65990MH2019PLC184567").unwrap());
    let ids = Identifiers { cin: listed, entity_kind: Some(EntityKind::PublicCompany), ..company() };
    only(&cross_check(&ids), "cin", Severity::Warning, "starts with L (listed)");
}

#[test]
fn an_llp_has_an_llpin_and_no_cin() {
    let llp = Identifiers {
        pan: Some(Pan::parse("AAPFU0939F").unwrap()),
        llpin: Some(Llpin::parse("AAB-1234").unwrap()),
        entity_kind: Some(EntityKind::Llp),
        ..Identifiers::default()
    };
    assert_eq!(cross_check(&llp), vec![]);
    let both = Identifiers { cin: company().cin, ..llp };
    let fields: Vec<&str> = cross_check(&both).iter().map(|m| m.field).collect();
    assert_eq!(fields, ["cin", "llpin"]);
}

#[test]
fn entity_keys_of_the_record_are_known() {
    let keys = "private_company|public_company|listed_company|opc|llp|partnership|trust|society|individual|huf|\
                foreign_company|other";
    for key in keys.split('|') {
        assert!(EntityKind::from_key(key).is_some(), "{key}");
    }
}
