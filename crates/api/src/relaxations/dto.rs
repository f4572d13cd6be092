//! Relaxations on the wire.

use crate::auth::dto::UserRef;
use crate::http::Ist;
use ::filings::Relaxation;
use ::filings::relaxation::Outcome;
use ::filings::relaxation::{Counts, Effect, RelaxationRow, ScopedFiling};
use ::filings::status::status_on;
use app::relaxations::{PreviewRow, UndoReport};
use kernel::Date;
use kernel::id::UserId;
use serde::Serialize;
use utoipa::ToSchema;

/// One circular, carried out.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RelaxationDto {
    /// Id within the firm.
    pub id: i64,
    /// `standing` or `undone`.
    pub state: &'static str,
    /// Who issued the circular.
    pub regulator: String,
    /// Returns.
    pub codes: Vec<String>,
    /// Periods that end on or after this day.
    #[schema(value_type = Option<String>, format = Date)]
    pub period_from: Option<Date>,
    /// Periods that end on or before this day.
    #[schema(value_type = Option<String>, format = Date)]
    pub period_to: Option<Date>,
    /// Periods by key.
    pub period_keys: Vec<String>,
    /// How many clients it names; none when it is for all.
    pub listed_clients: Option<i64>,
    /// Legal forms.
    pub entity_types: Vec<String>,
    /// Registrations.
    pub registrations: Vec<String>,
    /// `new_date`, `extra_days` or `no_late_cost`.
    pub effect: &'static str,
    /// In words: `extended to 30 Nov 2026`.
    pub effect_text: String,
    /// The new date.
    #[schema(value_type = Option<String>, format = Date)]
    pub new_due_on: Option<Date>,
    /// Days more.
    pub extra_days: Option<u16>,
    /// The last day without the additional fee.
    #[schema(value_type = Option<String>, format = Date)]
    pub free_until: Option<Date>,
    /// Filed after that day, days count from the due date.
    pub counts_from_due: bool,
    /// It names dates that had passed.
    pub names_past: bool,
    /// The circular.
    pub circular: CircularDto,
    /// For colleagues.
    pub note: String,
    /// Why.
    pub reason: String,
    /// What it did when it was carried out.
    pub counts: RelaxationCountsDto,
    /// Filings whose date or cost it gives now.
    pub in_force_on: i64,
    /// Who carried it out.
    pub applied_by: Option<UserRef>,
    /// When.
    pub applied_at: Ist,
    /// How it was taken back.
    pub undone: Option<UndoneDto>,
}

/// A circular.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CircularDto {
    /// As printed on it.
    pub number: String,
    /// Its date.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    /// Where to read it.
    pub url: Option<String>,
}

impl CircularDto {
    fn of(relaxation: &Relaxation) -> Self {
        let circular = &relaxation.circular;
        Self { number: circular.number.clone(), on: circular.on, url: circular.url.clone() }
    }
}

/// How a relaxation was taken back.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UndoneDto {
    /// Who.
    pub by: Option<UserRef>,
    /// When.
    pub at: Ist,
    /// Why.
    pub reason: String,
    /// What it did.
    pub report: UndoReportDto,
}

/// What taking back did.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct UndoReportDto {
    /// Filings that have their dates or cost back.
    pub restored: usize,
    /// Filings closed since; they keep the date under which they closed.
    pub closed_since: usize,
    /// Internal targets set by hand since that are after the due date now; they stay.
    pub by_hand: usize,
    /// The filings of the last two, the first hundred.
    pub noted: Vec<NotedDto>,
}

/// A filing that somebody should look at.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NotedDto {
    /// The filing.
    pub filing_id: i64,
    /// Whose and which.
    pub name: String,
    /// What is with it.
    pub why: String,
}

impl From<UndoReport> for UndoReportDto {
    fn from(report: UndoReport) -> Self {
        let noted = report.noted.into_iter();
        Self {
            restored: report.restored,
            closed_since: report.closed_since,
            by_hand: report.by_hand,
            noted: noted.map(|n| NotedDto { filing_id: n.filing.get(), name: n.name, why: n.why }).collect(),
        }
    }
}

/// Sums over the filings in scope.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RelaxationCountsDto {
    /// Filings that change.
    pub changed: usize,
    /// Their date moves.
    pub extended: usize,
    /// Their late fee starts later.
    pub freed: usize,
    /// Past due before, on time after.
    pub on_time_again: usize,
    /// Past due before and after.
    pub still_late: usize,
    /// Filed late before, on time after.
    pub filed_on_time_again: usize,
    /// Clients with a filing that changes.
    pub clients: usize,
    /// Open ones that stay: as late already.
    pub as_late_already: usize,
    /// Open ones that stay: late when the circular came.
    pub late_before: usize,
    /// Open ones that stay: no date.
    pub no_date: usize,
    /// Filed ones that stay.
    pub filed: usize,
    /// Waived and not applicable ones; they stay.
    pub closed_otherwise: usize,
}

impl From<Counts> for RelaxationCountsDto {
    fn from(c: Counts) -> Self {
        Self {
            changed: c.changed(),
            extended: c.extended,
            freed: c.freed,
            on_time_again: c.on_time_again,
            still_late: c.still_late,
            filed_on_time_again: c.filed_on_time_again,
            clients: c.clients,
            as_late_already: c.as_late_already,
            late_before: c.late_before,
            no_date: c.no_date,
            filed: c.filed,
            closed_otherwise: c.closed_otherwise,
        }
    }
}

fn person(id: Option<UserId>, name: Option<String>) -> Option<UserRef> {
    id.map(|id| UserRef::named(id, name.unwrap_or_default()))
}

impl From<RelaxationRow> for RelaxationDto {
    fn from(row: RelaxationRow) -> Self {
        let r = row.relaxation;
        let (effect, new_due_on, extra_days, free_until, counts_from_due) = match r.effect {
            Effect::NewDate(date) => ("new_date", Some(date), None, None, true),
            Effect::ExtraDays(days) => ("extra_days", None, Some(days), None, true),
            Effect::NoLateCost { until, counts_from_due } => {
                ("no_late_cost", None, None, Some(until), counts_from_due)
            }
        };
        let report = row.undo_report.as_ref().map(UndoReport::from_json).unwrap_or_default();
        let undone_name = row.undone_by;
        Self {
            id: r.id.get(),
            state: if r.undone.is_some() { "undone" } else { "standing" },
            effect_text: r.effect_words(),
            circular: CircularDto::of(&r),
            regulator: r.regulator,
            codes: r.scope.codes,
            period_from: r.scope.period_from,
            period_to: r.scope.period_to,
            period_keys: r.scope.period_keys,
            listed_clients: row.listed_clients,
            entity_types: r.scope.entity_types,
            registrations: r.scope.registrations,
            effect,
            new_due_on,
            extra_days,
            free_until,
            counts_from_due,
            names_past: r.names_past,
            note: r.note,
            reason: r.reason,
            counts: row.counts.into(),
            in_force_on: row.in_force_on,
            applied_by: person(r.applied_by, row.applied_by),
            applied_at: Ist(r.applied_at),
            undone: r.undone.map(|undone| UndoneDto {
                by: person(undone.by, undone_name),
                at: Ist(undone.at),
                reason: undone.reason,
                report: report.into(),
            }),
        }
    }
}

/// A filing under a relaxation.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RelaxedFilingDto {
    /// The filing.
    pub filing_id: i64,
    /// Whose.
    pub client_id: i64,
    /// The client's short name.
    pub client_name: String,
    /// `MCA-AOC4`.
    pub code: String,
    /// Name of the return.
    pub title: String,
    /// `FY 2025-26`.
    pub period_label: String,
    /// What the rule gives.
    #[schema(value_type = Option<String>, format = Date)]
    pub rule_due_on: Option<Date>,
    /// The date in force.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    /// The date is a probable one: an event is awaited.
    pub awaited: bool,
    /// No additional fee until this day.
    #[schema(value_type = Option<String>, format = Date)]
    pub free_until: Option<Date>,
    /// Status today.
    pub status: String,
}

impl RelaxedFilingDto {
    /// As it stands today.
    pub fn of(scoped: ScopedFiling, today: Date) -> Self {
        let filing = scoped.filing;
        let rule = filing.rule_dates();
        let due = filing.due_on(today);
        Self {
            filing_id: filing.id.get(),
            client_id: filing.client.get(),
            client_name: scoped.client_name,
            title: scoped.title,
            rule_due_on: rule.legal_due.or(rule.lapse_due).or(rule.projected_due),
            due_on: due.or(filing.projected_due),
            awaited: due.is_none(),
            free_until: filing.relief.free.map(|free| free.until),
            status: status_on(&filing, today).map_or("withdrawn", |status| status.as_str()).to_owned(),
            code: filing.code,
            period_label: filing.period_label,
        }
    }
}

/// One filing of a preview.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PreviewRowDto {
    /// The filing.
    pub filing_id: i64,
    /// Whose.
    pub client_id: i64,
    /// The client's short name.
    pub client_name: String,
    /// `MCA-AOC4`.
    pub code: String,
    /// Name of the return.
    pub title: String,
    /// `FY 2025-26`.
    pub period_label: String,
    /// The date in force now, or the probable one.
    #[schema(value_type = Option<String>, format = Date)]
    pub old_due_on: Option<Date>,
    /// The date in force after.
    #[schema(value_type = Option<String>, format = Date)]
    pub new_due_on: Option<Date>,
    /// The date is a probable one: an event is awaited.
    pub awaited: bool,
    /// Status now.
    pub old_status: Option<&'static str>,
    /// Status after.
    pub new_status: Option<&'static str>,
    /// No additional fee until this day.
    #[schema(value_type = Option<String>, format = Date)]
    pub free_until: Option<Date>,
    /// `extended`, `freed` or `stays`.
    pub outcome: &'static str,
    /// Why it stays: `as_late_already`, `late_before` or `no_date`.
    pub stays_because: Option<&'static str>,
}

impl From<PreviewRow> for PreviewRowDto {
    fn from(row: PreviewRow) -> Self {
        let (outcome, stays_because) = match row.outcome {
            Outcome::Extended => ("extended", None),
            Outcome::Freed => ("freed", None),
            Outcome::Stays(why) => ("stays", Some(why.as_str())),
        };
        Self {
            filing_id: row.filing.get(),
            client_id: row.client.get(),
            client_name: row.client_name,
            code: row.code,
            title: row.title,
            period_label: row.period_label,
            old_due_on: row.old_due,
            new_due_on: row.new_due,
            awaited: row.awaited,
            old_status: row.old_status.map(|status| status.as_str()),
            new_status: row.new_status.map(|status| status.as_str()),
            free_until: row.free_until,
            outcome,
            stays_because,
        }
    }
}

/// A relaxation over one filing.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FilingRelaxationDto {
    /// The relaxation.
    pub id: i64,
    /// `extended to 30 Nov 2026`.
    pub effect_text: String,
    /// The circular.
    pub circular: CircularDto,
}

impl From<&Relaxation> for FilingRelaxationDto {
    fn from(relaxation: &Relaxation) -> Self {
        Self {
            id: relaxation.id.get(),
            effect_text: relaxation.effect_words(),
            circular: CircularDto::of(relaxation),
        }
    }
}
