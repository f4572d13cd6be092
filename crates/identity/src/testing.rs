//! For tests only: the port in memory, and the suite that the memory and the database must both pass.

use crate::ports::Accounts;
use crate::session::{NewSession, SessionInfo, TokenHash};
use crate::user::{Credentials, Firm, Mail, Preferences, Theme, User};
use async_trait::async_trait;
use kernel::id::{SessionId, UserId};
use kernel::journal::{Change, Journal};
use kernel::moment::Instant;
use kernel::{Id, Role, StoreError};
use std::collections::BTreeMap;
use time::Duration;

/// A session as the memory keeps it.
#[derive(Debug, Clone)]
struct KeptSession {
    id: SessionId,
    opened: NewSession,
    ended: bool,
}

/// A reset token as the memory keeps it.
#[derive(Debug, Clone)]
struct KeptReset {
    user: UserId,
    token: TokenHash,
    until: Instant,
    used: bool,
}

/// Accounts of one firm in memory. Nothing is shared and nothing is rolled back.
#[derive(Debug)]
pub struct MemoryAccounts {
    firm: Firm,
    users: BTreeMap<UserId, Credentials>,
    sessions: Vec<KeptSession>,
    resets: Vec<KeptReset>,
    /// Queued mails, in order.
    pub mails: Vec<Mail>,
    /// What was journalled, in order.
    pub journal: Vec<Change>,
}

impl MemoryAccounts {
    /// A firm named "First Compliance" with these people, whose stored hash is `none`.
    pub fn new(people: impl IntoIterator<Item = User>) -> Self {
        let known = |user: User| (user.id, Credentials { user, password_hash: "none".into() });
        Self {
            firm: Firm {
                id: Id::new(1),
                name: "First Compliance".into(),
                breach_after_days: 7,
                require_totp: false,
                rules_version: 1,
            },
            users: people.into_iter().map(known).collect(),
            sessions: Vec::new(),
            resets: Vec::new(),
            mails: Vec::new(),
            journal: Vec::new(),
        }
    }
}

#[async_trait]
impl Journal for MemoryAccounts {
    async fn record(&mut self, change: Change) -> Result<(), StoreError> {
        self.journal.push(change);
        Ok(())
    }
}

#[async_trait]
impl Accounts for MemoryAccounts {
    async fn firm(&mut self) -> Result<Firm, StoreError> {
        Ok(self.firm.clone())
    }

    async fn set_breach_after_days(&mut self, days: u16, expected: i64) -> Result<(), StoreError> {
        if self.firm.rules_version != expected {
            return Err(StoreError::Stale);
        }
        self.firm.rules_version += 1;
        self.firm.breach_after_days = days;
        Ok(())
    }

    async fn credentials(&mut self, email: &str) -> Result<Option<Credentials>, StoreError> {
        Ok(self.users.values().find(|c| c.user.email == email).cloned())
    }

    async fn user(&mut self, id: UserId) -> Result<Option<Credentials>, StoreError> {
        Ok(self.users.get(&id).cloned())
    }

    async fn users(&mut self) -> Result<Vec<User>, StoreError> {
        let mut all: Vec<User> = self.users.values().map(|c| c.user.clone()).collect();
        all.sort_by(|a, b| (&a.display_name, a.id).cmp(&(&b.display_name, b.id)));
        Ok(all)
    }

    async fn save_user(&mut self, user: &User) -> Result<(), StoreError> {
        let stored = self.users.get_mut(&user.id).filter(|c| c.user.version == user.version);
        let stored = &mut stored.ok_or(StoreError::Stale)?.user;
        stored.display_name.clone_from(&user.display_name);
        stored.preferences = user.preferences;
        stored.version += 1;
        Ok(())
    }

    async fn set_password(&mut self, user: UserId, hash: &str) -> Result<(), StoreError> {
        if let Some(stored) = self.users.get_mut(&user) {
            stored.password_hash = hash.to_owned();
            stored.user.version += 1;
        }
        Ok(())
    }

    async fn replace_hash(&mut self, user: UserId, old: &str, new: &str) -> Result<bool, StoreError> {
        let stored = self.users.get_mut(&user).filter(|stored| stored.password_hash == old);
        Ok(stored.map(|stored| stored.password_hash = new.to_owned()).is_some())
    }

    async fn open_session(&mut self, session: &NewSession) -> Result<SessionId, StoreError> {
        let id = Id::new(self.sessions.len() as i64 + 1);
        self.sessions.push(KeptSession { id, opened: session.clone(), ended: false });
        Ok(id)
    }

    async fn sessions_of(&mut self, user: UserId, at: Instant) -> Result<Vec<SessionInfo>, StoreError> {
        let open = |s: &&KeptSession| s.opened.user == user && !s.ended && s.opened.expires_at > at;
        let mut all: Vec<SessionInfo> = self
            .sessions
            .iter()
            .filter(open)
            .map(|s| SessionInfo {
                id: s.id,
                created_at: s.opened.created_at,
                last_seen_at: s.opened.created_at,
                address: s.opened.address.clone(),
                user_agent: s.opened.user_agent.clone(),
            })
            .collect();
        all.sort_by_key(|s| std::cmp::Reverse((s.last_seen_at, s.id)));
        Ok(all)
    }

    async fn end_session_of(
        &mut self,
        user: UserId,
        id: SessionId,
        _at: Instant,
    ) -> Result<bool, StoreError> {
        let mine = |s: &&mut KeptSession| s.opened.user == user && s.id == id && !s.ended;
        let found = self.sessions.iter_mut().find(mine);
        Ok(found.map(|s| s.ended = true).is_some())
    }

    async fn end_sessions_but(
        &mut self,
        user: UserId,
        keep: Option<SessionId>,
        _at: Instant,
    ) -> Result<u64, StoreError> {
        let mut count = 0;
        for s in &mut self.sessions {
            if s.opened.user == user && !s.ended && Some(s.id) != keep {
                s.ended = true;
                count += 1;
            }
        }
        Ok(count)
    }

    async fn add_reset(
        &mut self,
        user: UserId,
        token: TokenHash,
        _at: Instant,
        until: Instant,
    ) -> Result<(), StoreError> {
        self.resets.push(KeptReset { user, token, until, used: false });
        Ok(())
    }

    async fn take_reset(&mut self, token: TokenHash, at: Instant) -> Result<Option<UserId>, StoreError> {
        let good = |r: &&mut KeptReset| r.token == token && !r.used && r.until > at;
        Ok(self.resets.iter_mut().find(good).map(|r| {
            r.used = true;
            r.user
        }))
    }

    async fn queue_mail(&mut self, mail: &Mail, _at: Instant) -> Result<(), StoreError> {
        self.mails.push(mail.clone());
        Ok(())
    }
}

/// Ananya Rao, an analyst, person 9, at version 1.
pub fn person() -> User {
    User {
        id: Id::new(9),
        email: "ananya@first.example".into(),
        display_name: "Ananya Rao".into(),
        role: Role::Analyst,
        custom_role: None,
        permissions: Role::Analyst.permissions(),
        second_factor: false,
        active: true,
        preferences: Preferences::default(),
        version: 1,
    }
}

/// A session of this person that opens at `at` and lives one hour; `mark` tells its token from others.
pub fn new_session(user: UserId, mark: u8, at: Instant) -> NewSession {
    NewSession {
        user,
        token: TokenHash([mark; 32]),
        created_at: at,
        expires_at: at + Duration::hours(1),
        address: Some("203.0.113.7".into()),
        user_agent: Some(format!("Browser {mark}")),
    }
}

/// What every store of accounts must do. The firm is fresh: `user` is an active person of it whose address is `email`,
/// and who has no session and no reset token yet.
///
/// # Panics
/// When the store does something else.
pub async fn contract<T: Accounts + ?Sized>(store: &mut T, user: UserId, email: &str, at: Instant) {
    people(store, user, email).await;
    sessions(store, user, at).await;
    resets(store, user, at).await;

    for days in [0, 45] {
        let before = expect(store.firm().await, "the firm");
        let version = before.rules_version;
        expect(store.set_breach_after_days(days, version).await, "setting the days");
        let again = store.set_breach_after_days(days, version).await;
        assert!(matches!(again, Err(StoreError::Stale)), "somebody else set them");
        let after = expect(store.firm().await, "the firm again");
        assert_eq!(
            after,
            Firm { breach_after_days: days, rules_version: version + 1, ..before },
            "only the days change"
        );
    }
    let body = "Line one\nLine two\n".into();
    let mail = Mail { to: email.to_owned(), subject: "Subject".into(), body, ..Mail::default() };
    expect(store.queue_mail(&mail, at).await, "queueing a mail");
}

async fn people<T: Accounts + ?Sized>(store: &mut T, user: UserId, email: &str) {
    let found = expect(store.credentials(email).await, "finding by address");
    let Some(found) = found else { panic!("the known address is not found") };
    assert_eq!((found.user.id, found.user.email.as_str(), found.user.active), (user, email, true));
    let unknown = expect(store.credentials("nobody@nowhere.example").await, "an unknown address");
    assert!(unknown.is_none(), "an unknown address is nobody");
    assert!(expect(store.user(Id::new(i64::MAX)).await, "an unknown id").is_none());
    let everybody = expect(store.users().await, "everybody");
    assert!(everybody.contains(&found.user));
    assert!(everybody.is_sorted_by(|a, b| a.display_name <= b.display_name), "by name");

    let first = found.user;
    let changed = User {
        display_name: "Ananya R. \u{930}\u{93e}\u{935}".into(),
        preferences: Preferences { theme: Theme::Dark, single_keys: false, alert_mail: false },
        ..first.clone()
    };
    expect(store.save_user(&changed).await, "saving");
    let saved = reread(store, user).await;
    assert_eq!(saved.user, User { version: first.version + 1, ..changed.clone() });
    let late = User { display_name: "Too late".into(), ..changed };
    assert!(matches!(store.save_user(&late).await, Err(StoreError::Stale)), "an old version is refused");
    let nobody = User { id: Id::new(i64::MAX), ..saved.user.clone() };
    assert!(matches!(store.save_user(&nobody).await, Err(StoreError::Stale)), "nobody cannot be saved");
    assert_eq!(reread(store, user).await.user, saved.user, "a refused save changes nothing");

    let others: Vec<UserId> = everybody.iter().map(|u| u.id).filter(|id| *id != user).collect();
    expect(store.set_password(user, "second hash").await, "setting the password");
    let after = reread(store, user).await;
    assert_eq!(after.password_hash, "second hash");
    assert_eq!(after.user, User { version: saved.user.version + 1, ..saved.user });
    assert!(!expect(store.replace_hash(user, "first hash", "third hash").await, "replacing another hash"));
    assert!(expect(store.replace_hash(user, "second hash", "third hash").await, "replacing the hash"));
    let renewed = reread(store, user).await;
    assert_eq!((renewed.password_hash.as_str(), renewed.user.version), ("third hash", after.user.version));
    for other in others {
        assert_ne!(reread(store, other).await.password_hash, "third hash", "others keep theirs");
    }
}

async fn sessions<T: Accounts + ?Sized>(store: &mut T, user: UserId, at: Instant) {
    assert!(open_ids(store, user, at).await.is_empty());
    let mut ids = Vec::new();
    for mark in 1..=3_u8 {
        let opened = at + Duration::minutes(i64::from(mark));
        ids.push(expect(store.open_session(&new_session(user, mark, opened)).await, "opening"));
    }
    let now = at + Duration::minutes(10);
    assert_eq!(open_ids(store, user, now).await, [ids[2], ids[1], ids[0]], "newest first");
    let shown = expect(store.sessions_of(user, now).await, "listing").swap_remove(2);
    assert_eq!(shown.created_at, at + Duration::minutes(1));
    assert_eq!(shown.last_seen_at, shown.created_at, "opening counts as use");
    assert_eq!(shown.address.as_deref(), Some("203.0.113.7"));
    assert_eq!(shown.user_agent.as_deref(), Some("Browser 1"));

    let end_of_first = at + Duration::minutes(61);
    let just_before = end_of_first - Duration::seconds(1);
    assert_eq!(open_ids(store, user, just_before).await.len(), 3);
    assert_eq!(open_ids(store, user, end_of_first).await, [ids[2], ids[1]], "over at the instant itself");

    let stranger = Id::new(i64::MAX);
    assert!(!expect(store.end_session_of(stranger, ids[0], now).await, "ending another's"));
    assert_eq!(open_ids(store, user, now).await.len(), 3, "nobody ends another's session");
    assert!(expect(store.end_session_of(user, ids[0], now).await, "ending"));
    assert!(!expect(store.end_session_of(user, ids[0], now).await, "ending again"), "it ends once");
    assert_eq!(open_ids(store, user, now).await, [ids[2], ids[1]]);
    assert_eq!(expect(store.end_sessions_but(stranger, None, now).await, "ending nobody's"), 0);
    assert_eq!(expect(store.end_sessions_but(user, Some(ids[1]), now).await, "ending the others"), 1);
    assert_eq!(open_ids(store, user, now).await, [ids[1]]);
    assert_eq!(expect(store.end_sessions_but(user, None, now).await, "ending all"), 1);
    assert!(open_ids(store, user, now).await.is_empty());
}

async fn resets<T: Accounts + ?Sized>(store: &mut T, user: UserId, at: Instant) {
    let until = at + Duration::hours(1);
    let (used, expired, never) = (TokenHash([4; 32]), TokenHash([5; 32]), TokenHash([6; 32]));
    for token in [used, expired] {
        expect(store.add_reset(user, token, at, until).await, "adding a token");
    }
    let last = until - Duration::seconds(1);
    assert_eq!(expect(store.take_reset(never, at).await, "an unknown token"), None);
    assert_eq!(
        expect(store.take_reset(expired, until).await, "too late"),
        None,
        "over at the instant itself"
    );
    assert_eq!(expect(store.take_reset(used, last).await, "taking"), Some(user), "good to the last second");
    assert_eq!(expect(store.take_reset(used, last).await, "taking again"), None, "one use");
}

async fn reread<T: Accounts + ?Sized>(store: &mut T, user: UserId) -> Credentials {
    let found = expect(store.user(user).await, "reading a person");
    found.unwrap_or_else(|| panic!("person {user} is gone"))
}

async fn open_ids<T: Accounts + ?Sized>(store: &mut T, user: UserId, at: Instant) -> Vec<SessionId> {
    expect(store.sessions_of(user, at).await, "listing sessions").into_iter().map(|s| s.id).collect()
}

fn expect<T>(answer: Result<T, StoreError>, what: &str) -> T {
    match answer {
        Ok(value) => value,
        Err(error) => panic!("{what}: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[tokio::test]
    async fn the_memory_keeps_the_contract() {
        let someone = person();
        let mut store = MemoryAccounts::new([someone.clone()]);
        contract(&mut store, someone.id, &someone.email, datetime!(2026-11-21 06:30 UTC)).await;
    }
}
