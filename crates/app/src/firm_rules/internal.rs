//! An internal return: the wordings that a firm gave it, each from a day on, and the same as rules for the evaluator.

use super::fnv;
use filings::FirmBook;
use kernel::moment::Instant;
use kernel::period::Frequency;
use kernel::{Date, Id, StoreError};
use rulebook::{InternalDue, InternalRule, PackError, Rulebook};
use serde::{Deserialize, Serialize};

/// When it is due: the safe part of the vocabulary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DueRule {
    /// A day of a month after the period.
    DayOfMonth {
        /// 1 to 31; 31 is the month end.
        day: u8,
        /// Months after the one in which the period ends.
        months: u8,
    },
    /// Calendar days after the period.
    DaysAfterPeriod {
        /// How many.
        days: u16,
    },
    /// Every year on a day.
    Yearly {
        /// 1 to 12.
        month: u8,
        /// 1 to 31.
        day: u8,
    },
    /// Calendar days after a recorded event.
    DaysAfterEvent {
        /// Event kind.
        event: String,
        /// How many.
        days: u16,
    },
}

/// What an internal return says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    /// Its name.
    pub title: String,
    /// `monthly`, `quarterly`, `half_yearly`, `annual` or `event`.
    pub frequency: String,
    /// When it is due.
    pub due: DueRule,
    /// Legal forms; none means every one.
    pub entity_types: Vec<String>,
    /// Registrations, any of which is enough.
    pub registrations: Vec<String>,
    /// These clients only; none means all to whom the rest applies.
    pub clients: Vec<i64>,
    /// What has to be done.
    pub checklist: Vec<String>,
    /// The role that does it.
    pub owner: String,
    /// Days late until it counts as missed.
    pub breach_after_days: u16,
}

/// A wording with its first day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Periods that end, or events that happen, from this day on.
    pub from: Date,
    /// What it says.
    pub wording: Wording,
    /// Why it was written.
    pub reason: String,
    /// Who wrote it.
    pub by: String,
    /// When, in seconds since 1970.
    pub at: i64,
}

impl Version {
    /// When it was written.
    pub fn written_at(&self) -> Instant {
        Instant::from_unix_timestamp(self.at).unwrap_or(Instant::UNIX_EPOCH)
    }
}

/// An internal return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InternalReturn {
    /// `INT-BOARD-PACK`.
    pub code: String,
    /// Its wordings, oldest first; never empty.
    pub versions: Vec<Version>,
    /// From this day on there is none any more.
    pub retired_from: Option<Date>,
    /// For optimistic saving; zero while it is not written.
    pub version: i64,
}

impl InternalReturn {
    /// The wording in force on a day, else the first that comes, else the last there was.
    pub fn current(&self, on: Date) -> Option<&Version> {
        self.versions.iter().rev().find(|v| v.from <= on).or(self.versions.first())
    }

    /// The wordings as rules.
    pub fn rules(&self) -> Vec<InternalRule> {
        let mut rules = Vec::new();
        for (at, version) in self.versions.iter().enumerate() {
            let next = self.versions.get(at + 1).map(|v| v.from);
            let end = [next, self.retired_from].into_iter().flatten().min();
            if end.is_none_or(|end| end > version.from) {
                rules.push(rule(&self.code, version, end.and_then(Date::previous_day)));
            }
        }
        rules
    }
}

fn rule(code: &str, version: &Version, to: Option<Date>) -> InternalRule {
    let wording = &version.wording;
    InternalRule {
        code: code.to_owned(),
        title: wording.title.clone(),
        frequency: wording.frequency.parse().unwrap_or(Frequency::Monthly),
        due: match &wording.due {
            DueRule::DayOfMonth { day, months } => InternalDue::DayOfMonth { day: *day, months: *months },
            DueRule::DaysAfterPeriod { days } => InternalDue::DaysAfterPeriod(*days),
            DueRule::Yearly { month, day } => InternalDue::Yearly { month: *month, day: *day },
            DueRule::DaysAfterEvent { event, days } => {
                InternalDue::DaysAfterEvent { event: event.clone(), days: *days }
            }
        },
        entity_types: wording.entity_types.clone(),
        registrations: wording.registrations.clone(),
        checklist: wording.checklist.clone(),
        filer: wording.owner.replace('_', " "),
        breach_after_days: wording.breach_after_days,
        from: version.from,
        to,
    }
}

/// The firm's own book, checked as a pack is; none when it wrote nothing.
pub fn checked_book(all: &[InternalReturn]) -> Result<Option<FirmBook>, PackError> {
    let rules: Vec<InternalRule> = all.iter().flat_map(InternalReturn::rules).collect();
    if rules.is_empty() {
        return Ok(None);
    }
    let mut chosen = std::collections::BTreeMap::new();
    for version in all.iter().flat_map(|own| own.versions.iter().map(move |v| (&own.code, v))) {
        let (code, version) = version;
        if !version.wording.clients.is_empty() {
            let clients = version.wording.clients.iter().map(|id| Id::new(*id)).collect();
            chosen.insert(format!("{code}@{}", version.from), clients);
        }
    }
    let digest = format!("{:016x}", fnv(&format!("{rules:?} {chosen:?}")));
    Ok(Some(FirmBook { book: Rulebook::shipped().internal(rules)?, chosen, digest }))
}

/// The same for what is stored, which was checked when it was written.
pub fn book_of(all: &[InternalReturn]) -> Result<Option<FirmBook>, StoreError> {
    checked_book(all).map_err(|error| StoreError::Corrupt {
        table: "internal_returns",
        column: "versions",
        id: 0,
        why: error.to_string(),
    })
}
