//! Filings on the wire.

use crate::auth::dto::UserRef;
use crate::http::Ist;
use ::filings::checklist::FIRM_KEY;
use ::filings::{ChecklistRow, CommentRow, FilingRow, FilingStatus};
use app::filings::cost_per_day;
use kernel::Date;
use rulebook::Rulebook;
use serde::Serialize;
use utoipa::ToSchema;

/// One obligation of one client for one period.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct FilingDto {
    /// Id within the firm.
    pub id: i64,
    /// Whose.
    pub client_id: i64,
    /// The client's short name.
    pub client_name: String,
    /// `RBI`, ...
    pub regulator: String,
    /// `DNBS01`, ...
    pub code: String,
    /// Name of the return.
    pub title: String,
    /// First day of the period.
    #[schema(value_type = String, format = Date)]
    pub period_start: Date,
    /// Last day of the period.
    #[schema(value_type = String, format = Date)]
    pub period_end: Date,
    /// `Q2 FY 2026-27`.
    pub period_label: String,
    /// Unique with client and code.
    pub period_key: String,
    /// The due date in force: the rule's, or a relaxation's over it; none while it hangs on an event.
    #[schema(value_type = Option<String>, format = Date)]
    pub legal_due_on: Option<Date>,
    /// The rule's own date, when a relaxation lies over it.
    #[schema(value_type = Option<String>, format = Date)]
    pub rule_due_on: Option<Date>,
    /// The relaxation that gives the date in force.
    pub relaxation_id: Option<i64>,
    /// No additional fee if filed by this day, by a relaxation. Penalties run on.
    #[schema(value_type = Option<String>, format = Date)]
    pub no_late_cost_until: Option<Date>,
    /// Probable date while an event is awaited.
    #[schema(value_type = Option<String>, format = Date)]
    pub projected_due_on: Option<Date>,
    /// The firm's own, earlier date.
    #[schema(value_type = Option<String>, format = Date)]
    pub target_due_on: Option<Date>,
    /// `awaiting_event`, `upcoming`, `due_soon`, `due_today`, `overdue`, `breached`, `in_review`, `filed`,
    /// `filed_late`, `waived` or `not_applicable`; follows from the dates.
    pub status: String,
    /// Days past the legal due date, until today or until it was filed.
    pub days_late: i64,
    /// Days until the legal due date; none when there is no date or it is over.
    pub days_to_due: Option<i64>,
    /// Who does it.
    pub assignee: Option<UserRef>,
    /// When it was filed.
    #[schema(value_type = Option<String>, format = Date)]
    pub filed_on: Option<Date>,
    /// Acknowledgement number.
    pub acknowledgement_no: Option<String>,
    /// Items done.
    pub checklist_done: u16,
    /// Items in all.
    pub checklist_total: u16,
    /// Days after the legal due date until it counts as breached.
    pub breach_after_days: u16,
    /// `licence_critical`, `high` or `routine`.
    pub materiality: String,
    /// What a day late costs at most: by the day while it is open, by law and without the client's own facts. None when no
    /// day has a price.
    pub cost_per_day: Option<Money>,
    /// What it waits for.
    pub waits_for: Option<WaitsFor>,
    /// For If-Match.
    pub version: i64,
    /// When it was last saved.
    pub updated_at: Ist,
}

/// An amount of money.
#[derive(Debug, Serialize, ToSchema)]
pub struct Money {
    /// A decimal number.
    pub amount: String,
    /// ISO 4217 code.
    pub currency: String,
}

/// An event that has to be recorded first.
#[derive(Debug, Serialize, ToSchema)]
pub struct WaitsFor {
    /// `agm_held`, ...
    pub event: String,
    /// In words.
    pub title: String,
}

impl FilingDto {
    /// Fills what follows from `today`.
    pub fn of(row: FilingRow, today: Date) -> Self {
        let open = !matches!(
            row.status,
            FilingStatus::Filed
                | FilingStatus::FiledLate
                | FilingStatus::Waived
                | FilingStatus::NotApplicable
        );
        let until = if open { Some(today) } else { row.filed_on };
        let late = match (row.legal_due, until) {
            (Some(due), Some(until)) => (until - due).whole_days().max(0),
            _ => 0,
        };
        let to_due = row.legal_due.filter(|_| open).map(|due| (due - today).whole_days()).filter(|d| *d >= 0);
        let a_day = row.legal_due.filter(|_| open).and_then(|due| {
            let rule = (row.code.as_str(), row.rule_id.as_str());
            let (amount, currency) = cost_per_day(Rulebook::shipped(), rule, due, row.free, today)?;
            Some(Money { amount: amount.to_string(), currency })
        });
        Self {
            id: row.id.get(),
            client_id: row.client.get(),
            client_name: row.client_name,
            regulator: row.regulator,
            code: row.code,
            title: row.title,
            period_start: row.period_start,
            period_end: row.period_end,
            period_label: row.period_label,
            period_key: row.period_key,
            legal_due_on: row.legal_due,
            rule_due_on: row.rule_due,
            relaxation_id: row.relaxation.map(kernel::Id::get),
            no_late_cost_until: row.free.map(|free| free.until),
            projected_due_on: row.projected_due,
            target_due_on: row.target_due,
            status: row.status.as_str().into(),
            days_late: late,
            days_to_due: to_due,
            assignee: row.assignee.map(|(id, name)| UserRef::named(id, name)),
            filed_on: row.filed_on,
            acknowledgement_no: row.acknowledgement_no,
            checklist_done: row.checklist_done,
            checklist_total: row.checklist_total,
            breach_after_days: row.breach_after_days,
            materiality: row.materiality,
            cost_per_day: a_day,
            waits_for: row.waits_for.map(|event| WaitsFor { title: event_title(&event), event }),
            version: row.version,
            updated_at: Ist(row.updated_at),
        }
    }
}

fn event_title(event: &str) -> String {
    if event == "as_directed" {
        return "Date set by the regulator".into();
    }
    Rulebook::shipped().event_kind(event).map_or_else(|| event.replace('_', " "), |kind| kind.title.clone())
}

/// One line of the reasoning.
#[derive(Debug, Serialize, ToSchema)]
pub struct StepDto {
    /// What was done, in plain words.
    pub text: String,
    /// What came out, for example a date; none when the step only informs.
    pub value: Option<String>,
    /// The instrument that says so.
    pub citation: Option<String>,
}

/// The rule that dated the filing.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct RuleRef {
    /// Code and version.
    pub id: String,
    /// Name of the return.
    pub title: String,
    /// The instrument.
    pub instrument: String,
    /// Its section.
    pub section: String,
    /// Grade of the source: P, S, K, U, V, M, or a mix.
    pub confidence: String,
    /// How often.
    pub frequency: String,
    /// Where it is filed.
    pub channel: String,
    /// What to know.
    pub note: String,
    /// A retired template.
    pub legacy: bool,
    /// What replaced it.
    pub superseded_by: Vec<String>,
    /// Whether a nil return is due when there is nothing to report.
    pub nil_return_required: bool,
}

/// One item of the checklist.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChecklistItemDto {
    /// `r1`... shipped, `f-...` the firm's own for the return, `o1`... its own for this filing.
    pub id: String,
    /// What has to be done.
    pub text: String,
    /// Added by the firm to this filing.
    pub own: bool,
    /// Added by the firm to every filing of the return.
    pub firm: bool,
    /// Done.
    pub done: bool,
    /// By whom.
    pub done_by: Option<UserRef>,
    /// When.
    pub done_at: Option<Ist>,
    /// Free text.
    pub note: String,
}

impl ChecklistItemDto {
    /// With the names of people.
    pub fn of(row: ChecklistRow, name_of: impl Fn(kernel::id::UserId) -> UserRef) -> Self {
        Self {
            firm: row.key.starts_with(FIRM_KEY),
            id: row.key,
            text: row.text,
            own: row.own,
            done: row.done.is_some(),
            done_by: row.done.and_then(|(by, _)| by).map(name_of),
            done_at: row.done.map(|(_, at)| Ist(at)),
            note: row.note,
        }
    }
}

/// A remark.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommentDto {
    /// Id within the firm.
    pub id: i64,
    /// Who.
    pub author: UserRef,
    /// When.
    pub at: Ist,
    /// What.
    pub text: String,
}

impl From<CommentRow> for CommentDto {
    fn from(c: CommentRow) -> Self {
        Self { id: c.id.get(), author: UserRef::named(c.author, c.author_name), at: Ist(c.at), text: c.text }
    }
}
