//! "Portal not working": what went wrong on a regulator's portal while somebody tried to file, kept as evidence. An entry
//! is never changed or removed; a wrong one is struck through with a reason.

use crate::clock::Holder;
use crate::commands::FilingError;
use crate::custody::{Custody, pass};
use crate::filing::{Filing, FilingState};
use crate::picture::{Picture, PictureKind};
use crate::ports::Filings;
use async_trait::async_trait;
use kernel::fields::check_text;
use kernel::id::{FilingId, PortalProblemId, UserId};
use kernel::journal::{Change, Journal};
use kernel::moment::{IST, Instant};
use kernel::period::day_text;
use kernel::{Actor, FieldErrors, Permission, StoreError};
use std::fmt::Write;

/// Entries on one filing.
const MAX_ENTRIES: usize = 100;

/// What somebody writes down.
#[derive(Debug, Clone)]
pub struct NewProblem {
    /// When it happened.
    pub happened_at: Instant,
    /// Which portal.
    pub portal: String,
    /// What happened.
    pub what: String,
    /// The helpdesk's ticket.
    pub ticket_no: Option<String>,
    /// The screenshot with the hash of its bytes.
    pub picture: Option<(Picture, [u8; 32])>,
    /// Nothing can be done until the portal works: the clock goes to the regulator.
    pub holds_up: bool,
}

/// An entry of the log.
#[derive(Debug, Clone)]
pub struct PortalProblem {
    /// Id within the firm.
    pub id: PortalProblemId,
    /// When it happened.
    pub happened_at: Instant,
    /// Which portal.
    pub portal: String,
    /// What happened.
    pub what: String,
    /// The helpdesk's ticket.
    pub ticket_no: Option<String>,
    /// Kind, bytes and hash of the screenshot.
    pub picture: Option<(PictureKind, i64, Vec<u8>)>,
    /// Who wrote it down.
    pub by: (UserId, String),
    /// When.
    pub recorded_at: Instant,
    /// Why it no longer counts.
    pub struck: Option<Struck>,
}

/// An entry that turned out wrong.
#[derive(Debug, Clone)]
pub struct Struck {
    /// Who struck it through.
    pub by: Option<String>,
    /// When.
    pub at: Instant,
    /// Why.
    pub reason: String,
}

/// The log in the store.
#[async_trait]
pub trait PortalLog: Send {
    /// Appends an entry.
    async fn add_problem(
        &mut self,
        filing: FilingId,
        by: UserId,
        problem: &NewProblem,
        at: Instant,
    ) -> Result<PortalProblemId, StoreError>;
    /// The entries of a filing, oldest first, without the pictures.
    async fn problems_of(&mut self, filing: FilingId) -> Result<Vec<PortalProblem>, StoreError>;
    /// Strikes an entry through; false when it is struck through already.
    async fn strike_problem(
        &mut self,
        id: PortalProblemId,
        by: Option<UserId>,
        reason: &str,
        at: Instant,
    ) -> Result<bool, StoreError>;
    /// The screenshot of an entry of this filing.
    async fn problem_picture(
        &mut self,
        filing: FilingId,
        id: PortalProblemId,
    ) -> Result<Option<Picture>, StoreError>;
}

/// Writes an entry down. Closed filings take entries too: the reason why one was late is often found later.
pub async fn log_problem<T: Filings + PortalLog + Custody + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    author: UserId,
    id: FilingId,
    mut problem: NewProblem,
) -> Result<(), FilingError> {
    actor.require(Permission::FilingsEdit)?;
    problem.portal = problem.portal.trim().to_owned();
    problem.what = problem.what.trim().to_owned();
    problem.ticket_no = problem.ticket_no.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    check(&problem, actor.at).into_result().map_err(FilingError::Invalid)?;
    let filing = there(tx, id).await?;
    if tx.problems_of(id).await?.len() >= MAX_ENTRIES {
        let text = format!("A filing keeps at most {MAX_ENTRIES} entries.");
        return Err(FilingError::Invalid(FieldErrors::one("what", text)));
    }
    tx.add_problem(id, author, &problem, actor.at).await?;
    let name = format!("{} for {}", filing.code, filing.period_label);
    let mut text = format!(
        "noted that {} was not working for {name} on {}: {}",
        problem.portal,
        moment_words(problem.happened_at),
        problem.what
    );
    if let Some(ticket) = &problem.ticket_no {
        let _ = write!(text, ", ticket {ticket}");
    }
    if let Some((_, hash)) = &problem.picture {
        let _ = write!(text, ", screenshot with SHA-256 {}", hex(hash));
    }
    let change = Change::new("filings.portal_problem", "filing", id.get(), text).on_client(filing.client);
    tx.record(change).await?;
    if problem.holds_up && filing.state == FilingState::Open {
        let reason = format!("{} does not work", problem.portal);
        let held = tx.clock_facts(id).await?.map(|facts| crate::clock::Clock::read(&facts, actor.at).holder);
        if held != Some(Some(Holder::Regulator)) {
            pass(tx, actor, &filing, Holder::Regulator, &reason).await?;
        }
    }
    Ok(())
}

/// Strikes an entry through. It stays readable.
pub async fn strike_problem<T: Filings + PortalLog + Journal + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    filing: FilingId,
    id: PortalProblemId,
    reason: &str,
) -> Result<(), FilingError> {
    actor.require(Permission::FilingsEdit)?;
    let reason = reason.trim();
    let mut errors = FieldErrors::new();
    if reason.chars().count() < 5 {
        errors.add("reason", "Give a reason of at least 5 characters; it stays on the record.");
    }
    check_text(&mut errors, "reason", reason, 500);
    errors.into_result().map_err(FilingError::Invalid)?;
    let owner = there(tx, filing).await?;
    let entry = tx.problems_of(filing).await?.into_iter().find(|p| p.id == id);
    let entry = entry.ok_or(FilingError::NotFound)?;
    if !tx.strike_problem(id, actor.user, reason, actor.at).await? {
        return Err(FilingError::State("This entry is struck through already.".into()));
    }
    let text = format!(
        "struck through the entry about {} on {} on {} for {}: {reason}",
        entry.portal,
        moment_words(entry.happened_at),
        owner.code,
        owner.period_label
    );
    let change = Change::new("filings.portal_problem_struck", "filing", filing.get(), text);
    tx.record(change.on_client(owner.client)).await?;
    Ok(())
}

async fn there<T: Filings + ?Sized>(tx: &mut T, id: FilingId) -> Result<Filing, FilingError> {
    let filing = tx.lock_filing(id).await?.ok_or(FilingError::NotFound)?;
    if filing.state == FilingState::Withdrawn { Err(FilingError::NotFound) } else { Ok(filing) }
}

fn check(problem: &NewProblem, now: Instant) -> FieldErrors {
    let mut errors = FieldErrors::new();
    if problem.happened_at > now {
        errors.add("time", "This is in the future. Give the time at which it happened.");
    } else if problem.happened_at.year() < 2000 {
        errors.add("on", "This is too long ago. Check the year.");
    }
    if problem.portal.is_empty() {
        errors.add("portal", "Name the portal.");
    }
    if problem.what.chars().count() < 5 {
        errors.add("what", "Say what happened in a sentence: which step, which message.");
    }
    check_text(&mut errors, "portal", &problem.portal, 100);
    check_text(&mut errors, "what", &problem.what, 2_000);
    check_text(&mut errors, "ticketNo", problem.ticket_no.as_deref().unwrap_or_default(), 100);
    errors
}

fn moment_words(at: Instant) -> String {
    let local = at.to_offset(IST);
    format!("{}, {:02}:{:02} IST", day_text(local.date()), local.hour(), local.minute())
}

/// A hash in hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    fn problem(happened_at: Instant) -> NewProblem {
        NewProblem {
            happened_at,
            portal: "COSMOS".into(),
            what: "Error 504 after the upload".into(),
            ticket_no: None,
            picture: None,
            holds_up: false,
        }
    }

    #[test]
    fn an_entry_says_when_in_the_past_where_and_what() {
        let now = datetime!(2026-10-21 17:00 UTC);
        assert!(check(&problem(now), now).is_empty());
        let early = check(&problem(datetime!(2026-10-21 17:01 UTC)), now);
        assert!(early.first().unwrap().contains("future"));
        let empty = NewProblem { portal: String::new(), what: "no".into(), ..problem(now) };
        assert_eq!(check(&empty, now).0.len(), 2);
        let nul = NewProblem { ticket_no: Some("A\0B".into()), ..problem(now) };
        assert_eq!(check(&nul, now).0.keys().collect::<Vec<_>>(), ["ticketNo"]);
        assert_eq!(moment_words(now), "21 Oct 2026, 22:30 IST");
    }
}
