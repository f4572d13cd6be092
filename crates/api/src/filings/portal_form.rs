//! Reading the form about a portal that did not work: text parts and, when there is one, a screenshot.

use crate::http::ApiError;
use crate::imports::form::{broken, take};
use ::filings::picture::{MAX_PICTURE, Picture, PictureError};
use ::filings::portal_log::NewProblem;
use actix_multipart::Multipart;
use actix_web::HttpRequest;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use futures_util::TryStreamExt;
use kernel::moment::{IST, Instant};
use kernel::{Date, FieldErrors};
use ring::digest::{SHA256, digest};
use std::collections::BTreeMap;
use time::format_description::well_known::Iso8601;

/// Bytes of a text part.
const MAX_TEXT: usize = 16 * 1024;
const TEXTS: [&str; 6] = ["on", "time", "portal", "what", "ticketNo", "holdsUp"];

/// The entry, or what is wrong with the form.
pub async fn read(request: &HttpRequest, mut body: Multipart) -> Result<NewProblem, ApiError> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
        let text = "Send the entry as multipart/form-data.";
        return Err(ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "request.wrong_type", text));
    }
    let mut texts: BTreeMap<&str, String> = BTreeMap::new();
    let mut picture = None;
    while let Some(mut part) = body.try_next().await.map_err(broken)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "screenshot" {
            let bytes = take(&mut part, MAX_PICTURE).await?.ok_or_else(|| refused(PictureError::Size))?;
            // An empty file input of a browser is a part without bytes.
            if !bytes.is_empty() {
                let clean = Picture::clean(&bytes).map_err(refused)?;
                let mut hash = [0; 32];
                hash.copy_from_slice(digest(&SHA256, clean.bytes()).as_ref());
                picture = Some((clean, hash));
            }
        } else if let Some(known) = TEXTS.into_iter().find(|known| *known == name) {
            let bytes = take(&mut part, MAX_TEXT).await?;
            let bytes = bytes.ok_or_else(|| ApiError::from(FieldErrors::one(known, "This is too long.")))?;
            let text = String::from_utf8(bytes)
                .map_err(|_| ApiError::from(FieldErrors::one(known, "This is not UTF-8 text.")))?;
            texts.insert(known, text);
        } else {
            let shown: String = name.chars().take(40).collect();
            let message = format!("\"{shown}\" is not a part of this form.");
            return Err(FieldErrors::one("body", message).into());
        }
    }
    let mut text = |name: &str| texts.remove(name).unwrap_or_default();
    let happened_at = moment(text("on").trim(), text("time").trim())?;
    Ok(NewProblem {
        happened_at,
        portal: text("portal"),
        what: text("what"),
        ticket_no: Some(text("ticketNo")),
        picture,
        holds_up: text("holdsUp") == "true",
    })
}

/// A day and a time in India as an instant.
fn moment(on: &str, at: &str) -> Result<Instant, FieldErrors> {
    let mut errors = FieldErrors::new();
    let day = Date::parse(on, &Iso8601::DATE).ok();
    if day.is_none() {
        errors.add("on", "Give the day as YYYY-MM-DD.");
    }
    let time = at.split_once(':').and_then(|(hour, minute)| {
        let digits = |text: &str| text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(hour) || !digits(minute) {
            return None;
        }
        time::Time::from_hms(hour.parse().ok()?, minute.parse().ok()?, 0).ok()
    });
    if time.is_none() {
        errors.add("time", "Give the time as HH:MM, in India.");
    }
    errors.into_result()?;
    let (Some(day), Some(time)) = (day, time) else { return Err(FieldErrors::one("on", "Give the day.")) };
    Ok(day.with_time(time).assume_offset(IST))
}

fn refused(error: PictureError) -> ApiError {
    let text = error.to_string();
    match error {
        PictureError::Size => ApiError::new(StatusCode::PAYLOAD_TOO_LARGE, "screenshot.too_large", text),
        PictureError::Kind => {
            ApiError::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "screenshot.wrong_type", text)
        }
        PictureError::Side | PictureError::Broken => FieldErrors::one("screenshot", text).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn a_moment_is_one_in_india() {
        assert_eq!(moment("2026-10-21", "22:30").unwrap(), datetime!(2026-10-21 17:00 UTC));
        let both = moment("21/10/2026", "24:00").unwrap_err();
        assert_eq!(both.0.keys().collect::<Vec<_>>(), ["on", "time"]);
        assert!(moment("2026-10-21", "+1:05").is_err());
    }
}
