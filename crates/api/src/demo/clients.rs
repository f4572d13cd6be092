//! The demo clients. PANs are invented; GSTINs get their real check character.

use app::clients::{ClientError, create_client};
use app::{Database, transact};
use clients::{
    EntityType, FactChange, Identifiers, NewClient, NewContact, NewRegistration, RiskRating, Status,
};
use kernel::Actor;
use kernel::id::{ClientId, UserId};
use time::Duration;

struct Profile {
    name: &'static str,
    entity: EntityType,
    pan: &'static str,
    state: &'static str,
    /// CIN of a company, LLPIN of an LLP.
    number: &'static str,
    /// Year of incorporation; 0 for a person.
    year: i32,
    risk: RiskRating,
    registrations: &'static [(&'static str, &'static str, &'static str)],
    facts: &'static [(&'static str, &'static str)],
    tags: &'static [&'static str],
}

use EntityType::{Individual, Llp, PrivateCompany as Private, PublicCompany as Public, Trust};

const PROFILES: &[Profile] = &[
    Profile {
        name: "Sahyadri Capital Finance Limited",
        entity: Public,
        pan: "AAKCS7316M",
        state: "27",
        number: "U65923MH2011PLC214587",
        year: 2011,
        risk: RiskRating::Low,
        registrations: &[("RBI", "NBFC-ICC", "N-13.02417")],
        facts: &[
            ("layer", "base"),
            ("asset_size_solo", "6200000000"),
            ("deposit_taking", "false"),
            ("has_msme_dues", "true"),
            ("has_deposits_or_loans", "true"),
        ],
        tags: &["nbfc"],
    },
    Profile {
        name: "Tapti Housing and Microfinance Private Limited",
        entity: Private,
        pan: "AAFCT5521K",
        state: "24",
        number: "U65990GJ2014PTC080512",
        year: 2014,
        risk: RiskRating::Medium,
        registrations: &[("RBI", "NBFC-MFI", "N-01.00633")],
        facts: &[
            ("layer", "middle"),
            ("asset_size_solo", "14500000000"),
            ("deposit_taking", "false"),
            ("has_msme_dues", "false"),
        ],
        tags: &["nbfc", "mfi"],
    },
    Profile {
        name: "Meghdoot Payments Private Limited",
        entity: Private,
        pan: "AAICM9042R",
        state: "29",
        number: "U72900KA2018PTC113209",
        year: 2018,
        risk: RiskRating::High,
        registrations: &[("RBI", "PA", "PA/2024/017")],
        facts: &[("pa_class", "online"), ("has_msme_dues", "true")],
        tags: &["payments"],
    },
    Profile {
        name: "Deccan PPI Services Limited",
        entity: Public,
        pan: "AADCD4410H",
        state: "36",
        number: "U67190TG2016PLC109384",
        year: 2016,
        risk: RiskRating::Medium,
        registrations: &[("RBI", "PPI", "PPI/61/2017")],
        facts: &[("has_msme_dues", "false")],
        tags: &["payments"],
    },
    Profile {
        name: "Nilgiri Account Aggregator Private Limited",
        entity: Private,
        pan: "AAHCN2285Q",
        state: "33",
        number: "U65999TN2020PTC134417",
        year: 2020,
        risk: RiskRating::Low,
        registrations: &[("RBI", "NBFC-AA", "N-07.00841")],
        facts: &[("layer", "base"), ("asset_size_solo", "420000000"), ("small_company", "true")],
        tags: &["nbfc"],
    },
    Profile {
        name: "Konkan Peer Lending Private Limited",
        entity: Private,
        pan: "AAGCK7719B",
        state: "27",
        number: "U74999MH2017PTC298841",
        year: 2017,
        risk: RiskRating::High,
        registrations: &[("RBI", "NBFC-P2P", "N-13.02290")],
        facts: &[("layer", "base"), ("asset_size_solo", "310000000")],
        tags: &["nbfc", "p2p"],
    },
    Profile {
        name: "Aravalli Wealth Advisers LLP",
        entity: Llp,
        pan: "ABMFA6634L",
        state: "08",
        number: "AAQ-4471",
        year: 2019,
        risk: RiskRating::Low,
        registrations: &[("SEBI", "IA", "INA000012345")],
        facts: &[("ia_granted_on", "2022-03-10"), ("nism_certified_on", "2024-02-05")],
        tags: &["wealth"],
    },
    Profile {
        name: "Hooghly Asset Reconstruction Company Limited",
        entity: Public,
        pan: "AAECH1187P",
        state: "19",
        number: "U65999WB2013PLC195520",
        year: 2013,
        risk: RiskRating::Medium,
        registrations: &[("RBI", "ARC", "ARC/14/2013")],
        facts: &[("has_msme_dues", "false"), ("has_deposits_or_loans", "true")],
        tags: &["arc"],
    },
    Profile {
        name: "Vaigai Core Investments Limited",
        entity: Public,
        pan: "AADCV8853F",
        state: "33",
        number: "U65993TN2009PLC073316",
        year: 2009,
        risk: RiskRating::Low,
        registrations: &[("RBI", "NBFC-CIC", "C-07.00752")],
        facts: &[("layer", "middle"), ("asset_size_solo", "23800000000")],
        tags: &["nbfc", "cic"],
    },
    Profile {
        name: "Brahmaputra Fintech Private Limited",
        entity: Private,
        pan: "AAJCB3390C",
        state: "18",
        number: "U72900AS2021PTC021877",
        year: 2021,
        risk: RiskRating::Medium,
        registrations: &[("RBI", "NBFC-ICC", "N-08.00119")],
        facts: &[("layer", "base"), ("asset_size_solo", "980000000"), ("small_company", "false")],
        tags: &["nbfc"],
    },
    Profile {
        name: "Saraswati Portfolio Managers Private Limited",
        entity: Private,
        pan: "AAKCS2049D",
        state: "27",
        number: "U67120MH2015PTC263318",
        year: 2015,
        risk: RiskRating::Low,
        registrations: &[("SEBI", "PM", "INP000007213")],
        facts: &[
            ("pm_granted_on", "2023-07-01"),
            ("nism_certified_on", "2024-06-11"),
            ("small_company", "true"),
        ],
        tags: &["wealth"],
    },
    Profile {
        name: "Narmada Growth Opportunities Fund",
        entity: Trust,
        pan: "AAETN8130R",
        state: "24",
        number: "",
        year: 2021,
        risk: RiskRating::Medium,
        registrations: &[("SEBI", "AIF", "IN/AIF2/21-22/0914")],
        facts: &[
            ("aif_category", "category_2"),
            ("aif_funds_raised", "true"),
            ("nism_certified_on", "2025-01-20"),
        ],
        tags: &["aif"],
    },
    Profile {
        name: "Chambal Securities Limited",
        entity: Public,
        pan: "AADCC6617A",
        state: "07",
        number: "U65910DL2006PLC151177",
        year: 2006,
        risk: RiskRating::High,
        registrations: &[("SEBI", "STOCK-BROKER", "INZ000198431")],
        facts: &[("margin_trading", "true"), ("nism_certified_on", "2024-09-02"), ("has_msme_dues", "false")],
        tags: &["broker"],
    },
    Profile {
        name: "Periyar Fund Distributors LLP",
        entity: Llp,
        pan: "ABKFP3308E",
        state: "32",
        number: "AAR-2260",
        year: 2020,
        risk: RiskRating::Low,
        registrations: &[("AMFI", "ARN", "ARN-184426")],
        facts: &[("arn_valid_to", "2027-05-14"), ("nism_certified_on", "2024-05-15")],
        tags: &["distributor"],
    },
    Profile {
        name: "Madhavi Deshmukh",
        entity: Individual,
        pan: "BKRPD5127H",
        state: "27",
        number: "",
        year: 0,
        risk: RiskRating::Low,
        registrations: &[("SEBI", "RA", "INH000009876")],
        facts: &[("ra_granted_on", "2022-01-17"), ("nism_certified_on", "2025-08-08")],
        tags: &["research"],
    },
    Profile {
        name: "Godavari Insurance Brokers Private Limited",
        entity: Private,
        pan: "AAKCG4471P",
        state: "36",
        number: "U66220TG2015PTC100345",
        year: 2015,
        risk: RiskRating::Medium,
        registrations: &[("IRDAI", "BROKER", "DB 764/15")],
        facts: &[("has_fdi", "false"), ("has_odi", "false"), ("has_ecb", "false"), ("small_company", "true")],
        tags: &["insurance"],
    },
    Profile {
        name: "Malabar Pension Services Limited",
        entity: Public,
        pan: "AAHCM6690D",
        state: "32",
        number: "U65990KL2012PLC031221",
        year: 2012,
        risk: RiskRating::Low,
        registrations: &[("PFRDA", "POP", "POP 302112021")],
        facts: &[("pop_fee_counted_from", "2022-02-01"), ("reportable_cash", "true")],
        tags: &["pension"],
    },
    Profile {
        name: "Sabarmati Fund Managers IFSC Private Limited",
        entity: Private,
        pan: "AAYCS2217J",
        state: "24",
        number: "U66301GJ2022PTC130112",
        year: 2022,
        risk: RiskRating::High,
        registrations: &[("IFSCA", "FME", "IFSCA/FME/II/2022-23/041")],
        facts: &[("has_fdi", "true"), ("has_odi", "false"), ("cross_border_wires", "true")],
        tags: &["ifsc"],
    },
];

/// Companies hold annual general meetings; LLPs, trusts and persons do not.
pub(super) fn holds_meetings(index: usize) -> bool {
    PROFILES.get(index).is_some_and(|p| matches!(p.entity, Private | Public))
}

/// Makes the clients as the principal officer and answers their ids.
pub(super) async fn make(
    db: &dyn Database,
    actor: &Actor,
    ananya: UserId,
    farhan: UserId,
) -> Result<Vec<ClientId>, ClientError> {
    let mut made = Vec::new();
    for (index, profile) in PROFILES.iter().enumerate() {
        let owner = if index % 3 == 2 { farhan } else { ananya };
        let new = client(profile, owner, actor);
        let (client, _) = transact(db, actor, async |tx| create_client(tx, actor, new, false).await).await?;
        made.push(client.id);
    }
    Ok(made)
}

fn client(p: &Profile, owner: UserId, actor: &Actor) -> NewClient {
    let stem = format!("{}{}1Z", p.state, p.pan);
    let check = kyc::gstin::check_char(stem.as_bytes());
    let mail = format!("compliance@{}.example", p.name.split(' ').next().unwrap_or("client").to_lowercase());
    NewClient {
        client_name: p.name.into(),
        short_name: None,
        entity_type: p.entity,
        status: Status::Active,
        risk_rating: Some(p.risk),
        identifiers: Identifiers {
            pan: Some(p.pan.into()),
            gstin: check.map(|c| format!("{stem}{c}")),
            cin: (p.entity != Llp && !p.number.is_empty()).then(|| p.number.into()),
            llpin: (p.entity == Llp).then(|| p.number.into()),
            lei: None,
        },
        incorporated_on: (p.year > 0)
            .then(|| time::Date::from_calendar_date(p.year, time::Month::June, 12).ok())
            .flatten(),
        track_from: Some(actor.today() - Duration::days(200)),
        owner: Some(owner),
        tags: p.tags.iter().map(|t| (*t).into()).collect(),
        notes: String::new(),
        registrations: p
            .registrations
            .iter()
            .map(|(regulator, category, number)| NewRegistration {
                regulator: (*regulator).into(),
                category: (*category).into(),
                registration_no: (*number).into(),
                ..NewRegistration::default()
            })
            .collect(),
        contacts: vec![NewContact {
            name: "Compliance officer".into(),
            designation: "Company secretary".into(),
            email: mail,
            phone: "+91 98200 12345".into(),
            primary: true,
        }],
        facts: p
            .facts
            .iter()
            .map(|(key, value)| FactChange {
                key: (*key).into(),
                value: Some((*value).into()),
                valid_from: None,
            })
            .collect(),
    }
}
