//! Imports of clients from spreadsheets, and what every download shares.

pub mod annotated;
pub mod check;
pub mod commit;
pub mod dto;
pub mod form;
pub mod get;
pub mod list;
pub mod stream;
pub mod template;
pub mod undo;
pub mod upload;

pub use app::imports::Sheets;

use crate::http::ApiError;
use actix_web::http::StatusCode;
use app::imports::ImportError;
use kernel::FieldErrors;
use serde_json::json;
use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder. Fixed paths before `{id}`.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(template::import_template)
        .service(upload::upload_import)
        .service(list::list_imports)
        .service(get::get_import)
        .service(check::check_import)
        .service(commit::commit_import)
        .service(annotated::annotated_import)
        .service(undo::undo_import);
}

impl From<ImportError> for ApiError {
    fn from(error: ImportError) -> Self {
        let sentence = error.to_string();
        match error {
            ImportError::NotFound => ApiError::not_found(),
            ImportError::Denied(denied) => denied.into(),
            ImportError::Invalid(fields) => fields.into(),
            ImportError::Unreadable(message) => FieldErrors::one("file", message).into(),
            ImportError::HasErrors(_) => ApiError::conflict("import.has_errors", sentence),
            ImportError::ChangedSince(clients) => {
                let list: Vec<_> =
                    clients.iter().map(|(id, name)| json!({ "id": id.get(), "clientName": name })).collect();
                ApiError::conflict("import.changed_since", sentence).with("clients", list.into())
            }
            ImportError::State(_) => ApiError::new(StatusCode::CONFLICT, "import.state", sentence),
            ImportError::NotEntitled(refused) => refused.into(),
            ImportError::Store(error) => error.into(),
        }
    }
}
