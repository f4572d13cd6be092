//! Refused attempts, in the journal. The first of its kind is written at once; the same from the same person within a minute is
//! counted and written as one more entry when the minute is over, so that nobody can flood the record.

use crate::http::ApiError;
use crate::state::AppState;
use actix_web::http::{Method, StatusCode};
use app::transact;
use kernel::id::{TenantId, UserId};
use kernel::journal::Change;
use kernel::moment::Instant;
use kernel::{Actor, StoreError};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};
use time::Duration;

/// What counts as the same.
const WITHIN: Duration = Duration::minutes(1);

/// And before anybody is signed in, where everybody who knows an address can try.
pub(super) const STRANGERS_WITHIN: Duration = Duration::minutes(15);

/// Kinds remembered at once; beyond it nothing new is written until a minute is over.
const MANY: usize = 10_000;

/// One kind of attempt.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Kind {
    /// Of somebody who is signed in: with which method on which route, and how it was refused.
    Person { tenant: TenantId, user: Option<UserId>, method: Method, route: String, status: u16 },
    /// Of somebody who is not: on which record of the firm.
    Stranger { tenant: TenantId, kind: &'static str, id: i64 },
}

#[derive(Debug)]
struct Counted {
    since: Instant,
    within: Duration,
    more: u32,
    actor: Actor,
    change: Change,
}

/// The kinds of the last minute.
#[derive(Debug, Default)]
pub struct Refusals(Mutex<HashMap<Kind, Counted>>);

/// An attempt that was refused.
#[derive(Debug)]
pub struct Attempt<'a> {
    /// Who tried.
    pub actor: Actor,
    /// How.
    pub method: Method,
    /// The path, without secrets and without the query.
    pub path: &'a str,
    /// The route's pattern.
    pub route: String,
    /// What was answered.
    pub status: StatusCode,
    /// Why.
    pub error: Option<&'a ApiError>,
}

impl Attempt<'_> {
    /// True for what belongs in the journal and is not there: not allowed, or a record that this firm does not have.
    pub fn counts(&self) -> bool {
        match self.status {
            StatusCode::FORBIDDEN => !self.error.is_some_and(ApiError::is_on_record),
            StatusCode::NOT_FOUND => self.subject().is_some(),
            _ => false,
        }
    }

    /// The record that the path names.
    fn subject(&self) -> Option<(&'static str, i64)> {
        let mut parts = self.path.strip_prefix("/api/")?.split('/');
        let kind = match parts.next()? {
            "clients" => "client",
            "return-filings" => "filing",
            "relaxations" => "relaxation",
            "saved-views" => "view",
            "approvals" | "proposals" => "proposal",
            "users" => "user",
            "roles" => "role",
            "journal" => "entry",
            _ => "record",
        };
        parts.find_map(|part| part.parse().ok()).map(|id| (kind, id))
    }

    fn change(&self) -> Change {
        let what = format!("{} {}", self.method, self.path);
        let (code, why) =
            self.error.map_or(("refused", String::new()), |error| (error.code(), error.to_string()));
        let text = match self.status {
            StatusCode::NOT_FOUND => format!("asked for a record that this firm does not have: {what}"),
            _ => format!("was refused: {what} ({code}). {why}"),
        };
        let (kind, id) = self.subject().unwrap_or(("firm", self.actor.tenant.get()));
        Change::new("access.refused", kind, id, text.trim_end())
    }
}

impl Refusals {
    fn held(&self) -> MutexGuard<'_, HashMap<Kind, Counted>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Counts an attempt; answers what to write at once.
    pub fn note(&self, attempt: &Attempt<'_>) -> Option<Change> {
        if !attempt.counts() {
            return None;
        }
        let kind = Kind::Person {
            tenant: attempt.actor.tenant,
            user: attempt.actor.user,
            method: attempt.method.clone(),
            route: attempt.route.clone(),
            status: attempt.status.as_u16(),
        };
        self.count(kind, WITHIN, &attempt.actor, || attempt.change())
    }

    /// Counts an attempt of somebody who is not signed in; answers what to write at once.
    pub(super) fn note_stranger(&self, actor: &Actor, change: Change) -> Option<Change> {
        let (kind, id) = (change.subject.kind, change.subject.id);
        self.count(Kind::Stranger { tenant: actor.tenant, kind, id }, STRANGERS_WITHIN, actor, || change)
    }

    fn count(
        &self,
        kind: Kind,
        within: Duration,
        actor: &Actor,
        change: impl FnOnce() -> Change,
    ) -> Option<Change> {
        let mut all = self.held();
        if let Some(counted) = all.get_mut(&kind) {
            counted.more = counted.more.saturating_add(1);
            return None;
        }
        if all.len() >= MANY {
            return None;
        }
        let change = change();
        let (actor, written) = (actor.clone(), change.clone());
        all.insert(kind, Counted { since: actor.at, within, more: 0, actor, change: written });
        Some(change)
    }

    /// What came again within a span that is over now.
    pub fn over(&self, now: Instant) -> Vec<(Actor, Change)> {
        let mut all = self.held();
        let done: Vec<Kind> =
            all.iter().filter(|(_, c)| now - c.since >= c.within).map(|(kind, _)| kind.clone()).collect();
        let counted = done.iter().filter_map(|kind| all.remove(kind)).filter(|counted| counted.more > 0);
        counted
            .map(|c| {
                let times =
                    if c.more == 1 { "once more".to_owned() } else { format!("{} times more", c.more) };
                let span = match c.within.whole_minutes() {
                    1 => "a minute".to_owned(),
                    minutes => format!("{minutes} minutes"),
                };
                let text = format!("{times} within {span}: {}", c.change.text);
                (Actor { at: now, ..c.actor }, Change { text, ..c.change })
            })
            .collect()
    }
}

/// Writes what is to be written at once, in a transaction of its own. The answer does not depend on it.
pub async fn record(state: &AppState, attempt: &Attempt<'_>) {
    let Some(change) = state.refusals.note(attempt) else { return };
    write(state, &attempt.actor, change).await;
}

/// Writes what was counted.
pub async fn write_counted(state: &AppState) {
    for (actor, change) in state.refusals.over(state.clock.now()) {
        write(state, &actor, change).await;
    }
}

pub(super) async fn write(state: &AppState, actor: &Actor, change: Change) {
    let written: Result<(), StoreError> =
        transact(state.db.as_ref(), actor, async |tx| tx.record(change).await).await;
    if let Err(error) = written {
        tracing::warn!(%error, "a refused attempt was not journalled");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Id;
    use time::macros::datetime;

    const NOW: Instant = datetime!(2026-11-21 06:30 UTC);

    fn attempt(user: i64, path: &'static str, status: StatusCode) -> Attempt<'static> {
        let actor = Actor { user: Some(Id::new(user)), ..Actor::system(Id::new(7), NOW, "r") };
        Attempt { actor, method: Method::PATCH, path, route: "/api/clients/{id}".into(), status, error: None }
    }

    #[test]
    fn the_first_is_written_at_once_and_the_rest_as_one() {
        let refusals = Refusals::default();
        let same = attempt(1, "/api/clients/12", StatusCode::FORBIDDEN);
        let change = refusals.note(&same).unwrap();
        assert_eq!((change.subject.kind, change.subject.id), ("client", 12));
        assert_eq!(change.text, "was refused: PATCH /api/clients/12 (refused).");
        for _ in 0..1_000 {
            assert!(refusals.note(&same).is_none());
        }
        assert!(
            refusals.note(&attempt(2, "/api/clients/12", StatusCode::FORBIDDEN)).is_some(),
            "somebody else"
        );
        assert!(refusals.over(NOW + Duration::seconds(59)).is_empty());
        let later = refusals.over(NOW + Duration::minutes(1));
        let texts: Vec<&str> = later.iter().map(|(_, change)| change.text.as_str()).collect();
        assert_eq!(texts, ["1000 times more within a minute: was refused: PATCH /api/clients/12 (refused)."]);
        assert!(refusals.note(&same).is_some(), "a new minute");
    }

    #[test]
    fn a_record_that_is_not_there_counts_and_a_page_that_is_not_there_does_not() {
        assert!(attempt(1, "/api/clients/99", StatusCode::NOT_FOUND).counts());
        assert!(!attempt(1, "/api/nothing", StatusCode::NOT_FOUND).counts());
        assert!(!attempt(1, "/api/clients/99", StatusCode::CONFLICT).counts());
    }
}
