//! The store in memory, and the suite that every store of proposals passes.

use crate::action::Action;
use crate::delegation::{Delegation, NewDelegation};
use crate::policy::{Level, Policy, Who};
use crate::ports::{Approvals, Counts, Inbox, ProposalRow, Viewer};
use crate::proposal::{Frozen, Hat, Proposal, State};
use crate::sight::{Line, Section, Sight};
use async_trait::async_trait;
use kernel::id::{DelegationId, ProposalId, UserId};
use kernel::moment::{Instant, ist_date};
use kernel::{Date, Id, Page, PageRequest, Role, StoreError, Subject};
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Everything in maps.
#[derive(Debug, Default)]
pub struct MemoryApprovals {
    policies: BTreeMap<Action, Policy>,
    proposals: BTreeMap<ProposalId, (Proposal, String, Option<Date>)>,
    delegations: Vec<Delegation>,
    alarms: BTreeSet<(String, Date)>,
    /// Roles of the people, for what is lent.
    pub roles: BTreeMap<UserId, Role>,
}

impl MemoryApprovals {
    fn row(&self, (p, alike, due): &(Proposal, String, Option<Date>)) -> ProposalRow {
        ProposalRow {
            id: p.id,
            action: p.action,
            about: p.about.clone(),
            client: p.client,
            maker: p.maker,
            maker_name: String::new(),
            state: p.state.as_str().into(),
            level: p.waiting().map_or(0, |(level, _)| level as i16),
            levels: p.frozen.levels.len() as i16,
            changes: p.frozen.sight.changes() as i32,
            size: p.frozen.size,
            due: *due,
            alike: alike.clone(),
            version: p.version,
            proposed_at: p.proposed_at,
            updated_at: p.updated_at,
        }
    }

    fn decidable(&self, p: &Proposal, viewer: &Viewer) -> bool {
        let own = Hat { user: viewer.user, role: viewer.role, acting_for: None };
        let lent = self
            .delegations
            .iter()
            .filter(|d| d.lends(viewer.user, p.action, viewer.today))
            .filter_map(|d| Some((d.facts.from, *self.roles.get(&d.facts.from)?)))
            .map(|lender| Hat { acting_for: Some(lender), ..own });
        (viewer.decides && p.may_decide(&own).is_ok())
            || lent.into_iter().any(|hat| p.may_decide(&hat).is_ok())
    }
}

#[async_trait]
impl Approvals for MemoryApprovals {
    async fn policies(&mut self) -> Result<Vec<Policy>, StoreError> {
        Ok(self.policies.values().cloned().collect())
    }
    async fn save_policy(
        &mut self,
        policy: &Policy,
        _: Option<UserId>,
        _: Instant,
    ) -> Result<(), StoreError> {
        if self.policies.get(&policy.action).map_or(0, |p| p.version) != policy.version {
            return Err(StoreError::Stale);
        }
        self.policies.insert(policy.action, Policy { version: policy.version + 1, ..policy.clone() });
        Ok(())
    }
    async fn add_proposal(
        &mut self,
        proposal: &Proposal,
        alike: &str,
        due: Option<Date>,
    ) -> Result<ProposalId, StoreError> {
        if self.holder(proposal.action, &proposal.subjects).await?.is_some() {
            return Err(StoreError::Duplicate("proposal_subjects".into()));
        }
        let id = Id::new(self.proposals.len() as i64 + 1);
        self.proposals.insert(id, (Proposal { id, ..proposal.clone() }, alike.into(), due));
        Ok(id)
    }
    async fn proposal(&mut self, id: ProposalId) -> Result<Option<Proposal>, StoreError> {
        Ok(self.proposals.get(&id).map(|(p, ..)| p.clone()))
    }
    async fn lock_proposal(&mut self, id: ProposalId) -> Result<Option<Proposal>, StoreError> {
        self.proposal(id).await
    }
    async fn save_proposal(&mut self, proposal: &Proposal, alike: Option<&str>) -> Result<(), StoreError> {
        let Some((held, likeness, _)) = self.proposals.get_mut(&proposal.id) else {
            return Err(StoreError::Stale);
        };
        if held.version != proposal.version {
            return Err(StoreError::Stale);
        }
        *held = Proposal { version: proposal.version + 1, ..proposal.clone() };
        if let Some(alike) = alike {
            *likeness = alike.into();
        }
        Ok(())
    }
    async fn holder(
        &mut self,
        action: Action,
        subjects: &[Subject],
    ) -> Result<Option<ProposalId>, StoreError> {
        let holds = |p: &Proposal| {
            p.action == action && p.state.holds() && p.subjects.iter().any(|s| subjects.contains(s))
        };
        Ok(self.proposals.values().find(|(p, ..)| holds(p)).map(|(p, ..)| p.id))
    }
    async fn holding(&mut self, kind: &str, id: i64) -> Result<Vec<ProposalRow>, StoreError> {
        let holds = |p: &Proposal| p.state.holds() && p.subjects.iter().any(|s| s.kind == kind && s.id == id);
        Ok(self.proposals.values().filter(|(p, ..)| holds(p)).map(|one| self.row(one)).collect())
    }
    async fn proposals(
        &mut self,
        inbox: Inbox,
        over: bool,
        viewer: &Viewer,
        request: PageRequest,
    ) -> Result<Page<ProposalRow>, StoreError> {
        let wanted = |p: &Proposal| match inbox {
            Inbox::ForMe => self.decidable(p, viewer),
            Inbox::ByMe => p.maker == viewer.user,
            Inbox::All => true,
        };
        let mut items: Vec<ProposalRow> = self
            .proposals
            .values()
            .filter(|(p, ..)| p.state.holds() != over && wanted(p))
            .map(|one| self.row(one))
            .collect();
        items.sort_by_key(|row| (row.due.is_none(), row.due, row.proposed_at));
        Ok(Page { total: items.len() as i64, items, request })
    }
    async fn count_proposals(&mut self, viewer: &Viewer) -> Result<Counts, StoreError> {
        let page = PageRequest::default();
        Ok(Counts {
            for_me: self.proposals(Inbox::ForMe, false, viewer, page).await?.total,
            by_me: self.proposals(Inbox::ByMe, false, viewer, page).await?.total,
            all: self.proposals(Inbox::All, false, viewer, page).await?.total,
        })
    }
    async fn lapsed(&mut self, at: Instant, _: i64) -> Result<Vec<ProposalId>, StoreError> {
        let lapsed = |p: &Proposal| p.state.holds() && p.frozen.expires_at <= at;
        Ok(self.proposals.values().filter(|(p, ..)| lapsed(p)).map(|(p, ..)| p.id).collect())
    }
    async fn delegations(&mut self, from: Date) -> Result<Vec<Delegation>, StoreError> {
        let mut found: Vec<Delegation> = self
            .delegations
            .iter()
            .filter(|d| d.ended_at.is_none() && d.facts.ends >= from)
            .cloned()
            .collect();
        found.sort_by_key(|d| (d.facts.starts, d.id));
        Ok(found)
    }
    async fn add_delegation(
        &mut self,
        facts: &NewDelegation,
        _: Option<UserId>,
        _: Instant,
    ) -> Result<DelegationId, StoreError> {
        let id = Id::new(self.delegations.len() as i64 + 1);
        self.delegations.push(Delegation { id, facts: facts.clone(), ended_at: None });
        Ok(id)
    }
    async fn end_delegation(&mut self, id: DelegationId, at: Instant) -> Result<bool, StoreError> {
        let found = self.delegations.iter_mut().find(|d| d.id == id && d.ended_at.is_none());
        Ok(found.map(|d| d.ended_at = Some(at)).is_some())
    }
    async fn mark_alarm(&mut self, key: &str, day: Date) -> Result<bool, StoreError> {
        Ok(self.alarms.insert((key.into(), day)))
    }
}

fn proposal(maker: UserId, subject: i64, at: Instant) -> Proposal {
    let line = Line { label: "PAN".into(), before: None, after: Some("AAACS1234F".into()) };
    let sight =
        Sight { sections: vec![Section { title: "Identity".into(), lines: vec![line] }], ..Sight::default() };
    let who = Who::Roles(vec![Role::Admin]);
    Proposal {
        id: Id::new(0),
        action: Action::ClientKyc,
        about: "Sahyadri Capital Finance".into(),
        subjects: vec![Subject { kind: "client", id: subject }],
        client: None,
        maker,
        frozen: Frozen {
            command: json!({ "action": "x" }),
            digest: "d".repeat(64),
            sight,
            size: 1,
            reason: "Share transfer".into(),
            levels: vec![Level { who: who.clone(), from_size: 0 }],
            expires_at: at + time::Duration::days(7),
        },
        round: 1,
        state: State::Pending { level: 1 },
        decisions: Vec::new(),
        version: 1,
        proposed_at: at,
        updated_at: at,
    }
}

/// What holds of every store. `admin` and `analyst` are active people of those roles.
///
/// # Panics
/// When the store does not keep the contract.
pub async fn contract<T: Approvals + ?Sized>(tx: &mut T, admin: UserId, analyst: UserId, at: Instant) {
    policies_contract(tx, admin, at).await;
    let today = ist_date(at);
    let viewer = |user, role| Viewer { user, role, decides: role == Role::Admin, today };
    let (boss, maker) = (viewer(admin, Role::Admin), viewer(analyst, Role::Analyst));
    let new = proposal(analyst, 41, at);
    let id = ok(tx.add_proposal(&new, "like", Some(today)).await);
    let kept = ok(tx.proposal(id).await).unwrap_or_else(|| panic!("kept"));
    assert_eq!(kept, Proposal { id, ..new.clone() });
    assert_eq!(ok(tx.holder(Action::ClientKyc, &new.subjects).await), Some(id));
    assert_eq!(ok(tx.holder(Action::Import, &new.subjects).await), None, "held for this action only");
    assert_eq!(ok(tx.holding("client", 41).await)[0].id, id);
    let counts = ok(tx.count_proposals(&boss).await);
    assert_eq!(counts, Counts { for_me: 1, by_me: 0, all: 1 });
    assert_eq!(ok(tx.count_proposals(&maker).await), Counts { for_me: 0, by_me: 1, all: 1 });
    let list = ok(tx.proposals(Inbox::ForMe, false, &boss, PageRequest::default()).await);
    assert_eq!((list.total, list.items[0].changes, list.items[0].level), (1, 1, 1));

    let hat = Hat { user: admin, role: Role::Admin, acting_for: None };
    let back = kept.clone().give_back(&hat, "Wrong PAN", at).unwrap_or_else(|e| panic!("{e}"));
    ok(tx.save_proposal(&back, None).await);
    assert!(matches!(tx.save_proposal(&back, None).await, Err(StoreError::Stale)), "saved by its version");
    let locked = ok(tx.lock_proposal(id).await).unwrap_or_else(|| panic!("there"));
    assert_eq!((locked.state.clone(), locked.version, locked.decisions.len()), (State::Returned, 2, 1));
    assert_eq!(
        ok(tx.holder(Action::ClientKyc, &new.subjects).await),
        Some(id),
        "what was sent back still holds"
    );
    assert_eq!(ok(tx.count_proposals(&boss).await).for_me, 0);
    let again = locked.resubmit(analyst, new.frozen.clone(), at).unwrap_or_else(|e| panic!("{e}"));
    ok(tx.save_proposal(&again, Some("other")).await);
    assert_eq!(ok(tx.count_proposals(&boss).await).for_me, 1, "the same checker decides the next round");
    let again = ok(tx.lock_proposal(id).await).unwrap_or_else(|| panic!("there"));
    let done = again.approve(&hat, "", at).and_then(|p| p.executed(at)).unwrap_or_else(|e| panic!("{e}"));
    ok(tx.save_proposal(&done, None).await);
    assert_eq!(ok(tx.holder(Action::ClientKyc, &new.subjects).await), None, "the record is free again");
    assert_eq!(ok(tx.proposals(Inbox::All, true, &boss, PageRequest::default()).await).total, 1);

    let second = ok(tx.add_proposal(&new, "like", None).await);
    assert!(ok(tx.lapsed(at, 10).await).is_empty());
    assert_eq!(ok(tx.lapsed(at + time::Duration::days(7), 10).await), [second]);
    delegations_contract(tx, admin, analyst, at).await;
    assert!(ok(tx.mark_alarm("clients.kyc/1", today).await));
    assert!(!ok(tx.mark_alarm("clients.kyc/1", today).await), "told once");
}

async fn policies_contract<T: Approvals + ?Sized>(tx: &mut T, admin: UserId, at: Instant) {
    assert!(ok(tx.policies().await).is_empty());
    let policy = Policy::standard(Action::Relaxation);
    ok(tx.save_policy(&policy, Some(admin), at).await);
    assert!(matches!(tx.save_policy(&policy, Some(admin), at).await, Err(StoreError::Stale)));
    let off = Policy { levels: Vec::new(), version: 1, ..policy };
    ok(tx.save_policy(&off, Some(admin), at).await);
    assert_eq!(ok(tx.policies().await), [Policy { version: 2, ..off }]);
}

async fn delegations_contract<T: Approvals + ?Sized>(
    tx: &mut T,
    admin: UserId,
    analyst: UserId,
    at: Instant,
) {
    let today = ist_date(at);
    let facts = NewDelegation {
        from: admin,
        to: Some(analyst),
        starts: today,
        ends: today,
        actions: vec![Action::ClientKyc],
    };
    let id = ok(tx.add_delegation(&facts, Some(admin), at).await);
    assert_eq!(ok(tx.delegations(today).await), [Delegation { id, facts, ended_at: None }]);
    let tomorrow = today.next_day().unwrap_or(today);
    assert!(ok(tx.delegations(tomorrow).await).is_empty());
    assert!(ok(tx.end_delegation(id, at).await));
    assert!(!ok(tx.end_delegation(id, at).await));
    assert!(ok(tx.delegations(today).await).is_empty());
}

fn ok<T>(answer: Result<T, StoreError>) -> T {
    answer.unwrap_or_else(|error| panic!("the store failed: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    #[tokio::test]
    async fn memory_keeps_the_contract() {
        let mut store = MemoryApprovals::default();
        store.roles.insert(Id::new(1), Role::Admin);
        contract(&mut store, Id::new(1), Id::new(2), datetime!(2026-11-21 06:30 UTC)).await;
    }
}
