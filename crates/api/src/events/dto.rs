//! Events on the wire.

use crate::auth::dto::UserRef;
use crate::clients::dto::PlanDiffDto;
use crate::http::Ist;
use app::clients::ClientError;
use app::events::{AwaitedGroup, HangingFiling, Outcome, RecordedEvent, awaited_in};
use kernel::{Date, StoreError};
use rulebook::Rulebook;
use serde::Serialize;
use utoipa::ToSchema;

/// A filing whose date hangs on an event.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct HangingDto {
    /// The filing.
    id: i64,
    /// `MCA-AOC4`.
    code: String,
    /// The date in force, or the probable one.
    #[schema(value_type = Option<String>, format = Date)]
    due_on: Option<Date>,
    /// The date is the legal one.
    certain: bool,
}

impl From<HangingFiling> for HangingDto {
    fn from(f: HangingFiling) -> Self {
        Self { id: f.id.get(), code: f.code, due_on: f.due, certain: f.certain }
    }
}

/// An event that nobody has recorded.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AwaitedDto {
    /// Whose.
    client_id: i64,
    /// The client's short name.
    client_name: String,
    /// The client's version, to send along when it is recorded.
    client_version: i64,
    /// `agm_held`, ...
    kind: String,
    /// In words.
    title: String,
    /// Once a financial year.
    per_period: bool,
    /// The period whose filings wait, `2025-26`.
    for_period: String,
    /// `FY 2025-26`.
    period_label: String,
    /// When it is likely: the last day that the law gives, when there is one.
    #[schema(value_type = Option<String>, format = Date)]
    projected_on: Option<Date>,
    /// The last day that the law gives for the event.
    #[schema(value_type = Option<String>, format = Date)]
    last_day_on: Option<Date>,
    /// The last day has passed.
    missed: bool,
    /// The rule that gives the last day, in words.
    reason: Option<String>,
    /// Its instrument.
    citation: Option<String>,
    /// What hangs on it, by code.
    filings: Vec<HangingDto>,
}

impl AwaitedDto {
    /// Fills what follows from the rules and `today`.
    pub fn of(group: AwaitedGroup, today: Date) -> Self {
        let found = awaited_in(&group, today);
        let (last_day, why) =
            found.as_ref().map_or((None, None), |found| (found.last_day, found.why.clone()));
        let (title, per_period) = words(&group.kind);
        let client = group.record.client;
        Self {
            client_id: client.id.get(),
            client_name: client.short_name,
            client_version: client.version,
            title,
            per_period,
            kind: group.kind,
            for_period: group.period_key,
            period_label: group.period_label,
            projected_on: found.and_then(|found| found.projected),
            last_day_on: last_day,
            missed: last_day.is_some_and(|last| last < today),
            citation: why.as_ref().and_then(|step| step.citation.clone()),
            reason: why.map(|step| step.text),
            filings: group.filings.into_iter().map(Into::into).collect(),
        }
    }
}

/// An event that was recorded.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RecordedDto {
    /// Id within the firm.
    id: i64,
    /// Whose.
    client_id: i64,
    /// The client's short name.
    client_name: String,
    /// `agm_held`, ...
    kind: String,
    /// In words.
    title: String,
    /// The day.
    #[schema(value_type = String, format = Date)]
    on: Date,
    /// `2025-26`, for what comes once a year.
    for_period: Option<String>,
    /// Free text.
    note: String,
    /// Who recorded it.
    recorded_by: Option<UserRef>,
    /// When.
    recorded_at: Ist,
    /// The filings that follow it, by code.
    filings: Vec<HangingDto>,
}

impl From<RecordedEvent> for RecordedDto {
    fn from(row: RecordedEvent) -> Self {
        let RecordedEvent { client, client_name, event, by, filings } = row;
        Self {
            id: event.id.get(),
            client_id: client.get(),
            client_name,
            title: words(&event.facts.kind).0,
            kind: event.facts.kind,
            on: event.facts.on,
            for_period: event.facts.for_period,
            note: event.facts.note,
            recorded_by: event.recorded_by.map(|id| UserRef::named(id, by.unwrap_or_default())),
            recorded_at: Ist(event.recorded_at),
            filings: filings.into_iter().map(Into::into).collect(),
        }
    }
}

fn words(kind: &str) -> (String, bool) {
    let known = Rulebook::shipped().event_kind(kind);
    known.map_or_else(|| (kind.replace('_', " "), false), |k| (k.title.clone(), k.per_period))
}

/// What became of all.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventsAnswer {
    /// How many were done, or would be.
    done: usize,
    /// How many stay as they are.
    failed: usize,
    /// Filings that get another date.
    moved: usize,
    /// Filings that appear.
    added: usize,
    /// Filings that go.
    removed: usize,
    /// One for each client or event.
    results: Vec<EventResult>,
}

/// What became of one.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct EventResult {
    /// Whose; none when the event is not there.
    client_id: Option<i64>,
    /// The client's short name; none when there is no such client.
    client_name: Option<String>,
    /// The event; none when there is none, or in a dry run of recording.
    event_id: Option<i64>,
    /// What changes.
    diff: Option<PlanDiffDto>,
    /// Why it stays as it is.
    error: Option<String>,
    /// The stable name of the reason.
    error_code: Option<&'static str>,
}

impl EventsAnswer {
    /// Sums the results up.
    pub fn of(results: Vec<EventResult>) -> Self {
        let diffs = || results.iter().filter_map(|one| one.diff.as_ref());
        Self {
            done: diffs().count(),
            failed: results.iter().filter(|one| one.error.is_some()).count(),
            moved: diffs().map(|diff| diff.moved.len()).sum(),
            added: diffs().map(|diff| diff.added.len()).sum(),
            removed: diffs().map(|diff| diff.removed.len()).sum(),
            results,
        }
    }
}

impl EventResult {
    /// With the event's id only when it stays.
    pub fn of(outcome: Outcome, written: bool) -> Self {
        let (event, diff, error) = match outcome.result {
            Ok((event, diff)) => (Some(event).filter(|_| written), Some(diff.into()), None),
            Err(error) => (None, None, Some(error)),
        };
        Self {
            client_id: Some(outcome.client.get()),
            client_name: outcome.name,
            event_id: event.map(kernel::Id::get),
            diff,
            error: error.as_ref().map(sentence),
            error_code: error.as_ref().map(code_of),
        }
    }

    /// An event that is not there, or no longer.
    pub fn gone(event: i64) -> Self {
        Self {
            client_id: None,
            client_name: None,
            event_id: Some(event),
            diff: None,
            error: Some("This event is not there any more.".into()),
            error_code: Some("not_found"),
        }
    }
}

/// The first marked field says more than "check the marked fields".
fn sentence(error: &ClientError) -> String {
    match error {
        ClientError::Invalid(fields) => fields.first().map_or_else(|| error.to_string(), str::to_owned),
        ClientError::Store(StoreError::Stale) => "Somebody changed it meanwhile. Look at it again.".into(),
        other => other.to_string(),
    }
}

fn code_of(error: &ClientError) -> &'static str {
    match error {
        ClientError::NotFound => "not_found",
        ClientError::Denied(_) => "permission.denied",
        ClientError::Invalid(_) => "invalid",
        ClientError::Duplicate(_) => "client.duplicate",
        ClientError::NotEntitled(_) => "plan.limit",
        ClientError::Store(_) => "version.stale",
    }
}
