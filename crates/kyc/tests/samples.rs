//! The samples of the domain notes, from a data file, and hostile input.

use kyc::{Aadhaar, Cin, CkycKin, Din, Gstin, IdKind, Lei, Llpin, Pan, check};
use time::macros::date;

#[test]
fn every_sample_gives_its_answer() {
    let mut seen = 0;
    for (number, line) in include_str!("samples.tsv").lines().enumerate() {
        if line.starts_with('#') || line.is_empty() {
            continue;
        }
        let cols: Vec<&str> = line.split('\t').collect();
        let [kind, text, verdict, position, wanted, reason] = cols[..] else {
            panic!("line {}: six columns expected", number + 1)
        };
        let report = check(text, Some(kind.parse::<IdKind>().unwrap()));
        let at = format!("line {}: {kind} {text:?} ({reason}): {report:?}", number + 1);
        assert_eq!(report.valid, verdict == "valid", "{at}");
        if let Some(error) = report.error {
            assert!(error.message.contains(wanted), "{at}");
            assert_eq!(error.position.map_or("-".to_owned(), |p| p.to_string()), position, "{at}");
            assert!(!error.expected.is_empty(), "{at}");
        } else {
            assert_eq!(report.normalised.as_deref(), Some(wanted), "{at}");
            let guessed = check(text, None);
            if !kind.ends_with("registration") || kind.starts_with("sebi") {
                assert_eq!(guessed.kind.map(IdKind::key), Some(kind), "guess, {at}");
            }
        }
        seen += 1;
    }
    assert!(seen > 100, "only {seen} samples read");
}

#[test]
fn hostile_text_is_refused_with_a_place() {
    for kind in IdKind::ALL {
        for text in ["27AAPFU\u{0}939F1ZV", "\u{1}", "AB\nCD", "x\u{7f}y"] {
            let error = check(text, Some(kind)).error.unwrap();
            assert!(error.position.is_some(), "{kind}: {text:?}: {error:?}");
        }
        let long = "A".repeat(1_000_000);
        let error = check(&long, Some(kind)).error.unwrap();
        assert!(error.message.len() < 200 && error.position.is_none(), "{kind}: {error:?}");
        assert!(!check("", Some(kind)).valid);
        assert!(!check("\u{a0} \t ", Some(kind)).valid);
    }
    assert_eq!(check("hello world", None).kind, None);
    assert_eq!(check("", None).kind, None);
}

#[test]
fn a_wrong_number_is_guessed_by_its_shape() {
    let cases = [
        ("27AAPFU0939F1ZO", "gstin"),
        ("27AAPFU0939F1Z", "gstin"),
        ("ACUXA7085R", "pan"),
        ("L22210MH1995PLX084781", "cin"),
        ("999941057059", "aadhaar"),
        ("335800ABCDEF12345652", "lei"),
        ("INX000007304", "sebi_registration"),
        ("IN/AIF4/17-18/0326", "sebi_registration"),
        ("HDFC1000123", "ifsc"),
        ("ARN-12X", "amfi_arn"),
    ];
    for (text, kind) in cases {
        let report = check(text, None);
        assert_eq!(report.kind.map(IdKind::key), Some(kind), "{text}");
        assert!(!report.valid && report.error.is_some());
    }
}

#[test]
fn a_valid_number_is_guessed_before_a_prefix_decides() {
    // An LEI may start with ARN or IN; an ARN of four digits has the shape of an LLPIN.
    let lei = (2..=98)
        .map(|check| format!("ARN0000000000000AB{check:02}"))
        .find(|text| Lei::parse(text).is_ok())
        .unwrap();
    assert_eq!(check(&lei, None).kind, Some(IdKind::Lei));
    assert_eq!(check("ARN1234", None).kind, Some(IdKind::AmfiArn));
}

#[test]
fn cin_parts_of_example_24() {
    let listed = Cin::parse("L22210MH1995PLC084781").unwrap();
    assert!(listed.listed());
    assert_eq!((listed.nic(), listed.state().code, listed.year()), ("22210", "MH", 1995));
    assert_eq!((listed.class().title(), listed.registration_number()), ("public limited company", "084781"));
    let private = Cin::parse("U51909KA2011PTC060489").unwrap();
    assert!(!private.listed());
    assert_eq!((private.nic(), private.state().code, private.year()), ("51909", "KA", 2011));
    assert_eq!(
        (private.class().title(), private.registration_number()),
        ("private limited company", "060489")
    );
}

#[test]
fn cin_year_may_not_be_in_the_future() {
    let today = date!(2026 - 11 - 21);
    assert!(Cin::parse_as_of("U51909KA2026PTC060489", today).is_ok());
    let error = Cin::parse_as_of("U51909KA2027PTC060489", today).unwrap_err();
    assert_eq!((error.position, error.found), (Some(9), Some('2')));
    assert!(error.message.contains("1800 to 2026"));
    assert!(Cin::parse("U51909KA2027PTC060489").is_ok());
}

#[test]
fn gstin_parts() {
    let gstin = Gstin::parse("27AAPFU0939F1ZV").unwrap();
    assert_eq!(gstin.state().name, "Maharashtra");
    assert_eq!(gstin.pan(), Pan::parse("AAPFU0939F").unwrap());
    assert_eq!(gstin.pan().holder().letter(), 'F');
    assert_eq!((gstin.entity_number(), gstin.category_letter()), ('1', 'Z'));
    for code in ["97", "99", "38", "25", "28"] {
        let text = format!("{code}AAPFU0939F1D");
        let check = kyc::gstin::check_char(text.as_bytes()).unwrap();
        let gstin = Gstin::parse(&format!("{text}{check}")).unwrap();
        assert_eq!((gstin.state().code, gstin.category_letter()), (code, 'D'));
    }
}

#[test]
fn personal_numbers_do_not_leak() {
    let aadhaar = Aadhaar::parse("999941057058").unwrap();
    assert_eq!(aadhaar.to_string(), "XXXX XXXX 7058");
    assert_eq!(aadhaar.as_str(), "XXXX XXXX 7058");
    assert!(!format!("{aadhaar:?}").contains("9999"));
    assert_eq!(Aadhaar::from_masked("XXXX XXXX 7058").unwrap(), aadhaar);
    assert_eq!(Aadhaar::from_masked("7058").unwrap(), aadhaar);
    assert!(Aadhaar::from_masked("999941057058").is_err());
    let error = Aadhaar::parse("999941057059").unwrap_err();
    assert!(error.found.is_none() && !format!("{error:?}").contains("9999"));
    let report = check("999941057058", None);
    assert!(!format!("{report:?}").contains("99994105"), "{report:?}");
    assert_eq!(format!("{:?}", Pan::parse("ACUPA7085R").unwrap()), "Pan(XXXXXX085R)");
    assert_eq!(Pan::parse("ACUPA7085R").unwrap().masked(), "XXXXXX085R");
    assert_eq!(format!("{:?}", Din::parse("00123456").unwrap()), "Din(XXXX3456)");
    assert!(!format!("{:?}", CkycKin::parse("60012345678901").unwrap()).contains("600123"));
}

#[test]
fn sixteen_digits_may_be_a_virtual_id() {
    // 15 digits and their Verhoeff digit, found by trying all ten.
    let vid = (0..10).map(|digit| format!("912345678901234{digit}")).find(|text| {
        check(text, Some(IdKind::Aadhaar)).error.is_some_and(|e| e.message.contains("virtual ID"))
    });
    assert!(vid.is_some());
}

#[test]
fn text_forms_agree() {
    let llpin: Llpin = "aab 1234".parse().unwrap();
    assert_eq!((llpin.as_str(), llpin.to_string().as_str()), ("AAB-1234", "AAB-1234"));
    let lei = Lei::parse("335800ABCDEF12345625").unwrap();
    assert_eq!((lei.issuer(), lei.check()), ("3358", "25"));
    assert_eq!("ckyc-kin".parse::<IdKind>().unwrap(), IdKind::CkycKin);
    assert!("nonsense".parse::<IdKind>().unwrap_err().contains("gstin"));
}
