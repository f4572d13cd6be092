//! One obligation of one client for one period: its states, and the moves between them.

use crate::relaxation::Relief;
use kernel::Date;
use kernel::aadhaar;
use kernel::id::{ClientId, FilingId, UserId};
use kernel::moment::Instant;
use thiserror::Error;

/// How a filing ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closure {
    /// It went to the regulator.
    Filed {
        /// The day it was filed.
        on: Date,
        /// Acknowledgement number, or the named exception.
        proof: Proof,
        /// Nothing to report.
        nil: bool,
    },
    /// It need not be filed, says somebody with a reason.
    Waived {
        /// Why.
        reason: String,
    },
    /// It does not apply, with a reason.
    NotApplicable {
        /// Why.
        reason: String,
    },
}

/// What shows that a filing was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// As printed on the receipt.
    Acknowledgement(String),
    /// Why there is no number.
    Exception(String),
}

/// Where a filing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FilingState {
    /// To be done.
    Open,
    /// With a colleague who looks at it before it is filed.
    InReview,
    /// Over.
    Closed(Closure),
    /// No longer in the plan, because a fact changed; kept so that nothing written on it is lost.
    Withdrawn,
}

/// While an event is awaited: the last day on which it may come, and the legal due date that holds without it after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lapse {
    /// The last day of waiting.
    pub on: Date,
    /// The legal due date from the day after.
    pub due: Date,
}

/// The legal due date as it stands on a day.
pub fn due_on(legal_due: Option<Date>, lapse: Option<Lapse>, day: Date) -> Option<Date> {
    legal_due.or_else(|| lapse.filter(|lapse| lapse.on < day).map(|lapse| lapse.due))
}

/// One obligation.
#[derive(Debug, Clone, PartialEq)]
pub struct Filing {
    /// Id within the firm.
    pub id: FilingId,
    /// Whose.
    pub client: ClientId,
    /// `DNBS01`.
    pub code: String,
    /// The version of the rule that dated it.
    pub rule_id: String,
    /// `Q2 FY 2026-27`.
    pub period_label: String,
    /// Unique with client and code.
    pub period_key: String,
    /// The due date in force: the rule's, or a relaxation's over it; none while it hangs on an event. Never moved by hand.
    pub legal_due: Option<Date>,
    /// Where the date will probably fall while the event is not known.
    pub projected_due: Option<Date>,
    /// What it waits for.
    pub waits_for: Option<String>,
    /// What happens when the event does not come.
    pub lapse: Option<Lapse>,
    /// The firm's own, earlier date.
    pub target_due: Option<Date>,
    /// Somebody set the target by hand; planning leaves it alone.
    pub target_overridden: bool,
    /// Days after the legal due date until it counts as breached.
    pub breach_after_days: u16,
    /// Somebody set the threshold by hand.
    pub breach_overridden: bool,
    /// How many items of its checklist are the firm's own for the return.
    pub firm_items: u16,
    /// Who does it.
    pub assignee: Option<UserId>,
    /// Where it is.
    pub state: FilingState,
    /// Who closed it and when.
    pub closed: Option<(Option<UserId>, Instant)>,
    /// What relaxations do to it.
    pub relief: Relief,
    /// For optimistic saving.
    pub version: i64,
}

/// Why a move is not possible.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Refusal {
    /// It is over; the sentence says what would help.
    #[error("This filing is closed. Reopen it first.")]
    Closed,
    /// It is with a colleague already.
    #[error("This filing is in review already.")]
    InReview,
    /// It is open.
    #[error("This filing is open already.")]
    NotClosed,
    /// The filed date is not possible.
    #[error("{0}")]
    FiledOn(String),
    /// No number and no reason for its absence.
    #[error("Enter the acknowledgement number, or say why there is none.")]
    NoProof,
    /// The number is not usable.
    #[error("{0}")]
    Acknowledgement(String),
    /// A decision needs its reason.
    #[error("Give a reason of at least 5 characters; it stays on the record.")]
    NoReason,
    /// The reason holds what may not be kept.
    #[error("{0}")]
    Reason(&'static str),
}

impl Filing {
    /// The legal due date as it stands on a day: once the wait for an event is over, the date that holds without it.
    pub fn due_on(&self, day: Date) -> Option<Date> {
        due_on(self.legal_due, self.lapse, day)
    }

    /// Whether it still has to be done.
    pub fn is_open(&self) -> bool {
        matches!(self.state, FilingState::Open | FilingState::InReview)
    }

    /// Records it as filed. `on` may be in the past, never in the future.
    pub fn file(
        mut self,
        on: Date,
        proof: Proof,
        nil: bool,
        at: (Option<UserId>, Instant),
    ) -> Result<Self, Refusal> {
        if !self.is_open() {
            return Err(Refusal::Closed);
        }
        let today = kernel::ist_date(at.1);
        if on > today {
            return Err(Refusal::FiledOn(format!(
                "{on} is in the future; a filing is recorded once it was made."
            )));
        }
        if on.year() < 2000 {
            return Err(Refusal::FiledOn(format!("{on} is too long ago. Check the year.")));
        }
        let proof = match proof {
            Proof::Acknowledgement(number) => Proof::Acknowledgement(check_number(&number)?),
            Proof::Exception(reason) => Proof::Exception(check_reason(&reason)?),
        };
        self.state = FilingState::Closed(Closure::Filed { on, proof, nil });
        self.closed = Some(at);
        Ok(self)
    }

    /// Ends it without filing, with a reason.
    pub fn waive(self, reason: &str, at: (Option<UserId>, Instant)) -> Result<Self, Refusal> {
        let reason = check_reason(reason)?;
        self.close(Closure::Waived { reason }, at)
    }

    /// Says that it does not apply, with a reason.
    pub fn not_applicable(self, reason: &str, at: (Option<UserId>, Instant)) -> Result<Self, Refusal> {
        let reason = check_reason(reason)?;
        self.close(Closure::NotApplicable { reason }, at)
    }

    /// Hands it to a colleague to look at before it is filed. Lateness goes on.
    pub fn send_for_review(mut self) -> Result<Self, Refusal> {
        match self.state {
            FilingState::Open => self.state = FilingState::InReview,
            FilingState::InReview => return Err(Refusal::InReview),
            FilingState::Closed(_) | FilingState::Withdrawn => return Err(Refusal::Closed),
        }
        Ok(self)
    }

    /// Opens a closed filing again; the reason goes to the journal.
    pub fn reopen(mut self, reason: &str) -> Result<Self, Refusal> {
        if !matches!(self.state, FilingState::Closed(_)) {
            return Err(Refusal::NotClosed);
        }
        check_reason(reason)?;
        self.state = FilingState::Open;
        self.closed = None;
        Ok(self)
    }

    fn close(mut self, closure: Closure, at: (Option<UserId>, Instant)) -> Result<Self, Refusal> {
        if !self.is_open() {
            return Err(Refusal::Closed);
        }
        self.state = FilingState::Closed(closure);
        self.closed = Some(at);
        Ok(self)
    }
}

fn check_reason(reason: &str) -> Result<String, Refusal> {
    let reason = reason.trim();
    if reason.chars().count() < 5 || reason.chars().any(|c| c == '\0') {
        return Err(Refusal::NoReason);
    }
    if aadhaar::find(reason).is_some() {
        return Err(Refusal::Reason(aadhaar::REFUSAL));
    }
    Ok(reason.to_owned())
}

fn check_number(number: &str) -> Result<String, Refusal> {
    let number = number.trim();
    if number.is_empty() {
        return Err(Refusal::NoProof);
    }
    if number.chars().count() > 100 || number.chars().any(char::is_control) {
        return Err(Refusal::Acknowledgement(
            "Enter the number as printed on the receipt, at most 100 characters.".into(),
        ));
    }
    if aadhaar::find(number).is_some() {
        return Err(Refusal::Acknowledgement(aadhaar::REFUSAL.into()));
    }
    Ok(number.to_owned())
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use kernel::Id;
    use time::macros::{date, datetime};

    pub(crate) fn open_filing() -> Filing {
        Filing {
            id: Id::new(1),
            client: Id::new(1),
            code: "DNBS01".into(),
            rule_id: "DNBS01@2024".into(),
            period_label: "Q2 FY 2026-27".into(),
            period_key: "2026-27Q2".into(),
            legal_due: Some(date!(2026 - 10 - 21)),
            projected_due: None,
            waits_for: None,
            lapse: None,
            target_due: Some(date!(2026 - 10 - 20)),
            target_overridden: false,
            breach_after_days: 7,
            breach_overridden: false,
            firm_items: 0,
            assignee: None,
            state: FilingState::Open,
            closed: None,
            relief: Relief::default(),
            version: 1,
        }
    }

    fn at() -> (Option<UserId>, Instant) {
        (Some(Id::new(3)), datetime!(2026-10-20 20:00 UTC)) // 21 October in India
    }

    #[test]
    fn filing_needs_a_past_date_and_proof() {
        let ack = || Proof::Acknowledgement(" AB12 ".into());
        let filed = open_filing().file(date!(2026 - 10 - 21), ack(), false, at()).unwrap();
        assert!(
            matches!(&filed.state, FilingState::Closed(Closure::Filed { proof: Proof::Acknowledgement(n), .. }) if n == "AB12")
        );
        assert!(matches!(
            open_filing().file(date!(2026 - 10 - 22), ack(), false, at()),
            Err(Refusal::FiledOn(_))
        ));
        let nothing = Proof::Acknowledgement("  ".into());
        assert_eq!(open_filing().file(date!(2026 - 10 - 21), nothing, false, at()), Err(Refusal::NoProof));
        assert_eq!(filed.file(date!(2026 - 10 - 21), ack(), false, at()), Err(Refusal::Closed));
    }

    #[test]
    fn decisions_need_reasons_and_can_be_taken_back() {
        assert_eq!(open_filing().waive("  no ", at()), Err(Refusal::NoReason));
        let waived = open_filing().waive("Regulator letter of 1 Oct 2026", at()).unwrap();
        assert!(!waived.is_open());
        assert!(waived.clone().reopen("Letter was withdrawn").unwrap().is_open());
        assert_eq!(open_filing().reopen("because"), Err(Refusal::NotClosed));
    }
}
