//! Filings by time: the month, clients against months, a client's year, the workload.

pub mod matrix;
pub mod month;
pub mod workload;
pub mod year;

use crate::http::ApiError;
use crate::http::list::parse_words;
use ::filings::views::AssigneeFilter;
use ::filings::{FilingFilter, FilingStatus};
use kernel::id::UserId;
use kernel::period::FinancialYear;
use kernel::{Date, FieldErrors, Id};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoints of this folder.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config
        .service(matrix::get_matrix)
        .service(month::get_calendar)
        .service(workload::get_workload)
        .service(year::get_client_year);
}

/// The filters that all views of the calendar share, so that a switch of view keeps them.
struct Narrow<'a> {
    q: Option<&'a str>,
    status: &'a [String],
    regulator: &'a [String],
    client_id: &'a [i64],
    code: &'a [String],
    assignee_id: &'a [String],
}

impl Narrow<'_> {
    /// The filter, or what is wrong with it.
    fn filter(&self, me: UserId) -> Result<FilingFilter, ApiError> {
        let assignee = |word: &str| match word {
            "me" => Some(AssigneeFilter::User(me)),
            "none" => Some(AssigneeFilter::Nobody),
            id => id.parse().ok().map(|id| AssigneeFilter::User(Id::new(id))),
        };
        Ok(FilingFilter {
            q: self.q.map(|q| q.replace('\0', "")),
            status: parse_words("status", self.status, FilingStatus::parse)?,
            regulator: self.regulator.iter().map(|r| r.to_uppercase()).collect(),
            client: self.client_id.iter().copied().map(Id::new).collect(),
            code: self.code.to_vec(),
            assignee: parse_words("assigneeId", self.assignee_id, assignee)?,
            ..FilingFilter::default()
        })
    }
}

/// The financial year of a query; the one of `today` when nothing is said.
fn financial_year(text: Option<&str>, today: Date) -> Result<FinancialYear, ApiError> {
    match text.filter(|t| !t.is_empty()) {
        None => Ok(FinancialYear::of(today)),
        Some(text) => FinancialYear::parse(text)
            .ok_or_else(|| FieldErrors::one("fy", "Write the year as 2026-27.").into()),
    }
}

/// How many filings have a status.
#[derive(Serialize, ToSchema)]
pub struct StatusCount {
    /// As in a filing.
    status: &'static str,
    count: i64,
}

impl StatusCount {
    fn of((status, count): (FilingStatus, i64)) -> Self {
        Self { status: status.as_str(), count }
    }
}
