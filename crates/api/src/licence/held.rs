//! GET and PUT /api/license/held-clients: which clients are read-only when there are more than the plan allows.

use super::dto::ClaimsDto;
use super::refused;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{get, put, web};
use app::{licence, transact};
use kernel::id::ClientId;
use kernel::{Actor, Counted, Id, Permission, StoreError};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use utoipa::ToSchema;

/// All clients that count, and how many are too many.
#[derive(Serialize, ToSchema)]
pub struct HeldClients {
    /// How many have to be read-only.
    excess: i64,
    /// By name.
    items: Vec<HeldClient>,
}

/// A client that counts.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HeldClient {
    /// Id within the firm.
    id: i64,
    /// Legal name.
    client_name: String,
    /// Read-only now.
    held: bool,
}

/// Clients that count, with those that are read-only. Empty while the plan has room for all.
#[utoipa::path(tag = "licence", responses(
    (status = 200, body = HeldClients), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
#[get("/license/held-clients")]
pub async fn list_held(
    state: web::Data<AppState>,
    caller: Caller,
) -> Result<web::Json<HeldClients>, ApiError> {
    caller.require(Permission::ClientsView)?;
    let actor = &caller.actor;
    let limit = actor.entitlements.limit(Counted::Clients);
    let answer = transact(state.db.as_ref(), actor, async |tx| {
        let excess = limit.excess(tx.usage_of(Counted::Clients).await?);
        let mut items = Vec::new();
        if excess > 0 {
            let held: BTreeSet<ClientId> = tx.held_clients().await?.into_iter().collect();
            let counted: BTreeSet<ClientId> = tx.counted_clients().await?.into_iter().collect();
            let known = tx.known_clients().await?.into_iter().filter(|client| counted.contains(&client.id));
            items = known
                .map(|c| HeldClient {
                    id: c.id.get(),
                    held: held.contains(&c.id),
                    client_name: c.client_name,
                })
                .collect();
            items.sort_by(|a, b| a.client_name.cmp(&b.client_name));
        }
        Ok::<_, StoreError>(HeldClients { excess, items })
    })
    .await?;
    Ok(web::Json(answer))
}

/// The firm's choice.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HeldBody {
    /// Exactly as many as there are too many.
    client_ids: Vec<i64>,
}

/// Choose which clients are read-only. Nothing of them is deleted, and their filings can still be recorded.
#[utoipa::path(tag = "licence", request_body = HeldBody, responses(
    (status = 200, body = ClaimsDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[put("/license/held-clients")]
pub async fn choose_held(
    state: web::Data<AppState>,
    caller: Caller,
    body: Json<HeldBody>,
) -> Result<web::Json<ClaimsDto>, ApiError> {
    let actor = &caller.actor;
    let ids: Vec<ClientId> = body.0.client_ids.iter().map(|id| Id::new(*id)).collect();
    let now = transact(state.db.as_ref(), actor, async |tx| licence::choose_held(tx, actor, &ids).await)
        .await
        .map_err(refused("clientIds"))?;
    Ok(web::Json(ClaimsDto::of(&Actor { entitlements: Arc::new(now), ..actor.clone() })))
}
