//! GET, POST and DELETE /api/approvals/delegations

use super::dto::{PersonDto, person};
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::http::header::LOCATION;
use actix_web::{HttpResponse, delete, get, post, web};
use app::guard::{GuardError, delegate};
use app::transact;
use kernel::id::UserId;
use kernel::{Actor, Date, FieldErrors, Id};
use maker_checker::{Action, Delegation, NewDelegation};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// An absence, and who decides meanwhile.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DelegationDto {
    id: i64,
    /// Who is away.
    from: PersonDto,
    /// Who decides meanwhile; null when nobody does.
    to: Option<PersonDto>,
    /// First day.
    #[schema(value_type = String, format = Date)]
    starts: Date,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    ends: Date,
    /// For these actions; empty is all.
    actions: Vec<&'static str>,
    /// Whether it holds today.
    in_force: bool,
}

/// All of today and later.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DelegationList {
    items: Vec<DelegationDto>,
}

/// An absence to enter.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DelegationBody {
    /// Who is away; oneself when absent. Somebody else's absence needs `policies.edit`.
    from_id: Option<i64>,
    /// Who decides meanwhile; absent or null says only that the person is away.
    to_id: Option<i64>,
    /// First day.
    #[schema(value_type = String, format = Date)]
    starts: Date,
    /// Last day.
    #[schema(value_type = String, format = Date)]
    ends: Date,
    /// For these actions; empty is all.
    #[serde(default)]
    #[schema(required = false)]
    actions: Vec<String>,
}

async fn all(state: &AppState, actor: &Actor) -> Result<Vec<DelegationDto>, ApiError> {
    let (found, people) = transact(state.db.as_ref(), actor, async |tx| {
        let found = delegate::delegations(tx, actor).await?;
        Ok::<_, GuardError>((found, tx.users().await?))
    })
    .await?;
    let names: BTreeMap<UserId, String> = people.into_iter().map(|u| (u.id, u.display_name)).collect();
    let today = actor.today();
    let dto = |d: Delegation| DelegationDto {
        id: d.id.get(),
        in_force: d.covers(today),
        from: person(&names, d.facts.from),
        to: d.facts.to.map(|to| person(&names, to)),
        starts: d.facts.starts,
        ends: d.facts.ends,
        actions: d.facts.actions.iter().map(|a| a.as_str()).collect(),
    };
    Ok(found.into_iter().map(dto).collect())
}

/// Absences of today and later, with their stand-ins.
#[utoipa::path(tag = "approvals", responses(
    (status = 200, body = DelegationList), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
#[get("/approvals/delegations")]
pub async fn list_delegations(
    state: web::Data<AppState>,
    caller: Caller,
) -> Result<web::Json<DelegationList>, ApiError> {
    Ok(web::Json(DelegationList { items: all(&state, &caller.actor).await? }))
}

/// Enter an absence and who decides meanwhile. The stand-in decides in the other's place, which each decision says; never
/// about a proposal of either's own.
#[utoipa::path(tag = "approvals", request_body = DelegationBody, responses(
    (status = 201, body = DelegationDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[post("/approvals/delegations")]
pub async fn add_delegation(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<DelegationBody>,
) -> Result<HttpResponse, ApiError> {
    let (actor, body) = (&caller.actor, body.0);
    let actions: Option<Vec<Action>> = body.actions.iter().map(|text| Action::parse(text)).collect();
    let facts = NewDelegation {
        from: body.from_id.map_or(caller.user, Id::new),
        to: body.to_id.map(Id::new),
        starts: body.starts,
        ends: body.ends,
        actions: actions.ok_or_else(|| FieldErrors::one("actions", "Choose actions of the list."))?,
    };
    let id = transact(state.db.as_ref(), actor, async |tx| delegate::add_delegation(tx, actor, facts).await)
        .await?;
    let made = all(&state, actor).await?.into_iter().find(|d| d.id == id.get());
    let place = format!("/api/approvals/delegations/{id}");
    Ok(HttpResponse::Created().insert_header((LOCATION, place)).json(made))
}

/// End an absence before its last day.
#[utoipa::path(tag = "approvals", params(("id" = i64, Path)), responses(
    (status = 204), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody)))]
#[delete("/approvals/delegations/{id}")]
pub async fn end_delegation(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
) -> Result<HttpResponse, ApiError> {
    let actor = &caller.actor;
    let id = Id::new(*id);
    transact(state.db.as_ref(), actor, async |tx| delegate::end_delegation(tx, actor, id).await).await?;
    Ok(HttpResponse::NoContent().finish())
}
