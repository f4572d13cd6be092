//! GET /api/reference: the vocabularies a screen needs once per session.

use crate::clients::fact_dto::kind_word;
use crate::http::{ApiError, Caller, ErrorBody};
use actix_web::{get, web};
use app::reference::{REGULATORS, category_title, registration_categories};
use clients::parts::REGISTRATION_STATUSES;
use clients::{EntityType, RiskRating, Status};
use filings::FilingStatus;
use rulebook::{FactKind, Rulebook};
use serde::Serialize;
use utoipa::ToSchema;

/// A value and its words.
#[derive(Serialize, ToSchema)]
pub struct Word {
    key: String,
    title: String,
}

fn word(key: &str, title: &str) -> Word {
    Word { key: key.to_owned(), title: title.to_owned() }
}

/// A kind of registration.
#[derive(Serialize, ToSchema)]
pub struct CategoryWord {
    regulator: String,
    category: String,
    title: String,
}

/// A fact that can be known about a client.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FactWord {
    key: String,
    title: String,
    /// `bool`, `date`, `number`, `text`, `one_of` or `set_of`.
    kind: String,
    /// The only values, when there are only some.
    options: Vec<String>,
    help: String,
    unit: String,
    /// Comes from the record and is not set by hand.
    from_record: bool,
}

/// An event that can be recorded.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventWord {
    kind: String,
    title: String,
    /// Once a financial year.
    per_period: bool,
    help: String,
}

/// All vocabularies.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Reference {
    entity_types: Vec<Word>,
    client_statuses: Vec<Word>,
    risk_ratings: Vec<Word>,
    regulators: Vec<Word>,
    registration_categories: Vec<CategoryWord>,
    registration_statuses: Vec<String>,
    facts: Vec<FactWord>,
    event_kinds: Vec<EventWord>,
    filing_statuses: Vec<String>,
}

/// The vocabularies a screen needs once per session.
#[utoipa::path(tag = "rulebook", responses((status = 200, body = Reference), (status = 401, body = ErrorBody)))]
#[get("/reference")]
pub async fn get_reference(_caller: Caller) -> Result<web::Json<Reference>, ApiError> {
    let rules = Rulebook::shipped();
    Ok(web::Json(Reference {
        entity_types: EntityType::ALL.iter().map(|v| word(v.as_str(), v.title())).collect(),
        client_statuses: Status::ALL.iter().map(|v| word(v.as_str(), v.title())).collect(),
        risk_ratings: RiskRating::ALL.iter().map(|v| word(v.as_str(), v.title())).collect(),
        regulators: REGULATORS.iter().map(|(key, title)| word(key, title)).collect(),
        registration_categories: registration_categories(rules)
            .into_iter()
            .map(|(regulator, category)| CategoryWord {
                title: category_title(&regulator, &category),
                regulator,
                category,
            })
            .collect(),
        registration_statuses: REGISTRATION_STATUSES.iter().map(|s| (*s).to_owned()).collect(),
        facts: rules
            .fact_defs()
            .iter()
            .map(|def| FactWord {
                key: def.key.clone(),
                title: def.title.clone(),
                kind: kind_word(&def.kind).into(),
                options: match &def.kind {
                    FactKind::OneOf(options) | FactKind::SetOf(options) => options.clone(),
                    _ => Vec::new(),
                },
                help: def.help.clone(),
                unit: def.unit.clone(),
                from_record: app::facts::FROM_RECORD.contains(&def.key.as_str()),
            })
            .collect(),
        event_kinds: rules
            .event_kinds()
            .iter()
            .map(|kind| EventWord {
                kind: kind.kind.clone(),
                title: kind.title.clone(),
                per_period: kind.per_period,
                help: kind.help.clone(),
            })
            .collect(),
        filing_statuses: FilingStatus::ALL.iter().map(|s| s.as_str().to_owned()).collect(),
    }))
}
