//! What a relaxation would do to one filing, and the sums over many.

use super::overlay::relieve;
use super::{Effect, Relaxation};
use crate::filing::{Closure, Filing, FilingState, Lapse};
use crate::settings::Aims;
use crate::status::{FilingStatus, status_on};
use kernel::Date;

/// Why a filing in scope stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum StaysBecause {
    /// The date in force is as late already.
    AsLateAlready,
    /// It was late when the circular came, which names no past dates.
    LateBefore,
    /// It has no date that could move.
    NoDate,
}

impl StaysBecause {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AsLateAlready => "as_late_already",
            Self::LateBefore => "late_before",
            Self::NoDate => "no_date",
        }
    }
}

/// What becomes of a filing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Its date moves.
    Extended,
    /// Its late fee starts later.
    Freed,
    /// Nothing.
    Stays(StaysBecause),
}

/// One filing, before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    /// As it is.
    pub before: Filing,
    /// As it will be.
    pub after: Filing,
    /// In a word.
    pub outcome: Outcome,
}

impl Decision {
    /// Whether something is written.
    pub fn changes(&self) -> bool {
        !matches!(self.outcome, Outcome::Stays(_))
    }
}

type Dates = (Option<Date>, Option<Date>, Option<Lapse>);

fn dates(filing: &Filing) -> Dates {
    (filing.legal_due, filing.projected_due, filing.lapse)
}

/// Lays `standing`, all of which cover the filing and among which is `new`, over it.
pub fn decide(filing: Filing, new: &Relaxation, standing: &[&Relaxation], aims: Aims<'_>) -> Decision {
    let after = relieve(filing.clone(), filing.rule_dates(), standing, aims);
    let outcome = if dates(&after) != dates(&filing) {
        Outcome::Extended
    } else if after.relief.free != filing.relief.free {
        Outcome::Freed
    } else {
        Outcome::Stays(why(&filing, new))
    };
    Decision { before: filing, after, outcome }
}

fn why(filing: &Filing, new: &Relaxation) -> StaysBecause {
    let due = filing.legal_due.or(filing.lapse.map(|lapse| lapse.due)).or(filing.projected_due);
    match due {
        None => StaysBecause::NoDate,
        Some(due)
            if !new.names_past
                && due < new.circular.on
                && !matches!(new.effect, Effect::NoLateCost { .. }) =>
        {
            StaysBecause::LateBefore
        }
        Some(_) => StaysBecause::AsLateAlready,
    }
}

/// Sums over the filings in scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Filings whose date moves.
    pub extended: usize,
    /// Filings whose late fee starts later.
    pub freed: usize,
    /// Of those that move: past due before, on time after.
    pub on_time_again: usize,
    /// Of those that move: past due before and after.
    pub still_late: usize,
    /// Filed late before, filed on time after.
    pub filed_on_time_again: usize,
    /// Clients with a filing that changes.
    pub clients: usize,
    /// Open ones that stay: the date is as late already.
    pub as_late_already: usize,
    /// Open ones that stay: late when the circular came.
    pub late_before: usize,
    /// Open ones that stay: no date.
    pub no_date: usize,
    /// Closed ones that stay: filed.
    pub filed: usize,
    /// Closed ones that stay: waived or not applicable.
    pub closed_otherwise: usize,
}

impl Counts {
    /// Filings that change.
    pub fn changed(&self) -> usize {
        self.extended + self.freed
    }

    /// Adds one decision.
    pub fn add(&mut self, decision: &Decision, today: Date) {
        let late = |filing: &Filing| {
            matches!(status_on(filing, today), Some(FilingStatus::Overdue | FilingStatus::Breached))
        };
        match decision.outcome {
            Outcome::Extended => {
                self.extended += 1;
                if matches!(decision.before.state, FilingState::Closed(_)) {
                    let cleared = status_on(&decision.after, today) == Some(FilingStatus::Filed);
                    self.filed_on_time_again += usize::from(cleared);
                } else if late(&decision.before) {
                    let still = late(&decision.after);
                    self.still_late += usize::from(still);
                    self.on_time_again += usize::from(!still);
                }
            }
            Outcome::Freed => self.freed += 1,
            Outcome::Stays(why) => match (&decision.before.state, why) {
                (FilingState::Closed(Closure::Filed { .. }), _) => self.filed += 1,
                (FilingState::Closed(_), _) => self.closed_otherwise += 1,
                (_, StaysBecause::AsLateAlready) => self.as_late_already += 1,
                (_, StaysBecause::LateBefore) => self.late_before += 1,
                (_, StaysBecause::NoDate) => self.no_date += 1,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::filing::Proof;
    use crate::filing::tests::open_filing;
    use crate::relaxation::tests::to_november;
    use rulebook::Rulebook;
    use time::macros::date;

    #[test]
    fn every_filing_is_counted_once_with_its_reason() {
        let aims = Aims::of(Rulebook::shipped());
        let mut circular = to_november(1);
        let with = |due| Filing { legal_due: due, target_due: None, ..open_filing() };
        let sum = |circular: &Relaxation, filings: Vec<Filing>| {
            let mut counts = Counts::default();
            for filing in filings {
                counts.add(&decide(filing, circular, &[circular], aims), date!(2026 - 11 - 21));
            }
            counts
        };
        let open = || {
            vec![
                with(Some(date!(2026 - 10 - 30))),
                with(Some(date!(2026 - 11 - 25))),
                with(Some(date!(2026 - 10 - 01))),
                with(Some(date!(2026 - 12 - 31))),
                with(None),
            ]
        };
        let counts = sum(&circular, open());
        assert_eq!((counts.extended, counts.on_time_again, counts.still_late), (2, 1, 0));
        assert_eq!((counts.late_before, counts.as_late_already, counts.no_date), (1, 1, 1));

        circular.names_past = true;
        circular.effect = Effect::ExtraDays(10);
        let counts = sum(&circular, open());
        assert_eq!((counts.extended, counts.on_time_again, counts.still_late), (4, 0, 2));

        // A filing that went out late is on time once the relief names past dates.
        circular.effect = Effect::NewDate(date!(2026 - 11 - 30));
        let proof = Proof::Acknowledgement("SRN-1".into());
        let state = FilingState::Closed(Closure::Filed { on: date!(2026 - 11 - 05), proof, nil: false });
        let filed = Filing { state, ..with(Some(date!(2026 - 10 - 30))) };
        assert_eq!(sum(&circular, vec![filed.clone()]).filed_on_time_again, 1);
        let decision = decide(filed, &circular, &[&circular], aims);
        assert_eq!(status_on(&decision.after, date!(2026 - 11 - 21)), Some(FilingStatus::Filed));

        circular.effect = Effect::NoLateCost { until: date!(2027 - 01 - 31), counts_from_due: true };
        let counts = sum(&circular, open());
        assert_eq!((counts.freed, counts.extended, counts.late_before), (5, 0, 0));
    }
}
