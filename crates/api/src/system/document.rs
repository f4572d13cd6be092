//! GET /api/openapi.json: the document of the API.

use actix_web::http::header::CacheControl;
use actix_web::http::header::CacheDirective::NoCache;
use actix_web::{HttpResponse, get, web};

/// The text of the document. Made once and shared by all workers: as a tree it takes megabytes in each of them.
#[derive(Debug, Clone)]
pub struct Document(web::Bytes);

impl Document {
    /// Makes it from the routes.
    pub fn new() -> Self {
        Self(serde_json::to_vec(&crate::openapi()).unwrap_or_default().into())
    }
}

impl Default for Document {
    fn default() -> Self {
        Self::new()
    }
}

/// Answers the document.
#[get("/api/openapi.json")]
pub async fn document(document: web::Data<Document>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header(CacheControl(vec![NoCache]))
        .content_type("application/json")
        .body(document.0.clone())
}
