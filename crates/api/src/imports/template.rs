//! GET /api/clients/import/template

use super::stream::{FileFormat, attachment};
use crate::http::{ApiError, Caller, ErrorBody, ListQuery};
use crate::state::AppState;
use actix_web::{HttpResponse, get, web};
use app::imports::template;
use kernel::Permission;
use serde::Deserialize;
use utoipa::IntoParams;

/// Which kind of file.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TemplateQuery {
    /// `xlsx` (the default) or `csv`.
    format: Option<String>,
}

/// An empty sheet with all fields; the workbook explains each of them on a second sheet.
#[utoipa::path(tag = "imports", params(TemplateQuery), responses(
    (status = 200, body = Vec<u8>, content_type = "application/octet-stream"), (status = 401, body = ErrorBody),
    (status = 403, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[get("/clients/import/template")]
pub async fn import_template(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<TemplateQuery>,
) -> Result<HttpResponse, ApiError> {
    caller.require(Permission::ClientsImport)?;
    let format = FileFormat::parse(query.0.format.as_deref(), FileFormat::Xlsx)?;
    let bytes = template(&caller.actor, &state.sheets, format == FileFormat::Xlsx).await?;
    Ok(attachment(format, &format!("clients-template.{}", format.extension())).body(bytes))
}
