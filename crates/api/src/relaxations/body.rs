//! A circular as it comes over the wire, for the preview and for the real thing.

use ::filings::relaxation::{Draft, Effect, Scope, Whose};
use kernel::{Date, FieldErrors, Id};
use serde::Deserialize;
use utoipa::ToSchema;

/// What to relax, for whom, and by which circular.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RelaxationBody {
    /// Who issued the circular, `MCA`.
    regulator: String,
    /// Returns, `MCA-AOC4`.
    codes: Vec<String>,
    /// Periods that end on or after this day.
    #[schema(value_type = Option<String>, format = Date)]
    period_from: Option<Date>,
    /// Periods that end on or before this day.
    #[schema(value_type = Option<String>, format = Date)]
    period_to: Option<Date>,
    /// Periods by key, `2025-26`, `2026-27Q2`, `2026-09`; together with a range, both hold.
    #[serde(default)]
    #[schema(required = false)]
    period_keys: Vec<String>,
    /// These clients; null is all of them.
    client_ids: Option<Vec<i64>>,
    /// Only clients of these legal forms.
    #[serde(default)]
    #[schema(required = false)]
    entity_types: Vec<String>,
    /// Only clients with one of these registrations in force, `RBI:NBFC-ICC`.
    #[serde(default)]
    #[schema(required = false)]
    registrations: Vec<String>,
    /// `new_date`, `extra_days` or `no_late_cost`.
    effect: String,
    /// With `new_date`: the new due date. A filing that is due later anyway keeps its date.
    #[schema(value_type = Option<String>, format = Date)]
    new_due_on: Option<Date>,
    /// With `extra_days`: days added to the date of the rule.
    #[schema(minimum = 1, maximum = 365)]
    extra_days: Option<u16>,
    /// With `no_late_cost`: the last day without the additional fee. The due date stays, and penalties run on.
    #[schema(value_type = Option<String>, format = Date)]
    free_until: Option<Date>,
    /// With `no_late_cost`: filed after that day, days count from the due date (true, the default) or from that day.
    counts_from_due: Option<bool>,
    /// The circular names dates that have passed: what was late when it came becomes on time.
    #[serde(default)]
    #[schema(required = false)]
    names_past: bool,
    /// Number of the circular.
    #[schema(max_length = 120)]
    circular_no: String,
    /// Its date.
    #[schema(value_type = String, format = Date)]
    circular_on: Date,
    /// Where to read it; `https` only.
    #[schema(max_length = 500)]
    circular_url: Option<String>,
    /// For colleagues.
    #[schema(max_length = 2000)]
    note: Option<String>,
    /// Why the firm carries it out; asked for when it is applied.
    #[schema(max_length = 1000)]
    reason: Option<String>,
}

impl RelaxationBody {
    /// As the use case takes it.
    pub fn into_draft(self) -> Result<Draft, FieldErrors> {
        let effect = self.effect()?;
        let whose = match self.client_ids {
            None => Whose::All,
            Some(ids) => Whose::These(ids.into_iter().map(Id::new).collect()),
        };
        Ok(Draft {
            regulator: self.regulator,
            scope: Scope {
                codes: self.codes,
                period_from: self.period_from,
                period_to: self.period_to,
                period_keys: self.period_keys,
                whose,
                entity_types: self.entity_types,
                registrations: self.registrations,
            },
            effect: Some(effect),
            names_past: self.names_past,
            circular_no: self.circular_no,
            circular_on: Some(self.circular_on),
            circular_url: self.circular_url,
            note: self.note.unwrap_or_default(),
            reason: self.reason,
        })
    }

    fn effect(&self) -> Result<Effect, FieldErrors> {
        match (self.effect.as_str(), self.new_due_on, self.extra_days, self.free_until) {
            ("new_date", Some(date), _, _) => Ok(Effect::NewDate(date)),
            ("new_date", None, _, _) => Err(FieldErrors::one("newDueOn", "Enter the new due date.")),
            ("extra_days", _, Some(days), _) => Ok(Effect::ExtraDays(days)),
            ("extra_days", _, None, _) => Err(FieldErrors::one("extraDays", "Enter how many days more.")),
            ("no_late_cost", _, _, Some(until)) => {
                Ok(Effect::NoLateCost { until, counts_from_due: self.counts_from_due.unwrap_or(true) })
            }
            ("no_late_cost", _, _, None) => {
                Err(FieldErrors::one("freeUntil", "Enter the last day without the additional fee."))
            }
            _ => Err(FieldErrors::one("effect", "Use new_date, extra_days or no_late_cost.")),
        }
    }
}
