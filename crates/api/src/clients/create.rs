//! POST /api/clients

use super::dto::{ClientDto, ContactBody, RegistrationBody};
use super::load::load;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, post, web};
use app::clients::{ClientError, create_client as take_on};
use app::transact;
use clients::{EntityType, FactChange, Identifiers, NewClient, RiskRating, Status};
use kernel::{Date, FieldErrors, Id, StoreError};
use serde::Deserialize;
use utoipa::ToSchema;

/// A client to take on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct CreateClientBody {
    /// Legal name.
    #[schema(example = "Sahyadri Capital Finance Private Limited", max_length = 200)]
    client_name: String,
    short_name: Option<String>,
    /// `private_company`, ...
    entity_type: String,
    pan: Option<String>,
    gstin: Option<String>,
    cin: Option<String>,
    llpin: Option<String>,
    lei: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    incorporated_on: Option<Date>,
    /// Filings due from this day on are tracked; today when absent.
    #[schema(value_type = Option<String>, format = Date)]
    track_from: Option<Date>,
    /// `onboarding` or `active`; active when absent.
    status: Option<String>,
    risk_rating: Option<String>,
    owner_id: Option<i64>,
    #[serde(default)]
    #[schema(required = false)]
    tags: Vec<String>,
    notes: Option<String>,
    #[serde(default)]
    #[schema(required = false)]
    registrations: Vec<RegistrationBody>,
    #[serde(default)]
    #[schema(required = false)]
    contacts: Vec<ContactBody>,
    #[serde(default)]
    #[schema(required = false)]
    facts: Vec<FactBody>,
    /// Go on although it looks like a client that is there.
    #[serde(default)]
    #[schema(required = false)]
    allow_duplicate: bool,
}

/// A value for a fact.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct FactBody {
    key: String,
    /// As text; null ends the fact.
    value: Option<String>,
    /// First day; absent means since ever.
    #[schema(value_type = Option<String>, format = Date)]
    valid_from: Option<Date>,
}

impl From<FactBody> for FactChange {
    fn from(b: FactBody) -> Self {
        Self { key: b.key, value: b.value, valid_from: b.valid_from }
    }
}

/// Reads words of fixed vocabularies; collects what is wrong.
pub(super) fn vocabulary<T>(
    errors: &mut FieldErrors,
    field: &str,
    text: Option<&str>,
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let text = text?;
    let value = read(text);
    if value.is_none() {
        errors.add(field, format!("\"{text}\" is not a value of this field."));
    }
    value
}

impl CreateClientBody {
    fn into_new(self) -> Result<(NewClient, bool), FieldErrors> {
        let mut errors = FieldErrors::new();
        let entity = vocabulary(&mut errors, "entityType", Some(&self.entity_type), EntityType::parse);
        let status = vocabulary(&mut errors, "status", self.status.as_deref(), Status::parse);
        let risk = vocabulary(&mut errors, "riskRating", self.risk_rating.as_deref(), RiskRating::parse);
        errors.into_result()?;
        let new = NewClient {
            client_name: self.client_name,
            short_name: self.short_name,
            entity_type: entity.unwrap_or(EntityType::Other),
            status: status.unwrap_or(Status::Active),
            risk_rating: risk,
            identifiers: Identifiers {
                pan: self.pan,
                gstin: self.gstin,
                cin: self.cin,
                llpin: self.llpin,
                lei: self.lei,
            },
            incorporated_on: self.incorporated_on,
            track_from: self.track_from,
            owner: self.owner_id.map(Id::new),
            tags: self.tags,
            notes: self.notes.unwrap_or_default(),
            registrations: self.registrations.into_iter().map(Into::into).collect(),
            contacts: self.contacts.into_iter().map(Into::into).collect(),
            facts: self.facts.into_iter().map(Into::into).collect(),
        };
        Ok((new, self.allow_duplicate))
    }
}

/// Take on a client; its filings for the next 18 months are planned at once.
#[utoipa::path(tag = "clients", request_body = CreateClientBody, responses(
    (status = 201, body = ClientDto), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/clients")]
pub async fn create_client(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<CreateClientBody>,
) -> Result<HttpResponse, ApiError> {
    caller.require(kernel::Permission::ClientsEdit)?;
    let (new, allow_duplicate) = body.0.into_new()?;
    let actor = &caller.actor;
    let made = transact(state.db.as_ref(), actor, async |tx| {
        let (client, _) = take_on(tx, actor, new, allow_duplicate).await?;
        load(tx, actor, client.id).await?.ok_or(ClientError::Store(StoreError::Stale))
    })
    .await?;
    let place = format!("/api/clients/{}", made.summary.id);
    Ok(HttpResponse::Created().insert_header((LOCATION, place)).json(made))
}
