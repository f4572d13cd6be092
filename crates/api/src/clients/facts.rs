//! PUT /api/clients/{id}/facts

use super::create::FactBody;
use super::dto::{ClientDto, PlanDiffDto};
use super::load::load;
use crate::http::{ApiError, Caller, ErrorBody, Json, ListQuery};
use crate::state::AppState;
use actix_web::{put, web};
use app::clients::{ClientError, change_facts as change};
use app::{dry_run, transact};
use kernel::Id;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Only look, or do it.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DryRun {
    /// True shows the difference and changes nothing.
    #[serde(default)]
    #[param(required = false)]
    pub dry_run: bool,
}

/// New values.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeFactsBody {
    changes: Vec<FactBody>,
}

/// The difference in obligations, and the client when it was applied.
#[derive(Serialize, ToSchema)]
pub struct Replanned {
    /// What changes.
    pub diff: PlanDiffDto,
    /// The client after it; none in a dry run.
    pub client: Option<ClientDto>,
}

/// Change facts. With `dryRun=true` the answer shows what would change and nothing is written.
#[utoipa::path(tag = "clients", params(("id" = i64, Path), DryRun), request_body = ChangeFactsBody, responses(
    (status = 200, body = Replanned), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[put("/clients/{id}/facts")]
pub async fn change_facts(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    query: ListQuery<DryRun>,
    body: Json<ChangeFactsBody>,
) -> Result<web::Json<Replanned>, ApiError> {
    let (actor, id) = (&caller.actor, Id::new(*id));
    let changes: Vec<_> = body.0.changes.into_iter().map(Into::into).collect();
    if query.0.dry_run {
        let (_, diff) =
            dry_run(state.db.as_ref(), actor, async |tx| change(tx, actor, id, changes).await).await?;
        return Ok(web::Json(Replanned { diff: diff.into(), client: None }));
    }
    let (diff, client) = transact(state.db.as_ref(), actor, async |tx| {
        let (_, diff) = change(tx, actor, id, changes).await?;
        Ok::<_, ClientError>((diff, load(tx, actor, id).await?))
    })
    .await?;
    Ok(web::Json(Replanned { diff: diff.into(), client }))
}
