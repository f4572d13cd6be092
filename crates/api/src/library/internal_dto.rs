//! Internal returns on the wire.

use crate::http::Ist;
use app::firm_rules::{DueRule, FirmRules, InternalReturn, Version, Wording, WriteInternal};
use kernel::{Date, FieldErrors};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// When an internal return is due. Which numbers are needed follows from the kind.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DueDto {
    /// `day_of_month` (day, months), `days_after_period` (days), `yearly` (month, day) or `days_after_event` (event, days).
    kind: String,
    /// Day of the month, 31 is the month end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    day: Option<u8>,
    /// Months after the one in which the period ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    months: Option<u8>,
    /// Month of the year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    month: Option<u8>,
    /// Calendar days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    days: Option<u16>,
    /// Event kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    event: Option<String>,
}

impl DueDto {
    fn into_rule(self) -> Result<DueRule, FieldErrors> {
        let need = |field: &str, what: &str| FieldErrors::one(field, format!("Give {what}."));
        let day = self.day.ok_or_else(|| need("due.day", "the day"));
        let days = self.days.ok_or_else(|| need("due.days", "the number of days"));
        Ok(match self.kind.as_str() {
            "day_of_month" => DueRule::DayOfMonth {
                day: day?,
                months: self.months.ok_or_else(|| need("due.months", "the number of months"))?,
            },
            "days_after_period" => DueRule::DaysAfterPeriod { days: days? },
            "yearly" => DueRule::Yearly {
                month: self.month.ok_or_else(|| need("due.month", "the month"))?,
                day: day?,
            },
            "days_after_event" => DueRule::DaysAfterEvent {
                event: self.event.ok_or_else(|| need("due.event", "the event"))?,
                days: days?,
            },
            _ => return Err(need("due.kind", "day_of_month, days_after_period, yearly or days_after_event")),
        })
    }
}

impl From<&DueRule> for DueDto {
    fn from(due: &DueRule) -> Self {
        match due {
            DueRule::DayOfMonth { day, months } => Self {
                kind: "day_of_month".into(),
                day: Some(*day),
                months: Some(*months),
                ..Self::default()
            },
            DueRule::DaysAfterPeriod { days } => {
                Self { kind: "days_after_period".into(), days: Some(*days), ..Self::default() }
            }
            DueRule::Yearly { month, day } => {
                Self { kind: "yearly".into(), month: Some(*month), day: Some(*day), ..Self::default() }
            }
            DueRule::DaysAfterEvent { event, days } => Self {
                kind: "days_after_event".into(),
                event: Some(event.clone()),
                days: Some(*days),
                ..Self::default()
            },
        }
    }
}

/// What an internal return says, from a day on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct InternalBody {
    /// `INT-` and 2 to 20 capital letters, digits and hyphens.
    code: String,
    /// Periods that end, or events that happen, from this day on.
    #[schema(value_type = String, format = Date)]
    from: Date,
    /// Its name.
    #[schema(min_length = 3, max_length = 120)]
    title: String,
    /// `monthly`, `quarterly`, `half_yearly`, `annual` or `event`.
    frequency: String,
    /// When it is due.
    due: DueDto,
    /// Legal forms; none means every one.
    #[serde(default)]
    #[schema(required = false)]
    entity_types: Vec<String>,
    /// Registrations such as `RBI:NBFC-ICC`, any of which is enough; none means that none is needed.
    #[serde(default)]
    #[schema(required = false)]
    registrations: Vec<String>,
    /// These clients only; none means all to whom the rest applies.
    #[serde(default)]
    #[schema(required = false)]
    client_ids: Vec<i64>,
    /// What has to be done, at most 20 items.
    #[serde(default)]
    #[schema(required = false)]
    checklist: Vec<String>,
    /// The role that does it; empty is nobody in particular.
    #[serde(default)]
    #[schema(required = false)]
    owner: String,
    /// Days late until it counts as missed; 7 leaves it to the firm's default.
    #[schema(minimum = 0, maximum = 365)]
    breach_after_days: u16,
    /// Why; needed for another wording.
    #[serde(default)]
    #[schema(required = false, max_length = 500)]
    reason: String,
}

impl InternalBody {
    /// As a command over the version that the caller saw.
    pub fn into_command(self, expected: i64) -> Result<WriteInternal, FieldErrors> {
        Ok(WriteInternal {
            code: self.code,
            from: self.from,
            wording: Wording {
                title: self.title,
                frequency: self.frequency,
                due: self.due.into_rule()?,
                entity_types: self.entity_types,
                registrations: self.registrations,
                clients: self.client_ids,
                checklist: self.checklist,
                owner: self.owner,
                breach_after_days: self.breach_after_days,
            },
            reason: self.reason,
            expected,
        })
    }
}

/// One wording.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InternalVersionDto {
    /// First day.
    #[schema(value_type = String, format = Date)]
    from: Date,
    title: String,
    frequency: String,
    due: DueDto,
    /// When it is due, in words.
    due_words: String,
    entity_types: Vec<String>,
    registrations: Vec<String>,
    client_ids: Vec<i64>,
    checklist: Vec<String>,
    owner: String,
    breach_after_days: u16,
    /// Why it was written.
    reason: String,
    /// Who wrote it.
    by: String,
    /// When.
    at: Ist,
}

/// An obligation that the firm gives itself. Not law.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct InternalReturnDto {
    /// `INT-BOARD-PACK`.
    code: String,
    /// The wording in force today, else the first to come.
    current: InternalVersionDto,
    /// All wordings, newest first.
    versions: Vec<InternalVersionDto>,
    /// From this day on there is none any more.
    #[schema(value_type = Option<String>, format = Date)]
    retired_from: Option<Date>,
    /// Clients with an open filing of it.
    clients: i64,
    /// Open filings.
    open_filings: i64,
    /// For If-Match.
    version: i64,
}

impl InternalReturnDto {
    /// Its code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// With how far it reaches; nothing for one without a wording, which is never written.
    pub fn of(own: &InternalReturn, firm: &FirmRules, reach: (i64, i64), today: Date) -> Option<Self> {
        let shown = |version: &Version| shown(&own.code, version, firm);
        Some(Self {
            code: own.code.clone(),
            current: shown(own.current(today)?),
            versions: own.versions.iter().rev().map(shown).collect(),
            retired_from: own.retired_from,
            clients: reach.0,
            open_filings: reach.1,
            version: own.version,
        })
    }
}

fn shown(code: &str, version: &Version, firm: &FirmRules) -> InternalVersionDto {
    let Wording {
        title,
        frequency,
        due,
        entity_types,
        registrations,
        clients,
        checklist,
        owner,
        breach_after_days,
    } = version.wording.clone();
    let book = firm.book(code);
    let rule = book.rule(&format!("{code}@{}", version.from));
    InternalVersionDto {
        from: version.from,
        due_words: rule.map(|rule| book.due_words(rule)).unwrap_or_default(),
        due: (&due).into(),
        title,
        frequency,
        entity_types,
        registrations,
        client_ids: clients,
        checklist,
        owner,
        breach_after_days,
        reason: version.reason.clone(),
        by: version.by.clone(),
        at: Ist(version.written_at()),
    }
}
