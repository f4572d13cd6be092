//! What the nightly check does with one filing on one day: which alert is due, to whom, and whether a breach begins or ends.
//! Pure: the day, the people and what was sent before are arguments.

use crate::filing::{Lapse, due_on};
use crate::ladder::{LADDER, Rung, Step, Weight};
use kernel::Date;
use kernel::id::{ClientId, FilingId, UserId};
use kernel::period::day_text;
use std::collections::BTreeSet;

/// How far the ladder of a filing went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// The due date it was climbed for.
    pub due: Option<Date>,
    /// The last rung.
    pub rung: Option<Rung>,
    /// The day on which the recorded breach that still stands began.
    pub breach_on: Option<Date>,
}

/// How a filing stands, as far as the check cares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Still to be done.
    Open,
    /// Filed, on this day.
    Filed(Date),
    /// Waived.
    Waived,
    /// Does not apply.
    NotApplicable,
    /// No longer in the plan.
    Withdrawn,
}

/// A filing as the check sees it.
#[derive(Debug, Clone)]
pub struct Watched {
    /// Id within the firm.
    pub id: FilingId,
    /// Whose.
    pub client: ClientId,
    /// The client's short name.
    pub client_name: String,
    /// Who looks after the client.
    pub owner: Option<UserId>,
    /// Who does it.
    pub assignee: Option<UserId>,
    /// `DNBS01`.
    pub code: String,
    /// `Q2 FY 2026-27`.
    pub period_label: String,
    /// How much a miss matters.
    pub weight: Weight,
    /// The date in force; none while it hangs on an event.
    pub legal_due: Option<Date>,
    /// What happens when the event does not come.
    pub lapse: Option<Lapse>,
    /// Days after the due date until it counts as breached.
    pub breach_after_days: u16,
    /// How it stands.
    pub standing: Standing,
    /// How far the ladder went.
    pub marks: Marks,
}

/// An alert to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// The rung that was reached.
    pub rung: Rung,
    /// The due date it counts from.
    pub due: Date,
    /// The day of the rung.
    pub on: Date,
    /// Rungs below it that passed unseen: the product was stopped, or the filing came late. They are recorded, not sent.
    pub skipped: Vec<Rung>,
}

/// A breach that begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breach {
    /// The due date that was missed.
    pub due: Date,
    /// The first day that counts as breached.
    pub on: Date,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decision {
    /// The alert.
    pub alert: Option<Alert>,
    /// The recorded breach no longer holds, with the reason.
    pub cleared: Option<String>,
    /// A breach begins.
    pub breach: Option<Breach>,
    /// How far the ladder went after this.
    pub marks: Marks,
}

/// Decides about one filing. A second call with the new marks finds nothing to do.
pub fn decide(filing: &Watched, today: Date) -> Decision {
    let due = match filing.standing {
        Standing::Open => due_on(filing.legal_due, filing.lapse, today),
        _ => None,
    };
    let breach = due
        .map(|due| Breach { due, on: Rung::Breach.day(due, filing.breach_after_days) })
        .filter(|breach| breach.on <= today);
    let mut decision = Decision { marks: filing.marks, ..Decision::default() };
    climb(filing, due, today, &mut decision);
    let stands = filing.marks.breach_on.is_some();
    let same_due = due.is_some() && due == filing.marks.due;
    match breach {
        Some(breach) if stands && same_due => decision.marks.breach_on = Some(breach.on),
        Some(breach) => {
            decision.cleared = stands.then(|| moved(breach.due));
            decision.breach = Some(breach);
            decision.marks.breach_on = Some(breach.on);
        }
        None if stands => {
            decision.cleared = Some(ended(filing, due));
            decision.marks.breach_on = None;
            // If it is breached again (reopened, or the threshold moved back) that is another event.
            decision.marks.rung = decision.marks.rung.min(Some(Rung::Overdue));
        }
        None => {}
    }
    decision
}

/// The latest rung that was reached and not yet sent. Older ones that were missed are skipped: five days of downtime give
/// one alert with today's truth, not five with old ones.
fn climb(filing: &Watched, due: Option<Date>, today: Date, decision: &mut Decision) {
    let Some(due) = due else { return };
    let sent = if filing.marks.due == Some(due) { filing.marks.rung } else { None };
    let mut reached: Vec<(Rung, Date)> = LADDER
        .iter()
        .filter(|step| Some(step.rung) > sent)
        .map(|step| (step.rung, step.rung.day(due, filing.breach_after_days)))
        .filter(|(_, on)| *on <= today)
        .collect();
    if let Some((rung, on)) = reached.pop() {
        let skipped = reached.into_iter().map(|(rung, _)| rung).collect();
        decision.alert = Some(Alert { rung, due, on, skipped });
        decision.marks.due = Some(due);
        decision.marks.rung = Some(rung);
    }
}

fn moved(due: Date) -> String {
    format!("the due date moved to {}", day_text(due))
}

fn ended(filing: &Watched, due: Option<Date>) -> String {
    match (filing.standing, due) {
        (Standing::Filed(on), _) => format!("filed on {}", day_text(on)),
        (Standing::Waived, _) => "waived".into(),
        (Standing::NotApplicable, _) => "marked not applicable".into(),
        (Standing::Withdrawn, _) => "no longer in the plan".into(),
        (Standing::Open, Some(due)) if filing.marks.due == Some(due) => {
            format!("breached only after {} days now", filing.breach_after_days)
        }
        (Standing::Open, Some(due)) => moved(due),
        (Standing::Open, None) => "waits for an event again".into(),
    }
}

/// The people of a firm who can be told.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// Everybody who can sign in.
    pub active: BTreeSet<UserId>,
    /// Of these, the principal officers.
    pub principal_officers: BTreeSet<UserId>,
    /// Of these, the administrators.
    pub admins: BTreeSet<UserId>,
}

impl People {
    /// Who is told of a rung. Somebody stands in for whoever is missing or has left: the owner for the assignee, the
    /// principal officers for the owner, the administrators for the principal officers.
    pub fn told(&self, filing: &Watched, step: &Step) -> BTreeSet<UserId> {
        let one = |user: Option<UserId>| -> BTreeSet<UserId> {
            user.filter(|user| self.active.contains(user)).into_iter().collect()
        };
        let or = |set: BTreeSet<UserId>, other: &BTreeSet<UserId>| {
            if set.is_empty() { other.clone() } else { set }
        };
        let officers = or(self.principal_officers.clone(), &self.admins);
        let owner = or(one(filing.owner), &officers);
        let mut told = or(one(filing.assignee), &owner);
        if step.owner {
            told.extend(owner);
        }
        if step.principal_officer.is_some_and(|from| filing.weight >= from) {
            told.extend(officers);
        }
        told
    }
}

#[cfg(test)]
mod tests;
