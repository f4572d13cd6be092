//! The filters of the audit trail, as they come in the query.

use crate::http::ApiError;
use crate::http::list::parse_date;
use app::audit::{AuditFilter, Cursor};
use kernel::moment::{IST, Instant};
use kernel::{Date, FieldErrors, Id};
use serde::Deserialize;
use time::{OffsetDateTime, Time};
use utoipa::{IntoParams, ToSchema};

/// Which entries, and where the page begins. Values of one key are alternatives.
#[derive(Debug, Default, Deserialize, IntoParams, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct JournalQuery {
    /// Words of the sentence, or how they begin.
    pub q: Option<String>,
    /// People by id, or `system` for the product itself.
    #[serde(default)]
    #[param(required = false)]
    #[schema(required = false)]
    pub actor_id: Vec<String>,
    /// `filings.file`, ...
    #[serde(default)]
    #[param(required = false)]
    #[schema(required = false)]
    pub action: Vec<String>,
    /// `client`, `filing`, ...
    pub subject_kind: Option<String>,
    /// Id of the subject; needs `subjectKind`.
    pub subject_id: Option<i64>,
    /// Everything about this client.
    pub client_id: Option<i64>,
    /// On or after this day in India, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// On or before this day in India, `YYYY-MM-DD`.
    pub to: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// 1 to 200.
    pub per_page: Option<u32>,
    /// For exports only: `csv` or `xlsx`.
    pub format: Option<String>,
}

impl JournalQuery {
    /// The filter, or what is wrong with it.
    pub fn filter(&self) -> Result<AuditFilter, ApiError> {
        let mut filter = AuditFilter {
            actions: self.action.iter().filter(|action| !action.is_empty()).cloned().collect(),
            client: self.client_id.map(Id::new),
            words: self.q.clone().unwrap_or_default().trim().to_owned(),
            ..AuditFilter::default()
        };
        for actor in self.actor_id.iter().filter(|actor| !actor.is_empty()) {
            match (actor.as_str(), actor.parse()) {
                ("system", _) => filter.system = true,
                (_, Ok(id)) => filter.people.push(Id::new(id)),
                _ => return Err(FieldErrors::one("actorId", "Name people by id, or system.").into()),
            }
        }
        let kind = self.subject_kind.clone().filter(|kind| !kind.is_empty());
        filter.subject = match (kind, self.subject_id) {
            (Some(kind), id) => Some((kind, id)),
            (None, Some(_)) => {
                return Err(FieldErrors::one("subjectKind", "Say what kind of thing the id is.").into());
            }
            (None, None) => None,
        };
        filter.from = parse_date("from", self.from.as_deref())?.and_then(midnight);
        let to = parse_date("to", self.to.as_deref())?;
        filter.until = to.and_then(Date::next_day).and_then(midnight);
        if let (Some(from), Some(until)) = (filter.from, filter.until)
            && until <= from
        {
            return Err(FieldErrors::one("to", "The last day is before the first.").into());
        }
        Ok(filter)
    }

    /// Where the page begins.
    pub fn cursor(&self) -> Result<Option<Cursor>, ApiError> {
        let Some(text) = self.after.as_deref().filter(|text| !text.is_empty()) else { return Ok(None) };
        let read = || {
            let (micros, id) = text.split_once('.')?;
            let nanos = micros.parse::<i128>().ok()?.checked_mul(1_000)?;
            let at = OffsetDateTime::from_unix_timestamp_nanos(nanos).ok()?;
            Some(Cursor { at, id: Id::new(id.parse().ok()?) })
        };
        read().map(Some).ok_or_else(|| FieldErrors::one("after", "Take `next` of the page before.").into())
    }

    /// How many entries.
    pub fn limit(&self) -> Result<i64, ApiError> {
        match self.per_page.unwrap_or(50) {
            size @ 1..=200 => Ok(size.into()),
            _ => Err(FieldErrors::one("perPage", "Ask for 1 to 200 entries.").into()),
        }
    }
}

/// The cursor as a text.
pub fn cursor_text(at: Instant, id: i64) -> String {
    format!("{}.{id}", at.unix_timestamp_nanos().div_euclid(1_000))
}

fn midnight(day: Date) -> Option<Instant> {
    Some(day.with_time(Time::MIDNIGHT).assume_offset(IST))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[test]
    fn days_are_those_of_india_and_the_last_is_whole() {
        let query = JournalQuery {
            from: Some("2026-11-20".into()),
            to: Some("2026-11-20".into()),
            ..JournalQuery::default()
        };
        let filter = query.filter().unwrap();
        assert_eq!(filter.from, Some(datetime!(2026-11-19 18:30 UTC)));
        assert_eq!(filter.until, Some(datetime!(2026-11-20 18:30 UTC)));
    }

    #[test]
    fn a_cursor_goes_there_and_back_to_the_microsecond() {
        let at = datetime!(2026-11-21 05:12:00.123456 UTC);
        let query = JournalQuery { after: Some(cursor_text(at, 41)), ..JournalQuery::default() };
        assert_eq!(query.cursor().unwrap(), Some(Cursor { at, id: Id::new(41) }));
        for bad in ["x", "1.", ".1", "99999999999999999999999999.1"] {
            let query = JournalQuery { after: Some(bad.into()), ..JournalQuery::default() };
            assert!(query.cursor().is_err(), "{bad}");
        }
    }
}
