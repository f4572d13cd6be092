//! PATCH /api/clients/{id}

use super::create::vocabulary;
use super::dto::ClientDto;
use super::load::load;
use crate::approvals::answer::accepted;
use crate::http::wire::nullable;
use crate::http::{ApiError, Caller, ErrorBody, IfMatch, Json};
use crate::state::AppState;
use actix_web::{HttpResponse, patch, web};
use app::clients::ClientError;
use app::guard::{Command, GuardError, Outcome, submit};
use app::transact;
use clients::{ClientPatch, EntityType, Identifiers, RiskRating, Status};
use kernel::{Date, FieldErrors, Id, Permission, StoreError};
use serde::Deserialize;
use utoipa::ToSchema;

/// A JSON merge patch: absent leaves, null clears.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UpdateClientBody {
    client_name: Option<String>,
    short_name: Option<String>,
    entity_type: Option<String>,
    status: Option<String>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    risk_rating: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    pan: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    gstin: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    cin: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    llpin: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>)]
    lei: Option<Option<String>>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<String>, format = Date)]
    incorporated_on: Option<Option<Date>>,
    #[schema(value_type = Option<String>, format = Date)]
    track_from: Option<Date>,
    #[serde(default, deserialize_with = "nullable")]
    #[schema(value_type = Option<i64>)]
    owner_id: Option<Option<i64>>,
    tags: Option<Vec<String>>,
    notes: Option<String>,
    /// For whoever approves the change, when it has to wait.
    #[schema(max_length = 2000)]
    approval_note: Option<String>,
}

impl UpdateClientBody {
    fn numbered(&self) -> bool {
        [&self.pan, &self.gstin, &self.cin, &self.llpin, &self.lei].iter().any(|field| field.is_some())
    }

    fn into_patch(self, present: Identifiers) -> Result<ClientPatch, FieldErrors> {
        let mut errors = FieldErrors::new();
        let entity_type =
            vocabulary(&mut errors, "entityType", self.entity_type.as_deref(), EntityType::parse);
        let status = vocabulary(&mut errors, "status", self.status.as_deref(), Status::parse);
        let risk_rating = self
            .risk_rating
            .as_ref()
            .map(|text| vocabulary(&mut errors, "riskRating", text.as_deref(), RiskRating::parse));
        errors.into_result()?;
        let numbered = self.numbered();
        let identifiers = Identifiers {
            pan: self.pan.unwrap_or(present.pan),
            gstin: self.gstin.unwrap_or(present.gstin),
            cin: self.cin.unwrap_or(present.cin),
            llpin: self.llpin.unwrap_or(present.llpin),
            lei: self.lei.unwrap_or(present.lei),
        };
        Ok(ClientPatch {
            client_name: self.client_name,
            short_name: self.short_name,
            entity_type,
            status,
            risk_rating,
            identifiers: numbered.then_some(identifiers),
            incorporated_on: self.incorporated_on,
            track_from: self.track_from,
            owner: self.owner_id.map(|owner| owner.map(Id::new)),
            tags: self.tags,
            notes: self.notes,
        })
    }
}

/// Change the record. What the rulebook reads re-plans the filings in the same transaction. When the firm wants a second
/// pair of eyes on one of the fields, the whole change waits and the answer is 202.
#[utoipa::path(tag = "clients", request_body = UpdateClientBody,
    params(("id" = i64, Path), ("If-Match" = String, Header, description = "The version you saw")), responses(
    (status = 200, body = ClientDto), (status = 202, body = crate::approvals::dto::ProposedAnswer), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody),
    (status = 428, body = ErrorBody)))]
#[patch("/clients/{id}")]
pub async fn update_client(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    version: IfMatch,
    body: Json<UpdateClientBody>,
) -> Result<HttpResponse, ApiError> {
    let (db, actor, id) = (state.db.as_ref(), &caller.actor, Id::new(*id));
    caller.require(Permission::ClientsEdit)?;
    let mut body = body.0;
    let note = body.approval_note.take();
    let present = transact(db, actor, async |tx| tx.client(id).await).await?;
    let patch = body.into_patch(present.ok_or(ClientError::NotFound)?.identifiers)?;
    let fields = Box::new(patch.into());
    let command = Command::UpdateClient { client: id.get(), version: version.0, fields };
    match submit(db, actor, command, note).await {
        Ok(Outcome::Waits(proposal, _)) => accepted(&state, &caller, proposal).await,
        Ok(Outcome::Done(_)) => {
            let saved = transact(db, actor, async |tx| load(tx, actor, id).await).await?;
            Ok(HttpResponse::Ok().json(saved.ok_or(ClientError::NotFound)?))
        }
        Err(GuardError::Client(ClientError::Store(StoreError::Stale))) => {
            let current = transact(db, actor, async |tx| load(tx, actor, id).await).await?;
            let current = serde_json::to_value(current).unwrap_or_default();
            Err(ApiError::from(StoreError::Stale).with("current", current))
        }
        Err(error) => Err(error.into()),
    }
}
