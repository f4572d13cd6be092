//! GET /api/rulebook/holidays: the holidays of a span.

use crate::http::list::parse_date;
use crate::http::{ApiError, Caller, ErrorBody, ListQuery};
use actix_web::{get, web};
use kernel::{Date, FieldErrors};
use rulebook::Rulebook;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// The span, and which calendar.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HolidayQuery {
    /// First day, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// Last day, `YYYY-MM-DD`; at most 800 days after the first.
    pub to: Option<String>,
    /// `MF` (the default), `NSE`, ... : a calendar of the rulebook.
    pub calendar: Option<String>,
}

/// One holiday.
#[derive(Serialize, ToSchema)]
pub struct HolidayDto {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub date: Date,
    /// Its name.
    pub name: String,
    /// The calendar asked for.
    pub calendar: String,
    /// Where the list of the year comes from.
    pub source: String,
}

/// A working-day calendar.
#[derive(Serialize, ToSchema)]
pub struct CalendarWord {
    /// Name that rules use, `MF`.
    name: String,
    /// Which days work, in words.
    title: String,
}

/// The register: the days asked for, and which calendars there are.
#[derive(Serialize, ToSchema)]
pub struct HolidayList {
    /// By date; one entry for each day.
    items: Vec<HolidayDto>,
    /// Every calendar of the rulebook.
    calendars: Vec<CalendarWord>,
}

/// The longest span; a calendar page needs a year.
const MOST_DAYS: i64 = 800;

/// The holidays of a span, by date; one entry for each day.
#[utoipa::path(tag = "rulebook", params(HolidayQuery), responses(
    (status = 200, body = HolidayList), (status = 400, body = ErrorBody), (status = 401, body = ErrorBody),
    (status = 422, body = ErrorBody)))]
#[get("/rulebook/holidays")]
pub async fn list_holidays(
    _caller: Caller,
    query: ListQuery<HolidayQuery>,
) -> Result<web::Json<HolidayList>, ApiError> {
    let query = query.0;
    let day = |field: &'static str, text: Option<&str>| {
        parse_date(field, text)?
            .ok_or_else(|| ApiError::from(FieldErrors::one(field, "Give a day such as 2026-10-01.")))
    };
    let (from, to) = (day("from", query.from.as_deref())?, day("to", query.to.as_deref())?);
    if to < from || (to - from).whole_days() > MOST_DAYS {
        let say = "Give a last day that is not before the first, and at most 800 days after it.";
        return Err(FieldErrors::one("to", say).into());
    }
    let rules = Rulebook::shipped();
    let name = query.calendar.as_deref().filter(|c| !c.is_empty()).unwrap_or("MF");
    let calendar = rules.calendar(name).ok_or_else(|| {
        let known: Vec<&str> = rules.calendars().iter().map(|c| c.name.as_str()).collect();
        ApiError::from(FieldErrors::one("calendar", format!("Give one of {}.", known.join(", "))))
    })?;
    let mut days: Vec<HolidayDto> = rules
        .holidays(from, to, Some(calendar))
        .map(|h| HolidayDto {
            date: h.date,
            name: h.name.clone(),
            calendar: calendar.name.clone(),
            source: h.source.clone(),
        })
        .collect();
    // a day may be in several lists of one calendar
    days.dedup_by_key(|h| h.date);
    let calendars = rules
        .calendars()
        .iter()
        .map(|c| CalendarWord { name: c.name.clone(), title: c.title.clone() })
        .collect();
    Ok(web::Json(HolidayList { items: days, calendars }))
}
