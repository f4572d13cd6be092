//! GET /api/imports/{id}

use super::dto::ImportDto;
use crate::http::{ApiError, Caller, ErrorBody};
use crate::state::AppState;
use actix_web::{get, web};
use app::imports::ImportError;
use app::transact;
use clients::StoredImport;
use kernel::{Id, Permission, StoreError};

/// One import; ask again while it is `committing`.
#[utoipa::path(tag = "imports", params(("id" = i64, Path)), responses(
    (status = 200, body = ImportDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody)))]
#[get("/imports/{id}")]
pub async fn get_import(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
) -> Result<web::Json<ImportDto>, ApiError> {
    caller.require(Permission::ClientsImport)?;
    let (import, users) = transact(state.db.as_ref(), &caller.actor, async |tx| {
        let import = tx.import(Id::new(*id)).await?.ok_or(ImportError::NotFound)?;
        Ok::<_, ImportError>((import, tx.users().await?))
    })
    .await?;
    Ok(web::Json(ImportDto::of(import, &users)))
}

/// An import with the names that its answer needs.
pub(super) async fn shown(
    state: &AppState,
    caller: &Caller,
    import: StoredImport,
) -> Result<ImportDto, ApiError> {
    let users =
        transact(state.db.as_ref(), &caller.actor, async |tx| Ok::<_, StoreError>(tx.users().await?)).await?;
    Ok(ImportDto::of(import, &users))
}
