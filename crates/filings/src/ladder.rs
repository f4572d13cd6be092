//! The escalation ladder: on which days before and after a due date whom the product tells, and why. The one place that
//! says so; the screens show this table, and the database's `next_alert_on` counts the same days (a test compares them).

use kernel::Date;
use time::Duration;

/// A step of the ladder, in the order in which a due date passes them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rung {
    /// Seven days before.
    T7,
    /// Three days before.
    T3,
    /// The day before.
    T1,
    /// The due date.
    Due,
    /// The day after.
    Overdue,
    /// The first day that counts as breached.
    Breach,
}

/// How much a miss matters, as it is stored with a filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Ordinary.
    Routine,
    /// Heavy fees or penalties.
    High,
    /// The licence is at stake.
    LicenceCritical,
}

impl Weight {
    /// Every weight, the lightest first.
    pub const ALL: [Self; 3] = [Self::Routine, Self::High, Self::LicenceCritical];

    /// Reads the stored word. An unknown one counts as routine, so that nobody is left without an alert.
    pub fn of(materiality: &str) -> Self {
        match materiality {
            "licence_critical" => Self::LicenceCritical,
            "high" => Self::High,
            _ => Self::Routine,
        }
    }

    /// The stored word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Routine => "routine",
            Self::High => "high",
            Self::LicenceCritical => "licence_critical",
        }
    }
}

/// How loud a rung is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know.
    Info,
    /// Act soon.
    Warn,
    /// Late.
    Danger,
    /// Breached.
    Critical,
}

impl Severity {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Danger => "danger",
            Self::Critical => "critical",
        }
    }

    /// Reads the stable name.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Info, Self::Warn, Self::Danger, Self::Critical].into_iter().find(|s| s.as_str() == text)
    }
}

/// One line of the table.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// Which rung.
    pub rung: Rung,
    /// Days from the due date; the breach comes after the filing's own threshold instead.
    pub days: i64,
    /// Short name.
    pub name: &'static str,
    /// How loud.
    pub severity: Severity,
    /// The client's owner is told as well as the assignee.
    pub owner: bool,
    /// From which weight on the principal officers are told as well.
    pub principal_officer: Option<Weight>,
    /// Why the line is as it is.
    pub why: &'static str,
}

/// The table. The assignee is told on every rung. The principal officer answers for what is late (T+1); for what costs
/// heavily one rung earlier, for what costs the licence two rungs earlier, while it can still be filed in time.
pub const LADDER: [Step; 6] = [
    Step {
        rung: Rung::T7,
        days: -7,
        name: "T-7",
        severity: Severity::Info,
        owner: false,
        principal_officer: None,
        why: "A week is enough to collect what is missing from the client.",
    },
    Step {
        rung: Rung::T3,
        days: -3,
        name: "T-3",
        severity: Severity::Info,
        owner: true,
        principal_officer: None,
        why: "The filing turns to due soon; the client's owner can still help or reassign.",
    },
    Step {
        rung: Rung::T1,
        days: -1,
        name: "T-1",
        severity: Severity::Warn,
        owner: true,
        principal_officer: Some(Weight::LicenceCritical),
        why: "The last full day: a licence-critical return reaches the principal officer two rungs early.",
    },
    Step {
        rung: Rung::Due,
        days: 0,
        name: "Due today",
        severity: Severity::Warn,
        owner: true,
        principal_officer: Some(Weight::High),
        why: "Due before midnight: a return with heavy penalties reaches the principal officer one rung early.",
    },
    Step {
        rung: Rung::Overdue,
        days: 1,
        name: "Overdue",
        severity: Severity::Danger,
        owner: true,
        principal_officer: Some(Weight::Routine),
        why: "Late cost begins and the principal officer answers for it, whatever the return.",
    },
    Step {
        rung: Rung::Breach,
        days: 0,
        name: "Breach",
        severity: Severity::Critical,
        owner: true,
        principal_officer: Some(Weight::Routine),
        why: "The threshold has passed. The breach is recorded, and nobody can mute this alert.",
    },
];

impl Rung {
    /// Its number in the store, from 1.
    pub const fn number(self) -> i16 {
        self as i16 + 1
    }

    /// Reads the number.
    pub fn from_number(number: i16) -> Option<Self> {
        LADDER.iter().map(|step| step.rung).find(|rung| rung.number() == number)
    }

    /// Its line of the table.
    pub const fn step(self) -> &'static Step {
        &LADDER[self as usize]
    }

    /// The day on which it is reached.
    pub fn day(self, due: Date, breach_after_days: u16) -> Date {
        let days = match self {
            Self::Breach => i64::from(breach_after_days) + 1,
            _ => self.step().days,
        };
        due.checked_add(Duration::days(days)).unwrap_or(Date::MAX)
    }

    /// Whether a person may turn its mail off: never that of a breach, nor that of a licence at stake.
    pub fn may_be_muted(self, weight: Weight) -> bool {
        self != Self::Breach && weight != Weight::LicenceCritical
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn the_table_is_in_the_order_of_its_rungs() {
        for (index, step) in LADDER.iter().enumerate() {
            assert_eq!(step.rung as usize, index);
            assert_eq!(Rung::from_number(step.rung.number()), Some(step.rung));
            assert_eq!(step.rung.step().name, step.name);
        }
        assert_eq!((Rung::from_number(0), Rung::from_number(7)), (None, None));
    }

    #[test]
    fn days_are_counted_from_the_due_date_and_the_breach_from_its_threshold() {
        let due = date!(2026 - 10 - 21);
        let days = LADDER.map(|step| step.rung.day(due, 7));
        assert_eq!(
            days,
            [
                date!(2026 - 10 - 14),
                date!(2026 - 10 - 18),
                date!(2026 - 10 - 20),
                date!(2026 - 10 - 21),
                date!(2026 - 10 - 22),
                date!(2026 - 10 - 29)
            ]
        );
        assert_eq!(Rung::Breach.day(due, 0), Rung::Overdue.day(due, 0));
    }

    #[test]
    fn weight_brings_the_principal_officer_in_earlier() {
        let first = |weight| {
            LADDER.iter().find(|s| s.principal_officer.is_some_and(|from| weight >= from)).map(|s| s.rung)
        };
        assert_eq!(first(Weight::Routine), Some(Rung::Overdue));
        assert_eq!(first(Weight::High), Some(Rung::Due));
        assert_eq!(first(Weight::LicenceCritical), Some(Rung::T1));
    }

    #[test]
    fn a_breach_and_a_licence_cannot_be_muted() {
        assert!(Rung::T7.may_be_muted(Weight::High));
        assert!(!Rung::Breach.may_be_muted(Weight::Routine));
        assert!(!Rung::T7.may_be_muted(Weight::LicenceCritical));
    }
}
