//! A rule version and everything it carries.

use super::calendar::{Calendar, Holiday};
use super::cost::Cost;
use super::expr::Expr;
use super::facts::{EventKind, FactDef};
use super::kind::{RuleKind, Validity};
use super::predicate::Predicate;
use kernel::period::Frequency;
use serde::Deserialize;
use std::collections::BTreeMap;
use time::Date;

/// Where the duty is written.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// Act, regulation, direction or circular, with its number.
    pub instrument: String,
    /// Section, paragraph or annex; `not known` when no source gave it.
    pub section: String,
    /// Date of the instrument.
    pub date: Option<Date>,
    /// Address of the text.
    pub url: Option<String>,
}

impl Citation {
    /// The instrument and section in one line; an unknown section is left out.
    pub fn line(&self) -> String {
        match self.section.as_str() {
            "" | "not known" => self.instrument.clone(),
            section => format!("{}, {section}", self.instrument),
        }
    }
}

/// Which date decides the version of a rule.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VersionKey {
    /// The reference date.
    #[default]
    ReferenceDate,
    /// The end of the reporting period.
    ReportingPeriod,
    /// The day of the event.
    EventDate,
    /// The day of filing.
    FilingDate,
    /// The day of the contravention.
    ContraventionDate,
    /// The day on which an amount accrues.
    AccrualDay,
    /// The month in which an amount accrues.
    AccrualMonth,
    /// The day of the complaint.
    ComplaintDate,
    /// The state of the licence on the day asked.
    LicenceStateOn,
}

/// How much a miss matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Materiality {
    /// Ordinary.
    #[default]
    Routine,
    /// Heavy fees or penalties.
    High,
    /// The licence is at stake.
    LicenceCritical,
}

impl Materiality {
    /// Stable snake_case name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::High => "high",
            Self::LicenceCritical => "licence_critical",
        }
    }
}

/// How time is cut into periods for a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeriodScheme {
    /// Weeks that end on this weekday (0 is Monday).
    WeekEnding(u8),
    /// Half months.
    Fortnight,
    /// Up to the reference days of each month (31 is the last day), sorted.
    ReferenceDays(Vec<u8>),
    /// Calendar months.
    Month,
    /// Quarters.
    Quarter,
    /// Halves of the financial year.
    HalfYear,
    /// 1 April to 31 March.
    FinancialYear,
    /// The client's own financial year, by its `financial_year_end` fact.
    EntityYear,
    /// One per recorded event.
    Event,
    /// Once, counted from the date in this fact.
    Once(String),
    /// Three years from the financial year that contains the date in this fact.
    Triennial(String),
    /// Blocks of so many years from the date in this fact (a licence fee every five years from grant).
    YearsFrom {
        /// Fact key.
        fact: String,
        /// Years in a block.
        years: u8,
    },
}

/// Which way a date moves off a day that is not a working day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShiftDirection {
    /// To the next working day.
    Next,
    /// To the previous working day.
    Previous,
}

/// A shift that the instrument itself orders.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// Which way.
    pub direction: ShiftDirection,
    /// Named calendar.
    pub calendar: String,
    /// Why: `instrument`, `gca_s10` or `internal`.
    pub basis: String,
}

/// A date that an instrument fixed for one period only.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneTime {
    /// Period key.
    pub period: String,
    /// The date.
    pub date: Date,
    /// The instrument that fixed it.
    pub instrument: String,
}

/// A later stage at which an act is still possible, with a heavier fee.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LateStage {
    /// Days after the day counted from.
    pub days: i32,
    /// What it costs or needs.
    pub text: String,
}

/// What a relief does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReliefEffect {
    /// The legal due date moves to `until`.
    ExtendsDue,
    /// The due date stays; no additional fee until `until`.
    NoAdditionalFee,
    /// The due date stays; a part of the fee is asked until `until`.
    ReducedFee,
}

/// What is counted once the relief has ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReliefAfter {
    /// Days late are counted from the original due date.
    #[default]
    RecountFromOriginal,
    /// Days late are counted from the end of the relief.
    CountFromUntil,
}

/// A general order that helps late filers of some periods.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relief {
    /// Codes of the returns.
    pub codes: Vec<String>,
    /// Period keys; `*` is every period due by `until`.
    pub periods: Vec<String>,
    /// Last day.
    pub until: Date,
    /// What it does.
    pub effect: ReliefEffect,
    /// What is counted afterwards.
    #[serde(default)]
    pub after: ReliefAfter,
    /// The instrument.
    pub instrument: String,
}

/// One version of one rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Code that stays the same over versions, for example `DNBS01`.
    pub code: String,
    /// Code and version, for example `DNBS01@2024-02-27`.
    pub id: String,
    /// File it came from.
    pub file: String,
    /// Regulator tag, for example `RBI`.
    pub regulator: String,
    /// Name of the return.
    pub title: String,
    /// What sort of duty it is.
    pub kind: RuleKind,
    /// True: no law asks for it; a firm may track it knowingly.
    pub non_statutory: bool,
    /// Rows of the domain tables that it carries out.
    pub rows: Vec<String>,
    /// How long a licence lasts; only for licences.
    pub validity: Option<Validity>,
    /// To whom it applies.
    pub applies_when: Predicate,
    /// How often.
    pub frequency: Frequency,
    /// How time is cut.
    pub periods: PeriodScheme,
    /// Event kind that starts an event-driven return.
    pub event: Option<String>,
    /// Which date decides the version.
    pub version_key: VersionKey,
    /// First day of the version.
    pub effective_from: Date,
    /// False: the first day is from general knowledge, no source confirmed it; it is not shown as a fact.
    pub start_confirmed: bool,
    /// Last day of the version.
    pub effective_to: Option<Date>,
    /// Id or code that this version replaced.
    pub supersedes: Vec<String>,
    /// Ids or codes that replaced this version.
    pub superseded_by: Vec<String>,
    /// Where it is written.
    pub citation: Citation,
    /// The instrument and section in one line.
    pub cited: String,
    /// Grade of the source: P, S, K, U, V, M, or a mix such as `S/U`.
    pub confidence: String,
    /// False: shipped but not planned until the firm enables it.
    pub enabled: bool,
    /// False: not a filing (a meeting or a register); evaluated, never planned.
    pub planned: bool,
    /// What to know; empty when there is nothing.
    pub note: String,
    /// Day of the last reading against the source.
    pub last_reviewed: Date,
    /// Where it is filed.
    pub portal: String,
    /// Who files.
    pub filer: String,
    /// What has to be gathered and done.
    pub checklist: Vec<String>,
    /// Days after the legal due date at which a miss counts as a breach.
    pub breach_after_days: u16,
    /// True: a NIL return is due when there is nothing to report.
    pub nil_return_required: bool,
    /// How much a miss matters.
    pub materiality: Materiality,
    /// True: a retired template that a firm may enable knowingly.
    pub legacy: bool,
    /// Code of the official return that this code stands for.
    pub alias_of: Option<String>,
    /// Other codes that find this rule.
    pub aliases: Vec<String>,
    /// The due date.
    pub due: Expr,
    /// A shift that the instrument orders.
    pub shift: Option<Shift>,
    /// Time of day in Asia/Kolkata; empty means the end of the day.
    pub cutoff: String,
    /// Working days taken off the target date.
    pub buffer_days: u32,
    /// Parts of the year for which nothing is due: `Q4`, `H2`, `03` (month), or a whole period key.
    pub skip: Vec<String>,
    /// Dates fixed for one period.
    pub one_time: Vec<OneTime>,
    /// Later stages, counted from the same day as the due date.
    pub late_stages: Vec<LateStage>,
    /// What being late costs.
    pub cost: Vec<Cost>,
    /// Short names of inputs for the command line: name to `event:kind` or `fact:key`.
    pub inputs: BTreeMap<String, String>,
}

impl Rule {
    /// True when `date` lies inside the version's life.
    pub fn in_force_on(&self, date: Date) -> bool {
        self.effective_from <= date && self.effective_to.is_none_or(|to| date <= to)
    }

    /// The instrument and section in one line.
    pub fn citation_text(&self) -> &str {
        &self.cited
    }

    /// Event kinds that this rule counts from, its own event first.
    pub fn event_kinds(&self) -> Vec<&str> {
        let mut kinds: Vec<&str> = self.event.as_deref().into_iter().collect();
        collect_kinds(&self.due, &mut kinds);
        kinds
    }
}

fn collect_kinds<'a>(expr: &'a Expr, kinds: &mut Vec<&'a str>) {
    let found = match expr {
        Expr::Event { kind, .. }
        | Expr::Previous { kind }
        | Expr::First { kind }
        | Expr::Series { kind, .. } => Some(kind.as_str()),
        Expr::Anniversary { restart_on, .. } => restart_on.as_deref(),
        _ => None,
    };
    if let Some(kind) = found.filter(|k| !kinds.contains(k)) {
        kinds.push(kind);
    }
    for child in expr.children() {
        collect_kinds(child, kinds);
    }
}

/// Everything the packs say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Law {
    /// All rule versions, by code and then by start.
    pub rules: Vec<Rule>,
    /// The fact catalogue.
    pub facts: Vec<FactDef>,
    /// The event kinds.
    pub events: Vec<EventKind>,
    /// The calendars.
    pub calendars: Vec<Calendar>,
    /// Holidays of all lists, by date.
    pub holidays: Vec<Holiday>,
    /// The reliefs.
    pub reliefs: Vec<Relief>,
}
