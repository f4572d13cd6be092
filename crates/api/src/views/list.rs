//! GET /api/saved-views

use super::dto::{ViewDto, filter_of, list_of};
use crate::http::{ApiError, Caller, ErrorBody, ListQuery};
use crate::state::AppState;
use actix_web::{get, web};
use app::transact;
use app::views::{SavedView, ViewOf};
use kernel::{Permission, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Tabs say "999+" from here on.
const COUNTED_TO: i64 = 1_000;

/// The views of one person.
#[derive(Serialize, ToSchema)]
pub struct ViewList {
    /// Shared ones first, then the caller's own, each by name.
    items: Vec<ViewDto>,
}

/// Of which list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ViewListQuery {
    /// `filings`, unless it is `clients`.
    pub list: Option<String>,
}

/// The firm's shared views and the caller's own of one list; those of filings with how many each holds now.
#[utoipa::path(tag = "filings", params(ViewListQuery), responses(
    (status = 200, body = ViewList), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
#[get("/saved-views")]
pub async fn list_views(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<ViewListQuery>,
) -> Result<web::Json<ViewList>, ApiError> {
    let list = list_of(query.0.list.as_deref())?;
    caller.require(if list == ViewOf::Clients {
        Permission::ClientsView
    } else {
        Permission::FilingsView
    })?;
    let (me, today) = (caller.user, caller.actor.today());
    let may_share = caller.require(Permission::ViewsShare).is_ok();
    let counted = transact(state.db.as_ref(), &caller.actor, async |tx| {
        let views = tx.views_for(me, list).await?;
        // A view that an older release saved may no longer be readable; it is shown without a count.
        let filter = |view: &SavedView| match list {
            ViewOf::Filings => filter_of(&view.fields.query, me, today).ok(),
            ViewOf::Clients => None,
        };
        let filters: Vec<_> = views.iter().map(filter).collect();
        let readable: Vec<_> = filters.iter().flatten().cloned().collect();
        let mut counts = tx.count_filings(&readable, COUNTED_TO, today).await?.into_iter();
        let counts = filters.iter().map(|f| f.as_ref().and_then(|_| counts.next())).collect::<Vec<_>>();
        Ok::<_, StoreError>(views.into_iter().zip(counts).collect::<Vec<_>>())
    })
    .await?;
    let items = counted.into_iter().map(|(view, count)| ViewDto::of(view, me, may_share, count)).collect();
    Ok(web::Json(ViewList { items }))
}
