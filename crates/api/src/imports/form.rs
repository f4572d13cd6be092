//! Reading the upload: a multipart body with a file, in memory up to the limit.

use crate::http::ApiError;
use actix_multipart::{Field, Multipart};
use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use app::imports::{Mapping, Upload};
use futures_util::TryStreamExt;
use kernel::FieldErrors;
use std::collections::BTreeMap;

/// Bytes of a file that is taken.
pub const MAX_FILE: usize = 20 * 1024 * 1024;
/// Bytes that are read and thrown away after the limit, so that the browser gets the answer and not a broken line.
const MAX_DRAIN: usize = 100 * 1024 * 1024;
/// Bytes of the mapping.
const MAX_MAPPING: usize = 64 * 1024;
/// Endings that are no sheet, whatever is inside.
const NO_SHEET: &[&str] = &[
    "pdf", "doc", "docx", "odt", "rtf", "ppt", "pptx", "png", "jpg", "jpeg", "gif", "webp", "zip", "gz",
    "rar", "7z", "exe", "json", "xml", "html", "htm", "eml", "msg",
];

/// The file and the mapping of the form.
pub async fn read(request: &HttpRequest, mut body: Multipart) -> Result<Upload, ApiError> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
        return Err(wrong_type("Send the file as multipart/form-data, in a part called \"file\"."));
    }
    let mut file: Option<(String, Vec<u8>)> = None;
    let mut mapping = Mapping::new();
    while let Some(mut part) = body.try_next().await.map_err(broken)? {
        match part.name().unwrap_or_default() {
            "file" => {
                let named = part.content_disposition().and_then(|d| d.get_filename()).unwrap_or("clients");
                let name = named.to_owned();
                let bytes = take(&mut part, MAX_FILE).await?.ok_or_else(|| {
                    ApiError::new(
                        StatusCode::PAYLOAD_TOO_LARGE,
                        "import.too_large",
                        "The file is larger than 20 MB. Split it into smaller files.",
                    )
                })?;
                file = Some((name, bytes));
            }
            "mapping" => {
                let bytes = take(&mut part, MAX_MAPPING).await?.ok_or_else(bad_mapping)?;
                let text = String::from_utf8(bytes).map_err(|_| bad_mapping())?;
                if !text.trim().is_empty() {
                    let read: BTreeMap<String, Option<String>> =
                        serde_json::from_str(&text).map_err(|_| bad_mapping())?;
                    mapping = to_mapping(read)?;
                }
            }
            other => {
                let message =
                    format!("\"{}\" is not a part of this form.", other.chars().take(40).collect::<String>());
                return Err(FieldErrors::one("body", message).into());
            }
        }
    }
    let Some((file_name, content)) = file else {
        return Err(FieldErrors::one("file", "Choose a CSV or XLSX file.").into());
    };
    let ending =
        file_name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if NO_SHEET.contains(&ending.as_str()) {
        return Err(wrong_type(&format!(
            "A .{ending} file is not a spreadsheet. Upload a .csv or .xlsx file."
        )));
    }
    Ok(Upload { file_name, content, mapping })
}

/// Column numbers as text → numbers; empty text means no field.
pub fn to_mapping(read: BTreeMap<String, Option<String>>) -> Result<Mapping, ApiError> {
    read.into_iter()
        .map(|(column, field)| {
            let column = column.parse::<usize>().map_err(|_| bad_mapping())?;
            Ok((column, field.filter(|field| !field.is_empty())))
        })
        .collect()
}

/// The bytes of a part; none when there are more than `limit`. The rest is read and dropped then.
pub(crate) async fn take(part: &mut Field, limit: usize) -> Result<Option<Vec<u8>>, ApiError> {
    let mut bytes = Vec::new();
    let mut seen = 0usize;
    while let Some(chunk) = part.try_next().await.map_err(broken)? {
        seen += chunk.len();
        if seen > MAX_DRAIN {
            break;
        }
        if seen <= limit {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    Ok((seen <= limit).then_some(bytes))
}

fn bad_mapping() -> ApiError {
    let message =
        "Send the mapping as JSON: column number → field or null, for example {\"0\": \"clientName\"}.";
    FieldErrors::one("mapping", message).into()
}

fn wrong_type(message: &str) -> ApiError {
    ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "import.wrong_type", message)
}

pub(crate) fn broken(error: impl std::fmt::Display) -> ApiError {
    tracing::info!(%error, "an upload broke off");
    ApiError::unreadable("The upload broke off or is not a form. Send the file again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_counts_columns_as_text() {
        let read =
            BTreeMap::from([("3".to_owned(), Some("pan".to_owned())), ("4".to_owned(), Some(String::new()))]);
        let mapping = to_mapping(read).unwrap();
        assert_eq!(mapping.get(&3), Some(&Some("pan".to_owned())));
        assert_eq!(mapping.get(&4), Some(&None));
        assert!(to_mapping(BTreeMap::from([("x".to_owned(), None)])).is_err());
    }
}
