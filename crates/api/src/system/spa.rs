//! The built SPA: hashed files are kept by browsers for ever, every other path answers index.html.

use crate::http::ApiError;
use actix_files::NamedFile;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use std::path::{Component, Path, PathBuf};

/// Serves one request from the web directory.
pub async fn serve(request: HttpRequest, root: PathBuf) -> HttpResponse {
    let path = request.path().trim_start_matches('/').to_owned();
    if path.starts_with("api/") {
        return ApiError::not_found().error_response();
    }
    let wanted = Path::new(&path);
    let plain = wanted.components().all(|part| matches!(part, Component::Normal(_)));
    let file = root.join(wanted);
    let is_asset = path.starts_with("assets/");
    if plain && !path.is_empty() && file.is_file() {
        return answer(
            &request,
            &file,
            if is_asset { "public, max-age=31536000, immutable" } else { "public, max-age=300" },
        );
    }
    if is_asset {
        return HttpResponse::NotFound().finish();
    }
    answer(&request, &root.join("index.html"), "no-cache")
}

fn answer(request: &HttpRequest, file: &Path, cache: &'static str) -> HttpResponse {
    match NamedFile::open(file) {
        Ok(named) => {
            let mut response = named.into_response(request);
            response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(cache));
            response
        }
        Err(_) => {
            HttpResponse::NotFound().body("The web files are not there. Build them with: cargo xtask up")
        }
    }
}
