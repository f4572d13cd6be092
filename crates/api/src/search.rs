//! GET /api/search

use crate::filings::dto::FilingDto;
use crate::http::{ApiError, Caller, ErrorBody, ListQuery};
use crate::state::AppState;
use actix_web::{get, web};
use app::search::{FoundClient, find};
use app::transact;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// What to look for.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SearchQuery {
    /// Words of a client's name, the beginning of an identifier, a return's code, or a filing's number.
    pub q: Option<String>,
}

/// What was found, at most eight of each kind.
#[derive(Serialize, ToSchema)]
pub struct SearchAnswer {
    clients: Vec<FoundClientDto>,
    /// Open filings, soonest first; closed ones when none is open.
    filings: Vec<FilingDto>,
}

/// A client that was found.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FoundClientDto {
    /// Id within the firm.
    id: i64,
    /// As registered.
    client_name: String,
    /// As the firm calls it.
    short_name: String,
    /// `active`, ...
    status: String,
    /// The identifier that matched, when it was not the name.
    identifier: Option<String>,
}

impl From<FoundClient> for FoundClientDto {
    fn from(found: FoundClient) -> Self {
        Self {
            id: found.id.get(),
            client_name: found.client_name,
            short_name: found.short_name,
            status: found.status,
            identifier: found.identifier,
        }
    }
}

/// Clients and filings by a few words, for the command palette.
#[utoipa::path(tag = "system", params(SearchQuery), responses(
    (status = 200, body = SearchAnswer), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody)))]
#[get("/search")]
pub async fn search(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<SearchQuery>,
) -> Result<web::Json<SearchAnswer>, ApiError> {
    let (actor, text) = (&caller.actor, query.0.q.unwrap_or_default());
    let found = transact(state.db.as_ref(), actor, async |tx| find(tx, actor, &text).await).await?;
    let today = actor.today();
    Ok(web::Json(SearchAnswer {
        clients: found.clients.into_iter().map(Into::into).collect(),
        filings: found.filings.into_iter().map(|row| FilingDto::of(row, today)).collect(),
    }))
}
