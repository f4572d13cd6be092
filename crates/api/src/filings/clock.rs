//! POST /api/return-filings/{id}/hand-over and GET /api/clients/{id}/clock: who holds a filing, and for how long.

use crate::http::list::parse_words;
use crate::http::{ApiError, Caller, ErrorBody, Ist, Json, ListQuery};
use crate::state::AppState;
use ::filings::FilingError;
use ::filings::clock::{Clock, Holder, Span};
use actix_web::{HttpResponse, get, post, web};
use app::filing_work::hand_over;
use app::transact;
use kernel::period::FinancialYear;
use kernel::{FieldErrors, Id, Permission};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Days in one hand.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HeldDays {
    /// `ours`, `client`, `checker` or `regulator`.
    pub holder: &'static str,
    /// Midnights in India while they held it.
    pub days: i64,
}

/// A stretch of time in one hand.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SpanDto {
    /// Whose; null while the clock stood.
    pub holder: Option<&'static str>,
    /// From.
    pub from: Ist,
    /// Until; null for the one that runs.
    pub to: Option<Ist>,
    /// Midnights between the two.
    pub days: i64,
    /// Why it began.
    pub reason: String,
    /// Who moved it there.
    pub by: Option<String>,
}

/// The clock of one filing. `elapsedDays` is always the sum of `parts`.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClockDto {
    /// When it began to run, or will.
    pub started_at: Ist,
    /// Who holds the filing now; null once it is closed.
    pub holder: Option<&'static str>,
    /// Days while it ran.
    pub elapsed_days: i64,
    /// Days per holder.
    pub parts: Vec<HeldDays>,
    /// Every span, oldest first; empty before the clock runs.
    pub spans: Vec<SpanDto>,
}

impl From<Clock> for ClockDto {
    fn from(clock: Clock) -> Self {
        Self {
            started_at: Ist(clock.started),
            holder: clock.holder.map(Holder::as_str),
            elapsed_days: clock.elapsed,
            parts: held(clock.parts),
            spans: clock.spans.into_iter().map(span).collect(),
        }
    }
}

fn held(parts: [i64; 4]) -> Vec<HeldDays> {
    Holder::ALL.into_iter().zip(parts).map(|(h, days)| HeldDays { holder: h.as_str(), days }).collect()
}

fn span(span: Span) -> SpanDto {
    SpanDto {
        holder: span.holder.map(Holder::as_str),
        from: Ist(span.from),
        to: span.to.map(Ist),
        days: span.days,
        reason: span.reason,
        by: span.by,
    }
}

/// To whom, and why.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandOverBody {
    /// `ours`, `client` or `regulator`; the checker has it by sending it for review.
    to: String,
    /// What is waited for, or why it is back.
    #[schema(min_length = 3, max_length = 300)]
    reason: String,
}

/// Say who holds an open filing from now on. Answers the clock.
#[utoipa::path(tag = "filings", params(("id" = i64, Path)), request_body = HandOverBody, responses(
    (status = 201, body = ClockDto), (status = 401, body = ErrorBody), (status = 402, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 409, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[post("/return-filings/{id}/hand-over")]
pub async fn hand_over_filing(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    body: Json<HandOverBody>,
) -> Result<HttpResponse, ApiError> {
    let (actor, id) = (&caller.actor, Id::new(*id));
    let to = parse_words("to", std::slice::from_ref(&body.0.to), Holder::parse)?.pop();
    let to = to.ok_or_else(|| ApiError::from(FieldErrors::one("to", "Choose who holds it.")))?;
    let facts = transact(state.db.as_ref(), actor, async |tx| {
        hand_over(tx, actor, id, to, &body.0.reason).await?;
        tx.clock_facts(id).await?.ok_or(FilingError::NotFound)
    })
    .await?;
    Ok(HttpResponse::Created().json(ClockDto::from(Clock::read(&facts, actor.at))))
}

/// Which year.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ClientClockQuery {
    /// Filings due in this financial year, `2026-27`; the present one when nothing is said.
    fy: Option<String>,
}

/// Days per holder over the filings of a client.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ClientClockDto {
    /// Whose; the short name.
    client_name: String,
    /// `2026-27`.
    fy: String,
    /// Filings whose clock ran.
    filings: usize,
    /// Days over all of them; the sum of `parts`.
    elapsed_days: i64,
    /// Days per holder.
    parts: Vec<HeldDays>,
}

/// Where the time went: days per holder over the filings of a client that are due in a financial year.
#[utoipa::path(tag = "filings", params(("id" = i64, Path), ClientClockQuery), responses(
    (status = 200, body = ClientClockDto), (status = 401, body = ErrorBody), (status = 403, body = ErrorBody),
    (status = 404, body = ErrorBody), (status = 422, body = ErrorBody)))]
#[get("/clients/{id}/clock")]
pub async fn get_client_clock(
    state: web::Data<AppState>,
    caller: Caller,
    id: web::Path<i64>,
    query: ListQuery<ClientClockQuery>,
) -> Result<web::Json<ClientClockDto>, ApiError> {
    caller.require(Permission::FilingsView)?;
    let (actor, id) = (&caller.actor, Id::new(*id));
    let year = match query.0.fy.as_deref().filter(|t| !t.is_empty()) {
        None => FinancialYear::of(actor.today()),
        Some(text) => FinancialYear::parse(text)
            .ok_or_else(|| ApiError::from(FieldErrors::one("fy", "Write the year as 2026-27.")))?,
    };
    let (client_name, all) = transact(state.db.as_ref(), actor, async |tx| {
        let client = tx.client(id).await?.ok_or_else(ApiError::not_found)?;
        Ok::<_, ApiError>((client.short_name, tx.clock_facts_of(id, year.start(), year.end()).await?))
    })
    .await?;
    let clocks: Vec<Clock> =
        all.iter().map(|facts| Clock::read(facts, actor.at)).filter(|c| !c.spans.is_empty()).collect();
    let mut parts = [0; 4];
    for clock in &clocks {
        for (sum, days) in parts.iter_mut().zip(clock.parts) {
            *sum += days;
        }
    }
    Ok(web::Json(ClientClockDto {
        client_name,
        fy: year.key(),
        filings: clocks.len(),
        elapsed_days: parts.iter().sum(),
        parts: held(parts),
    }))
}
