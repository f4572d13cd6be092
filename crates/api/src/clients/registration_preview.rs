//! POST /api/clients/{id}/registrations/preview

use super::dto::RegistrationBody;
use super::facts::Replanned;
use crate::http::{ApiError, Caller, ErrorBody, Json};
use crate::state::AppState;
use actix_web::{post, web};
use app::clients as cases;
use app::{Tx, dry_run};
use clients::Registration;
use kernel::{FieldErrors, Id};
use serde::Deserialize;
use utoipa::ToSchema;

/// A change that is not made yet: one to add, one to change, or one to remove when only its id is given.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PreviewRegistrationBody {
    /// The registration that changes or goes; none for one to add.
    id: Option<i64>,
    /// What it becomes; none for one to remove.
    registration: Option<RegistrationBody>,
}

/// What adding, changing or removing a licence would do to the client's filings. Nothing is written.
#[utoipa::path(tag = "clients", params(("id" = i64, Path)), request_body = PreviewRegistrationBody, responses(
    (status = 200, body = Replanned), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/clients/{id}/registrations/preview")]
pub async fn preview_registration(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    body: Json<PreviewRegistrationBody>,
) -> Result<web::Json<Replanned>, ApiError> {
    let (actor, client) = (&caller.actor, Id::new(*id));
    let PreviewRegistrationBody { id, registration } = body.0;
    let work = async |tx: &mut dyn Tx| match (id.map(Id::new), registration.map(Into::into)) {
        (None, Some(facts)) => cases::add_registration(tx, actor, client, facts).await.map(|(_, diff)| diff),
        (Some(id), Some(facts)) => {
            let wanted = Registration { id, facts };
            cases::change_registration(tx, actor, client, wanted).await.map(|(_, diff)| diff)
        }
        (Some(id), None) => cases::remove_registration(tx, actor, client, id).await,
        (None, None) => {
            Err(FieldErrors::one("registration", "Send the registration, or the id of one.").into())
        }
    };
    let diff = dry_run(state.db.as_ref(), actor, work).await?;
    Ok(web::Json(Replanned { diff: diff.into(), client: None }))
}
