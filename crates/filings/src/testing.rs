//! For tests only: the port in memory, and the suite that the memory and the database must both pass.

use crate::clock::{Clock, ClockFacts, Holder, Move};
use crate::custody::{Custody, NewMove};
use crate::filing::{Closure, Filing, FilingState, Proof};
use crate::own_target::OwnTarget;
use crate::ports::{ChecklistRow, CommentRow, Filings, NewFiling};
use crate::relaxation::Relief;
use crate::settings::ReturnSetting;
use async_trait::async_trait;
use kernel::id::{ClientId, CommentId, FilingId, UserId};
use kernel::journal::{Change, Journal};
use kernel::moment::Instant;
use kernel::{Date, Id, StoreError};
use serde_json::Value;
use std::collections::BTreeMap;
use time::macros::date;

/// Obligations of one firm in memory. Nothing is shared and nothing is rolled back.
#[derive(Debug, Default)]
pub struct MemoryFilings {
    filings: BTreeMap<FilingId, Filing>,
    checklists: BTreeMap<(FilingId, String), ChecklistRow>,
    comments: Vec<(FilingId, CommentRow)>,
    settings: BTreeMap<String, ReturnSetting>,
    /// The steps frozen with closed filings.
    pub frozen: BTreeMap<FilingId, Value>,
    /// What was journalled, in order.
    pub journal: Vec<Change>,
    moves: Vec<(FilingId, Move)>,
    made: BTreeMap<FilingId, (Instant, Date)>,
    last_id: i64,
}

impl MemoryFilings {
    fn next(&mut self) -> i64 {
        self.last_id += 1;
        self.last_id
    }
}

#[async_trait]
impl Journal for MemoryFilings {
    async fn record(&mut self, change: Change) -> Result<(), StoreError> {
        self.journal.push(change);
        Ok(())
    }
}

#[async_trait]
impl Filings for MemoryFilings {
    async fn filing(&mut self, id: FilingId) -> Result<Option<Filing>, StoreError> {
        Ok(self.filings.get(&id).cloned())
    }

    async fn lock_filing(&mut self, id: FilingId) -> Result<Option<Filing>, StoreError> {
        self.filing(id).await
    }

    async fn lock_filings(&mut self, ids: &[FilingId]) -> Result<Vec<Filing>, StoreError> {
        Ok(self.filings.values().filter(|f| ids.contains(&f.id)).cloned().collect())
    }

    async fn filings_of(&mut self, client: ClientId, _lock: bool) -> Result<Vec<Filing>, StoreError> {
        Ok(self.filings.values().filter(|f| f.client == client).cloned().collect())
    }

    async fn filings_of_clients(&mut self, clients: &[ClientId]) -> Result<Vec<Filing>, StoreError> {
        Ok(self.filings.values().filter(|f| clients.contains(&f.client)).cloned().collect())
    }

    async fn add_filings(&mut self, new: &[&NewFiling], at: Instant) -> Result<(), StoreError> {
        for n in new {
            let key = (n.client, &n.code, &n.period_key);
            if self.filings.values().any(|f| (f.client, &f.code, &f.period_key) == key) {
                continue;
            }
            let id = Id::new(self.next());
            let filing = Filing { id, ..n.as_open() };
            self.filings.insert(id, filing);
            self.made.insert(id, (at, n.period_end));
        }
        Ok(())
    }

    async fn save_filing(&mut self, f: &Filing, why: Option<&Value>, _at: Instant) -> Result<(), StoreError> {
        let stored = self.filings.get_mut(&f.id).filter(|stored| stored.version == f.version);
        let stored = stored.ok_or(StoreError::Stale)?;
        *stored = Filing { version: f.version + 1, ..f.clone() };
        match why {
            Some(why) => self.frozen.insert(f.id, why.clone()),
            None => self.frozen.remove(&f.id),
        };
        Ok(())
    }

    async fn save_filings(&mut self, all: &[(Filing, Option<Value>)], at: Instant) -> Result<(), StoreError> {
        for (filing, why) in all {
            self.save_filing(filing, why.as_ref(), at).await?;
        }
        Ok(())
    }

    async fn save_planned(&mut self, all: &[Filing], _at: Instant) -> Result<(), StoreError> {
        for f in all {
            if let Some(stored) = self.filings.get_mut(&f.id)
                && !matches!(stored.state, FilingState::Closed(_))
            {
                *stored = Filing { version: stored.version + 1, ..f.clone() };
            }
        }
        Ok(())
    }

    async fn checklist_of(&mut self, filing: FilingId) -> Result<Vec<ChecklistRow>, StoreError> {
        let mut rows: Vec<ChecklistRow> =
            self.checklists.iter().filter(|((id, _), _)| *id == filing).map(|(_, row)| row.clone()).collect();
        rows.sort_by(|a, b| (a.own, &a.key).cmp(&(b.own, &b.key)));
        Ok(rows)
    }

    async fn save_checklist_row(
        &mut self,
        filing: FilingId,
        row: &ChecklistRow,
        _total: u16,
    ) -> Result<(), StoreError> {
        self.checklists.insert((filing, row.key.clone()), row.clone());
        Ok(())
    }

    async fn add_comment(
        &mut self,
        filing: FilingId,
        author: UserId,
        text: &str,
        at: Instant,
    ) -> Result<CommentId, StoreError> {
        let id = Id::new(self.next());
        let row = CommentRow { id, author, author_name: String::new(), at, text: text.to_owned() };
        self.comments.push((filing, row));
        Ok(id)
    }

    async fn comments_of(&mut self, filing: FilingId) -> Result<Vec<CommentRow>, StoreError> {
        Ok(self.comments.iter().filter(|(id, _)| *id == filing).map(|(_, row)| row.clone()).collect())
    }

    async fn return_settings(&mut self) -> Result<Vec<ReturnSetting>, StoreError> {
        Ok(self.settings.values().cloned().collect())
    }

    async fn lock_return_setting(&mut self, code: &str) -> Result<Option<ReturnSetting>, StoreError> {
        Ok(self.settings.get(code).cloned())
    }

    async fn save_return_setting(&mut self, setting: &ReturnSetting) -> Result<(), StoreError> {
        let version = self.settings.get(&setting.code).map_or(0, |kept| kept.version);
        if version != setting.version {
            return Err(StoreError::Stale);
        }
        let saved = ReturnSetting { version: version + 1, ..setting.clone() };
        self.settings.insert(setting.code.clone(), saved);
        Ok(())
    }
}

#[async_trait]
impl Custody for MemoryFilings {
    async fn add_moves(&mut self, moves: &[NewMove], at: Instant) -> Result<(), StoreError> {
        for m in moves {
            let by = m.by.map(|_| String::new());
            self.moves.push((m.filing, Move { at, to: m.to, reason: m.reason.clone(), by }));
        }
        Ok(())
    }

    async fn clock_facts(&mut self, filing: FilingId) -> Result<Option<ClockFacts>, StoreError> {
        let moves = self.moves.iter().filter(|(id, _)| *id == filing).map(|(_, m)| m.clone()).collect();
        let closed_at = self.filings.get(&filing).and_then(|f| f.closed.map(|(_, at)| at));
        Ok(self.made.get(&filing).map(|(created_at, period_end)| ClockFacts {
            created_at: *created_at,
            period_end: *period_end,
            closed_at,
            moves,
        }))
    }

    async fn clock_facts_of(
        &mut self,
        client: ClientId,
        from: Date,
        to: Date,
    ) -> Result<Vec<ClockFacts>, StoreError> {
        let due = |f: &Filing| f.legal_due.or(f.projected_due);
        let ids: Vec<FilingId> = self
            .filings
            .values()
            .filter(|f| f.client == client && due(f).is_some_and(|due| due >= from && due <= to))
            .map(|f| f.id)
            .collect();
        let mut all = Vec::new();
        for id in ids {
            all.extend(self.clock_facts(id).await?);
        }
        Ok(all)
    }
}

/// What every store of moves must do. `filing` exists since `at`, is open and has not moved.
///
/// # Panics
/// When the store does something else.
pub async fn custody_contract<T: Custody + ?Sized>(
    store: &mut T,
    (client, filing): (ClientId, FilingId),
    by: UserId,
    at: Instant,
) {
    let days = |n| at + time::Duration::days(n);
    let step = |to, reason: &str| NewMove { filing, to, reason: reason.into(), by: Some(by) };
    expect(store.add_moves(&[step(Some(Holder::Client), "papers")], days(2)).await, "to the client");
    expect(store.add_moves(&[step(Some(Holder::Regulator), "portal")], days(5)).await, "to the regulator");
    expect(store.add_moves(&[step(None, "closed")], days(6)).await, "the end");
    let facts = expect(store.clock_facts(filing).await, "reading");
    let clock = facts.map(|facts| Clock::read(&facts, days(30)));
    let clock = clock.map(|c| (c.parts[1], c.parts[3], c.elapsed == c.parts.iter().sum::<i64>(), c.holder));
    assert_eq!(clock, Some((3, 1, true, None)));
    let (from, to) = (date!(2026 - 04 - 01), date!(2027 - 03 - 31));
    let year = expect(store.clock_facts_of(client, from, to).await, "the year");
    assert_eq!(year.iter().filter(|facts| facts.moves.len() == 3).count(), 1);
    assert!(expect(store.clock_facts(Id::new(i64::MAX)).await, "reading nothing").is_none());
}

/// An obligation to add: DNBS01 for the second quarter, due 21 Oct 2026, with another period key on request.
pub fn new_filing(client: ClientId, period_key: &str) -> NewFiling {
    NewFiling {
        client,
        code: "DNBS01".into(),
        rule_id: "DNBS01@2024-02-27".into(),
        regulator: "RBI".into(),
        title: "Important financial parameters".into(),
        materiality: "high".into(),
        period_key: period_key.into(),
        period_label: "Q2 FY 2026-27".into(),
        period_start: date!(2026 - 07 - 01),
        period_end: date!(2026 - 09 - 30),
        legal_due: Some(date!(2026 - 10 - 21)),
        projected_due: None,
        waits_for: None,
        lapse: None,
        target_due: Some(date!(2026 - 10 - 20)),
        breach_after_days: 7,
        checklist_total: 4,
        firm_items: 0,
        relief: Relief::default(),
    }
}

/// What every store of filings must do. `client` and `author` exist; the firm has no filings yet.
///
/// # Panics
/// When the store does something else.
pub async fn contract<T: Filings + ?Sized>(store: &mut T, client: ClientId, author: UserId, at: Instant) {
    let two = [new_filing(client, "2026-27Q2"), new_filing(client, "2026-27Q3")];
    expect(store.add_filings(&[&two[0], &two[1]], at).await, "adding");
    expect(store.add_filings(&[&two[0]], at).await, "adding again");
    let mut all = expect(store.filings_of(client, true).await, "listing");
    assert_eq!(all.len(), 2, "client, return and period are unique");
    let mut many = expect(store.filings_of_clients(&[client]).await, "listing of several");
    many.sort_by(|a, b| a.period_key.cmp(&b.period_key));
    all.sort_by(|a, b| a.period_key.cmp(&b.period_key));
    assert_eq!(many, all);
    all.sort_by(|a, b| a.period_key.cmp(&b.period_key));
    let (first, second) = (all[0].clone(), all[1].clone());
    assert_eq!(expect(store.filing(first.id).await, "reading"), Some(first.clone()));
    assert_eq!(expect(store.filing(Id::new(i64::MAX)).await, "reading nothing"), None);

    let proof = Proof::Acknowledgement("AB12".into());
    let closed = FilingState::Closed(Closure::Filed { on: date!(2026 - 10 - 20), proof, nil: true });
    let filed = Filing { state: closed, closed: Some((Some(author), at)), ..first.clone() };
    expect(store.save_filing(&filed, Some(&Value::from("why")), at).await, "saving");
    let stale = store.save_filing(&filed, None, at).await;
    assert!(matches!(stale, Err(StoreError::Stale)), "a second save of the same version is refused");
    let saved = expect(store.filing(first.id).await, "reading back");
    assert_eq!(saved, Some(Filing { version: 2, ..filed.clone() }));

    let later = Some(date!(2026 - 11 - 30));
    let moved = [
        Filing { legal_due: later, ..filed.clone() },
        Filing { legal_due: later, target_due: later, rule_id: "DNBS01@next".into(), ..second.clone() },
    ];
    expect(store.save_planned(&moved, at).await, "planning");
    let kept = expect(store.filing(first.id).await, "reading").and_then(|f| f.legal_due);
    assert_eq!(kept, first.legal_due, "a filed one never moves");
    let open = expect(store.filing(second.id).await, "reading").map(|f| (f.legal_due, f.rule_id));
    assert_eq!(open, Some((later, "DNBS01@next".to_owned())));

    let ids = [first.id, second.id, Id::new(i64::MAX)];
    let mut held = expect(store.lock_filings(&ids).await, "holding");
    held.sort_by_key(|f| f.id);
    assert_eq!(held.iter().map(|f| f.id).collect::<Vec<_>>(), ids[..2], "those that are there");
    let review = Filing { state: FilingState::InReview, assignee: Some(author), ..held[1].clone() };
    let both = [(held[0].clone(), Some(Value::from("why"))), (review.clone(), None)];
    expect(store.save_filings(&both, at).await, "saving many");
    let saved = expect(store.filing(second.id).await, "reading");
    assert_eq!(saved, Some(Filing { version: review.version + 1, ..review }));
    let stale = store.save_filings(&both, at).await;
    assert!(matches!(stale, Err(StoreError::Stale)), "many are refused when one of them is stale");

    let tick = ChecklistRow {
        key: "r1".into(),
        text: "Figures tie to the ledger".into(),
        own: false,
        done: Some((Some(author), at)),
        note: "checked".into(),
    };
    let own = ChecklistRow { key: "o1".into(), own: true, done: None, ..tick.clone() };
    expect(store.save_checklist_row(second.id, &own, 5).await, "adding an item");
    expect(store.save_checklist_row(second.id, &tick, 5).await, "ticking");
    let undone = ChecklistRow { done: None, ..tick };
    expect(store.save_checklist_row(second.id, &undone, 5).await, "unticking");
    assert_eq!(expect(store.checklist_of(second.id).await, "checklist"), vec![undone, own]);

    for text in ["first", "second"] {
        expect(store.add_comment(second.id, author, text, at).await, "commenting");
    }
    let texts: Vec<String> =
        expect(store.comments_of(second.id).await, "comments").into_iter().map(|c| c.text).collect();
    assert_eq!(texts, ["first", "second"]);

    settings_contract(store, author, at).await;
}

async fn settings_contract<T: Filings + ?Sized>(store: &mut T, author: UserId, at: Instant) {
    let mut setting = ReturnSetting { enabled: Some(false), ..ReturnSetting::none("DNBS01") };
    assert_eq!(expect(store.lock_return_setting("DNBS01").await, "nothing decided"), None);
    expect(store.save_return_setting(&setting).await, "deciding");
    assert!(matches!(store.save_return_setting(&setting).await, Err(StoreError::Stale)), "decided since");
    setting = ReturnSetting {
        breach_after_days: Some(3),
        target: Some(OwnTarget::DayOfMonth(10)),
        checklist: vec!["Board has seen it".into(), "Figures tie".into()],
        reason: "The board asked for it".into(),
        decided: Some((Some(author), at)),
        version: 1,
        ..setting
    };
    expect(store.save_return_setting(&setting).await, "deciding again");
    setting.version = 2;
    assert_eq!(expect(store.lock_return_setting("DNBS01").await, "holding"), Some(setting.clone()));
    assert_eq!(expect(store.return_settings().await, "decisions"), vec![setting]);
}

fn expect<T>(answer: Result<T, StoreError>, what: &str) -> T {
    match answer {
        Ok(value) => value,
        Err(error) => panic!("{what}: {error}"),
    }
}
