//! The nightly check of every firm: alerts up the ladder, the record of breaches, notices, one mail a person.
//!
//! Status needs none of this (`filings::status`). The check alone records the *event* of a breach and what follows from it.
//! It is idempotent: a filing is held while it is decided about, and what was done is kept in the same transaction. A firm's
//! day is claimed by one process; when that one dies another goes on where it stopped. After days of downtime a filing gets
//! the one alert that is true today, and the rungs it missed are kept as skipped.

mod digest;
mod words;

use crate::database::{Database, Tx, transact};
use crate::notices::{FILING_ALERT, NewNotice};
use filings::alerts::{KeptAlert, KeptBreach, RunCounts};
use filings::escalate::{Decision, People, Watched, decide};
use identity::User;
use kernel::id::{FilingId, TenantId, UserId};
use kernel::journal::Change;
use kernel::moment::{IST, Instant, ist_date};
use kernel::{Actor, Clock, Role, StoreError};
use std::collections::{BTreeMap, BTreeSet};
use time::Time;
use time::macros::time;

/// From this time of the day in India, so that midnight's dates are settled and clocks that differ a little agree.
const FROM: Time = time!(00:05);

/// Filings decided about in one transaction.
const BATCH: i64 = 500;

/// Runs today's check for every firm that has not had it. Returns for how many it ran. One firm's failure is logged and
/// tried again in a later round; the others do not wait for it.
pub async fn check_all(db: &dyn Database, clock: &dyn Clock, portal_url: &str) -> Result<usize, StoreError> {
    if clock.now().to_offset(IST).time() < FROM {
        return Ok(0);
    }
    let mut ran = 0;
    for tenant in db.tenants().await? {
        match check_firm(db, clock, tenant, portal_url).await {
            Ok(None) => {}
            Ok(Some(counts)) => {
                ran += 1;
                tracing::info!(%tenant, ?counts, "nightly check");
            }
            Err(error) => tracing::warn!(%tenant, %error, "the nightly check stopped; it goes on later"),
        }
    }
    Ok(ran)
}

/// Runs today's check for one firm; `None` when it was done, or another process is at it.
pub async fn check_firm(
    db: &dyn Database,
    clock: &dyn Clock,
    tenant: TenantId,
    portal_url: &str,
) -> Result<Option<RunCounts>, StoreError> {
    let actor = || Actor::system(tenant, clock.now(), "nightly-check");
    let first = actor();
    let day = first.today();
    let claimed = transact(db, &first, async |tx| {
        if !tx.claim_alert_run(day, first.at).await? {
            return Ok::<_, StoreError>(None);
        }
        Ok(Some(tx.users().await?))
    })
    .await?;
    let Some(users) = claimed else { return Ok(None) };
    let firm = Everybody::of(&users);
    let mut counts = RunCounts::default();
    loop {
        let actor = actor();
        let done = transact(db, &actor, async |tx| check_some(tx, &actor, &firm, first.at).await).await?;
        counts += done;
        if i64::from(done.filings) < BATCH {
            break;
        }
    }
    let actor = actor();
    let mails = transact(db, &actor, async |tx| digest::send(tx, &actor, day, portal_url).await).await?;
    let Some(mails) = mails else { return Ok(None) };
    counts.mails = mails;
    Ok(Some(counts))
}

/// The firm's people, for who is told and what they are called.
struct Everybody {
    people: People,
    names: BTreeMap<UserId, String>,
}

impl Everybody {
    fn of(users: &[User]) -> Self {
        let with = |wanted: fn(&User) -> bool| -> BTreeSet<UserId> {
            users.iter().filter(|u| u.active && wanted(u)).map(|u| u.id).collect()
        };
        let people = People {
            active: with(|_| true),
            principal_officers: with(|u| u.role == Role::PrincipalOfficer),
            admins: with(|u| u.role == Role::Admin),
        };
        Self { people, names: users.iter().map(|u| (u.id, u.display_name.clone())).collect() }
    }

    fn names_of(&self, users: &BTreeSet<UserId>) -> Vec<&str> {
        users.iter().filter_map(|id| self.names.get(id)).map(String::as_str).collect()
    }
}

/// Decides about the next filings and keeps everything that follows, in the caller's transaction. All notices of a run carry
/// the instant at which it began, so that a list can put the most urgent of a night first.
async fn check_some<T: Tx + ?Sized>(
    tx: &mut T,
    actor: &Actor,
    firm: &Everybody,
    began: Instant,
) -> Result<RunCounts, StoreError> {
    let day = ist_date(began);
    let watched = tx.lock_watched(day, BATCH).await?;
    let decided: Vec<(Watched, Decision)> = watched
        .into_iter()
        .map(|filing| {
            let decision = decide(&filing, day);
            (filing, decision)
        })
        .collect();
    if decided.iter().any(|(filing, decision)| filing.marks == decision.marks) {
        // The store says that something is due where the ladder says that nothing is. Going on would never end.
        return Err(StoreError::Other("the check and next_alert_on disagree".into()));
    }
    let mut counts = RunCounts { filings: count(decided.len()), ..RunCounts::default() };
    let mut journal = Vec::new();
    let ended: Vec<(FilingId, String)> =
        decided.iter().filter_map(|(f, d)| Some((f.id, d.cleared.clone()?))).collect();
    tx.clear_breaches(&ended, day).await?;
    let begun: Vec<KeptBreach> = decided
        .iter()
        .filter_map(|(f, d)| d.breach.map(|b| KeptBreach { filing: f.id, due: b.due, on: b.on }))
        .collect();
    tx.keep_breaches(&begun, actor.at).await?;
    let alerts: Vec<KeptAlert> = decided
        .iter()
        .filter_map(|(f, d)| {
            let alert = d.alert.clone()?;
            Some(KeptAlert {
                filing: f.id,
                due: alert.due,
                rung: alert.rung,
                on: alert.on,
                skipped: alert.skipped,
            })
        })
        .collect();
    let fresh: BTreeSet<FilingId> = tx.keep_alerts(&alerts, day, actor.at).await?.into_iter().collect();
    let mut notices: Vec<NewNotice> = Vec::new();
    for (filing, decision) in &decided {
        if let Some(why) = &decision.cleared {
            counts.cleared += 1;
            journal.push(
                about(filing, "filings.breach_ended", words::ended(filing, why)).on_client(filing.client),
            );
        }
        if let Some(breach) = &decision.breach {
            counts.breaches += 1;
            journal.push(
                about(filing, "filings.breach", words::breached(filing, breach, day))
                    .on_client(filing.client),
            );
        }
        let Some(alert) = decision.alert.as_ref().filter(|_| fresh.contains(&filing.id)) else { continue };
        let told = firm.people.told(filing, alert.rung.step());
        counts.alerts += 1;
        counts.skipped += count(alert.skipped.len());
        journal.push(about(filing, "filings.alert", words::alerted(filing, alert, &firm.names_of(&told))));
        notices.extend(told.into_iter().map(|user| NewNotice {
            user,
            kind: FILING_ALERT,
            severity: alert.rung.step().severity,
            rung: Some(alert.rung),
            filing: Some(filing.id),
            due: Some(alert.due),
            text: words::notice(filing, alert, day),
        }));
    }
    counts.notices = count(notices.len());
    tx.add_notices(&notices, began).await?;
    tx.record_all(journal).await?;
    let marks: Vec<_> = decided.iter().map(|(filing, decision)| (filing.id, decision.marks)).collect();
    tx.save_marks(&marks).await?;
    tx.note_alert_run(day, counts, actor.at, false).await?;
    Ok(counts)
}

fn about(filing: &Watched, action: &'static str, text: String) -> Change {
    Change::new(action, "filing", filing.id.get(), text)
}

fn count(n: usize) -> i32 {
    i32::try_from(n).unwrap_or(i32::MAX)
}
