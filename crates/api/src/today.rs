//! GET /api/today

use crate::filings::dto::FilingDto;
use crate::http::{ApiError, Caller, ErrorBody, ListQuery};
use crate::notices::dto::CheckDto;
use crate::state::AppState;
use ::filings::views::AssigneeFilter;
use ::filings::{FilingFilter, FilingRow, FilingSort, FilingView};
use actix_web::{get, web};
use app::today::{LateSum, LateSums};
use app::transact;
use kernel::period::FinancialYear;
use kernel::{Date, FieldErrors, PageRequest, Permission, StoreError};
use rulebook::Rulebook;
use serde::{Deserialize, Serialize};
use time::Duration;
use utoipa::{IntoParams, ToSchema};
use utoipa_actix_web::service_config::ServiceConfig;

/// The endpoint of this file.
pub fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_today);
}

/// Whose day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TodayQuery {
    /// `mine` or `firm`; firm when absent.
    pub scope: Option<String>,
}

/// The start page in one answer.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Today {
    /// The day in India.
    #[schema(value_type = String, format = Date)]
    as_of: Date,
    /// The most urgent true thing first.
    sentence: String,
    strip: Strip,
    /// From nine days ago to 24 days ahead.
    days: Vec<DayLoad>,
    groups: Vec<TodayGroup>,
    by_client: Vec<ClientLoad>,
    /// What the newest nightly check did; none before the first night.
    last_check: Option<CheckDto>,
}

/// The figures.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Strip {
    past_due: i64,
    breached: i64,
    due_in7_days: i64,
    due_tomorrow: i64,
    awaiting_event: i64,
    /// Of those filed this financial year, in percent with one decimal, as text; none when none was filed.
    filed_on_time_pct: Option<String>,
    filed_on_time: i64,
    filed_total: i64,
    /// What everything past due costs, at most: by law, without the clients' own facts, by currency with rupees first.
    late_cost: Vec<LateSumDto>,
    /// Filings past due of which no amount is known.
    late_unpriced: i64,
}

/// Late cost in one currency.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct LateSumDto {
    /// ISO 4217 code.
    currency: String,
    /// So far, at most.
    total: String,
    /// What one more day adds, at most.
    per_day: String,
    /// Of how many filings.
    filings: i64,
}

impl From<LateSum> for LateSumDto {
    fn from(sum: LateSum) -> Self {
        let (total, per_day) = (sum.total.to_string(), sum.per_day.to_string());
        Self { currency: sum.currency, total, per_day, filings: sum.filings }
    }
}

/// One column of the deadlines strip.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct DayLoad {
    #[schema(value_type = String, format = Date)]
    date: Date,
    /// `Mon`, ...
    weekday: String,
    /// Name of a listed holiday.
    holiday: Option<String>,
    filed: i64,
    past_due: i64,
    due_soon: i64,
    due: i64,
}

/// Filings to act on, by nearness.
#[derive(Serialize, ToSchema)]
pub struct TodayGroup {
    /// `pastDue`, `today`, `tomorrow` or `week`.
    key: &'static str,
    title: &'static str,
    total: i64,
    items: Vec<FilingDto>,
}

/// A client with filings past due.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClientLoad {
    client_id: i64,
    client_name: String,
    past_due: i64,
}

/// Rows shown in all groups together.
const SHOWN: usize = 12;

/// What needs doing today.
#[utoipa::path(tag = "filings", params(TodayQuery), responses(
    (status = 200, body = Today), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody)))]
#[get("/today")]
pub async fn get_today(
    state: web::Data<AppState>,
    caller: Caller,
    query: ListQuery<TodayQuery>,
) -> Result<web::Json<Today>, ApiError> {
    caller.require(Permission::FilingsView)?;
    let mine = match query.0.scope.as_deref() {
        None | Some("" | "firm") => None,
        Some("mine") => Some(caller.user),
        Some(_) => return Err(FieldErrors::one("scope", "Use mine or firm.").into()),
    };
    let today = caller.actor.today();
    let filter = |view: Option<FilingView>, due_from: Option<Date>, due_to: Option<Date>| FilingFilter {
        view,
        due_from,
        due_to,
        assignee: mine.map(AssigneeFilter::User).into_iter().collect(),
        ..FilingFilter::default()
    };
    let plus = |days: i64| today + Duration::days(days);
    let (figures, late, near, last_check) = transact(state.db.as_ref(), &caller.actor, async |tx| {
        let figures = tx.today_figures(mine, today, FinancialYear::of(today).start()).await?;
        let page = PageRequest { page: 1, per_page: 12 };
        let order = [(FilingSort::Due, false)];
        let late =
            tx.filing_rows(&filter(Some(FilingView::PastDue), None, None), &order, page, today).await?;
        let near = filter(Some(FilingView::Due7), None, Some(plus(7)));
        let near = tx.filing_rows(&near, &order, PageRequest { page: 1, per_page: 200 }, today).await?;
        Ok::<_, StoreError>((figures, late, near, tx.last_alert_run().await?))
    })
    .await?;
    let rows = |from: i64, to: i64| -> Vec<FilingRow> {
        let inside = |row: &&FilingRow| row.legal_due.is_some_and(|d| d >= plus(from) && d <= plus(to));
        near.iter().filter(inside).cloned().collect()
    };
    let parts = [
        ("pastDue", "Past due", figures.past_due, late),
        ("today", "Today", figures.due_today, rows(0, 0)),
        ("tomorrow", "Tomorrow", figures.due_tomorrow, rows(1, 1)),
        ("week", "This week", figures.due_in_7 - figures.due_today - figures.due_tomorrow, rows(2, 7)),
    ];
    // What is past due never pushes today and tomorrow off the page.
    let near_rows = parts[1..].iter().map(|part| part.3.len()).sum::<usize>().min(SHOWN / 2);
    let mut left = SHOWN;
    let mut groups = Vec::new();
    for (key, title, total, rows) in parts {
        let room = if key == "pastDue" { SHOWN - near_rows } else { left };
        let items: Vec<FilingDto> = rows.into_iter().take(room).map(|r| FilingDto::of(r, today)).collect();
        left -= items.len();
        if total > 0 {
            groups.push(TodayGroup { key, title, total, items });
        }
    }
    let rules = Rulebook::shipped();
    let late_sums = LateSums::of(&figures.late, rules, today);
    let days = (-9..=24)
        .map(|offset| {
            let date = plus(offset);
            let counts = figures.days.iter().find(|(day, _)| *day == date).map_or([0; 4], |(_, c)| *c);
            DayLoad {
                date,
                weekday: date.weekday().to_string()[..3].to_owned(),
                holiday: rules.holiday_name(date).map(str::to_owned),
                filed: counts[0],
                past_due: counts[1],
                due_soon: counts[2],
                due: counts[3],
            }
        })
        .collect();
    Ok(web::Json(Today {
        as_of: today,
        sentence: app::today::sentence(&figures, &late_sums),
        strip: Strip {
            past_due: figures.past_due,
            breached: figures.breached,
            due_in7_days: figures.due_in_7,
            due_tomorrow: figures.due_tomorrow,
            awaiting_event: figures.awaiting_event,
            filed_on_time_pct: percent(figures.filed_on_time, figures.filed_total),
            filed_on_time: figures.filed_on_time,
            filed_total: figures.filed_total,
            late_unpriced: late_sums.unpriced,
            late_cost: late_sums.sums.into_iter().map(Into::into).collect(),
        },
        days,
        groups,
        by_client: figures
            .by_client
            .into_iter()
            .map(|(id, client_name, past_due)| ClientLoad { client_id: id.get(), client_name, past_due })
            .collect(),
        last_check: last_check.map(Into::into),
    }))
}

/// Percent with one decimal, rounded down so that 99.96 is not shown as all.
fn percent(part: i64, whole: i64) -> Option<String> {
    (whole > 0).then(|| {
        let tenths = part * 1_000 / whole;
        format!("{}.{}", tenths / 10, tenths % 10)
    })
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn percent_never_rounds_up_to_all() {
        assert_eq!(percent(409, 425).as_deref(), Some("96.2"));
        assert_eq!(percent(9_999, 10_000).as_deref(), Some("99.9"));
        assert_eq!(percent(0, 0), None);
    }
}
