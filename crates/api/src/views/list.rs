//! GET /api/saved-views

use super::dto::{ViewDto, filter_of};
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{get, web};
use app::transact;
use kernel::{Permission, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

/// Tabs say "999+" from here on.
const COUNTED_TO: i64 = 1_000;

/// The views of one person.
#[derive(Serialize, ToSchema)]
pub struct ViewList {
    /// Shared ones first, then the caller's own, each by name.
    items: Vec<ViewDto>,
}

/// The firm's shared views and the caller's own, each with how many filings it holds now.
#[utoipa::path(tag = "filings", responses(
    (status = 200, body = ViewList), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
#[get("/saved-views")]
pub async fn list_views(state: web::Data<AppState>, caller: Caller) -> Result<web::Json<ViewList>, ApiError> {
    caller.require(Permission::FilingsView)?;
    let (me, today) = (caller.user, caller.actor.today());
    let may_share = caller.require(Permission::ViewsShare).is_ok();
    let counted = transact(state.db.as_ref(), &caller.actor, async |tx| {
        let views = tx.views_for(me).await?;
        // A view that an older release saved may no longer be readable; it is shown without a count.
        let filters: Vec<_> = views.iter().map(|view| filter_of(&view.fields.query, me).ok()).collect();
        let readable: Vec<_> = filters.iter().flatten().cloned().collect();
        let mut counts = tx.count_filings(&readable, COUNTED_TO, today).await?.into_iter();
        let counts = filters.iter().map(|f| f.as_ref().and_then(|_| counts.next())).collect::<Vec<_>>();
        Ok::<_, StoreError>(views.into_iter().zip(counts).collect::<Vec<_>>())
    })
    .await?;
    let items = counted.into_iter().map(|(view, count)| ViewDto::of(view, me, may_share, count)).collect();
    Ok(web::Json(ViewList { items }))
}
