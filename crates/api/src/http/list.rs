//! Query strings of lists: repeated keys are alternatives, pages from 1, sorts like `-dueOn,clientName`.

use super::error::ApiError;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use kernel::{FieldErrors, PageRequest};
use serde::de::DeserializeOwned;
use std::future::{Ready, ready};

/// A query string in which a key may come several times.
#[derive(Debug)]
pub struct ListQuery<T>(pub T);

impl<T: DeserializeOwned> FromRequest for ListQuery<T> {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(serde_html_form::from_str(request.query_string()).map(ListQuery).map_err(|error| {
            ApiError::unreadable(format!(
                "The query is not readable: {}.",
                error.to_string().replace('`', "\"")
            ))
        }))
    }
}

/// Page and size as they come.
#[derive(Debug, Clone, Copy)]
pub struct PageParams {
    /// From 1.
    pub page: Option<u32>,
    /// 1 to 200.
    pub per_page: Option<u32>,
}

impl PageParams {
    /// Checks the range.
    pub fn checked(self) -> Result<PageRequest, ApiError> {
        let request = PageRequest { page: self.page.unwrap_or(1), per_page: self.per_page.unwrap_or(50) };
        if request.page < 1 || request.page > 1_000_000 {
            return Err(FieldErrors::one("page", "Pages count from 1.").into());
        }
        if request.per_page < 1 || request.per_page > PageRequest::MAX {
            return Err(FieldErrors::one("perPage", "Ask for 1 to 200 rows.").into());
        }
        Ok(request)
    }
}

/// Reads a sort like `-dueOn,clientName`.
pub fn parse_sort<K>(
    text: Option<&str>,
    key: impl Fn(&str) -> Option<K>,
    known: &str,
) -> Result<Vec<(K, bool)>, ApiError> {
    let mut out = Vec::new();
    for part in text.unwrap_or_default().split(',').filter(|p| !p.is_empty()).take(4) {
        let (name, descending) = part.strip_prefix('-').map_or((part, false), |name| (name, true));
        let key = key(name).ok_or_else(|| {
            ApiError::invalid(FieldErrors::one(
                "sort",
                format!("Sort by one of {known}; a minus turns it round."),
            ))
        })?;
        out.push((key, descending));
    }
    Ok(out)
}

/// Reads each word of a repeated filter.
pub fn parse_words<T>(
    field: &str,
    words: &[String],
    read: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, ApiError> {
    words
        .iter()
        .filter(|word| !word.is_empty())
        .map(|word| {
            read(word).ok_or_else(|| {
                ApiError::invalid(FieldErrors::one(
                    field,
                    format!("\"{word}\" is not a value of this filter."),
                ))
            })
        })
        .collect()
}

/// A civil date of a query, `YYYY-MM-DD`.
pub fn parse_date(field: &str, text: Option<&str>) -> Result<Option<kernel::Date>, ApiError> {
    let Some(text) = text.filter(|t| !t.is_empty()) else { return Ok(None) };
    let format = time::macros::format_description!("[year]-[month]-[day]");
    kernel::Date::parse(text, &format)
        .map(Some)
        .map_err(|_| ApiError::invalid(FieldErrors::one(field, "Write the date as 2026-11-30.")))
}
