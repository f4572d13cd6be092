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
    cin: &'static str,
    year: i32,
    risk: RiskRating,
    registrations: &'static [(&'static str, &'static str, &'static str)],
    facts: &'static [(&'static str, &'static str)],
    tags: &'static [&'static str],
}

use EntityType::{Llp, PrivateCompany as Private, PublicCompany as Public};

const PROFILES: &[Profile] = &[
    Profile {
        name: "Sahyadri Capital Finance Limited",
        entity: Public,
        pan: "AAKCS7316M",
        state: "27",
        cin: "U65923MH2011PLC214587",
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
        cin: "U65990GJ2014PTC080512",
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
        cin: "U72900KA2018PTC113209",
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
        cin: "U67190TG2016PLC109384",
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
        cin: "U65999TN2020PTC134417",
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
        cin: "U74999MH2017PTC298841",
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
        cin: "",
        year: 2019,
        risk: RiskRating::Low,
        registrations: &[("SEBI", "IA", "INA000012345")],
        facts: &[],
        tags: &["wealth"],
    },
    Profile {
        name: "Hooghly Asset Reconstruction Company Limited",
        entity: Public,
        pan: "AAECH1187P",
        state: "19",
        cin: "U65999WB2013PLC195520",
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
        cin: "U65993TN2009PLC073316",
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
        cin: "U72900AS2021PTC021877",
        year: 2021,
        risk: RiskRating::Medium,
        registrations: &[("RBI", "NBFC-ICC", "N-08.00119")],
        facts: &[("layer", "base"), ("asset_size_solo", "980000000"), ("small_company", "false")],
        tags: &["nbfc"],
    },
];

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
            cin: (!p.cin.is_empty()).then(|| p.cin.into()),
            llpin: (p.entity == Llp).then(|| "AAQ-4471".into()),
            lei: None,
        },
        incorporated_on: time::Date::from_calendar_date(p.year, time::Month::June, 12).ok(),
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
