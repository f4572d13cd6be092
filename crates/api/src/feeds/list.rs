//! GET /api/calendar/feeds

use super::dto::FeedDto;
use crate::http::{ApiError, Caller, ErrorBody, ListQuery};
use crate::state::AppState;
use actix_web::{get, web};
use app::{Tx, transact};
use kernel::Permission;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Calendar links.
#[derive(Serialize, ToSchema)]
pub struct FeedList {
    /// Newest first; everybody's by their owners' names.
    items: Vec<FeedDto>,
}

/// Whose.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FeedListQuery {
    /// True shows everybody's, for those who manage the people of the firm.
    #[serde(default)]
    #[param(required = false)]
    pub everyone: bool,
}

/// Calendar links that have not ended: the caller's own, or everybody's.
#[utoipa::path(tag = "filings", params(FeedListQuery), responses(
    (status = 200, body = FeedList), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
#[get("/calendar/feeds")]
pub async fn list_feeds(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<FeedListQuery>,
) -> Result<web::Json<FeedList>, ApiError> {
    caller.require(Permission::FilingsView)?;
    let (me, everyone) = (caller.user, query.0.everyone);
    if everyone {
        caller.require(Permission::UsersManage)?;
    }
    let work = async |tx: &mut dyn Tx| if everyone { tx.feeds_of_all().await } else { tx.feeds_of(me).await };
    let found = transact(state.db.as_ref(), &caller.actor, work).await?;
    Ok(web::Json(FeedList { items: found.into_iter().map(Into::into).collect() }))
}
