//! GET /api/clients

use super::dto::ClientSummaryDto;
use crate::http::list::{parse_sort, parse_words};
use crate::http::{ApiError, Caller, ErrorBody, ListQuery, PageParams};
use crate::state::AppState;
use actix_web::{get, web};
use app::transact;
use clients::{ClientFilter, ClientSort, EntityType, Status};
use kernel::{Id, Permission};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Filters, order and page. Values of one key are alternatives.
#[derive(Debug, Default, Clone, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ClientListQuery {
    /// Part of a name, or the start of a PAN, GSTIN or CIN.
    pub q: Option<String>,
    /// `active`, ...
    #[serde(default)]
    #[param(required = false)]
    pub status: Vec<String>,
    /// `RBI`, ...
    #[serde(default)]
    #[param(required = false)]
    pub regulator: Vec<String>,
    /// `private_company`, ...
    #[serde(default)]
    #[param(required = false)]
    pub entity_type: Vec<String>,
    /// Owners.
    #[serde(default)]
    #[param(required = false)]
    pub owner_id: Vec<i64>,
    /// Labels.
    #[serde(default)]
    #[param(required = false)]
    pub tag: Vec<String>,
    /// `clientName`, `pastDue`, `openFilings`, `createdAt`, `updatedAt`; a minus turns it round.
    pub sort: Option<String>,
    /// From 1.
    pub page: Option<u32>,
    /// 1 to 200.
    pub per_page: Option<u32>,
    /// For exports only.
    pub format: Option<String>,
}

impl ClientListQuery {
    /// The filter, or what is wrong with it.
    pub fn filter(&self) -> Result<ClientFilter, ApiError> {
        Ok(ClientFilter {
            ids: Vec::new(),
            q: self.q.clone().map(|q| q.replace('\0', "")),
            status: parse_words("status", &self.status, Status::parse)?,
            regulator: self.regulator.iter().map(|r| r.to_uppercase()).collect(),
            entity_type: parse_words("entityType", &self.entity_type, EntityType::parse)?,
            owner: self.owner_id.iter().copied().map(Id::new).collect(),
            tag: self.tag.clone(),
        })
    }

    /// The order, or what is wrong with it.
    pub fn order(&self) -> Result<Vec<(ClientSort, bool)>, ApiError> {
        let key = |name: &str| match name {
            "clientName" => Some(ClientSort::Name),
            "pastDue" => Some(ClientSort::PastDue),
            "openFilings" => Some(ClientSort::OpenFilings),
            "createdAt" => Some(ClientSort::Created),
            "updatedAt" => Some(ClientSort::Updated),
            _ => None,
        };
        parse_sort(self.sort.as_deref(), key, "clientName, pastDue, openFilings, createdAt, updatedAt")
    }
}

/// One page of clients.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClientPage {
    items: Vec<ClientSummaryDto>,
    total: i64,
    page: u32,
    per_page: u32,
    counts: ClientCountsDto,
}

/// How many clients there are in each state, under the same filter without the status.
#[derive(Serialize, ToSchema)]
pub struct ClientCountsDto {
    all: i64,
    active: i64,
    onboarding: i64,
    inactive: i64,
}

/// Clients, filtered, sorted and paged by the server.
#[utoipa::path(tag = "clients", params(ClientListQuery), responses(
    (status = 200, body = ClientPage), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[get("/clients")]
pub async fn list_clients(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<ClientListQuery>,
) -> Result<web::Json<ClientPage>, ApiError> {
    caller.require(Permission::ClientsView)?;
    let query = query.0;
    let (filter, order) = (query.filter()?, query.order()?);
    let request = PageParams { page: query.page, per_page: query.per_page }.checked()?;
    let today = caller.actor.today();
    let (page, counts) = transact(state.db.as_ref(), &caller.actor, async |tx| {
        tx.list_clients(&filter, &order, request, today).await
    })
    .await?;
    Ok(web::Json(ClientPage {
        items: page.items.into_iter().map(Into::into).collect(),
        total: page.total,
        page: request.page,
        per_page: request.per_page,
        counts: ClientCountsDto {
            all: counts.all,
            active: counts.active,
            onboarding: counts.onboarding,
            inactive: counts.inactive,
        },
    }))
}
