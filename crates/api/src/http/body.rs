//! JSON bodies: bad JSON is 400, a readable body with a wrong or unknown field is 422 and names the field.

use super::error::ApiError;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::future::LocalBoxFuture;
use kernel::FieldErrors;
use serde::de::DeserializeOwned;

/// A JSON body.
#[derive(Debug)]
pub struct Json<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for Json<T> {
    type Error = ApiError;
    type Future = LocalBoxFuture<'static, Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = web::Bytes::from_request(request, payload);
        Box::pin(async move {
            let bytes = bytes.await.map_err(|error| {
                let status = error.as_response_error().status_code();
                ApiError::new(status, "request.too_large", "The request is too large or broke off.")
            })?;
            read(&bytes).map(Json)
        })
    }
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ApiError> {
    let text = std::str::from_utf8(bytes).map_err(|_| ApiError::unreadable("The body is not UTF-8 text."))?;
    let mut reader = serde_json::Deserializer::from_str(text);
    let body = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        refusal(error.inner(), &path)
    })?;
    reader.end().map_err(|error| refusal(&error, "."))?;
    Ok(body)
}

/// A body that is no JSON, or the field that is wrong in one that is.
fn refusal(error: &serde_json::Error, path: &str) -> ApiError {
    if !error.is_data() {
        return ApiError::unreadable(format!("The body is not JSON: {error}."));
    }
    let message = error.to_string();
    let named = message.starts_with("unknown field") || message.starts_with("missing field");
    let name = message.split('`').nth(1).filter(|_| named);
    let field = match (path.trim_matches('.'), name) {
        ("", name) => name.unwrap_or("body").to_owned(),
        (path, Some(name)) if !path.ends_with(name) => format!("{path}.{name}"),
        (path, _) => path.to_owned(),
    };
    let sentence = message.split(" at line ").next().unwrap_or(&message).replace('`', "\"");
    ApiError::invalid(FieldErrors::one(&field, format!("{sentence}.")))
}
