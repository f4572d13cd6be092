//! Proposals with their subjects and decisions.

use crate::approval_rows::{ROW_TEXT, row_of, rows_of};
use crate::rows::{col, word};
use crate::sql::{Query, statements};
use crate::tx::PgTx;
use async_trait::async_trait;
use kernel::id::{DelegationId, ProposalId, UserId};
use kernel::moment::Instant;
use kernel::{Date, Id, Page, PageRequest, Role, StoreError, Subject};
use maker_checker::policy::{levels_from, levels_json};
use maker_checker::ports::SUBJECT_KINDS;
use maker_checker::{
    Action, Approvals, Counts, Decision, Delegation, Frozen, Inbox, NewDelegation, Policy, Proposal,
    ProposalRow, Sight, State, Verdict, Viewer,
};
use serde_json::Value;
use tokio_postgres::Row;

statements! {
    ADD = "INSERT INTO proposals (tenant_id, action, about, client_id, maker_id, command, digest, sight, changes, size, reason, levels, level_count, round, state, level, next_roles, next_people, alike, due_on, expires_at, proposed_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $22) RETURNING id";
    HOLD = "INSERT INTO proposal_subjects (tenant_id, proposal_id, action, kind, subject_id, held)
        SELECT $1, $2, $3, n.kind, n.id, $6 FROM unnest($4::text[], $5::bigint[]) AS n (kind, id)";
    LET_GO = "UPDATE proposal_subjects SET held = false WHERE tenant_id = $1 AND proposal_id = $2 AND held";
    FORGET_SUBJECTS = "DELETE FROM proposal_subjects WHERE tenant_id = $1 AND proposal_id = $2";
    ONE = "SELECT p.id, p.action, p.about, p.client_id, p.maker_id, p.command, p.digest, p.sight, p.size, p.reason, p.levels, p.round, p.state, p.level, p.stale_why, p.stale_sight, p.expires_at, p.version, p.proposed_at, p.updated_at
        FROM proposals p WHERE p.tenant_id = $1 AND p.id = $2";
    LOCK_ONE = "SELECT p.id, p.action, p.about, p.client_id, p.maker_id, p.command, p.digest, p.sight, p.size, p.reason, p.levels, p.round, p.state, p.level, p.stale_why, p.stale_sight, p.expires_at, p.version, p.proposed_at, p.updated_at
        FROM proposals p WHERE p.tenant_id = $1 AND p.id = $2 FOR UPDATE";
    SUBJECTS = "SELECT kind, subject_id FROM proposal_subjects WHERE tenant_id = $1 AND proposal_id = $2 ORDER BY kind, subject_id";
    DECISIONS = "SELECT id, round, level, verdict, decided_by, acting_for, comment, at FROM proposal_decisions WHERE tenant_id = $1 AND proposal_id = $2 ORDER BY id";
    SAVE = "UPDATE proposals SET command = $4, digest = $5, sight = $6, changes = $7, size = $8, reason = $9, levels = $10, level_count = $11, round = $12, state = $13, level = $14, next_roles = $15, next_people = $16, stale_why = $17, stale_sight = $18, alike = coalesce($19, alike), expires_at = $20, updated_at = $21, about = $22, version = version + 1
        WHERE tenant_id = $1 AND id = $2 AND version = $3";
    COUNT_DECISIONS = "SELECT count(*) AS n FROM proposal_decisions WHERE tenant_id = $1 AND proposal_id = $2";
    DECIDE = "INSERT INTO proposal_decisions (tenant_id, proposal_id, maker_id, round, level, verdict, decided_by, acting_for, comment, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    HOLDER = "SELECT min(s.proposal_id) AS id FROM proposal_subjects s JOIN unnest($3::text[], $4::bigint[]) AS n (kind, id) ON n.kind = s.kind AND n.id = s.subject_id
        WHERE s.tenant_id = $1 AND s.action = $2 AND s.held";
    LAPSED = "SELECT id FROM proposals WHERE tenant_id = $1 AND state IN ('pending', 'returned') AND expires_at <= $2 ORDER BY expires_at LIMIT $3";
}

#[async_trait]
impl Approvals for PgTx {
    async fn policies(&mut self) -> Result<Vec<Policy>, StoreError> {
        self.approval_policies().await
    }

    async fn save_policy(
        &mut self,
        policy: &Policy,
        by: Option<UserId>,
        at: Instant,
    ) -> Result<(), StoreError> {
        self.save_approval_policy(policy, by, at).await
    }

    async fn add_proposal(
        &mut self,
        p: &Proposal,
        alike: &str,
        due: Option<Date>,
    ) -> Result<ProposalId, StoreError> {
        let stored = Stored::of(p);
        let row = self
            .query_one(
                ADD,
                &[
                    &self.tenant(),
                    &p.action.as_str(),
                    &p.about,
                    &p.client.map(Id::get),
                    &p.maker.get(),
                    &p.frozen.command,
                    &p.frozen.digest,
                    &stored.sight,
                    &stored.changes,
                    &p.frozen.size,
                    &p.frozen.reason,
                    &stored.levels,
                    &stored.level_count,
                    &p.round,
                    &p.state.as_str(),
                    &stored.level,
                    &stored.next_roles,
                    &stored.next_people,
                    &alike,
                    &due,
                    &p.frozen.expires_at,
                    &p.proposed_at,
                ],
            )
            .await?;
        let id = Id::new(col(&row, "id")?);
        self.hold_subjects(id, p).await?;
        Ok(id)
    }

    async fn proposal(&mut self, id: ProposalId) -> Result<Option<Proposal>, StoreError> {
        let row = self.query_opt(ONE, &[&self.tenant(), &id.get()]).await?;
        match row {
            Some(row) => self.whole(&row).await.map(Some),
            None => Ok(None),
        }
    }

    async fn lock_proposal(&mut self, id: ProposalId) -> Result<Option<Proposal>, StoreError> {
        let row = self.query_opt(LOCK_ONE, &[&self.tenant(), &id.get()]).await?;
        match row {
            Some(row) => self.whole(&row).await.map(Some),
            None => Ok(None),
        }
    }

    async fn save_proposal(&mut self, p: &Proposal, alike: Option<&str>) -> Result<(), StoreError> {
        let (tenant, id, stored) = (self.tenant(), p.id.get(), Stored::of(p));
        let (why, now) = match &p.state {
            State::Stale { why, now } => (Some(why), now.as_ref().map(|sight| sight.to_json())),
            _ => (None, None),
        };
        let changed = self
            .execute(
                SAVE,
                &[
                    &tenant,
                    &id,
                    &p.version,
                    &p.frozen.command,
                    &p.frozen.digest,
                    &stored.sight,
                    &stored.changes,
                    &p.frozen.size,
                    &p.frozen.reason,
                    &stored.levels,
                    &stored.level_count,
                    &p.round,
                    &p.state.as_str(),
                    &stored.level,
                    &stored.next_roles,
                    &stored.next_people,
                    &why,
                    &now,
                    &alike,
                    &p.frozen.expires_at,
                    &p.updated_at,
                    &p.about,
                ],
            )
            .await?;
        if changed == 0 {
            return Err(StoreError::Stale);
        }
        let known: i64 = col(&self.query_one(COUNT_DECISIONS, &[&tenant, &id]).await?, "n")?;
        for d in p.decisions.iter().skip(usize::try_from(known).unwrap_or(usize::MAX)) {
            let acting = d.acting_for.map(Id::get);
            let (verdict, by) = (d.verdict.as_str(), d.by.get());
            self.execute(
                DECIDE,
                &[
                    &tenant,
                    &id,
                    &p.maker.get(),
                    &d.round,
                    &d.level,
                    &verdict,
                    &by,
                    &acting,
                    &d.comment,
                    &d.at,
                ],
            )
            .await?;
        }
        if alike.is_some() {
            // Corrected: it may be about other records now.
            self.execute(FORGET_SUBJECTS, &[&tenant, &id]).await?;
            self.hold_subjects(p.id, p).await?;
        } else if !p.state.holds() {
            self.execute(LET_GO, &[&tenant, &id]).await?;
        }
        Ok(())
    }

    async fn holder(
        &mut self,
        action: Action,
        subjects: &[Subject],
    ) -> Result<Option<ProposalId>, StoreError> {
        let (kinds, ids) = columns(subjects);
        let row = self.query_one(HOLDER, &[&self.tenant(), &action.as_str(), &kinds, &ids]).await?;
        Ok(col::<Option<i64>>(&row, "id")?.map(Id::new))
    }

    async fn holding(&mut self, kind: &str, id: i64) -> Result<Vec<ProposalRow>, StoreError> {
        let mut q = Query::new(ROW_TEXT);
        let (tenant, kind, id) = (q.bind(self.tenant()), q.bind(kind.to_owned()), q.bind(id));
        q.push(&format!(
            " WHERE p.tenant_id = {tenant} AND EXISTS (SELECT 1 FROM proposal_subjects s WHERE s.tenant_id = p.tenant_id \
             AND s.proposal_id = p.id AND s.kind = {kind} AND s.subject_id = {id} AND s.held) ORDER BY p.id"
        ));
        self.run(&q).await?.iter().map(row_of).collect()
    }

    async fn proposals(
        &mut self,
        inbox: Inbox,
        over: bool,
        viewer: &Viewer,
        page: PageRequest,
    ) -> Result<Page<ProposalRow>, StoreError> {
        rows_of(self, inbox, over, viewer, page).await
    }

    async fn count_proposals(&mut self, viewer: &Viewer) -> Result<Counts, StoreError> {
        crate::approval_rows::counts(self, viewer).await
    }

    async fn lapsed(&mut self, at: Instant, limit: i64) -> Result<Vec<ProposalId>, StoreError> {
        let rows = self.query(LAPSED, &[&self.tenant(), &at, &limit]).await?;
        rows.iter().map(|row| Ok(Id::new(col(row, "id")?))).collect()
    }

    async fn delegations(&mut self, from: Date) -> Result<Vec<Delegation>, StoreError> {
        self.delegations_from(from).await
    }

    async fn add_delegation(
        &mut self,
        facts: &NewDelegation,
        by: Option<UserId>,
        at: Instant,
    ) -> Result<DelegationId, StoreError> {
        self.insert_delegation(facts, by, at).await
    }

    async fn end_delegation(&mut self, id: DelegationId, at: Instant) -> Result<bool, StoreError> {
        self.close_delegation(id, at).await
    }

    async fn mark_alarm(&mut self, key: &str, day: Date) -> Result<bool, StoreError> {
        self.note_alarm(key, day).await
    }
}

/// Columns that follow from the entity.
struct Stored {
    sight: Value,
    changes: i32,
    levels: Value,
    level_count: i16,
    level: i16,
    next_roles: Vec<&'static str>,
    next_people: Vec<i64>,
}

impl Stored {
    fn of(p: &Proposal) -> Self {
        let (roles, people) = p.next();
        let small = |n: usize| i16::try_from(n).unwrap_or(i16::MAX);
        Self {
            sight: p.frozen.sight.to_json(),
            changes: i32::try_from(p.frozen.sight.changes()).unwrap_or(i32::MAX),
            levels: levels_json(&p.frozen.levels),
            level_count: small(p.frozen.levels.len()),
            level: p.waiting().map_or(0, |(level, _)| small(level)),
            next_roles: roles.into_iter().map(Role::as_str).collect(),
            next_people: people.into_iter().map(Id::get).collect(),
        }
    }
}

fn columns(subjects: &[Subject]) -> (Vec<&'static str>, Vec<i64>) {
    subjects.iter().map(|s| (s.kind, s.id)).unzip()
}

impl PgTx {
    async fn hold_subjects(&mut self, id: ProposalId, p: &Proposal) -> Result<(), StoreError> {
        let (kinds, ids) = columns(&p.subjects);
        let (action, held) = (p.action.as_str(), p.state.holds());
        self.execute(HOLD, &[&self.tenant(), &id.get(), &action, &kinds, &ids, &held]).await?;
        Ok(())
    }

    async fn whole(&mut self, row: &Row) -> Result<Proposal, StoreError> {
        let id: i64 = col(row, "id")?;
        let (tenant, table) = (self.tenant(), "proposals");
        let subjects = self.query(SUBJECTS, &[&tenant, &id]).await?;
        let subjects = subjects
            .iter()
            .map(|row| {
                let text: String = col(row, "kind")?;
                let kind = SUBJECT_KINDS.iter().copied().find(|kind| *kind == text);
                Ok(Subject { kind: word(kind, table, "kind", id, &text)?, id: col(row, "subject_id")? })
            })
            .collect::<Result<_, StoreError>>()?;
        let decisions = self.query(DECISIONS, &[&tenant, &id]).await?;
        let (action, state): (String, String) = (col(row, "action")?, col(row, "state")?);
        let (levels, level): (Value, i16) = (col(row, "levels")?, col(row, "level")?);
        Ok(Proposal {
            id: Id::new(id),
            action: word(Action::parse(&action), table, "action", id, &action)?,
            about: col(row, "about")?,
            subjects,
            client: col::<Option<i64>>(row, "client_id")?.map(Id::new),
            maker: Id::new(col(row, "maker_id")?),
            frozen: Frozen {
                command: col(row, "command")?,
                digest: col(row, "digest")?,
                sight: Sight::from_json(&col(row, "sight")?),
                size: col(row, "size")?,
                reason: col(row, "reason")?,
                levels: word(levels_from(&levels), table, "levels", id, &levels.to_string())?,
                expires_at: col(row, "expires_at")?,
            },
            round: col(row, "round")?,
            state: word(state_of(row, &state, level)?, table, "state", id, &state)?,
            decisions: decisions.iter().map(decision).collect::<Result<_, _>>()?,
            version: col(row, "version")?,
            proposed_at: col(row, "proposed_at")?,
            updated_at: col(row, "updated_at")?,
        })
    }
}

fn state_of(row: &Row, state: &str, level: i16) -> Result<Option<State>, StoreError> {
    Ok(match state {
        "pending" => usize::try_from(level).ok().map(|level| State::Pending { level }),
        "executed" => Some(State::Executed),
        "rejected" => Some(State::Rejected),
        "returned" => Some(State::Returned),
        "withdrawn" => Some(State::Withdrawn),
        "expired" => Some(State::Expired),
        "stale" => {
            let now: Option<Value> = col(row, "stale_sight")?;
            Some(State::Stale {
                why: col::<Option<String>>(row, "stale_why")?.unwrap_or_default(),
                now: now.map(|sight| Box::new(Sight::from_json(&sight))),
            })
        }
        _ => None,
    })
}

fn decision(row: &Row) -> Result<Decision, StoreError> {
    let (id, verdict): (i64, String) = (col(row, "id")?, col(row, "verdict")?);
    Ok(Decision {
        round: col(row, "round")?,
        level: col(row, "level")?,
        verdict: word(Verdict::parse(&verdict), "proposal_decisions", "verdict", id, &verdict)?,
        by: Id::new(col(row, "decided_by")?),
        acting_for: col::<Option<i64>>(row, "acting_for")?.map(Id::new),
        comment: col(row, "comment")?,
        at: col(row, "at")?,
    })
}
